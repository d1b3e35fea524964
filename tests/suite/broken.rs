//! Broken inputs: each affects only what depends on it and is reported; the rest of the report is unchanged.

use crate::project::plugin::{self, Sector};
use crate::project::{Outcome, Project, clean, markdown, repository, run_cli, sentence};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::thread;

/// The sections on all sectors, which change with any of them.
const OVERVIEW: [&str; 3] = ["II.III.1", "II.III.2.1", "II.III.2.2"];

/// The number of parallel runs when every department is left out in turn.
const WORKERS: usize = 2;

/// The text of the report for a missing number or sector.
const MISSING: &str = "chưa có số liệu";

#[test]
fn a_truncated_workbook_is_named() {
    let project = Project::new();
    truncate(&project, "BC thương mại 9 tháng");
    let outcome = project.run();
    assert_loss(&outcome, "workbook-unreadable", &["phong-kinh-te/BC thương mại 9 tháng.xlsx"]);
    assert_others_unchanged(&outcome, &["II.I.1.a"]);
}

#[test]
fn an_empty_file_is_named() {
    let project = Project::new();
    fs::write(project.workbook("Theo doi NQ01 9T2024"), "").unwrap();
    let outcome = project.run();
    assert_loss(&outcome, "workbook-unreadable", &["van-phong/Theo doi NQ01 9T2024.xlsx"]);
    assert_others_unchanged(&outcome, &["I"]);
}

#[test]
fn a_text_file_called_a_workbook_is_named() {
    let project = Project::new();
    fs::write(project.path("workbooks/phong-dan-toc/ghi chép.xlsx"), "Tổng số: 12\n").unwrap();
    let outcome = project.run();
    assert_loss(&outcome, "workbook-unreadable", &["phong-dan-toc/ghi chép.xlsx"]);
    assert_eq!(outcome.markdown(), clean().markdown());
}

#[test]
fn a_sheet_of_numbers_that_no_rule_knows_is_named() {
    let project = Project::new();
    let sheet = "@sheet Trâu bò\n1 | STT | Vật nuôi | Số con |\n2 | 1 | Trâu | 120 |\n3 | 2 | Bò | 48 |";
    project.extend_text("BC giam ngheo 9T", sheet);
    let outcome = project.run();
    assert_loss(&outcome, "sheet-unknown", &["BC giam ngheo 9T.xlsx", "Trâu bò"]);
    assert_eq!(outcome.markdown(), clean().markdown());
}

#[test]
fn a_missing_department_costs_dependents() {
    let sectors = plugin::sectors();
    let departments: BTreeSet<&str> = sectors.iter().flat_map(|s| &s.departments).map(String::as_str).collect();
    assert_eq!(departments.len(), fs::read_dir(repository().join("workbooks")).unwrap().count());
    let departments: Vec<&str> = departments.into_iter().collect();
    let before = Printed::by(clean());
    thread::scope(|scope| {
        for share in departments.chunks(departments.len().div_ceil(WORKERS)) {
            scope.spawn(|| share.iter().for_each(|department| check_without(department, &sectors, &before)));
        }
    });
}

fn check_without(department: &str, sectors: &[Sector], before: &Printed) {
    let outcome = run_without(department);
    assert_loss(&outcome, "department-missing", &[department]);
    assert_eq!(outcome.manifest()["missing_departments"], json!([department]));
    assert!(outcome.stdout.contains("Chưa gửi:"), "{}", outcome.stdout);
    let after = Printed::by(&outcome);
    assert_rest_unchanged(department, sectors, before, &after);
    assert_readers_change(department, sectors, before, &after);
    assert_eq!(sentence::faults(&outcome.markdown()), Vec::<String>::new(), "without {department}");
}

/// Asserts that sectors that do not depend on the department are unchanged.
fn assert_rest_unchanged(department: &str, sectors: &[Sector], before: &Printed, after: &Printed) {
    let resting = plugin::dependent_sectors(department, sectors);
    let may_change: BTreeSet<&String> = resting.iter().flat_map(|sector| &sector.sections).collect();
    for (section, body) in before.sections.iter().filter(|(section, _)| !may_change.contains(section)) {
        assert_eq!(after.sections.get(section), Some(body), "without {department}: {section}");
    }
    for sector in sectors.iter().filter(|sector| resting.iter().all(|resting| resting.id != sector.id)) {
        let (before, after) = (before.traces.get(&sector.file), after.traces.get(&sector.file));
        assert_eq!(after, before, "without {department}: {}", sector.id);
    }
}

