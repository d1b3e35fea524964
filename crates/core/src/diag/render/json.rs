//! Renders problems for machines: one complete JSON object per problem, with structured places.
//!
//! Input: a diagnostic. Output: a value that serialises to one object. Not here: new messages.

use crate::diag::{Diagnostic, Language, Place, Severity};
use crate::model::id::{DepartmentId, FilePath, SheetName};
use serde::Serialize;

/// A problem as JSON.
#[derive(Serialize)]
pub struct JsonDiagnostic<'d> {
    code: &'static str,
    severity: Severity,
    places: Vec<JsonPlace<'d>>,
    message: &'d str,
    hint: Option<&'d str>,
}

/// A place, tagged with its kind; paths are relative to the project, with `/` as separator.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum JsonPlace<'d> {
    /// The settings of the project.
    Project,
    Department {
        department: &'d DepartmentId,
    },
    File {
        file: &'d FilePath,
    },
    Sheet {
        file: &'d FilePath,
        sheet: &'d SheetName,
    },
    Cell {
        file: &'d FilePath,
        sheet: &'d SheetName,
        cell: String,
    },
    /// A line of a rule file, counted from 1.
    Rule {
        file: &'d FilePath,
        line: u32,
    },
}

/// Converts a problem to JSON, with message and hint in `language`.
pub fn object(diagnostic: &Diagnostic, language: Language) -> JsonDiagnostic<'_> {
    JsonDiagnostic {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity(),
        places: diagnostic.places.iter().map(json_place).collect(),
        message: diagnostic.message.in_language(language),
        hint: diagnostic.hint.as_ref().map(|hint| hint.in_language(language)),
    }
}

fn json_place(place: &Place) -> JsonPlace<'_> {
    match place {
        Place::Project => JsonPlace::Project,
        Place::Department(department) => JsonPlace::Department { department },
        Place::File(file) => JsonPlace::File { file },
        Place::Sheet(file, sheet) => JsonPlace::Sheet { file, sheet },
        Place::Cell(file, sheet, cell) => JsonPlace::Cell { file, sheet, cell: cell.to_string() },
        Place::Rule(rule) => JsonPlace::Rule { file: &rule.file, line: rule.line },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Message};
    use crate::model::cell::CellRef;
    use crate::model::provenance::RuleLine;
    use serde_json::json;

    #[test]
    fn places_are_taken_apart() {
        let (file, sheet) = (FilePath::new("workbooks/a/b.xlsx"), SheetName::new("S "));
        let rule = RuleLine { file: FilePath::new("plugins/a.lua"), line: 7 };
        let problem_of = |place| {
            let diagnostic = Diagnostic::new(Code::FileKind, place, Message::verbatim("x"));
            serde_json::to_value(object(&diagnostic, Language::Vietnamese)).unwrap()
        };
        for (place, expected) in [
            (Place::Project, json!({ "kind": "project" })),
            (Place::Department(DepartmentId::new("a")), json!({ "kind": "department", "department": "a" })),
            (Place::File(file.clone()), json!({ "kind": "file", "file": "workbooks/a/b.xlsx" })),
            (
                Place::Sheet(file.clone(), sheet.clone()),
                json!({ "kind": "sheet", "file": "workbooks/a/b.xlsx", "sheet": "S " }),
            ),
            (
                Place::Cell(file, sheet, CellRef::new(3, 1)),
                json!({ "kind": "cell", "file": "workbooks/a/b.xlsx", "sheet": "S ", "cell": "B4" }),
            ),
            (Place::Rule(rule), json!({ "kind": "rule", "file": "plugins/a.lua", "line": 7 })),
        ] {
            let expected = json!({
                "code": "file-kind", "severity": "error", "places": [expected], "message": "x", "hint": null
            });
            assert_eq!(problem_of(place), expected);
        }
    }
}
