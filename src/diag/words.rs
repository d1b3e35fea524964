//! What a person is told, in each language that the program speaks.
//!
//! In come the words in every language, out go those of one. Never here: which language a person wants.

use std::sync::Arc;

/// A language of messages. Vietnamese is that of the users, and of every file that a run writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Vietnamese,
    English,
}

/// Words in both languages; [`crate::say`] makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    vietnamese: Arc<str>,
    english: Arc<str>,
}

impl Words {
    /// Makes words of their two readings.
    pub fn new(vietnamese: impl Into<Arc<str>>, english: impl Into<Arc<str>>) -> Self {
        Self { vietnamese: vietnamese.into(), english: english.into() }
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
}

/// Somebody else's words, which are the same in every language.
impl From<String> for Words {
    fn from(words: String) -> Self {
        words.as_str().into()
    }
}

impl From<&str> for Words {
    fn from(words: &str) -> Self {
        Self::new(words, words)
    }
}

/// Says something in Vietnamese and in English: `say!("thiếu cột {column}", "column {column} is missing")`.
///
/// Both take what stands in braces from the surrounding names; expressions follow, named.
#[macro_export]
macro_rules! say {
    ($vietnamese:literal, $english:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = &$value;)*
        $crate::diag::Words::new(format!($vietnamese), format!($english))
    }};
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
}
