//! Tests of the departments' own columns of percentages.

use super::*;

/// Returns the cells at which percentages differ, in a table of a plan, a result and last year, for each heading.
fn told(heading: &str, percents: &[&str]) -> Vec<String> {
    let rows = [
        ("Tổng thu", "400", "300", "250"),
        ("Thu được hưởng", "200", "148", "160"),
        ("Tổng chi", "38.5", "28.3", "30"),
    ];
    let body = rows.iter().zip(percents).map(|((label, plan, actual, last_year), percent)| {
        format!("\n{label} | triệu đồng | {plan} | {actual} | {last_year} | {percent}")
    });
    let header = format!("Chỉ tiêu | ĐVT | KH tỉnh giao | Thực hiện 9 tháng | Cùng kỳ năm trước | {heading}");
    let drawn = std::iter::once(header).chain(body).collect::<String>();
    let (_, diagnostics) = recognise_one(&[sector("s", &["province"], MONEY)], &drawn);
    let own: Diagnostics = diagnostics.into_iter().filter(|d| d.code != Code::NumberAsText).collect();
    format_problems(&own)
}

#[test]
fn percentages_that_follow_are_not_told() {
    for (heading, percents) in [
        ("So với kế hoạch (%)", &["75", "74", "73.5"][..]),
        ("So với KH (%)", &["75", "74.0", "73.50649"]),
        ("% TH/KH", &["75", "74", "73"]),
        ("TH/KH (%)", &["75", "74", "74"]),
        ("Tỷ lệ so với KH tỉnh giao (%)", &["'75,0", "'74%", "73.5"]),
        ("Đạt % KH", &["75", "-", "#DIV/0!"]),
        ("Đạt (%)", &["75", "74", "73.5"]),
        ("So với kế hoạch", &["0.75", "0.74", "0.735"]),
        ("So với cùng kỳ (%)", &["120", "92.5", "94.3"]),
        ("So với cùng kỳ (%)", &["20", "-7.5", "-5.7"]),
        ("Tăng, giảm so với cùng kỳ (%)", &["20", "-7.5", "-5.7"]),
        ("Giảm so với cùng kỳ (%)", &["-20", "7.5", "5.7"]),
        ("Tăng giảm (%)", &["20", "-7.5", "-5.67"]),
        ("So với cùng kỳ", &["50", "-12", "-1.7"]),
        ("So với cùng kỳ (%)", &["", "'chưa có", "'x"]),
        ("So với tháng trước (%)", &["1", "2", "3"]),
        ("So với năm 2010 (%)", &["1", "2", "3"]),
        ("Cơ cấu (%)", &["1", "2", "3"]),
        ("Tỷ lệ (%)", &["1", "2", "3"]),
        ("KH năm sau so với ước TH (%)", &["1", "2", "3"]),
    ] {
        assert_eq!(told(heading, percents), [""; 0], "{heading} {percents:?}");
    }
}

#[test]
fn percentages_that_differ_are_told_once_per_column() {
    for (heading, percents, cells) in [
        ("So với kế hoạch (%)", &["75", "85", "73.5"][..], &["percent-differs F3"][..]),
        ("So với kế hoạch (%)", &["85", "84", "83"], &["percent-differs F2"]),
        ("% TH/KH", &["75", "74", "73.1"], &["percent-differs F4"]),
        ("Đạt (%)", &["57", "74", "73.5"], &["percent-differs F2"]),
        ("So với cùng kỳ (%)", &["120", "107.5", "94.3"], &["percent-differs F3"]),
        ("Tăng, giảm so với cùng kỳ (%)", &["20", "7.5", "-5.7"], &["percent-differs F3"]),
        ("Tăng giảm (%)", &["25", "-7.5", "-5.67"], &["percent-differs F2"]),
        ("So với kế hoạch (%)", &["75", "'47", "73.5"], &["percent-differs F3"]),
    ] {
        assert_eq!(told(heading, percents), cells, "{heading} {percents:?}");
    }
}

