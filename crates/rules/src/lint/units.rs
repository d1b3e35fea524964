//! Reports units of measure that are a usual unit with other marks: "tân" for "tấn".
//!
//! Input: the declarations. Output: diagnostics at the lines of the indicators. Not here: units of workbooks.

use crate::declare::plugin::Rules;
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;
use tonghop_core::vi::unit;

/// Reports each misspelt unit of a sector once, unless the run did.
pub(super) fn misspelt_units(rules: &Rules, reported: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for plugin in &rules.sectors {
        let mut seen = BTreeSet::new();
        for indicator in plugin.decl.indicators.iter().filter(|indicator| indicator.source_indicator.is_none()) {
            let Some(usual) = unit::usual_spelling(&indicator.unit) else { continue };
            if !seen.insert(usual) {
                continue;
            }
            let place = Place::Rule(RuleLine { file: plugin.loaded.file.clone(), line: indicator.line });
            let is_known =
                |problem: &&Diagnostic| problem.code == Code::UnitMismatch && problem.places.contains(&place);
            if reported.iter().any(|problem| is_known(&problem)) {
                continue;
            }
            let message = msg!("không có đơn vị tính \"{unit}\"", "there is no unit \"{unit}\"", unit = indicator.unit);
            let hint = msg!("có phải là \"{usual}\"?", "did you mean \"{usual}\"?");
            found.push(Diagnostic::new(Code::UnitMismatch, place, message).with_hint(hint));
        }
    }
    found
}
