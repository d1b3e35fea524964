//! Tests that write the whole workbook and read it back.

use super::{ListedProblems, render, sample};
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::XlsxError;
use std::io::{Cursor, Read as _};
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::model::report::Report;
use tonghop_core::model::row::RecognisedRows;
use tonghop_core::model::row_changes::RowChanges;

const BUDGET: &str = "Ngân sách 'thường xuyên' năm";
const LAND: &str = "Đất đai giao đất, cho thuê đất…";

fn written(report: &Report, config: &Config, diagnostics: &[Diagnostic]) -> Result<Vec<u8>, XlsxError> {
    render(
        report,
        config,
        ListedProblems { diagnostics, ..ListedProblems::default() },
        &RecognisedRows::default(),
        &RowChanges::default(),
    )
}

struct OpenedWorkbook(Xlsx<Cursor<Vec<u8>>>);

impl OpenedWorkbook {
    fn new() -> Self {
        let bytes = written(&sample::report(), &sample::config(), &sample::diagnostics()).unwrap();
        Self(Xlsx::new(Cursor::new(bytes)).unwrap())
    }

    /// Returns value and formula of a cell, both as text.
    fn cell(&mut self, sheet: &str, row: u32, col: u32) -> (String, String) {
        let values = self.0.worksheet_range(sheet).unwrap();
        let formulas = self.0.worksheet_formula(sheet).unwrap();
        let value = values.get_value((row, col)).map_or_else(String::new, Data::to_string);
        (value, formulas.get_value((row, col)).cloned().unwrap_or_default())
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let bytes = || written(&sample::report(), &sample::config(), &sample::diagnostics()).unwrap();
    assert!(bytes() == bytes());
}

#[test]
fn sheets_are_in_their_order() {
    let names = OpenedWorkbook::new().0.sheet_names();
    assert_eq!(
        names,
        ["Tổng hợp", "Tồn tại, hạn chế", "Chỗ còn thiếu", BUDGET, LAND, "Vấn đề số liệu", "Nguồn số liệu"]
    );
}

#[test]
fn figures_are_live_and_keep_their_results() {
    let mut opened = OpenedWorkbook::new();
    let budget = |cell: &str| format!("'Ngân sách ''thường xuyên'' năm'!{cell}");
    for (sheet, (row, col), value, formula) in [
        (BUDGET, (4, 4), "3314.5", String::new()),
        (BUDGET, (4, 6), "0.656060606060606", "(E5-E7)/D5".to_owned()),
        (BUDGET, (4, 7), "0.10483333333333333", "E5/F5-1".to_owned()),
        (LAND, (4, 4), "1250.5", String::new()),
        (LAND, (4, 5), "0.3772816412731935", format!("E5/{}", budget("E5"))),
        (LAND, (5, 3), "-", String::new()),
        (LAND, (5, 4), "chưa có số liệu", String::new()),
        ("Tổng hợp", (7, 6), "0.656060606060606", budget("G5")),
        ("Tổng hợp", (10, 4), "chưa có số liệu", format!("'{LAND}'!E6")),
        ("Tồn tại, hạn chế", (3, 7), "0.656060606060606", budget("G5")),
        ("Tồn tại, hạn chế", (3, 9), "0.09393939393939393", "I4-H4".to_owned()),
        ("Tồn tại, hạn chế", (3, 11), "=Thị trường trầm lắng", String::new()),
        ("Vấn đề số liệu", (3, 5), "3314.25", format!("SUM({},{})", budget("E6"), budget("E7"))),
        ("Vấn đề số liệu", (3, 6), "0.25", "E4-F4".to_owned()),
    ] {
        assert_eq!(opened.cell(sheet, row, col), (value.to_owned(), formula), "{sheet} {row} {col}");
    }
}

#[test]
fn every_figure_has_its_source_row() {
    let mut opened = OpenedWorkbook::new();
    let row =
        |opened: &mut OpenedWorkbook, row| [0, 4, 8, 9, 11, 12, 13].map(|col| opened.cell("Nguồn số liệu", row, col).0);
    let attained = "= ([budget.rev_total.actual] - [budget.carryover.actual]) / [budget.rev_total.target.province]";
    for (number, cells) in [
        (3, ["budget.rev_total.actual", "3314.5", "Thu NS ", "E9", "3314.5", "", "plugins/budget.lua:7"]),
        (
            6,
            ["budget.rev_total.attainment.province", "0.656060606060606", "", "", "", attained, "plugins/budget.lua:7"],
        ),
        (10, ["land.fees.actual", "1250.5", "Thu NS ", "E31", "1.250.500", "= 1250500 * 0.001", "plugins/land.lua:7"]),
        (12, ["land.auctions.target.province", "-", "Thu NS ", "D32", "-", "", "plugins/land.lua:7"]),
    ] {
        assert_eq!(row(&mut opened, number), cells);
    }
}

#[test]
fn departments_and_problems_are_listed() {
    let mut opened = OpenedWorkbook::new();
    let mut row = |row| [2, 3, 4, 5, 6].map(|column| opened.cell("Tổng hợp", row, column).0);
    let files = "workbooks/tckh/bieu-01.xlsx\nworkbooks/tckh/b.xlsx";
    assert_eq!(row(14), ["Nộp muộn", "16/9/2024", "17/9/2024", "2 / 2", files]);
    assert_eq!(row(15), ["Chưa gửi", "16/9/2024", "", "2 / 2", ""]);
    assert_eq!(opened.cell("Vấn đề số liệu", 3, 1).0, "Do làm tròn");
    assert_eq!(opened.cell("Vấn đề số liệu", 4, 2).0, "department-missing");
    assert_eq!(opened.cell("Vấn đề số liệu", 5, 2).0, "", "a finding has one row");
}

const REVENUE: &str = "budget.rev_total";

fn with_charts() -> Vec<u8> {
    let charts = ["attainment", "last-year", "plan"].map(|kind| sample::chart(kind, &[REVENUE]));
    written(&sample::report(), &sample::config_with_charts(&charts.concat()), &[]).unwrap()
}

#[test]
fn charts_refer_to_tables_and_tables_to_sector_sheets() {
    assert!(with_charts() == with_charts());
    let mut opened = OpenedWorkbook(Xlsx::new(Cursor::new(with_charts())).unwrap());
    assert_eq!(opened.0.sheet_names()[3], "Biểu đồ");
    let budget = |cell: &str| format!("'Ngân sách ''thường xuyên'' năm'!{cell}");
    for ((row, col), value, formula) in [
        ((27, 2), "0.656060606060606", budget("G5")),
        ((27, 3), "0.75", String::new()),
        ((54, 2), "3000", budget("F5")),
        ((54, 3), "3314.5", budget("E5")),
        ((54, 4), "1", "C55/C55".to_owned()),
        ((54, 5), "1.1048333333333333", "D55/C55".to_owned()),
        ((81, 2), "4290", budget("D5")),
    ] {
        assert_eq!(opened.cell("Biểu đồ", row, col), (value.to_owned(), formula), "{row} {col}");
    }
    for (number, kind, values) in [(1, "attainment", "$D$28"), (2, "last-year", "$F$55"), (3, "plan", "$C$82")] {
        let chart = part(&with_charts(), &format!("xl/charts/chart{number}.xml"));
        assert!(chart.contains(&format!("<a:t>Biểu {kind}, 9 tháng đầu năm 2024</a:t>")), "{chart}");
        assert!(chart.contains(&format!("<c:f>'Biểu đồ'!{values}</c:f>")), "{chart}");
    }
}

#[test]
fn a_title_like_a_formula_stays_a_title() {
    let config = sample::config_with_charts(&sample::chart("plan", &[REVENUE]).replace("Biểu plan", "=[A]!A1"));
    let bytes = written(&sample::report(), &config, &[]).unwrap();
    assert!(part(&bytes, "xl/charts/chart1.xml").contains("<a:t>[A]!A1, 9 tháng đầu năm 2024</a:t>"));
}

#[test]
fn charts_without_data_have_no_sheet() {
    let config = sample::config_with_charts(&sample::chart("last-year", &["land.auctions", "land.typo"]));
    let bytes = written(&sample::report(), &config, &[]).unwrap();
    let names = Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names();
    assert!(!names.contains(&"Biểu đồ".to_owned()));
}

/// Returns a part of the package as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn an_empty_report_is_written() {
    let report = Report {
        sectors: vec![],
        overview: vec![],
        findings: vec![],
        failures: vec![],
        submissions: vec![],
        corrected: vec![],
    };
    let bytes = written(&report, &sample::config(), &[]).unwrap();
    let names = Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names();
    assert_eq!(names, ["Tổng hợp", "Tồn tại, hạn chế", "Chỗ còn thiếu", "Vấn đề số liệu", "Nguồn số liệu"]);
}
