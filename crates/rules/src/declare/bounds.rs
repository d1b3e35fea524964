//! Reads and checks `range`, `sign` and `whole`: the numbers that an indicator can have.
//!
//! Input: the table of an indicator. Output: its bounds, or an error at the line of the key. Not here: comparing figures
//! with them.

use super::reader::DeclarationReader;
use mlua::Table;
use tonghop_core::message::Message;
use tonghop_core::model::bounds::{Bounds, Range};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::quantity::decimal_from_excel;

impl DeclarationReader<'_> {
    /// Reads the bounds of an indicator.
    pub(super) fn bounds(&self, spec: &Table, at: &[&str]) -> mlua::Result<Bounds> {
        let has_any_sign = self.get::<String>(spec, "sign", at)?.is_some();
        Ok(Bounds { range: self.range(spec, at)?, has_any_sign, is_whole: self.get(spec, "whole", at)? })
    }

    fn range(&self, spec: &Table, at: &[&str]) -> mlua::Result<Option<Range>> {
        let Some(written) = self.get::<Table>(spec, "range", at)? else { return Ok(None) };
        let ends: Vec<f64> = written.sequence_values::<f64>().take(3).collect::<mlua::Result<_>>().unwrap_or_default();
        let range = match ends[..] {
            [low, high] => decimal_from_excel(low).zip(decimal_from_excel(high)),
            _ => None,
        };
        range.and_then(|(low, high)| Range::new(low, high)).map(Some).ok_or_else(|| {
            let message = Message::new(
                "range cần đúng hai con số, số thấp trước số cao",
                "range needs exactly two numbers, the lower one first",
            );
            let hint = Message::new(
                "ghi theo đơn vị tính của chỉ tiêu: range = { 0, 100 }",
                "write them in the unit of the indicator: range = { 0, 100 }",
            );
            let path: Vec<&str> = at.iter().copied().chain(["range"]).collect();
            self.error_at_key_with_hint(message, &path, Some(hint))
        })
    }
}

/// Returns the bounds of the members of an indicator: an amount of one member may be below the range of the whole.
pub(super) fn member_bounds(whole: &IndicatorDecl) -> Bounds {
    Bounds { range: whole.bounds.range.filter(|_| whole.unit.is_rate()), ..whole.bounds }
}
