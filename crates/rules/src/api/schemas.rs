//! Schemas of the tables that rules return: declarations of sectors, of the report and of the checks.
//!
//! Each schema lists the keys with their types and docs. Not here: reading the tables.

use super::call_schemas::{BECAUSE, BEHIND, LISTING, RELATION, SHORTFALL, TABLE};
use super::signature::{ExpectedType, KeySpec, TableSchema, optional_key, required_key};
use tonghop_core::message::static_message;

const API: KeySpec = required_key(
    "api",
    ExpectedType::Integer,
    static_message("Phiên bản của cách viết quy tắc: 1.", "The version of the way rules are written: 1."),
);
const SECTION_FUNCTIONS: ExpectedType = ExpectedType::Map("fun(d: tonghop.Sector, out: tonghop.Out)");
const FIGURE_FUNCTION: ExpectedType = ExpectedType::Function("fun(i: tonghop.Indicator): tonghop.Figure");

/// `sector { … }`.
pub(crate) const SECTOR: TableSchema = TableSchema {
    name: "SectorTable",
    doc: static_message(
        "Khai báo một ngành: chỉ tiêu, phần lời, tồn tại hạn chế và câu chữ của ngành.",
        "What a sector is: its indicators, its words, its shortfalls and its text.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        API,
        required_key(
            "id",
            ExpectedType::Text,
            static_message(
                "Mã ngành, dùng trong quy tắc và trong `outline`: chữ thường không dấu, chữ số, `-`, `_`.",
                "Its name in the rules and in `outline`: small letters, digits, `-`, `_`.",
            ),
        ),
        required_key(
            "title",
            ExpectedType::Text,
            static_message(
                "Tên ngành, in trong báo cáo và biểu tổng hợp.",
                "Its title, as the report and the workbook print it.",
            ),
        ),
        required_key(
            "section",
            ExpectedType::Text,
            static_message(
                "Đề mục của ngành, theo đường dẫn trong `outline`: `II.I.1.a`.",
                "The heading it writes under, by its path in `outline`: `II.I.1.a`.",
            ),
        ),
        optional_key(
            "departments",
            ExpectedType::OneOf(&[ExpectedType::StringList, ExpectedType::Literal("all")]),
            static_message(
                "Các đơn vị báo cáo; hai đơn vị cùng báo một số thì lấy số của đơn vị đứng trước; `\"all\"` là mọi đơn vị.",
                "The departments that report it; where two give the same figure, the first stands; `\"all\"` for all of them.",
            ),
        ),
        optional_key(
            "targets",
            ExpectedType::StringList,
            static_message(
                "Các kế hoạch đem so sánh, theo tên trong `[[targets]]`.",
                "The plans it is compared with, by their names in `[[targets]]`.",
            ),
        ),
        optional_key(
            "measures",
            ExpectedType::StringList,
            static_message(
                "Các loại số liệu khác được in, theo tên trong `[[measures]]`.",
                "Further measures that it prints, by their names in `[[measures]]`.",
            ),
        ),
        optional_key(
            "unit",
            ExpectedType::Text,
            static_message(
                "Đơn vị tính của các chỉ tiêu không ghi riêng.",
                "The unit of all indicators that state none.",
            ),
        ),
        optional_key(
            "decimals",
            ExpectedType::Table(&DECIMALS),
            static_message(
                "Số chữ số thập phân khi in, cho các chỉ tiêu không ghi riêng.",
                "How many decimals are printed, for all indicators that do not say.",
            ),
        ),
        optional_key(
            "indicators",
            ExpectedType::Map("tonghop.IndicatorTable"),
            static_message(
                "Các chỉ tiêu theo mã, đúng thứ tự của biểu tổng hợp.",
                "Its indicators by name, in the order of the summary.",
            ),
        ),
        optional_key(
            "narrative",
            ExpectedType::OneOf(&[ExpectedType::Map("string|string[]"), ExpectedType::StringList]),
            static_message(
                "Các chủ đề của phần lời theo mã, mỗi chủ đề kèm tên dòng (một hoặc nhiều tên).",
                "The topics of its words by name, each with the label (or labels) of its rows.",
            ),
        ),
        optional_key(
            "records",
            ExpectedType::Map("tonghop.RecordsTable"),
            static_message(
                "Các bảng mở theo tên: bảng mà dòng không khai báo trước, đơn vị có gì ghi nấy.",
                "Open tables by name, whose rows are not declared one by one: what is listed, not what is asked.",
            ),
        ),
        optional_key(
            "shortfalls",
            ExpectedType::Function("fun(d: tonghop.Sector, out: tonghop.Out)"),
            static_message(
                "Hàm ghi tồn tại, hạn chế bằng `out:shortfall`.",
                "Reports what is behind by `out:shortfall`.",
            ),
        ),
        optional_key(
            "text",
            ExpectedType::OneOf(&[
                ExpectedType::Function("fun(d: tonghop.Sector, out: tonghop.Out)"),
                SECTION_FUNCTIONS,
            ]),
            static_message(
                "Viết câu chữ của ngành: một hàm, hoặc mỗi đề mục một hàm `[\"II.IV.1\"] = function(d, out)`.",
                "Writes its text: a function, or a function a heading `[\"II.IV.1\"] = function(d, out)`.",
            ),
        ),
    ],
};

