//! Records: rows of open tables, whose labels nobody declares beforehand.
//!
//! In come batches of rows, one a table of a sheet; out goes one [`RecordTable`] that keeps them column by column, so
//! that a million rows are no million values, and of which every number still knows its cell. Never here: reading a
//! sheet, Lua, which rows a rule means ([`selection`]).

mod batch;
mod selection;

pub use batch::{RecordRows, RecordsWriter};
pub use selection::{Aggregate, Condition, Key, Selection};

use super::cell::CellRef;
use super::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use super::measure::{FigureName, Measure, Print, Status};
use super::provenance::{Labels, Source, TextCell};
use super::quantity::{Amount, Unit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

/// The declaration of an open table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordsDecl {
    /// Its name in the rules.
    pub name: IndicatorId,
    /// The columns of words that every such table has.
    pub fields: Vec<FieldDecl>,
    /// The unit of rows that state none.
    pub unit: Option<Unit>,
    /// Whether rows of several units may be added up, to a sum without unit.
    pub mixed: bool,
    /// How the numbers of its rows and their sums are printed.
    pub print: Print,
    /// Line of the rule file where the declaration stands.
    pub line: u32,
}

/// A column of words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDecl {
    /// Its name in the rules.
    pub name: String,
    /// What forms call the column.
    pub heading: String,
}

/// One row of a sheet, before it is put with the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The row in its sheet, counted from 0.
    pub at: u32,
    /// The words that name the row, clean; of a merged cell or an "as above", those that hold for the row.
    pub label: Arc<str>,
    /// As the row states it, else that of its part.
    pub unit: Unit,
    /// In the order of the declaration.
    pub fields: Vec<Arc<str>>,
    /// In the order of the columns of its part.
    pub amounts: Vec<Amount>,
}

/// The place of one table: a part of a sheet, whose rows stand together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordPart {
    /// The one whose folder the workbook is in.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// The sheet that holds the table, untrimmed.
    pub sheet: SheetName,
    /// The column of the labels, counted from 0.
    pub label: u32,
    /// The columns of the fields, in the order of the declaration.
    pub fields: Vec<u32>,
    /// The column in which rows state their unit, where there is one, and the unit of those that state none.
    pub unit: Option<u32>,
    /// The unit of rows that state none: that of the table, else of the declaration.
    pub unit_above: Unit,
    /// The columns of numbers that the sector asks for, in the order of the table.
    pub columns: Vec<RecordColumn>,
    /// The sign before the decimals of numbers that were typed as text, where the sheet tells.
    pub decimal: Option<char>,
    /// The rows of the sheet that show a hundredth part in percent, by column; ascending.
    pub percents: BTreeMap<u32, Vec<u32>>,
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordColumn {
    /// What the numbers are of a row.
    pub measure: Measure,
    /// Whether its heading speaks of estimates.
    pub status: Status,
    /// Counted from 0.
    pub column: u32,
    /// The headings above the numbers, from top to bottom.
    pub heading: Arc<str>,
    /// The unit of its numbers, whatever their rows state: of percentages, and where headings alone state units.
    pub unit: Option<Unit>,
}

/// The records of one table of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordBatch {
    /// The sector that declares the open table.
    pub sector: SectorId,
    /// The name of the declaration.
    pub name: IndicatorId,
    /// Where the table is, and what its columns hold.
    pub part: RecordPart,
    /// In the order of the sheet, without totals and rows that lack a field.
    #[serde(deserialize_with = "batch::deserialize")]
    pub rows: RecordRows,
    /// What stands in cells whose number was typed as text, by row of the batch and column of the part.
    pub typed: BTreeMap<(u32, u32), Arc<str>>,
    /// The row of the sheet in which a word stands that holds for several rows, by row of the batch and column.
    pub above: BTreeMap<(u32, u32), u32>,
    /// What each word of a field is compared by: words that differ only in typing have the same.
    pub keys: BTreeMap<Arc<str>, Arc<str>>,
}

/// All records of one declaration, column by column.
#[derive(Clone, Debug)]
pub struct RecordTable {
    /// The sector that declares the open table.
    pub sector: SectorId,
    /// What the sector declares of it.
    pub decl: Arc<RecordsDecl>,
    /// One a table of a sheet, in the order in which they were added.
    pub parts: Vec<RecordPart>,
    /// The rows of each part.
    spans: Vec<Range<usize>>,
    /// The part of each row: asked of every row again and again.
    part_of: Vec<u32>,
    /// The words of fields, which name them by their place; those of each table are there once.
    words: Vec<Arc<str>>,
    /// What words of fields are compared by, and for each of them its place there.
    keys: Pool<Arc<str>>,
    key_of: BTreeMap<u32, u32>,
    units: Pool<Unit>,
    at: Vec<u32>,
    labels: Vec<Arc<str>>,
    unit_of: Vec<u32>,
    fields: Vec<Vec<u32>>,
    measures: Vec<(Measure, Vec<Amount>)>,
    /// How many rows there will be.
    expected: usize,
    typed: BTreeMap<(u32, u32), Arc<str>>,
    above: BTreeMap<(u32, u32), u32>,
}

