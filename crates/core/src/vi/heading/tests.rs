//! Tests of the heading parser: a table of headings, combinations, and laws that hold for all headings.

use super::*;
use crate::vi::period::stated_periods;
use proptest::prelude::*;

/// One heading a line: `pieces | …; measure; period; base`, empty where the words say none.
const TABLE: &str = include_str!("table.txt");

fn parse(heading: &str) -> HeadingMeaning {
    let pieces: Vec<&str> = heading.split('|').map(str::trim).collect();
    HeadingParser::default().parse(&pieces)
}

/// Returns the measure, the period and the base of a heading as the table writes them.
fn described(meaning: &HeadingMeaning) -> [String; 3] {
    [
        meaning.measure.map(StatedMeasure::name).unwrap_or_default().to_owned(),
        meaning.period.map(|period| period.to_string()).unwrap_or_default(),
        meaning.base.map(|base| base.kind.name()).unwrap_or_default().to_owned(),
    ]
}

#[test]
fn headings_have_their_meaning() {
    let lines = TABLE.lines().filter(|line| !(line.is_empty() || line.starts_with('#')));
    let read_otherwise = lines.filter_map(|line| {
        let mut fields = line.split(';').map(str::trim);
        let heading = fields.next().unwrap_or_default();
        let expected = [0; 3].map(|_| fields.next().unwrap_or_default().to_owned());
        let found = described(&parse(heading));
        (found != expected).then(|| format!("{heading}: {found:?}, not {expected:?}"))
    });
    assert_eq!(read_otherwise.collect::<Vec<_>>(), [""; 0]);
}

/// Measures with their spellings.
const MEASURES: [(&str, &[&str]); 4] = [
    ("actual", &["Thực hiện", "TH", "Kết quả", "Kết quả thực hiện", "Đã thực hiện"]),
    ("estimate", &["Ước thực hiện", "Ước tính", "ƯTH", "Ước TH"]),
    ("target", &["Kế hoạch", "KH", "Dự toán"]),
    ("disbursed", &["Giải ngân", "Đã giải ngân"]),
];

/// Periods with their spellings.
const PERIODS: [(&str, &[&str]); 5] = [
    ("2024-9M", &["9 tháng năm 2024", "9 tháng đầu năm 2024", "9T/2024", "9T2024", "chín tháng đầu năm 2024"]),
    ("2024-M09", &["tháng 9 năm 2024", "tháng 9/2024", "T9/2024", "tháng 09 năm 2024"]),
    ("2024-Q3", &["quý III năm 2024", "quý 3/2024", "Q3/2024", "QIII/2024"]),
    ("2024-H2", &["6 tháng cuối năm 2024", "06 tháng cuối năm 2024"]),
    ("9M", &["9 tháng", "9 tháng đầu năm", "đến hết tháng 9"]),
];

#[test]
fn measures_and_periods_combine_in_every_arrangement() {
    for (measure, words) in MEASURES.iter().flat_map(|(measure, all)| all.iter().map(move |words| (*measure, words))) {
        for (period, spelling) in PERIODS.iter().flat_map(|(period, all)| all.iter().map(move |s| (*period, s))) {
            for heading in [
                format!("{words} {spelling}"),
                format!("{words} | {spelling}"),
                format!("{spelling} | {words}"),
                format!("{words}\n{spelling} (triệu đồng)"),
                format!("{} | {} | (3)", words.to_uppercase(), spelling.to_uppercase()),
                format!("Đơn vị tính: ha | {words} | {spelling}"),
            ] {
                let meaning = parse(&heading);
                let expected = [measure.to_owned(), period.to_owned(), String::new()];
                assert_eq!((described(&meaning), &meaning.leftover), (expected, &vec![]), "{heading}");
            }
        }
    }
}

#[test]
fn every_word_is_accounted_for() {
    for (heading, leftover) in [
        ("Thực hiện Miền Bắc", vec!["thực hiện miền bắc"]),
        ("Thực hiện | Miền Bắc", vec!["miền bắc"]),
        ("Kế hoạch năm điều chỉnh", vec!["năm điều chỉnh"]),
        ("Trong đó | Hộ gia đình", vec!["hộ gia đình"]),
        ("Phân theo giới tính | Nam", vec!["nam"]),
        ("Chia ra | Thành thị | Thực hiện", vec!["thành thị"]),
        ("Tổng số", vec![]),
        ("Số liệu | Thực hiện", vec![]),
        ("Theo giá so sánh 1994 | Tổng số", vec!["theo giá so sánh 1994"]),
    ] {
        assert_eq!(parse(heading).leftover, leftover, "{heading}");
    }
    let meaning = parse("KH tỉnh giao");
    assert_eq!((meaning.setter.as_deref(), meaning.leftover), (Some("tỉnh"), vec![]));
}

