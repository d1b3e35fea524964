//! Formats a difference as text: figures with old and new value and reason, then shortfalls, problems and sentences.

use super::change_reason::{ChangeReason, FileChange};
use super::diff::{Difference, FigureChange, FigureChangeKind, ListDifference};
use super::figure_state::FigureValue;
use super::snapshot::{ShortfallWithRule, SnapshotProblem};
use super::text_page::TextPage;
use rust_decimal::Decimal;
use tonghop_core::diag::{Message, Severity};
use tonghop_core::model::quantity::round_half_up;
use tonghop_core::msg;
use tonghop_core::vi::format;

/// The maximum number of reasons shown for one figure.
const MAX_REASONS: usize = 8;
/// The number of decimals shown, unless two numbers only differ in later ones.
const DECIMALS: u32 = 4;
/// Shown in place of a missing old or new value.
const ABSENT: &str = "∅";

impl Difference {
    /// Returns the text of the difference; an empty page if there is none.
    pub fn to_page(&self) -> TextPage {
        let mut page = TextPage::default();
        self.push_figures(&mut page);
        push_list(&mut page, &Message::new("Tồn tại, hạn chế", "Shortfalls"), &self.shortfalls, shortfall_messages);
        self.push_problems(&mut page);
        let title = Message::new("Câu viết khác", "Reworded sentences");
        push_list(&mut page, &title, &self.reworded(), |sentence| vec![Message::verbatim(without_dash(sentence))]);
        page
    }

    /// Returns the sentences that differ in more than their numbers, because numbers are listed figure by figure.
    fn reworded(&self) -> ListDifference<String> {
        let words = |sentence: &String| sentence.replace(|c: char| c.is_numeric() || ".,".contains(c), "");
        ListDifference::between(&self.sentences.gone, &self.sentences.new, words)
    }

    /// Adds new and resolved problems, except notes.
    pub fn push_problems(&self, page: &mut TextPage) {
        let without_notes = |problems: &[SnapshotProblem]| -> Vec<SnapshotProblem> {
            problems.iter().filter(|problem| problem.severity > Severity::Note).cloned().collect()
        };
        let sides = ListDifference { new: without_notes(&self.problems.new), gone: without_notes(&self.problems.gone) };
        push_list(page, &Message::new("Vấn đề", "Problems"), &sides, problem_messages);
    }

    fn push_figures(&self, page: &mut TextPage) {
        if self.figures.is_empty() {
            return;
        }
        let count = |kind| self.count(kind);
        page.push_line(
            0,
            msg!(
                "Số liệu: {changed} thay đổi, {new} mới, {gone} không còn, {reworded} chỉ đổi cách in",
                "Figures: {changed} changed, {new} new, {gone} gone, {reworded} only printed differently",
                changed = count(FigureChangeKind::Changed),
                new = count(FigureChangeKind::New),
                gone = count(FigureChangeKind::Gone),
                reworded = count(FigureChangeKind::Reworded)
            ),
        );
        for figure in &self.figures {
            push_figure(page, figure);
        }
    }
}

fn push_figure(page: &mut TextPage, figure: &FigureChange) {
    let label = if figure.label.is_empty() { String::new() } else { format!(" ({})", figure.label) };
    let (id, (old, new)) = (&figure.id, value_messages(figure));
    page.push_line(
        1,
        match figure.kind {
            FigureChangeKind::Reworded => msg!("{id}{label}: vẫn là {new}", "{id}{label}: still {new}", new = new),
            _ => msg!("{id}{label}: {old} → {new}", "{id}{label}: {old} → {new}", old = old, new = new),
        },
    );
    if let (Some(old), Some(new)) = (&figure.old, &figure.new)
        && old.estimate != new.estimate
    {
        let (estimate, firm) =
            (Message::new("nay là số ước", "now an estimate"), Message::new("nay là số chính thức", "now final"));
        page.push_line(2, if new.estimate { estimate } else { firm });
    }
    for printed in &figure.printed {
        let words = |text: &Option<String>| text.as_ref().map_or(ABSENT.to_owned(), |text| format!("\"{text}\""));
        page.push_line(
            2,
            msg!(
                "in ở mục {section}: {old} → {new}",
                "printed in {section}: {old} → {new}",
                section = printed.section,
                old = words(&printed.old),
                new = words(&printed.new)
            ),
        );
    }
    for why in figure.why.iter().take(MAX_REASONS) {
        page.push_line(2, reason_message(why));
    }
    if figure.why.len() > MAX_REASONS {
        let more = figure.why.len() - MAX_REASONS;
        page.push_line(2, msg!("… và {more} ô khác", "… and {more} other cells"));
    }
}

