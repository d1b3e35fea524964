//! The feedback workbook: the page of what to do, the list of outstanding indicators, the sheets as they were read.
//!
//! Input: the feedback to a department. Output: the bytes of the workbook. Not here: the content of the feedback.

use crate::write::feedback::answer::Answer;
use crate::write::feedback::book::Book;
use crate::write::feedback::subject::{AWAITED, FIRST};
use crate::write::feedback::{awaited, copy, first_page};
use crate::write::xlsx::empty_workbook;
use crate::write::xlsx::page::Page;
use rust_xlsxwriter::XlsxError;

/// Writes the workbook: the same feedback gives the same bytes.
pub(crate) fn render(answer: &Answer<'_>) -> Result<Vec<u8>, XlsxError> {
    let book = Book::new(answer);
    let mut workbook = empty_workbook(&first_page::title(answer), answer.config)?;
    first_page::write(&mut Page::new(workbook.add_worksheet().set_name(FIRST)?, &book.style), &book)?;
    if !answer.awaited.is_empty() {
        awaited::write(&mut Page::new(workbook.add_worksheet().set_name(AWAITED)?, &book.style), &book)?;
    }
    for (received, name) in book.sheets() {
        copy::write(&mut Page::new(workbook.add_worksheet().set_name(name)?, &book.style), answer, received)?;
    }
    workbook.save_to_buffer()
}
