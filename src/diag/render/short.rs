//! Problems one a line, as compilers print them and editors follow them.
//!
//! In comes a problem, out goes `place: severity[code]: message`. Never here: its further places and its hint.

use super::visible;
use crate::diag::{Diagnostic, Severity};

/// Draws a problem on one line, at its first place.
pub fn problem(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.places.first().map(ToString::to_string).unwrap_or_default();
    let severity = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    format!(
        "{}: {severity}[{}]: {}",
        visible(&place),
        diagnostic.code.as_str(),
        visible(diagnostic.message.vietnamese())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Place, Words};
    use crate::model::id::FilePath;

    #[test]
    fn a_problem_is_one_line() {
        let place = Place::File(FilePath::new("workbooks/a/b\n.xls"));
        let line = problem(
            &Diagnostic::new(Code::FileKind, place, Words::verbatim("chưa đọc được\nloại tệp này"))
                .hint(Words::verbatim("lưu lại")),
        );
        assert_eq!(line, "workbooks/a/b\\n.xls: error[file-kind]: chưa đọc được\\nloại tệp này");
    }
}
