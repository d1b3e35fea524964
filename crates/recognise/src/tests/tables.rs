//! Tests of the recognition of tables, on sheets drawn as text.

use super::*;

#[test]
fn headings_may_be_stacked_without_merges() {
    let drawn = "
UBND THÀNH PHỐ | | Biểu số: 01
TÌNH HÌNH THU CHI 9 THÁNG NĂM 2024
Số | Nội dung | Đơn vị | Kế hoạch | Thực hiện | So với
TT | | tính | năm 2024 | 9 tháng | kế hoạch (%)
(1) | (2) | (3) | (4) | (5) | (6)=(5)/(4)
1 | Tổng thu | Triệu đồng | 100 | 50 | 50
2 | Tổng chi | '\" | 80 | 40 | 50";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &["province"], MONEY)], drawn);
    assert_eq!(
        format_observations(&dataset),
        ["exp.actual=40", "exp.target.province=80", "rev.actual=50", "rev.target.province=100"]
    );
    assert_eq!(format_problems(&diagnostics), [""; 0]);
    assert_eq!(dataset.workbooks[0].sheets[0].used_cells, 4);
}

#[test]
fn a_table_goes_on_beyond_an_empty_column() {
    let labels = ["+ | Tổng thu", "+ | Trong đó: thu được hưởng", "2 | Tổng chi"];
    for (heads, gap) in [("TT | Chỉ tiêu | | ĐVT | Thực hiện", "| | "), ("TT | Chỉ tiêu | ĐVT | | Thực hiện", "| ")]
    {
        let unit = |gap: &str| if gap == "| " { "| triệu đồng | " } else { "| | triệu đồng " };
        let rows: Vec<String> =
            labels.iter().zip(5..).map(|(label, number)| format!("{label} {}| {number}", unit(gap))).collect();
        let (dataset, _) = recognise_one(&[sector("s", &[], MONEY)], &format!("{heads}\n{}", rows.join("\n")));
        assert_eq!(format_observations(&dataset), ["exp.actual=7", "rev.actual=5", "share.actual=6"], "{heads}");
    }
    // Trial sums beside the headings are none of its columns.
    let drawn = "TT | Chỉ tiêu | Thực hiện | | 12\n1 | Tổng thu | 5 | | 7\n2 | Tổng chi | 6 | | 9";
    let (dataset, _) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=5"]);
}

#[test]
fn merged_headings_hold_several_targets() {
    let drawn = "
 | | | | Đơn vị tính: triệu đồng
STT | Chỉ tiêu | Năm 2024 | < | < | Ghi chú
^ | ^ | Kế hoạch | < | Thực hiện 9 tháng | ^
^ | ^ | Tỉnh giao | HĐND TP giao | ^ | ^
A | B | 1 | 2 | 3 | 4
I | Tổng thu | 100 | 110 | 50 | 7";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &["province", "council"], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["rev.actual=50", "rev.target.council=110", "rev.target.province=100"]);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
}

#[test]
fn a_sheet_may_hold_two_tables_and_notes() {
    let drawn = "
STT | Chỉ tiêu | ĐVT | Thực hiện
1 | Tổng thu | triệu đồng | 5
Ghi chú: số liệu ước, tính đến ngày 15
 | Người lập biểu | | Trưởng phòng

Bảng 2
STT | Nội dung | ĐVT | Ước thực hiện 9 tháng
1 | Tổng chi | triệu đồng | 7
Nguồn: phòng A";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["exp.actual=7", "rev.actual=5"]);
    let status: Vec<_> = dataset.observations.values().map(|f| f.status).collect();
    assert_eq!(status, [tonghop_core::model::measure::Status::Estimate, tonghop_core::model::measure::Status::Final]);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
}

#[test]
fn tables_can_be_side_by_side() {
    let drawn = "STT | Chỉ tiêu | Thực hiện | STT | Chỉ tiêu | Thực hiện\n1 | Tổng thu | 5 | 1 | Tổng chi | 6";
    let (dataset, _) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=5"]);
}

#[test]
fn other_years_and_repeated_columns_are_not_taken_for_this_one() {
    let drawn = "
Chỉ tiêu | KH 2025 | TH 2023 | Cùng kỳ năm 2023 | Xã A | < | TH 9 tháng 2024
^ | ^ | ^ | ^ | TH 2024 | TH 6 tháng | ^
Tổng thu | 1 | 2 | 3 | 4 | 5 | 6";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &["province"], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["rev.actual=6", "rev.last_year=3"]);
    let columns = ["column-unknown B2", "column-unknown C2", "column-unknown E2", "column-unknown F2"];
    assert_eq!(format_problems(&diagnostics), columns);
}

