//! Reads the rows of open tables as records.
//!
//! Input: an open table. Output: one batch of records, and diagnostics, which are grouped per table as it may have a
//! million rows. Not here: indicators.

use super::harvest::{Context, Yield};
use super::open_table::OpenTable;
use crate::layout::block::Block;
use crate::layout::grid::{Grid, GridRow};
use crate::layout::spread::Spread;
use crate::layout::value::{self, CellAmount};
use crate::layout::{heading_rows, numbering};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tonghop_core::diag::{Code, Words};
use tonghop_core::message::counted;
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::reading::{Fate, Understood};
use tonghop_core::model::records::{Record, RecordBatch, RecordColumn, RecordRows, RecordsWriter};
use tonghop_core::say;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::{lexicon, unit};

/// The most cells of a table whose outcomes are logged; larger tables are not sent back as a coloured copy.
const MOST_MARKS: usize = 50_000;
/// The number of unreadable cells of a table that are reported separately.
const MOST_TOLD: usize = 50;

/// Reads the rows of an open table.
pub(crate) fn read(
    context: &Context<'_, '_>,
    grid: &Grid<'_>,
    block: &Block,
    open: OpenTable<'_>,
    harvest: &mut Yield,
) {
    harvest.known = true;
    let body = &grid.rows[block.body.clone()];
    let OpenTable { sector, decl, part, order } = open;
    let said = part.fields.iter().copied().chain([part.label]).chain(part.unit);
    let mut reader = Reader {
        context,
        harvest,
        order,
        spread: Spread::new(grid, body, said),
        units: HashMap::new(),
        marked: body.len() * block.columns.len() <= MOST_MARKS,
        told: Told::default(),
        rows: RecordsWriter::default(),
        batch: RecordBatch {
            sector: sector.id.clone(),
            name: decl.name.clone(),
            part,
            rows: RecordRows::default(),
            typed: BTreeMap::new(),
            above: BTreeMap::new(),
            keys: BTreeMap::new(),
        },
    };
    for cells in body.iter().filter(|row| !heading_rows::is_closing(row)) {
        reader.row(cells);
    }
    let headings: Vec<&str> = decl.fields.iter().map(|field| field.heading.as_str()).collect();
    reader.tell(&headings);
    let batch = RecordBatch { rows: reader.rows.rows(), ..reader.batch };
    harvest.records.push(batch);
}

/// The problems that are reported once per table, with the first cell and the count.
#[derive(Default)]
struct Told {
    /// Numbers that were typed as text.
    typed: Option<(CellRef, usize)>,
    /// Rows with numbers but without a field, by field; the index after the last is the label. With the first label.
    incomplete: BTreeMap<usize, (CellRef, Arc<str>, usize)>,
    /// Cells that are not numbers.
    unreadable: Option<(CellRef, usize)>,
}

/// Counts one more cell; returns the new count.
fn count(told: &mut Option<(CellRef, usize)>, place: CellRef) -> usize {
    let (_, times) = told.get_or_insert((place, 0));
    *times += 1;
    *times
}

/// Reads the rows of one table.
struct Reader<'r, 's, 'a, 'g> {
    context: &'r Context<'s, 'a>,
    harvest: &'r mut Yield,
    order: Option<u32>,
    spread: Spread<'g>,
    /// A cache of the parsed units of this table, by text.
    units: HashMap<Arc<str>, Unit>,
    marked: bool,
    told: Told,
    rows: RecordsWriter,
    /// The batch without its rows.
    batch: RecordBatch,
}

