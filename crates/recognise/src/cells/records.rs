//! Reads the rows of open tables as records.
//!
//! Input: an open table. Output: one batch of records, and diagnostics, which are grouped per table as it may have a
//! million rows. Not here: indicators.

mod totals;

use super::open_table::OpenTable;
use super::sheet_result::{SheetContext, SheetResult};
use super::structure::{self, RowStructure, SpecialRow};
use crate::layout::block::TableBlock;
use crate::layout::cell_reading::{self, CellReading, Scaling};
use crate::layout::fill_down::FillDown;
use crate::layout::grid::{Grid, GridRow};
use crate::layout::heading_rows;
use crate::layout::value::{AmountError, CellAmount};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tonghop_core::diag::{Code, Message};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::model::conversion::convert;
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::reading_log::{CellOutcome, ConvertedAmount};
use tonghop_core::model::records::{Record, RecordBatch, RecordColumn, RecordPart, RecordRows, RecordRowsBuilder};
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::numbering;
use tonghop_core::vi::{lexicon, unit};

/// The most cells of a table whose outcomes are logged; larger tables are not sent back as a coloured copy.
const MAX_LOGGED_CELLS: usize = 50_000;
/// The number of unreadable cells of a table that are reported separately.
const MOST_TOLD: usize = 50;

/// Reads the rows of an open table.
pub(crate) fn read(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    block: &TableBlock,
    open: OpenTable<'_>,
    result: &mut SheetResult,
) {
    result.is_recognised = true;
    let body = &grid.rows[block.body_rows.clone()];
    let rows: Vec<&GridRow<'_>> = body.iter().filter(|row| !heading_rows::is_closing(row)).collect();
    let RowStructure { rows: special, groups } = structure::find(grid, &rows, &open, context.convention);
    let OpenTable { sector, decl, part, order_column } = open;
    let text_columns = part.field_columns.iter().copied().chain([part.label_column]).chain(part.unit_column);
    let mut reader = RecordsReader {
        context,
        result,
        order_column,
        fill_down: FillDown::new(grid, body, text_columns),
        units: HashMap::new(),
        is_logging: body.len() * block.columns.len() <= MAX_LOGGED_CELLS,
        problems: TableProblems::default(),
        rows: RecordRowsBuilder::default(),
        unread_rows: BTreeSet::new(),
        batch: RecordBatch {
            sector: sector.id.clone(),
            name: decl.name.clone(),
            part: RecordPart { groups, ..part },
            rows: RecordRows::default(),
            totals: Vec::new(),
            raw_numbers: BTreeMap::new(),
            text_rows: BTreeMap::new(),
            comparison_keys: BTreeMap::new(),
        },
    };
    for cells in &rows {
        match special.get(&cells.index) {
            Some(SpecialRow::Heading) => reader.log_row(cells),
            Some(SpecialRow::Total(total)) => reader.read_total(cells, total),
            Some(SpecialRow::Doubtful { cell }) => reader.report_doubtful(cells, *cell),
            None => reader.read_row(cells),
        }
    }
    reader.mark_incomplete_totals();
    let headings: Vec<&str> = decl.fields.iter().map(|field| field.heading.as_str()).collect();
    reader.report_problems(&headings);
    let batch = RecordBatch { rows: reader.rows.build(), ..reader.batch };
    result.records.push(batch);
}

/// The problems that are reported once per table, with the first cell and the count.
#[derive(Default)]
struct TableProblems {
    /// Numbers that were typed as text.
    text_numbers: Option<(CellRef, usize)>,
    /// Numbers whose format displays another number or a unit.
    scaled_numbers: Option<(CellRef, usize)>,
    /// Rows with numbers but without a field, by field; the index after the last is the label. With the first label.
    incomplete: BTreeMap<usize, (CellRef, Arc<str>, usize)>,
    /// Cells that are not numbers.
    unreadable: Option<(CellRef, usize)>,
}

