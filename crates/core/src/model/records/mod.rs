//! Records: rows of open tables, whose labels are not declared.
//!
//! Input: batches of rows, one per table of a sheet. Output: one [`RecordTable`], stored by column to save memory, in
//! which every number still knows its cell. Not here: reading a sheet, Lua, selecting rows ([`selection`]).

mod batch;
mod comparison;
mod condition;
mod decl;
mod selection;
mod structure;

pub use batch::{RecordRows, RecordRowsBuilder};
pub use condition::{Aggregate, Condition, Limit, LimitAmount, Relation, RowRun, Selection, SortKey, excel_runs};
pub use decl::{FieldDecl, RecordsDecl};
pub use structure::{GroupHeading, RecordTotal};

use super::cell::CellRef;
use super::conversion::convert;
use super::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use super::measure::{FigureName, Measure, Status};
use super::provenance::{Labels, Source, TextCell};
use super::quantity::{Amount, Unit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

/// One row of a sheet, before it is added to a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The row index in the sheet, from 0.
    pub sheet_row: u32,
    /// The label, with normalised blanks; for a merged cell or an "as above", the label that applies.
    pub label: Arc<str>,
    /// The unit stated in the row, or the default unit of its part.
    pub unit: Unit,
    /// In declaration order.
    pub fields: Vec<Arc<str>>,
    /// In the order of the part's columns.
    pub amounts: Vec<Amount>,
}

/// The location of one table: a part of a sheet with contiguous rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordPart {
    /// The department whose folder contains the workbook.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// The sheet that holds the table, untrimmed.
    pub sheet: SheetName,
    /// The column of the labels, from 0.
    pub label_column: u32,
    /// The columns of the fields, in declaration order.
    pub field_columns: Vec<u32>,
    /// The column with the unit of each row, if there is one.
    pub unit_column: Option<u32>,
    /// The unit of rows without a stated unit: that of the table, or the declared one.
    pub default_unit: Unit,
    /// The number columns used by the sector, in table order.
    pub columns: Vec<RecordColumn>,
    /// The headings between the rows, from top to bottom.
    pub groups: Vec<GroupHeading>,
    /// The decimal separator of numbers typed as text, if the sheet reveals it.
    pub decimal_separator: Option<char>,
    /// The sheet rows whose cell is formatted as a percentage and so holds a hundredth of the amount, by column;
    /// ascending.
    pub percent_rows: BTreeMap<u32, Vec<u32>>,
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordColumn {
    /// The measure of the numbers.
    pub measure: Measure,
    /// Whether the heading says that the numbers are estimates.
    pub status: Status,
    /// The column index, from 0.
    pub column: u32,
    /// The headings above the numbers, from top to bottom.
    pub heading: Arc<str>,
    /// The unit of the numbers, independent of the rows: for percentages, and if only headings state units.
    pub unit: Option<Unit>,
}

/// The records of one table of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordBatch {
    /// The sector that declares the open table.
    pub sector: SectorId,
    /// The name in the declaration.
    pub name: IndicatorId,
    /// The location of the table and the content of its columns.
    pub part: RecordPart,
    /// In sheet order, without totals and rows that lack a field.
    #[serde(deserialize_with = "batch::deserialize")]
    pub rows: RecordRows,
    /// The rows that add up others.
    pub totals: Vec<RecordTotal>,
    /// The raw text of numbers typed as text, by row of the batch and column of the sheet.
    pub raw_numbers: BTreeMap<(u32, u32), Arc<str>>,
    /// The sheet row of a text that applies to several rows, by row of the batch and column of the sheet.
    pub text_rows: BTreeMap<(u32, u32), u32>,
    /// The comparison key of each field text; texts that differ only in typing have the same key.
    pub comparison_keys: BTreeMap<Arc<str>, Arc<str>>,
}

