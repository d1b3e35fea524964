//! Parses the periods that headings, titles, sheet names and file names state, in every spelling that offices use.
//!
//! Input: tokens. Output: the period that begins at one of them, or all periods of a text. Not here: which period a
//! report needs ([`StatedPeriod::months`]).

mod parser;
mod words;

use super::tokens::{Token, TokenKind, tokenise, tokenise_name};
use crate::model::stated_period::{Span, StatedPeriod, StatedYear};
pub use parser::parse_period;

/// The most tokens of one period.
const MAX_PERIOD_TOKENS: usize = 16;

/// The most characters of a line that can state a period; longer texts are prose. Real titles have half of them.
const MAX_CHARS: usize = 200;

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
    let published = Publication::of(&tokens);
    let rest = tokens.into_iter().skip(if published.is_some() { Publication::TOKENS } else { 0 });
    let is_separator = |token: &Token| token.is("-") || token.is(".");
    let parts: Vec<Token> = rest.filter(|token| !is_separator(token)).flat_map(split_month_and_year).collect();
    let mut found = find_periods(&link_month_and_year(&parts));
    if let Some(published) = published {
        published.complete(&parts, &mut found);
    }
    if found.is_empty() { kind_of_period(name).into_iter().collect() } else { found }
}

/// The day of its publication with which the name of a file begins: "2024-02-29 Bieu T2.2024".
struct Publication {
    year: u16,
    month: u8,
}

impl Publication {
    /// The number of tokens of such a date.
    const TOKENS: usize = 5;

    fn of(tokens: &[Token]) -> Option<Self> {
        let has_signs = [1, 3].iter().all(|at| tokens.get(*at).is_some_and(|token| token.is("-")));
        let (year, month) = (tokens.first()?.year()?, tokens.get(2)?.small_number()?);
        tokens.get(4)?.small_number().filter(|_| has_signs && month <= 12)?;
        Some(Self { year, month })
    }

    /// Gives a month its year, or takes the month of the publication if the name repeats it: "2001-04-30-Bieu04".
    fn complete(&self, rest: &[Token], found: &mut Vec<StatedPeriod>) {
        for period in found.iter_mut().filter(|period| period.year == StatedYear::Unstated) {
            period.year = StatedYear::Given(self.year);
        }
        let repeats = rest.iter().any(|token| token.text.len() == 2 && token.small_number() == Some(self.month));
        if found.is_empty() && repeats {
            found.push(StatedPeriod { span: Span::Month(self.month), year: StatedYear::Given(self.year) });
        }
    }
}

/// Returns the kind of period that a name ends with: "VonNSNNquy".
fn kind_of_period(name: &str) -> Option<StatedPeriod> {
    let lower = name.to_lowercase();
    let kinds = [("thang", Span::ReportMonth), ("quy", Span::ReportQuarter)];
    let (_, span) = kinds.into_iter().find(|(word, _)| lower.ends_with(word) && lower.len() > word.len())?;
    Some(StatedPeriod::unstated(span))
}

/// Splits a month that is written together with its year: "062011", "201709".
fn split_month_and_year(token: Token) -> Vec<Token> {
    let part = |text: &str| Token { text: text.to_owned(), ..token.clone() };
    let is_month = |text: &str| text.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let is_year = |text: &str| part(text).year().is_some();
    if token.kind == TokenKind::Number && token.text.len() == 4 && token.year().is_none() {
        // Month and the last digits of the year: "0108".
        let (month, year) = token.text.split_at(2);
        if is_month(month) {
            return vec![part(month), part(&format!("20{year}"))];
        }
    }
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
    let mut found: Vec<StatedPeriod> = only_kind(tokens).into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if ["so", "versus"].iter().any(|word| tokens[at].is(word)) {
            break;
        }
        match parse_period(tokens, at).filter(|_| !is_document_number(tokens, at)) {
            Some((period, next)) => {
                let is_label = ["năm", "báo", "cáo"].iter().zip(&tokens[at..]).all(|(word, token)| token.is(word));
                found.extend((!is_label && is_named(period, &found)).then_some(period));
                at = next;
            }
            None => at += 1,
        }
    }
    share_years(&mut found);
    found.dedup();
    found
}

/// Returns whether a line names a period: "Kỳ báo cáo:" is a label, a day that of a signature, and the days of a month
/// only explain it.
fn is_named(period: StatedPeriod, before: &[StatedPeriod]) -> bool {
    match (period.span, period.year) {
        (Span::ThisPeriod | Span::Day(..) | Span::Before(_), _) => false,
        (Span::Days(_), StatedYear::Unstated) => before.is_empty(),
        _ => true,
    }
}

/// Returns the kind of period of a line that says nothing else: "(Tháng)".
fn only_kind(tokens: &[Token]) -> Option<StatedPeriod> {
    let mut words = tokens.iter().filter(|token| token.kind != TokenKind::Sign);
    let (word, None) = (words.next()?, words.next()) else { return None };
    let kinds = [("tháng", Span::ReportMonth), ("quý", Span::ReportQuarter), ("năm", Span::Year)];
    kinds.into_iter().find(|(kind, _)| word.is(kind)).map(|(_, span)| StatedPeriod::unstated(span))
}

/// Returns whether a line is only a period: "Năm 2023".
pub fn is_only_period(line: &str) -> bool {
    let tokens = tokenise(line, 0);
    let words: Vec<Token> = tokens.into_iter().filter(|token| !(token.is("(") || token.is(")"))).collect();
    words.len() < MAX_PERIOD_TOKENS && parse_period(&words, 0).is_some_and(|(_, next)| next == words.len())
}

/// Returns whether a number belongs to a document: "49/2010/NĐ-CP".
pub fn is_document_number(tokens: &[Token], at: usize) -> bool {
    at >= 2 && tokens[at - 1].is("/") && tokens[at - 2].kind == TokenKind::Number
}

/// Gives each period without a year that of the next one.
fn share_years(periods: &mut [StatedPeriod]) {
    let mut common = StatedYear::Unstated;
    for period in periods.iter_mut().rev() {
        let is_part =
            !matches!(period.span, Span::Year | Span::Years(..) | Span::SchoolYear | Span::Semester(_) | Span::Day(..));
        match period.year {
            StatedYear::Unstated if is_part => period.year = common,
            StatedYear::Given(_) if !matches!(period.span, Span::SchoolYear | Span::Day(..)) => common = period.year,
            _ => {}
        }
    }
}
