//! Renders problems for people, one paragraph per problem, per group of cells, or per kind if there are many.
//!
//! Input: problems in order. Output: paragraphs; every problem is either shown or counted.

use super::{escape_invisible, severity_word};
use crate::diag::{Diagnostic, Language, Message, Place, groups};
use crate::msg;
use std::collections::BTreeMap;

/// The number of problems shown of a group or a kind.
const SHOWN_PROBLEMS: usize = 3;
/// The most places of one problem; a whole with a thousand parts has a thousand cells.
const MAX_PLACES: usize = 20;
/// The most paragraphs about one kind of problem; a kind with more gets one: no one reads a thousand.
const MAX_OF_KIND: usize = 20;

/// Renders problems, one paragraph per problem, per group of cells, or per kind if there are many.
pub fn paragraphs(diagnostics: &[&Diagnostic], language: Language) -> Vec<String> {
    let mut kinds: BTreeMap<&str, (usize, Vec<&Diagnostic>)> = BTreeMap::new();
    for group in groups(diagnostics) {
        let Some(first) = group.first() else { continue };
        let (paragraphs, problems) = kinds.entry(first.code.as_str()).or_default();
        *paragraphs += 1;
        problems.extend(group);
    }
    let render = |group: &[&Diagnostic]| {
        let first = *group.first()?;
        match (kinds.get_mut(first.code.as_str()), group) {
            (Some((count, problems)), _) if *count > MAX_OF_KIND => match std::mem::take(problems).as_slice() {
                // The first group of the kind has shown them all.
                [] => None,
                problems => Some(render_kind(problems, language)),
            },
            (_, [one]) => Some(render_single(one, language)),
            _ => Some(render_group(group, language)),
        }
    };
    groups(diagnostics).filter_map(render).collect()
}

fn render_single(diagnostic: &Diagnostic, language: Language) -> String {
    let heading = heading(diagnostic, diagnostic.message.in_language(language), language);
    let rest = diagnostic.places.len().saturating_sub(MAX_PLACES);
    let more = msg!("\n  … và {rest} chỗ khác", "\n  … and {rest} other places");
    let more = (rest > 0).then(|| more.in_language(language).to_owned());
    let places = diagnostic.places.iter().take(MAX_PLACES).map(render_place).chain(more);
    paragraph(heading, places, diagnostic.hint.as_ref(), language)
}

/// Renders the same problem in many cells of a sheet.
fn render_group(group: &[&Diagnostic], language: Language) -> String {
    let (cells, rest) = (group.len(), group.len().saturating_sub(SHOWN_PROBLEMS));
    let count = msg!("{cells} ô", "{cells} cells");
    let more = msg!("{rest} ô khác", "{rest} other cells");
    let hint = group.first().and_then(|first| first.hint.as_ref());
    render_many(group, [&count, &more], hint, language)
}

/// Renders all problems of a kind.
fn render_kind(problems: &[&Diagnostic], language: Language) -> String {
    let (places, rest) = (problems.len(), problems.len().saturating_sub(SHOWN_PROBLEMS));
    let count = msg!("{places} chỗ", "{places} places");
    let more = msg!("{rest} chỗ khác", "{rest} other places");
    let code = problems.first().map_or("", |first| first.code.as_str());
    let explain = msg!("xem tonghop explain {code}", "see tonghop explain {code}");
    let first = problems.first().and_then(|first| first.hint.as_ref());
    let hint = first.filter(|hint| problems.iter().all(|problem| problem.hint.as_ref() == Some(hint)));
    render_many(problems, [&count, &more], Some(hint.unwrap_or(&explain)), language)
}

fn render_many(
    problems: &[&Diagnostic],
    [count, more]: [&Message; 2],
    hint: Option<&Message>,
    language: Language,
) -> String {
    let Some(first) = problems.first() else { return String::new() };
    let title = format!("{} ({})", first.code.explanation(language).title, count.in_language(language));
    let lines = problems.iter().take(SHOWN_PROBLEMS).map(|problem| {
        let place = problem.places.first().map(render_place).unwrap_or_default();
        format!("{place}: {}", escape_invisible(problem.message.in_language(language)))
    });
    let more = msg!(
        "\n  … và {more} (xem đủ bằng --message-format short)",
        "\n  … and {more} (--message-format short shows all)",
        more = *more
    );
    let lines = lines.chain([more.in_language(language).to_owned()]);
    paragraph(heading(first, &title, language), lines, hint, language)
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
    hint: Option<&Message>,
    language: Language,
) -> String {
    let title = Message::new("cách xử lý", "what to do");
    let hint = hint.map(|hint| {
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
    use crate::model::id::{DepartmentId, FilePath, SheetName};

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
    fn a_kind_with_many_problems_is_counted() {
        let late = |index: usize, hint: &str| {
            let name = format!("Phòng {index}");
            let message = msg!("{name} nộp muộn", "{name} is late");
            Diagnostic::new(Code::SubmissionLate, Place::Department(DepartmentId::new(format!("p{index}"))), message)
                .with_hint(Message::verbatim(hint))
        };
        let mut problems: Vec<Diagnostic> = (1..=MAX_OF_KIND).map(|index| late(index, "ghi ngày nhận")).collect();
        assert_eq!(drawn(&problems).len(), MAX_OF_KIND);
        problems.push(in_row(1, Code::RowUnknown, "sửa tên"));
        problems.push(late(21, "ghi ngày nhận"));
        let title = Code::SubmissionLate.explanation(Language::Vietnamese).title;
        let kind = format!(
            "cảnh báo [submission-late]: {title} (21 chỗ)\
              \n  --> workbooks/p1: Phòng 1 nộp muộn\
              \n  --> workbooks/p2: Phòng 2 nộp muộn\
              \n  --> workbooks/p3: Phòng 3 nộp muộn\
              \n  … và 18 chỗ khác (xem đủ bằng --message-format short)"
        );
        assert_eq!(drawn(&problems)[0], format!("{kind}\n  cách xử lý: ghi ngày nhận"));
        assert_eq!(drawn(&problems).len(), 2);
        problems.push(late(22, "hỏi đơn vị"));
        assert!(drawn(&problems)[0].ends_with("cách xử lý: xem tonghop explain submission-late"));
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
