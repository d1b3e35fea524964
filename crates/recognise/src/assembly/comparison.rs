//! Compares the figures that several cells, sheets or files give.
//!
//! Output: whether two figures give the same number, and the words that messages about them share. Not here: decisions.

use tonghop_core::diag::Message;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::vi::format::quantity_message;

/// The share of the content of a form that another one must have to be the same form, in percent.
pub(super) const MIN_SHARED_PERCENT: usize = 80;
/// The number of items that one message names.
pub(super) const MAX_LISTED: usize = 3;

/// Returns whether two figures of one key give the same number; "không phát sinh" is the same as zero.
pub(super) fn is_same_number(one: &Figure, other: &Figure) -> bool {
    let number = |figure: &Figure| match figure.amount {
        Amount::NotApplicable => Amount::Known(0.into()),
        amount => amount,
    };
    let is_same_unit = |one: &Unit, other: &Unit| one.scale == other.scale && one.has_same_base(other);
    number(one) == number(other) && (is_same_unit(&one.unit, &other.unit) || number(one) == Amount::Known(0.into()))
}

/// Formats the amount of a figure for messages.
pub(crate) fn format_amount(figure: &Figure) -> Message {
    match figure.amount {
        Amount::Known(number) => quantity_message(number, &figure.unit.to_string()),
        Amount::NotApplicable => Message::verbatim("\"-\""),
        Amount::Missing => Message::new("trống", "empty"),
    }
}

/// Returns what to do about forms that disagree.
pub(super) fn rivals_hint() -> Message {
    Message::new(
        "giữ lại biểu đúng và bỏ biểu kia; nếu mỗi biểu là của một nơi (xã, phường) thì khai báo các nơi trong [members] của tonghop.toml; [duplicates] keep trong tonghop.toml chọn giữa hai tệp của một đơn vị",
        "keep the correct form and remove the other one; if each form is that of a place (a commune, a ward), declare the places in [members] of tonghop.toml; [duplicates] keep in tonghop.toml chooses between two files of a department",
    )
}
