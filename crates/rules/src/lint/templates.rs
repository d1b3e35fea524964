//! Checks the literal templates of rule files by filling them without data, whether or not they ran.
//!
//! Input: the calls of a file. Output: diagnostics for templates that no run can fill. Not here: running rules.
//!
//! The registry declares which arguments are templates, and names are looked up as in a run. Values known only at run
//! time (rows, locals) are assumed to be correct.

use super::literals::{
    TemplateArguments, TemplateLiteral, constant_string, leaves, literals_of_value, note_name, placeholders,
    template_literals,
};
use super::{DeclaredProject, LintFile, has_failure_in};
use crate::api::entry::Handler as Carried;
use crate::api::fields::{FIELDS, impossible, lookup_member};
use crate::declare::source::calls::{StringPart, find_calls};
use crate::eval::value::RuleValue;
use crate::template::render::Renderer;
use crate::template::row::TemplateRow;
use mlua::{IntoLua, Lua, Table};
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::model::id::SectorId;
use tonghop_core::model::template::{Placeholder, Segment, Template};
use tonghop_core::msg;

/// Reports the templates of a file that cannot be filled, except in calls at which the run already failed.
pub(super) fn invalid_templates(
    file: &LintFile<'_>,
    project: &DeclaredProject,
    reported: &[Diagnostic],
) -> Vec<Diagnostic> {
    let names = project.member_names();
    let mut found = Vec::new();
    for call in find_calls(&file.tokens) {
        if has_failure_in(reported, file.path, call.line_range) {
            continue;
        }
        for literal in template_literals(&call) {
            let check = TemplateCheck { file, names: &names, literal: &literal, outer_notes: 0 };
            found
                .extend(check.diagnostics().into_iter().filter(|problem| !found.contains(problem)).collect::<Vec<_>>());
        }
    }
    found
}

/// The check of one template.
struct TemplateCheck<'a> {
    file: &'a LintFile<'a>,
    /// All names that a member of a value known only at run time may have.
    names: &'a BTreeSet<String>,
    literal: &'a TemplateLiteral<'a>,
    /// The number of notes around it.
    outer_notes: usize,
}

/// Notes inside more notes are not checked: notes that name each other would take ever more time.
const MAX_CHECKED_NOTES: usize = 2;

