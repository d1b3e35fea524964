//! All sectors together, with what was received.
//!
//! In come finished sectors; out goes the one picture that composing and writing share. Never here: layout.

use super::figure::{Figure, FigureRef};
use super::sector::{Finding, Passage, SectorReport, Shortfall};
use super::submission::Submission;

/// What the rules made of the dataset.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// By sector id.
    pub sectors: Vec<SectorReport>,
    /// What `report.lua` says over all sectors.
    pub overview: Vec<Passage>,
    /// What `checks.lua` found between sectors.
    pub findings: Vec<Finding>,
}

/// The consolidated result of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// In the order of the outline.
    pub sectors: Vec<SectorReport>,
    /// What `report.lua` says over all sectors.
    pub overview: Vec<Passage>,
    /// What `checks.lua` found between sectors.
    pub findings: Vec<Finding>,
    /// One for each department that `tonghop.toml` expects, in its order.
    pub submissions: Vec<Submission>,
    /// Figures that the office put in the place of reported ones.
    pub corrected: Vec<FigureRef>,
}

impl Report {
    /// Returns the shortfalls of all sectors in the order of the outline.
    pub fn shortfalls(&self) -> impl Iterator<Item = &Shortfall> {
        self.sectors.iter().flat_map(|s| &s.shortfalls)
    }

    /// Returns the findings of all sectors, then those between sectors.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.sectors.iter().flat_map(|s| &s.findings).chain(&self.findings)
    }

    /// Returns the label of a figure's indicator.
    pub fn label<'a>(&'a self, figure: &'a Figure) -> &'a str {
        let sector = self.sectors.iter().find(|s| s.decl.id == figure.name.sector);
        let decl = sector.and_then(|s| s.decl.indicator(figure.name.indicator.as_str()));
        decl.map_or(figure.name.indicator.as_str(), |i| &i.label)
    }

    /// Returns every figure of every sector once, in order.
    pub fn figures(&self) -> impl Iterator<Item = &FigureRef> {
        self.sectors.iter().flat_map(|s| s.rows.iter().flat_map(|r| &r.figures))
    }
}
