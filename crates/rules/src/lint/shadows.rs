//! Names that hide others: of functions of the host, and of indicators in templates.
//!
//! In come the tokens of a file, out go definitions that a later line does not mean. Never here: names that the
//! declaration refuses.

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

/// A name that a rule gives to a value of its own.
struct Local<'t> {
    name: &'t str,
    at: usize,
    /// Where it ceases to be known, among the tokens.
    end: usize,
}

/// Returns the names of a file that hide another one where it is used.
pub(super) fn shadowed(file: &File<'_>) -> Vec<Diagnostic> {
    let locals = locals(&file.tokens);
    let calls = calls(&file.tokens);
    let functions = locals.iter().filter_map(|local| function(file, local, &calls));
    functions.chain(calls.iter().flat_map(|call| indicators(file, call, &locals))).collect()
}

/// How a name is given.
#[derive(Clone, Copy)]
enum Given {
    Local,
    Loop,
    Function,
    /// A name of a table, which hides nothing.
    Field,
    Parameter,
}

/// Lists what follows `local`, `for` or `function`, and the parameters of functions.
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

/// Finds where a name ceases to be known.
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

/// Tells a name that hides a function of the host, which the file calls behind it.
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

/// Tells the names of a template that are indicators there, while a local of the same name holds something else.
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

/// Tells `local waste = d.waste`, by which both names mean the same.
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
