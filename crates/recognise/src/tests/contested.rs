//! Tests of cells, sheets and files that give one figure different numbers.

use super::*;
use tonghop_core::model::dataset::CorrectionLine;

/// Where the second cell is, compared with the first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place2 {
    SameSheet,
    OtherSheet,
    OtherFile,
    OtherDepartment,
}

/// What decides between two cells.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Decision {
    Nothing,
    KeepFirst,
    KeepNewest,
    FirstDepartment,
    Correction,
}

const PLACES: [Place2; 4] = [Place2::SameSheet, Place2::OtherSheet, Place2::OtherFile, Place2::OtherDepartment];
const DECISIONS: [Decision; 5] =
    [Decision::Nothing, Decision::KeepFirst, Decision::KeepNewest, Decision::FirstDepartment, Decision::Correction];

fn table(number: u32) -> String {
    format!("Chỉ tiêu | Thực hiện\nTổng thu | {number}")
}

fn saved(mut book: ReceivedWorkbook, day: u32) -> ReceivedWorkbook {
    book.workbook.last_modified =
        tonghop_core::model::last_modified::LastModified::parse(&format!("2024-09-{day:02}T08:00:00Z"));
    book
}

/// Two cells with a number each; the file of the second one is saved later.
fn books(place: Place2, numbers: [u32; 2]) -> Vec<ReceivedWorkbook> {
    let [one, other] = numbers.map(table);
    let book =
        |department: &str, file: &str, sheets| book(department, &format!("workbooks/{department}/{file}"), sheets);
    match place {
        Place2::SameSheet => vec![book("a", "x.xlsx", vec![sheet("S", &format!("{one}\nTổng thu | {}", numbers[1]))])],
        Place2::OtherSheet => vec![book("a", "x.xlsx", vec![sheet("S", &one), sheet("T", &other)])],
        Place2::OtherFile => vec![
            saved(book("a", "x.xlsx", vec![sheet("S", &one)]), 1),
            saved(book("a", "y.xlsx", vec![sheet("Bổ sung", &other)]), 2),
        ],
        Place2::OtherDepartment => {
            vec![book("a", "x.xlsx", vec![sheet("S", &one)]), book("b", "y.xlsx", vec![sheet("S", &other)])]
        }
    }
}

fn settings(decision: Decision) -> Config {
    let table = match decision {
        Decision::KeepFirst => "[duplicates]\nkeep = \"first\"",
        Decision::KeepNewest => "[duplicates]\nkeep = \"newest\"",
        Decision::FirstDepartment => "[duplicates]\ndepartments = \"first\"",
        Decision::Nothing | Decision::Correction => "",
    };
    let departments = r#"departments = [{ id = "a", name = "A" }, { id = "b", name = "B" }]"#;
    Config::parse(&minimal_settings(departments, &format!("{table}\n[outline]\nletters = []\nheadings = []"))).unwrap()
}

/// Combines the workbooks and applies the correction of the office, as a run does.
fn decide(books: &[ReceivedWorkbook], decision: Decision) -> (Dataset, Diagnostics) {
    let (sectors, config) = ([sector("s", &[], MONEY)], settings(decision));
    let recogniser = Recogniser::new(&sectors, &config);
    let recognised = books.iter().map(|book| recogniser.recognise_workbook(book)).collect();
    let (mut dataset, mut diagnostics) = recogniser.combine(recognised);
    if decision == Decision::Correction {
        let text = |text: &str| text.to_owned();
        let (indicator, measure) = (text("s.rev"), text("actual"));
        let line =
            CorrectionLine {
                line: 2, indicator, measure, value: text("9"), who: text("VP"), why: text("Đối chiếu")
            };
        diagnostics.extend(apply_corrections(
            &mut dataset,
            &[line],
            &FilePath::new("dieu-chinh.csv"),
            &sectors,
            &config,
        ));
    }
    diagnostics.extend(contested_cells(&dataset.contested, &config));
    (dataset, diagnostics)
}

