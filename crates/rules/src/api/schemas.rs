//! Schemas of the tables that rules return: declarations of sectors, of the report and of the checks.
//!
//! Each schema lists the keys with their types and docs. Not here: reading the tables.

use super::call_schemas::{BECAUSE, BEHIND, LISTING, RELATION, SHORTFALL, TABLE};
use super::signature::{ExpectedType, KeySpec, TableSchema, optional_key, required_key};
use tonghop_core::message::static_message;

const API: KeySpec = required_key(
    "api",
    ExpectedType::Integer,
    static_message("Phiên bản của cách viết quy tắc: 1.", "The version of the rule format: 1."),
);
const SECTION_FUNCTIONS: ExpectedType = ExpectedType::Map("fun(d: tonghop.Sector, out: tonghop.Out)");
const FIGURE_FUNCTION: ExpectedType = ExpectedType::Function("fun(i: tonghop.Indicator): tonghop.Figure");

/// `sector { … }`.
pub(crate) const SECTOR: TableSchema = TableSchema {
    name: "SectorTable",
    doc: static_message(
        "Khai báo một ngành: chỉ tiêu, phần lời, tồn tại hạn chế và câu chữ của ngành.",
        "Declares a sector: its indicators, narrative, shortfalls and text.",
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
                "The name of the sector in the rules and in `outline`: lower-case letters without accents, digits, `-`, `_`.",
            ),
        ),
        required_key(
            "title",
            ExpectedType::Text,
            static_message(
                "Tên ngành, in trong báo cáo và biểu tổng hợp.",
                "The title of the sector, printed in the report and in the consolidated workbook.",
            ),
        ),
        required_key(
            "section",
            ExpectedType::Text,
            static_message(
                "Đề mục của ngành, theo đường dẫn trong `outline`: `II.I.1.a`.",
                "The heading that the sector writes under, by its path in `outline`: `II.I.1.a`.",
            ),
        ),
        optional_key(
            "departments",
            ExpectedType::OneOf(&[ExpectedType::StringList, ExpectedType::Literal("all")]),
            static_message(
                "Các đơn vị báo cáo; hai đơn vị báo một số khác nhau thì không lấy số nào, trừ khi `[duplicates] departments = \"first\"` trong `tonghop.toml` chọn đơn vị đứng trước; `\"all\"` là mọi đơn vị.",
                "The departments that report the sector; if two give a figure different numbers, neither is used, unless `[duplicates] departments = \"first\"` in `tonghop.toml` chooses the one listed first; `\"all\"` means every department.",
            ),
        ),
        optional_key(
            "targets",
            ExpectedType::StringList,
            static_message(
                "Các kế hoạch đem so sánh, theo tên trong `[[targets]]`.",
                "The plans to compare with, by name in `[[targets]]`.",
            ),
        ),
        optional_key(
            "measures",
            ExpectedType::StringList,
            static_message(
                "Các loại số liệu khác được in, theo tên trong `[[measures]]`.",
                "Other measures to print, by name in `[[measures]]`.",
            ),
        ),
        optional_key(
            "unit",
            ExpectedType::Text,
            static_message(
                "Đơn vị tính của các chỉ tiêu không ghi riêng.",
                "The unit of the indicators that do not state one.",
            ),
        ),
        optional_key(
            "decimals",
            ExpectedType::Table(&DECIMALS),
            static_message(
                "Số chữ số thập phân khi in, cho các chỉ tiêu không ghi riêng.",
                "The number of decimals to print, for the indicators that do not state one.",
            ),
        ),
        optional_key(
            "members",
            ExpectedType::Boolean,
            static_message(
                "Mọi chỉ tiêu của ngành có số riêng của từng nơi ở `[members]` trong `tonghop.toml` hay không, như khi ghi `by = \"members\"` ở từng chỉ tiêu.",
                "Whether every indicator of the sector has a figure of each member of `[members]` in `tonghop.toml`, as with `by = \"members\"` at each indicator.",
            ),
        ),
        optional_key(
            "indicators",
            ExpectedType::Map("tonghop.IndicatorTable"),
            static_message(
                "Các chỉ tiêu theo mã, đúng thứ tự của biểu tổng hợp.",
                "The indicators by name, in the order of the consolidated workbook.",
            ),
        ),
        optional_key(
            "narrative",
            ExpectedType::OneOf(&[ExpectedType::Map("string|string[]"), ExpectedType::StringList]),
            static_message(
                "Các chủ đề của phần lời theo mã, mỗi chủ đề kèm tên dòng (một hoặc nhiều tên).",
                "The narrative topics by name, each with the label (or labels) of its row.",
            ),
        ),
        optional_key(
            "records",
            ExpectedType::Map("tonghop.RecordsTable"),
            static_message(
                "Các bảng mở theo tên: bảng mà dòng không khai báo trước, đơn vị có gì ghi nấy.",
                "Open tables by name: tables whose rows are not declared in advance; departments list what they have.",
            ),
        ),
        optional_key(
            "shortfalls",
            ExpectedType::Function("fun(d: tonghop.Sector, out: tonghop.Out)"),
            static_message(
                "Hàm ghi tồn tại, hạn chế bằng `out:shortfall`.",
                "A function that reports shortfalls with `out:shortfall`.",
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
                "Writes the text of the sector: a function, or one function per heading `[\"II.IV.1\"] = function(d, out)`.",
            ),
        ),
    ],
};

