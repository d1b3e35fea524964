//! Finds the local names of a rule file and where they can be used.
//!
//! Input: tokens. Output: the names, how each is bound, and the end of its scope. Not here: their values.

use crate::lua::blocks::block_end;
use crate::lua::tokens::LuaToken;

/// A local name in a rule.
pub(super) struct LocalName<'t> {
    pub name: &'t str,
    pub index: usize,
    /// The index of the token at which its scope ends.
    pub scope_end: usize,
    pub kind: BindingKind,
}

/// The way in which a name is bound.
#[derive(Clone, Copy)]
pub(super) enum BindingKind {
    Local,
    Loop,
    Function,
    /// A field of a table, which hides nothing.
    Field,
    Parameter,
}

/// Returns the names after `local`, `for` or `function`, and the parameters of functions.
pub(super) fn locals(tokens: &[LuaToken]) -> Vec<LocalName<'_>> {
    let mut found = Vec::new();
    let mut binding = None;
    for (at, token) in tokens.iter().enumerate() {
        binding = match (token.name(), binding) {
            (Some("local"), _) => Some(BindingKind::Local),
            (Some("for"), _) => Some(BindingKind::Loop),
            (Some("function"), _) => Some(BindingKind::Function),
            (Some("in" | "do"), _) => None,
            (Some(name), Some(how)) => {
                found.extend(scope_end(tokens, at, how).map(|end| LocalName {
                    name,
                    index: at,
                    scope_end: end,
                    kind: how,
                }));
                binding
            }
            (None, Some(BindingKind::Function | BindingKind::Field)) if token.is_sign('(') => {
                Some(BindingKind::Parameter)
            }
            (None, Some(BindingKind::Function)) if token.is_sign('.') || token.is_sign(':') => Some(BindingKind::Field),
            (None, Some(_)) if token.is_sign(',') => binding,
            _ => None,
        };
    }
    found
}

/// Returns the index of the token at which the scope of a name ends.
fn scope_end(tokens: &[LuaToken], at: usize, given: BindingKind) -> Option<usize> {
    let find_from = |found: fn(&LuaToken) -> bool| (at..tokens.len()).find(|at| found(&tokens[*at]));
    let block = match given {
        BindingKind::Local => at,
        BindingKind::Loop => find_from(|token| token.name() == Some("do"))?,
        BindingKind::Function => at.saturating_sub(2),
        BindingKind::Parameter => find_from(|token| token.is_sign(')'))?,
        BindingKind::Field => return None,
    };
    Some(block_end(tokens, block))
}
