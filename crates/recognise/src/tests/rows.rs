//! Tests of the recognition of rows, on sheets drawn as text.

use super::*;

#[test]
fn units_are_found_in_four_places() {
    for (drawn, expected) in [
        ("STT | Chỉ tiêu | ĐVT | Thực hiện\n1 | Tổng thu | tỷ đồng | 1.5", "unit-converted D2"),
        ("STT | Chỉ tiêu | Thực hiện (tỷ đồng)\n1 | Tổng thu | 1.5", "unit-converted C2"),
        ("STT | Chỉ tiêu | Thực hiện\n1 | Tổng thu (tỷ đồng) | 1.5", "unit-converted C2"),
        (" | | (ĐVT: Tỷ đồng)\nSTT | Chỉ tiêu | Thực hiện\n1 | Tổng thu | 1.5", "unit-converted C3"),
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
        assert_eq!(format_observations(&dataset), ["rev.actual=1500"], "{drawn}");
        assert_eq!(format_problems(&diagnostics), [expected], "{drawn}");
        let figure = dataset.observations.values().next().unwrap();
        assert_eq!(&*figure.sources()[0].raw, "1.5");
        assert_eq!(&*figure.unit.label, "triệu đồng");
    }
}

#[test]
fn a_unit_of_another_kind_is_refused_and_none_is_taken_as_declared() {
    let (dataset, diagnostics) = recognise_one(
        &[sector("s", &[], MONEY)],
        "STT | Chỉ tiêu | ĐVT | Thực hiện\n1 | Tổng thu | hộ | 5\n2 | Tổng chi | | 6",
    );
    assert_eq!(format_observations(&dataset), ["exp.actual=6"]);
    assert_eq!(format_problems(&diagnostics), ["unit-mismatch C2"]);
}

const CROPS: &str = "
    rice | Lúa | ha
    rice_area | Diện tích | ha | rice
    rice_yield | Năng suất | tạ/ha | rice
    maize | Ngô | ha
    maize_area | Diện tích | ha | maize
    maize_yield | Năng suất | tạ/ha | maize
";

#[test]
fn repeated_labels_are_distinguished_by_their_parents() {
    for drawn in [
        "STT | Chỉ tiêu | Thực hiện\n1 | Lúa |\n- | Diện tích | 1\n- | Năng suất | 2\n2 | Ngô |\n- | Diện tích | 3\n- | Năng suất | 4",
        "STT | Chỉ tiêu | Thực hiện\n1 | 1.1. Lúa |\n2 | - Diện tích | 1\n3 | - Năng suất | 2\n4 | 1.2.Ngô |\n5 | - Diện tích | 3\n6 | - Năng suất | 4",
        "Chỉ tiêu | ĐVT | Thực hiện\nLúa | |\n  Diện tích | ha | 1\n  Năng suất | tạ/ha | 2\nNgô | |\n  Diện tích | ha | 3\n  Năng suất | tạ/ha | 4",
        "STT | Chỉ tiêu | Thực hiện\nI | Trồng trọt\n1 | Lúa |\n | Diện tích | 1\n | Năng suất | 2\n2 | Ngô |\n | Trong đó:\n | Diện tích | 3\n | Năng suất | 4",
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], CROPS)], drawn);
        let expected = ["maize_area.actual=3", "maize_yield.actual=4", "rice_area.actual=1", "rice_yield.actual=2"];
        assert_eq!(format_observations(&dataset), expected, "{drawn}");
        assert_eq!(format_problems(&diagnostics), [""; 0], "{drawn}");
    }
}

#[test]
fn an_ambiguous_row_is_not_read() {
    let (dataset, diagnostics) = recognise_one(
        &[sector("s", &[], CROPS)],
        "STT | Chỉ tiêu | Thực hiện\n1 | Diện tích | 1\n2 | Lúa | 2\n3 | Sắn | 3",
    );
    assert_eq!(format_observations(&dataset), ["rice.actual=2"]);
    assert_eq!(format_problems(&diagnostics), ["row-ambiguous B2", "row-unknown B4"]);
    assert!(diagnostics[0].message.vietnamese().contains("s.maize_area"), "{:?}", diagnostics[0].message);
}

