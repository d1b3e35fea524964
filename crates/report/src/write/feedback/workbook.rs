//! The feedback workbook: the page of what to do, the list of outstanding indicators, the sheets as they were read.
//!
//! Input: the feedback to a department. Output: the bytes of the workbook. Not here: the content of the feedback.

use crate::write::feedback::book::FeedbackWorkbook;
use crate::write::feedback::department_feedback::DepartmentFeedback;
use crate::write::feedback::sheets::{FIRST_SHEET, OUTSTANDING_SHEET};
use crate::write::feedback::{first_page, outstanding, sheet_copy};
use crate::write::xlsx::empty_workbook;
use crate::write::xlsx::page::SheetPage;
use crate::write::xlsx::saved::save;
use rust_xlsxwriter::XlsxError;
use tonghop_core::model::product::ProductKind;

/// Writes the workbook: the same feedback gives the same bytes.
pub(crate) fn render(feedback: &DepartmentFeedback<'_>) -> Result<Vec<u8>, XlsxError> {
    let book = FeedbackWorkbook::new(feedback);
    let mut workbook = empty_workbook(&first_page::title(feedback), feedback.config, ProductKind::Feedback)?;
    first_page::write(&mut SheetPage::new(workbook.add_worksheet().set_name(FIRST_SHEET)?, &book.formats), &book)?;
    if !feedback.outstanding.is_empty() {
        outstanding::write(
            &mut SheetPage::new(workbook.add_worksheet().set_name(OUTSTANDING_SHEET)?, &book.formats),
            &book,
        )?;
    }
    for (received, name) in book.sheets() {
        sheet_copy::write(
            &mut SheetPage::new(workbook.add_worksheet().set_name(name)?, &book.formats),
            feedback,
            received,
        )?;
    }
    save(&mut workbook)
}
