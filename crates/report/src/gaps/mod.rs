//! The places of the report where something is missing, contested or corrected, each with its reason and its cells.
//!
//! Input: the document, the report, and what the run knows about cells without a number. Output: [`ReportGap`]s in the
//! order of the document, then what the document has no place for. Not here: how they are shown.

mod reason;

use reason::Reasons;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::model::dataset::{ContestedFigure, ObservationKey, UnfilledCells};
use tonghop_core::model::document::{Document, DocumentLine, FigureSpan, Span, plain_text};
use tonghop_core::model::figure::Origin;
use tonghop_core::model::gap::{FailedPart, Gap, GapKind, MissingValue, RuleFailure};
use tonghop_core::model::id::{SectionPath, SectorId};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::report::Report;
use tonghop_core::vi::format::{NO_RULE, RULE_FAILED, capitalised};

/// The most places that are listed; a report with more of them is not worth signing.
const MAX_GAPS: usize = 20_000;

/// The kinds of what is missing because of the rules.
const FAILED_KIND: &str = "Quy tắc đang lỗi";
const NO_RULE_KIND: &str = "Chưa có quy tắc";

/// What a run knows about figures that no cell gives.
#[derive(Clone, Copy)]
pub struct GapEvidence<'a> {
    /// The figures for which cells disagree.
    pub contested: &'a BTreeMap<ObservationKey, ContestedFigure>,
    /// The cells of actual figures that give no number.
    pub unfilled: &'a UnfilledCells,
    /// All problems of the run.
    pub diagnostics: &'a [Diagnostic],
}

/// Why one thing is missing, contested or corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapReason {
    /// The figure or the words.
    pub subject: String,
    /// The reason, as half a sentence.
    pub reason: String,
    /// The cells, as in messages.
    pub cells: Vec<String>,
}

/// A place of the report that its signer should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportGap {
    /// The heading; empty if the report has no place for it.
    pub section: Option<SectionPath>,
    /// The title of the sector.
    pub sector: String,
    /// What happened: `Câu bị bỏ`, `Số đã điều chỉnh`.
    pub kind: &'static str,
    /// The words of the sentence that fell away, or around the figure.
    pub words: String,
    /// Never empty.
    pub reasons: Vec<GapReason>,
    /// The line of the sentence.
    pub rule: Option<RuleLine>,
}

impl ReportGap {
    /// Returns the reasons as lines, each with its subject.
    pub fn reason_lines(&self) -> Vec<String> {
        let line = |reason: &GapReason| match reason.subject.as_str() {
            "" => capitalised(&reason.reason),
            subject => format!("{}: {}", capitalised(subject), reason.reason),
        };
        self.reasons.iter().map(line).collect()
    }

    /// Returns the cells of all reasons, once each.
    pub fn cells(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.reasons
            .iter()
            .flat_map(|reason| &reason.cells)
            .map(String::as_str)
            .filter(|cell| seen.insert(*cell))
            .collect()
    }
}

/// Returns whether a span is a place that [`find`] lists; the list of corrections itself is none.
pub fn is_gap_place(span: &Span) -> bool {
    match span {
        Span::Gap(_) => true,
        Span::Figure(printed) => {
            printed.rule.is_some() && (!printed.figure.has_data() || !printed.figure.corrections().is_empty())
        }
        _ => false,
    }
}

/// Finds the places in the order of the lines of the document, a note at the position of its mark.
pub fn find(document: &Document, report: &Report, config: &Config, evidence: GapEvidence<'_>) -> Vec<ReportGap> {
    let finder = Finder { reasons: Reasons::new(report, config, evidence), report };
    let mut found = Vec::new();
    let mut failed_lines = BTreeSet::new();
    for line in document.lines() {
        finder.line(&line, &line.spans, &mut found, &mut failed_lines);
    }
    // Of several files of one sector, the report shows the mark of one.
    let placed = |failure: &&RuleFailure| failed_lines.contains(&failure.rule);
    let sectors: BTreeSet<&SectorId> = report
        .failures
        .iter()
        .filter(|failure| placed(failure) && failure.loses_sector())
        .filter_map(|failure| failure.sector.as_ref())
        .collect();
    let has_place = |failure: &&RuleFailure| {
        placed(failure) || failure.sector.as_ref().is_some_and(|sector| sectors.contains(sector))
    };
    let others = report.failures.iter().filter(|failure| !has_place(failure));
    found.extend(others.filter_map(failure_without_place));
    found.truncate(MAX_GAPS);
    found
}

struct Finder<'a> {
    reasons: Reasons<'a>,
    report: &'a Report,
}

