//! Proposes the declarations of a new sector from the rows of an example workbook.
//!
//! Input: the tables of the workbook. Output: indicators with names, units, parts and figures, topics, targets and
//! measures, and what was left out. Not here: the text of a rule.

use super::names::Names;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::message::Words;
use tonghop_core::model::id::{MeasureId, TargetId};
use tonghop_core::model::indicator::Relation;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Unit;
use tonghop_core::say;
use tonghop_core::vi::fold::label;
use tonghop_core::vi::unit;
use tonghop_recognise::{Holds, ListedRow, ListedTable};

/// The proposed declarations of a new sector.
#[derive(Clone, Debug, Default)]
pub(super) struct Proposal {
    /// The indicators, each after its parent.
    pub indicators: Vec<Proposed>,
    pub topics: Vec<Topic>,
    pub targets: Vec<TargetId>,
    pub measures: Vec<MeasureId>,
    /// Whether the workbook has a column of difficulties.
    pub difficulties: bool,
    /// What was left out, as messages for the user and for a comment in the rule.
    pub left_out: Vec<Words>,
}

/// An indicator with the figures of the example.
#[derive(Clone, Debug)]
pub(super) struct Proposed {
    pub id: String,
    pub label: String,
    pub unit: Unit,
    pub parent: Option<usize>,
    pub relation: Relation,
    pub figures: BTreeMap<Measure, Decimal>,
}

/// A topic with the text of the example.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    pub key: String,
    pub label: String,
    pub words: String,
}

/// Returns the existing owner of a label: `sector.indicator`.
pub(super) type Declared<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Proposal {
    /// Proposes declarations for the tables of a workbook; rows whose label is already declared are left out.
    pub(super) fn from_tables(tables: &[ListedTable], config: &Config, declared: Declared<'_>) -> Self {
        let mut proposal = Self::default();
        let mut names = Names::new();
        let plan = proposal.plans(tables, config);
        for table in tables {
            let measures: Vec<Option<Measure>> =
                table.columns.iter().map(|c| measure(&c.holds, plan.as_ref())).collect();
            proposal.columns(table, &measures);
            proposal.rows(table, &measures, &mut names, declared);
        }
        proposal.relate();
        proposal
    }

    /// Returns a small sample sector, used if there is no workbook. Labels that the department already reports are made
    /// unique, because a row must match one indicator.
    pub(super) fn sample(config: &Config, title: &str, declared: Declared<'_>) -> Self {
        let apart = |label: &str| match declared(label) {
            Some(_) => format!("{label}, {title}"),
            None => label.to_owned(),
        };
        let plan = config.targets.first().map(|target| target.id.clone());
        let figures = |target: u32, actual: u32, last_year: u32| {
            let target = plan.clone().map(|plan| (Measure::Target(plan), Decimal::from(target)));
            let told = [(Measure::Actual, Decimal::from(actual)), (Measure::LastYear, Decimal::from(last_year))];
            target.into_iter().chain(told).collect::<BTreeMap<_, _>>()
        };
        let row = |id: &str, label: &str, unit: &str, parent, figures| Proposed {
            id: id.to_owned(),
            label: apart(label),
            unit: unit::parse(unit),
            parent,
            relation: Relation::Part,
            figures,
        };
        let indicators = vec![
            row("tong_so_ho", "Tổng số hộ được hỗ trợ", "hộ", None, figures(200, 160, 128)),
            row("ho_ngheo", "Hộ nghèo được hỗ trợ", "hộ", Some(0), figures(120, 100, 80)),
            row("ho_can_ngheo", "Hộ cận nghèo được hỗ trợ", "hộ", Some(0), figures(80, 60, 48)),
            row("kinh_phi", "Kinh phí hỗ trợ", "triệu đồng", None, figures(1_000, 500, 800)),
        ];
        let words = "Công tác hỗ trợ được thực hiện kịp thời, đúng đối tượng.".to_owned();
        let topic = Topic { key: "tinh_hinh".to_owned(), label: apart("Tình hình hỗ trợ"), words };
        Self { indicators, topics: vec![topic], targets: plan.into_iter().collect(), ..Self::default() }
    }

    /// Returns the indicators directly below `parent`, or the top-level ones.
    pub(super) fn below(&self, parent: Option<usize>) -> impl Iterator<Item = (usize, &Proposed)> {
        self.indicators.iter().enumerate().filter(move |(_, indicator)| indicator.parent == parent)
    }

    /// Collects the targets of the columns; returns the target that a plan column without a name stands for.
    fn plans(&mut self, tables: &[ListedTable], config: &Config) -> Option<TargetId> {
        let columns = || tables.iter().flat_map(|table| &table.columns);
        let named: BTreeSet<&TargetId> = columns()
            .filter_map(|column| match &column.holds {
                Holds::Numbers(Measure::Target(target)) => Some(target),
                _ => None,
            })
            .collect();
        let in_order = config.targets.iter().map(|target| &target.id).filter(|id| named.contains(id));
        self.targets = in_order.cloned().collect();
        let has_plan = columns().any(|column| column.holds == Holds::Plan);
        let own = config.targets.first().filter(|_| has_plan && named.is_empty()).map(|target| target.id.clone());
        self.targets.extend(own.clone());
        own
    }

    /// Records the measures of the columns of a table, and the columns with an unknown meaning.
    fn columns(&mut self, table: &ListedTable, measures: &[Option<Measure>]) {
        for (column, measure) in table.columns.iter().zip(measures) {
            match (&column.holds, measure) {
                (_, Some(Measure::Other(id))) if !self.measures.contains(id) => self.measures.push(id.clone()),
                (Holds::Difficulties, _) => self.difficulties = true,
                (Holds::Unknown | Holds::Plan, None) if !column.heading.is_empty() => {
                    self.left_out.push(say!(
                        "cột \"{heading}\" của trang \"{sheet}\" chưa rõ là số liệu gì",
                        "the column \"{heading}\" of the sheet \"{sheet}\", whose heading does not say what it holds",
                        heading = column.heading,
                        sheet = table.sheet
                    ));
                }
                _ => {}
            }
        }
    }

    fn rows(&mut self, table: &ListedTable, measures: &[Option<Measure>], names: &mut Names, declared: Declared<'_>) {
        let mut taken: Vec<Option<usize>> = vec![None; table.rows.len()];
        let mut others = BTreeSet::new();
        for (at, row) in table.rows.iter().enumerate() {
            let parent = nearest(table, at, &taken);
            let is_below = row.parent.is_some_and(|above| others.contains(&above));
            let owner = declared(&row.label).filter(|_| parent.is_none());
            if is_below || owner.is_some() {
                others.insert(at);
                let declared = |owner: String| {
                    let label = &row.label;
                    say!("dòng \"{label}\" đã có ở {owner}", "the row \"{label}\", which {owner} is already")
                };
                self.left_out.extend(owner.map(declared));
            } else if let Some(words) = &row.words {
                // A topic gets the text of every row with its label.
                if self.topics.iter().all(|topic| label(&topic.label) != label(&row.label)) {
                    let key = names.give(&row.label, None);
                    self.topics.push(Topic { key, label: row.label.clone(), words: words.clone() });
                }
            } else if !row.numbers.is_empty() || tells_apart(table, at) {
                let figures = figures(row, measures);
                taken[at] = Some(self.take(row, parent, figures, names));
            }
        }
    }

    /// Adds an indicator, or the figures of another table to an existing one; returns its index.
    fn take(
        &mut self,
        row: &ListedRow,
        parent: Option<usize>,
        figures: BTreeMap<Measure, Decimal>,
        names: &mut Names,
    ) -> usize {
        let same = |known: &Proposed| known.parent == parent && label(&known.label) == label(&row.label);
        if let Some(at) = self.indicators.iter().position(same) {
            for (measure, value) in figures {
                self.indicators[at].figures.entry(measure).or_insert(value);
            }
            return at;
        }
        let id = names.give(&row.label, parent.map(|parent| self.indicators[parent].id.as_str()));
        let unit = row.unit.clone().unwrap_or_else(Unit::none);
        let label = row.label.clone();
        self.indicators.push(Proposed { id, label, unit, parent, relation: Relation::OfWhich, figures });
        self.indicators.len() - 1
    }

    /// Marks the indicators whose figures add up to their parent as parts.
    fn relate(&mut self) {
        for parent in 0..self.indicators.len() {
            let below: Vec<usize> = self.below(Some(parent)).map(|(at, _)| at).collect();
            if adds_up(&self.indicators[parent], below.iter().map(|at| &self.indicators[*at])) {
                below.into_iter().for_each(|at| self.indicators[at].relation = Relation::Part);
            }
        }
    }
}

