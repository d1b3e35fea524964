//! Tests of how a workbook was understood, on sheets drawn as text.

use super::*;
use crate::reading::{CellFate, CellReading, RowUnderstanding, WorkbookReading};
use std::collections::BTreeMap;

fn read(sectors: &[Arc<SectorDecl>], sheets: Vec<RawSheet>) -> WorkbookReading {
    let config = config();
    let book = RawWorkbook { sheets, ..RawWorkbook::default() };
    let file = FilePath::new("workbooks/a/x.xlsx");
    Recogniser::new(sectors, &config).read_workbook(&file, Some(&DepartmentId::new("a")), book)
}

fn all_cells(reading: &WorkbookReading) -> Vec<(usize, &CellReading)> {
    let of_sheet = |(at, sheet)| {
        let sheet: &crate::reading::SheetReading = sheet;
        let tables = sheet
            .tables
            .iter()
            .flat_map(|table| table.headings.iter().chain(table.rows.iter().flat_map(|row| &row.cells)));
        sheet.lines.iter().chain(tables).map(move |cell| (at, cell)).collect::<Vec<_>>()
    };
    reading.sheets.iter().enumerate().flat_map(of_sheet).collect()
}

fn fate<'r>(reading: &'r WorkbookReading, cell: &str) -> &'r CellFate {
    &all_cells(reading).into_iter().find(|(_, found)| found.cell == cell).unwrap().1.fate
}

#[test]
fn two_cells_of_one_figure_are_not_both_used() {
    let drawn = "Chỉ tiêu | Thực hiện\nTổng thu | 5\nTổng chi | 7\nTổng thu | 5\nTổng chi | 8";
    let reading = read(&[sector("s", &[], MONEY)], vec![sheet("S", drawn)]);
    for cell in ["B3", "B5"] {
        let CellFate::Rejected { code, .. } = fate(&reading, cell) else { panic!("{:?}", fate(&reading, cell)) };
        assert!(code.ends_with("-contested"), "{code}");
    }
}

#[test]
fn rows_say_what_they_match() {
    let drawn = "Nội dung | Phần lời\nCông tác chỉ đạo | Lời.\n\nChỉ tiêu | Thực hiện\nA. Thu |\nTổng thu | 5\nThu được hưởng lại | 4\nSố mèo | 1";
    let reading = read(&[sector("s", &[], MONEY)], vec![sheet("S", drawn)]);
    let meanings: Vec<&RowUnderstanding> =
        reading.sheets[0].tables.iter().flat_map(|table| table.rows.iter().map(|row| &row.meaning)).collect();
    let nearest = |meaning: &RowUnderstanding| match meaning {
        RowUnderstanding::Unknown { nearest } => nearest.as_ref().map(|near| near.indicator.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(*meanings[0], RowUnderstanding::Topic { topics: vec!["s.topic".to_owned()] });
    assert_eq!(*meanings[1], RowUnderstanding::Group);
    assert!(matches!(meanings[2], RowUnderstanding::Indicator { indicator, .. } if indicator == "s.rev"));
    assert_eq!((nearest(meanings[3]), nearest(meanings[4])), (Some("s.share".to_owned()), None));
    assert_eq!(*fate(&reading, "B2"), CellFate::Read { gives: vec!["s.topic".to_owned()] });
}

#[test]
fn rows_under_another_period_name_its_title() {
    let drawn = "Chỉ tiêu | Thực hiện\nTổng thu | 5\nNăm 2023 |\nTổng chi | 6";
    let reading = read(&[sector("s", &[], MONEY)], vec![sheet("S", drawn)]);
    let row = &reading.sheets[0].tables[0].rows[2];
    let expected = RowUnderstanding::OtherScope { indicator: "s.exp".to_owned(), title: "Năm 2023".to_owned() };
    assert_eq!(row.meaning, expected);
    assert!(matches!(fate(&reading, "B4"), CellFate::Rejected { code: "row-unknown", .. }));
}

#[test]
fn rows_of_members_are_read_by_their_columns() {
    let members =
        "herd | Đàn trâu | con\nx | Xã X | con | herd | member\npig | Đàn lợn | con\ny | Xã X | con | pig | member";
    let drawn = "ĐÀN VẬT NUÔI\n\n | Đàn trâu | Đàn lợn\nXã X | 5 | 6";
    let reading = read(&[sector("s", &[], members)], vec![sheet("S", drawn)]);
    let table = &reading.sheets[0].tables[0];
    assert_eq!(table.rows[0].meaning, RowUnderstanding::Crossed, "{table:#?}");
    assert_eq!(table.columns.iter().map(|column| column.role).collect::<Vec<_>>(), ["label", "indicator", "indicator"]);
    assert_eq!(*fate(&reading, "C4"), CellFate::Read { gives: vec!["s.y.actual".to_owned()] });
}

#[test]
fn a_column_of_numbers_without_heading_is_listed() {
    let reading = read(&[sector("s", &[], MONEY)], vec![sheet("S", "Chỉ tiêu | Thực hiện | \nTổng thu | 5 | 6")]);
    let columns: Vec<(&str, &str)> =
        reading.sheets[0].tables[0].columns.iter().map(|column| (column.column.as_str(), column.role)).collect();
    assert_eq!(columns, [("A", "label"), ("B", "value"), ("C", "unheaded")]);
    assert!(matches!(fate(&reading, "C2"), CellFate::Rejected { code: "column-unknown", .. }));
}

#[test]
fn a_workbook_of_many_cells_is_counted_to_its_end() {
    let rows: String = (0..30_000).map(|row| format!("Tổng {row} | {row}\n")).collect();
    let reading = read(&[sector("s", &[], MONEY)], vec![sheet("S", &format!("Chỉ tiêu | Thực hiện\n{rows}"))]);
    let table = &reading.sheets[0].tables[0];
    assert_eq!(all_cells(&reading).len() + table.unlisted_cells, 60_002);
    assert!(table.unlisted_cells > 0);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    #[test]
    fn every_filled_cell_is_listed_once(drawn in proptest::collection::vec(
        "(STT|Chỉ tiêu|Nội dung|Thực hiện|Kế hoạch|Năm 2024|Phần lời|Khó khăn|Ghi chú|Đơn vị: ha|Tổng thu|Tổng chi|Số mèo|Trong đó:|Nguồn: X|I|1|1\\.1|-|5|'5,5|'x|#N/A|\\||\\||\n|\n| ){0,60}", 1..3)) {
        let sheets: Vec<RawSheet> = drawn.iter().map(|drawn| sheet("S", drawn)).collect();
        let reading = read(&[sector("s", &["province"], MONEY)], sheets.clone());
        let mut listed: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (sheet, cell) in all_cells(&reading) {
            *listed.entry((sheet, &cell.cell)).or_default() += 1;
        }
        proptest::prop_assert!(listed.values().all(|count| *count == 1), "{listed:?}");
        for (at, sheet) in sheets.iter().enumerate() {
            let filled = sheet.cells.iter().filter(|(_, cell)| !cell.to_raw_text().trim().is_empty());
            for (place, _) in filled {
                proptest::prop_assert!(listed.contains_key(&(at, place.to_string().as_str())), "{place} of {at}");
            }
        }
    }
}
