//! Finds the calls of a rule file and the literals among their arguments.
//!
//! Input: tokens. Output: calls, their arguments, and the literal strings and tables in these. Not here: the functions
//! that are called, and computed values.

use super::key_at;
use super::tokens::{Kind, Token};

/// A call of a function or method.
#[derive(Debug)]
pub(crate) struct Call<'t> {
    pub name: &'t str,
    /// The index of the name among the tokens.
    pub at: usize,
    /// Whether a colon precedes the name.
    pub is_method: bool,
    /// The first and the last line of the call.
    pub lines: (u32, u32),
    pub arguments: Vec<&'t [Token]>,
}

/// A string literal, or one line of a string literal with several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub words: String,
    pub line: u32,
}

/// An entry of a table: its name, if any, and its value.
pub(crate) type Field<'t> = (Option<String>, &'t [Token]);

/// Returns all calls, in the order in which their names occur.
pub(crate) fn calls(tokens: &[Token]) -> Vec<Call<'_>> {
    (0..tokens.len()).filter_map(|at| call_at(tokens, at)).collect()
}

fn call_at(tokens: &[Token], at: usize) -> Option<Call<'_>> {
    let name = tokens[at].name()?;
    let open = tokens.get(at + 1)?;
    let before = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
    let is = |back, sign| before(back).is_some_and(|token| token.is(sign));
    let is_field = is(1, '.') && !is(2, '.');
    let is_defined = [1, 3].iter().any(|back| before(*back).and_then(Token::name) == Some("function"));
    if is_field || is_defined {
        return None;
    }
    let inside = match &open.kind {
        Kind::Sign('(') => &tokens[at + 2..closing(tokens, at + 1)?],
        Kind::Sign('{') => &tokens[at + 1..=closing(tokens, at + 1)?],
        Kind::Text(_) => &tokens[at + 1..at + 2],
        _ => return None,
    };
    let end = inside.last().map_or(open.end, |last| last.end);
    Some(Call { name, at, is_method: is(1, ':'), lines: (tokens[at].line, end), arguments: split(inside, &[',']) })
}

/// Returns the index of the bracket that closes the one at `open`.
fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Sign('(' | '[' | '{') => depth += 1,
            Kind::Sign(')' | ']' | '}') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Returns the index of the token that ends the block around the token at `at`.
pub(crate) fn block_end(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0;
    let ends = |at: &usize| {
        depth += opened(tokens, *at);
        depth < 0
    };
    (at + 1..tokens.len()).find(ends).unwrap_or(tokens.len())
}

/// Splits tokens at separators outside of brackets and blocks.
fn split<'t>(tokens: &'t [Token], separators: &[char]) -> Vec<&'t [Token]> {
    split_where(tokens, |token| separators.iter().any(|sign| token.is(*sign)))
}

/// Splits tokens at the tokens that match `separates`, outside of brackets and blocks.
fn split_where(tokens: &[Token], separates: impl Fn(&Token) -> bool) -> Vec<&[Token]> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0i32);
    for at in 0..tokens.len() {
        depth += opened(tokens, at);
        if depth == 0 && separates(&tokens[at]) {
            found.push(&tokens[start..at]);
            start = at + 1;
        }
    }
    found.push(&tokens[start..]);
    found.retain(|piece| !piece.is_empty());
    found
}

/// Returns 1 if a token opens a bracket or block, -1 if it closes one, else 0.
fn opened(tokens: &[Token], at: usize) -> i32 {
    match &tokens[at].kind {
        Kind::Sign('(' | '[' | '{') => 1,
        Kind::Sign(')' | ']' | '}') => -1,
        Kind::Name(name) => match name.as_str() {
            "function" | "do" | "repeat" => 1,
            "if" if !is_value(at.checked_sub(1).map(|before| &tokens[before])) => 1,
            "end" | "until" => -1,
            _ => 0,
        },
        _ => 0,
    }
}

/// Returns whether an `if` after this token is an expression (`x = if a then b else c`), which has no `end`.
fn is_value(before: Option<&Token>) -> bool {
    match before.map(|token| &token.kind) {
        None => true,
        Some(Kind::Sign(sign)) => !matches!(sign, ')' | ']' | '}' | ';'),
        Some(Kind::Name(name)) => matches!(name.as_str(), "return" | "and" | "or" | "not"),
        Some(_) => false,
    }
}

/// Returns the literal strings that a value may be, each as the parts it is concatenated from.
pub(crate) fn strings(value: &[Token]) -> Vec<Vec<Part>> {
    let separates = |token: &Token| matches!(token.name(), Some("and" | "or" | "then" | "else" | "elseif"));
    split_where(value, separates).into_iter().filter_map(string).collect()
}

/// Parses `"…" .. "…"`.
fn string(value: &[Token]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for piece in value.chunks(3) {
        let (text, joins) = piece.split_first()?;
        if !matches!(joins, [] | [_, _]) || !joins.iter().all(|sign| sign.is('.')) {
            return None;
        }
        parts.extend(lines(text, text.text()?));
    }
    (value.len() % 3 == 1).then_some(parts)
}

/// Splits a string literal with several lines into its lines.
fn lines(token: &Token, text: &str) -> Vec<Part> {
    if token.line == token.end {
        return vec![Part { words: text.to_owned(), line: token.line }];
    }
    let lines = text.split_inclusive('\n').zip(token.line..);
    lines.map(|(words, line)| Part { words: words.to_owned(), line }).collect()
}

/// Returns the entries of a literal table; `None` if the value is not a table or has a computed key.
pub(crate) fn fields(value: &[Token]) -> Option<Vec<Field<'_>>> {
    let is_table = value.first()?.is('{') && closing(value, 0)? == value.len() - 1;
    let entries = is_table.then(|| split(&value[1..value.len() - 1], &[',', ';']))?;
    entries.into_iter().map(field).collect()
}

fn field(entry: &[Token]) -> Option<Field<'_>> {
    match key_at(entry) {
        (width, Some(name)) => Some((Some(name), &entry[width..])),
        (_, None) if entry.first()?.is('[') => None,
        (_, None) => Some((None, entry)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn calls_have_their_lines_and_arguments() {
        let text = "local x = t(\"a\") .. list(d.x.parts, '{it}')\nout:item {\n  1, f(2) }\nout:item 'b'\na.b(1)\nfunction c(d) end";
        let tokens = tokens(text);
        let found: Vec<_> = calls(&tokens).iter().map(|c| (c.name, c.is_method, c.lines, c.arguments.len())).collect();
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
            assert_eq!(calls(&tokens(text))[0].arguments.len(), arguments, "{text}");
        }
    }

    #[test]
    fn strings_are_found_where_they_are_written_out() {
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
            let tokens = tokens(text);
            let joined = |parts: &Vec<Part>| parts.iter().map(|p| p.words.as_str()).collect::<Vec<_>>().join("|");
            assert_eq!(strings(&tokens).iter().map(joined).collect::<Vec<_>>(), found, "{text}");
        }
    }

    #[test]
    fn tables_are_read_where_all_their_names_stand_there() {
        let names = |text: &str| {
            let tokens = tokens(text);
            fields(&tokens)
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
        fn any_text_is_read(text in "[a-z(){}\\[\\]\"'. ,=\\n]{0,80}") {
            let tokens = tokens(&text);
            for call in calls(&tokens) {
                for argument in call.arguments {
                    strings(argument);
                    fields(argument);
                }
            }
        }
    }
}
