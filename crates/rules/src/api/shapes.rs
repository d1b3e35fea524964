//! Schemas of the tables that rules write: declarations of sectors, report and checks, and arguments of functions.
//!
//! Each schema lists the keys with their types and docs. Not here: reading the tables.

use super::signature::{Key, Kind, Shape, key, must};
use tonghop_core::message::both;

const API: Key = must(
    "api",
    Kind::Whole,
    both("Phiên bản của cách viết quy tắc: 1.", "The version of the way rules are written: 1."),
);
const BECAUSE: Key = key(
    "because",
    Kind::Text,
    both("Lý do có thể có của chênh lệch, được nêu kèm khi báo.", "What may explain a difference, told with it."),
);
const SECTION_FUNCTIONS: Kind = Kind::Named("fun(d: tonghop.Sector, out: tonghop.Out)");
const FIGURE_FUNCTION: Kind = Kind::Function("fun(i: tonghop.Indicator): tonghop.Figure");

/// `sector { … }`.
pub(crate) const SECTOR: Shape = Shape {
    name: "SectorTable",
    doc: both(
        "Khai báo một ngành: chỉ tiêu, phần lời, tồn tại hạn chế và câu chữ của ngành.",
        "What a sector is: its indicators, its words, its shortfalls and its text.",
    ),
    first: None,
    open: false,
    keys: &[
        API,
        must(
            "id",
            Kind::Text,
            both(
                "Mã ngành, dùng trong quy tắc và trong `outline`: chữ thường không dấu, chữ số, `-`, `_`.",
                "Its name in the rules and in `outline`: small letters, digits, `-`, `_`.",
            ),
        ),
        must(
            "title",
            Kind::Text,
            both(
                "Tên ngành, in trong báo cáo và biểu tổng hợp.",
                "Its title, as the report and the workbook print it.",
            ),
        ),
        must(
            "section",
            Kind::Text,
            both(
                "Đề mục của ngành, theo đường dẫn trong `outline`: `II.I.1.a`.",
                "The heading it writes under, by its path in `outline`: `II.I.1.a`.",
            ),
        ),
        key(
            "departments",
            Kind::Either(&[Kind::Texts, Kind::Word("all")]),
            both(
                "Các đơn vị báo cáo; hai đơn vị cùng báo một số thì lấy số của đơn vị đứng trước; `\"all\"` là mọi đơn vị.",
                "The departments that report it; where two give the same figure, the first stands; `\"all\"` for all of them.",
            ),
        ),
        key(
            "targets",
            Kind::Texts,
            both(
                "Các kế hoạch đem so sánh, theo tên trong `[[targets]]`.",
                "The plans it is compared with, by their names in `[[targets]]`.",
            ),
        ),
        key(
            "measures",
            Kind::Texts,
            both(
                "Các loại số liệu khác được in, theo tên trong `[[measures]]`.",
                "Further measures that it prints, by their names in `[[measures]]`.",
            ),
        ),
        key(
            "unit",
            Kind::Text,
            both("Đơn vị tính của các chỉ tiêu không ghi riêng.", "The unit of all indicators that state none."),
        ),
        key(
            "decimals",
            Kind::Table(&DECIMALS),
            both(
                "Số chữ số thập phân khi in, cho các chỉ tiêu không ghi riêng.",
                "How many decimals are printed, for all indicators that do not say.",
            ),
        ),
        key(
            "indicators",
            Kind::Named("tonghop.IndicatorTable"),
            both(
                "Các chỉ tiêu theo mã, đúng thứ tự của biểu tổng hợp.",
                "Its indicators by name, in the order of the summary.",
            ),
        ),
        key(
            "narrative",
            Kind::Either(&[Kind::Named("string|string[]"), Kind::Texts]),
            both(
                "Các chủ đề của phần lời theo mã, mỗi chủ đề kèm tên dòng (một hoặc nhiều tên).",
                "The topics of its words by name, each with the label (or labels) of its rows.",
            ),
        ),
        key(
            "records",
            Kind::Named("tonghop.RecordsTable"),
            both(
                "Các bảng mở theo tên: bảng mà dòng không khai báo trước, đơn vị có gì ghi nấy.",
                "Open tables by name, whose rows are not declared one by one: what is listed, not what is asked.",
            ),
        ),
        key(
            "shortfalls",
            Kind::Function("fun(d: tonghop.Sector, out: tonghop.Out)"),
            both("Hàm ghi tồn tại, hạn chế bằng `out:shortfall`.", "Reports what is behind by `out:shortfall`."),
        ),
        key(
            "text",
            Kind::Either(&[Kind::Function("fun(d: tonghop.Sector, out: tonghop.Out)"), SECTION_FUNCTIONS]),
            both(
                "Viết câu chữ của ngành: một hàm, hoặc mỗi đề mục một hàm `[\"II.IV.1\"] = function(d, out)`.",
                "Writes its text: a function, or a function a heading `[\"II.IV.1\"] = function(d, out)`.",
            ),
        ),
    ],
};

