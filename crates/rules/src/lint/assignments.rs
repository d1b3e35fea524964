//! Reports assignments that replace a function of the program, or the data or output that it hands to a rule.
//!
//! Input: the tokens of a file. Output: diagnostics at the assignments. Not here: local names, which hide a function only
//! in their scope.

use super::LintFile;
use super::locals::{BindingKind, LocalName};
use crate::eval::lua_type::LuaType;
use crate::host;
use crate::host::settings::SETTINGS;
use crate::lua::blocks::depth_change;
use crate::lua::tokens::LuaToken;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::msg;

/// The libraries of Lua that rules use by their name.
const LIBRARIES: [&str; 5] = ["string", "table", "math", "utf8", "bit32"];

/// Reports the assignments of a file that take a name of the program away.
pub(super) fn lost_names(file: &LintFile<'_>, locals: &[LocalName<'_>]) -> Vec<Diagnostic> {
    assigned_names(&file.tokens).into_iter().filter_map(|at| lost_name(file, at, locals)).collect()
}

fn lost_name(file: &LintFile<'_>, at: usize, locals: &[LocalName<'_>]) -> Option<Diagnostic> {
    let token = &file.tokens[at];
    let name = token.name()?;
    let binds = |local: &&LocalName<'_>| local.name == name && (local.index..local.scope_end).contains(&at);
    let message = match locals.iter().rfind(binds) {
        Some(local) if matches!(local.kind, BindingKind::Parameter) && is_given_by_program(&file.tokens, local) => {
            msg!(
                "gán vào \"{name}\": từ dòng này \"{name}\" không còn là giá trị mà chương trình đưa cho hàm",
                "\"{name}\" is assigned: from this line on it is no longer what the program gives the function"
            )
        }
        None if is_of_program(name) => msg!(
            "gán vào \"{name}\": từ dòng này \"{name}\" của chương trình không dùng được nữa",
            "\"{name}\" is assigned: from this line on \"{name}\" of the program cannot be used"
        ),
        _ => return None,
    };
    let hint =
        Message::new("giữ kết quả trong một tên khác: local x = …", "keep the result in another name: local x = …");
    Some(Diagnostic::new(Code::NameShadowed, file.place(token.line), message).with_hint(hint))
}

fn is_of_program(name: &str) -> bool {
    name == SETTINGS || LIBRARIES.contains(&name) || host::entry_names(LuaType::Global).any(|known| known == name)
}

/// Returns whether a parameter is of a function that a declaration gives the program: `text = function(d, out)`.
fn is_given_by_program(tokens: &[LuaToken], parameter: &LocalName<'_>) -> bool {
    let before = &tokens[..parameter.index];
    let Some(function) = before.iter().rposition(|token| token.name() == Some("function")) else { return false };
    let is_value = function >= 2 && tokens[function - 1].is_sign('=');
    is_value && innermost_bracket(tokens, function).is_some_and(|open| tokens[open].is_sign('{'))
}

/// Returns the bracket or block that is open around a token.
fn innermost_bracket(tokens: &[LuaToken], at: usize) -> Option<usize> {
    let mut depth = 0;
    (0..at).rev().find(|before| {
        depth += depth_change(tokens, *before);
        depth > 0
    })
}

/// Returns the indexes of names to which a statement assigns: `x = 1`, not `{ x = 1 }` and not `local x = 1`.
pub(super) fn assigned_names(tokens: &[LuaToken]) -> Vec<usize> {
    let mut open: Vec<bool> = Vec::new();
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let in_table = open.last() == Some(&true);
        let sign = |index: usize, sign: char| tokens.get(index).is_some_and(|token| token.is_sign(sign));
        let is_assigned = tokens[at].name().is_some() && sign(at + 1, '=') && !sign(at + 2, '=');
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let is_other = before.is_some_and(|token| {
            ['.', ':', ',', '~', '<', '>', '='].iter().any(|sign| token.is_sign(*sign))
                || matches!(token.name(), Some("local" | "for" | "function"))
        });
        if is_assigned && !in_table && !is_other {
            found.push(at);
        }
        match depth_change(tokens, at) {
            1 => open.push(tokens[at].is_sign('{')),
            -1 => drop(open.pop()),
            _ => {}
        }
    }
    found
}
