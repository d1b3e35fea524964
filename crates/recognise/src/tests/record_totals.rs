//! Tests of totals, subtotals and group headings of open tables, on sheets drawn as text.

use super::records::{open, table};
use super::*;
use tonghop_core::model::records::{RecordTable, RecordsDecl, excel_runs};

const HEAD: &str = "STT | Phường | Chỉ tiêu | ĐVT | KH tỉnh giao | Thực hiện";

/// Reads one table with the field "Phường" and groups; returns its records, its totals, its groups and the problems.
fn read(drawn: &str) -> [Vec<String>; 4] {
    read_with(&["Phường"], HEAD, drawn)
}

fn read_with(fields: &[&str], head: &str, drawn: &str) -> [Vec<String>; 4] {
    let decl = (*open("s", fields)).clone();
    let declared = RecordsDecl { group: Some("stage".to_owned()), ..(*decl.records[0]).clone() };
    let sector = Arc::new(SectorDecl { records: vec![Arc::new(declared)], ..decl });
    let (dataset, diagnostics) = recognise_one(&[sector], &format!("{head}\n{drawn}"));
    let table = table(&dataset, "s");
    let cell = |place: &Place| place.to_string().rsplit(' ').next().unwrap_or_default().to_owned();
    let problems = diagnostics.iter().map(|d| format!("{} {}", d.code.as_str(), cell(&d.places[0])));
    [records(table), totals(table), groups(table), problems.collect()]
}

fn records(table: &RecordTable) -> Vec<String> {
    (0..table.len()).map(|row| format!("{} {}", table.sheet_row(row) + 1, table.label(row))).collect()
}

fn totals(table: &Arc<RecordTable>) -> Vec<String> {
    let total = |(part, total): (usize, &tonghop_core::model::records::RecordTotal)| {
        let rows = table.covered_rows(part, total).len();
        format!("{}: {} = {rows}", total.label, excel_runs(&total.covers))
    };
    table.totals().map(total).collect()
}

fn groups(table: &RecordTable) -> Vec<String> {
    let field = table.decl.fields.len();
    (0..table.len()).map(|row| table.field(row, field).to_string()).collect()
}

#[test]
fn the_words_say_what_a_total_adds_up() {
    let rows = "I | | Chuyển tiếp | | | 12
                1 | Nà Pan | Cống A | m | 10 | 5
                2 | Nà Khoa | Cống B | m | 10 | 7
                II | | Khởi công mới | | |
                1 | Nà Pan | Cống C | m | 10 | 1";
    for (label, covers) in [
        ("| | Tổng cộng | | 30 | 99", vec!["Tổng cộng: 3-4,6 = 3"]),
        ("| | CỘNG (I+II) | | | 99", vec!["CỘNG (I+II): 3-4,6 = 3"]),
        ("| | Cộng mục II | | | 99", vec!["Cộng mục II: 6 = 1"]),
        ("| Nà Pan | Cộng phường Nà Pan | | | 99", vec!["Cộng phường Nà Pan: 3,6 = 2"]),
        ("| | Tổng số phường Nà Khoa | | | 99", vec!["Tổng số phường Nà Khoa: 4 = 1"]),
        ("| Nà Pan | Cộng | | | 99", vec!["Cộng: 3,6 = 2"]),
        ("| | Cộng khởi công mới | | | 99", vec!["Cộng khởi công mới: 6 = 1"]),
        ("Tổng số | | | | | 99", vec!["Tổng số: 3-4,6 = 3"]),
    ] {
        let [records, totals, groups, problems] = read(&format!("{rows}\n{label}"));
        assert_eq!(records, ["3 Cống A", "4 Cống B", "6 Cống C"], "{label}");
        assert_eq!(totals, [vec!["Chuyển tiếp: 3-4 = 2"], covers].concat(), "{label}");
        assert_eq!(groups, ["Chuyển tiếp", "Chuyển tiếp", "Khởi công mới"], "{label}");
        assert_eq!(problems, Vec::<String>::new(), "{label}");
    }
}

#[test]
fn numbers_decide_where_words_do_not() {
    let rows = "1 | Nà Pan | Cống A | m | 10 | 5
                2 | Nà Khoa | Cống B | m | 10 | 7";
    for (line, records, totals, problems) in [
        ("3 | Nà Pan | Tổng kho xăng dầu | m | 8 | 3", 3, vec![], vec![]),
        ("3 | Nà Pan | Cộng đồng dân cư | m | 8 | 3", 3, vec![], vec![]),
        ("3 | Nà Pan | Tổng công ty Nà Pan | m | 8 | 3", 3, vec![], vec![]),
        ("| | Cộng của Ban Quản lý | | 20 | 12", 2, vec!["Cộng của Ban Quản lý: 2-3 = 2"], vec!["total-row C4"]),
        ("| Nà Pan | Cộng của Ban Quản lý | | 20 | 15", 2, vec![], vec!["row-unknown C4"]),
        ("| | Tổng (1-2) | | | 3", 2, vec![], vec!["total-row C4"]),
        ("| | Cộng (I+IV) | | | 3", 2, vec![], vec!["total-row C4"]),
        ("| | Cộng (1+2) | | | 12", 2, vec!["Cộng (1+2): 2-3 = 2"], vec![]),
        ("3 | Nà Pan | Tổng số phường Nà Pan | m | 8 | 3", 2, vec![], vec!["row-unknown C4"]),
    ] {
        let [found, sums, _, reported] = read(&format!("{rows}\n{line}"));
        assert_eq!(
            (found.len(), sums, reported),
            (
                records,
                totals.iter().map(|t: &&str| (*t).to_owned()).collect(),
                problems.iter().map(|p: &&str| (*p).to_owned()).collect()
            ),
            "{line}"
        );
    }
    let [found, ..] =
        read_with(&["Phường"], "Phường | Chỉ tiêu | Thực hiện", "Nà Pan | Cống | 5\nNà Pan | Tổng kho | 9");
    assert_eq!(found.len(), 2, "a table without numbering");
}

