//! Tests of suspected scales, on sheets drawn as text.

use super::*;
use tonghop_core::config::ScaleCheck;
use tonghop_core::diag::{Diagnostic, Language};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::period::Period;

const HERD: &str = "
    total | Tổng số | triệu đồng
    one | Phần một | triệu đồng | total
    two | Phần hai | triệu đồng | total
    trees | Số cây | cây
    flock | Đàn gà | nghìn con
    cash | Tiền mặt | đồng
    yield | Giá trị một héc ta | đồng/ha
    debt | Nợ đọng | nghìn đồng
    loans | Dư nợ | tỷ đồng
";

/// A total of three parts, one of which has parts itself.
const LEDGER: &str = "
    total | Tổng số | triệu đồng
    one | Phần một | triệu đồng | total
    first | Mục một | triệu đồng | one
    second | Mục hai | triệu đồng | one
    two | Phần hai | triệu đồng | total
    three | Phần ba | triệu đồng | total
";

const ONE_PLAN: &str = "Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện | Cùng kỳ năm trước";
const TWO_PLANS: &str = "Chỉ tiêu | ĐVT | KH tỉnh giao | HĐND giao | Thực hiện | Cùng kỳ năm trước";

/// Declares a sector in which all indicators with a parent have this relation.
fn related(relation: ParentRelation, targets: &[&str], indicators: &str) -> [Arc<SectorDecl>; 1] {
    let mut declared = Arc::unwrap_or_clone(sector("s", targets, indicators));
    for decl in &mut declared.indicators {
        decl.parent = decl.parent.take().map(|parent| Parent { relation, ..parent });
        // Negative numbers are compared like others.
        decl.bounds.has_any_sign = true;
    }
    [Arc::new(declared)]
}

/// Returns the diagnostics of a table with these headings and rows.
fn scale_diagnostics(check: &ScaleCheck, sectors: &[Arc<SectorDecl>], headings: &str, rows: &str) -> Diagnostics {
    let (dataset, _) = recognise_one(sectors, &format!("{headings}\n{}", rows.trim()));
    let year = Period::first_months(2024, 12).unwrap();
    let mut config = config();
    (config.scale, config.period) = (*check, year);
    let mut found = Diagnostics::new();
    check_plausibility(&dataset, sectors, &config, &mut found);
    found.retain(|problem| problem.code == Code::ScaleSuspected);
    found
}

/// Returns the diagnostics of rows `label | unit | plan | actual | last year`.
fn herd_diagnostics(rows: &str) -> Diagnostics {
    scale_diagnostics(&ScaleCheck::default(), &related(ParentRelation::Part, &["province"], HERD), ONE_PLAN, rows)
}

/// Returns the cells of the suspected figures, for the same rows.
fn cells(rows: &str) -> Vec<String> {
    cells_by(&ScaleCheck::default(), rows)
}

fn cells_by(check: &ScaleCheck, rows: &str) -> Vec<String> {
    first_cells(&scale_diagnostics(check, &related(ParentRelation::Part, &["province"], HERD), ONE_PLAN, rows))
}

fn first_cells(found: &Diagnostics) -> Vec<String> {
    found.iter().map(|problem| all_cells(problem).swap_remove(0)).collect()
}

/// Returns every cell of a problem, the main one first.
fn all_cells(problem: &Diagnostic) -> Vec<String> {
    let cell = |place: &Place| match place {
        Place::Cell(_, _, cell) => cell.to_string(),
        other => panic!("{other} is not a cell"),
    };
    problem.places.iter().map(cell).collect()
}

/// Returns the messages for rows `label | unit | plan | actual | last year`.
fn suspected(rows: &str) -> Vec<String> {
    let found = herd_diagnostics(rows);
    found.iter().map(|d| format!("{}: {}", format_problems(&vec![d.clone()])[0], d.message.vietnamese())).collect()
}

#[test]
fn a_figure_far_off_the_others_of_its_row_is_reported() {
    for (row, place, words) in [
        ("Số cây | cây | 2000 | 1500000 | 1800", "D2", "gấp khoảng 1.000 lần tỉnh 2.000 cây (C2), cùng kỳ"),
        ("Số cây | cây | 2000000 | 1500 | 1800000", "D2", "chỉ bằng khoảng một phần 1.000 của"),
        ("Tổng số | triệu đồng | 180 | 168000000 | ", "D2", "gấp khoảng 1.000.000 lần tỉnh 180 triệu đồng"),
        ("Tổng số | triệu đồng | 180 | 168 | 150000000", "E2", "gấp khoảng 1.000.000 lần thực hiện 168"),
        ("Tổng số | đồng | 180000000 | 168 | 150000000", "D2", "chỉ bằng khoảng một phần 1.000.000"),
    ] {
        let problems = suspected(row);
        assert!(
            problems.len() == 1 && problems[0].starts_with(&format!("scale-suspected {place}")),
            "{row}: {problems:?}"
        );
        assert!(problems[0].contains(words), "{row}: {problems:?}");
    }
}

