//! Changes one cell of one department: exactly the figures that depend on it change, in the report and the workbook.

use crate::project::{Outcome, Project, book, clean};
use calamine::Data;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A cell to change in the text of its workbook, and the expected consequences.
struct Change {
    workbook: &'static str,
    row: (&'static str, &'static str),
    cell: (&'static str, &'static str),
    raw: (&'static str, &'static str),
    /// The changed figures of the report, by the ids of their traces.
    report: &'static [&'static str],
    /// The changed figures of the consolidated workbook, by the codes in its sheet of sources.
    ledger: &'static [&'static str],
    /// The labels of their rows; a sector that borrows an indicator gives it another label.
    labels: &'static [&'static str],
    /// The text of the report before and after.
    words: (&'static str, &'static str),
    /// The messages of relations that no longer hold, in the order of their titles.
    found: &'static [&'static str],
}

/// The sheet of problems, whose rows may differ.
const PROBLEMS: &str = "Vấn đề số liệu";

/// The sheet of sources, which lists figures by their codes.
const SOURCES: &str = "Nguồn số liệu";

const SERVICES: Change = Change {
    workbook: "BC thương mại 9 tháng",
    row: (
        "11 | 2 | Dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng | \" | - | - | 176 |",
        "11 | 2 | Dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng | \" | - | - | 190 |",
    ),
    cell: ("Thuong mai", "F11"),
    raw: ("176", "190"),
    // The department's own total is a cell too: only its stored value is read, not its formula.
    report: &["trade.services.actual@II.I.1.a#1"],
    ledger: &["trade.services.actual", "trade.services.share"],
    labels: &["Dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng"],
    words: ("ước đạt 176 tỷ đồng", "ước đạt 190 tỷ đồng"),
    found: &["3.314 tỷ đồng so với 3.328 tỷ đồng"],
};

const CITY_CAPITAL: Change = Change {
    workbook: "Giải ngân vốn ĐTC 9 tháng",
    row: (
        "12 | II | Nguồn vốn thành phố quản lý | 84595 | | | 16175 |",
        "12 | II | Nguồn vốn thành phố quản lý | 84595 | | | 20000 |",
    ),
    cell: ("Giai ngan", "F12"),
    raw: ("16175", "20000"),
    report: &[
        "capital.city.actual@II.I.1.d#1",
        "capital.city.actual@II.I.1.f#1",
        "capital.city.attainment.annual@II.I.1.f#1",
    ],
    ledger: &["budget.investment.share", "capital.city.actual", "capital.city.attainment.annual", "capital.city.share"],
    labels: &["Nguồn vốn thành phố quản lý", "Chi đầu tư"],
    words: ("16.175/84.595 trđ, bằng 19,1%", "20.000/84.595 trđ, bằng 23,6%"),
    found: &["253.209 triệu đồng so với 255.649 triệu đồng", "28.518 triệu đồng so với 32.342 triệu đồng"],
};

const VISITORS_LAST_YEAR: Change = Change {
    workbook: "Biểu số liệu du lịch 9 tháng năm 2024",
    row: (
        "10 | 1 | Lượt khách du lịch | lượt khách | 230000 | 165000 |",
        "10 | 1 | Lượt khách du lịch | lượt khách | 230000 | 150000 |",
    ),
    cell: ("Bieu 01", "E10"),
    raw: ("165000", "150000"),
    report: &["tourism.visitors.yoy@II.I.1.a#1", "tourism.visitors.yoy@II.II.1#1", "tourism.visitors.yoy@II.III.1#1"],
    ledger: &["tourism.visitors.last_year", "tourism.visitors.yoy"],
    labels: &["Lượt khách du lịch", "Lượng khách du lịch đến địa bàn thành phố"],
    words: ("172.000 lượt khách, tăng 4%", "172.000 lượt khách, tăng 15%"),
    found: &[],
};

const CRIMES_LAST_YEAR: Change = Change {
    workbook: "BC ANTT 9T2024",
    row: (
        "10 | I | Tội phạm về trật tự xã hội | vụ | 20 | 19 | |",
        "10 | I | Tội phạm về trật tự xã hội | vụ | 15 | 19 | |",
    ),
    cell: ("Toi pham", "D10"),
    raw: ("20", "15"),
    report: &["police.social.change@II.I.4#1"],
    ledger: &["police.social.last_year", "police.social.yoy"],
    labels: &["Tội phạm về trật tự xã hội"],
    words: ("xảy ra 19 vụ (giảm 01 vụ so với", "xảy ra 19 vụ (tăng 04 vụ so với"),
    found: &[],
};