fn measure(holds: &Holds, plan: Option<&TargetId>) -> Option<Measure> {
    match holds {
        Holds::Numbers(measure) => Some(measure.clone()),
        Holds::Plan => plan.cloned().map(Measure::Target),
        Holds::Words | Holds::Difficulties | Holds::Unknown => None,
    }
}

fn figures(row: &ListedRow, measures: &[Option<Measure>]) -> BTreeMap<Measure, Decimal> {
    let told = row.numbers.iter().filter_map(|(column, value)| Some((measures[*column].clone()?, *value)));
    told.collect()
}

/// Returns the indicator of the nearest row above that has one.
fn nearest(table: &ListedTable, at: usize, taken: &[Option<usize>]) -> Option<usize> {
    let above = |at: &usize| table.rows[*at].parent;
    std::iter::successors(above(&at), above).find_map(|above| taken[above])
}

/// Returns whether a row without numbers distinguishes rows with the same label: "Lúa" over "Diện tích".
fn tells_apart(table: &ListedTable, at: usize) -> bool {
    let twice =
        |row: &&ListedRow| table.rows.iter().filter(|other| label(&other.label) == label(&row.label)).count() > 1;
    let below = table.rows.iter().filter(|row| row.parent == Some(at) && !row.numbers.is_empty());
    below.clone().count() > 0 && below.clone().all(|row| twice(&row))
}

/// Returns whether parts add up to a whole in every measure, within the rounding tolerance.
fn adds_up<'p>(whole: &Proposed, parts: impl Iterator<Item = &'p Proposed> + Clone) -> bool {
    let tolerance = Decimal::new(1, 3);
    let holds = |(measure, total): (&Measure, &Decimal)| {
        let told: Option<Vec<Decimal>> = parts.clone().map(|part| part.figures.get(measure).copied()).collect();
        let sum: Option<Decimal> = told.map(|told| told.into_iter().sum());
        sum.is_none_or(|sum| (sum - total).abs() <= total.abs() * tolerance)
    };
    let same_unit = parts.clone().all(|part| part.unit == whole.unit);
    let told = parts.clone().all(|part| part.figures.contains_key(&Measure::Actual));
    same_unit && told && parts.clone().count() > 1 && whole.figures.iter().all(holds)
}