/// Asserts that sectors that read the department change, and that those without other readers state missing data.
fn assert_readers_change(department: &str, sectors: &[Sector], before: &Printed, after: &Printed) {
    for sector in sectors.iter().filter(|sector| sector.reads(department)) {
        let changed = sector.sections.iter().any(|section| before.sections.get(section) != after.sections.get(section));
        assert!(changed, "without {department}: {} did not rest on it", sector.id);
        // A sector that takes figures from others still prints those.
        let still_prints = after.traces.get(&sector.file).is_some_and(|traces| !traces.is_empty());
        let says_so = still_prints || after.sections[&sector.section].contains(MISSING);
        assert!(says_so || sector.departments.len() > 1 || !sector.writes(), "without {department}: {}", sector.id);
    }
    let gone = before.sections.iter().filter(|(section, body)| !body.is_empty() && after.sections[*section].is_empty());
    assert_eq!(gone.collect::<Vec<_>>(), [], "without {department}: headings without a word");
}

/// The sections of a report, and the figures and texts of each rule file.
struct Printed {
    sections: BTreeMap<String, String>,
    traces: BTreeMap<String, Vec<Value>>,
}

impl Printed {
    fn by(outcome: &Outcome) -> Self {
        let (markdown, traces) = (outcome.markdown(), outcome.traces());
        let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for trace in ["figures", "texts"].iter().flat_map(|kind| traces[kind].as_array().unwrap()) {
            let kept = ["section", "text", "value", "source", "sources", "rule"].map(|key| trace[key].clone());
            by_file.entry(trace["rule"]["file"].as_str().unwrap().to_owned()).or_default().push(kept.into());
        }
        Self { sections: markdown::sections(&markdown), traces: by_file }
    }
}

#[test]
fn a_rule_without_end_is_stopped() {
    let project = Project::new();
    endless(&project, "tourism");
    let outcome = project.run();
    assert_loss(&outcome, "rule-limit", &["plugins/tourism.lua", "thời gian"]);
    assert_others_unchanged(&outcome, &["II.I.1.a"]);
    let section = &markdown::sections(&outcome.markdown())["II.I.1.a"];
    assert!(section.contains("3.314 tỷ đồng"), "the other sector of the section is printed: {section}");
}

#[test]
fn a_rule_that_cannot_be_parsed_is_named_with_its_line() {
    let project = Project::new();
    project.change_file("plugins/capital.lua", "shortfalls = function(d, out)", "shortfalls = function(d, out");
    let outcome = project.run();
    assert_loss(&outcome, "plugin-broken", &["plugins/capital.lua:"]);
    // The budget borrows an amount from this sector.
    assert_others_unchanged(&outcome, &["II.I.1.f", "II.I.1.d"]);
}

#[test]
fn a_rule_that_eats_memory_is_stopped() {
    let project = Project::new();
    let greedy = "text = function(d, out)\n    local heap = {} while true do heap[#heap + 1] = string.rep(\"x\", 1000000) .. #heap end";
    project.change_file("plugins/nq01.lua", "text = function(d, out)", greedy);
    let outcome = project.run();
    assert_loss(&outcome, "rule-limit", &["plugins/nq01.lua", "bộ nhớ"]);
    assert_others_unchanged(&outcome, &["I"]);
}

#[test]
fn three_losses_are_all_reported() {
    let project = Project::new();
    truncate(&project, "BC thương mại 9 tháng");
    fs::remove_dir_all(project.path("workbooks/van-phong")).unwrap();
    endless(&project, "capital");
    let outcome = project.run();
    assert_loss(&outcome, "workbook-unreadable", &["phong-kinh-te/BC thương mại 9 tháng.xlsx"]);
    assert_loss(&outcome, "department-missing", &["van-phong"]);
    assert_loss(&outcome, "rule-limit", &["plugins/capital.lua"]);
    let sectors = plugin::sectors();
    let of_office = plugin::dependent_sectors("van-phong", &sectors).into_iter().flat_map(|sector| &sector.sections);
    let may_change: Vec<&str> = of_office.map(String::as_str).chain(["II.I.1.a", "II.I.1.f"]).collect();
    assert_unchanged_but(&outcome, &may_change);
}

