//! Settings for contradictory data: `[duplicates]` and `[scale]` of `tonghop.toml`.
//!
//! Input: the tables of the settings. Output: the policy for two files that report the same form, and the thresholds
//! for suspecting a figure's scale. Not here: workbooks, figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What to do when two files of a department, or two departments, report the same figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateSettings {
    /// Which of two files of a department to use.
    pub keep: DuplicatePolicy,
    /// Which of two departments to use.
    pub departments: DepartmentPolicy,
}

/// Which of two files of a department to use if they disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DuplicatePolicy {
    /// The file saved last, according to its own properties. A file without a save time ranks below one that has it; a
    /// tie goes to the first by name.
    Newest,
    /// The first by name.
    First,
    /// Neither, until one of the files is removed.
    #[default]
    Refuse,
}

/// Which of two departments to use if they give a figure different numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DepartmentPolicy {
    /// The first in the list of the sector.
    First,
    /// Neither, until they agree.
    #[default]
    Refuse,
}

/// Thresholds for suspecting a wrong scale.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScaleCheck {
    /// A figure is suspected if it is within this factor of a thousand or a million times its comparables, if two of
    /// them agree.
    pub tolerance: f64,
    /// The same if there is only one comparable.
    pub tolerance_alone: f64,
    /// The same if a total and its parts determine the figure exactly.
    pub tolerance_sum: f64,
}

impl Default for ScaleCheck {
    fn default() -> Self {
        Self { tolerance: 3.0, tolerance_alone: 2.0, tolerance_sum: 1.05 }
    }
}