impl Reader<'_, '_, '_, '_> {
    /// Reads a row, if it is a record.
    ///
    /// A record has a text in all fields and a row number or an amount, unless the table has no columns of numbers.
    /// Totals are not records.
    fn row(&mut self, cells: &GridRow<'_>) {
        let columns = &self.batch.part.columns;
        let filled = columns.iter().any(|c| cells.cell(c.column).is_some_and(value::is_number));
        let is_ordered = || self.order.and_then(|col| cells.cell(col)).is_some_and(is_order);
        if !(filled || columns.is_empty() || is_ordered()) {
            return;
        }
        let label = self.spread.said(cells, self.batch.part.label);
        let columns = self.batch.part.fields.clone();
        let fields: Vec<Option<(Arc<str>, u32)>> = columns.iter().map(|col| self.spread.said(cells, *col)).collect();
        let unit = self.unit_of(cells);
        let total = label
            .as_ref()
            .map_or_else(|| self.order.map(|col| cells.words(col).into()), |(words, _)| Some(Arc::clone(words)));
        if total.is_some_and(|words| lexicon::is_total(&words)) {
            return;
        }
        let missing = fields.iter().position(Option::is_none).or(label.is_none().then_some(fields.len()));
        let (Some((label, label_at)), None) = (&label, missing) else {
            if filled {
                self.incomplete(cells, missing.unwrap_or_default(), label.map(|(words, _)| words).unwrap_or_default());
            }
            return;
        };
        let at = self.rows.len() as u32;
        let said = columns.iter().copied().zip(fields.iter().flatten().map(|(_, at)| *at));
        let above = said.chain([(self.batch.part.label, *label_at)]).filter(|(_, row)| *row != cells.at);
        self.batch.above.extend(above.map(|(col, row)| ((at, col), row)));
        let fields: Vec<Arc<str>> = fields.into_iter().flatten().map(|(words, _)| words).collect();
        for words in fields.iter().filter(|words| !self.batch.keys.contains_key(*words)).cloned().collect::<Vec<_>>() {
            let key = fold(&words).into();
            self.batch.keys.insert(words, key);
        }
        let label = Arc::clone(label);
        let amounts =
            (0..self.batch.part.columns.len()).map(|column| self.amount(cells, column, &unit, &label)).collect();
        self.mark(cells);
        self.rows.push(Record { at: cells.at, label, unit, fields, amounts });
    }

    fn unit_of(&mut self, cells: &GridRow<'_>) -> Unit {
        let stated = self.batch.part.unit.and_then(|col| self.spread.said(cells, col));
        let Some((words, _)) = stated else { return self.batch.part.unit_above.clone() };
        if let Some(unit) = self.units.get(&words) {
            return unit.clone();
        }
        let read = unit::parse(&words);
        self.units.insert(words, read.clone());
        read
    }

    /// Reads the number of a row in one column of the table.
    fn amount(&mut self, cells: &GridRow<'_>, column: usize, of_row: &Unit, label: &str) -> Amount {
        let RecordColumn { column, ref unit, .. } = self.batch.part.columns[column];
        let unit = unit.clone();
        let Some(cell) = cells.cell(column) else { return Amount::Missing };
        let (place, unit) = (CellRef::new(cells.at, column), unit.as_ref().unwrap_or(of_row));
        let (row, log) = (self.rows.len() as u32, &mut self.harvest.log);
        let amount = match value::amount(cell, self.context.convention) {
            CellAmount::Number(number) => match percent(cell, number, unit) {
                Some(percent) => {
                    self.batch.part.percents.entry(column).or_default().push(cells.at);
                    if self.marked {
                        log.convert(place, Understood { amount: Amount::Known(percent), unit: unit.clone() });
                    }
                    Amount::Known(percent)
                }
                None => Amount::Known(number),
            },
            CellAmount::Typed(number) => {
                count(&mut self.told.typed, place);
                self.batch.typed.insert((row, column), cell.as_typed().into());
                if self.marked {
                    log.convert(place, Understood { amount: Amount::Known(number), unit: unit.clone() });
                }
                Amount::Known(number)
            }
            CellAmount::NotApplicable => Amount::NotApplicable,
            CellAmount::Missing => Amount::Missing,
            CellAmount::Unreadable(fault) => {
                self.unreadable(fault, place, label);
                return Amount::Missing;
            }
        };
        self.harvest.used += 1;
        if self.context.sheet.concealed.contains(place) {
            self.harvest.hidden.push(place);
        }
        amount
    }

    fn unreadable(&mut self, fault: value::Fault, place: CellRef, label: &str) {
        if self.marked {
            self.harvest.log.mark(place, Fate::Rejected(place));
        }
        if count(&mut self.told.unreadable, place) > MOST_TOLD {
            return;
        }
        let (reason, hint) = fault.explain();
        let message = say!(
            "\"{label}\": ô này {reason}; số liệu coi như chưa có",
            "\"{label}\": this cell {reason}; it counts as no data",
            reason = reason
        );
        self.harvest.diagnostics.push(self.context.problem(Code::NumberUnreadable, place, message).hint(hint));
    }

