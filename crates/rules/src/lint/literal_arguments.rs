//! Reports literal arguments that a function does not take, such as a misspelt key, on lines that did not run.
//!
//! Input: the calls of a file. Output: diagnostics at the lines of the arguments. Not here: values that are known only when
//! the rule runs, and templates.

use super::literals::{argument_keys, find_entries};
use super::{LintFile, has_failure_in};
use crate::api::signature::{ExpectedType, TableSchema};
use crate::declare::source::calls::{CallSite, find_calls, table_entries};
use crate::lua::tokens::{LuaToken, TokenKind};
use crate::suggest::did_you_mean;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::msg;

/// A kind of literal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Literal {
    Table,
    Text,
    Function,
}

/// Reports the literal arguments of a file that their functions refuse, unless the run reported the call.
pub(super) fn refused_arguments(file: &LintFile<'_>, reported: &[Diagnostic]) -> Vec<Diagnostic> {
    let calls = find_calls(&file.tokens);
    let open = calls.iter().filter(|call| !has_failure_in(reported, file.path, call.line_range));
    open.filter_map(|call| refused_argument(file, call)).collect()
}

fn refused_argument(file: &LintFile<'_>, call: &CallSite<'_>) -> Option<Diagnostic> {
    let mut problems = find_entries(call).map(|entry| {
        let given = entry.params.as_slice().iter().zip(&call.arguments);
        given.filter_map(|(param, value)| misfit(param.kind, value, param.name)).next()
    });
    // Methods of several types can have the same name: the call is wrong if it fits none.
    let first = problems.next()??;
    if !problems.all(|problem| problem.is_some()) {
        return None;
    }
    let Misfit { message, hint, line } = first;
    let message = msg!(
        "lời gọi {name} chưa chạy tới nhưng có lỗi: {message}",
        "the call of {name} was not run but contains an error: {message}",
        name = call.name,
        message = message
    );
    Some(Diagnostic::new(Code::TemplateSuspect, file.place(line), message).with_hint(hint))
}

/// Why an argument is refused.
struct Misfit {
    message: Message,
    hint: Message,
    line: u32,
}

fn misfit(kind: ExpectedType, value: &[LuaToken], name: &str) -> Option<Misfit> {
    let literal = literal_kind(value)?;
    let line = value.first()?.line;
    if !accepts(kind, literal) {
        let given = match literal {
            Literal::Table => Message::new("một bảng { … }", "a table { … }"),
            Literal::Text => Message::new("một chuỗi ký tự", "a text"),
            Literal::Function => Message::new("một hàm", "a function"),
        };
        let message = msg!(
            "{name} phải là {kind}, nhưng lại ghi {given}",
            "{name} must be {kind}, but it is {given}",
            name = name,
            kind = kind.title(),
            given = given
        );
        let hint = msg!(
            "sửa {name} ở dòng này theo tài liệu: tonghop explain",
            "correct {name} on this line; tonghop explain shows the function",
            name = name
        );
        return Some(Misfit { message, hint, line });
    }
    match kind {
        ExpectedType::Table(schema) => misfit_in_table(schema, value),
        _ => None,
    }
}

/// Returns the first key of a literal table that its schema does not know, or whose value it refuses.
fn misfit_in_table(schema: &TableSchema, value: &[LuaToken]) -> Option<Misfit> {
    argument_keys(value)?.into_iter().find_map(|(name, value, line)| {
        match schema.keys.iter().find(|key| key.name == name) {
            Some(key) => misfit(key.kind, value, key.name),
            None if schema.allows_other_keys => None,
            None => {
                let known: Vec<String> = schema.keys.iter().map(|key| key.name.to_owned()).collect();
                let hint = did_you_mean(&name, &known);
                Some(Misfit {
                    message: msg!("không có mục \"{name}\" ở đây", "there is no key \"{name}\" here"),
                    hint,
                    line,
                })
            }
        }
    })
}

fn literal_kind(value: &[LuaToken]) -> Option<Literal> {
    match (&value.first()?.kind, value) {
        (TokenKind::Sign('{'), _) => table_entries(value).map(|_| Literal::Table),
        (TokenKind::Text(_), [_]) => Some(Literal::Text),
        (TokenKind::Name(name), [.., last]) if name == "function" && last.name() == Some("end") => {
            Some(Literal::Function)
        }
        _ => None,
    }
}

fn accepts(kind: ExpectedType, literal: Literal) -> bool {
    use ExpectedType as Kind;
    match kind {
        Kind::OneOf(kinds) => kinds.iter().any(|kind| accepts(*kind, literal)),
        Kind::Text | Kind::Literal(_) | Kind::Template | Kind::RowTemplate => literal == Literal::Text,
        Kind::Number | Kind::Integer | Kind::Boolean | Kind::Figure | Kind::Indicator => false,
        Kind::Function(_) => literal == Literal::Function,
        Kind::Table(_) | Kind::Declaration(_) | Kind::Map(_) | Kind::TemplateArguments | Kind::NumberPair => {
            literal == Literal::Table
        }
        Kind::RowTemplateList | Kind::StringList | Kind::Rows => literal == Literal::Table,
        Kind::TextCells => literal != Literal::Function,
    }
}
