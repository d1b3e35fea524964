//! The four states of a cell in totals and in rows that the report prints: which problems are reported.

use crate::case::Case;
use crate::checked;
use crate::project::sheet_text;
use std::fs;
use tonghop_core::diag::Language;

/// Returns the codes of a sheet of the herd: plan, actual and last year's figure of the total and of its two parts.
fn codes(rows: [&str; 3], sentence: &str) -> Vec<String> {
    let folder = Case::base().project();
    let rule = folder.path().join("plugins/herd.lua");
    let rules = fs::read_to_string(&rule).unwrap().replace("Tổng đàn gia súc {total}.", sentence);
    fs::write(rule, rules).unwrap();
    let [total, buffalo, cattle] = rows;
    let sheet = format!(
        "@sheet Biểu\n1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | Cùng kỳ năm trước |\n\
         2 | I | Tổng đàn gia súc | con | {total} |\n3 | 1 | Đàn trâu | con | {buffalo} |\n4 | 2 | Đàn bò | con | {cattle} |\n"
    );
    let bytes = sheet_text::build(&sheet_text::parse(&sheet).unwrap()).unwrap();
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
    let lines = checked::check(folder.path(), Language::Vietnamese, "json").stdout;
    let problems = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    problems.filter(|line| line["type"] == "problem").map(|line| line["code"].as_str().unwrap().to_owned()).collect()
}

const PRINTED: &str = "Tổng đàn gia súc {total}.";

#[test]
fn a_total_is_compared_with_the_parts_that_have_data() {
    for (rows, expected) in [
        ([" | 168 | ", " | 120 | ", " | 48 | "], vec![]),
        ([" | 168 | ", " | 120 | ", " | | "], vec!["parts-missing", "indicator-missing"]),
        ([" | 120 | ", " | 120 | ", " | | "], vec!["indicator-missing"]),
        ([" | 100 | ", " | 120 | ", " | | "], vec!["indicator-missing", "check-contradiction"]),
        ([" | 120 | ", " | 120 | ", " | - | "], vec![]),
        ([" | 168 | ", " | 120 | ", " | - | "], vec!["check-contradiction"]),
        ([" | 168 | ", " | 120 | ", " | 4?8 | "], vec!["number-unreadable"]),
        ([" | 0 | ", " | | ", " | | "], vec!["parts-missing", "indicator-missing"]),
        ([" | 0 | ", " | 0 | ", " | - | "], vec![]),
        ([" | | ", " | 120 | ", " | 48 | "], vec!["total-from-parts"]),
        ([" | 16?8 | ", " | 120 | ", " | 48 | "], vec!["number-unreadable", "total-from-parts"]),
        ([" | - | ", " | 120 | ", " | 48 | "], vec!["figure-dropped", "check-contradiction"]),
    ] {
        assert_eq!(codes(rows, PRINTED), expected, "{rows:?}");
    }
}

#[test]
fn a_plan_of_the_total_alone_is_no_contradiction() {
    assert_eq!(codes(["180 | 168 | 150", "- | 120 | -", "- | 48 | -"], PRINTED), Vec::<String>::new());
}

#[test]
fn what_falls_to_zero_or_a_dash_is_asked_about_where_it_is_printed() {
    let parts = [" | 0 | ", " | 0 | "];
    let dashes = [" | - | ", " | - | "];
    for (total, parts, sentence, is_asked) in [
        ("180 | 0 | ", parts, PRINTED, true),
        (" | 0 | 10", parts, PRINTED, true),
        (" | 0 | 9", parts, PRINTED, false),
        ("9 | 0 | ", parts, PRINTED, false),
        (" | 0 | ", parts, PRINTED, false),
        (" | - | 9", dashes, PRINTED, true),
        (" | - | ", dashes, PRINTED, true),
        (" | - | 0", dashes, PRINTED, false),
        ("180 | 0 | 150", parts, "Đàn {total|zero=không còn con nào}.", false),
        ("180 | - | 150", dashes, "Đàn {total|zero=không còn con nào}.", false),
        ("180 | 0 | 150", parts, "Đàn trâu {buffalo}.", false),
    ] {
        let found = codes([total, parts[0], parts[1]], sentence);
        assert_eq!(found == ["figure-dropped"], is_asked, "{total:?} {sentence}: {found:?}");
        assert!(is_asked || found.is_empty(), "{total:?} {sentence}: {found:?}");
    }
}
