//! Suspected scales, on sheets drawn as text.

use super::*;
use tonghop_core::config::ScaleCheck;

const HERD: &str = "
    total | Tổng số | triệu đồng
    one | Phần một | triệu đồng | total
    two | Phần hai | triệu đồng | total
    trees | Số cây | cây
";

/// Returns what is told of a table with these rows: `label | unit | plan | actual | last year`.
fn suspected(rows: &str) -> Vec<String> {
    let mut herd = Arc::unwrap_or_clone(sector("s", &["province"], HERD));
    for decl in &mut herd.indicators {
        decl.parent = decl.parent.take().map(|parent| Parent { relation: Relation::Part, ..parent });
    }
    let sectors = [Arc::new(herd)];
    let drawn = format!("Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện | Cùng kỳ năm trước\n{}", rows.trim());
    let (dataset, _) = one(&sectors, &drawn);
    let told = suspects(&dataset, &sectors, &ScaleCheck::default());
    told.iter().map(|d| format!("{}: {}", problems(&vec![d.clone()])[0], d.message.vietnamese())).collect()
}

#[test]
fn a_figure_far_off_the_others_of_its_row_is_named() {
    for (row, place, words) in [
        (
            "Số cây | cây | 2000 | 1500000 | 1800",
            "D2",
            "gấp khoảng 1.000 lần kế hoạch province 2.000 cây (C2), cùng kỳ",
        ),
        ("Số cây | cây | 2000000 | 1500 | 1800000", "D2", "chỉ bằng khoảng một phần 1.000 của"),
        (
            "Tổng số | triệu đồng | 180 | 168000000 | ",
            "D2",
            "gấp khoảng 1.000.000 lần kế hoạch province 180 triệu đồng",
        ),
        ("Tổng số | triệu đồng | 180 | 168 | 150000000", "E2", "gấp khoảng 1.000.000 lần thực hiện 168"),
        ("Tổng số | đồng | 180000000 | 168 | 150000000", "D2", "chỉ bằng khoảng một phần 1.000.000"),
    ] {
        let told = suspected(row);
        assert!(told.len() == 1 && told[0].starts_with(&format!("scale-suspected {place}")), "{row}: {told:?}");
        assert!(told[0].contains(words), "{row}: {told:?}");
    }
}

#[test]
fn a_total_tells_which_part_is_off() {
    let part = "Tổng số | triệu đồng | | 500 | \nPhần một | triệu đồng | | 300 | \nPhần hai | triệu đồng | | 200000 |";
    let told = suspected(part);
    assert!(told.len() == 1 && told[0].contains("D4") && told[0].contains("tổng trừ các phần còn lại 200"), "{told:?}");
    let total = "Tổng số | triệu đồng | | 500000 | \nPhần một | triệu đồng | | 300 | \nPhần hai | triệu đồng | | 200 |";
    let told = suspected(total);
    assert!(told.len() == 1 && told[0].contains("D2") && told[0].contains("tổng các phần 500"), "{told:?}");
}

#[test]
fn honest_figures_raise_no_alarm() {
    for rows in [
        "Số cây | cây | 3000 | 3 | 2500",
        "Số cây | cây | 3000 | 3 |",
        "Số cây | cây | | 2000 | 2",
        "Số cây | cây | 0 | 5000 | 0",
        "Tổng số | triệu đồng | 30000 | 25 | ",
        "Tổng số | triệu đồng | 100 | 15000 | ",
        "Tổng số | triệu đồng | 180 | 168 | 150",
        "Tổng số | triệu đồng | | 500 | \nPhần một | triệu đồng | | 300 | \nPhần hai | triệu đồng | | 0 |",
        "Tổng số | triệu đồng | | 500 | \nPhần một | triệu đồng | | 300 | ",
        "",
    ] {
        assert_eq!(suspected(rows), Vec::<String>::new(), "{rows}");
    }
}
