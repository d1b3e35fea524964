//! Renders problems for machines: one complete JSON object per problem, with structured places.
//!
//! Input: a diagnostic. Output: a value that serialises to one object. Not here: new messages.

use crate::diag::{Diagnostic, Language, Place, Severity};
use crate::model::id::{DepartmentId, FilePath, SheetName};
use serde::Serialize;

/// A problem as JSON.
#[derive(Serialize)]
pub struct Problem<'d> {
    code: &'static str,
    severity: Severity,
    places: Vec<PlaceObject<'d>>,
    message: &'d str,
    hint: Option<&'d str>,
}

/// A place, tagged with its kind; paths are relative to the project, with `/` as separator.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum PlaceObject<'d> {
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
pub fn problem(diagnostic: &Diagnostic, language: Language) -> Problem<'_> {
    Problem {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity(),
        places: diagnostic.places.iter().map(place).collect(),
        message: diagnostic.message.in_language(language),
        hint: diagnostic.hint.as_ref().map(|hint| hint.in_language(language)),
    }
}

fn place(place: &Place) -> PlaceObject<'_> {
    match place {
        Place::Project => PlaceObject::Project,
        Place::Department(department) => PlaceObject::Department { department },
        Place::File(file) => PlaceObject::File { file },
        Place::Sheet(file, sheet) => PlaceObject::Sheet { file, sheet },
        Place::Cell(file, sheet, cell) => PlaceObject::Cell { file, sheet, cell: cell.to_string() },
        Place::Rule(rule) => PlaceObject::Rule { file: &rule.file, line: rule.line },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Words};
    use crate::model::cell::CellRef;
    use crate::model::provenance::RuleLine;
    use serde_json::json;

    #[test]
    fn places_are_taken_apart() {
        let (file, sheet) = (FilePath::new("workbooks/a/b.xlsx"), SheetName::new("S "));
        let rule = RuleLine { file: FilePath::new("plugins/a.lua"), line: 7 };
        let problem_of = |place| {
            let diagnostic = Diagnostic::new(Code::FileKind, place, Words::verbatim("x"));
            serde_json::to_value(problem(&diagnostic, Language::Vietnamese)).unwrap()
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