impl Finder<'_> {
    fn line(
        &self,
        line: &DocumentLine<'_>,
        spans: &[Span],
        found: &mut Vec<ReportGap>,
        failed_lines: &mut BTreeSet<RuleLine>,
    ) {
        let text = plain_text(spans);
        let mut at = 0;
        for span in spans {
            match span {
                Span::Note(note) => self.line(line, note, found, failed_lines),
                Span::Gap(gap) => {
                    failed_lines.extend(gap.rule.iter().filter(|_| gap.kind == GapKind::Rule).cloned());
                    found.push(self.gap(&line.section, gap));
                }
                Span::Figure(printed) if is_gap_place(span) => {
                    found.push(self.figure(&line.section, printed, sentence_at(&text, at)));
                }
                _ => {}
            }
            at += span.text().len();
        }
    }

    fn gap(&self, section: &SectionPath, gap: &Gap) -> ReportGap {
        let mut reasons: Vec<GapReason> = gap.missing.iter().flat_map(|value| self.missing(gap, value)).collect();
        if reasons.is_empty() {
            reasons.push(self.reasons.of_sector(gap));
        }
        let is_sentence = gap.words.ends_with('.') && gap.words.starts_with(char::is_uppercase);
        let kind = match gap.kind {
            GapKind::Clause if gap.words.is_empty() => "Chưa có phần lời",
            GapKind::Clause if is_sentence => "Câu bị bỏ",
            GapKind::Clause => "Vế câu bị bỏ",
            GapKind::Row => "Dòng bị bỏ",
            GapKind::Words => "Chưa có phần lời",
            GapKind::Sector => "Chưa có số liệu",
            GapKind::Rule if gap.rule.is_none() => NO_RULE_KIND,
            GapKind::Rule => FAILED_KIND,
        };
        ReportGap {
            section: Some(section.clone()),
            sector: self.sector_title(&gap.sector),
            kind,
            words: gap.words.clone(),
            reasons,
            rule: gap.rule.clone(),
        }
    }

    fn missing(&self, gap: &Gap, value: &MissingValue) -> Vec<GapReason> {
        match value {
            MissingValue::Figure(figure) => self.reasons.of_figure(figure),
            MissingValue::Words(path) => vec![self.reasons.of_words(&gap.sector, path)],
            MissingValue::List(path) => vec![GapReason {
                subject: path.clone(),
                reason: "không có dòng nào để liệt kê".to_owned(),
                cells: Vec::new(),
            }],
        }
    }

    fn figure(&self, section: &SectionPath, printed: &FigureSpan, words: &str) -> ReportGap {
        let figure = &printed.figure;
        let lost = match figure.lost_origin() {
            Some(Origin::Lost(None)) => NO_RULE_KIND,
            Some(_) => FAILED_KIND,
            None => "Chưa có số liệu",
        };
        let (kind, reasons) = if figure.has_data() {
            ("Số đã điều chỉnh", self.reasons.of_corrections(figure))
        } else if self.reasons.is_contested(figure) {
            ("Chưa chọn số", self.reasons.of_figure(figure))
        } else {
            (lost, self.reasons.of_figure(figure))
        };
        ReportGap {
            section: Some(section.clone()),
            sector: self.sector_title(&figure.name.sector),
            kind,
            words: words.to_owned(),
            reasons,
            rule: printed.rule.clone(),
        }
    }

    fn sector_title(&self, id: &SectorId) -> String {
        let sector = self.report.sectors.iter().find(|sector| sector.decl.id == *id);
        let failed = || self.report.failures.iter().find(|failure| failure.sector.as_ref() == Some(id));
        let title = sector.map(|sector| sector.decl.title.clone()).or_else(|| failed().map(|one| one.title.clone()));
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| match id.as_str() {
            "report" => "Mọi ngành".to_owned(),
            other => other.to_owned(),
        })
    }
}

/// Returns the part of a text, between the ends of sentences and of the items of a list, around a position.
fn sentence_at(text: &str, at: usize) -> &str {
    let starts = [". ", "; "].iter().filter_map(|end| text[..at].rfind(end).map(|found| found + end.len()));
    let ends = [". ", "; "].iter().filter_map(|end| text[at..].find(end).map(|found| at + found + 1));
    text[starts.max().unwrap_or(0)..ends.min().unwrap_or(text.len())].trim_matches([' ', ';'])
}

/// Returns the entry of a failure that no sentence of the report shows.
fn failure_without_place(failure: &RuleFailure) -> Option<ReportGap> {
    let what = match &failure.part {
        FailedPart::Checks => "các phép kiểm tra giữa các ngành chưa chạy được",
        FailedPart::Shortfalls => "danh sách tồn tại, hạn chế của ngành chưa lập được",
        FailedPart::File | FailedPart::Sector => RULE_FAILED,
        // The sentences without the figure have their own entries.
        FailedPart::Figure(_) | FailedPart::Double(_) | FailedPart::Absent => return None,
    };
    let reason = GapReason { subject: String::new(), reason: what.to_owned(), cells: Vec::new() };
    Some(ReportGap {
        section: None,
        sector: if failure.title.is_empty() { "Mọi ngành".to_owned() } else { failure.title.clone() },
        kind: FAILED_KIND,
        words: String::new(),
        reasons: vec![reason],
        rule: Some(failure.rule.clone()),
    })
}

/// Returns the reason why a sector has no text at all, for a gap of the kind [`GapKind::Rule`].
fn rule_reason(gap: &Gap) -> &'static str {
    if gap.rule.is_some() { RULE_FAILED } else { NO_RULE }
}

#[cfg(test)]
mod tests;
