//! Finds the block of a rule file that is not closed.
//!
//! Input: the tokens of a file. Output: the word and the line that open the block. Not here: other mistakes of syntax.
//!
//! The parser names the block that is open when it finds the mistake. An `end` too few is usually further inside, where an
//! `end` is not below the line that it closes.

use super::faulty_code::FaultyCode;
use crate::lua::blocks::depth_change;
use crate::lua::tokens::{LuaToken, TokenKind};

/// A block or bracket without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OpenBlock {
    /// `function`, `if`, `do`, `repeat`, or a bracket.
    pub word: String,
    /// The line of the word, from 1.
    pub line: u32,
}

/// Returns the block that is not closed; `None` if all are.
pub(super) fn open_block(code: &FaultyCode<'_>) -> Option<OpenBlock> {
    let indents = code.indents();
    let (mut open, mut suspect): (Vec<usize>, Option<usize>) = (Vec::new(), None);
    for at in 0..code.tokens.len() {
        match depth_change(&code.tokens, at) {
            1 => open.push(at),
            -1 => {
                let opening = open.pop()?;
                let [opener, closer] = [&code.tokens[opening], &code.tokens[at]];
                if !closes(opener, closer) {
                    return named(code, suspect.or(Some(opening)));
                }
                let is_below = closer.line == opener.line || indents[at] == indents[opening];
                if !is_below && is_word(opener) {
                    suspect = suspect.or(Some(opening));
                }
            }
            _ => {}
        }
    }
    let last = *open.last()?;
    named(code, suspect.filter(|_| is_word(&code.tokens[last])).or(Some(last)))
}

fn named(code: &FaultyCode<'_>, at: Option<usize>) -> Option<OpenBlock> {
    let token = &code.tokens[at?];
    let word = match &token.kind {
        TokenKind::Sign(sign) => sign.to_string(),
        _ => token.name()?.to_owned(),
    };
    // A loop begins with `for` or `while`, on the same line or before.
    Some(OpenBlock { word: if word == "do" { "for/while/do".to_owned() } else { word }, line: token.line })
}

fn is_word(token: &LuaToken) -> bool {
    token.name().is_some()
}

/// Returns whether a token closes the block that another opens.
fn closes(opener: &LuaToken, closer: &LuaToken) -> bool {
    match (&opener.kind, &closer.kind) {
        (TokenKind::Sign(open), TokenKind::Sign(close)) => {
            matches!((open, close), ('(', ')') | ('[', ']') | ('{', '}'))
        }
        (TokenKind::Name(open), TokenKind::Name(close)) => (open == "repeat") == (close == "until"),
        _ => false,
    }
}

impl OpenBlock {
    /// Returns what closes the block.
    pub(super) fn closing_word(&self) -> &'static str {
        match self.word.as_str() {
            "(" => ")",
            "[" => "]",
            "{" => "}",
            "repeat" => "until",
            _ => "end",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::faulty_code::code;
    use super::*;

    #[test]
    fn the_block_that_is_open_is_found() {
        for (text, expected) in [
            ("f(function()\n  if a then\n    b()\nend)", Some(("if", 2))),
            ("return { text = function()\n    if a then\n      b()\n  end\n}", Some(("if", 2))),
            ("return {\n  a = { 1,\n  b = 2 }\n", Some(("{", 1))),
            ("for i in x do\n  a()\n", Some(("for/while/do", 1))),
            ("if a then b() end\nlocal x = if a then 1 else 2\nf(function() end)", None),
            ("f(1", Some(("(", 1))),
            ("end", None),
        ] {
            let found = open_block(&code(text, 1));
            assert_eq!(found.as_ref().map(|block| (block.word.as_str(), block.line)), expected, "{text}");
        }
    }
}
