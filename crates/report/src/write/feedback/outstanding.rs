//! The list of outstanding indicators, each with the empty cell for its number.
//!
//! Input: the feedback to a department. Output: the cells of one sheet. Not here: which indicators are outstanding.

use super::book::FeedbackWorkbook;
use super::department_feedback::DepartmentFeedback;
use crate::write::xlsx::page::{ColumnHeading, SheetPage};
use rust_xlsxwriter::XlsxError;

const HEADER_ROW: u32 = 3;
const HEADINGS: [(&str, f64); 5] =
    [("STT", 6.0), ("Lĩnh vực", 34.0), ("Chỉ tiêu", 52.0), ("Đơn vị tính", 16.0), ("Ô cần điền (bấm để đến ô)", 42.0)];
const NO_ROW: &str = "chưa thấy dòng này trong biểu của đơn vị";
const NO_BOOK: &str = "điền vào biểu mẫu";

/// Writes the sheet.
pub(super) fn write(page: &mut SheetPage<'_>, book: &FeedbackWorkbook<'_>) -> Result<(), XlsxError> {
    let feedback = book.feedback;
    page.line(0, 0, "SỐ LIỆU CÒN CHỜ", &page.formats.title)?;
    page.line(1, 0, super::advice::FILL_CELL, &page.formats.plain)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 0)?;
    for ((number, row), outstanding) in (1..).zip(HEADER_ROW + 1..).zip(&feedback.outstanding) {
        let (decl, style) = (outstanding.decl, page.formats);
        let (place, target) = match outstanding.cell {
            Some((file, sheet, cell)) => (
                format!("Trang \"{sheet}\", ô {cell} ({})", DepartmentFeedback::file_name(file)),
                book.cell_address(file, sheet, cell),
            ),
            None if feedback.submission.files.is_empty() => (NO_BOOK.to_owned(), None),
            None => (NO_ROW.to_owned(), None),
        };
        page.count(row, 0, number)?;
        page.text(row, 1, &outstanding.sector.title, &style.text)?;
        page.text(row, 2, &decl.label, &style.label(decl.depth))?;
        page.text(row, 3, &decl.unit.label, &style.centred)?;
        page.linked_text(row, 4, &place, target.as_ref())?;
    }
    Ok(())
}
