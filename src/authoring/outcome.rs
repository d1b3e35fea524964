//! What rules made of one case, in the words of a case.
//!
//! In comes the outcome of the rules, out go the lines of each expected part. Never here: comparing.

use super::case::{Part, table};
use super::sentences;
use std::collections::BTreeSet;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::model::document::{Paragraph, ParagraphStyle, Span, Table};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::sector::{Content, IndicatorRow, Passage, SectorReport, Shortfall};
use tonghop_core::vi::format;
use tonghop_report::write::xlsx::measure_title;

/// The headings of the summary beside those of measures.
pub const CODE: &str = "Mã số";
/// The heading of the labels of indicators.
pub const LABEL: &str = "Chỉ tiêu";
/// The heading of the units of indicators.
pub const UNIT: &str = "Đơn vị tính";

/// What rules made of one case.
pub struct Made {
    /// The sector that is tested, where it is one.
    pub sector: Option<SectorReport>,
    /// Those of the sector that is tested.
    pub shortfalls: Vec<Shortfall>,
    /// What contradicts itself, in words.
    pub findings: Vec<String>,
    /// Of the sector that is tested, or of `report.lua`.
    pub passages: Vec<Passage>,
    /// The parts that rules of this kind always have.
    pub usual: Vec<Part>,
}

impl Made {
    /// Returns the lines of a part.
    pub fn part(&self, part: Part, config: &Config) -> Vec<String> {
        match part {
            Part::Summary => self.sector.as_ref().map(|sector| summary(sector, config)).unwrap_or_default(),
            Part::Shortfalls => self.shortfalls.iter().flat_map(shortfall).collect(),
            Part::Findings => self.findings.iter().map(|words| format!("- {words}")).collect(),
            Part::Text => passages(&self.passages),
        }
    }

    /// Returns the parts that a new case should expect: those that are usual, and those where there is something.
    pub fn parts(&self, config: &Config) -> Vec<Part> {
        let has = |part: &Part| self.usual.contains(part) || !self.part(*part, config).is_empty();
        super::case::PARTS.into_iter().filter(has).collect()
    }
}

/// Returns the words of findings among the problems of a run.
pub fn findings(diagnostics: &[Diagnostic]) -> Vec<String> {
    let is_finding = |d: &&Diagnostic| matches!(d.code, Code::CheckRounding | Code::CheckContradiction);
    diagnostics.iter().filter(is_finding).map(|d| d.message.vietnamese().to_owned()).collect()
}

/// Returns the amount of a figure as a summary prints it; empty where there is none.
pub fn printed(figure: &Figure, config: &Config) -> String {
    use Measure::{Attainment, Ratio, Share, Yoy};
    let is_percent = matches!(figure.name.measure, Attainment(_) | Yoy | Share | Ratio);
    let usual = is_percent.then_some(config.report.percent_decimals);
    match figure.amount {
        Amount::Known(value) => format::number(value, figure.print.decimals.or(usual)),
        Amount::NotApplicable => "-".to_owned(),
        Amount::Missing => String::new(),
    }
}

/// Tells whether a figure says more than the cell that it was read from.
fn follows(figure: &Figure) -> bool {
    figure.amount != Amount::Missing && !matches!(figure.origin, Origin::Cell(_))
}

/// Returns the table of what follows from the given figures, beside the actual.
fn summary(sector: &SectorReport, config: &Config) -> Vec<String> {
    let rows: Vec<(&IndicatorDecl, &IndicatorRow)> =
        sector.declared_rows().filter(|(_, row)| row.figures.iter().any(|figure| follows(figure))).collect();
    let all = rows.iter().flat_map(|(_, row)| &row.figures).filter(|figure| follows(figure));
    let measures: BTreeSet<&Measure> = all.map(|figure| &figure.name.measure).chain([&Measure::Actual]).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let titles = measures.iter().map(|measure| measure_title(measure, config));
    let mut lines = vec![[CODE, LABEL].map(str::to_owned).into_iter().chain(titles).collect::<Vec<_>>()];
    for (decl, row) in rows {
        let cell = |measure: &&Measure| row.figure(measure).map(|figure| printed(figure, config)).unwrap_or_default();
        lines.push([decl.id.to_string(), decl.label.clone()].into_iter().chain(measures.iter().map(cell)).collect());
    }
    table(&lines)
}

fn shortfall(shortfall: &Shortfall) -> Vec<String> {
    let of = shortfall.indicator.as_ref().map(|indicator| format!("`{}`: ", indicator.id)).unwrap_or_default();
    let statement = format!("- {of}{}", words(&shortfall.statement.spans));
    let causes = shortfall.causes.iter().map(|cause| format!("  - Nguyên nhân: {}", one_line(&cause.words)));
    std::iter::once(statement).chain(causes).collect()
}

fn passages(passages: &[Passage]) -> Vec<String> {
    let mut lines = Vec::new();
    for passage in passages {
        separate(&mut lines);
        lines.push(format!("### {}", passage.section));
        for content in &passage.content {
            separate(&mut lines);
            match content {
                Content::Paragraph(paragraph) => lines.extend(paragraph_lines(paragraph)),
                Content::Table(table) => lines.extend(table_lines(table)),
            }
        }
    }
    lines
}

fn separate(lines: &mut Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
}

/// Returns a paragraph, a sentence a line.
fn paragraph_lines(paragraph: &Paragraph) -> Vec<String> {
    let whole = words(&paragraph.spans);
    let sentences = sentences::split(&whole);
    let mark = |at: usize| match (paragraph.style, at) {
        (ParagraphStyle::Body, _) => "",
        (ParagraphStyle::Item, 0) => "- ",
        (ParagraphStyle::Item, _) => "  ",
    };
    sentences.iter().enumerate().map(|(at, sentence)| format!("{}{sentence}", mark(at))).collect()
}

fn table_lines(written: &Table) -> Vec<String> {
    let mut rows = vec![written.columns.clone()];
    rows.extend(written.rows.iter().map(|row| row.iter().map(|cell| words(cell)).collect()));
    let title = Some(words(&written.title)).filter(|title| !title.is_empty());
    title.into_iter().chain([String::new()]).chain(table(&rows)).skip_while(String::is_empty).collect()
}

/// Returns the words of spans, a note in its place as `^[…]`.
fn words(spans: &[Span]) -> String {
    let pieces = spans.iter().map(|span| match span {
        Span::Note(note) => format!("^[{}]", words(note)),
        other => one_line(other.words()),
    });
    pieces.collect()
}

fn one_line(words: &str) -> String {
    words.replace(['\n', '\r'], " ")
}
