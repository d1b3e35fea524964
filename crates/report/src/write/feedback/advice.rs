//! What a department should do about a problem: the hint of the diagnostic, or another text if the hint is for the
//! office.
//!
//! Input: a diagnostic. Output: a sentence in the imperative. Not here: places.

use tonghop_core::diag::{Code, Diagnostic, Message, Severity};
use tonghop_core::vi::fold::clean;

/// Advice for departments on problems whose hints are for the office.
const DEPARTMENT_ADVICE: [(Code, &str); 16] = [
    (Code::DepartmentMissing, "Đề nghị đơn vị điền biểu mẫu và gửi văn phòng."),
    (Code::FormRepeated, "Đề nghị chỉ giữ tệp đúng và báo văn phòng tệp nào không dùng."),
    (Code::FormContested, "Đề nghị báo văn phòng tệp nào đúng; trước khi có trả lời, không tệp nào được dùng."),
    (Code::RowGone, "Nếu sót dòng, đề nghị bổ sung vào biểu; nếu dòng đã đổi tên, đề nghị báo văn phòng."),
    (Code::RowRenamed, "Nếu vẫn là chỉ tiêu cũ, đề nghị ghi tên như biểu mẫu hoặc báo văn phòng."),
    (Code::RowNew, "Nếu là nội dung cần báo cáo, đề nghị báo văn phòng; nếu không thì không phải sửa."),
    (
        Code::LastYearDiffers,
        "Đối chiếu với số đã báo cáo năm trước; nếu số năm trước đã điều chỉnh, đề nghị báo văn phòng.",
    ),
    (Code::SubmissionLate, "Đề nghị gửi đúng hạn ở kỳ sau; nếu đơn vị đã gửi trước hạn, đề nghị báo văn phòng."),
    (
        Code::CheckContradiction,
        "Đối chiếu các ô này, sửa ô chưa đúng rồi gửi lại; nếu các số đều đúng, đề nghị báo văn phòng.",
    ),
    (Code::CheckRounding, "Không phải sửa."),
    (
        Code::ColumnUnknown,
        "Ghi tiêu đề cột đúng như biểu mẫu, nêu rõ kế hoạch, thực hiện hay cùng kỳ năm trước; cột không dùng thì xóa.",
    ),
    (
        Code::RowUnknown,
        "Ghi tên đúng như biểu mẫu; nếu đây là tên gọi khác của cùng một chỉ tiêu, đề nghị báo văn phòng.",
    ),
    (Code::RowAmbiguous, "Ghi rõ dòng cấp trên hoặc viết đầy đủ tên, đúng như biểu mẫu."),
    (Code::NumberAsText, "Không phải sửa nếu số đã hiểu là đúng; kỳ sau nên nhập ô này ở dạng số."),
    (Code::TextConverted, "Không phải sửa nếu chữ đã chuyển là đúng; kỳ sau nên dùng phông Unicode (Times New Roman)."),
    (Code::UnitConverted, "Không phải sửa nếu số đã đổi là đúng; nếu sai, sửa đơn vị tính trong biểu."),
];

/// Advice while the office is repairing the rules that would recognise the department's tables.
const WAIT_FOR_OFFICE: &str = "Đơn vị chưa phải sửa: văn phòng đang kiểm tra lại quy tắc nhận biểu này.";

/// Advice on a missing indicator.
pub(super) const FILL_CELL: &str = "Điền số liệu vào biểu rồi gửi lại; nếu không phát sinh, ghi dấu \"-\".";

/// Kinds of problems that only concern the office.
const OFFICE_ONLY: [Code; 13] = [
    Code::SettingUnknown,
    Code::PluginBroken,
    Code::RuleFailed,
    Code::RuleDeprecated,
    Code::AliasesUnreadable,
    Code::AliasUnusable,
    Code::HistoryUnusable,
    Code::RuleLimit,
    Code::NumberUntraced,
    Code::TemplateUnusable,
    Code::CorrectionUnknown,
    Code::RegisterUnusable,
    // Covered by the list of outstanding cells, which knows the department.
    Code::IndicatorMissing,
];

/// Returns whether departments are shown a kind of problem.
pub(super) fn is_shown_to_departments(code: Code) -> bool {
    !OFFICE_ONLY.contains(&code)
}

/// Returns what to do; `has_intact_rules` is false while a rule file is broken.
pub(super) fn advice_for(diagnostic: &Diagnostic, has_intact_rules: bool) -> String {
    if !has_intact_rules && matches!(diagnostic.code, Code::SheetUnknown | Code::RowUnknown) {
        return WAIT_FOR_OFFICE.to_owned();
    }
    let own = DEPARTMENT_ADVICE.iter().find(|(code, _)| *code == diagnostic.code).map(|(_, words)| (*words).to_owned());
    let hinted = || diagnostic.hint.as_ref().map(|hint| to_sentence(hint.vietnamese()));
    own.or_else(hinted).unwrap_or_else(|| match diagnostic.severity() {
        Severity::Note => "Không phải sửa nếu đúng.".to_owned(),
        _ => "Đề nghị kiểm tra lại.".to_owned(),
    })
}

/// Turns text that may contain user input into one line with an initial capital and a full stop.
pub(super) fn to_sentence(words: &str) -> String {
    let words = clean(words);
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let stop = if words.is_empty() || words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// Returns the message of a diagnostic as a sentence.
pub(super) fn message_sentence(words: &Message) -> String {
    to_sentence(words.vietnamese())
}
