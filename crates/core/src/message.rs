//! What a person is told, in each language that the program speaks.
//!
//! In come the words in every language, out go those of one. Never here: which language a person wants.

use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::sync::Arc;

/// A language of messages. Vietnamese is that of the users, and of every file that a run writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The default, and the only language of files.
    #[default]
    Vietnamese,
    /// Shown only where it was asked for (`--lang en`).
    English,
}

/// Words in both languages; [`crate::say`] makes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    vietnamese: Arc<str>,
    english: Arc<str>,
}

impl Words {
    /// Makes words of their two readings.
    pub fn new(vietnamese: impl Into<Arc<str>>, english: impl Into<Arc<str>>) -> Self {
        Self { vietnamese: vietnamese.into(), english: english.into() }
    }

    /// Takes over somebody else's words, which nobody translates: of a rule, of Lua, of the system.
    pub fn verbatim(words: impl Into<Arc<str>>) -> Self {
        let words = words.into();
        Self { vietnamese: Arc::clone(&words), english: words }
    }

    /// Returns the words in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vietnamese,
            Language::English => &self.english,
        }
    }

    /// Returns the words as users and files have them.
    pub fn vietnamese(&self) -> &str {
        &self.vietnamese
    }

    /// Puts more words behind these.
    #[must_use]
    pub fn followed_by(&self, more: &Self) -> Self {
        Self::new([&*self.vietnamese, &*more.vietnamese].concat(), [&*self.english, &*more.english].concat())
    }

    /// Strings several together, in each language.
    pub fn joined(all: &[Self], separator: &str) -> Self {
        let joined = |language| all.iter().map(|one| one.in_language(language)).collect::<Vec<_>>().join(separator);
        Self::new(joined(Language::Vietnamese), joined(Language::English))
    }
}

/// Words in both languages that a declaration carries from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    vietnamese: &'static str,
    english: &'static str,
}

/// Declares words in Vietnamese and in English.
pub const fn both(vietnamese: &'static str, english: &'static str) -> Both {
    Both { vietnamese, english }
}

impl Both {
    /// Returns the words in a language.
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Vietnamese => self.vietnamese,
            Language::English => self.english,
        }
    }
}

impl From<Both> for Words {
    fn from(both: Both) -> Self {
        Self::new(both.vietnamese, both.english)
    }
}

/// What may stand inside a message: words in each language, or anything that is written alike in all of them.
pub trait Said {
    /// Returns how it is written in a language.
    fn said(&self, language: Language) -> impl Display + '_;
}

impl Said for Words {
    fn said(&self, language: Language) -> impl Display + '_ {
        self.in_language(language)
    }
}

impl<T: Display> Said for T {
    fn said(&self, _: Language) -> impl Display + '_ {
        self
    }
}

/// Says something in Vietnamese and in English: `say!("thiếu cột {column}", "column {column} is missing")`.
///
/// Both take what stands in braces from the surrounding names; expressions follow, named. [`Words`] inside other words
/// must be named so too: each language then takes its own.
#[macro_export]
macro_rules! say {
    ($vietnamese:literal, $english:literal $(, $name:ident = $value:expr)* $(,)?) => {
        match ($(&$value,)*) {
            ($($name,)*) => $crate::message::Words::new(
                $crate::say!(@in Vietnamese, $vietnamese, $($name)*),
                $crate::say!(@in English, $english, $($name)*),
            ),
        }
    };
    (@in $language:ident, $text:literal, $($name:ident)*) => {{
        $(let $name = $crate::message::Said::said($name, $crate::message::Language::$language);)*
        // One language may need a name that the other does without.
        $(let _ = &$name;)*
        format!($text)
    }};
}

/// Gives errors their Vietnamese words where one text is asked for; what tells them to people asks for `words()`.
#[macro_export]
macro_rules! told_by_words {
    ($($error:ty),+) => {$(
        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.words().vietnamese())
            }
        }
    )+};
}

/// Counts things in English: `1 cell`, `2 cells`.
pub fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_said_in_both_languages() {
        let column = "F";
        let words =
            say!("thiếu {count} ô ở cột {column}", "{count} cells of column {column} are missing", count = 1 + 1);
        assert_eq!(words.vietnamese(), "thiếu 2 ô ở cột F");
        assert_eq!(words.in_language(Language::English), "2 cells of column F are missing");
    }

    #[test]
    fn words_inside_words_keep_their_language() {
        let inner = Words::joined(&[Words::new("một", "one"), Words::verbatim("2")], ", ");
        let words = say!("gồm {inner}", "that is {inner}", inner = inner);
        assert_eq!(words, Words::new("gồm một, 2", "that is one, 2"));
        assert_eq!((counted(1, "cell"), counted(0, "cell")), ("1 cell".to_owned(), "0 cells".to_owned()));
    }
}
