//! The result of filling a template: its spans, and what was missing.
//!
//! Input: text and spans, one after the other. Output: spans without doubled spaces, with a gap where something fell
//! away. Not here: values.

use super::wording::difference_wording;
use std::borrow::Cow;
use std::sync::Arc;
use tonghop_core::model::document::Span;
use tonghop_core::model::gap::{Gap, GapKind, MissingValue};
use tonghop_core::model::id::SectorId;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::vi::format::NO_WORDS;

/// The most characters of words that fell away that a gap keeps.
const MAX_GAP_WORDS: usize = 300;

/// The filled part of a template.
#[derive(Default)]
pub(crate) struct FilledTemplate {
    pub spans: Vec<Span>,
    /// The values outside of clauses that had no data.
    missing: Vec<MissingValue>,
    /// Whether a value that the rule declares as a condition (`{?name}`) had no data.
    lacks_condition: bool,
    /// Whether a clause was dropped.
    pub has_dropped_clause: bool,
    /// Whether the first span follows text that does not end with a space.
    follows_text: bool,
    /// The memory of the spans in bytes, and that of the text before them.
    pub bytes: usize,
}

impl FilledTemplate {
    /// Starts a part that is later appended to `before` or dropped.
    pub(crate) fn following(before: &Self) -> Self {
        Self { follows_text: !before.ends_with_space(), bytes: before.bytes, ..Self::default() }
    }

    fn ends_with_space(&self) -> bool {
        match self.spans.iter().rev().find(|s| !matches!(s, Span::Note(_) | Span::Gap(_))) {
            Some(span) => span.text().ends_with(' '),
            None => !self.follows_text,
        }
    }

    /// Adds fixed text and removes its leading spaces at the start and after another space.
    pub(crate) fn push_text(&mut self, text: &str) {
        let words = if self.ends_with_space() { text.trim_start_matches(' ') } else { text };
        if words.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(Span::Literal(last)) => {
                last.push_str(words);
                self.bytes += words.len();
            }
            _ => self.spans.push(Span::Literal(words.to_owned())),
        }
    }

    /// Returns whether a clause was dropped and only fixed text is left.
    pub(crate) fn has_only_fixed_text(&self) -> bool {
        self.has_dropped_clause && self.spans.iter().all(|span| matches!(span, Span::Literal(_) | Span::Gap(_)))
    }

    /// Records a value that has no data.
    pub(crate) fn add_missing(&mut self, value: MissingValue) {
        self.missing.push(value);
    }

    /// Records a condition that is not met.
    pub(crate) fn add_unmet_condition(&mut self, value: MissingValue) {
        self.lacks_condition = true;
        self.missing.push(value);
    }

    /// Records everything that another part lacks.
    pub(crate) fn add_missing_of(&mut self, part: &Self) {
        self.lacks_condition |= part.lacks_condition;
        self.missing.extend(part.missing.iter().cloned());
    }

    /// Removes and returns the values that had no data.
    pub(crate) fn take_missing(&mut self) -> Vec<MissingValue> {
        std::mem::take(&mut self.missing)
    }

    /// Returns whether the clause or the row must fall away: missing words alone never take a known figure with them.
    pub(crate) fn must_fall_away(&self) -> bool {
        let lacks_words_only = self.missing.iter().all(|value| matches!(value, MissingValue::Words(_)));
        let is_kept = lacks_words_only && !self.lacks_condition && has_known_figure(&self.spans);
        !self.missing.is_empty() && !is_kept
    }

    /// Replaces a part that falls away by its gap.
    pub(crate) fn push_gap(&mut self, kind: GapKind, part: Self, sector: SectorId, rule: Option<RuleLine>) {
        let words: String = part.spans.iter().map(fallen_words).collect();
        let words: String = words.trim_matches([' ', ',', ';']).chars().take(MAX_GAP_WORDS).collect();
        let lacks_figure = part.missing.iter().any(|value| matches!(value, MissingValue::Figure(_)));
        let says_nothing = !lacks_figure && !words.contains(char::is_alphanumeric);
        let words = if says_nothing { String::new() } else { words };
        let gap = Gap { kind, sector, words, missing: part.missing, rule };
        self.spans.push(Span::Gap(Arc::new(gap)));
    }

    /// Writes a mark in each place where words are missing, once.
    pub(crate) fn mark_missing_words(&mut self) {
        if self.missing.is_empty() {
            return;
        }
        let is_words = |span: &Span| matches!(span, Span::Gap(gap) if gap.kind == GapKind::Words);
        let mut marked: Vec<Span> = Vec::with_capacity(self.spans.len());
        let mut follows_mark = false;
        for span in self.spans.drain(..) {
            if is_words(&span) && !follows_mark {
                marked.push(Span::Literal(NO_WORDS.to_owned()));
                follows_mark = true;
            } else if span.is_printed() && follows_mark {
                // The space after the words fell away with them.
                let is_word = span.text().starts_with(char::is_alphanumeric);
                marked.extend(is_word.then(|| Span::Literal(" ".to_owned())));
                follows_mark = false;
            }
            marked.push(span);
        }
        self.spans = marked;
    }

    /// Appends a part that was started with [`Self::following`].
    pub(crate) fn append(&mut self, part: Self) {
        for span in part.spans {
            match span {
                Span::Literal(words) => self.push_text(&words),
                other => self.spans.push(other),
            }
        }
    }
}

/// Returns the words of a span that fell away, with dots in place of what is missing.
fn fallen_words(span: &Span) -> Cow<'_, str> {
    match span {
        Span::Figure(printed) if !printed.figure.has_data() => match printed.figure.name.measure.difference_from() {
            Some(base) => {
                let wording = difference_wording(base);
                format!("{} ({}) …{}", wording.above, wording.below, wording.link).into()
            }
            None => "…".into(),
        },
        Span::Gap(gap) if gap.kind == GapKind::Words => "…".into(),
        other => other.text().into(),
    }
}

/// Returns whether any span prints a figure with data.
fn has_known_figure(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Figure(printed) => printed.figure.has_data(),
        Span::Note(note) => has_known_figure(note),
        _ => false,
    })
}

/// Returns what the gaps of a text lack, if the text prints nothing.
pub(crate) fn missing_of_gaps(spans: &[Span]) -> Vec<MissingValue> {
    let gaps = spans.iter().filter_map(|span| match span {
        Span::Gap(gap) => Some(gap),
        _ => None,
    });
    gaps.flat_map(|gap| gap.missing.iter().cloned()).collect()
}