/// Returns the number that must come out, and the code of the only problem.
fn expected(place: Place2, [one, other]: [u32; 2], decision: Decision) -> (Option<u32>, Option<Code>) {
    match (decision, place) {
        (Decision::Correction, _) => (Some(9), Some(Code::FigureCorrected)),
        (_, Place2::SameSheet | Place2::OtherSheet | Place2::OtherDepartment) if one == other => (Some(one), None),
        // Files of a department with the same content.
        (_, Place2::OtherFile) if one == other => (Some(one), Some(Code::WorkbookRepeated)),
        (Decision::KeepFirst, Place2::OtherFile) => (Some(one), Some(Code::CellRepeated)),
        (Decision::KeepNewest, Place2::OtherFile) => (Some(other), Some(Code::CellRepeated)),
        // The sector lists department b first.
        (Decision::FirstDepartment, Place2::OtherDepartment) => (Some(other), Some(Code::CellRepeated)),
        _ => (None, Some(Code::CellContested)),
    }
}

#[test]
fn of_two_cells_that_disagree_neither_is_used_unless_something_decides() {
    for place in PLACES {
        for numbers in [[5, 5], [5, 6], [6, 5]] {
            for decision in DECISIONS {
                let (dataset, diagnostics) = decide(&books(place, numbers), decision);
                let (number, code) = expected(place, numbers, decision);
                let case = format!("{place:?} {numbers:?} {decision:?}: {diagnostics:#?}");
                let read: Vec<String> = number.map(|number| format!("rev.actual={number}")).into_iter().collect();
                assert_eq!(format_observations(&dataset), read, "{case}");
                assert_eq!(dataset.contested.len(), usize::from(number.is_none()), "{case}");
                let of_cells = diagnostics.iter().map(|problem| problem.code);
                let of_cells: Vec<Code> =
                    of_cells.filter(|c| decision != Decision::Correction || *c == Code::FigureCorrected).collect();
                assert_eq!(of_cells, code.into_iter().collect::<Vec<_>>(), "{case}");
            }
        }
    }
}

#[test]
fn both_cells_and_both_numbers_are_named() {
    for place in PLACES {
        let (_, diagnostics) = decide(&books(place, [5, 6]), Decision::Nothing);
        let [problem] = diagnostics.as_slice() else { panic!("{diagnostics:#?}") };
        let message = problem.message.vietnamese();
        assert!(message.contains("5 triệu đồng") && message.contains("6 triệu đồng"), "{message}");
        assert_eq!(problem.places.len(), 2, "{problem:#?}");
        assert!(problem.hint.as_ref().unwrap().vietnamese().contains("dieu-chinh.csv"));
    }
}

#[test]
fn a_correction_names_the_cells_between_which_it_decides() {
    let (dataset, diagnostics) = decide(&books(Place2::OtherDepartment, [5, 6]), Decision::Correction);
    let [note] = diagnostics.as_slice() else { panic!("{diagnostics:#?}") };
    assert_eq!((note.code, note.places.len()), (Code::FigureCorrected, 3));
    assert!(note.message.vietnamese().contains("trước đó là 5; 6"), "{:?}", note.message);
    assert!(dataset.contested.is_empty());
}

#[test]
fn a_visible_cell_replaces_a_hidden_one_which_is_named() {
    for hidden in 0..2 {
        let mut books = books(Place2::OtherSheet, [5, 6]);
        books[0].workbook.sheets[hidden].is_hidden = true;
        let (dataset, diagnostics) = decide(&books, Decision::Nothing);
        assert_eq!(format_observations(&dataset), [["rev.actual=6"], ["rev.actual=5"]][hidden]);
        let problem = diagnostics.iter().find(|problem| problem.code == Code::CellRepeated).unwrap();
        assert!(problem.message.vietnamese().contains("đang ẩn") && problem.places.len() == 2, "{problem:#?}");
    }
    for row in 1..3 {
        let mut books = books(Place2::SameSheet, [5, 6]);
        books[0].workbook.sheets[0].hidden_ranges = HiddenRanges { rows: vec![row..=row], cols: vec![] };
        let (dataset, _) = decide(&books, Decision::Nothing);
        assert_eq!(format_observations(&dataset), [["rev.actual=6"], ["rev.actual=5"]][row as usize - 1]);
    }
}

