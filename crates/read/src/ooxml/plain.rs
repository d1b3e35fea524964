//! Parses plain cells during the check, so that calamine need not read them again.
//!
//! Input: the texts of values. Output: the same values that calamine would return, or `None` if calamine must read the
//! cell: dates, escapes, inline strings and everything rare. Not here: the structure of the XML, guesses.

use super::value;
use crate::text_pool::{TextPool, is_too_long};
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, RawValue};

/// The type of a cell according to its attribute `t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellKind {
    Number,
    /// An index into the shared strings.
    SharedString,
    Bool,
    Error,
    /// The text result of a formula.
    Text,
    /// An ISO date, an inline string, or a type not known here.
    Other,
}

impl CellKind {
    /// Parses the attribute `t` of a cell.
    pub(crate) fn from_attribute(written: Option<&str>) -> Self {
        match written {
            None | Some("n") => Self::Number,
            Some("s") => Self::SharedString,
            Some("b") => Self::Bool,
            Some("e") => Self::Error,
            Some("str") => Self::Text,
            Some(_) => Self::Other,
        }
    }
}

/// The error values that calamine knows.
const KNOWN_ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

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
    Empty,
    Number(f64),
    SharedString(u32),
    Bool(bool),
    Error(Arc<str>),
    Text(Arc<str>),
}

impl PlainValue {
    /// Parses the text of a value, if the cell has one; `None` if calamine must read the cell.
    pub(crate) fn parse(kind: CellKind, written: Option<&str>) -> Option<Self> {
        let Some(written) = written.filter(|written| !written.is_empty() || kind == CellKind::Text) else {
            return (kind != CellKind::Other).then_some(Self::Empty);
        };
        match kind {
            CellKind::Number => written.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Number),
            CellKind::SharedString => written.parse().ok().map(Self::SharedString),
            CellKind::Bool => match written {
                "0" => Some(Self::Bool(false)),
                "1" => Some(Self::Bool(true)),
                _ => None,
            },
            CellKind::Error => KNOWN_ERRORS.contains(&written).then(|| Self::Error(written.into())),
            CellKind::Text => is_literal(written).then(|| Self::Text(written.into())),
            CellKind::Other => None,
        }
    }

    /// Converts to a [`RawValue`]; its text is taken from `shared_strings` or interned in `texts`.
    pub(crate) fn into_raw_value(
        self,
        has_formula: bool,
        shared_strings: &[Arc<str>],
        texts: &mut TextPool,
    ) -> Option<RawValue> {
        Some(match self {
            Self::Empty if has_formula => RawValue::FormulaWithoutCache,
            Self::Empty => return None,
            Self::Number(number) => value::raw_number(number, RawValue::Number),
            Self::SharedString(place) => match shared_strings.get(place as usize)? {
                long if is_too_long(long) => return value::raw_text(long, texts),
                text if text.is_empty() => return None,
                text => RawValue::Text(Arc::clone(text)),
            },
            Self::Bool(truth) => RawValue::Bool(truth),
            Self::Error(error) => RawValue::Error(texts.intern(&error)),
            Self::Text(text) => return value::raw_text(&text, texts),
        })
    }
}

/// Returns whether a text has neither escapes (`_x000D_`) nor carriage returns, which calamine must decode.
fn is_literal(text: &str) -> bool {
    !text.contains('\r') && !text.contains("_x")
}

/// Returns whether values in a number format are certainly numbers and not dates.
pub(crate) fn is_numeric_format(id: Option<u32>, code: &str) -> bool {
    // Files need not define formats with an id below 164; which of them are dates depends on the language.
    let may_be_date = matches!(id, Some(14..=36 | 45..=47 | 50..=163));
    let says_nothing = code == "General" || !code.contains(|c: char| c.is_ascii_alphabetic() || c == '[');
    !may_be_date && says_nothing
}

/// Collects the shared strings.
#[derive(Debug, Default)]
pub(crate) struct SharedStringsBuilder {
    strings: Vec<Arc<str>>,
    text: String,
    /// The start in `text` of the run that is being read, and whether its outer spaces are kept.
    run_start: usize,
    preserves_space: bool,
    needs_calamine: bool,
}

impl SharedStringsBuilder {
    /// Begins a run of text; `space` is its attribute `xml:space`.
    pub(crate) fn begin_run(&mut self, space: Option<&str>) {
        (self.run_start, self.preserves_space) = (self.text.len(), space == Some("preserve"));
    }

    /// Adds text to the current run.
    pub(crate) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the current run.
    pub(crate) fn end_run(&mut self) {
        let blank = [' ', '\t', '\r', '\n'];
        let piece = &self.text[self.run_start..];
        self.needs_calamine |= !is_literal(piece);
        if !self.preserves_space && piece.trim_matches(blank).len() != piece.len() {
            let trimmed = piece.trim_matches(blank).to_owned();
            self.text.truncate(self.run_start);
            self.text.push_str(&trimmed);
        }
    }

    /// Ends the current string.
    pub(crate) fn end_string(&mut self) {
        self.strings.push(self.text.as_str().into());
        self.text.clear();
        self.run_start = 0;
    }

    /// Records that calamine must read the shared strings.
    pub(crate) fn require_calamine(&mut self) {
        self.needs_calamine = true;
    }

    /// Returns all strings; `None` if calamine must read them.
    pub(crate) fn into_strings(self) -> Option<Vec<Arc<str>>> {
        (!self.needs_calamine).then_some(self.strings)
    }
}
