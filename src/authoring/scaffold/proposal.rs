//! Proposes the declarations of a new sector from the rows of an example workbook.
//!
//! Input: the tables of the workbook. Output: indicators with names, units, parts and figures, topics, targets and
//! measures, and what was left out. Not here: the text of a rule.

use super::names::NameAllocator;
use super::open_table::ProposedTable;
use super::places::{ProposedPlace, places};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::message::Message;
use tonghop_core::model::id::{MeasureId, TargetId};
use tonghop_core::model::indicator::ParentRelation;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Unit;
use tonghop_core::msg;
use tonghop_core::vi::label::fold_label;
use tonghop_core::vi::unit;
use tonghop_recognise::{ColumnContent, ListedRow, ListedTable};

/// The proposed declarations of a new sector.
#[derive(Clone, Debug, Default)]
pub(super) struct SectorProposal {
    /// The indicators, each after its parent.
    pub indicators: Vec<ProposedIndicator>,
    pub topics: Vec<ProposedTopic>,
    /// The tables whose rows are names.
    pub tables: Vec<ProposedTable>,
    pub targets: Vec<TargetId>,
    pub measures: Vec<MeasureId>,
    /// Whether the workbook has a column of difficulties.
    pub difficulties: bool,
    /// What was left out, as messages for the user and for a comment in the rule.
    pub left_out: Vec<Message>,
}

/// An indicator with the figures of the example.
#[derive(Clone, Debug)]
pub(super) struct ProposedIndicator {
    pub id: String,
    pub label: String,
    pub unit: Unit,
    pub parent: Option<usize>,
    pub relation: ParentRelation,
    pub figures: BTreeMap<Measure, Decimal>,
    /// The places that report it, each with the number of the example.
    pub places: Vec<(ProposedPlace, Option<Decimal>)>,
}

/// A topic with the text of the example.
#[derive(Clone, Debug)]
pub(super) struct ProposedTopic {
    pub key: String,
    pub label: String,
    pub words: String,
}

/// Returns the existing owner of a label: `sector.indicator`.
pub(super) type FindDeclared<'a> = &'a dyn Fn(&str) -> Option<String>;

impl SectorProposal {
    /// Proposes declarations for the tables of a workbook; rows whose label is already declared are left out.
    pub(super) fn from_tables(tables: &[ListedTable], config: &Config, declared: FindDeclared<'_>) -> Self {
        let mut proposal = Self::default();
        let mut names = NameAllocator::new();
        let plan = proposal.collect_targets(tables, config);
        for table in tables {
            let measures: Vec<Option<Measure>> =
                table.columns.iter().map(|c| column_measure(&c.content, plan.as_ref())).collect();
            let open = ProposedTable::new(table, &measures, &mut names);
            let places = places(table);
            if places.is_empty() {
                proposal.collect_columns(table, &measures, open.is_some());
            }
            match open {
                Some(open) => proposal.add_table(open),
                None if !places.is_empty() => proposal.collect_places(table, &places, &mut names, declared),
                None => proposal.collect_rows(table, &measures, &mut names, declared),
            }
        }
        proposal.mark_parts();
        proposal
    }

    /// Returns a small sample sector, used if there is no workbook. Labels that the department already reports are made
    /// unique, because a row must match one indicator.
    pub(super) fn sample(config: &Config, title: &str, declared: FindDeclared<'_>) -> Self {
        let unique_label = |label: &str| match declared(label) {
            Some(_) => format!("{label}, {title}"),
            None => label.to_owned(),
        };
        let plan = config.targets.first().map(|target| target.id.clone());
        let figures = |target: u32, actual: u32, last_year: u32| {
            let target = plan.clone().map(|plan| (Measure::Target(plan), Decimal::from(target)));
            let figures = [(Measure::Actual, Decimal::from(actual)), (Measure::LastYear, Decimal::from(last_year))];
            target.into_iter().chain(figures).collect::<BTreeMap<_, _>>()
        };
        let row = |id: &str, label: &str, unit: &str, parent, figures| ProposedIndicator {
            id: id.to_owned(),
            label: unique_label(label),
            unit: unit::parse(unit),
            parent,
            relation: ParentRelation::Part,
            figures,
            places: Vec::new(),
        };
        let indicators = vec![
            row("tong_so_ho", "Tổng số hộ được hỗ trợ", "hộ", None, figures(200, 160, 128)),
            row("ho_ngheo", "Hộ nghèo được hỗ trợ", "hộ", Some(0), figures(120, 100, 80)),
            row("ho_can_ngheo", "Hộ cận nghèo được hỗ trợ", "hộ", Some(0), figures(80, 60, 48)),
            row("kinh_phi", "Kinh phí hỗ trợ", "triệu đồng", None, figures(1_000, 500, 800)),
        ];
        let text = "Công tác hỗ trợ được thực hiện kịp thời, đúng đối tượng.".to_owned();
        let topic =
            ProposedTopic { key: "tinh_hinh".to_owned(), label: unique_label("Tình hình hỗ trợ"), words: text };
        Self { indicators, topics: vec![topic], targets: plan.into_iter().collect(), ..Self::default() }
    }

