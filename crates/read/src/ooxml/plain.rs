//! Cells that say plainly what they hold, taken as they pass the check, so that the library need not take them again.
//!
//! In come the letters of values, out go values as the library would give them, or nothing where only the library can
//! tell: dates, escapes, texts within cells, whatever is rare. Never here: which element stands where, a guess.

use super::value;
use crate::texts::{Texts, is_too_long};
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, RawValue};

/// What a cell says it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    /// The place of a text in the list of texts.
    TextIndex,
    Bool,
    Error,
    /// The text that a formula gave.
    Text,
    /// A date in letters, a text of its own with looks, something new.
    Other,
}

impl Kind {
    /// Reads the attribute `t` of a cell.
    pub(crate) fn of(written: Option<&str>) -> Self {
        match written {
            None | Some("n") => Self::Number,
            Some("s") => Self::TextIndex,
            Some("b") => Self::Bool,
            Some("e") => Self::Error,
            Some("str") => Self::Text,
            Some(_) => Self::Other,
        }
    }
}

/// The errors that the library knows.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlainCell {
    pub place: CellRef,
    /// The style that it names.
    pub style: Option<u32>,
    pub value: PlainValue,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlainValue {
    Nothing,
    Number(f64),
    TextIndex(u32),
    Bool(bool),
    Error(Arc<str>),
    Text(Arc<str>),
}

impl PlainValue {
    /// Reads what is written in the value of a cell, where it has one; `None` where only the library can tell.
    pub(crate) fn of(kind: Kind, written: Option<&str>) -> Option<Self> {
        let Some(written) = written.filter(|written| !written.is_empty() || kind == Kind::Text) else {
            return (kind != Kind::Other).then_some(Self::Nothing);
        };
        match kind {
            Kind::Number => written.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Number),
            Kind::TextIndex => written.parse().ok().map(Self::TextIndex),
            Kind::Bool => match written {
                "0" => Some(Self::Bool(false)),
                "1" => Some(Self::Bool(true)),
                _ => None,
            },
            Kind::Error => ERRORS.contains(&written).then(|| Self::Error(written.into())),
            Kind::Text => is_literal(written).then(|| Self::Text(written.into())),
            Kind::Other => None,
        }
    }

    /// Returns the value of a cell, whose text stands in the list of its workbook or is shared through `texts`.
    pub(crate) fn value(self, has_formula: bool, list: &[Arc<str>], texts: &mut Texts) -> Option<RawValue> {
        Some(match self {
            Self::Nothing if has_formula => RawValue::Unevaluated,
            Self::Nothing => return None,
            Self::Number(number) => value::number(number, RawValue::Number),
            Self::TextIndex(place) => match list.get(place as usize)? {
                long if is_too_long(long) => return value::text(long, texts),
                text if text.is_empty() => return None,
                text => RawValue::Text(Arc::clone(text)),
            },
            Self::Bool(truth) => RawValue::Bool(truth),
            Self::Error(error) => RawValue::Error(texts.shared(&error)),
            Self::Text(text) => return value::text(&text, texts),
        })
    }
}

/// Tells whether a text means its letters: escapes (`_x000D_`) and line ends of other systems are the library's.
fn is_literal(text: &str) -> bool {
    !text.contains('\r') && !text.contains("_x")
}

/// Tells whether numbers in a format are numbers and not dates, whatever the format means otherwise.
pub(crate) fn is_of_numbers(id: Option<u32>, code: &str) -> bool {
    // Formats with a number below 164 need not be spelt; some of them are dates, which ones depends on the language.
    let may_be_date = matches!(id, Some(14..=36 | 45..=47 | 50..=163));
    let says_nothing = code == "General" || !code.contains(|c: char| c.is_ascii_alphabetic() || c == '[');
    !may_be_date && says_nothing
}

/// Takes in the list of texts.
#[derive(Debug, Default)]
pub(crate) struct SharedTexts {
    all: Vec<Arc<str>>,
    text: String,
    /// Where the piece that is being read begins, and whether its spaces count.
    piece: usize,
    keeps_space: bool,
    is_unsure: bool,
}

impl SharedTexts {
    /// Begins a piece of a text; `space` is its attribute `xml:space`.
    pub(crate) fn begin(&mut self, space: Option<&str>) {
        (self.piece, self.keeps_space) = (self.text.len(), space == Some("preserve"));
    }

    /// Adds letters to the piece.
    pub(crate) fn push(&mut self, letters: &str) {
        self.text.push_str(letters);
    }

    /// Ends the piece.
    pub(crate) fn end_piece(&mut self) {
        let blank = [' ', '\t', '\r', '\n'];
        let piece = &self.text[self.piece..];
        self.is_unsure |= !is_literal(piece);
        if !self.keeps_space && piece.trim_matches(blank).len() != piece.len() {
            let trimmed = piece.trim_matches(blank).to_owned();
            self.text.truncate(self.piece);
            self.text.push_str(&trimmed);
        }
    }

    /// Ends the text.
    pub(crate) fn end(&mut self) {
        self.all.push(self.text.as_str().into());
        self.text.clear();
        self.piece = 0;
    }

    /// Notes that only the library can tell these texts.
    pub(crate) fn doubt(&mut self) {
        self.is_unsure = true;
    }

    /// Returns all texts.
    pub(crate) fn all(self) -> Option<Vec<Arc<str>>> {
        (!self.is_unsure).then_some(self.all)
    }
}
