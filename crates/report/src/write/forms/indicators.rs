//! The sheet of one sector: one row per indicator, with its code, and empty rows for the names that it counts.
//!
//! Input: the declaration of a sector. Output: its table. Not here: text for the report.

use super::InputCell;
use super::columns::{self, FormColumn};
use super::form::{FormHeading, FormSheet, HEADER_ROW};
use super::rows::{self, RowNumbering};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, XlsxError, utility};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::vi::unit;

const GUIDE: &str = "Chỉ nhập vào các ô nền vàng. Không phát sinh: ghi dấu \"-\". Chưa có số liệu: để trống.";
/// The number of frozen columns: number, code and label.
const FROZEN: u16 = 3;
/// The number of empty rows below an indicator whose rows are names.
const NAME_ROWS: usize = 5;
/// The mark of a name in the column of numbers; it keeps the rows of names together if one stays empty.
const NAME_SIGN: &str = "-";
/// Decimals of measured, not counted, indicators if the rule does not set them.
const MEASURED_DECIMALS: u32 = 2;

/// The options of a status cell, as in the reader's lexicon.
const STATUSES: [&str; 6] = ["Chính thức", "Ước", "Trên", "Khoảng", "Gần", "Hơn"];

/// Writes the sheet of a sector.
pub(super) fn write(form: &mut FormSheet<'_>, sector: &SectorDecl) -> Result<(), XlsxError> {
    let columns = columns::sector_columns(sector);
    let headings: Vec<FormHeading> =
        columns.iter().map(|column| columns::column_heading(column, form.context.config)).collect();
    form.head(&format!("BIỂU SỐ LIỆU: {}", sector.title), GUIDE, &headings, FROZEN)?;
    let mut table = IndicatorTable { form, sector, columns: &columns, statuses: statuses()? };
    let mut numbers = RowNumbering::default();
    let mut row = HEADER_ROW + 1;
    for (indicator, depth) in rows::with_depths(sector) {
        table.indicator(row, indicator, &numbers.next(depth), depth)?;
        row += 1;
        for nth in 0..if indicator.counts_names { NAME_ROWS } else { 0 } {
            table.name(row, indicator, nth, depth + 1)?;
            row += 1;
        }
    }
    form.page.ignore_number_warnings(0, HEADER_ROW + 1, row)
}

/// The table of a sector while it is written.
struct IndicatorTable<'t, 'a> {
    form: &'t mut FormSheet<'a>,
    sector: &'t SectorDecl,
    columns: &'t [FormColumn],
    statuses: DataValidation,
}

impl IndicatorTable<'_, '_> {
    fn indicator(&mut self, row: u32, indicator: &IndicatorDecl, number: &str, depth: usize) -> Result<(), XlsxError> {
        let style = self.form.formats;
        let number_format = style.number_input(decimals(indicator));
        for (col, column) in (0..).zip(self.columns) {
            let page = &mut self.form.page;
            match column {
                FormColumn::Number => page.line(row, col, number, &style.centred)?,
                FormColumn::Code => {
                    page.line(row, col, &format!("{}.{}", self.sector.id, indicator.id), &style.code)?
                }
                FormColumn::Label => page.text(row, col, &indicator.label, &style.label(indent(depth)))?,
                FormColumn::Unit => page.text(row, col, &indicator.unit.label, &style.centred)?,
                FormColumn::Measure(measure) => {
                    self.form.input(row, col, &InputCell::Number(self.sector, indicator, measure), &number_format)?;
                    self.form.add_validation(row, (col, col), &number_validation(row, col)?)?;
                }
                FormColumn::Status => {
                    self.form.input(row, col, &InputCell::Status(self.sector, indicator), &style.input)?;
                    self.form.add_validation(row, (col, col), &self.statuses)?;
                }
                FormColumn::Note => {
                    self.form.input(row, col, &InputCell::Note(self.sector, indicator), &style.input)?
                }
            }
        }
        Ok(())
    }

    /// Writes an empty row for a name that the indicator above counts.
    fn name(&mut self, row: u32, indicator: &IndicatorDecl, nth: usize, depth: usize) -> Result<(), XlsxError> {
        let style = self.form.formats;
        let rule = DataValidation::new().allow_any_value().set_input_title("Tên")?;
        let rule = rule.set_input_message("Ghi mỗi dòng một tên; còn thừa dòng thì để trống.")?;
        for (col, column) in (0..).zip(self.columns) {
            match column {
                FormColumn::Number => self.form.page.line(row, col, NAME_SIGN, &style.centred)?,
                FormColumn::Label => {
                    let format = style.input.clone().set_indent(indent(depth) as u8);
                    self.form.input(row, col, &InputCell::Name(self.sector, indicator, nth), &format)?;
                    self.form.add_validation(row, (col, col), &rule)?;
                }
                _ => self.form.page.line(row, col, "", &style.text)?,
            }
        }
        Ok(())
    }
}

/// Returns the indent of a row; Excel supports 15 levels.
fn indent(depth: usize) -> u32 {
    depth.min(15) as u32
}

fn decimals(indicator: &IndicatorDecl) -> u32 {
    let of_unit = if unit::is_count(&indicator.unit) { 0 } else { MEASURED_DECIMALS };
    indicator.print_format(&Measure::Actual).decimals.unwrap_or(of_unit)
}

/// Returns the validation that accepts what the reader does: a number or the sign for "does not arise".
pub(super) fn number_validation(row: u32, col: u16) -> Result<DataValidation, XlsxError> {
    let cell = utility::row_col_to_cell(row, col);
    DataValidation::new()
        .allow_custom(Formula::new(format!("OR(ISNUMBER({cell}),{cell}=\"-\")")))
        .set_input_title("Nhập số")?
        .set_input_message("Chỉ nhập số, theo đơn vị tính của dòng. Không phát sinh: ghi dấu -. Chưa có: để trống.")?
        .set_error_title("Không phải là số")?
        .set_error_message("Ô này chỉ nhận số, hoặc dấu - nếu không phát sinh. Giải thích ghi ở cột Ghi chú.")
}

fn statuses() -> Result<DataValidation, XlsxError> {
    Ok(DataValidation::new()
        .allow_list_strings(&STATUSES)?
        .set_input_title("Tình trạng số liệu")?
        .set_input_message("Chọn trong danh sách; để trống nếu là số chính thức.")?
        .set_error_title("Không có trong danh sách")?
        .set_error_message("Chọn trong danh sách; hai tình trạng thì ghi cách nhau dấu phẩy: Ước, khoảng.")?
        .set_error_style(DataValidationErrorStyle::Warning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::vi::lexicon;

    #[test]
    fn the_reader_knows_every_status() {
        for words in STATUSES {
            assert!(
                lexicon::parse_estimate_status(words).is_some() || lexicon::parse_qualifier(words).is_some(),
                "{words}"
            );
        }
    }
}