const PRESCHOOLS: Change = Change {
    workbook: "Bieu GDDT 9T-2024",
    row: (
        "9 | 1 | Số trường | trường | =SUM(E9:G9) -> 28 | 12 | 8 | 8 | |",
        "9 | 1 | Số trường | trường | =SUM(E9:G9) -> 28 | 13 | 8 | 8 | |",
    ),
    cell: ("Quy mo truong lop", "E9"),
    raw: ("12", "13"),
    report: &[
        "education.schools_preschool.actual@II.I.2.a#1",
        "education.schools_preschool.actual@II.I.2.a#2",
        "education.standard_preschool.ratio@II.I.2.a#1",
    ],
    ledger: &[
        "education.schools_preschool.actual",
        "education.schools_preschool.share",
        "education.standard_preschool.ratio",
    ],
    labels: &["Mầm non", "Cấp mầm non"],
    words: ("cấp mầm non 10/12 trường, đạt tỷ lệ 83,3%", "cấp mầm non 10/13 trường, đạt tỷ lệ 76,9%"),
    found: &["28 trường so với 29 trường"],
};

const FLU: Change = Change {
    workbook: "Biểu số liệu y tế 9 tháng 2024",
    row: ("6 | 1 | Cúm | 953 | 1050 | |", "6 | 1 | Cúm | 953 | 900 | |"),
    cell: ("Benh truyen nhiem", "D6"),
    raw: ("1050", "900"),
    report: &["health.flu.actual@II.I.2.b#1", "health.flu.change@II.I.2.b#1"],
    ledger: &["health.flu.actual", "health.flu.yoy"],
    labels: &["Cúm"],
    words: ("cúm 1.050 ca, tăng 97 ca so với cùng kỳ", "cúm 900 ca, giảm 53 ca so với cùng kỳ"),
    found: &[],
};

#[test]
fn a_part_changes_itself_and_its_share() {
    check(&SERVICES);
}

#[test]
fn an_amount_changes_where_another_sector_prints_it() {
    check(&CITY_CAPITAL);
}

#[test]
fn last_year_changes_the_comparison_only() {
    check(&VISITORS_LAST_YEAR);
}

#[test]
fn a_count_of_last_year_changes_the_words_of_the_comparison() {
    check(&CRIMES_LAST_YEAR);
}

#[test]
fn a_level_changes_its_own_figures_and_is_checked_against_the_total() {
    check(&PRESCHOOLS);
}

#[test]
fn a_case_count_changes_itself_and_its_comparison() {
    check(&FLU);
}

#[test]
fn a_name_that_is_gone_leaves_the_count_and_is_found() {
    let project = Project::new();
    project.change_text("BC ANTT 9T2024", "8 | - | phường Quyết Thắng | | |\n", "");
    let after = project.run();
    assert_eq!(figures(&after), figures(clean()), "a name is not a figure");
    let (before, now) = (clean().markdown(), after.markdown());
    assert_eq!(now, before.replace("(phường Quyết Tiến, phường Quyết Thắng)", "(phường Quyết Tiến)"));
    assert_ne!(now, before);
    let found = new_findings(&after);
    assert!(matches!(&found[..], [one] if one.contains("2 mô hình so với 1 mô hình")), "{found:#?}");
}

fn check(change: &Change) {
    let project = Project::new();
    project.change_text(change.workbook, change.row.0, change.row.1);
    let after = project.run();
    assert_eq!(after.exit, 0, "{}", after.stderr);
    assert_eq!(differing(&figures(clean()), &figures(&after)), set(change.report));
    check_sources(change, &after);
    check_texts(change, &after);
    let (before, after) = (book::cells(&clean().files["tong-hop.xlsx"]), book::cells(&after.files["tong-hop.xlsx"]));
    assert_eq!(differing(&source_values(&before), &source_values(&after)), set(change.ledger));
    check_sheets(change, &before, &after);
    check_problems(change, &before[PROBLEMS], &after[PROBLEMS]);
}

/// Asserts that only this source cell differs, and that it is a source of every changed figure.
fn check_sources(change: &Change, after: &Outcome) {
    let (before, after) = (sources(clean()), sources(after));
    let place = (change.workbook.to_owned(), change.cell.0.to_owned(), change.cell.1.to_owned());
    assert_eq!((before[&place].as_str(), after[&place].as_str()), change.raw);
    assert_eq!(differing(&before, &after), BTreeSet::from([place]));
}

