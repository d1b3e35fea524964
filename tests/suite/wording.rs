//! The language of the report: no gaps, doubled signs, empty changes or unclosed brackets in sentences.

use crate::project::{clean, sentence};

#[test]
fn every_sentence_is_well_formed() {
    assert_eq!(sentence::faults(&clean().markdown()), Vec::<String>::new());
}

#[test]
fn sentences_of_body_and_notes_are_looked_at() {
    let paragraphs = sentence::paragraphs(&clean().markdown());
    assert!(paragraphs.len() > 150, "{}", paragraphs.len());
    for words in ["Kế hoạch gồm 24 công việc", "Tội phạm về ma túy: bắt, khởi tố", "Trên đây là báo cáo"]
    {
        assert!(paragraphs.iter().any(|text| text.contains(words)), "{words}");
    }
    assert!(paragraphs.iter().all(|text| !text.contains("[^") && !text.starts_with('#')));
}

#[test]
fn each_fault_is_seen() {
    for (fault, text) in [
        ("a change below zero", "Số vụ tăng - 3 vụ."),
        ("a sign before a number", "Số vụ thay đổi -3 vụ."),
        ("a change of zero", "Sản lượng tăng 0% so với cùng kỳ."),
        ("a change of zero", "Sản lượng giảm 0,0% so với cùng kỳ."),
        ("two signs in a row", "Đạt kế hoạch.. Giao vốn."),
        ("two signs in a row", "Đạt kế hoạch;. Giao vốn."),
        ("a gap", "Đạt  kế hoạch."),
        ("a gap", "Đạt kế hoạch , giao vốn."),
        ("a small letter at the start", "- đạt kế hoạch."),
        ("no sign at the end", "Đạt kế hoạch"),
        ("an open bracket or quote", "Đạt kế hoạch (trong đó: 3 vụ."),
        ("an open bracket or quote", "Phong trào ”Toàn dân“ đạt kế hoạch."),
        ("a loose percent sign", "Đạt 75 % kế hoạch."),
    ] {
        assert_eq!(sentence::fault_names(text).collect::<Vec<_>>(), [fault], "{text}");
    }
}

#[test]
fn what_is_right_is_let_through() {
    for text in [
        "Giai đoạn 2021-2025 tăng 01 vụ, giảm 0,5% so với cùng kỳ năm 2023.",
        "- Nghị quyết số 06-NQ/ThU ngày 12/12/2015, thời kỳ 2021 - 2030:",
        "“Tổ tư vấn” (phường Đông Phong) đạt 100% kế hoạch;",
        "03 Dự thảo Quyết định về tăng cường quản lý.",
    ] {
        assert_eq!(sentence::fault_names(text).collect::<Vec<_>>(), Vec::<&str>::new(), "{text}");
    }
}
