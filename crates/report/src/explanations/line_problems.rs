//! The problems of a line of explanations, each at its field.
//!
//! Input: the line. Output: diagnostics. Not here: finding the problems.

use super::stated_number::PresentNumber;
use crate::consolidate::unknown_department_hint;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::explanation::ExplanationLine;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::quantity::Amount;
use tonghop_core::msg;
use tonghop_core::vi::format::quantity_message;

/// The columns of the file, counted from 0.
const DEPARTMENT_COLUMN: u32 = 0;
const SUBJECT_COLUMN: u32 = 1;
const MEASURE_COLUMN: u32 = 2;
const NUMBER_COLUMN: u32 = 3;
pub(super) const WHY_COLUMN: u32 = 4;
pub(super) const WHO_COLUMN: u32 = 5;
pub(super) const DAY_COLUMN: u32 = 6;

/// A line of the file; its functions return the problems that it can have.
#[derive(Clone, Copy)]
pub(super) struct LineProblems<'l> {
    pub file: &'l FilePath,
    pub line: &'l ExplanationLine,
}

impl LineProblems<'_> {
    pub(super) fn department_unknown(self) -> Box<Diagnostic> {
        let message = msg!(
            "\"{department}\" không phải là đơn vị nào trong tonghop.toml; lời giải trình không được dùng",
            "\"{department}\" is not a department in tonghop.toml; the explanation is not used",
            department = self.line.department
        );
        self.unknown(DEPARTMENT_COLUMN, message, unknown_department_hint())
    }

    pub(super) fn subject_unknown(self) -> Box<Diagnostic> {
        let message = msg!(
            "đơn vị này không có chỉ tiêu hay ô nào là \"{subject}\"; lời giải trình không được dùng",
            "the department has no indicator or cell \"{subject}\"; the explanation is not used",
            subject = self.line.subject
        );
        let hint = Message::new(
            "ghi mã chỉ tiêu dạng ngành.chỉ_tiêu, tên chỉ tiêu trong biểu, hoặc ô như trong thông báo, ví dụ bieu.xlsx [Biểu 01] F9",
            "write the indicator as sector.indicator, its label, or a cell as messages print it, such as bieu.xlsx [Bieu 01] F9",
        );
        self.unknown(SUBJECT_COLUMN, message, hint)
    }

    pub(super) fn subject_ambiguous(self, found: &[Message]) -> Box<Diagnostic> {
        let message = msg!(
            "\"{subject}\" có thể là {found}; lời giải trình không được dùng",
            "\"{subject}\" may be {found}; the explanation is not used",
            subject = self.line.subject,
            found = Message::join(found, ", ")
        );
        let hint = Message::new(
            "ghi mã chỉ tiêu dạng ngành.chỉ_tiêu, hoặc ô kèm tên tệp",
            "write the indicator as sector.indicator, or the cell with its file",
        );
        self.unknown(SUBJECT_COLUMN, message, hint)
    }

    pub(super) fn measure_unknown(self) -> Box<Diagnostic> {
        let message = msg!(
            "chỉ tiêu hoặc ô này không có số liệu \"{measure}\"; lời giải trình không được dùng",
            "this indicator or cell has no figure \"{measure}\"; the explanation is not used",
            measure = if self.line.measure.is_empty() { "thực hiện" } else { self.line.measure.as_str() }
        );
        let hint = Message::new(
            "ghi actual, last_year, target.<kế hoạch> hoặc tên cột như trong tong-hop.xlsx; để trống nếu là số thực hiện",
            "write actual, last_year, target.<plan> or the title of the column in tong-hop.xlsx; leave it empty for the actual figure",
        );
        self.unknown(MEASURE_COLUMN, message, hint)
    }

    pub(super) fn cell_without_number(self) -> Box<Diagnostic> {
        let message = Message::new(
            "không thấy số nào ở ô này; lời giải trình không được dùng",
            "this cell has no number; the explanation is not used",
        );
        let hint = Message::new("ghi đúng ô có số cần giải trình", "write the cell with the number to be explained");
        self.unknown(SUBJECT_COLUMN, message, hint)
    }

    pub(super) fn number_unreadable(self) -> Box<Diagnostic> {
        let message = msg!(
            "\"{number}\" không phải là số; lời giải trình không được dùng",
            "\"{number}\" is not a number; the explanation is not used",
            number = self.line.number
        );
        let hint = Message::new(
            "ghi số được giải trình theo cách viết tiếng Việt, ví dụ 96.011,5",
            "write the explained number in Vietnamese format, for example 96.011,5",
        );
        self.unknown(NUMBER_COLUMN, message, hint)
    }

    /// The line does not say why the number is right, who says so, or when.
    pub(super) fn unsigned(self, column: u32) -> Box<Diagnostic> {
        let message = match column {
            WHY_COLUMN => Message::new(
                "dòng này chưa ghi lời giải trình nên không được dùng",
                "this line has no explanation and is not used",
            ),
            WHO_COLUMN => Message::new(
                "dòng này chưa ghi người giải trình nên không được dùng",
                "this line does not say who explains the number and is not used",
            ),
            _ => Message::new(
                "dòng này chưa ghi đúng ngày giải trình nên không được dùng",
                "this line has no valid day of the explanation and is not used",
            ),
        };
        let hint = Message::new(
            "ghi đủ lời giải trình, người giải trình và ngày (ngày/tháng/năm)",
            "write the explanation, who gives it, and the day (day/month/year)",
        );
        self.unknown(column, message, hint)
    }

    /// The figure has another number than the explained one.
    pub(super) fn outdated(self, now: Option<&PresentNumber>) -> Box<Diagnostic> {
        let message = msg!(
            "giải trình này là cho số {stated}, nay số liệu là {now}; lời giải trình không còn được dùng",
            "this explanation is about {stated}, but the figure is now {now}; the explanation is no longer used",
            stated = self.line.number,
            now = now.map_or_else(|| Message::verbatim("\"\""), present_message)
        );
        self.stale(message)
    }

    /// The number is the explained one, but it is now compared with another number.
    pub(super) fn compared_with_another(self) -> Box<Diagnostic> {
        let message = msg!(
            "giải trình này là cho {stated}, nay số đem so sánh đã khác; lời giải trình không còn được dùng",
            "this explanation is about {stated}, but the number it is compared with has changed; the explanation is no longer used",
            stated = self.line.number
        );
        self.stale(message)
    }

    fn stale(self, message: Message) -> Box<Diagnostic> {
        let hint = Message::new(
            "nếu số mới đúng, ghi số mới và giải trình lại; nếu không cần nữa thì xóa dòng này",
            "if the new number is correct, write it here and explain it again; otherwise delete this line",
        );
        self.problem(Code::ExplanationOutdated, NUMBER_COLUMN, message, hint)
    }

    /// Nothing is asked about the number.
    pub(super) fn unneeded(self) -> Box<Diagnostic> {
        let message = Message::new(
            "không có câu hỏi nào về số này nên lời giải trình không được dùng đến",
            "nothing is asked about this number, so the explanation is not used",
        );
        let hint = Message::new("có thể xóa dòng này", "this line can be deleted");
        self.problem(Code::ExplanationUnneeded, NUMBER_COLUMN, message, hint)
    }

    /// Returns the place of a field; lines count as rows, and the sheet name is empty.
    pub(super) fn place(self, column: u32) -> Place {
        let cell = CellRef::new(self.line.line.saturating_sub(1), column);
        Place::Cell(self.file.clone(), SheetName::new(""), cell)
    }

    fn unknown(self, column: u32, message: Message, hint: Message) -> Box<Diagnostic> {
        self.problem(Code::ExplanationUnknown, column, message, hint)
    }

    fn problem(self, code: Code, column: u32, message: Message, hint: Message) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(code, self.place(column), message).with_hint(hint))
    }
}

fn present_message(number: &PresentNumber) -> Message {
    match number.amount {
        Amount::Known(value) => quantity_message(value, &number.unit.to_string()),
        Amount::NotApplicable => Message::verbatim("\"-\""),
        Amount::Missing => Message::new("chưa có số liệu", "without data"),
    }
}
