//! Explains a figure that is found by its name, its place in the report or its printed text.
//!
//! Input: the user's query. Output: a page with the sentences and the sources of the figure. Not here: indicators.

use super::printed::{Occurrence, Printed};
use super::rule_text::{shortened, shown};
use super::written::{fraction, prints};
use super::{chain, rows};
use crate::authoring::page::Page;
use crate::pipeline::Run;
use tonghop_core::diag::Words;
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::trace::{PlaceKind, RuleTrace, SourceTrace};
use tonghop_core::say;

/// Explains a figure found by its name, or one occurrence found by its id.
pub(super) fn explain(what: &str, run: &Run, printed: &Printed) -> Option<Page> {
    let asked = |o: &&Occurrence| o.id == what || o.figure.name.to_string() == what;
    let places: Vec<&Occurrence> = printed.occurrences.iter().filter(asked).collect();
    let stated = run.report.figures().find(|figure| figure.name.to_string() == what);
    let figure = places.first().map(|o| &o.figure).or(stated)?;
    if !is_one(&places) {
        return Some(list(what, &places));
    }
    Some(page(figure, &places, run))
}

/// Explains the figures whose printed text contains the query as a whole number or text.
pub(super) fn explain_text(what: &str, run: &Run, printed: &Printed) -> Option<Page> {
    let found: Vec<&Occurrence> = printed.occurrences.iter().filter(|o| prints(&o.words, what)).collect();
    let mut page = match found.as_slice() {
        [] => Page::default(),
        [first, ..] if is_one(&found) => self::page(&first.figure, &found, run),
        several => list(what, several),
    };
    elsewhere(&mut page, what, run);
    (!page.is_empty()).then_some(page)
}

/// Returns whether all occurrences are the same figure; figures over rows can share a name, so their rows must match.
fn is_one(places: &[&Occurrence]) -> bool {
    let Some((first, rest)) = places.split_first() else { return true };
    let (first, cells, over) = (&first.figure, first.figure.sources(), first.figure.aggregates());
    rest.iter().map(|o| &o.figure).all(|figure| {
        figure.name == first.name && figure.sources() == cells && rows::are_same(&figure.aggregates(), &over)
    })
}

/// Explains both figures of a printed fraction.
pub(super) fn explain_fraction(what: &str, run: &Run, printed: &Printed) -> Option<Page> {
    let (above, below) = fraction(what)?;
    let is_printed = |[one, other]: &&[Occurrence; 2]| {
        let written = format!("{}/{}", one.words, other.words);
        prints(&one.words, above) && prints(&other.words, below) && one.sentence.contains(&written)
    };
    let pair = printed.occurrences.array_windows().find(is_printed)?;
    let mut both = Page::default();
    for occurrence in pair {
        both.gap();
        both.append(page(&occurrence.figure, &[occurrence], run));
    }
    Some(both)
}

fn page(figure: &FigureRef, places: &[&Occurrence], run: &Run) -> Page {
    let mut page = Page::default();
    chain::named(&mut page, 0, figure);
    declared(&mut page, figure, run);
    for place in places {
        let Occurrence { section, words, sentence, .. } = place;
        page.line(
            1,
            say!(
                "in là \"{words}\" ở mục {section} ({kind}): \"{sentence}\"",
                "printed as \"{words}\" in {section} ({kind}): \"{sentence}\"",
                kind = kind(place.place)
            ),
        );
        if let Some(rule) = &place.rule {
            page.line(2, say!("do quy tắc {rule}", "by rule {rule}", rule = shown(run, rule)));
        }
    }
    if places.is_empty() {
        page.line(1, Words::new("không in trong báo cáo", "not printed in the report"));
    }
    page.line(1, Words::new("nguồn gốc:", "where it comes from:"));
    chain::tell(&mut page, 2, figure, run);
    page
}

/// Adds the declaration of a figure's indicator.
fn declared(page: &mut Page, figure: &Figure, run: &Run) {
    let sector = run.report.sectors.iter().find(|sector| sector.decl.id == figure.name.sector);
    let found = sector.and_then(|s| Some((&s.decl.file, s.decl.indicator(figure.name.indicator.as_str())?)));
    if let Some((file, indicator)) = found {
        let rule = shown(run, &RuleLine { file: file.clone(), line: indicator.line });
        let label = &indicator.label;
        page.line(1, say!("chỉ tiêu \"{label}\", khai báo ở {rule}", "indicator \"{label}\", declared in {rule}"));
    }
}

fn list(what: &str, found: &[&Occurrence]) -> Page {
    let mut page = Page::default();
    page.line(
        0,
        say!(
            "\"{what}\" có ở {count} chỗ; gõ tonghop explain kèm một tên sau đây để xem nguồn gốc:",
            "\"{what}\" is printed in {count} places; explain one of these names for its source:",
            count = found.len()
        ),
    );
    for occurrence in found {
        page.verbatim(1, occurrence.named());
        page.verbatim(2, shortened(&occurrence.sentence));
    }
    page
}

/// Adds matching numbers that are not figures: in texts of departments, in settings, in fixed wording.
fn elsewhere(page: &mut Page, what: &str, run: &Run) {
    let traces = &run.traces;
    for text in traces.texts.iter().filter(|text| prints(&text.text, what)) {
        let SourceTrace { file, sheet, cell, .. } = &text.source;
        let (section, words) = (&text.section, shortened(&text.text));
        page.line(
            0,
            say!(
                "mục {section}: trong lời của đơn vị ở ô {file} [{sheet}] {cell}: \"{words}\"",
                "{section}: in the words of a department, cell {file} [{sheet}] {cell}: \"{words}\""
            ),
        );
    }
    for setting in traces.settings.iter().filter(|setting| prints(&setting.text, what)) {
        let (section, key, words) = (&setting.section, &setting.key, shortened(&setting.text));
        page.line(
            0,
            say!(
                "mục {section}: thiết lập {key} trong tonghop.toml: \"{words}\"",
                "{section}: setting {key} of tonghop.toml: \"{words}\""
            ),
        );
    }
    for fixed in traces.fixed.iter().filter(|fixed| prints(&fixed.text, what)) {
        let line = |rule: &RuleTrace| shown(run, &RuleLine { file: rule.file.clone(), line: rule.line });
        let (section, words, rule) = (&fixed.section, shortened(&fixed.text), fixed.rule.as_ref().map(line));
        let rule = rule.unwrap_or_default();
        page.line(
            0,
            say!(
                "mục {section}: câu chữ cố định của quy tắc: \"{words}\" ({rule})",
                "{section}: fixed wording of a rule: \"{words}\" ({rule})"
            ),
        );
    }
}

fn kind(place: PlaceKind) -> Words {
    let (vietnamese, english) = match place {
        PlaceKind::Text => ("phần lời", "text"),
        PlaceKind::Footnote => ("ghi chú cuối trang", "footnote"),
        PlaceKind::Heading => ("tiêu đề", "heading"),
        PlaceKind::Table => ("bảng", "table"),
    };
    Words::new(vietnamese, english)
}
