//! Reports rule lines whose questions about figures no data answered in the whole run.
//!
//! Input: the questions recorded while the rules ran. Output: a diagnostic for each line that was never answered. Not
//! here: lines that did not run.
//!
//! A threshold that no indicator crosses is normal, but a threshold without any data has no effect, which would
//! otherwise go unnoticed.

use crate::declare::plugin::Rules;
use crate::eval::context::Question;
use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};

/// Returns a diagnostic for each line that was never answered in any sector; relations only if all sectors were loaded,
/// because they miss the figures of the others.
pub(super) fn unanswered_questions(rules: &Rules, is_complete: bool) -> Vec<Diagnostic> {
    let mut lines = BTreeMap::new();
    for (line, answered) in rules.files().flat_map(|loaded| loaded.context.questions()) {
        *lines.entry(line).or_insert(false) |= answered;
    }
    let is_asked = |question: Question| is_complete || question != Question::Relation;
    let unanswered = lines.into_iter().filter(|((_, question), answered)| !answered && is_asked(*question));
    let diagnostics = unanswered.map(|((rule, question), _)| {
        let (message, hint) = message_and_hint(question);
        Diagnostic::new(Code::RuleIdle, Place::Rule(rule), message).with_hint(hint)
    });
    diagnostics.collect()
}

fn message_and_hint(question: Question) -> (Message, Message) {
    match question {
        Question::Comparison => (
            Message::new(
                "phép so sánh này luôn sai vì chưa có số liệu để so",
                "this comparison is always false, because there are no figures to compare",
            ),
            Message::new(
                "kiểm tra tên chỉ tiêu và loại số liệu; hỏi .missing trước nếu có thể thiếu số",
                "check the indicator and the measure; test .missing first if a figure may be missing",
            ),
        ),
        Question::Threshold => (
            Message::new(
                "ngưỡng này không xét được chỉ tiêu nào: chưa chỉ tiêu nào có cả kế hoạch và thực hiện",
                "this threshold applies to no indicator: none has both a plan and an actual figure",
            ),
            Message::new(
                "kiểm tra targets của ngành và cột kế hoạch trong biểu; không cần thì bỏ ngưỡng",
                "check the targets of the sector and the plan columns of the workbooks; remove the threshold if it is not needed",
            ),
        ),
        Question::Relation => (
            Message::new(
                "quan hệ này không đối chiếu được vì thiếu số liệu một bên",
                "this relation cannot be checked, because one side has no data",
            ),
            Message::new(
                "kiểm tra tên chỉ tiêu hai bên và biểu của đơn vị",
                "check the indicators on both sides and the workbooks of the departments",
            ),
        ),
        Question::ZeroDivision => (
            Message::new(
                "ở dòng này có số bị chia cho số không, nên kết quả là \"chưa có số liệu\"",
                "this line divides by zero, so that the result is missing",
            ),
            Message::new(
                "chỉ chia khi số chia khác không (if x.value ~= 0 then …), hoặc kiểm tra số chia trong biểu",
                "divide only if the divisor is not zero (if x.value ~= 0 then …), or check it in the workbooks",
            ),
        ),
        Question::Text => (
            Message::new("không dòng nào của bảng có những chữ này", "no row of the table has this text"),
            Message::new(
                "kiểm tra chính tả, viết như trong biểu; xem các chữ có trong cột: tonghop eval",
                "check the spelling against the workbooks; tonghop eval shows the rows",
            ),
        ),
        Question::Sentence => (
            Message::new(
                "mẫu câu này không in ra số liệu hay phần lời nào: mọi đoạn trong [ ] đều bị lược",
                "this template prints no figures or text: every clause in [ ] was omitted",
            ),
            Message::new(
                "kiểm tra tên chỉ tiêu và loại số liệu trong mẫu câu có trong biểu không",
                "check that the workbooks have the indicators and measures that the template uses",
            ),
        ),
    }
}
