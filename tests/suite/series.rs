//! Tests series of months and quarters from the columns of workbooks to the report.

use crate::case::Case;
use crate::project::{repository, run_cli};
use calamine::{Data, Reader as _, Xlsx};
use std::ffi::OsStr;
use std::fs;
use std::io::Cursor;

/// Runs the project after replacing texts, and returns the report and the problems.
fn report(changes: &[(&str, &str)]) -> (String, Vec<String>) {
    let change = |text: String| changes.iter().fold(text, |text, (from, to)| text.replace(from, to));
    let folder = Case::read(&repository().join("tests/series/base.txt"), change).project();
    run_cli(&[OsStr::new("run"), folder.path().as_os_str()]);
    let out = folder.path().join("out/2024-09-thang");
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    let problems = manifest["diagnostics"].as_array().unwrap().iter();
    let problems = problems.map(|p| format!("{} {} {}", p["code"], p["places"][0], p["message"])).collect();
    (fs::read_to_string(out.join("bao-cao.md")).unwrap(), problems)
}

#[test]
fn months_and_quarters_are_read_from_their_columns() {
    let (report, problems) = report(&[]);
    assert_eq!(problems, [""; 0], "{report}");
    for line in [
        "98 trẻ, gồm tháng 1 10, tháng 2 11, tháng 3 12, tháng 4 09, tháng 5 08, tháng 6 14, tháng 7 13, tháng 8 11, tháng 9 10.",
        "Nhiều nhất tháng 6: 14 trẻ; tháng này 10 trẻ.",
        "Người chết: 43 người; cộng 43 người.",
        "- quý I: 120 triệu đồng.",
        "- quý III: 140 triệu đồng.",
        "Cộng 390 triệu đồng.",
    ] {
        assert!(report.lines().any(|printed| printed == line), "{line:?} is not in\n{report}");
    }
    assert!(!report.contains("quý IV"));
}

#[test]
fn a_chart_shows_the_months() {
    let folder = Case::read(&repository().join("tests/series/base.txt"), |text| text).project();
    run_cli(&[OsStr::new("run"), folder.path().as_os_str()]);
    let bytes = fs::read(folder.path().join("out/2024-09-thang/tong-hop.xlsx")).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("Biểu đồ").unwrap();
    let text = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    let rows: Vec<String> = sheet.rows().map(text).filter(|row| !row.trim_matches('|').is_empty()).collect();
    assert!(rows.contains(&"Thời gian|Đơn vị tính|Trẻ sinh ra".to_owned()), "{rows:#?}");
    assert!(rows.contains(&"tháng 6|trẻ|14".to_owned()), "{rows:#?}");
    assert_eq!(rows.iter().filter(|row| row.starts_with("tháng ")).count(), 9);
    // Other units do not fit the axis.
    assert!(rows.iter().any(|row| row.contains("births.deaths, income.fees")), "{rows:#?}");
}

#[test]
fn headings_are_spelt_in_many_ways() {
    for (from, to) in [
        ("Tháng ", "T"),
        ("Tháng 1 | Tháng 2 | Tháng 3", "Tháng 01 | Tháng 02 | Tháng 03"),
        ("Tháng ", "THÁNG "),
        ("Tháng 2 | Tháng 3 | Tháng 4", "tháng 2/2024 | tháng 3 năm 2024 | T4"),
        ("Quý I | Quý II | Quý III", "Quý 1 | Quý 2 | Quý 3"),
        ("Thực hiện năm 2024", "Năm 2024"),
        ("Thực hiện năm 2024", "Thực hiện"),
    ] {
        let (report, problems) = report(&[(&format!("| {from}"), &format!("| {to}"))]);
        assert_eq!(problems, [""; 0], "{from} {to}\n{report}");
        assert!(report.contains("cộng 43 người") && report.contains("Cộng 390 triệu đồng"), "{from} {to}\n{report}");
    }
}

#[test]
fn months_of_other_kinds_and_years_are_not_read() {
    for to in ["Kế hoạch năm 2024", "Thực hiện năm 2023", "Năm 2023", "Số thu phí", "Cùng kỳ"] {
        let (report, problems) = report(&[("Thực hiện năm 2024", to)]);
        assert!(report.contains("Thu: chưa có số liệu."), "{to}\n{report}");
        assert!(!problems.is_empty(), "{to}");
    }
}

#[test]
fn a_sheet_named_after_its_months_is_read() {
    let (report, _) = report(&[("@sheet Bieu 1", "@sheet Thang"), ("@sheet Bieu 2", "@sheet Theo quy")]);
    assert!(report.contains("cộng 43 người") && report.contains("Cộng 390 triệu đồng"), "{report}");
}

#[test]
fn months_are_read_from_rows() {
    let rows = "1 | STT | Chỉ tiêu | Trẻ sinh ra | Người chết |\n\
        2 | 1 | Tháng 1 | 10 | 5 |\n3 | 2 | Tháng 2 | 11 | 4 |\n4 | 3 | Tháng 3 | 12 | 6 |\n5 | 4 | Tháng 4 | 9 | 5 |\n\
        6 | 5 | Tháng 5 | 8 | 4 |\n7 | 6 | Tháng 6 | 14 | 3 |\n8 | 7 | Tháng 7 | 13 | 7 |\n9 | 8 | Tháng 8 | 11 | 4 |\n\
        10 | 9 | Tháng 9 | 10 | 5 |\n11 | | Cộng 9 tháng | 98 | 43 |\n";
    let base = fs::read_to_string(repository().join("tests/series/base.txt")).unwrap();
    let (start, end) = (base.find("1 | STT | Chỉ tiêu | ĐVT").unwrap(), base.find("--- workbooks/phong-b").unwrap());
    for heading in ["Chỉ tiêu", "Tháng", "Thời gian"] {
        let rows = rows.replace("| Chỉ tiêu |", &format!("| {heading} |"));
        let label = format!("[columns]\nlabel = [\"{heading}\"]\n[outline]");
        let changes = [(&base[start..end], &*rows), ("Người chết", "Tử vong"), ("[outline]", &label)];
        let (report, problems) = report(&changes);
        assert_eq!(problems, [""; 0], "{heading}\n{report}");
        assert!(report.contains("98 trẻ, gồm tháng 1 10, tháng 2 11") && report.contains("cộng 43 người"), "{report}");
    }
}

#[test]
fn a_month_without_a_number_is_named() {
    let (report, problems) = report(&[("| 9 | 8 | 14 |", "| 9 | | 14 |")]);
    assert!(!report.contains("tháng 5"), "{report}");
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(
        problem.contains("indicator-missing") && problem.contains("\"Trẻ sinh ra\\\" chưa có số của tháng 5,"),
        "{problem}"
    );
}
