//! The fields for the measures of indicators, of a selection of rows and of one row.
//!
//! A measure that rules can name has its entries here, and nowhere else in this crate.

use super::field;
use super::indicators::indicator;
use crate::api::entry::ApiEntry;
use crate::eval::data::TargetMeasure;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use tonghop_core::message::{Message, StaticMessage, static_message};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::msg;

/// The doc of `yoy`, the same for a selection and for one row.
const YOY_DOC: StaticMessage = static_message(
    "Mức tăng, giảm của số thực hiện so với cùng kỳ, tính bằng phần trăm.",
    "The change of the actual figure from last year, in percent.",
);

const fn selection_field(name: &'static str, doc: StaticMessage, example: &'static str) -> ApiEntry {
    field(LuaType::Records, name, "tonghop.Figure", doc, example, |_| None)
}

const fn row_field(name: &'static str, doc: StaticMessage, example: &'static str) -> ApiEntry {
    field(LuaType::Record, name, "tonghop.Figure", doc, example, |_| None)
}

/// The fields of all measures.
pub(super) const FIELDS: &[ApiEntry] = &[
    field(
        LuaType::Indicator,
        "actual",
        "tonghop.Figure",
        static_message("Số thực hiện.", "The actual figure of the period."),
        "local f = d.total.actual",
        |v| measure_field(v, Measure::Actual),
    ),
    field(
        LuaType::Indicator,
        "last_year",
        "tonghop.Figure",
        static_message("Số cùng kỳ năm trước.", "The figure of the same period last year."),
        "local f = d.total.last_year",
        |v| measure_field(v, Measure::LastYear),
    ),
    field(
        LuaType::Indicator,
        "yoy",
        "tonghop.Figure",
        static_message(
            "Tăng, giảm bao nhiêu phần trăm so với cùng kỳ năm trước; in là \"tăng 11% so với cùng kỳ năm …\".",
            "The change from the same period last year, in percent; printed as \"tăng 11% so với cùng kỳ năm …\".",
        ),
        "out:paragraph(\"Tổng số {total}[, {total.yoy}].\")",
        |v| measure_field(v, Measure::Yoy),
    ),
    field(
        LuaType::Indicator,
        "change",
        "tonghop.Figure",
        static_message(
            "Tăng, giảm bao nhiêu so với cùng kỳ năm trước, theo đơn vị tính của chỉ tiêu; in là \"tăng 97 ca so với cùng kỳ năm …\".",
            "The change from the same period last year, in the unit of the indicator; printed as \"tăng 97 ca so với cùng kỳ năm …\".",
        ),
        "out:paragraph(\"Có {rate}[, {rate.change}].\")",
        |v| indicator(v).and_then(|i| i.computed_figure(Measure::Change).ok()).map(RuleValue::Figure),
    ),
    field(
        LuaType::Indicator,
        "ratio",
        "tonghop.Figure",
        static_message(
            "Bằng bao nhiêu phần trăm chỉ tiêu ghi ở `of` khi khai báo.",
            "The actual figure as a percentage of the indicator declared with `of`.",
        ),
        "local f = d.one.ratio",
        |v| measure_field(v, Measure::Ratio),
    ),
    field(
        LuaType::Indicator,
        "share",
        "tonghop.Figure",
        static_message(
            "Tỷ trọng (phần trăm) trong chỉ tiêu mà nó là thành phần.",
            "The share, in percent, of the indicator that it is a part of.",
        ),
        "local f = d.one.share",
        |v| measure_field(v, Measure::Share),
    ),
    field(
        LuaType::Indicator,
        "target",
        "tonghop.Targets",
        static_message("Các kế hoạch của chỉ tiêu, theo tên.", "The plans of the indicator, by name."),
        "local f = d.total.target.annual",
        |v| target_field(v, TargetMeasure::Target),
    ),
    field(
        LuaType::Indicator,
        "attainment",
        "tonghop.Targets",
        static_message(
            "Đạt bao nhiêu phần trăm kế hoạch, theo tên kế hoạch; chỉ có một kế hoạch thì không cần ghi tên.",
            "The percentage of a plan that was reached, by plan name; the name may be omitted if there is only one plan.",
        ),
        "out:paragraph(\"Đạt {total.attainment} kế hoạch.\")",
        |v| target_field(v, TargetMeasure::Attainment),
    ),
    field(
        LuaType::Indicator,
        "lag",
        "tonghop.Targets",
        static_message(
            "Chậm bao nhiêu điểm phần trăm so với nhịp độ chia đều trong năm, theo kế hoạch; in là \"chậm 11 điểm phần trăm so với nhịp độ\".",
            "Percentage points behind an even pace, by plan; printed as \"chậm 11 điểm phần trăm so với nhịp độ\".",
        ),
        "local f = d.total.lag.annual",
        |v| target_field(v, TargetMeasure::Lag),
    ),
    selection_field(
        "actual",
        static_message(
            "Thực hiện: tổng của các dòng có số.",
            "The actual figure: the sum over the rows that have a number.",
        ),
        "out:paragraph(\"Tổng số {items.actual}.\")",
    ),
    selection_field(
        "last_year",
        static_message(
            "Cùng kỳ năm trước: tổng của các dòng có số.",
            "The same period last year: the sum over the rows that have a number.",
        ),
        "out:paragraph(\"{items.last_year}\")",
    ),
    selection_field("yoy", YOY_DOC, "out:paragraph(\"Tổng số {items.yoy}.\")"),
    row_field(
        "actual",
        static_message("Thực hiện.", "The actual figure."),
        "for r in d.items do out:item(\"{r.label}: {r.actual}.\", { r = r }) end",
    ),
    row_field(
        "last_year",
        static_message("Cùng kỳ năm trước.", "The figure of the same period last year."),
        "for r in d.items do local before = r.last_year end",
    ),
    row_field("yoy", YOY_DOC, "for r in d.items do local change = r.yoy end"),
    field(
        LuaType::Records,
        "target",
        "tonghop.Targets",
        static_message(
            "Tổng kế hoạch của các dòng; nhiều kế hoạch thì gọi theo tên.",
            "The sum of the plans of the rows; by name if there are several plans.",
        ),
        "out:paragraph(\"Kế hoạch {items.target}.\")",
        |v| rows_by_target(v, TargetMeasure::Target),
    ),
    field(
        LuaType::Records,
        "attainment",
        "tonghop.Targets",
        static_message(
            "Tổng thực hiện so với tổng kế hoạch, tính bằng phần trăm.",
            "The sum of the actual figures as a percentage of the sum of the plans.",
        ),
        "out:paragraph(\"Đạt {items.attainment} kế hoạch.\")",
        |v| rows_by_target(v, TargetMeasure::Attainment),
    ),
    field(
        LuaType::Record,
        "target",
        "tonghop.Targets",
        static_message(
            "Kế hoạch của dòng theo tên; một kế hoạch thì bỏ tên được.",
            "The plans of the row, by name; the name may be omitted if there is only one plan.",
        ),
        "for r in d.items do local plan = r.target.annual end",
        |v| rows_by_target(v, TargetMeasure::Target),
    ),
    field(
        LuaType::Record,
        "attainment",
        "tonghop.Targets",
        static_message(
            "Tỷ lệ đạt kế hoạch, theo tên kế hoạch.",
            "The percentage of a plan that was reached, by plan name.",
        ),
        "for r in d.items do local reached = r.attainment.annual end",
        |v| rows_by_target(v, TargetMeasure::Attainment),
    ),
];

