//! Tests of open tables and sheets of prose, on sheets drawn as text.

use super::*;
use tonghop_core::model::measure::PrintFormat;
use tonghop_core::model::records::{FieldDecl, RecordTable, RecordsDecl};

/// Declares a sector with an open table whose fields have these headings.
pub(super) fn open(id: &str, headings: &[&str]) -> Arc<SectorDecl> {
    let field = |(at, heading): (usize, &&str)| FieldDecl { name: format!("f{at}"), heading: (*heading).to_owned() };
    let records = RecordsDecl {
        name: IndicatorId::new("items"),
        fields: headings.iter().enumerate().map(field).collect(),
        group: None,
        unit: None,
        mixed: false,
        print: PrintFormat::default(),
        line: 1,
    };
    let decl = (*sector(id, &["province"], "")).clone();
    Arc::new(SectorDecl { records: vec![Arc::new(records)], narrative: vec![], ..decl })
}

pub(super) fn table<'d>(dataset: &'d Dataset, sector: &str) -> &'d Arc<RecordTable> {
    &dataset.records[&(SectorId::new(sector), IndicatorId::new("items"))]
}

/// Formats the rows as `row label (field, field) unit measure=amount`.
fn rows(table: &RecordTable) -> Vec<String> {
    let row = |row: usize| {
        let fields: Vec<&str> = (0..table.decl.fields.len()).map(|field| &**table.field(row, field)).collect();
        let amount = |amount: Amount| match amount {
            Amount::Known(number) => number.to_string(),
            Amount::NotApplicable => "-".to_owned(),
            Amount::Missing => "?".to_owned(),
        };
        let amounts: Vec<String> =
            table.measures().map(|measure| format!("{measure}={}", amount(table.amount(row, measure)))).collect();
        let (at, unit) = (table.sheet_row(row) + 1, &table.unit(row).label);
        format!("{at} {} ({}) {unit} {}", table.label(row), fields.join(", "), amounts.join(" "))
    };
    (0..table.len()).map(row).collect()
}

/// Reads one sheet for one sector; returns the rows and the problems.
fn read(headings: &[&str], drawn: &str) -> (Vec<String>, Vec<String>) {
    let (dataset, diagnostics) = recognise_one(&[open("s", headings)], drawn);
    (rows(table(&dataset, "s")), format_problems(&diagnostics))
}

