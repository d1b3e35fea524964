//! Reports local names that hide host functions, or that differ from an indicator of the same name in a template.
//!
//! Input: the tokens of a file. Output: diagnostics for names that a later line uses with another meaning. Not here:
//! names that the declaration rejects.

use super::LintFile;
use super::literals::{TemplateArguments, leaves, placeholders, template_literals};
use super::locals::LocalName;
use crate::api::fields::lookup_member;
use crate::declare::source::calls::{CallSite, find_calls};
use crate::eval::lua_type::LuaType;
use crate::host;
use crate::lua::tokens::LuaToken;
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::template::Template;
use tonghop_core::msg;

/// Reports the local names of a file that hide another name that is used in their scope.
pub(super) fn shadowed_names(file: &LintFile<'_>, locals: &[LocalName<'_>]) -> Vec<Diagnostic> {
    let calls = find_calls(&file.tokens);
    let functions = locals.iter().filter_map(|local| hidden_function(file, local, &calls));
    functions.chain(calls.iter().flat_map(|call| hidden_members(file, call, locals))).collect()
}

/// Reports a local name that hides a host function which is called in its scope.
fn hidden_function(file: &LintFile<'_>, local: &LocalName<'_>, calls: &[CallSite<'_>]) -> Option<Diagnostic> {
    let name = host::entry_names(LuaType::Global).find(|name| *name == local.name)?;
    let inside = |call: &&CallSite<'_>| {
        !call.is_method && call.name == name && (local.index..local.scope_end).contains(&call.index)
    };
    calls.iter().find(inside)?;
    let message = msg!(
        "tên \"{name}\" che mất hàm {name} của chương trình",
        "the name \"{name}\" shadows the built-in function {name}"
    );
    let place = file.place(file.tokens[local.index].line);
    Some(
        Diagnostic::new(Code::NameShadowed, place, message)
            .with_hint(Message::new("đặt một tên khác", "choose another name")),
    )
}

/// Reports names in a template that mean an indicator there, while a local of the same name holds another value.
fn hidden_members(file: &LintFile<'_>, call: &CallSite<'_>, locals: &[LocalName<'_>]) -> Vec<Diagnostic> {
    let Some(scope) = &file.scope else { return Vec::new() };
    let mut found = Vec::new();
    for literal in template_literals(call) {
        let text: String = literal.parts.iter().map(|part| part.text.as_str()).collect();
        let Ok(template) = Template::parse(&text) else { continue };
        let roots: BTreeSet<&str> = leaves(&template.segments)
            .flat_map(placeholders)
            .filter_map(|placeholder| placeholder.path.first().map(String::as_str))
            .filter(|root| !has_argument(&literal.arguments, root) && lookup_member(scope, root).is_ok())
            .collect();
        let hides = |local: &&LocalName<'_>| {
            roots.contains(local.name)
                && (local.index..local.scope_end).contains(&call.index)
                && !is_alias(&file.tokens, local)
        };
        found.extend(locals.iter().rev().find(hides).map(|local| shadow_diagnostic(file, call, local)));
    }
    found
}

fn has_argument(arguments: &TemplateArguments<'_>, name: &str) -> bool {
    match arguments {
        TemplateArguments::None => false,
        TemplateArguments::Named(named) => named.contains_key(name),
        TemplateArguments::Unknown => true,
    }
}

/// Returns whether the local is an alias of the member, as in `local waste = d.waste`.
fn is_alias(tokens: &[LuaToken], local: &LocalName<'_>) -> bool {
    match tokens.get(local.index + 1..local.index + 6) {
        Some([sign, _, dot, name, next]) => {
            sign.is_sign('=')
                && dot.is_sign('.')
                && name.name() == Some(local.name)
                && !(next.is_sign('.') || next.is_sign('['))
        }
        _ => false,
    }
}

fn shadow_diagnostic(file: &LintFile<'_>, call: &CallSite<'_>, local: &LocalName<'_>) -> Diagnostic {
    let (name, line) = (local.name, file.tokens[local.index].line);
    let message = msg!(
        "{{{name}}} trong mẫu câu là \"{name}\" của ngành, không phải biến {name} ở dòng {line}",
        "{{{name}}} in the template is \"{name}\" of the sector, not the local {name} of line {line}"
    );
    let hint = msg!(
        "đưa biến vào mẫu câu bằng bảng đi kèm: {{ {name} = {name} }}; nếu không thì đổi tên biến",
        "pass the local to the template in its table: {{ {name} = {name} }}; otherwise rename the local"
    );
    Diagnostic::new(Code::NameShadowed, file.place(call.line_range.0), message).with_hint(hint)
}
