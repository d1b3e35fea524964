//! The share below which a figure is behind, one scale for indicators and rows.
//!
//! Input: the number that a rule gives. Output: the share as a decimal number, 1 being all of the plan or of the pace.
//! Not here: what is compared with it.

use crate::lua::error::host_error_with_hint;
use mlua::Lua;
use rust_decimal::Decimal;
use tonghop_core::message::Message;
use tonghop_core::model::quantity::decimal_from_excel;
use tonghop_core::msg;

/// The largest plausible share; a larger number is probably a percentage.
const MAX_SHARE: f64 = 2.0;

/// Returns the share that a rule gives.
///
/// # Errors
/// Returns an error if the number is zero, negative or probably a percentage.
pub(super) fn read_share(lua: &Lua, number: f64) -> mlua::Result<Decimal> {
    let is_plausible = number > 0.0 && number <= MAX_SHARE;
    if let Some(share) = decimal_from_excel(number).filter(|_| is_plausible) {
        return Ok(share);
    }
    let message = msg!("behind: tỷ lệ {number} không hợp lý", "behind: the share {number} is not plausible");
    // 60 for 0.6, the commonest mistake.
    let share = decimal_from_excel(number / 100.0).filter(|_| (MAX_SHARE..=100.0 * MAX_SHARE).contains(&number));
    let Some(share) = share else {
        let hint = Message::new("số thập phân viết bằng dấu chấm: 0.8", "write decimal numbers with a point: 0.8");
        return Err(host_error_with_hint(lua, message, Some(hint)));
    };
    let hint = msg!("{number}% viết là {share}", "write {number}% as {share}", share = share.normalize());
    Err(host_error_with_hint(lua, message, Some(hint)))
}
