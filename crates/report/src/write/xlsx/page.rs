//! One sheet while it is written, with what all sheets share: safe texts, figures, links, page setup.
//!
//! Input: values and formulas. Output: cells that Excel accepts, whatever a department typed. Not here: the content of
//! cells.

use super::address::CellAddress;
use super::formats::{FONT, WorkbookFormats};
use super::formula::CellScale;
use super::text;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, Format, Formula, IgnoreError, Note, Url, Worksheet, XlsxError};
use std::collections::BTreeMap;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::measure::Status;
use tonghop_core::model::quantity::Amount;
use tonghop_core::vi::format::without_data;

/// The text of a cell without data.
const NOT_APPLICABLE: &str = "-";
const FOOTER: &str = "&C&\"Times New Roman,Regular\"&10Trang &P/&N";
const PAPER_A4: u8 = 9;
/// The size of the font of notes, in points.
const NOTE_SIZE: u32 = 11;
/// The height of a line in the report's font.
const LINE_POINTS: f64 = 15.75;
/// The distance in pixels between the edge of a row and the chart that begins there.
pub(crate) const CHART_OFFSET: u32 = 5;
/// Excel's limit is 65,530 links per sheet.
const MAX_LINKS: u32 = 65_000;

/// Every integer up to this one is exact as a double.
const MAX_EXACT_INTEGER: u128 = 1 << f64::MANTISSA_DIGITS;
/// The powers of ten that are exact as doubles.
const EXACT_POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The heading of a column, with its width in characters.
#[derive(Clone, Debug)]
pub(crate) struct ColumnHeading {
    pub title: String,
    pub width: f64,
}

/// A sheet being written.
pub(crate) struct SheetPage<'a> {
    sheet: &'a mut Worksheet,
    pub formats: &'a WorkbookFormats,
    widths: Vec<f64>,
    /// The number of text lines in the rows that have more than one.
    row_lines: BTreeMap<u32, u32>,
}

impl<'a> SheetPage<'a> {
    /// Starts a sheet.
    pub(crate) fn new(sheet: &'a mut Worksheet, style: &'a WorkbookFormats) -> Self {
        Self { sheet, formats: style, widths: Vec::new(), row_lines: BTreeMap::new() }
    }

    /// Returns the worksheet, for features that only one kind of sheet uses.
    pub(crate) fn sheet(&mut self) -> &mut Worksheet {
        self.sheet
    }

