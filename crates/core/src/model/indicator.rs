//! The declarations of a plugin: a sector, its indicators, its narrative topics.
//!
//! Output: the checked declaration of one rule file, used by the recogniser and by the outputs. Not here: values, Lua.

use super::aggregation::Aggregation;
use super::bounds::Bounds;
use super::id::{DepartmentId, FilePath, IndicatorId, MeasureId, SectionPath, SectorId, TargetId};
use super::indexed_list::{Indexed, IndexedList};
use super::measure::{Measure, PrintFormat};
use super::quantity::Unit;
use super::records::RecordsDecl;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The declaration of a sector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectorDecl {
    /// Unique in the project: lowercase letters, digits, `-` and `_`.
    pub id: SectorId,
    /// The title used in outputs and forms.
    pub title: String,
    /// The outline heading of the sector's text.
    pub section: SectionPath,
    /// The reporting departments, in the order of the rule file.
    pub departments: Vec<DepartmentId>,
    /// The plans of its indicators, in the order of the rule file.
    pub targets: Vec<TargetId>,
    /// The further measures of its indicators, in the order of the rule file.
    pub measures: Vec<MeasureId>,
    /// In the order of the rule file, each followed by its parts.
    pub indicators: IndexedList<IndicatorDecl>,
    /// The topics on which departments write text, in the order of the rule file.
    pub narrative: Vec<NarrativeDecl>,
    /// Open tables, whose rows are not declared.
    pub records: Vec<Arc<RecordsDecl>>,
    /// The rule file that declares it.
    pub file: FilePath,
}

impl SectorDecl {
    /// Finds an indicator of the sector.
    pub fn indicator(&self, id: &str) -> Option<&IndicatorDecl> {
        self.position(id).map(|at| &self.indicators[at])
    }

    /// Returns the index of an indicator, which is also that of its row in results.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.indicators.index().by_id.get(id).copied()
    }

    /// Returns the measures that departments report for the sector, in the order of the columns of forms.
    pub fn reported_measures(&self) -> impl Iterator<Item = Measure> {
        Measure::reported(&self.targets, &self.measures)
    }

    /// Returns whether the sector has a measure: one that every sector has, or a declared one.
    pub fn has_measure(&self, measure: &Measure) -> bool {
        match measure {
            Measure::Target(target) | Measure::Attainment(target) | Measure::Lag(target) => {
                self.targets.contains(target)
            }
            Measure::Custom(custom) => self.measures.contains(custom),
            _ => true,
        }
    }

    /// Returns the direct children of an indicator that have this relation to it.
    pub fn related_children<'a>(
        &'a self,
        parent: &IndicatorId,
        relation: ParentRelation,
    ) -> impl Iterator<Item = &'a IndicatorDecl> + use<'a> {
        let is_related = move |child: &&IndicatorDecl| child.parent.as_ref().is_some_and(|p| p.relation == relation);
        self.children(parent).filter(is_related)
    }

    /// Returns the direct children of an indicator: its parts or of-which lines.
    pub fn children<'a>(&'a self, parent: &IndicatorId) -> impl Iterator<Item = &'a IndicatorDecl> + use<'a> {
        self.child_positions(parent).iter().map(|at| &self.indicators[*at])
    }

    /// Returns the indexes of the direct children of an indicator.
    pub fn child_positions(&self, parent: &IndicatorId) -> &[usize] {
        self.indicators.index().by_parent.get(parent.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// The indexes of indicators by id and by parent; the first of several with one id.
#[derive(Clone, Debug, Default)]
pub struct IndicatorIndex {
    by_id: HashMap<Arc<str>, usize>,
    by_parent: HashMap<Arc<str>, Vec<usize>>,
}

impl Indexed for IndicatorDecl {
    type Index = IndicatorIndex;

    fn build_index(indicators: &[Self]) -> IndicatorIndex {
        let mut index = IndicatorIndex::default();
        for (at, indicator) in indicators.iter().enumerate() {
            index.by_id.entry(indicator.id.as_str().into()).or_insert(at);
            if let Some(parent) = &indicator.parent {
                index.by_parent.entry(parent.id.as_str().into()).or_default().push(at);
            }
        }
        index
    }
}

/// The declaration of an indicator (chỉ tiêu).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorDecl {
    /// Unique in the sector, including topics and open tables.
    pub id: IndicatorId,
    /// The label used in forms and outputs, and compared with the rows of workbooks.
    pub label: String,
    /// Other spellings of the label, used by departments.
    pub aliases: Vec<String>,
    /// Spellings that were reviewed and accepted for the project.
    pub accepted_labels: Vec<AcceptedLabel>,
    /// The declared unit, or the unit inherited from the parent or the sector; a unit without base is taken from the
    /// workbook.
    pub unit: Unit,
    /// The parent indicator; `None` for a headline indicator.
    pub parent: Option<Parent>,
    /// 0 for a headline indicator, 1 for its children, and so on.
    pub depth: u32,
    /// The declared decimals, or those inherited from the parent or the sector.
    pub decimals: Decimals,
    /// Whether counts below 10 are padded (02); `None` depends on the unit.
    pub padded: Option<bool>,
    /// The indicator of another sector that provides the figures.
    pub source_indicator: Option<(SectorId, IndicatorId)>,
    /// The indicator of the sector that is the denominator of the ratio.
    pub ratio_base: Option<IndicatorId>,
    /// Whether the indicator counts the names in the rows below it.
    pub counts_names: bool,
    /// Whether it is a member of the parent's breakdown (`by`), whose values can also be in columns.
    pub is_breakdown_member: bool,
    /// How it goes over its parts, if that is declared.
    pub over: Option<Aggregation>,
    /// The numbers that it can have, if that is declared.
    pub bounds: Bounds,
    /// Relations that must hold between its actual value and others.
    pub relations: Vec<DeclaredRelation>,
    /// The line of the declaration in the rule file.
    pub line: u32,
}

impl IndicatorDecl {
    /// Creates a headline indicator with only an id, a label and a unit.
    pub fn new(id: impl Into<Arc<str>>, label: impl Into<String>, unit: Unit) -> Self {
        Self {
            id: IndicatorId::new(id),
            label: label.into(),
            aliases: Vec::new(),
            accepted_labels: Vec::new(),
            unit,
            parent: None,
            depth: 0,
            decimals: Decimals::default(),
            padded: None,
            source_indicator: None,
            ratio_base: None,
            counts_names: false,
            is_breakdown_member: false,
            over: None,
            bounds: Bounds::default(),
            relations: Vec::new(),
            line: 1,
        }
    }

    /// Returns every accepted spelling of the label: the declared ones, then the reviewed ones.
    ///
    /// Without a department, only those valid for all departments.
    pub fn spellings<'a>(&'a self, department: Option<&'a DepartmentId>) -> impl Iterator<Item = &'a str> {
        let accepted =
            self.accepted_labels.iter().filter(move |label| label.applies_to(department)).map(|label| &label.text);
        std::iter::once(&self.label).chain(&self.aliases).chain(accepted).map(String::as_str)
    }

    /// Returns every spelling of the label that some department may use.
    pub fn all_spellings(&self) -> impl Iterator<Item = &str> {
        let accepted = self.accepted_labels.iter().map(|label| &label.text);
        std::iter::once(&self.label).chain(&self.aliases).chain(accepted).map(String::as_str)
    }

    /// Returns whether no row of a form can tell this indicator from another one of its sector with the same name.
    pub fn is_double_of(&self, other: &Self) -> bool {
        let parent = |one: &Self| one.parent.as_ref().map(|parent| parent.id.clone());
        let is_reported = |one: &Self| one.source_indicator.is_none();
        self.id != other.id
            && is_reported(self)
            && is_reported(other)
            && self.unit.has_same_base(&other.unit)
            && parent(self) == parent(other)
    }

    /// Returns whether its figures are the sum of its parts: amounts are unless declared otherwise, rates are not.
    pub fn adds_up(&self) -> bool {
        self.over.as_ref().map_or_else(|| !self.unit.is_rate(), |over| *over == Aggregation::Sum)
    }

    /// Returns the print format of a measure of the indicator.
    pub fn print_format(&self, measure: &Measure) -> PrintFormat {
        PrintFormat { decimals: self.decimals.for_measure(measure), padded: self.padded }
    }
}

/// A spelling of a label from `plugins/aliases.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedLabel {
    /// The spelling; compared with rows in the same way as the label.
    pub text: String,
    /// The department whose rows it applies to; `None` for all departments.
    pub department: Option<DepartmentId>,
}

