//! Tests of tables as statistics offices, banks and districts print them, on sheets drawn as text.

use super::*;

/// The settings of a report of the first six months of 2011, with a measure of the month and an index of it.
fn june() -> Config {
    let settings = minimal_settings(
        r#"departments = [{ id = "a", name = "A" }, { id = "b", name = "B" }]"#,
        r#"
        [[targets]]
        id = "plan"
        name = "kế hoạch"
        headings = ["Kế hoạch tỉnh giao"]
        [[measures]]
        id = "month"
        name = "tháng"
        headings = ["Ước tính tháng {@period.months}"]
        [[measures]]
        id = "index"
        name = "chỉ số"
        unit = "%"
        headings = ["Tháng {@period.months} so với cùng kỳ năm trước"]
        [outline]
        letters = ["a"]
        headings = []
        "#,
    );
    Config::parse(&settings.replace("year = 2024", "year = 2011").replace("months = 9", "months = 6")).unwrap()
}

/// Recognises sheets of department `a` in the June report; returns observations and problems except conversions.
fn recognise_june(sector: Arc<SectorDecl>, sheets: &[&str]) -> (Vec<String>, Vec<String>) {
    let sheets = sheets.iter().enumerate().map(|(at, drawn)| sheet(&format!("S{at}"), drawn)).collect();
    let (dataset, diagnostics) = recognise(&[book("a", "x.xlsx", sheets)], &[sector], &june());
    let problems = format_problems(&diagnostics);
    (format_observations(&dataset), problems.into_iter().filter(|p| !p.starts_with("unit-converted")).collect())
}

const INDUSTRY: &str = "
7. Sản phẩm chủ yếu của ngành công nghiệp
    tháng Sáu và sáu tháng đầu năm 2011

 | Đơn vị | Thực hiện | Ước tính | Cộng dồn | Tháng 6 năm | 6 tháng đầu
 | tính | 5 tháng | tháng 06 | 6 tháng đầu | 2011 so với | năm 2011 so
 | | năm | năm | năm | cùng kỳ năm | với cùng kỳ
 | | 2011 | 2011 | 2011 | trước (%) | năm 2010 (%)

Than đá | Nghìn tấn | 19 | 4 | 23 | 100.7 | 104.6
Dầu thô | '\" | 6 | 1 | 7 | 97.2 | 100.1";

#[test]
fn labels_need_no_heading() {
    let (seen, problems) =
        recognise_june(sector("s", &[], "coal | Than đá | nghìn tấn\noil | Dầu thô | tấn"), &[INDUSTRY]);
    let expected =
        ["coal.actual=23", "coal.index=100.7", "coal.month=4", "oil.actual=7000", "oil.index=97.2", "oil.month=1000"];
    assert_eq!(seen, expected, "the columns of five months and of the rate of six are others");
    assert_eq!(problems, ["column-unknown C7"]);
}

const CROPS: &str = "
    crops | Sản xuất nông nghiệp | nghìn ha
    rice | Gieo cấy lúa | nghìn ha | crops
    north | Miền Bắc | nghìn ha | rice
    maize | Ngô | nghìn ha | crops
";

#[test]
fn labels_span_columns_and_the_unit_has_its_own_row() {
    let drawn = "
1. Sản xuất nông nghiệp đến ngày 15 tháng 6

 | | | | Nghìn ha
 | | Thực hiện cùng | Thực hiện | Thực hiện kỳ này
 | | kỳ năm trước | kỳ này | so với cùng kỳ
 | | | | năm trước (%)

Gieo cấy lúa | | 1585.8 | 1558.7 | 98.3
 | Miền Bắc | 1050.2 | 1040.8 | 99.1
Trong đó: | Ngô | 67.8 | 63.8 | 94.1";
    let (seen, problems) = recognise_june(sector("s", &[], CROPS), &[drawn]);
    let expected = [
        "maize.actual=63.8",
        "maize.last_year=67.8",
        "north.actual=1040.8",
        "north.last_year=1050.2",
        "rice.actual=1558.7",
        "rice.last_year=1585.8",
    ];
    assert_eq!((seen, problems.len()), (expected.map(String::from).to_vec(), 0));
}

