//! One sheet of a form: its title block, its locked headings, its input cells.
//!
//! Input: texts and input cells. Output: cells, of which only the input cells are unlocked. Not here: the content of
//! tables.

use super::{FormContext, InputCell, InputValue};
use crate::write::xlsx::formats::WorkbookFormats;
use crate::write::xlsx::page::{ColumnHeading, SheetPage, nearest_double};
use rust_xlsxwriter::{DataValidation, Format, ProtectionOptions, Worksheet, XlsxError};

/// The row of the headings, below the title block.
pub(super) const HEADER_ROW: u32 = 6;
const NOTE_WIDTH: u32 = 280;
const NOTE_HEIGHT: u32 = 90;

/// The heading of a column of a form, with what to enter there.
pub(super) struct FormHeading {
    pub title: String,
    pub width: f64,
    pub meaning: String,
}

impl FormHeading {
    pub(super) fn new(title: impl Into<String>, width: f64, meaning: impl Into<String>) -> Self {
        Self { title: title.into(), width, meaning: meaning.into() }
    }
}

/// A sheet being written.
pub(super) struct FormSheet<'a> {
    pub page: SheetPage<'a>,
    pub formats: &'a WorkbookFormats,
    pub context: &'a FormContext<'a>,
}

impl<'a> FormSheet<'a> {
    /// Creates a sheet that is locked except for its input cells. Rows and columns may be resized.
    pub(super) fn new(sheet: &'a mut Worksheet, style: &'a WorkbookFormats, subject: &'a FormContext<'a>) -> Self {
        let options = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::new() };
        sheet.protect_with_options(&options);
        Self { page: SheetPage::new(sheet, style), formats: style, context: subject }
    }

    /// Writes the title block and the headings, each with its meaning as a note; the first `frozen` columns are frozen.
    pub(super) fn head(
        &mut self,
        title: &str,
        guide: &str,
        headings: &[FormHeading],
        frozen: u16,
    ) -> Result<(), XlsxError> {
        let config = self.context.config;
        let period = config.setting("period.name").unwrap_or_default();
        let lines = [
            (config.organisation.issuer.as_str(), &self.formats.plain),
            (self.context.department.name.as_str(), &self.formats.bold),
            (title, &self.formats.title),
            (&format!("Kỳ báo cáo: {period}"), &self.formats.plain),
            (guide, &self.formats.note),
        ];
        for (row, (line, format)) in (0..).zip(lines) {
            self.page.line(row, 0, line, format)?;
        }
        let heading = |ask: &FormHeading| ColumnHeading { title: ask.title.clone(), width: ask.width };
        self.page.head(HEADER_ROW, &headings.iter().map(heading).collect::<Vec<_>>(), frozen)?;
        (0..).zip(headings).try_for_each(|(col, ask)| self.note(HEADER_ROW, col, &ask.meaning))
    }

    fn note(&mut self, row: u32, col: u16, meaning: &str) -> Result<(), XlsxError> {
        self.page.note(row, col, meaning, (NOTE_WIDTH, NOTE_HEIGHT))
    }

    /// Writes an input cell: empty, or with its known value.
    pub(super) fn input(&mut self, row: u32, col: u16, slot: &InputCell<'_>, format: &Format) -> Result<(), XlsxError> {
        match (self.context.lookup)(slot) {
            None => self.page.sheet().write_blank(row, col, format).map(|_| ()),
            Some(InputValue::Number(number)) => {
                self.page.sheet().write_number_with_format(row, col, nearest_double(number), format).map(|_| ())
            }
            Some(InputValue::Text(words)) => self.page.line(row, col, &words, format),
        }
    }

    /// Adds the validation rule for input cells of a row, from column `first` to `last`.
    pub(super) fn add_validation(
        &mut self,
        row: u32,
        (first, last): (u16, u16),
        rule: &DataValidation,
    ) -> Result<(), XlsxError> {
        self.page.sheet().add_data_validation(row, first, row, last, rule).map(|_| ())
    }
}