/// An indicator under `indicators`, `parts` or `of_which`.
pub(crate) const INDICATOR: TableSchema = TableSchema {
    name: "IndicatorTable",
    doc: static_message(
        "Khai báo một chỉ tiêu: tên như đơn vị ghi trong biểu, đơn vị tính và những gì suy ra từ đó.",
        "Declares an indicator: its label as departments write it, its unit, and what is derived from it.",
    ),
    positional: Some(required_key(
        "label",
        ExpectedType::Text,
        static_message(
            "Tên dòng trong biểu; `{@period.year}` trong tên thay đổi theo kỳ báo cáo.",
            "The label of the row in workbooks; `{@period.year}` in it changes with the reporting period.",
        ),
    )),
    allows_other_keys: false,
    keys: &[
        optional_key(
            "aliases",
            ExpectedType::StringList,
            static_message("Các tên khác có cùng nghĩa.", "Other labels with the same meaning."),
        ),
        optional_key(
            "unit",
            ExpectedType::Text,
            static_message(
                "Đơn vị tính: `triệu đồng`; không ghi thì theo chỉ tiêu ở trên.",
                "The unit: `triệu đồng`; by default, the unit of the indicator above it.",
            ),
        ),
        optional_key(
            "parts",
            ExpectedType::Map("tonghop.IndicatorTable"),
            static_message(
                "Các thành phần cộng lại bằng chỉ tiêu này; lệch thì được báo.",
                "The parts that add up to this indicator; a difference is reported.",
            ),
        ),
        optional_key(
            "of_which",
            ExpectedType::Map("tonghop.IndicatorTable"),
            static_message(
                "Các chỉ tiêu trong đó, không nhất thiết cộng đủ.",
                "The indicators included in this one, which need not add up to it.",
            ),
        ),
        optional_key(
            "by",
            ExpectedType::OneOf(&[ExpectedType::Map("string"), ExpectedType::Literal("members")]),
            static_message(
                "Các thành viên của chỉ tiêu này, lấy từ các dòng bên dưới, từ cột, hoặc từ các dòng dưới một dòng chỉ ghi tên thành viên: `ma = \"Tên\"`; mỗi thành viên là chỉ tiêu `<mã chỉ tiêu>_<ma>`. `\"members\"` là các nơi khai báo ở `[members]` trong `tonghop.toml`, mỗi nơi một tệp, một trang, một dòng hoặc một cột.",
                "The members of this indicator, from the rows below it, from columns, or from the rows below a line that is only the label of a member: `key = \"Label\"`; each member is the indicator `<name>_<key>`. `\"members\"` means those declared in `[members]` of `tonghop.toml`, each with a file, a sheet, a row or a column.",
            ),
        ),
        optional_key(
            "over",
            ExpectedType::Text,
            static_message(
                "Cách suy ra số chung từ các thành phần (`parts`, `by`): `\"sum\"` là cộng, `\"last\"` là số của thành phần cuối, `\"mean(chỉ_tiêu)\"` là bình quân có trọng số là các thành phần cùng tên của chỉ tiêu kia, `\"ratio(tử/mẫu)\"` là thương của hai chỉ tiêu, `\"none\"` là không suy ra. Không ghi thì cộng; chỉ tiêu có đơn vị tính `%`, `‰` hoặc có dấu `/` thì không cộng.",
                "How the whole follows from the parts (`parts`, `by`): `\"sum\"` adds them up, `\"last\"` takes the last one, `\"mean(indicator)\"` is their mean weighted by the parts of that indicator with the same labels, `\"ratio(numerator/denominator)\"` divides two indicators, `\"none\"` means that it does not follow. By default they add up, except where the unit is `%`, `‰` or contains `/`.",
            ),
        ),
        optional_key(
            "attained",
            FIGURE_FUNCTION,
            static_message(
                "Số đem so với kế hoạch, nếu không phải là số thực hiện.",
                "The figure to compare with the plan, if it is not the actual figure.",
            ),
        ),
        optional_key(
            "derive",
            ExpectedType::Function("fun(d: tonghop.Sector): tonghop.Figure"),
            static_message(
                "Cách tính số thực hiện khi không đơn vị nào báo cáo; tính từ số thực hiện của chỉ tiêu khác thì cùng kỳ và kế hoạch cũng tính như vậy, theo `unit` và `decimals` đã khai báo.",
                "How the actual figure is computed if no department reports it; from actual figures of other indicators, last year and the plans follow in the same way, in the declared `unit` and `decimals`.",
            ),
        ),
        optional_key(
            "decimals",
            ExpectedType::Table(&DECIMALS),
            static_message("Số chữ số thập phân khi in.", "The number of decimals to print."),
        ),
        optional_key(
            "padded",
            ExpectedType::Boolean,
            static_message(
                "Số dưới mười có in thêm số không ở trước hay không; số đếm thì có.",
                "Whether numbers below ten are printed with a leading zero; counts are.",
            ),
        ),
        optional_key(
            "from",
            ExpectedType::Text,
            static_message(
                "Lấy số của chỉ tiêu ngành khác: `nganh.chi_tieu`.",
                "The indicator of another sector to take the figures from: `sector.indicator`.",
            ),
        ),
        optional_key(
            "of",
            ExpectedType::Text,
            static_message(
                "Chỉ tiêu làm mẫu số, cho `.ratio` và `{x/x.of}`.",
                "The indicator used as the denominator, for `.ratio` and `{x/x.of}`.",
            ),
        ),
        optional_key(
            "names",
            ExpectedType::Boolean,
            static_message(
                "Chỉ tiêu này có phải là số dòng bên dưới hay không; tên của các dòng đó là danh sách tên.",
                "Whether this indicator is the number of rows below it; the labels of those rows are the list of names.",
            ),
        ),
        optional_key(
            "range",
            ExpectedType::NumberPair,
            static_message(
                "Khoảng mà mọi số của chỉ tiêu phải nằm trong, theo đơn vị tính của chỉ tiêu: `{ thấp, cao }`; số 0 luôn được. Số ngoài khoảng được báo, vẫn dùng như đã nhập.",
                "The range of every number of the indicator, in its unit: `{ low, high }`; 0 is always possible. A number outside is reported, and used as entered.",
            ),
        ),
        optional_key(
            "sign",
            ExpectedType::Literal("any"),
            static_message(
                "`\"any\"` nếu số âm là bình thường; không ghi thì số âm được báo, trừ mức tăng, giảm, chênh lệch và số dư.",
                "`\"any\"` if negative numbers are usual; by default they are reported, except changes, differences and balances.",
            ),
        ),
        optional_key(
            "whole",
            ExpectedType::Boolean,
            static_message(
                "Các số có phải là số nguyên hay không; không ghi thì số đếm và tiền theo đồng là số nguyên.",
                "Whether the numbers are whole; by default counts and amounts in đồng are.",
            ),
        ),
        optional_key(
            "equals",
            ExpectedType::Text,
            static_message("Chỉ tiêu mà nó phải bằng.", "The indicator that this one must equal."),
        ),
        optional_key(
            "at_most",
            ExpectedType::Text,
            static_message("Chỉ tiêu mà nó không được vượt quá.", "The indicator that this one must not exceed."),
        ),
        BECAUSE,
    ],
};

