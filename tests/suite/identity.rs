//! Workbooks in the wrong folder or of the wrong period: each is reported, and none of its figures is used.

use crate::project::{self, Outcome, Project, clean, repository};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TRADE: &str = "BC thương mại 9 tháng";
const SPENDING: &str = "Bieu thu chi NS 9T2024";

/// Copies a workbook to a place below `workbooks/`.
fn copy(project: &Project, stem: &str, to: &str) {
    fs::copy(project.workbook(stem), project.path("workbooks").join(to)).unwrap();
}

/// Returns the message and the places of the only problem with a code.
fn only_problem(outcome: &Outcome, code: &str) -> (String, Vec<String>) {
    let problems = outcome.problems(code);
    let [problem] = problems.as_slice() else { panic!("{code}: {problems:#?}") };
    let places = problem["places"].as_array().unwrap().iter().map(|place| place.as_str().unwrap().to_owned());
    (problem["message"].as_str().unwrap().to_owned(), places.collect())
}

/// Returns the codes that the unchanged project does not raise.
fn new_codes(outcome: &Outcome) -> Vec<Value> {
    let codes = |outcome: &Outcome| {
        let manifest = outcome.manifest();
        manifest["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].clone()).collect::<Vec<_>>()
    };
    let known = codes(clean());
    let mut new: Vec<Value> = codes(outcome).into_iter().filter(|code| !known.contains(code)).collect();
    new.dedup();
    new
}

#[test]
fn honest_workbooks_raise_no_alarm() {
    let alarms = ["department-mismatch", "period-mismatch", "identity-doubtful", "workbook-repeated", "form-repeated"];
    for code in alarms.iter().chain(&["form-contested", "scale-suspected"]) {
        assert_eq!(clean().problems(code), Vec::<Value>::new());
    }
}

#[test]
fn a_workbook_in_another_departments_folder_is_not_read() {
    let project = Project::new();
    let from = project.workbook(TRADE);
    fs::rename(from, project.path("workbooks/phong-noi-vu/Bieu.xlsx")).unwrap();
    let outcome = project.run();
    assert_eq!(outcome.exit, 1);
    let (message, places) = only_problem(&outcome, "department-mismatch");
    assert!(message.contains("\"PHÒNG KINH TẾ\"") && message.contains("thư mục của Phòng Nội vụ"), "{message}");
    assert_eq!(places, ["workbooks/phong-noi-vu/Bieu.xlsx [Thuong mai] A2"]);
    assert!(outcome.stderr.contains("chuyển tệp sang thư mục workbooks/phong-kinh-te"), "{}", outcome.stderr);
}

#[test]
fn a_copy_in_another_departments_folder_changes_no_figure() {
    let project = Project::new();
    copy(&project, TRADE, "phong-noi-vu/Bieu.xlsx");
    let outcome = project.run();
    assert_eq!(new_codes(&outcome), ["department-mismatch"]);
    assert_eq!(outcome.markdown(), clean().markdown());
}

#[test]
fn rows_identify_the_department() {
    let project = Project::new();
    let text = fs::read_to_string(repository().join("examples/workbooks/phong-kinh-te").join(format!("{TRADE}.txt")));
    let text = text.unwrap().replace("PHÒNG KINH TẾ", "").replace("của Phòng Kinh tế", "");
    let book = project::sheet_text::parse(&text).unwrap();
    let to = project.path("workbooks/phong-noi-vu/Bieu.xlsx");
    fs::write(to, project::sheet_text::build(&book).unwrap()).unwrap();
    let outcome = project.run();
    let (message, places) = only_problem(&outcome, "department-mismatch");
    assert!(message.contains("không có chỉ tiêu nào của Phòng Nội vụ"), "{message}");
    assert!(message.contains("của Phòng Kinh tế;"), "{message}");
    assert_eq!(places, ["workbooks/phong-noi-vu/Bieu.xlsx"]);
    assert_eq!((new_codes(&outcome), outcome.markdown()), (vec!["department-mismatch".into()], clean().markdown()));
}

#[test]
fn last_years_workbook_is_not_read() {
    let project = Project::new();
    let last_year = |text: String| text.replace("2023", "2022").replace("2024", "2023");
    project.rewrite(TRADE, last_year);
    let outcome = project.run();
    assert_eq!(outcome.exit, 1);
    let (message, places) = only_problem(&outcome, "period-mismatch");
    assert!(message.contains("9 THÁNG ĐẦU NĂM 2023") && message.contains("9 tháng đầu năm 2024"), "{message}");
    assert_eq!(places, ["workbooks/phong-kinh-te/BC thương mại 9 tháng.xlsx [Thuong mai] A4"]);
    let read = outcome.figures().iter().any(|figure| figure.to_string().contains(TRADE));
    assert!(!read, "a figure of last year's workbook is in the report");
}

#[test]
fn the_workbook_of_half_a_year_is_not_read() {
    let project = Project::new();
    project.rewrite(TRADE, |text| text.replace("9 tháng", "6 tháng").replace("9 THÁNG", "6 THÁNG"));
    let (message, _) = only_problem(&project.run(), "period-mismatch");
    assert!(message.contains("6 THÁNG ĐẦU NĂM 2024"), "{message}");
}

#[test]
fn duplicate_files_are_read_once() {
    let project = Project::new();
    copy(&project, "Phần lời giáo dục 9 tháng", "phong-giao-duc/Phần lời giáo dục 9 tháng (2).xlsx");
    let outcome = project.run();
    let (_, places) = only_problem(&outcome, "workbook-repeated");
    let folder = "workbooks/phong-giao-duc/Phần lời giáo dục 9 tháng";
    assert_eq!(places, [format!("{folder} (2).xlsx"), format!("{folder}.xlsx")]);
    assert_eq!((new_codes(&outcome), outcome.markdown()), (vec!["workbook-repeated".into()], clean().markdown()));
}

/// Adds a copy of the budget form with another number and another save date.
fn add_second_version(project: &Project, saved: &str) {
    let text = repository().join("examples/workbooks/phong-tai-chinh-ke-hoach").join(format!("{SPENDING}.txt"));
    let text = fs::read_to_string(text).unwrap();
    let changed = text.replacen("| '96.011 |", "| '96.012 |", 1);
    assert_ne!(text, changed);
    let bytes = project::sheet_text::build(&project::sheet_text::parse(&changed).unwrap()).unwrap();
    let to = project.path("workbooks/phong-tai-chinh-ke-hoach/Z gửi lại.xlsx");
    fs::write(to, with_date(&bytes, saved)).unwrap();
}

/// Repacks a workbook with another save date.
fn with_date(bytes: &[u8], saved: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in project::book::parts(bytes) {
        zip.start_file(&name, SimpleFileOptions::default()).unwrap();
        let date = String::from_utf8_lossy(&content).replace("2024-09-13T08:00:00Z", saved);
        zip.write_all(if name == "docProps/core.xml" { date.as_bytes() } else { &content }).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_last_saved_version_is_used() {
    for (saved, later) in [("2024-09-14T01:00:00Z", true), ("2024-09-12T01:00:00Z", false)] {
        let project = Project::new();
        set_keep(&project, "newest");
        add_second_version(&project, saved);
        let outcome = project.run();
        let (message, places) = only_problem(&outcome, "form-repeated");
        assert_eq!(places[0].contains("Z gửi lại"), !later, "{places:?}");
        assert!(message.contains("1 chỗ khác nhau"), "{message}");
        assert_eq!(places.len(), 4, "both cells are named: {places:?}");
        assert_eq!(outcome.markdown() != clean().markdown(), later);
    }
}

fn set_keep(project: &Project, keep: &str) {
    project.change_file("tonghop.toml", "[report]", &format!("[duplicates]\nkeep = \"{keep}\"\n[report]"));
}

#[test]
fn the_office_may_keep_the_first() {
    let project = Project::new();
    add_second_version(&project, "2024-09-14T01:00:00Z");
    set_keep(&project, "first");
    let outcome = project.run();
    assert_eq!((new_codes(&outcome), outcome.markdown()), (vec!["form-repeated".into()], clean().markdown()));
}

#[test]
fn no_version_is_used_unless_the_office_chooses() {
    for keep in [None, Some("refuse")] {
        let project = Project::new();
        add_second_version(&project, "2024-09-14T01:00:00Z");
        keep.into_iter().for_each(|keep| set_keep(&project, keep));
        let outcome = project.run();
        assert_eq!(outcome.exit, 1);
        let (message, places) = only_problem(&outcome, "form-contested");
        assert!(message.contains("96.012") && message.contains("96.011"), "{message}");
        assert_eq!(places.len(), 4, "both cells are named: {places:?}");
        assert!(!outcome.figures().iter().any(|figure| figure.to_string().contains(SPENDING)));
        let missing = outcome.problems("indicator-missing");
        assert!(!missing.iter().any(|problem| problem.to_string().contains("Tổng thu ngân sách")), "{missing:#?}");
    }
}

#[test]
fn dong_for_million_dong_is_suspected_at_its_cell() {
    let project = Project::new();
    let row = "12 | II | Nguồn vốn thành phố quản lý | 84595 | | | ";
    project.change_text("Giải ngân vốn ĐTC 9 tháng", &format!("{row}16175 | |"), &format!("{row}16175000000 | |"));
    let (message, places) = only_problem(&project.run(), "scale-suspected");
    assert!(message.contains("16.175.000.000 triệu đồng, gấp khoảng 1.000.000 lần"), "{message}");
    assert_eq!(places[0], "workbooks/phong-tai-chinh-ke-hoach/Giải ngân vốn ĐTC 9 tháng.xlsx [Giai ngan] F12");
    assert!(places.len() > 1, "{places:?}");
}

/// Lists the workbooks of the repository's project.
fn workbooks() -> Vec<String> {
    let files = project::files_below(&repository().join("workbooks"));
    let books = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "xlsx"));
    books.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// Returns the names of the workbooks for which a code is raised.
fn workbooks_with_code(outcome: &Outcome, code: &str) -> BTreeSet<String> {
    let problems = outcome.problems(code);
    let file = |problem: &Value| problem["places"][0].as_str().unwrap().split(".xlsx").next().unwrap().to_owned();
    problems.iter().map(|problem| file(problem).rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn last_years_project_is_reported() {
    let project = Project::new();
    for stem in workbooks() {
        project.rewrite(&stem, |text| text.replace("2023", "2022").replace("2024", "2023"));
    }
    let outcome = project.run();
    let refused = workbooks_with_code(&outcome, "period-mismatch");
    let doubted = workbooks_with_code(&outcome, "identity-doubtful");
    let unnamed: Vec<String> =
        workbooks().into_iter().filter(|stem| !refused.union(&doubted).any(|named| named == stem)).collect();
    assert_eq!(unnamed, Vec::<String>::new());
    let figures = outcome.figures();
    let files = figures.iter().flat_map(|figure| figure["sources"].as_array().unwrap());
    let stems = files.map(|source| source["file"].as_str().unwrap().rsplit('/').next().unwrap().replace(".xlsx", ""));
    let unwarned: Vec<String> = stems.filter(|stem| !doubted.contains(stem)).collect();
    assert_eq!(unwarned, Vec::<String>::new());
}

#[test]
fn departments_that_swap_their_folders_give_no_figure() {
    let project = Project::new();
    let folders: Vec<_> = fs::read_dir(project.path("workbooks")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut folders: Vec<_> = folders.into_iter().filter(|path| path.is_dir()).collect();
    folders.sort();
    let spare = project.path("workbooks/cat-tam");
    fs::rename(folders.last().unwrap(), &spare).unwrap();
    for pair in folders.windows(2).rev() {
        fs::rename(&pair[0], &pair[1]).unwrap();
    }
    fs::rename(spare, &folders[0]).unwrap();
    let outcome = project.run();
    let refused = workbooks_with_code(&outcome, "department-mismatch");
    let unknown = workbooks_with_code(&outcome, "sheet-unknown");
    let read: Vec<String> =
        workbooks().into_iter().filter(|stem| !refused.union(&unknown).any(|named| named == stem)).collect();
    assert_eq!(read, Vec::<String>::new());
    assert!(outcome.figures().iter().all(|figure| figure["sources"].as_array().unwrap().is_empty()));
}
