//! What the words of a label and a unit say about the numbers that an indicator can have.
//!
//! Input: labels and units as written in forms and rules. Output: whether the numbers are whole, can be negative, are
//! shares of a whole. Not here: the numbers, and what rules declare about them (`model::bounds`).

use super::fold::{fold, is_letter_or_digit};
use super::unit::{is_count, is_money};
use crate::model::quantity::Unit;

/// Words of differences and changes, folded; in any unit they can be negative.
const CHANGES: [&str; 29] = [
    "tăng giảm",
    "tăng,giảm",
    "tăng/giảm",
    "tăng(giảm)",
    "tăng(+)",
    "tăng +",
    "(+/-)",
    "(+,-)",
    "(±)",
    "+/-",
    "tăng trưởng",
    "tốc độ tăng",
    "tốc độ giảm",
    "tốc độ phát triển",
    "mức tăng",
    "mức giảm",
    "tỷ lệ tăng",
    "tỷ lệ giảm",
    "tăng so",
    "giảm so",
    "tăng tự nhiên",
    "tăng cơ học",
    "chênh lệch",
    "biến động",
    "so với cùng kỳ",
    "so cùng kỳ",
    "so với năm",
    "so với tháng",
    "so với đầu năm",
];

/// Words of balances and results, folded; amounts with them can be negative, counts cannot.
const BALANCES: [&str; 24] = [
    "bội chi",
    "bội thu",
    "thặng dư",
    "thâm hụt",
    "lợi nhuận",
    "lãi,lỗ",
    "lãi/lỗ",
    "lãi(lỗ)",
    "lỗ",
    "cán cân",
    "xuất siêu",
    "nhập siêu",
    "kết dư",
    "số dư",
    "dư cuối kỳ",
    "tồn quỹ",
    "hiệu số",
    "dòng tiền",
    "lưu chuyển tiền",
    "nhiệt độ",
    "chỉ số",
    "di cư thuần",
    "cân đối thu chi",
    "cân đối thu,chi",
];

/// Beginnings of labels in which "tăng" or "giảm" is not a change of the number, folded.
const NOT_CHANGES: [&str; 4] = ["giảm nghèo", "tăng cường", "tăng gia", "giảm tải"];

/// Words of shares of a whole, folded.
const SHARES: [&str; 5] = ["tỷ lệ", "tỷ trọng", "cơ cấu", "độ che phủ", "độ bao phủ"];

/// Words of percentages that can exceed 100 without being changes, folded: of a plan, of another amount.
const UNBOUNDED: [&str; 16] = [
    "so với",
    "kế hoạch",
    "dự toán",
    "chỉ tiêu giao",
    "nghị quyết",
    "tỷ lệ thực hiện",
    "tỷ lệ hoàn thành",
    "công suất",
    "tỷ suất",
    "lạm phát",
    "nợ",
    "sinh lời",
    "nhập học chung",
    "chỉ số",
    "tỷ giá",
    "trên vốn",
];

/// Words of means and ratios, whose numbers have fractions whatever is counted, folded.
const MEANS: [&str; 11] = [
    "bình quân",
    "trung bình",
    "mật độ",
    "năng suất",
    "định mức",
    "hệ số",
    "chỉ số",
    "tỷ số",
    "tỷ lệ",
    "tỷ suất",
    "tuổi thọ",
];

/// Units that `unit::is_count` takes for counted things but that are divided, folded: times, old areas, scores, physics.
const DIVISIBLE_BASES: [&str; 34] = [
    "điểm",
    "tuổi",
    "năm",
    "tháng",
    "tuần",
    "ngày",
    "công",
    "ngày công",
    "giờ công",
    "ca máy",
    "sào",
    "mẫu",
    "thước",
    "độ",
    "°c",
    "tín chỉ",
    "bậc",
    "ml",
    "mg",
    "cc",
    "dm",
    "hl",
    "kv",
    "kva",
    "mva",
    "kwp",
    "mwp",
    "w",
    "gb",
    "mb",
    "tb",
    "hải lý",
    "dặm",
    "hệ số",
];

/// First words of units of quantities that are measured, folded: "km đường", "tấn hơi".
const MEASURED_FIRST_WORDS: [&str; 17] =
    ["km", "m", "m2", "m3", "km2", "ha", "tấn", "tạ", "kg", "yến", "lít", "mét", "phút", "giờ", "kwh", "mwh", "mw"];

/// Returns whether the amounts in a unit are whole in its base: things that are counted, and đồng.
///
/// In "nghìn con" a thousandth is whole. Units that are unknown to the language are those of a project, and are taken
/// for counted things if nothing in them is measured.
pub fn is_whole_unit(unit: &Unit) -> bool {
    let base = fold(&unit.base);
    let first = base.split([' ', ',']).next().unwrap_or_default();
    let counted = Unit { scale: crate::model::quantity::Scale::ONE, ..unit.clone() };
    if is_money(unit) {
        return &*base == "đồng";
    }
    is_count(&counted)
        && !base.contains(['/', '.', '%'])
        && !DIVISIBLE_BASES.contains(&base.as_str())
        && !MEASURED_FIRST_WORDS.contains(&first)
}

/// Returns whether a label is that of a mean, a ratio or an index.
pub fn is_mean(label: &str) -> bool {
    holds_any(&fold(label), &MEANS)
}

