//! The fields of indicators: figures, parts, labels. Not here: the derivation of figures.

use super::{field, words};
use crate::api::entry::Entry;
use crate::eval::data::{ByTarget, IndicatorRef};
use crate::eval::owner::Owner;
use crate::eval::value::Value;
use tonghop_core::message::both;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::quantity::Amount;

/// All fields of an indicator.
pub(super) const FIELDS: &[Entry] = &[
    field(
        Owner::Indicator,
        "id",
        "string",
        both("Mã chỉ tiêu trong quy tắc.", "Its name in the rules."),
        "local x = d.total.id",
        |v| indicator(v).map(|i| words(i.decl().id.as_str())),
    ),
    field(
        Owner::Indicator,
        "label",
        "string",
        both("Tên chỉ tiêu như khai báo.", "Its label as declared."),
        "out:paragraph(\"{total.label}.\")",
        |v| indicator(v).map(|i| words(&i.decl().label)),
    ),
    field(
        Owner::Indicator,
        "unit",
        "string",
        both("Đơn vị tính, viết đầy đủ.", "Its unit as written out."),
        "local u = d.total.unit",
        |v| indicator(v).map(|i| words(&i.decl().unit.label)),
    ),
    field(
        Owner::Indicator,
        "name",
        "string",
        both(
            "Tên chỉ tiêu để viết giữa câu: chữ đầu viết thường, trừ khi mở đầu bằng chữ viết tắt.",
            "Its label as it stands inside a sentence: the first letter small, unless it begins an abbreviation.",
        ),
        "out:paragraph(\"Về {total.name}.\")",
        |v| indicator(v).map(|i| words(&inside_sentence(&i.decl().label))),
    ),
    field(
        Owner::Indicator,
        "actual",
        "tonghop.Figure",
        both("Số thực hiện.", "What was reached in the period."),
        "local f = d.total.actual",
        |v| measured(v, Measure::Actual),
    ),
    field(
        Owner::Indicator,
        "last_year",
        "tonghop.Figure",
        both("Số cùng kỳ năm trước.", "The same period last year."),
        "local f = d.total.last_year",
        |v| measured(v, Measure::LastYear),
    ),
    field(
        Owner::Indicator,
        "yoy",
        "tonghop.Figure",
        both(
            "Tăng, giảm bao nhiêu phần trăm so với cùng kỳ năm trước; in là \"tăng 11% so với cùng kỳ năm …\".",
            "The change on the same period last year, in percent; printed as \"tăng 11% so với cùng kỳ năm …\".",
        ),
        "out:paragraph(\"Tổng số {total}[, {total.yoy}].\")",
        |v| measured(v, Measure::Yoy),
    ),
    field(
        Owner::Indicator,
        "change",
        "tonghop.Figure",
        both(
            "Tăng, giảm bao nhiêu so với cùng kỳ năm trước, theo đơn vị tính của chỉ tiêu; in là \"tăng 97 ca so với cùng kỳ năm …\".",
            "The change on the same period last year, in its own unit; printed as \"tăng 97 ca so với cùng kỳ năm …\".",
        ),
        "out:paragraph(\"Có {rate}[, {rate.change}].\")",
        |v| indicator(v).and_then(|i| i.computed(Measure::Change).ok()).map(Value::Figure),
    ),
    field(
        Owner::Indicator,
        "ratio",
        "tonghop.Figure",
        both(
            "Bằng bao nhiêu phần trăm chỉ tiêu ghi ở `of` khi khai báo.",
            "Percent of the indicator that the declaration names with `of`.",
        ),
        "local f = d.one.ratio",
        |v| measured(v, Measure::Ratio),
    ),
    field(
        Owner::Indicator,
        "of",
        "tonghop.Indicator",
        both("Chỉ tiêu ghi ở `of` khi khai báo.", "The indicator that the declaration names with `of`."),
        "local _ = nil",
        |v| {
            let whole = indicator(v)?;
            IndicatorRef::find(&whole.data, whole.decl().of.as_ref()?.as_str()).map(Value::Indicator)
        },
    ),
    field(
        Owner::Indicator,
        "names",
        "tonghop.Text",
        both(
            "Các tên ở những dòng bên dưới, nếu chỉ tiêu được khai báo là số đếm của chúng.",
            "The names that stand below it, where it is declared to count them.",
        ),
        "local n = d.one.names",
        |v| {
            let counted = indicator(v)?;
            Some(Value::Names(counted.data.names.get(&counted.decl().id).cloned().unwrap_or_default().into()))
        },
    ),
    field(
        Owner::Indicator,
        "share",
        "tonghop.Figure",
        both("Tỷ trọng (phần trăm) trong chỉ tiêu mà nó là thành phần.", "Percent of the indicator it is a part of."),
        "local f = d.one.share",
        |v| measured(v, Measure::Share),
    ),
    field(
        Owner::Indicator,
        "target",
        "tonghop.Targets",
        both("Các kế hoạch của chỉ tiêu, theo tên.", "Its plans by name."),
        "local f = d.total.target.annual",
        |v| by_target(v, ByTarget::Target),
    ),
    field(
        Owner::Indicator,
        "attainment",
        "tonghop.Targets",
        both(
            "Đạt bao nhiêu phần trăm kế hoạch, theo tên kế hoạch; chỉ có một kế hoạch thì không cần ghi tên.",
            "Percent of a plan, by the plan's name; with one plan the name may be left out.",
        ),
        "out:paragraph(\"Đạt {total.attainment} kế hoạch.\")",
        |v| by_target(v, ByTarget::Attainment),
    ),
    field(
        Owner::Indicator,
        "lag",
        "tonghop.Targets",
        both(
            "Chậm bao nhiêu điểm phần trăm so với nhịp độ chia đều trong năm, theo kế hoạch; in là \"chậm 11 điểm phần trăm so với nhịp độ\".",
            "Percentage points behind an even pace, by plan; printed as \"chậm 11 điểm phần trăm so với nhịp độ\".",
        ),
        "local f = d.total.lag.annual",
        |v| by_target(v, ByTarget::Lag),
    ),
    field(
        Owner::Indicator,
        "parts",
        "tonghop.Parts",
        both(
            "Các chỉ tiêu ngay bên dưới, gọi theo mã hoặc lần lượt từng chỉ tiêu.",
            "The indicators right below it, by name or one after the other.",
        ),
        "for p in d.total.parts do local f = p.share end",
        |v| indicator(v).map(|i| Value::Parts(i.clone())),
    ),
    field(
        Owner::Indicator,
        "reached",
        "string",
        both(
            "\"đạt\" hoặc \"ước đạt\", tùy số liệu là chính thức hay số ước; chưa có số liệu thì để trống.",
            "\"đạt\" or \"ước đạt\", as its figure is final or an estimate; nothing where it is missing.",
        ),
        "out:paragraph(\"Tổng số {total.reached} {total}.\")",
        |v| indicator(v).map(reached),
    ),
    field(
        Owner::Indicator,
        "estimated",
        "string",
        both(
            "\"ước\" nếu là số ước, để trống nếu là số chính thức: {x.estimated} đón {x}.",
            "\"ước\" where its figure is an estimate, nothing where it is final: {x.estimated} đón {x}.",
        ),
        "out:paragraph(\"Thành phố {total.estimated} đón {total}.\")",
        |v| indicator(v).map(estimated),
    ),
];

