//! Why a figure or words are missing, and at which cells.
//!
//! Input: the name of a figure, what the run knows about its cells. Output: [`GapReason`]s. Not here: the places of the
//! report.

use super::{GapEvidence, GapReason, rule_reason};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Diagnostic, Place};
use tonghop_core::model::dataset::{CellGap, ContestedFigure, ObservationKey};
use tonghop_core::model::figure::{Correction, FigureRef};
use tonghop_core::model::gap::{FailedPart, Gap, GapKind, RuleFailure};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::Source;
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};
use tonghop_core::vi::format;

/// The reason if nothing more is known.
const NOT_IN_WORKBOOKS: &str = "không có trong các biểu đã nhận";
/// The reason if cells disagree.
const CONTESTED: &str = "các ô ghi khác nhau, chưa chọn số nào";
/// The most missing figures that one place names.
const MAX_REASONS: usize = 6;

/// Finds reasons.
pub(super) struct Reasons<'a> {
    report: &'a Report,
    config: &'a Config,
    evidence: GapEvidence<'a>,
    rows: BTreeMap<(&'a SectorId, &'a IndicatorId), (&'a SectorReport, &'a IndicatorDecl, &'a IndicatorRow)>,
    /// The first problem at each cell.
    problems: BTreeMap<&'a Place, &'a Diagnostic>,
    /// The departments that sent no workbook.
    absent: BTreeMap<&'a str, &'a str>,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(report: &'a Report, config: &'a Config, evidence: GapEvidence<'a>) -> Self {
        let rows = report.sectors.iter().flat_map(|sector| {
            sector.declared_rows().map(move |(decl, row)| ((&sector.decl.id, &decl.id), (sector, decl, row)))
        });
        let mut problems = BTreeMap::new();
        for problem in evidence.diagnostics {
            if let Some(place @ Place::Cell(..)) = problem.places.first() {
                problems.entry(place).or_insert(problem);
            }
        }
        let absent = report.submissions.iter().filter(|submission| submission.files.is_empty());
        let absent = absent.map(|submission| (submission.department.as_str(), submission.name.as_str())).collect();
        Self { report, config, evidence, rows: rows.collect(), problems, absent }
    }

    /// Returns why a figure has no data, operand by operand.
    pub(super) fn of_figure(&self, figure: &FigureRef) -> Vec<GapReason> {
        let mut reasons: Vec<GapReason> = Vec::new();
        // A failed rule is one reason, however many figures it takes away.
        let is_known = |reasons: &[GapReason], reason: &GapReason| match figure.lost_origin() {
            Some(_) => reasons.iter().any(|known| known.reason == reason.reason),
            None => reasons.contains(reason),
        };
        for name in figure.missing_operands() {
            for name in self.missing_parts(&name) {
                let reason = self.of_name(&name);
                if !is_known(&reasons, &reason) {
                    reasons.push(reason);
                }
            }
        }
        reasons.truncate(MAX_REASONS);
        if reasons.is_empty() {
            let reason = "không tính được từ các số đã có (số chia bằng không)".to_owned();
            reasons.push(GapReason { subject: self.subject(&figure.name), reason, cells: Vec::new() });
        }
        reasons
    }

    /// Returns whether cells disagree about a figure that this one depends on.
    pub(super) fn is_contested(&self, figure: &FigureRef) -> bool {
        let names = figure.missing_operands();
        names.iter().flat_map(|name| self.missing_parts(name)).any(|name| self.contested(&name).is_some())
    }

    /// Returns who corrected the figures that this one depends on, and why.
    pub(super) fn of_corrections(&self, figure: &FigureRef) -> Vec<GapReason> {
        let corrections = figure.corrections();
        let reason = |correction: &Arc<Correction>| {
            let before = correction.replaced.as_ref().map(|replaced| {
                format!(
                    ", số của đơn vị là {}",
                    format::amount(replaced.amount, &replaced.unit, replaced.print.decimals)
                )
            });
            let replaced = correction.replaced.iter().flat_map(|replaced| replaced.sources());
            let cells = [correction.who.source.clone()].into_iter().chain(replaced).map(|source| cell_text(&source));
            GapReason {
                subject: self.subject(&figure.name),
                reason: format!(
                    "{} điều chỉnh{}; lý do: {}",
                    correction.who.text,
                    before.unwrap_or_default(),
                    correction.why.text
                ),
                cells: cells.collect(),
            }
        };
        corrections.iter().take(MAX_REASONS).map(reason).collect()
    }

    /// Returns why words are missing: no department wrote them.
    pub(super) fn of_words(&self, sector: &SectorId, path: &str) -> GapReason {
        let sector = self.report.sectors.iter().find(|report| report.decl.id == *sector);
        let topic = sector.and_then(|report| report.decl.narrative.iter().find(|topic| topic.key == path));
        let subject = match topic.and_then(|topic| topic.labels.first()) {
            Some(label) => format!("phần lời \"{label}\""),
            None => format!("phần lời {{{path}}}"),
        };
        let absent = sector.and_then(|report| self.absent_departments(report));
        GapReason { subject, reason: absent.unwrap_or_else(|| NOT_IN_WORKBOOKS.to_owned()), cells: Vec::new() }
    }

    /// Returns why a sector has no text.
    pub(super) fn of_sector(&self, gap: &Gap) -> GapReason {
        let sector = self.report.sectors.iter().find(|report| report.decl.id == gap.sector);
        let absent = || sector.and_then(|report| self.absent_departments(report));
        let reason = match gap.kind {
            GapKind::Rule => rule_reason(gap).to_owned(),
            _ if self.evidence.contested.keys().any(|key| key.sector == gap.sector) => CONTESTED.to_owned(),
            _ => absent().unwrap_or_else(|| NOT_IN_WORKBOOKS.to_owned()),
        };
        GapReason { subject: String::new(), reason, cells: Vec::new() }
    }

    /// Returns the reported figures without data that a figure without operands follows from.
    fn missing_parts(&self, name: &FigureName) -> Vec<FigureName> {
        let Some((_, left, right)) = name.measure.derivation() else { return vec![name.clone()] };
        let row = self.rows.get(&(&name.sector, &name.indicator)).map(|(_, _, row)| *row);
        let is_missing = |measure: &Measure| {
            *measure != Measure::Pace
                && !row.and_then(|row| row.figure(measure)).is_some_and(|figure| figure.has_data())
        };
        let missing = [left, right].into_iter().filter(is_missing);
        let named = missing.map(|measure| FigureName { measure, ..name.clone() });
        // A lag follows from an attainment, which follows from reported figures.
        named
            .flat_map(|name| if name.measure.derivation().is_some() { self.missing_parts(&name) } else { vec![name] })
            .collect()
    }

    fn of_name(&self, name: &FigureName) -> GapReason {
        let (reason, cells) = self.reason_and_cells(name);
        GapReason { subject: self.subject(name), reason, cells }
    }

    fn reason_and_cells(&self, name: &FigureName) -> (String, Vec<String>) {
        if let Some(failure) = self.failed_rule(name) {
            let reason = match failure.part {
                FailedPart::Absent => "chưa có quy tắc".to_owned(),
                _ => format!("quy tắc đang lỗi ({})", failure.rule),
            };
            return (reason, Vec::new());
        }
        let name = &self.reported_name(name);
        if let Some(contested) = self.contested(name) {
            let cells = contested.figures.iter().flat_map(|figure| figure.sources());
            return (CONTESTED.to_owned(), cells.map(|source| cell_text(&source)).collect());
        }
        let key = (name.sector.clone(), name.indicator.clone());
        let unfilled = self.evidence.unfilled.get(&key).filter(|_| name.measure == Measure::Actual);
        if let Some(cell) = unfilled {
            let place = Place::Cell(cell.file.clone(), cell.sheet.clone(), cell.cell);
            let reported = || self.problems.get(&place).map(|problem| problem.message.vietnamese().to_owned());
            let reason = match cell.gap {
                CellGap::Empty => "ô để trống".to_owned(),
                CellGap::Refused => reported().unwrap_or_else(|| "ô có nội dung nhưng không dùng được".to_owned()),
            };
            return (reason, vec![place.to_string()]);
        }
        let sector = self.rows.get(&(&name.sector, &name.indicator)).map(|(sector, _, _)| *sector);
        let absent = sector.and_then(|sector| self.absent_departments(sector));
        (absent.unwrap_or_else(|| NOT_IN_WORKBOOKS.to_owned()), Vec::new())
    }

    fn contested(&self, name: &FigureName) -> Option<&ContestedFigure> {
        let FigureName { sector, indicator, measure } = self.reported_name(name);
        self.evidence.contested.get(&ObservationKey { sector, indicator, measure })
    }

    /// Returns the failure of a rule that explains a missing figure: its own, or that of the sector it comes from.
    fn failed_rule(&self, name: &FigureName) -> Option<&RuleFailure> {
        let decl = self.rows.get(&(&name.sector, &name.indicator)).map(|(_, decl, _)| *decl);
        let origin = decl.and_then(|decl| decl.source_indicator.as_ref());
        self.report.failures.iter().find(|failure| {
            failure.loses_figure(&name.sector, &name.indicator)
                || origin.is_some_and(|(sector, id)| {
                    failure.loses_figure(sector, id)
                        || (failure.loses_sector() && failure.sector.as_ref() == Some(sector))
                })
        })
    }

    /// Returns which departments of a sector sent nothing; `None` if all sent something.
    fn absent_departments(&self, sector: &SectorReport) -> Option<String> {
        let departments: BTreeSet<&str> = sector.decl.departments.iter().map(|id| id.as_str()).collect();
        let names: Vec<&str> = departments.iter().filter_map(|id| self.absent.get(id).copied()).collect();
        let absent = match names.len() {
            0 => return None,
            1..=3 => format!("{} chưa gửi biểu", names.join(", ")),
            count => format!("{count} đơn vị chưa gửi biểu"),
        };
        let are_all_absent = names.len() == departments.len();
        Some(if are_all_absent { absent } else { format!("{NOT_IN_WORKBOOKS}; {absent}") })
    }

    /// Returns the figure of the sector that reports it, if another sector took it from there.
    fn reported_name(&self, name: &FigureName) -> FigureName {
        let decl = self.rows.get(&(&name.sector, &name.indicator)).map(|(_, decl, _)| *decl);
        match decl.and_then(|decl| decl.source_indicator.clone()) {
            Some((sector, indicator)) => FigureName { sector, indicator, measure: name.measure.clone() },
            None => name.clone(),
        }
    }

    /// Returns the label of an indicator, with the measure if it is not the actual figure.
    fn subject(&self, name: &FigureName) -> String {
        let row = self.rows.get(&(&name.sector, &name.indicator));
        let label = row.map_or(name.indicator.as_str(), |(_, decl, _)| decl.label.as_str());
        match &name.measure {
            Measure::Actual | Measure::Computed => label.to_owned(),
            measure => format!("{label} ({})", self.config.measure_message(measure).vietnamese()),
        }
    }
}

/// Returns a cell as messages name it.
fn cell_text(source: &Source) -> String {
    Place::from_source(source).to_string()
}
