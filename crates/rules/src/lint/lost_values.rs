//! Reports values of a rule that nothing uses: a number written with a decimal comma, and names that are never
//! read.
//!
//! Input: the tokens of a file. Output: diagnostics. Not here: arguments of templates, names that hide others.

use super::LintFile;
use super::assignments::assigned_names;
use super::locals::{BindingKind, LocalName};
use crate::eval::lua_type::LuaType;
use crate::host;
use crate::lua::tokens::{LuaToken, TokenKind};
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::msg;

/// Reports the values of a file that are lost.
pub(super) fn lost_values(file: &LintFile<'_>, locals: &[LocalName<'_>]) -> Vec<Diagnostic> {
    let unread = locals.iter().filter(|local| is_unread(local, &file.tokens)).map(|local| local.index);
    let mut found: Vec<Diagnostic> =
        unread.chain(unread_globals(&file.tokens, locals)).map(|at| unread_name(file, &file.tokens[at])).collect();
    found.extend(decimal_commas(&file.tokens).map(|number| comma(file, number)));
    found
}

/// Returns whether no token in the scope of a local name mentions it; `_x` is a name that is not meant to be read.
fn is_unread(local: &LocalName<'_>, tokens: &[LuaToken]) -> bool {
    let mentions = |token: &LuaToken| match &token.kind {
        TokenKind::Name(name) => name == local.name,
        // An interpolated string may print it; a template that seems to is reported as such.
        TokenKind::Other(text) => text.starts_with('`') && text.contains(local.name),
        TokenKind::Text(text) => text.contains(&format!("{{{}", local.name)),
        TokenKind::Sign(_) => false,
    };
    matches!(local.kind, BindingKind::Local)
        && !local.name.starts_with('_')
        && !tokens.iter().take(local.scope_end).skip(local.index + 1).any(mentions)
}

/// Returns the assignments to names that are neither local nor of the program, and that no other token mentions.
fn unread_globals(tokens: &[LuaToken], locals: &[LocalName<'_>]) -> Vec<usize> {
    let assigned = assigned_names(tokens);
    let is_unread = |at: &usize| {
        let name = tokens[*at].name();
        let is_local = locals.iter().any(|local| Some(local.name) == name);
        let is_mentioned = |(index, token): (usize, &LuaToken)| token.name() == name && !assigned.contains(&index);
        !is_local
            && !host::entry_names(LuaType::Global).any(|own| Some(own) == name)
            && !tokens.iter().enumerate().any(is_mentioned)
    };
    assigned.iter().copied().filter(is_unread).collect()
}

fn unread_name(file: &LintFile<'_>, token: &LuaToken) -> Diagnostic {
    let name = token.name().unwrap_or_default();
    let message = msg!("không chỗ nào dùng {name}", "nothing uses {name}");
    let hint = msg!(
        "kiểm tra chính tả của tên ở các dòng sau; không cần nữa thì xóa {name}",
        "check the spelling of the name in the lines below; if it is not needed, remove {name}"
    );
    Diagnostic::new(Code::ValueUnused, file.place(token.line), message).with_hint(hint)
}

/// Returns the numbers with a comma that are assigned as one value: `x = 0,8`.
fn decimal_commas(tokens: &[LuaToken]) -> impl Iterator<Item = [&LuaToken; 2]> {
    let is_number = |token: &LuaToken| match &token.kind {
        TokenKind::Other(text) => text.chars().all(|sign| sign.is_ascii_digit()),
        _ => false,
    };
    tokens.array_windows().filter_map(move |[name, equals, whole, comma, decimals]| {
        let is_assigned = name.name().is_some() && equals.is_sign('=');
        let is_together = comma.is_sign(',') && whole.end == comma.start && comma.end == decimals.start;
        (is_assigned && is_together && is_number(whole) && is_number(decimals)).then_some([whole, decimals])
    })
}

fn comma(file: &LintFile<'_>, [whole, decimals]: [&LuaToken; 2]) -> Diagnostic {
    let digits = |token: &LuaToken| match &token.kind {
        TokenKind::Other(text) => text.clone(),
        _ => String::new(),
    };
    let (whole_digits, decimals) = (digits(whole), digits(decimals));
    let message = msg!(
        "{whole_digits},{decimals} là hai giá trị, dấu phẩy ngăn cách; {decimals} không được dùng",
        "{whole_digits},{decimals} are two values, separated by a comma; {decimals} is not used"
    );
    let hint = msg!("viết {whole_digits}.{decimals}", "write {whole_digits}.{decimals}");
    Diagnostic::new(Code::ValueUnused, file.place(whole.line), message).with_hint(hint)
}
