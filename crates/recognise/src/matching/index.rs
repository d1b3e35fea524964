//! What a department may report, by the labels that it may write.
//!
//! In come the declarations of the sectors, once for each department; out go the indicators and topics that a row
//! can mean. Never here: workbooks.

use crate::layout::caption::KnownUnits;
use crate::layout::rows::Row;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tonghop_core::model::id::{DepartmentId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, NarrativeDecl, SectorDecl};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::RecordsDecl;
use tonghop_core::vi::fold::label;
use tonghop_core::vi::lexicon;

/// An indicator that a row can mean.
#[derive(Clone)]
pub(crate) struct Candidate<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a IndicatorDecl,
    /// Labels of the indicators above it, the nearest first.
    ancestors: Vec<Vec<String>>,
}

/// How near the label of a topic must be to one that is misspelt.
const NEAR: f64 = 0.8;

/// A topic on which a department writes.
pub(crate) struct Topic<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a NarrativeDecl,
}

impl Topic<'_> {
    /// Returns the line that declares it.
    pub(crate) fn rule(&self) -> RuleLine {
        RuleLine { file: self.sector.file.clone(), line: self.decl.line }
    }
}

/// What a department may report.
pub(crate) struct Index<'a> {
    /// By folded label and alias.
    labels: HashMap<String, Vec<Candidate<'a>>>,
    /// By `indicator` and by `sector.indicator`.
    codes: HashMap<String, Vec<Candidate<'a>>>,
    /// By folded label.
    topics: BTreeMap<String, Vec<Topic<'a>>>,
    /// The sectors of the department by id, with their folded titles.
    titles: Vec<(SectorId, String)>,
    /// The open tables of these sectors.
    records: Vec<(&'a SectorDecl, &'a RecordsDecl)>,
    /// What the indicators are measured in.
    bases: BTreeSet<Arc<str>>,
}

/// What a row means.
pub(crate) enum Found<'i, 'a> {
    One {
        candidate: &'i Candidate<'a>,
        parents: usize,
    },
    Several(Vec<&'i Candidate<'a>>),
    /// It has the name of this one, but stands under none of its parents.
    Astray(&'i Candidate<'a>),
    Nothing,
}

impl<'a> Index<'a> {
    /// Collects what the departments of some sectors may report; `only` is the one that has labels of its own.
    pub(crate) fn new(only: Option<&DepartmentId>, sectors: &[&'a SectorDecl]) -> Self {
        let mut own = sectors.to_vec();
        own.sort_by(|a, b| a.id.cmp(&b.id));
        let mut index = Self {
            labels: HashMap::new(),
            codes: HashMap::new(),
            topics: BTreeMap::new(),
            titles: Vec::new(),
            records: Vec::new(),
            bases: BTreeSet::new(),
        };
        for sector in own {
            index.add(sector, only);
        }
        index
    }

    /// Finds the member of an indicator's breakdown by its folded label.
    pub(crate) fn member(&self, whole: &Candidate<'_>, label: &str) -> Option<&Candidate<'a>> {
        let below = |c: &&Candidate<'_>| {
            let parent = c.decl.parent.as_ref().filter(|_| c.decl.member);
            c.sector.id == whole.sector.id && parent.is_some_and(|p| p.id == whole.decl.id)
        };
        self.labels.get(label)?.iter().find(below)
    }

    fn add(&mut self, sector: &'a SectorDecl, only: Option<&DepartmentId>) {
        self.titles.push((sector.id.clone(), label(&sector.title)));
        self.records.extend(sector.records.iter().map(|decl| (sector, &**decl)));
        for decl in &sector.indicators {
            let candidate = Candidate { sector, decl, ancestors: ancestors(sector, decl, only) };
            self.bases.insert(Arc::clone(&decl.unit.base));
            for label in labels(decl, only) {
                self.labels.entry(label).or_default().push(candidate.clone());
            }
            for code in [decl.id.to_string(), format!("{}.{}", sector.id, decl.id)] {
                self.codes.entry(code).or_default().push(candidate.clone());
            }
        }
        for topic in &sector.narrative {
            let labels: BTreeSet<String> = topic.labels.iter().map(|words| label(words)).collect();
            for label in labels {
                self.topics.entry(label).or_default().push(Topic { sector, decl: topic });
            }
        }
    }

    /// Returns the texts that count as units for the department.
    pub(crate) fn known_units(&self) -> KnownUnits<'_> {
        KnownUnits(&self.bases)
    }

