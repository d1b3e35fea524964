//! The sheet of an open table: its columns, and empty rows for the department's entries.
//!
//! Input: the declaration of an open table. Output: its sheet. Not here: predefined rows.

use super::columns::{self, Column};
use super::form::{Ask, Form, HEAD};
use super::indicators::number_rule;
use rust_xlsxwriter::{ProtectionOptions, XlsxError};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::records::RecordsDecl;
use tonghop_core::vi::fold::fold;

const GUIDE: &str = "Mỗi dòng một nội dung, ghi đủ các cột chữ. Hết dòng trống thì chèn thêm dòng ở giữa bảng.";
/// The number of empty rows in a blank table.
const ROWS: u32 = 50;
/// Decimals of its numbers if the rule does not set them.
const DECIMALS: u32 = 2;

/// A column of the table.
enum Place<'a> {
    Of(Column),
    /// A field, by its heading.
    Field(&'a str),
}

/// Writes the sheet of an open table.
pub(super) fn write(form: &mut Form<'_>, sector: &SectorDecl, decl: &RecordsDecl) -> Result<(), XlsxError> {
    let places = places(sector, decl);
    let ask = |place: &Place<'_>| match place {
        Place::Of(Column::Number) => Ask::new("STT", 7.0, "Số thứ tự."),
        Place::Of(Column::Label) => Ask::new("Chỉ tiêu", 46.0, "Tên của dòng: chỉ tiêu, công trình, nhiệm vụ."),
        Place::Of(column) => columns::ask(column, form.subject.config),
        Place::Field(heading) => Ask::new(*heading, 24.0, "Ghi cho từng dòng, cùng một cách viết."),
    };
    let asks: Vec<Ask> = places.iter().map(ask).collect();
    form.head(&format!("BIỂU SỐ LIỆU: {}", sector.title), GUIDE, &asks, 1)?;
    let style = form.style;
    let numbers = style.number_input(decl.print.decimals.unwrap_or(DECIMALS));
    for row in HEAD + 1..=HEAD + ROWS {
        for (col, place) in (0..).zip(&places) {
            match place {
                Place::Of(Column::Number) => form.page.line(row, col, &(row - HEAD).to_string(), &style.centred)?,
                Place::Of(Column::Measure(_)) => {
                    form.page.sheet().write_blank(row, col, &numbers)?;
                    form.rule(row, (col, col), &number_rule(row, col)?)?;
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
    form.page.not_numbers(0, HEAD + 1, HEAD + ROWS)
}

/// Returns the columns: number, fields, label unless a field is the label, unit and measures.
fn places<'a>(sector: &SectorDecl, decl: &'a RecordsDecl) -> Vec<Place<'a>> {
    let is_label = |heading: &str| fold(heading) == fold("Chỉ tiêu");
    let labelled = decl.fields.iter().any(|field| is_label(&field.heading));
    let fields = decl.fields.iter().map(|field| Place::Field(&field.heading));
    let label = (!labelled).then_some(Place::Of(Column::Label));
    let numbers = columns::measures(sector).map(Place::Of);
    let unit = std::iter::once(Place::Of(Column::Unit));
    std::iter::once(Place::Of(Column::Number)).chain(fields).chain(label).chain(unit).chain(numbers).collect()
}
