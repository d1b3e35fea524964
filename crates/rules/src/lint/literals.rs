//! Templates that are written out among the arguments of calls.
//!
//! In come calls; out go the strings that the registry declares to be templates, with what they are given. Never here: a
//! judgement of them.

use crate::api::entry::{Call as Carried, Entry};
use crate::api::signature::{Kind, Shape};
use crate::declare::source::calls::{Call, Part, fields, strings};
use crate::declare::source::tokens::Token;
use crate::host;
use std::collections::BTreeMap;
use tonghop_core::model::template::{Piece, Placeholder};

/// Returns the templates that stand in a call.
pub(super) fn literals_of<'t>(call: &Call<'t>) -> Vec<Literal<'t>> {
    entry_of(call).map(|entry| literals(entry, call)).unwrap_or_default()
}

/// Finds what a call is declared as.
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

/// A template that is written out.
pub(super) struct Literal<'t> {
    pub parts: Vec<Part>,
    pub arguments: Arguments<'t>,
    /// Whether `{it}` is a row.
    pub has_row: bool,
}

/// What a template is given beside the scope.
#[derive(Clone)]
pub(super) enum Arguments<'t> {
    None,
    Named(BTreeMap<String, &'t [Token]>),
    /// Only a run knows their names.
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

/// Collects the templates among the arguments of a call.
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

/// Makes a template of each string that a value may be.
pub(super) fn each<'t>(value: &'t [Token], arguments: &Arguments<'t>, has_row: bool) -> Vec<Literal<'t>> {
    let literal = |parts| Literal { parts, arguments: arguments.clone(), has_row };
    strings(value).into_iter().map(literal).collect()
}

/// Collects the templates that stand in a table by name; its other entries are their arguments.
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

/// Returns a string that is written out and cannot be anything else.
pub(super) fn words(value: &[Token]) -> Option<String> {
    match strings(value).as_slice() {
        [parts] if value.iter().all(|token| token.name().is_none()) => {
            Some(parts.iter().map(|part| part.words.as_str()).collect())
        }
        _ => None,
    }
}

/// Goes through the pieces of a template, those inside clauses included.
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

/// Returns the name of the note that a piece of a template sets.
pub(super) fn note(leaf: &Piece) -> Option<&str> {
    match leaf {
        Piece::Note(name) => Some(name),
        _ => None,
    }
}
