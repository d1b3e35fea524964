//! The consolidated workbook `tong-hop.xlsx`: every figure in one cell, linked to the row that tells its source.
//!
//! In come the finished report, the settings and the problems; out come the bytes of the workbook. [`layout`] decides
//! where each figure stands and [`ledger`] which figures the sources sheet lists; then each sheet is written by its own
//! module, in the order of [`render`]. Never here: arithmetic on figures, the file system, the clock.

pub(super) mod address;
mod charts;
mod columns;
mod drift;
mod formula;
mod layout;
mod ledger;
mod listing;
pub(super) mod names;
pub(super) mod page;
mod problems;
mod sector;
mod shortfalls;
mod sources;
pub(super) mod style;
mod submissions;
mod summary;
pub(super) mod text;
mod unread;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use columns::measure_title;

use address::Address;
use layout::{Layout, SectorSheet};
use ledger::Ledger;
use page::Page;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::BTreeMap;
use style::Style;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::model::consolidated;
use tonghop_core::model::drift::Drift;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::report::Report;
use tonghop_core::model::row::Rows;
use tonghop_core::model::sector::SectorReport;

/// Deflates in two thirds of the time of the usual 6, and a long listing comes out a thousandth longer.
const COMPRESSION: u8 = 5;

/// The rows of longer sheets go through a file of the system's temporary folder, and their texts stand in their cells
/// instead of a list of all texts.
const MOST_ROWS_IN_MEMORY: usize = 2_000;

/// Writes the consolidated workbook: the same report gives the same bytes.
///
/// # Errors
/// What the library refuses: more rows or columns than Excel has.
pub fn render(
    report: &Report,
    config: &Config,
    diagnostics: &[Diagnostic],
    rows: &Rows,
    drift: &Drift,
) -> Result<Vec<u8>, XlsxError> {
    let book = Book::new(report, config, rows);
    let mut workbook = empty_workbook(&summary::title(config), config)?;
    summary::write(&mut book.page(&mut workbook, names::SUMMARY)?, &book)?;
    shortfalls::write(&mut book.page(&mut workbook, names::SHORTFALLS)?, &book)?;
    let charts = charts::with_data(report, config);
    if !charts.is_empty() {
        charts::write(&mut book.page(&mut workbook, names::CHARTS)?, &book, &charts)?;
    }
    for (sector, sheet) in book.sectors_with_figures() {
        sector::write(&mut book.page(&mut workbook, &sheet.name)?, &book, sector, sheet)?;
    }
    listing::write(&mut workbook, &book)?;
    problems::write(&mut book.page(&mut workbook, names::PROBLEMS)?, &book, diagnostics)?;
    if !drift.changes.is_empty() {
        drift::write(&mut book.page(&mut workbook, names::DRIFT)?, &book, drift)?;
    }
    if rows.unread().next().is_some() {
        unread::write(&mut book.page(&mut workbook, names::UNREAD)?, &book, &drift.proposals)?;
    }
    sources::write(&mut book.page(&mut workbook, names::SOURCES)?, &book)?;
    workbook.save_to_buffer()
}

/// Makes a workbook without sheets, in the report's font.
///
/// # Errors
/// None in practice: font and date are fixed.
pub(super) fn empty_workbook(title: &str, config: &Config) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    style::set_default(&mut workbook)?;
    // A fixed date: the library would write the current time, and the bytes would differ from run to run.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(text::clean(title))
        .set_author(text::clean(&config.organisation.issuer))
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// What every sheet looks at.
struct Book<'a> {
    report: &'a Report,
    config: &'a Config,
    rows: &'a Rows,
    /// The names of the departments.
    departments: BTreeMap<&'a DepartmentId, &'a str>,
    style: Style,
    layout: Layout,
    ledger: Ledger,
}

impl<'a> Book<'a> {
    fn new(report: &'a Report, config: &'a Config, rows: &'a Rows) -> Self {
        Self {
            report,
            config,
            rows,
            departments: config.departments.iter().map(|department| (&department.id, &*department.name)).collect(),
            style: Style::new(config.report.percent_decimals),
            layout: Layout::new(report),
            ledger: Ledger::new(report),
        }
    }

    /// Returns the sectors that have something to show in a table, each with its sheet.
    fn sectors_with_figures(&self) -> impl Iterator<Item = (&'a SectorReport, &SectorSheet)> {
        self.report.sectors.iter().zip(&self.layout.sheets).filter(|(sector, _)| !sector.rows.is_empty())
    }

    /// Adds a sheet.
    fn page<'b>(&'b self, workbook: &'b mut Workbook, name: &str) -> Result<Page<'b>, XlsxError> {
        Ok(Page::new(workbook.add_worksheet().set_name(name)?, &self.style))
    }

    /// Adds a sheet of so many rows, which are written one after the other: long ones are not kept in memory.
    fn long_page<'b>(&'b self, workbook: &'b mut Workbook, name: &str, rows: usize) -> Result<Page<'b>, XlsxError> {
        let sheet = if rows > MOST_ROWS_IN_MEMORY {
            workbook.add_worksheet_with_constant_memory()?
        } else {
            workbook.add_worksheet()
        };
        Ok(Page::new(sheet.set_name(name)?, &self.style))
    }

    /// Returns how a formula at `home` refers to a figure of some sector sheet.
    fn references<'b>(&'b self, home: &'b Address) -> impl Fn(&FigureRef) -> Option<String> + 'b {
        move |figure| self.layout.address(figure).filter(|a| *a != home).map(|a| a.seen_from(&home.sheet))
    }

    /// Returns the formula that computes a figure at `home` from other cells, if it rests on any.
    fn formula(&self, figure: &FigureRef, home: &Address) -> Option<String> {
        formula::live(figure, &self.references(home))
    }

    /// Returns the line that tells the period, by which a later run knows whose figures these are.
    fn period(&self) -> String {
        format!("{}{}", consolidated::PERIOD, self.config.setting("period.name").unwrap_or_default())
    }

    fn department_name<'b>(&'b self, id: &'b DepartmentId) -> &'b str {
        self.departments.get(id).copied().unwrap_or(id.as_str())
    }

    /// Returns where the figure came from in one line: its cell, or how many cells it was computed from.
    fn origin(&self, figure: &FigureRef) -> String {
        match figure.sources().as_slice() {
            [] => String::new(),
            [source] => source.to_string(),
            several => format!("tính từ {} ô nguồn", several.len()),
        }
    }
}
