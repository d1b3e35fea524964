//! The sheet of an open table: its columns, and empty rows for the department's entries.
//!
//! Input: the declaration of an open table. Output: its sheet. Not here: predefined rows.

use super::columns::{self, FormColumn};
use super::form::{FormHeading, FormSheet, HEADER_ROW};
use super::indicators::number_validation;
use rust_xlsxwriter::{ProtectionOptions, XlsxError};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::records::RecordsDecl;
use tonghop_core::vi::fold::fold;

const GUIDE: &str = "Mỗi dòng một nội dung, ghi đủ các cột chữ. Hết dòng trống thì chèn thêm dòng ở giữa bảng.";
const GROUPS_GUIDE: &str = "Trên mỗi nhóm dòng ghi một dòng đề mục, STT là I, II, III.";
/// The number of empty rows in a blank table.
const BLANK_ROWS: u32 = 50;
/// Decimals of its numbers if the rule does not set them.
const DEFAULT_DECIMALS: u32 = 2;

/// A column of the table.
enum OpenTableColumn<'a> {
    Standard(FormColumn),
    /// A field, by its heading.
    Field(&'a str),
}

/// Writes the sheet of an open table.
pub(super) fn write(form: &mut FormSheet<'_>, sector: &SectorDecl, decl: &RecordsDecl) -> Result<(), XlsxError> {
    let columns = open_table_columns(sector, decl);
    let heading = |column: &OpenTableColumn<'_>| match column {
        OpenTableColumn::Standard(FormColumn::Number) => FormHeading::new("STT", 7.0, "Số thứ tự."),
        OpenTableColumn::Standard(FormColumn::Label) => {
            FormHeading::new("Chỉ tiêu", 46.0, "Tên của dòng: chỉ tiêu, công trình, nhiệm vụ.")
        }
        OpenTableColumn::Standard(column) => columns::column_heading(column, form.context.config),
        OpenTableColumn::Field(heading) => FormHeading::new(*heading, 24.0, "Ghi cho từng dòng, cùng một cách viết."),
    };
    let headings: Vec<FormHeading> = columns.iter().map(heading).collect();
    let groups = decl.group.as_ref().map(|_| format!(" {GROUPS_GUIDE}")).unwrap_or_default();
    form.head(&format!("BIỂU SỐ LIỆU: {}", sector.title), &format!("{GUIDE}{groups}"), &headings, 1)?;
    let style = form.formats;
    let numbers = style.number_input(decl.print.decimals.unwrap_or(DEFAULT_DECIMALS));
    for row in HEADER_ROW + 1..=HEADER_ROW + BLANK_ROWS {
        for (col, column) in (0..).zip(&columns) {
            match column {
                OpenTableColumn::Standard(FormColumn::Number) => {
                    form.page.line(row, col, &(row - HEADER_ROW).to_string(), &style.centred)?
                }
                OpenTableColumn::Standard(FormColumn::Measure(_)) => {
                    form.page.sheet().write_blank(row, col, &numbers)?;
                    form.add_validation(row, (col, col), &number_validation(row, col)?)?;
                }
                _ => form.page.sheet().write_blank(row, col, &style.input).map(|_| ())?,
            }
        }
    }
    let options = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        ..ProtectionOptions::new()
    };
    form.page.sheet().protect_with_options(&options);
    form.page.ignore_number_warnings(0, HEADER_ROW + 1, HEADER_ROW + BLANK_ROWS)
}

/// Returns the columns: number, fields, label unless a field is the label, unit and measures.
fn open_table_columns<'a>(sector: &SectorDecl, decl: &'a RecordsDecl) -> Vec<OpenTableColumn<'a>> {
    let is_label = |heading: &str| fold(heading) == fold("Chỉ tiêu");
    let labelled = decl.fields.iter().any(|field| is_label(&field.heading));
    let fields = decl.fields.iter().map(|field| OpenTableColumn::Field(&field.heading));
    let label = (!labelled).then_some(OpenTableColumn::Standard(FormColumn::Label));
    let numbers = columns::measures(sector).map(OpenTableColumn::Standard);
    let unit = std::iter::once(OpenTableColumn::Standard(FormColumn::Unit));
    std::iter::once(OpenTableColumn::Standard(FormColumn::Number))
        .chain(fields)
        .chain(label)
        .chain(unit)
        .chain(numbers)
        .collect()
}
