//! Finds the calls of a rule file and the literals among their arguments.
//!
//! Input: tokens. Output: calls, their arguments, and the literal strings and tables in these. Not here: the functions
//! that are called, and computed values.

use super::key_at;
use crate::lua::blocks::depth_change;
use crate::lua::tokens::{LuaToken, TokenKind};

/// A call of a function or method.
#[derive(Debug)]
pub(crate) struct CallSite<'t> {
    pub name: &'t str,
    /// The index of the name among the tokens.
    pub index: usize,
    /// Whether a colon precedes the name.
    pub is_method: bool,
    /// The first and the last line of the call.
    pub line_range: (u32, u32),
    pub arguments: Vec<&'t [LuaToken]>,
}

/// A string literal, or one line of a string literal with several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StringPart {
    pub text: String,
    pub line: u32,
}

/// An entry of a table: its name, if any, and its value.
pub(crate) type TableEntry<'t> = (Option<String>, &'t [LuaToken]);

/// Returns all calls, in the order in which their names occur.
pub(crate) fn find_calls(tokens: &[LuaToken]) -> Vec<CallSite<'_>> {
    (0..tokens.len()).filter_map(|at| call_at(tokens, at)).collect()
}

fn call_at(tokens: &[LuaToken], at: usize) -> Option<CallSite<'_>> {
    let name = tokens[at].name()?;
    let open = tokens.get(at + 1)?;
    let before = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
    let is = |back, sign| before(back).is_some_and(|token| token.is_sign(sign));
    let is_field = is(1, '.') && !is(2, '.');
    let is_defined = [1, 3].iter().any(|back| before(*back).and_then(LuaToken::name) == Some("function"));
    if is_field || is_defined {
        return None;
    }
    let inside = match &open.kind {
        TokenKind::Sign('(') => &tokens[at + 2..closing_index(tokens, at + 1)?],
        TokenKind::Sign('{') => &tokens[at + 1..=closing_index(tokens, at + 1)?],
        TokenKind::Text(_) => &tokens[at + 1..at + 2],
        _ => return None,
    };
    let end = inside.last().map_or(open.end_line, |last| last.end_line);
    Some(CallSite {
        name,
        index: at,
        is_method: is(1, ':'),
        line_range: (tokens[at].line, end),
        arguments: split(inside, &[',']),
    })
}

/// Returns the index of the bracket that closes the one at `open`.
fn closing_index(tokens: &[LuaToken], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            TokenKind::Sign('(' | '[' | '{') => depth += 1,
            TokenKind::Sign(')' | ']' | '}') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Splits tokens at separators outside of brackets and blocks.
fn split<'t>(tokens: &'t [LuaToken], separators: &[char]) -> Vec<&'t [LuaToken]> {
    split_where(tokens, |token| separators.iter().any(|sign| token.is_sign(*sign)))
}

/// Splits tokens at the tokens that match `separates`, outside of brackets and blocks.
fn split_where(tokens: &[LuaToken], separates: impl Fn(&LuaToken) -> bool) -> Vec<&[LuaToken]> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0i32);
    for at in 0..tokens.len() {
        depth += depth_change(tokens, at);
        if depth == 0 && separates(&tokens[at]) {
            found.push(&tokens[start..at]);
            start = at + 1;
        }
    }
    found.push(&tokens[start..]);
    found.retain(|piece| !piece.is_empty());
    found
}

/// Returns the literal strings that a value may be, each as the parts it is concatenated from.
pub(crate) fn literal_strings(value: &[LuaToken]) -> Vec<Vec<StringPart>> {
    let separates = |token: &LuaToken| matches!(token.name(), Some("and" | "or" | "then" | "else" | "elseif"));
    split_where(value, separates).into_iter().filter_map(concatenated_string).collect()
}

/// Parses `"…" .. "…"`.
fn concatenated_string(value: &[LuaToken]) -> Option<Vec<StringPart>> {
    let mut parts = Vec::new();
    for piece in value.chunks(3) {
        let (text, joins) = piece.split_first()?;
        if !matches!(joins, [] | [_, _]) || !joins.iter().all(|sign| sign.is_sign('.')) {
            return None;
        }
        parts.extend(string_lines(text, text.text()?));
    }
    (value.len() % 3 == 1).then_some(parts)
}

