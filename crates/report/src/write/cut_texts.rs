//! Finds texts that are longer than a cell of Excel, which every workbook cuts.
//!
//! Input: the workbooks that departments get back, and the corrections of the office. Output: a warning at each such
//! text. Not here: cutting (`xlsx::text`).

use super::xlsx::text::{MAX_CELL_UNITS, is_longer};
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Message;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::msg;

/// Returns a warning for each text that the workbooks of a run cannot hold as a whole.
pub fn find_cut_texts(books: &[ReceivedWorkbook], corrected: &[FigureRef]) -> Diagnostics {
    let of_books = books.iter().flat_map(|book| book.workbook.sheets.iter().map(move |sheet| (book, sheet)));
    let of_books = of_books.flat_map(|(book, sheet)| {
        let long = sheet.cells.iter().filter(|(_, cell)| cell.text().is_some_and(is_too_long));
        long.map(move |(at, _)| Place::Cell(book.file.clone(), sheet.name.clone(), *at))
    });
    let corrections = corrected.iter().filter_map(|figure| figure.correction.as_ref());
    let of_office = corrections.flat_map(|correction| [&correction.who, &correction.why]);
    let of_office = of_office.filter(|text| is_too_long(&text.text)).map(|text| Place::from_source(&text.source));
    of_books.chain(of_office).map(diagnostic).collect()
}

fn is_too_long(text: &str) -> bool {
    is_longer(text, MAX_CELL_UNITS)
}

fn diagnostic(place: Place) -> Diagnostic {
    let message = msg!(
        "chữ dài hơn một ô Excel ({MAX_CELL_UNITS} ký tự); các bảng tính chỉ ghi phần đầu, kết thúc bằng \"…\"",
        "the text is longer than a cell of Excel ({MAX_CELL_UNITS} characters); workbooks show only its beginning, which ends with \"…\""
    );
    let hint =
        Message::new("rút gọn chữ, hoặc chia thành nhiều ô", "shorten the text, or divide it into several cells");
    Diagnostic::new(Code::TextTooLong, place, message).with_hint(hint)
}
