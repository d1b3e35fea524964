//! Parses column headings: every word is accounted for, or named as left over.
//!
//! Input: the pieces of a stacked heading, from the top down, and the units that the project knows. Output: the kind
//! of the column, its measure, period and base, its units, and the words that mean none of these. Not here: headings
//! that a project declares, and whether a period is the one that a report needs.

use super::fold::fold;
use super::period::{is_document_number, parse_period};
use super::terms::{HeadingKind, StatedMeasure, Term, term_at};
use super::tokens::{Token, TokenKind, tokenise};
use super::unit;
use crate::model::quantity::{Scale, Unit};
use crate::model::stated_period::{Span, StatedPeriod, StatedYear, Step};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The meaning of a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingMeaning {
    /// The kind of the column.
    pub kind: HeadingKind,
    /// The measure that the words state.
    pub measure: Option<StatedMeasure>,
    /// The period of the column; of a ratio, that of the numerator.
    pub period: Option<StatedPeriod>,
    /// Whether the numbers accumulate from the beginning of the year, if the words or the period say so.
    pub is_cumulative: Option<bool>,
    /// The base of a ratio or of a change.
    pub base: Option<Base>,
    /// The units in brackets or in a line of their own.
    pub units: Vec<Unit>,
    /// Who assigned the plan: "tỉnh" of "KH tỉnh giao". Folded.
    pub setter: Option<String>,
    /// Whether it is the column of the whole: "Tổng số".
    pub is_total: bool,
    /// The general word for an amount: "số lượng", "trị giá"; empty for "số liệu".
    pub quantity: Option<String>,
    /// Whether the words contradict each other: two periods, or plan and actual at once.
    pub is_contradictory: bool,
    /// All folded words of the heading, without signs, units and numbers of columns; two headings with the same words
    /// are equal.
    pub words: String,
    /// The folded words that have no meaning in a heading: names of parts, places and products, or unknown words.
    pub leftover: Vec<String>,
}

/// What a ratio or a change compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// The kind of the base.
    pub kind: BaseKind,
    /// The period of the base, if it is stated.
    pub period: Option<StatedPeriod>,
}

/// The kind of a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaseKind {
    /// The plan.
    Target,
    /// The same period of the year before.
    LastYear,
    /// The period directly before.
    Previous,
    /// A base year, another measure, or a base that is not stated.
    Other,
}

impl BaseKind {
    /// Returns its name in lower case, as programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::LastYear => "last_year",
            Self::Previous => "previous",
            Self::Other => "other",
        }
    }
}

/// Parses headings with the units of a project.
#[derive(Clone, Debug, Default)]
pub struct HeadingParser {
    /// The base units that are recognised without an introduction, besides the measured ones.
    pub unit_bases: BTreeSet<Arc<str>>,
}

/// A part of a heading.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Period(StatedPeriod),
    Term(Term),
    Word,
    Sign,
}

/// A part with its text and the index of its piece.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    item: Item,
    text: String,
    piece: usize,
}

/// The most tokens of a heading; longer texts are prose.
const MAX_TOKENS: usize = 120;

/// The first words of names of amounts: after them, "thực hiện" is the measure of the amount. Folded.
const AMOUNT_NOUNS: [&str; 14] =
    ["số", "giá", "khối", "sản", "vốn", "kinh", "diện", "doanh", "lượng", "tổng", "thu", "chi", "tiền", "nợ"];

impl HeadingParser {
    /// Parses a stacked heading; empty pieces are ignored.
    pub fn parse<S: AsRef<str>>(&self, pieces: &[S]) -> HeadingMeaning {
        let mut meaning = HeadingMeaning::blank();
        let items = self.items(pieces, &mut meaning);
        let items = absorb_words(items);
        let words = items.iter().filter(|placed| placed.item != Item::Sign).map(|placed| placed.text.as_str());
        meaning.words = words.collect::<Vec<_>>().join(" ");
        if items.first().is_some_and(|first| first.item == Item::Term(Term::NotePrefix)) {
            meaning.kind = HeadingKind::Note;
            return meaning;
        }
        interpret(&items, &mut meaning);
        meaning
    }

