//! The Vietnamese of the reference of `tonghop.toml`, and its texts.
//!
//! Input: none. Output: a description for each key, in the order of the page. Not here: the keys, which the types
//! define, and their English.

use crate::message::{StaticMessage, static_message};

pub(super) const HEAD: StaticMessage = static_message(
    "# Mọi mục của `tonghop.toml`

Trang này được sinh ra từ các kiểu trong `crates/core/src/config`. Mục lạ, sai kiểu hoặc ngoài giới hạn là lỗi, có dòng và cột. \
English: [settings.en.md](settings.en.md).
",
    "# Every key of `tonghop.toml`

Generated from the types in `crates/core/src/config`. A key that is unknown, of another type or out of range is an error with \
its line and column. Tiếng Việt: [settings.md](settings.md).
",
);

pub(super) const VALUES_INTRODUCTION: StaticMessage = static_message(
    "Mẫu câu in được mọi chữ và số nguyên của tệp này; tiêu đề cột, tiêu đề mục và trích yếu cũng vậy.",
    "Templates can print every text and whole number of this file; so can headings of columns and of the report, and the subject.",
);

/// What templates can print, by its name.
pub(super) const VALUES: [(&str, StaticMessage); 9] = [
    ("period.year", static_message("năm báo cáo", "the year of the report")),
    ("period.last_year", static_message("năm trước", "the year before")),
    ("period.months", static_message("số tháng của kỳ", "the number of months of the period")),
    ("period.months_left", static_message("số tháng còn lại của năm", "the number of months left in the year")),
    (
        "period.previous_month",
        static_message("tháng liền trước tháng cuối của kỳ", "the month before the last month of the period"),
    ),
    ("period.quarter", static_message("quý của tháng cuối kỳ", "the quarter of the last month of the period")),
    ("period.name", static_message("tên kỳ như trong tiêu đề", "the name of the period as in titles")),
    (
        "settings.<name>",
        static_message("một giá trị của `[settings]`, kèm đơn vị", "a value of `[settings]`, with its unit"),
    ),
    (
        "organisation.place",
        static_message("mục bất kỳ của tệp này, ghi theo đường dẫn", "any key of this file, by its path"),
    ),
];

