//! What a run says, in a form in which two runs can be compared: `figures.json`.
//!
//! In comes the report; out go its figures by name with the cells they rest on, and its shortfalls. Never here: a
//! sentence of the report, a problem, a comparison.

use super::figure::Figure;
use super::measure::Status;
use super::quantity::Amount;
use super::report::Report;
use super::sector::{SectorReport, Shortfall};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that the sectors state, printed in the report or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// In the order of the outline; figures without data are left out.
    pub figures: Vec<StatedFigure>,
    /// In the order of the outline, those of a sector in the order of its rule.
    pub shortfalls: Vec<StatedShortfall>,
    /// The content as typed of every cell that a figure rests on, by `file [sheet] cell`.
    pub cells: BTreeMap<String, String>,
}

/// A figure that a sector states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFigure {
    /// `sector.indicator.measure[.target]`.
    pub id: String,
    /// The label of its indicator, as declared.
    pub label: String,
    /// The exact number with a decimal point, or `-` where the case does not arise.
    pub value: String,
    /// As written out, with its scale word: `tỷ đồng`; empty for pure numbers.
    pub unit: String,
    /// Whether it is an estimate (ước thực hiện) or rests on one.
    pub estimate: bool,
    /// The keys of its cells.
    pub cells: Vec<String>,
    /// Keys of `tonghop.toml` that it also rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
    /// The line that declares its indicator, `file:line`.
    pub rule: String,
}

/// A shortfall that a sector states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedShortfall {
    /// The id of the sector.
    pub sector: String,
    /// What is behind; `null` for a difficulty that names no indicator.
    pub indicator: Option<String>,
    /// The sentence of the report.
    pub statement: String,
    /// The line that found it, `file:line`.
    pub rule: String,
}

impl Account {
    /// Takes down what a report states.
    pub fn of(report: &Report) -> Self {
        let mut account = Self::default();
        for sector in &report.sectors {
            account.sector(sector);
        }
        account.shortfalls = report.shortfalls().map(StatedShortfall::of).collect();
        account
    }

    fn sector(&mut self, sector: &SectorReport) {
        for (decl, row) in sector.declared_rows() {
            let rule = format!("{}:{}", sector.decl.file, decl.line);
            for figure in &row.figures {
                self.figures.extend(stated(figure, &decl.label, &rule));
                let sources = figure.sources();
                self.cells.extend(sources.iter().map(|source| (source.to_string(), source.raw.to_string())));
            }
        }
    }
}

impl StatedShortfall {
    fn of(shortfall: &Shortfall) -> Self {
        Self {
            sector: shortfall.sector.to_string(),
            indicator: shortfall.indicator.as_ref().map(|indicator| indicator.id.to_string()),
            statement: super::document::plain(&shortfall.statement.spans),
            rule: shortfall.rule.to_string(),
        }
    }
}

fn stated(figure: &Figure, label: &str, rule: &str) -> Option<StatedFigure> {
    let value = match figure.amount {
        Amount::Known(value) => value.normalize().to_string(),
        Amount::NotApplicable => "-".to_owned(),
        Amount::Missing => return None,
    };
    Some(StatedFigure {
        id: figure.name.to_string(),
        label: label.to_owned(),
        value,
        unit: figure.unit.to_string(),
        estimate: figure.status == Status::Estimate,
        cells: figure.sources().iter().map(ToString::to_string).collect(),
        settings: figure.settings().iter().map(ToString::to_string).collect(),
        rule: rule.to_owned(),
    })
}
