//! Tests of numbers that cannot be, on sheets drawn as text; the period is nine months.

use super::*;
use tonghop_core::model::bounds::{Bounds, Range};
use tonghop_core::model::period::Period;

const CITY: &str = "
    guests | Lượt khách | lượt khách
    income | Doanh thu | tỷ đồng
    tea | Sản lượng chè | tấn
    maize | Diện tích ngô | ha
    herd | Đàn gia cầm | con
    geese | Đàn ngỗng | nghìn con
    cover | Tỷ lệ che phủ | %
    files | Tỷ lệ hồ sơ | %
    growth | Tốc độ tăng trưởng | %
    vaccine | Tỷ lệ tiêm chủng so với kế hoạch | %
    cash | Tiền chi trả | đồng
    size | Số người bình quân một hộ | người
    fines | Tiền phạt | triệu đồng
    trade | Tổng mức bán lẻ | tỷ đồng
    shops | Thương nghiệp | tỷ đồng | trade
    inns | Dịch vụ | tỷ đồng | trade
";

fn warnings(declare: impl Fn(&mut IndicatorDecl), rows: &str) -> Vec<(String, String)> {
    let mut declared = Arc::unwrap_or_clone(sector("s", &["province"], CITY));
    for decl in &mut declared.indicators {
        decl.parent = decl.parent.take().map(|parent| Parent { relation: ParentRelation::Part, ..parent });
        declare(decl);
    }
    let sectors = [Arc::new(declared)];
    let drawn = format!("Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện | Cùng kỳ năm trước\n{}", rows.trim());
    let (dataset, _) = recognise_one(&sectors, &drawn);
    let mut config = config();
    config.period = Period::first_months(2024, 9).unwrap();
    let mut found = Diagnostics::new();
    check_plausibility(&dataset, &sectors, &config, &mut found);
    let places = format_problems(&found);
    places.into_iter().zip(found.iter().map(|problem| problem.message.vietnamese().to_owned())).collect()
}

#[test]
fn what_cannot_be_is_named_at_its_cell() {
    for (rows, expected, words) in [
        ("Lượt khách | lượt khách || 37.618 |", "number-implausible D2", "37.618 lượt khách gõ theo"),
        (
            "Doanh thu | tỷ đồng || 3,2 triệu đồng |",
            "scale-suspected D2",
            "0,0032 tỷ đồng, vì ô ghi \"3,2 triệu đồng\"",
        ),
        ("Doanh thu | tỷ đồng || 21000000 |", "number-implausible D2", "nhiều hơn số tiền của cả nước"),
        (
            "Tỷ lệ che phủ | % || 92.81 |\nTỷ lệ tiêm chủng so với kế hoạch | % || 0.919 |\nTỷ lệ hồ sơ | % | 76 | 100 | 81",
            "number-implausible D3",
            "91,9%",
        ),
        ("Lượt khách | lượt khách || 139.5 |", "number-implausible D2", "không phải là số nguyên"),
        ("Tiền chi trả | đồng || 2953.36 |", "number-implausible D2", "không phải là số nguyên"),
        ("Đàn ngỗng | nghìn con || 12.3456 |", "number-implausible D2", "không phải là số nguyên"),
        ("Diện tích ngô | ha || -1068 |", "number-implausible D2", "số âm"),
        ("Tỷ lệ che phủ | % || 127.93 |", "number-implausible D2", "trên 100%"),
        ("Tỷ lệ tiêm chủng so với kế hoạch | % || 723 |", "number-implausible D2", "72,3%"),
        ("Sản lượng chè | tấn | 10800 | 7.679 |", "scale-suspected D2", "7.679 tấn gõ theo"),
        ("Lượt khách | lượt khách | 230000 | 1720000 | 165000", "scale-suspected D2", "172.000"),
        ("Doanh thu | tỷ đồng | 380 | 2486 | 220", "scale-suspected D2", "248,6"),
        ("Doanh thu | tỷ đồng | 38 | 248.6 | 220", "scale-suspected C2", "380"),
        ("Tỷ lệ che phủ | % || 0.723 | 59.9", "scale-suspected D2", "72,3%"),
        ("Đàn gia cầm | con | 110000 | 928150 |", "number-implausible D2", "gấp 8,4 lần"),
        (
            "Tổng mức bán lẻ | tỷ đồng | 4500 | 179.138 | 2990\nThương nghiệp | tỷ đồng || 3.138 |\nDịch vụ | tỷ đồng || 176 |",
            "scale-suspected D3",
            "3.138 tỷ đồng",
        ),
        ("Tổng mức bán lẻ | triệu đồng | 4500 | 3314 | 2990", "scale-suspected C2", "đơn vị tính bị ghi nhầm"),
        ("Tiền phạt | nghìn đồng || 132.5 |", "scale-suspected D2", "đơn vị tính bị ghi nhầm"),
    ] {
        let found = warnings(|_| {}, rows);
        assert!(found.len() == 1 && found[0].0 == expected && found[0].1.contains(words), "{rows}: {found:?}");
    }
}

