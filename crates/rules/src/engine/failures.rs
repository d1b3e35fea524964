//! What the report loses when a rule fails while it runs, and the marks that show it.
//!
//! Input: the part that failed. Output: [`RuleFailure`]s and passages. Not here: the messages about the errors.

use super::{Engine, body_paragraph, fault_diagnostic};
use crate::declare::plugin::{LoadedFile, SectorPlugin};
use crate::eval::derive::FigureFaults;
use std::collections::BTreeMap;
use tonghop_core::model::document::{Paragraph, ParagraphStyle};
use tonghop_core::model::figure::Origin;
use tonghop_core::model::gap::{FailedPart, RuleFailure};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::{Passage, PassageItem};
use tonghop_core::vi::placeholder;

impl Engine<'_> {
    /// Records a part that failed with the last message; `plugin` is `None` for rules over all sectors.
    pub(super) fn add_failure(&mut self, part: FailedPart, plugin: Option<&SectorPlugin>, loaded: &LoadedFile) {
        let rule = self.failed_line(loaded);
        let decl = plugin.map(|plugin| &plugin.decl);
        let text = plugin.map(|plugin| plugin.functions.text.as_slice()).unwrap_or_default();
        let has_shortfalls = plugin.is_some_and(|plugin| plugin.functions.shortfalls.is_some());
        self.outcome.failures.push(RuleFailure {
            has_shortfalls: has_shortfalls && matches!(part, FailedPart::Sector | FailedPart::Shortfalls),
            part,
            sector: decl.map(|decl| decl.id.clone()),
            title: decl.map(|decl| decl.title.clone()).unwrap_or_default(),
            sections: text.iter().map(|(section, _)| section.clone()).collect(),
            departments: Some(Vec::new()),
            rule,
        });
    }

    /// Returns the actual figures of a sector that failures take away: of its own declarations, or of the sectors that
    /// it takes figures from.
    pub(super) fn lost_figures(&self, plugin: &SectorPlugin) -> BTreeMap<IndicatorId, Origin> {
        let failures = &self.outcome.failures;
        let of_sector = |id: &SectorId| {
            failures.iter().find(|failure| failure.sector.as_ref() == Some(id) && failure.loses_sector())
        };
        let decl = &plugin.decl;
        let lost = decl.indicators.iter().filter_map(|indicator| {
            let own = || failures.iter().find(|failure| failure.loses_figure(&decl.id, &indicator.id));
            let taken = indicator.source_indicator.as_ref();
            let failure = taken.and_then(|(sector, _)| of_sector(sector)).or_else(own)?;
            let rule = (failure.part != FailedPart::Absent).then(|| failure.rule.clone());
            Some((indicator.id.clone(), Origin::Lost(rule)))
        });
        lost.collect()
    }

    /// Reports the figures that cannot be computed; the first `lost` are missing from the report, the others are only
    /// not compared.
    pub(super) fn report_faults(&mut self, plugin: &SectorPlugin, faults: FigureFaults, lost: usize) {
        for (at, fault) in faults.into_iter().enumerate() {
            let indicator = fault.indicator.clone();
            self.diagnostics.push(fault_diagnostic(fault));
            if at < lost {
                self.add_failure(FailedPart::Figure(indicator), Some(plugin), &plugin.loaded);
            }
        }
    }

    /// Returns the line of the last message, if it is in this file.
    pub(super) fn failed_line(&self, loaded: &LoadedFile) -> RuleLine {
        let line = self.diagnostics.last().and_then(|problem| problem.first_rule_line());
        line.cloned().unwrap_or_else(|| RuleLine { file: loaded.file.clone(), line: 1 })
    }

    /// Returns the passage of a sector without figures and words: it has no data, or the rule that computes them failed.
    pub(super) fn placeholder_passage(&self, plugin: &SectorPlugin) -> Passage {
        let decl = &plugin.decl;
        let is_its = |failure: &&RuleFailure| {
            failure.sector.as_ref() == Some(&decl.id) && failure.part != FailedPart::Shortfalls
        };
        let failed = self.outcome.failures.iter().find(is_its);
        let spans = match failed {
            Some(failure) => placeholder::rule_failed(&decl.title, decl.id.clone(), failure.rule.clone()),
            None => {
                let rule = RuleLine { file: decl.file.clone(), line: 1 };
                placeholder::no_data(&decl.title, decl.id.clone(), rule)
            }
        };
        Passage { section: decl.section.clone(), items: vec![body_paragraph(spans)] }
    }

    /// Returns a mark for each sector whose shortfalls are missing from a list of all.
    pub(super) fn lost_shortfalls(&self) -> Vec<PassageItem> {
        let lost = self.outcome.failures.iter().filter(|failure| failure.has_shortfalls);
        lost.map(|failure| {
            let sector = failure.sector.clone().unwrap_or_else(|| SectorId::new("report"));
            let spans = placeholder::rule_failed(&failure.title, sector, failure.rule.clone());
            PassageItem::Paragraph(Paragraph { style: ParagraphStyle::Item, spans })
        })
        .collect()
    }
}
