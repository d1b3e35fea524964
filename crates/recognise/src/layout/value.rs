//! Parses the amount in a cell of a value column.
//!
//! Input: a cell and the number convention of its sheet. Output: an amount, or why there is none. Not here: number
//! formats and what people write around a number (`cell_reading`), indicators.

use rust_decimal::Decimal;
use tonghop_core::message::Message;
use tonghop_core::model::cell::{RawCell, RawValue};
use tonghop_core::vi::number::{self, Blank, Convention};

/// The content of a cell of a value column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CellAmount {
    Number(Decimal),
    /// A number typed as text.
    TextNumber(Decimal),
    NotApplicable,
    Missing,
    Unreadable(AmountError),
}

/// Why a cell has no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AmountError {
    /// A text that is not a number, or a number in an unknown notation.
    NotANumber,
    /// "1.234" in a sheet whose other numbers do not show whether the dot separates thousands or decimals.
    AmbiguousSeparator,
    /// An error value, or a number that cannot be represented exactly.
    ErrorValue,
    /// A number beyond [`MAX_AMOUNT`](tonghop_core::model::quantity::MAX_AMOUNT).
    TooLarge,
    FormulaWithoutCache,
    /// A date or a Boolean.
    WrongType,
    /// The cell states a unit that cannot be converted to the expected one.
    ForeignUnit,
}

impl AmountError {
    /// Returns the message and the hint.
    pub(crate) fn explain(self) -> (Message, Message) {
        let again = Message::new("nhập lại ô này ở dạng số", "enter this cell again as a number");
        match self {
            Self::NotANumber => (
                Message::new("không phải là số", "is not a number"),
                Message::new(
                    "chỉ nhập số vào ô này; ghi giải thích ở cột Ghi chú",
                    "enter only a number in this cell; write explanations in the notes column",
                ),
            ),
            Self::AmbiguousSeparator => (
                Message::new(
                    "là số gõ dạng văn bản, không rõ dấu chấm hay dấu phẩy là dấu thập phân",
                    "is a number typed as text, and it is not clear whether the point or the comma is the decimal separator",
                ),
                again,
            ),
            Self::ErrorValue => (
                Message::new("là giá trị lỗi", "is an error value"),
                Message::new(
                    "sửa công thức hoặc nhập lại số, rồi lưu tệp",
                    "correct the formula or enter the number again, then save the file",
                ),
            ),
            Self::TooLarge => (
                Message::new(
                    "là số quá lớn, không thể tính chính xác",
                    "is a number too large to compute with exactly",
                ),
                Message::new("kiểm tra và nhập lại số", "check the number and enter it again"),
            ),
            Self::FormulaWithoutCache => (
                Message::new("là công thức chưa có kết quả", "is a formula without a result"),
                Message::new(
                    "mở tệp bằng Excel, để Excel tính lại, rồi lưu tệp",
                    "open the file in Excel, let Excel recalculate, then save the file",
                ),
            ),
            Self::WrongType => (
                Message::new(
                    "là ngày tháng hoặc giá trị đúng/sai, không phải là số",
                    "is a date or a true/false value, not a number",
                ),
                again,
            ),
            Self::ForeignUnit => (
                Message::new(
                    "ghi một đơn vị tính không đổi được sang đơn vị của bảng",
                    "states a unit that cannot be converted to that of the table",
                ),
                Message::new(
                    "chỉ nhập số vào ô này, theo đơn vị tính của bảng",
                    "enter only the number into this cell, in the unit of the table",
                ),
            ),
        }
    }
}

/// Parses a cell; `convention` is that of the sheet, if its texts show one.
pub(crate) fn parse_amount(cell: &RawCell, convention: Option<Convention>) -> CellAmount {
    match &cell.value {
        RawValue::Number(number) => CellAmount::Number(*number),
        RawValue::Text(text) => parse_text(text, convention),
        RawValue::Error(_) => CellAmount::Unreadable(AmountError::ErrorValue),
        RawValue::FormulaWithoutCache => CellAmount::Unreadable(AmountError::FormulaWithoutCache),
        RawValue::Bool(_) | RawValue::Date(_) => CellAmount::Unreadable(AmountError::WrongType),
    }
}

/// Returns whether a cell contains a number, as a number or as text.
pub(crate) fn is_number(cell: &RawCell) -> bool {
    let typed = |text| [Convention::Vietnamese, Convention::English].iter().any(|c| number::parse(text, *c).is_some());
    matches!(cell.value, RawValue::Number(_)) || cell.text().is_some_and(typed)
}

fn parse_text(text: &str, convention: Option<Convention>) -> CellAmount {
    match number::parse_blank(text) {
        Some(Blank::NotApplicable) => CellAmount::NotApplicable,
        Some(Blank::Missing) => CellAmount::Missing,
        None => parse_number(text, convention),
    }
}

/// Parses the text of a number that is not blank.
pub(crate) fn parse_number(text: &str, convention: Option<Convention>) -> CellAmount {
    let read = |convention| number::parse(text, convention).map(|reading| reading.value);
    let (vietnamese, english) = (read(Convention::Vietnamese), read(Convention::English));
    let certain = match convention {
        Some(Convention::Vietnamese) => vietnamese,
        Some(Convention::English) => english,
        None if vietnamese == english => vietnamese,
        None => None,
    };
    // A text that only one convention can write is clear: "1557,8" where nothing else shows the convention, and
    // "1.234,50" even in a sheet of English numbers.
    let is_clear = convention.is_none() || has_both_separators(text);
    let certain = certain.or(vietnamese.xor(english).filter(|_| is_clear));
    match certain {
        Some(number) => CellAmount::TextNumber(number),
        None if vietnamese.is_some() || english.is_some() => CellAmount::Unreadable(AmountError::AmbiguousSeparator),
        None => CellAmount::Unreadable(AmountError::NotANumber),
    }
}

/// Returns whether a text separates both thousands and decimals.
fn has_both_separators(text: &str) -> bool {
    text.contains('.') && text.contains(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbers_blanks_or_faults() {
        let number = |written: &str| written.parse::<Decimal>().unwrap();
        for (text, convention, expected) in [
            ("1.300,0", Some(Convention::Vietnamese), CellAmount::TextNumber(number("1300"))),
            ("8.191", Some(Convention::Vietnamese), CellAmount::TextNumber(number("8191"))),
            ("8.191", Some(Convention::English), CellAmount::TextNumber(number("8.191"))),
            ("8.191", None, CellAmount::Unreadable(AmountError::AmbiguousSeparator)),
            ("12", None, CellAmount::TextNumber(number("12"))),
            ("1,234.50", Some(Convention::Vietnamese), CellAmount::TextNumber(number("1234.5"))),
            ("1557,8", None, CellAmount::TextNumber(number("1557.8"))),
            ("1.234,50", None, CellAmount::TextNumber(number("1234.5"))),
            ("12.5", Some(Convention::Vietnamese), CellAmount::Unreadable(AmountError::AmbiguousSeparator)),
            ("Không", None, CellAmount::NotApplicable),
            ("KPS", None, CellAmount::NotApplicable),
            ("không có số liệu", None, CellAmount::Missing),
            ("-", None, CellAmount::NotApplicable),
            ("…", None, CellAmount::Missing),
            ("khoảng 5", None, CellAmount::Unreadable(AmountError::NotANumber)),
        ] {
            let cell = RawCell { value: RawValue::Text(text.into()), formula: None, number_format: None };
            assert_eq!(parse_amount(&cell, convention), expected, "{text}");
        }
    }
}
