//! The amount that a cell of a value column holds.
//!
//! In comes a cell with the convention of its sheet; out goes an amount, or why there is none. Never here: units,
//! indicators.

use rust_decimal::Decimal;
use tonghop_core::message::Words;
use tonghop_core::model::cell::{RawCell, RawValue};
use tonghop_core::vi::number::{self, Blank, Convention};

/// What a cell of a value column holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CellAmount {
    Number(Decimal),
    /// A number that was typed as text.
    Typed(Decimal),
    NotApplicable,
    Missing,
    Unreadable(Fault),
}

/// Why a cell gives no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Words, or a number in an unknown form.
    Words,
    /// "1.234" in a sheet that does not say whether the dot parts thousands or decimals.
    Ambiguous,
    /// An error value, or a number beyond what is exact.
    Error,
    Unevaluated,
    /// A date or a truth value.
    Kind,
}

impl Fault {
    /// Returns what is wrong and what to do.
    pub(crate) fn explain(self) -> (Words, Words) {
        let again = Words::new("nhập lại ô này ở dạng số", "enter this cell again as a number");
        match self {
            Self::Words => (
                Words::new("không phải là số", "is not a number"),
                Words::new(
                    "chỉ nhập số vào ô này; ghi giải thích ở cột Ghi chú",
                    "enter only a number into this cell; write explanations into the column of notes",
                ),
            ),
            Self::Ambiguous => (
                Words::new(
                    "là số gõ dạng văn bản, không rõ dấu chấm hay dấu phẩy là dấu thập phân",
                    "is a number typed as text, and it is not clear whether its point or comma marks the decimals",
                ),
                again,
            ),
            Self::Error => (
                Words::new("là giá trị lỗi", "is an error value"),
                Words::new(
                    "sửa công thức hoặc nhập lại số, rồi lưu tệp",
                    "mend the formula or enter the number again, then save the file",
                ),
            ),
            Self::Unevaluated => (
                Words::new("là công thức chưa có kết quả", "is a formula without a result"),
                Words::new(
                    "mở tệp bằng Excel, để Excel tính lại, rồi lưu tệp",
                    "open the file in Excel, let Excel calculate, then save the file",
                ),
            ),
            Self::Kind => (
                Words::new(
                    "là ngày tháng hoặc giá trị đúng/sai, không phải là số",
                    "is a date or a truth value, not a number",
                ),
                again,
            ),
        }
    }
}

/// Reads a cell; `convention` is that of the sheet's texts, where they tell.
pub(crate) fn amount(cell: &RawCell, convention: Option<Convention>) -> CellAmount {
    match &cell.value {
        RawValue::Number(number) => CellAmount::Number(*number),
        RawValue::Text(text) => typed(text, convention),
        RawValue::Error(_) => CellAmount::Unreadable(Fault::Error),
        RawValue::Unevaluated => CellAmount::Unreadable(Fault::Unevaluated),
        RawValue::Bool(_) | RawValue::Date(_) => CellAmount::Unreadable(Fault::Kind),
    }
}

/// Tells whether a cell holds a number, typed as text or not.
pub(crate) fn is_number(cell: &RawCell) -> bool {
    let typed = |text| [Convention::Vietnamese, Convention::English].iter().any(|c| number::read(text, *c).is_some());
    matches!(cell.value, RawValue::Number(_)) || cell.text().is_some_and(typed)
}

fn typed(text: &str, convention: Option<Convention>) -> CellAmount {
    match number::blank(text) {
        Some(Blank::NotApplicable) => return CellAmount::NotApplicable,
        Some(Blank::Missing) => return CellAmount::Missing,
        None => {}
    }
    let read = |convention| number::read(text, convention).map(|reading| reading.value);
    let (vietnamese, english) = (read(Convention::Vietnamese), read(Convention::English));
    let certain = match convention {
        Some(Convention::Vietnamese) => vietnamese,
        Some(Convention::English) => english,
        None if vietnamese == english => vietnamese,
        None => None,
    };
    match certain {
        Some(number) => CellAmount::Typed(number),
        None if vietnamese.is_some() || english.is_some() => CellAmount::Unreadable(Fault::Ambiguous),
        None => CellAmount::Unreadable(Fault::Words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbers_blanks_or_faults() {
        let number = |written: &str| written.parse::<Decimal>().unwrap();
        for (text, convention, expected) in [
            ("1.300,0", Some(Convention::Vietnamese), CellAmount::Typed(number("1300"))),
            ("8.191", Some(Convention::Vietnamese), CellAmount::Typed(number("8191"))),
            ("8.191", Some(Convention::English), CellAmount::Typed(number("8.191"))),
            ("8.191", None, CellAmount::Unreadable(Fault::Ambiguous)),
            ("12", None, CellAmount::Typed(number("12"))),
            ("-", None, CellAmount::NotApplicable),
            ("…", None, CellAmount::Missing),
            ("khoảng 5", None, CellAmount::Unreadable(Fault::Words)),
        ] {
            let cell = RawCell { value: RawValue::Text(text.into()), formula: None, number_format: None };
            assert_eq!(amount(&cell, convention), expected, "{text}");
        }
    }
}
