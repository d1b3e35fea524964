//! Splits texts of workbooks into words, numbers and signs.
//!
//! Input: a text. Output: its folded tokens. Not here: what they mean.

use super::fold::{fold, is_letter};

/// A word, a number or a sign of a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The folded word, the digits, or the sign.
    pub text: String,
    /// What it is.
    pub kind: TokenKind,
    /// The index of its piece: of the cell of a stacked heading.
    pub piece: usize,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// ASCII digits.
    Number,
    /// One character that is neither.
    Sign,
}

/// Spellings without diacritics of the words that periods consist of, for file names and sheet names.
const UNMARKED: [(&str, &str); 6] =
    [("thang", "tháng"), ("quy", "quý"), ("nam", "năm"), ("dau", "đầu"), ("cuoi", "cuối"), ("hoc", "học")];

/// Splits one text; letters and digits that touch are separate tokens: "9T2024" has three.
pub fn tokenise(text: &str, piece: usize) -> Vec<Token> {
    split(text, piece, false)
}

/// Splits the name of a file or a sheet, which may be written without diacritics: "Bieu 9 thang".
pub fn tokenise_name(name: &str) -> Vec<Token> {
    split(name, 0, name.is_ascii())
}

fn split(text: &str, piece: usize, is_unmarked: bool) -> Vec<Token> {
    let folded = fold(text);
    let mut tokens = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let kind = kind_of(first);
        let end = match kind {
            TokenKind::Sign => first.len_utf8(),
            _ => rest.find(|c| kind_of(c) != kind).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(end);
        if !first.is_whitespace() && first != '_' {
            tokens.push(Token { text: spelling(token, is_unmarked).to_owned(), kind, piece });
        }
        rest = after;
    }
    tokens
}

fn kind_of(c: char) -> TokenKind {
    match c {
        _ if c.is_ascii_digit() => TokenKind::Number,
        _ if is_letter(c) => TokenKind::Word,
        _ => TokenKind::Sign,
    }
}

fn spelling(token: &str, is_unmarked: bool) -> &str {
    let marked = UNMARKED.iter().find(|(plain, _)| is_unmarked && *plain == token);
    marked.map_or(token, |(_, marked)| marked)
}

impl Token {
    /// Returns whether it is this word or sign.
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Returns the number from 1 to 99 that it writes; "01" is 1.
    pub fn small_number(&self) -> Option<u8> {
        let is_short = self.kind == TokenKind::Number && self.text.len() <= 2;
        is_short.then(|| self.text.parse().ok()).flatten().filter(|number| *number > 0)
    }

    /// Returns the year from 1900 to 2099 that it writes.
    pub fn year(&self) -> Option<u16> {
        let is_long = self.kind == TokenKind::Number && self.text.len() == 4;
        is_long.then(|| self.text.parse().ok()).flatten().filter(|year| (1900..2100).contains(year))
    }
}