/// Values of which many rows have the same, each kept once.
#[derive(Clone, Debug)]
struct Pool<T> {
    all: Vec<T>,
    places: HashMap<T, u32>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Pool<T> {
    /// Returns the place of what a row says where the row above says what stands at `above`.
    fn place_below(&mut self, above: Option<u32>, value: &T) -> u32 {
        // That both say the same is cheaper to see than to look up.
        above.filter(|above| self.all[*above as usize] == *value).unwrap_or_else(|| self.place(value))
    }

    /// Returns the place of a value, which is put behind the others where it is new.
    fn place(&mut self, value: &T) -> u32 {
        if let Some(place) = self.places.get(value) {
            return *place;
        }
        let place = self.all.len() as u32;
        self.all.push(value.clone());
        self.places.insert(value.clone(), place);
        place
    }
}

impl RecordTable {
    /// Makes a table without rows.
    pub fn new(sector: SectorId, decl: Arc<RecordsDecl>) -> Self {
        let fields = vec![Vec::new(); decl.fields.len()];
        Self {
            sector,
            decl,
            parts: Vec::new(),
            spans: Vec::new(),
            part_of: Vec::new(),
            words: Vec::new(),
            keys: Pool::default(),
            key_of: BTreeMap::new(),
            units: Pool::default(),
            at: Vec::new(),
            labels: Vec::new(),
            unit_of: Vec::new(),
            fields,
            measures: Vec::new(),
            expected: 0,
            typed: BTreeMap::new(),
            above: BTreeMap::new(),
        }
    }

    /// Notes that so many more rows will come: lists that are not grown step by step take less memory.
    pub fn expect(&mut self, rows: usize) {
        self.expected += rows;
    }

    /// Makes room for the rows that are expected.
    fn reserve(&mut self) {
        let rows = self.expected.saturating_sub(self.len());
        [&mut self.at, &mut self.unit_of, &mut self.part_of]
            .into_iter()
            .chain(&mut self.fields)
            .for_each(|all| all.reserve_exact(rows));
        self.labels.reserve_exact(rows);
    }

    /// Puts the rows of one more table behind the others.
    pub fn add(&mut self, batch: RecordBatch) {
        let first = self.len();
        self.reserve();
        self.add_amounts(first, &batch);
        self.add_fields(&batch);
        let RecordRows { units, at, labels, unit_of, .. } = batch.rows;
        let units: Vec<u32> = units.iter().map(|unit| self.units.place(unit)).collect();
        self.unit_of.extend(unit_of.iter().map(|unit| units[*unit as usize]));
        self.at.extend(at);
        self.labels.extend(labels);
        let moved = |(row, column)| (first as u32 + row, column);
        self.typed.extend(batch.typed.into_iter().map(|(cell, text)| (moved(cell), text)));
        self.above.extend(batch.above.into_iter().map(|(cell, at)| (moved(cell), at)));
        self.parts.push(batch.part);
        self.part_of.resize(self.at.len(), self.spans.len() as u32);
        self.spans.push(first..self.at.len());
    }

    /// Puts the words of a batch's fields behind the others, and what they are compared by.
    fn add_fields(&mut self, batch: &RecordBatch) {
        let (before, rows) = (self.words.len() as u32, &batch.rows);
        let per_row = rows.per_row(rows.fields.len()).max(1);
        for (at, field) in self.fields.iter_mut().enumerate() {
            field.extend(rows.fields.iter().skip(at).step_by(per_row).map(|words| before + words));
        }
        for (words, place) in rows.words.iter().zip(before..) {
            if let Some(key) = batch.keys.get(words) {
                self.key_of.insert(place, self.keys.place(key));
            }
        }
        self.words.extend(rows.words.iter().cloned());
    }

    /// Puts the numbers of a batch behind the others; a measure that it lacks has no data there.
    fn add_amounts(&mut self, first: usize, batch: &RecordBatch) {
        let per_row = batch.part.columns.len().max(1);
        for (at, column) in batch.part.columns.iter().enumerate() {
            let amounts = batch.rows.amounts.iter().skip(at).step_by(per_row).copied();
            match self.measures.iter_mut().find(|(measure, _)| *measure == column.measure) {
                Some((_, all)) => all.extend(amounts),
                None => {
                    let mut all = Vec::with_capacity(self.expected);
                    all.resize(first, Amount::Missing);
                    all.extend(amounts);
                    self.measures.push((column.measure.clone(), all));
                }
            }
        }
        let all = first + batch.rows.len();
        self.measures.iter_mut().for_each(|(_, amounts)| amounts.resize(all, Amount::Missing));
    }

    /// Counts the rows.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Tells whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Returns each part with its rows.
    pub fn parts(&self) -> impl Iterator<Item = (&RecordPart, Range<usize>)> {
        self.parts.iter().zip(self.spans.iter().cloned())
    }

    /// Returns the part that a row stands in.
    pub fn part(&self, row: usize) -> &RecordPart {
        &self.parts[self.part_index(row)]
    }

    /// Returns the place of the part that a row stands in.
    pub fn part_index(&self, row: usize) -> usize {
        self.part_of[row] as usize
    }

