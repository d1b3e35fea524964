//! A lexicon of column headings and of the lines around a table.
//!
//! Input: the text of a heading, joined if it spans several cells. Output: its meaning. Not here: the headings of a
//! project's plans and measures (they are in `tonghop.toml` and take precedence).

use super::fold::fold;
use crate::model::measure::{Measure, Qualifier, Status as FigureStatus};

/// The meaning of a column heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeaderMeaning {
    /// The row number (STT).
    RowNumber,
    /// The printed code of the indicator (mã chỉ tiêu).
    Code,
    /// The label of the row (chỉ tiêu, nội dung).
    Label,
    /// The unit of measure (đơn vị tính).
    Unit,
    /// The value reached in the period (thực hiện).
    Actual,
    /// The value expected to be reached in the period (ước thực hiện).
    Estimate,
    /// The value reached in the same period last year (cùng kỳ).
    LastYear,
    /// Whether the row's number is actual or estimated (tình trạng số liệu).
    Status,
    /// A remark (ghi chú).
    Note,
    /// Text for the report (nội dung báo cáo).
    Narrative,
    /// The text of a shortfall (khó khăn, vướng mắc).
    Difficulty,
    /// The cause of a shortfall (nguyên nhân).
    Cause,
    /// The indicator that a row of text belongs to (chỉ tiêu liên quan).
    RelatedIndicator,
    /// A plan of any source (kế hoạch, dự toán).
    Plan,
    /// A number derived from others, which is not read (so sánh, đạt %).
    Ratio,
}

impl HeaderMeaning {
    /// Returns the measure that the column reports, with the status of its numbers; `None` for other columns, and for
    /// plans, whose target the settings name.
    pub fn reported_measure(self) -> Option<(Measure, FigureStatus)> {
        match self {
            Actual => Some((Measure::Actual, FigureStatus::Final)),
            Estimate => Some((Measure::Actual, FigureStatus::Estimate)),
            LastYear => Some((Measure::LastYear, FigureStatus::Final)),
            _ => None,
        }
    }
}

/// Where a heading must contain the words, aligned to word boundaries.
#[derive(Clone, Copy)]
enum Anchor {
    /// The whole heading, or followed by an addition after "(", ",", "/", "-" or ":".
    Exact,
    /// At the beginning.
    Prefix,
    /// At the end.
    Suffix,
    /// Anywhere.
    Anywhere,
}

use Anchor::{Anywhere, Exact, Prefix, Suffix};
use HeaderMeaning::{
    Actual, Cause, Code, Difficulty, Estimate, Label, LastYear, Narrative, Note, Plan, Ratio, RelatedIndicator,
    RowNumber, Status, Unit,
};