#[test]
fn nothing_to_report_and_zero_are_the_same_number() {
    let drawn = "Chỉ tiêu | Thực hiện\nTổng thu | -\nTổng thu | 0";
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], MONEY)], drawn);
    assert_eq!((dataset.observations.len(), format_problems(&diagnostics)), (1, vec![]));
}

/// The forms of two places: one figure happens to be equal.
fn forms_of_two_places() -> [String; 2] {
    [[5, 7], [6, 7]].map(|[rev, exp]| format!("Chỉ tiêu | Thực hiện\nTổng thu | {rev}\nTổng chi | {exp}"))
}

#[test]
fn no_figure_of_like_forms_that_disagree_is_used() {
    let [one, other] = forms_of_two_places();
    let below = vec![sheet("S", &one), sheet("T", &other)];
    for (books, named) in [
        (vec![book("a", "workbooks/a/x.xlsx", below)], 2),
        (
            vec![
                book("a", "workbooks/a/x.xlsx", vec![sheet("S", &one)]),
                book("a", "workbooks/a/y.xlsx", vec![sheet("S", &other)]),
            ],
            2,
        ),
        (
            vec![
                book("a", "workbooks/a/x.xlsx", vec![sheet("S", &one)]),
                book("b", "workbooks/b/y.xlsx", vec![sheet("S", &other)]),
            ],
            2,
        ),
    ] {
        let (dataset, diagnostics) = decide(&books, Decision::Nothing);
        assert_eq!(format_observations(&dataset), Vec::<String>::new(), "an equal number is a coincidence");
        assert_eq!(dataset.contested.len(), 2);
        let [problem] = diagnostics.as_slice() else { panic!("{diagnostics:#?}") };
        assert_eq!(problem.code, Code::FormContested);
        assert!(problem.message.vietnamese().contains("5 triệu đồng"), "{:?}", problem.message);
        let sheets: std::collections::BTreeSet<String> =
            problem.places.iter().filter(|place| matches!(place, Place::Sheet(..))).map(ToString::to_string).collect();
        assert_eq!(sheets.len(), named, "{problem:#?}");
    }
}

#[test]
fn a_wrong_number_in_a_summary_costs_only_that_figure() {
    let full = "Chỉ tiêu | Thực hiện\nTổng thu | 5\nThu được hưởng | 2\nTổng chi | 7";
    let summary = "Chỉ tiêu | Thực hiện\nTổng thu | 6\nTổng chi | 7";
    for sheets in [[full, summary], [summary, full]] {
        let [one, other] = sheets.map(|drawn| sheet("S", drawn));
        let books = [
            book("a", "workbooks/a/x.xlsx", vec![one]),
            book("a", "workbooks/a/y.xlsx", vec![RawSheet { name: SheetName::new("T"), ..other }]),
        ];
        let (dataset, diagnostics) = decide(&books, Decision::Nothing);
        assert_eq!(format_observations(&dataset), ["exp.actual=7", "share.actual=2"]);
        assert_eq!(format_problems(&diagnostics), ["cell-contested B2"]);
    }
}

#[test]
fn every_like_form_is_named() {
    let books: Vec<ReceivedWorkbook> = (0..4)
        .map(|n| {
            let drawn = format!("Chỉ tiêu | Thực hiện\nTổng thu | {n}\nTổng chi | 7");
            book("a", &format!("workbooks/a/{n}.xlsx"), vec![sheet("S", &drawn)])
        })
        .collect();
    let (dataset, diagnostics) = decide(&books, Decision::Nothing);
    assert!(dataset.observations.is_empty());
    let named: String =
        diagnostics.iter().flat_map(|problem| &problem.places).map(|place| format!("{place} ")).collect();
    assert!(books.iter().all(|book| named.contains(book.file.as_str())), "{named}");
}

