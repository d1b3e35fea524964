//! Runs `check` once on the case of every code, in each format and both languages.
//!
//! Input: the cases of `tests/diagnostics/`. Output: what the program printed. Not here: expectations.

use crate::case::{Case, Expected};
use crate::project::{Outcome, speak};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::OnceLock;
use tonghop_core::diag::Language;
use tonghop_core::diag::catalogue::{CODES, Code};

/// The combinations of language and format.
const WAYS: [(Language, &str); 5] = [
    (Language::Vietnamese, "json"),
    (Language::Vietnamese, "human"),
    (Language::English, "json"),
    (Language::English, "human"),
    (Language::English, "short"),
];

/// A case with the outcome of each combination.
pub struct Checked {
    pub code: Code,
    pub expected: Expected,
    said: [Outcome; WAYS.len()],
}

/// Returns the case of every code, checked in every combination.
pub fn cases() -> &'static [Checked] {
    static CASES: OnceLock<Vec<Checked>> = OnceLock::new();
    CASES.get_or_init(|| CODES.iter().map(|code| Checked::new(*code)).collect())
}

impl Checked {
    fn new(code: Code) -> Self {
        let case = Case::of(code.as_str());
        let expected = case.expected(code.as_str());
        let folder = case.project();
        Self { code, expected, said: WAYS.map(|(language, format)| check(folder.path(), language, format)) }
    }

    /// Returns the outcome in a language and a format.
    pub fn said(&self, language: Language, format: &str) -> &Outcome {
        let way = WAYS.iter().position(|way| *way == (language, format));
        &self.said[way.unwrap_or_else(|| panic!("{language:?}, {format}: not one of the ways"))]
    }
}

/// Checks a project; Vietnamese is the default language, without an option.
pub fn check(project: &Path, language: Language, format: &str) -> Outcome {
    let words = ["--message-format", format, "--lang", "en"].map(OsStr::new);
    let asked = if language == Language::English { &words[..] } else { &words[..2] };
    speak(&[&[OsStr::new("check"), project.as_os_str()], asked].concat())
}
