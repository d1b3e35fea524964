//! Builds indented text in both languages.

use std::sync::Arc;
use tonghop_core::diag::render::escape_invisible;
use tonghop_core::diag::{Language, Message};

/// A page of indented lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextPage {
    lines: Vec<(usize, Message)>,
}

impl TextPage {
    /// Adds a line with an indentation depth counted from 0.
    pub fn push_line(&mut self, depth: usize, message: Message) {
        self.lines.push((depth, message));
    }

    /// Adds a line that is the same in both languages: names, a sentence of the report, a line of a rule.
    pub fn push_verbatim(&mut self, depth: usize, text: impl Into<Arc<str>>) {
        self.push_line(depth, Message::verbatim(text));
    }

    /// Appends the lines of another page.
    pub fn append(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// Adds an empty line, except at the top.
    pub fn push_gap(&mut self) {
        if !self.lines.is_empty() {
            self.push_verbatim(0, "");
        }
    }

    /// Returns whether the page has no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns the text, each line with a line break; control characters from cells are escaped.
    pub fn render(&self, language: Language) -> String {
        let line = |(depth, words): &(usize, Message)| {
            let words = escape_invisible(words.in_language(language));
            if words.is_empty() { "\n".to_owned() } else { format!("{:1$}{words}\n", "", depth * 2) }
        };
        self.lines.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::msg;

    #[test]
    fn lines_are_indented_in_the_language_asked_for() {
        let mut page = TextPage::default();
        page.push_gap();
        page.push_line(0, msg!("một", "one"));
        page.push_gap();
        page.push_verbatim(2, "a\u{1b}\nb");
        assert_eq!(page.render(Language::English), "one\n\n    a\\u{1b}\\nb\n");
        assert_eq!(page.render(Language::Vietnamese).lines().next(), Some("một"));
    }
}
