//! What rules cannot judge against plans: the part of the sheet of shortfalls, the summary.

use crate::case::Case;
use crate::project::{book, run_cli, sheet_text};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// Runs the case of a code; returns the lines of the sheet of shortfalls and the summary.
fn run(folder: &Path) -> (Vec<String>, String) {
    let outcome = run_cli(&[OsStr::new("run"), folder.as_os_str()]);
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    let bytes = fs::read(folder.join("out/2024-09-thang/tong-hop.xlsx")).unwrap();
    let sheet = &book::cells(&bytes)["Tồn tại, hạn chế"];
    let mut lines: Vec<(u32, String)> = Vec::new();
    for ((row, _), data) in sheet.iter().filter(|(_, data)| !data.to_string().is_empty()) {
        match lines.last_mut() {
            Some((last, line)) if last == row => *line = format!("{line} | {data}"),
            _ => lines.push((*row, data.to_string())),
        }
    }
    (lines.into_iter().map(|(_, line)| line).collect(), outcome.stdout)
}

#[test]
fn they_are_listed_below_the_shortfalls_and_counted() {
    let folder = Case::for_code("indicator-unjudged").project();
    let (lines, summary) = run(folder.path());
    let [.., title, line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(title, "CHỈ TIÊU CHƯA XÉT ĐƯỢC SO VỚI KẾ HOẠCH");
    let cell = "workbooks/phong-a/bieu.xlsx [Biểu] E5";
    assert_eq!(*line, format!("1 | Chăn nuôi | Đàn lợn | con | 90 | Chưa có kế hoạch | Phòng A | {cell}"));
    assert!(summary.contains("0, 1 chưa xét được"), "{summary}");
}

#[test]
fn a_project_without_them_has_no_such_part() {
    let (lines, summary) = run(Case::base().project().path());
    assert!(lines.iter().all(|line| !line.contains("CHƯA XÉT ĐƯỢC")), "{lines:?}");
    assert!(!summary.contains("chưa xét được"), "{summary}");
}

#[test]
fn the_reason_is_that_of_the_cell() {
    for (row, reason) in [
        ("pigs | con | chưa giao | 90", "Ô kế hoạch không đọc được thành số"),
        ("pigs | con | - | 90", "Ô kế hoạch ghi \"-\""),
        ("pigs | con | 0 | 90", "Kế hoạch không lớn hơn 0"),
        ("pigs | con | 100 | ", "Ô số thực hiện để trống"),
        ("pigs | con | 100 | nhiều", "Ô số thực hiện không đọc được thành số"),
    ] {
        let folder = Case::for_code("indicator-unjudged").project();
        let sheet = format!(
            "@sheet Biểu\n1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện |\n\
             2 | I | Tổng đàn gia súc | con | 180 | 168 |\n3 | 1 | Đàn trâu | con | 130 | 120 |\n\
             4 | 2 | Đàn bò | con | 50 | 48 |\n5 | II | {} |\n",
            row.replace("pigs", "Đàn lợn")
        );
        let bytes = sheet_text::build(&sheet_text::parse(&sheet).unwrap()).unwrap();
        fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
        let (lines, _) = run(folder.path());
        let [.., title, line] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(title.contains("CHƯA XÉT ĐƯỢC") && line.contains(reason), "{row}: {line}");
    }
}
