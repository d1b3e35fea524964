//! Finds where the blocks and brackets of a rule file begin and end.
//!
//! Input: tokens. Output: the depth of a token, and the end of a block. Not here: what a block does.

use super::tokens::{LuaToken, TokenKind};

/// Returns the index of the token that ends the block around the token at `at`.
pub(crate) fn block_end(tokens: &[LuaToken], at: usize) -> usize {
    let mut depth = 0;
    let ends = |at: &usize| {
        depth += depth_change(tokens, *at);
        depth < 0
    };
    (at + 1..tokens.len()).find(ends).unwrap_or(tokens.len())
}

/// Returns 1 if a token opens a bracket or block, -1 if it closes one, else 0.
pub(crate) fn depth_change(tokens: &[LuaToken], at: usize) -> i32 {
    match &tokens[at].kind {
        TokenKind::Sign('(' | '[' | '{') => 1,
        TokenKind::Sign(')' | ']' | '}') => -1,
        TokenKind::Name(name) => match name.as_str() {
            "function" | "do" | "repeat" => 1,
            "if" if !is_if_expression(at.checked_sub(1).map(|before| &tokens[before])) => 1,
            "end" | "until" => -1,
            _ => 0,
        },
        _ => 0,
    }
}

/// Returns whether an `if` after this token is an expression (`x = if a then b else c`), which has no `end`.
fn is_if_expression(before: Option<&LuaToken>) -> bool {
    match before.map(|token| &token.kind) {
        None => true,
        Some(TokenKind::Sign(sign)) => !matches!(sign, ')' | ']' | '}' | ';'),
        Some(TokenKind::Name(name)) => matches!(name.as_str(), "return" | "and" | "or" | "not"),
        Some(_) => false,
    }
}