    /// Splits a heading into its parts; units and numbers of columns are taken out.
    fn items<S: AsRef<str>>(&self, pieces: &[S], meaning: &mut HeadingMeaning) -> Vec<Placed> {
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

/// Returns whether a piece only numbers its column: "(1)", "A", "C", "-5", "(3=4+5)", "(7)=(5)/(4)*100".
fn is_column_mark(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_sum = bare.chars().any(|c| c.is_ascii_digit())
        && bare.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '(' | ')' | '=' | '+' | '-' | '*' | '/' | 'x' | ':' | '[' | ']')
        });
    let is_letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_uppercase());
    // A number of four digits is a year, and "15/9" a date.
    let is_time = bare.contains('/') && !bare.contains('=')
        || bare.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    // Forms of accounts number their columns by codes: "C-301".
    let is_code = bare.split_once('-').is_some_and(|(letter, digits)| {
        letter.len() == 1
            && letter.bytes().all(|b| b.is_ascii_uppercase())
            && (1..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
    });
    is_code || (is_sum && !is_time && bare.len() <= 40) || is_letter
}

/// Turns terms back into words where they are part of a name: "Thời gian thực hiện", "Số lớp TH", "quy ước".
fn absorb_words(mut items: Vec<Placed>) -> Vec<Placed> {
    let is_word = |items: &[Placed], at: Option<usize>, piece: usize| {
        at.and_then(|at| items.get(at)).is_some_and(|other| other.piece == piece && other.item == Item::Word)
    };
    for at in 0..items.len() {
        let piece = items[at].piece;
        let Item::Term(term) = items[at].item else { continue };
        let follows_word = is_word(&items, at.checked_sub(1), piece);
        let before_word = is_word(&items, Some(at + 1), piece);
        let follows_amount = || amount_run_before(&items, at);
        let text = items[at].text.as_str();
        let follows_number = follows_number_word(&items, at);
        let is_absorbed = match term {
            Term::Abbreviation(_) => follows_word || follows_number || follows_kind(&items, at),
            Term::Measure(StatedMeasure::Target) if text == "giao" => before_word,
            Term::Measure(StatedMeasure::Target) => follows_word || follows_number,
            Term::Measure(StatedMeasure::Preliminary | StatedMeasure::Forecast | StatedMeasure::Other) => follows_word,
            Term::Measure(StatedMeasure::Estimate) if text.chars().count() == 3 => follows_word || before_word,
            Term::Measure(_) => {
                follows_word && !follows_amount() || follows_kind(&items, at) && !follows_amount() || before_word
            }
            Term::BareYear | Term::BareMonth | Term::BareQuarter => {
                follows_word || before_word || is_beside_slash(&items, at)
            }
            Term::Change => follows_word || before_word,
            Term::Share | Term::Rate | Term::Reached => follows_word,
            Term::Kind(_) | Term::Filler | Term::Total => follows_word || before_word,
            _ => false,
        };
        if is_absorbed {
            items[at].item = Item::Word;
        }
    }
    items
}

/// Returns whether a term follows the name of a kind of column: "Đơn vị thực hiện".
fn follows_kind(items: &[Placed], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        items[before].piece == items[at].piece
            && matches!(items[before].item, Item::Term(Term::Kind(_) | Term::KindPrefix(_)))
    })
}

/// Returns whether a bare time word is a part of a unit: "lãi suất/năm", "năm/lần".
fn is_beside_slash(items: &[Placed], at: usize) -> bool {
    let is_slash = |at: Option<usize>| at.and_then(|at| items.get(at)).is_some_and(|other| other.text == "/");
    is_slash(at.checked_sub(1)) || is_slash(Some(at + 1))
}

