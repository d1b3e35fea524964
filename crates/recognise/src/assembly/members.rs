//! Assigns the figures of a form to the member that the form names: a sheet or a file per commune.
//!
//! Input: the candidates of a sheet, the texts that may name a member. Output: the candidates, those of an indicator by
//! members as figures of one member; a diagnostic for a form that names no member or several. Not here: members in
//! columns or rows of a table (see [`crate::matching`]), the whole of all members (`over`).

use super::member_form::{Form, rename, unknown_member};
use crate::cells::sheet_result::CandidateObservation;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tonghop_core::config::{Config, Member, MemberSource};
use tonghop_core::diag::{Diagnostic, Message, Place};
use tonghop_core::model::id::{IndicatorId, SectorId, SheetName};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::msg;
use tonghop_core::vi::fold::{fold, is_letter_or_digit, without_diacritics};

/// The most cells of a line between tables that can be the title of one.
const TITLE_CELLS: usize = 3;

/// The members of a project and the indicators that have them.
pub(crate) struct Members<'a> {
    config: &'a Config,
    /// The indexes of members by the words of their names, with and without diacritics.
    names: MemberNames,
    plain_names: MemberNames,
    /// The figures of members, by the sector, the whole and the index of the member.
    figures: BTreeMap<(SectorId, IndicatorId), BTreeMap<usize, &'a IndicatorDecl>>,
    /// The indicators that are figures of members.
    of_members: BTreeSet<(SectorId, IndicatorId)>,
}

/// The indexes of members by the words of their names, and the lengths of the names.
#[derive(Default)]
struct MemberNames {
    by_words: HashMap<Vec<String>, Vec<usize>>,
    lengths: BTreeSet<usize>,
}

impl MemberNames {
    fn insert(&mut self, name: Vec<String>, member: usize) {
        self.lengths.insert(name.len());
        self.by_words.entry(name).or_default().push(member);
    }

    /// Returns the first word, the end and the member of each name in a text.
    fn spans_in(&self, text: &[String]) -> Vec<(usize, usize, usize)> {
        let mut spans = Vec::new();
        for length in self.lengths.iter().filter(|length| **length > 0) {
            for (start, window) in text.windows(*length).enumerate() {
                let named = self.by_words.get(window).into_iter().flatten();
                spans.extend(named.map(|member| (start, start + length, *member)));
            }
        }
        spans
    }
}

impl<'a> Members<'a> {
    pub(crate) fn new(config: &'a Config, sectors: &'a [Arc<SectorDecl>]) -> Self {
        let list = &config.members.list;
        let mut members = Self {
            config,
            names: MemberNames::default(),
            plain_names: MemberNames::default(),
            figures: BTreeMap::new(),
            of_members: BTreeSet::new(),
        };
        for (at, member) in list.iter().enumerate() {
            let label = fold(&config.members.label(member));
            members.plain_names.insert(words(&without_diacritics(&label)), at);
            members.names.insert(words(&label), at);
        }
        let by_id: HashMap<&str, usize> = list.iter().enumerate().map(|(at, member)| (&*member.id, at)).collect();
        for sector in sectors {
            for decl in sector.indicators.iter().filter(|decl| decl.is_breakdown_member) {
                let Some(whole) = &decl.parent else { continue };
                let id = decl.id.as_str().strip_prefix(whole.id.as_str()).and_then(|rest| rest.strip_prefix('_'));
                if let Some(member) = id.and_then(|id| by_id.get(id)) {
                    members.figures.entry((sector.id.clone(), whole.id.clone())).or_default().insert(*member, decl);
                    members.of_members.insert((sector.id.clone(), decl.id.clone()));
                }
            }
        }
        members
    }

    /// Assigns the candidates of a form to its member; returns the member, and a diagnostic if figures are not used.
    pub(crate) fn assign(
        &self,
        form: Form<'_>,
        candidates: &mut Vec<CandidateObservation>,
    ) -> (Option<&'a Member>, Option<Diagnostic>) {
        let has_wholes = candidates.iter().any(|candidate| self.is_by_members(candidate));
        if !has_wholes {
            return (None, None);
        }
        let named = self.named_in(form);
        if let [member] = named.as_slice() {
            for candidate in candidates.iter_mut() {
                if let Some(decl) = self.figures_of(candidate).and_then(|figures| figures.get(member)) {
                    rename(candidate, decl);
                }
            }
            return (self.config.members.list.get(*member), None);
        }
        // The total row of a table of members is the whole.
        if named.is_empty() && candidates.iter().any(|candidate| self.is_of_member(candidate)) {
            return (None, None);
        }
        let count = candidates.len();
        let first = candidates.iter().find(|candidate| self.is_by_members(candidate)).map(|c| Arc::clone(&c.source));
        candidates.retain(|candidate| !self.is_by_members(candidate));
        let place = first.map_or(Place::File(form.book.file.clone()), |source| Place::from_source(&source));
        (None, Some(unknown_member(form, place, self.reason(&form.sheet.name, &named), count - candidates.len())))
    }

