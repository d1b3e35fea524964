//! Reports arguments of templates that no template of the call uses, such as a misspelt key, and arguments that hide
//! an indicator of the sector.
//!
//! Input: the calls of a file. Output: diagnostics at the lines of the arguments. Not here: templates that lack an
//! argument.

use super::LintFile;
use super::literals::{
    TemplateArguments, argument_keys, find_entry, leaves, note_name, placeholders, template_literals,
};
use crate::api::fields::lookup_member;
use crate::api::signature::{ExpectedType, TableSchema};
use crate::declare::source::calls::{CallSite, StringPart, find_calls, literal_strings};
use crate::eval::value::RuleValue;
use crate::lua::tokens::LuaToken;
use crate::suggest::did_you_mean;
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::template::Template;
use tonghop_core::msg;

/// Notes inside more notes are not searched.
const MAX_NOTES: usize = 4;

/// Reports the arguments of a file that have no use or another meaning than their name.
pub(super) fn doubtful_arguments(file: &LintFile<'_>) -> Vec<Diagnostic> {
    find_calls(&file.tokens).iter().flat_map(|call| of_call(file, call)).collect()
}

fn of_call(file: &LintFile<'_>, call: &CallSite<'_>) -> Vec<Diagnostic> {
    let Some(entry) = find_entry(call) else { return Vec::new() };
    let given = entry.params.as_slice().iter().zip(&call.arguments);
    let mut found = Vec::new();
    for (param, value) in given {
        let schema = match param.kind {
            ExpectedType::TemplateArguments => None,
            ExpectedType::Table(schema) if schema.allows_other_keys => Some(schema),
            _ => continue,
        };
        let Some(keys) = argument_keys(value) else { continue };
        let own = keys.iter().filter(|(name, ..)| !is_declared(schema, name));
        let Some(used) = used_names(call, schema, value) else { continue };
        for (name, value, line) in own {
            if !used.contains(name.as_str()) {
                found.push(unused(file, (name, *line), schema));
            } else if hides_member(file, name, value) {
                found.push(hiding(file, (name, *line)));
            }
        }
    }
    found
}

fn is_declared(schema: Option<&TableSchema>, name: &str) -> bool {
    schema.is_some_and(|schema| schema.keys.iter().any(|key| key.name == name))
}

/// Returns the names that the templates of a call use; `None` if one of them is known only at run time.
fn used_names(call: &CallSite<'_>, schema: Option<&TableSchema>, table: &[LuaToken]) -> Option<BTreeSet<String>> {
    let literals = template_literals(call);
    let is_known = |value: &[LuaToken]| !literal_strings(value).is_empty();
    match schema {
        // A template and its arguments: the template comes first.
        None if !is_known(call.arguments.first()?) => return None,
        Some(schema) => {
            let keys = argument_keys(table)?;
            let templates = keys.iter().filter(|(name, ..)| {
                let key = schema.keys.iter().find(|key| key.name == name);
                key.is_some_and(|key| matches!(key.kind, ExpectedType::Template))
            });
            if !templates.clone().all(|(_, value, _)| is_known(value)) {
                return None;
            }
        }
        None => {}
    }
    let mut used = BTreeSet::new();
    literals.iter().all(|literal| add_names(&literal.parts, &literal.arguments, MAX_NOTES, &mut used)).then_some(used)
}

/// Adds the names that a template and its notes use; returns whether all of them are known.
fn add_names(
    parts: &[StringPart],
    arguments: &TemplateArguments<'_>,
    notes: usize,
    used: &mut BTreeSet<String>,
) -> bool {
    let text: String = parts.iter().map(|part| part.text.as_str()).collect();
    let Ok(template) = Template::parse(&text) else { return false };
    let mut is_known = true;
    for leaf in leaves(&template.segments) {
        used.extend(placeholders(leaf).filter_map(|placeholder| placeholder.path.first().cloned()));
        let Some(note) = note_name(leaf) else { continue };
        used.insert(note.to_owned());
        let TemplateArguments::Named(named) = arguments else { continue };
        let Some(value) = named.get(note) else { continue };
        let texts = literal_strings(value);
        is_known &= notes > 0 && !texts.is_empty();
        is_known &= notes == 0 || texts.iter().all(|parts| add_names(parts, arguments, notes - 1, used));
    }
    is_known
}

/// Returns whether the name is that of an indicator, a topic or a table of the sector, and the value another one.
fn hides_member(file: &LintFile<'_>, name: &str, value: &[LuaToken]) -> bool {
    let Some(scope @ RuleValue::Sector(_)) = &file.scope else { return false };
    let is_member = scope.project_member(name).is_some() && lookup_member(scope, name).is_ok();
    let mentions_it = value.iter().any(|token| token.name() == Some(name));
    is_member && !mentions_it
}

fn unused(file: &LintFile<'_>, (name, line): (&str, u32), schema: Option<&TableSchema>) -> Diagnostic {
    let message = msg!("không mẫu câu nào dùng \"{name}\"", "no template uses \"{name}\"");
    let known: Vec<String> = schema.iter().flat_map(|schema| schema.keys).map(|key| key.name.to_owned()).collect();
    let hint = match schema {
        Some(_) => did_you_mean(name, &known),
        None => {
            msg!("viết {{{name}}} vào mẫu câu, hoặc xóa {name}", "write {{{name}}} in the template, or remove {name}")
        }
    };
    Diagnostic::new(Code::ArgumentUnused, file.place(line), message).with_hint(hint)
}

fn hiding(file: &LintFile<'_>, (name, line): (&str, u32)) -> Diagnostic {
    let message = msg!(
        "{{{name}}} trong mẫu câu này là giá trị ghi ở đây, không phải \"{name}\" của ngành",
        "{{{name}}} in this template is the value given here, not \"{name}\" of the sector"
    );
    let hint = Message::new("đặt một tên khác cho giá trị này", "choose another name for this value");
    Diagnostic::new(Code::NameShadowed, file.place(line), message).with_hint(hint)
}
