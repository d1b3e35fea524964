//! Renders problems for people, one paragraph per problem or per group of cells.
//!
//! Input: problems in order. Output: paragraphs; every problem is either shown or counted.

use super::{severity_word, visible};
use crate::diag::{Diagnostic, Language, Place, Words, groups};
use crate::say;

/// The number of cells shown of a group.
const SHOWN: usize = 3;

/// Renders problems, one paragraph per problem or per group of cells.
pub fn problems(diagnostics: &[&Diagnostic], language: Language) -> Vec<String> {
    let drawn = |group: &[&Diagnostic]| match group {
        [one] => alone(one, language),
        [first, ..] => together(first, group, language),
        [] => String::new(),
    };
    groups(diagnostics).map(drawn).collect()
}

fn alone(diagnostic: &Diagnostic, language: Language) -> String {
    let heading = heading(diagnostic, diagnostic.message.in_language(language), language);
    let places = diagnostic.places.iter().map(shown);
    paragraph(heading, places, diagnostic, language)
}

fn together(first: &Diagnostic, group: &[&Diagnostic], language: Language) -> String {
    let (cells, rest) = (group.len(), group.len() - SHOWN);
    let title = first.code.lesson(language).title;
    let title = say!("{title} ({cells} ô)", "{title} ({cells} cells)");
    let told = group[..SHOWN].iter().map(|problem| {
        let places: String = problem.places.iter().map(shown).collect();
        format!("{places}: {}", visible(problem.message.in_language(language)))
    });
    let more = say!(
        "\n  … và {rest} ô khác (xem đủ bằng --message-format short)",
        "\n  … and {rest} other cells (--message-format short shows all)"
    );
    let lines = told.chain([more.in_language(language).to_owned()]);
    paragraph(heading(first, title.in_language(language), language), lines, first, language)
}

fn heading(diagnostic: &Diagnostic, words: &str, language: Language) -> String {
    let severity = severity_word(diagnostic.severity(), language);
    format!("{severity} [{}]: {}", diagnostic.code.as_str(), visible(words))
}

fn shown(place: &Place) -> String {
    format!("\n  --> {}", visible(&place.to_string()))
}

/// Builds a paragraph, with the hint at the end.
fn paragraph(
    heading: String,
    lines: impl Iterator<Item = String>,
    diagnostic: &Diagnostic,
    language: Language,
) -> String {
    let title = Words::new("cách xử lý", "what to do");
    let hint = diagnostic.hint.as_ref().map(|hint| {
        let lines: Vec<String> = hint.in_language(language).lines().map(visible).collect();
        format!("\n  {}: {}", title.in_language(language), lines.join("\n    "))
    });
    std::iter::once(heading).chain(lines).chain(hint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Place};
    use crate::model::cell::CellRef;
    use crate::model::id::{FilePath, SheetName};

    fn in_row(row: u32, code: Code, hint: &str) -> Diagnostic {
        let (file, sheet) = (FilePath::new("workbooks/a/a.xlsx"), SheetName::new("S"));
        let message = say!("dòng lạ <{row}>", "strange row <{row}>");
        Diagnostic::new(code, Place::Cell(file, sheet, CellRef::new(row, 1)), message).hint(Words::verbatim(hint))
    }

    fn drawn(diagnostics: &[Diagnostic]) -> Vec<String> {
        problems(&diagnostics.iter().collect::<Vec<_>>(), Language::Vietnamese)
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let text = drawn(&[Diagnostic::new(Code::FileKind, Place::Project, Words::verbatim("a\u{1b}[31m"))]).concat();
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn many_cells_of_a_sheet_are_told_together() {
        let rows: Vec<Diagnostic> = (0..8).map(|row| in_row(row, Code::RowUnknown, "sửa tên")).collect();
        assert_eq!(
            drawn(&rows),
            ["cảnh báo [row-unknown]: Dòng không khớp với chỉ tiêu nào (8 ô)\
              \n  --> workbooks/a/a.xlsx [S] B1: dòng lạ <0>\
              \n  --> workbooks/a/a.xlsx [S] B2: dòng lạ <1>\
              \n  --> workbooks/a/a.xlsx [S] B3: dòng lạ <2>\
              \n  … và 5 ô khác (xem đủ bằng --message-format short)\
              \n  cách xử lý: sửa tên"]
        );
    }

    #[test]
    fn a_group_reads_well_in_english() {
        let rows: Vec<Diagnostic> = (0..6).map(|row| in_row(row, Code::RowUnknown, "mend the name")).collect();
        assert_eq!(
            problems(&rows.iter().collect::<Vec<_>>(), Language::English),
            ["warning [row-unknown]: A row matches no indicator (6 cells)\
              \n  --> workbooks/a/a.xlsx [S] B1: strange row <0>\
              \n  --> workbooks/a/a.xlsx [S] B2: strange row <1>\
              \n  --> workbooks/a/a.xlsx [S] B3: strange row <2>\
              \n  … and 3 other cells (--message-format short shows all)\
              \n  what to do: mend the name"]
        );
    }

    #[test]
    fn what_differs_or_is_rare_is_told_alone() {
        let few: Vec<Diagnostic> = (0..5).map(|row| in_row(row, Code::RowUnknown, "sửa tên")).collect();
        assert_eq!(drawn(&few).len(), 5);
        let mixed: Vec<Diagnostic> =
            (0..8).map(|row| in_row(row, Code::RowUnknown, ["a", "b"][row as usize % 2])).collect();
        assert_eq!(drawn(&mixed).len(), 8);
        let two_places: Vec<Diagnostic> =
            (0..8).map(|row| in_row(row, Code::CellRepeated, "xóa").also(Place::Project)).collect();
        assert_eq!(drawn(&two_places).len(), 8);
        let no_cell: Vec<Diagnostic> = (0..8)
            .map(|_| Diagnostic::new(Code::FileKind, Place::Project, Words::verbatim("x")).hint(Words::verbatim("y")))
            .collect();
        assert_eq!(drawn(&no_cell).len(), 8);
    }
}
