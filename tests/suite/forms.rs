//! The blank forms: complete, reproducible, safe from being overwritten, and unambiguous when read back.

use crate::project::book::{self, Cells};
use crate::project::{Project, files_below, repository, run_cli};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tonghop::find;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::id::{FilePath, IndicatorId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::{Measure, Qualifier, Status};
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_report::write::OutputFile;
use tonghop_report::write::forms::{self, DifficultyColumn, InputCell, InputValue};
use tonghop_rules::Script;

const STATUSES: [(&str, Status, Option<Qualifier>); 6] = [
    ("Chính thức", Status::Final, None),
    ("Ước", Status::Estimate, None),
    ("Trên", Status::Final, Some(Qualifier::Above)),
    ("Khoảng", Status::Final, Some(Qualifier::About)),
    ("Gần", Status::Final, Some(Qualifier::Nearly)),
    ("Hơn", Status::Final, Some(Qualifier::MoreThan)),
];

#[test]
fn a_filled_form_reads_back_with_no_guess() {
    for months in [9, 1, 12] {
        let (sectors, config) = declared(months);
        let values = Values::new(&sectors);
        let files = forms::render(&sectors, &config, &|slot| Some(values.entry(slot))).unwrap().files;
        let (dataset, problems) = read_back(&files, &sectors, &config);
        assert!(problems.is_empty(), "{problems:#?}");
        let read: BTreeMap<&ObservationKey, Amount> =
            dataset.observations.iter().map(|(key, figure)| (key, figure.amount)).collect();
        let filled: BTreeMap<&ObservationKey, Amount> =
            values.numbers.iter().map(|(key, number)| (key, Amount::Known(*number))).collect();
        assert!(filled.len() > 500, "{}", filled.len());
        assert_eq!(read, filled);
        assert_statuses(&dataset, &values);
        assert_texts(&dataset, &sectors);
    }
}

#[test]
fn every_indicator_that_a_difficulty_may_name_is_found() {
    let (sectors, config) = declared(9);
    let blank = forms::render(&sectors, &config, &forms::blank).unwrap().files;
    let offered: BTreeMap<&str, Vec<String>> =
        workbooks(&blank).map(|file| (department(file), offered_labels(&file.bytes))).collect();
    let fill = |slot: &InputCell<'_>| match slot {
        InputCell::Difficulty(department, DifficultyColumn::Indicators, 0) => {
            Some(InputValue::Text(offered[department.as_str()].join("; ")))
        }
        InputCell::Difficulty(_, DifficultyColumn::Difficulty, 0) => Some(InputValue::Text("Còn chậm.".into())),
        _ => None,
    };
    let (dataset, problems) = read_back(&forms::render(&sectors, &config, &fill).unwrap().files, &sectors, &config);
    assert!(problems.is_empty(), "{problems:#?}");
    let label = |sector: &SectorId, id: &IndicatorId| {
        let declared = sectors.iter().find(|s| s.id == *sector).unwrap();
        declared.indicator(id.as_str()).unwrap().label.clone()
    };
    let read: Vec<String> =
        dataset.remarks.iter().map(|r| label(&r.sector, r.indicator.as_ref().expect("an indicator"))).collect();
    assert_eq!(read.iter().collect::<BTreeSet<_>>(), offered.values().flatten().collect::<BTreeSet<_>>());
    assert!(read.len() > 200, "{}", read.len());
}

#[test]
fn a_blank_form_reads_back_with_nothing_to_say() {
    let (sectors, config) = declared(9);
    let files = forms::render(&sectors, &config, &forms::blank).unwrap().files;
    let (dataset, problems) = read_back(&files, &sectors, &config);
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(dataset.observations.is_empty() && dataset.narrative.is_empty() && dataset.remarks.is_empty());
}

