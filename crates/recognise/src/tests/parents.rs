//! Tests of the parent of a row: which rows above it, or which titles, show it.

use super::*;

const HERDS: &str = "
    herd | Đàn trâu | con
    herd_male | Trâu đực | con | herd
    herd_female | Trâu cái | con | herd
";
const BOTH: [&str; 3] = ["herd.actual=90", "herd_female.actual=40", "herd_male.actual=50"];

/// Asserts the observations of each table, whose rows are apart by `;`.
fn assert_read(declared: &str, heading: &str, cases: &[(&str, &[&str])]) {
    for (rows, expected) in cases {
        let drawn = format!("{heading}\n{}", rows.replace(';', "\n"));
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], declared)], &drawn);
        assert_eq!(format_observations(&dataset), *expected, "{drawn}\n{diagnostics:?}");
    }
}

#[test]
fn a_child_is_read_where_its_parent_is_above_it() {
    let cases: [(&str, &[&str]); 8] = [
        ("Đàn trâu | 90;Trâu đực | 50;Trâu cái | 40", &BOTH),
        ("Đàn trâu | 90;- Trâu đực | 50;- Trâu cái | 40", &BOTH),
        ("Đàn trâu | 90;  Trâu đực | 50;  Trâu cái | 40", &BOTH),
        ("1. Đàn trâu | 90;2. Trâu đực | 50;3. Trâu cái | 40", &BOTH),
        ("Đàn bò | 70;Đàn trâu | 90;Trâu đực | 50;Trâu cái | 40", &BOTH),
        ("Đàn trâu | 90;Chia theo giới tính |;Trâu đực | 50;Trâu cái | 40", &BOTH),
        (
            "Đàn bò | 7;Chia theo giới tính |;Trâu đực | 1;Đàn trâu | 90;Chia theo giới tính |;Trâu đực | 50;Trâu cái | 40",
            &BOTH,
        ),
        ("Đàn trâu | 90;Trâu đực | 50;Trâu cái | 40;Đàn bò | 7;Trâu đực | 3;Trâu cái | 4", &BOTH),
    ];
    assert_read(HERDS, "Chỉ tiêu | Thực hiện", &cases);
}

#[test]
fn a_child_under_another_row_is_not_read() {
    let only: &[&str] = &["herd.actual=90"];
    for rows in [
        "Đàn trâu | 90;Trâu cày | 20;Trâu đực | 15;Trâu cái | 5",
        "Đàn trâu | 90;Trâu cày | 20;  Trâu đực | 15;  Trâu cái | 5",
        "1. Đàn trâu | 90;2. Trâu cày | 20;- Trâu đực | 15;- Trâu cái | 5",
        "I. Đàn trâu | 90;II. Trâu cày |;Trâu đực | 15;Trâu cái | 5",
        "Trâu cày | 20;Trâu đực | 15;Trâu cái | 5;Đàn trâu | 90",
        "Đàn trâu | 90;Tổng số trâu cày | 20;Trâu đực | 15;Trâu cái | 5",
        "Trâu đực | 15;Trâu cái | 5;Đàn trâu | 90",
    ] {
        assert_read(HERDS, "Chỉ tiêu | Thực hiện", &[(rows, only)]);
        let drawn = format!("Chỉ tiêu | Thực hiện\n{}", rows.replace(';', "\n"));
        let (_, diagnostics) = recognise_one(&[sector("s", &[], HERDS)], &drawn);
        let messages = format!("{diagnostics:?}");
        assert!(messages.contains("nothing in this table shows"), "{drawn}\n{messages}");
    }
}

