//! An index of the indicators, topics and open tables that a department may report, by label and code.
//!
//! Input: the declarations of the sectors, once per department. Output: the indicators and topics that match a row. Not
//! here: workbooks.

use crate::layout::caption::KnownUnits;
use crate::layout::rows::TableRow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tonghop_core::model::id::{DepartmentId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, NarrativeDecl, SectorDecl};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::RecordsDecl;
use tonghop_core::vi::fold::fold_label;
use tonghop_core::vi::lexicon;

/// An indicator that a row can match.
#[derive(Clone)]
pub(crate) struct Candidate<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a IndicatorDecl,
    /// The labels of its declared ancestors, the nearest ancestor first.
    ancestors: Vec<Vec<String>>,
}

/// The least similarity, from 0 to 1, at which a label counts as a misspelt topic.
const MIN_TOPIC_SIMILARITY: f64 = 0.8;

/// A topic that a text of a department can match.
pub(crate) struct TopicCandidate<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a NarrativeDecl,
}

impl TopicCandidate<'_> {
    /// Returns the line of the rule file that declares the topic.
    pub(crate) fn rule(&self) -> RuleLine {
        RuleLine { file: self.sector.file.clone(), line: self.decl.line }
    }
}

/// The indicators, topics and open tables that a department may report.
pub(crate) struct LabelIndex<'a> {
    /// Indicators by folded label and alias.
    labels: HashMap<String, Vec<Candidate<'a>>>,
    /// Indicators by `indicator` and by `sector.indicator`.
    codes: HashMap<String, Vec<Candidate<'a>>>,
    /// Topics by folded label.
    topics: BTreeMap<String, Vec<TopicCandidate<'a>>>,
    /// The sectors of the department in order of their ids, each with its folded title.
    sector_titles: Vec<(SectorId, String)>,
    /// The open tables of these sectors.
    records: Vec<(&'a SectorDecl, &'a RecordsDecl)>,
    /// The base units of the indicators.
    unit_bases: BTreeSet<Arc<str>>,
}

/// The result of matching a row to the declared indicators.
pub(crate) enum Match<'i, 'a> {
    Unique {
        candidate: &'i Candidate<'a>,
        parent_score: usize,
    },
    Ambiguous(Vec<&'i Candidate<'a>>),
    /// The label is that of this indicator, but the row is under none of its parents.
    WrongParent(&'i Candidate<'a>),
    None,
}

impl<'a> LabelIndex<'a> {
    /// Builds the index over `sectors`; labels that were accepted for one department only count for `only`.
    pub(crate) fn new(department: Option<&DepartmentId>, sectors: &[&'a SectorDecl]) -> Self {
        let mut sorted = sectors.to_vec();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let mut index = Self {
            labels: HashMap::new(),
            codes: HashMap::new(),
            topics: BTreeMap::new(),
            sector_titles: Vec::new(),
            records: Vec::new(),
            unit_bases: BTreeSet::new(),
        };
        for sector in sorted {
            index.add_sector(sector, department);
        }
        index
    }

    /// Returns the member of the breakdown of `whole` with this folded label.
    pub(crate) fn find_member(&self, whole: &Candidate<'_>, label: &str) -> Option<&Candidate<'a>> {
        let is_member = |c: &&Candidate<'_>| {
            let parent = c.decl.parent.as_ref().filter(|_| c.decl.is_breakdown_member);
            c.sector.id == whole.sector.id && parent.is_some_and(|p| p.id == whole.decl.id)
        };
        self.labels.get(label)?.iter().find(is_member)
    }

    fn add_sector(&mut self, sector: &'a SectorDecl, department: Option<&DepartmentId>) {
        self.sector_titles.push((sector.id.clone(), fold_label(&sector.title)));
        self.records.extend(sector.records.iter().map(|decl| (sector, &**decl)));
        for decl in &sector.indicators {
            let candidate = Candidate { sector, decl, ancestors: ancestor_spellings(sector, decl, department) };
            self.unit_bases.insert(Arc::clone(&decl.unit.base));
            for label in folded_spellings(decl, department) {
                self.labels.entry(label).or_default().push(candidate.clone());
            }
            for code in [decl.id.to_string(), format!("{}.{}", sector.id, decl.id)] {
                self.codes.entry(code).or_default().push(candidate.clone());
            }
        }
        for topic in &sector.narrative {
            let labels: BTreeSet<String> = topic.labels.iter().map(|text| fold_label(text)).collect();
            for label in labels {
                self.topics.entry(label).or_default().push(TopicCandidate { sector, decl: topic });
            }
        }
    }

    /// Returns the units that are recognised without an introduction.
    pub(crate) fn known_units(&self) -> KnownUnits<'_> {
        KnownUnits(&self.unit_bases)
    }

