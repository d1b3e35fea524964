//! Finds literal templates among the arguments of calls.
//!
//! Input: calls. Output: the strings that the registry declares as templates, with their arguments. Not here: checks of
//! the templates.

use crate::api::entry::{Call as Carried, Entry};
use crate::api::signature::{Kind, Shape};
use crate::declare::source::calls::{Call, Part, fields, strings};
use crate::declare::source::tokens::Token;
use crate::host;
use std::collections::BTreeMap;
use tonghop_core::model::template::{Piece, Placeholder};

/// Returns the literal templates in a call.
pub(super) fn literals_of<'t>(call: &Call<'t>) -> Vec<Literal<'t>> {
    entry_of(call).map(|entry| literals(entry, call)).unwrap_or_default()
}

/// Returns the registry entry of a call.
fn entry_of(call: &Call<'_>) -> Option<&'static Entry> {
    host::entries().find(|entry| {
        let fits = match entry.call {
            Carried::Function(_) => !call.is_method,
            Carried::Method(_) => call.is_method,
            _ => false,
        };
        fits && entry.name == call.name
    })
}

/// A literal template.
pub(super) struct Literal<'t> {
    pub parts: Vec<Part>,
    pub arguments: Arguments<'t>,
    /// Whether the template is filled with a row, such as `{it}`.
    pub has_row: bool,
}

/// The arguments of a template, in addition to its scope.
#[derive(Clone)]
pub(super) enum Arguments<'t> {
    None,
    Named(BTreeMap<String, &'t [Token]>),
    /// The names are known only at run time.
    Unknown,
}

impl<'t> Arguments<'t> {
    fn of(value: &'t [Token]) -> Self {
        let named = |fields: Vec<(Option<String>, &'t [Token])>| {
            Self::Named(fields.into_iter().filter_map(|(name, value)| Some((name?, value))).collect())
        };
        fields(value).map_or(Self::Unknown, named)
    }
}

/// Collects the literal templates among the arguments of a call.
fn literals<'t>(entry: &Entry, call: &Call<'t>) -> Vec<Literal<'t>> {
    let given = || entry.params.list().iter().zip(&call.arguments);
    let arguments = given().find(|(param, _)| matches!(param.kind, Kind::Arguments));
    let arguments = arguments.map_or(Arguments::None, |(_, value)| Arguments::of(value));
    let mut found = Vec::new();
    for (param, value) in given() {
        match param.kind {
            Kind::Template => found.extend(each(value, &arguments, false)),
            Kind::RowTemplate => found.extend(each(value, &Arguments::None, true)),
            Kind::Table(shape) => found.extend(of_table(shape, value)),
            _ => {}
        }
    }
    found
}

/// Returns a template for each literal string that a value may be.
pub(super) fn each<'t>(value: &'t [Token], arguments: &Arguments<'t>, has_row: bool) -> Vec<Literal<'t>> {
    let literal = |parts| Literal { parts, arguments: arguments.clone(), has_row };
    strings(value).into_iter().map(literal).collect()
}

/// Collects the literal templates in a table; the entries of the table are their arguments.
fn of_table<'t>(shape: &Shape, value: &'t [Token]) -> Vec<Literal<'t>> {
    let arguments = Arguments::of(value);
    let mut found = Vec::new();
    for (name, value) in fields(value).unwrap_or_default() {
        match shape.keys.iter().find(|key| Some(key.name) == name.as_deref()).map(|key| key.kind) {
            Some(Kind::Template) => found.extend(each(value, &arguments, false)),
            Some(Kind::RowTemplates) => {
                let cells = fields(value).unwrap_or_default();
                found.extend(cells.into_iter().flat_map(|(_, cell)| each(cell, &arguments, true)));
            }
            _ => {}
        }
    }
    found
}

/// Returns the string if a value is a string literal and nothing else.
pub(super) fn words(value: &[Token]) -> Option<String> {
    match strings(value).as_slice() {
        [parts] if value.iter().all(|token| token.name().is_none()) => {
            Some(parts.iter().map(|part| part.words.as_str()).collect())
        }
        _ => None,
    }
}

/// Iterates over the pieces of a template, including those inside clauses.
pub(super) fn leaves(pieces: &[Piece]) -> Box<dyn Iterator<Item = &Piece> + '_> {
    Box::new(pieces.iter().flat_map(|piece| match piece {
        Piece::Clause(inner) => leaves(inner),
        leaf => Box::new(std::iter::once(leaf)),
    }))
}

/// Returns the values that a piece of a template prints.
pub(super) fn placeholders(leaf: &Piece) -> impl Iterator<Item = &Placeholder> {
    let both = match leaf {
        Piece::Value(value) => [Some(value), None],
        Piece::Fraction(above, below) => [Some(above), Some(below)],
        _ => [None, None],
    };
    both.into_iter().flatten()
}

/// Returns the name of the note if a piece of a template is one.
pub(super) fn note(leaf: &Piece) -> Option<&str> {
    match leaf {
        Piece::Note(name) => Some(name),
        _ => None,
    }
}
