//! The catalogue of problems: for each kind a stable code, its properties and an explanation for the user.
//!
//! Output: [`Code`], with the properties of its entry in [`entries`]. Not here: the message of one problem.

mod entries;

pub use entries::{CODES, Code};

use super::Language;
use serde::{Deserialize, Serialize};

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information: an unambiguous conversion.
    Note,
    /// Needs review: contradictory or missing data.
    Warning,
    /// Something was lost: an input, a rule, a department, the source of a number.
    Error,
}

/// The explanation of a kind of problem, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The problem in a few words, without a full stop.
    pub title: &'static str,
    /// Why it is a problem and what happened to the data.
    pub details: &'static str,
    /// A place and its message; exactly the one raised by `tests/diagnostics/`.
    pub example: &'static str,
    /// What to do, in the imperative.
    pub remedy: &'static str,
}

/// Who has to act on a problem, and is therefore shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The department that sent the workbook; the office sees it too.
    Department,
    /// The office: its own files, and what only it can decide.
    Office,
    /// The administrator: rules and settings, whatever the workbooks contain.
    Administrator,
}

/// Everything that is known about a kind of problem.
struct Entry {
    code: &'static str,
    severity: Severity,
    audience: Audience,
    /// A half-saved file or a mistake in a file causes it, so that results are lost until it is fixed.
    is_loss: bool,
    /// The same run may not have it again: the machine was busy or short of memory.
    is_transient: bool,
    /// A department can answer it with an explanation of the number, after which it is no longer asked.
    is_explainable: bool,
    /// A broken rule file can cause it, because the rule declares what was not found.
    depends_on_rules: bool,
    vietnamese: Explanation,
    english: Explanation,
    /// What a department should do, in Vietnamese, if the hint of the problem is for the office.
    advice: Option<&'static str>,
}

impl Entry {
    const EMPTY: Self = Self {
        code: "",
        severity: Severity::Note,
        audience: Audience::Department,
        is_loss: false,
        is_transient: false,
        is_explainable: false,
        depends_on_rules: false,
        vietnamese: Explanation::EMPTY,
        english: Explanation::EMPTY,
        advice: None,
    };
}

impl Explanation {
    const EMPTY: Self = Self { title: "", details: "", example: "", remedy: "" };
}

impl Code {
    /// Returns the stable name, as printed and as accepted by `explain`.
    pub fn as_str(self) -> &'static str {
        self.entry().code
    }

    /// Returns the kind of problem with a stable name.
    pub fn parse(name: &str) -> Option<Self> {
        CODES.iter().copied().find(|code| code.as_str() == name)
    }

    /// Returns the severity of this kind of problem.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// Returns who has to act on this kind of problem.
    pub fn audience(self) -> Audience {
        self.entry().audience
    }

    /// Returns whether results are lost until the file is fixed.
    pub fn is_loss(self) -> bool {
        self.entry().is_loss
    }

    /// Returns whether a repeated run may not have the problem.
    pub fn is_transient(self) -> bool {
        self.entry().is_transient
    }

    /// Returns whether an explanation of the number by the department answers this kind of problem.
    pub fn is_explainable(self) -> bool {
        self.entry().is_explainable
    }

    /// Returns whether a broken rule file can cause this kind of problem.
    pub fn depends_on_rules(self) -> bool {
        self.entry().depends_on_rules
    }

    /// Returns what a department should do, if the hints of this kind of problem are for the office.
    pub fn advice(self) -> Option<&'static str> {
        self.entry().advice
    }

    /// Returns the explanation of this kind of problem.
    pub fn explanation(self, language: Language) -> &'static Explanation {
        match language {
            Language::Vietnamese => &self.entry().vietnamese,
            Language::English => &self.entry().english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique() {
        let names: BTreeSet<_> = CODES.iter().map(|c| c.as_str()).collect();
        assert_eq!(names.len(), CODES.len());
    }

    #[test]
    fn properties_agree() {
        for code in CODES {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            // Departments are not shown the others.
            assert!(code.advice().is_none() || code.audience() == Audience::Department, "{}", code.as_str());
            // Errors are never explained away, and what departments are not shown they cannot explain.
            let is_asked = code.severity() == Severity::Warning && code.audience() == Audience::Department;
            assert!(!code.is_explainable() || is_asked, "{}", code.as_str());
            // What passes on its own is lost until then.
            assert!(!code.is_transient() || code.is_loss(), "{}", code.as_str());
        }
    }

    #[test]
    fn explanations_are_complete() {
        let languages = [Language::Vietnamese, Language::English];
        let titles: BTreeSet<_> =
            languages.iter().flat_map(|l| CODES.iter().map(|c| c.explanation(*l).title)).collect();
        assert_eq!(titles.len(), languages.len() * CODES.len());
        for (code, language) in CODES.iter().flat_map(|code| languages.map(|language| (code, language))) {
            let Explanation { title, details, example, remedy } = code.explanation(language);
            assert!(!title.is_empty() && !title.ends_with('.'), "{}", code.as_str());
            assert!(details.ends_with('.') && remedy.ends_with('.'), "{}", code.as_str());
            assert!(example.contains(": "), "{}", code.as_str());
        }
    }
}
