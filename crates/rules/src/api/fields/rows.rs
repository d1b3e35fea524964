//! The fields of a selection of rows and of one row of an open table. Not here: the selection of rows.

use super::{field, wording};
use crate::api::entry::ApiEntry;
use crate::eval::lua_type::LuaType;
use crate::eval::rows::RowOrSelection;
use crate::eval::value::RuleValue;
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
