//! What a project says of contradictions: `[duplicates]` and `[scale]` of `tonghop.toml`.
//!
//! In come the tables of the settings; out go the rule for two files that say the same, and the thresholds from which a
//! figure is suspected. Never here: workbooks, figures.

use serde::Deserialize;

/// What happens where two files of a department report the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Duplicates {
    /// Which of the two files is used.
    pub keep: Keep,
}

/// Which of two files stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// The one saved last, by the file's own properties; one that does not tell comes after one that does, and among
    /// equals the first by name stands.
    #[default]
    Newest,
    /// The first by name.
    First,
    /// Neither, until somebody takes one of them away.
    Refuse,
}

/// From when a figure is suspected of a wrong scale.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScaleCheck {
    /// How many times a figure may be off a thousand or a million times its comparables, where two agree.
    pub tolerance: f64,
    /// The same where there is only one comparable.
    pub tolerance_alone: f64,
    /// The same where a total and its parts tell the figure exactly.
    pub tolerance_sum: f64,
}

impl Default for ScaleCheck {
    fn default() -> Self {
        Self { tolerance: 3.0, tolerance_alone: 2.0, tolerance_sum: 1.05 }
    }
}

impl ScaleCheck {
    /// Tells whether the thresholds part one scale from the next: from 1 to 30, as a thousand is about 30 times 30.
    pub(crate) fn is_usable(&self) -> bool {
        let Self { tolerance, tolerance_alone, tolerance_sum } = *self;
        [tolerance, tolerance_alone, tolerance_sum].iter().all(|factor| (1.0..=30.0).contains(factor))
    }
}
