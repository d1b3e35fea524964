//! Tests the benchmarks: the workload is reproducible, has the promised shape and the claimed sums; results are checked
//! against the truth; the separately measured stages write the same files as a whole run.
//!
//! Input: the parts of `benches/` in a small size; their own unit tests run here too. Not here: times.

#[path = "../../benches/compare/check.rs"]
#[allow(dead_code, reason = "a comparison uses all of it")]
mod check;
#[path = "../../benches/compare/report.rs"]
#[allow(dead_code, reason = "a comparison uses all of it")]
mod report;
#[path = "../../benches/steps.rs"]
#[allow(dead_code, reason = "a benchmark uses all of it")]
mod steps;
#[path = "../../benches/tokens.rs"]
mod tokens;
#[path = "../../benches/workload/mod.rs"]
mod workload;

use crate::project::files_below;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use steps::Watch;
use tempfile::TempDir;
use tokens::Failure;
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::raw_workbook::RawWorkbook;
use tonghop_core::vi::number::{Convention, parse};
use workload::book::FIRST_ROW;
use workload::{Shape, project as made, shape::SHAPES};

fn trial() -> Shape {
    "XS".parse().unwrap()
}

/// Returns the folder of a small workload, made once.
fn small() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(make).path()
}

fn make() -> TempDir {
    let folder = TempDir::new().unwrap();
    made::write(trial(), folder.path()).unwrap();
    folder
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files_below(folder).into_iter().map(|path| (name(&path), fs::read(path).unwrap())).collect()
}

fn books() -> Vec<RawWorkbook> {
    let files = files_below(&small().join("flat"));
    files.iter().map(|path| tonghop_read::read_workbook(&fs::read(path).unwrap()).unwrap()).collect()
}

#[test]
fn the_same_workload_has_the_same_bytes() {
    let (first, second) = (contents(small()), contents(make().path()));
    assert!(first.keys().eq(second.keys()));
    for (name, bytes) in &first {
        assert!(second[name] == *bytes, "{name} differs");
    }
}

#[test]
fn departments_and_one_folder_hold_the_same_workbooks() {
    let all = contents(small());
    for number in 1..=trial().workbooks {
        let (own, flat) =
            (format!("workbooks/don-vi-{number:05}/bc_{number:05}.xlsx"), format!("flat/bc_{number:05}.xlsx"));
        assert!(all.contains_key(&own) && all[&own] == all[&flat], "{own}");
    }
    assert_eq!(all.keys().filter(|name| name.ends_with(".xlsx")).count(), trial().workbooks * 2);
}

#[test]
fn shapes_are_those_of_the_published_results() {
    let sizes = SHAPES.map(|shape| (shape.name, shape.workbooks, shape.rows));
    let promised = [("XS", 3, 20), ("S", 20, 60), ("M", 1_000, 200), ("L", 10, 100_000), ("XL", 10_000, 60)];
    assert_eq!(sizes, promised);
}

#[test]
fn every_workbook_is_a_form() {
    for book in books() {
        let [table, narrative] = &book.sheets[..] else { panic!("{} sheets", book.sheets.len()) };
        assert_eq!((table.name.as_str(), narrative.name.as_str()), ("Biểu chỉ tiêu", "Thuyết minh"));
        let last = FIRST_ROW + u32::try_from(trial().rows).unwrap() - 1;
        for (place, words) in [(CellRef::new(FIRST_ROW - 2, 0), "TT"), (CellRef::new(last + 3, 7), "CHỦ TỊCH")] {
            assert_eq!(table.cells.get(&place).and_then(RawCell::text), Some(words), "{place}");
        }
        let share = table.cells.get(&CellRef::new(FIRST_ROW, 7)).unwrap();
        assert_eq!(share.formula.as_deref(), Some("IF(E8=0,\"\",G8/E8*100)"));
        assert_eq!(table.merges.len(), 14, "title block and headings of two rows");
        assert_eq!(narrative.cells.len(), 17, "a title, and three paragraphs under each of four headings");
    }
}

