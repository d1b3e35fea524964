//! Messages for the user, in every language that the program supports.
//!
//! Input: the text in each language. Output: the text in one of them. Not here: the choice of the language.

use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::sync::Arc;

/// A language of messages. Vietnamese is the language of the users and of every file that a run writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The default, and the only language of output files.
    #[default]
    Vietnamese,
    /// Used only on request (`--lang en`).
    English,
}

/// A text in both languages; created with [`crate::msg`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    vietnamese: Arc<str>,
    english: Arc<str>,
}

impl Message {
    /// Creates a message from its two texts.
    pub fn new(vietnamese: impl Into<Arc<str>>, english: impl Into<Arc<str>>) -> Self {
        Self { vietnamese: vietnamese.into(), english: english.into() }
    }

    /// Wraps text that is not translated, such as text from a rule, from Lua or from the system.
    pub fn verbatim(text: impl Into<Arc<str>>) -> Self {
        let words = text.into();
        Self { vietnamese: Arc::clone(&words), english: words }
    }

    /// Returns the text in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vietnamese,
            Language::English => &self.english,
        }
    }

    /// Returns the Vietnamese text, which users and files get.
    pub fn vietnamese(&self) -> &str {
        &self.vietnamese
    }

    /// Appends another message, in each language.
    #[must_use]
    pub fn concat(&self, more: &Self) -> Self {
        Self::new([&*self.vietnamese, &*more.vietnamese].concat(), [&*self.english, &*more.english].concat())
    }

    /// Joins messages with a separator, in each language.
    pub fn join(messages: &[Self], separator: &str) -> Self {
        let joined =
            |language| messages.iter().map(|one| one.in_language(language)).collect::<Vec<_>>().join(separator);
        Self::new(joined(Language::Vietnamese), joined(Language::English))
    }
}

/// A bilingual text that is known at compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaticMessage {
    vietnamese: &'static str,
    english: &'static str,
}

/// Creates a static message from its Vietnamese and its English text.
pub const fn static_message(vietnamese: &'static str, english: &'static str) -> StaticMessage {
    StaticMessage { vietnamese, english }
}

impl StaticMessage {
    /// Returns the text in a language.
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Vietnamese => self.vietnamese,
            Language::English => self.english,
        }
    }
}

impl From<StaticMessage> for Message {
    fn from(message: StaticMessage) -> Self {
        Self::new(message.vietnamese, message.english)
    }
}

/// A value that can be inserted into a message: a message, or anything that is displayed the same in every language.
pub trait Localize {
    /// Returns the value's display form in a language.
    fn localized(&self, language: Language) -> impl Display + '_;
}

impl Localize for Message {
    fn localized(&self, language: Language) -> impl Display + '_ {
        self.in_language(language)
    }
}

impl<T: Display> Localize for T {
    fn localized(&self, _: Language) -> impl Display + '_ {
        self
    }
}

/// Creates a message in Vietnamese and English: `msg!("thiếu cột {column}", "column {column} is missing")`.
///
/// Both texts capture names in braces from the scope; expressions follow as named arguments. A [`Message`] inside
/// another message must be such a named argument, so that each language gets its own text.
#[macro_export]
macro_rules! msg {
    ($vietnamese:literal, $english:literal $(, $name:ident = $value:expr)* $(,)?) => {
        match ($(&$value,)*) {
            ($($name,)*) => $crate::message::Message::new(
                $crate::msg!(@in Vietnamese, $vietnamese, $($name)*),
                $crate::msg!(@in English, $english, $($name)*),
            ),
        }
    };
    (@in $language:ident, $text:literal, $($name:ident)*) => {{
        $(let $name = $crate::message::Localize::localized($name, $crate::message::Language::$language);)*
        // One language may use a name that the other does not.
        $(let _ = &$name;)*
        format!($text)
    }};
}

/// Implements `Display` for errors with their Vietnamese text; code that supports several languages uses `message()`.
#[macro_export]
macro_rules! display_as_message {
    ($($error:ty),+) => {$(
        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.message().vietnamese())
            }
        }
    )+};
}

/// The maximum number of labels that a message lists.
const MAX_LISTED_LABELS: usize = 10;

/// Lists the labels of indicators in quotation marks; of more than ten, the first ones and how many others there are.
pub fn quoted_labels(labels: &[&str]) -> Message {
    let quoted = |label: &&str| Message::verbatim(format!("\"{label}\""));
    let mut names: Vec<Message> = labels.iter().take(MAX_LISTED_LABELS).map(quoted).collect();
    if let Some(more) = labels.len().checked_sub(MAX_LISTED_LABELS).filter(|more| *more > 0) {
        let counted = pluralise(more, "other indicator");
        names.push(msg!("và {more} chỉ tiêu khác", "and {counted}"));
    }
    Message::join(&names, ", ")
}

/// Formats an English count: `1 cell`, `2 cells`.
pub fn pluralise(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_both_languages() {
        let column = "F";
        let message =
            msg!("thiếu {count} ô ở cột {column}", "{count} cells of column {column} are missing", count = 1 + 1);
        assert_eq!(message.vietnamese(), "thiếu 2 ô ở cột F");
        assert_eq!(message.in_language(Language::English), "2 cells of column F are missing");
    }

    #[test]
    fn nested_messages_keep_language() {
        let inner = Message::join(&[Message::new("một", "one"), Message::verbatim("2")], ", ");
        let message = msg!("gồm {inner}", "that is {inner}", inner = inner);
        assert_eq!(message, Message::new("gồm một, 2", "that is one, 2"));
        assert_eq!((pluralise(1, "cell"), pluralise(0, "cell")), ("1 cell".to_owned(), "0 cells".to_owned()));
    }
}