#[test]
fn rows_are_records_with_a_number_or_a_running_number() {
    let (rows, problems) = read(
        &["Lĩnh vực"],
        "STT | Lĩnh vực | Chỉ tiêu | ĐVT | KH tỉnh giao | Thực hiện
         1 | Y tế | Khám bệnh | lượt | 100 | 60
         2 | Y tế | Tiêm chủng | lượt | | -
         | Y tế | Ghi chú của phòng | | |
         | Y tế | Thêm | \" | | 5
         | | Tổng cộng | | 100 | 65
         | Y tế | Cộng | | 100 | 65
         II | | NHÓM HAI | | |",
    );
    assert_eq!(
        rows,
        [
            "2 Khám bệnh (Y tế) lượt target.province=100 actual=60",
            "3 Tiêm chủng (Y tế) lượt target.province=? actual=-",
            "5 Thêm (Y tế) lượt target.province=? actual=5",
        ]
    );
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn a_merged_word_holds_for_its_rows_and_an_empty_one_for_none() {
    let (rows, problems) = read(
        &["Lĩnh vực"],
        "STT | Lĩnh vực | Chỉ tiêu | Thực hiện
         1 | Y tế | Khám bệnh | 60
         2 | ^ | Tiêm chủng | 5
         3 | như trên | Tập huấn | 6
         4 | | Thuốc | 7
         5 | | Giường | 8
         6 | Văn hóa | Lễ hội | 1
         7 | ^ | ^ | 2",
    );
    let labels =
        ["2 Khám bệnh (Y tế)", "3 Tiêm chủng (Y tế)", "4 Tập huấn (Y tế)", "7 Lễ hội (Văn hóa)", "8 Lễ hội (Văn hóa)"];
    assert!(
        rows.iter().zip(labels).all(|(row, label)| row.starts_with(label)) && rows.len() == labels.len(),
        "{rows:#?}"
    );
    assert_eq!(problems, ["row-unknown B5"], "two rows of one kind are reported once");
}

#[test]
fn columns_are_what_the_sector_asks_for() {
    for (case, fields, head, expected) in [
        (
            "a field is words",
            &["Thực hiện"][..],
            "STT | Thực hiện | Chỉ tiêu | KH tỉnh giao",
            "2 c (b)  target.province=4",
        ),
        (
            "the plan of the only source",
            &["Lĩnh vực"],
            "STT | Lĩnh vực | Chỉ tiêu | Kế hoạch",
            "2 c (b)  target.province=4",
        ),
        ("another's plan", &["Lĩnh vực"], "STT | Lĩnh vực | Chỉ tiêu | HĐND giao", "2 c (b)  "),
        (
            "no label but a field",
            &["Dự án", "Chủ đầu tư"],
            "STT | Dự án | Chủ đầu tư | Thực hiện",
            "2 b (b, c)  actual=4",
        ),
        ("a code", &["Lĩnh vực"], "Mã số | Lĩnh vực | Chỉ tiêu | Thực hiện", "2 c (b)  actual=4"),
        ("the heading's unit", &["Lĩnh vực"], "STT | Lĩnh vực | Chỉ tiêu | Thực hiện (tỷ đồng)", "2 c (b)  actual=4"),
    ] {
        let (rows, problems) = read(fields, &format!("{head}\n1 | b | c | 4"));
        assert_eq!((rows, problems), (vec![expected.to_owned()], vec![]), "{case}");
    }
}

#[test]
fn one_measure_is_read_from_one_column() {
    let (rows, problems) = read(
        &["Lĩnh vực"],
        "STT | Lĩnh vực | Chỉ tiêu | Kế hoạch | KH tỉnh giao | Thực hiện
         1 | Y tế | Khám bệnh | 100 | 90 | 60",
    );
    assert_eq!(rows.len(), 1);
    // The declared heading comes before the general word.
    assert_eq!(problems, ["column-unknown D1"], "{rows:?}");
}

#[test]
fn the_table_with_most_fields_matches_and_equal_ones_do_not() {
    let drawn = "STT | Lĩnh vực | Chủ đầu tư | Chỉ tiêu | Thực hiện
                 1 | Y tế | Ban A | Khám bệnh | 60";
    let sectors = [open("one", &["Lĩnh vực"]), open("two", &["Chủ đầu tư", "Lĩnh vực"])];
    let (dataset, diagnostics) = recognise_one(&sectors, drawn);
    assert_eq!((table(&dataset, "one").len(), table(&dataset, "two").len()), (0, 1));
    assert_eq!(format_problems(&diagnostics), Vec::<String>::new());
    let sectors = [open("one", &["Lĩnh vực"]), open("two", &["Chủ đầu tư"])];
    let (dataset, diagnostics) = recognise_one(&sectors, drawn);
    assert_eq!((table(&dataset, "one").len(), table(&dataset, "two").len()), (0, 0));
    assert_eq!(format_problems(&diagnostics), ["row-ambiguous B1"]);
}

#[test]
fn unreadable_numbers_are_reported_up_to_a_limit() {
    let body: String = (0..80).map(|row| format!("\n{} | Y tế | Dòng | nhiều", row + 1)).collect();
    let (rows, problems) = read(&["Lĩnh vực"], &format!("STT | Lĩnh vực | Chỉ tiêu | Thực hiện{body}"));
    assert_eq!(rows.len(), 80);
    assert_eq!(problems.len(), 51, "fifty cells and how many there are");
}

/// Returns the amount of this period in a row, with the text of its cell.
fn amount_and_raw(table: &RecordTable, row: usize) -> (Amount, String) {
    let figure = table.figure(row, &tonghop_core::model::measure::Measure::Actual);
    (figure.amount, figure.sources()[0].raw.to_string())
}

#[test]
fn text_numbers_and_percentages_keep_the_raw_content() {
    let mut drawn =
        sheet("S", "STT | Lĩnh vực | Chỉ tiêu | ĐVT | Thực hiện\n1 | a | b | % | 0.955\n2 | a | c | con | '1.250,5");
    drawn.cells.get_mut(&CellRef::new(1, 4)).unwrap().number_format = Some("0.0%".into());
    let (dataset, diagnostics) =
        recognise(&[book("a", "workbooks/a/x.xlsx", vec![drawn])], &[open("s", &["Lĩnh vực"])], &config());
    let table = table(&dataset, "s");
    assert_eq!(amount_and_raw(table, 0), (Amount::Known("95.5".parse().unwrap()), "0.955".to_owned()));
    assert_eq!(amount_and_raw(table, 1), (Amount::Known("1250.5".parse().unwrap()), "1.250,5".to_owned()));
    assert_eq!(format_problems(&diagnostics), ["number-as-text E3"]);
}

#[test]
fn formats_and_units_in_cells_of_open_tables_are_read() {
    let mut drawn = sheet(
        "S",
        "STT | Lĩnh vực | Chỉ tiêu | ĐVT | Thực hiện\n1 | a | b | nghìn đồng | 7000000\n2 | a | c | triệu đồng | 1,5 tỷ\n3 | a | d | hộ | 12 người\n4 | a | e | hộ | '1.250,5\n | a | g | hộ | 12 hộ",
    );
    drawn.cells.get_mut(&CellRef::new(1, 4)).unwrap().number_format = Some("#,##0,".into());
    let (dataset, diagnostics) =
        recognise(&[book("a", "workbooks/a/x.xlsx", vec![drawn])], &[open("s", &["Lĩnh vực"])], &config());
    let table = table(&dataset, "s");
    assert_eq!(amount_and_raw(table, 0), (Amount::Known("7000".parse().unwrap()), "7000000".to_owned()));
    assert_eq!(amount_and_raw(table, 1), (Amount::Known("1500".parse().unwrap()), "1,5 tỷ".to_owned()));
    assert_eq!(amount_and_raw(table, 4), (Amount::Known("12".parse().unwrap()), "12 hộ".to_owned()));
    assert_eq!(format_problems(&diagnostics), ["number-unreadable E4", "number-as-text E3", "unit-converted E2"]);
}

/// Reads a sheet of prose; returns the paragraphs of the only topic.
fn prose(drawn: &str) -> Vec<String> {
    let (dataset, _) = recognise_one(&[sector("s", &[], "")], drawn);
    dataset.narrative.values().flatten().map(|cell| format!("{} {}", cell.source.cell, cell.text)).collect()
}

#[test]
fn paragraphs_belong_to_the_heading_above_them() {
    for (drawn, expected) in [
        ("I. Tình hình\nổn định\nII. Công tác chỉ đạo\nMột.\n\n- Hai.\nIII. Khác\nBa.", vec!["A4 Một.", "A6 - Hai."]),
        ("Công tác chỉ đạo:\nMột.", vec!["A2 Một."]),
        ("1. Công tác chỉ đạo\na) Một.\n2. Khác\nHai.", vec!["A2 a) Một."]),
        ("Một.\nCông tác", vec![]),
        ("2. Công tác chỉ đạo", vec![]),
    ] {
        assert_eq!(prose(drawn), expected, "{drawn}");
    }
}

#[test]
fn a_sheet_with_a_table_is_not_prose() {
    assert_eq!(prose("Công tác chỉ đạo\nMột.\nSTT | Chỉ tiêu | Thực hiện\n1 | a | 2"), Vec::<String>::new());
}
