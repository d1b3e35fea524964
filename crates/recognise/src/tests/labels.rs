//! Tests of the labels of rows: their numbering and marks, groups in a column of their own, labels of several rows.

use super::*;
use tonghop_core::model::reading_log::CellOutcome;

const SCHOOLS: &str = "
    schools | Trường học | trường
    schools_small | Mầm non | trường | schools
    schools_big | Tiểu học | trường | schools
    pupils | Học sinh | học sinh
    pupils_small | Mầm non | học sinh | pupils
    pupils_big | Tiểu học | học sinh | pupils
";

#[test]
fn groups_may_have_a_column_of_their_own() {
    let expected = ["pupils_big.actual=9", "pupils_small.actual=8", "schools_big.actual=3", "schools_small.actual=2"];
    for drawn in [
        "Chỉ tiêu | < | Thực hiện\nTrường học | Mầm non | 2\n^ | Tiểu học | 3\nHọc sinh | Mầm non | 8\n^ | Tiểu học | 9",
        "Chỉ tiêu | < | Thực hiện\nTrường học | Mầm non | 2\n | Tiểu học | 3\nHọc sinh | Mầm non | 8\n | Tiểu học | 9",
        "Chỉ tiêu | < | Thực hiện\nTrường học | Mầm non | 2\nTrường học | Tiểu học | 3\nHọc sinh | Mầm non | 8\nHọc sinh | Tiểu học | 9",
        "STT | Chỉ tiêu | < | Thực hiện\n1 | Trường học | Mầm non | 2\n^ | ^ | Tiểu học | 3\n2 | Học sinh | Mầm non | 8\n^ | ^ | Tiểu học | 9",
        "STT | Chỉ tiêu | < | Thực hiện\n1 | Trường học | Mầm non | 2\n2 | ^ | Tiểu học | 3\n3 | Học sinh | Mầm non | 8\n4 | ^ | Tiểu học | 9",
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], SCHOOLS)], drawn);
        assert_eq!(
            (format_observations(&dataset), format_problems(&diagnostics)),
            (expected.map(String::from).to_vec(), vec![]),
            "{drawn}"
        );
    }
}

#[test]
fn a_group_and_its_member_may_be_declared_as_one() {
    let declared = "small | Trường học mầm non | trường\nbig | Trường học tiểu học | trường";
    let drawn = "Chỉ tiêu | < | Thực hiện\nTrường học | Mầm non | 2\n^ | Tiểu học | 3";
    let (dataset, _) = recognise_one(&[sector("s", &[], declared)], drawn);
    assert_eq!(format_observations(&dataset), ["small.actual=2"], "the second row does not repeat the group");
}

#[test]
fn numbering_and_marks_are_not_part_of_a_label() {
    for label in [
        "I- Tổng thu",
        "IV - Tổng thu",
        "A/ Tổng thu",
        "a, Tổng thu",
        "3a. Tổng thu",
        "(2) Tổng thu",
        "1/Tổng thu",
        "3 Tổng thu",
        "Tổng thu (1)",
        "Tổng thu¹",
        "Tổng thu **",
        "Tổng thu [2]",
        "Tổng thu1",
        "Tổng thu (1.1+1.2)",
        "Tổng thu = (1)+(2)",
        "Tổng thu (tr.đ) (*)",
        "Tổng thu - triệu đồng",
        "Mục 2: Tổng thu",
    ] {
        let drawn = format!("Chỉ tiêu | Thực hiện\n{label} | 5");
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], &drawn);
        assert_eq!((format_observations(&dataset), diagnostics), (vec!["rev.actual=5".to_owned()], vec![]), "{label}");
    }
}

#[test]
fn equal_words_come_before_numbering() {
    let declared = "one | Loại (1) | ha\ntwo | Loại (2) | ha\nclean | 5 Không 3 Sạch | hộ\nhour | C. Mác | giờ";
    let drawn = "Chỉ tiêu | Thực hiện\nLoại (1) | 1\nLoại (2) | 2\n5 không 3 sạch | 3\nC. Mác | 4";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], declared)], drawn);
    assert_eq!(format_observations(&dataset), ["clean.actual=3", "hour.actual=4", "one.actual=1", "two.actual=2"]);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
}

#[test]
fn ages_are_labels_where_they_are_declared() {
    let declared = "all | Dân số | người\nbaby | 0 | người | all\nchild | 1-4 | người | all\nfive | 5 | người | all";
    for drawn in [
        "Chỉ tiêu | Thực hiện\nDân số | 60\n0 | 10\n1-4 | 20\n5 | 30",
        "STT | Chỉ tiêu | Thực hiện\n | Dân số | 60\n1 | 0 | 10\n2 | 1-4 | 20\n3 | 5 | 30",
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], declared)], drawn);
        assert_eq!(
            format_observations(&dataset),
            ["all.actual=60", "baby.actual=10", "child.actual=20", "five.actual=30"],
            "{drawn}"
        );
        assert_eq!(format_problems(&diagnostics), [""; 0], "{drawn}");
    }
}