#[test]
fn a_run_of_filled_forms_loses_nothing() {
    let (sectors, config) = declared(9);
    let values = Values::new(&sectors);
    let project = Project::new();
    fs::remove_dir_all(project.path("workbooks")).unwrap();
    for file in workbooks(&forms::render(&sectors, &config, &|slot| Some(values.entry(slot))).unwrap().files) {
        let folder = project.path("workbooks").join(department(file));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    let outcome = project.run();
    assert!(outcome.exit < 2, "{}", outcome.stderr);
    let guesses = ["sheet-", "row-", "column-", "number-", "unit-", "cell-", "workbook-"];
    let diagnostics = outcome.manifest()["diagnostics"].as_array().unwrap().clone();
    // The filled numbers are distinct, not likely.
    let of_reading = |d: &&serde_json::Value| {
        let code = d["code"].as_str().unwrap();
        code != "number-implausible" && guesses.iter().any(|guess| code.starts_with(guess))
    };
    assert_eq!(diagnostics.iter().filter(of_reading).collect::<Vec<_>>(), Vec::<&serde_json::Value>::new());
    let numbers: BTreeSet<String> = values.numbers.values().map(Decimal::to_string).collect();
    let figures = outcome.figures();
    let cells = figures.iter().flat_map(|figure| figure["sources"].as_array().unwrap());
    let strange: Vec<&serde_json::Value> = cells.filter(|source| !is_filled(source, &numbers)).collect();
    assert!(figures.len() > 300 && strange.is_empty(), "{strange:#?}");
}

#[test]
fn forms_are_written_for_every_department_and_the_same_twice() {
    let project = Project::new();
    let out = project.path("bieu-mau");
    let first = write_forms(project.folder(), &out);
    let outcome = run_cli(&[OsStr::new("forms"), project.folder().as_os_str()]);
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.starts_with("Biểu mẫu:       17 tệp"), "{}", outcome.stdout);
    assert!(first == contents(&project.path("out/forms")));
    let departments: BTreeSet<String> = declared(9).1.departments.iter().map(|d| format!("{}.xlsx", d.id)).collect();
    assert!(departments.iter().all(|name| first.contains_key(name)), "{:?}", first.keys());
}

#[test]
fn only_input_cells_can_be_changed() {
    let project = Project::new();
    let files = write_forms(project.folder(), &project.path("bieu-mau"));
    let parts = book::parts(&files["phong-giao-duc.xlsx"]);
    let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    let texts: Vec<&str> = sheets.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap()).collect();
    assert_eq!(texts.len(), 4);
    assert!(texts.iter().all(|text| text.contains("<sheetProtection ") && !text.contains("password")));
    assert!(texts[0].contains("OR(ISNUMBER("));
    let cells: Cells = book::cells(&files["phong-giao-duc.xlsx"]);
    let sheet = &cells["Giáo dục - đào tạo; khoa học…"];
    let row = |address: &str| sheet[&book::address(address)].to_string();
    assert_eq!([row("A8"), row("B8"), row("C8")], ["1", "education.schools", "Số trường"]);
    assert_eq!([row("A9"), row("B9"), row("C9")], ["1.1", "education.schools_preschool", "Mầm non"]);
}

#[test]
fn a_form_that_was_filled_in_is_kept() {
    let project = Project::new();
    let out = project.path("bieu-mau");
    write_forms(project.folder(), &out);
    fs::write(out.join("thanh-tra.xlsx"), "đã điền").unwrap();
    let spoken = run_cli(&[OsStr::new("forms"), project.folder().as_os_str(), OsStr::new("--out"), out.as_os_str()]);
    assert!(spoken.stdout.contains("Đã giữ lại:     thanh-tra.xlsx"), "{}", spoken.stdout);
    assert_eq!(fs::read_to_string(out.join("thanh-tra (bản sửa tay 1).xlsx")).unwrap(), "đã điền");
}

#[test]
fn a_broken_rule_file_costs_only_its_own_sheet() {
    let project = Project::new();
    project.change_file("plugins/crop.lua", "api = 1", "api = ");
    let outcome = run_cli(&[OsStr::new("forms"), project.folder().as_os_str()]);
    assert_eq!(outcome.exit, 1, "{}", outcome.stdout);
    assert!(outcome.stderr.contains("plugins/crop.lua"), "{}", outcome.stderr);
    assert!(project.path("out/forms/phong-kinh-te.xlsx").exists());
}