impl TemplateCheck<'_> {
    /// Returns the problems of the template and of the notes among its arguments.
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let lua = &self.file.loaded.sandbox.lua;
        let text: String = self.literal.parts.iter().map(|part| part.text.as_str()).collect();
        let Ok(template) = Template::parse(&text) else { return self.syntax_error(lua, &text).into_iter().collect() };
        let leaves: Vec<&Segment> = leaves(&template.segments).collect();
        let Ok(arguments) = self.arguments(lua, &leaves) else { return Vec::new() };
        let Ok(row) = self.row(lua, &leaves) else { return Vec::new() };
        let renderer = self.renderer(lua, arguments.as_ref()).with_row(row);
        let mut found = Vec::new();
        for leaf in &leaves {
            let tried = renderer.check_segment(leaf).and_then(|()| self.check_unknown_members(&renderer, leaf));
            found.extend(tried.err().map(|error| self.diagnostic(&error, self.line_of(leaf))));
            found.extend(self.impossible_figures(leaf));
        }
        if self.outer_notes < MAX_CHECKED_NOTES {
            found.extend(self.note_diagnostics(&leaves));
        }
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
    fn row(&self, lua: &Lua, leaves: &[&Segment]) -> mlua::Result<TemplateRow> {
        let row = lua.create_table()?;
        root_names(leaves)
            .filter(|name| self.is_row_name(name))
            .try_for_each(|name| row.raw_set(name, placeholder_value()))?;
        Ok(TemplateRow::Named(row))
    }

    /// Returns whether a row may have a value of this name: `it`, or a name that the file assigns and the scope lacks.
    fn is_row_name(&self, name: &str) -> bool {
        let is_given =
            || self.file.tokens.array_windows().any(|[one, sign]| one.name() == Some(name) && sign.is_sign('='));
        let in_scope = || self.file.scope.as_ref().is_some_and(|scope| lookup_member(scope, name).is_ok());
        self.literal.has_row && (name == "it" || is_given() && !in_scope())
    }

    /// Reports the syntax error of a template at the line where it first occurs.
    fn syntax_error(&self, lua: &Lua, text: &str) -> Option<Diagnostic> {
        let why = Template::parse(text).err()?;
        let parts = &self.literal.parts;
        let begin = |count: usize| parts[..count].iter().map(|part| part.text.as_str()).collect::<String>();
        let fails_alike = |count: &usize| Template::parse(&begin(*count)).as_ref() == Err(&why);
        let fewest = (1..parts.len()).rev().take_while(fails_alike).last().unwrap_or(parts.len());
        let error = self.renderer(lua, None).fill(text).err()?;
        Some(self.diagnostic(&error, parts.get(fewest - 1)?.line))
    }

    /// Creates the table of the arguments: string literals as they are, other values as placeholders.
    fn arguments(&self, lua: &Lua, leaves: &[&Segment]) -> mlua::Result<Option<Table>> {
        let table = lua.create_table()?;
        match (&self.literal.arguments, &self.file.scope) {
            (TemplateArguments::Named(named), Some(_)) => {
                let noted: BTreeSet<&str> = leaves.iter().filter_map(|leaf| note_name(leaf)).collect();
                for (name, value) in named {
                    let text = constant_string(value).filter(|_| !noted.contains(name.as_str()));
                    let value = text.map_or_else(|| placeholder_value().into_lua(lua), |text| text.into_lua(lua))?;
                    table.raw_set(name.as_str(), value)?;
                }
            }
            (TemplateArguments::None, Some(_)) => return Ok(None),
            (TemplateArguments::Unknown, _) | (_, None) => {
                for name in root_names(leaves).chain(leaves.iter().filter_map(|leaf| note_name(leaf))) {
                    table.raw_set(name, placeholder_value())?;
                }
            }
        }
        Ok(Some(table))
    }

    /// Returns whether a name is that of an argument or of a row, whose value is known only at run time.
    fn is_given(&self, name: &str) -> bool {
        let is_argument = match &self.literal.arguments {
            TemplateArguments::None => false,
            TemplateArguments::Named(named) => named.contains_key(name),
            TemplateArguments::Unknown => true,
        };
        is_argument || self.file.scope.is_none() || self.is_row_name(name)
    }

    /// Returns an error for a member of a value known only at run time, if no value has a member of that name.
    fn check_unknown_members(&self, renderer: &Renderer<'_>, leaf: &Segment) -> mlua::Result<()> {
        for placeholder in placeholders(leaf) {
            let Some((root, below)) = placeholder.path.split_first() else { continue };
            let is_unknown = self.is_given(root);
            if let Some(name) = below.iter().find(|name| is_unknown && !self.names.contains(*name)) {
                let fields: Vec<String> = FIELDS.into_iter().flatten().map(|field| field.name.to_owned()).collect();
                return Err(renderer.unknown_name_error(name, placeholder, &fields));
            }
        }
        Ok(())
    }

    /// Reports the figures of a segment that the declarations of their indicators leave always missing.
    fn impossible_figures(&self, leaf: &Segment) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for Placeholder { path, .. } in placeholders(leaf) {
            let is_member = path.first().is_some_and(|root| !self.is_given(root));
            let Some(mut value) = self.file.scope.clone().filter(|_| is_member) else { continue };
            for name in path {
                found.extend(impossible(&value, name).map(|(message, hint)| {
                    Diagnostic::new(Code::FigureImpossible, self.file.place(self.line_of(leaf)), message)
                        .with_hint(hint)
                }));
                let Ok(member) = lookup_member(&value, name) else { break };
                value = member;
            }
        }
        found
    }

    /// Checks the notes of the template, which are templates with the same arguments.
    fn note_diagnostics(&self, leaves: &[&Segment]) -> Vec<Diagnostic> {
        let TemplateArguments::Named(named) = &self.literal.arguments else { return Vec::new() };
        let noted: BTreeSet<&str> = leaves.iter().filter_map(|leaf| note_name(leaf)).collect();
        let mut found = Vec::new();
        for (name, value) in noted.iter().filter_map(|name| named.get_key_value(*name)) {
            // Removing the note from its own arguments ends the recursion of a note that contains itself.
            let left = named.iter().filter(|(other, _)| *other != name);
            let arguments = TemplateArguments::Named(left.map(|(name, value)| (name.clone(), *value)).collect());
            let literals = literals_of_value(value, &arguments, self.literal.has_row);
            let outer_notes = self.outer_notes + 1;
            found.extend(
                literals.iter().flat_map(|literal| TemplateCheck { literal, outer_notes, ..*self }.diagnostics()),
            );
        }
        found
    }

    /// Returns the line of a placeholder.
    fn line_of(&self, leaf: &Segment) -> u32 {
        let written = placeholders(leaf).map(Placeholder::dotted_path).next();
        let written = written.or_else(|| note_name(leaf).map(str::to_owned)).unwrap_or_else(|| match leaf {
            Segment::Setting(key) => key.clone(),
            _ => String::new(),
        });
        let holds = |part: &&StringPart| part.text.contains(&written);
        let parts = &self.literal.parts;
        parts.iter().find(holds).or(parts.first()).map_or(1, |part| part.line)
    }

    fn diagnostic(&self, error: &mlua::Error, line: u32) -> Diagnostic {
        let why = self.file.loaded.diagnose(error, Code::TemplateSuspect);
        let message = msg!(
            "mẫu câu này chưa chạy tới nhưng có lỗi: {why}",
            "this template was not run but contains an error: {why}",
            why = why.message
        );
        Diagnostic { places: vec![self.file.place(line)], message, ..why }
    }
}

impl DeclaredProject {
    /// Returns all names that may follow a dot in a template.
    fn member_names(&self) -> BTreeSet<String> {
        let fields = FIELDS.into_iter().flatten().filter(|field| matches!(field.handler, Carried::Field(_)));
        let mut names: BTreeSet<String> = fields.map(|field| field.name.to_owned()).collect();
        names.extend(self.all.sectors.keys().chain(&self.all.failed).map(ToString::to_string));
        names.extend(self.all.sectors.values().flat_map(|data| data.series.iter()).map(|series| series.id.clone()));
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
fn root_names<'p>(leaves: &[&'p Segment]) -> impl Iterator<Item = &'p str> {
    let printed = leaves.iter().flat_map(|leaf| placeholders(leaf));
    printed.filter_map(|found| found.path.first()).map(String::as_str)
}

/// Returns a placeholder for a value known only at run time: it has all members and can be printed.
fn placeholder_value() -> RuleValue {
    RuleValue::FailedSector(SectorId::new("anything"))
}
