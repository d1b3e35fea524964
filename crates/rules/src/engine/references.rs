//! Checks the references of declarations to indicators of their own and of other sectors.
//!
//! Input: the loaded rules. Output: diagnostics for references to undeclared indicators. Not here: figures, the order
//! of sectors.

use crate::declare::plugin::Rules;
use crate::suggest::did_you_mean;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, RelationKind, SectorDecl};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;

/// Reports each reference in `from`, `equals` and `at_most` to an indicator that no loaded sector declares.
pub(crate) fn unknown_references(rules: &Rules, config: &Config) -> Diagnostics {
    let mut diagnostics = Vec::new();
    for decl in rules.sectors.iter().map(|plugin| &plugin.decl) {
        for indicator in &decl.indicators {
            let problems =
                references(indicator).filter_map(|(key, sector, id)| check_reference(rules, config, key, sector, id));
            let place = || Place::Rule(RuleLine { file: decl.file.clone(), line: indicator.line });
            diagnostics.extend(
                problems.map(|(message, hint)| Diagnostic::new(Code::RuleFailed, place(), message).with_hint(hint)),
            );
        }
    }
    diagnostics
}

/// Returns the key, the sector and the indicator of each reference in a declaration.
fn references(indicator: &IndicatorDecl) -> impl Iterator<Item = (&'static str, &SectorId, &IndicatorId)> {
    let from = indicator.source_indicator.iter().map(|(sector, id)| ("from", sector, id));
    from.chain(indicator.relations.iter().map(|relation| {
        let key = match relation.kind {
            RelationKind::Equal => "equals",
            RelationKind::AtMost => "at_most",
        };
        (key, &relation.sector, &relation.indicator)
    }))
}

fn check_reference(
    rules: &Rules,
    config: &Config,
    key: &str,
    sector: &SectorId,
    id: &IndicatorId,
) -> Option<(Message, Message)> {
    let declared: Vec<&SectorDecl> = rules.sectors.iter().map(|plugin| &*plugin.decl).collect();
    let reference = format!("{key} = \"{sector}.{id}\"");
    let is_broken =
        rules.failures.iter().any(|failure| failure.loses_sector() && failure.sector.as_ref() == Some(sector));
    let is_expected = is_broken || config.outline.headings.iter().any(|heading| heading.sectors.contains(sector));
    match declared.iter().find(|decl| decl.id == *sector) {
        Some(decl) if decl.indicator(id.as_str()).is_some() => None,
        Some(decl) => {
            let known: Vec<String> = decl.indicators.iter().map(|i| i.id.to_string()).collect();
            let message = msg!(
                "{reference}: ngành {sector} không có chỉ tiêu \"{id}\"",
                "{reference}: the sector {sector} has no indicator \"{id}\""
            );
            Some((message, did_you_mean(id.as_str(), &known)))
        }
        // That sector's failure is reported at its own file.
        None if is_expected => None,
        None => {
            let known: Vec<String> = declared.iter().map(|decl| decl.id.to_string()).collect();
            let message =
                msg!("{reference}: không có ngành \"{sector}\"", "{reference}: there is no sector \"{sector}\"");
            Some((message, did_you_mean(sector.as_str(), &known)))
        }
    }
}
