//! The severities that a project gives to kinds of problems: `[severity]` of `tonghop.toml`.
//!
//! Input: the table, and the problems of a run. Output: the problems with the severities of the project. Not here: what
//! follows from a severity, such as the exit code.
//!
//! A project may raise what it does not want to overlook, and lower what is normal for it. An error of the catalogue stays
//! one: something was lost, and a run that lost something never ends as if it were whole.

use super::{Config, ConfigError};
use crate::diag::Diagnostic;
use crate::diag::catalogue::{CODES, Code, Severity};
use crate::suggest::did_you_mean;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The severities of the project, by the name of the code.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SeveritySettings {
    by_name: BTreeMap<String, Severity>,
}

impl SeveritySettings {
    /// Checks that every code exists, and that no error becomes less.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        for (name, severity) in &self.by_name {
            match Code::parse(name) {
                None => {
                    let known: Vec<String> = CODES.iter().map(|code| code.as_str().to_owned()).collect();
                    return Err(ConfigError::UnknownCode(name.clone(), did_you_mean(name, &known)));
                }
                Some(code) if code.severity() == Severity::Error && *severity != Severity::Error => {
                    return Err(ConfigError::LoweredError(code));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn of(&self, code: Code) -> Option<Severity> {
        self.by_name.get(code.as_str()).copied()
    }
}

impl Config {
    /// Gives problems the severities of the project.
    pub fn apply_severities(&self, problems: &mut [Diagnostic]) {
        for problem in problems {
            problem.given_severity = self.severity.of(problem.code);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::small;
    use super::*;
    use crate::diag::{Message, Place};

    fn with(table: &str) -> Result<Config, ConfigError> {
        Config::parse(&format!("{}headings = []\n[severity]\n{table}\n", small()))
    }

    #[test]
    fn the_severities_of_the_project_hold() {
        let config = with("unit-mismatch = \"error\"\nrow-new = \"warning\"\nsubmission-late = \"note\"").unwrap();
        for (code, severity) in [
            (Code::UnitMismatch, Severity::Error),
            (Code::RowNew, Severity::Warning),
            (Code::SubmissionLate, Severity::Note),
            (Code::PluginBroken, Severity::Error),
        ] {
            let mut problems = [Diagnostic::new(code, Place::Project, Message::verbatim(""))];
            config.apply_severities(&mut problems);
            assert_eq!(problems[0].severity(), severity, "{}", code.as_str());
        }
    }

    #[test]
    fn an_unknown_code_and_a_lower_error_are_refused_at_their_line() {
        let line = small().lines().count() + 3;
        for (table, words) in [
            ("unit-mismach = \"error\"", "\"unit-mismatch\""),
            ("plugin-broken = \"warning\"", "plugin-broken"),
            ("unit-mismatch = \"fatal\"", "không có giá trị \"fatal\""),
        ] {
            let message = with(table).unwrap_err().to_string();
            assert!(message.starts_with(&format!("dòng {line}, cột ")) && message.contains(words), "{message}");
        }
    }
}
