//! Splits headings into terms, periods, units and words.
//!
//! Input: the pieces of a heading. Output: its parts in order; its units are taken out. Not here: what the parts mean
//! together.

use super::{HeadingMeaning, HeadingParser, Item, Placed};
use crate::model::quantity::{Scale, Unit};
use crate::vi::fold::fold;
use crate::vi::period::{is_document_number, parse_period};
use crate::vi::terms::{Term, term_at};
use crate::vi::tokens::{Token, TokenKind, tokenise};
use crate::vi::unit;

/// The most tokens of a heading; longer texts are prose.
const MAX_TOKENS: usize = 120;

impl HeadingParser {
    /// Splits a heading into its parts; units and numbers of columns are taken out.
    pub(super) fn items<S: AsRef<str>>(&self, pieces: &[S], meaning: &mut HeadingMeaning) -> Vec<Placed> {
        let mut tokens: Vec<Token> = Vec::new();
        for (piece, text) in pieces.iter().map(AsRef::as_ref).enumerate() {
            // "Tháng | 9" is a month, not the ninth column.
            let is_numbered = tokens.last().is_some_and(|last| last.is("tháng") || last.is("quý"));
            if is_column_mark(text) && !is_numbered {
                continue;
            }
            match self.parse_units(text) {
                Some(units) if piece == 0 || !is_measure_word(text) => meaning.units.extend(units),
                _ => tokens.extend(tokenise(text, piece)),
            }
        }
        tokens.truncate(MAX_TOKENS);
        let mut items = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let piece = tokens[at].piece;
            let (item, next) = self.item_at(&tokens, at, meaning);
            let text = || tokens[at..next].iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
            items.extend(item.map(|item| Placed { item, text: text(), piece }));
            at = next;
        }
        items
    }

    /// Parses the part that begins at `at`; returns it with the index after it.
    fn item_at(&self, tokens: &[Token], at: usize, meaning: &mut HeadingMeaning) -> (Option<Item>, usize) {
        let token = &tokens[at];
        if token.is("(") || token.is("[") {
            if let Some((units, next)) = self.bracketed_units(tokens, at) {
                meaning.units.extend(units);
                return (None, next);
            }
            if let Some(next) = skipped_bracket(tokens, at) {
                return (None, next);
            }
        }
        if let Some(next) = price_basis(tokens, at) {
            return (Some(Item::Word), next);
        }
        if let Some((unit, next)) = self.counted_unit(tokens, at) {
            meaning.units.push(unit);
            return (Some(Item::Term(Term::Figures)), next);
        }
        if let Some((term, length)) = term_at(tokens, at).filter(|(term, length)| is_phrase(*term, *length)) {
            return (Some(Item::Term(term)), at + length);
        }
        if let Some((period, next)) = parse_period(tokens, at).filter(|_| !is_document_number(tokens, at)) {
            return (Some(Item::Period(period)), next);
        }
        if let Some((term, length)) = term_at(tokens, at) {
            return (Some(Item::Term(term)), at + length);
        }
        let item = match token.kind {
            TokenKind::Sign => Item::Sign,
            _ => Item::Word,
        };
        (Some(item), at + 1)
    }

    /// Parses "số" with the unit that is counted: "Số vụ" counts cases.
    fn counted_unit(&self, tokens: &[Token], at: usize) -> Option<(Unit, usize)> {
        let piece = tokens[at].piece;
        let words = tokens[at + 1..].iter().take_while(|token| token.piece == piece && token.kind == TokenKind::Word);
        let counted = words.map(|token| token.text.as_str()).collect::<Vec<_>>();
        let unit = unit::parse(&counted.join(" "));
        let is_counted = tokens[at].is("số") && self.unit_bases.contains(&unit.base);
        (is_counted && !counted.is_empty()).then(|| (unit, at + 1 + counted.len()))
    }

    /// Parses the units in brackets that begin at `at`.
    fn bracketed_units(&self, tokens: &[Token], at: usize) -> Option<(Vec<Unit>, usize)> {
        let length = tokens[at..].iter().position(|token| token.is(")") || token.is("]"))?;
        let inner: Vec<&str> = tokens[at + 1..at + length].iter().map(|token| token.text.as_str()).collect();
        let text = join_tokens(&inner);
        let units = self.parse_units(&text).or_else(|| self.parse_units(text.trim_end_matches(',')))?;
        Some((units, at + length + 1))
    }

    /// Parses a text that consists of units: "Nghìn tấn; Triệu USD", "Đơn vị tính: trường".
    fn parse_units(&self, text: &str) -> Option<Vec<Unit>> {
        const MAX_UNIT_CHARS: usize = 40;
        if text.chars().count() > MAX_UNIT_CHARS {
            return None;
        }
        let folded = fold(text).replace(" :", ":");
        let introduced = ["đơn vị tính:", "đvt:", "đ/v tính:", "đơn vị:", "unit:"]
            .iter()
            .find_map(|words| folded.trim_start_matches('(').strip_prefix(words));
        if let Some(rest) = introduced {
            let rest = rest.trim();
            let is_open = rest.matches(')').count() > rest.matches('(').count();
            let unit = unit::parse(if is_open { rest.trim_end_matches(')') } else { rest });
            return (!unit.base.is_empty()).then(|| vec![unit]);
        }
        text.split([',', ';']).map(|one| self.known_unit(one)).collect()
    }

    /// Parses a text that is one known unit.
    fn known_unit(&self, text: &str) -> Option<Unit> {
        let unit = unit::parse(text);
        let known = unit.scale != Scale::ONE || unit::is_measured(&unit) || self.unit_bases.contains(&unit.base);
        // "Tỷ lệ" begins with the word for a thousand million.
        let is_term = || term_at(&tokenise(text, 0), 0).is_some_and(|(_, length)| length > 1);
        (known && !unit.base.is_empty() && !is_term()).then_some(unit)
    }
}