/// The Vietnamese of each key, in the order of the page.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("organisation", "Cơ quan lập báo cáo, như ghi trên đầu văn bản, thư phản hồi và biểu mẫu."),
    ("organisation.superior", "Cơ quan cấp trên."),
    ("organisation.issuer", "Cơ quan ban hành; cũng là tác giả của các sổ tính xuất ra."),
    ("organisation.place", "Địa danh ghi trước ngày tháng."),
    ("organisation.symbol", "Ký hiệu sau số văn bản: `BC-UBND`."),
    ("period", "Các tháng mà báo cáo tính đến."),
    ("period.year", "Năm báo cáo."),
    ("period.months", "Số tháng kể từ tháng Một: 9."),
    ("report", "Phần chữ quanh nội dung các ngành."),
    ("report.kind", "Loại văn bản, như in ra: `BÁO CÁO`."),
    ("report.subject", "Trích yếu; dùng được `{@…}`."),
    ("report.number", "Số văn bản; để trống đến khi có số."),
    ("report.date", "Ngày văn bản; để trống đến khi có ngày."),
    ("report.closing", "Câu kết; dùng được `{@…}`."),
    ("report.percent_decimals", "Số chữ số thập phân của tỷ lệ phần trăm khi quy tắc không quy định."),
    ("signature", "Người ký và nơi nhận."),
    ("signature.authority", "Các dòng thẩm quyền, chức vụ: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`."),
    ("signature.name", "Họ tên người ký; để trống đến khi ký."),
    ("signature.recipients", "Các dòng của phần \"Nơi nhận\"."),
    ("departments[]", "Các đơn vị gửi số liệu, theo thứ tự trong báo cáo; mỗi mã chỉ dùng một lần."),
    ("departments[].id", "Mã: tên thư mục của đơn vị trong `workbooks/`."),
    ("departments[].name", "Tên trong báo cáo, biểu mẫu, thư phản hồi; bảng theo dõi nhận cả tên này thay cho mã."),
    ("departments[].due", "Hạn gửi, `YYYY-MM-DD`."),
    ("targets[]", "Các kế hoạch để so sánh, theo thứ tự cột."),
    ("targets[].id", "Tên dùng trong quy tắc."),
    ("targets[].name", "Tên như viết giữa câu: `kế hoạch năm`; ở tiêu đề thì viết hoa chữ đầu."),
    ("targets[].headings", "Các cách ghi tiêu đề cột trong biểu; `{@period.months}` được thay bằng giá trị."),
    ("targets[].unit", "Đơn vị của cột nếu khác đơn vị của chỉ tiêu: `%` cho một chỉ số."),
    ("measures[]", "Các loại số liệu khác, theo thứ tự cột."),
    ("measures[].id", "Tên dùng trong quy tắc."),
    ("measures[].name", "Tên như viết giữa câu; ở tiêu đề thì viết hoa chữ đầu."),
    ("measures[].headings", "Các cách ghi tiêu đề cột trong biểu; `{@period.months}` được thay bằng giá trị."),
    ("measures[].unit", "Đơn vị của cột nếu khác đơn vị của chỉ tiêu: `%` cho một chỉ số."),
    (
        "measures[].series",
        "Một dãy theo tháng hoặc quý: mỗi tháng, quý là một loại số liệu; tiêu đề có `{n}` ở chỗ con số.",
    ),
    ("measures[].series = \"months\"", "Mười hai tháng."),
    ("measures[].series = \"quarters\"", "Bốn quý."),
    ("columns", "Tiêu đề cột mà chỉ dự án này dùng, ngoài những tiêu đề chương trình tự hiểu."),
    ("columns.actual", "Tiêu đề khác của cột thực hiện; dùng được `{@…}`."),
    ("columns.last_year", "Tiêu đề khác của cột cùng kỳ năm trước; dùng được `{@…}`."),
    ("columns.label", "Tiêu đề của cột ghi tên các dòng; dùng được `{@…}`."),
    ("columns.ignore", "Tiêu đề của các cột không đọc; dùng được `{@…}`."),
    ("members", "Các địa bàn, đơn vị mà mỗi nơi gửi một biểu như nhau."),
    ("members.from", "Biểu ghi tên địa bàn ở đâu: một chỗ, hoặc nhiều chỗ không được trái nhau."),
    ("members.pattern", "Biểu ghi tên như thế nào: `Xã {member}`."),
    ("members.list[]", "Các địa bàn, theo thứ tự trong báo cáo; mỗi mã chỉ dùng một lần."),
    ("members.list[].id", "Tên trong quy tắc: số của chỉ tiêu ở địa bàn này là chỉ tiêu `<chỉ tiêu>_<id>`."),
    ("members.list[].name", "Tên như biểu ghi ở chỗ `{member}`."),
    ("settings", "Giá trị cho quy tắc và mẫu câu, theo tên: ngưỡng, tên gọi, ngày."),
    ("settings.<name>", "Một giá trị; quy tắc đọc là `settings.<name>`, mẫu câu in bằng `{@settings.<name>}`."),
    ("severity", "Mức độ của từng loại vấn đề, theo mã, khác với mức mặc định (`tonghop explain <mã>`)."),
    ("severity.<name>", "Mức độ của vấn đề có mã này; lỗi không hạ được xuống mức thấp hơn."),
    ("severity.<name> = \"note\"", "Thông tin: đã chuyển đổi rõ ràng."),
    ("severity.<name> = \"warning\"", "Cần xem lại: số liệu mâu thuẫn hoặc thiếu."),
    (
        "severity.<name> = \"error\"",
        "Mất một phần: biểu, quy tắc, đơn vị hoặc nguồn của một số; lần chạy kết thúc với mã 1.",
    ),
    ("duplicates", "Cách xử lý khi hai tệp hoặc hai đơn vị trái nhau; không ghi thì không dùng bên nào."),
    ("duplicates.keep", "Dùng tệp nào trong hai tệp trái nhau của một đơn vị."),
    (
        "duplicates.keep = \"newest\"",
        "Tệp lưu sau cùng theo thuộc tính của chính nó; tệp không ghi ngày lưu xếp sau; bằng nhau thì theo tên.",
    ),
    ("duplicates.keep = \"first\"", "Tệp đứng trước theo tên."),
    ("duplicates.keep = \"refuse\"", "Không dùng tệp nào, đến khi chỉ còn một."),
    ("duplicates.departments", "Dùng số của đơn vị nào khi hai đơn vị báo khác nhau."),
    ("duplicates.departments = \"first\"", "Đơn vị đứng trước trong danh sách của ngành."),
    ("duplicates.departments = \"refuse\"", "Không dùng số nào, đến khi hai bên thống nhất."),
    ("scale", "Ngưỡng nghi sai đơn vị tính."),
    (
        "scale.tolerance",
        "Nghi khi số lệch các số so sánh khoảng một nghìn hay một triệu lần, sai khác trong hệ số này, nếu hai số so sánh khớp nhau.",
    ),
    ("scale.tolerance_alone", "Như trên, khi chỉ có một số để so sánh."),
    ("scale.tolerance_sum", "Như trên, khi tổng và các thành phần xác định đúng con số."),
    ("feedback", "Đơn vị nào được nhận thư phản hồi."),
    ("feedback.to", "Đơn vị nào được nhận thư phản hồi."),
    ("feedback.to = \"all\"", "Mọi đơn vị, cả đơn vị không phải sửa gì."),
    ("feedback.to = \"doubtful\"", "Những đơn vị phải sửa hoặc gửi bổ sung."),
    ("feedback.to = \"none\"", "Không đơn vị nào; không ghi gì vào `phan-hoi/`."),
    ("limits", "Giới hạn cho quy tắc và cho việc đọc sổ tính."),
    ("limits.plugin_seconds", "Thời gian xử lý tối đa của một lần gọi quy tắc, giây."),
    ("limits.plugin_memory_mib", "Bộ nhớ tối đa của một tệp quy tắc, MiB."),
    ("limits.rules_seconds", "Thời gian xử lý tối đa của mọi tệp quy tắc cộng lại, giây."),
    (
        "limits.read_seconds",
        "Thời gian xử lý tối đa để đọc một sổ tính, giây; sổ chậm hơn bị bỏ, các sổ khác vẫn dùng.",
    ),
    ("limits.read_memory_mib", "Bộ nhớ tối đa để đọc một sổ tính, MiB; sổ cần nhiều hơn bị bỏ."),
    ("charts[]", "Biểu đồ trong sổ tổng hợp, theo thứ tự."),
    ("charts[].kind", "So sánh gì; quyết định cách vẽ."),
    ("charts[].kind = \"attainment\"", "Mức đạt kế hoạch, %, so với nhịp độ của kỳ."),
    ("charts[].kind = \"last-year\"", "Năm nay so với cùng kỳ năm trước, lấy cùng kỳ là 100%."),
    ("charts[].kind = \"plan\"", "Kế hoạch và thực hiện cạnh nhau, theo đơn vị của chúng."),
    ("charts[].kind = \"series\"", "Các tháng hoặc quý của một dãy, theo đơn vị của chỉ tiêu."),
    ("charts[].series", "Mã của `[[measures]]` có `series`, khi `kind = \"series\"`."),
    ("charts[].title", "In trên biểu đồ, trước tên kỳ."),
    ("charts[].indicators", "Các chỉ tiêu, theo thứ tự: `\"nganh.chi_tieu\"`."),
    ("charts[].target", "Kế hoạch để so sánh; không ghi thì lấy kế hoạch đầu tiên có số của từng chỉ tiêu."),
    ("outline", "Các mục của báo cáo."),
    ("outline.letters", "Các chữ đánh số cấp thứ tư, theo thứ tự."),
    ("outline.headings[]", "Theo thứ tự trong báo cáo, mỗi mục đứng sau mục cha."),
    ("outline.headings[].path", "Đường dẫn của mục cha và số của chính nó, không bỏ số: `II.I.1.a`."),
    ("outline.headings[].title", "Tên mục, sau số; dùng được `{@…}`."),
    ("outline.headings[].sectors", "Thứ tự các ngành cùng viết dưới mục này; các ngành khác theo sau, xếp theo tên."),
];

