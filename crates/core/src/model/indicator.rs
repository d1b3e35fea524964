//! What a plugin declares: a sector, its indicators, its narrative.
//!
//! In comes the declaration of one rule file, already checked; out goes what the recogniser looks for and what the
//! outputs are shaped by. Never here: values, Lua.

use super::id::{DepartmentId, FilePath, IndicatorId, MeasureId, SectionPath, SectorId, TargetId};
use super::measure::{Measure, Print};
use super::quantity::Unit;
use super::records::RecordsDecl;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The declaration of one sector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectorDecl {
    /// Unique in the project: small letters, digits, `-` and `_`.
    pub id: SectorId,
    /// What outputs and forms call the sector.
    pub title: String,
    /// The heading of the outline that it reports under.
    pub section: SectionPath,
    /// Who reports it; where several give a figure, the one that is listed first is used.
    pub departments: Vec<DepartmentId>,
    /// The plans that its indicators are measured against, in the order of the rule file.
    pub targets: Vec<TargetId>,
    /// The further measures of its indicators, in the order of the rule file.
    pub measures: Vec<MeasureId>,
    /// In the order of the rule file, each followed by its parts.
    pub indicators: Vec<IndicatorDecl>,
    /// What departments write sentences on, in the order of the rule file.
    pub narrative: Vec<NarrativeDecl>,
    /// Open tables, whose rows nobody declares.
    pub records: Vec<Arc<RecordsDecl>>,
    /// The rule file that declares it.
    pub file: FilePath,
}

impl SectorDecl {
    /// Finds an indicator of the sector.
    pub fn indicator(&self, id: &str) -> Option<&IndicatorDecl> {
        self.indicators.iter().find(|i| i.id.as_str() == id)
    }

    /// Returns the parts, or the of-which lines, right below an indicator.
    pub fn children<'a>(&'a self, parent: &'a IndicatorId) -> impl Iterator<Item = &'a IndicatorDecl> {
        self.indicators.iter().filter(move |i| i.parent.as_ref().is_some_and(|p| p.id == *parent))
    }
}

/// One indicator (chỉ tiêu).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorDecl {
    /// Unique in the sector, among topics and open tables too.
    pub id: IndicatorId,
    /// What forms and outputs call it, and what rows of workbooks are compared with.
    pub label: String,
    /// Other spellings of the label that departments use.
    pub aliases: Vec<String>,
    /// Spellings that somebody reviewed and accepted for the project.
    pub accepted: Vec<AcceptedLabel>,
    /// Its own, else that of the indicator above or of the sector; one without base leaves it to the workbook.
    pub unit: Unit,
    /// The indicator right above; `None` for a headline indicator.
    pub parent: Option<Parent>,
    /// 0 for a headline indicator, 1 for its parts …
    pub depth: u32,
    /// Its own, else those of the indicator above or of the sector.
    pub decimals: Decimals,
    /// Whether counts below 10 are padded (02); `None` leaves it to the unit.
    pub padded: Option<bool>,
    /// Another sector's indicator that gives this one its figures.
    pub from: Option<(SectorId, IndicatorId)>,
    /// The indicator of the sector that this one is a fraction of.
    pub of: Option<IndicatorId>,
    /// Whether the rows below it are names that it counts.
    pub names: bool,
    /// Whether it is a member of the breakdown (`by`) of the indicator above it, which a column may also hold.
    pub member: bool,
    /// What must hold between its actual and others.
    pub relations: Vec<DeclaredRelation>,
    /// Line of the rule file where the declaration stands.
    pub line: u32,
}

impl IndicatorDecl {
    /// Declares a headline indicator with nothing but its name, label and unit.
    pub fn new(id: impl Into<Arc<str>>, label: impl Into<String>, unit: Unit) -> Self {
        Self {
            id: IndicatorId::new(id),
            label: label.into(),
            aliases: Vec::new(),
            accepted: Vec::new(),
            unit,
            parent: None,
            depth: 0,
            decimals: Decimals::default(),
            padded: None,
            from: None,
            of: None,
            names: false,
            member: false,
            relations: Vec::new(),
            line: 1,
        }
    }

    /// Returns every spelling of the label that a department may use: the declared ones, then the accepted ones.
    ///
    /// Without a department, only those that hold for all of them.
    pub fn spellings<'a>(&'a self, department: Option<&'a DepartmentId>) -> impl Iterator<Item = &'a str> {
        let accepted = self.accepted.iter().filter(move |label| label.holds_for(department)).map(|label| &label.words);
        std::iter::once(&self.label).chain(&self.aliases).chain(accepted).map(String::as_str)
    }

    /// Returns how a measure of the indicator is printed.
    pub fn print(&self, measure: &Measure) -> Print {
        Print { decimals: self.decimals.of(measure), padded: self.padded }
    }
}

/// A spelling of a label that `plugins/aliases.toml` adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedLabel {
    /// As written there; rows are compared with them as with the label.
    pub words: String,
    /// Whose rows it is for; `None` for all departments.
    pub department: Option<DepartmentId>,
}

impl AcceptedLabel {
    /// Tells whether rows of a department may be called so.
    pub fn holds_for(&self, department: Option<&DepartmentId>) -> bool {
        self.department.is_none() || self.department.as_ref() == department
    }
}

/// A relation that a declaration states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredRelation {
    /// What must hold between the two.
    pub must: MustBe,
    /// The sector of the other indicator; may be the same.
    pub sector: SectorId,
    /// The id of the other indicator.
    pub indicator: IndicatorId,
    /// What may explain a difference.
    pub because: Option<String>,
}

/// What must hold between two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MustBe {
    /// Both are the same (`equals`).
    Equal,
    /// The one that declares it is not above the other (`at_most`).
    AtMost,
}

/// How an indicator belongs to the one above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The id of the indicator above, in the same sector.
    pub id: IndicatorId,
    /// Whether lines such as this one add up to it.
    pub relation: Relation,
}

/// Whether lines below an indicator add up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// Chia theo: the parts add up.
    Part,
    /// Trong đó: they need not.
    OfWhich,
}

/// Decimals printed, per measure and target; `None` leaves it to the number or to the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decimals {
    /// Of every measure that no other field is for.
    pub value: Option<u32>,
    /// Of the change on last year, in percent.
    pub yoy: Option<u32>,
    /// Of the share in the indicator above.
    pub share: Option<u32>,
    /// Of the ratio to the indicator that `of` names.
    pub ratio: Option<u32>,
    /// For every target that `attainment` does not name.
    pub attainment_default: Option<u32>,
    /// Of attainment and of what it lacks to the pace, by target.
    pub attainment: BTreeMap<TargetId, u32>,
}

impl Decimals {
    fn of(&self, measure: &Measure) -> Option<u32> {
        match measure {
            Measure::Attainment(target) | Measure::Lag(target) => {
                self.attainment.get(target).copied().or(self.attainment_default)
            }
            Measure::Yoy => self.yoy,
            Measure::Share => self.share,
            Measure::Ratio => self.ratio,
            _ => self.value,
        }
    }
}

/// A topic on which departments write sentences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NarrativeDecl {
    /// Its name in rules and templates; unique in the sector.
    pub key: String,
    /// Spellings of the row that holds the words; the first is the usual one.
    pub labels: Vec<String>,
    /// The line of the rule file that declares it, counted from 1.
    pub line: u32,
}