/// An indicator under `indicators`, `parts` or `of_which`.
pub(crate) const INDICATOR: TableSchema = TableSchema {
    name: "IndicatorTable",
    doc: static_message(
        "Khai báo một chỉ tiêu: tên như đơn vị ghi trong biểu, đơn vị tính và những gì suy ra từ đó.",
        "What an indicator is: its label as departments write it, its unit, and what follows from it.",
    ),
    positional: Some(required_key(
        "label",
        ExpectedType::Text,
        static_message(
            "Tên dòng trong biểu; `{@period.year}` trong tên thay đổi theo kỳ báo cáo.",
            "The label of its row; `{@period.year}` in it follows the period.",
        ),
    )),
    allows_other_keys: false,
    keys: &[
        optional_key(
            "aliases",
            ExpectedType::StringList,
            static_message("Các tên khác có cùng nghĩa.", "Other labels that mean the same."),
        ),
        optional_key(
            "unit",
            ExpectedType::Text,
            static_message(
                "Đơn vị tính: `triệu đồng`; không ghi thì theo chỉ tiêu ở trên.",
                "What it is measured in: `triệu đồng`; else that of the indicator above it.",
            ),
        ),
        optional_key(
            "parts",
            ExpectedType::Map("tonghop.IndicatorTable"),
            static_message(
                "Các thành phần cộng lại bằng chỉ tiêu này; lệch thì được báo.",
                "Indicators that add up to it; a difference is told.",
            ),
        ),
        optional_key(
            "of_which",
            ExpectedType::Map("tonghop.IndicatorTable"),
            static_message(
                "Các chỉ tiêu trong đó, không nhất thiết cộng đủ.",
                "Indicators within it that need not add up.",
            ),
        ),
        optional_key(
            "by",
            ExpectedType::Map("string"),
            static_message(
                "Các thành viên cộng lại bằng chỉ tiêu này, lấy từ các dòng bên dưới hoặc từ cột: `ma = \"Tên\"`; mỗi thành viên là chỉ tiêu `<mã chỉ tiêu>_<ma>`.",
                "Members that add up to it, from rows below it or columns: `key = \"Label\"`; each is the indicator `<name>_<key>`.",
            ),
        ),
        optional_key(
            "attained",
            FIGURE_FUNCTION,
            static_message(
                "Số đem so với kế hoạch, nếu không phải là số thực hiện.",
                "What is measured against the plan, where that is not the actual.",
            ),
        ),
        optional_key(
            "derive",
            ExpectedType::Function("fun(d: tonghop.Sector): tonghop.Figure"),
            static_message(
                "Cách tính số thực hiện khi không đơn vị nào báo cáo.",
                "Its actual, where no department reports it.",
            ),
        ),
        optional_key(
            "decimals",
            ExpectedType::Table(&DECIMALS),
            static_message("Số chữ số thập phân khi in.", "How many decimals are printed."),
        ),
        optional_key(
            "padded",
            ExpectedType::Boolean,
            static_message(
                "Số dưới mười có in thêm số không ở trước hay không; số đếm thì có.",
                "Whether numbers below ten are printed with a zero before them; counts are.",
            ),
        ),
        optional_key(
            "from",
            ExpectedType::Text,
            static_message(
                "Lấy số của chỉ tiêu ngành khác: `nganh.chi_tieu`.",
                "Another sector's indicator that it is: `sector.indicator`.",
            ),
        ),
        optional_key(
            "of",
            ExpectedType::Text,
            static_message(
                "Chỉ tiêu làm mẫu số, cho `.ratio` và `{x/x.of}`.",
                "The indicator that it is a fraction of, for `.ratio` and `{x/x.of}`.",
            ),
        ),
        optional_key(
            "names",
            ExpectedType::Boolean,
            static_message(
                "Chỉ tiêu này có phải là số dòng bên dưới hay không; tên của các dòng đó là danh sách tên.",
                "Whether it counts the rows below it, whose labels are names.",
            ),
        ),
        optional_key(
            "equals",
            ExpectedType::Text,
            static_message("Chỉ tiêu mà nó phải bằng.", "An indicator that it must equal."),
        ),
        optional_key(
            "at_most",
            ExpectedType::Text,
            static_message("Chỉ tiêu mà nó không được vượt quá.", "An indicator that it must not exceed."),
        ),
        BECAUSE,
    ],
};

