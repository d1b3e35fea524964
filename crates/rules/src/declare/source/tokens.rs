//! Splits the text of a rule file into tokens: names, strings, numbers and signs.
//!
//! Input: the text. Output: tokens with their lines, without comments. Not here: syntax.

/// A token of a rule file.
#[derive(Debug)]
pub(crate) struct Token {
    pub kind: Kind,
    /// The first line, 1-based.
    pub line: u32,
    /// The last line.
    pub end: u32,
}

/// The kind of a token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Name(String),
    /// A string with its escapes resolved.
    Text(String),
    /// A number, or an interpolated string.
    Other(String),
    Sign(char),
}

impl Token {
    /// Returns whether the token is this sign.
    pub(crate) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Returns the name, if the token is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the string, if the token is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Splits the text of a rule file into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (width, kind) = token(rest, first);
        let end = line + rest[..width].matches('\n').count() as u32;
        tokens.extend(kind.map(|kind| Token { kind, line, end }));
        line = end;
        rest = &rest[width..];
    }
    tokens
}

fn token(rest: &str, first: char) -> (usize, Option<Kind>) {
    let run = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
    let taken = |width: usize, kind: fn(String) -> Kind| (width, Some(kind(rest[..width].to_owned())));
    match first {
        '-' if rest.starts_with("--") => (comment(rest), None),
        '`' => taken(quoted(rest, first), Kind::Other),
        '"' | '\'' => {
            let width = quoted(rest, first);
            let inner = &rest[1..width];
            (width, Some(Kind::Text(unescaped(inner.strip_suffix(first).unwrap_or(inner)))))
        }
        '[' => match long_bracket(rest) {
            Some((width, inner)) => (width, Some(Kind::Text(inner.to_owned()))),
            None => (1, Some(Kind::Sign('['))),
        },
        _ if first.is_alphabetic() || first == '_' => taken(run(|c| c.is_alphanumeric() || c == '_'), Kind::Name),
        _ if first.is_numeric() => taken(run(|c| c.is_alphanumeric() || c == '.'), Kind::Other),
        _ if first.is_whitespace() => (run(char::is_whitespace), None),
        _ => (first.len_utf8(), Some(Kind::Sign(first))),
    }
}

fn comment(rest: &str) -> usize {
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

/// Resolves the escapes that occur in wording; numeric escapes are kept as written.
fn unescaped(inner: &str) -> String {
    let mut words = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => words.push('\n'),
                Some('t') => words.push('\t'),
                Some(plain @ ('\\' | '"' | '\'' | '\n')) => words.push(plain),
                other => words.extend(std::iter::once('\\').chain(other)),
            },
            _ => words.push(sign),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_as_the_machine_reads_them() {
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
            let tokens = tokens(written);
            assert_eq!(tokens.iter().map(Token::text).collect::<Vec<_>>(), [Some(read)], "{written}");
        }
    }

    #[test]
    fn every_piece_knows_its_lines() {
        let lines: Vec<_> = tokens("a -- b\n[[c\nd]] 'e'\n--[[ f\n]] 5").iter().map(|t| (t.line, t.end)).collect();
        assert_eq!(lines, [(1, 1), (2, 3), (3, 3), (5, 5)]);
    }
}
