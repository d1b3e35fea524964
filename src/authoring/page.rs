//! Builds indented text in both languages.

use std::sync::Arc;
use tonghop_core::diag::render::visible;
use tonghop_core::diag::{Language, Words};

/// A page of indented lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    lines: Vec<(usize, Words)>,
}

impl Page {
    /// Adds a line with an indentation depth counted from 0.
    pub fn line(&mut self, depth: usize, words: Words) {
        self.lines.push((depth, words));
    }

    /// Adds a line that is the same in both languages: names, a sentence of the report, a line of a rule.
    pub fn verbatim(&mut self, depth: usize, words: impl Into<Arc<str>>) {
        self.line(depth, Words::verbatim(words));
    }

    /// Appends the lines of another page.
    pub fn append(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// Adds an empty line, except at the top.
    pub fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.verbatim(0, "");
        }
    }

    /// Returns whether the page has no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns the text, each line with a line break; control characters from cells are escaped.
    pub fn text(&self, language: Language) -> String {
        let line = |(depth, words): &(usize, Words)| {
            let words = visible(words.in_language(language));
            if words.is_empty() { "\n".to_owned() } else { format!("{:1$}{words}\n", "", depth * 2) }
        };
        self.lines.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::say;

    #[test]
    fn lines_are_indented_in_the_language_asked_for() {
        let mut page = Page::default();
        page.gap();
        page.line(0, say!("một", "one"));
        page.gap();
        page.verbatim(2, "a\u{1b}\nb");
        assert_eq!(page.text(Language::English), "one\n\n    a\\u{1b}\\nb\n");
        assert_eq!(page.text(Language::Vietnamese).lines().next(), Some("một"));
    }
}