#[test]
fn a_total_row_is_the_indicator_in_the_title() {
    let table = |title: &str, value: u32| {
        format!(
            "{title}\n\n | Ước tính 6 tháng | Ước tính tháng 6\n | năm 2011 | năm 2011\n\nTỔNG SỐ | {value} | 1\nHà Nội | 5 | 1"
        )
    };
    let sheets = [table("3. Khách quốc tế đến Việt Nam", 90), table("4. Doanh nghiệp thành lập mới năm 2011", 80)];
    let declared = "guests | Khách quốc tế đến Việt Nam | lượt\nfirms | Doanh nghiệp thành lập mới | doanh nghiệp\nhanoi | Hà Nội | doanh nghiệp | firms";
    let (seen, problems) = recognise_june(sector("s", &[], declared), &[&sheets[0], &sheets[1]]);
    let expected =
        ["firms.actual=80", "firms.month=1", "guests.actual=90", "guests.month=1", "hanoi.actual=5", "hanoi.month=1"];
    assert_eq!(seen, expected);
    assert_eq!(problems, ["row-unknown A7"], "Hà Nội of the first table is not that of firms");
}

#[test]
fn a_row_of_another_table_is_refused_with_the_reason() {
    let drawn = "Chỉ số giá\n\n | Tháng 6 năm 2011 so với | 6 tháng\n | tháng 6 năm 2010 | năm 2011\nNgô | 105 | 9";
    let books = [book("a", "x.xlsx", vec![sheet("S", drawn)])];
    let (dataset, diagnostics) = recognise(&books, &[sector("s", &[], CROPS)], &june());
    assert_eq!(format_observations(&dataset), [""; 0]);
    assert_eq!(format_problems(&diagnostics), ["sheet-unknown S"]);
    let (_, diagnostics) = recognise(
        &[book(
            "a",
            "x.xlsx",
            vec![sheet("S", &format!("{drawn}\nGieo cấy lúa vụ | 1 | 1\n\nGieo cấy | 1 | 1")), sheet("T", INDUSTRY)],
        )],
        &[sector("s", &[], &format!("{CROPS}\ncoal | Than đá | nghìn tấn\nprice | Gieo cấy | ha"))],
        &june(),
    );
    let astray = diagnostics.iter().find(|d| d.message.vietnamese().contains("trùng tên")).unwrap();
    assert!(astray.message.vietnamese().contains("\"Sản xuất nông nghiệp\""), "{:?}", astray.message);
}

#[test]
fn units_are_read_from_group_labels_and_unit_rows() {
    let declared = "
        carried | Vận chuyển | nghìn hành khách
        rail | Đường sắt | nghìn hành khách | carried
        moved | Luân chuyển | triệu hành khách.km
        rail_moved | Đường sắt | triệu hành khách.km | moved";
    let drawn = "
 | Ước tính | Thực hiện
 | 6 tháng | 5 tháng
 | năm 2011 | năm 2011
I. Vận chuyển (Triệu HK) | 2 | 1
Phân theo ngành vận tải
Đường sắt | 0.5 | 1
II. Luân chuyển (Triệu HK.km) | 7 | 1
Phân theo ngành vận tải
Đường sắt | 3 | 1";
    let (seen, _) = recognise_june(sector("s", &[], declared), &[drawn]);
    assert_eq!(seen, ["carried.actual=2000", "moved.actual=7", "rail.actual=500", "rail_moved.actual=3"]);

    let declared = "people | Số người | người\nfreight | Số hàng | tấn";
    let drawn = "
 | 6 tháng năm 2010 | 6 tháng năm 2011

HÀNH KHÁCH | Nghìn người | Nghìn người
Số người | 1 | 2
HÀNG HÓA | Nghìn tấn | Triệu tấn
Số hàng | 3 | 4";
    let (seen, _) = recognise_june(sector("s", &[], declared), &[drawn]);
    let expected = ["freight.actual=4000000", "freight.last_year=3000", "people.actual=2000", "people.last_year=1000"];
    assert_eq!(seen, expected);
}