/// All records of one declaration, stored by column.
#[derive(Clone, Debug)]
pub struct RecordTable {
    /// The sector that declares the open table.
    pub sector: SectorId,
    /// The declaration of the table.
    pub decl: Arc<RecordsDecl>,
    /// One per table of a sheet, in the order of addition.
    pub parts: Vec<RecordPart>,
    /// The row range of each part.
    row_ranges: Vec<Range<usize>>,
    /// The part of each row, stored because it is looked up often.
    part_indexes: Vec<u32>,
    /// The texts of fields, which fields refer to by index; texts are distinct only within a part.
    texts: Vec<Arc<str>>,
    /// The comparison keys of field texts, and the index of the key of each text.
    comparison_keys: Interner<Arc<str>>,
    key_indexes: BTreeMap<u32, u32>,
    units: Interner<Unit>,
    sheet_rows: Vec<u32>,
    labels: Vec<Arc<str>>,
    unit_indexes: Vec<u32>,
    field_indexes: Vec<Vec<u32>>,
    amounts: Vec<(Measure, Vec<Amount>)>,
    /// The totals with the index of their part.
    totals: Vec<(usize, RecordTotal)>,
    /// The comparison key of each heading, by part.
    group_keys: Vec<Vec<u32>>,
    /// The text of the group of a row without a heading above it.
    no_group: Arc<str>,
    /// The number of rows to reserve memory for.
    reserved_rows: usize,
    raw_numbers: BTreeMap<(u32, u32), Arc<str>>,
    text_rows: BTreeMap<(u32, u32), u32>,
}

