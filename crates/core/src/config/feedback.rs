//! Who is answered: `[feedback]` of `tonghop.toml`.
//!
//! In comes the table of the settings, out goes which departments get an answer under `phan-hoi/`. Never here: answers.

use serde::Deserialize;

/// Which departments get an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Feedback {
    /// Whose answers are written; all unless given.
    pub to: Answered,
}

/// Which departments get an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answered {
    /// All, those whose workbooks are all right as well.
    #[default]
    All,
    /// Those that have something to mend or to send.
    Doubtful,
    /// No department; nothing is written under `phan-hoi/`.
    None,
}
