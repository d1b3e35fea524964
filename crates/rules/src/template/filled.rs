//! The result of filling a template: its spans, and whether something was missing.
//!
//! Input: text and spans, one after the other. Output: spans without doubled spaces. Not here: values.

use tonghop_core::model::document::Span;

/// The filled part of a template.
#[derive(Default)]
pub(crate) struct Filled {
    pub spans: Vec<Span>,
    /// Whether a value outside of clauses had no data.
    pub missing: bool,
    /// Whether a clause was dropped.
    pub dropped: bool,
    /// Whether the first span follows text that does not end with a space.
    begun: bool,
}

impl Filled {
    /// Starts a part that is later appended to `before` or dropped.
    pub(crate) fn behind(before: &Self) -> Self {
        Self { begun: !before.ends_blank(), ..Self::default() }
    }

    fn ends_blank(&self) -> bool {
        match self.spans.iter().rev().find(|s| !matches!(s, Span::Note(_))) {
            Some(span) => span.words().ends_with(' '),
            None => !self.begun,
        }
    }

    /// Adds fixed text and removes its leading spaces at the start and after another space.
    pub(crate) fn words(&mut self, words: &str) {
        let words = if self.ends_blank() { words.trim_start_matches(' ') } else { words };
        if words.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(Span::Words(last)) => last.push_str(words),
            _ => self.spans.push(Span::Words(words.to_owned())),
        }
    }

    /// Returns whether a clause was dropped and only fixed text is left.
    pub(crate) fn says_nothing(&self) -> bool {
        self.dropped && self.spans.iter().all(|span| matches!(span, Span::Words(_)))
    }

    /// Appends a part that was started with [`Self::following`].
    pub(crate) fn append(&mut self, part: Self) {
        for span in part.spans {
            match span {
                Span::Words(words) => self.words(&words),
                other => self.spans.push(other),
            }
        }
    }
}