/// Returns whether an indicator with this label can be negative: a change, a difference, a balance.
pub fn may_be_negative(label: &str, unit: &Unit) -> bool {
    let label = fold(label);
    if unit.base.starts_with("điểm") && unit.base.contains(['%', ' ']) {
        return true;
    }
    is_change(&label) || !is_count(unit) && holds_any(&label, &BALANCES)
}

/// Returns whether a percentage with this label is a share of a whole, which is at most 100.
pub fn is_share(label: &str) -> bool {
    let label = fold(label);
    holds_any(&label, &SHARES) && !is_change(&label) && !holds_any(&label, &BALANCES) && !holds_any(&label, &UNBOUNDED)
}

/// Returns whether a percentage with this label says how much of a plan or of the possible was reached.
pub fn is_attained_share(label: &str) -> bool {
    let label = fold(label);
    !is_change(&label) && holds_any(&label, &SHARES) && holds_any(&label, &["so với", "kế hoạch", "dự toán"])
}

/// Returns whether a folded label is that of a change.
fn is_change(label: &str) -> bool {
    let words = ["tăng", "giảm"];
    let begins = words.iter().any(|word| label.split(' ').next() == Some(*word));
    let ends = words.iter().any(|word| label.rsplit(' ').next() == Some(*word));
    let begins = begins && !NOT_CHANGES.iter().any(|other| label.starts_with(other));
    begins || ends || holds_any(label, &CHANGES)
}

/// Returns whether a folded text holds one of the phrases as whole words.
fn holds_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| holds(text, phrase))
}

fn holds(text: &str, phrase: &str) -> bool {
    let is_end = |beside: Option<char>, inside: Option<char>| {
        !beside.is_some_and(is_letter_or_digit) || !inside.is_some_and(is_letter_or_digit)
    };
    text.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + phrase.len()..].chars().next());
        is_end(before, phrase.chars().next()) && is_end(after, phrase.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vi::unit::parse;

    #[test]
    fn the_tables_are_folded() {
        let tables: [&[&str]; 8] =
            [&CHANGES, &BALANCES, &NOT_CHANGES, &SHARES, &UNBOUNDED, &MEANS, &DIVISIBLE_BASES, &MEASURED_FIRST_WORDS];
        for text in tables.into_iter().flatten() {
            assert_eq!(fold(text), *text);
        }
    }

    #[test]
    fn things_and_money_are_whole() {
        for text in ["vụ", "lượt người", "con", "nghìn con", "đồng", "triệu đồng", "tổ dân phố, bản", "GCN", "suất quà"]
        {
            assert!(is_whole_unit(&parse(text)), "{text}");
        }
        for text in [
            "ha",
            "tấn",
            "%",
            "",
            "người/km2",
            "người/hộ",
            "triệu USD",
            "điểm",
            "tuổi",
            "km đường",
            "m dài",
            "ngày công",
            "nghìn tấn",
            "tạ/ha",
            "hành khách.km",
            "kVA",
            "sào",
            "m3 gỗ",
        ] {
            assert!(!is_whole_unit(&parse(text)), "{text}");
        }
    }

    #[test]
    fn changes_and_balances_can_be_negative() {
        for (label, unit, expected) in [
            ("Tốc độ tăng trưởng kinh tế", "%", true),
            ("Tăng (+), giảm (-) so với cùng kỳ", "con", true),
            ("Tăng, giảm", "hộ", true),
            ("Số hộ tăng", "hộ", true),
            ("Mức giảm tỷ lệ hộ nghèo", "%", true),
            ("Giảm tỷ suất sinh", "‰", true),
            ("Bội chi ngân sách", "triệu đồng", true),
            ("Lợi nhuận trước thuế", "tỷ đồng", true),
            ("Chênh lệch thu chi", "triệu đồng", true),
            ("Thay đổi tỷ trọng", "điểm %", true),
            ("Chương trình giảm nghèo bền vững", "triệu đồng", false),
            ("Giảm nghèo", "hộ", false),
            ("Tăng cường cơ sở vật chất", "triệu đồng", false),
            ("Diện tích ngô", "ha", false),
            ("Số doanh nghiệp báo lỗ", "doanh nghiệp", false),
            ("Thu cân đối ngân sách", "triệu đồng", false),
            ("Sản lượng chè tăng", "tấn", true),
        ] {
            assert_eq!(may_be_negative(label, &parse(unit)), expected, "{label}");
        }
    }

    #[test]
    fn shares_are_told_from_growth_and_attainment() {
        for (label, share, attained) in [
            ("Tỷ lệ che phủ rừng", true, false),
            ("Tỉ lệ hộ đạt gia đình văn hóa", true, false),
            ("Cơ cấu kinh tế: dịch vụ", true, false),
            ("Tỷ lệ tăng dân số tự nhiên", false, false),
            ("Tỷ lệ thu gom rác so với kế hoạch", false, true),
            ("Tỷ lệ giải ngân so với dự toán giao", false, true),
            ("Tỷ lệ nợ trên vốn", false, false),
            ("Công suất sử dụng giường bệnh", false, false),
            ("Chỉ số giá tiêu dùng", false, false),
            ("Tỷ lệ hộ nghèo giảm so với năm trước", false, false),
        ] {
            assert_eq!((is_share(label), is_attained_share(label)), (share, attained), "{label}");
        }
    }

    #[test]
    fn means_have_fractions() {
        for label in ["Số người bình quân một hộ", "Số con trung bình của một phụ nữ", "Mật độ dân số"]
        {
            assert!(is_mean(label), "{label}");
        }
        assert!(!is_mean("Số hộ nghèo"));
    }
}