/// If two other figures agree, the factor may be up to three times more or less than a thousand or a million.
#[test]
fn two_comparisons_are_held_to_their_tolerance() {
    for (plan, actual, last, suspected) in [
        // About a thousand times: exactly 1000/3, less, exactly 1000 * 3, more.
        (30, 10_000, 30, true),
        (30, 9_999, 30, false),
        (10, 30_000, 10, true),
        (10, 30_001, 10, false),
        // Between a thousand and a million times.
        (10, 300_000, 10, false),
        (30, 9_999_999, 30, false),
        (30, 10_000_000, 30, true),
        (10, 30_000_000, 10, true),
        (10, 30_000_001, 10, false),
        // About a thousandth and a millionth.
        (10_000, 30, 10_000, true),
        (9_999, 30, 9_999, false),
        (30_000, 10, 30_000, true),
        (30_001, 10, 30_001, false),
        (9_999_999, 30, 9_999_999, false),
        (10_000_000, 30, 10_000_000, true),
        (30_000_000, 10, 30_000_000, true),
        (30_000_001, 10, 30_000_001, false),
        // Both must agree, on the same deviation.
        (10, 10_000, 100, false),
        (10, 10_000, 10_000_000, false),
        (10, 10_000_000, 10_000, false),
        // Negative figures count the same, but not different signs.
        (-30, -10_000, -30, true),
        (-10_000, -30, -10_000, true),
        (-30, 10_000, -30, false),
    ] {
        let row = format!("Số cây | cây | {plan} | {actual} | {last}");
        assert_eq!(cells(&row), Vec::from_iter(suspected.then_some("D2")), "{row}");
    }
}

/// A single other figure only counts up to factor two, for an actual figure that is too large, in a unit with scales.
#[test]
fn one_comparison_alone_must_be_clear() {
    for (row, suspected) in [
        ("Tổng số | triệu đồng | 180 | 90000 |", true),
        ("Tổng số | triệu đồng | 180 | 89999 |", false),
        ("Tổng số | triệu đồng | 180 | 360000 |", true),
        ("Tổng số | triệu đồng | 180 | 360001 |", false),
        ("Tổng số | triệu đồng | | 180000 | 180", true),
        // Zero and unknown figures do not count as other figures.
        ("Tổng số | triệu đồng | 180 | 180000 | 0", true),
        ("Tổng số | triệu đồng | 180 | 180000 | -", true),
        ("Tổng số | triệu đồng | 180 | 180000 | …", true),
        // A figure that does not agree counts as another one.
        ("Tổng số | triệu đồng | 180 | 180000 | 9000", false),
        // A single other figure is not enough for a plan, for last year, or for a figure that is too small.
        ("Tổng số | triệu đồng | 180000 | 180 |", false),
        ("Tổng số | triệu đồng | 180000 | | 180", false),
        ("Tổng số | triệu đồng | | 180 | 180000", false),
        // Only money and units with a scale word are suspected.
        ("Tiền mặt | đồng | 180 | 180000 |", true),
        ("Giá trị một héc ta | đồng/ha | 180 | 180000 |", true),
        ("Đàn gà | nghìn con | 180 | 180000 |", true),
        ("Số cây | cây | 180 | 180000 |", false),
    ] {
        assert_eq!(cells(row), Vec::from_iter(suspected.then_some("D2")), "{row}");
    }
}

/// Rows `label | unit | plan | other plan | actual | last year`.
#[test]
fn two_plans_are_one_comparison() {
    for (row, expected) in [
        ("Số cây | cây | 2000 | 2100 | 2000000 |", &[][..]),
        ("Số cây | cây | 2000 | 2100 | 2000000 | 1900", &["E2", "D2", "C2", "F2"]),
        // A plan is not compared with another plan either: only the actual figure counts here.
        ("Số cây | cây | 2000 | 2000000 | 2000 |", &[]),
        ("Số cây | cây | 2000 | 2000000 | 2000 | 1900", &["D2", "E2", "F2"]),
        // Both plans are clear, one is, neither is.
        ("Tổng số | triệu đồng | 180 | 190 | 180000 |", &["E2", "D2", "C2"]),
        ("Tổng số | triệu đồng | 180 | 500 | 180000 |", &[]),
        ("Tổng số | triệu đồng | 180 | 20000 | 180000 |", &[]),
        ("Tổng số | triệu đồng | 500 | 500 | 180000 |", &[]),
    ] {
        let sectors = related(ParentRelation::Part, &["province", "council"], HERD);
        let found = scale_diagnostics(&ScaleCheck::default(), &sectors, TWO_PLANS, row);
        assert_eq!(found.iter().flat_map(all_cells).collect::<Vec<_>>(), expected, "{row}");
    }
}

