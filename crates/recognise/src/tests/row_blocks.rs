//! Tests of tables that repeat the same labels under places or parts, and of totals under titles.

use super::*;

const TOWNS: &str = "
    index | Chỉ số sản xuất theo thành phố | %
    east | Đông Hải | % | index
    east_state | Nhà nước | % | east
    east_private | Tư nhân | % | east
    west | Tây Sơn | % | index
    west_state | Nhà nước | % | west
";

#[test]
fn repeated_rows_belong_to_the_block_above_them() {
    let title = "Chỉ số sản xuất theo thành phố\n\nChỉ tiêu | Thực hiện\n";
    let all = ["east.actual=1", "east_private.actual=3", "east_state.actual=2", "west.actual=4", "west_state.actual=5"];
    for rows in [
        // Names with a leading blank, members without.
        " Đông Hải | 1\nNhà nước | 2\nTư nhân | 3\n Tây Sơn | 4\nNhà nước | 5\nTư nhân | 6",
        "Đông Hải | 1\n  Nhà nước | 2\n  Tư nhân | 3\nTây Sơn | 4\n  Nhà nước | 5\n  Tư nhân | 6",
        "Đông Hải | 1\nNhà nước | 2\nTư nhân | 3\nTây Sơn | 4\nNhà nước | 5\nTư nhân | 6",
        "1. Đông Hải | 1\n- Nhà nước | 2\n- Tư nhân | 3\n2. Tây Sơn | 4\n- Nhà nước | 5\n- Tư nhân | 6",
        "Đông Hải | 1\nNhà nước | 2\nTư nhân | 3\nTây Sơn | 4\nNhà nước | 5\nTư nhân | 6\nNam Trà | 7\nNhà nước | 8\nTư nhân | 9",
        "Nam Trà | 7\nNhà nước | 8\nTư nhân | 9\nĐông Hải | 1\nNhà nước | 2\nTư nhân | 3\nTây Sơn | 4\nNhà nước | 5",
    ] {
        let (dataset, _) = recognise_one(&[sector("s", &[], TOWNS)], &format!("{title}{rows}"));
        assert_eq!(format_observations(&dataset), all, "{rows}");
    }
}

#[test]
fn a_block_of_another_place_gives_nothing() {
    let title = "Chỉ số sản xuất theo thành phố\n\nChỉ tiêu | Thực hiện\n";
    for rows in [
        "Đông Hải | 1\nTư nhân | 3\nNam Trà | 7\nNhà nước | 8\nTư nhân | 9\nBắc Hà | 4\nNhà nước | 5",
        "1. Đông Hải | 1\n- Tư nhân | 3\n2. Nam Trà | 7\n- Nhà nước | 8\n- Tư nhân | 9\n3. Bắc Hà | 4\n- Nhà nước | 5",
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], TOWNS)], &format!("{title}{rows}"));
        assert_eq!(format_observations(&dataset), ["east.actual=1", "east_private.actual=3"], "{rows}");
        assert!(!diagnostics.is_empty(), "{rows}");
    }
}

const POOR: &str = "
    poor | Số hộ nghèo | hộ
    poor_an | Phường An Bình | hộ | poor | member
    poor_my | Phường Mỹ Lộc | hộ | poor | member
    near | Số hộ cận nghèo | hộ
    near_an | Phường An Bình | hộ | near | member
    near_my | Phường Mỹ Lộc | hộ | near | member
";

#[test]
fn blocks_of_wards_are_members() {
    let members = ["near_an.actual=2", "near_my.actual=4", "poor_an.actual=1", "poor_my.actual=3"];
    for drawn in [
        "Chỉ tiêu | Thực hiện\nPhường An Bình |\nSố hộ nghèo | 1\nSố hộ cận nghèo | 2\nPhường Mỹ Lộc |\nSố hộ nghèo | 3\nSố hộ cận nghèo | 4",
        "STT | Chỉ tiêu | Thực hiện\nI | Phường An Bình |\n1 | Số hộ nghèo | 1\n2 | Số hộ cận nghèo | 2\nII | Phường Mỹ Lộc |\n1 | Số hộ nghèo | 3\n2 | Số hộ cận nghèo | 4",
        "Chỉ tiêu | Thực hiện\nSố hộ nghèo |\n- Phường An Bình | 1\n- Phường Mỹ Lộc | 3\nSố hộ cận nghèo |\n- Phường An Bình | 2\n- Phường Mỹ Lộc | 4",
        "Phường An Bình\nChỉ tiêu | Thực hiện\nSố hộ nghèo | 1\nSố hộ cận nghèo | 2\n\nPhường Mỹ Lộc\nChỉ tiêu | Thực hiện\nSố hộ nghèo | 3\nSố hộ cận nghèo | 4",
        "Chỉ tiêu | < | Thực hiện\nPhường An Bình | Số hộ nghèo | 1\n^ | Số hộ cận nghèo | 2\nPhường Mỹ Lộc | Số hộ nghèo | 3\n^ | Số hộ cận nghèo | 4",
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], POOR)], drawn);
        assert_eq!(
            (format_observations(&dataset), format_problems(&diagnostics)),
            (members.map(String::from).to_vec(), vec![]),
            "{drawn}"
        );
    }
}