    /// Matches a row of a table to an indicator; `stated` is the unit that applies to the row.
    ///
    /// A total row ("Tổng số") matches the indicator in the title, unless its code or its parents identify another one.
    pub(crate) fn find(&self, row: &TableRow<'_>, table: &TableContext<'_>, stated: Option<&Unit>) -> Match<'_, 'a> {
        let above = RowContext {
            ancestors: self.strip_units(&row.ancestors),
            titles: table.titles,
            labels_above: Some(table.labels_above),
        };
        let by_code = row.code.as_ref().and_then(|code| self.codes.get(code.as_str()));
        let by_label =
            || self.labels.get(&row.label_key).or_else(|| self.labels.get(self.split_unit(&row.label_key)?.0));
        let found = by_code.or_else(by_label).map_or(Match::None, |all| choose_candidate(all, &above, stated));
        match found {
            _ if by_code.is_some() => found,
            Match::Unique { parent_score: 1.., .. } => found,
            _ if lexicon::is_total(&row.label_key) => self.find_in_title(table.titles, stated).unwrap_or(found),
            Match::Unique { candidate, .. } if table.is_unlabelled && candidate.decl.parent.is_some() => {
                Match::WrongParent(candidate)
            }
            _ => found,
        }
    }

    fn strip_units(&self, chain: &[String]) -> Vec<String> {
        chain.iter().map(|label| self.split_unit(label).map_or(label.as_str(), |(bare, _)| bare).to_owned()).collect()
    }

    /// Finds the indicator at the start of a title, before words for a time or a breakdown.
    fn find_in_title(&self, titles: &[String], stated: Option<&Unit>) -> Option<Match<'_, 'a>> {
        let candidates = |title: &String| {
            let ends = title.char_indices().map(|(at, _)| at).chain([title.len()]).rev();
            ends.filter(|end| is_name_end(&title[*end..])).find_map(|end| self.labels.get(title[..end].trim_end()))
        };
        let all = titles.iter().find_map(candidates)?;
        match choose_candidate(all, &RowContext::default(), stated) {
            Match::Unique { candidate, .. } => Some(Match::Unique { candidate, parent_score: PARENT_SCORE }),
            several => Some(several),
        }
    }