    /// Returns the indicators directly below `parent`, or the top-level ones.
    pub(super) fn children(&self, parent: Option<usize>) -> impl Iterator<Item = (usize, &ProposedIndicator)> {
        self.indicators.iter().enumerate().filter(move |(_, indicator)| indicator.parent == parent)
    }

    /// Collects the targets of the columns; returns the target that a plan column without a name stands for.
    fn collect_targets(&mut self, tables: &[ListedTable], config: &Config) -> Option<TargetId> {
        let columns = || tables.iter().flat_map(|table| &table.columns);
        let named: BTreeSet<&TargetId> = columns()
            .filter_map(|column| match &column.content {
                ColumnContent::Numbers(Measure::Target(target)) => Some(target),
                _ => None,
            })
            .collect();
        let in_order = config.targets.iter().map(|target| &target.id).filter(|id| named.contains(id));
        self.targets = in_order.cloned().collect();
        let has_plan = columns().any(|column| column.content == ColumnContent::Plan);
        let own = config.targets.first().filter(|_| has_plan && named.is_empty()).map(|target| target.id.clone());
        self.targets.extend(own.clone());
        own
    }

    /// Records the measures of the columns of a table, and the columns with an unknown meaning.
    fn collect_columns(&mut self, table: &ListedTable, measures: &[Option<Measure>], is_open: bool) {
        for (column, measure) in table.columns.iter().zip(measures) {
            match (&column.content, measure) {
                (_, Some(Measure::Custom(id))) if !self.measures.contains(id) => self.measures.push(id.clone()),
                (ColumnContent::Difficulties, _) => self.difficulties = true,
                (ColumnContent::Words, _) if is_open => {}
                (ColumnContent::Unknown | ColumnContent::Words | ColumnContent::Plan, None)
                    if !column.heading.is_empty() =>
                {
                    self.left_out.push(msg!(
                        "cột \"{heading}\" của trang \"{sheet}\" chưa rõ là số liệu gì",
                        "the column \"{heading}\" of the sheet \"{sheet}\", whose heading does not say what it contains",
                        heading = column.heading,
                        sheet = table.sheet
                    ));
                }
                _ => {}
            }
        }
    }

    /// Adds the rows of a table whose columns are places, as indicators of these places; a rate has no sum over them.
    fn collect_places(
        &mut self,
        table: &ListedTable,
        places: &[ProposedPlace],
        names: &mut NameAllocator,
        declared: FindDeclared<'_>,
    ) {
        for row in &table.rows {
            let numbers: Vec<Option<Decimal>> = places.iter().map(|place| place.number(row)).collect();
            let (label, is_rate) = (&row.label, row.unit.as_ref().is_some_and(Unit::is_rate));
            match declared(label) {
                _ if numbers.iter().all(Option::is_none) => {}
                Some(owner) => self.left_out.push(msg!(
                    "dòng \"{label}\" đã có ở {owner}",
                    "the row \"{label}\", which is already declared as {owner}"
                )),
                None if is_rate => self.left_out.push(msg!(
                    "dòng \"{label}\" là tỷ lệ, không cộng được các nơi",
                    "the row \"{label}\", a rate, which has no sum over places"
                )),
                None => {
                    let at = self.add_indicator(row, None, BTreeMap::new(), names);
                    self.indicators[at].places = places.iter().cloned().zip(numbers).collect();
                }
            }
        }
    }

    /// Adds an open table, unless another one has the same fields: then their rows are of one table.
    fn add_table(&mut self, open: ProposedTable) {
        let headings = |table: &ProposedTable| -> BTreeSet<String> {
            table.fields.iter().map(|(_, heading)| fold_label(heading)).collect()
        };
        match self.tables.iter_mut().find(|known| headings(known) == headings(&open)) {
            Some(known) => known.rows.extend(open.rows),
            None => self.tables.push(open),
        }
    }

