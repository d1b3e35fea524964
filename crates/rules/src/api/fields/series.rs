//! The fields of a series of months or quarters.
//!
//! Input: a series and a name or number. Output: a figure with the name of its month. Not here: which months a series has.

use super::{MemberError, field};
use crate::api::entry::ApiEntry;
use crate::eval::lua_type::LuaType;
use crate::eval::series::SeriesRef;
use crate::eval::value::RuleValue;
use tonghop_core::message::static_message;
use tonghop_core::msg;

/// The fields of a series.
pub(super) const FIELDS: &[ApiEntry] = &[
    field(
        LuaType::Series,
        "current",
        "tonghop.Figure",
        static_message(
            "Số của tháng (quý) cuối kỳ báo cáo; `.label` là tên tháng (quý). Tháng bất kỳ: `d.x.month[3]`, lần lượt: `for m in d.x.month do`, đến hết kỳ báo cáo.",
            "The figure of the last month (quarter) of the reporting period; `.label` names it. Any month: `d.x.month[3]`; one after another: `for m in d.x.month do`, up to the end of the period.",
        ),
        "local m = d.total.month.current",
        |_| None,
    ),
    field(
        LuaType::Series,
        "previous",
        "tonghop.Figure",
        static_message(
            "Số của tháng (quý) ngay trước `current`.",
            "The figure of the month (quarter) before `current`.",
        ),
        "local m = d.total.month.previous",
        |_| None,
    ),
];

/// Returns the member of a series by its name or number; `None` for other values and names.
pub(super) fn member(value: &RuleValue, name: &str) -> Option<Result<RuleValue, MemberError>> {
    let RuleValue::Series(series) = value else { return None };
    let end = series.in_period().end;
    let at = match name {
        "current" => end.checked_sub(1),
        "previous" => end.checked_sub(2),
        number => {
            let number: usize = number.parse().ok()?;
            number.checked_sub(1).filter(|at| *at < series.count())
        }
    };
    Some(match at {
        Some(at) => figure(series, at),
        None => Err(MemberError::Refused((
            msg!("không có phần tử \"{name}\"", "there is no member \"{name}\""),
            msg!("viết số từ 1 đến {count}", "write a number from 1 to {count}", count = series.count()),
        ))),
    })
}

/// Returns the figure at a position of a series, with its name.
pub(crate) fn figure(series: &SeriesRef, at: usize) -> Result<RuleValue, MemberError> {
    let unknown = || MemberError::Unknown(Vec::new());
    let (label, figure) = series.member(at).ok_or_else(unknown)?.map_err(MemberError::Arithmetic)?;
    Ok(RuleValue::SeriesFigure { figure, label })
}
