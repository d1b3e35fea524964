//! Explains a figure that is found by its name, its place in the report or its printed text.
//!
//! Input: the user's query. Output: a page with the sentences and the sources of the figure. Not here: indicators.

use super::printed::{Occurrence, PrintedFigures};
use super::rule_text::{format_line, truncate};
use super::text_search::{contains_whole, split_fraction};
use super::{aggregate, figure_origin};
use crate::authoring::text_page::TextPage;
use crate::pipeline::Run;
use tonghop_core::diag::Message;
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::trace::{LineKind, RuleTrace, SourceTrace};
use tonghop_core::msg;

/// Explains a figure found by its name, or one occurrence found by its id.
pub(super) fn explain(what: &str, run: &Run, printed: &PrintedFigures) -> Option<TextPage> {
    let matches = |o: &&Occurrence| o.id == what || o.figure.name.to_string() == what;
    let places: Vec<&Occurrence> = printed.occurrences.iter().filter(matches).collect();
    let stated = run.report.figures().find(|figure| figure.name.to_string() == what);
    let figure = places.first().map(|o| &o.figure).or(stated)?;
    if !is_same_figure(&places) {
        return Some(list_page(what, &places));
    }
    Some(figure_page(figure, &places, run))
}

/// Explains the figures whose printed text contains the query as a whole number or text.
pub(super) fn explain_text(what: &str, run: &Run, printed: &PrintedFigures) -> Option<TextPage> {
    let found: Vec<&Occurrence> = printed.occurrences.iter().filter(|o| contains_whole(&o.words, what)).collect();
    let mut page = match found.as_slice() {
        [] => TextPage::default(),
        [first, ..] if is_same_figure(&found) => self::figure_page(&first.figure, &found, run),
        several => list_page(what, several),
    };
    push_other_numbers(&mut page, what, run);
    (!page.is_empty()).then_some(page)
}

/// Returns whether all occurrences are the same figure; figures over rows can share a name, so their rows must match.
fn is_same_figure(places: &[&Occurrence]) -> bool {
    let Some((first, rest)) = places.split_first() else { return true };
    let (first, cells, over) = (&first.figure, first.figure.sources(), first.figure.aggregates());
    rest.iter().map(|o| &o.figure).all(|figure| {
        figure.name == first.name && figure.sources() == cells && aggregate::have_same_rows(&figure.aggregates(), &over)
    })
}

/// Explains both figures of a printed fraction.
pub(super) fn explain_fraction(what: &str, run: &Run, printed: &PrintedFigures) -> Option<TextPage> {
    let (above, below) = split_fraction(what)?;
    let is_printed = |[one, other]: &&[Occurrence; 2]| {
        let written = format!("{}/{}", one.words, other.words);
        contains_whole(&one.words, above) && contains_whole(&other.words, below) && one.sentence.contains(&written)
    };
    let pair = printed.occurrences.array_windows().find(is_printed)?;
    let mut combined = TextPage::default();
    for occurrence in pair {
        combined.push_gap();
        combined.append(figure_page(&occurrence.figure, &[occurrence], run));
    }
    Some(combined)
}

fn figure_page(figure: &FigureRef, places: &[&Occurrence], run: &Run) -> TextPage {
    let mut page = TextPage::default();
    figure_origin::push_figure(&mut page, 0, figure);
    push_declaration(&mut page, figure, run);
    for place in places {
        let Occurrence { section, words, sentence, .. } = place;
        page.push_line(
            1,
            msg!(
                "in là \"{words}\" ở mục {section} ({kind}): \"{sentence}\"",
                "printed as \"{words}\" in {section} ({kind}): \"{sentence}\"",
                kind = place_kind_message(place.place)
            ),
        );
        if let Some(rule) = &place.rule {
            page.push_line(2, msg!("do quy tắc {rule}", "by rule {rule}", rule = format_line(run, rule)));
        }
    }
    if places.is_empty() {
        page.push_line(1, Message::new("không in trong báo cáo", "not printed in the report"));
    }
    page.push_line(1, Message::new("nguồn gốc:", "where it comes from:"));
    figure_origin::push_origin(&mut page, 2, figure, run);
    page
}

/// Adds the declaration of a figure's indicator.
fn push_declaration(page: &mut TextPage, figure: &Figure, run: &Run) {
    let sector = run.report.sectors.iter().find(|sector| sector.decl.id == figure.name.sector);
    let found = sector.and_then(|s| Some((&s.decl.file, s.decl.indicator(figure.name.indicator.as_str())?)));
    if let Some((file, indicator)) = found {
        let rule = format_line(run, &RuleLine { file: file.clone(), line: indicator.line });
        let label = &indicator.label;
        page.push_line(1, msg!("chỉ tiêu \"{label}\", khai báo ở {rule}", "indicator \"{label}\", declared in {rule}"));
    }
}

fn list_page(what: &str, found: &[&Occurrence]) -> TextPage {
    let mut page = TextPage::default();
    page.push_line(
        0,
        msg!(
            "\"{what}\" có ở {count} chỗ; gõ tonghop explain kèm một tên sau đây để xem nguồn gốc:",
            "\"{what}\" is printed in {count} places; run tonghop explain with one of these names to see its source:",
            count = found.len()
        ),
    );
    for occurrence in found {
        page.push_verbatim(1, occurrence.title());
        page.push_verbatim(2, truncate(&occurrence.sentence));
    }
    page
}

/// Adds matching numbers that are not figures: in texts of departments, in settings, in fixed wording.
fn push_other_numbers(page: &mut TextPage, what: &str, run: &Run) {
    let traces = &run.traces;
    for text in traces.texts.iter().filter(|text| contains_whole(&text.text, what)) {
        let SourceTrace { file, sheet, cell, .. } = &text.source;
        let (section, words) = (&text.section, truncate(&text.text));
        page.push_line(
            0,
            msg!(
                "mục {section}: trong lời của đơn vị ở ô {file} [{sheet}] {cell}: \"{words}\"",
                "{section}: in the words of a department, cell {file} [{sheet}] {cell}: \"{words}\""
            ),
        );
    }
    for setting in traces.settings.iter().filter(|setting| contains_whole(&setting.text, what)) {
        let (section, key, words) = (&setting.section, &setting.key, truncate(&setting.text));
        page.push_line(
            0,
            msg!(
                "mục {section}: thiết lập {key} trong tonghop.toml: \"{words}\"",
                "{section}: setting {key} of tonghop.toml: \"{words}\""
            ),
        );
    }
    for fixed in traces.fixed.iter().filter(|fixed| contains_whole(&fixed.text, what)) {
        let line = |rule: &RuleTrace| format_line(run, &RuleLine { file: rule.file.clone(), line: rule.line });
        let (section, words, rule) = (&fixed.section, truncate(&fixed.text), fixed.rule.as_ref().map(line));
        let rule = rule.unwrap_or_default();
        page.push_line(
            0,
            msg!(
                "mục {section}: câu chữ cố định của quy tắc: \"{words}\" ({rule})",
                "{section}: fixed wording of a rule: \"{words}\" ({rule})"
            ),
        );
    }
}

fn place_kind_message(line_kind: LineKind) -> Message {
    let (vietnamese, english) = match line_kind {
        LineKind::Text => ("phần lời", "text"),
        LineKind::Footnote => ("ghi chú cuối trang", "footnote"),
        LineKind::Heading => ("tiêu đề", "heading"),
        LineKind::Table => ("bảng", "table"),
    };
    Message::new(vietnamese, english)
}
