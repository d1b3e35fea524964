//! Writes the blank workbooks that departments fill in: one per department, made from the declarations of the sectors.
//!
//! Input: declarations, settings and the known values of input cells ([`InputLookup`]). Output: the bytes of each
//! workbook, with every anchor that the reader looks for printed and locked, so that a filled form is read without
//! guessing. Not here: figures, the file system, the clock.

mod columns;
mod form;
mod indicators;
mod records;
mod rows;
mod words;

use super::xlsx::{self, names};
use super::{MANIFEST, OutputFile, WriteError, manifest};
use form::Form;
use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;
use std::sync::Arc;
use tonghop_core::config::{Config, Department};
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::indicator::{IndicatorDecl, NarrativeDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::records::RecordsDecl;

/// An input cell of a form.
#[derive(Clone, Copy, Debug)]
pub enum Slot<'a> {
    /// A measure of an indicator, in the unit that the form prints next to it.
    Number(&'a SectorDecl, &'a IndicatorDecl, &'a Measure),
    /// Whether the actual value is an estimate, and the qualifier before it.
    Status(&'a SectorDecl, &'a IndicatorDecl),
    /// A note on an indicator, which is not read.
    Note(&'a SectorDecl, &'a IndicatorDecl),
    /// One of the names below an indicator that counts them, by its index.
    Name(&'a SectorDecl, &'a IndicatorDecl, usize),
    /// Sentences of the report on a topic.
    Topic(&'a SectorDecl, &'a NarrativeDecl),
    /// A cell of a department's table of difficulties, by its row index.
    Remark(&'a DepartmentId, Remark, usize),
}

/// The columns of the table of difficulties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The difficulty, as a sentence.
    Difficulty,
    /// Its cause, as a sentence.
    Cause,
    /// The labels of indicators, separated by ";".
    Subject,
}

/// The value of an input cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A number in the unit of the form.
    Number(Decimal),
    /// A text; `-` for a number that does not arise.
    Words(String),
}

/// Returns the known value of an input cell.
pub type Fill<'a> = &'a dyn Fn(&Slot<'_>) -> Option<Entry>;

/// Returns `None` for every cell: the forms are blank.
pub fn blank(_: &Slot<'_>) -> Option<Entry> {
    None
}

/// Renders a workbook for every department that a sector names, then the manifest of the folder.
///
/// The same declarations and settings give the same bytes.
///
/// # Errors
/// Returns an error if a workbook exceeds the limits of Excel.
pub fn render(sectors: &[Arc<SectorDecl>], config: &Config, fill: Fill<'_>) -> Result<Vec<OutputFile>, WriteError> {
    let mut files = Vec::new();
    for department in &config.departments {
        let own: Vec<&SectorDecl> =
            sectors.iter().map(Arc::as_ref).filter(|s| s.departments.contains(&department.id)).collect();
        if !own.is_empty() {
            let bytes = workbook(&Subject { department, sectors: in_outline(own, config), config, fill })?;
            files.push(OutputFile { name: format!("{}.xlsx", department.id), bytes });
        }
    }
    let manifest = manifest::of_files(&files)?;
    files.push(OutputFile { name: MANIFEST.to_owned(), bytes: manifest });
    Ok(files)
}

/// Sorts sectors in the order of the report.
fn in_outline<'a>(mut sectors: Vec<&'a SectorDecl>, config: &Config) -> Vec<&'a SectorDecl> {
    let place = |sector: &SectorDecl| {
        let heading = config.outline.headings.iter().position(|h| h.path == sector.section);
        let among = heading.map(|at| config.outline.headings[at].sectors.iter().position(|id| *id == sector.id));
        (heading, among.flatten().unwrap_or(usize::MAX))
    };
    sectors.sort_by_key(|sector| (place(sector), &sector.id));
    sectors
}

/// A table of numbers that a sector requests.
enum Table<'a> {
    Indicators,
    Records(&'a RecordsDecl),
}

fn tables(sector: &SectorDecl) -> impl Iterator<Item = (&SectorDecl, Table<'_>)> {
    let indicators = rows::printed(sector).next().map(|_| Table::Indicators);
    let records = sector.records.iter().map(|decl| Table::Records(decl));
    indicators.into_iter().chain(records).map(move |table| (sector, table))
}

/// What the workbook of one department is made from.
struct Subject<'a> {
    department: &'a Department,
    sectors: Vec<&'a SectorDecl>,
    config: &'a Config,
    fill: Fill<'a>,
}

fn workbook(subject: &Subject<'_>) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}: {}", subject.department.name, words::PERIODIC);
    let mut workbook = xlsx::empty_workbook(&title, subject.config)?;
    let style = xlsx::style::Style::new(subject.config.report.percent_decimals);
    let tables: Vec<(&SectorDecl, Table<'_>)> = subject.sectors.iter().flat_map(|sector| tables(sector)).collect();
    let titles = tables.iter().map(|(sector, _)| sector.title.as_str());
    // The two text tables get their names first, so that no title takes them.
    let names = names::sheet_names([words::NARRATIVE, words::DIFFICULTIES].into_iter().chain(titles));
    for ((sector, table), name) in tables.iter().zip(&names[2..]) {
        let mut form = Form::new(workbook.add_worksheet().set_name(&**name)?, &style, subject);
        match table {
            Table::Indicators => indicators::write(&mut form, sector)?,
            Table::Records(decl) => records::write(&mut form, sector, decl)?,
        }
    }
    if subject.sectors.iter().any(|sector| !sector.narrative.is_empty()) {
        let sheet = workbook.add_worksheet().set_name(words::NARRATIVE)?;
        words::narrative(&mut Form::new(sheet, &style, subject))?;
    }
    let sheet = workbook.add_worksheet().set_name(words::DIFFICULTIES)?;
    words::difficulties(&mut Form::new(sheet, &style, subject))?;
    workbook.save_to_buffer()
}
