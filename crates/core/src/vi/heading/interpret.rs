//! Combines the parts of a heading into its meaning.
//!
//! Input: the parts. Output: the measure, the period, the base and the kind, and the words left over. Not here: the
//! parts themselves.

use super::{Base, BaseKind, HeadingMeaning, Item, Placed};
use crate::model::quantity::Unit;
use crate::model::stated_period::{Span, StatedPeriod, StatedYear, Step};
use crate::vi::terms::{HeadingKind, StatedMeasure, Term};

/// Combines the parts of a heading.
pub(super) fn interpret(items: &[Placed], meaning: &mut HeadingMeaning) {
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

/// Returns the index of a "/" between two measures: "TH 2024/KH 2024", "TH/CK".
fn ratio_sign(items: &[Placed]) -> Option<usize> {
    let is_measure = |placed: &&Placed| matches!(placed.item, Item::Term(Term::Measure(_) | Term::Abbreviation(_)));
    let is_part = |placed: &&Placed| is_measure(placed) || matches!(placed.item, Item::Period(_));
    items.iter().enumerate().position(|(at, placed)| {
        let before = items[..at].iter().rev().take_while(is_part);
        placed.item == Item::Sign
            && placed.text == "/"
            && before.into_iter().any(|part| is_measure(&part))
            && items.get(at + 1).is_some_and(|next| is_measure(&next) || is_same_last_year(next))
    })
}

/// Returns whether a part is the same period of the year before: the base of "TH/CK".
fn is_same_last_year(placed: &Placed) -> bool {
    matches!(placed.item, Item::Period(StatedPeriod { year: StatedYear::SameLastYear(_), .. }))
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
                    self.meaning.setter = self.meaning.leftover.pop_if(|words| is_authority(words));
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
        let measures = if is_rate { split_rate(measures, meaning) } else { measures };
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

/// Splits the plan off the measures of a rate without a stated base: "Tỷ lệ thực hiện kế hoạch".
fn split_rate(measures: Vec<(StatedMeasure, usize)>, meaning: &mut HeadingMeaning) -> Vec<(StatedMeasure, usize)> {
    use StatedMeasure::{Actual, Disbursed, Estimate, Target};
    let is_target = |(measure, _): &(StatedMeasure, usize)| *measure == Target;
    let (plans, results): (Vec<_>, Vec<_>) = measures.iter().copied().partition(is_target);
    let is_result = |(measure, _): &(StatedMeasure, usize)| matches!(measure, Actual | Disbursed | Estimate);
    if meaning.base.is_some() || plans.is_empty() || results.is_empty() || !results.iter().all(is_result) {
        return measures;
    }
    meaning.base = Some(Base { kind: BaseKind::Target, period: None });
    results
}

/// Words of the names of those who assign plans, folded.
const AUTHORITIES: [&str; 22] = [
    "tỉnh",
    "huyện",
    "thành",
    "phố",
    "tp",
    "thị",
    "xã",
    "quận",
    "phường",
    "hđnd",
    "ubnd",
    "trung",
    "ương",
    "tw",
    "bộ",
    "sở",
    "cấp",
    "trên",
    "chính",
    "phủ",
    "quốc",
    "hội",
];

/// Returns whether words name an authority: "HĐND thành phố".
fn is_authority(words: &str) -> bool {
    words.split(' ').all(|word| AUTHORITIES.contains(&word))
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
