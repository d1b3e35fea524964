//! Reports conditions that can only have one result: a value of the program compared with a number or text by `==`, or
//! used as a condition itself.
//!
//! Input: the tokens of a file and the types of its values. Output: diagnostics. Not here: comparisons that fail while
//! the rule runs, such as `<`.

use super::LintFile;
use super::value_types::{PathType, ValueTypes, continues_value, path_before, path_from};
use crate::eval::lua_type::LuaType;
use crate::lua::tokens::{LuaToken, TokenKind};
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::msg;

/// Reports the conditions of a file with only one result.
pub(super) fn constant_conditions(file: &LintFile<'_>, types: &ValueTypes<'_>) -> Vec<Diagnostic> {
    let tokens = &file.tokens;
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let problem = match equality_at(tokens, at) {
            Some(right) => comparison(types, tokens, at, right),
            None => condition(types, tokens, at),
        };
        found.extend(problem.map(|(message, hint)| {
            Diagnostic::new(Code::ConditionConstant, file.place(tokens[at].line), message).with_hint(hint)
        }));
    }
    found
}

/// Returns the index of the right operand of `==` or `~=` at a token.
fn equality_at(tokens: &[LuaToken], at: usize) -> Option<usize> {
    let is = |index: usize, sign| tokens.get(index).is_some_and(|token: &LuaToken| token.is_sign(sign));
    let follows_sign =
        at.checked_sub(1).is_some_and(|before| ['=', '~', '<', '>'].iter().any(|sign| is(before, *sign)));
    ((is(at, '=') || is(at, '~')) && is(at + 1, '=') && !follows_sign).then_some(at + 2)
}

fn comparison(types: &ValueTypes<'_>, tokens: &[LuaToken], at: usize, right_at: usize) -> Option<(Message, Message)> {
    let left = path_before(tokens, at).filter(|(_, start)| !follows_operator(tokens, *start));
    let left = left.and_then(|(path, start)| Some((path.join("."), types.of_path(&path, start)?)));
    let right = path_from(tokens, right_at)
        .filter(|(_, end)| !tokens.get(*end).is_some_and(is_operator))
        .and_then(|(path, _)| Some((path.join("."), types.of_path(&path, right_at)?)));
    // Two values of the program are refused while the rule runs.
    let (path, kind) = match (left, right) {
        (Some((path, PathType::Value(kind))), None) | (None, Some((path, PathType::Value(kind)))) => (path, kind),
        (Some((path, PathType::Boolean)), None) => return boolean_comparison(&path, tokens.get(right_at)?),
        _ => return None,
    };
    let message = msg!(
        "{path} là {kind}, không bao giờ bằng (==) một con số, đoạn chữ hay nil của Lua",
        "{path} is {kind}, which never equals (==) a number, a text or nil of Lua",
        kind = kind.title()
    );
    Some((message, hint(kind, &path)))
}

/// Reports `true` or `false` compared with a text or number.
fn boolean_comparison(path: &str, other: &LuaToken) -> Option<(Message, Message)> {
    if !matches!(other.kind, TokenKind::Text(_) | TokenKind::Other(_)) {
        return None;
    }
    let message = msg!(
        "{path} là true hoặc false, không bao giờ bằng một đoạn chữ hay con số",
        "{path} is true or false, which never equals a text or a number"
    );
    Some((message, msg!("viết if {path} then, hoặc if not {path} then", "write if {path} then, or if not {path} then")))
}

fn condition(types: &ValueTypes<'_>, tokens: &[LuaToken], at: usize) -> Option<(Message, Message)> {
    let is = |index: usize, words: &[&str]| {
        tokens.get(index).and_then(LuaToken::name).is_some_and(|name| words.contains(&name))
    };
    let before = at.checked_sub(1)?;
    let begins_value = is(before, &["return"]) || ['(', ',', '{', '='].iter().any(|sign| tokens[before].is_sign(*sign));
    if !begins_value && !is(before, &["if", "elseif", "while", "until", "not", "and", "or"]) {
        return None;
    }
    let (path, end) = path_from(tokens, at)?;
    let chooses = begins_value && is(end, &["and", "or"]);
    let opens = is(before, &["if", "elseif", "while", "not"]) && is(end, &["then", "do", "and", "or"]);
    let closes = is(before, &["and", "or"]) && is(end, &["then", "do"]);
    let ends_loop = is(before, &["until"]) && tokens.get(end).is_none_or(|next| !continues_value(next));
    if !(chooses || opens || closes || ends_loop) {
        return None;
    }
    let (kind, path) = (types.of_path(&path, at)?, path.join("."));
    let kind = match kind {
        PathType::Value(kind) => kind,
        PathType::Method(name) => return Some(uncalled(&path, &name)),
        PathType::Boolean => return None,
    };
    let message = msg!(
        "điều kiện {path} luôn đúng: đó là {kind}, cả khi chưa có số liệu hay chưa có chữ nào",
        "the condition {path} is always true: it is {kind}, even without any data or text",
        kind = kind.title()
    );
    Some((message, hint(kind, &path)))
}

fn uncalled(path: &str, name: &str) -> (Message, Message) {
    let message = msg!(
        "điều kiện {path} luôn đúng: {name} là một hàm chưa được gọi",
        "the condition {path} is always true: {name} is a function that is not called"
    );
    (message, msg!("gọi bằng dấu hai chấm: …:{name}(…)", "call it with a colon: …:{name}(…)"))
}

/// Returns what to write instead.
fn hint(kind: LuaType, path: &str) -> Message {
    match kind {
        LuaType::Figure => msg!(
            "hỏi có số liệu không: not {path}.missing; so sánh: {path}:equals(…), {path}:below(…), {path}:at_least(…)",
            "for data: not {path}.missing; to compare: {path}:equals(…), {path}:below(…), {path}:at_least(…)"
        ),
        LuaType::Indicator => msg!(
            "hỏi có số liệu không: not {path}.actual.missing; so sánh: {path}.actual:equals(…)",
            "for data: not {path}.actual.missing; to compare: {path}.actual:equals(…)"
        ),
        LuaType::Text => Message::new(
            "để câu tự bỏ khi chưa có chữ: đặt trong [ ]; chọn dòng theo chữ: :where(\"cột\", \"chữ\")",
            "to leave a sentence out without text, put it in [ ]; to select rows by text: :where(\"field\", \"text\")",
        ),
        _ => Message::new(
            "so sánh hoặc hỏi một số liệu cụ thể, ví dụ d.x.actual",
            "compare or test a figure, such as d.x.actual",
        ),
    }
}

fn follows_operator(tokens: &[LuaToken], start: usize) -> bool {
    start.checked_sub(1).is_some_and(|at| is_sign_of(&tokens[at], &['#']))
}

/// Returns whether a token makes the value before it part of a larger one.
fn is_operator(token: &LuaToken) -> bool {
    is_sign_of(token, &['(', '[', '{'])
}

/// Returns whether a token is an arithmetic operator, a dot, a colon or one of `others`.
fn is_sign_of(token: &LuaToken, others: &[char]) -> bool {
    ['+', '-', '*', '/', '%', '^', '.', ':'].iter().chain(others).any(|sign| token.is_sign(*sign))
}