/// Returns whether a term takes precedence over a period at the same place: a phrase of several words, or a word that
/// begins no period.
fn is_phrase(term: Term, length: usize) -> bool {
    length > 1 && !matches!(term, Term::BareYear | Term::BareMonth | Term::BareQuarter)
}

/// Returns the index after a price basis that begins at `at`: "giá so sánh 1994".
fn price_basis(tokens: &[Token], at: usize) -> Option<usize> {
    let words = ["giá", "so", "sánh"];
    let is_here = words.iter().enumerate().all(|(offset, word)| tokens.get(at + offset).is_some_and(|t| t.is(word)));
    let next = at + words.len();
    let next = next + usize::from(tokens.get(next).is_some_and(|token| token.is("năm")));
    is_here.then(|| next + usize::from(tokens.get(next).and_then(Token::year).is_some()))
}

/// Returns whether a text is a measure, although it could be a unit.
fn is_measure_word(text: &str) -> bool {
    fold(text) == "%"
}

/// Joins the tokens of a unit.
fn join_tokens(tokens: &[&str]) -> String {
    let mut text = String::new();
    for token in tokens {
        let is_glued = token.starts_with(['/', '.', '%', ',', ';']) || text.ends_with(['/', '.']);
        if !(text.is_empty() || is_glued || token.chars().all(|c| c.is_ascii_digit()) && text.ends_with('m')) {
            text.push(' ');
        }
        text.push_str(token);
    }
    text
}

/// Returns the index after a bracket that says nothing: a mark of a note, a column number, a formula, signs.
fn skipped_bracket(tokens: &[Token], at: usize) -> Option<usize> {
    let length = tokens[at..].iter().position(|token| token.is(")") || token.is("]"))?;
    let inner = &tokens[at + 1..at + length];
    let is_formula = |token: &Token| {
        token.kind != TokenKind::Word || matches!(token.text.as_str(), "x" | "cột" | "a" | "b" | "c" | "d")
    };
    let is_year = inner.len() == 1 && inner[0].year().is_some();
    let is_percent = inner.len() == 1 && inner[0].is("%");
    (inner.iter().all(is_formula) && !is_year && !is_percent && !has_date(inner)).then_some(at + length + 1)
}

fn has_date(tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| parse_period(tokens, at).is_some())
}

/// Returns whether a piece only numbers its column: "(1)", "A", "C", "-5", "(3=4+5)", "(7)=(5)/(4)*100", "5a".
pub fn is_column_mark(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_sum = bare.chars().any(|c| c.is_ascii_digit())
        && bare.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '(' | ')' | '=' | '+' | '-' | '*' | '/' | 'x' | ':' | '[' | ']')
        });
    let is_letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_uppercase());
    // A number of four digits is a year, and "15/9" a date.
    let is_time = bare.contains('/') && !bare.contains('=')
        || text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    // Forms of accounts number their columns by codes: "C-301".
    let is_code = bare.split_once('-').is_some_and(|(letter, digits)| {
        letter.len() == 1
            && letter.bytes().all(|b| b.is_ascii_uppercase())
            && (1..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
    });
    // A column that was inserted has the number before it with a letter: "5a".
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_inserted =
        (1..=2).contains(&digits.len()) && bare.len() == digits.len() + 1 && digits.bytes().all(|b| b.is_ascii_digit());
    is_code || is_inserted || (is_sum && !is_time && bare.len() <= 40) || is_letter
}