/// Returns whether an abbreviation follows "số": "Số KH cấp điện mới" counts customers.
fn follows_number_word(items: &[Placed], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        items[before].piece == items[at].piece && items[before].item == Item::Term(Term::Quantity)
    })
}

/// Returns whether the words before a term begin with the name of an amount: "Số nhiệm vụ đã thực hiện".
fn amount_run_before(items: &[Placed], at: usize) -> bool {
    let piece = items[at].piece;
    let run = items[..at].iter().rev().take_while(|other| {
        other.piece == piece
            && matches!(other.item, Item::Word | Item::Term(Term::Quantity | Term::Kind(_) | Term::KindPrefix(_)))
    });
    run.last().is_some_and(|first| {
        first.item == Item::Term(Term::Quantity)
            || first.item == Item::Word && AMOUNT_NOUNS.contains(&first.text.as_str())
    })
}

/// Combines the parts of a heading.
fn interpret(items: &[Placed], meaning: &mut HeadingMeaning) {
    let (numerator, base) = split_ratio(items);
    meaning.base = base.map(|parts| read_base(&parts));
    let mut reader = Numerator {
        meaning,
        measures: Vec::new(),
        is_rate: false,
        is_reached: false,
        kinds: Vec::new(),
        word: None,
        last_period: None,
        breakdown_piece: None,
    };
    numerator.iter().for_each(|placed| reader.take(placed));
    reader.finish();
}

/// Splits off the parts of the base of a ratio: "so với kế hoạch năm 2024", "TH/KH".
fn split_ratio(items: &[Placed]) -> (Vec<&Placed>, Option<Vec<&Placed>>) {
    let compare = items.iter().position(|placed| placed.item == Item::Term(Term::Compare));
    if let Some(at) = compare.filter(|_| ratio_sign(items).is_none()) {
        let taken = base_indexes(items, at + 1);
        let base = taken.iter().map(|at| &items[*at]).collect();
        let others = (0..items.len()).filter(|other| *other != at && !taken.contains(other));
        return (others.map(|other| &items[other]).collect(), Some(base));
    }
    if let Some(at) = ratio_sign(items) {
        let base = items[at + 1..].iter().filter(|placed| is_base_part(placed)).collect();
        let numerator = items[..at].iter().chain(items[at + 1..].iter().filter(|placed| !is_base_part(placed)));
        return (numerator.collect(), Some(base));
    }
    (items.iter().collect(), None)
}

/// Returns the parts of the base after "so với": a measure, a base period, and one period.
fn base_indexes(items: &[Placed], start: usize) -> Vec<usize> {
    let mut taken = Vec::new();
    let (mut has_measure, mut has_period) = (false, false);
    for (at, placed) in items.iter().enumerate().skip(start) {
        match placed.item {
            Item::Sign => continue,
            Item::Term(Term::Rate | Term::Filler | Term::Cumulative) => continue,
            Item::Term(Term::BasePeriod) => taken.push(at),
            Item::Term(Term::Measure(_) | Term::Abbreviation(_)) if !has_measure && !has_period => {
                has_measure = true;
                taken.push(at);
            }
            Item::Period(_) | Item::Term(Term::BareYear | Term::BareMonth | Term::BareQuarter) if !has_period => {
                has_period = true;
                taken.push(at);
            }
            _ => break,
        }
    }
    taken
}

/// Returns the index of a "/" between two measures: "TH 2024/KH 2024".
fn ratio_sign(items: &[Placed]) -> Option<usize> {
    let is_measure = |placed: &&Placed| matches!(placed.item, Item::Term(Term::Measure(_) | Term::Abbreviation(_)));
    let is_part = |placed: &&Placed| is_measure(placed) || matches!(placed.item, Item::Period(_));
    items.iter().enumerate().position(|(at, placed)| {
        let before = items[..at].iter().rev().take_while(is_part);
        placed.item == Item::Sign
            && placed.text == "/"
            && before.into_iter().any(|part| is_measure(&part))
            && items.get(at + 1).is_some_and(|next| is_measure(&next))
    })
}

