//! Finds the keys of a declaration in the text of its rule file.
//!
//! Input: the text of a rule file. Output: the keys of its table constructors with their lines, in order. Not here:
//! running the file.
//!
//! Lua keeps neither order nor lines. The order is that of the official form, and messages need the lines.

pub(crate) mod calls;

use crate::lua::tokens::{LuaToken, TokenKind, tokenize};

/// A key of a table constructor, with the keys of the enclosing tables.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SourceKey {
    /// `["indicators", "rev_total", "parts", "carryover"]`.
    pub path: Vec<String>,
    /// The line, 1-based.
    pub line: u32,
}

/// Returns the keys of all table constructors in the order of the file.
pub(crate) fn keys_in_text(text: &str) -> Vec<SourceKey> {
    keys_in_tokens(&tokenize(text))
}

/// Returns the keys of all table constructors of a tokenized file.
pub(crate) fn keys_in_tokens(tokens: &[LuaToken]) -> Vec<SourceKey> {
    let mut found = Vec::new();
    let mut open: Vec<Option<String>> = Vec::new();
    let mut pending = None;
    let mut at = 0;
    while at < tokens.len() {
        let (width, key) = key_at(&tokens[at..]);
        if let Some(name) = key.filter(|_| !open.is_empty()) {
            let mut path: Vec<String> = open.iter().flatten().cloned().collect();
            path.push(name.clone());
            found.push(SourceKey { path, line: tokens[at].line });
            pending = Some(name);
            at += width;
            continue;
        }
        match &tokens[at].kind {
            TokenKind::Sign('{') => open.push(pending.take()),
            TokenKind::Sign('}') => drop(open.pop()),
            _ => pending = None,
        }
        at += 1;
    }
    found
}

/// Returns the line of the first `, name ==` or `{ name ==`: a comparison in place of an entry.
pub(crate) fn double_equals_line(text: &str) -> Option<u32> {
    let tokens = tokenize(text);
    let found = tokens.windows(4).find(|four| {
        let begins = four[0].is_sign('{') || four[0].is_sign(',');
        begins && four[1].name().is_some() && four[2].is_sign('=') && four[3].is_sign('=')
    });
    found.map(|four| four[1].line)
}

/// Recognises `name =`, `["name"] =` and `['name'] =` at the start of `tokens`.
///
/// Returns the number of tokens and the name.
pub(crate) fn key_at(tokens: &[LuaToken]) -> (usize, Option<String>) {
    let sign = |at: usize, sign: char| tokens.get(at).is_some_and(|token| token.is_sign(sign));
    match tokens.first().map(|token| &token.kind) {
        Some(TokenKind::Name(name)) if sign(1, '=') && !sign(2, '=') => (2, Some(name.clone())),
        Some(TokenKind::Sign('[')) if sign(2, ']') && sign(3, '=') => match &tokens[1].kind {
            TokenKind::Text(name) => (4, Some(name.clone())),
            _ => (1, None),
        },
        _ => (1, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_order_line_and_path() {
        let text = r#"
            -- indicators = { no = 1 }
            local x = 3
            return sector { id = "a", --[[ b = { ]] indicators = {
                two = { "Hai = {", parts = { one = { 'x' } } },
                ["three"] = [[ four = { ]],
            }, text = function(d) if d == 1 then y = 2 end end }
        "#;
        let found: Vec<_> = keys_in_text(text).into_iter().map(|k| (k.path.join("/"), k.line)).collect();
        let expected = [
            ("id", 4),
            ("indicators", 4),
            ("indicators/two", 5),
            ("indicators/two/parts", 5),
            ("indicators/two/parts/one", 5),
            ("indicators/three", 6),
            ("text", 7),
            ("y", 7),
        ];
        assert_eq!(found, expected.map(|(path, line)| (path.to_owned(), line)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed(text in ".{0,200}") {
            keys_in_text(&text);
        }
    }
}
