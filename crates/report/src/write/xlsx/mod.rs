//! Writes the consolidated workbook `tong-hop.xlsx`: every figure in one cell, linked to the row with its source.
//!
//! Input: the finished report, the settings and the diagnostics. Output: the bytes of the workbook. [`layout`]
//! determines the cell of each figure and [`ledger`] the figures of the sources sheet; then a module per sheet writes
//! it, in the order of [`render`]. Not here: arithmetic on figures, the file system, the clock.

pub(super) mod address;
mod charts;
mod columns;
pub(super) mod formats;
mod formula;
mod gaps;
mod layout;
mod ledger;
mod listing;
pub(super) mod page;
mod problems;
mod row_changes;
pub(super) mod saved;
mod sector;
pub(super) mod sheet_names;
mod shortfalls;
mod sources;
mod submissions;
mod summary;
pub(super) mod text;
mod unjudged;
mod unread;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use crate::explanations::NumberExplanation;
use crate::gaps::ReportGap;
use address::CellAddress;
use formats::WorkbookFormats;
use layout::{FigureLayout, SectorSheet};
use ledger::Ledger;
use page::SheetPage;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::BTreeMap;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::model::consolidated;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::product::{self, ProductKind};
use tonghop_core::model::report::Report;
use tonghop_core::model::row::RecognisedRows;
use tonghop_core::model::row_changes::RowChanges;
use tonghop_core::model::sector::SectorReport;

/// Deflates in two thirds of the time of the default level 6, and a long listing gets only a thousandth larger.
const COMPRESSION: u8 = 5;

/// Longer sheets are streamed through a temporary file, with their texts in the cells instead of the shared strings.
const MAX_ROWS_IN_MEMORY: usize = 2_000;

/// The problems of a run that the consolidated workbook lists.
#[derive(Clone, Copy, Default)]
pub struct ListedProblems<'a> {
    /// All problems.
    pub diagnostics: &'a [Diagnostic],
    /// The questions among them that departments answered.
    pub explained: &'a [NumberExplanation],
    /// The places of the report where something is missing.
    pub gaps: &'a [ReportGap],
}

/// Writes the consolidated workbook: the same report gives the same bytes.
///
/// # Errors
/// Returns an error if the workbook exceeds the limits of Excel, such as rows or columns.
pub fn render(
    report: &Report,
    config: &Config,
    problems: ListedProblems<'_>,
    rows: &RecognisedRows,
    row_changes: &RowChanges,
) -> Result<Vec<u8>, XlsxError> {
    let book = ConsolidatedWorkbook::new(report, config, rows);
    let mut workbook = empty_workbook(&summary::title(config), config, ProductKind::Consolidated)?;
    summary::write(&mut book.page(&mut workbook, sheet_names::SUMMARY)?, &book)?;
    let mut shortfalls = book.page(&mut workbook, sheet_names::SHORTFALLS)?;
    let next = shortfalls::write(&mut shortfalls, &book)?;
    unjudged::write(&mut shortfalls, &book, next + 1)?;
    gaps::write(&mut book.page(&mut workbook, sheet_names::GAPS)?, problems.gaps)?;
    let charts = charts::charts_with_data(report, config);
    if !charts.is_empty() {
        charts::write(&mut book.page(&mut workbook, sheet_names::CHARTS)?, &book, &charts)?;
    }
    for (sector, sheet) in book.sectors_with_figures() {
        sector::write(&mut book.page(&mut workbook, &sheet.name)?, &book, sector, sheet)?;
    }
    listing::write(&mut workbook, &book)?;
    let ListedProblems { diagnostics, explained, .. } = problems;
    problems::write(&mut book.page(&mut workbook, sheet_names::PROBLEMS)?, &book, diagnostics, explained)?;
    if !row_changes.changes.is_empty() {
        row_changes::write(&mut book.page(&mut workbook, sheet_names::ROW_CHANGES)?, &book, row_changes)?;
    }
    if rows.unknown().next().is_some() {
        unread::write(&mut book.page(&mut workbook, sheet_names::UNREAD_ROWS_SHEET)?, &book, &row_changes.suggestions)?;
    }
    sources::write(&mut book.page(&mut workbook, sheet_names::SOURCES_SHEET)?, &book)?;
    saved::save(&mut workbook)
}

