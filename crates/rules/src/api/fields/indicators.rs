//! The fields of indicators: figures, parts, labels. Not here: the derivation of figures.

use super::{field, wording};
use crate::api::entry::ApiEntry;
use crate::eval::data::IndicatorRef;
use crate::eval::lua_type::LuaType;
use crate::eval::parts::PartSet;
use crate::eval::value::RuleValue;
use tonghop_core::message::static_message;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::quantity::Amount;

/// All fields of an indicator.
pub(super) const FIELDS: &[ApiEntry] = &[
    field(
        LuaType::Indicator,
        "id",
        "string",
        static_message("Mã chỉ tiêu trong quy tắc.", "The name of the indicator in the rules."),
        "local x = d.total.id",
        |v| indicator(v).map(|i| wording(i.decl().id.as_str())),
    ),
    field(
        LuaType::Indicator,
        "label",
        "string",
        static_message("Tên chỉ tiêu như khai báo.", "The label of the indicator as declared."),
        "out:paragraph(\"{total.label}.\")",
        |v| indicator(v).map(|i| wording(&i.decl().label)),
    ),
    field(
        LuaType::Indicator,
        "unit",
        "string",
        static_message("Đơn vị tính, viết đầy đủ.", "The unit, written in full."),
        "local u = d.total.unit",
        |v| indicator(v).map(|i| wording(&i.decl().unit.label)),
    ),
    field(
        LuaType::Indicator,
        "name",
        "string",
        static_message(
            "Tên chỉ tiêu để viết giữa câu: chữ đầu viết thường, trừ khi mở đầu bằng chữ viết tắt.",
            "The label for use inside a sentence: the first letter is lower case, unless the label begins with an abbreviation.",
        ),
        "out:paragraph(\"Về {total.name}.\")",
        |v| indicator(v).map(|i| wording(&lowercase_first(&i.decl().label))),
    ),
    field(
        LuaType::Indicator,
        "of",
        "tonghop.Indicator",
        static_message("Chỉ tiêu ghi ở `of` khi khai báo.", "The indicator declared with `of`."),
        "local _ = nil",
        |v| {
            let whole = indicator(v)?;
            IndicatorRef::find(&whole.data, whole.decl().ratio_base.as_ref()?.as_str()).map(RuleValue::Indicator)
        },
    ),
    field(
        LuaType::Indicator,
        "names",
        "tonghop.Text",
        static_message(
            "Các tên ở những dòng bên dưới, nếu chỉ tiêu được khai báo là số đếm của chúng.",
            "The names in the rows below the indicator, if it is declared to count them.",
        ),
        "local n = d.one.names",
        |v| {
            let counted = indicator(v)?;
            Some(RuleValue::NameCells(counted.data.names.get(&counted.decl().id).cloned().unwrap_or_default().into()))
        },
    ),
    field(
        LuaType::Indicator,
        "parts",
        "tonghop.Parts",
        static_message(
            "Các chỉ tiêu ngay bên dưới, gọi theo mã hoặc lần lượt từng chỉ tiêu.",
            "The indicators directly below it, by name or one after another.",
        ),
        "for p in d.total.parts do local f = p.share end",
        |v| indicator(v).map(|i| RuleValue::Parts(PartSet::all(i.clone()))),
    ),
    field(
        LuaType::Indicator,
        "reason",
        "string",
        static_message(
            "Lý do chưa xét được chỉ tiêu so với kế hoạch; xét được thì để trống.",
            "Why the indicator cannot be judged against its plans; empty if it can.",
        ),
        "for i in d:unjudged() do out:item(\"{i.label}: {i.reason}.\", { i = i }) end",
        |v| indicator(v).map(|i| wording(&i.unjudged_reason())),
    ),
    field(
        LuaType::Indicator,
        "reached",
        "string",
        static_message(
            "\"đạt\" hoặc \"ước đạt\", tùy số liệu là chính thức hay số ước; chưa có số liệu thì để trống.",
            "\"đạt\" or \"ước đạt\", depending on whether the figure is final or an estimate; empty if there is no figure.",
        ),
        "out:paragraph(\"Tổng số {total.reached} {total}.\")",
        |v| indicator(v).map(reached),
    ),
    field(
        LuaType::Indicator,
        "estimated",
        "string",
        static_message(
            "\"ước\" nếu là số ước, để trống nếu là số chính thức: {x.estimated} đón {x}.",
            "\"ước\" if the figure is an estimate, empty if it is final: {x.estimated} đón {x}.",
        ),
        "out:paragraph(\"Thành phố {total.estimated} đón {total}.\")",
        |v| indicator(v).map(estimated),
    ),
];

pub(super) fn indicator(value: &RuleValue) -> Option<&IndicatorRef> {
    match value {
        RuleValue::Indicator(indicator) => Some(indicator),
        _ => None,
    }
}

fn reached(indicator: &IndicatorRef) -> RuleValue {
    let actual = indicator.figure(&Measure::Actual);
    wording(match (actual.amount, actual.status) {
        (Amount::Missing | Amount::NotApplicable, _) => "",
        (_, Status::Final) => "đạt",
        (_, Status::Estimate) => "ước đạt",
    })
}

fn estimated(indicator: &IndicatorRef) -> RuleValue {
    let actual = indicator.figure(&Measure::Actual);
    wording(if actual.is_known() && actual.status == Status::Estimate { "ước" } else { "" })
}

/// Lowercases the first letter, unless the second is a capital too (LPG, OCOP).
fn lowercase_first(label: &str) -> String {
    let mut letters = label.chars();
    let Some(first) = letters.next() else { return String::new() };
    let rest = letters.as_str();
    match rest.chars().next() {
        Some(second) if second.is_uppercase() => label.to_owned(),
        _ => first.to_lowercase().chain(rest.chars()).collect(),
    }
}