#[test]
fn a_printed_code_decides() {
    let drawn = "Mã số | Chỉ tiêu | Thực hiện\nmaize_area | Diện tích | 1\ns.rice_area | Diện tích | 2";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], CROPS)], drawn);
    assert_eq!(format_observations(&dataset), ["maize_area.actual=1", "rice_area.actual=2"]);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
}

#[test]
fn numbers_typed_as_text_follow_their_sheet() {
    for (drawn, expected, codes) in [
        ("'1.234 | '5,5", ["exp.actual=5.5", "rev.actual=1234"].as_slice(), ["number-as-text C2", "number-as-text C3"]),
        ("'1.234 | '5.5", &["exp.actual=5.5", "rev.actual=1.234"], ["number-as-text C2", "number-as-text C3"]),
        ("'1.234 | '55", &["exp.actual=55"], ["number-unreadable C2", "number-as-text C3"]),
        ("- | …", &["rev.actual=-"], ["", ""]),
        ("= | #DIV/0!", &[], ["number-unreadable C2", "number-unreadable C3"]),
    ] {
        let (first, second) = drawn.split_once(" | ").unwrap();
        let drawn = format!("STT | Chỉ tiêu | Thực hiện\n1 | Tổng thu | {first}\n2 | Tổng chi | {second}");
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], &drawn);
        assert_eq!(format_observations(&dataset), expected, "{drawn}");
        assert_eq!(
            format_problems(&diagnostics),
            codes.into_iter().filter(|c| !c.is_empty()).collect::<Vec<_>>(),
            "{drawn}"
        );
    }
}

#[test]
fn a_percent_format_shows_what_is_meant() {
    let mut percent = sheet("S", "Chỉ tiêu | ĐVT | Thực hiện\nTỷ lệ che phủ | % | 0.655");
    percent.cells.get_mut(&CellRef::new(1, 2)).unwrap().number_format = Some("0.0%".into());
    let sectors = [sector("s", &[], "cover | Tỷ lệ che phủ | %")];
    let (dataset, diagnostics) = recognise(&[book("a", "x", vec![percent])], &sectors, &config());
    assert_eq!(format_observations(&dataset), ["cover.actual=65.5"]);
    assert_eq!(format_problems(&diagnostics), ["unit-converted C2"]);
}

#[test]
fn a_number_is_read_as_its_format_displays_it() {
    for (stored, code, expected, problems) in [
        ("700000000000", "#,##0,", "700000000", &["unit-converted C2"][..]),
        ("700000", "#,##0\" nghìn đồng\"", "700", &["unit-converted C2"]),
        ("700", "#,##0", "700", &[]),
        ("700", "#,##0\" hộ\"", "", &["unit-mismatch C2"]),
    ] {
        let mut drawn = sheet("S", &format!("Chỉ tiêu | ĐVT | Thực hiện\nTổng thu | triệu đồng | {stored}"));
        drawn.cells.get_mut(&CellRef::new(1, 2)).unwrap().number_format = Some(code.into());
        let (dataset, diagnostics) = recognise(&[book("a", "x", vec![drawn])], &[sector("s", &[], MONEY)], &config());
        let figures: Vec<String> =
            dataset.observations.values().map(|f| f.amount.known().unwrap().to_string()).collect();
        assert_eq!(figures.concat(), expected, "{code}");
        assert_eq!(format_problems(&diagnostics), problems, "{code}");
        assert!(dataset.observations.values().all(|figure| &*figure.sources()[0].raw == stored), "{code}");
    }
}

