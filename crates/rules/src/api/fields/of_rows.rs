//! The fields of a selection of rows and of one row of an open table. Not here: the selection of rows.

use super::{field, words};
use crate::api::entry::Entry;
use crate::eval::data::ByTarget;
use crate::eval::owner::Owner;
use crate::eval::rows::Rows;
use crate::eval::value::Value;
use tonghop_core::message::{Both, both};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::measure::Measure;

/// The doc of `yoy`, the same for a selection and for one row.
const CHANGE: Both = both(
    "Mức tăng, giảm của số thực hiện so với cùng kỳ, tính bằng phần trăm.",
    "The change of the actual on last year, in percent.",
);

const fn sum(name: &'static str, doc: Both, example: &'static str) -> Entry {
    field(Owner::Records, name, "tonghop.Figure", doc, example, |_| None)
}

const fn one(name: &'static str, doc: Both, example: &'static str) -> Entry {
    field(Owner::Record, name, "tonghop.Figure", doc, example, |_| None)
}

/// All fields of a selection of rows and of one row.
pub(super) const FIELDS: &[Entry] = &[
    sum(
        "actual",
        both("Thực hiện: tổng của các dòng có số.", "Actual: the sum over the rows that have it."),
        "out:paragraph(\"Tổng số {items.actual}.\")",
    ),
    sum(
        "last_year",
        both(
            "Cùng kỳ năm trước: tổng của các dòng có số.",
            "Same period last year: the sum over the rows that have it.",
        ),
        "out:paragraph(\"{items.last_year}\")",
    ),
    sum("yoy", CHANGE, "out:paragraph(\"Tổng số {items.yoy}.\")"),
    one(
        "actual",
        both("Thực hiện.", "Actual."),
        "for r in d.items do out:item(\"{r.label}: {r.actual}.\", { r = r }) end",
    ),
    one(
        "last_year",
        both("Cùng kỳ năm trước.", "Same period last year."),
        "for r in d.items do local before = r.last_year end",
    ),
    one("yoy", CHANGE, "for r in d.items do local change = r.yoy end"),
    field(
        Owner::Records,
        "target",
        "tonghop.Targets",
        both(
            "Tổng kế hoạch của các dòng; nhiều kế hoạch thì gọi theo tên.",
            "The sum of its plans; by name where there are several.",
        ),
        "out:paragraph(\"Kế hoạch {items.target}.\")",
        |v| rows_by_target(v, ByTarget::Target),
    ),
    field(
        Owner::Records,
        "attainment",
        "tonghop.Targets",
        both(
            "Tổng thực hiện so với tổng kế hoạch, tính bằng phần trăm.",
            "Percent of its plans that the sum of the actuals is.",
        ),
        "out:paragraph(\"Đạt {items.attainment} kế hoạch.\")",
        |v| rows_by_target(v, ByTarget::Attainment),
    ),
    field(
        Owner::Record,
        "target",
        "tonghop.Targets",
        both(
            "Kế hoạch của dòng theo tên; một kế hoạch thì bỏ tên được.",
            "Its plans by name; with one plan the name may be left out.",
        ),
        "for r in d.items do local plan = r.target.annual end",
        |v| rows_by_target(v, ByTarget::Target),
    ),
    field(
        Owner::Record,
        "attainment",
        "tonghop.Targets",
        both("Tỷ lệ đạt kế hoạch, theo tên kế hoạch.", "Percent of a plan, by the plan's name."),
        "for r in d.items do local reached = r.attainment.annual end",
        |v| rows_by_target(v, ByTarget::Attainment),
    ),
    field(
        Owner::Records,
        "count",
        "tonghop.Figure",
        both("Số dòng.", "How many rows there are."),
        "out:paragraph(\"Có {items.count} dòng.\")",
        |v| match v {
            Value::Rows(Rows::Many(rows)) => Some(Value::Figure(rows.selection.count())),
            _ => None,
        },
    ),
    field(
        Owner::Records,
        "title",
        "tonghop.Text",
        both("Chữ của cột dùng để nhóm các dòng.", "The words of the field by which a group was made."),
        "for _, group in d.items:by(\"field\") do out:item(\"{g.title}.\", { g = group }) end",
        |v| match v {
            Value::Rows(rows) => Some(Value::Texts(rows.title().into_iter().collect())),
            _ => None,
        },
    ),
    field(
        Owner::Record,
        "label",
        "tonghop.Text",
        both("Tên dòng như đơn vị đã ghi.", "Its label as the department wrote it."),
        "for r in d.items do out:item(\"{r.label}.\", { r = r }) end",
        |v| match v {
            Value::Rows(Rows::One(row)) => Some(Value::Texts([row.table.label_cell(row.row)].into())),
            _ => None,
        },
    ),
    field(
        Owner::Record,
        "unit",
        "string",
        both("Đơn vị tính viết đầy đủ.", "Its unit as written out."),
        "for r in d.items do local unit = r.unit end",
        |v| match v {
            Value::Rows(Rows::One(row)) => Some(words(&row.table.unit(row.row).label)),
            _ => None,
        },
    ),
    field(
        Owner::Record,
        "department",
        "string",
        both("Tên đơn vị báo cáo.", "What its department is called."),
        "for r in d.items do local who = r.department end",
        |v| match v {
            Value::Rows(Rows::One(row)) => Some(Value::Words(row.department())),
            _ => None,
        },
    ),
];

/// Returns the figure called `name`, if there is one; rows with incompatible units are an error.
pub(super) fn figure(value: &Value, name: &str) -> Option<Result<FigureRef, ArithmeticError>> {
    match value {
        Value::Rows(rows) => {
            let measure = match name {
                "actual" => Measure::Actual,
                "last_year" => Measure::LastYear,
                "yoy" => Measure::Yoy,
                _ => Measure::Other(rows.data().decl.measures.iter().find(|own| own.as_str() == name)?.clone()),
            };
            Some(rows.figure(&measure))
        }
        Value::RowsByTarget(rows, family) => Some(rows.figure(&family.measure(rows.target(Some(name))?.clone()))),
        _ => None,
    }
}

fn rows_by_target(value: &Value, family: ByTarget) -> Option<Value> {
    match value {
        Value::Rows(rows) => Some(Value::RowsByTarget(rows.clone(), family)),
        _ => None,
    }
}
