//! Records: rows of open tables, whose labels nobody declares beforehand.
//!
//! In come batches of rows, one a table of a sheet; out goes one [`RecordTable`] that keeps them column by column, so
//! that a million rows are no million values, and of which every number still knows its cell. Never here: reading a
//! sheet, Lua, which rows a rule means ([`selection`]).

mod selection;

pub use selection::{Aggregate, Condition, Key, Selection};

use super::cell::CellRef;
use super::figure::{Figure, FigureName, FigureRef, Measure, Origin, Print, Status};
use super::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use super::provenance::{Labels, Source, TextCell};
use super::quantity::{Amount, Unit};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

/// The declaration of an open table.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordsDecl {
    /// Its name in the rules.
    pub name: IndicatorId,
    /// The columns of words that every such table has.
    pub fields: Vec<FieldDecl>,
    /// The unit of rows that state none.
    pub unit: Option<Unit>,
    /// Whether rows of several units may be added up, to a sum without unit.
    pub mixed: bool,
    pub print: Print,
    /// Line of the rule file where the declaration stands.
    pub line: u32,
}

/// A column of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDecl {
    pub name: String,
    /// What forms call the column.
    pub heading: String,
}

/// One row of a sheet, before it is put with the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The row in its sheet, counted from 0.
    pub at: u32,
    pub label: Arc<str>,
    pub unit: Unit,
    /// In the order of the declaration.
    pub fields: Vec<Arc<str>>,
    /// In the order of the columns of its part.
    pub amounts: Vec<Amount>,
}

/// The place of one table: a part of a sheet, whose rows stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordPart {
    pub department: DepartmentId,
    pub file: FilePath,
    pub sheet: SheetName,
    /// The column of the labels, counted from 0.
    pub label: u32,
    /// The columns of the fields, in the order of the declaration.
    pub fields: Vec<u32>,
    pub columns: Vec<RecordColumn>,
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordColumn {
    pub measure: Measure,
    pub status: Status,
    /// Counted from 0.
    pub column: u32,
    pub heading: Arc<str>,
}

/// The records of one table of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordBatch {
    pub sector: SectorId,
    pub name: IndicatorId,
    pub part: RecordPart,
    pub rows: Vec<Record>,
    /// What stands in cells whose number was typed as text, by row of the batch and column of the part.
    pub typed: BTreeMap<(u32, u32), Arc<str>>,
}

/// All records of one declaration, column by column.
#[derive(Clone, Debug)]
pub struct RecordTable {
    pub sector: SectorId,
    pub decl: Arc<RecordsDecl>,
    pub parts: Vec<RecordPart>,
    /// The rows of each part.
    spans: Vec<Range<usize>>,
    /// Every text once: labels and fields name it by its place.
    texts: Pool<Arc<str>>,
    units: Pool<Unit>,
    at: Vec<u32>,
    labels: Vec<u32>,
    unit_of: Vec<u32>,
    fields: Vec<Vec<u32>>,
    measures: Vec<(Measure, Vec<Amount>)>,
    typed: BTreeMap<(u32, u32), Arc<str>>,
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
            texts: Pool::default(),
            units: Pool::default(),
            at: Vec::new(),
            labels: Vec::new(),
            unit_of: Vec::new(),
            fields,
            measures: Vec::new(),
            typed: BTreeMap::new(),
        }
    }

    /// Puts the rows of one more table behind the others.
    pub fn add(&mut self, batch: RecordBatch) {
        let first = self.len();
        for (at, column) in batch.part.columns.iter().enumerate() {
            let amounts = batch.rows.iter().map(|row| row.amounts[at]);
            match self.measures.iter_mut().find(|(measure, _)| *measure == column.measure) {
                Some((_, all)) => all.extend(amounts),
                None => {
                    let mut all = vec![Amount::Missing; first];
                    all.extend(amounts);
                    self.measures.push((column.measure.clone(), all));
                }
            }
        }
        for row in &batch.rows {
            self.at.push(row.at);
            self.labels.push(self.texts.place(&row.label));
            for (field, words) in self.fields.iter_mut().zip(&row.fields) {
                field.push(self.texts.place(words));
            }
            self.unit_of.push(self.units.place(&row.unit));
        }
        let all = self.at.len();
        self.measures.iter_mut().for_each(|(_, amounts)| amounts.resize(all, Amount::Missing));
        self.typed.extend(batch.typed.into_iter().map(|((row, column), text)| ((first as u32 + row, column), text)));
        self.parts.push(batch.part);
        self.spans.push(first..all);
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
        &self.parts[self.spans.partition_point(|span| span.end <= row)]
    }

    /// Returns the row's number in its sheet, counted from 0.
    pub fn at(&self, row: usize) -> u32 {
        self.at[row]
    }

    /// Returns the unit of a row.
    pub fn unit(&self, row: usize) -> &Unit {
        &self.units.all[self.unit_of[row] as usize]
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
        &self.texts.all[self.labels[row] as usize]
    }

    /// Returns the words of a field, which the declaration counts from 0.
    pub fn field(&self, row: usize, field: usize) -> &Arc<str> {
        &self.texts.all[self.fields[field][row] as usize]
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
        let source = self.source(row, column, Arc::clone(words), heading.into());
        TextCell { words: Arc::clone(words), source: Arc::new(source) }
    }

    /// Returns the figure of a row, resting on its cell; one without data where the row has none.
    pub fn figure(&self, row: usize, measure: &Measure) -> FigureRef {
        let name = self.name(measure.clone());
        let unit = self.unit(row).clone();
        let column = self.part(row).columns.iter().find(|column| column.measure == *measure);
        let Some(column) = column.filter(|_| self.amount(row, measure) != Amount::Missing) else {
            return Arc::new(Figure::missing(name, unit));
        };
        let amount = self.amount(row, measure);
        let raw = self.typed.get(&(row as u32, column.column)).cloned().unwrap_or_else(|| as_typed(amount));
        let source = self.source(row, column.column, raw, Arc::clone(&column.heading));
        let figure = Figure::given(name, amount, unit, column.status, Origin::Cell(Arc::new(source)));
        Arc::new(figure.printed(self.decl.print))
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

fn as_typed(amount: Amount) -> Arc<str> {
    match amount {
        Amount::Known(number) => number.normalize().to_string().into(),
        Amount::NotApplicable => "-".into(),
        Amount::Missing => "".into(),
    }
}
