//! Where the names of a declaration stand in their rule file.
//!
//! In comes the text of a rule file; out go the keys of its table constructors with their lines, in order. Lua
//! forgets both, and reports need them: the order is that of the official form, the line is where to look. Never
//! here: running or judging the file.

/// A key of a table constructor, with the keys of the tables around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// `["indicators", "rev_total", "parts", "carryover"]`.
    pub path: Vec<String>,
    /// Counted from 1.
    pub line: u32,
}

/// Returns the keys of all table constructors in the order of the file.
pub fn keys(text: &str) -> Vec<Key> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut open: Vec<Option<String>> = Vec::new();
    let mut pending = None;
    let mut at = 0;
    while at < tokens.len() {
        let (width, key) = key_at(&tokens[at..]);
        if let Some(name) = key.filter(|_| !open.is_empty()) {
            let mut path: Vec<String> = open.iter().flatten().cloned().collect();
            path.push(name.clone());
            found.push(Key { path, line: tokens[at].line });
            pending = Some(name);
            at += width;
            continue;
        }
        match &tokens[at].kind {
            Kind::Sign('{') => open.push(pending.take()),
            Kind::Sign('}') => drop(open.pop()),
            _ => pending = None,
        }
        at += 1;
    }
    found
}

/// Returns the line of the first `, name ==` or `{ name ==`: a comparison where an entry is expected.
pub fn doubled_sign(text: &str) -> Option<u32> {
    let tokens = tokens(text);
    let sign = |token: &Token, signs: &[char]| signs.iter().any(|sign| token.kind == Kind::Sign(*sign));
    let found = tokens.windows(4).find(|four| {
        let named = matches!(four[1].kind, Kind::Name(_));
        named && sign(&four[0], &['{', ',']) && sign(&four[2], &['=']) && sign(&four[3], &['='])
    });
    found.map(|four| four[1].line)
}

struct Token {
    kind: Kind,
    line: u32,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Name(String),
    Text(String),
    Sign(char),
}

/// Recognises `name =`, `["name"] =` and `['name'] =`, and how many tokens it takes.
fn key_at(tokens: &[Token]) -> (usize, Option<String>) {
    let sign = |at: usize, sign: char| tokens.get(at).is_some_and(|t| t.kind == Kind::Sign(sign));
    match &tokens[0].kind {
        Kind::Name(name) if sign(1, '=') && !sign(2, '=') => (2, Some(name.clone())),
        Kind::Sign('[') if sign(2, ']') && sign(3, '=') => match &tokens[1].kind {
            Kind::Text(name) => (4, Some(name.clone())),
            _ => (1, None),
        },
        _ => (1, None),
    }
}

/// Splits a rule file into names, strings and signs; comments and numbers go.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (width, kind) = token(rest, first);
        if let Some(kind) = kind {
            tokens.push(Token { kind, line });
        }
        line += rest[..width].matches('\n').count() as u32;
        rest = &rest[width..];
    }
    tokens
}

fn token(rest: &str, first: char) -> (usize, Option<Kind>) {
    let run = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
    match first {
        '-' if rest.starts_with("--") => (comment(rest), None),
        '"' | '\'' | '`' => {
            let width = quoted(rest, first);
            let inner = rest[..width].trim_matches(first);
            (width, Some(Kind::Text(inner.to_owned())))
        }
        '[' => match long_bracket(rest) {
            Some(width) => (width, None),
            None => (1, Some(Kind::Sign('['))),
        },
        _ if first.is_alphabetic() || first == '_' => {
            let width = run(|c| c.is_alphanumeric() || c == '_');
            (width, Some(Kind::Name(rest[..width].to_owned())))
        }
        _ if first.is_numeric() => (run(|c| c.is_alphanumeric() || c == '.'), None),
        _ if first.is_whitespace() => (run(char::is_whitespace), None),
        _ => (first.len_utf8(), Some(Kind::Sign(first))),
    }
}

fn comment(rest: &str) -> usize {
    match long_bracket(&rest[2..]) {
        Some(width) => 2 + width,
        None => rest.find('\n').unwrap_or(rest.len()),
    }
}

/// Returns the width of `[[…]]` or `[=[…]=]` at the start of the text.
fn long_bracket(rest: &str) -> Option<usize> {
    let level = rest.strip_prefix('[')?.find(|c| c != '=')?;
    if rest[1 + level..].starts_with('[') {
        let close = format!("]{}]", "=".repeat(level));
        let end = rest.find(&close).map_or(rest.len(), |at| at + close.len());
        return Some(end);
    }
    None
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if sign == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_line_and_place() {
        let text = r#"
            -- indicators = { no = 1 }
            local x = 3
            return sector { id = "a", --[[ b = { ]] indicators = {
                two = { "Hai = {", parts = { one = { 'x' } } },
                ["three"] = [[ four = { ]],
            }, text = function(d) if d == 1 then y = 2 end end }
        "#;
        let found: Vec<_> = keys(text).into_iter().map(|k| (k.path.join("/"), k.line)).collect();
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
        fn any_text_is_read(text in ".{0,200}") {
            keys(&text);
        }
    }
}
