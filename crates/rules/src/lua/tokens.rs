//! Splits the text of a rule file into tokens: names, strings, numbers and signs.
//!
//! Input: the text. Output: tokens with their lines, without comments. Not here: syntax.

/// A token of a rule file.
#[derive(Debug)]
pub(crate) struct LuaToken {
    pub kind: TokenKind,
    /// The first line, 1-based.
    pub line: u32,
    /// The last line.
    pub end_line: u32,
    /// Where it begins and ends in the text, in bytes.
    pub start: usize,
    pub end: usize,
}

/// The kind of a token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Name(String),
    /// A string with its escapes resolved.
    Text(String),
    /// A number, or an interpolated string.
    Other(String),
    Sign(char),
}

/// The words of the language, which are no names.
const KEYWORDS: [&str; 22] = [
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
];

/// Returns whether a name is a word of the language.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

impl LuaToken {
    /// Returns whether the token is this sign.
    pub(crate) fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    /// Returns the name, if the token is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the string, if the token is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Splits the text of a rule file into tokens.
pub(crate) fn tokenize(text: &str) -> Vec<LuaToken> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (width, kind) = next_token(rest, first);
        let end = line + rest[..width].matches('\n').count() as u32;
        let start = text.len() - rest.len();
        tokens.extend(kind.map(|kind| LuaToken { kind, line, end_line: end, start, end: start + width }));
        line = end;
        rest = &rest[width..];
    }
    tokens
}

fn next_token(rest: &str, first: char) -> (usize, Option<TokenKind>) {
    let prefix_len = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
    let with_len = |width: usize, kind: fn(String) -> TokenKind| (width, Some(kind(rest[..width].to_owned())));
    match first {
        '-' if rest.starts_with("--") => (comment_len(rest), None),
        '`' => with_len(quoted_len(rest, first), TokenKind::Other),
        '"' | '\'' => {
            let width = quoted_len(rest, first);
            let inner = &rest[1..width];
            (width, Some(TokenKind::Text(unescape(inner.strip_suffix(first).unwrap_or(inner)))))
        }
        '[' => match long_bracket(rest) {
            Some((width, inner)) => (width, Some(TokenKind::Text(inner.to_owned()))),
            None => (1, Some(TokenKind::Sign('['))),
        },
        _ if first.is_alphabetic() || first == '_' => {
            with_len(prefix_len(|c| c.is_alphanumeric() || c == '_'), TokenKind::Name)
        }
        _ if first.is_numeric() => with_len(prefix_len(|c| c.is_alphanumeric() || c == '.'), TokenKind::Other),
        _ if first.is_whitespace() => (prefix_len(char::is_whitespace), None),
        _ => (first.len_utf8(), Some(TokenKind::Sign(first))),
    }
}

fn comment_len(rest: &str) -> usize {
    match long_bracket(&rest[2..]) {
        Some((width, _)) => 2 + width,
        None => rest.find('\n').unwrap_or(rest.len()),
    }
}

/// Returns the length in bytes of `[[…]]` or `[=[…]=]` at the start of the text, and its content.
fn long_bracket(rest: &str) -> Option<(usize, &str)> {
    let level = rest.strip_prefix('[')?.find(|c| c != '=')?;
    let start = level + 2;
    if !rest[1 + level..].starts_with('[') {
        return None;
    }
    let close = format!("]{}]", "=".repeat(level));
    let inner = rest[start..].find(&close).map_or(&rest[start..], |end| &rest[start..start + end]);
    Some(((start + inner.len() + close.len()).min(rest.len()), inner))
}

/// Returns the length in bytes of a string with its quotes; an unclosed string ends with the file.
fn quoted_len(rest: &str, quote: char) -> usize {
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

/// Resolves the escapes that occur in wording; numeric escapes are kept as written.
fn unescape(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some(plain @ ('\\' | '"' | '\'' | '\n')) => text.push(plain),
                other => text.extend(std::iter::once('\\').chain(other)),
            },
            _ => text.push(sign),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_like_luau() {
        for (written, read) in [
            (r#""Thu {a}""#, "Thu {a}"),
            (r#"'a "b"'"#, "a \"b\""),
            (r#""a \"b\"\\ \n""#, "a \"b\"\\ \n"),
            ("[[a\nb]]", "a\nb"),
            ("[==[a]]b]==]", "a]]b"),
            ("\"\"", ""),
            ("\"left open", "left open"),
            ("[[left open", "left open"),
        ] {
            let tokens = tokenize(written);
            assert_eq!(tokens.iter().map(LuaToken::text).collect::<Vec<_>>(), [Some(read)], "{written}");
        }
    }

    #[test]
    fn tokens_have_their_lines() {
        let lines: Vec<_> =
            tokenize("a -- b\n[[c\nd]] 'e'\n--[[ f\n]] 5").iter().map(|t| (t.line, t.end_line)).collect();
        assert_eq!(lines, [(1, 1), (2, 3), (3, 3), (5, 5)]);
    }
}
