//! An index of the indicators, topics and open tables that a department may report, by label and code.
//!
//! Input: the declarations of the sectors, once per department. Output: the indicators and topics that match a row. Not
//! here: workbooks.

use crate::layout::caption::KnownUnits;
use crate::layout::rows::TableRow;
pub(crate) use crate::matching::candidate::{Candidate, Match};
use crate::matching::candidate::{PARENT_SCORE, RowContext, ancestor_spellings, choose_candidate, folded_spellings};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tonghop_core::model::id::{DepartmentId, SectorId};
use tonghop_core::model::indicator::{NarrativeDecl, SectorDecl};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::RecordsDecl;
use tonghop_core::vi::label::{self, RowLabel, fold_label, fold_label_loosely};
use tonghop_core::vi::lexicon;

/// The least similarity, from 0 to 1, at which a label counts as a misspelt one.
const MIN_SIMILARITY: f64 = 0.8;

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
    /// Whether the settings say how a form names its member, so that the title of a table does not decide.
    has_form_members: bool,
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
            has_form_members: false,
        };
        // The units are needed before the first label.
        for decl in sorted.iter().flat_map(|sector| &sector.indicators) {
            index.unit_bases.insert(Arc::clone(&decl.unit.base));
        }
        for sector in sorted {
            index.add_sector(sector, department);
        }
        index
    }

    /// Leaves the members of titles to the settings.
    pub(crate) fn with_form_members(self, has_form_members: bool) -> Self {
        Self { has_form_members, ..self }
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
            let ancestors = ancestor_spellings(sector, decl, department, |label| self.strip_unit(label));
            let candidate = Candidate { sector, decl, ancestors };
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

    /// Matches a row of a table to an indicator; `by_label` are those with its label, `stated` is the unit that applies
    /// to the row.
    ///
    /// A total row ("Tổng số") matches the indicator in the title, unless its code or its parents identify another one.
    pub(crate) fn find<'i>(
        &'i self,
        row: &TableRow<'_>,
        by_label: &'i [Candidate<'a>],
        table: &TableContext<'_>,
        stated: Option<&Unit>,
    ) -> Match<'i, 'a> {
        let of_rows = row.ancestors.iter().map(|above| self.strip_unit(&above.label).to_owned());
        let above = RowContext {
            ancestors: of_rows.chain(table.block_head.clone()).collect(),
            titles: table.titles,
            labels_above: Some(table.labels_above),
        };
        let by_code = row.code.as_ref().and_then(|code| self.codes.get(code.as_str()));
        let all = by_code.map_or(by_label, Vec::as_slice);
        let found = choose_candidate(all, &above, (&row.label_text, stated));
        if by_code.is_some() {
            return found;
        }
        match self.place_in_block(found, &above, table) {
            found @ Match::Unique { parent_score: 1.., .. } => found,
            found if lexicon::is_total(&row.label_key) => match self.find_in_title(table.titles, stated) {
                Some(Match::Unique { candidate, .. }) if !table.is_title_total => Match::OneOfSeveral(candidate),
                of_title => of_title.unwrap_or(found),
            },
            Match::Unique { candidate, .. } if table.is_unlabelled && candidate.decl.parent.is_some() => {
                Match::WrongParent(candidate)
            }
            found => found,
        }
    }

    /// Corrects the match of a row that stands under the name of a part: there, the indicator of the whole is the
    /// member with that name, and a label that the table repeats only counts under the parent of its indicator.
    fn place_in_block<'i>(
        &'i self,
        found: Match<'i, 'a>,
        above: &RowContext<'_>,
        table: &TableContext<'_>,
    ) -> Match<'i, 'a> {
        let Match::Unique { candidate, parent_score } = found else { return found };
        let titles = table.titles.iter().filter(|_| !self.has_form_members);
        let names = above.ancestors.iter().rev().chain(titles);
        if let Some(member) = names.into_iter().find_map(|label| self.find_member(candidate, label)) {
            return Match::Unique { candidate: member, parent_score: parent_score + PARENT_SCORE };
        }
        let says_nothing = |label: &String| lexicon::is_total(label) || RowLabel::parse(label, |_| false).is_group();
        match &candidate.decl.parent {
            Some(_) if table.is_repeated && !candidate.has_direct_parent(above) => Match::WrongParent(candidate),
            None if table.is_in_blocks && !above.ancestors.iter().all(says_nothing) => Match::OneOfSeveral(candidate),
            // Under the name of a place, the number is that of the place.
            None if above.ancestors.iter().any(|label| self.is_member_label(label)) => Match::OneOfSeveral(candidate),
            _ => Match::Unique { candidate, parent_score },
        }
    }

    /// Returns whether a label is that of a member of any breakdown.
    fn is_member_label(&self, label: &str) -> bool {
        self.labels.get(label).is_some_and(|all| all.iter().all(|candidate| candidate.decl.is_breakdown_member))
    }

    /// Returns whether the code of a row is that of an indicator.
    pub(crate) fn has_known_code(&self, row: &TableRow<'_>) -> bool {
        row.code.as_ref().is_some_and(|code| self.codes.contains_key(code.as_str()))
    }

    /// Returns the indicators with a folded label.
    pub(crate) fn labelled(&self, label: &str) -> &[Candidate<'a>] {
        self.labels.get(label).map_or(&[], Vec::as_slice)
    }

    /// Returns the indicators with the label of a row.
    pub(crate) fn candidates(&self, row: &TableRow<'_>) -> &[Candidate<'a>] {
        self.by_label(row).map_or(&[], Vec::as_slice)
    }

    /// Returns the indicators with the label of a row: as written, without its unit, with the label of its group, or
    /// without what may not belong to it.
    fn by_label(&self, row: &TableRow<'_>) -> Option<&Vec<Candidate<'a>>> {
        let bare = |label: &str| self.labels.get(label).or_else(|| self.labels.get(self.strip_unit(label)));
        let loose = || fold_label_loosely(RowLabel::parse(&row.label_text, |unit| self.is_unit(unit)).words);
        bare(&row.label_key)
            .or_else(|| row.other_keys.iter().find_map(|key| bare(key)))
            .or_else(|| self.labels.get(&loose()))
    }

    fn is_unit(&self, text: &str) -> bool {
        self.known_units().parse(text).is_some()
    }

    /// Strips the unit from the end of a folded label.
    pub(crate) fn strip_unit<'w>(&self, label: &'w str) -> &'w str {
        self.split_unit(label).map_or(label, |(bare, _)| bare)
    }

    /// Finds the indicator at the start of a title, before words for a time or a breakdown.
    fn find_in_title(&self, titles: &[String], stated: Option<&Unit>) -> Option<Match<'_, 'a>> {
        let candidates = |title: &String| {
            let ends = title.char_indices().map(|(at, _)| at).chain([title.len()]).rev();
            ends.filter(|end| is_name_end(&title[*end..])).find_map(|end| self.labels.get(title[..end].trim_end()))
        };
        let all = titles.iter().find_map(candidates)?;
        match choose_candidate(all, &RowContext::default(), ("", stated)) {
            Match::Unique { candidate, .. } => Some(Match::Unique { candidate, parent_score: PARENT_SCORE }),
            several => Some(several),
        }
    }

    /// Returns the indicator of the value where a row crosses a column of `indicator`, with its parent score: the
    /// indicator itself in the row of a total or a measure, else its member with the label of the row.
    ///
    /// The label in the column alone does not suffice if the indicator has a parent: that must be in a title. The column
    /// counts as a parent.
    pub(crate) fn find_crossed(
        &self,
        indicator: &str,
        row: CrossedRow<'_>,
        titles: &[String],
    ) -> Option<(&Candidate<'a>, usize)> {
        let above = RowContext { titles, ..RowContext::default() };
        let fits = |whole: &&Candidate<'a>| whole.decl.parent.is_none() || whole.parent_score(&above) > 0;
        let wholes = self.labels.get(indicator)?.iter().filter(fits);
        let found: Vec<(usize, &Candidate<'a>)> =
            wholes.filter_map(|whole| Some((whole.parent_score(&above), self.part_of(whole, row)?))).collect();
        let most = found.iter().map(|(parents, _)| *parents).max()?;
        match found.iter().filter(|(parents, _)| *parents == most).collect::<Vec<_>>().as_slice() {
            [(parents, only)] => Some((only, parents + PARENT_SCORE)),
            _ => None,
        }
    }

    /// Returns the indicator that a row of a crossed table is of `whole`.
    fn part_of<'i>(&'i self, whole: &'i Candidate<'a>, row: CrossedRow<'_>) -> Option<&'i Candidate<'a>> {
        match row {
            CrossedRow::Measure | CrossedRow::Total => Some(whole),
            CrossedRow::Member(label) => self.find_member(whole, label),
        }
    }

    /// Matches a text to an indicator by its label alone, without the context of a table.
    pub(crate) fn find_by_label(&self, text: &str) -> Match<'_, 'a> {
        self.labels
            .get(&fold_label(text))
            .map_or(Match::None, |all| choose_candidate(all, &RowContext::default(), (text, None)))
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
        let similar = self.topics.iter().filter_map(|(label, topics)| Some((similarity(label, folded)?, topics)));
        let similar: Vec<(u32, &Vec<TopicCandidate<'a>>)> = similar.collect();
        let most = similar.iter().map(|(nearness, _)| nearness).max()?;
        let mut best = similar.iter().filter(|(nearness, _)| nearness == most).flat_map(|(_, topics)| topics.iter());
        best.next().filter(|_| best.next().is_none())
    }

    /// Returns the declared label that is the most similar to a folded label, unless several are equally similar.
    ///
    /// Labels with other digits are other labels: "Tổ 4" is no misspelt "Tổ 5".
    pub(crate) fn nearest_label(&self, folded: &str) -> Option<&'a str> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let own_digits = digits(folded);
        let similar = self
            .labels
            .iter()
            .filter(|(label, _)| digits(label) == own_digits)
            .filter_map(|(label, all)| Some((similarity(label, folded)?, label, &*all.first()?.decl.label)));
        let mut best: Vec<(u32, &String, &'a str)> = similar.collect();
        best.sort_by(|one, other| (other.0, one.1).cmp(&(one.0, other.1)));
        let is_alone = |first: &(u32, &String, &str)| best.get(1).is_none_or(|next| next.0 < first.0);
        best.first().filter(|first| is_alone(first)).map(|(_, _, label)| *label)
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

    /// Splits a unit from the end of a label: "diện tích (ha)", "cơ cấu - %".
    ///
    /// Brackets without a known unit belong to the label; `None` is returned for them.
    pub(crate) fn split_unit<'w>(&self, label: &'w str) -> Option<(&'w str, Unit)> {
        let (before, unit) = label::split_unit(label, |text| self.is_unit(text))?;
        Some((before, self.known_units().parse(unit)?))
    }

    /// Returns the last unit in brackets in a heading: "Thực hiện (tỷ đồng) 9 tháng".
    pub(crate) fn bracketed_unit(&self, heading: &str) -> Option<Unit> {
        let inner = |opened: &str| opened.split_once(')').map(|(inner, _)| inner.to_owned());
        heading.split('(').skip(1).filter_map(inner).filter_map(|inner| self.known_units().parse(&inner)).last()
    }
}