/// Asserts that the report has the new text instead of the old one, and that broken relations are reported.
fn check_texts(change: &Change, after: &Outcome) {
    let (before, now) = (clean().markdown(), after.markdown());
    assert!(before.contains(change.words.0) && !before.contains(change.words.1), "{:?}", change.words);
    assert!(now.contains(change.words.1) && !now.contains(change.words.0), "{:?}", change.words);
    let found: Vec<String> = new_findings(after);
    let all_match = found.iter().zip(change.found).all(|(message, words)| message.contains(words));
    assert!(all_match && found.len() == change.found.len(), "{found:#?}");
}

/// Returns the messages of relations that no longer hold.
fn new_findings(after: &Outcome) -> Vec<String> {
    findings(after).difference(&findings(clean())).cloned().collect()
}

fn findings(outcome: &Outcome) -> BTreeSet<String> {
    let problems = ["check-rounding", "check-contradiction"].iter().flat_map(|code| outcome.problems(code));
    problems.map(|problem| problem["message"].as_str().unwrap().to_owned()).collect()
}

/// Asserts that in every sheet of figures only cells in rows of changed figures differ.
fn check_sheets(change: &Change, before: &book::Cells, after: &book::Cells) {
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let mut changed = 0;
    for (sheet, cells) in before.iter().filter(|(sheet, _)| *sheet != PROBLEMS) {
        for (row, column) in differing(cells, &after[sheet]) {
            let mut row_cells = cells.range((row, 0)..(row + 1, 0)).map(|(_, data)| data.to_string());
            assert!(
                row_cells.any(|text| change.labels.contains(&text.as_str())),
                "{sheet}: row {}, column {column}",
                row + 1
            );
            changed += 1;
        }
    }
    assert!(changed > change.ledger.len(), "the sheets of the sectors show what changed too");
}

/// Asserts that every new or resolved problem names the changed cell.
fn check_problems(change: &Change, before: &Sheet, after: &Sheet) {
    let (before, after) = (rows(before), rows(after));
    let place = format!("{}.xlsx [{}] {}", change.workbook, change.cell.0, change.cell.1);
    for row in before.symmetric_difference(&after) {
        assert!(row.contains(&place), "{row}");
    }
}

type Sheet = BTreeMap<(u32, u32), Data>;

/// Returns the rows of a sheet as texts, without the leading row number.
fn rows(sheet: &Sheet) -> BTreeSet<String> {
    let mut rows: BTreeMap<u32, String> = BTreeMap::new();
    for ((row, _), data) in sheet.iter().filter(|((_, column), _)| *column > 0) {
        rows.entry(*row).or_default().push_str(&format!("{data}\t"));
    }
    rows.into_values().collect()
}

/// Returns the value of each figure in the sheet of sources, by its code.
fn source_values(cells: &book::Cells) -> BTreeMap<String, String> {
    let sheet = &cells[SOURCES];
    let value = |row: u32| sheet.get(&(row, 4)).map(ToString::to_string).unwrap_or_default();
    let codes = sheet.iter().filter(|((_, column), data)| *column == 0 && data.to_string().contains('.'));
    codes.map(|((row, _), code)| (code.to_string(), value(*row))).collect()
}

/// Returns the printed text and the value of each figure of the report, by its id.
fn figures(outcome: &Outcome) -> BTreeMap<String, (Value, Value)> {
    let figures = outcome.figures().into_iter();
    figures.map(|f| (f["id"].as_str().unwrap().to_owned(), (f["text"].clone(), f["value"].clone()))).collect()
}

/// Returns the content of each source cell of the report, by workbook, sheet and address.
fn sources(outcome: &Outcome) -> BTreeMap<(String, String, String), String> {
    let mut sources = BTreeMap::new();
    for figure in outcome.figures() {
        for source in figure["sources"].as_array().unwrap() {
            let word = |key: &str| source[key].as_str().unwrap().to_owned();
            let file = word("file");
            let stem = file.rsplit('/').next().unwrap().trim_end_matches(".xlsx").to_owned();
            sources.insert((stem, word("sheet"), word("cell")), word("raw"));
        }
    }
    sources
}

/// Returns the keys whose values differ or that only one side has.
fn differing<K: Ord + Clone, V: PartialEq>(before: &BTreeMap<K, V>, after: &BTreeMap<K, V>) -> BTreeSet<K> {
    let keys = before.keys().chain(after.keys());
    keys.filter(|key| before.get(key) != after.get(key)).cloned().collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
