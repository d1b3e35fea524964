//! Tests of texts in old encodings that go into the report.

use super::*;

/// Returns the problems of a sheet of prose, and the texts of its topic.
fn prose(text: &str) -> (Vec<String>, Vec<String>) {
    let (dataset, diagnostics) =
        recognise_one(&[sector("s", &[], MONEY)], &format!("Nội dung | Phần lời\nCông tác chỉ đạo | {text}"));
    let texts = dataset.narrative.values().flatten().map(|cell| cell.text.to_string());
    (texts.collect(), format_problems(&diagnostics))
}

#[test]
fn prose_is_converted_and_told_or_left_out() {
    for (text, expected, problem) in [
        ("Ñaõ chæ ñaïo caùc xaõ", Some("Đã chỉ đạo các xã"), "prose-encoding B2"),
        ("ÑAÕ CHÆ ÑAÏO CAÙC XAÕ", Some("ĐÃ CHỈ ĐẠO CÁC XÃ"), "prose-encoding B2"),
        ("§· chØ ®¹o c¸c x·", Some("Đã chỉ đạo các xã"), "prose-encoding B2"),
        ("Đã chỉ đạo taäp huaán caùc xaõ", Some("Đã chỉ đạo tập huấn các xã"), "prose-encoding B2"),
        // "Toát" is a word of the language too, so the run is not certain.
        ("Đã chỉ đạo toát caùc xaõ", Some("Đã chỉ đạo toát caùc xaõ"), "prose-encoding B2"),
        ("Đã chỉ đạo caùc nơi", Some("Đã chỉ đạo caùc nơi"), "prose-encoding B2"),
        ("Đã chỉ đạo toát, đúng hạn", Some("Đã chỉ đạo toát, đúng hạn"), ""),
        ("Ñaït", None, "prose-encoding B2"),
        ("Đã chỉ đạo các xã", Some("Đã chỉ đạo các xã"), ""),
    ] {
        let (texts, problems) = prose(text);
        assert_eq!(texts, expected.into_iter().collect::<Vec<_>>(), "{text}");
        assert_eq!(problems.join(", "), problem, "{text}");
    }
}

#[test]
fn labels_and_prose_are_told_apart() {
    let drawn = "Chỉ tiêu | Thực hiện | Nguyên nhân\nToång thu | 5 | Thieáu nöôùc vaø ngöôøi\nTổng chi | 6 | Ñuû";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=5"]);
    assert_eq!(format_problems(&diagnostics), ["text-converted A2", "prose-encoding C2"]);
    let causes: Vec<&str> = dataset.remarks.iter().filter_map(|remark| Some(&*remark.cause.as_ref()?.text)).collect();
    assert_eq!(causes, ["Thiếu nước và người", "Đủ"]);
    assert_eq!(diagnostics[1].places.len(), 2);
}