/// Counts one more cell; returns the new count.
fn count_problem(problem: &mut Option<(CellRef, usize)>, cell_ref: CellRef) -> usize {
    let (_, times) = problem.get_or_insert((cell_ref, 0));
    *times += 1;
    *times
}

/// Reads the rows of one table.
struct RecordsReader<'r, 's, 'a, 'g> {
    context: &'r SheetContext<'s, 'a>,
    result: &'r mut SheetResult,
    order_column: Option<u32>,
    fill_down: FillDown<'g>,
    /// A cache of the parsed units of this table, by text.
    units: HashMap<Arc<str>, Unit>,
    is_logging: bool,
    problems: TableProblems,
    rows: RecordRowsBuilder,
    /// The rows with numbers that are not read.
    unread_rows: BTreeSet<u32>,
    /// The batch without its rows.
    batch: RecordBatch,
}

impl RecordsReader<'_, '_, '_, '_> {
    /// Reads a row, if it is a record.
    ///
    /// A record has a text in all fields and a row number or an amount, unless the table has no columns of numbers.
    /// Totals are not records.
    fn read_row(&mut self, cells: &GridRow<'_>) {
        let columns = &self.batch.part.columns;
        let filled = columns.iter().any(|c| cells.cell(c.column).is_some_and(cell_reading::holds_number));
        let is_ordered = || self.order_column.and_then(|col| cells.cell(col)).is_some_and(is_row_number);
        if !(filled || columns.is_empty() || is_ordered()) {
            return;
        }
        let label = self.fill_down.text(cells, self.batch.part.label_column);
        let columns = self.batch.part.field_columns.clone();
        let fields: Vec<Option<(Arc<str>, u32)>> = columns.iter().map(|col| self.fill_down.text(cells, *col)).collect();
        let unit = self.row_unit(cells);
        let total = label
            .as_ref()
            .map_or_else(|| self.order_column.map(|col| cells.text(col).into()), |(words, _)| Some(Arc::clone(words)));
        if total.is_some_and(|text| lexicon::is_total(&text)) {
            return;
        }
        let missing = fields.iter().position(Option::is_none).or(label.is_none().then_some(fields.len()));
        let (Some((label, label_row)), None) = (&label, missing) else {
            if filled {
                self.count_incomplete(
                    cells,
                    missing.unwrap_or_default(),
                    label.map(|(words, _)| words).unwrap_or_default(),
                );
            }
            return;
        };
        let at = self.rows.len() as u32;
        let text_rows = columns.iter().copied().zip(fields.iter().flatten().map(|(_, at)| *at));
        let above =
            text_rows.chain([(self.batch.part.label_column, *label_row)]).filter(|(_, row)| *row != cells.index);
        self.batch.text_rows.extend(above.map(|(col, row)| ((at, col), row)));
        let fields: Vec<Arc<str>> = fields.into_iter().flatten().map(|(words, _)| words).collect();
        for text in
            fields.iter().filter(|text| !self.batch.comparison_keys.contains_key(*text)).cloned().collect::<Vec<_>>()
        {
            let key = fold(&text).into();
            self.batch.comparison_keys.insert(text, key);
        }
        let label = Arc::clone(label);
        let amounts =
            (0..self.batch.part.columns.len()).map(|column| self.read_amount(cells, column, &unit, &label)).collect();
        self.log_row(cells);
        self.rows.push(Record { sheet_row: cells.index, label, unit, fields, amounts });
    }

    fn row_unit(&mut self, cells: &GridRow<'_>) -> Unit {
        let stated = self.batch.part.unit_column.and_then(|col| self.fill_down.text(cells, col));
        let Some((words, _)) = stated else { return self.batch.part.default_unit.clone() };
        if let Some(unit) = self.units.get(&words) {
            return unit.clone();
        }
        let read = unit::parse(&words);
        self.units.insert(words, read.clone());
        read
    }

