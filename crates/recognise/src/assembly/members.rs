//! Assigns the figures of a form to the member that the form names: a sheet or a file per commune.
//!
//! Input: the candidates of a sheet, the texts that may name a member. Output: the candidates, those of an indicator by
//! members as figures of one member; a diagnostic for a form that names no member or several. Not here: members in
//! columns or rows of a table (see [`crate::matching`]), the whole of all members (`over`).

use super::member_form::{Form, rename, unknown_member};
use crate::cells::sheet_result::CandidateObservation;
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::config::{Config, Member, MemberSource};
use tonghop_core::diag::{Diagnostic, Message, Place};
use tonghop_core::model::id::{IndicatorId, SheetName};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::msg;
use tonghop_core::vi::fold::{fold, is_letter_or_digit, without_diacritics};

/// The most cells of a line between tables that can be the title of one.
const TITLE_CELLS: usize = 3;

/// The members of a project and the indicators that have them.
pub(crate) struct Members<'a> {
    config: &'a Config,
    sectors: &'a [Arc<SectorDecl>],
    /// The words of each member's name, with and without diacritics.
    names: Vec<(&'a Member, Vec<String>, Vec<String>)>,
}

impl<'a> Members<'a> {
    pub(crate) fn new(config: &'a Config, sectors: &'a [Arc<SectorDecl>]) -> Self {
        let name = |member: &'a Member| {
            let label = config.members.label(member);
            (member, words(&fold(&label)), words(&without_diacritics(&fold(&label))))
        };
        Self { config, sectors, names: config.members.list.iter().map(name).collect() }
    }

    /// Assigns the candidates of a form to its member; returns the member, and a diagnostic if figures are not used.
    pub(crate) fn assign(
        &self,
        form: Form<'_>,
        candidates: &mut Vec<CandidateObservation>,
    ) -> (Option<&'a Member>, Option<Diagnostic>) {
        let has_wholes = candidates.iter().any(|candidate| self.is_by_members(candidate));
        if self.names.is_empty() || !has_wholes {
            return (None, None);
        }
        let named = self.named_in(form);
        if let [member] = named.as_slice() {
            for candidate in candidates.iter_mut() {
                if let Some(decl) = self.member_decl(candidate, member) {
                    rename(candidate, decl);
                }
            }
            return (Some(member), None);
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
    fn named_in(&self, form: Form<'_>) -> Vec<&'a Member> {
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
        named.into_iter().map(|at| self.names[at].0).collect()
    }

    /// Returns the members whose names are in a text as whole words; a longer name hides those inside it.
    fn named_by(&self, text: &str) -> BTreeSet<usize> {
        let folded = fold(text);
        let text_words = words(&folded);
        let is_plain = without_diacritics(&folded) == folded;
        let mut spans: Vec<(usize, usize, usize)> = Vec::new();
        for (at, (_, name, plain)) in self.names.iter().enumerate() {
            let name = if is_plain { plain } else { name };
            let starts = text_words.windows(name.len().max(1)).enumerate().filter(|(_, window)| window == name);
            spans.extend(starts.map(|(start, _)| (start, start + name.len(), at)));
        }
        let is_inside = |one: &(usize, usize, usize), other: &(usize, usize, usize)| {
            other.0 <= one.0 && one.1 <= other.1 && one.1 - one.0 < other.1 - other.0
        };
        spans.iter().filter(|one| !spans.iter().any(|other| is_inside(one, other))).map(|span| span.2).collect()
    }

    fn sector(&self, candidate: &CandidateObservation) -> Option<&'a SectorDecl> {
        self.sectors.iter().find(|sector| sector.id == candidate.key.sector).map(|sector| &**sector)
    }

    /// Returns the figure of an indicator for a member, if the indicator is by members.
    fn member_decl(&self, candidate: &CandidateObservation, member: &Member) -> Option<&'a IndicatorDecl> {
        let whole = &candidate.key.indicator;
        let decl = self.sector(candidate)?.indicator(&format!("{whole}_{}", member.id))?;
        let is_member = decl.is_breakdown_member && decl.parent.as_ref().is_some_and(|parent| parent.id == *whole);
        is_member.then_some(decl)
    }

    fn is_by_members(&self, candidate: &CandidateObservation) -> bool {
        self.config.members.list.iter().any(|member| self.member_decl(candidate, member).is_some())
    }

    /// Returns whether a candidate is already the figure of a member.
    fn is_of_member(&self, candidate: &CandidateObservation) -> bool {
        let decl = self.sector(candidate).and_then(|sector| sector.indicator(candidate.key.indicator.as_str()));
        decl.is_some_and(|decl| {
            let parent = decl.parent.as_ref().filter(|_| decl.is_breakdown_member);
            let is_id = |member: &Member, whole: &IndicatorId| decl.id.as_str() == format!("{whole}_{}", member.id);
            parent.is_some_and(|parent| self.config.members.list.iter().any(|member| is_id(member, &parent.id)))
        })
    }

    /// Returns why a form that names these members is not used.
    fn reason(&self, sheet: &SheetName, named: &[&Member]) -> Message {
        let labels: Vec<String> = named.iter().map(|member| self.config.members.label(member)).collect();
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
