//! Formats the outcome of a rule test in the format of the test file.
//!
//! Input: the outcome of the rules. Output: the lines of each part. Not here: comparing.

use super::case::{CasePart, format_table};
use super::sentences;
use std::collections::BTreeSet;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::model::document::{DocumentTable, Paragraph, ParagraphStyle, Span};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::sector::{IndicatorRow, Passage, PassageItem, SectorReport, Shortfall};
use tonghop_core::vi::format;

/// The heading of the ids of indicators.
pub const CODE_HEADING: &str = "Mã số";
/// The heading of the labels of indicators.
pub const LABEL_HEADING: &str = "Chỉ tiêu";
/// The heading of the units of indicators.
pub const UNIT_HEADING: &str = "Đơn vị tính";

/// The outcome of the rules for one case.
pub struct CaseOutcome {
    /// The tested sector; `None` for rules over all sectors.
    pub sector: Option<SectorReport>,
    /// The shortfalls of the tested sector.
    pub shortfalls: Vec<Shortfall>,
    /// The messages of contradictions.
    pub findings: Vec<String>,
    /// The text of the tested sector, or of `report.lua`.
    pub passages: Vec<Passage>,
    /// The parts that rules of this kind can always produce.
    pub default_parts: Vec<CasePart>,
}

impl CaseOutcome {
    /// Returns the lines of a part.
    pub fn part_lines(&self, part: CasePart, config: &Config) -> Vec<String> {
        match part {
            CasePart::Summary => self.sector.as_ref().map(|sector| summary_lines(sector, config)).unwrap_or_default(),
            CasePart::Shortfalls => self.shortfalls.iter().flat_map(shortfall_lines).collect(),
            CasePart::Findings => self.findings.iter().map(|words| format!("- {words}")).collect(),
            CasePart::Text => passage_lines(&self.passages),
        }
    }

    /// Returns the parts that a new case should expect: the usual ones and the non-empty ones.
    pub fn non_empty_parts(&self, config: &Config) -> Vec<CasePart> {
        let has = |part: &CasePart| self.default_parts.contains(part) || !self.part_lines(*part, config).is_empty();
        super::case::PARTS.into_iter().filter(has).collect()
    }
}

/// Returns the messages of contradictions among the problems of a run.
pub fn finding_messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    let is_finding = |d: &&Diagnostic| matches!(d.code, Code::CheckRounding | Code::CheckContradiction);
    diagnostics.iter().filter(is_finding).map(|d| d.message.vietnamese().to_owned()).collect()
}

/// Formats the amount of a figure as in a summary; empty if there is none.
pub fn format_amount(figure: &Figure, config: &Config) -> String {
    match figure.amount {
        Amount::Known(value) => format::number(value, format::decimals(figure, None, config.report.percent_decimals)),
        Amount::NotApplicable => "-".to_owned(),
        Amount::Missing => String::new(),
    }
}

/// Returns whether a figure has a value that was not simply read from a cell.
fn is_derived(figure: &Figure) -> bool {
    figure.amount != Amount::Missing && !matches!(figure.origin, Origin::Cell(_))
}

/// Formats the table of derived figures, together with the actual ones.
fn summary_lines(sector: &SectorReport, config: &Config) -> Vec<String> {
    let rows: Vec<(&IndicatorDecl, &IndicatorRow)> =
        sector.declared_rows().filter(|(_, row)| row.figures.iter().any(|figure| is_derived(figure))).collect();
    let all = rows.iter().flat_map(|(_, row)| &row.figures).filter(|figure| is_derived(figure));
    let measures: BTreeSet<&Measure> = all.map(|figure| &figure.name.measure).chain([&Measure::Actual]).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let titles = measures.iter().map(|measure| config.measure_title(measure));
    let mut lines =
        vec![[CODE_HEADING, LABEL_HEADING].map(str::to_owned).into_iter().chain(titles).collect::<Vec<_>>()];
    for (decl, row) in rows {
        let cell =
            |measure: &&Measure| row.figure(measure).map(|figure| format_amount(figure, config)).unwrap_or_default();
        lines.push([decl.id.to_string(), decl.label.clone()].into_iter().chain(measures.iter().map(cell)).collect());
    }
    format_table(&lines)
}

fn shortfall_lines(shortfall: &Shortfall) -> Vec<String> {
    let of = shortfall.indicator.as_ref().map(|indicator| format!("`{}`: ", indicator.id)).unwrap_or_default();
    let statement = format!("- {of}{}", spans_text(&shortfall.statement.spans));
    let causes = shortfall.causes.iter().map(|cause| format!("  - Nguyên nhân: {}", without_line_breaks(&cause.text)));
    std::iter::once(statement).chain(causes).collect()
}

fn passage_lines(passages: &[Passage]) -> Vec<String> {
    let mut lines = Vec::new();
    for passage in passages {
        push_separator(&mut lines);
        lines.push(format!("### {}", passage.section));
        for content in passage.items.iter().filter(|item| item.is_printed()) {
            push_separator(&mut lines);
            match content {
                PassageItem::Paragraph(paragraph) => lines.extend(paragraph_lines(paragraph)),
                PassageItem::Table(table) => lines.extend(table_lines(table)),
                PassageItem::Omitted(_) => {}
            }
        }
    }
    lines
}

fn push_separator(lines: &mut Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
}

/// Formats a paragraph, one sentence per line.
fn paragraph_lines(paragraph: &Paragraph) -> Vec<String> {
    let whole = spans_text(&paragraph.spans);
    let sentences = sentences::split_sentences(&whole);
    let mark = |at: usize| match (paragraph.style, at) {
        (ParagraphStyle::Body, _) => "",
        (ParagraphStyle::Item, 0) => "- ",
        (ParagraphStyle::Item, _) => "  ",
    };
    sentences.iter().enumerate().map(|(at, sentence)| format!("{}{sentence}", mark(at))).collect()
}

fn table_lines(written: &DocumentTable) -> Vec<String> {
    let mut rows = vec![written.columns.clone()];
    rows.extend(written.rows.iter().map(|row| row.iter().map(|cell| spans_text(cell)).collect()));
    let title = Some(spans_text(&written.title)).filter(|title| !title.is_empty());
    title.into_iter().chain([String::new()]).chain(format_table(&rows)).skip_while(String::is_empty).collect()
}

/// Returns the text of spans, with a note as `^[…]` in its place.
fn spans_text(spans: &[Span]) -> String {
    let pieces = spans.iter().map(|span| match span {
        Span::Note(note) => format!("^[{}]", spans_text(note)),
        other => without_line_breaks(other.text()),
    });
    pieces.collect()
}

fn without_line_breaks(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