#[test]
fn kinds_of_columns_are_known() {
    for (kind, headings) in [
        (HeadingKind::Order, &["STT", "TT", "Số TT", "Số\nthứ tự"][..]),
        (HeadingKind::Code, &["Mã số", "Mã chỉ tiêu", "Số hiệu tài khoản"]),
        (
            HeadingKind::Label,
            &["Chỉ tiêu", "NỘI DUNG", "Tên chỉ tiêu", "Tên trường", "Xã", "Địa phương", "Danh mục dự án"],
        ),
        (HeadingKind::Unit, &["ĐVT", "Đơn vị tính", "Đơn vị | tính | C"]),
        (HeadingKind::Note, &["Ghi chú", "Ghi chú | (6)", "Ngày, tháng, năm đến hạn"]),
        (HeadingKind::Status, &["Tình trạng số liệu"]),
        (HeadingKind::Narrative, &["Phần lời", "Nội dung báo cáo"]),
        (HeadingKind::Difficulty, &["Khó khăn, vướng mắc", "Tồn tại, hạn chế"]),
        (HeadingKind::Cause, &["Nguyên nhân"]),
        (HeadingKind::RelatedIndicator, &["Chỉ tiêu liên quan"]),
        (HeadingKind::Value, &["Thực hiện", "Số lượng", "Tổng số", "Số liệu", "Kế hoạch giao", "Thực hiện (%)"]),
        (
            HeadingKind::Percent,
            &[
                "%",
                "Tỷ lệ (%)",
                "Cơ cấu (%)",
                "Đạt (%)",
                "So với cùng kỳ (%)",
                "TH/KH",
                "TH/CK (%)",
                "Tỷ lệ thực hiện kế hoạch (%)",
            ],
        ),
        (HeadingKind::Index, &["Chỉ số giá", "Năm 2019 = 100%"]),
        (HeadingKind::Blank, &["", "(3)", "Trong đó"]),
    ] {
        for heading in headings {
            assert_eq!(parse(heading).kind, kind, "{heading}");
        }
    }
}

#[test]
fn periods_of_lines_are_read() {
    for (line, expected) in [
        ("Kỳ báo cáo: 9 tháng năm 2024", "2024-9M"),
        ("BÁO CÁO 9 THÁNG ĐẦU NĂM 2023", "2023-9M"),
        ("Số liệu 6T/2024", "2024-H1"),
        ("Lũy kế đến hết tháng 9 năm 2024", "2024-9M"),
        ("Tháng 01-09/2024", "2024-9M"),
        ("VỐN ĐẦU TƯ CÔNG NĂM 2024", "2024"),
        ("Tháng 9 và 9 tháng đầu năm 2024", "2024-M09; 2024-9M"),
        ("tháng Sáu và sáu tháng đầu năm 2011", "2011-M06; 2011-H1"),
        ("9 tháng năm 2024, so sánh với 9 tháng năm 2023", "2024-9M"),
        ("KẾT QUẢ 6 THÁNG ĐẦU NĂM, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024", "2024-H1; 2024-H2"),
        ("quý IV và năm 2015", "2015-Q4; 2015"),
        ("Năm học 2023 - 2024", "2023/2024-school"),
        ("Lai Châu, ngày 14 tháng 9 năm 2023", ""),
        ("Kế hoạch số 548/KH-UBND ngày 29/02/2023", ""),
        ("Theo Nghị định 49/2010/NĐ-CP", ""),
        ("13 tháng, tháng 0, quý V, năm 24", ""),
        ("từ 01/01 đến 18/12/2006", "2006-01-01..2006-12-18"),
    ] {
        let found: Vec<String> = stated_periods(line).iter().map(ToString::to_string).collect();
        assert_eq!(found.join("; "), expected, "{line}");
    }
}

proptest! {
    /// Any text is parsed, and none of its words disappears: each is a part of the words of the heading, or said by a unit.
    #[test]
    fn any_heading_is_taken(pieces in prop::collection::vec(".{0,30}|(thực hiện|ước|kế hoạch|so với|tháng|năm|quý|9|2024|/|%|[(]|[)]| ){0,12}", 0..5)) {
        let meaning = HeadingParser::default().parse(&pieces);
        for run in &meaning.leftover {
            prop_assert!(run.split(' ').all(|word| meaning.words.contains(word)));
        }
    }

    /// A heading with one more unknown word is left over: it never becomes another measure.
    #[test]
    fn one_more_word_is_never_another_measure(
        measure in prop::sample::select(MEASURES.iter().flat_map(|(_, all)| all.iter().copied()).collect::<Vec<_>>()),
        period in prop::sample::select(PERIODS.iter().flat_map(|(_, all)| all.iter().copied()).collect::<Vec<_>>()),
        word in prop::sample::select(vec!["rừng", "xã A Mú", "hộ nghèo", "điều chỉnh", "bổ sung", "đợt", "miền núi"]),
        place in 0..4_usize,
    ) {
        let plain = parse(&format!("{measure} {period}"));
        let heading = match place {
            0 => format!("{word} {measure} {period}"),
            1 => format!("{measure} {word} {period}"),
            2 => format!("{measure} {period} {word}"),
            _ => format!("{measure} {period} | {word}"),
        };
        let meaning = parse(&heading);
        prop_assert!(!meaning.leftover.is_empty(), "{heading}");
        prop_assert!(meaning.measure.is_none() || meaning.measure == plain.measure, "{heading}");
    }
}