/// An indicator under `indicators`, `parts` or `of_which`.
pub(crate) const INDICATOR: Shape = Shape {
    name: "IndicatorTable",
    doc: both(
        "Khai báo một chỉ tiêu: tên như đơn vị ghi trong biểu, đơn vị tính và những gì suy ra từ đó.",
        "What an indicator is: its label as departments write it, its unit, and what follows from it.",
    ),
    first: Some(must(
        "label",
        Kind::Text,
        both(
            "Tên dòng trong biểu; `{@period.year}` trong tên thay đổi theo kỳ báo cáo.",
            "The label of its row; `{@period.year}` in it follows the period.",
        ),
    )),
    open: false,
    keys: &[
        key("aliases", Kind::Texts, both("Các tên khác có cùng nghĩa.", "Other labels that mean the same.")),
        key(
            "unit",
            Kind::Text,
            both(
                "Đơn vị tính: `triệu đồng`; không ghi thì theo chỉ tiêu ở trên.",
                "What it is measured in: `triệu đồng`; else that of the indicator above it.",
            ),
        ),
        key(
            "parts",
            Kind::Named("tonghop.IndicatorTable"),
            both(
                "Các thành phần cộng lại bằng chỉ tiêu này; lệch thì được báo.",
                "Indicators that add up to it; a difference is told.",
            ),
        ),
        key(
            "of_which",
            Kind::Named("tonghop.IndicatorTable"),
            both("Các chỉ tiêu trong đó, không nhất thiết cộng đủ.", "Indicators within it that need not add up."),
        ),
        key(
            "by",
            Kind::Named("string"),
            both(
                "Các thành viên cộng lại bằng chỉ tiêu này, lấy từ các dòng bên dưới hoặc từ cột: `ma = \"Tên\"`; mỗi thành viên là chỉ tiêu `<mã chỉ tiêu>_<ma>`.",
                "Members that add up to it, from rows below it or columns: `key = \"Label\"`; each is the indicator `<name>_<key>`.",
            ),
        ),
        key(
            "attained",
            FIGURE_FUNCTION,
            both(
                "Số đem so với kế hoạch, nếu không phải là số thực hiện.",
                "What is measured against the plan, where that is not the actual.",
            ),
        ),
        key(
            "derive",
            Kind::Function("fun(d: tonghop.Sector): tonghop.Figure"),
            both("Cách tính số thực hiện khi không đơn vị nào báo cáo.", "Its actual, where no department reports it."),
        ),
        key("decimals", Kind::Table(&DECIMALS), both("Số chữ số thập phân khi in.", "How many decimals are printed.")),
        key(
            "padded",
            Kind::Flag,
            both(
                "Số dưới mười có in thêm số không ở trước hay không; số đếm thì có.",
                "Whether numbers below ten are printed with a zero before them; counts are.",
            ),
        ),
        key(
            "from",
            Kind::Text,
            both(
                "Lấy số của chỉ tiêu ngành khác: `nganh.chi_tieu`.",
                "Another sector's indicator that it is: `sector.indicator`.",
            ),
        ),
        key(
            "of",
            Kind::Text,
            both(
                "Chỉ tiêu làm mẫu số, cho `.ratio` và `{x/x.of}`.",
                "The indicator that it is a fraction of, for `.ratio` and `{x/x.of}`.",
            ),
        ),
        key(
            "names",
            Kind::Flag,
            both(
                "Chỉ tiêu này có phải là số dòng bên dưới hay không; tên của các dòng đó là danh sách tên.",
                "Whether it counts the rows below it, whose labels are names.",
            ),
        ),
        key("equals", Kind::Text, both("Chỉ tiêu mà nó phải bằng.", "An indicator that it must equal.")),
        key(
            "at_most",
            Kind::Text,
            both("Chỉ tiêu mà nó không được vượt quá.", "An indicator that it must not exceed."),
        ),
        BECAUSE,
    ],
};