/// An open table under `records`.
pub(crate) const RECORDS: TableSchema = TableSchema {
    name: "RecordsTable",
    doc: static_message(
        "Một bảng mở: mọi dòng đơn vị ghi đều được đọc, cả chữ và số.",
        "An open table: every row that departments write in it is read, with its words and its figures.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        required_key(
            "fields",
            ExpectedType::Map("string"),
            static_message(
                "Các cột chữ theo tên, kèm tiêu đề cột: `linh_vuc = \"Lĩnh vực\"`; bảng có đủ các cột này thì được đọc.",
                "Its columns of words by name, each with its heading: `field = \"Lĩnh vực\"`; tables that have them all are read.",
            ),
        ),
        optional_key(
            "unit",
            ExpectedType::Text,
            static_message(
                "Đơn vị tính của các dòng không ghi riêng và của số tổng.",
                "The unit of rows that state none, and of sums.",
            ),
        ),
        optional_key(
            "mixed",
            ExpectedType::Boolean,
            static_message(
                "Có được cộng các dòng khác đơn vị tính hay không; khi đó số tổng không có đơn vị tính.",
                "Whether rows of several units may be added up, to a sum without unit.",
            ),
        ),
        optional_key(
            "decimals",
            ExpectedType::Integer,
            static_message("Số chữ số thập phân khi in.", "How many decimals are printed."),
        ),
    ],
};

/// `decimals = { … }`.
pub(crate) const DECIMALS: TableSchema = TableSchema {
    name: "DecimalsTable",
    doc: static_message(
        "Số chữ số thập phân khi in, theo từng loại số liệu; không ghi thì in như biểu hiển thị.",
        "How many decimals are printed, by measure; as many as the workbook shows where nothing is said.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        optional_key("value", ExpectedType::Integer, static_message("Của chính số liệu.", "Of the figure itself.")),
        optional_key(
            "attainment",
            ExpectedType::OneOf(&[ExpectedType::Integer, ExpectedType::Map("integer")]),
            static_message(
                "Của tỷ lệ đạt kế hoạch, chung hoặc theo từng kế hoạch.",
                "Of percents of plans, all or by plan.",
            ),
        ),
        optional_key(
            "yoy",
            ExpectedType::Integer,
            static_message("Của mức tăng, giảm so với cùng kỳ.", "Of the change on last year."),
        ),
        optional_key(
            "share",
            ExpectedType::Integer,
            static_message("Của tỷ trọng trong chỉ tiêu ở trên.", "Of the share in the indicator above."),
        ),
        optional_key(
            "ratio",
            ExpectedType::Integer,
            static_message("Của tỷ lệ so với chỉ tiêu ghi ở `of`.", "Of the percent of the indicator named by `of`."),
        ),
    ],
};

/// `report { … }`.
pub(crate) const REPORT: TableSchema = TableSchema {
    name: "ReportTable",
    doc: static_message("Phần viết chung cho mọi ngành.", "What is said over all sectors."),
    positional: None,
    allows_other_keys: false,
    keys: &[
        API,
        required_key(
            "sections",
            ExpectedType::Map("fun(r: tonghop.Report, out: tonghop.Out)"),
            static_message(
                "Mỗi đề mục một hàm: `[\"II.III.1\"] = function(r, out)`.",
                "A function a heading: `[\"II.III.1\"] = function(r, out)`.",
            ),
        ),
    ],
};

/// `checks { … }`.
pub(crate) const CHECKS: TableSchema = TableSchema {
    name: "ChecksTable",
    doc: static_message("Các quan hệ giữa các ngành phải đúng.", "The relations between sectors that must hold."),
    positional: None,
    allows_other_keys: false,
    keys: &[
        API,
        required_key(
            "run",
            ExpectedType::Function("fun(r: tonghop.Report, check: tonghop.Check)"),
            static_message(
                "So sánh số liệu bằng `check:equal` và `check:at_most`.",
                "Compares figures by `check:equal` and `check:at_most`.",
            ),
        ),
    ],
};

/// All schemas, in the order of the reference.
pub(crate) const SCHEMAS: [&TableSchema; 11] =
    [&SECTOR, &INDICATOR, &RECORDS, &DECIMALS, &REPORT, &CHECKS, &TABLE, &LISTING, &SHORTFALL, &BEHIND, &RELATION];