/// Creates a workbook without sheets, in the report's font, with the mark by which a run knows its own files.
///
/// # Errors
/// Returns no error in practice: font and date are fixed.
pub(super) fn empty_workbook(title: &str, config: &Config, kind: ProductKind) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    formats::set_default(&mut workbook)?;
    // A fixed date: rust_xlsxwriter would write the current time, and the bytes would differ between runs.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(text::title(title))
        .set_author(text::title(&config.organisation.issuer))
        .set_creation_datetime(&created)
        .set_custom_property(product::PROPERTY, kind.as_str());
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// The data that every sheet uses.
struct ConsolidatedWorkbook<'a> {
    report: &'a Report,
    config: &'a Config,
    rows: &'a RecognisedRows,
    /// The names of the departments.
    departments: BTreeMap<&'a DepartmentId, &'a str>,
    formats: WorkbookFormats,
    layout: FigureLayout,
    ledger: Ledger,
}

impl<'a> ConsolidatedWorkbook<'a> {
    fn new(report: &'a Report, config: &'a Config, rows: &'a RecognisedRows) -> Self {
        Self {
            report,
            config,
            rows,
            departments: config.departments.iter().map(|department| (&department.id, &*department.name)).collect(),
            formats: WorkbookFormats::new(config.report.percent_decimals),
            layout: FigureLayout::new(report),
            ledger: Ledger::new(report),
        }
    }

    /// Returns the sectors that have rows, each with its sheet.
    fn sectors_with_figures(&self) -> impl Iterator<Item = (&'a SectorReport, &SectorSheet)> {
        self.report.sectors.iter().zip(&self.layout.sheets).filter(|(sector, _)| !sector.rows.is_empty())
    }

    /// Adds a sheet.
    fn page<'b>(&'b self, workbook: &'b mut Workbook, name: &str) -> Result<SheetPage<'b>, XlsxError> {
        Ok(SheetPage::new(workbook.add_worksheet().set_name(name)?, &self.formats))
    }

    /// Adds a sheet of `rows` rows, which must be written in order: long sheets are not kept in memory.
    fn long_page<'b>(
        &'b self,
        workbook: &'b mut Workbook,
        name: &str,
        rows: usize,
    ) -> Result<SheetPage<'b>, XlsxError> {
        let sheet = if rows > MAX_ROWS_IN_MEMORY {
            workbook.add_worksheet_with_constant_memory()?
        } else {
            workbook.add_worksheet()
        };
        Ok(SheetPage::new(sheet.set_name(name)?, &self.formats))
    }

    /// Returns a function that maps a figure of a sector sheet to its reference in a formula at `home`.
    fn references<'b>(&'b self, home: &'b CellAddress) -> impl Fn(&FigureRef) -> Option<String> + 'b {
        move |figure| self.layout.address(figure).filter(|a| *a != home).map(|a| a.relative_to(&home.sheet))
    }

    /// Returns the formula that computes a figure at `home` from other cells, if it is based on any.
    fn formula(&self, figure: &FigureRef, home: &CellAddress) -> Option<String> {
        formula::live_formula(figure, &self.references(home))
    }

    /// Returns the line with the period, by which a later run recognises the period of these figures.
    fn period(&self) -> String {
        format!("{}{}", consolidated::PERIOD_PREFIX, self.config.setting("period.name").unwrap_or_default())
    }

    fn department_name<'b>(&'b self, id: &'b DepartmentId) -> &'b str {
        self.departments.get(id).copied().unwrap_or(id.as_str())
    }

    /// Returns the origin of the figure in one line: its cell, or the number of cells that it was computed from.
    fn origin(&self, figure: &FigureRef) -> String {
        match figure.sources().as_slice() {
            [] => String::new(),
            [source] => source.to_string(),
            several => format!("tính từ {} ô nguồn", several.len()),
        }
    }
}