    fn collect_rows(
        &mut self,
        table: &ListedTable,
        measures: &[Option<Measure>],
        names: &mut NameAllocator,
        declared: FindDeclared<'_>,
    ) {
        let mut indicator_of_row: Vec<Option<usize>> = vec![None; table.rows.len()];
        let mut left_out_rows = BTreeSet::new();
        for (at, row) in table.rows.iter().enumerate() {
            let parent = nearest_indicator(table, at, &indicator_of_row);
            let is_below = row.parent.is_some_and(|above| left_out_rows.contains(&above));
            let owner = declared(&row.label).filter(|_| parent.is_none());
            if is_below || owner.is_some() {
                left_out_rows.insert(at);
                let declared = |owner: String| {
                    let label = &row.label;
                    msg!(
                        "dòng \"{label}\" đã có ở {owner}",
                        "the row \"{label}\", which is already declared as {owner}"
                    )
                };
                self.left_out.extend(owner.map(declared));
            } else if let Some(words) = &row.text {
                // A topic gets the text of every row with its label.
                if self.topics.iter().all(|topic| fold_label(&topic.label) != fold_label(&row.label)) {
                    let key = names.allocate(&row.label, None);
                    self.topics.push(ProposedTopic { key, label: row.label.clone(), words: words.clone() });
                }
            } else if !row.numbers.is_empty() || is_disambiguating(table, at) {
                let figures = row_figures(row, measures);
                indicator_of_row[at] = Some(self.add_indicator(row, parent, figures, names));
            }
        }
    }

    /// Adds an indicator, or the figures of another table to an existing one; returns its index.
    fn add_indicator(
        &mut self,
        row: &ListedRow,
        parent: Option<usize>,
        figures: BTreeMap<Measure, Decimal>,
        names: &mut NameAllocator,
    ) -> usize {
        let same =
            |known: &ProposedIndicator| known.parent == parent && fold_label(&known.label) == fold_label(&row.label);
        if let Some(at) = self.indicators.iter().position(same) {
            for (measure, value) in figures {
                self.indicators[at].figures.entry(measure).or_insert(value);
            }
            return at;
        }
        let id = names.allocate(&row.label, parent.map(|parent| self.indicators[parent].id.as_str()));
        let unit = row.unit.clone().unwrap_or_else(Unit::none);
        let label = row.label.clone();
        self.indicators.push(ProposedIndicator {
            id,
            label,
            unit,
            parent,
            relation: ParentRelation::OfWhich,
            figures,
            places: Vec::new(),
        });
        self.indicators.len() - 1
    }

    /// Marks the indicators whose figures add up to their parent as parts.
    fn mark_parts(&mut self) {
        for parent in 0..self.indicators.len() {
            let below: Vec<usize> = self.children(Some(parent)).map(|(at, _)| at).collect();
            if adds_up(&self.indicators[parent], below.iter().map(|at| &self.indicators[*at])) {
                below.into_iter().for_each(|at| self.indicators[at].relation = ParentRelation::Part);
            }
        }
    }
}

fn column_measure(holds: &ColumnContent, plan: Option<&TargetId>) -> Option<Measure> {
    match holds {
        ColumnContent::Numbers(measure) => Some(measure.clone()),
        ColumnContent::Plan => plan.cloned().map(Measure::Target),
        ColumnContent::Text
        | ColumnContent::Difficulties
        | ColumnContent::Words
        | ColumnContent::Remarks
        | ColumnContent::Unknown => None,
    }
}

fn row_figures(row: &ListedRow, measures: &[Option<Measure>]) -> BTreeMap<Measure, Decimal> {
    let figures = row.numbers.iter().filter_map(|(column, value)| Some((measures[*column].clone()?, *value)));
    figures.collect()
}

/// Returns the indicator of the nearest row above that has one.
fn nearest_indicator(table: &ListedTable, at: usize, indicator_of_row: &[Option<usize>]) -> Option<usize> {
    let above = |at: &usize| table.rows[*at].parent;
    std::iter::successors(above(&at), above).find_map(|above| indicator_of_row[above])
}

/// Returns whether a row without numbers distinguishes rows with the same label: "Lúa" over "Diện tích".
fn is_disambiguating(table: &ListedTable, at: usize) -> bool {
    let is_duplicate = |row: &&ListedRow| {
        table.rows.iter().filter(|other| fold_label(&other.label) == fold_label(&row.label)).count() > 1
    };
    let below = table.rows.iter().filter(|row| row.parent == Some(at) && !row.numbers.is_empty());
    below.clone().count() > 0 && below.clone().all(|row| is_duplicate(&row))
}

/// Returns whether parts add up to a whole in every measure, within the rounding tolerance.
fn adds_up<'p>(whole: &ProposedIndicator, parts: impl Iterator<Item = &'p ProposedIndicator> + Clone) -> bool {
    let tolerance = Decimal::new(1, 3);
    let holds = |(measure, total): (&Measure, &Decimal)| {
        let values: Option<Vec<Decimal>> = parts.clone().map(|part| part.figures.get(measure).copied()).collect();
        let sum: Option<Decimal> = values.map(|values| values.into_iter().sum());
        sum.is_none_or(|sum| (sum - total).abs() <= total.abs() * tolerance)
    };
    let same_unit = parts.clone().all(|part| part.unit == whole.unit);
    let have_actuals = parts.clone().all(|part| part.figures.contains_key(&Measure::Actual));
    same_unit && have_actuals && parts.clone().count() > 1 && whole.figures.iter().all(holds)
}
