//! The recipients of feedback: `[feedback]` of `tonghop.toml`.
//!
//! Input: the table of the settings. Output: the departments that get feedback under `phan-hoi/`. Not here: the content
//! of the feedback.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings for feedback to departments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FeedbackSettings {
    /// Which departments get feedback; all by default.
    pub to: FeedbackRecipients,
}

/// Which departments get feedback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackRecipients {
    /// All departments, including those whose workbooks have no problems.
    #[default]
    All,
    /// Departments that must correct or send something.
    Doubtful,
    /// No department; nothing is written under `phan-hoi/`.
    None,
}
