//! Reports members that no value of their path has, such as a misspelt indicator, in code that did not run, and figures
//! that the declaration of their indicator leaves always missing.
//!
//! Input: the tokens of a file and the types of its values. Output: diagnostics. Not here: names in templates.

use super::LintFile;
use super::value_types::{FaultyMember, ValueTypes, path_from};
use crate::api::fields::impossible;
use crate::host::members::member_problem;
use crate::lua::tokens::LuaToken;
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::msg;

/// Reports the members of a file that do not exist.
pub(super) fn unknown_members(file: &LintFile<'_>, types: &ValueTypes<'_>) -> Vec<Diagnostic> {
    let tokens = &file.tokens;
    let mut found = Vec::new();
    for start in (0..tokens.len()).filter(|start| begins_path(tokens, *start)) {
        let Some((mut path, end)) = path_from(tokens, start) else { continue };
        let method = tokens.get(end).filter(|next| next.is_sign(':')).and_then(|_| tokens.get(end + 1)?.name());
        path.extend(method);
        let line = tokens[start].line;
        found.extend((1..path.len()).find_map(|count| {
            let (message, hint) = impossible(&types.value(&path[..count], start)?, path[count])?;
            Some(Diagnostic::new(Code::FigureImpossible, file.place(line), message).with_hint(hint))
        }));
        found.extend(types.faulty_member(&path, start, method.is_some()).map(|faulty| problem(file, line, faulty)));
    }
    found
}

/// Returns whether a path of names can begin at a token.
fn begins_path(tokens: &[LuaToken], start: usize) -> bool {
    let follows = |sign| start.checked_sub(1).is_some_and(|before| tokens[before].is_sign(sign));
    tokens[start].name().is_some() && !follows('.') && !follows(':')
}

fn problem(file: &LintFile<'_>, line: u32, FaultyMember { owner, name, error }: FaultyMember) -> Diagnostic {
    let (message, hint) = member_problem(owner, &name, error);
    let message = msg!(
        "dòng này chưa chạy tới nhưng có lỗi: {message}",
        "this line did not run but contains an error: {message}",
        message = message
    );
    Diagnostic { hint, ..Diagnostic::new(Code::NameUnknown, file.place(line), message) }
}
