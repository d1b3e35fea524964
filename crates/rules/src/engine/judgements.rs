//! Collects what the rules judged against plans, and what they could not judge.
//!
//! Input: the lines that the rule files recorded. Output: the judgement of each sector. Not here: the reasons
//! (`eval/judgement.rs`).

use super::Engine;
use crate::declare::plugin::Rules;
use crate::eval::data::SectorData;
use tonghop_core::model::id::{IndicatorId, TargetId};
use tonghop_core::model::judgement::{
    CellLocation, JudgingLine, SectorJudgement, Unjudged, UnjudgedReason, UnjudgedRows,
};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::records::Selection;

impl Engine<'_> {
    /// Adds the judgements of all rule files to their sectors.
    pub(super) fn add_judgements(&mut self, rules: &Rules) {
        let all: Vec<JudgingLine> = rules.files().flat_map(|loaded| loaded.context.take_judging_lines()).collect();
        for sector in &mut self.outcome.sectors {
            let Some(data) = self.finished.get(&sector.decl.id) else { continue };
            let lines: Vec<JudgingLine> = all.iter().filter(|line| line.sector == data.decl.id).cloned().collect();
            let (unjudged, tables) = (unjudged_indicators(data, &lines), unjudged_rows(data, &lines));
            sector.judgement = SectorJudgement { lines, unjudged, tables };
        }
    }
}

/// Returns the indicators that some line judges and none can.
fn unjudged_indicators(data: &SectorData, lines: &[JudgingLine]) -> Vec<Unjudged> {
    let judges = |indicator: &IndicatorId| {
        lines.iter().any(|line| line.table.is_none() && line.except.iter().all(|except| except != indicator.as_str()))
    };
    data.unjudged.iter().filter(|unjudged| judges(&unjudged.indicator)).cloned().collect()
}

/// Returns the rows of open tables that some line judges and none can, counted by reason.
fn unjudged_rows(data: &SectorData, lines: &[JudgingLine]) -> Vec<UnjudgedRows> {
    let mut found: Vec<UnjudgedRows> = Vec::new();
    for (name, table) in &data.records {
        let judged = lines.iter().filter_map(|line| line.table.as_ref()).filter(|(table, _)| table == name);
        let targets: Vec<&TargetId> = judged.map(|(_, target)| target).collect();
        let all = Selection::all(std::sync::Arc::clone(table));
        for row in all.rows() {
            let Some(reason) = reason(&all, row, &targets) else { continue };
            match found.iter_mut().find(|known| known.table == *name && known.reason == reason) {
                Some(known) => known.count += 1,
                None => {
                    let label = table.label_cell(row);
                    let first = CellLocation::of_source(&label.source);
                    let (table, label, all) = (name.clone(), label.text.to_string(), all.len());
                    found.push(UnjudgedRows { table, reason, count: 1, all, first, label });
                }
            }
        }
    }
    found
}

/// Returns why a row cannot be compared with any of these plans.
fn reason(rows: &Selection, row: usize, targets: &[&TargetId]) -> Option<UnjudgedReason> {
    let reason = |target: &&TargetId| rows.unjudged_reason(row, &Measure::Actual, &Measure::Target((*target).clone()));
    let reasons: Option<Vec<UnjudgedReason>> = targets.iter().map(reason).collect();
    reasons?.into_iter().next()
}