    /// Finds the indicator that a row of a table with these titles means, `stated` being the unit that holds for it.
    ///
    /// A row for the whole ("Tổng số") means what the title names, if its own label says nothing surer.
    pub(crate) fn find(&self, row: &Row<'_>, table: &Table<'_>, stated: Option<&Unit>) -> Found<'_, 'a> {
        let above = Above { chain: self.without_units(&row.chain), titles: table.titles, before: Some(table.before) };
        let by_code = row.code.as_ref().and_then(|code| self.codes.get(code.as_str()));
        let by_label = || self.labels.get(&row.label).or_else(|| self.labels.get(self.without_unit(&row.label)?.0));
        let found = by_code.or_else(by_label).map_or(Found::Nothing, |all| choose(all, &above, stated));
        match found {
            _ if by_code.is_some() => found,
            Found::One { parents: 1.., .. } => found,
            _ if lexicon::is_total(&row.label) => self.of_title(table.titles, stated).unwrap_or(found),
            Found::One { candidate, .. } if table.is_unlabelled && candidate.decl.parent.is_some() => {
                Found::Astray(candidate)
            }
            _ => found,
        }
    }

    fn without_units(&self, chain: &[String]) -> Vec<String> {
        chain.iter().map(|label| self.without_unit(label).map_or(label.as_str(), |(bare, _)| bare).to_owned()).collect()
    }

    /// Finds the indicator that a title names before it says of when or by what.
    fn of_title(&self, titles: &[String], stated: Option<&Unit>) -> Option<Found<'_, 'a>> {
        let candidates = |title: &String| {
            let ends = title.char_indices().map(|(at, _)| at).chain([title.len()]).rev();
            ends.filter(|end| ends_title(&title[*end..])).find_map(|end| self.labels.get(title[..end].trim_end()))
        };
        let all = titles.iter().find_map(candidates)?;
        match choose(all, &Above::default(), stated) {
            Found::One { candidate, .. } => Some(Found::One { candidate, parents: SURE }),
            several => Some(several),
        }
    }

    /// Finds whose value stands where a row crosses a column of an indicator: a member's, or that of the whole.
    ///
    /// The column counts as a parent of it, beside those that the titles name.
    pub(crate) fn crossed(&self, indicator: &str, row: &str, titles: &[String]) -> Option<(&Candidate<'a>, usize)> {
        let above = Above { titles, ..Above::default() };
        let of = |whole| if lexicon::is_total(row) { Some(whole) } else { self.member(whole, row) };
        let found: Vec<(usize, &Candidate<'a>)> = self
            .labels
            .get(indicator)?
            .iter()
            .filter_map(|whole| Some((whole.parents_in(&above), of(whole)?)))
            .collect();
        let most = found.iter().map(|(parents, _)| *parents).max()?;
        match found.iter().filter(|(parents, _)| *parents == most).collect::<Vec<_>>().as_slice() {
            [(parents, only)] => Some((only, parents + SURE)),
            _ => None,
        }
    }

    /// Finds the indicator that some words name, without the context of a table.
    pub(crate) fn named(&self, words: &str) -> Found<'_, 'a> {
        self.labels.get(&label(words)).map_or(Found::Nothing, |all| choose(all, &Above::default(), None))
    }

    /// Returns the topics of a label.
    pub(crate) fn topics(&self, label: &str) -> &[Topic<'a>] {
        self.topics.get(label).map_or(&[], Vec::as_slice)
    }

    /// Returns the open tables that the department may fill, with their sectors.
    pub(crate) fn records(&self) -> impl Iterator<Item = (&'a SectorDecl, &'a RecordsDecl)> {
        self.records.iter().copied()
    }

    /// Finds the topic that a label was probably meant for: the nearest, if none is as near.
    pub(crate) fn near_topic(&self, label: &str) -> Option<&Topic<'a>> {
        let near = |(written, topics): (&String, _)| {
            // Comparing letters is dear: texts of very different length are not near.
            if written.len().abs_diff(label.len()) > written.len() / 4 {
                return None;
            }
            let nearness = strsim::normalized_damerau_levenshtein(written, label);
            (nearness >= NEAR).then_some(((nearness * 1_000.0) as u32, topics))
        };
        let near: Vec<(u32, &Vec<Topic<'a>>)> = self.topics.iter().filter_map(near).collect();
        let most = near.iter().map(|(nearness, _)| nearness).max()?;
        let mut nearest = near.iter().filter(|(nearness, _)| nearness == most).flat_map(|(_, topics)| topics.iter());
        nearest.next().filter(|_| nearest.next().is_none())
    }

    /// Finds the sector with this title.
    pub(crate) fn titled(&self, words: &str) -> Option<&SectorId> {
        let folded = label(words);
        self.titles.iter().find(|(_, title)| *title == folded).map(|(id, _)| id)
    }

    /// Returns the first sector of the department by id.
    pub(crate) fn first_sector(&self) -> Option<&SectorId> {
        self.titles.first().map(|(id, _)| id)
    }

    /// Splits a unit in brackets from the end of a label: "diện tích (ha)".
    ///
    /// Other brackets are part of the words.
    pub(crate) fn without_unit<'w>(&self, words: &'w str) -> Option<(&'w str, Unit)> {
        let (before, unit) = words.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        Some((before.trim_end(), self.known_units().read(unit)?))
    }

    /// Returns the last unit that a heading has in brackets: "Thực hiện (tỷ đồng) 9 tháng".
    pub(crate) fn unit_in(&self, heading: &str) -> Option<Unit> {
        let inner = |opened: &str| opened.split_once(')').map(|(inner, _)| inner.to_owned());
        heading.split('(').skip(1).filter_map(inner).filter_map(|inner| self.known_units().read(&inner)).last()
    }
}