    /// Writes the header of the sheet's main table and sets up the page around it: A4 landscape, one page wide, the
    /// header frozen together with the first `frozen` columns, and repeated on paper.
    pub(crate) fn head(&mut self, row: u32, headings: &[ColumnHeading], frozen: u16) -> Result<(), XlsxError> {
        self.columns(&headings.iter().map(|heading| heading.width).collect::<Vec<_>>())?;
        let titles: Vec<&str> = headings.iter().map(|heading| heading.title.as_str()).collect();
        self.texts(row, 0, &titles, &self.formats.header)?;
        self.sheet.set_freeze_panes(row + 1, frozen)?.set_repeat_rows(row, row)?;
        self.paper().set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// Sets up the page for tables below each other: A4 landscape, one page wide, nothing frozen.
    pub(crate) fn set_plain_layout(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        self.columns(widths)?;
        self.paper().set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// Sets up the page for parts that each start a new page at one of `first_rows`, with columns of the given widths
    /// printed at `percent` of their size.
    pub(crate) fn set_parts_layout(
        &mut self,
        widths: &[f64],
        percent: u16,
        first_rows: &[u32],
    ) -> Result<(), XlsxError> {
        self.columns(widths)?;
        // A fixed scale: Excel ignores page breaks in a sheet that is fitted to the paper.
        self.paper().set_print_scale(percent).set_page_breaks(first_rows).map(|_| ())
    }

    fn columns(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        self.widths = widths.to_vec();
        (0..).zip(widths).try_for_each(|(col, width)| self.sheet.set_column_width(col, *width).map(|_| ()))
    }

    fn paper(&mut self) -> &mut Worksheet {
        let sheet = self.sheet.set_paper_size(PAPER_A4).set_landscape();
        sheet.set_margins(0.5, 0.4, 0.6, 0.6, 0.3, 0.3).set_footer(FOOTER)
    }

    /// Inserts a chart over the cells from `row` on, slightly below its edge so that the previous page stays blank.
    pub(crate) fn chart(&mut self, row: u32, chart: &Chart) -> Result<(), XlsxError> {
        self.sheet.insert_chart_with_offset(row, 0, chart, 0, CHART_OFFSET).map(|_| ())
    }

    /// Adds filters to a table of `columns` columns from its header to its last row.
    pub(crate) fn filter(&mut self, header: u32, last: u32, columns: usize) -> Result<(), XlsxError> {
        let last_col = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
        self.sheet.autofilter(header, 0, last.max(header), last_col).map(|_| ())
    }

    /// Writes a text on one line that may run over the empty cells to its right: a title, a note.
    pub(crate) fn line(&mut self, row: u32, col: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, col, text::clean(text), format).map(|_| ())
    }

    /// Writes a text into a table cell and makes the row high enough; a text that looks like a formula stays text.
    pub(crate) fn text(&mut self, row: u32, col: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.line(row, col, text, format)?;
        self.fit_row_height(row, (col, col), text)
    }

    /// Adds a note to a cell, `size` pixels wide and high.
    pub(crate) fn note(&mut self, row: u32, col: u16, words: &str, size: (u32, u32)) -> Result<(), XlsxError> {
        let note = Note::new(text::note(words)).add_author_prefix(false).set_font_name(FONT).set_font_size(NOTE_SIZE);
        self.sheet.insert_note(row, col, &note.set_width(size.0).set_height(size.1)).map(|_| ())
    }

    /// Writes texts into adjacent cells of a row.
    pub(crate) fn texts(&mut self, row: u32, col: u16, texts: &[&str], format: &Format) -> Result<(), XlsxError> {
        (col..).zip(texts).try_for_each(|(col, text)| self.text(row, col, text, format))
    }

    /// Writes a text over several merged columns.
    pub(crate) fn merged_text(
        &mut self,
        row: u32,
        cols: (u16, u16),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.merge_range(row, cols.0, row, cols.1, &text::clean(text), format)?;
        self.fit_row_height(row, cols, text)
    }

    /// Writes a plain count.
    pub(crate) fn count(&mut self, row: u32, col: u16, count: usize) -> Result<(), XlsxError> {
        let number = u32::try_from(count).unwrap_or(u32::MAX);
        self.sheet.write_number_with_format(row, col, number, &self.formats.count()).map(|_| ())
    }

    /// Suppresses Excel's warning about numbers stored as text in a column of texts such as `2.1`.
    pub(crate) fn ignore_number_warnings(&mut self, col: u16, first: u32, last: u32) -> Result<(), XlsxError> {
        self.sheet.ignore_error_range(first, col, last, col, IgnoreError::NumberStoredAsText).map(|_| ())
    }

    /// Writes a figure: as the formula with its result, as the number, or as the text for an unknown value.
    pub(crate) fn figure(
        &mut self,
        row: u32,
        col: u16,
        figure: &Figure,
        formula: Option<String>,
    ) -> Result<(), XlsxError> {
        let (result, format) = match figure.amount {
            Amount::Known(value) => {
                let number = nearest_double(CellScale::for_measure(&figure.name.measure).apply(value));
                let format = self.formats.number(figure);
                self.widen(col, self.formats.characters(figure))?;
                if formula.is_none() {
                    return self.sheet.write_number_with_format(row, col, number, &format).map(|_| ());
                }
                (number.to_string(), format)
            }
            Amount::NotApplicable => (NOT_APPLICABLE.to_owned(), self.formats.centred.clone()),
            Amount::Missing => (without_data(figure).to_owned(), self.formats.missing.clone()),
        };
        match formula {
            None => self.text(row, col, &result, &format),
            Some(formula) => {
                let formula = Formula::new(formula).set_result(result);
                self.sheet.write_formula_with_format(row, col, formula, &format).map(|_| ())
            }
        }
    }

    /// Writes a text that links to a cell of the workbook, or plain text without a target.
    pub(crate) fn link(
        &mut self,
        row: u32,
        col: u16,
        text: &str,
        target: Option<&CellAddress>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let text = text::clean(text);
        match target {
            Some(target) if row < MAX_LINKS && !text.is_empty() => {
                let url = Url::new(format!("internal:{}", target.absolute())).set_text(text);
                self.sheet.write_url_with_format(row, col, url, format).map(|_| ())
            }
            _ => self.line(row, col, &text, &self.formats.text),
        }
    }

    /// Writes a link into a table cell and makes the row high enough.
    pub(crate) fn linked_text(
        &mut self,
        row: u32,
        col: u16,
        text: &str,
        target: Option<&CellAddress>,
    ) -> Result<(), XlsxError> {
        self.link(row, col, text, target, &self.formats.link)?;
        self.fit_row_height(row, (col, col), text)
    }

    /// Widens a column to fit a number, which Excel would otherwise show as ###.
    fn widen(&mut self, col: u16, characters: usize) -> Result<(), XlsxError> {
        let needed = f64::from(u8::try_from(characters + 2).unwrap_or(u8::MAX));
        match self.widths.get_mut(usize::from(col)) {
            Some(width) if *width < needed => {
                *width = needed;
                self.sheet.set_column_width(col, needed).map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// Makes a row high enough for a text over the columns from `first` to `last`.
    ///
    /// This is not left to the reader's program: LibreOffice does not fit the rows of workbooks that seem to come from
    /// Excel, and no program fits rows to merged cells.
    pub(crate) fn fit_row_height(&mut self, row: u32, (first, last): (u16, u16), text: &str) -> Result<(), XlsxError> {
        let columns = self.widths.iter().skip(first.into()).take(usize::from(last - first) + 1);
        let lines = text::line_count(text, columns.sum::<f64>().max(1.0) as usize);
        if lines <= self.row_lines.get(&row).copied().unwrap_or(1) {
            return Ok(());
        }
        self.row_lines.insert(row, lines);
        self.sheet.set_row_height(row, LINE_POINTS * f64::from(lines)).map(|_| ())
    }
}

/// Returns the label for the status of a figure.
pub(crate) fn status_label(figure: Option<&Figure>) -> &'static str {
    if figure.is_some_and(|f| f.correction.is_some()) {
        return "Văn phòng điều chỉnh";
    }
    match figure.map(|f| (f.amount, f.status)) {
        Some((Amount::Missing, _)) if figure.is_some_and(|figure| figure.lost_origin().is_some()) => "Quy tắc đang lỗi",
        None | Some((Amount::Missing, _)) => "Chưa có số liệu",
        Some((Amount::NotApplicable, _)) => "Không phát sinh",
        Some((Amount::Known(_), Status::Final)) => "Thực hiện",
        Some((Amount::Known(_), Status::Estimate)) => "Ước thực hiện",
    }
}

/// Returns the double nearest to a decimal.
pub(crate) fn nearest_double(value: Decimal) -> f64 {
    let digits = value.mantissa();
    match EXACT_POWERS_OF_TEN.get(value.scale() as usize) {
        // The quotient of two exact doubles is the nearest double.
        Some(tens) if (1..=MAX_EXACT_INTEGER).contains(&digits.unsigned_abs()) => digits as f64 / tens,
        // Through the text: the direct conversion of rust_decimal is off by the last bit for some values.
        _ => value.to_string().parse().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn doubles_are_the_nearest() {
        assert_eq!(nearest_double("0.657".parse().unwrap()), 0.657);
        assert_eq!(nearest_double("123456789012345.6".parse().unwrap()), 123_456_789_012_345.6);
    }

    proptest! {
        #[test]
        fn doubles_are_those_of_the_text(digits in any::<i64>(), shift in 0_u32..63, scale in 0_u32..=28) {
            let value = Decimal::from_i128_with_scale(i128::from(digits >> shift), scale);
            prop_assert_eq!(nearest_double(value).to_bits(), value.to_string().parse::<f64>().unwrap().to_bits());
        }
    }
}