/// Splits a string literal with several lines into its lines.
fn string_lines(token: &LuaToken, text: &str) -> Vec<StringPart> {
    if token.line == token.end_line {
        return vec![StringPart { text: text.to_owned(), line: token.line }];
    }
    let lines = text.split_inclusive('\n').zip(token.line..);
    lines.map(|(words, line)| StringPart { text: words.to_owned(), line }).collect()
}

/// Returns the entries of a literal table; `None` if the value is not a table or has a computed key.
pub(crate) fn table_entries(value: &[LuaToken]) -> Option<Vec<TableEntry<'_>>> {
    let is_table = value.first()?.is_sign('{') && closing_index(value, 0)? == value.len() - 1;
    let entries = is_table.then(|| split(&value[1..value.len() - 1], &[',', ';']))?;
    entries.into_iter().map(table_entry).collect()
}

fn table_entry(entry: &[LuaToken]) -> Option<TableEntry<'_>> {
    match key_at(entry) {
        (width, Some(name)) => Some((Some(name), &entry[width..])),
        (_, None) if entry.first()?.is_sign('[') => None,
        (_, None) => Some((None, entry)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::tokens::tokenize;

    #[test]
    fn calls_have_their_lines_and_arguments() {
        let text = "local x = t(\"a\") .. list(d.x.parts, '{it}')\nout:item {\n  1, f(2) }\nout:item 'b'\na.b(1)\nfunction c(d) end";
        let tokens = tokenize(text);
        let found: Vec<_> =
            find_calls(&tokens).iter().map(|c| (c.name, c.is_method, c.line_range, c.arguments.len())).collect();
        let expected = [
            ("t", false, (1, 1), 1),
            ("list", false, (1, 1), 2),
            ("item", true, (2, 3), 1),
            ("f", false, (3, 3), 1),
            ("item", true, (4, 4), 1),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn commas_of_blocks_do_not_split_arguments() {
        for (text, arguments) in [
            ("f(function(a, b) local x, y = a, b end, 2)", 2),
            ("f(function() if a then return 1, 2 else return 3, 4 end end)", 1),
            ("f(if a then 1 else 2, 3)", 2),
            ("f(function() for i = 1, 2 do while i do g(i, i) end end end, { 1, 2 })", 2),
            ("f(function() repeat local a, b = 1, 2 until a end, 2)", 2),
            ("f()", 0),
        ] {
            assert_eq!(find_calls(&tokenize(text))[0].arguments.len(), arguments, "{text}");
        }
    }

    #[test]
    fn literal_strings_are_found() {
        for (text, found) in [
            ("\"a\"", vec!["a"]),
            ("\"a\"\n .. 'b'", vec!["a|b"]),
            ("x and \"a\" or \"b\" .. \"c\"", vec!["a", "b|c"]),
            ("if x then \"a\" else \"b\"", vec!["a", "b"]),
            ("\"a\" .. x", vec![]),
            ("\"a\" ..", vec![]),
            ("x == \"a\" and y", vec![]),
            ("f(\"a\")", vec![]),
            ("[[a\nb]]", vec!["a\n|b"]),
        ] {
            let tokens = tokenize(text);
            let joined = |parts: &Vec<StringPart>| parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("|");
            assert_eq!(literal_strings(&tokens).iter().map(joined).collect::<Vec<_>>(), found, "{text}");
        }
    }

    #[test]
    fn tables_with_literal_keys_are_read() {
        let names = |text: &str| {
            let tokens = tokenize(text);
            table_entries(&tokens)
                .map(|fields| fields.into_iter().map(|(name, value)| (name, value.len())).collect::<Vec<_>>())
        };
        let name = |name: &str| Some(name.to_owned());
        assert_eq!(names("{ 1, a = f(1, 2), ['b'] = 3; }"), Some(vec![(None, 1), (name("a"), 6), (name("b"), 1)]));
        assert_eq!(names("{ [x] = 1 }"), None);
        assert_eq!(names("{ 1 }, 2"), None);
        assert_eq!(names("x"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed(text in "[a-z(){}\\[\\]\"'. ,=\\n]{0,80}") {
            let tokens = tokenize(&text);
            for call in find_calls(&tokens) {
                for argument in call.arguments {
                    literal_strings(argument);
                    table_entries(argument);
                }
            }
        }
    }
}