fn indicator(value: &Value) -> Option<&IndicatorRef> {
    match value {
        Value::Indicator(indicator) => Some(indicator),
        _ => None,
    }
}

fn measured(value: &Value, measure: Measure) -> Option<Value> {
    indicator(value).map(|i| Value::Figure(i.figure(&measure)))
}

fn by_target(value: &Value, family: ByTarget) -> Option<Value> {
    indicator(value).map(|i| Value::ByTarget(i.clone(), family))
}

fn reached(indicator: &IndicatorRef) -> Value {
    let actual = indicator.figure(&Measure::Actual);
    words(match (actual.amount, actual.status) {
        (Amount::Missing | Amount::NotApplicable, _) => "",
        (_, Status::Final) => "đạt",
        (_, Status::Estimate) => "ước đạt",
    })
}

fn estimated(indicator: &IndicatorRef) -> Value {
    let actual = indicator.figure(&Measure::Actual);
    words(if actual.is_known() && actual.status == Status::Estimate { "ước" } else { "" })
}

/// Lowercases the first letter, unless the second is a capital too (LPG, OCOP).
fn inside_sentence(label: &str) -> String {
    let mut letters = label.chars();
    let Some(first) = letters.next() else { return String::new() };
    let rest = letters.as_str();
    match rest.chars().next() {
        Some(second) if second.is_uppercase() => label.to_owned(),
        _ => first.to_lowercase().chain(rest.chars()).collect(),
    }
}