    /// Reads the number of a row in one column of the table.
    fn read_amount(&mut self, cells: &GridRow<'_>, column: usize, of_row: &Unit, label: &str) -> Amount {
        let RecordColumn { column, ref unit, .. } = self.batch.part.columns[column];
        let unit = unit.clone();
        let Some(cell) = cells.cell(column) else { return Amount::Missing };
        let (place, unit) = (CellRef::new(cells.index, column), unit.as_ref().unwrap_or(of_row));
        let (row, log) = (self.rows.len() as u32, &mut self.result.log);
        let reading = cell_reading::read_cell(cell, self.context.convention, unit);
        let (is_text, scaling) = (matches!(reading.amount, CellAmount::TextNumber(_)), reading.scaling);
        let is_as_typed = !is_text && scaling.is_none() && reading.stated.is_none();
        let amount = match in_unit(reading, unit) {
            Ok(amount) => amount,
            Err(fault) => {
                self.report_unreadable(fault, place, label);
                return Amount::Missing;
            }
        };
        match scaling {
            _ if is_as_typed || amount.known().is_none() => {}
            Some(Scaling::Percent) => self.batch.part.percent_rows.entry(column).or_default().push(cells.index),
            _ => {
                let problems = &mut self.problems;
                count_problem(if is_text { &mut problems.text_numbers } else { &mut problems.scaled_numbers }, place);
                self.batch.raw_numbers.insert((row, column), cell.to_raw_text().into());
            }
        }
        if self.is_logging && !is_as_typed && amount.known().is_some() {
            log.mark_converted(place, ConvertedAmount { amount, unit: unit.clone() });
        }
        if amount == Amount::Missing {
            return amount;
        }
        self.result.used_cells += 1;
        if self.context.is_hidden(place) {
            self.result.hidden_cells.push(place);
        }
        amount
    }

    fn report_unreadable(&mut self, fault: AmountError, cell_ref: CellRef, label: &str) {
        self.unread_rows.insert(cell_ref.row);
        if self.is_logging {
            self.result.log.mark(cell_ref, CellOutcome::Rejected(cell_ref));
        }
        if count_problem(&mut self.problems.unreadable, cell_ref) > MOST_TOLD {
            return;
        }
        let (reason, hint) = fault.explain();
        let message = msg!(
            "\"{label}\": ô này {reason}; số liệu coi như chưa có",
            "\"{label}\": this cell {reason}; it is treated as no data",
            reason = reason
        );
        self.result.diagnostics.push(self.context.problem(Code::NumberUnreadable, cell_ref, message).with_hint(hint));
    }

    /// Counts a row with numbers that lacks a field or its label, to be reported for the whole table.
    fn count_incomplete(&mut self, cells: &GridRow<'_>, missing: usize, label: Arc<str>) {
        let part = &self.batch.part;
        let column = part.field_columns.get(missing).copied().unwrap_or(part.label_column);
        let cell_ref = CellRef::new(cells.index, column);
        let problem = self.problems.incomplete.entry(missing).or_insert((cell_ref, label, 0));
        problem.2 += 1;
        self.unread_rows.insert(cells.index);
        if self.is_logging {
            let cell_ref = problem.0;
            let numbers = part.columns.iter().map(|c| c.column);
            let numbers = numbers.filter(|col| cells.cell(*col).is_some_and(cell_reading::holds_number));
            for col in numbers.chain([column]) {
                self.result.log.mark(CellRef::new(cells.index, col), CellOutcome::Rejected(cell_ref));
            }
        }
    }

    fn log_row(&mut self, cells: &GridRow<'_>) {
        if !self.is_logging {
            return;
        }
        let part = &self.batch.part;
        let values = part.columns.iter().map(|column| (column.column, CellOutcome::Read));
        let labels = part.field_columns.iter().chain([&part.label_column]).map(|col| (*col, CellOutcome::Label));
        for (col, outcome) in labels.chain(values).filter(|(col, _)| cells.cell(*col).is_some()) {
            self.result.log.mark(CellRef::new(cells.index, col), outcome);
        }
    }

