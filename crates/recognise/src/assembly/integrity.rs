//! Says of a workbook whose format has no checksums that damage to it may not be noticed.
//!
//! Input: a workbook. Output: a problem at the first cell that the rest of the file contradicts, else one at the file;
//! none if checksums prove the file. Not here: how the cells are found (the reader does it).

use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::raw_workbook::{Integrity, ReceivedWorkbook};
use tonghop_core::msg;

/// The most places of one problem.
const MAX_PLACES: usize = 5;

/// Returns the doubt about a workbook.
pub(super) fn doubt(book: &ReceivedWorkbook) -> Option<Diagnostic> {
    let Integrity::Unproven(doubtful) = &book.workbook.integrity else { return None };
    let cell = |(sheet, cell_ref): &(_, _)| Place::Cell(book.file.clone(), Clone::clone(sheet), *cell_ref);
    let Some((first, others)) = doubtful.split_first() else {
        let message = Message::new(
            "tệp .xls không có mã kiểm, nên nếu tệp bị hỏng khi chép thì không nhận ra được; các số được đọc như ghi trong tệp",
            "a .xls file has no checksums, so damage to it may not be noticed; the numbers are read as they are in the file",
        );
        let hint = Message::new(
            "đối chiếu vài số với bản gốc; lần sau lưu thành loại Excel Workbook (.xlsx)",
            "compare some numbers with the original; next time save it as an Excel Workbook (.xlsx)",
        );
        return Some(Diagnostic::new(Code::WorkbookUnproven, Place::File(book.file.clone()), message).with_hint(hint));
    };
    let message = msg!(
        "{count} ô mâu thuẫn với phần còn lại của tệp: bản ghi sai, hoặc kết quả không khớp với các ô của công thức; tệp .xls không có mã kiểm nên các số khác cũng có thể đã hỏng khi chép",
        "{counted} the rest of the file: a wrong record, or a result that the cells of the formula do not give; a .xls file has no checksums, so other numbers may be damaged too",
        count = doubtful.len(),
        counted = if others.is_empty() {
            "1 cell contradicts".to_owned()
        } else {
            format!("{} contradict", pluralise(doubtful.len(), "cell"))
        }
    );
    let hint = Message::new(
        "mở tệp bằng Excel, bấm Ctrl+Alt+F9 để tính lại, đối chiếu các số với bản gốc, rồi lưu thành loại Excel Workbook (.xlsx) và gửi lại",
        "open the file in Excel, press Ctrl+Alt+F9 to recalculate, compare the numbers with the original, then save it as an Excel Workbook (.xlsx) and send it again",
    );
    let problem = Diagnostic::new(Code::WorkbookDoubtful, cell(first), message).with_hint(hint);
    Some(others.iter().take(MAX_PLACES - 1).fold(problem, |problem, other| problem.with_place(cell(other))))
}
