//! Compares the comments of cells with the numbers that were read there.
//!
//! Input: the figures of a sheet and its comments. Output: a diagnostic at each cell whose comment states another number.
//! Not here: which words of a comment are amounts (`vi::free_amounts`); which of the two numbers is right.
//!
//! A comment speaks of many things besides the number of its cell. What is compared is an amount in the unit of the
//! figure, or without a unit; without a word such as "đúng là" it must also be near the figure. The same number in
//! another spelling, rounded, or as the sum of the amounts, is no difference.

use super::sheet_result::{CandidateObservation, SheetContext, SheetResult};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::conversion::convert;
use tonghop_core::model::quantity::{Amount, Scale, Unit};
use tonghop_core::msg;
use tonghop_core::vi::fold::clean;
use tonghop_core::vi::format::quantity_message;
use tonghop_core::vi::free_amounts::{self, FreeAmount, Usage};
use tonghop_core::vi::unit;

/// A plain amount is near the figure if neither is more than this many times the other: a typing mistake moves the decimal
/// sign or swaps digits, and beyond that a comment is usually about a part.
const NEAR_TIMES: i64 = 20;
/// With more plain amounts than this, a comment lists parts.
const MAX_PLAIN_AMOUNTS: usize = 2;
/// The most characters of a comment that a message repeats.
const MAX_QUOTED_CHARS: usize = 80;
/// Powers of ten by which a number without a unit may be in another scale than its figure.
const SCALE_POWERS: [u32; 4] = [0, 3, 6, 9];