    /// Reports the problems that were counted for the whole table.
    fn report_problems(&mut self, headings: &[&str]) {
        if let Some((first, count)) = self.problems.text_numbers {
            let message = msg!(
                "{count} ô là số gõ dạng văn bản, đã đọc là số",
                "{counted} typed as text; read as numbers",
                counted = pluralise(count, "number")
            );
            let hint = Message::new("nhập lại các ô này ở dạng số", "enter these cells again as numbers");
            self.push_problem(Code::NumberAsText, first, message, hint);
        }
        if let Some((first, count)) = self.problems.scaled_numbers {
            let message = msg!(
                "{count} ô có định dạng hiển thị chia số hoặc ghi đơn vị tính, đã đọc như trên màn hình",
                "{counted} with a format that divides the number or names a unit; read as displayed",
                counted = pluralise(count, "cell")
            );
            let hint = Message::new(
                "nhập số theo đơn vị tính của bảng, không chia bằng định dạng ô",
                "enter the numbers in the unit of the table, without dividing them by the format of the cell",
            );
            self.push_problem(Code::UnitConverted, first, message, hint);
        }
        if let Some((first, count)) = self.problems.unreadable.filter(|(_, count)| *count > MOST_TOLD) {
            let message = msg!(
                "trong bảng này có {count} ô không phải là số, {MOST_TOLD} ô đầu đã nêu ở trên",
                "{count} cells of this table are not numbers; the first {MOST_TOLD} are reported above"
            );
            let hint = Message::new("nhập lại các ô này ở dạng số", "enter these cells again as numbers");
            self.push_problem(Code::NumberUnreadable, first, message, hint);
        }
        for (missing, (place, label, count)) in std::mem::take(&mut self.problems.incomplete) {
            self.report_incomplete(headings.get(missing).copied(), place, &label, count);
        }
    }

    fn report_incomplete(&mut self, heading: Option<&str>, cell_ref: CellRef, label: &str, count: usize) {
        let rows = match count {
            1 => msg!("dòng \"{label}\" có số", "the row \"{label}\" has numbers"),
            _ => {
                msg!("{count} dòng (dòng đầu: \"{label}\") có số", "{count} rows (the first: \"{label}\") have numbers")
            }
        };
        let Some(heading) = heading else {
            let message =
                msg!("{rows} nhưng không có tên; không được đọc", "{rows} but no name; not read", rows = rows);
            let hint = Message::new("ghi tên cho dòng này", "write a name in this row");
            return self.push_problem(Code::RowUnknown, cell_ref, message, hint);
        };
        let message = msg!(
            "{rows} nhưng cột \"{heading}\" trống; không được đọc",
            "{rows} but the column \"{heading}\" is empty; not read",
            rows = rows
        );
        let hint = msg!(
            "ghi cột \"{heading}\" cho từng dòng, hoặc trộn ô cho các dòng chung; nếu là dòng cộng thì ghi \"Tổng cộng\"",
            "fill in the column \"{heading}\" in each row, or merge its cells across rows that share a value; label a total row \"Tổng cộng\""
        );
        self.push_problem(Code::RowUnknown, cell_ref, message, hint);
    }

    fn push_problem(&mut self, code: Code, cell_ref: CellRef, message: Message, hint: Message) {
        self.result.diagnostics.push(self.context.problem(code, cell_ref, message).with_hint(hint));
    }
}

/// Returns whether a cell contains a row number or another numbering.
fn is_row_number(cell: &RawCell) -> bool {
    numbering::parse_order_cell(&cell.to_raw_text()).is_some()
}

/// Returns the amount of a cell in the unit of its column or row.
fn in_unit(reading: CellReading, unit: &Unit) -> Result<Amount, AmountError> {
    match reading.amount {
        CellAmount::Number(number) | CellAmount::TextNumber(number) => match reading.stated {
            Some(stated) if !unit.base.is_empty() => {
                convert(number, &stated, unit).map(Amount::Known).map_err(|_| AmountError::ForeignUnit)
            }
            _ => Ok(Amount::Known(number)),
        },
        CellAmount::NotApplicable => Ok(Amount::NotApplicable),
        CellAmount::Missing => Ok(Amount::Missing),
        CellAmount::Unreadable(fault) => Err(fault),
    }
}