#[test]
fn a_plan_without_source_needs_a_sector_with_one_target() {
    let drawn = "Chỉ tiêu | Kế hoạch năm 2024 | Thực hiện\nTổng thu | 9 | 5";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &["province", "council"], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["rev.actual=5"]);
    assert_eq!(format_problems(&diagnostics), ["column-unknown B1"]);
}

#[test]
fn a_table_goes_on_on_the_next_sheet() {
    let first = "Chỉ tiêu | ĐVT | Thực hiện\nTổng thu | tỷ đồng | 5";
    let sectors = [sector("s", &[], MONEY)];
    for (name, drawn, expected) in [
        ("Biểu 1 (tiếp)", "Tổng chi | tỷ đồng | 7", vec!["exp.actual=7000", "rev.actual=5000"]),
        ("Tiep2", "1 | 2 | 3\nTổng chi | tỷ đồng | 7", vec!["exp.actual=7000", "rev.actual=5000"]),
        ("Biểu 2", "Biểu 1 (Tiếp theo)\n\nTổng chi | tỷ đồng | 7", vec!["exp.actual=7000", "rev.actual=5000"]),
        ("Biểu 2", "Tổng chi | tỷ đồng | 7", vec!["rev.actual=5000"]),
    ] {
        let book = book("a", "x.xlsx", vec![sheet("Biểu 1", first), sheet(name, drawn)]);
        let (dataset, _) = recognise(&[book], &sectors, &config());
        assert_eq!(format_observations(&dataset), expected, "{name}: {drawn}");
    }
}

#[test]
fn rows_can_be_measures_or_months() {
    let herd = "herd | Đàn trâu | con\ncow | Đàn bò | con";
    let transposed = "Chỉ tiêu | Đàn trâu | Đàn bò\nKế hoạch | 10 | 20\nThực hiện | 8 | 15";
    let (dataset, _) = recognise_one(&[sector("s", &["province"], herd)], transposed);
    assert_eq!(
        format_observations(&dataset),
        ["cow.actual=15", "cow.target.province=20", "herd.actual=8", "herd.target.province=10"]
    );
}

#[test]
fn the_label_of_an_indicator_in_a_heading_needs_its_parent() {
    let labour = "labour | Lao động đang làm việc | người\ntotal | Nông nghiệp | người | labour";
    let drawn = "Địa phương | Nông nghiệp | Công nghiệp\nTổng số | 5 | 6\nXã A | 2 | 3";
    for (title, expected) in [("1. Vốn đầu tư theo xã", vec![]), ("1. Lao động đang làm việc", vec!["total.actual=5"])]
    {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], labour)], &format!("{title}\n\n{drawn}"));
        assert_eq!(format_observations(&dataset), expected, "{title}");
        assert!(!diagnostics.is_empty());
    }
}

#[test]
fn a_table_of_codes_needs_no_label_column() {
    let (dataset, _) = recognise_one(&[sector("s", &[], MONEY)], "Mã số | Thực hiện\nrev | 12");
    assert_eq!(format_observations(&dataset).len(), 1);
}

#[test]
fn a_line_about_the_form_begins_no_table() {
    let drawn =
        "PHÒNG TÀI CHÍNH | | Kỳ báo cáo: 9 tháng\nBIỂU THU CHI\nChỉ tiêu | ĐVT | Thực hiện\nTổng thu | tỷ đồng | 5";
    let tables = crate::list_tables(&book("a", "x.xlsx", vec![sheet("S", drawn)]).workbook, &config());
    assert_eq!(tables.len(), 1, "{tables:?}");
}

#[test]
fn a_row_and_a_heading_with_different_scales_give_no_amount() {
    let drawn = "Chỉ tiêu | ĐVT | Thực hiện (tỷ đồng)\nTổng thu | triệu đồng | 5";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), [""; 0]);
    assert_eq!(format_problems(&diagnostics), ["unit-mismatch C2"]);
}