proptest::proptest! {
    #[test]
    fn no_order_of_workbooks_decides(
        numbers in proptest::collection::vec((0..3_u32, 0..2_u32, 0..2_usize, proptest::bool::ANY), 2..6),
        order in proptest::collection::vec(proptest::prelude::any::<u32>(), 6),
        decision in proptest::sample::select(DECISIONS.to_vec()),
    ) {
        let books: Vec<ReceivedWorkbook> = numbers
            .iter()
            .enumerate()
            .map(|(n, (rev, exp, department, is_hidden))| {
                let mut form = sheet("S", &format!("Chỉ tiêu | Thực hiện\nTổng thu | {rev}\nTổng chi | {exp}\nThu được hưởng | {n}"));
                form.is_hidden = *is_hidden;
                saved(book(["a", "b"][*department], &format!("workbooks/{n}.xlsx"), vec![form]), 1 + n as u32)
            })
            .collect();
        let mut shuffled: Vec<(u32, ReceivedWorkbook)> = order.into_iter().zip(books.clone()).collect();
        shuffled.sort_by_key(|(rank, _)| *rank);
        let shuffled: Vec<ReceivedWorkbook> = shuffled.into_iter().map(|(_, book)| book).collect();
        let (one, other) = (decide(&books, decision), decide(&shuffled, decision));
        proptest::prop_assert_eq!(format_observations(&one.0), format_observations(&other.0));
        proptest::prop_assert_eq!(format!("{:?}", one.0.contested), format!("{:?}", other.0.contested));
        proptest::prop_assert_eq!(one.1, other.1);
    }

    #[test]
    fn without_a_decision_a_number_is_one_on_which_all_cells_agree(
        numbers in proptest::collection::vec((0..2_u32, 0..2_usize), 2..5),
    ) {
        let books: Vec<ReceivedWorkbook> = numbers
            .iter()
            .enumerate()
            .map(|(n, (rev, department))| {
                let other = if n % 2 == 0 { "Tổng chi | 1" } else { "" };
                let form = sheet("S", &format!("{}\n{other}", table(*rev)));
                book(["a", "b"][*department], &format!("workbooks/{n}.xlsx"), vec![form])
            })
            .collect();
        let (dataset, _) = decide(&books, Decision::Nothing);
        let agree = numbers.iter().all(|(rev, _)| *rev == numbers[0].0);
        let read = format_observations(&dataset).iter().any(|figure| figure.starts_with("rev."));
        proptest::prop_assert_eq!(read, agree);
    }
}

#[test]
fn the_last_correction_of_a_figure_holds_and_keeps_the_reported_one() {
    let (sectors, config) = ([sector("s", &[], MONEY)], settings(Decision::Nothing));
    let books = books(Place2::SameSheet, [5, 5]);
    let recogniser = Recogniser::new(&sectors, &config);
    let (mut dataset, _) = recogniser.combine(books.iter().map(|book| recogniser.recognise_workbook(book)).collect());
    let line = |line, value: &str| CorrectionLine {
        line,
        indicator: "s.rev".into(),
        measure: "thực hiện".into(),
        value: value.into(),
        who: "VP".into(),
        why: "Đối chiếu".into(),
    };
    let lines = [line(2, "7"), line(3, "9")];
    let problems = apply_corrections(&mut dataset, &lines, &FilePath::new("dieu-chinh.csv"), &sectors, &config);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(format_observations(&dataset), ["rev.actual=9"]);
    let [corrected] = dataset.corrected.as_slice() else { panic!("{:?}", dataset.corrected) };
    let replaced = corrected.correction.as_ref().and_then(|correction| correction.replaced.as_ref());
    assert_eq!(replaced.and_then(|figure| figure.amount.known()), Some(5.into()));
}