/// Returns a diagnostic for each cell whose comment states another number, in the order of the cells.
pub(crate) fn diagnose(context: &SheetContext<'_, '_>, result: &SheetResult) -> Vec<Diagnostic> {
    let comments = &context.sheet.comments;
    // Fast path: most sheets have none.
    if comments.is_empty() {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for candidate in &result.candidates {
        let cell = candidate.source.cell;
        let Ok(at) = comments.binary_search_by_key(&cell, |(cell_ref, _)| *cell_ref) else { continue };
        if seen.insert(cell) {
            problems.extend(different(context, candidate, &comments[at].1));
        }
    }
    problems.sort_by_key(Diagnostic::cell);
    problems
}

/// Returns the diagnostic of a comment that states another number than its cell.
fn different(context: &SheetContext<'_, '_>, candidate: &CandidateObservation, comment: &str) -> Option<Diagnostic> {
    let year = context.headings.report_period().year();
    let figure = &candidate.figure;
    let other = other_number(&free_amounts::find(comment, year), figure.amount, &figure.unit)?;
    let read = match figure.amount {
        Amount::Known(number) => quantity_message(number, &figure.unit.label),
        _ => Message::verbatim(&*candidate.source.raw),
    };
    let message = msg!(
        "\"{label}\": ô ghi {read} nhưng chú thích của ô ghi số khác: {other} (\"{comment}\"); số trong ô được dùng",
        "\"{label}\": the cell says {read}, but its comment states another number: {other} (\"{comment}\"); the number in the cell is used",
        label = candidate.label,
        read = read,
        other = quantity_message(other, &figure.unit.label),
        comment = quoted(comment)
    );
    let hint = Message::new(
        "nếu số trong chú thích đúng thì nhập số đó vào ô; nếu số trong ô đúng thì sửa hoặc xóa chú thích",
        "if the number in the comment is right, enter it in the cell; if the cell is right, correct or delete the comment",
    );
    Some(context.problem(Code::CommentDiffers, candidate.source.cell, message).with_hint(hint))
}

/// Returns the beginning of a comment in one line.
fn quoted(comment: &str) -> String {
    let line = clean(comment).into_owned();
    let mut letters = line.chars();
    let start: String = letters.by_ref().take(MAX_QUOTED_CHARS).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

/// An amount in the unit of the figure, by each way to read its digits.
struct ComparedAmount {
    numbers: Vec<ComparedNumber>,
    usage: Usage,
    /// Whether the text states the unit of the figure.
    has_unit: bool,
}

/// A number with half of its last decimal.
#[derive(Clone, Copy)]
struct ComparedNumber {
    value: Decimal,
    tolerance: Decimal,
}

/// Returns the number of a comment that is another one than that of the figure; `None` if there is none.
fn other_number(amounts: &[FreeAmount], amount: Amount, unit: &Unit) -> Option<Decimal> {
    let figure = match amount {
        Amount::Known(number) => number.abs(),
        Amount::NotApplicable => Decimal::ZERO,
        Amount::Missing => return None,
    };
    let compared: Vec<ComparedAmount> = amounts.iter().filter_map(|amount| compare_unit(amount, unit)).collect();
    let is_same =
        |amount: &ComparedAmount| amount.numbers.iter().any(|number| is_same_number(*number, figure, amount.has_unit));
    let differs = |amount: &&ComparedAmount| !is_same(amount) && amount.usage != Usage::Other;
    let corrections: Vec<&ComparedAmount> =
        compared.iter().filter(differs).filter(|amount| amount.usage == Usage::Correction).collect();
    let has_same = |usage: Option<Usage>| compared.iter().any(|a| usage.is_none_or(|u| a.usage == u) && is_same(a));
    if !corrections.is_empty() {
        let is_confirmed = has_same(Some(Usage::Correction)) || is_sum(&compared, figure);
        return corrections.first().filter(|_| !is_confirmed).map(|amount| amount.numbers[0].value);
    }
    let plain: Vec<&ComparedAmount> = compared.iter().filter(differs).collect();
    if has_same(None) || is_sum(&compared, figure) || plain.len() > MAX_PLAIN_AMOUNTS {
        return None;
    }
    let near = |amount: &&ComparedAmount| amount.numbers.iter().find(|number| is_near(number.value, figure)).copied();
    plain.iter().find_map(near).map(|number| number.value)
}

/// Returns an amount in the unit of a figure; `None` if it is of another unit, or of something that is no unit.
fn compare_unit(amount: &FreeAmount, unit: &Unit) -> Option<ComparedAmount> {
    let numbers = |stated: &Unit| -> Option<Vec<ComparedNumber>> {
        let half = |decimals: u32| Decimal::new(5, (decimals + 1).min(28));
        let number = |reading: &tonghop_core::vi::number::ParsedNumber| {
            let value = convert(reading.value, stated, unit).ok()?;
            Some(ComparedNumber { value, tolerance: convert(half(reading.decimals), stated, unit).ok()? })
        };
        amount.readings.iter().map(number).collect()
    };
    let stated = (1..=amount.after.len()).rev().find_map(|count| stated_unit(&amount.after[..count].join(" "), unit));
    let (numbers, has_unit) = match stated {
        Some(stated) if stated.has_same_base(unit) => (numbers(&stated)?, true),
        Some(_) => return None,
        None if amount.has_noun() && amount.usage != Usage::Correction => return None,
        None => (numbers(unit)?, false),
    };
    Some(ComparedAmount { numbers, usage: amount.usage, has_unit }).filter(|amount| !amount.numbers.is_empty())
}

/// Returns the unit that words state; `None` if they are no unit. A scale word alone is that of the figure's unit.
fn stated_unit(words: &str, unit: &Unit) -> Option<Unit> {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '‰' | '₫'));
    let stated = unit::parse(words);
    let is_bare_scale = stated.scale != Scale::ONE && unit::parse(&format!("{words} đồng")) == stated;
    if is_bare_scale && !unit.base.is_empty() && !unit.is_rate() {
        return Some(unit::with_scale(unit, stated.scale));
    }
    let is_same = stated.has_same_base(unit) && !stated.base.is_empty();
    (is_same || unit::is_usual(words)).then_some(stated)
}

/// Returns whether a number is that of the figure, rounded as either is written; without a unit, in another scale too.
fn is_same_number(number: ComparedNumber, figure: Decimal, has_unit: bool) -> bool {
    let tolerance = number.tolerance.max(Decimal::new(5, (figure.normalize().scale() + 1).min(28)));
    let is_equal = |one: Decimal, other: Decimal| (one - other).abs() <= tolerance;
    is_equal(number.value, figure)
        || !has_unit
            && SCALE_POWERS.iter().any(|power| {
                let factor = Decimal::from(10_u64.pow(*power));
                let up = |value: Decimal| value.checked_mul(factor);
                up(number.value) == Some(figure) || up(figure) == Some(number.value)
            })
}

