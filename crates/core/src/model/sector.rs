//! What the rules made of one sector.
//!
//! In come figures and spans; out goes what the outputs show of the sector. Never here: how it was computed.

use super::document::{Paragraph, Table};
use super::figure::FigureRef;
use super::id::{IndicatorId, SectionPath, SectorId, TargetId};
use super::indicator::{IndicatorDecl, SectorDecl};
use super::measure::Measure;
use super::provenance::{RuleLine, TextCell};
use super::records::Selection;
use crate::message::Words;
use std::sync::Arc;

/// One sector, finished.
#[derive(Clone, Debug)]
pub struct SectorReport {
    pub decl: Arc<SectorDecl>,
    /// One row an indicator, in the order of the declaration.
    pub rows: Vec<IndicatorRow>,
    pub passages: Vec<Passage>,
    pub shortfalls: Vec<Shortfall>,
    pub findings: Vec<Finding>,
    pub listings: Vec<Listing>,
}

impl SectorReport {
    /// Returns each row with its declaration.
    pub fn declared_rows(&self) -> impl Iterator<Item = (&IndicatorDecl, &IndicatorRow)> {
        self.decl.indicators.iter().zip(&self.rows)
    }
}

/// The figures of one indicator: those observed and those that follow from the declaration.
#[derive(Clone, Debug)]
pub struct IndicatorRow {
    pub indicator: IndicatorId,
    /// Actual first, then targets, last year, further measures, attainments, change; only what is declared.
    pub figures: Vec<FigureRef>,
}

impl IndicatorRow {
    /// Finds the figure of a measure.
    pub fn figure(&self, measure: &Measure) -> Option<&FigureRef> {
        self.figures.iter().find(|f| f.name.measure == *measure)
    }
}

/// Paragraphs that a rule wrote for a heading.
#[derive(Clone, Debug)]
pub struct Passage {
    pub section: SectionPath,
    pub content: Vec<Content>,
}

/// One thing that a rule wrote.
#[derive(Clone, Debug)]
pub enum Content {
    Paragraph(Paragraph),
    Table(Table),
}

impl Content {
    /// Returns the paragraph, if it is one.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph),
            Self::Table(_) => None,
        }
    }
}

/// An indicator that is behind, or a difficulty without one (tồn tại, hạn chế).
#[derive(Clone, Debug)]
pub struct Shortfall {
    pub sector: SectorId,
    /// What is behind; `None` for a difficulty that names no indicator.
    pub indicator: Option<ShortIndicator>,
    /// The sentence of the report.
    pub statement: Paragraph,
    pub causes: Vec<TextCell>,
    pub rule: RuleLine,
}

/// The figures that make an indicator a shortfall.
#[derive(Clone, Debug)]
pub struct ShortIndicator {
    pub id: IndicatorId,
    pub label: String,
    pub actual: FigureRef,
    pub pace: FigureRef,
    pub against: Vec<Against>,
}

/// One target that an indicator is measured against.
#[derive(Clone, Debug)]
pub struct Against {
    pub id: TargetId,
    pub target: FigureRef,
    pub attainment: FigureRef,
    /// Pace less attainment, in percentage points.
    pub lag: FigureRef,
}

/// Rows of an open table that the consolidated workbook lists, each with its cells.
#[derive(Clone, Debug)]
pub struct Listing {
    pub sector: SectorId,
    pub title: String,
    pub rows: Selection,
    pub rule: RuleLine,
}

/// A relation between figures that does not hold to the last digit.
#[derive(Clone, Debug)]
pub struct Finding {
    pub title: Words,
    pub left: FigureRef,
    pub right: FigureRef,
    /// Left less right.
    pub difference: FigureRef,
    pub verdict: Verdict,
    /// What may explain it, where the rule says so.
    pub explanation: Option<String>,
    pub rule: RuleLine,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The rounding of the printed figures explains it.
    Rounding,
    /// Both cannot be right.
    Contradiction,
}