/// The lexicon in order of precedence: the first match wins.
///
/// Words are folded; `None` marks headings that look like another meaning but contain numbers of another time.
const LEXICON: &[(Anchor, &[&str], Option<HeaderMeaning>)] = &[
    (Exact, &["stt", "tt", "số tt", "số thứ tự", "thứ tự"], Some(RowNumber)),
    (Exact, &["mã", "mã số", "mã ct", "mã hiệu"], Some(Code)),
    (Prefix, &["mã chỉ tiêu", "mã số chỉ tiêu", "mã ngành", "số hiệu"], Some(Code)),
    (Exact, &["đvt", "đơn vị", "đ/v tính", "đv tính"], Some(Unit)),
    (Prefix, &["đơn vị tính", "đvt", "đơn vị đo"], Some(Unit)),
    (Anywhere, &["ghi chú"], Some(Note)),
    (Prefix, &["nguyên nhân", "lý do"], Some(Cause)),
    (Anywhere, &["chỉ tiêu liên quan", "chỉ tiêu có liên quan", "thuộc chỉ tiêu"], Some(RelatedIndicator)),
    (Prefix, &["tình trạng", "trạng thái", "loại số liệu"], Some(Status)),
    (Prefix, &["nội dung báo cáo", "phần lời", "lời báo cáo", "thuyết minh", "đánh giá", "nhận xét"], Some(Narrative)),
    (Anywhere, &["khó khăn", "vướng mắc", "tồn tại", "hạn chế"], Some(Difficulty)),
    (Anywhere, &["so với", "so sánh", "so cùng kỳ", "so kế hoạch", "so kh", "so năm"], Some(Ratio)),
    (Anywhere, &["/kh", "/th", "/ưth", "/ưkh", "/kế hoạch", "/thực hiện", "/cùng kỳ", "/dự toán"], Some(Ratio)),
    (Anywhere, &["% đạt", "% hoàn thành", "% thực hiện", "% th", "% kế hoạch", "% kh", "% dự toán"], Some(Ratio)),
    (Anywhere, &["% cùng kỳ", "% tăng", "% giảm", "đạt %", "đạt(%)", "tỷ lệ %", "tỷ lệ(%)"], Some(Ratio)),
    (Anywhere, &["tỷ lệ đạt", "tỷ lệ hoàn thành", "tỷ lệ giải ngân", "tỷ lệ thực hiện"], Some(Ratio)),
    (Anywhere, &["tỷ trọng", "cơ cấu", "chênh lệch", "tốc độ tăng", "tốc độ phát triển"], Some(Ratio)),
    (Prefix, &["với", "đạt", "tăng", "giảm", "mức tăng"], Some(Ratio)),
    (Exact, &["(%)"], Some(Ratio)),
    (Suffix, &["%", "tỷ lệ"], Some(Ratio)),
    (Anywhere, &["thực hiện kế hoạch"], None),
    (Anywhere, &["kế hoạch", "kế hoặch", "kh", "khv", "dự toán", "mục tiêu"], Some(Plan)),
    (Anywhere, &["nghị quyết", "nq", "hđnd", "vốn giao", "tỉnh giao", "chỉ tiêu giao", "được giao"], Some(Plan)),
    (Prefix, &["giao"], Some(Plan)),
    (Anywhere, &["cùng kỳ", "năm trước", "năm ngoái"], Some(LastYear)),
    (Anywhere, &["kỳ trước", "tháng trước", "quý trước", "cả năm", "31/12"], None),
    (Anywhere, &["ước", "ưth", "uth"], Some(Estimate)),
    (Anywhere, &["thực hiện", "th", "giải ngân"], Some(Actual)),
    (Prefix, &["kết quả", "luỹ kế", "cộng dồn", "số liệu", "số đã", "đã"], Some(Actual)),
    (Prefix, &["số lượng", "số vụ", "số ca", "số hộ", "số người", "số tiền", "số vốn"], Some(Actual)),
    (Prefix, &["trị giá", "giá trị", "kinh phí"], Some(Actual)),
    (Exact, &["tổng số", "tổng cộng", "lượng"], Some(Actual)),
    (Suffix, &["kết quả"], Some(Actual)),
    (Prefix, &["chỉ tiêu", "tên chỉ tiêu", "nội dung", "danh mục", "hạng mục", "khoản mục", "diễn giải"], Some(Label)),
    (Exact, &["nguồn vốn", "nguồn", "chương trình", "lĩnh vực", "nhiệm vụ", "dự án", "công trình"], Some(Label)),
    (Prefix, &["loại", "hành vi"], Some(Label)),
    (Prefix, &["tên", "các chỉ tiêu"], Some(Label)),
    (Exact, &["sản phẩm", "tên sản phẩm", "tên", "nhóm", "mặt hàng", "loại hình", "đối tượng"], Some(Label)),
    (Exact, &["tên bệnh", "cây trồng", "vật nuôi"], Some(Label)),
];

/// Headings of a column with the actual value if known, else the estimate; folded.
const ESTIMATE_OR_ACTUAL: [&str; 3] = ["ưth/th", "ước th/th", "ước thực hiện/thực hiện"];

/// Returns the meaning of a heading in a project whose period is in `year`.
///
/// A heading that names another year does not belong to this period: "Thực hiện năm 2023" is last year's; a plan for
/// last year, or any column of an earlier year, has no meaning. Returns `None` for unknown headings.
pub fn header_meaning(heading: &str, year: u16) -> Option<HeaderMeaning> {
    let last_year = year.saturating_sub(1);
    let folded = fold(heading);
    // "ƯTH/TH 2024" is the estimate or the actual of one year, "ƯTH/TH 2023" a ratio.
    if ESTIMATE_OR_ACTUAL.iter().any(|text| folded.contains(text)) && years(&folded) == [year] {
        return Some(Estimate);
    }
    let entry =
        |(holds, words, _): &&(Anchor, &[&str], Option<HeaderMeaning>)| words.iter().any(|w| holds.matches(&folded, w));
    let sense = LEXICON.iter().find(entry)?.2?;
    let years = years(&folded);
    let names = |wanted| years.contains(&wanted);
    match sense {
        Actual | Estimate | Plan if years.is_empty() || names(year) => Some(sense),
        Actual | Estimate | LastYear if names(last_year) => Some(LastYear),
        LastYear if years.is_empty() => Some(LastYear),
        Actual | Estimate | Plan | LastYear => None,
        _ => Some(sense),
    }
}

