//! Parses column headings: every word is accounted for, or named as left over.
//!
//! Input: the pieces of a stacked heading, from the top down, and the units that the project knows. Output: the kind
//! of the column, its measure, period and base, its units, and the words that mean none of these. Not here: headings
//! that a project declares, and whether a period is the one that a report needs.

mod interpret;
mod items;
mod names;

pub use items::is_column_mark;

use super::terms::{HeadingKind, StatedMeasure, Term};
use crate::model::quantity::Unit;
use crate::model::stated_period::StatedPeriod;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The meaning of a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingMeaning {
    /// The kind of the column.
    pub kind: HeadingKind,
    /// The measure that the words state.
    pub measure: Option<StatedMeasure>,
    /// The period of the column; of a ratio, that of the numerator.
    pub period: Option<StatedPeriod>,
    /// Whether the numbers accumulate from the beginning of the year, if the words or the period say so.
    pub is_cumulative: Option<bool>,
    /// The base of a ratio or of a change.
    pub base: Option<Base>,
    /// The units in brackets or in a line of their own.
    pub units: Vec<Unit>,
    /// Who assigned the plan: "tỉnh" of "KH tỉnh giao". Folded.
    pub setter: Option<String>,
    /// Whether it is the column of the whole: "Tổng số".
    pub is_total: bool,
    /// The general word for an amount: "số lượng", "trị giá"; empty for "số liệu".
    pub quantity: Option<String>,
    /// Whether the words contradict each other: two periods, or plan and actual at once.
    pub is_contradictory: bool,
    /// All folded words of the heading, without signs, units and numbers of columns; two headings with the same words
    /// are equal.
    pub words: String,
    /// The folded words that have no meaning in a heading: names of parts, places and products, or unknown words.
    pub leftover: Vec<String>,
}

/// What a ratio or a change compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// The kind of the base.
    pub kind: BaseKind,
    /// The period of the base, if it is stated.
    pub period: Option<StatedPeriod>,
}

/// The kind of a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaseKind {
    /// The plan.
    Target,
    /// The same period of the year before.
    LastYear,
    /// The period directly before.
    Previous,
    /// A base year, another measure, or a base that is not stated.
    Other,
}

impl BaseKind {
    /// Returns its name in lower case, as programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::LastYear => "last_year",
            Self::Previous => "previous",
            Self::Other => "other",
        }
    }
}

/// Parses headings with the units of a project.
#[derive(Clone, Debug, Default)]
pub struct HeadingParser {
    /// The base units that are recognised without an introduction, besides the measured ones.
    pub unit_bases: BTreeSet<Arc<str>>,
}

/// A part of a heading.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Period(StatedPeriod),
    Term(Term),
    Word,
    Sign,
}

/// A part with its text and the index of its piece.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    item: Item,
    text: String,
    piece: usize,
}

impl HeadingParser {
    /// Parses a stacked heading; empty pieces are ignored.
    pub fn parse<S: AsRef<str>>(&self, pieces: &[S]) -> HeadingMeaning {
        let mut meaning = HeadingMeaning::blank();
        let items = self.items(pieces, &mut meaning);
        let items = names::absorb_words(items);
        let words = items.iter().filter(|placed| placed.item != Item::Sign).map(|placed| placed.text.as_str());
        meaning.words = words.collect::<Vec<_>>().join(" ");
        if items.first().is_some_and(|first| first.item == Item::Term(Term::NotePrefix)) {
            meaning.kind = HeadingKind::Note;
            return meaning;
        }
        interpret::interpret(&items, &mut meaning);
        meaning
    }
}

impl HeadingMeaning {
    /// Returns the meaning of an empty heading.
    pub fn blank() -> Self {
        Self {
            kind: HeadingKind::Blank,
            measure: None,
            period: None,
            is_cumulative: None,
            base: None,
            units: Vec::new(),
            setter: None,
            is_total: false,
            quantity: None,
            is_contradictory: false,
            words: String::new(),
            leftover: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