#[test]
fn both_numbers_and_their_cells_are_named() {
    let drawn = "Chỉ tiêu | ĐVT | KH tỉnh giao | Thực hiện | So với KH (%)\n\
        Tổng thu | triệu đồng | 400 | 300 | 85\nTổng chi | triệu đồng | 38.5 | 28.3 | 70";
    let (_, diagnostics) = recognise_one(&[sector("s", &["province"], MONEY)], drawn);
    let [problem] = diagnostics.as_slice() else { panic!("{diagnostics:#?}") };
    assert_eq!(
        problem.message.vietnamese(),
        "\"Tổng thu\": cột \"So với KH (%)\" ghi 85%, nhưng theo 300 triệu đồng (D2) và 400 triệu đồng (C2) thì là 75%; cột này còn 1 ô khác như vậy"
    );
    let cells: Vec<String> = problem.places.iter().map(|place| place.to_string()).collect();
    let at = |cell: &str| format!("workbooks/a/x.xlsx [S] {cell}");
    assert_eq!(cells, ["E2", "E3", "D2", "C2"].map(at));
}

#[test]
fn several_plans_and_results_are_all_possible() {
    let table = |heading: &str, percent: &str| {
        let drawn = format!(
            "Chỉ tiêu | ĐVT | KH tỉnh giao | HĐND TP giao | Thực hiện 9 tháng | Ước thực hiện năm 2024 | {heading}\n\
             Tổng thu | triệu đồng | 400 | 500 | 300 | 420 | {percent}"
        );
        let (_, diagnostics) = recognise_one(&[sector("s", &["province", "council"], MONEY)], &drawn);
        diagnostics.iter().any(|problem| problem.code == Code::PercentDiffers)
    };
    for (heading, percent, is_told) in [
        ("So với KH (%)", "75", false),
        ("So với KH (%)", "60", false),
        ("So với KH (%)", "105", false),
        ("So với KH (%)", "90", true),
        ("So với KH tỉnh giao (%)", "75", false),
        ("So với KH tỉnh giao (%)", "60", true),
        ("Ước TH cả năm so với KH (%)", "33", false),
    ] {
        assert_eq!(table(heading, percent), is_told, "{heading} {percent}");
    }
}

#[test]
fn the_usual_headings_are_compared() {
    let missed: Vec<&str> = [
        "Tỷ lệ so với kế hoạch (%)",
        "Tỷ lệ % so với KH năm 2024",
        "Tỷ lệ TH/KH",
        "Tỷ lệ TH/KH (%)",
        "% so CK",
        "% so với CK",
        "Tỷ lệ đạt so KH (%)",
        "Tỷ lệ đạt KH (%)",
        "Đạt tỷ lệ %",
        "So sánh TH 9T/KH (%)",
        "So sánh với kế hoạch (%)",
        "So sánh cùng kỳ (%)",
        "% đạt KH năm",
        "Tốc độ tăng so với cùng kỳ (%)",
        "Tỷ lệ hoàn thành (%)",
        "Tỷ lệ thực hiện (%)",
        "Tỷ lệ thực hiện so với kế hoạch (%)",
        "Tỷ lệ thực hiện kế hoạch (%)",
        "TH/CK (%)",
        "TH 9 tháng/KH năm (%)",
        "9 tháng 2024 so với cùng kỳ 2023 (%)",
        "% thực hiện kế hoạch",
        "% tăng, giảm so cùng kỳ",
        "Tỷ lệ % so với cùng kỳ năm trước",
        "Thực hiện so với kế hoạch năm (%)",
        "Ước thực hiện so với KH (%)",
        "Tỷ lệ giải ngân (%)",
        "% KH",
        "%KH",
        "Đạt % so với kế hoạch tỉnh giao",
    ]
    .into_iter()
    .filter(|heading| told(heading, &["7.7", "7.7", "7.7"]) != ["percent-differs F2"])
    .collect();
    assert_eq!(missed, [""; 0]);
}