fn measure_field(value: &RuleValue, measure: Measure) -> Option<RuleValue> {
    indicator(value).map(|i| RuleValue::Figure(i.figure(&measure)))
}

fn target_field(value: &RuleValue, family: TargetMeasure) -> Option<RuleValue> {
    indicator(value).map(|i| RuleValue::ByTarget(i.clone(), family))
}

/// Returns why an indicator has no figure called `name`: a proportion changes in points, and is part of no sum and no
/// even pace.
pub(super) fn refused(value: &RuleValue, name: &str) -> Option<(Message, Message)> {
    let own = indicator(value)?;
    let decl = own.decl();
    if name == "of" && decl.ratio_base.is_none() {
        return Some(without_denominator(decl));
    }
    if !own.is_proportion() {
        return None;
    }
    let hint = match name {
        "yoy" => msg!(
            "dùng {id}.change: thay đổi tính bằng điểm phần trăm (điểm phần nghìn)",
            "use {id}.change, the change in percentage points (points per thousand)",
            id = decl.id
        ),
        "share" | "lag" => Message::new("bỏ chỗ này", "remove it"),
        _ => return None,
    };
    let message = msg!(
        "chỉ tiêu tính bằng {unit} không có \"{name}\"",
        "an indicator in {unit} has no \"{name}\"",
        unit = own.figure(&Measure::Actual).unit
    );
    Some((message, hint))
}

/// Returns why the declaration of an indicator leaves a figure called `name` always missing, and what to write.
pub(crate) fn impossible(value: &RuleValue, name: &str) -> Option<(Message, Message)> {
    let decl = indicator(value)?.decl();
    match name {
        "share" if decl.parent.is_none() => Some((
            msg!(
                "\"{id}\" không thuộc chỉ tiêu nào nên không có tỷ trọng",
                "\"{id}\" is no part of an indicator, so it has no share",
                id = decl.id
            ),
            Message::new(
                "khai báo trong parts hoặc of_which của chỉ tiêu tổng; tỷ lệ so với một chỉ tiêu khác thì ghi of và dùng .ratio",
                "declare it in parts or of_which of its total; for the ratio to another indicator, write of and use .ratio",
            ),
        )),
        "ratio" if decl.ratio_base.is_none() => Some(without_denominator(decl)),
        _ => None,
    }
}

/// Returns why an indicator has no ratio, and what to declare.
fn without_denominator(decl: &IndicatorDecl) -> (Message, Message) {
    let message = msg!(
        "\"{id}\" không khai báo of nên không có tỷ lệ",
        "\"{id}\" declares no of, so it has no ratio",
        id = decl.id
    );
    let hint =
        Message::new("ghi of = \"chỉ tiêu mẫu số\" trong khai báo", "write of = \"denominator\" in its declaration");
    (message, hint)
}

/// Returns the figure called `name`, if there is one; rows with incompatible units are an error.
pub(super) fn figure(value: &RuleValue, name: &str) -> Option<Result<FigureRef, ArithmeticError>> {
    match value {
        RuleValue::Rows(rows) => {
            let measure = Measure::parse(name);
            let is_declared = match &measure {
                Measure::Custom(custom) => rows.data().decl.measures.contains(custom),
                _ => FIELDS.iter().any(|field| field.owner != LuaType::Indicator && field.name == name),
            };
            if !is_declared {
                return None;
            }
            Some(rows.figure(&measure))
        }
        RuleValue::RowsByTarget(rows, family) => Some(rows.figure(&family.measure(rows.target(Some(name))?.clone()))),
        _ => None,
    }
}

fn rows_by_target(value: &RuleValue, family: TargetMeasure) -> Option<RuleValue> {
    match value {
        RuleValue::Rows(rows) => Some(RuleValue::RowsByTarget(rows.clone(), family)),
        _ => None,
    }
}
