//! Parses the lines above a table that concern the whole form.
//!
//! Input: one line. Output: the sender that it states, and whether it states a period or only compares with one. Not
//! here: the expected sender, the period itself (`vi::period`).

use super::fold::fold;

/// Labels of the sender of a form, folded.
const SENDER_LABELS: [&str; 10] = [
    "đơn vị báo cáo",
    "đơn vị gửi báo cáo",
    "đơn vị gửi",
    "đơn vị lập biểu",
    "đơn vị lập báo cáo",
    "tên đơn vị báo cáo",
    "tên đơn vị",
    "cơ quan báo cáo",
    "cơ quan lập biểu",
    "đơn vị",
];

/// Labels of the period of a form, folded.
const PERIOD_LABELS: [&str; 4] = ["kỳ báo cáo", "kỳ số liệu", "thời kỳ báo cáo", "kỳ"];

/// Words of a line that mentions a period to compare with, or a document, folded.
const COMPARISONS_AND_CITATIONS: [&str; 10] = [
    "so với",
    "so sánh",
    "cùng kỳ",
    "năm trước",
    "nghị quyết",
    "quyết định",
    "thông tư",
    "giai đoạn",
    "ban hành",
    "căn cứ",
];

/// Returns the folded name after "Đơn vị báo cáo:"; `None` for other lines, and if no name follows.
pub fn sender(line: &str) -> Option<String> {
    value_after_label(line, &SENDER_LABELS)
}

/// Returns whether a line states the period of the form: "Kỳ báo cáo: …".
pub fn states_period(line: &str) -> bool {
    value_after_label(line, &PERIOD_LABELS).is_some()
}

/// Returns whether a line mentions a period to compare with, or a document, instead of the form itself.
pub fn is_comparison_or_citation(line: &str) -> bool {
    let folded = fold(line);
    COMPARISONS_AND_CITATIONS.iter().any(|text| folded.contains(text))
}

fn value_after_label(line: &str, labels: &[&str]) -> Option<String> {
    // Fast path: most lines have no label, and folding is expensive.
    if !line.contains(':') {
        return None;
    }
    let folded = fold(line);
    let (before, after) = folded.split_once(':')?;
    let before = before.trim().trim_start_matches(|c: char| !c.is_alphabetic());
    let name = after.trim().trim_matches(|c: char| !c.is_alphanumeric());
    (labels.contains(&before) && !name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tables_are_folded() {
        for text in SENDER_LABELS.iter().chain(&PERIOD_LABELS).chain(&COMPARISONS_AND_CITATIONS) {
            assert_eq!(fold(text), *text);
        }
    }

    #[test]
    fn senders_are_introduced() {
        for (line, expected) in [
            ("Đơn vị báo cáo: Phòng Kinh tế", Some("phòng kinh tế")),
            ("- Đơn vị gửi : PHÒNG KINH TẾ.", Some("phòng kinh tế")),
            ("Đơn vị báo cáo: ..............", None),
            ("Đơn vị nhận báo cáo: Phòng Kinh tế", None),
            ("Kính gửi: Phòng Kinh tế", None),
            ("PHÒNG KINH TẾ", None),
        ] {
            assert_eq!(sender(line).as_deref(), expected, "{line}");
        }
        assert!(states_period("Kỳ báo cáo: Tháng 8/2024"));
        assert!(!states_period("9 tháng năm 2024") && !states_period("Kỳ báo cáo:"));
    }

    proptest! {
        #[test]
        fn any_line_is_taken(line in ".*|(ngày|tháng|năm|quý|đến|từ|9|12|2024|iii|[ /:-]){0,20}") {
            is_comparison_or_citation(&line);
            sender(&line);
        }
    }
}