#[test]
fn volume_and_worth_go_to_the_indicator_of_their_unit() {
    let declared = "
        export | Hàng hóa xuất khẩu | triệu USD
        rice | Gạo | triệu USD | export
        rice_volume | Gạo | nghìn tấn | export
        coffee | Cà phê | triệu USD | export
        cars | Ô tô | chiếc | export";
    let drawn = "
14. Hàng hóa xuất khẩu
 | | | | Nghìn tấn; Triệu USD
 | Ước tính 6 tháng | < | Tháng 6 năm 2011 | <
 | năm 2011 | < | so với cùng kỳ (%) | <
 | Lượng | Trị giá | Lượng | Trị giá
TỔNG TRỊ GIÁ | | 900 | | 110
Gạo | 530 | 277 | 146 | 144
Cà phê | 90 | 192 | 97 | 113
Ô tô(*) | 16 | 341 | 117 | 121
(*) Nghìn chiếc, triệu USD";
    let (seen, problems) = recognise_june(sector("s", &[], declared), &[drawn]);
    let expected = [
        "cars.actual=16000",
        "cars.index=117",
        "coffee.actual=192",
        "coffee.index=113",
        "export.actual=900",
        "export.index=110",
        "rice.actual=277",
        "rice.index=144",
        "rice_volume.actual=530",
        "rice_volume.index=146",
    ];
    assert_eq!((seen, problems.len()), (expected.map(String::from).to_vec(), 0));
}

#[test]
fn columns_may_be_indicators_and_rows_their_members() {
    let declared = "
        area | Diện tích | ha
        area_hanoi | Hà Nội | ha | area | member
        area_danang | Đà Nẵng | ha | area | member
        yield | Năng suất | tạ/ha
        yield_hanoi | Hà Nội | tạ/ha | yield | member
        yield_danang | Đà Nẵng | tạ/ha | yield | member";
    let heading = "
 | Thực hiện vụ đông xuân 2011 | < | Tăng/giảm so với vụ trước | <
 | Diện tích | Năng suất | Diện tích | Năng suất
 | (Nghìn ha) | (Tạ/ha) | (Nghìn ha) | (Tạ/ha)
";
    let drawn = format!(
        "4. Lúa đông xuân\n{heading}\nCẢ NƯỚC | 3 | 62 | 1 | 2\nHà Nội | 2 | 58 | 1 | 2\n4. (Tiếp theo) Lúa đông xuân\n{heading}\nĐà Nẵng | 1 | 52 | 1 | 2"
    );
    let (seen, problems) = recognise_june(sector("s", &[], declared), &[&drawn]);
    let expected = [
        "area.actual=3000",
        "area_danang.actual=1000",
        "area_hanoi.actual=2000",
        "yield.actual=62",
        "yield_danang.actual=52",
        "yield_hanoi.actual=58",
    ];
    assert_eq!(seen, expected);
    assert_eq!(problems, [""; 0]);
}

#[test]
fn communes_are_groups_of_columns() {
    let declared = "
        area | Diện tích | ha
        area_a | Xã A | ha | area | member
        area_b | Thị trấn B | ha | area | member";
    let drawn = "
STT | Chỉ tiêu | Ủy ban nhân dân Xã A | < | < | UBND Thị trấn B | < | < | Toàn huyện | < | <
^ | ^ | TH 2010 | KH 2011 | TH 2011 | TH2010 | KH2011 | TH2011 | TH 2010 | KH 2011 | TH 2011
1 | Diện tích | 1 | 2 | 3 | 4 | 5 | 6 | 5 | 7 | 9";
    let (seen, problems) = recognise_june(sector("s", &["plan"], declared), &[drawn]);
    let of = |id: &str, [plan, actual]: [u32; 2]| [format!("{id}.actual={actual}"), format!("{id}.target.plan={plan}")];
    assert_eq!(seen, [of("area", [7, 9]), of("area_a", [2, 3]), of("area_b", [5, 6])].concat());
    // The whole of last year is not its first six months.
    assert_eq!(problems, ["column-unknown C2", "column-unknown F2", "column-unknown I2"]);
}

#[test]
fn unlabelled_tables_can_be_side_by_side() {
    let drawn = "
 | Số vụ | Số người chết | | Số vụ | Số người chết
 | 6 tháng | 6 tháng | | 6 tháng | 6 tháng

Hà Nội | 1 | 2 | Cà Mau | 5 | 6
Hà Nam | 3 | 4 | Bến Tre | 7 | 8";
    let declared = "hanoi | Hà Nội | vụ\ncamau | Cà Mau | vụ\nbentre | Bến Tre | vụ";
    let (seen, _) = recognise_june(sector("s", &[], declared), &[drawn]);
    assert_eq!(seen, ["bentre.actual=7", "camau.actual=5", "hanoi.actual=1"]);
}