/// An open table under `records`.
pub(crate) const RECORDS: Shape = Shape {
    name: "RecordsTable",
    doc: both(
        "Một bảng mở: mọi dòng đơn vị ghi đều được đọc, cả chữ và số.",
        "An open table: every row that departments write in it is read, with its words and its figures.",
    ),
    first: None,
    open: false,
    keys: &[
        must(
            "fields",
            Kind::Named("string"),
            both(
                "Các cột chữ theo tên, kèm tiêu đề cột: `linh_vuc = \"Lĩnh vực\"`; bảng có đủ các cột này thì được đọc.",
                "Its columns of words by name, each with its heading: `field = \"Lĩnh vực\"`; tables that have them all are read.",
            ),
        ),
        key(
            "unit",
            Kind::Text,
            both(
                "Đơn vị tính của các dòng không ghi riêng và của số tổng.",
                "The unit of rows that state none, and of sums.",
            ),
        ),
        key(
            "mixed",
            Kind::Flag,
            both(
                "Có được cộng các dòng khác đơn vị tính hay không; khi đó số tổng không có đơn vị tính.",
                "Whether rows of several units may be added up, to a sum without unit.",
            ),
        ),
        key("decimals", Kind::Whole, both("Số chữ số thập phân khi in.", "How many decimals are printed.")),
    ],
};

/// `decimals = { … }`.
pub(crate) const DECIMALS: Shape = Shape {
    name: "DecimalsTable",
    doc: both(
        "Số chữ số thập phân khi in, theo từng loại số liệu; không ghi thì in như biểu hiển thị.",
        "How many decimals are printed, by measure; as many as the workbook shows where nothing is said.",
    ),
    first: None,
    open: false,
    keys: &[
        key("value", Kind::Whole, both("Của chính số liệu.", "Of the figure itself.")),
        key(
            "attainment",
            Kind::Either(&[Kind::Whole, Kind::Named("integer")]),
            both("Của tỷ lệ đạt kế hoạch, chung hoặc theo từng kế hoạch.", "Of percents of plans, all or by plan."),
        ),
        key("yoy", Kind::Whole, both("Của mức tăng, giảm so với cùng kỳ.", "Of the change on last year.")),
        key("share", Kind::Whole, both("Của tỷ trọng trong chỉ tiêu ở trên.", "Of the share in the indicator above.")),
        key(
            "ratio",
            Kind::Whole,
            both("Của tỷ lệ so với chỉ tiêu ghi ở `of`.", "Of the percent of the indicator named by `of`."),
        ),
    ],
};

/// `report { … }`.
pub(crate) const REPORT: Shape = Shape {
    name: "ReportTable",
    doc: both("Phần viết chung cho mọi ngành.", "What is said over all sectors."),
    first: None,
    open: false,
    keys: &[
        API,
        must(
            "sections",
            Kind::Named("fun(r: tonghop.Report, out: tonghop.Out)"),
            both(
                "Mỗi đề mục một hàm: `[\"II.III.1\"] = function(r, out)`.",
                "A function a heading: `[\"II.III.1\"] = function(r, out)`.",
            ),
        ),
    ],
};