/// Interns values that many rows share.
#[derive(Clone, Debug)]
struct Interner<T> {
    values: Vec<T>,
    indexes: HashMap<T, u32>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { values: Vec::new(), indexes: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Interner<T> {
    /// Returns the index of a value, given the index `above` of the same column in the previous row.
    fn intern_below(&mut self, above: Option<u32>, value: &T) -> u32 {
        // Comparing with the previous row is cheaper than a hash lookup.
        above.filter(|above| self.values[*above as usize] == *value).unwrap_or_else(|| self.intern(value))
    }

    /// Returns the index of a value; adds the value if it is new.
    fn intern(&mut self, value: &T) -> u32 {
        if let Some(place) = self.indexes.get(value) {
            return *place;
        }
        let place = self.values.len() as u32;
        self.values.push(value.clone());
        self.indexes.insert(value.clone(), place);
        place
    }
}

impl RecordTable {
    /// Creates a table without rows.
    pub fn new(sector: SectorId, decl: Arc<RecordsDecl>) -> Self {
        let fields = vec![Vec::new(); decl.fields.len()];
        Self {
            sector,
            decl,
            parts: Vec::new(),
            row_ranges: Vec::new(),
            part_indexes: Vec::new(),
            texts: Vec::new(),
            comparison_keys: Interner::default(),
            key_indexes: BTreeMap::new(),
            units: Interner::default(),
            sheet_rows: Vec::new(),
            labels: Vec::new(),
            unit_indexes: Vec::new(),
            field_indexes: fields,
            amounts: Vec::new(),
            totals: Vec::new(),
            group_keys: Vec::new(),
            no_group: "".into(),
            reserved_rows: 0,
            raw_numbers: BTreeMap::new(),
            text_rows: BTreeMap::new(),
        }
    }

    /// Reserves memory for additional rows; exact capacity needs less memory than growth.
    pub fn reserve(&mut self, rows: usize) {
        self.reserved_rows += rows;
    }

    /// Allocates memory for the reserved rows.
    fn allocate(&mut self) {
        let rows = self.reserved_rows.saturating_sub(self.len());
        [&mut self.sheet_rows, &mut self.unit_indexes, &mut self.part_indexes]
            .into_iter()
            .chain(&mut self.field_indexes)
            .for_each(|all| all.reserve_exact(rows));
        self.labels.reserve_exact(rows);
    }

    /// Appends the rows of another table.
    pub fn append(&mut self, batch: RecordBatch) {
        let first = self.len();
        self.allocate();
        self.append_amounts(first, &batch);
        self.append_fields(&batch);
        let RecordRows { units, sheet_rows, labels, unit_indexes, .. } = batch.rows;
        let units: Vec<u32> = units.iter().map(|unit| self.units.intern(unit)).collect();
        self.unit_indexes.extend(unit_indexes.iter().map(|unit| units[*unit as usize]));
        self.sheet_rows.extend(sheet_rows);
        self.labels.extend(labels);
        let moved = |(row, column)| (first as u32 + row, column);
        self.raw_numbers.extend(batch.raw_numbers.into_iter().map(|(cell, text)| (moved(cell), text)));
        self.text_rows.extend(batch.text_rows.into_iter().map(|(cell, at)| (moved(cell), at)));
        let part = self.parts.len();
        self.totals.extend(batch.totals.into_iter().map(|total| (part, total)));
        let keys = batch.part.groups.iter().map(|group| self.comparison_keys.intern(&group.key)).collect();
        self.group_keys.push(keys);
        self.parts.push(batch.part);
        self.part_indexes.resize(self.sheet_rows.len(), self.row_ranges.len() as u32);
        self.row_ranges.push(first..self.sheet_rows.len());
    }

    /// Appends the field texts of a batch and their comparison keys.
    fn append_fields(&mut self, batch: &RecordBatch) {
        let (before, rows) = (self.texts.len() as u32, &batch.rows);
        let per_row = rows.values_per_row(rows.field_indexes.len()).max(1);
        for (at, field) in self.field_indexes.iter_mut().enumerate() {
            field.extend(rows.field_indexes.iter().skip(at).step_by(per_row).map(|words| before + words));
        }
        for (words, place) in rows.texts.iter().zip(before..) {
            if let Some(key) = batch.comparison_keys.get(words) {
                self.key_indexes.insert(place, self.comparison_keys.intern(key));
            }
        }
        self.texts.extend(rows.texts.iter().cloned());
    }

    /// Appends the amounts of a batch; measures that it lacks are `Missing`.
    fn append_amounts(&mut self, first: usize, batch: &RecordBatch) {
        let per_row = batch.part.columns.len().max(1);
        for (at, column) in batch.part.columns.iter().enumerate() {
            let amounts = batch.rows.amounts.iter().skip(at).step_by(per_row).copied();
            match self.amounts.iter_mut().find(|(measure, _)| *measure == column.measure) {
                Some((_, all)) => all.extend(amounts),
                None => {
                    let mut all = Vec::with_capacity(self.reserved_rows);
                    all.resize(first, Amount::Missing);
                    all.extend(amounts);
                    self.amounts.push((column.measure.clone(), all));
                }
            }
        }
        let all = first + batch.rows.len();
        self.amounts.iter_mut().for_each(|(_, amounts)| amounts.resize(all, Amount::Missing));
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.sheet_rows.len()
    }

    /// Returns whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.sheet_rows.is_empty()
    }

    /// Returns each part with its row range.
    pub fn parts(&self) -> impl Iterator<Item = (&RecordPart, Range<usize>)> {
        self.parts.iter().zip(self.row_ranges.iter().cloned())
    }

    /// Returns the part that contains a row.
    pub fn part(&self, row: usize) -> &RecordPart {
        &self.parts[self.part_index(row)]
    }

    /// Returns the index of the part that contains a row.
    pub fn part_index(&self, row: usize) -> usize {
        self.part_indexes[row] as usize
    }

    /// Returns the index of a row in its sheet, from 0.
    pub fn sheet_row(&self, row: usize) -> u32 {
        self.sheet_rows[row]
    }

    /// Returns the unit of a row.
    pub fn unit(&self, row: usize) -> &Unit {
        &self.units.values[self.unit_indexes[row] as usize]
    }

    /// Returns the unit of the amount of `measure` in `row`.
    pub fn amount_unit(&self, row: usize, measure: &Measure) -> &Unit {
        self.column(row, measure).and_then(|column| column.unit.as_ref()).unwrap_or_else(|| self.unit(row))
    }

    /// Returns the amount of `measure` in `row`, converted to the row's unit if the column uses a different scale.
    pub fn amount_in_row_unit(&self, row: usize, measure: &Measure) -> Amount {
        let (own, unit) = (self.amount_unit(row, measure), self.unit(row));
        match self.amount(row, measure) {
            Amount::Known(number) if own.has_same_base(unit) => {
                convert(number, own, unit).map_or(Amount::Missing, Amount::Known)
            }
            amount => amount,
        }
    }

    /// Returns the column of `measure` in the part of `row`.
    fn column(&self, row: usize, measure: &Measure) -> Option<&RecordColumn> {
        self.part(row).columns.iter().find(|column| column.measure == *measure)
    }

    /// Returns the comparison key of a field text, as an index.
    fn comparison_key(&self, row: usize, field: usize) -> Option<u32> {
        let Some(indexes) = self.field_indexes.get(field) else {
            let keys = &self.group_keys[self.part_index(row)];
            return keys.get(self.group_index(row)?).copied();
        };
        self.key_indexes.get(&indexes[row]).copied()
    }

    /// Returns the measures for which any part has a column.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.amounts.iter().map(|(measure, _)| measure)
    }