#[test]
fn what_can_be_is_left_alone() {
    for rows in [
        "Lượt khách | lượt khách | 3000 | 3 | 2500",
        "Doanh thu | tỷ đồng || 50 triệu đồng |",
        "Doanh thu | tỷ đồng || 9000000 |",
        "Tỷ lệ che phủ | % || 92.8 |\nTỷ lệ hồ sơ | % || 0.5 |\nTỷ lệ tiêm chủng so với kế hoạch | % | 76 | 100 | 81",
        "Tỷ lệ che phủ | % || 12.8 |\nTỷ lệ hồ sơ | % || 0.85 |\nTỷ lệ tiêm chủng so với kế hoạch | % | 76 | 100 | 81",
        "Doanh thu | tỷ đồng | 0.005 | 3,2 triệu đồng |",
        "Lượt khách | lượt khách || 30 | 3",
        "Lượt khách | lượt khách | 24 | 3 | ",
        "Đàn ngỗng | nghìn con | 110 | 92.815 | 100.5",
        "Tốc độ tăng trưởng | % | 7 | -2.5 | 0.3",
        "Tốc độ tăng trưởng | % || 127 |",
        "Tỷ lệ tiêm chủng so với kế hoạch | % || 104 | 90",
        "Tỷ lệ che phủ | % || 0.95 | 0.9",
        "Số người bình quân một hộ | người || 3.8 | 3.9",
        "Diện tích ngô | ha | 500 | 0.5 |",
        "Doanh thu | tỷ đồng | 380 | 248.6 | 5",
        "Tổng mức bán lẻ | triệu đồng | 4500000 | 3314000 | 2990000",
        "Tiền phạt | tỷ đồng || 0.1325 |",
        "Tiền phạt | nghìn đồng || 132500 |",
        "Tiền phạt | đồng || 132500000 |",
        "Đàn gia cầm | nghìn con | 110 | 92.815 |",
    ] {
        assert_eq!(warnings(|_| {}, rows), [], "{rows}");
    }
}

#[test]
fn declared_bounds_come_first() {
    let range = Range::new(1.into(), 5000.into());
    let with = |bounds: Bounds| move |decl: &mut IndicatorDecl| decl.bounds = bounds;
    let fines = warnings(with(Bounds { range, ..Bounds::default() }), "Tiền phạt | triệu đồng || 132500 |");
    assert!(fines.len() == 1 && fines[0].1.contains("132,5 triệu đồng"), "{fines:?}");
    let few = Range::new(0.into(), 19.into());
    let guests = warnings(with(Bounds { range: few, ..Bounds::default() }), "Lượt khách | lượt khách || 21 |");
    assert!(guests.len() == 1 && !guests[0].1.contains("có thể"), "a part of a guest is no reading: {guests:?}");
    for (bounds, rows) in [
        (Bounds { range, ..Bounds::default() }, "Tiền phạt | triệu đồng || 0 |"),
        (Bounds { has_any_sign: true, ..Bounds::default() }, "Diện tích ngô | ha || -5 |"),
        (Bounds { is_whole: Some(false), ..Bounds::default() }, "Lượt khách | lượt khách || 2.5 |"),
        (Bounds { range, ..Bounds::default() }, "Tỷ lệ che phủ | % || 120 |"),
    ] {
        assert_eq!(warnings(with(bounds), rows), [], "{rows}");
    }
    let whole = Bounds { is_whole: Some(true), ..Bounds::default() };
    assert_eq!(warnings(with(whole), "Diện tích ngô | ha || 2.5 |").len(), 1);
}