    /// Returns the indicator of the value where `row` crosses a column of `indicator`, with its parent score: the
    /// indicator itself in a total row, else its member with the label of the row.
    ///
    /// The column counts as a parent, in addition to those that the titles name.
    pub(crate) fn find_crossed(
        &self,
        indicator: &str,
        row_label: &str,
        titles: &[String],
    ) -> Option<(&Candidate<'a>, usize)> {
        let above = RowContext { titles, ..RowContext::default() };
        let of = |whole| if lexicon::is_total(row_label) { Some(whole) } else { self.find_member(whole, row_label) };
        let found: Vec<(usize, &Candidate<'a>)> = self
            .labels
            .get(indicator)?
            .iter()
            .filter_map(|whole| Some((whole.parent_score(&above), of(whole)?)))
            .collect();
        let most = found.iter().map(|(parents, _)| *parents).max()?;
        match found.iter().filter(|(parents, _)| *parents == most).collect::<Vec<_>>().as_slice() {
            [(parents, only)] => Some((only, parents + PARENT_SCORE)),
            _ => None,
        }
    }

    /// Matches a text to an indicator by its label alone, without the context of a table.
    pub(crate) fn find_by_label(&self, text: &str) -> Match<'_, 'a> {
        self.labels
            .get(&fold_label(text))
            .map_or(Match::None, |all| choose_candidate(all, &RowContext::default(), None))
    }

    /// Returns every label with each indicator that it may name, in no order.
    pub(crate) fn labelled_candidates(&self) -> impl Iterator<Item = (&str, &Candidate<'a>)> {
        self.labels.iter().flat_map(|(label, all)| all.iter().map(move |candidate| (label.as_str(), candidate)))
    }

    /// Returns the topics with this folded label.
    pub(crate) fn topics(&self, label: &str) -> &[TopicCandidate<'a>] {
        self.topics.get(label).map_or(&[], Vec::as_slice)
    }

    /// Returns the open tables that the department may fill, with their sectors.
    pub(crate) fn records(&self) -> impl Iterator<Item = (&'a SectorDecl, &'a RecordsDecl)> {
        self.records.iter().copied()
    }

    /// Returns the topic whose label is the most similar, unless several are equally similar.
    pub(crate) fn nearest_topic(&self, folded: &str) -> Option<&TopicCandidate<'a>> {
        let similarity = |(written, topics): (&String, _)| {
            // Edit distance is expensive: skip labels of very different length.
            if written.len().abs_diff(folded.len()) > written.len() / 4 {
                return None;
            }
            let nearness = strsim::normalized_damerau_levenshtein(written, folded);
            (nearness >= MIN_TOPIC_SIMILARITY).then_some(((nearness * 1_000.0) as u32, topics))
        };
        let similar: Vec<(u32, &Vec<TopicCandidate<'a>>)> = self.topics.iter().filter_map(similarity).collect();
        let most = similar.iter().map(|(nearness, _)| nearness).max()?;
        let mut best = similar.iter().filter(|(nearness, _)| nearness == most).flat_map(|(_, topics)| topics.iter());
        best.next().filter(|_| best.next().is_none())
    }

    /// Returns the sector with this title.
    pub(crate) fn sector_by_title(&self, title: &str) -> Option<&SectorId> {
        let folded = fold_label(title);
        self.sector_titles.iter().find(|(_, title)| *title == folded).map(|(id, _)| id)
    }

    /// Returns the sector of the department with the lowest id.
    pub(crate) fn first_sector(&self) -> Option<&SectorId> {
        self.sector_titles.first().map(|(id, _)| id)
    }

    /// Splits a unit in brackets from the end of a label: "diện tích (ha)".
    ///
    /// Brackets without a known unit belong to the label; `None` is returned for them.
    pub(crate) fn split_unit<'w>(&self, label: &'w str) -> Option<(&'w str, Unit)> {
        let (before, unit) = label.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        Some((before.trim_end(), self.known_units().parse(unit)?))
    }

    /// Returns the last unit in brackets in a heading: "Thực hiện (tỷ đồng) 9 tháng".
    pub(crate) fn bracketed_unit(&self, heading: &str) -> Option<Unit> {
        let inner = |opened: &str| opened.split_once(')').map(|(inner, _)| inner.to_owned());
        heading.split('(').skip(1).filter_map(inner).filter_map(|inner| self.known_units().parse(&inner)).last()
    }
}

/// The context that a table gives to the matching of a row.
pub(crate) struct TableContext<'t> {
    pub titles: &'t [String],
    /// The labels of all rows above in the table, whatever their depth.
    pub labels_above: &'t BTreeSet<String>,
    /// Whether the label column has no heading. Such tables repeat the same labels, so an indicator with a parent only
    /// matches below that parent.
    pub is_unlabelled: bool,
}

/// The labels and titles above a row.
#[derive(Default)]
struct RowContext<'t> {
    /// The labels of its ancestors in the hierarchy, the nearest last.
    ancestors: Vec<String>,
    titles: &'t [String],
    labels_above: Option<&'t BTreeSet<String>>,
}

/// The score of a parent found in the hierarchy or the title; a parent merely somewhere above scores 1.
const PARENT_SCORE: usize = 100;
/// The additional score of the direct parent in the hierarchy.
const DIRECT_PARENT_BONUS: usize = 10;

/// Words that can follow the name of an indicator in a title, folded: a time, an owner, a breakdown.
const TITLE_CONTINUATIONS: [&str; 14] =
    ["tháng", "năm", "quý", "đến", "phân", "theo", "và", "của", "các", "trong", "ước", "sáu", "chín", "ba"];

