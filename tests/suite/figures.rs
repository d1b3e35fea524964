//! The figures of the report: every required figure is printed, and every printed figure has its source cell.

use crate::project::{self, book, clean, markdown, repository, table};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The number of figures that the report must print; a fraction counts twice.
const FIGURES: usize = 559;

/// The number of footnotes of the report.
const NOTES: usize = 56;

/// The lists of the traces that, besides the figures, account for digits in the report.
const ACCOUNTS: [&str; 4] = ["texts", "settings", "fixed", "untraced"];

#[test]
fn each_section_prints_its_figures() {
    let sections = markdown::sections(&clean().markdown());
    let mut missing = Vec::new();
    for ((section, text), times) in expected() {
        let body = sections.get(&section).map_or("", String::as_str);
        let found = occurrences(body, &text);
        if found < times {
            missing.push(format!("{section}: {text:?} {found} times instead of {times}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_table_holds_every_figure() {
    let fractions = |text: &str| usize::from(text.split(' ').next().is_some_and(|number| number.contains('/')));
    let figures: usize = expected().iter().map(|((_, text), times)| times * (1 + fractions(text))).sum();
    assert_eq!(figures, FIGURES);
}

#[test]
fn a_figure_is_identified_by_its_id_and_the_sector_that_states_it() {
    let account: Value = serde_json::from_str(&clean().text("figures.json")).unwrap();
    let figures = account["figures"].as_array().unwrap();
    let keys: BTreeSet<_> =
        figures.iter().map(|f| (f["id"].as_str().unwrap(), f["stated_by"].as_str().unwrap())).collect();
    assert_eq!(keys.len(), figures.len());
    let borrowed: BTreeSet<_> =
        keys.iter().filter(|(id, stated_by)| !id.starts_with(&format!("{stated_by}."))).map(|(id, _)| *id).collect();
    // A borrowed figure is listed by its own sector too.
    assert!(borrowed.contains("trade.retail.actual"));
    for id in borrowed {
        assert!(keys.contains(&(id, id.split('.').next().unwrap())), "{id}");
    }
}

#[test]
fn each_note_is_at_its_claim() {
    let report = clean().markdown();
    let marks = markdown::marks(&report);
    let expected = table::rows("figures/notes.csv");
    assert_eq!((marks.len(), expected.len()), (NOTES, NOTES));
    for (mark, [number, section, claim]) in marks.iter().zip(&expected) {
        assert_eq!((&mark.number, &mark.section), (number, section));
        assert!(mark.before.ends_with(claim), "note {number} is not at {claim:?} but at {:?}", mark.before);
    }
    let bodies: Vec<&str> = report.lines().filter_map(markdown::note).map(|(number, _)| number).collect();
    assert!(bodies.iter().eq(expected.iter().map(|[number, ..]| number)), "{bodies:?}");
}

#[test]
fn a_number_is_found_whole_only() {
    for (body, text, times) in [
        ("đạt 74% kế hoạch", "74%", 1),
        ("đạt 74% kế hoạch", "4%", 0),
        ("đạt 65,6% và 6%", "6%", 1),
        ("16.175/84.595 trđ", "84.595 trđ", 0),
        ("7.592 trđ/19.605 trđ", "19.605 trđ", 1),
        ("03 vụ; 03 vụn", "03 vụ", 1),
        ("nộp 1.984,6trđ", "1.984,6", 1),
        ("nộp 1.984,65trđ", "1.984,6", 0),
    ] {
        assert_eq!(occurrences(body, text), times, "{text:?} in {body:?}");
    }
}

#[test]
fn each_figure_rests_on_cells_and_a_rule() {
    let figures = clean().figures();
    assert!(!figures.is_empty());
    for figure in &figures {
        let id = &figure["id"];
        assert!(!figure["sources"].as_array().unwrap().is_empty(), "{id} has no cell");
        let rule = &figure["rule"];
        let script = fs::read_to_string(repository().join(rule["file"].as_str().unwrap())).unwrap();
        let line = rule["line"].as_u64().unwrap() as usize;
        assert!((1..=script.lines().count()).contains(&line), "{id}: {rule}");
    }
}

#[test]
fn each_cell_holds_what_the_trace_says() {
    let traces = clean().traces();
    let of_figures = traces["figures"].as_array().unwrap().iter().flat_map(|f| f["sources"].as_array().unwrap());
    let of_texts = traces["texts"].as_array().unwrap().iter().map(|t| &t["source"]);
    let mut books: BTreeMap<String, book::Cells> = BTreeMap::new();
    for source in of_figures.chain(of_texts) {
        let word = |key: &str| source[key].as_str().unwrap();
        let file = word("file");
        let read = || book::cells(&fs::read(repository().join(file)).unwrap());
        let cells = books.entry(file.to_owned()).or_insert_with(read);
        let held = &cells[word("sheet")][&book::address(word("cell"))];
        assert_eq!(held.to_string(), word("raw"), "{source}");
        assert!(file.starts_with(&format!("workbooks/{}/", word("department"))), "{source}");
    }
    let workbooks = project::files_below(&repository().join("workbooks"));
    let names =
        workbooks.iter().map(|path| path.strip_prefix(repository()).unwrap().to_str().unwrap().replace('\\', "/"));
    let report = clean().markdown();
    let unused =
        names.filter(|name| !books.contains_key(name) && !is_report_sentence(name, &report)).collect::<Vec<_>>();
    assert_eq!(unused, Vec::<String>::new(), "workbooks that nothing in the report rests on");
}

/// Returns whether a sentence of the workbook is a sentence of the report: text without a number has no trace.
fn is_report_sentence(workbook: &str, report: &str) -> bool {
    let sheets = book::cells(&fs::read(repository().join(workbook)).unwrap());
    let texts = sheets.values().flat_map(|sheet| sheet.values()).map(ToString::to_string);
    texts.filter(|text| text.ends_with('.')).any(|text| report.contains(text.trim_end_matches('.')))
}

#[test]
fn each_run_of_digits_is_accounted_for() {
    let traces = clean().traces();
    let mut accounted: Vec<String> = Vec::new();
    for figure in traces["figures"].as_array().unwrap() {
        accounted.extend(digit_runs(figure["text"].as_str().unwrap()));
    }
    for trace in ACCOUNTS.iter().flat_map(|kind| traces[kind].as_array().unwrap()) {
        accounted.extend(trace["runs"].as_array().unwrap().iter().map(|run| run.as_str().unwrap().to_owned()));
    }
    let mut printed = digit_runs(&markdown::words(&clean().markdown()));
    accounted.sort();
    printed.sort();
    assert_eq!(printed, accounted);
    assert_eq!(traces["untraced"], Value::Array(Vec::new()));
}

#[test]
fn each_trace_is_in_its_section() {
    // A fraction is two figures.
    let sections = markdown::sections(&clean().markdown().replace('/', " / "));
    let mut traced: BTreeMap<(String, String), usize> = BTreeMap::new();
    for figure in clean().figures() {
        let key = |key: &str| figure[key].as_str().unwrap().replace('/', " / ");
        *traced.entry((key("section"), key("text"))).or_default() += 1;
    }
    for ((section, text), times) in traced {
        assert!(occurrences(&sections[&section], &text) >= times, "{section}: {text:?} fewer than {times} times");
    }
}

#[test]
fn ids_and_bookmarks_name_one_figure() {
    let figures = clean().figures();
    for key in ["id", "bookmark"] {
        let names: BTreeSet<&str> = figures.iter().map(|figure| figure[key].as_str().unwrap()).collect();
        assert_eq!(names.len(), figures.len(), "{key} twice");
    }
    for figure in &figures {
        let bookmark = figure["bookmark"].as_str().unwrap();
        let rest = bookmark.strip_prefix("f_").unwrap_or_default();
        let signs = rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        assert!((1..=38).contains(&rest.len()) && signs, "a word processor refuses the bookmark {bookmark:?}");
    }
}

#[test]
fn each_figure_has_one_row_in_the_sheet_of_sources() {
    let cells = book::cells(&clean().files["tong-hop.xlsx"]);
    let codes = cells["Nguồn số liệu"].iter().filter(|((row, column), _)| *row > 2 && *column == 0);
    let mut seen = BTreeSet::new();
    let twice: Vec<String> =
        codes.map(|(_, code)| code.to_string()).filter(|code| !seen.insert(code.clone())).collect();
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn borrowed_amounts_have_shares() {
    let cells = book::cells(&clean().files["tong-hop.xlsx"]);
    let sheet = &cells["Thu, chi ngân sách nhà nước"];
    let text = |at| sheet.get(&at).map(ToString::to_string).unwrap_or_default();
    let column = |title: &str| sheet.keys().find(|at| text(**at) == title).unwrap().1;
    let row = |label: &str| sheet.keys().find(|at| text(**at) == label).unwrap().0;
    let number = |label: &str, title: &str| text((row(label), column(title))).parse::<f64>().unwrap();
    let share = number("Chi đầu tư", "Thực hiện") / number("Tổng chi ngân sách địa phương", "Thực hiện");
    assert!((number("Chi đầu tư", "Tỷ trọng") - share).abs() < 1e-12, "{}", number("Chi đầu tư", "Tỷ trọng"));
}

/// Reads the required figures, each with the minimum number of times its section prints it.
fn expected() -> BTreeMap<(String, String), usize> {
    let mut expected = BTreeMap::new();
    for [section, text] in table::rows("figures/expected.csv") {
        *expected.entry((section, text)).or_default() += 1;
    }
    expected
}

/// Counts whole occurrences of `text`: not preceded or followed by a digit, thousands separator or letter.
fn occurrences(body: &str, text: &str) -> usize {
    let whole = |at: usize| {
        let mut before = body[..at].chars().rev();
        let starts = match before.next() {
            Some('.' | ',' | '/') => !before.next().is_some_and(|c| c.is_ascii_digit()),
            before => !before.is_some_and(char::is_alphanumeric),
        };
        let mut after = body[at + text.len()..].chars();
        let ends = match after.next() {
            Some('.' | ',' | '/') => {
                !(text.ends_with(|c: char| c.is_ascii_digit()) && after.next().is_some_and(|c| c.is_ascii_digit()))
            }
            Some(after) if after.is_ascii_digit() => !text.ends_with(char::is_alphanumeric),
            Some(after) => !(after.is_alphabetic() && text.ends_with(char::is_alphabetic)),
            None => true,
        };
        starts && ends
    };
    body.match_indices(text).filter(|(at, _)| whole(*at)).count()
}

fn digit_runs(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}
