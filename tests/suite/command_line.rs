//! The command line as a user sees it: help, exit codes, the summary and where problems are printed.

use crate::expected;
use crate::project::{self, Project, clean, run_cli};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;

#[test]
fn help_is_as_reviewed() {
    let help = run_cli(&[OsStr::new("--help")]);
    assert_eq!((help.exit, help.stderr.as_str()), (0, ""));
    expected::file("help.txt", &help.stdout);
}

#[test]
fn the_version_is_printed() {
    let version = run_cli(&[OsStr::new("--version")]);
    assert_eq!((version.exit, version.stdout), (0, format!("tonghop {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn arguments_that_cannot_be_understood_are_named() {
    for words in [&["--nhanh"][..], &["run", "--nhanh"], &["a", "b"], &["--out"]] {
        let words: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
        let spoken = run_cli(&words);
        assert_eq!((spoken.exit, spoken.stdout.as_str()), (2, ""), "{words:?}");
        assert!(spoken.stderr.contains("--help"), "{words:?}: {}", spoken.stderr);
    }
}

#[test]
fn a_project_that_is_not_there_is_named() {
    let spoken = run_cli(&[OsStr::new("khong-co/du-an")]);
    assert_eq!((spoken.exit, spoken.stdout.as_str()), (3, ""));
    assert!(spoken.stderr.contains("khong-co/du-an"), "{}", spoken.stderr);
}

#[test]
fn the_project_of_the_repository_runs() {
    assert_eq!(clean().exit, 0, "{}", clean().stderr);
}

#[test]
fn the_summary_is_in_vietnamese_on_the_output_stream() {
    let lines: Vec<&str> = clean().stdout.lines().collect();
    let titles: Vec<&str> = lines.iter().map(|line| line.split_once(':').unwrap().0).collect();
    assert_eq!(titles, ["Đã nhận", "Thời hạn", "Chỉ tiêu", "Ngành", "Số liệu", "Tồn tại", "Vấn đề", "Kết quả ở"]);
    let manifest = clean().manifest();
    let counts = &manifest["counts"];
    let units = &counts["departments"];
    assert!(lines[0].ends_with(&format!("{units}/{units} đơn vị, {} tệp", counts["workbooks"])), "{}", lines[0]);
    assert!(
        lines[4].ends_with(&format!("{} số trong báo cáo, 0 số không có nguồn", counts["figures"])),
        "{}",
        lines[4]
    );
    assert!(
        lines[6].contains(&format!(" 0 lỗi, {} cảnh báo, {} ghi chú (", counts["warnings"], counts["notes"])),
        "{}",
        lines[6]
    );
}

#[test]
fn problems_are_printed_as_in_the_manifest() {
    let manifest = clean().manifest();
    let problems = manifest["diagnostics"].as_array().unwrap();
    let (notes, others): (Vec<_>, Vec<_>) = problems.iter().partition(|problem| problem["severity"] == "note");
    assert!(!others.is_empty() && !notes.is_empty());
    let says = |text: &str| clean().stderr.contains(text);
    assert!(others.iter().all(|problem| says(problem["message"].as_str().unwrap())));
    assert!(notes.iter().all(|problem| !says(problem["message"].as_str().unwrap())), "notes are for the manifest");
    assert_eq!(clean().stderr.matches("cảnh báo [").count(), others.len());
}

#[test]
fn outputs_go_where_they_are_asked_for() {
    let project = Project::new();
    let elsewhere = project.path("noi-khac");
    let outcome = project.run_with(&[OsStr::new("--out"), elsewhere.as_os_str()]);
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    assert!(outcome.files.is_empty() && elsewhere.join(project::PERIOD).join("run.json").is_file());
    assert!(outcome.stdout.contains(elsewhere.to_str().unwrap()));
}

#[test]
fn timings_are_in_a_separate_file() {
    let project = Project::new();
    let file = project.path("times.json");
    let run = project.run_with(&[OsStr::new("--timings"), file.as_os_str()]);
    let times: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let stages: Vec<&str> = times["stages"].as_array().unwrap().iter().map(|s| s["stage"].as_str().unwrap()).collect();
    let expected =
        ["look", "load", "read", "recognise", "compare", "rules", "consolidate", "compose", "render", "commit"];
    assert_eq!(stages, expected);
    assert!(times["total_ms"].as_f64().unwrap() > 0.0);
    assert!(run.files == clean().files && run.exit == 0, "nothing else differs");

    let nowhere = project.path("no/such/folder.json");
    let spoken = project.run_with(&[OsStr::new("--timings"), nowhere.as_os_str()]);
    assert_eq!(spoken.exit, 1);
    assert!(spoken.stderr.contains("không ghi được"), "{}", spoken.stderr);
}