/// A file with every table.
pub(super) const EXAMPLE: &str = r##"[organisation]
superior = "ỦY BAN NHÂN DÂN TỈNH SÔNG CẦU"
issuer = "ỦY BAN NHÂN DÂN THÀNH PHỐ SÔNG CẦU"
place = "Thành phố Sông Cầu"
symbol = "BC-UBND"

[period]
year = 2024
months = 9

[report]
kind = "BÁO CÁO"
subject = "Công tác môi trường {@period.name}"
closing = "Trên đây là báo cáo {@period.name} của {@organisation.place}./."
percent_decimals = 1

[signature]
authority = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
recipients = ["UBND tỉnh;", "Lưu: VT."]

[[departments]]
id = "phong-moi-truong"
name = "Phòng Môi trường"
due = 2024-09-16

[[targets]]
id = "annual"
name = "kế hoạch năm"
headings = ["Kế hoạch năm", "KH năm {@period.year}"]

[[measures]]
id = "quarter"
name = "riêng quý"
headings = ["Thực hiện quý {@period.quarter}"]

[[measures]]
id = "month"
name = "tháng {n}"
series = "months"
headings = ["Tháng {n}"]

[columns]
actual = ["Số đã cấp {@period.months} tháng"]
label = ["Đầu việc"]
ignore = ["Số thẩm định"]

[members]
pattern = "Xã {member}"
from = ["title", "sheet"]
list = [{ id = "an_binh", name = "An Bình" }, { id = "tan_lap", name = "Tân Lập" }]

[settings]
late = 0.8
least = { value = 5, unit = "ha" }
season = "mùa khô"
streets = ["Trần Phú", "Lê Lợi"]
opening = 2024-11-20

[severity]
unit-mismatch = "error"

[duplicates]
keep = "newest"
departments = "first"

[scale]
tolerance = 3.0

[feedback]
to = "doubtful"

[limits]
plugin_seconds = 2.0

[[charts]]
kind = "attainment"
title = "Mức đạt kế hoạch"
indicators = ["environment.waste", "environment.trees"]
target = "annual"

[outline]
letters = ["a", "b"]
headings = [
  { path = "I", title = "MÔI TRƯỜNG ĐÔ THỊ", sectors = ["environment"] },
  { path = "II", title = "TỒN TẠI, HẠN CHẾ" },
]
"##;