#[test]
fn every_error_says_what_to_do() {
    let project = Project::new();
    truncate(&project, "BC thương mại 9 tháng");
    fs::remove_dir_all(project.path("workbooks/van-phong")).unwrap();
    fs::write(project.path("workbooks/phong-dan-toc/ghi chép.csv"), "1;2\n").unwrap();
    fs::create_dir(project.path("workbooks/phong-la")).unwrap();
    project.change_file("plugins/capital.lua", "shortfalls = function(d, out)", "shortfalls = function(d, out");
    project.change_file("plugins/tourism.lua", "{homestays}", "{homestay}");
    endless(&project, "nq01");
    let manifest = project.run().manifest();
    let errors = manifest["diagnostics"].as_array().unwrap().iter().filter(|problem| problem["severity"] == "error");
    let silent: Vec<_> = errors.filter(|problem| !problem["hint"].is_string()).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn settings_that_cannot_be_used_write_nothing() {
    for (from, to, named) in [
        ("months = 9", "months = 13", "months"),
        ("months = 9", "months = \"chín\"", "months"),
        ("year = 2024", "nam = 2024", "nam"),
        ("[period]", "[kỳ", "tonghop.toml"),
    ] {
        let project = Project::new();
        project.change_file("tonghop.toml", from, to);
        assert_nothing_written(&project.run(), named);
    }
    let project = Project::new();
    fs::remove_file(project.path("tonghop.toml")).unwrap();
    assert_nothing_written(&project.run(), "tonghop.toml");
}

#[test]
fn an_output_folder_that_is_a_file_is_named() {
    let project = Project::new();
    let file = project.path("kết quả");
    fs::write(&file, "của tôi").unwrap();
    let outcome = project.run_with(&[OsStr::new("--out"), file.as_os_str()]);
    assert_nothing_written(&outcome, "kết quả");
    assert_eq!(fs::read_to_string(&file).unwrap(), "của tôi");
}

#[test]
fn a_run_that_writes_nothing_leaves_the_last_output() {
    let project = Project::new();
    let first = project.run();
    assert!(first.is_whole());
    project.change_file("tonghop.toml", "months = 9", "months = 0");
    let second = project.run();
    assert_eq!(second.exit, 3);
    assert!(first.files == second.files);
}

/// By-products of systems and applications in shared folders.
const BY_PRODUCTS: [&str; 14] = [
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "~$Biểu.xlsx",
    ".~lock.Biểu.xlsx#",
    "A1B2C3D4",
    "~WRL0001.tmp",
    "Biểu.xlsx.crdownload",
    "Biểu.xlsx.part",
    "Biểu.xlsx~",
    "Biểu.xlsx.lnk",
    "Backup of Biểu.wbk",
    "$RECYCLE.BIN/S-1-5-21/$R1.xlsx",
    "System Volume Information/WPSettings.dat",
];

#[test]
fn what_windows_and_excel_leave_in_folders_changes_nothing() {
    let project = Project::new();
    let deep = "workbooks/phong-dan-toc/Quý III";
    for folder in ["workbooks", "workbooks/phong-dan-toc", deep, "plugins", "plugins/lib", "history"] {
        for name in BY_PRODUCTS {
            let path = project.path(folder).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "không phải của ai").unwrap();
        }
    }
    let outcome = project.run();
    assert_eq!((outcome.exit, clean().exit, outcome.stderr.as_str()), (0, 0, clean().stderr.as_str()));
    assert!(outcome.files == clean().files, "{}", outcome.stderr);
}

#[test]
fn other_files_of_users_are_reported() {
    for name in ["Báo cáo.docx", "Biểu.pdf", "Biểu.zip", "Ảnh.jpg", "20240930"] {
        let project = Project::new();
        fs::write(project.path("workbooks/phong-dan-toc").join(name), "x").unwrap();
        assert_loss(&project.run(), "file-kind", &[&format!("workbooks/phong-dan-toc/{name}")]);
    }
}

#[test]
fn a_folder_in_capitals_is_its_departments() {
    let project = Project::new();
    let rename = |from: &str, to: &str| fs::rename(project.path(from), project.path(to)).unwrap();
    rename("workbooks/phong-dan-toc", "workbooks/Phong-Dan-Toc");
    let outcome = project.run();
    assert_eq!((outcome.exit, outcome.markdown()), (0, clean().markdown()), "{}", outcome.stderr);
    let traces = outcome.text("traces.json");
    assert!(traces.contains("workbooks/Phong-Dan-Toc/") && !traces.contains("workbooks/phong-dan-toc/"));
    let letter = |outcome: &Outcome| outcome.text("phan-hoi/phong-dan-toc.txt");
    assert_eq!(letter(&outcome), letter(clean()));

    // The department gets feedback, and its rows match those of the run before, whatever its folder was called.
    let accepted = run_cli(&[OsStr::new("accept"), project.folder().as_os_str()]);
    assert_eq!(accepted.exit, 0, "{}", accepted.stderr);
    rename("workbooks/Phong-Dan-Toc", "workbooks/PHONG-DAN-TOC");
    fs::write(project.path("workbooks/PHONG-DAN-TOC/Hỏng.xlsx"), "x").unwrap();
    let again = project.run();
    assert_loss(&again, "workbook-unreadable", &["workbooks/PHONG-DAN-TOC/Hỏng.xlsx"]);
    assert!(letter(&again).contains("Hỏng.xlsx"), "{}", letter(&again));
    for code in ["row-gone", "row-renamed", "row-new", "row-moved"] {
        assert_eq!(again.problems(code), Vec::<Value>::new());
    }
}

