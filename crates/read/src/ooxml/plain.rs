//! Parses plain cells during the check, so that calamine need not read them again.
//!
//! Input: the texts of values. Output: the same values that calamine would return, or `None` if calamine must read the
//! cell: dates, escapes, inline strings and everything rare. Not here: the structure of the XML, guesses.

use super::value;
use crate::texts::{Texts, is_too_long};
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, RawValue};

/// The type of a cell according to its attribute `t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    /// An index into the shared strings.
    TextIndex,
    Bool,
    Error,
    /// The text result of a formula.
    Text,
    /// An ISO date, an inline string, or a type not known here.
    Other,
}

impl Kind {
    /// Parses the attribute `t` of a cell.
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

/// The error values that calamine knows.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// A plain cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlainCell {
    pub place: CellRef,
    /// The index of its style, if it names one.
    pub style: Option<u32>,
    pub value: PlainValue,
}

/// The value of a plain cell.
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
    /// Parses the text of a value, if the cell has one; `None` if calamine must read the cell.
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

    /// Converts to a [`RawValue`]; its text is taken from `shared_strings` or interned in `texts`.
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

/// Returns whether a text has neither escapes (`_x000D_`) nor carriage returns, which calamine must decode.
fn is_literal(text: &str) -> bool {
    !text.contains('\r') && !text.contains("_x")
}

/// Returns whether values in a number format are certainly numbers and not dates.
pub(crate) fn is_of_numbers(id: Option<u32>, code: &str) -> bool {
    // Files need not define formats with an id below 164; which of them are dates depends on the language.
    let may_be_date = matches!(id, Some(14..=36 | 45..=47 | 50..=163));
    let says_nothing = code == "General" || !code.contains(|c: char| c.is_ascii_alphabetic() || c == '[');
    !may_be_date && says_nothing
}

/// Collects the shared strings.
#[derive(Debug, Default)]
pub(crate) struct SharedTexts {
    all: Vec<Arc<str>>,
    text: String,
    /// The start in `text` of the run that is being read, and whether its outer spaces are kept.
    piece: usize,
    keeps_space: bool,
    is_unsure: bool,
}

impl SharedTexts {
    /// Begins a run of text; `space` is its attribute `xml:space`.
    pub(crate) fn begin(&mut self, space: Option<&str>) {
        (self.piece, self.keeps_space) = (self.text.len(), space == Some("preserve"));
    }

    /// Adds text to the current run.
    pub(crate) fn push(&mut self, letters: &str) {
        self.text.push_str(letters);
    }

    /// Ends the current run.
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

    /// Ends the current string.
    pub(crate) fn end(&mut self) {
        self.all.push(self.text.as_str().into());
        self.text.clear();
        self.piece = 0;
    }

    /// Records that calamine must read the shared strings.
    pub(crate) fn doubt(&mut self) {
        self.is_unsure = true;
    }

    /// Returns all strings; `None` if calamine must read them.
    pub(crate) fn all(self) -> Option<Vec<Arc<str>>> {
        (!self.is_unsure).then_some(self.all)
    }
}
