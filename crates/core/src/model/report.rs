//! The results of all sectors, together with the submissions.
//!
//! Input: finished sectors. Output: one value shared by the document and all writers. Not here: layout.

use super::figure::{Figure, FigureRef};
use super::gap::RuleFailure;
use super::sector::{Finding, Passage, SectorReport, Shortfall};
use super::submission::Submission;

/// The results of the rules.
#[derive(Clone, Debug, Default)]
pub struct RuleResults {
    /// Sorted by sector id.
    pub sectors: Vec<SectorReport>,
    /// The passages that `report.lua` writes about all sectors.
    pub overview: Vec<Passage>,
    /// The findings of `checks.lua` across sectors.
    pub findings: Vec<Finding>,
    /// The parts of the rules that failed: first the files that could not be loaded.
    pub failures: Vec<RuleFailure>,
}

/// The consolidated result of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// In outline order.
    pub sectors: Vec<SectorReport>,
    /// The passages that `report.lua` writes about all sectors.
    pub overview: Vec<Passage>,
    /// The findings of `checks.lua` across sectors.
    pub findings: Vec<Finding>,
    /// The parts of the rules that failed: first the files that could not be loaded.
    pub failures: Vec<RuleFailure>,
    /// One per department that `tonghop.toml` expects, in its order.
    pub submissions: Vec<Submission>,
    /// Figures corrected by the office.
    pub corrected: Vec<FigureRef>,
}

impl Report {
    /// Returns the shortfalls of all sectors in outline order.
    pub fn shortfalls(&self) -> impl Iterator<Item = &Shortfall> {
        self.sectors.iter().flat_map(|s| &s.shortfalls)
    }

    /// Returns the findings of all sectors, then those across sectors.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.sectors.iter().flat_map(|s| &s.findings).chain(&self.findings)
    }

    /// Returns the label of a figure's indicator.
    pub fn indicator_label<'a>(&'a self, figure: &'a Figure) -> &'a str {
        let sector = self.sectors.iter().find(|s| s.decl.id == figure.name.sector);
        let decl = sector.and_then(|s| s.decl.indicator(figure.name.indicator.as_str()));
        decl.map_or(figure.name.indicator.as_str(), |i| &i.label)
    }

    /// Returns every figure of every sector once, in order.
    pub fn figures(&self) -> impl Iterator<Item = &FigureRef> {
        self.sectors.iter().flat_map(|s| s.rows.iter().flat_map(|r| &r.figures))
    }
}