#[test]
fn numbers_are_typed_in_every_way() {
    let books = books();
    let cells = books.iter().flat_map(|book| &book.sheets[0].cells);
    let values = cells.filter(|(place, _)| place.row >= FIRST_ROW && (4..7).contains(&place.col));
    let texts: Vec<&str> = values.filter_map(|(_, cell)| cell.text()).collect();
    assert!(texts.iter().any(|text| text.contains(',')), "{texts:?}");
    assert!(texts.iter().all(|text| *text == "-" || text.contains(',')), "{texts:?}");
}

#[test]
fn the_truth_matches_the_workbooks() {
    let mut sectors: BTreeMap<String, [Decimal; 5]> = BTreeMap::new();
    let mut worst = Vec::new();
    for book in books() {
        for row in rows(&book) {
            let sums = sectors.entry(row.sector).or_default();
            let shortfall = row.plan.zip(row.actual).map(|(plan, actual)| actual / plan * Decimal::ONE_HUNDRED);
            let shortfall = shortfall.filter(|percent| *percent < Decimal::from(60));
            let values = [Some(Decimal::ONE), row.plan, row.prior, row.actual, shortfall.and(Some(Decimal::ONE))];
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value.unwrap_or_default());
            worst.extend(shortfall);
        }
    }
    worst.sort();
    let truth: Value = serde_json::from_slice(&fs::read(small().join("truth.json")).unwrap()).unwrap();
    for (sector, sums) in &sectors {
        let keys = ["count", "plan", "prior", "actual", "shortfalls"];
        let stated = keys.map(|key| truth["sectors"][sector][key].to_string().parse::<Decimal>().unwrap());
        assert_eq!(stated, *sums, "{sector}");
    }
    assert_eq!(truth["sectors"].as_object().unwrap().len(), sectors.len());
    assert_eq!(truth["recommendations"], json!(trial().workbooks));
    let stated = truth["worst"].as_array().unwrap();
    assert_eq!(stated.len(), worst.len().min(20));
    assert!(!stated.is_empty(), "no row is behind");
    for (value, percent) in stated.iter().zip(&worst) {
        let percent: f64 = percent.to_string().parse().unwrap();
        assert!((value.as_f64().unwrap() - percent).abs() < 1e-9, "{value} is not {percent}");
    }
}

#[test]
fn the_project_of_the_job_can_be_run() {
    let prepared = tonghop::pipeline::prepare(&tonghop::source::FolderSource::new(small())).unwrap();
    assert!(prepared.diagnostics.is_empty(), "{:?}", prepared.diagnostics);
    assert_eq!(prepared.config.departments.len(), trial().workbooks);
}

#[test]
fn the_stages_give_the_files_of_a_whole_run() {
    let project = make();
    let expected = steps::whole_run(project.path()).unwrap();
    assert!(expected.iter().any(|file| file.name == "bao-cao.md"), "nothing to compare with");
    steps::assert_same(&expected, &steps::stage_by_stage(project.path(), &mut Watch::default()).unwrap());
}

/// A data row as read from a workbook.
struct Row {
    sector: String,
    plan: Option<Decimal>,
    prior: Option<Decimal>,
    actual: Option<Decimal>,
}

fn rows(book: &RawWorkbook) -> Vec<Row> {
    let cells = &book.sheets[0].cells;
    let data = (FIRST_ROW..).take(trial().rows);
    let value = |row, col| cells.get(&CellRef::new(row, col)).and_then(number);
    data.map(|row| Row {
        sector: cells.get(&CellRef::new(row, 1)).unwrap().to_raw_text(),
        plan: value(row, 4),
        prior: value(row, 5),
        actual: value(row, 6),
    })
    .collect()
}

fn number(cell: &RawCell) -> Option<Decimal> {
    match &cell.value {
        RawValue::Number(number) => Some(*number),
        RawValue::Text(text) => parse(text, Convention::Vietnamese).map(|reading| reading.value),
        _ => None,
    }
}