#[test]
fn a_form_of_accounts_is_read_by_its_names() {
    let drawn = "
A01 | Tên file | | C-301 | C-302
 | | | | Đơn vị tính : Đồng Việt Nam (VND)
 | | | C-401 | C-402
 | Tên tài khoản | Số hiệu tài khoản | Ước tính tháng 6 | Thực hiện 6 tháng
 | | '1 | '2 | '3
R-101 | Cho vay ngắn hạn | '211 | '100,0 | '42050791938,0
R-102 |       Nợ đủ tiêu chuẩn | '2111 | '00,0 | '19000000,0
R-103 | Cho vay trung hạn | '212 | '1,0 | '2000000,0
R-104 |       Nợ đủ tiêu chuẩn | '2121 | '1,0 | '1000000,0";
    let declared = "
        short | Cho vay ngắn hạn | triệu đồng
        short_good | Nợ đủ tiêu chuẩn | triệu đồng | short
        long | Cho vay trung hạn | triệu đồng
        long_good | Nợ đủ tiêu chuẩn | triệu đồng | long";
    let (seen, problems) = recognise_june(sector("s", &[], declared), &[drawn]);
    let actuals: Vec<&String> = seen.iter().filter(|line| line.contains("actual")).collect();
    assert_eq!(actuals, ["long.actual=2", "long_good.actual=1", "short.actual=42050.791938", "short_good.actual=19"]);
    assert!(problems.iter().all(|problem| problem.starts_with("number-as-text")), "{problems:?}");
}

#[test]
fn the_cumulative_column_is_that_of_the_period() {
    let drawn = "
STT | Chỉ tiêu | Thực hiện cùng kỳ | Lũy kế cùng kỳ | Thực hiện kỳ báo cáo | Lũy kế kỳ báo cáo
1 | Than đá | 1 | 2 | 3 | 4";
    let (seen, problems) = recognise_june(sector("s", &[], "coal | Than đá | tấn"), &[drawn]);
    assert_eq!(seen, ["coal.actual=4", "coal.last_year=2"]);
    assert_eq!(problems, ["column-unknown C1", "column-unknown E1"]);
}

#[test]
fn a_label_may_go_on_in_the_next_row() {
    let drawn = "
 | Thực hiện | Thực hiện
 | 6 tháng | 5 tháng
Tổng sản lượng lương thực
có hạt (Nghìn tấn) | 21 | 20";
    let (seen, _) = recognise_june(sector("s", &[], "grain | Tổng sản lượng lương thực có hạt | tấn"), &[drawn]);
    assert_eq!(seen, ["grain.actual=21000"]);
}

#[test]
fn a_unit_line_over_the_numbers_counts_although_no_indicator_has_it() {
    let declared = "out | Sản lượng | tỷ đồng";
    for (line, expected) in [("Doanh nghiệp", vec![]), ("(Cơ sở)", vec![]), ("Tỷ đồng", vec!["out.actual=5"])]
    {
        let drawn = format!("Công nghiệp\n | {line}\nChỉ tiêu | Thực hiện\nSản lượng | 5");
        let (seen, problems) = recognise_june(sector("s", &[], declared), &[&drawn]);
        assert_eq!(seen, expected, "{line}");
        assert_eq!(problems.is_empty(), !expected.is_empty(), "{line}: {problems:?}");
    }
}

#[test]
fn the_unit_of_the_headings_tells_rows_of_one_label_apart() {
    let declared = "money | Tổng số | tỷ đồng\nweight | Tổng số | tấn";
    for (heading, expected) in [("(Tỷ đồng)", "money.actual=5"), ("(Tấn)", "weight.actual=5")] {
        let drawn = format!("Chỉ tiêu | Thực hiện {heading}\nTổng số | 5");
        assert_eq!(recognise_june(sector("s", &[], declared), &[&drawn]).0, [expected]);
    }
}

#[test]
fn a_heading_word_for_word_as_declared_comes_before_one_of_the_same_meaning() {
    let declared = sector("s", &[], "gdp | Xây dựng | %");
    let exact = "Chỉ tiêu | Tháng 6 so với cùng kỳ năm trước\nXây dựng | 104.3";
    let other = "Chỉ tiêu | Tháng 6 năm 2011 so với tháng 6 năm 2010 (%)\nXây dựng | 106.9";
    for sheets in [[exact, other], [other, exact]] {
        let (seen, _) = recognise_june(Arc::clone(&declared), &sheets);
        assert_eq!(seen, ["gdp.index=104.3"]);
    }
}
