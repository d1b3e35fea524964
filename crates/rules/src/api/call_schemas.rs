//! The tables that functions take as arguments: their keys with types, documentation and first version.

use super::signature::{ExpectedType, KeySpec, TableSchema, optional_key, required_key};
use tonghop_core::message::static_message;

pub(super) const BECAUSE: KeySpec = optional_key(
    "because",
    ExpectedType::Text,
    static_message(
        "Lý do có thể có của chênh lệch, được nêu kèm khi báo.",
        "What may explain a difference, told with it.",
    ),
);

/// `out:table { … }`.
pub(crate) const TABLE: TableSchema = TableSchema {
    name: "TableTable",
    doc: static_message(
        "Một bảng của báo cáo; các tên khác ghi thêm là giá trị cho mẫu câu trong bảng.",
        "A table of the report; further names are arguments of its templates.",
    ),
    positional: None,
    allows_other_keys: true,
    keys: &[
        optional_key(
            "title",
            ExpectedType::Template,
            static_message("Dòng chữ phía trên bảng.", "What stands above it."),
        ),
        required_key(
            "columns",
            ExpectedType::StringList,
            static_message("Tiêu đề các cột.", "The titles of its columns."),
        ),
        required_key("rows", ExpectedType::Rows, static_message("Mỗi dòng một giá trị.", "One value a row.")),
        required_key(
            "cells",
            ExpectedType::RowTemplateList,
            static_message(
                "Mỗi cột một mẫu câu, trong đó `{it}` là dòng đang viết.",
                "One template a column, in which the row is `{it}`.",
            ),
        ),
        optional_key(
            "appendix",
            ExpectedType::Boolean,
            static_message(
                "Đặt bảng thành phụ lục ở cuối, trên trang riêng.",
                "Whether it stands behind the text, on pages of its own.",
            ),
        ),
    ],
};

/// `out:listing { … }`.
pub(crate) const LISTING: TableSchema = TableSchema {
    name: "ListingTable",
    doc: static_message(
        "Các dòng của bảng mở, trên một trang tính riêng.",
        "Rows of an open table on a sheet of their own.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        required_key("title", ExpectedType::Text, static_message("Tên trang tính.", "The name of the sheet.")),
        required_key("rows", ExpectedType::Rows, static_message("Các dòng được liệt kê.", "The rows that it lists.")),
    ],
};

/// `out:shortfall { … }`.
pub(crate) const SHORTFALL: TableSchema = TableSchema {
    name: "ShortfallTable",
    doc: static_message(
        "Một tồn tại, hạn chế; các tên khác ghi thêm là giá trị cho mẫu câu.",
        "A shortfall; further names are arguments of its template.",
    ),
    positional: Some(optional_key(
        "indicator",
        ExpectedType::Indicator,
        static_message(
            "Chỉ tiêu đạt thấp; bỏ trống nếu là khó khăn, vướng mắc bằng lời.",
            "The indicator that is behind; none for a difficulty in words.",
        ),
    )),
    allows_other_keys: true,
    keys: &[
        optional_key(
            "text",
            ExpectedType::Template,
            static_message(
                "Câu viết; không ghi thì dùng câu có sẵn rằng chỉ tiêu đạt thấp.",
                "Its sentence; without it, that the indicator is behind.",
            ),
        ),
        optional_key(
            "cause",
            ExpectedType::TextCells,
            static_message("Nguyên nhân, theo lời của đơn vị.", "Its cause, in the department's words."),
        ),
    ],
};

/// The options of `d:behind`.
pub(crate) const BEHIND: TableSchema = TableSchema {
    name: "BehindTable",
    doc: static_message("Những gì không xét.", "What is left out."),
    positional: None,
    allows_other_keys: false,
    keys: &[optional_key(
        "except",
        ExpectedType::StringList,
        static_message("Mã các chỉ tiêu không xét.", "The names of indicators that are not judged."),
    )],
};

/// The options of `check:equal` and `check:at_most`.
pub(crate) const RELATION: TableSchema = TableSchema {
    name: "RelationTable",
    doc: static_message("Những gì nêu kèm khi có chênh lệch.", "What is told with a difference."),
    positional: None,
    allows_other_keys: false,
    keys: &[BECAUSE],
};