/// An open table under `records`.
pub(crate) const RECORDS: TableSchema = TableSchema {
    name: "RecordsTable",
    doc: static_message(
        "Một bảng mở: mọi dòng đơn vị ghi đều được đọc, cả chữ và số.",
        "An open table: every row that departments write is read, both text and figures.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        required_key(
            "fields",
            ExpectedType::Map("string"),
            static_message(
                "Các cột chữ theo tên, kèm tiêu đề cột: `linh_vuc = \"Lĩnh vực\"`; bảng có đủ các cột này thì được đọc.",
                "The text columns by name, each with its heading: `field = \"Lĩnh vực\"`; a table that has all of these columns is read.",
            ),
        ),
        optional_key(
            "group",
            ExpectedType::Text,
            static_message(
                "Tên để gọi đề mục nằm giữa các dòng (\"I. Dự án chuyển tiếp\") như một cột chữ của các dòng bên dưới.",
                "The name by which rules call the heading between rows (\"I. Dự án chuyển tiếp\"), as a field of the rows below it.",
            ),
        ),
        optional_key(
            "unit",
            ExpectedType::Text,
            static_message(
                "Đơn vị tính của các dòng không ghi riêng và của số tổng.",
                "The unit of the rows that do not state one, and of sums.",
            ),
        ),
        optional_key(
            "mixed",
            ExpectedType::Boolean,
            static_message(
                "Có được cộng các dòng khác đơn vị tính hay không; khi đó số tổng không có đơn vị tính.",
                "Whether rows with different units may be added up; the sum then has no unit.",
            ),
        ),
        optional_key(
            "decimals",
            ExpectedType::Integer,
            static_message("Số chữ số thập phân khi in.", "The number of decimals to print."),
        ),
    ],
};

