//! One sheet of a form: its title block, its locked headings, its input cells.
//!
//! Input: texts and input cells. Output: cells, of which only the input cells are unlocked. Not here: the content of
//! tables.

use super::{Entry, Slot, Subject};
use crate::write::xlsx::page::{Heading, Page, double};
use crate::write::xlsx::style::{FONT, Style};
use crate::write::xlsx::text;
use rust_xlsxwriter::{DataValidation, Format, Note, ProtectionOptions, Worksheet, XlsxError};

/// The row of the headings, below the title block.
pub(super) const HEAD: u32 = 6;
const NOTE_WIDTH: u32 = 280;
const NOTE_HEIGHT: u32 = 90;

/// The heading of a column of a form, with what to enter there.
pub(super) struct Ask {
    pub title: String,
    pub width: f64,
    pub meaning: String,
}

impl Ask {
    pub(super) fn new(title: impl Into<String>, width: f64, meaning: impl Into<String>) -> Self {
        Self { title: title.into(), width, meaning: meaning.into() }
    }
}

/// A sheet being written.
pub(super) struct Form<'a> {
    pub page: Page<'a>,
    pub style: &'a Style,
    pub subject: &'a Subject<'a>,
}

impl<'a> Form<'a> {
    /// Creates a sheet that is locked except for its input cells. Rows and columns may be resized.
    pub(super) fn new(sheet: &'a mut Worksheet, style: &'a Style, subject: &'a Subject<'a>) -> Self {
        let options = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::new() };
        sheet.protect_with_options(&options);
        Self { page: Page::new(sheet, style), style, subject }
    }

    /// Writes the title block and the headings, each with its meaning as a note; the first `frozen` columns are frozen.
    pub(super) fn head(&mut self, title: &str, guide: &str, asks: &[Ask], frozen: u16) -> Result<(), XlsxError> {
        let config = self.subject.config;
        let period = config.setting("period.name").unwrap_or_default();
        let lines = [
            (config.organisation.issuer.as_str(), &self.style.plain),
            (self.subject.department.name.as_str(), &self.style.bold),
            (title, &self.style.title),
            (&format!("Kỳ báo cáo: {period}"), &self.style.plain),
            (guide, &self.style.note),
        ];
        for (row, (line, format)) in (0..).zip(lines) {
            self.page.line(row, 0, line, format)?;
        }
        let heading = |ask: &Ask| Heading { title: ask.title.clone(), width: ask.width };
        self.page.head(HEAD, &asks.iter().map(heading).collect::<Vec<_>>(), frozen)?;
        (0..).zip(asks).try_for_each(|(col, ask)| self.note(HEAD, col, &ask.meaning))
    }

    fn note(&mut self, row: u32, col: u16, meaning: &str) -> Result<(), XlsxError> {
        let note = Note::new(text::clean(meaning)).add_author_prefix(false).set_font_name(FONT).set_font_size(11);
        self.page.sheet().insert_note(row, col, &note.set_width(NOTE_WIDTH).set_height(NOTE_HEIGHT)).map(|_| ())
    }

    /// Writes an input cell: empty, or with its known value.
    pub(super) fn input(&mut self, row: u32, col: u16, slot: &Slot<'_>, format: &Format) -> Result<(), XlsxError> {
        match (self.subject.fill)(slot) {
            None => self.page.sheet().write_blank(row, col, format).map(|_| ()),
            Some(Entry::Number(number)) => {
                self.page.sheet().write_number_with_format(row, col, double(number), format).map(|_| ())
            }
            Some(Entry::Words(words)) => self.page.line(row, col, &words, format),
        }
    }

    /// Adds the validation rule for input cells of a row, from column `first` to `last`.
    pub(super) fn rule(&mut self, row: u32, (first, last): (u16, u16), rule: &DataValidation) -> Result<(), XlsxError> {
        self.page.sheet().add_data_validation(row, first, row, last, rule).map(|_| ())
    }
}