#[test]
fn a_form_may_list_the_parts_only() {
    let parts: &[&str] = &["herd_female.actual=40", "herd_male.actual=50"];
    let cases: [(&str, &[&str]); 5] = [
        ("Trâu đực | 50;Trâu cái | 40", parts),
        ("1. Trâu cày | 20;2. Trâu đực | 50;3. Trâu cái | 40", parts),
        ("Chia theo giới tính |;Trâu đực | 50;Trâu cái | 40", parts),
        ("Trâu cày | 20;Trâu đực | 50;Trâu cái | 40", &[]),
        ("1. Trâu cày | 20;- Trâu đực | 50;- Trâu cái | 40", &[]),
    ];
    assert_read(HERDS, "Chỉ tiêu | Thực hiện", &cases);
}

#[test]
fn a_total_is_the_parent_beyond_the_title_of_a_breakdown() {
    let declared = "
        all | Tổng số | ha
        rice | Vụ lúa | ha | all
        maize | Vụ ngô | ha | all
        north | Phía bắc | ha | all
    ";
    let rows =
        "Tổng số | 9 | 8;Phân theo cây trồng | |;Vụ lúa | 5 | 4;Vụ ngô | 4 | 4;Chia theo vùng | |;Phía bắc | 3 | 2";
    let expected: &[&str] = &["all.actual=9", "all.last_year=8"];
    let drawn = format!(" | Thực hiện | Cùng kỳ năm trước\n{}", rows.replace(';', "\n"));
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], declared)], &drawn);
    let observations = format_observations(&dataset);
    assert!(expected.iter().all(|figure| observations.contains(&(*figure).to_owned())), "{observations:?}");
    assert_eq!(observations.len(), 8, "{observations:?} {diagnostics:?}");
}

#[test]
fn a_parent_may_be_declared_with_its_unit() {
    let declared = "
        meat | Thịt hơi (tấn) | tấn
        beef | Thịt bò | tấn | meat
        milk | Sữa (tấn) | tấn
    ";
    let rows = "Thịt hơi (tấn) | |;  Thịt bò | 6 | 5;Sữa (tấn) | 7 | 6";
    let expected: &[&str] = &["beef.actual=6", "beef.last_year=5", "milk.actual=7", "milk.last_year=6"];
    assert_read(declared, " | Thực hiện | Cùng kỳ năm trước", &[(rows, expected)]);
}

#[test]
fn the_nearest_declared_parent_decides_among_children_of_one_name() {
    let declared = "
        tea | Chè cả năm | ha
        tea_area | Diện tích | ha | tea
        old | Chè già | ha | tea
        old_area | Diện tích | ha | old
        young | Chè non | ha | tea
        young_area | Diện tích | ha | young
    ";
    let rows = "Chè cả năm |;Diện tích | 9;Chè già |;Diện tích | 5;Chè non |;Diện tích | 4";
    let numbered = "I. Chè cả năm |;Diện tích | 9;1. Chè già |;- Diện tích | 5;2. Chè non |;- Diện tích | 4";
    let expected: &[&str] = &["old_area.actual=5", "tea_area.actual=9", "young_area.actual=4"];
    assert_read(declared, "Chỉ tiêu | Thực hiện", &[(rows, expected), (numbered, expected)]);
}

#[test]
fn a_stronger_row_takes_no_other_measure_from_a_weaker_one() {
    let declared = "
        trade | Thương mại | tỷ đồng
        shops | Cửa hàng | tỷ đồng | trade
        stalls | Quầy hàng | tỷ đồng | shops
    ";
    let strong = sheet(
        "A",
        "
 | Thực hiện | Tỷ lệ
Thương mại | 9 | 1
  Cửa hàng | 8 | 1
    Quầy hàng | 5 | 1",
    );
    let weak = sheet(
        "B",
        "
 | Thực hiện | Cùng kỳ năm trước
Cửa hàng | 7 | 6
  Quầy hàng | 4 | 3",
    );
    let sheets = vec![strong, weak];
    let (dataset, _) = recognise(&[book("a", "workbooks/a/x.xlsx", sheets)], &[sector("s", &[], declared)], &config());
    let observations = format_observations(&dataset);
    for figure in ["stalls.actual=5", "stalls.last_year=3"] {
        assert!(observations.contains(&figure.to_owned()), "{observations:?}");
    }
}
