//! The results of one sector.
//!
//! Input: figures and spans. Output: everything that the outputs show of the sector. Not here: how it was computed.

use super::document::{DocumentTable, Paragraph, Span};
use super::figure::FigureRef;
use super::id::{IndicatorId, SectionPath, SectorId, TargetId};
use super::indicator::{IndicatorDecl, SectorDecl};
use super::judgement::SectorJudgement;
use super::measure::Measure;
use super::provenance::{RuleLine, TextCell};
use super::records::Selection;
use crate::message::Message;
use std::sync::Arc;

/// The finished report of one sector.
#[derive(Clone, Debug)]
pub struct SectorReport {
    /// The declaration in the rule file.
    pub decl: Arc<SectorDecl>,
    /// One row per indicator, in declaration order.
    pub rows: Vec<IndicatorRow>,
    /// One per heading that the sector writes under; without data, a passage that says so.
    pub passages: Vec<Passage>,
    /// In the order of the rule.
    pub shortfalls: Vec<Shortfall>,
    /// What the rules judge against plans, and what they cannot judge.
    pub judgement: SectorJudgement,
    /// Contradictions within the sector, then violated declared relations.
    pub findings: Vec<Finding>,
    /// Listings requested by the text, then those requested by the shortfalls.
    pub listings: Vec<RowListing>,
}

impl SectorReport {
    /// Finds the row of an indicator.
    pub fn row(&self, indicator: &IndicatorId) -> Option<&IndicatorRow> {
        self.rows.get(self.decl.position(indicator.as_str())?)
    }

    /// Returns each row with its declaration.
    pub fn declared_rows(&self) -> impl Iterator<Item = (&IndicatorDecl, &IndicatorRow)> {
        self.decl.indicators.iter().zip(&self.rows)
    }
}

/// The figures of one indicator, observed or derived from the declaration.
#[derive(Clone, Debug)]
pub struct IndicatorRow {
    /// Its id in the sector.
    pub indicator: IndicatorId,
    /// Actual first, then targets, last year, further measures, attainments, change, share, ratio; only the actual can
    /// be without data.
    pub figures: Vec<FigureRef>,
}

impl IndicatorRow {
    /// Returns the figure of a measure.
    pub fn figure(&self, measure: &Measure) -> Option<&FigureRef> {
        self.figures.iter().find(|f| f.name.measure == *measure)
    }
}

/// The content that a rule writes under a heading.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The path of the heading.
    pub section: SectionPath,
    /// In the order of writing.
    pub items: Vec<PassageItem>,
}

/// An item written by a rule.
#[derive(Clone, Debug)]
pub enum PassageItem {
    /// Running text, or a line of a list.
    Paragraph(Paragraph),
    /// A table, in the text or as an appendix.
    Table(DocumentTable),
    /// A paragraph of which nothing is left: its gaps.
    Omitted(Vec<Span>),
}

impl PassageItem {
    /// Returns the paragraph if the item is one.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph),
            Self::Table(_) | Self::Omitted(_) => None,
        }
    }

    /// Returns whether the item prints anything.
    pub fn is_printed(&self) -> bool {
        !matches!(self, Self::Omitted(_))
    }
}

/// An indicator that is behind, or a difficulty without an indicator (tồn tại, hạn chế).
#[derive(Clone, Debug)]
pub struct Shortfall {
    /// The sector whose rule reports it.
    pub sector: SectorId,
    /// The indicator that is behind; `None` for a difficulty without an indicator.
    pub indicator: Option<ShortfallIndicator>,
    /// The sentence printed in the report.
    pub statement: Paragraph,
    /// Texts of departments, each with its cell; empty if the rule gives none.
    pub causes: Vec<TextCell>,
    /// The rule line that reported the shortfall.
    pub rule: RuleLine,
}

/// An indicator that is behind, with the figures that show it.
#[derive(Clone, Debug)]
pub struct ShortfallIndicator {
    /// Its id in the sector.
    pub id: IndicatorId,
    /// The label as declared.
    pub label: String,
    /// The actual value; without data if none was reported.
    pub actual: FigureRef,
    /// The elapsed part of the year, in percent.
    pub pace: FigureRef,
    /// One per plan with known attainment, in declaration order.
    pub targets: Vec<TargetComparison>,
}

/// The comparison of an indicator with one target.
#[derive(Clone, Debug)]
pub struct TargetComparison {
    /// The id of the plan in the settings.
    pub id: TargetId,
    /// The plan, in its own unit.
    pub target: FigureRef,
    /// The reached part of the plan, in percent.
    pub attainment: FigureRef,
    /// Pace minus attainment, in percentage points.
    pub lag: FigureRef,
}

/// Rows of an open table that the consolidated workbook lists with their cells.
#[derive(Clone, Debug)]
pub struct RowListing {
    /// The sector whose rule requested the listing.
    pub sector: SectorId,
    /// The title of the sheet, as far as Excel allows it.
    pub title: String,
    /// The listed rows, in order.
    pub rows: Selection,
    /// The rule line that requested the listing.
    pub rule: RuleLine,
}

/// A relation between figures that does not hold exactly.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The compared values: the label with the kind of error, or the title given by the rule.
    pub title: Message,
    /// The figure that must equal the right one, or must not exceed it.
    pub left: FigureRef,
    /// The figure compared with.
    pub right: FigureRef,
    /// Left minus right.
    pub difference: FigureRef,
    /// Whether rounding explains the difference.
    pub verdict: Verdict,
    /// The possible explanation given by the rule.
    pub explanation: Option<String>,
    /// The rule line of the comparison, or the one that declares the indicator.
    pub rule: RuleLine,
}

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Rounding of the printed figures explains the difference.
    Rounding,
    /// The figures contradict each other.
    Contradiction,
}
