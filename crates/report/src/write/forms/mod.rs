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
mod text_tables;

use super::rendering::{Rendered, rendered};
use super::xlsx::{self, sheet_names};
use super::{MANIFEST, OutputFile, WriteError, manifest};
use form::FormSheet;
use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;
use std::sync::Arc;
use tonghop_core::config::{Config, Department};
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::indicator::{IndicatorDecl, NarrativeDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::product::ProductKind;
use tonghop_core::model::records::RecordsDecl;

/// An input cell of a form.
#[derive(Clone, Copy, Debug)]
pub enum InputCell<'a> {
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
    Difficulty(&'a DepartmentId, DifficultyColumn, usize),
}

/// The columns of the table of difficulties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifficultyColumn {
    /// The difficulty, as a sentence.
    Difficulty,
    /// Its cause, as a sentence.
    Cause,
    /// The labels of indicators, separated by ";".
    Indicators,
}

/// The value of an input cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputValue {
    /// A number in the unit of the form.
    Number(Decimal),
    /// A text; `-` for a number that does not arise.
    Text(String),
}

/// Returns the known value of an input cell.
pub type InputLookup<'a> = &'a dyn Fn(&InputCell<'_>) -> Option<InputValue>;

/// Returns `None` for every cell: the forms are blank.
pub fn blank(_: &InputCell<'_>) -> Option<InputValue> {
    None
}

/// Renders a workbook for every department that a sector names, then the manifest of the folder; a workbook that cannot be
/// made costs only itself.
///
/// The same declarations and settings give the same bytes.
///
/// # Errors
/// Returns an error if there is no manifest.
pub fn render(sectors: &[Arc<SectorDecl>], config: &Config, lookup: InputLookup<'_>) -> Result<Rendered, WriteError> {
    let mut done = Rendered::default();
    for department in &config.departments {
        let department_sectors: Vec<&SectorDecl> =
            sectors.iter().map(Arc::as_ref).filter(|s| s.departments.contains(&department.id)).collect();
        if department_sectors.is_empty() {
            continue;
        }
        let sectors = in_outline_order(department_sectors, config);
        let context = FormContext { department, sectors, config, lookup };
        match rendered(format!("{}.xlsx", department.id), || Ok(workbook(&context)?)) {
            Ok(file) => done.files.push(file),
            Err(lost) => done.lost.push(lost),
        }
    }
    let manifest = manifest::render_outputs(&done.files)?;
    done.files.push(OutputFile { name: MANIFEST.to_owned(), bytes: manifest });
    Ok(done)
}

/// Sorts sectors in the order of the report.
fn in_outline_order<'a>(mut sectors: Vec<&'a SectorDecl>, config: &Config) -> Vec<&'a SectorDecl> {
    let place = |sector: &SectorDecl| {
        let heading = config.outline.headings.iter().position(|h| h.path == sector.section);
        let among = heading.map(|at| config.outline.headings[at].sectors.iter().position(|id| *id == sector.id));
        (heading, among.flatten().unwrap_or(usize::MAX))
    };
    sectors.sort_by_key(|sector| (place(sector), &sector.id));
    sectors
}

/// A table of numbers that a sector requests.
enum FormTable<'a> {
    Indicators,
    Records(&'a RecordsDecl),
}

fn sector_tables(sector: &SectorDecl) -> impl Iterator<Item = (&SectorDecl, FormTable<'_>)> {
    let indicators = rows::printed_indicators(sector).next().map(|_| FormTable::Indicators);
    let records = sector.records.iter().map(|decl| FormTable::Records(decl));
    indicators.into_iter().chain(records).map(move |table| (sector, table))
}

/// What the workbook of one department is made from.
struct FormContext<'a> {
    department: &'a Department,
    sectors: Vec<&'a SectorDecl>,
    config: &'a Config,
    lookup: InputLookup<'a>,
}

fn workbook(subject: &FormContext<'_>) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}: {}", subject.department.name, text_tables::FORM_TITLE);
    let mut workbook = xlsx::empty_workbook(&title, subject.config, ProductKind::Form)?;
    let style = xlsx::formats::WorkbookFormats::new(subject.config.report.percent_decimals);
    let tables: Vec<(&SectorDecl, FormTable<'_>)> =
        subject.sectors.iter().flat_map(|sector| sector_tables(sector)).collect();
    let titles = tables.iter().map(|(sector, _)| sector.title.as_str());
    // The two text tables get their names first, so that no title takes them.
    let names = sheet_names::sheet_names([text_tables::NARRATIVE, text_tables::DIFFICULTIES].into_iter().chain(titles));
    for ((sector, table), name) in tables.iter().zip(&names[2..]) {
        let mut form = FormSheet::new(workbook.add_worksheet().set_name(&**name)?, &style, subject);
        match table {
            FormTable::Indicators => indicators::write(&mut form, sector)?,
            FormTable::Records(decl) => records::write(&mut form, sector, decl)?,
        }
    }
    if subject.sectors.iter().any(|sector| !sector.narrative.is_empty()) {
        let sheet = workbook.add_worksheet().set_name(text_tables::NARRATIVE)?;
        text_tables::narrative(&mut FormSheet::new(sheet, &style, subject))?;
    }
    let sheet = workbook.add_worksheet().set_name(text_tables::DIFFICULTIES)?;
    text_tables::difficulties(&mut FormSheet::new(sheet, &style, subject))?;
    xlsx::saved::save(&mut workbook)
}
