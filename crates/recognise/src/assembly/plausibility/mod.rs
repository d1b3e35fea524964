//! Finds reported numbers that cannot be, or that hardly can, by themselves or beside the other numbers of the project.
//!
//! Input: the dataset with each figure in the unit of its indicator, the declarations, the settings, and the notes of
//! recognition. Output: at most one warning per figure, and no note that a warning makes superfluous. Not here:
//! changing a figure, relations that rules declare.
//!
//! The checks are in the order of their certainty; a figure that one of them reports is left to it:
//!
//! - [`stated_units`]: a unit word in the form that alone moved all numbers of rows by a thousand or a million.
//! - [`own_units`]: a unit word beside a number that makes it next to nothing.
//! - [`bounds`]: what the unit, the label or the rule excludes: half a person, a negative area, a share of 120 %.
//! - [`shifted_part`]: a part that moved its total away from plan and last year.
//! - [`scale`]: a number that is off the others of its row by a factor of 10, 100, 1,000 or 1,000,000.
//! - [`sums`]: the same beside the total or the parts.
//! - [`notation`]: one number with three decimals among whole ones: 68.475 for 68,475.
//! - [`fractions`]: a percentage typed as a fraction of one: 0.9281 among 76 and 100.
//! - [`beyond`]: a number many times its plan or last year's.

mod beyond;
mod bounds;
mod fractions;
mod level;
mod notation;
mod own_units;
mod reported;
mod scale;
mod shifted_part;
mod stated_units;
mod sums;

use reported::{ReportedFigure, ReportedRow};
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics};
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::indicator::SectorDecl;

/// A warning about figures.
struct Concern<'d> {
    /// The figures; the first one is where the problem is.
    keys: Vec<&'d ObservationKey>,
    diagnostic: Diagnostic,
}

/// Adds a warning for each figure that is not plausible, and removes the notes that the warnings make superfluous.
pub fn check_plausibility(
    dataset: &Dataset,
    sectors: &[Arc<SectorDecl>],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let rows = reported::reported_rows(dataset, sectors, config);
    let units = stated_units::check_stated_units(&rows);
    remove_notes(&units, diagnostics);
    let mut found = Concerns::default();
    found.extend(units);
    found.extend(rows.iter().flat_map(own_units::check_own_units));
    found.extend(rows.iter().flat_map(|row| bounds::check_bounds(row, config)));
    found.extend(rows.iter().filter_map(|row| shifted_part::check_parts(row, &rows)));
    found.extend(rows.iter().flat_map(|row| scale::check_row(row, &config.scale)));
    found.extend(rows.iter().flat_map(|row| sums::check_sums(row, &rows, &config.scale)));
    found.extend(notation::check_notation(&rows));
    found.extend(fractions::check_fractions(&rows));
    let doubtful: Vec<Concern<'_>> =
        rows.iter().filter(|row| !found.concerns_row(row)).filter_map(beyond::check_beyond_sense).collect();
    found.extend(doubtful);
    let Concerns { list, keys } = found;
    let explained = |concern: &Concern<'_>| concern.keys.iter().all(|key| is_sum_of_doubtful(key, &rows, &keys));
    diagnostics.extend(list.into_iter().filter(|concern| !explained(concern)).map(|concern| concern.diagnostic));
}

/// The warnings so far, and the figures that they are about.
#[derive(Default)]
struct Concerns<'d> {
    list: Vec<Concern<'d>>,
    keys: BTreeSet<&'d ObservationKey>,
}

impl<'d> Concerns<'d> {
    /// Adds the warnings about figures that have none yet.
    fn extend(&mut self, found: impl IntoIterator<Item = Concern<'d>>) {
        for concern in found {
            if concern.keys.first().is_some_and(|key| !self.keys.contains(key)) {
                self.keys.extend(&concern.keys);
                self.list.push(concern);
            }
        }
    }

    fn concerns_row(&self, row: &ReportedRow<'_>) -> bool {
        row.figures.iter().any(|entry| self.keys.contains(entry.key))
    }
}

/// Returns whether a figure is only the sum of parts of which one has a warning: the problem is at the part.
fn is_sum_of_doubtful(key: &ObservationKey, rows: &[ReportedRow<'_>], doubtful: &BTreeSet<&ObservationKey>) -> bool {
    let Some((row, total)) = reported::find(rows, key) else { return false };
    let parts: Vec<ReportedFigure<'_>> = sums::known_parts(row, rows, &total.key.measure);
    let sum = sums::add_up(&parts);
    sum == Some(total.amount) && parts.iter().any(|part| doubtful.contains(part.key))
}

/// Removes the notes of conversions at cells for which a warning asks whether the conversion is right.
fn remove_notes(concerns: &[Concern<'_>], diagnostics: &mut Diagnostics) {
    let asked =
        |note: &Diagnostic| concerns.iter().any(|c| c.diagnostic.places.iter().any(|p| note.places.contains(p)));
    diagnostics.retain(|note| note.code != Code::UnitConverted || !asked(note));
}