/// A count that has just begun is far below its plan and last year's figure.
#[test]
fn small_whole_numbers_are_never_too_small() {
    for (row, suspected) in [
        ("Số cây | cây | 9000 | 9 | 9000", false),
        ("Số cây | cây | 10000 | 10 | 10000", true),
        ("Nợ đọng | nghìn đồng | 9500 | 9.5 | 9500", true),
        ("Số cây | cây | -9000 | -9 | -9000", false),
        ("Số cây | cây | -10000 | -10 | -10000", true),
        ("Nợ đọng | nghìn đồng | 0.009 | 9 | 0.009", true),
    ] {
        assert_eq!(cells(row), Vec::from_iter(suspected.then_some("D2")), "{row}");
    }
}

#[test]
fn each_setting_moves_its_own_threshold() {
    let (two, alone) = ("Số cây | cây | 100 | 30000 | 100", "Tiền mặt | đồng | 100 | 30000 |");
    let sum = "Tổng số | triệu đồng | | 30000 |\nPhần một | triệu đồng | | 60 |\nPhần hai | triệu đồng | | 40 |";
    let exact = ScaleCheck { tolerance: 1.0, tolerance_alone: 1.0, tolerance_sum: 1.0 };
    for (check, expected) in [
        (exact, [false, false, false]),
        (ScaleCheck { tolerance: 10.0, ..exact }, [true, false, false]),
        (ScaleCheck { tolerance: 10.0, tolerance_alone: 10.0, ..exact }, [true, true, false]),
        (ScaleCheck { tolerance_sum: 10.0, ..exact }, [false, false, true]),
    ] {
        let seen = [two, alone, sum].map(|rows| cells_by(&check, rows) == ["D2"]);
        assert_eq!(seen, expected, "{check:?}");
    }
    // Two figures that disagree do not count as a single one, however wide the tolerance for a single one is.
    let check = ScaleCheck { tolerance: 2.0, tolerance_alone: 5.0, ..exact };
    assert_eq!(cells_by(&check, "Tiền mặt | đồng | 100 | 100000 |"), ["D2"]);
    assert_eq!(cells_by(&check, "Tiền mặt | đồng | 100 | 100000 | 25"), Vec::<String>::new());
}

#[test]
fn a_total_shows_which_part_is_off() {
    let part = "Tổng số | triệu đồng | | 500 | \nPhần một | triệu đồng | | 300 | \nPhần hai | triệu đồng | | 200000 |";
    let problems = suspected(part);
    assert!(
        problems.len() == 1 && problems[0].contains("D4") && problems[0].contains("tổng trừ các phần còn lại 200"),
        "{problems:?}"
    );
    let total = "Tổng số | triệu đồng | | 500000 | \nPhần một | triệu đồng | | 300 | \nPhần hai | triệu đồng | | 200 |";
    let problems = suspected(total);
    assert!(
        problems.len() == 1 && problems[0].contains("D2") && problems[0].contains("tổng các phần 500"),
        "{problems:?}"
    );
}

/// For a total and its parts, the factor may be up to 1.05 times more or less than a thousand or a million.
#[test]
fn sums_are_held_to_their_tolerance() {
    for (total, one, two, expected) in [
        ("95238", "60", "40", None),
        ("95239", "60", "40", Some("D2")),
        ("105000", "60", "40", Some("D2")),
        ("105001", "60", "40", None),
        ("105000000", "60", "40", Some("D2")),
        ("105000001", "60", "40", None),
        ("100", "50000", "55000", Some("D2")),
        ("100", "50000", "55001", None),
        ("1000", "400", "630000", Some("D4")),
        ("1000", "400", "630001", None),
        ("1000", "400", "571429", Some("D4")),
        ("1000", "400", "571428", None),
        ("1000", "630000", "400", Some("D3")),
        ("630400", "400", "630", Some("D4")),
        // Nothing is left for the second part; a small count is never too small.
        ("400", "400", "630000", None),
        ("9400", "400", "9", None),
    ] {
        let rows = format!(
            "Tổng số | triệu đồng || {total} |\nPhần một | triệu đồng || {one} |\nPhần hai | triệu đồng || {two} |"
        );
        assert_eq!(cells(&rows), Vec::from_iter(expected), "{total} = {one} + {two}");
    }
}

