//! The fields of a selection of rows and of one row of an open table. Not here: the selection of rows.

use super::{field, wording};
use crate::api::entry::ApiEntry;
use crate::eval::data::TargetMeasure;
use crate::eval::lua_type::LuaType;
use crate::eval::rows::RowOrSelection;
use crate::eval::value::RuleValue;
use tonghop_core::message::{StaticMessage, static_message};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::measure::Measure;

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

/// All fields of a selection of rows and of one row.
pub(super) const FIELDS: &[ApiEntry] = &[
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
    field(
        LuaType::Records,
        "count",
        "tonghop.Figure",
        static_message("Số dòng.", "The number of rows."),
        "out:paragraph(\"Có {items.count} dòng.\")",
        |v| match v {
            RuleValue::Rows(RowOrSelection::Many(rows)) => Some(RuleValue::Figure(rows.selection.count())),
            _ => None,
        },
    ),
    field(
        LuaType::Records,
        "title",
        "tonghop.Text",
        static_message("Chữ của cột dùng để nhóm các dòng.", "The text of the field by which the rows were grouped."),
        "for _, group in d.items:by(\"field\") do out:item(\"{g.title}.\", { g = group }) end",
        |v| match v {
            RuleValue::Rows(rows) => Some(RuleValue::TextCells(rows.group_title().into_iter().collect())),
            _ => None,
        },
    ),
    field(
        LuaType::Record,
        "label",
        "tonghop.Text",
        static_message("Tên dòng như đơn vị đã ghi.", "The label of the row as the department wrote it."),
        "for r in d.items do out:item(\"{r.label}.\", { r = r }) end",
        |v| match v {
            RuleValue::Rows(RowOrSelection::One(row)) => {
                Some(RuleValue::TextCells([row.table.label_cell(row.row)].into()))
            }
            _ => None,
        },
    ),
    field(
        LuaType::Record,
        "unit",
        "string",
        static_message("Đơn vị tính viết đầy đủ.", "The unit, written in full."),
        "for r in d.items do local unit = r.unit end",
        |v| match v {
            RuleValue::Rows(RowOrSelection::One(row)) => Some(wording(&row.table.unit(row.row).label)),
            _ => None,
        },
    ),
    field(
        LuaType::Record,
        "department",
        "string",
        static_message("Tên đơn vị báo cáo.", "The name of the department."),
        "for r in d.items do local who = r.department end",
        |v| match v {
            RuleValue::Rows(RowOrSelection::One(row)) => Some(RuleValue::Wording(row.department())),
            _ => None,
        },
    ),
];

/// Returns the figure called `name`, if there is one; rows with incompatible units are an error.
pub(super) fn figure(value: &RuleValue, name: &str) -> Option<Result<FigureRef, ArithmeticError>> {
    match value {
        RuleValue::Rows(rows) => {
            let measure = Measure::parse(name);
            let is_declared = match &measure {
                Measure::Custom(custom) => rows.data().decl.measures.contains(custom),
                _ => FIELDS.iter().any(|field| field.name == name),
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