impl Anchor {
    fn matches(self, heading: &str, text: &str) -> bool {
        heading.match_indices(text).any(|(at, _)| {
            let (before, after) = (&heading[..at], &heading[at + text.len()..]);
            let placed = match self {
                Exact => before.is_empty() && (after.is_empty() || after.starts_with(ADDITION_STARTS)),
                Prefix => before.is_empty(),
                Suffix => after.is_empty(),
                Anywhere => true,
            };
            placed && is_word_boundary(before, text) && is_word_boundary(text, after)
        })
    }
}

/// Characters that begin an addition to a heading; folded, so without blanks around them.
const ADDITION_STARTS: [char; 5] = ['(', ',', '/', '-', ':'];

/// Returns whether there is a word boundary between two adjacent texts. Digits may follow directly: "TH2023".
fn is_word_boundary(before: &str, after: &str) -> bool {
    !before.ends_with(char::is_alphabetic) || !after.starts_with(char::is_alphabetic)
}

/// Returns the years in a text: runs of four digits from 1900 to 2099.
pub fn years(text: &str) -> Vec<u16> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(parse_year).collect()
}

/// Parses a year written as four digits, from 1900 to 2099.
pub(super) fn parse_year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

/// Parses the status of a row's number: `true` for an estimate, `false` for an actual value.
///
/// Ignores a qualifier after the status: "Ước, khoảng" is an estimate.
pub fn parse_estimate_status(text: &str) -> Option<bool> {
    let folded = fold(text);
    match folded.split(',').next().unwrap_or_default() {
        "ước" | "ước thực hiện" | "ước tính" | "ước đạt" | "số ước" | "số liệu ước" | "sơ bộ" => {
            Some(true)
        }
        "chính thức" | "số chính thức" | "số liệu chính thức" | "thực hiện" | "thực tế" => {
            Some(false)
        }
        _ => None,
    }
}

/// Words of a status cell that qualify the number of the row, folded.
const QUALIFIERS: [(&str, Qualifier); 4] = [
    ("trên", Qualifier::Above),
    ("hơn", Qualifier::MoreThan),
    ("gần", Qualifier::Nearly),
    ("khoảng", Qualifier::About),
];

/// Parses the qualifier in a status cell: "Trên", "Ước, khoảng".
pub fn parse_qualifier(text: &str) -> Option<Qualifier> {
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    words.find_map(|word| QUALIFIERS.iter().find(|(spelling, _)| *spelling == word).map(|(_, qualifier)| *qualifier))
}

/// Returns the word printed for a qualifier.
pub fn qualifier_word(qualifier: Qualifier) -> &'static str {
    QUALIFIERS.iter().find(|(_, listed)| *listed == qualifier).map_or("", |(word, _)| word)
}

/// Labels of rows and column groups that contain totals, folded.
const TOTALS: [&str; 16] = [
    "tổng số",
    "tổng cộng",
    "tổng trị giá",
    "tổng giá trị",
    "tổng kim ngạch",
    "tổng",
    "cộng",
    "cả nước",
    "toàn quốc",
    "toàn tỉnh",
    "toàn thành phố",
    "toàn tp",
    "toàn huyện",
    "toàn thị xã",
    "toàn xã",
    "toàn ngành",
];

/// The maximum number of words of such a label, including its numbering and "trong đó".
const MAX_WORDS_OF_TOTAL: usize = 7;

/// Returns whether a label or a column group is that of a total.
pub fn is_total(text: &str) -> bool {
    // Fast path: most labels are longer, and folding is expensive.
    text.split_ascii_whitespace().nth(MAX_WORDS_OF_TOTAL).is_none()
        && TOTALS.contains(&super::label::fold_label(text).as_str())
}

