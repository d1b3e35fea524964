//! Marks in the report what is lost with the rules that could not be loaded or computed.
//!
//! Input: the outline and the failures of the rules. Output: sentences in place of the missing text. Not here: rules
//! that fail while they write, whose sentences the engine writes.

use std::collections::BTreeSet;
use tonghop_core::config::{Config, OutlineHeading};
use tonghop_core::model::document::{Paragraph, ParagraphStyle, Span};
use tonghop_core::model::gap::{FailedPart, RuleFailure};
use tonghop_core::model::id::{SectionPath, SectorId};
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::PassageItem;
use tonghop_core::vi::placeholder;

/// Returns the sentences in place of the texts that are missing under a heading.
pub(super) fn marks(heading: &OutlineHeading, report: &Report) -> Vec<Vec<Span>> {
    let failures = lost_parts(report);
    let is_absent = |id: &&SectorId| !report.sectors.iter().any(|sector| sector.decl.id == **id);
    let mut marks = Vec::new();
    for id in heading.sectors.iter().filter(is_absent) {
        let of_sector = failures.iter().find(|failure| failure.sector.as_ref() == Some(id));
        // A file that does not say which sector it declares may be the one.
        let failed = of_sector.or_else(|| failures.iter().find(|failure| is_unattributed(failure, report)));
        marks.push(match failed {
            Some(failure) => mark(failure),
            None => placeholder::no_rule(id.clone()),
        });
    }
    let is_listed = |failure: &RuleFailure| failure.sector.as_ref().is_some_and(|id| heading.sectors.contains(id));
    let here = failures.iter().filter(|failure| failure.sections.contains(&heading.path) && !is_listed(failure));
    marks.extend(here.map(|failure| mark(failure)));
    marks
}

/// Marks the headings that a file over all sectors may write under, if its text does not say which they are.
pub(super) fn mark_unknown_sections(contents: &mut [Vec<PassageItem>], config: &Config, report: &Report) {
    let is_unknown = |failure: &&RuleFailure| failure.sector.is_none() && failure.sections.is_empty();
    let Some(failure) = lost_parts(report).into_iter().find(|failure| is_unknown(failure)) else { return };
    let parents: BTreeSet<SectionPath> = config.outline.headings.iter().filter_map(|h| h.path.parent()).collect();
    for (heading, content) in config.outline.headings.iter().zip(contents) {
        if content.is_empty() && heading.sectors.is_empty() && !parents.contains(&heading.path) {
            content.push(PassageItem::Paragraph(Paragraph { style: ParagraphStyle::Body, spans: mark(failure) }));
        }
    }
}

/// Returns the failures whose text nothing else replaces.
fn lost_parts(report: &Report) -> Vec<&RuleFailure> {
    let is_lost = |failure: &&RuleFailure| matches!(failure.part, FailedPart::File | FailedPart::Sector);
    report.failures.iter().filter(is_lost).collect()
}

/// Returns whether a file may declare a sector that its text does not name.
fn is_unattributed(failure: &RuleFailure, report: &Report) -> bool {
    let is_other = |id: &SectorId| report.sectors.iter().any(|sector| sector.decl.id == *id);
    failure.departments.is_none()
        && failure.sections.is_empty()
        && failure.sector.as_ref().is_some_and(|id| !is_other(id))
}

fn mark(failure: &RuleFailure) -> Vec<Span> {
    let sector = failure.sector.clone().unwrap_or_else(|| SectorId::new("report"));
    placeholder::rule_failed(&failure.title, sector, failure.rule.clone())
}
