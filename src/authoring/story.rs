//! Formats a difference as text: figures with old and new value and reason, then shortfalls, problems and sentences.

use super::diff::{Difference, FigureChange, Kind, Sides};
use super::held::Value;
use super::page::Page;
use super::snapshot::{Problem, Short};
use super::why::{FileChange, Why};
use rust_decimal::Decimal;
use tonghop_core::diag::{Severity, Words};
use tonghop_core::model::quantity::round_half_up;
use tonghop_core::say;
use tonghop_core::vi::format;

/// The maximum number of reasons shown for one figure.
const REASONS: usize = 8;
/// The number of decimals shown, unless two numbers only differ in later ones.
const DECIMALS: u32 = 4;
/// Shown in place of a missing old or new value.
const NOTHING: &str = "∅";

impl Difference {
    /// Returns the text of the difference; an empty page if there is none.
    pub fn page(&self) -> Page {
        let mut page = Page::default();
        self.tell_figures(&mut page);
        tell_sides(&mut page, &Words::new("Tồn tại, hạn chế", "Shortfalls"), &self.shortfalls, shortfall);
        self.tell_problems(&mut page);
        let title = Words::new("Câu viết khác", "Sentences that read otherwise");
        tell_sides(&mut page, &title, &self.reworded(), |sentence| vec![Words::verbatim(without_dash(sentence))]);
        page
    }

    /// Returns the sentences that differ in more than their numbers, because numbers are listed figure by figure.
    fn reworded(&self) -> Sides<String> {
        let words = |sentence: &String| sentence.replace(|c: char| c.is_numeric() || ".,".contains(c), "");
        Sides::of(&self.sentences.gone, &self.sentences.new, words)
    }

    /// Adds new and resolved problems, except notes.
    pub fn tell_problems(&self, page: &mut Page) {
        let told = |problems: &[Problem]| -> Vec<Problem> {
            problems.iter().filter(|problem| problem.severity > Severity::Note).cloned().collect()
        };
        let sides = Sides { new: told(&self.problems.new), gone: told(&self.problems.gone) };
        tell_sides(page, &Words::new("Vấn đề", "Problems"), &sides, problem);
    }

    fn tell_figures(&self, page: &mut Page) {
        if self.figures.is_empty() {
            return;
        }
        let count = |kind| self.count(kind);
        page.line(
            0,
            say!(
                "Số liệu: {changed} thay đổi, {new} mới, {gone} không còn, {reworded} chỉ đổi cách in",
                "Figures: {changed} changed, {new} new, {gone} gone, {reworded} only printed otherwise",
                changed = count(Kind::Changed),
                new = count(Kind::New),
                gone = count(Kind::Gone),
                reworded = count(Kind::Reworded)
            ),
        );
        for figure in &self.figures {
            tell_figure(page, figure);
        }
    }
}

fn tell_figure(page: &mut Page, figure: &FigureChange) {
    let label = if figure.label.is_empty() { String::new() } else { format!(" ({})", figure.label) };
    let (id, (old, new)) = (&figure.id, values(figure));
    page.line(
        1,
        match figure.kind {
            Kind::Reworded => say!("{id}{label}: vẫn là {new}", "{id}{label}: still {new}", new = new),
            _ => say!("{id}{label}: {old} → {new}", "{id}{label}: {old} → {new}", old = old, new = new),
        },
    );
    if let (Some(old), Some(new)) = (&figure.old, &figure.new)
        && old.estimate != new.estimate
    {
        let (estimate, firm) =
            (Words::new("nay là số ước", "now an estimate"), Words::new("nay là số chính thức", "now final"));
        page.line(2, if new.estimate { estimate } else { firm });
    }
    for printed in &figure.printed {
        let words = |text: &Option<String>| text.as_ref().map_or(NOTHING.to_owned(), |text| format!("\"{text}\""));
        page.line(
            2,
            say!(
                "in ở mục {section}: {old} → {new}",
                "printed in {section}: {old} → {new}",
                section = printed.section,
                old = words(&printed.old),
                new = words(&printed.new)
            ),
        );
    }
    for why in figure.why.iter().take(REASONS) {
        page.line(2, reason(why));
    }
    if figure.why.len() > REASONS {
        let more = figure.why.len() - REASONS;
        page.line(2, say!("… và {more} ô khác", "… and {more} other cells"));
    }
}

