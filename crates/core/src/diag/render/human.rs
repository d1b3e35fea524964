//! Renders problems for people, one paragraph per problem or per group of cells.
//!
//! Input: problems in order. Output: paragraphs; every problem is either shown or counted.

use super::{escape_invisible, severity_word};
use crate::diag::{Diagnostic, Language, Message, Place, groups};
use crate::msg;

/// The number of cells shown of a group.
const SHOWN_CELLS: usize = 3;

/// Renders problems, one paragraph per problem or per group of cells.
pub fn paragraphs(diagnostics: &[&Diagnostic], language: Language) -> Vec<String> {
    let render = |group: &[&Diagnostic]| match group {
        [one] => render_single(one, language),
        [first, ..] => render_group(first, group, language),
        [] => String::new(),
    };
    groups(diagnostics).map(render).collect()
}

fn render_single(diagnostic: &Diagnostic, language: Language) -> String {
    let heading = heading(diagnostic, diagnostic.message.in_language(language), language);
    let places = diagnostic.places.iter().map(render_place);
    paragraph(heading, places, diagnostic, language)
}

fn render_group(first: &Diagnostic, group: &[&Diagnostic], language: Language) -> String {
    let (cells, rest) = (group.len(), group.len() - SHOWN_CELLS);
    let title = first.code.explanation(language).title;
    let title = msg!("{title} ({cells} ô)", "{title} ({cells} cells)");
    let cell_lines = group[..SHOWN_CELLS].iter().map(|problem| {
        let places: String = problem.places.iter().map(render_place).collect();
        format!("{places}: {}", escape_invisible(problem.message.in_language(language)))
    });
    let more = msg!(
        "\n  … và {rest} ô khác (xem đủ bằng --message-format short)",
        "\n  … and {rest} other cells (--message-format short shows all)"
    );
    let lines = cell_lines.chain([more.in_language(language).to_owned()]);
    paragraph(heading(first, title.in_language(language), language), lines, first, language)
}

fn heading(diagnostic: &Diagnostic, text: &str, language: Language) -> String {
    let severity = severity_word(diagnostic.severity(), language);
    format!("{severity} [{}]: {}", diagnostic.code.as_str(), escape_invisible(text))
}

fn render_place(place: &Place) -> String {
    format!("\n  --> {}", escape_invisible(&place.to_string()))
}

/// Builds a paragraph, with the hint at the end.
fn paragraph(
    heading: String,
    lines: impl Iterator<Item = String>,
    diagnostic: &Diagnostic,
    language: Language,
) -> String {
    let title = Message::new("cách xử lý", "what to do");
    let hint = diagnostic.hint.as_ref().map(|hint| {
        let lines: Vec<String> = hint.in_language(language).lines().map(escape_invisible).collect();
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
        let message = msg!("dòng lạ <{row}>", "strange row <{row}>");
        Diagnostic::new(code, Place::Cell(file, sheet, CellRef::new(row, 1)), message)
            .with_hint(Message::verbatim(hint))
    }

    fn drawn(diagnostics: &[Diagnostic]) -> Vec<String> {
        paragraphs(&diagnostics.iter().collect::<Vec<_>>(), Language::Vietnamese)
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let text = drawn(&[Diagnostic::new(Code::FileKind, Place::Project, Message::verbatim("a\u{1b}[31m"))]).concat();
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn many_cells_of_a_sheet_are_grouped() {
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
        let rows: Vec<Diagnostic> = (0..6).map(|row| in_row(row, Code::RowUnknown, "correct the name")).collect();
        assert_eq!(
            paragraphs(&rows.iter().collect::<Vec<_>>(), Language::English),
            ["warning [row-unknown]: A row matches no indicator (6 cells)\
              \n  --> workbooks/a/a.xlsx [S] B1: strange row <0>\
              \n  --> workbooks/a/a.xlsx [S] B2: strange row <1>\
              \n  --> workbooks/a/a.xlsx [S] B3: strange row <2>\
              \n  … and 3 other cells (--message-format short shows all)\
              \n  what to do: correct the name"]
        );
    }

    #[test]
    fn distinct_problems_are_not_grouped() {
        let few: Vec<Diagnostic> = (0..5).map(|row| in_row(row, Code::RowUnknown, "sửa tên")).collect();
        assert_eq!(drawn(&few).len(), 5);
        let mixed: Vec<Diagnostic> =
            (0..8).map(|row| in_row(row, Code::RowUnknown, ["a", "b"][row as usize % 2])).collect();
        assert_eq!(drawn(&mixed).len(), 8);
        let two_places: Vec<Diagnostic> =
            (0..8).map(|row| in_row(row, Code::CellRepeated, "xóa").with_place(Place::Project)).collect();
        assert_eq!(drawn(&two_places).len(), 8);
        let no_cell: Vec<Diagnostic> = (0..8)
            .map(|_| {
                Diagnostic::new(Code::FileKind, Place::Project, Message::verbatim("x"))
                    .with_hint(Message::verbatim("y"))
            })
            .collect();
        assert_eq!(drawn(&no_cell).len(), 8);
    }
}