/// Formats both values, with enough decimals to show a change.
fn value_messages(figure: &FigureChange) -> (Message, Message) {
    let at = |decimals| (value_message(figure.old.as_ref(), decimals), value_message(figure.new.as_ref(), decimals));
    let (old, new) = at(Some(DECIMALS));
    if old == new && figure.kind == FigureChangeKind::Changed { at(None) } else { (old, new) }
}

fn value_message(value: Option<&FigureValue>, decimals: Option<u32>) -> Message {
    let Some(FigureValue { value: Some(written), unit, .. }) = value else { return Message::verbatim(ABSENT) };
    match written.parse::<Decimal>() {
        Ok(number) => {
            format::quantity_message(decimals.map_or(number, |decimals| round_half_up(number, decimals)), unit)
        }
        Err(_) => Message::verbatim(format::quantity(written, unit)),
    }
}

fn reason_message(why: &ChangeReason) -> Message {
    match why {
        ChangeReason::Cell { cell, old: Some(old), new: Some(new) } => {
            msg!("vì ô {cell}: \"{old}\" → \"{new}\"", "because of cell {cell}: \"{old}\" → \"{new}\"")
        }
        ChangeReason::Cell { cell, old: None, new } => msg!(
            "vì nay lấy thêm ô {cell}: \"{new}\"",
            "because it now uses cell {cell}: \"{new}\"",
            new = new.as_deref().unwrap_or_default()
        ),
        ChangeReason::Cell { cell, old: Some(old), new: None } => msg!(
            "vì không còn lấy ô {cell} (trước đó \"{old}\")",
            "because it no longer uses cell {cell} (which held \"{old}\")"
        ),
        ChangeReason::File { file, change: FileChange::Changed } => {
            msg!("vì tệp {file} đã được sửa", "because {file} was changed")
        }
        ChangeReason::File { file, change: FileChange::New } => msg!("vì có thêm tệp {file}", "because {file} is new"),
        ChangeReason::File { file, change: FileChange::Gone } => {
            msg!("vì không còn tệp {file}", "because {file} is gone")
        }
    }
}

/// Formats a shortfall, followed by the rule lines that find it.
fn shortfall_messages(ShortfallWithRule { stated, lines }: &ShortfallWithRule) -> Vec<Message> {
    let rule = lines.iter().map(|line| msg!("theo quy tắc {line}", "by rule {line}"));
    [Message::verbatim(without_dash(&stated.statement))].into_iter().chain(rule).collect()
}

/// Removes the dash of a list item, which would look like a minus sign.
fn without_dash(sentence: &str) -> &str {
    sentence.strip_prefix("- ").unwrap_or(sentence)
}

fn problem_messages(problem: &SnapshotProblem) -> Vec<Message> {
    let place = problem.places.first().map(String::as_str).unwrap_or_default();
    let SnapshotProblem { code, message, .. } = problem;
    vec![msg!("[{code}] {place}: {message}", "[{code}] {place}: {message}")]
}

/// Adds new and gone items: the first line of each with its sign, the others indented below it.
fn push_list<T>(page: &mut TextPage, title: &Message, sides: &ListDifference<T>, words: impl Fn(&T) -> Vec<Message>) {
    if sides.is_empty() {
        return;
    }
    page.push_gap();
    let (new, gone) = (sides.new.len(), sides.gone.len());
    page.push_line(0, msg!("{title}: {new} mới, {gone} không còn", "{title}: {new} new, {gone} gone", title = *title));
    for (sign, item) in sides.gone.iter().map(|item| ("-", item)).chain(sides.new.iter().map(|item| ("+", item))) {
        for (at, line) in words(item).into_iter().enumerate() {
            match at {
                0 => page.push_line(1, msg!("{sign} {line}", "{sign} {line}", line = line)),
                _ => page.push_line(2, line),
            }
        }
    }
}
