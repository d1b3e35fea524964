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
    /// What its rule file declares.
    pub decl: Arc<SectorDecl>,
    /// One row an indicator, in the order of the declaration.
    pub rows: Vec<IndicatorRow>,
    /// One for each heading that it writes under; where nothing came in, one that says so.
    pub passages: Vec<Passage>,
    /// In the order of the rule.
    pub shortfalls: Vec<Shortfall>,
    /// What contradicts itself in the sector, then the relations it declares that do not hold.
    pub findings: Vec<Finding>,
    /// Those that its text asks for, then those that its shortfalls do.
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
    /// Its id in the sector.
    pub indicator: IndicatorId,
    /// Actual first, then targets, last year, further measures, attainments, change, share, ratio; only the actual may
    /// be without data.
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
    /// The path of the heading.
    pub section: SectionPath,
    /// In the order in which it was written.
    pub content: Vec<Content>,
}

/// One thing that a rule wrote.
#[derive(Clone, Debug)]
pub enum Content {
    /// Running text, or a line of a list.
    Paragraph(Paragraph),
    /// A table, in the text or as an appendix.
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
    /// The sector whose rule reports it.
    pub sector: SectorId,
    /// What is behind; `None` for a difficulty that names no indicator.
    pub indicator: Option<ShortIndicator>,
    /// The sentence of the report.
    pub statement: Paragraph,
    /// Words of departments, each with its cell; empty where the rule gives none.
    pub causes: Vec<TextCell>,
    /// The line that reported it.
    pub rule: RuleLine,
}

/// The figures that make an indicator a shortfall.
#[derive(Clone, Debug)]
pub struct ShortIndicator {
    /// Its id in the sector.
    pub id: IndicatorId,
    /// The label as declared.
    pub label: String,
    /// Its actual value; without data where none came in.
    pub actual: FigureRef,
    /// The part of the year that has passed, in percent.
    pub pace: FigureRef,
    /// One for each plan of which it is known how much was reached, in the order of the declaration.
    pub against: Vec<Against>,
}

/// One target that an indicator is measured against.
#[derive(Clone, Debug)]
pub struct Against {
    /// The name of the plan in the settings.
    pub id: TargetId,
    /// The plan, in its own unit.
    pub target: FigureRef,
    /// How much of the plan was reached, in percent.
    pub attainment: FigureRef,
    /// Pace less attainment, in percentage points.
    pub lag: FigureRef,
}

/// Rows of an open table that the consolidated workbook lists, each with its cells.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The sector whose rule asked for it.
    pub sector: SectorId,
    /// What its sheet is called, as far as Excel takes it.
    pub title: String,
    /// The rows to list, in their order.
    pub rows: Selection,
    /// The line that asked for it.
    pub rule: RuleLine,
}

/// A relation between figures that does not hold to the last digit.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was compared: the label with what is wrong, or the title that the rule gives.
    pub title: Words,
    /// The figure that must be equal to the right one, or not above it.
    pub left: FigureRef,
    /// The figure that the left one is compared with.
    pub right: FigureRef,
    /// Left less right.
    pub difference: FigureRef,
    /// Whether rounding explains it.
    pub verdict: Verdict,
    /// What may explain it, where the rule says so.
    pub explanation: Option<String>,
    /// The line that compares, or that declares the indicator.
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