#[test]
fn labels_may_go_on_in_the_next_row_of_any_table() {
    for (drawn, expected) in [
        ("Chỉ tiêu | Thực hiện\nTổng thu |\nvà tổng chi | 5\nTổng chi | 6", vec!["both.actual=5", "exp.actual=6"]),
        ("Chỉ tiêu | Thực hiện\nTổng thu và |\nTổng chi | 5", vec!["exp.actual=5"]),
        ("Chỉ tiêu | Thực hiện\nTổng thu và |\nTổng chi cả năm | 5", vec!["year.actual=5"]),
    ] {
        let declared = format!(
            "{MONEY}\nboth | Tổng thu và tổng chi | triệu đồng\nyear | Tổng thu và tổng chi cả năm | triệu đồng"
        );
        let (dataset, _) = recognise_one(&[sector("s", &[], &declared)], drawn);
        assert_eq!(format_observations(&dataset), expected, "{drawn}");
    }
}

#[test]
fn a_unit_is_not_that_of_the_rows_beside_it() {
    let declared = "new | Rừng trồng mới | nghìn ha\nfire | Rừng cháy | ha";
    let drawn = "Chỉ tiêu | Thực hiện\nRừng trồng mới (Nghìn ha) | 5\nRừng bị hại (Ha) | 300\nRừng cháy | 100\n\n4. Thuỷ sản\nChỉ tiêu | Thực hiện\nTôm | 5";
    let (dataset, _) = recognise_one(&[sector("s", &[], declared)], drawn);
    assert_eq!(format_observations(&dataset), ["fire.actual=100", "new.actual=5"]);
}

#[test]
fn a_unit_row_ends_at_the_next_title() {
    let declared = "guests | Hành khách | nghìn hành khách\nguests_road | Đường bộ | nghìn hành khách | guests\nworth | Doanh thu | triệu đồng\nworth_road | Đường bộ | triệu đồng | worth";
    let drawn = "Chỉ tiêu | Thực hiện\nA. HÀNH KHÁCH | Nghìn HK\nĐường bộ | 7\nB. DOANH THU |\nĐường bộ | 8";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], declared)], drawn);
    assert_eq!(format_observations(&dataset), ["guests_road.actual=7", "worth_road.actual=8"]);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
}

#[test]
fn a_ditto_sign_repeats_a_unit_that_is_there() {
    let drawn = "Chỉ tiêu | ĐVT | Thực hiện\nTổng thu | '\" | 5\nTổng chi | nt | 6";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(
        (format_observations(&dataset), format_problems(&diagnostics)),
        (vec![], vec!["unit-mismatch B2".to_owned(), "unit-mismatch B3".to_owned()])
    );
}

#[test]
fn rows_with_one_reason_are_reported_once() {
    let drawn = "Chỉ tiêu | Kế hoạch | Thực hiện\nTổng thu | 1 | 5\nMèo | 1 | 1\nTổng tu | 1 | 2\nChó | 1 | 3\n | 1 | 4\nGà | 1 | 5\nVịt | 1 | 6";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &["province"], MONEY)], drawn);
    assert_eq!(format_problems(&diagnostics), ["row-unknown A3", "row-unknown A4", "row-unknown B6"]);
    let unknown = &diagnostics[0];
    assert_eq!(
        unknown.message.vietnamese(),
        "4 dòng có số nhưng không khớp với chỉ tiêu nào: \"Mèo\", \"Chó\", \"Gà\" và 1 dòng khác; các dòng này không được đọc"
    );
    let places: Vec<String> = unknown.places.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["A3", "A5", "A7"].map(|cell| format!("workbooks/a/x.xlsx [S] {cell}")));
    let near = diagnostics[1].hint.as_ref().unwrap();
    assert!(near.vietnamese().starts_with("nếu đây là chỉ tiêu \"Tổng thu\""), "{near:?}");
    let log = &dataset.workbooks[0].sheets[0].log;
    for (row, col) in [(2, 0), (2, 2), (4, 0), (4, 1), (6, 2), (7, 0), (7, 2)] {
        let outcome = log.outcome(CellRef::new(row, col));
        assert_eq!(outcome, CellOutcome::Rejected(CellRef::new(2, 0)), "each cell refers to the message: {row} {col}");
    }
}