fn is_base_part(placed: &Placed) -> bool {
    matches!(
        placed.item,
        Item::Term(Term::Measure(_) | Term::Abbreviation(_) | Term::BareYear) | Item::Period(_) | Item::Sign
    )
}

/// Determines the base of a ratio.
fn read_base(parts: &[&Placed]) -> Base {
    let mut measure = None;
    let mut period = None;
    let mut is_fixed = false;
    for part in parts {
        match &part.item {
            Item::Term(Term::Measure(stated) | Term::Abbreviation(stated)) => measure = Some(*stated),
            Item::Term(Term::BasePeriod) => is_fixed = true,
            Item::Term(Term::BareYear) => period = Some(StatedPeriod::unstated(Span::Year)),
            Item::Period(stated) => period = Some(*stated),
            _ => {}
        }
    }
    let kind = match (measure, period.map(|period| (period.span, period.year))) {
        _ if is_fixed => BaseKind::Other,
        (Some(StatedMeasure::Target), _) => BaseKind::Target,
        (_, Some((_, StatedYear::SameLastYear(_) | StatedYear::Last))) => BaseKind::LastYear,
        (_, Some((Span::Before(_), _))) => BaseKind::Previous,
        (Some(StatedMeasure::Actual | StatedMeasure::Estimate), None | Some((_, StatedYear::Unstated))) => {
            BaseKind::Other
        }
        // The period of the numerator decides.
        (_, Some(_)) => BaseKind::LastYear,
        _ => BaseKind::Other,
    };
    Base { kind, period }
}

/// Reads the parts that are not the base.
struct Numerator<'m> {
    meaning: &'m mut HeadingMeaning,
    measures: Vec<(StatedMeasure, usize)>,
    is_rate: bool,
    /// Whether the ratio is one of what was reached: "đạt".
    is_reached: bool,
    kinds: Vec<(HeadingKind, bool)>,
    /// The run of words that is being read, with its piece.
    word: Option<usize>,
    /// The period directly before the part that is being read.
    last_period: Option<StatedPeriod>,
    /// The piece whose words name a breakdown: "phân theo giới tính".
    breakdown_piece: Option<usize>,
}