/// Returns whether the name of the indicator ends before `rest` of a title.
fn is_name_end(rest: &str) -> bool {
    let word = rest.split([' ', ',', '(', ':', ';', '-']).find(|word| !word.is_empty());
    let is_apart = rest.is_empty() || rest.starts_with([' ', ',', '(', ':', ';']);
    is_apart
        && word.is_none_or(|word| {
            rest.starts_with([',', '('])
                || TITLE_CONTINUATIONS.contains(&word)
                || word.starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Returns whether `title` starts with `name` as whole words.
fn starts_with_name(title: &str, name: &str) -> bool {
    title.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn folded_spellings(decl: &IndicatorDecl, department: Option<&DepartmentId>) -> Vec<String> {
    let mut labels: Vec<String> = decl.spellings(department).map(fold_label).collect();
    labels.sort();
    labels.dedup();
    labels
}

fn ancestor_spellings(
    sector: &SectorDecl,
    decl: &IndicatorDecl,
    department: Option<&DepartmentId>,
) -> Vec<Vec<String>> {
    let above = |decl: &IndicatorDecl| decl.parent.as_ref().and_then(|parent| sector.indicator(parent.id.as_str()));
    // The bound ends the loop if the parents of a declaration form a cycle.
    let chain = std::iter::successors(above(decl), |decl| above(decl)).take(sector.indicators.len());
    chain.map(|decl| folded_spellings(decl, department)).collect()
}

/// Chooses among the indicators with one label: by the highest parent score, then by unit.
fn choose_candidate<'i, 'a>(
    candidates: &'i [Candidate<'a>],
    above: &RowContext<'_>,
    stated: Option<&Unit>,
) -> Match<'i, 'a> {
    let most = candidates.iter().map(|c| c.parent_score(above)).max().unwrap_or(0);
    let mut remaining: Vec<&Candidate<'a>> = candidates.iter().filter(|c| c.parent_score(above) == most).collect();
    // Prefer an indicator that is reported to one that copies its figures from another sector.
    keep_if_any(&mut remaining, |c| c.decl.source_indicator.is_none());
    if let Some(unit) = stated {
        keep_if_any(&mut remaining, |c| c.decl.unit.has_same_base(unit));
    }
    if most == 0 {
        keep_if_any(&mut remaining, |c| c.decl.parent.is_none());
    }
    match remaining.as_slice() {
        [] => Match::None,
        [candidate] => Match::Unique { candidate, parent_score: most },
        _ => Match::Ambiguous(remaining),
    }
}

fn keep_if_any<T>(candidates: &mut Vec<&T>, fits: impl Fn(&T) -> bool) {
    if candidates.iter().any(|item| fits(item)) {
        candidates.retain(|item| fits(item));
    }
}

impl Candidate<'_> {
    /// Returns the label of its declared parent, or the title of the sector if it has none.
    pub(crate) fn parent_label(&self) -> &str {
        let parent = self.decl.parent.as_ref().and_then(|parent| self.sector.indicator(parent.id.as_str()));
        parent.map_or(&self.sector.title, |parent| &parent.label)
    }

    /// Scores the declared ancestors found above a row, from the nearest up: in the hierarchy of the rows, in a title,
    /// or, in tables without a hierarchy, anywhere above the row.
    fn parent_score(&self, above: &RowContext<'_>) -> usize {
        let mut chain = above.ancestors.as_slice();
        let mut found = 0;
        for names in &self.ancestors {
            if let Some(at) = chain.iter().rposition(|label| names.contains(label)) {
                found +=
                    if at + 1 == above.ancestors.len() { PARENT_SCORE + DIRECT_PARENT_BONUS } else { PARENT_SCORE };
                chain = &chain[..at];
            } else if above.titles.iter().any(|title| names.iter().any(|name| starts_with_name(title, name))) {
                found += PARENT_SCORE;
            } else if above.ancestors.is_empty()
                && names.iter().any(|name| above.labels_above.is_some_and(|b| b.contains(name)))
            {
                found += 1;
            }
        }
        found
    }
}
