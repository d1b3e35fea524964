//! Reads and checks `over`: how an indicator goes over its parts.
//!
//! Input: the text of the key, the finished declaration. Output: the aggregation, or an error at the line of the
//! indicator. Not here: carrying it out (see `eval::aggregate`).

use super::is_valid_name;
use super::reader::DeclarationReader;
use crate::suggest::did_you_mean;
use mlua::Table;
use tonghop_core::message::Message;
use tonghop_core::model::aggregation::Aggregation;
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation, SectorDecl};
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::label::fold_label;
use tonghop_core::{msg, vi};

impl DeclarationReader<'_> {
    /// Reads `over`.
    pub(super) fn over(&self, spec: &Table, at: &[&str]) -> mlua::Result<Option<Aggregation>> {
        let Some(written) = self.get::<String>(spec, "over", at)? else { return Ok(None) };
        parse_over(&written).map(Some).ok_or_else(|| {
            let message = msg!("over = \"{written}\" không hợp lệ", "over = \"{written}\" is not valid");
            let hint = Message::new(
                "ghi \"sum\", \"last\", \"mean(chỉ_tiêu)\", \"ratio(tử/mẫu)\" hoặc \"none\"",
                "write \"sum\", \"last\", \"mean(indicator)\", \"ratio(numerator/denominator)\" or \"none\"",
            );
            let path: Vec<&str> = at.iter().copied().chain(["over"]).collect();
            self.error_at_key_with_hint(message, &path, Some(hint))
        })
    }

    /// Returns an error at the first indicator whose `over` cannot be carried out.
    pub(super) fn check_over(&self, decl: &SectorDecl) -> mlua::Result<()> {
        let problem = |indicator: &IndicatorDecl| Some((check(decl, indicator).err()?, indicator.line));
        match decl.indicators.iter().find_map(problem) {
            Some(((message, hint), line)) => Err(self.error_at_line(message, line, Some(hint))),
            None => Ok(()),
        }
    }
}

fn parse_over(written: &str) -> Option<Aggregation> {
    let id = |text: &str| Some(text.trim()).filter(|text| is_valid_name(text)).map(IndicatorId::new);
    let inner = |name: &str| written.trim().strip_prefix(name)?.trim().strip_prefix('(')?.strip_suffix(')');
    match written.trim() {
        "sum" => Some(Aggregation::Sum),
        "last" => Some(Aggregation::Last),
        "none" => Some(Aggregation::None),
        _ => {
            if let Some(weight) = inner("mean") {
                return Some(Aggregation::Mean { weight: id(weight)? });
            }
            let (numerator, denominator) = inner("ratio")?.split_once('/')?;
            Some(Aggregation::Ratio { numerator: id(numerator)?, denominator: id(denominator)? })
        }
    }
}

/// Checks the `over` of an indicator; an error is a message with a hint.
fn check(decl: &SectorDecl, indicator: &IndicatorDecl) -> Result<(), (Message, Message)> {
    let Some(over) = &indicator.over else { return Ok(()) };
    if decl.related_children(&indicator.id, ParentRelation::Part).next().is_none() {
        return Err((
            msg!(
                "over: chỉ tiêu \"{id}\" không có thành phần",
                "over: the indicator \"{id}\" has no parts",
                id = indicator.id
            ),
            Message::new("thêm parts, by hoặc members, hoặc bỏ over", "add parts, by or members, or remove over"),
        ));
    }
    for operand in over.operands() {
        if decl.indicator(operand.as_str()).is_none() {
            let known: Vec<String> = decl.indicators.iter().map(|known| known.id.to_string()).collect();
            let message =
                msg!("over: ngành không có chỉ tiêu \"{operand}\"", "over: the sector has no indicator \"{operand}\"");
            return Err((message, did_you_mean(operand.as_str(), &known)));
        }
        if *operand == indicator.id {
            let message =
                msg!("over: \"{operand}\" là chính chỉ tiêu này", "over: \"{operand}\" is this indicator itself");
            return Err((message, Message::new("ghi một chỉ tiêu khác", "write another indicator")));
        }
    }
    match over {
        Aggregation::Mean { weight } => check_weights(decl, indicator, weight),
        Aggregation::Ratio { numerator, denominator } => {
            let unit =
                |id: &IndicatorId| decl.indicator(id.as_str()).map_or_else(Unit::none, |found| found.unit.clone());
            check_ratio_units(indicator, &unit(numerator), &unit(denominator))
        }
        Aggregation::Sum | Aggregation::Last | Aggregation::None => Ok(()),
    }
}

/// Checks that each part has a weight.
fn check_weights(decl: &SectorDecl, indicator: &IndicatorDecl, weight: &IndicatorId) -> Result<(), (Message, Message)> {
    let parts = |id| decl.related_children(id, ParentRelation::Part);
    let has_weight = |part: &&IndicatorDecl| parts(weight).any(|w| fold_label(&w.label) == fold_label(&part.label));
    match parts(&indicator.id).find(|part| !has_weight(part)) {
        None => Ok(()),
        Some(part) => Err((
            msg!(
                "over: \"{weight}\" không có thành phần \"{label}\" để làm trọng số",
                "over: \"{weight}\" has no part \"{label}\" that could be the weight",
                label = part.label
            ),
            Message::new(
                "khai báo ở hai chỉ tiêu các thành phần cùng tên",
                "declare parts with the same labels in both indicators",
            ),
        )),
    }
}

/// Checks that the quotient of two units can be in the unit of the indicator.
fn check_ratio_units(
    indicator: &IndicatorDecl,
    numerator: &Unit,
    denominator: &Unit,
) -> Result<(), (Message, Message)> {
    let unknown = |unit: &Unit| unit.base.is_empty();
    let same = |one: &Unit, other: &Unit| one.has_same_base(other) || unknown(one) || unknown(other);
    let counts = vi::unit::is_count(numerator) && vi::unit::is_count(denominator);
    let fits = match indicator.unit.label.rsplit_once('/') {
        Some((of, per)) => same(&vi::unit::parse(of), numerator) && same(&vi::unit::parse(per), denominator),
        None if indicator.unit.is_rate() => same(numerator, denominator) || counts,
        None => true,
    };
    if fits {
        return Ok(());
    }
    Err((
        msg!(
            "over: thương của \"{numerator}\" và \"{denominator}\" không có đơn vị tính \"{unit}\"",
            "over: the quotient of \"{numerator}\" and \"{denominator}\" does not have the unit \"{unit}\"",
            unit = indicator.unit
        ),
        Message::new("kiểm tra đơn vị tính của ba chỉ tiêu", "check the units of the three indicators"),
    ))
}