/// Returns whether a heading is cumulative from the beginning of the year.
pub fn is_cumulative(heading: &str) -> bool {
    let folded = fold(heading);
    ["luỹ kế", "cộng dồn"].iter().any(|text| folded.contains(text))
}

/// Distinguishes the two columns of trade: `true` for the value in money, `false` for the quantity.
pub fn is_trade_value(heading: &str) -> Option<bool> {
    let folded = fold(heading);
    match folded.split('(').next().unwrap_or_default() {
        "trị giá" | "giá trị" | "kim ngạch" => Some(true),
        "lượng" | "số lượng" | "khối lượng" => Some(false),
        _ => None,
    }
}

/// Words at the beginning of a line under a table, folded.
const CLOSING_PREFIXES: [&str; 19] = [
    "ghi chú:",
    "nguồn:",
    "nguồn số liệu:",
    "chú thích:",
    "chú ý:",
    "lưu ý:",
    "nơi nhận",
    "người lập",
    "người kiểm tra",
    "thủ trưởng",
    "kế toán trưởng",
    "ký tên",
    "(ký,",
    "(ký tên",
    "(ký ghi",
    "tm.",
    "kt.",
    "tl.",
    "t/m",
];

/// Complete lines under a table, folded.
const CLOSING_LINES: [&str; 8] = [
    "ghi chú",
    "giám đốc",
    "trưởng phòng",
    "chủ tịch",
    "phó chủ tịch",
    "lãnh đạo đơn vị",
    "lãnh đạo phòng",
    "xác nhận",
];

/// Returns whether a text is a line under a table: a note, a source, a signature, a place with its date.
pub fn is_closing_note(text: &str) -> bool {
    let folded = fold(text).replace(" :", ":");
    CLOSING_PREFIXES.iter().any(|words| folded.starts_with(words))
        || CLOSING_LINES.contains(&folded.as_str())
        || is_place_and_date(&folded)
}

