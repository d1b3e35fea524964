//! The fields of a selection of rows and of one row of an open table. Not here: the selection of rows.

use super::{field, wording};
use crate::api::entry::ApiEntry;
use crate::eval::lua_type::LuaType;
use crate::eval::rows::{RowOrSelection, RowSelection};
use crate::eval::value::RuleValue;
use std::sync::Arc;
use tonghop_core::message::static_message;

/// All fields of a selection of rows and of one row.
pub(super) const FIELDS: &[ApiEntry] = &[
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
        LuaType::Records,
        "tied",
        "tonghop.Records",
        static_message(
            "Sau `lowest`, `highest`: các dòng bị bỏ dù bằng đúng dòng cuối được chọn.",
            "After `lowest` or `highest`: the rows left out although they have the value of the last one chosen.",
        ),
        "local low = d.items:lowest(\"actual\", 2) out:paragraph(\"Còn {low.tied.count} dòng bằng nhau.\", { low = low })",
        |v| match v {
            RuleValue::Rows(RowOrSelection::Many(rows)) => {
                let (data, selection) = (Arc::clone(&rows.data), rows.selection.tied());
                Some(RuleValue::Rows(RowOrSelection::Many(RowSelection { data, selection })))
            }
            _ => None,
        },
    ),
    field(
        LuaType::Record,
        "reason",
        "string",
        static_message(
            "Lý do chưa xét được dòng này so với kế hoạch; xét được thì để trống.",
            "Why the row cannot be judged against its plan; empty if it can.",
        ),
        "for r in d.items:unjudged() do out:item(\"{r.label}: {r.reason}.\", { r = r }) end",
        |v| match v {
            RuleValue::Rows(RowOrSelection::One(row)) => Some(wording(&row.unjudged_reason())),
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