/// What a row is in a table whose columns are indicators.
#[derive(Clone, Copy)]
pub(crate) enum CrossedRow<'r> {
    /// A measure: "Kế hoạch", "Thực hiện".
    Measure,
    /// The total of the members, or the reporting period among others.
    Total,
    /// A member, by its folded label.
    Member(&'r str),
}

/// The context that a table gives to the matching of a row.
pub(crate) struct TableContext<'t> {
    pub titles: &'t [String],
    /// The labels of all rows above in the table, whatever their depth.
    pub labels_above: &'t BTreeSet<String>,
    /// Whether the label column has no heading. Such tables repeat the same labels, so an indicator with a parent only
    /// matches below that parent.
    pub is_unlabelled: bool,
    /// The folded label of the row at which the block of the row begins, if the hierarchy does not show it.
    pub block_head: Option<String>,
    /// Whether other rows of the table have the same label and unit.
    pub is_repeated: bool,
    /// Whether those rows are under different ancestors.
    pub is_in_blocks: bool,
    /// Whether the row is the total of the whole table.
    pub is_title_total: bool,
}

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

/// Returns how similar two labels are, in thousandths, if they are similar enough to be misspelt.
fn similarity(label: &str, folded: &str) -> Option<u32> {
    // Edit distance is expensive: skip labels of very different length.
    if label.len().abs_diff(folded.len()) > label.len() / 4 {
        return None;
    }
    let nearness = strsim::normalized_damerau_levenshtein(label, folded);
    (nearness >= MIN_SIMILARITY).then_some((nearness * 1_000.0) as u32)
}
