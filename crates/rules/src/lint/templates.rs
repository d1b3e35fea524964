//! Checks the literal templates of rule files by filling them without data, whether or not they ran.
//!
//! Input: the calls of a file. Output: diagnostics for templates that no run can fill. Not here: running rules.
//!
//! The registry declares which arguments are templates, and names are looked up as in a run. Values known only at run
//! time (rows, locals) are assumed to be correct.

use super::literals::{Arguments, Literal, each, leaves, literals_of, note, placeholders, words};
use super::{File, Project, failed_at};
use crate::api::entry::Call as Carried;
use crate::api::fields::{FIELDS, step};
use crate::declare::source::calls::{Part, calls};
use crate::eval::value::Value;
use crate::template::render::Renderer;
use crate::template::row::Row;
use mlua::{IntoLua, Lua, Table};
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::model::id::SectorId;
use tonghop_core::model::template::{Piece, Placeholder, Template};
use tonghop_core::say;

/// Reports the templates of a file that cannot be filled, except in calls at which the run already failed.
pub(super) fn suspects(file: &File<'_>, project: &Project, told: &[Diagnostic]) -> Vec<Diagnostic> {
    let names = project.names();
    let mut found = Vec::new();
    for call in calls(&file.tokens) {
        if failed_at(told, file.path, call.lines) {
            continue;
        }
        for literal in literals_of(&call) {
            let trial = Trial { file, names: &names, literal: &literal };
            found.extend(trial.problems().into_iter().filter(|problem| !found.contains(problem)).collect::<Vec<_>>());
        }
    }
    found
}

/// The check of one template.
struct Trial<'a> {
    file: &'a File<'a>,
    /// All names that a member of a value known only at run time may have.
    names: &'a BTreeSet<String>,
    literal: &'a Literal<'a>,
}

