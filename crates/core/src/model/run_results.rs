//! The figures and shortfalls of a run in a form that can be compared with another run: `figures.json`.
//!
//! Input: the report. Output: its figures by name, with the cells that they come from, and its shortfalls. Not here:
//! report sentences, problems, the comparison.

use super::figure::Figure;
use super::measure::Status;
use super::quantity::Amount;
use super::report::Report;
use super::sector::{SectorReport, Shortfall};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All figures and shortfalls of the sectors, printed in the report or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunResults {
    /// In outline order; figures without data are omitted.
    pub figures: Vec<StatedFigure>,
    /// In outline order, then in the order of the sector's rule.
    pub shortfalls: Vec<StatedShortfall>,
    /// The raw content of every cell that a figure depends on, by `file [sheet] cell`.
    pub cells: BTreeMap<String, String>,
}

/// A figure of a sector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFigure {
    /// `sector.indicator.measure[.target]`, where the sector is the one that declares the indicator.
    pub id: String,
    /// The sector that states the figure; another than that of `id` if it borrows the figure (`from`).
    ///
    /// A figure is identified by `id` and `stated_by` together.
    #[serde(default)]
    pub stated_by: String,
    /// The label of its indicator, as declared.
    pub label: String,
    /// The exact number with a decimal point, or `-` for not applicable.
    pub value: String,
    /// The full unit, with its scale word: `tỷ đồng`; empty for pure numbers.
    pub unit: String,
    /// Whether the figure is an estimate (ước thực hiện) or depends on one.
    pub estimate: bool,
    /// The cells of the figure, as keys of the cell map.
    pub cells: Vec<String>,
    /// Keys of `tonghop.toml` that the figure depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
    /// The rule line that declares the indicator, `file:line`.
    pub rule: String,
}

/// A shortfall reported by a sector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedShortfall {
    /// The id of the sector.
    pub sector: String,
    /// The indicator that is behind; `null` for a difficulty without an indicator.
    pub indicator: Option<String>,
    /// The sentence printed in the report.
    pub statement: String,
    /// The rule line that found the shortfall, `file:line`.
    pub rule: String,
}

impl RunResults {
    /// Collects the figures and shortfalls of a report.
    pub fn from_report(report: &Report) -> Self {
        let mut account = Self::default();
        for sector in &report.sectors {
            account.add_sector(sector);
        }
        account.shortfalls = report.shortfalls().map(StatedShortfall::from_shortfall).collect();
        account
    }

    fn add_sector(&mut self, sector: &SectorReport) {
        for (decl, row) in sector.declared_rows() {
            let rule = format!("{}:{}", sector.decl.file, decl.line);
            for figure in &row.figures {
                self.figures.extend(stated_figure(figure, sector, &decl.label, &rule));
                let sources = figure.sources();
                self.cells.extend(sources.iter().map(|source| (source.to_string(), source.raw.to_string())));
            }
        }
    }
}

impl StatedFigure {
    /// Returns whether the figure is that of another sector.
    pub fn is_borrowed(&self) -> bool {
        let own = self.id.split('.').next().unwrap_or_default();
        !self.stated_by.is_empty() && self.stated_by != own
    }
}

impl StatedShortfall {
    fn from_shortfall(shortfall: &Shortfall) -> Self {
        Self {
            sector: shortfall.sector.to_string(),
            indicator: shortfall.indicator.as_ref().map(|indicator| indicator.id.to_string()),
            statement: super::document::plain_text(&shortfall.statement.spans),
            rule: shortfall.rule.to_string(),
        }
    }
}

fn stated_figure(figure: &Figure, sector: &SectorReport, label: &str, rule: &str) -> Option<StatedFigure> {
    let value = match figure.amount {
        Amount::Known(value) => value.normalize().to_string(),
        Amount::NotApplicable => "-".to_owned(),
        Amount::Missing => return None,
    };
    Some(StatedFigure {
        id: figure.name.to_string(),
        stated_by: sector.decl.id.to_string(),
        label: label.to_owned(),
        value,
        unit: figure.unit.to_string(),
        estimate: figure.status == Status::Estimate,
        cells: figure.sources().iter().map(ToString::to_string).collect(),
        settings: figure.settings().iter().map(ToString::to_string).collect(),
        rule: rule.to_owned(),
    })
}
