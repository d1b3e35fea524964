//! Renders problems one per line, in the format of compilers that editors parse.
//!
//! Input: a diagnostic. Output: `place: severity[code]: message`. Not here: further places and the hint.

use super::{escape_invisible, severity_word};
use crate::diag::{Diagnostic, Language};

/// Renders a problem on one line, at its first place.
///
/// The severity is always in English, because editors parse it.
pub fn one_line(diagnostic: &Diagnostic, language: Language) -> String {
    format!(
        "{}: {}[{}]: {}",
        escape_invisible(&diagnostic.places.first().map(ToString::to_string).unwrap_or_default()),
        severity_word(diagnostic.severity(), Language::English),
        diagnostic.code.as_str(),
        escape_invisible(diagnostic.message.in_language(language))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Message, Place};
    use crate::model::id::FilePath;

    #[test]
    fn a_problem_is_one_line() {
        let place = Place::File(FilePath::new("workbooks/a/b\n.xls"));
        let message = Message::new("chưa đọc được\nloại tệp này", "not a kind\nthat is read");
        let diagnostic = Diagnostic::new(Code::FileKind, place, message).with_hint(Message::verbatim("lưu lại"));
        for (language, message) in
            [(Language::Vietnamese, "chưa đọc được\\nloại tệp này"), (Language::English, "not a kind\\nthat is read")]
        {
            let line = format!("workbooks/a/b\\n.xls: error[file-kind]: {message}");
            assert_eq!(one_line(&diagnostic, language), line);
        }
    }
}
