//! Runs `check` once on the case of every code, in each format and both languages.
//!
//! Input: the cases of `tests/diagnostics/`. Output: what the program printed. Not here: expectations.

use crate::case::{Case, Expected};
use crate::project::{Outcome, run_cli};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::OnceLock;
use tonghop_core::diag::Language;
use tonghop_core::diag::catalogue::{CODES, Code};

/// The combinations of language and format.
const COMBINATIONS: [(Language, &str); 5] = [
    (Language::Vietnamese, "json"),
    (Language::Vietnamese, "human"),
    (Language::English, "json"),
    (Language::English, "human"),
    (Language::English, "short"),
];

/// A case with the outcome of each combination.
pub struct CheckedCase {
    pub code: Code,
    pub expected: Expected,
    outcomes: [Outcome; COMBINATIONS.len()],
}

/// Returns the case of every code, checked in every combination.
pub fn cases() -> &'static [CheckedCase] {
    static CASES: OnceLock<Vec<CheckedCase>> = OnceLock::new();
    CASES.get_or_init(|| CODES.iter().map(|code| CheckedCase::new(*code)).collect())
}

impl CheckedCase {
    fn new(code: Code) -> Self {
        let case = Case::for_code(code.as_str());
        let expected = case.expected(code.as_str());
        let folder = case.project();
        Self { code, expected, outcomes: COMBINATIONS.map(|(language, format)| check(folder.path(), language, format)) }
    }

    /// Returns the outcome in a language and a format.
    pub fn outcome(&self, language: Language, format: &str) -> &Outcome {
        let way = COMBINATIONS.iter().position(|way| *way == (language, format));
        &self.outcomes[way.unwrap_or_else(|| panic!("{language:?}, {format}: not one of the ways"))]
    }
}

/// Checks a project; Vietnamese is the default language, without an option.
pub fn check(project: &Path, language: Language, format: &str) -> Outcome {
    let words = ["--message-format", format, "--lang", "en"].map(OsStr::new);
    let options = if language == Language::English { &words[..] } else { &words[..2] };
    run_cli(&[&[OsStr::new("check"), project.as_os_str()], options].concat())
}
