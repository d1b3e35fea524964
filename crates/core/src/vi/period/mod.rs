//! Parses the periods that headings, titles, sheet names and file names state, in every spelling that offices use.
//!
//! Input: tokens. Output: the period that begins at one of them, or all periods of a text. Not here: which period a
//! report needs ([`StatedPeriod::months`]).

mod parser;

use super::tokens::{Token, TokenKind, tokenise, tokenise_name};
use crate::model::stated_period::{Span, StatedPeriod, StatedYear};
pub use parser::parse_period;

/// The most characters of a line that can state a period; longer texts are prose.
const MAX_CHARS: usize = 400;

/// Returns the periods that a line states, each with a year if one is given for it or for a later period of the line;
/// not those that it compares with ("so với …").
///
/// "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024" has one year for both.
pub fn stated_periods(line: &str) -> Vec<StatedPeriod> {
    if line.chars().count() > MAX_CHARS {
        return Vec::new();
    }
    find_periods(&tokenise(line, 0))
}

/// Returns the periods that the name of a file or a sheet states, which may be written without diacritics.
pub fn periods_of_name(name: &str) -> Vec<StatedPeriod> {
    if name.chars().count() > MAX_CHARS {
        return Vec::new();
    }
    let tokens = tokenise_name(name);
    // A name that begins with the day of its publication: "2024-02-29 Bieu T2.2024".
    let digits = |at: usize, length: usize| {
        tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number && token.text.len() == length)
    };
    let dated = digits(0, 4) && digits(2, 2) && digits(4, 2) && [1, 3].iter().all(|at| tokens[*at].is("-"));
    let rest = tokens.into_iter().skip(if dated { 5 } else { 0 });
    let is_separator = |token: &Token| token.is("-") || token.is(".");
    let parts: Vec<Token> = rest.filter(|token| !is_separator(token)).flat_map(split_month_and_year).collect();
    find_periods(&link_month_and_year(&parts))
}

/// Splits a month that is written together with its year: "062011", "201709".
fn split_month_and_year(token: Token) -> Vec<Token> {
    let part = |text: &str| Token { text: text.to_owned(), ..token.clone() };
    let is_month = |text: &str| text.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let is_year = |text: &str| part(text).year().is_some();
    if token.kind == TokenKind::Number && token.text.len() == 6 {
        let (first, last) = (token.text.split_at(2), token.text.split_at(4));
        if is_month(first.0) && is_year(first.1) {
            return vec![part(first.0), part(first.1)];
        }
        if is_year(last.0) && is_month(last.1) {
            return vec![part(last.1), part(last.0)];
        }
    }
    vec![token]
}

/// Writes "5 2015" as "5/2015".
fn link_month_and_year(tokens: &[Token]) -> Vec<Token> {
    let mut linked: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let follows_month = linked.last().and_then(Token::small_number).is_some_and(|month| month <= 12);
        let is_named = linked.len() > 1 && ["tháng", "t", "quý", "q"].iter().any(|w| linked[linked.len() - 2].is(w));
        if follows_month && !is_named && token.year().is_some() {
            linked.push(Token { text: "/".to_owned(), kind: TokenKind::Sign, piece: token.piece });
        }
        linked.push(token.clone());
    }
    linked
}

fn find_periods(tokens: &[Token]) -> Vec<StatedPeriod> {
    let mut found: Vec<StatedPeriod> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].is("so") {
            break;
        }
        match parse_period(tokens, at).filter(|_| !is_document_number(tokens, at)) {
            Some((period, next)) => {
                // "Kỳ báo cáo:" is a label, and a day that of a signature.
                let is_named = !matches!(period.span, Span::ThisPeriod | Span::Day(..) | Span::Before(_));
                found.extend(is_named.then_some(period));
                at = next;
            }
            None => at += 1,
        }
    }
    share_years(&mut found);
    found
}

/// Returns whether a number belongs to a document: "49/2010/NĐ-CP".
pub fn is_document_number(tokens: &[Token], at: usize) -> bool {
    at >= 2 && tokens[at - 1].is("/") && tokens[at - 2].kind == TokenKind::Number
}

/// Gives each period without a year that of the next one.
fn share_years(periods: &mut [StatedPeriod]) {
    let mut common = StatedYear::Unstated;
    for period in periods.iter_mut().rev() {
        let is_part = !matches!(period.span, Span::Year | Span::Years(..) | Span::SchoolYear | Span::Day(..));
        match period.year {
            StatedYear::Unstated if is_part => period.year = common,
            StatedYear::Given(_) if !matches!(period.span, Span::SchoolYear | Span::Day(..)) => common = period.year,
            _ => {}
        }
    }
}