#[test]
fn no_block_stands_for_the_whole() {
    let drawn = "Chỉ tiêu | Thực hiện\nPhường Lạ |\nSố hộ nghèo | 1\nPhường Khác |\nSố hộ nghèo | 3";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], POOR)], drawn);
    assert_eq!(format_observations(&dataset), [""; 0]);
    assert_eq!(format_problems(&diagnostics), ["row-ambiguous A3"]);
    assert_eq!(diagnostics[0].places.len(), 2);
    let with_whole = format!("{drawn}\nToàn thành phố |\nSố hộ nghèo | 4");
    let (dataset, _) = recognise_one(&[sector("s", &[], POOR)], &with_whole);
    assert_eq!(format_observations(&dataset), ["poor.actual=4"]);
}

#[test]
fn an_index_or_a_structure_gives_no_amount() {
    let declared =
        "wealth | Tổng sản phẩm | triệu đồng\nfarms | Nông nghiệp | triệu đồng\nshare | Tỷ trọng dịch vụ | %";
    let title = "Tổng sản phẩm\n\nChỉ tiêu | Thực hiện\n";
    for (rows, expected, problems) in [
        ("Chỉ số phát triển (%)\nTổng số | 104", vec![], vec!["unit-mismatch B5"]),
        ("CƠ CẤU\nNông nghiệp | 40\nTỷ trọng dịch vụ | 60", vec!["share.actual=60"], vec!["unit-mismatch B5"]),
        ("Tốc độ tăng\nNông nghiệp | 4", vec![], vec!["unit-mismatch B5"]),
        ("Chỉ số (năm trước = 100)\nNông nghiệp | 104", vec![], vec!["unit-mismatch B5"]),
        (
            "Chỉ số phát triển (%)\nTổng số | 104\nTheo giá hiện hành (Triệu đồng)\nTổng số | 70",
            vec![],
            vec!["row-ambiguous A5"],
        ),
        ("Tổng số | 70\nChỉ số phát triển (%)\nTổng số | 104", vec!["wealth.actual=70"], vec!["row-ambiguous A6"]),
        ("Theo giá hiện hành (Tỷ đồng)\nTổng số | 70", vec!["wealth.actual=70000"], vec!["unit-converted B5"]),
        ("Cơ cấu lại ngành\nNông nghiệp | 4", vec!["farms.actual=4"], vec![]),
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], declared)], &format!("{title}{rows}"));
        assert_eq!(
            (format_observations(&dataset), format_problems(&diagnostics)),
            (expected.into_iter().map(String::from).collect(), problems.into_iter().map(String::from).collect()),
            "{rows}"
        );
    }
    let (dataset, diagnostics) =
        recognise_one(&[sector("s", &[], declared)], "Cơ cấu ngành\n\nChỉ tiêu | Thực hiện\nNông nghiệp | 4");
    assert_eq!(
        (format_observations(&dataset), format_problems(&diagnostics)),
        (vec![], vec!["unit-mismatch B4".to_owned()])
    );
}

#[test]
fn a_label_that_one_block_repeats_counts_in_none() {
    let declared = "hurt | Số người bị thương | người\nroads | Số vụ tai nạn | vụ";
    let drawn = "
Chỉ tiêu | Thực hiện
Tai nạn |
  Số vụ tai nạn | 9
  Số người chết | 2
  Số người bị thương | 5
Thiên tai |
  Nhà sập | 1
  Nhà ngập | 1
  Lúa hại | 1
  Số người bị thương | 7
Cháy nổ |
  Số người chết | 2
  Số người bị thương | 8";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], declared)], drawn);
    assert_eq!(format_observations(&dataset), ["roads.actual=9"]);
    assert!(format_problems(&diagnostics).contains(&"row-ambiguous A5".to_owned()), "{diagnostics:?}");
}

#[test]
fn the_hierarchy_comes_before_the_rows_beside() {
    let declared = "
        out | Xuất khẩu | triệu đồng
        out_travel | Du lịch | triệu đồng | out
        out_post | Bưu chính | triệu đồng | out
        in | Nhập khẩu | triệu đồng
        in_travel | Du lịch | triệu đồng | in
        in_post | Bưu chính | triệu đồng | in_travel
    ";
    let drawn = "Chỉ tiêu | Thực hiện\nI. Xuất khẩu | 1\nDu lịch | 2\nBưu chính | 3\nII. Nhập khẩu | 4\nDu lịch | 5";
    let (dataset, _) = recognise_one(&[sector("s", &[], declared)], drawn);
    let expected = ["in.actual=4", "in_travel.actual=5", "out.actual=1", "out_post.actual=3", "out_travel.actual=2"];
    assert_eq!(format_observations(&dataset), expected);
}

#[test]
fn rows_under_a_title_of_something_else_give_no_figure() {
    let sectors = [sector("s", &[], "herd | Đàn trâu | con\ncow | Đàn bò | con")];
    for title in ["6 tháng đầu năm 2024", "Năm 2023", "Kế hoạch năm 2025", "So với cùng kỳ (%)", "Cùng kỳ", "Tháng 9"]
    {
        let drawn = format!("STT | Chỉ tiêu | Thực hiện\n | {title} |\n1 | Đàn trâu | 5\n2 | Đàn bò | 7");
        let (dataset, diagnostics) = recognise_one(&sectors, &drawn);
        assert_eq!(format_observations(&dataset), [""; 0], "{title}");
        assert_eq!(format_problems(&diagnostics), ["row-unknown B3"], "{title}");
    }
    for title in ["I. Chăn nuôi", "9 tháng năm 2024", "Năm 2024", "Thực hiện", "Kết quả chăn nuôi"] {
        let drawn = format!("STT | Chỉ tiêu | Thực hiện\n | {title} |\n1 | Đàn trâu | 5\n2 | Đàn bò | 7");
        assert_eq!(format_observations(&recognise_one(&sectors, &drawn).0).len(), 2, "{title}");
    }
}