#[test]
fn a_total_of_other_things_is_not_that_of_the_members() {
    let declared = "poor | Số hộ nghèo | hộ\npoor_a | Xã A | hộ | poor | member\npoor_b | Xã B | hộ | poor | member";
    let sectors = [sector("s", &[], declared)];
    let (dataset, _) =
        recognise_one(&sectors, "STT | Tên bệnh viện | Số hộ nghèo\n1 | Bệnh viện Y | 5\n | Tổng số | 6");
    assert_eq!(format_observations(&dataset), [""; 0]);
    let (dataset, diagnostics) = recognise_one(&sectors, "Xã | Số hộ nghèo\nXã A | 5\nXã Lạ | 6\nTổng số | 11");
    assert_eq!(format_observations(&dataset), ["poor.actual=11", "poor_a.actual=5"]);
    assert_eq!(format_problems(&diagnostics), ["row-unknown A3"]);
}

#[test]
fn a_table_by_months_gives_the_row_of_the_period() {
    let sectors = [sector("s", &[], "herd | Đàn trâu | con\ncow | Đàn bò | con")];
    let drawn = "Tháng | Đàn trâu | Đàn bò\nTháng 8 | 10 | 20\nTháng 9 | 11 | 21\nCộng 9 tháng | 99 | 199";
    let (dataset, diagnostics) = recognise_one(&sectors, drawn);
    assert_eq!(format_observations(&dataset), ["cow.actual=199", "herd.actual=99"]);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
}

#[test]
fn a_table_whose_caption_says_another_period_gives_no_figure() {
    let first = "KẾT QUẢ 9 THÁNG NĂM 2024\nChỉ tiêu | Thực hiện\nTổng thu | 5\n\n";
    for caption in [
        "2. Chi ngân sách 6 tháng đầu năm 2024",
        "2. Chi ngân sách 9 tháng năm 2023",
        "Quý II năm 2024",
        " | | Tháng 8 năm 2024",
        "Năm 2023\nĐơn vị tính: triệu đồng",
    ] {
        let drawn = format!("{first}{caption}\nChỉ tiêu | Kế hoạch năm | Thực hiện\nTổng chi | 9 | 7");
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], &drawn);
        assert!(!format_observations(&dataset).iter().any(|o| o.starts_with("exp.actual")), "{caption}");
        assert!(format_observations(&dataset).contains(&"rev.actual=5".to_owned()), "{caption}");
        let place = if caption.starts_with(' ') { "C5" } else { "A5" };
        assert_eq!(format_problems(&diagnostics), [format!("identity-doubtful {place}")], "{caption}");
    }
    for caption in [
        "2. Chi ngân sách",
        "2. Chi ngân sách 9 tháng năm 2024",
        "2. Chi 9 tháng năm 2024 so với 9 tháng năm 2023",
        "2. Chi từ nguồn thu năm 2023 chuyển sang",
        "Nghị quyết số 5 ngày 12/12/2023",
    ] {
        let drawn = format!("{first}{caption}\nChỉ tiêu | Thực hiện\nTổng chi | 7");
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], &drawn);
        assert_eq!(format_observations(&dataset), ["exp.actual=7", "rev.actual=5"], "{caption}");
        assert_eq!(format_problems(&diagnostics), [""; 0], "{caption}");
    }
}

#[test]
fn an_old_sheet_gives_no_figure() {
    let ours = "9 THÁNG NĂM 2024\nChỉ tiêu | Thực hiện | Cùng kỳ\nTổng chi | 7 | 6";
    for (name, drawn) in [
        ("S1", "6 THÁNG ĐẦU NĂM 2024\nChỉ tiêu | Thực hiện | Cùng kỳ\nTổng thu | 5 | 4"),
        ("S1", "Năm 2023\nChỉ tiêu | Thực hiện\nTổng thu | 5"),
        ("Năm 2023", "Chỉ tiêu | Thực hiện\nTổng thu | 5"),
        ("2023", "Chỉ tiêu | Thực hiện\nTổng thu | 5"),
    ] {
        let book = book("a", "x.xlsx", vec![sheet(name, drawn), sheet("S2", ours)]);
        let (dataset, diagnostics) = recognise(&[book], &[sector("s", &[], MONEY)], &config());
        assert_eq!(format_observations(&dataset), ["exp.actual=7", "exp.last_year=6"], "{name}: {drawn}");
        assert!(format_problems(&diagnostics).iter().any(|p| p.starts_with("identity-doubtful")), "{name}: {drawn}");
    }
}