    /// Returns the row's number in its sheet, counted from 0.
    pub fn at(&self, row: usize) -> u32 {
        self.at[row]
    }

    /// Returns the unit of a row.
    pub fn unit(&self, row: usize) -> &Unit {
        &self.units.all[self.unit_of[row] as usize]
    }

    /// Returns the unit of what a row says of a measure.
    pub fn unit_of(&self, row: usize, measure: &Measure) -> &Unit {
        self.column(row, measure).and_then(|column| column.unit.as_ref()).unwrap_or_else(|| self.unit(row))
    }

    /// Returns what a row says of a measure in the row's unit, where its column has another scale.
    pub fn in_unit_of_row(&self, row: usize, measure: &Measure) -> Amount {
        let (own, unit) = (self.unit_of(row, measure), self.unit(row));
        match self.amount(row, measure) {
            Amount::Known(number) if own.scale != unit.scale && own.same_base(unit) => {
                number.checked_mul(own.scale.factor_to(unit.scale)).map_or(Amount::Missing, Amount::Known)
            }
            amount => amount,
        }
    }

    /// Returns the column in which a row has a measure.
    fn column(&self, row: usize, measure: &Measure) -> Option<&RecordColumn> {
        self.part(row).columns.iter().find(|column| column.measure == *measure)
    }

    /// Returns what the words of a field are compared by: a number that equal words share.
    fn key(&self, row: usize, field: usize) -> Option<u32> {
        self.key_of.get(&self.fields[field][row]).copied()
    }

    /// Lists the measures of which any part has a column.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.measures.iter().map(|(measure, _)| measure)
    }

    /// Returns what a row says of a measure.
    pub fn amount(&self, row: usize, measure: &Measure) -> Amount {
        self.amounts(measure).map_or(Amount::Missing, |amounts| amounts[row])
    }

    /// Returns what all rows say of a measure.
    fn amounts(&self, measure: &Measure) -> Option<&[Amount]> {
        let found = self.measures.iter().find(|(known, _)| known == measure);
        found.map(|(_, amounts)| amounts.as_slice())
    }

    /// Returns the words of a row's label.
    pub fn label(&self, row: usize) -> &Arc<str> {
        &self.labels[row]
    }

    /// Returns the words of a field, which the declaration counts from 0.
    pub fn field(&self, row: usize, field: usize) -> &Arc<str> {
        &self.words[self.fields[field][row] as usize]
    }

    /// Returns a row's label with its cell.
    pub fn label_cell(&self, row: usize) -> TextCell {
        let column = self.part(row).label;
        self.text_cell(row, column, self.label(row), "")
    }

    /// Returns a field of a row with its cell.
    pub fn field_cell(&self, row: usize, field: usize) -> TextCell {
        let column = self.part(row).fields[field];
        self.text_cell(row, column, self.field(row, field), &self.decl.fields[field].heading)
    }

    fn text_cell(&self, row: usize, column: u32, words: &Arc<str>, heading: &str) -> TextCell {
        let mut source = self.source(row, column, Arc::clone(words), heading.into());
        source.cell.row = self.above.get(&(row as u32, column)).copied().unwrap_or(source.cell.row);
        TextCell { words: Arc::clone(words), source: Arc::new(source) }
    }

    /// Returns the cell that gives the amount of a row, with the column it is in; nothing where the row has no data.
    pub fn cell(&self, row: usize, measure: &Measure) -> Option<(Source, &RecordColumn)> {
        let amount = self.amount(row, measure);
        let column = self.column(row, measure).filter(|_| amount != Amount::Missing)?;
        let raw = self.typed.get(&(row as u32, column.column)).cloned();
        let raw = raw.unwrap_or_else(|| as_typed(amount, self.is_percent(row, column.column)));
        Some((self.source(row, column.column, raw, Arc::clone(&column.heading)), column))
    }

    /// Tells a cell that holds the hundredth part of what it shows.
    fn is_percent(&self, row: usize, column: u32) -> bool {
        self.part(row).percents.get(&column).is_some_and(|rows| rows.binary_search(&self.at[row]).is_ok())
    }

    fn source(&self, row: usize, column: u32, raw: Arc<str>, heading: Arc<str>) -> Source {
        let part = self.part(row);
        Source {
            department: part.department.clone(),
            file: part.file.clone(),
            sheet: part.sheet.clone(),
            cell: CellRef::new(self.at[row], column),
            raw,
            labels: Labels { row: Arc::clone(self.label(row)), column: heading },
        }
    }

    /// Names a figure of these records.
    pub fn name(&self, measure: Measure) -> FigureName {
        FigureName { sector: self.sector.clone(), indicator: self.decl.name.clone(), measure }
    }
}

fn as_typed(amount: Amount, is_percent: bool) -> Arc<str> {
    match amount {
        Amount::Known(number) if is_percent => (number / Decimal::ONE_HUNDRED).normalize().to_string().into(),
        Amount::Known(number) => number.normalize().to_string().into(),
        Amount::NotApplicable => "-".into(),
        Amount::Missing => "".into(),
    }
}

#[cfg(test)]
mod tests;