#[test]
fn help_mentions_forms() {
    let help = run_cli(&[OsStr::new("forms"), OsStr::new("--help")]);
    assert_eq!(help.exit, 0);
    assert!(help.stdout.contains("PROJECT/out/forms"), "{}", help.stdout);
    assert!(run_cli(&[OsStr::new("--help")]).stdout.contains("forms"));
}

/// Returns the sectors and settings of the repository's project for a period of `months` months.
fn declared(months: u8) -> (Vec<Arc<SectorDecl>>, Config) {
    let settings = fs::read_to_string(repository().join("tonghop.toml")).unwrap();
    let settings = settings.replacen("months = 9", &format!("months = {months}"), 1);
    let config = Arc::new(Config::parse(&settings).unwrap());
    let (files, _) = find::rules(&tonghop::source::FolderSource::new(repository())).unwrap();
    let scripts: Vec<Script> = files.into_iter().map(|f| Script { file: f.file, text: f.text }).collect();
    let (rules, problems) = tonghop_rules::load(&scripts, &config);
    assert!(problems.is_empty(), "{problems:#?}");
    (rules.declarations(), Config::parse(&settings).unwrap())
}

/// A unique number for every numeric input cell.
struct Values {
    numbers: BTreeMap<ObservationKey, Decimal>,
}

impl Values {
    fn new(sectors: &[Arc<SectorDecl>]) -> Self {
        let mut numbers = BTreeMap::new();
        for sector in sectors.iter().filter(|sector| !sector.departments.is_empty()) {
            let targets = sector.targets.iter().cloned().map(Measure::Target);
            let others = sector.measures.iter().cloned().map(Measure::Custom);
            let measures: Vec<Measure> = targets.chain(others).chain([Measure::Actual, Measure::LastYear]).collect();
            for indicator in sector.indicators.iter().filter(|indicator| indicator.source_indicator.is_none()) {
                for measure in &measures {
                    let nth = i64::try_from(numbers.len()).unwrap();
                    numbers.insert(key(sector, indicator, measure), Decimal::new(100_003 + 7 * nth, 1).normalize());
                }
            }
        }
        Self { numbers }
    }

    fn entry(&self, slot: &InputCell<'_>) -> InputValue {
        match slot {
            InputCell::Number(sector, indicator, measure) => {
                InputValue::Number(self.numbers[&key(sector, indicator, measure)])
            }
            InputCell::Status(sector, indicator) => {
                InputValue::Text(self.status(&key(sector, indicator, &Measure::Actual)).0.into())
            }
            InputCell::Note(_, indicator) => InputValue::Text(format!("12,5 là số của {}", indicator.id)),
            InputCell::Name(_, indicator, nth) => InputValue::Text(name(indicator, *nth)),
            InputCell::Topic(sector, topic) => InputValue::Text(sentence(sector, &topic.key)),
            InputCell::Difficulty(_, DifficultyColumn::Difficulty, nth) => {
                InputValue::Text(format!("Khó khăn thứ {nth}."))
            }
            InputCell::Difficulty(_, DifficultyColumn::Cause, nth) => {
                InputValue::Text(format!("Nguyên nhân thứ {nth}."))
            }
            InputCell::Difficulty(_, DifficultyColumn::Indicators, _) => InputValue::Text(String::new()),
        }
    }

    fn status(&self, key: &ObservationKey) -> (&'static str, Status, Option<Qualifier>) {
        let nth = self.numbers.keys().position(|other| other == key).unwrap();
        STATUSES[nth % STATUSES.len()]
    }
}

fn key(sector: &SectorDecl, indicator: &IndicatorDecl, measure: &Measure) -> ObservationKey {
    ObservationKey { sector: sector.id.clone(), indicator: indicator.id.clone(), measure: measure.clone() }
}

