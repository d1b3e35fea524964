//! The tables that functions take as arguments: their keys with types, documentation and first version.

use super::signature::{ExpectedType, KeySpec, TableSchema, optional_key, required_key};
use tonghop_core::message::static_message;

pub(super) const BECAUSE: KeySpec = optional_key(
    "because",
    ExpectedType::Text,
    static_message(
        "Lý do có thể có của chênh lệch, được nêu kèm khi báo.",
        "A possible explanation of the difference, reported with it.",
    ),
);

/// `out:table { … }`.
pub(crate) const TABLE: TableSchema = TableSchema {
    name: "TableTable",
    doc: static_message(
        "Một bảng của báo cáo; các tên khác ghi thêm là giá trị cho mẫu câu trong bảng.",
        "A table in the report; other keys are arguments of its templates.",
    ),
    positional: None,
    allows_other_keys: true,
    keys: &[
        optional_key(
            "title",
            ExpectedType::Template,
            static_message("Dòng chữ phía trên bảng.", "The text above the table."),
        ),
        required_key(
            "columns",
            ExpectedType::StringList,
            static_message("Tiêu đề các cột.", "The titles of the columns."),
        ),
        required_key("rows", ExpectedType::Rows, static_message("Mỗi dòng một giá trị.", "One value per row.")),
        required_key(
            "cells",
            ExpectedType::RowTemplateList,
            static_message(
                "Mỗi cột một mẫu câu, trong đó `{it}` là dòng đang viết.",
                "One template per column; `{it}` is the current row.",
            ),
        ),
        optional_key(
            "appendix",
            ExpectedType::Boolean,
            static_message(
                "Đặt bảng thành phụ lục ở cuối, trên trang riêng.",
                "Whether the table is an appendix after the text, on separate pages.",
            ),
        ),
    ],
};

/// `out:listing { … }`.
pub(crate) const LISTING: TableSchema = TableSchema {
    name: "ListingTable",
    doc: static_message(
        "Các dòng của bảng mở, trên một trang tính riêng.",
        "Rows of an open table, on a separate sheet.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        required_key("title", ExpectedType::Text, static_message("Tên trang tính.", "The name of the sheet.")),
        required_key("rows", ExpectedType::Rows, static_message("Các dòng được liệt kê.", "The rows to list.")),
    ],
};

/// `out:shortfall { … }`.
pub(crate) const SHORTFALL: TableSchema = TableSchema {
    name: "ShortfallTable",
    doc: static_message(
        "Một tồn tại, hạn chế; các tên khác ghi thêm là giá trị cho mẫu câu.",
        "A shortfall; other keys are arguments of its template.",
    ),
    positional: Some(optional_key(
        "indicator",
        ExpectedType::Indicator,
        static_message(
            "Chỉ tiêu đạt thấp; bỏ trống nếu là khó khăn, vướng mắc bằng lời.",
            "The indicator that is behind; omitted for a difficulty in words.",
        ),
    )),
    allows_other_keys: true,
    keys: &[
        optional_key(
            "text",
            ExpectedType::Template,
            static_message(
                "Câu viết; không ghi thì dùng câu có sẵn rằng chỉ tiêu đạt thấp.",
                "The sentence; by default, a sentence saying that the indicator is behind.",
            ),
        ),
        optional_key(
            "cause",
            ExpectedType::TextCells,
            static_message("Nguyên nhân, theo lời của đơn vị.", "The cause, in the department's words."),
        ),
    ],
};

/// The options of `d:behind`.
pub(crate) const BEHIND: TableSchema = TableSchema {
    name: "BehindTable",
    doc: static_message("Những gì không xét.", "What to leave out."),
    positional: None,
    allows_other_keys: false,
    keys: &[optional_key(
        "except",
        ExpectedType::StringList,
        static_message("Mã các chỉ tiêu không xét.", "The names of the indicators to leave out."),
    )],
};

/// The options of `check:equal` and `check:at_most`.
pub(crate) const RELATION: TableSchema = TableSchema {
    name: "RelationTable",
    doc: static_message("Những gì nêu kèm khi có chênh lệch.", "What is reported with a difference."),
    positional: None,
    allows_other_keys: false,
    keys: &[BECAUSE],
};