impl Numerator<'_> {
    fn take(&mut self, placed: &Placed) {
        let follows_words = self.word.take() == Some(placed.piece);
        let before = self.last_period.take();
        if self.breakdown_piece == Some(placed.piece) {
            return;
        }
        match &placed.item {
            Item::Period(period) => {
                self.add_period(*period);
                self.last_period = Some(*period);
            }
            // "Năm 2023 = 100": the year is the base; "Tổng số = 100" names none.
            Item::Term(Term::EqualsHundred) if before.is_some() => {
                self.kinds.push((HeadingKind::Index, true));
                self.meaning.base = Some(Base { kind: BaseKind::Other, period: self.meaning.period.take() });
            }
            Item::Word => {
                self.add_word(placed, follows_words);
                self.word = Some(placed.piece);
            }
            Item::Sign => {}
            Item::Term(term) => self.add_term(*term, placed, follows_words),
        }
    }

    fn add_word(&mut self, placed: &Placed, follows_words: bool) {
        match self.meaning.leftover.last_mut().filter(|_| follows_words) {
            Some(run) => {
                run.push(' ');
                run.push_str(&placed.text);
            }
            None => self.meaning.leftover.push(placed.text.clone()),
        }
    }

    fn add_period(&mut self, period: StatedPeriod) {
        match self.meaning.period {
            None => self.meaning.period = Some(period),
            Some(group) => match period.within(group) {
                Some(both) => self.meaning.period = Some(both),
                None => self.meaning.is_contradictory = true,
            },
        }
    }

    fn add_term(&mut self, term: Term, placed: &Placed, follows_words: bool) {
        match term {
            Term::Kind(kind) => self.kinds.push((kind, false)),
            Term::KindPrefix(kind) => self.kinds.push((kind, true)),
            Term::Measure(measure) | Term::Abbreviation(measure) => {
                self.measures.push((measure, placed.piece));
                if placed.text == "giao" && follows_words {
                    self.meaning.setter = self.meaning.leftover.pop();
                }
            }
            Term::Rate | Term::Share => self.is_rate = true,
            Term::Reached => (self.is_rate, self.is_reached) = (true, true),
            Term::Change => {
                self.is_rate = true;
                self.meaning.base.get_or_insert(Base { kind: BaseKind::Other, period: None });
            }
            Term::Index | Term::BasePeriod => self.kinds.push((HeadingKind::Index, true)),
            Term::Cumulative => self.meaning.is_cumulative = Some(true),
            Term::BareYear => self.add_period(StatedPeriod::unstated(Span::Year)),
            Term::BareMonth => self.add_period(StatedPeriod::unstated(Span::ReportMonth)),
            Term::BareQuarter => self.add_period(StatedPeriod::unstated(Span::ReportQuarter)),
            Term::Total => self.meaning.is_total = true,
            Term::Quantity => {
                if placed.text == "số" {
                    self.add_word(placed, follows_words);
                    self.word = Some(placed.piece);
                } else {
                    self.meaning.quantity = Some(placed.text.clone());
                }
            }
            Term::NotePrefix => {
                self.add_word(placed, follows_words);
                self.word = Some(placed.piece);
            }
            Term::Figures => {
                self.meaning.quantity.get_or_insert_default();
            }
            Term::GroupPrefix => self.breakdown_piece = Some(placed.piece),
            Term::Compare | Term::EqualsHundred | Term::Group | Term::Filler => {}
        }
    }

    fn finish(self) {
        let Self { meaning, measures, is_rate, is_reached, kinds, .. } = self;
        settle_accumulation(meaning);
        settle_period(meaning, &measures);
        meaning.measure = decide_measure(&measures, meaning);
        meaning.is_contradictory |= meaning.measure.is_none() && !measures.is_empty();
        if is_reached && meaning.measure.is_none() && meaning.base.is_some_and(|base| base.kind == BaseKind::Target) {
            meaning.measure = Some(StatedMeasure::Actual);
        }
        settle_base(meaning);
        let stated = meaning.measure.is_some() || meaning.period.is_some();
        let is_prefixed = |wanted: &(HeadingKind, bool)| wanted.1 || meaning.leftover.is_empty();
        meaning.kind = match kinds.iter().find(|kind| is_prefixed(kind)).map(|(kind, _)| *kind) {
            Some(HeadingKind::Index) => HeadingKind::Index,
            Some(kind) if !stated && meaning.base.is_none() => kind,
            _ if meaning.base.is_some() || is_rate => HeadingKind::Percent,
            _ if stated || meaning.is_total || meaning.quantity.is_some() || !meaning.leftover.is_empty() => {
                HeadingKind::Value
            }
            _ if meaning.units == [Unit::percent()] => HeadingKind::Percent,
            _ if !meaning.units.is_empty() => HeadingKind::Unit,
            _ => HeadingKind::Blank,
        };
        if meaning.is_cumulative.is_none() {
            meaning.is_cumulative = meaning.period.and_then(StatedPeriod::is_cumulative);
        }
    }
}