/// Returns whether the amounts of a comment add up to the figure: they are its parts.
fn is_sum(amounts: &[ComparedAmount], figure: Decimal) -> bool {
    let sum = |at: usize| {
        let mut of_all = amounts.iter().map(|amount| amount.numbers.get(at).or(amount.numbers.last()));
        of_all.try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number?.value))
    };
    amounts.len() > 1 && (0..2).any(|at| sum(at) == Some(figure))
}

fn is_near(number: Decimal, figure: Decimal) -> bool {
    let times = Decimal::from(NEAR_TIMES);
    let is_at_most = |one: Decimal, other: Decimal| other.checked_mul(times).is_none_or(|most| one <= most);
    is_at_most(number, figure) && is_at_most(figure, number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn other(comment: &str, number: &str, unit: &str) -> Option<String> {
        let amounts = free_amounts::find(comment, 2024);
        let amount = number.parse().map_or(Amount::NotApplicable, Amount::Known);
        other_number(&amounts, amount, &unit::parse(unit)).map(|number| number.normalize().to_string())
    }

    #[test]
    fn another_number_is_found() {
        for (comment, number, unit, expected) in [
            ("Số đúng là 3.238", "3138", "tỷ đồng", "3238"),
            ("3.238", "3138", "tỷ đồng", "3238"),
            ("Nhầm, phải là 45 con mới đúng", "54", "con", "45"),
            ("đã sửa từ 31 thành 32", "31", "hộ", "32"),
            ("Số cũ 31, số đúng 32", "31", "hộ", "32"),
            ("số chính thức 72,3", "69.1", "%", "72.3"),
            ("số chính thức 72,3%", "69.1", "%", "72.3"),
            ("thực tế 5 ca", "-", "ca", "5"),
            ("Xã A báo 170, xã B báo 171", "172", "người", "170"),
        ] {
            assert_eq!(other(comment, number, unit).as_deref(), Some(expected), "{comment}");
        }
    }

    #[test]
    fn the_same_number_and_other_things_are_no_difference() {
        for (comment, number, unit) in [
            ("3.238 tỷ đồng", "3238", "tỷ đồng"),
            ("3.238.000 triệu đồng", "3238", "tỷ đồng"),
            ("3.238.412.000.000 đồng", "3238", "tỷ đồng"),
            ("làm tròn từ 72,34", "72.3", "%"),
            ("đã kiểm tra 172.000", "172", "nghìn lượt"),
            ("đã sửa từ 31 thành 32", "32", "hộ"),
            ("gồm xã A 100, xã B 72", "172", "hộ"),
            ("xã A 100; xã B 72", "172", "hộ"),
            ("xã A 50, xã B 60, xã C 80, xã D 40", "172", "hộ"),
            ("Tăng 12 hộ so với cùng kỳ", "172", "hộ"),
            ("cùng kỳ 160", "172", "hộ"),
            ("trong đó 12 hộ mới tách", "172", "hộ"),
            ("họp 3 buổi với 4 xã", "5", "hộ"),
            ("đạt 98%", "172", "hộ"),
            ("ông A, 65 tuổi", "60", "hộ"),
            ("Nguồn: Báo cáo số 15/BC-CCT ngày 20/9/2024", "16", "hộ"),
            ("chờ xã gửi lại", "16", "hộ"),
            ("còn nợ 2", "172", "hộ"),
        ] {
            assert_eq!(other(comment, number, unit), None, "{comment}");
        }
    }

    proptest! {
        #[test]
        fn the_number_itself_is_never_another(number in 1_u32..2_000_000, cue in "(|Số đúng là |đã đối chiếu: )") {
            prop_assume!(!(1900..2100).contains(&number));
            let comment = format!("{cue}{}", tonghop_core::vi::format::number(number.into(), Some(0)));
            prop_assert_eq!(other(&comment, &number.to_string(), "hộ"), None);
        }

        #[test]
        fn another_number_beside_the_word_is_always_found(number in 2_100_u32..2_000_000, more in 1_u32..5_000) {
            let comment = format!("Số đúng là {} hộ", tonghop_core::vi::format::number((number + more).into(), Some(0)));
            prop_assert_eq!(other(&comment, &number.to_string(), "hộ"), Some((number + more).to_string()));
        }
    }
}
