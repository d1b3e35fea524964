//! A template while it is filled: spans that join well, and whether something was missing.
//!
//! In come words and spans one after the other, out goes text in which no two blanks meet. Never here: values.

use tonghop_core::model::document::Span;

/// A template as far as it is filled.
#[derive(Default)]
pub(crate) struct Filled {
    pub spans: Vec<Span>,
    /// Whether a value outside all clauses had no data.
    pub missing: bool,
    /// Whether a clause was dropped.
    pub dropped: bool,
    /// Whether words stand before the first span that do not end in a blank.
    begun: bool,
}

impl Filled {
    /// Begins a part that will follow `before`, or be dropped.
    pub(crate) fn behind(before: &Self) -> Self {
        Self { begun: !before.ends_blank(), ..Self::default() }
    }

    fn ends_blank(&self) -> bool {
        match self.spans.iter().rev().find(|s| !matches!(s, Span::Note(_))) {
            Some(span) => span.words().ends_with(' '),
            None => !self.begun,
        }
    }

    /// Adds wording; two blanks that meet, and a blank at the start, become one and none.
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

    /// Tells whether clauses were dropped and nothing is left but fixed words.
    pub(crate) fn says_nothing(&self) -> bool {
        self.dropped && self.spans.iter().all(|span| matches!(span, Span::Words(_)))
    }

    /// Adds a part that was begun behind this one.
    pub(crate) fn append(&mut self, part: Self) {
        for span in part.spans {
            match span {
                Span::Words(words) => self.words(&words),
                other => self.spans.push(other),
            }
        }
    }
}