    /// Returns the amount of `measure` in `row`.
    pub fn amount(&self, row: usize, measure: &Measure) -> Amount {
        self.amounts(measure).map_or(Amount::Missing, |amounts| amounts[row])
    }

    /// Returns the amounts of `measure` in all rows.
    fn amounts(&self, measure: &Measure) -> Option<&[Amount]> {
        let found = self.amounts.iter().find(|(known, _)| known == measure);
        found.map(|(_, amounts)| amounts.as_slice())
    }

    /// Returns the label of a row.
    pub fn label(&self, row: usize) -> &Arc<str> {
        &self.labels[row]
    }

    /// Returns the text of a field, by its index in the declaration.
    pub fn field(&self, row: usize, field: usize) -> &Arc<str> {
        match self.field_indexes.get(field) {
            Some(indexes) => &self.texts[indexes[row] as usize],
            None => self.group(row).map_or(&self.no_group, |group| &group.text),
        }
    }

    /// Returns a row's label with its cell.
    pub fn label_cell(&self, row: usize) -> TextCell {
        let column = self.part(row).label_column;
        self.text_cell(row, column, self.label(row), "")
    }

    /// Returns a field of a row with its cell.
    pub fn field_cell(&self, row: usize, field: usize) -> TextCell {
        if field >= self.decl.fields.len() {
            let group = self.group(row);
            let text = group.map_or(&self.no_group, |group| &group.text);
            let column = group.map_or(self.part(row).label_column, |group| group.cell.col);
            let mut source = self.source(row, column, Arc::clone(text), "".into());
            source.cell = group.map_or(source.cell, |group| group.cell);
            return TextCell { text: Arc::clone(text), source: Arc::new(source) };
        }
        let column = self.part(row).field_columns[field];
        self.text_cell(row, column, self.field(row, field), &self.decl.fields[field].heading)
    }

    fn text_cell(&self, row: usize, column: u32, words: &Arc<str>, heading: &str) -> TextCell {
        let mut source = self.source(row, column, Arc::clone(words), heading.into());
        source.cell.row = self.text_rows.get(&(row as u32, column)).copied().unwrap_or(source.cell.row);
        TextCell { text: Arc::clone(words), source: Arc::new(source) }
    }

    /// Returns the cell of an amount with its column; `None` if the row has no data.
    pub fn amount_cell(&self, row: usize, measure: &Measure) -> Option<(Source, &RecordColumn)> {
        let amount = self.amount(row, measure);
        let column = self.column(row, measure).filter(|_| amount != Amount::Missing)?;
        let raw = self.raw_numbers.get(&(row as u32, column.column)).cloned();
        let raw = raw.unwrap_or_else(|| raw_text(amount, self.is_percent(row, column.column)));
        Some((self.source(row, column.column, raw, Arc::clone(&column.heading)), column))
    }

    /// Returns whether a cell is formatted as a percentage and so holds a hundredth of the amount.
    fn is_percent(&self, row: usize, column: u32) -> bool {
        self.part(row).percent_rows.get(&column).is_some_and(|rows| rows.binary_search(&self.sheet_rows[row]).is_ok())
    }

    fn source(&self, row: usize, column: u32, raw: Arc<str>, heading: Arc<str>) -> Source {
        let part = self.part(row);
        Source {
            department: part.department.clone(),
            file: part.file.clone(),
            sheet: part.sheet.clone(),
            cell: CellRef::new(self.sheet_rows[row], column),
            raw,
            labels: Labels { row: Arc::clone(self.label(row)), column: heading },
        }
    }

    /// Returns the name of a figure of these records.
    pub fn figure_name(&self, measure: Measure) -> FigureName {
        FigureName { sector: self.sector.clone(), indicator: self.decl.name.clone(), measure }
    }
}

fn raw_text(amount: Amount, is_percent: bool) -> Arc<str> {
    match amount {
        Amount::Known(number) if is_percent => (number / Decimal::ONE_HUNDRED).normalize().to_string().into(),
        Amount::Known(number) => number.normalize().to_string().into(),
        Amount::NotApplicable => "-".into(),
        Amount::Missing => "".into(),
    }
}

#[cfg(test)]
mod tests;
