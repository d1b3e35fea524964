//! The result of filling a template: its spans, and whether something was missing.
//!
//! Input: text and spans, one after the other. Output: spans without doubled spaces. Not here: values.

use tonghop_core::model::document::Span;

/// The filled part of a template.
#[derive(Default)]
pub(crate) struct FilledTemplate {
    pub spans: Vec<Span>,
    /// Whether a value outside of clauses had no data.
    pub is_missing: bool,
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
        match self.spans.iter().rev().find(|s| !matches!(s, Span::Note(_))) {
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
        self.has_dropped_clause && self.spans.iter().all(|span| matches!(span, Span::Literal(_)))
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