/// `checks { … }`.
pub(crate) const CHECKS: Shape = Shape {
    name: "ChecksTable",
    doc: both("Các quan hệ giữa các ngành phải đúng.", "The relations between sectors that must hold."),
    first: None,
    open: false,
    keys: &[
        API,
        must(
            "run",
            Kind::Function("fun(r: tonghop.Report, check: tonghop.Check)"),
            both(
                "So sánh số liệu bằng `check:equal` và `check:at_most`.",
                "Compares figures by `check:equal` and `check:at_most`.",
            ),
        ),
    ],
};

/// `out:table { … }`.
pub(crate) const TABLE: Shape = Shape {
    name: "TableTable",
    doc: both(
        "Một bảng của báo cáo; các tên khác ghi thêm là giá trị cho mẫu câu trong bảng.",
        "A table of the report; further names are arguments of its templates.",
    ),
    first: None,
    open: true,
    keys: &[
        key("title", Kind::Template, both("Dòng chữ phía trên bảng.", "What stands above it.")),
        must("columns", Kind::Texts, both("Tiêu đề các cột.", "The titles of its columns.")),
        must("rows", Kind::Rows, both("Mỗi dòng một giá trị.", "One value a row.")),
        must(
            "cells",
            Kind::RowTemplates,
            both(
                "Mỗi cột một mẫu câu, trong đó `{it}` là dòng đang viết.",
                "One template a column, in which the row is `{it}`.",
            ),
        ),
        key(
            "appendix",
            Kind::Flag,
            both(
                "Đặt bảng thành phụ lục ở cuối, trên trang riêng.",
                "Whether it stands behind the text, on pages of its own.",
            ),
        ),
    ],
};

/// `out:listing { … }`.
pub(crate) const LISTING: Shape = Shape {
    name: "ListingTable",
    doc: both("Các dòng của bảng mở, trên một trang tính riêng.", "Rows of an open table on a sheet of their own."),
    first: None,
    open: false,
    keys: &[
        must("title", Kind::Text, both("Tên trang tính.", "The name of the sheet.")),
        must("rows", Kind::Rows, both("Các dòng được liệt kê.", "The rows that it lists.")),
    ],
};

/// `out:shortfall { … }`.
pub(crate) const SHORTFALL: Shape = Shape {
    name: "ShortfallTable",
    doc: both(
        "Một tồn tại, hạn chế; các tên khác ghi thêm là giá trị cho mẫu câu.",
        "A shortfall; further names are arguments of its template.",
    ),
    first: Some(key(
        "indicator",
        Kind::Indicator,
        both(
            "Chỉ tiêu đạt thấp; bỏ trống nếu là khó khăn, vướng mắc bằng lời.",
            "The indicator that is behind; none for a difficulty in words.",
        ),
    )),
    open: true,
    keys: &[
        key(
            "text",
            Kind::Template,
            both(
                "Câu viết; không ghi thì dùng câu có sẵn rằng chỉ tiêu đạt thấp.",
                "Its sentence; without it, that the indicator is behind.",
            ),
        ),
        key("cause", Kind::Words, both("Nguyên nhân, theo lời của đơn vị.", "Its cause, in the department's words.")),
    ],
};

/// The options of `d:behind`.
pub(crate) const BEHIND: Shape = Shape {
    name: "BehindTable",
    doc: both("Những gì không xét.", "What is left out."),
    first: None,
    open: false,
    keys: &[key(
        "except",
        Kind::Texts,
        both("Mã các chỉ tiêu không xét.", "The names of indicators that are not judged."),
    )],
};

/// The options of `check:equal` and `check:at_most`.
pub(crate) const RELATION: Shape = Shape {
    name: "RelationTable",
    doc: both("Những gì nêu kèm khi có chênh lệch.", "What is told with a difference."),
    first: None,
    open: false,
    keys: &[BECAUSE],
};

/// All schemas, in the order of the reference.
pub(crate) const SHAPES: [&Shape; 11] =
    [&SECTOR, &INDICATOR, &RECORDS, &DECIMALS, &REPORT, &CHECKS, &TABLE, &LISTING, &SHORTFALL, &BEHIND, &RELATION];