/// `decimals = { … }`.
pub(crate) const DECIMALS: TableSchema = TableSchema {
    name: "DecimalsTable",
    doc: static_message(
        "Số chữ số thập phân khi in, theo từng loại số liệu; không ghi thì in như biểu hiển thị.",
        "The number of decimals to print, by measure; by default, as many as the workbook shows.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        optional_key("value", ExpectedType::Integer, static_message("Của chính số liệu.", "For the figure itself.")),
        optional_key(
            "attainment",
            ExpectedType::OneOf(&[ExpectedType::Integer, ExpectedType::Map("integer")]),
            static_message(
                "Của tỷ lệ đạt kế hoạch, chung hoặc theo từng kế hoạch.",
                "For the percentage of a plan that was reached, for all plans or by plan.",
            ),
        ),
        optional_key(
            "yoy",
            ExpectedType::Integer,
            static_message("Của mức tăng, giảm so với cùng kỳ.", "For the change from last year."),
        ),
        optional_key(
            "share",
            ExpectedType::Integer,
            static_message("Của tỷ trọng trong chỉ tiêu ở trên.", "For the share in the indicator above."),
        ),
        optional_key(
            "ratio",
            ExpectedType::Integer,
            static_message(
                "Của tỷ lệ so với chỉ tiêu ghi ở `of`.",
                "For the percentage of the indicator declared with `of`.",
            ),
        ),
    ],
};

/// `report { … }`.
pub(crate) const REPORT: TableSchema = TableSchema {
    name: "ReportTable",
    doc: static_message("Phần viết chung cho mọi ngành.", "Declares the text common to all sectors."),
    positional: None,
    allows_other_keys: false,
    keys: &[
        API,
        required_key(
            "sections",
            ExpectedType::Map("fun(r: tonghop.Report, out: tonghop.Out)"),
            static_message(
                "Mỗi đề mục một hàm: `[\"II.III.1\"] = function(r, out)`.",
                "One function per heading: `[\"II.III.1\"] = function(r, out)`.",
            ),
        ),
    ],
};

/// `checks { … }`.
pub(crate) const CHECKS: TableSchema = TableSchema {
    name: "ChecksTable",
    doc: static_message(
        "Các quan hệ giữa các ngành phải đúng.",
        "Declares the relations between sectors that must hold.",
    ),
    positional: None,
    allows_other_keys: false,
    keys: &[
        API,
        required_key(
            "run",
            ExpectedType::Function("fun(r: tonghop.Report, check: tonghop.Check)"),
            static_message(
                "So sánh số liệu bằng `check:equal` và `check:at_most`.",
                "Compares figures with `check:equal` and `check:at_most`.",
            ),
        ),
    ],
};

/// All schemas, in the order of the reference.
pub(crate) const SCHEMAS: [&TableSchema; 11] =
    [&SECTOR, &INDICATOR, &RECORDS, &DECIMALS, &REPORT, &CHECKS, &TABLE, &LISTING, &SHORTFALL, &BEHIND, &RELATION];
