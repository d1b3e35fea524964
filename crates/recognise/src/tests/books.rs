//! Tests of the recognition of workbooks, on sheets drawn as text.

use super::*;
use proptest::strategy::Strategy;

#[test]
fn a_general_remark_belongs_to_the_sector_of_its_workbook() {
    let sectors = [sector("m", &[], "gdp | Tăng trưởng | %"), sector("s", &[], MONEY)];
    let sheets = vec![
        sheet("1", "STT | Khó khăn | Nguyên nhân\n1 | Thiếu người | Biên chế"),
        sheet("2", "Chỉ tiêu | Thực hiện\nTổng thu | 5"),
    ];
    let (dataset, _) = recognise(&[book("a", "x", sheets)], &sectors, &config());
    assert_eq!(dataset.remarks[0].sector, SectorId::new("s"));
}

#[test]
fn sheets_without_a_known_table_are_reported() {
    let mut hidden = sheet("Ẩn", "Chỉ tiêu | Thực hiện\nTổng thu | 5");
    hidden.is_hidden = true;
    let sheets =
        vec![sheet("Trống", ""), sheet("Bìa", "BÁO CÁO"), sheet("Lạ", "Chỉ tiêu | Thực hiện\nSố mèo | 5"), hidden];
    let (dataset, diagnostics) = recognise(&[book("a", "x", sheets)], &[sector("s", &[], MONEY)], &config());
    assert_eq!(format_problems(&diagnostics), ["sheet-without-figures Bìa", "sheet-unknown Lạ", "sheet-hidden Ẩn"]);
    let used: Vec<_> = dataset.workbooks[0].sheets.iter().map(|s| s.used_cells).collect();
    assert_eq!(used, [0, 0, 0, 1]);
}

#[test]
fn old_encodings_are_read_in_whole_sheets_and_single_cells() {
    for (drawn, place) in [
        ("Chæ tieâu | ÑVT | Thöïc hieän\nToång thu | trieäu ñoàng | 5\nToång chi | trieäu ñoàng | 6", "S"),
        ("ChØ tiªu | §VT | Thùc hiÖn\nTæng thu | triÖu ®ång | 5\nTæng chi | triÖu ®ång | 6", "S"),
        ("Chỉ tiêu | Đơn vị tính | Thực hiện\nTổng thu | trieäu ñoàng | 5\nTổng chi | triệu đồng | 6", "B2"),
        ("Chỉ tiêu | §¬n vÞ tÝnh | Thực hiện\nTổng thu | triệu đồng | 5\nTổng chi | triệu đồng | 6", "B1"),
    ] {
        let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
        assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=5"], "{drawn}");
        assert_eq!(format_problems(&diagnostics), [format!("text-converted {place}")], "{drawn}");
    }
}

#[test]
fn a_visible_cell_comes_before_a_hidden_one() {
    let old = |very: bool| {
        let mut old = sheet("Cũ", "Chỉ tiêu | Thực hiện\nTổng thu | 5\nTổng chi | 6");
        (old.is_hidden, old.is_very_hidden) = (true, very);
        old
    };
    let current = || sheet("Mới", "Chỉ tiêu | Thực hiện\nTổng thu | 7");
    for (sheets, figures, problems) in [
        (
            vec![old(false), current()],
            &["exp.actual=6", "rev.actual=7"][..],
            &["sheet-hidden Cũ", "cell-repeated B2"][..],
        ),
        (vec![old(true), current()], &["rev.actual=7"], &["sheet-hidden Cũ"]),
        (vec![old(true)], &[], &["sheet-hidden Cũ"]),
    ] {
        let (dataset, diagnostics) = recognise(&[book("a", "x", sheets)], &[sector("s", &[], MONEY)], &config());
        assert_eq!(format_observations(&dataset), figures);
        assert_eq!(format_problems(&diagnostics), problems);
    }
    let mut list = sheet("Danh mục", "Nam\nNữ");
    (list.is_hidden, list.is_very_hidden) = (true, true);
    let (_, diagnostics) = recognise(&[book("a", "x", vec![list, current()])], &[sector("s", &[], MONEY)], &config());
    assert_eq!(diagnostics, []);
}

#[test]
fn a_visible_row_comes_before_a_hidden_one() {
    let mut rows = sheet("S", "Chỉ tiêu | Thực hiện\nTổng thu | 5\nTổng thu | 7\nTổng chi | 6");
    rows.hidden_ranges = HiddenRanges { rows: vec![1..=1], cols: vec![] };
    let (dataset, diagnostics) = recognise(&[book("a", "x", vec![rows])], &[sector("s", &[], MONEY)], &config());
    assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=7"]);
    assert_eq!(format_problems(&diagnostics), ["cell-repeated B3"]);
}