#[test]
fn units_and_marks_in_a_cell_are_read_with_its_number() {
    for (typed, expected, problems) in [
        ("1.250,5 triệu đồng", &["rev.actual=1250.5"][..], &["number-as-text C2"][..]),
        ("2,5 tỷ", &["rev.actual=2500"], &["number-as-text C2", "unit-converted C2"]),
        ("(1.250,5)", &["rev.actual=-1250.5"], &["number-as-text C2"]),
        ("1250 (1)", &["rev.actual=1250"], &["number-as-text C2"]),
        ("1234¹", &["rev.actual=1234"], &["number-as-text C2"]),
        ("250 hộ", &[], &["unit-mismatch C2"]),
        ("250 abc", &[], &["number-unreadable C2"]),
        ("12 (5 huyện)", &[], &["number-unreadable C2"]),
    ] {
        let drawn = format!("Chỉ tiêu | ĐVT | Thực hiện\nTổng thu | triệu đồng | {typed}");
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], &drawn);
        assert_eq!(format_observations(&dataset), expected, "{typed}");
        assert_eq!(format_problems(&diagnostics), problems, "{typed}");
    }
}

#[test]
fn qualifiers_and_estimates_in_a_cell_belong_to_its_number() {
    use tonghop_core::model::measure::{Qualifier, Status};
    let drawn = "Chỉ tiêu | ĐVT | Thực hiện\nTổng thu | triệu đồng | trên 172\nTổng chi | triệu đồng | 300 (ước)";
    let (dataset, _) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    let figures: Vec<_> = dataset.observations.values().map(|figure| (figure.qualifier, figure.status)).collect();
    assert_eq!(figures, [(None, Status::Estimate), (Some(Qualifier::Above), Status::Final)]);
}

#[test]
fn the_status_of_a_row_overrides_its_heading() {
    let drawn =
        "Chỉ tiêu | Kế hoạch | Ước thực hiện | Tình trạng số liệu\nTổng thu | 9 | 5 | Chính thức\nTổng chi | 8 | 6 |";
    let (dataset, _) = recognise_one(&[sector("s", &["province"], MONEY)], drawn);
    use tonghop_core::model::measure::Status::{Estimate, Final};
    let status: Vec<_> = dataset.observations.values().map(|f| f.status).collect();
    assert_eq!(
        format_observations(&dataset),
        ["exp.actual=6", "exp.target.province=8", "rev.actual=5", "rev.target.province=9"]
    );
    assert_eq!(status, [Estimate, Final, Final, Final]);
}

#[test]
fn words_are_kept_under_their_topic() {
    let drawn = "
STT | Nội dung | Phần lời
1 | Công tác  chỉ đạo | Đã ban  hành kế hoạch.
2 | Công tác khác | Không ai đọc.";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    let words = &dataset.narrative[&(SectorId::new("s"), "topic".to_owned())];
    assert_eq!(&*words[0].text, "Đã ban hành kế hoạch.");
    assert_eq!(words[0].source.cell, CellRef::new(1, 2));
    assert_eq!(format_problems(&diagnostics), ["row-unknown B3"]);
}

#[test]
fn difficulties_name_their_indicator() {
    let drawn = "
STT | Tồn tại, hạn chế | Nguyên nhân | Chỉ tiêu liên quan
1 | Thu chậm | Đất | Tổng thu
2 | Chi chậm | - | Tổng chi; Tổng thu
3 | Chung | Nhân lực |
4 | Lạ | Lạ | Tổng gì đó
5 | Ngành | x | Ngành s";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    let remarks: Vec<String> = dataset
        .remarks
        .iter()
        .map(|r| {
            let words = |text: &Option<tonghop_core::model::provenance::TextCell>| {
                text.as_ref().map_or_else(String::new, |t| t.text.to_string())
            };
            let indicator = r.indicator.as_ref().map_or("", IndicatorId::as_str);
            format!("{indicator}: {}, {}", words(&r.difficulty), words(&r.cause))
        })
        .collect();
    let expected =
        ["rev: Thu chậm, Đất", "exp: Chi chậm, ", "rev: Chi chậm, ", ": Chung, Nhân lực", ": Lạ, Lạ", ": Ngành, "];
    assert_eq!(remarks, expected);
    assert_eq!(format_problems(&diagnostics), ["row-unknown D5"]);
}