fn name(indicator: &IndicatorDecl, nth: usize) -> String {
    format!("Tên {nth} của {}", indicator.id)
}

fn sentence(sector: &SectorDecl, topic: &str) -> String {
    format!("Lời của {} về {topic}.", sector.id)
}

/// Reads forms as if the departments had sent them.
fn read_back(files: &[OutputFile], sectors: &[Arc<SectorDecl>], config: &Config) -> (Dataset, Diagnostics) {
    let book = |file: &OutputFile| {
        let id = &config.department(department(file)).unwrap().id;
        let path = FilePath::new(format!("workbooks/{id}/{}", file.name));
        ReceivedWorkbook {
            department: id.clone(),
            file: path,
            workbook: tonghop_read::read_workbook(&file.bytes).unwrap(),
        }
    };
    let books: Vec<ReceivedWorkbook> = workbooks(files).map(book).collect();
    tonghop_recognise::recognise(&books, sectors, config)
}

fn workbooks(files: &[OutputFile]) -> impl Iterator<Item = &OutputFile> {
    files.iter().filter(|file| file.name.ends_with(".xlsx"))
}

fn department(file: &OutputFile) -> &str {
    file.name.strip_suffix(".xlsx").unwrap()
}

/// Returns the choices in the hidden column of the table of difficulties.
fn offered_labels(bytes: &[u8]) -> Vec<String> {
    let cells = book::cells(bytes);
    let sheet = &cells["Khó khăn, vướng mắc"];
    sheet.iter().filter(|((_, col), _)| *col == 7).map(|(_, words)| words.to_string()).collect()
}

fn assert_statuses(dataset: &Dataset, values: &Values) {
    for (key, figure) in dataset.observations.iter().filter(|(key, _)| key.measure == Measure::Actual) {
        let (words, status, qualifier) = values.status(key);
        assert_eq!((figure.status, figure.qualifier), (status, qualifier), "{key:?}: {words}");
    }
}

/// Asserts that topics, names and difficulties have the filled text, once for every department.
fn assert_texts(dataset: &Dataset, sectors: &[Arc<SectorDecl>]) {
    for sector in sectors {
        for topic in &sector.narrative {
            let words = dataset.narrative.get(&(sector.id.clone(), topic.key.clone())).map_or(&[][..], Vec::as_slice);
            let read: Vec<&str> = words.iter().map(|text| &*text.text).collect();
            assert_eq!(
                read,
                vec![sentence(sector, &topic.key); sector.departments.len()],
                "{}.{}",
                sector.id,
                topic.key
            );
        }
        for indicator in sector.indicators.iter().filter(|i| i.counts_names && i.source_indicator.is_none()) {
            let names = &dataset.names[&(sector.id.clone(), indicator.id.clone())];
            let read: Vec<&str> = names.iter().map(|text| &*text.text).collect();
            let filled: Vec<String> =
                sector.departments.iter().flat_map(|_| (0..5).map(|nth| name(indicator, nth))).collect();
            assert_eq!(read, filled, "{}", indicator.id);
        }
    }
    let asked: BTreeSet<_> = sectors.iter().flat_map(|sector| &sector.departments).collect();
    assert_eq!(dataset.remarks.len(), 10 * asked.len());
    assert!(dataset.remarks.iter().all(|remark| remark.difficulty.is_some() && remark.cause.is_some()));
}

/// Returns whether a source is a setting, or a cell with one of the filled numbers or texts.
fn is_filled(source: &serde_json::Value, numbers: &BTreeSet<String>) -> bool {
    source["raw"].as_str().is_some_and(|raw| numbers.contains(raw) || raw.parse::<f64>().is_err())
}

fn write_forms(project: &Path, out: &Path) -> BTreeMap<String, Vec<u8>> {
    let spoken = run_cli(&[OsStr::new("forms"), project.as_os_str(), OsStr::new("--out"), out.as_os_str()]);
    assert_eq!(spoken.exit, 0, "{}", spoken.stderr);
    contents(out)
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    files_below(folder).iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}