#[test]
fn cells_under_a_merged_one_are_not_seen() {
    // The merged areas, as rows and columns of their corners, and the cells that they cover.
    for (merges, expected) in [
        (&[((1, 1), (2, 1))][..], &["cells-hidden B3"][..]),
        (&[((2, 0), (2, 2))], &["cells-hidden B3"]),
        (&[((1, 1), (3, 1))], &["cells-hidden B3"]),
        (&[((1, 2), (3, 3)), ((3, 0), (3, 0))], &[]),
        (&[((1, 0), (1, 1)), ((2, 0), (2, 1))], &["cells-hidden B2"]),
    ] {
        let mut table = sheet("S", "Chỉ tiêu | Thực hiện\nTổng thu | 5\nTổng chi | 6\nViệc khác | chữ");
        let corner = |(row, col)| CellRef::new(row, col);
        table.merges = merges.iter().map(|(a, b)| MergedRange { first: corner(*a), last: corner(*b) }).collect();
        let (dataset, diagnostics) = recognise(&[book("a", "x", vec![table])], &[sector("s", &[], MONEY)], &config());
        let problems = format_problems(&diagnostics);
        let hidden: Vec<&String> = problems.iter().filter(|problem| problem.starts_with("cells-hidden")).collect();
        assert_eq!(hidden, expected, "{merges:?}");
        assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=5"], "{merges:?}");
    }
    let mut repeated = sheet("S", "Chỉ tiêu | Thực hiện\nTổng thu | 5\nTổng thu | 7");
    repeated.merges = vec![MergedRange { first: CellRef::new(1, 1), last: CellRef::new(2, 1) }];
    let (dataset, _) = recognise(&[book("a", "x", vec![repeated])], &[sector("s", &[], MONEY)], &config());
    assert_eq!(format_observations(&dataset), ["rev.actual=5"], "what is not seen never wins");
}

#[test]
fn an_assessment_beside_numbers_is_no_topic() {
    let drawn = "Chỉ tiêu | Thực hiện | Nhận xét\nTổng thu | 5 | Đạt 93,8% kế hoạch\nTổng chi | 6 |";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=5"]);
    assert_eq!(format_problems(&diagnostics), [""; 0]);
    let drawn = "Nội dung | Nhận xét\nCông tác khác | Đạt kết quả tốt";
    let (_, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_problems(&diagnostics), ["sheet-unknown S"]);
}

#[test]
fn a_heading_names_its_other_period_beside_unknown_words() {
    let drawn = "Chỉ tiêu | Thực hiện | Số ca lạ Cả năm 2024\nTổng thu | 5 | 9";
    let (_, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_problems(&diagnostics), ["column-unknown C1"]);
    let message = diagnostics[0].message.vietnamese();
    assert!(message.contains("\"số ca lạ\"") && message.contains("không phải kỳ báo cáo"), "{message}");
}

#[test]
fn tables_of_words_may_stay_empty() {
    let mut decl = (*sector("s", &[], MONEY)).clone();
    decl.narrative = vec![NarrativeDecl { key: "work".into(), labels: vec!["Công việc".into()], line: 1 }];
    for (drawn, expected) in [
        ("STT | Nội dung | Phần lời\n1 | Công việc | ", vec![]),
        ("STT | Nội dung | Phần lời\n1 | Việc khác | ", vec!["sheet-unknown S"]),
        ("STT | Khó khăn | Nguyên nhân\n1 | | ", vec![]),
    ] {
        let (dataset, diagnostics) = recognise_one(&[Arc::new(decl.clone())], drawn);
        assert_eq!(format_problems(&diagnostics), expected, "{drawn}");
        assert!(dataset.narrative.is_empty() && dataset.remarks.is_empty());
    }
}

#[test]
fn only_the_own_sectors_and_own_figures_are_matched() {
    let mut decl = (*sector("s", &[], MONEY)).clone();
    decl.departments = vec![DepartmentId::new("b")];
    let drawn = "Chỉ tiêu | Thực hiện\nTổng thu | 5";
    let (dataset, diagnostics) = recognise_one(&[Arc::new(decl)], drawn);
    assert_eq!((dataset.observations.len(), format_problems(&diagnostics)), (0, vec!["sheet-unknown S".to_owned()]));
    let mut decl = (*sector("s", &[], MONEY)).clone();
    decl.indicators[0].source_indicator = Some((SectorId::new("x"), IndicatorId::new("y")));
    let (_, diagnostics) = recognise_one(&[Arc::new(decl)], drawn);
    assert!(diagnostics.iter().all(|d| d.code == Code::SheetUnknown));
}