#[test]
fn several_totals_without_a_name_add_up_what_their_numbers_or_places_say() {
    let [records, totals, _, problems] = read(
        "1 | Nà Pan | Cống A | m | 10 | 5
         2 | Nà Pan | Cống B | m | 10 | 7
         | | Cộng | | 20 | 12
         3 | Nà Khoa | Cống C | m | 10 | 1
         4 | Nà Khoa | Cống D | m | 10 | 2
         | | Cộng | | 20 | 4
         | | Tổng cộng | | 40 | 16",
    );
    assert_eq!(records.len(), 4);
    assert_eq!(totals, ["Cộng: 2-3 = 2", "Cộng: 5-6 = 2", "Tổng cộng: 2-3,5-6 = 4"]);
    assert_eq!(problems, Vec::<String>::new());
    let [_, first, ..] = read(
        "| | TỔNG SỐ | | 20 | 13
         1 | Nà Pan | Cống A | m | 10 | 5
         2 | Nà Khoa | Cống B | m | 10 | 7",
    );
    assert_eq!(first, ["TỔNG SỐ: 3-4 = 2"]);
}

#[test]
fn headings_are_a_field_on_every_level() {
    let [records, totals, groups, problems] = read(
        "A | | Vốn tỉnh | | 30 | 13
         I | | Chuyển tiếp | | |
         1 | Nà Pan | Cống A | m | 10 | 5
         II | | Mới | | |
         1 | Nà Pan | Cống B | m | 20 | 8
         B | | Vốn huyện | | |
         I | | Chuyển tiếp | | |
         1 | Nà Khoa | Cống C | m | 10 | 1",
    );
    assert_eq!(records.len(), 3);
    assert_eq!(totals, ["Vốn tỉnh: 4,6 = 2"]);
    assert_eq!(groups, ["Vốn tỉnh, Chuyển tiếp", "Vốn tỉnh, Mới", "Vốn huyện, Chuyển tiếp"]);
    assert_eq!(problems, Vec::<String>::new());
    let [_, _, groups, problems] = read(
        "0 | Nà Pan | Cống không nhóm | m | 10 | 5
         Dự án chuyển tiếp
         1 | Nà Pan | Cống A | m | 10 | 5
         I. Dự án mới
         2 | Nà Pan | Cống B | m | 20 | 8",
    );
    assert_eq!(groups, ["", "Dự án chuyển tiếp", "Dự án mới"], "headings alone in their row");
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn a_table_of_words_has_headings() {
    let [records, _, groups, problems] = read_with(
        &["Nhiệm vụ", "Chủ trì"],
        "STT | Nhiệm vụ | Chủ trì | Thời hạn",
        "I | Nhiệm vụ thường xuyên | |
         1 | Trực cơ quan | Văn phòng | Hằng tuần
         2 | Tiếp dân | Thanh tra | Hằng tháng
         II | Nhiệm vụ đột xuất | |
         1 | Kiểm tra kho | Phòng Kinh tế | Quý IV",
    );
    assert_eq!(records.len(), 3, "{records:?}");
    assert_eq!(groups, ["Nhiệm vụ thường xuyên", "Nhiệm vụ thường xuyên", "Nhiệm vụ đột xuất"]);
    assert!(problems.iter().all(|problem| !problem.starts_with("row")), "{problems:?}");
}

#[test]
fn a_row_with_all_fields_is_a_heading_only_as_the_sum_of_its_rows() {
    for (number, count) in [("13", 2), ("20", 3)] {
        let [records, ..] = read(&format!(
            "I | Nà Pan | Đường trục | m | | {number}
             1 | Nà Pan | Đoạn 1 | m | | 5
             2 | Nà Pan | Đoạn 2 | m | | 8"
        ));
        assert_eq!(records.len(), count, "{number}");
    }
}

#[test]
fn a_table_whose_only_field_is_the_label_has_headings_too() {
    let [records, totals, groups, problems] = read_with(
        &["Dự án"],
        "STT | Dự án | Thực hiện",
        "I | Dự án chuyển tiếp | 12
         1 | Cống A | 5
         2 | Cống B | 7
         II | Dự án mới |
         1 | Cống C | 4
         | Tổng cộng | 16",
    );
    assert_eq!(records.len(), 3, "{records:?}");
    assert_eq!(totals, ["Dự án chuyển tiếp: 3-4 = 2", "Tổng cộng: 3-4,6 = 3"]);
    assert_eq!(groups, ["Dự án chuyển tiếp", "Dự án chuyển tiếp", "Dự án mới"]);
    assert_eq!(problems, Vec::<String>::new());
}