    /// Counts a row with numbers that lacks a field or its label, to be reported for the whole table.
    fn incomplete(&mut self, cells: &GridRow<'_>, missing: usize, label: Arc<str>) {
        let part = &self.batch.part;
        let column = part.fields.get(missing).copied().unwrap_or(part.label);
        let place = CellRef::new(cells.at, column);
        let told = self.told.incomplete.entry(missing).or_insert((place, label, 0));
        told.2 += 1;
        if self.marked {
            let place = told.0;
            let numbers = part.columns.iter().map(|c| c.column);
            let numbers = numbers.filter(|col| cells.cell(*col).is_some_and(value::is_number));
            for col in numbers.chain([column]) {
                self.harvest.log.mark(CellRef::new(cells.at, col), Fate::Rejected(place));
            }
        }
    }

    fn mark(&mut self, cells: &GridRow<'_>) {
        if !self.marked {
            return;
        }
        let part = &self.batch.part;
        let values = part.columns.iter().map(|column| (column.column, Fate::Read));
        let said = part.fields.iter().chain([&part.label]).map(|col| (*col, Fate::Label));
        for (col, fate) in said.chain(values).filter(|(col, _)| cells.cell(*col).is_some()) {
            self.harvest.log.mark(CellRef::new(cells.at, col), fate);
        }
    }

    /// Reports the problems that were counted for the whole table.
    fn tell(&mut self, headings: &[&str]) {
        if let Some((first, count)) = self.told.typed {
            let message = say!(
                "{count} ô là số gõ dạng văn bản, đã đọc là số",
                "{counted} typed as text, read as numbers",
                counted = counted(count, "number")
            );
            let hint = Words::new("nhập lại các ô này ở dạng số", "enter these cells again as numbers");
            self.push(Code::NumberAsText, first, message, hint);
        }
        if let Some((first, count)) = self.told.unreadable.filter(|(_, count)| *count > MOST_TOLD) {
            let message = say!(
                "trong bảng này có {count} ô không phải là số, {MOST_TOLD} ô đầu đã nêu ở trên",
                "{count} cells of this table are no numbers, of which the first {MOST_TOLD} are told"
            );
            let hint = Words::new("nhập lại các ô này ở dạng số", "enter these cells again as numbers");
            self.push(Code::NumberUnreadable, first, message, hint);
        }
        for (missing, (place, label, count)) in std::mem::take(&mut self.told.incomplete) {
            self.tell_incomplete(headings.get(missing).copied(), place, &label, count);
        }
    }

    fn tell_incomplete(&mut self, heading: Option<&str>, place: CellRef, label: &str, count: usize) {
        let rows = match count {
            1 => say!("dòng \"{label}\" có số", "the row \"{label}\" has numbers"),
            _ => {
                say!("{count} dòng (dòng đầu: \"{label}\") có số", "{count} rows (the first: \"{label}\") have numbers")
            }
        };
        let Some(heading) = heading else {
            let message =
                say!("{rows} nhưng không có tên; không được đọc", "{rows} but no name; not read", rows = rows);
            let hint = Words::new("ghi tên cho dòng này", "write a name into this row");
            return self.push(Code::RowUnknown, place, message, hint);
        };
        let message = say!(
            "{rows} nhưng cột \"{heading}\" trống; không được đọc",
            "{rows} but nothing in the column \"{heading}\"; not read",
            rows = rows
        );
        let hint = say!(
            "ghi cột \"{heading}\" cho từng dòng, hoặc trộn ô cho các dòng chung; nếu là dòng cộng thì ghi \"Tổng cộng\"",
            "fill the column \"{heading}\" of each row, or merge its cell over rows that share it; call a total \"Tổng cộng\""
        );
        self.push(Code::RowUnknown, place, message, hint);
    }

    fn push(&mut self, code: Code, place: CellRef, message: Words, hint: Words) {
        self.harvest.diagnostics.push(self.context.problem(code, place, message).hint(hint));
    }
}

/// Returns whether a cell contains a row number or another numbering.
fn is_order(cell: &RawCell) -> bool {
    numbering::of_order(&cell.as_typed()).is_some()
}

/// Returns the number as Excel displays it, if the cell has a percent format and the unit is percent.
fn percent(cell: &RawCell, number: Decimal, unit: &Unit) -> Option<Decimal> {
    let is_percent = &*unit.base == "%" && cell.number_format.as_ref().is_some_and(|format| format.contains('%'));
    is_percent.then(|| number.checked_mul(Decimal::ONE_HUNDRED)).flatten().map(|shown| shown.normalize())
}