/// Decides among the measures of a heading; `None` if they contradict each other.
fn decide_measure(stated: &[(StatedMeasure, usize)], meaning: &mut HeadingMeaning) -> Option<StatedMeasure> {
    use StatedMeasure::{Actual, Disbursed, Estimate, LastYear, Previous, Target, YearEstimate};
    let mut kinds: Vec<StatedMeasure> = stated.iter().map(|(measure, _)| *measure).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() > 1 {
        // "Thực hiện | Ước tính tháng 9": the estimate of the actual value.
        kinds.retain(|kind| !matches!(kind, Actual | Disbursed));
    }
    let is_year = matches!(meaning.period, Some(StatedPeriod { span: Span::Year, .. }));
    let is_before = matches!(meaning.period, Some(StatedPeriod { span: Span::Before(_), .. }));
    let of_last_year =
        matches!(meaning.period, Some(StatedPeriod { year: StatedYear::SameLastYear(_) | StatedYear::Last, .. }));
    match kinds.as_slice() {
        [] if meaning.base.is_some() && meaning.is_cumulative != Some(true) => None,
        [] | [Actual | Estimate | Disbursed] if of_last_year => Some(LastYear),
        [] | [Actual] if is_before => Some(Previous),
        [] => match meaning.period.map(|period| (period.span, period.year)) {
            Some((
                Span::ThisPeriod | Span::YearToDate | Span::SinceStart | Span::ReportMonth | Span::ReportQuarter,
                StatedYear::Unstated,
            )) if meaning.leftover.is_empty()
                && (meaning.quantity.is_none() || meaning.is_cumulative == Some(true)) =>
            {
                Some(Actual)
            }
            _ => None,
        },
        [Estimate] if is_year => Some(YearEstimate),
        [Target] if stated.iter().any(|(measure, _)| matches!(measure, Actual | Disbursed)) => None,
        [one] => Some(*one),
        _ => None,
    }
}

/// Completes a cumulative heading: without a period of its own it begins with the year.
fn settle_accumulation(meaning: &mut HeadingMeaning) {
    if meaning.is_cumulative != Some(true) {
        return;
    }
    match meaning.period {
        None => meaning.period = Some(StatedPeriod::unstated(Span::YearToDate)),
        Some(StatedPeriod { span: Span::ThisPeriod | Span::ReportMonth, year: StatedYear::Unstated }) => {
            meaning.period = Some(StatedPeriod::unstated(Span::YearToDate));
        }
        Some(_) => {}
    }
}

/// Completes the period: that of the base of a month, and the year of a plan that was assigned.
fn settle_period(meaning: &mut HeadingMeaning, measures: &[(StatedMeasure, usize)]) {
    let of_base = meaning.base.and_then(|base| base.period).map(|period| period.span);
    let is_assigned = measures.iter().filter(|(measure, _)| *measure == StatedMeasure::Target).count() > 1;
    let implied = match of_base {
        Some(Span::ReportMonth | Span::Before(Step::Month)) => Some(Span::ReportMonth),
        Some(Span::ThisPeriod) if !measures.is_empty() => Some(Span::ThisPeriod),
        None if is_assigned => Some(Span::Year),
        _ => None,
    };
    meaning.period = meaning.period.or(implied.map(StatedPeriod::unstated));
}

/// Completes the base by the period of the numerator.
fn settle_base(meaning: &mut HeadingMeaning) {
    let Some(base) = &mut meaning.base else { return };
    let (Some(own), Some(other)) = (meaning.period, base.period) else { return };
    let is_relative = !matches!(other.year, StatedYear::Given(_) | StatedYear::Unstated);
    if base.kind != BaseKind::LastYear || is_relative {
        return;
    }
    let years = own.given_year().zip(other.given_year());
    let years_apart = |apart: u16| years.is_none_or(|(year, base)| base.checked_add(apart) == Some(year));
    base.kind = match (own.span, other.span) {
        (Span::Month(one), Span::Month(two)) if two + 1 == one && years_apart(0) => BaseKind::Previous,
        (Span::Month(1), Span::Month(12)) if years_apart(1) => BaseKind::Previous,
        (one, two) if one == two && years_apart(1) => BaseKind::LastYear,
        _ => BaseKind::Other,
    };
}

impl HeadingMeaning {
    /// Returns the meaning of an empty heading.
    pub fn blank() -> Self {
        Self {
            kind: HeadingKind::Blank,
            measure: None,
            period: None,
            is_cumulative: None,
            base: None,
            units: Vec::new(),
            setter: None,
            is_total: false,
            quantity: None,
            is_contradictory: false,
            words: String::new(),
            leftover: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
