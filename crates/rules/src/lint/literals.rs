//! Finds literal templates among the arguments of calls.
//!
//! Input: calls. Output: the strings that the registry declares as templates, with their arguments. Not here: checks of
//! the templates.

use crate::api::entry::{ApiEntry, Handler as Carried};
use crate::api::signature::{ExpectedType, TableSchema};
use crate::declare::source::calls::{CallSite, StringPart, literal_strings, table_entries};
use crate::host;
use crate::lua::tokens::LuaToken;
use std::collections::BTreeMap;
use tonghop_core::model::template::{Placeholder, Segment};

/// Returns the literal templates in a call.
pub(super) fn template_literals<'t>(call: &CallSite<'t>) -> Vec<TemplateLiteral<'t>> {
    find_entry(call).map(|entry| collect_literals(entry, call)).unwrap_or_default()
}

/// Returns the registry entry of a call.
pub(super) fn find_entry(call: &CallSite<'_>) -> Option<&'static ApiEntry> {
    find_entries(call).next()
}

/// Returns all registry entries of the name of a call; methods of several types may share one.
pub(super) fn find_entries<'c>(call: &'c CallSite<'_>) -> impl Iterator<Item = &'static ApiEntry> + 'c {
    host::entries().filter(|entry| {
        let fits = match entry.handler {
            Carried::Function(_) => !call.is_method,
            Carried::Method(_) => call.is_method,
            _ => false,
        };
        fits && entry.name == call.name
    })
}

/// A literal template.
pub(super) struct TemplateLiteral<'t> {
    pub parts: Vec<StringPart>,
    pub arguments: TemplateArguments<'t>,
    /// Whether the template is filled with a row, such as `{it}`.
    pub has_row: bool,
}

/// The arguments of a template, in addition to its scope.
#[derive(Clone)]
pub(super) enum TemplateArguments<'t> {
    None,
    Named(BTreeMap<String, &'t [LuaToken]>),
    /// The names are known only at run time.
    Unknown,
}

impl<'t> TemplateArguments<'t> {
    fn from_tokens(value: &'t [LuaToken]) -> Self {
        let named = |fields: Vec<(Option<String>, &'t [LuaToken])>| {
            Self::Named(fields.into_iter().filter_map(|(name, value)| Some((name?, value))).collect())
        };
        table_entries(value).map_or(Self::Unknown, named)
    }
}

/// An argument of a template: its name, its value and its line.
pub(super) type NamedArgument<'t> = (String, &'t [LuaToken], u32);

/// Returns the named entries of a literal table; `None` if the value is not one, or has a computed key.
pub(super) fn argument_keys(value: &[LuaToken]) -> Option<Vec<NamedArgument<'_>>> {
    let named = table_entries(value)?.into_iter();
    Some(named.filter_map(|(name, value)| Some((name?, value, value.first()?.line))).collect())
}

/// Collects the literal templates among the arguments of a call.
fn collect_literals<'t>(entry: &ApiEntry, call: &CallSite<'t>) -> Vec<TemplateLiteral<'t>> {
    let given = || entry.params.as_slice().iter().zip(&call.arguments);
    let arguments = given().find(|(param, _)| matches!(param.kind, ExpectedType::TemplateArguments));
    let arguments = arguments.map_or(TemplateArguments::None, |(_, value)| TemplateArguments::from_tokens(value));
    let mut found = Vec::new();
    for (param, value) in given() {
        match param.kind {
            ExpectedType::Template => found.extend(literals_of_value(value, &arguments, false)),
            ExpectedType::RowTemplate => found.extend(literals_of_value(value, &TemplateArguments::None, true)),
            ExpectedType::Table(shape) => found.extend(literals_of_table(shape, value)),
            _ => {}
        }
    }
    found
}

/// Returns a template for each literal string that a value may be.
pub(super) fn literals_of_value<'t>(
    value: &'t [LuaToken],
    arguments: &TemplateArguments<'t>,
    has_row: bool,
) -> Vec<TemplateLiteral<'t>> {
    let literal = |parts| TemplateLiteral { parts, arguments: arguments.clone(), has_row };
    literal_strings(value).into_iter().map(literal).collect()
}

/// Collects the literal templates in a table; the entries of the table are their arguments.
fn literals_of_table<'t>(shape: &TableSchema, value: &'t [LuaToken]) -> Vec<TemplateLiteral<'t>> {
    let arguments = TemplateArguments::from_tokens(value);
    let mut found = Vec::new();
    for (name, value) in table_entries(value).unwrap_or_default() {
        match shape.keys.iter().find(|key| Some(key.name) == name.as_deref()).map(|key| key.kind) {
            Some(ExpectedType::Template) => found.extend(literals_of_value(value, &arguments, false)),
            Some(ExpectedType::RowTemplateList) => {
                let cells = table_entries(value).unwrap_or_default();
                found.extend(cells.into_iter().flat_map(|(_, cell)| literals_of_value(cell, &arguments, true)));
            }
            _ => {}
        }
    }
    found
}

/// Returns the string if a value is a string literal and nothing else.
pub(super) fn constant_string(value: &[LuaToken]) -> Option<String> {
    match literal_strings(value).as_slice() {
        [parts] if value.iter().all(|token| token.name().is_none()) => {
            Some(parts.iter().map(|part| part.text.as_str()).collect())
        }
        _ => None,
    }
}

/// Iterates over the pieces of a template, including those inside clauses.
pub(super) fn leaves(pieces: &[Segment]) -> Box<dyn Iterator<Item = &Segment> + '_> {
    Box::new(pieces.iter().flat_map(|piece| match piece {
        Segment::Clause(inner) => leaves(inner),
        leaf => Box::new(std::iter::once(leaf)),
    }))
}

/// Returns the values that a piece of a template prints.
pub(super) fn placeholders(leaf: &Segment) -> impl Iterator<Item = &Placeholder> {
    let both = match leaf {
        Segment::Value(value) | Segment::Condition(value) => [Some(value), None],
        Segment::Fraction(above, below) => [Some(above), Some(below)],
        _ => [None, None],
    };
    both.into_iter().flatten()
}

/// Returns the name of the note if a piece of a template is one.
pub(super) fn note_name(leaf: &Segment) -> Option<&str> {
    match leaf {
        Segment::Note(name) => Some(name),
        _ => None,
    }
}
