//! What rules cannot judge against plans: the part of the sheet of shortfalls, the summary.

use crate::case::Case;
use crate::project::{book, run_cli};
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
