//! Reports local names that hide host functions, or that differ from an indicator of the same name in a template.
//!
//! Input: the tokens of a file. Output: diagnostics for names that a later line uses with another meaning. Not here:
//! names that the declaration rejects.

use super::File;
use super::literals::{Arguments, leaves, literals_of, placeholders};
use crate::api::fields::step;
use crate::declare::source::calls::{Call, block_end, calls};
use crate::declare::source::tokens::Token;
use crate::eval::owner::Owner;
use crate::host;
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Words};
use tonghop_core::model::template::Template;
use tonghop_core::say;

/// A local name in a rule.
struct Local<'t> {
    name: &'t str,
    at: usize,
    /// The index of the token at which its scope ends.
    end: usize,
}

/// Reports the local names of a file that hide another name that is used in their scope.
pub(super) fn shadowed(file: &File<'_>) -> Vec<Diagnostic> {
    let locals = locals(&file.tokens);
    let calls = calls(&file.tokens);
    let functions = locals.iter().filter_map(|local| function(file, local, &calls));
    functions.chain(calls.iter().flat_map(|call| indicators(file, call, &locals))).collect()
}

/// The way in which a name is bound.
#[derive(Clone, Copy)]
enum Given {
    Local,
    Loop,
    Function,
    /// A field of a table, which hides nothing.
    Field,
    Parameter,
}

/// Returns the names after `local`, `for` or `function`, and the parameters of functions.
fn locals(tokens: &[Token]) -> Vec<Local<'_>> {
    let mut found = Vec::new();
    let mut given = None;
    for (at, token) in tokens.iter().enumerate() {
        given = match (token.name(), given) {
            (Some("local"), _) => Some(Given::Local),
            (Some("for"), _) => Some(Given::Loop),
            (Some("function"), _) => Some(Given::Function),
            (Some("in" | "do"), _) => None,
            (Some(name), Some(how)) => {
                found.extend(end_of(tokens, at, how).map(|end| Local { name, at, end }));
                given
            }
            (None, Some(Given::Function | Given::Field)) if token.is('(') => Some(Given::Parameter),
            (None, Some(Given::Function)) if token.is('.') || token.is(':') => Some(Given::Field),
            (None, Some(_)) if token.is(',') => given,
            _ => None,
        };
    }
    found
}

/// Returns the index of the token at which the scope of a name ends.
fn end_of(tokens: &[Token], at: usize, given: Given) -> Option<usize> {
    let behind = |found: fn(&Token) -> bool| (at..tokens.len()).find(|at| found(&tokens[*at]));
    let block = match given {
        Given::Local => at,
        Given::Loop => behind(|token| token.name() == Some("do"))?,
        Given::Function => at.saturating_sub(2),
        Given::Parameter => behind(|token| token.is(')'))?,
        Given::Field => return None,
    };
    Some(block_end(tokens, block))
}

/// Reports a local name that hides a host function which is called in its scope.
fn function(file: &File<'_>, local: &Local<'_>, calls: &[Call<'_>]) -> Option<Diagnostic> {
    let name = host::names(Owner::Global).find(|name| *name == local.name)?;
    let inside = |call: &&Call<'_>| !call.is_method && call.name == name && (local.at..local.end).contains(&call.at);
    calls.iter().find(inside)?;
    let message = say!(
        "tên \"{name}\" che mất hàm {name} của chương trình",
        "the name \"{name}\" hides the function {name} of the program"
    );
    let place = file.at(file.tokens[local.at].line);
    Some(
        Diagnostic::new(Code::NameShadowed, place, message).hint(Words::new("đặt một tên khác", "choose another name")),
    )
}

/// Reports names in a template that mean an indicator there, while a local of the same name holds another value.
fn indicators(file: &File<'_>, call: &Call<'_>, locals: &[Local<'_>]) -> Vec<Diagnostic> {
    let Some(scope) = &file.scope else { return Vec::new() };
    let mut found = Vec::new();
    for literal in literals_of(call) {
        let text: String = literal.parts.iter().map(|part| part.words.as_str()).collect();
        let Ok(template) = Template::parse(&text) else { continue };
        let roots: BTreeSet<&str> = leaves(&template.pieces)
            .flat_map(placeholders)
            .filter_map(|placeholder| placeholder.path.first().map(String::as_str))
            .filter(|root| !is_given(&literal.arguments, root) && step(scope, root).is_ok())
            .collect();
        let hides = |local: &&Local<'_>| {
            roots.contains(local.name) && (local.at..local.end).contains(&call.at) && !is_same(&file.tokens, local)
        };
        found.extend(locals.iter().rev().find(hides).map(|local| meant(file, call, local)));
    }
    found
}

fn is_given(arguments: &Arguments<'_>, name: &str) -> bool {
    match arguments {
        Arguments::None => false,
        Arguments::Named(named) => named.contains_key(name),
        Arguments::Unknown => true,
    }
}

/// Returns whether the local is an alias of the member, as in `local waste = d.waste`.
fn is_same(tokens: &[Token], local: &Local<'_>) -> bool {
    match tokens.get(local.at + 1..local.at + 6) {
        Some([sign, _, dot, name, next]) => {
            sign.is('=') && dot.is('.') && name.name() == Some(local.name) && !(next.is('.') || next.is('['))
        }
        _ => false,
    }
}

fn meant(file: &File<'_>, call: &Call<'_>, local: &Local<'_>) -> Diagnostic {
    let (name, line) = (local.name, file.tokens[local.at].line);
    let message = say!(
        "{{{name}}} trong mẫu câu là \"{name}\" của ngành, không phải biến {name} ở dòng {line}",
        "{{{name}}} in the template is \"{name}\" of the sector, not the local {name} of line {line}"
    );
    let hint = say!(
        "đưa biến vào mẫu câu bằng bảng đi kèm: {{ {name} = {name} }}; nếu không thì đổi tên biến",
        "hand the local to the template in its table: {{ {name} = {name} }}; else rename the local"
    );
    Diagnostic::new(Code::NameShadowed, file.at(call.lines.0), message).hint(hint)
}
