//! Tests of the outcome of every cell, one letter each.

use super::*;
use tonghop_core::model::reading_log::CellOutcome;

/// Formats the outcomes of a sheet: h(eading), l(abel), r(ead), c(onverted), x (rejected), `.` ignored, blank empty.
fn outcomes(drawn: &str) -> Vec<String> {
    let sheet = sheet("S", drawn);
    let (dataset, _) = recognise(
        &[book("a", "workbooks/a/x.xlsx", vec![sheet.clone()])],
        &[sector("s", &["province"], MONEY)],
        &config(),
    );
    let log = &dataset.workbooks[0].sheets[0].log;
    let letter = |cell: CellRef| match log.outcome(cell) {
        _ if !sheet.cells.contains_key(&cell) => ' ',
        CellOutcome::Ignored => '.',
        CellOutcome::Heading => 'h',
        CellOutcome::Label => 'l',
        CellOutcome::Read => 'r',
        CellOutcome::Converted => 'c',
        CellOutcome::Rejected(_) => 'x',
    };
    let last = |of: fn(&CellRef) -> u32| sheet.cells.keys().map(of).max().unwrap_or_default();
    let row = |row| (0..=last(|cell| cell.col)).map(|col| letter(CellRef::new(row, col))).collect::<String>();
    (0..=last(|cell| cell.row)).map(|at| row(at).trim_end().to_owned()).collect()
}

#[test]
fn every_cell_has_an_outcome() {
    let drawn = "
BIỂU THU CHI
STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | Tỷ lệ (%) | Số khác
(1) | (2) | (3) | (4) | (5) | (6) | (7)
1 | Tổng thu | tỷ đồng | 100 | '50,5 | 50 | 3
2 | Tổng chi | triệu đồng | - | khoảng 5? | 40 |
3 | Dòng lạ | triệu đồng | 1 | 2 | |
Ghi chú: số liệu ước";
    assert_eq!(outcomes(drawn), [".", "hhhhhhx", "hhhhhhh", "lllcc.x", "lllrx.", "lxlxx", "."]);
}

#[test]
fn numbers_of_an_unknown_sheet_are_rejected() {
    assert_eq!(outcomes("\nNháp | 12\ntạm tính | 'a"), [".x", ".."]);
}

#[test]
fn an_empty_cell_is_outstanding_for_its_indicator() {
    let (dataset, _) = recognise_one(
        &[sector("s", &["province"], MONEY)],
        "\nSTT | Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện\n1 | Tổng thu | triệu đồng | 1 |\n2 | Tổng chi | triệu đồng | 1 | …",
    );
    let log = &dataset.workbooks[0].sheets[0].log;
    let at = |id: &str| log.expected_cell(&SectorId::new("s"), &IndicatorId::new(id)).map(|cell| cell.to_string());
    assert_eq!([at("rev"), at("exp"), at("other")], [Some("E2".into()), Some("E3".into()), None]);
}
