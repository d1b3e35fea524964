//! Open tables: every row that departments wrote, with its words and its numbers.
//!
//! In comes a table that has the columns of words which a sector declares; out goes one batch of records, with a problem
//! for each row or cell that gives none. Never here: indicators, which row is asked for.

use super::block::Block;
use super::grid::{Grid, GridRow, words};
use super::harvest::{Context, Yield};
use super::header::Column;
use super::heading::Role;
use super::numbering;
use super::value::{self, CellAmount, Fault};
use super::{block, measures};
use crate::diag::{Code, Words};
use crate::model::cell::{CellRef, RawCell};
use crate::model::indicator::SectorDecl;
use crate::model::quantity::{Amount, Unit};
use crate::model::reading::Fate;
use crate::model::records::{Record, RecordBatch, RecordColumn, RecordPart, RecordsDecl};
use crate::say;
use crate::vi::{fold::fold, lexicon, number::Convention, unit};
use crate::words::counted;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many cells of one table are marked one by one; of a longer one nobody is sent a copy in colours.
const MOST_MARKS: usize = 50_000;

/// An open table of a sheet, with the columns that make it one.
pub(super) struct OpenTable<'a> {
    sector: &'a SectorDecl,
    decl: &'a RecordsDecl,
    part: RecordPart,
    order: Option<u32>,
    unit: Option<u32>,
}

/// Finds the open table that a block is, by the headings of its words; the first that a sector declares.
pub(super) fn table<'a>(context: &Context<'_, 'a>, block: &Block) -> Option<OpenTable<'a>> {
    let column = |role: Role| block.columns.iter().find(|column| column.role == role).map(|column| column.index);
    let headed = |heading: &str| {
        let wanted = fold(heading);
        block.columns.iter().find(|column| fold(&column.heading) == wanted).map(|column| column.index)
    };
    context.index.records().find_map(|(sector, decl)| {
        let fields = decl.fields.iter().map(|field| headed(&field.heading)).collect::<Option<Vec<_>>>()?;
        let columns: Vec<RecordColumn> = columns(block, sector);
        // "Lĩnh vực | Chỉ tiêu": what is no field is the label.
        let is_label = |column: &&Column| column.role == Role::Label && !fields.contains(&column.index);
        let label = block.columns.iter().find(is_label)?.index;
        let (department, file) = (context.book.department.clone(), context.book.file.clone());
        let part = RecordPart { department, file, sheet: context.sheet.name.clone(), label, fields, columns };
        let (order, unit) = (column(Role::Order), column(Role::Unit));
        (!part.columns.is_empty()).then_some(OpenTable { sector, decl, part, order, unit })
    })
}

fn columns(block: &Block, sector: &SectorDecl) -> Vec<RecordColumn> {
    let measured = block.columns.iter().filter_map(|column| {
        let (measure, status) = measures::measure(&column.role, sector)?;
        Some(RecordColumn { measure, status, column: column.index, heading: column.heading.as_str().into() })
    });
    measured.collect()
}

/// Reads the rows of an open table.
pub(super) fn read(
    context: &Context<'_, '_>,
    grid: &Grid<'_>,
    block: &Block,
    open: OpenTable<'_>,
    harvest: &mut Yield,
) {
    harvest.known = true;
    let body = &grid.rows[block.body.clone()];
    let marked = body.len() * block.columns.len() <= MOST_MARKS;
    let OpenTable { sector, decl, part, order, unit } = open;
    let mut reader =
        Reader { context, decl, part: &part, order, unit, harvest, known: HashMap::new(), converted: None, marked };
    let mut rows = Vec::with_capacity(body.len());
    let mut typed = BTreeMap::new();
    let below = unit_above(block);
    for cells in body.iter().filter(|row| !block::is_closing(row)) {
        let at = rows.len() as u32;
        let Some(record) = reader.row(cells, below, |column, text| typed.insert((at, column), text)) else { continue };
        rows.push(record);
    }
    reader.tell_converted();
    let (sector, name) = (sector.id.clone(), decl.name.clone());
    harvest.records.push(RecordBatch { sector, name, part, rows, typed });
}

fn unit_above(block: &Block) -> Option<&Unit> {
    block.unit()
}

/// Reads row after row of one table.
struct Reader<'r, 's, 'a> {
    context: &'r Context<'s, 'a>,
    decl: &'r RecordsDecl,
    part: &'r RecordPart,
    order: Option<u32>,
    unit: Option<u32>,
    harvest: &'r mut Yield,
    /// The units of this sheet, by how they are written.
    known: HashMap<Arc<str>, Unit>,
    /// The first number that was typed as text, and how many there are.
    converted: Option<(CellRef, usize)>,
    marked: bool,
}