impl AcceptedLabel {
    /// Returns whether the spelling applies to the rows of a department.
    pub fn applies_to(&self, department: Option<&DepartmentId>) -> bool {
        self.department.is_none() || self.department.as_ref() == department
    }
}

/// A declared relation between two indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredRelation {
    /// The relation that must hold.
    pub kind: RelationKind,
    /// The sector of the other indicator; can be the same sector.
    pub sector: SectorId,
    /// The id of the other indicator.
    pub indicator: IndicatorId,
    /// The possible explanation of a difference.
    pub explanation: Option<String>,
}

/// A relation that must hold between two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationKind {
    /// Both are equal (`equals`).
    Equal,
    /// The declaring indicator does not exceed the other (`at_most`).
    AtMost,
}

/// The link of an indicator to its parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The id of the parent, in the same sector.
    pub id: IndicatorId,
    /// Whether its children add up to it.
    pub relation: ParentRelation,
}

/// Whether the children of an indicator add up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParentRelation {
    /// Chia theo: the parts add up to the whole.
    Part,
    /// Trong đó: the lines need not add up.
    OfWhich,
}

/// Printed decimals, by measure and target; `None` depends on the number or the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decimals {
    /// For every measure without a separate field.
    pub value: Option<u32>,
    /// For the change on last year, in percent.
    pub yoy: Option<u32>,
    /// For the share in the parent.
    pub share: Option<u32>,
    /// For the ratio to the indicator declared with `of`.
    pub ratio: Option<u32>,
    /// For every target that is not in `attainment`.
    pub attainment_default: Option<u32>,
    /// For attainment and lag, by target.
    pub attainment: BTreeMap<TargetId, u32>,
}

impl Decimals {
    fn for_measure(&self, measure: &Measure) -> Option<u32> {
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

/// A narrative topic, on which departments write text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NarrativeDecl {
    /// The name in rules and templates; unique in the sector.
    pub key: String,
    /// Spellings of the label of the row with the text; the first is the usual one.
    pub labels: Vec<String>,
    /// The line of the rule file that declares it, counted from 1.
    pub line: u32,
}