impl Trial<'_> {
    /// Returns the problems of the template and of the notes among its arguments.
    fn problems(&self) -> Vec<Diagnostic> {
        let lua = &self.file.loaded.sandbox.lua;
        let text: String = self.literal.parts.iter().map(|part| part.words.as_str()).collect();
        let Ok(template) = Template::parse(&text) else { return self.unparsed(lua, &text).into_iter().collect() };
        let leaves: Vec<&Piece> = leaves(&template.pieces).collect();
        let Ok(arguments) = self.arguments(lua, &leaves) else { return Vec::new() };
        let Ok(row) = self.row(lua, &leaves) else { return Vec::new() };
        let renderer = self.renderer(lua, arguments.as_ref()).with_row(row);
        let mut found = Vec::new();
        for leaf in &leaves {
            let tried = renderer.piece(leaf).and_then(|()| self.below_unknown(&renderer, leaf));
            found.extend(tried.err().map(|error| self.told(&error, self.line_of(leaf))));
        }
        found.extend(self.notes(&leaves));
        found
    }

    fn renderer<'l>(&'l self, lua: &'l Lua, arguments: Option<&'l Table>) -> Renderer<'l> {
        let context = &self.file.loaded.context;
        if let Some(scope) = &self.file.scope {
            context.set_scope(scope.clone());
        }
        Renderer::new(lua, context, arguments)
    }

    /// Creates the row, with a placeholder value under each name that it may have.
    fn row(&self, lua: &Lua, leaves: &[&Piece]) -> mlua::Result<Row> {
        let row = lua.create_table()?;
        roots(leaves).filter(|name| self.is_of_row(name)).try_for_each(|name| row.raw_set(name, anything()))?;
        Ok(Row::Named(row))
    }

    /// Returns whether a row may have a value of this name: `it`, or a name that the file assigns and the scope lacks.
    fn is_of_row(&self, name: &str) -> bool {
        let is_given = || self.file.tokens.array_windows().any(|[one, sign]| one.name() == Some(name) && sign.is('='));
        let in_scope = || self.file.scope.as_ref().is_some_and(|scope| step(scope, name).is_ok());
        self.literal.has_row && (name == "it" || is_given() && !in_scope())
    }

    /// Reports the syntax error of a template at the line where it first occurs.
    fn unparsed(&self, lua: &Lua, text: &str) -> Option<Diagnostic> {
        let why = Template::parse(text).err()?;
        let parts = &self.literal.parts;
        let begin = |count: usize| parts[..count].iter().map(|part| part.words.as_str()).collect::<String>();
        let fails_alike = |count: &usize| Template::parse(&begin(*count)).as_ref() == Err(&why);
        let fewest = (1..parts.len()).rev().take_while(fails_alike).last().unwrap_or(parts.len());
        let error = self.renderer(lua, None).fill(text).err()?;
        Some(self.told(&error, parts.get(fewest - 1)?.line))
    }

    /// Creates the table of the arguments: string literals as they are, other values as placeholders.
    fn arguments(&self, lua: &Lua, leaves: &[&Piece]) -> mlua::Result<Option<Table>> {
        let table = lua.create_table()?;
        match (&self.literal.arguments, &self.file.scope) {
            (Arguments::Named(named), Some(_)) => {
                let noted: BTreeSet<&str> = leaves.iter().filter_map(|leaf| note(leaf)).collect();
                for (name, value) in named {
                    let words = words(value).filter(|_| !noted.contains(name.as_str()));
                    let value = words.map_or_else(|| anything().into_lua(lua), |words| words.into_lua(lua))?;
                    table.raw_set(name.as_str(), value)?;
                }
            }
            (Arguments::None, Some(_)) => return Ok(None),
            (Arguments::Unknown, _) | (_, None) => {
                for name in roots(leaves).chain(leaves.iter().filter_map(|leaf| note(leaf))) {
                    table.raw_set(name, anything())?;
                }
            }
        }
        Ok(Some(table))
    }

    /// Returns an error for a member of a value known only at run time, if no value has a member of that name.
    fn below_unknown(&self, renderer: &Renderer<'_>, leaf: &Piece) -> mlua::Result<()> {
        for placeholder in placeholders(leaf) {
            let Some((root, below)) = placeholder.path.split_first() else { continue };
            let is_argument = match &self.literal.arguments {
                Arguments::None => self.file.scope.is_none(),
                Arguments::Named(named) => named.contains_key(root) || self.file.scope.is_none(),
                Arguments::Unknown => true,
            };
            let is_unknown = is_argument || self.is_of_row(root);
            if let Some(name) = below.iter().find(|name| is_unknown && !self.names.contains(*name)) {
                let fields: Vec<String> = FIELDS.into_iter().flatten().map(|field| field.name.to_owned()).collect();
                return Err(renderer.unknown(name, placeholder, &fields));
            }
        }
        Ok(())
    }

    /// Checks the notes of the template, which are templates with the same arguments.
    fn notes(&self, leaves: &[&Piece]) -> Vec<Diagnostic> {
        let Arguments::Named(named) = &self.literal.arguments else { return Vec::new() };
        let noted: BTreeSet<&str> = leaves.iter().filter_map(|leaf| note(leaf)).collect();
        let mut found = Vec::new();
        for (name, value) in noted.iter().filter_map(|name| named.get_key_value(*name)) {
            // Removing the note from its own arguments ends the recursion of a note that contains itself.
            let left = named.iter().filter(|(other, _)| *other != name);
            let arguments = Arguments::Named(left.map(|(name, value)| (name.clone(), *value)).collect());
            let literals = each(value, &arguments, self.literal.has_row);
            found.extend(literals.iter().flat_map(|literal| Trial { literal, ..*self }.problems()));
        }
        found
    }

    /// Returns the line of a placeholder.
    fn line_of(&self, leaf: &Piece) -> u32 {
        let written = placeholders(leaf).map(Placeholder::written).next();
        let written = written.or_else(|| note(leaf).map(str::to_owned)).unwrap_or_else(|| match leaf {
            Piece::Setting(key) => key.clone(),
            _ => String::new(),
        });
        let holds = |part: &&Part| part.words.contains(&written);
        let parts = &self.literal.parts;
        parts.iter().find(holds).or(parts.first()).map_or(1, |part| part.line)
    }

    fn told(&self, error: &mlua::Error, line: u32) -> Diagnostic {
        let why = self.file.loaded.diagnose(error, Code::TemplateSuspect);
        let message = say!(
            "mẫu câu này chưa chạy tới nhưng có lỗi: {why}",
            "this template did not run but has a mistake: {why}",
            why = why.message
        );
        Diagnostic { places: vec![self.file.at(line)], message, ..why }
    }
}

impl Project {
    /// Returns all names that may follow a dot in a template.
    fn names(&self) -> BTreeSet<String> {
        let fields = FIELDS.into_iter().flatten().filter(|field| matches!(field.call, Carried::Field(_)));
        let mut names: BTreeSet<String> = fields.map(|field| field.name.to_owned()).collect();
        names.extend(self.all.sectors.keys().chain(&self.all.lost).map(ToString::to_string));
        for decl in self.all.sectors.values().map(|data| &data.decl) {
            names.extend(decl.indicators.iter().map(|indicator| indicator.id.to_string()));
            names.extend(decl.narrative.iter().map(|topic| topic.key.clone()));
            names.extend(decl.records.iter().map(|records| records.name.to_string()));
            names.extend(decl.records.iter().flat_map(|records| &records.fields).map(|field| field.name.clone()));
            names.extend(decl.targets.iter().map(ToString::to_string));
            names.extend(decl.measures.iter().map(ToString::to_string));
        }
        names
    }
}

/// Returns the first names of the placeholder paths.
fn roots<'p>(leaves: &[&'p Piece]) -> impl Iterator<Item = &'p str> {
    let printed = leaves.iter().flat_map(|leaf| placeholders(leaf));
    printed.filter_map(|found| found.path.first()).map(String::as_str)
}

/// Returns a placeholder for a value known only at run time: it has all members and can be printed.
fn anything() -> Value {
    Value::Lost(SectorId::new("anything"))
}