impl Reader<'_, '_, '_> {
    /// Reads a row, if it is a record: it has a label, and a number of order or an amount.
    fn row(
        &mut self,
        cells: &GridRow<'_>,
        unit_above: Option<&Unit>,
        mut keep: impl FnMut(u32, Arc<str>) -> Option<Arc<str>>,
    ) -> Option<Record> {
        let label = cells.cell(self.part.label).map(words).filter(|label| !label.is_empty())?;
        let ordered = self.order.and_then(|col| cells.cell(col)).is_some_and(is_order);
        let filled = self.part.columns.iter().any(|column| cells.cell(column.column).is_some_and(value::is_number));
        if !ordered && !filled {
            return None;
        }
        let fields: Vec<Arc<str>> = self.part.fields.iter().map(|col| cells.words(*col).into()).collect();
        if let Some(missing) = fields.iter().position(|words| words.is_empty()) {
            self.incomplete(cells, &label, missing, filled);
            return None;
        }
        let unit = self.unit_of(cells).or_else(|| unit_above.cloned()).or_else(|| self.decl.unit.clone());
        let unit = unit.unwrap_or_else(Unit::none);
        let part = self.part;
        let amount = |column: &crate::model::records::RecordColumn| {
            let Some(cell) = cells.cell(column.column) else { return Amount::Missing };
            let place = CellRef::new(cells.at, column.column);
            let amount = self.amount(cell, place, &unit, &label);
            if matches!(amount, Amount::Known(_)) && cell.text().is_some() {
                keep(column.column, cell.as_typed().into());
            }
            amount
        };
        let amounts = part.columns.iter().map(amount).collect();
        self.mark(cells);
        Some(Record { at: cells.at, label: label.into(), unit, fields, amounts })
    }

    fn unit_of(&mut self, cells: &GridRow<'_>) -> Option<Unit> {
        let text = cells.cell(self.unit?)?.text()?;
        if let Some(unit) = self.known.get(text) {
            return Some(unit.clone());
        }
        let read = unit::parse(text);
        self.known.insert(text.into(), read.clone());
        Some(read)
    }

    fn amount(&mut self, cell: &RawCell, place: CellRef, unit: &Unit, label: &str) -> Amount {
        self.harvest.used += 1;
        match value::amount(cell, self.convention()) {
            CellAmount::Number(number) => Amount::Known(as_shown(cell, number, unit)),
            CellAmount::Typed(number) => {
                let (first, count) = self.converted.unwrap_or((place, 0));
                self.converted = Some((first, count + 1));
                Amount::Known(number)
            }
            CellAmount::NotApplicable => Amount::NotApplicable,
            CellAmount::Missing => Amount::Missing,
            CellAmount::Unreadable(fault) => {
                self.unreadable(fault, place, label);
                Amount::Missing
            }
        }
    }

    fn convention(&self) -> Option<Convention> {
        self.context.convention
    }

    fn unreadable(&mut self, fault: Fault, place: CellRef, label: &str) {
        let (reason, hint) = fault.explain();
        let message = say!("\"{label}\": ô này {reason}", "\"{label}\": this cell {reason}", reason = reason);
        self.harvest.used -= 1;
        self.harvest.log.mark(place, Fate::Rejected(place));
        self.harvest.diagnostics.push(self.context.problem(Code::NumberUnreadable, place, message).hint(hint));
    }

    /// Tells a row that lacks a word of its table; a total is no record and is passed over.
    fn incomplete(&mut self, cells: &GridRow<'_>, label: &str, missing: usize, filled: bool) {
        if !filled || lexicon::is_total(label) {
            return;
        }
        let place = CellRef::new(cells.at, self.part.fields[missing]);
        let heading = &self.decl.fields[missing].heading;
        let message = say!(
            "dòng \"{label}\" có số nhưng cột \"{heading}\" trống; dòng này không được đọc",
            "the row \"{label}\" has numbers but nothing in the column \"{heading}\"; it was not read"
        );
        self.harvest.log.mark(place, Fate::Rejected(place));
        let problem = self.context.problem(Code::RowUnknown, place, message);
        self.harvest.diagnostics.push(problem.hint(say!(
            "ghi cột \"{heading}\" cho dòng này; nếu là dòng cộng thì ghi \"Tổng cộng\"",
            "fill the column \"{heading}\" of this row; if it is a total, call it \"Tổng cộng\""
        )));
    }

    fn mark(&mut self, cells: &GridRow<'_>) {
        if !self.marked {
            return;
        }
        let values = self.part.columns.iter().map(|column| (column.column, Fate::Read));
        let said = self.part.fields.iter().chain([&self.part.label]).map(|col| (*col, Fate::Label));
        for (col, fate) in said.chain(values).filter(|(col, _)| cells.cell(*col).is_some()) {
            self.harvest.log.mark(CellRef::new(cells.at, col), fate);
        }
    }

    /// Tells once how many numbers were typed as text.
    fn tell_converted(&mut self) {
        let Some((first, count)) = self.converted else { return };
        let message = say!(
            "{count} ô là số gõ dạng văn bản, đã đọc là số",
            "{counted} typed as text, read as numbers",
            counted = counted(count, "number")
        );
        let problem = self.context.problem(Code::NumberAsText, first, message);
        let hint = Words::new("nhập lại các ô này ở dạng số", "enter these cells again as numbers");
        self.harvest.diagnostics.push(problem.hint(hint));
    }
}

/// Tells a number of order, or a sign of numbering.
fn is_order(cell: &RawCell) -> bool {
    numbering::of_order(&cell.as_typed()).is_some()
}

/// Returns what Excel shows: a cell in a percent format holds the hundredth part.
fn as_shown(cell: &RawCell, number: Decimal, unit: &Unit) -> Decimal {
    let is_percent = &*unit.base == "%" && cell.number_format.as_ref().is_some_and(|format| format.contains('%'));
    let shown = is_percent.then(|| number.checked_mul(Decimal::ONE_HUNDRED)).flatten();
    shown.map_or(number, |shown| shown.normalize())
}