#[test]
fn causes_can_be_next_to_the_numbers() {
    let drawn = "Chỉ tiêu | Thực hiện | Nguyên nhân\nTổng thu | 5 | Đất";
    let (dataset, _) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(dataset.remarks[0].indicator.as_ref().map(IndicatorId::as_str), Some("rev"));
    assert_eq!(format_observations(&dataset), ["rev.actual=5"]);
}

const SCHOOLS: &str = "
    schools | Số trường | trường
    schools_preschool | Mầm non | trường | schools | member
    schools_primary | Tiểu học | trường | schools | member
    pupils | Số học sinh | học sinh
    pupils_preschool | Mầm non | học sinh | pupils | member
    pupils_primary | Tiểu học | học sinh | pupils | member
";

#[test]
fn members_of_a_breakdown_are_read_from_columns_and_from_rows() {
    for drawn in [
        "STT | Chỉ tiêu | Tổng số | Mầm non | Tiểu học\n1 | Số trường | 28 | 12 | 16\n2 | Số học sinh | 100 | 40 | 60",
        "STT | Chỉ tiêu | Tổng số | Chia theo cấp học |\n | | | Mầm non | Tiểu học\n1 | Số trường | 28 | 12 | 16\n2 | Số học sinh | 100 | 40 | 60",
        "STT | Chỉ tiêu | Số lượng\n1 | Số trường | 28\n- | Mầm non | 12\n- | Tiểu học | 16\n2 | Số học sinh | 100\n- | Mầm non | 40\n- | Tiểu học | 60",
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], SCHOOLS)], drawn);
        let expected = [
            "pupils.actual=100",
            "pupils_preschool.actual=40",
            "pupils_primary.actual=60",
            "schools.actual=28",
            "schools_preschool.actual=12",
            "schools_primary.actual=16",
        ];
        assert_eq!(format_problems(&diagnostics), [""; 0], "{drawn}");
        assert_eq!(format_observations(&dataset), expected, "{drawn}");
    }
}

#[test]
fn rows_below_a_count_of_names_are_names() {
    let declared = sector("s", &[], "smart | Trường có phòng học thông minh | trường | | names\nother | Khác | trường");
    let drawn = "STT | Chỉ tiêu | Số lượng\n1 | Trường có phòng học thông minh | 2\n | - Trường Quyết Thắng | \n | - Trường số 1 | \n2 | Khác | 5\n | Ghi thêm | \n3 | Trường có phòng học thông minh |\n\n | MÔ HÌNH KHÁC |";
    let (dataset, diagnostics) = recognise_one(&[declared], drawn);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
    let names: Vec<&str> = dataset.names.values().flatten().map(|name| &*name.text).collect();
    assert_eq!(names, ["Trường Quyết Thắng", "Trường số 1"]);
}

#[test]
fn a_status_cell_may_qualify_the_number() {
    use tonghop_core::model::measure::{Qualifier, Status};
    let drawn =
        "STT | Chỉ tiêu | Thực hiện | Tình trạng số liệu\n1 | Tổng thu | 5 | Trên\n2 | Tổng chi | 6 | Ước, khoảng";
    let (dataset, _) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    let of = |at: usize| dataset.observations.values().nth(at).map(|f| (f.status, f.qualifier)).unwrap();
    assert_eq!(of(1), (Status::Final, Some(Qualifier::Above)));
    assert_eq!(of(0), (Status::Estimate, Some(Qualifier::About)));
}

#[test]
fn a_misspelt_topic_is_also_reported_at_its_rule() {
    let sectors = [sector("s", &[], MONEY)];
    let places = |topic: &str| {
        let (dataset, diagnostics) = recognise_one(&sectors, &format!("STT|Nội dung|Phần lời\n1|{topic}|Đã chỉ đạo."));
        assert!(dataset.narrative.is_empty());
        diagnostics.iter().map(|d| d.places.iter().map(ToString::to_string).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let near = [["workbooks/a/x.xlsx [S] B2".to_owned(), "plugins/s.lua:1".to_owned()].to_vec()];
    assert_eq!(places("Công tac chỉ đạoo"), near);
    assert_eq!(places("Công tác khác hẳn"), [["workbooks/a/x.xlsx [S]".to_owned()].to_vec()]);
}