/// What a table says of all its rows.
pub(crate) struct Table<'t> {
    pub titles: &'t [String],
    /// Labels of the rows before, whatever their depth.
    pub before: &'t BTreeSet<String>,
    /// Whether its labels stand under no heading: the same ones recur in one table after the other then, so that an
    /// indicator of a parent must have it above.
    pub is_unlabelled: bool,
}

/// What stands above a row.
#[derive(Default)]
struct Above<'t> {
    /// Labels of the rows above it in the hierarchy, the nearest last.
    chain: Vec<String>,
    titles: &'t [String],
    before: Option<&'t BTreeSet<String>>,
}

/// How much a parent counts that stands above by the hierarchy or the title, where one merely before counts 1.
const SURE: usize = 100;
/// How much more it counts right above, with no other row between.
const RIGHT_ABOVE: usize = 10;

/// Words behind the name of an indicator in a title, folded: of when, of what, by what.
const BEHIND_NAME: [&str; 14] =
    ["tháng", "năm", "quý", "đến", "phân", "theo", "và", "của", "các", "trong", "ước", "sáu", "chín", "ba"];

/// Tells whether the rest of a title says no more of what is measured.
fn ends_title(rest: &str) -> bool {
    let word = rest.split([' ', ',', '(', ':', ';', '-']).find(|word| !word.is_empty());
    let is_apart = rest.is_empty() || rest.starts_with([' ', ',', '(', ':', ';']);
    is_apart
        && word.is_none_or(|word| {
            rest.starts_with([',', '('])
                || BEHIND_NAME.contains(&word)
                || word.starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Tells whether a title begins with a name.
fn is_titled(title: &str, name: &str) -> bool {
    title.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn labels(decl: &IndicatorDecl, only: Option<&DepartmentId>) -> Vec<String> {
    let mut labels: Vec<String> = decl.spellings(only).map(label).collect();
    labels.sort();
    labels.dedup();
    labels
}

fn ancestors(sector: &SectorDecl, decl: &IndicatorDecl, only: Option<&DepartmentId>) -> Vec<Vec<String>> {
    let above = |decl: &IndicatorDecl| decl.parent.as_ref().and_then(|parent| sector.indicator(parent.id.as_str()));
    // The bound keeps a declaration whose parents form a ring from going on for ever.
    let chain = std::iter::successors(above(decl), |decl| above(decl)).take(sector.indicators.len());
    chain.map(|decl| labels(decl, only)).collect()
}

/// Chooses among indicators of one label: by parents, the longest chain winning; then by unit.
fn choose<'i, 'a>(all: &'i [Candidate<'a>], above: &Above<'_>, stated: Option<&Unit>) -> Found<'i, 'a> {
    let most = all.iter().map(|c| c.parents_in(above)).max().unwrap_or(0);
    let mut left: Vec<&Candidate<'a>> = all.iter().filter(|c| c.parents_in(above) == most).collect();
    // A row is of the indicator itself rather than of one that takes its figures from elsewhere.
    keep_if_any(&mut left, |c| c.decl.from.is_none());
    if let Some(unit) = stated {
        keep_if_any(&mut left, |c| c.decl.unit.same_base(unit));
    }
    if most == 0 {
        keep_if_any(&mut left, |c| c.decl.parent.is_none());
    }
    match left.as_slice() {
        [] => Found::Nothing,
        [candidate] => Found::One { candidate, parents: most },
        _ => Found::Several(left),
    }
}

fn keep_if_any<T>(left: &mut Vec<&T>, fits: impl Fn(&T) -> bool) {
    if left.iter().any(|item| fits(item)) {
        left.retain(|item| fits(item));
    }
}

impl Candidate<'_> {
    /// Returns the label of the indicator right above it.
    pub(crate) fn nearest(&self) -> &str {
        let parent = self.decl.parent.as_ref().and_then(|parent| self.sector.indicator(parent.id.as_str()));
        parent.map_or(&self.sector.title, |parent| &parent.label)
    }

    /// Weighs the declared ancestors found above a row, from the nearest up: in the chain of its rows, in a title, or
    /// merely before it, as in tables that show no hierarchy.
    fn parents_in(&self, above: &Above<'_>) -> usize {
        let mut chain = above.chain.as_slice();
        let mut found = 0;
        for names in &self.ancestors {
            if let Some(at) = chain.iter().rposition(|label| names.contains(label)) {
                found += if at + 1 == above.chain.len() { SURE + RIGHT_ABOVE } else { SURE };
                chain = &chain[..at];
            } else if above.titles.iter().any(|title| names.iter().any(|name| is_titled(title, name))) {
                found += SURE;
            } else if above.chain.is_empty() && names.iter().any(|name| above.before.is_some_and(|b| b.contains(name)))
            {
                found += 1;
            }
        }
        found
    }
}