#[test]
fn only_parts_that_are_all_known_are_added_up() {
    let parts = related(ParentRelation::Part, &["province"], LEDGER);
    let of_which = related(ParentRelation::OfWhich, &["province"], LEDGER);
    let plain = "Tổng số | triệu đồng | | 500 |\nPhần một | triệu đồng | | 300 |\nPhần hai | triệu đồng | | 200000 |\n";
    for (sectors, third, suspected) in [
        (&parts, "Phần ba | triệu đồng | | 0 |", true),
        (&parts, "Phần ba | triệu đồng | | - |", true),
        (&parts, "Phần ba | triệu đồng | | 1 |", true),
        (&parts, "Phần ba | triệu đồng | | … |", false),
        (&parts, "Phần ba | triệu đồng | 1 | | 1", false),
        (&parts, "", false),
        (&of_which, "Phần ba | triệu đồng | | 0 |", false),
    ] {
        let found = scale_diagnostics(&ScaleCheck::default(), sectors, ONE_PLAN, &format!("{plain}{third}"));
        assert_eq!(first_cells(&found), Vec::from_iter(suspected.then_some("D4")), "{third}");
    }
    let (mut dataset, _) = recognise_one(&parts, &format!("{ONE_PLAN}\n{plain}"));
    let (sector, indicator, measure) = (SectorId::new("s"), IndicatorId::new("three"), Measure::Actual);
    let name = FigureName { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
    let missing = Arc::new(Figure::missing(name, unit::parse("triệu đồng")));
    dataset.observations.insert(ObservationKey { sector, indicator, measure }, missing);
    let mut found = Diagnostics::new();
    check_plausibility(&dataset, &parts, &config(), &mut found);
    assert_eq!(found, Diagnostics::new(), "a part without data");
    // A single part that is not zero is not a sum, and each measure is added up separately.
    for (rows, expected) in [
        ("500 | |\nPhần một | triệu đồng | 500000 | |\nPhần hai | triệu đồng | 0 | |", &[][..]),
        ("500 | |\nPhần một | triệu đồng | 300 | |\nPhần hai | triệu đồng | 200000 | |", &["C4"]),
        ("500000 | 500 | 2\nPhần một | triệu đồng | 300 | 300 | 1\nPhần hai | triệu đồng | 200 | 200 | 1", &["C2"]),
    ] {
        assert_eq!(cells(&format!("Tổng số | triệu đồng | {rows}")), expected, "{rows}");
    }
}

/// A figure can be off in its row and in several sums, but is reported once.
#[test]
fn each_figure_is_reported_once() {
    let sectors = related(ParentRelation::Part, &["province"], LEDGER);
    let in_row = "Tổng số | triệu đồng | 500 | 500000 | 500
        Phần một | triệu đồng | | 300 |
        Phần hai | triệu đồng | | 100 |
        Phần ba | triệu đồng | | 100 |";
    let in_sums = "Tổng số | triệu đồng | | 500 |
        Phần một | triệu đồng | | 300000 |
        Mục một | triệu đồng | | 100 |
        Mục hai | triệu đồng | | 200 |
        Phần hai | triệu đồng | | 100 |
        Phần ba | triệu đồng | | 100 |";
    for (rows, expected) in [(in_row, &["D2", "C2", "E2"][..]), (in_sums, &["D3", "D2"])] {
        let found = scale_diagnostics(&ScaleCheck::default(), &sectors, ONE_PLAN, rows);
        assert_eq!(found.iter().flat_map(all_cells).collect::<Vec<_>>(), expected, "{rows}");
    }
}

/// A figure that is too large was entered in a smaller unit, one that is too small in a larger unit.
#[test]
fn the_hint_names_the_unit_in_which_the_figure_was_entered() {
    for (label, unit, up_thousand, up_million, down_thousand, down_million) in [
        ("Tiền mặt", "đồng", None, None, Some("nghìn đồng"), Some("triệu đồng")),
        ("Nợ đọng", "nghìn đồng", Some("đồng"), None, Some("triệu đồng"), Some("tỷ đồng")),
        ("Tổng số", "triệu đồng", Some("nghìn đồng"), Some("đồng"), Some("tỷ đồng"), None),
        ("Dư nợ", "tỷ đồng", Some("triệu đồng"), Some("nghìn đồng"), None, None),
        ("Giá trị một héc ta", "đồng/ha", None, None, Some("nghìn đồng/ha"), Some("triệu đồng/ha")),
        ("Đàn gà", "nghìn con", Some("con"), None, Some("triệu con"), Some("tỷ con")),
        ("Số cây", "cây", None, None, Some("nghìn cây"), Some("triệu cây")),
    ] {
        for (others, amount, entered) in [
            ("20", "20000", up_thousand),
            ("20", "20000000", up_million),
            ("20000", "20", down_thousand),
            ("20000000", "20", down_million),
        ] {
            let row = format!("{label} | {unit} | {others} | {amount} | {others}");
            let found = herd_diagnostics(&row);
            let [problem] = &found[..] else { panic!("{row}: {found:?}") };
            let (vietnamese, english) = match entered {
                Some(entered) => (
                    format!("nếu ô này nhập theo {entered} thì đổi sang {unit}, hoặc ghi đơn vị tính là {entered};"),
                    format!("entered in \"{entered}\", convert it to \"{unit}\" or write \"{entered}\" as its unit;"),
                ),
                None => {
                    ("kiểm tra số và đơn vị tính của ô này;".to_owned(), "check the number and the unit".to_owned())
                }
            };
            let hint = problem.hint.as_ref().unwrap();
            assert!(hint.vietnamese().starts_with(&vietnamese), "{row}: {hint:?}");
            assert!(hint.in_language(Language::English).contains(&english), "{row}: {hint:?}");
        }
    }
}

#[test]
fn the_message_says_what_was_compared_and_where_in_both_languages() {
    let sum = |total, one, two| {
        format!("Tổng số | triệu đồng || {total} |\nPhần một | triệu đồng || {one} |\nPhần hai | triệu đồng || {two} |")
    };
    for (rows, cells, vietnamese, english) in [
        (
            "Số cây | cây | 2000 | 1500000 | 1800".to_owned(),
            &["D2", "C2", "E2"][..],
            "\"Số cây\" (thực hiện): 1.500.000 cây, gấp khoảng 1.000 lần tỉnh 2.000 cây (C2), cùng kỳ năm \
             trước 1.800 cây (E2); có thể nhập sai đơn vị tính",
            "\"Số cây\" (actual): 1500000 cây, about 1000 times plan province 2000 cây (C2), same period last year 1800 \
             cây (E2); possibly entered in the wrong unit",
        ),
        (
            sum("500", "300000", "200000"),
            &["D2", "D3", "D4"],
            "\"Tổng số\" (thực hiện): 500 triệu đồng, chỉ bằng khoảng một phần 1.000 của tổng các phần 500.000 triệu \
             đồng (D3, D4); có thể nhập sai đơn vị tính",
            "\"Tổng số\" (actual): 500 triệu đồng, only about 1/1000 of the sum of the parts 500000 triệu đồng (D3, D4); \
             possibly entered in the wrong unit",
        ),
        (
            sum("500", "300", "200000"),
            &["D4", "D2"],
            "\"Phần hai\" (thực hiện): 200.000 triệu đồng, gấp khoảng 1.000 lần tổng trừ các phần còn lại 200 triệu đồng \
             (D2); có thể nhập sai đơn vị tính",
            "\"Phần hai\" (actual): 200000 triệu đồng, about 1000 times the total minus the other parts 200 triệu đồng \
             (D2); possibly entered in the wrong unit",
        ),
    ] {
        let found = herd_diagnostics(&rows);
        let [problem] = &found[..] else { panic!("{rows}: {found:?}") };
        assert_eq!(all_cells(problem), cells);
        assert_eq!(problem.message.vietnamese(), vietnamese);
        assert_eq!(problem.message.in_language(Language::English), english);
    }
}

#[test]
fn plausible_figures_are_not_suspected() {
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
        "Tổng số | triệu đồng | 180 | 168 | 150\nSố cây | cây | 180000 | 168000 | 150000",
        "",
    ] {
        assert_eq!(suspected(rows), Vec::<String>::new(), "{rows}");
    }
}

/// Two sectors can use the same indicator id for figures of different size.
#[test]
fn figures_of_other_sectors_are_not_compared() {
    let sectors =
        [sector("s", &["province"], "trees | Số cây | cây"), sector("t", &["province"], "trees | Số gốc | gốc")];
    let rows = "Số cây | cây | 2000 | 1900 | 1800\nSố gốc | gốc | 2000000 | 1900000 | 1800000";
    assert_eq!(scale_diagnostics(&ScaleCheck::default(), &sectors, ONE_PLAN, rows), Diagnostics::new());
}