/// Formats both values, with enough decimals to show a change.
fn values(figure: &FigureChange) -> (Words, Words) {
    let at = |decimals| (value(figure.old.as_ref(), decimals), value(figure.new.as_ref(), decimals));
    let (old, new) = at(Some(DECIMALS));
    if old == new && figure.kind == Kind::Changed { at(None) } else { (old, new) }
}

fn value(value: Option<&Value>, decimals: Option<u32>) -> Words {
    let Some(Value { value: Some(written), unit, .. }) = value else { return Words::verbatim(NOTHING) };
    match written.parse::<Decimal>() {
        Ok(number) => format::named(decimals.map_or(number, |decimals| round_half_up(number, decimals)), unit),
        Err(_) => Words::verbatim(format::quantity(written, unit)),
    }
}

fn reason(why: &Why) -> Words {
    match why {
        Why::Cell { cell, old: Some(old), new: Some(new) } => {
            say!("vì ô {cell}: \"{old}\" → \"{new}\"", "because of cell {cell}: \"{old}\" → \"{new}\"")
        }
        Why::Cell { cell, old: None, new } => say!(
            "vì nay lấy thêm ô {cell}: \"{new}\"",
            "because it now rests on cell {cell}: \"{new}\"",
            new = new.as_deref().unwrap_or_default()
        ),
        Why::Cell { cell, old: Some(old), new: None } => say!(
            "vì không còn lấy ô {cell} (trước đó \"{old}\")",
            "because it no longer rests on cell {cell} (which held \"{old}\")"
        ),
        Why::File { file, change: FileChange::Changed } => {
            say!("vì tệp {file} đã được sửa", "because {file} was changed")
        }
        Why::File { file, change: FileChange::New } => say!("vì có thêm tệp {file}", "because {file} is new"),
        Why::File { file, change: FileChange::Gone } => say!("vì không còn tệp {file}", "because {file} is gone"),
    }
}

/// Formats a shortfall, followed by the rule lines that find it.
fn shortfall(Short { stated, lines }: &Short) -> Vec<Words> {
    let rule = lines.iter().map(|line| say!("theo quy tắc {line}", "by rule {line}"));
    [Words::verbatim(without_dash(&stated.statement))].into_iter().chain(rule).collect()
}

/// Removes the dash of a list item, which would look like a minus sign.
fn without_dash(sentence: &str) -> &str {
    sentence.strip_prefix("- ").unwrap_or(sentence)
}

fn problem(problem: &Problem) -> Vec<Words> {
    let place = problem.places.first().map(String::as_str).unwrap_or_default();
    let Problem { code, message, .. } = problem;
    vec![say!("[{code}] {place}: {message}", "[{code}] {place}: {message}")]
}

/// Adds new and gone items: the first line of each with its sign, the others indented below it.
fn tell_sides<T>(page: &mut Page, title: &Words, sides: &Sides<T>, words: impl Fn(&T) -> Vec<Words>) {
    if sides.is_empty() {
        return;
    }
    page.gap();
    let (new, gone) = (sides.new.len(), sides.gone.len());
    page.line(0, say!("{title}: {new} mới, {gone} không còn", "{title}: {new} new, {gone} gone", title = *title));
    for (sign, item) in sides.gone.iter().map(|item| ("-", item)).chain(sides.new.iter().map(|item| ("+", item))) {
        for (at, line) in words(item).into_iter().enumerate() {
            match at {
                0 => page.line(1, say!("{sign} {line}", "{sign} {line}", line = line)),
                _ => page.line(2, line),
            }
        }
    }
}