#[test]
fn a_sheet_in_tcvn3_is_read_in_unicode_and_traced_as_typed() {
    let drawn = "ChØ tiªu | §¬n vÞ tÝnh | Thùc hiÖn | Nguyªn nh©n\nTæng thu | TriÖu ®ång | '5,5 | ThiÕu ng\u{ad}êi";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!(format_observations(&dataset), ["rev.actual=5.5"]);
    assert_eq!(format_problems(&diagnostics), ["text-converted S", "prose-encoding D2", "number-as-text C2"]);
    let note = &diagnostics[0];
    assert!(
        note.message
            .vietnamese()
            .ends_with(r#": "ChØ tiªu" → "Chỉ tiêu"; "§¬n vÞ tÝnh" → "Đơn vị tính"; "Thùc hiÖn" → "Thực hiện""#),
        "{:?}",
        note.message
    );
    let cause = dataset.remarks[0].cause.as_ref().unwrap();
    assert_eq!((&*cause.text, &*cause.source.raw), ("Thiếu người", "ThiÕu ng\u{ad}êi"));
}

#[test]
fn figures_in_hidden_rows_and_columns_are_read_and_noted_once() {
    let mut table =
        sheet("S", "Chỉ tiêu | Thực hiện | Ghi chú\nTổng thu | 5\nTrong đó: thu được hưởng | 4\nTổng chi | 6");
    table.hidden_ranges = HiddenRanges { rows: vec![2..=3], cols: vec![2..=2] };
    let (dataset, diagnostics) = recognise(&[book("a", "x", vec![table])], &[sector("s", &[], MONEY)], &config());
    assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev.actual=5", "share.actual=4"]);
    assert_eq!(format_problems(&diagnostics), ["cells-hidden B3"]);
    assert!(diagnostics[0].message.vietnamese().starts_with("2 số liệu"), "{:?}", diagnostics[0].message);
}

#[test]
fn an_unknown_sheet_in_tcvn3_is_noted_too() {
    let (_, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], "ChØ tiªu | Thùc hiÖn\nSè mÌo ®· nu«i | 5");
    assert_eq!(format_problems(&diagnostics), ["text-converted S", "sheet-unknown S"]);
}

#[test]
fn encoded_workbooks_decode_to_the_same_result() {
    let drawn =
        "Chỉ tiêu | ĐVT | Thực hiện | Nguyên nhân\nTổng thu | tỷ đồng | '1,5 | Lý do\nTổng chi | | x\nKhác | | 5";
    let books = [book("a", "workbooks/a/x.xlsx", vec![sheet("S", drawn)]), book("b", "workbooks/b/x.xlsx", Vec::new())];
    let (sectors, config) = ([sector("s", &[], MONEY)], config());
    let recogniser = Recogniser::new(&sectors, &config);
    let read = || books.iter().map(|book| recogniser.recognise_workbook(book)).collect::<Vec<_>>();
    let kept = read().iter().map(|one| RecognisedWorkbook::decode(&one.encode().unwrap()).unwrap()).collect();
    let (one, other) = (recogniser.combine(read()), recogniser.combine(kept));
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    assert!(!one.1.is_empty() && !one.0.observations.is_empty() && !one.0.remarks.is_empty());
    assert!(RecognisedWorkbook::decode(b"\xff\xff\xff").is_none());
}

proptest::proptest! {
    #[test]
    fn the_order_of_books_changes_nothing(order in proptest::sample::subsequence((0..5_usize).collect::<Vec<_>>(), 5).prop_shuffle()) {
        let books: Vec<ReceivedWorkbook> = (0..5)
            .map(|n| {
                let drawn = format!("Chỉ tiêu | Thực hiện | Nguyên nhân\nTổng thu | {n} | Lý do {n}\nTổng chi | '1.{n}");
                book(if n % 2 == 0 { "a" } else { "b" }, &format!("workbooks/{n}.xlsx"), vec![sheet("S", &drawn)])
            })
            .collect();
        let shuffled: Vec<ReceivedWorkbook> = order.iter().map(|n| books[*n].clone()).collect();
        let sectors = [sector("s", &[], MONEY)];
        let (one, other) = (recognise(&books, &sectors, &config()), recognise(&shuffled, &sectors, &config()));
        proptest::prop_assert_eq!(format_observations(&one.0), format_observations(&other.0));
        proptest::prop_assert_eq!(one.1, other.1);
        proptest::prop_assert_eq!(one.0.workbooks, other.0.workbooks);
    }

    #[test]
    fn any_sheet_can_be_read(drawn in "(STT|Chỉ tiêu|Thực hiện|Kế hoạch|Tổng thu|Trong đó:|I|1|1\\.1|-|5|'5,5|<|\\||\n| ){0,80}") {
        let drawn = format!("Chỉ tiêu | Thực hiện\n|{}", drawn.replace('<', "x"));
        recognise_one(&[sector("s", &["province"], MONEY)], &drawn);
    }
}