/// Matches "…, ngày … tháng … năm …", filled in or not, and "…, ngày 20/9/2024".
fn is_place_and_date(folded: &str) -> bool {
    folded.split_once("ngày").is_some_and(|(place, date)| {
        let dated = date.contains("năm") || date.contains('/');
        let digits = date.replacen("tháng", "", 1).replacen("năm", "", 1);
        let open = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '…' | '_' | '/'));
        (place.is_empty() || place.ends_with(',')) && dated && open
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lexicon_is_folded() {
        let lines = CLOSING_PREFIXES.iter().chain(&CLOSING_LINES).chain(&TOTALS);
        for text in LEXICON.iter().flat_map(|(_, words, _)| *words).chain(lines) {
            assert_eq!(fold(text), *text);
        }
    }

    #[test]
    fn headings_have_their_meaning() {
        for (sense_of, headings) in [
            (Some(RowNumber), &["STT", "TT", "Số TT", "Số\nthứ tự"][..]),
            (Some(Code), &["Mã số", "Mã chỉ tiêu", "Mã"]),
            (Some(Label), &["Chỉ tiêu", "NỘI DUNG", "Tên chỉ tiêu", "Chỉ tiêu chủ yếu", "Nguồn vốn/chương trình"]),
            (Some(Label), &["Danh mục dự án", "Hạng mục", "Lĩnh vực", "Chương trình", "Nội dung (chỉ tiêu)"]),
            (Some(Unit), &["ĐVT", "Đơn vị tính", "Đơn vị", "ĐVT (trđ)"]),
            (Some(Actual), &["Thực hiện", "Thực hiện 9 tháng năm 2024", "TH 2024", "TH2024", "Kết quả", "Số lượng"]),
            (Some(Actual), &["Số vụ", "Giải ngân đến 30/9/2024", "Số liệu 9 tháng", "Số đã giải ngân", "Trị giá"]),
            (Some(Actual), &["Kết quả thực hiện 9 tháng", "Lũy kế 9 tháng", "Luỹ kế thực hiện", "Thực hiện (%)"]),
            (Some(Estimate), &["Ước thực hiện", "Ước TH 9 tháng 2024", "Ước tính", "ƯTH 2024", "Thực hiện (ước)"]),
            (Some(LastYear), &["Cùng kỳ", "Cùng kỳ năm trước", "Thực hiện cùng kỳ năm 2023", "TH 2023", "TH2023"]),
            (Some(LastYear), &["th 9t/2023", "Thực hiện 9 tháng đầu năm 2023", "Lũy kế cùng kỳ", "Ước TH 2023"]),
            (Some(Status), &["Tình trạng số liệu", "Trạng thái"]),
            (Some(Note), &["Ghi chú"]),
            (Some(Narrative), &["Nội dung báo cáo", "Phần lời", "Thuyết minh"]),
            (Some(Difficulty), &["Khó khăn, vướng mắc", "Tồn tại, hạn chế", "Tồn tại, hạn chế và nguyên nhân"]),
            (Some(Cause), &["Nguyên nhân", "Nguyên nhân tồn tại"]),
            (Some(RelatedIndicator), &["Chỉ tiêu liên quan"]),
            (Some(Plan), &["Kế hoạch", "Kế hoạch vốn giao", "KH 2024", "KH2024", "Dự toán HĐND giao", "Tỉnh giao"]),
            (Some(Plan), &["Nghị quyết HĐND thành phố", "Chỉ tiêu giao năm 2024", "Kế hoạch năm 2024 tỉnh giao"]),
            (Some(Ratio), &["%", "So với cùng kỳ (%)", "So sánh % TH 2024/KH", "Tỷ lệ (%)", "Đạt %", "% đạt"]),
            (Some(Ratio), &["ƯTH2024/ƯTH2023", "ƯTH/ TH 2023", "TH/KH (%)", "Tăng, giảm (%)", "Tỷ lệ giải ngân"]),
            (Some(Ratio), &["Giải ngân Tỷ lệ", "Thực hiện Cơ cấu (%)", "với cùng kỳ", "Tỉ lệ %", "(%)", "Thực hiện %"]),
            (Some(Actual), &["Toàn thành phố TH 2024", "Lượng", "Giải ngân Số tiền"]),
            (Some(LastYear), &["Cùng kì"]),
            (Some(Estimate), &["ƯTH/ TH 2024", "Ước thực hiện/Thực hiện năm 2024"]),
            (Some(Label), &["Tên tài khoản", "Tên ngành kinh tế"]),
            (Some(Code), &["Số hiệu tài khoản"]),
            (Some(Ratio), &["Kế hoạch năm 2024 so với thực hiện 2023", "Thực hiện so với kế hoạch"]),
            (None, &["", "Xã A", "Năm 2023", "Thực hiện năm 2022", "KH 2023", "Kế hoạch giai đoạn 2021-2025"]),
            (None, &["Thực hiện kỳ trước", "Ước thực hiện cả năm 2024", "Cùng kỳ năm 2022", "Tỷ lệ hộ nghèo"]),
            (None, &["Đơn vị thực hiện kế hoạch", "Nước", "Mã đơn vị gửi báo cáo", "Tình hình thực hiện kế hoạch"]),
        ] {
            for heading in headings {
                assert_eq!(header_meaning(heading, 2024), sense_of, "{heading}");
            }
        }
    }

    #[test]
    fn the_status_of_a_row_is_read() {
        for (text, expected) in
            [("Ước", Some(true)), ("ước thực hiện", Some(true)), ("Chính thức", Some(false)), ("", None), ("?", None)]
        {
            assert_eq!(parse_estimate_status(text), expected, "{text}");
        }
    }

    #[test]
    fn closing_lines_are_recognised() {
        for text in [
            "Ghi chú: số liệu ước",
            "Nguồn : Chi cục Thống kê",
            "Người lập biểu",
            "THỦ TRƯỞNG ĐƠN VỊ",
            "Lai Châu, ngày 20 tháng 9 năm 2024",
            "…, ngày … tháng … năm …",
            "Ngày .... tháng .... năm 2024",
            "(Ký, ghi rõ họ tên)",
            "Lai Châu, ngày 20/9/2024",
            "KT. TRƯỞNG PHÒNG",
        ] {
            assert!(is_closing_note(text), "{text}");
        }
        for text in [
            "Nguồn vốn",
            "Nguồn thu",
            "Ngày 15",
            "Tổ chức ngày hội trong tháng 9 năm 2024",
            "Ban hành ngày 20 tháng 9 năm 2024",
            "",
        ] {
            assert!(!is_closing_note(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".*") {
            header_meaning(&text, 2024);
            parse_estimate_status(&text);
            is_closing_note(&text);
        }
    }
}