#[test]
fn departments_that_would_share_a_folder_write_nothing() {
    let project = Project::new();
    project.change_file("tonghop.toml", "id = \"phong-dan-toc\"", "id = \"Van-Phong\"");
    assert_nothing_written(&project.run(), "\"Van-Phong\"");
}

#[cfg(unix)]
#[test]
fn links_are_named_and_cost_what_they_lead_to() {
    let linked = |file: &str| {
        let project = Project::new();
        let elsewhere = project.path("elsewhere");
        if project.path(file).exists() {
            fs::rename(project.path(file), &elsewhere).unwrap();
        } else {
            fs::write(&elsewhere, "x").unwrap();
            fs::create_dir_all(project.path(file).parent().unwrap()).unwrap();
        }
        std::os::unix::fs::symlink(elsewhere, project.path(file)).unwrap();
        project.run()
    };
    let rule = linked("plugins/tourism.lua");
    assert_loss(&rule, "plugin-broken", &["plugins/tourism.lua", "liên kết"]);
    // Another sector repeats the number of visitors.
    assert_others_unchanged(&rule, &["II.I.1.a", "II.II.1"]);
    for (file, code) in [
        ("plugins/mau-bao-cao.docx", "template-unusable"),
        ("plugins/aliases.toml", "aliases-unreadable"),
        ("plugins/tests/tourism", "file-kind"),
        ("workbooks/dieu-chinh.csv", "correction-unknown"),
        ("history/2023-09-thang.xlsx", "history-unusable"),
        ("history/ghi-chep", "file-kind"),
    ] {
        let outcome = linked(file);
        assert_loss(&outcome, code, &[file, "liên kết"]);
        assert_eq!(outcome.markdown(), clean().markdown(), "{file}");
    }
    let register = linked("workbooks/tiep-nhan.csv");
    assert_eq!(register.problems("register-unusable").len(), 1, "{}", register.stderr);
    assert_nothing_written(&linked("tonghop.toml"), "liên kết");
}

fn run_without(department: &str) -> Outcome {
    let project = Project::new();
    fs::remove_dir_all(project.path("workbooks").join(department)).unwrap();
    project.run()
}

fn truncate(project: &Project, workbook: &str) {
    let path = project.workbook(workbook);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
}

fn endless(project: &Project, plugin: &str) {
    let file = format!("plugins/{plugin}.lua");
    project.change_file("tonghop.toml", "plugin_seconds = 2.0", "plugin_seconds = 1.0");
    project.change_file(&file, "text = function(d, out)", "text = function(d, out)\n    while true do end");
}

/// Asserts a run with a loss: exit code 1, and exactly one error of this code that contains all `names`, both on the
/// error stream and in the manifest.
fn assert_loss(outcome: &Outcome, code: &str, names: &[&str]) {
    assert_eq!(outcome.exit, 1, "{}", outcome.stderr);
    assert!(outcome.is_whole(), "{:?}", outcome.files.keys());
    let problems = outcome.problems(code);
    assert_eq!(problems.len(), 1, "{code}: {problems:#?}");
    let problem = problems[0].to_string();
    assert_eq!(problems[0]["severity"], "error");
    let paragraph =
        outcome.stderr.split("\n\n").find(|paragraph| paragraph.contains(&format!("[{code}]"))).unwrap_or_default();
    for name in names {
        assert!(problem.contains(name), "{name} is not in {problem}");
        assert!(paragraph.contains(name), "{name} is not in {paragraph:?}");
    }
}

fn assert_nothing_written(outcome: &Outcome, named: &str) {
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (3, ""), "{}", outcome.stderr);
    assert!(outcome.stderr.contains(named), "{named} is not in {}", outcome.stderr);
    assert!(outcome.stderr.contains("Không có tệp nào được ghi."), "{}", outcome.stderr);
    assert!(outcome.files.is_empty());
}

/// Asserts that every section except the overview and `lost` is unchanged, and that each of `lost` changed.
fn assert_others_unchanged(outcome: &Outcome, lost: &[&str]) {
    let (before, after) = (markdown::sections(&clean().markdown()), markdown::sections(&outcome.markdown()));
    assert_unchanged_but(outcome, lost);
    for section in lost {
        assert_ne!(after.get(*section), before.get(*section), "{section} did not rest on what was lost");
    }
}

fn assert_unchanged_but(outcome: &Outcome, lost: &[&str]) {
    let (before, after) = (markdown::sections(&clean().markdown()), markdown::sections(&outcome.markdown()));
    let may_change: BTreeSet<&str> = lost.iter().copied().chain(OVERVIEW).collect();
    for (section, body) in before.iter().filter(|(section, _)| !may_change.contains(section.as_str())) {
        assert_eq!(after.get(section), Some(body), "{section}");
    }
}