    /// Returns the members that a form names, in the order of the settings.
    fn named_in(&self, form: Form<'_>) -> Vec<usize> {
        let mut named: BTreeSet<usize> = BTreeSet::new();
        let mut add = |text: &str| named.extend(self.named_by(text));
        for source in &self.config.members.from {
            match source {
                MemberSource::Title => {
                    form.preamble.lines.iter().for_each(|line| add(&line.text));
                    later_titles(form).for_each(&mut add);
                }
                MemberSource::Sheet => add(form.sheet.name.as_str()),
                MemberSource::File => add(file_stem(form.book.file.as_str())),
                MemberSource::Department => {
                    let department = self.config.department(form.book.department.as_str());
                    add(department.map_or("", |department| department.name.as_str()));
                }
            }
        }
        named.into_iter().collect()
    }

    /// Returns the members whose names are in a text as whole words; a longer name hides those inside it.
    fn named_by(&self, text: &str) -> BTreeSet<usize> {
        let folded = fold(text);
        let text_words = words(&folded);
        let is_plain = without_diacritics(&folded) == folded;
        let spans = if is_plain { &self.plain_names } else { &self.names }.spans_in(&text_words);
        let is_inside = |one: &(usize, usize, usize), other: &(usize, usize, usize)| {
            other.0 <= one.0 && one.1 <= other.1 && one.1 - one.0 < other.1 - other.0
        };
        spans.iter().filter(|one| !spans.iter().any(|other| is_inside(one, other))).map(|span| span.2).collect()
    }

    /// Returns the figures of members that make up the indicator of a candidate, if it is by members.
    fn figures_of(&self, candidate: &CandidateObservation) -> Option<&BTreeMap<usize, &'a IndicatorDecl>> {
        self.figures.get(&(candidate.key.sector.clone(), candidate.key.indicator.clone()))
    }

    fn is_by_members(&self, candidate: &CandidateObservation) -> bool {
        self.figures_of(candidate).is_some()
    }

    /// Returns whether a candidate is already the figure of a member.
    fn is_of_member(&self, candidate: &CandidateObservation) -> bool {
        self.of_members.contains(&(candidate.key.sector.clone(), candidate.key.indicator.clone()))
    }

    /// Returns why a form that names these members is not used.
    fn reason(&self, sheet: &SheetName, named: &[usize]) -> Message {
        let settings = &self.config.members;
        let labels: Vec<String> = named.iter().map(|member| settings.label(&settings.list[*member])).collect();
        if named.is_empty() {
            msg!(
                "trang \"{sheet}\" không cho biết là biểu của nơi nào trong [members]",
                "the sheet \"{sheet}\" does not say which member of [members] it is from",
            )
        } else {
            msg!(
                "trang \"{sheet}\" ghi nhiều nơi: {names}",
                "the sheet \"{sheet}\" names several members: {names}",
                names = labels.join(", "),
            )
        }
    }
}

/// Returns the texts of the lines between or below the tables of a sheet: rows with few cells and no number.
///
/// A second form on the sheet has its title there.
fn later_titles<'f>(form: Form<'f>) -> impl Iterator<Item = &'f str> {
    let first_heading = form.preamble.columns.iter().map(|(cell, _)| cell.row).min();
    let mut lines: Vec<(u32, Vec<&str>, bool)> = Vec::new();
    let below = form.sheet.cells.iter().filter(move |(cell, _)| first_heading.is_some_and(|row| cell.row > row));
    for (cell, content) in below {
        if lines.last().is_none_or(|(row, ..)| *row != cell.row) {
            lines.push((cell.row, Vec::new(), true));
        }
        if let Some((_, texts, is_words)) = lines.last_mut() {
            match content.text() {
                Some(text) => texts.push(text),
                None => *is_words = false,
            }
        }
    }
    let is_title = |(_, texts, is_words): &(u32, Vec<&str>, bool)| *is_words && texts.len() <= TITLE_CELLS;
    lines.into_iter().filter(is_title).flat_map(|(_, texts, _)| texts)
}

/// Returns the name of a file without folders and extension.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c| !is_letter_or_digit(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
