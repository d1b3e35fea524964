//! `tonghop test`: the rule tests of the project pass, and mistakes are reported.

use crate::project::{Outcome, Project, repository, run_cli};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;

/// A case of the project that a change of its rule breaks.
const CASE: &str = "plugins/tests/budget/vuot-nhip-do.md";

fn test(project: &Project, arguments: &[&str]) -> Outcome {
    let words = [OsStr::new("test"), project.folder().as_os_str()];
    run_cli(&words.into_iter().chain(arguments.iter().map(OsStr::new)).collect::<Vec<_>>())
}

fn json_lines(outcome: &Outcome, kind: &str) -> Vec<Value> {
    let lines = outcome.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["type"] == kind).collect()
}

#[test]
fn the_tests_of_the_project_pass_and_reach_every_rule() {
    let words = ["test", "--coverage", "--message-format", "json"].map(OsStr::new);
    let outcome = run_cli(&[&words[..], &[repository().as_os_str()]].concat());
    let failed: Vec<Value> = json_lines(&outcome, "test").into_iter().filter(|test| test["passed"] == false).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    assert_eq!(json_lines(&outcome, "summary")[0]["untested"].as_array().unwrap().len(), 0);
    for file in json_lines(&outcome, "coverage") {
        for kind in ["lines", "indicators", "topics"] {
            assert_eq!(file[kind]["missed"].as_array().unwrap().len(), 0, "{}: {kind}", file["file"]);
        }
    }
}

#[test]
fn a_changed_threshold_fails_at_its_line() {
    let project = Project::new();
    project.change_file("plugins/budget.lua", "d:behind(0.8,", "d:behind(1,");
    let outcome = test(&project, &["--sector", "budget"]);
    assert_eq!(outcome.exit, 1);
    let text = fs::read_to_string(project.path(CASE)).unwrap();
    let line = 1 + text.lines().position(|line| line == "## Kết quả mong đợi: tồn tại, hạn chế").unwrap();
    assert!(outcome.stderr.contains(&format!("{CASE}:{line}: tồn tại, hạn chế: thừa")), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("nay là : - `rev_local`: Thu ngân sách nhà nước trên địa bàn đạt thấp"));
    let short = test(&project, &["--sector", "budget", "--message-format", "short"]);
    assert!(short.stderr.lines().all(|line| line.starts_with("plugins/tests/budget/")), "{}", short.stderr);
}

#[test]
fn an_update_rewrites_the_expected_parts_only() {
    let project = Project::new();
    project.change_file("plugins/budget.lua", "d:behind(0.8,", "d:behind(1,");
    let before = fs::read_to_string(project.path(CASE)).unwrap();
    assert_eq!(test(&project, &["--update"]).exit, 0);
    let after = fs::read_to_string(project.path(CASE)).unwrap();
    let head = |text: &str| text.split_once("## Kết quả").unwrap().0.to_owned();
    assert_eq!(head(&before), head(&after));
    assert!(before != after && after.contains("- `rev_local`: "));
    let again = test(&project, &["--update"]);
    assert!(!again.stdout.contains("đã ghi lại"), "{}", again.stdout);
    assert_eq!(test(&project, &[]).exit, 0);
}

#[test]
fn a_test_that_tests_nothing_fails() {
    const GIVEN: &str = "## Số liệu cho trước\n\n| Mã số | Kế hoạch năm | Thực hiện |\n|---|---|---|\n";
    let expects = |text: &str| format!("{GIVEN}| output | 400 | 300 |\n\n## Kết quả mong đợi: {text}\n");
    let summary = |table: &str| expects(&format!("số liệu tổng hợp\n\n{table}"));
    let project = Project::new();
    for (folder, text, line, words) in [
        ("industry", format!("{GIVEN}| output | 400 | 300 |\n"), 1, "chưa có kết quả mong đợi"),
        ("industry", expects("báo cáo"), 7, "trống"),
        ("closed", expects("báo cáo\n\nX."), 1, "không có quy tắc nào của \"closed\""),
        (
            "industry",
            summary("| Mã số | Thực hiện |\n|---|---|\n| gone | 1 |"),
            11,
            "không có chỉ tiêu của dòng \"gone",
        ),
        ("industry", summary("| Mã số | Thực hiên |\n|---|---|\n| output | 300 |"), 9, "không có cột \"Thực hiên\""),
        ("industry", summary("| Mã số | Thực hiện |\n|---|---|\n| output | 301 |"), 11, "output, Thực hiện: khác"),
        ("industry", format!("{GIVEN}| output | 4 | 3 |\n| outputs | 4 | 3 |\n"), 6, "không có tên chỉ tiêu"),
        ("industry", format!("{GIVEN}| output | 4oo | 300 |\n"), 5, "không phải là số"),
        (
            "industry",
            format!("{GIVEN}| output | 4 | 3 |\n\n### closed\n\n| Mã số | Thực hiện |\n"),
            7,
            "của \"closed\"",
        ),
        ("report", expects("báo cáo\n\nX."), 1, "phải đứng dưới mã ngành"),
    ] {
        fs::create_dir_all(project.path(&format!("plugins/tests/{folder}"))).unwrap();
        fs::write(project.path(&format!("plugins/tests/{folder}/thu.md")), &text).unwrap();
        let outcome = test(&project, &["--sector", folder, "--message-format", "json"]);
        let failed: Vec<Value> =
            json_lines(&outcome, "test").into_iter().filter(|test| test["passed"] == false).collect();
        assert_eq!((outcome.exit, failed.len()), (1, 1), "{text}");
        let found: Vec<(u64, &str)> = failed[0]["failures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|failure| (failure["line"].as_u64().unwrap(), failure["message"].as_str().unwrap()))
            .collect();
        assert!(found.iter().any(|(at, message)| *at == line && message.contains(words)), "{text}\n{found:?}");
        fs::remove_file(project.path(&format!("plugins/tests/{folder}/thu.md"))).unwrap();
    }
}

#[test]
fn a_summary_may_name_a_part_of_what_follows() {
    let project = Project::new();
    let text = "## Số liệu cho trước\n\n| Mã số | Kế hoạch năm | Thực hiện | Cùng kỳ |\n|---|---|---|---|\n\
        | output | 400 | 300 | 250 |\n\n## Kết quả mong đợi: số liệu tổng hợp\n\n\
        | Chỉ tiêu | % so với kế hoạch năm | Tăng, giảm so với cùng kỳ |\n|---|---|---|\n\
        | Giá trị sản xuất công nghiệp, tiểu thủ công nghiệp | 75,0 | 20 |\n";
    fs::write(project.path("plugins/tests/industry/mot-phan.md"), text).unwrap();
    let outcome = test(&project, &["--sector", "industry"]);
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
}

#[test]
fn an_unknown_sector_is_a_failure() {
    let project = Project::new();
    let outcome = test(&project, &["--sector", "bugdet"]);
    assert!(outcome.exit == 1 && outcome.stderr.contains("không có quy tắc nào của \"bugdet\""), "{}", outcome.stderr);
    fs::remove_dir_all(project.path("plugins/tests")).unwrap();
    let outcome = test(&project, &[]);
    assert!(outcome.exit == 1 && outcome.stdout.contains("chưa có phép thử nào"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("Chưa thử:       admin, budget"), "{}", outcome.stdout);
}

#[test]
fn coverage_names_what_no_test_reaches() {
    let project = Project::new();
    fs::remove_file(project.path("plugins/tests/checks/mau-thuan-giua-cac-nganh.md")).unwrap();
    fs::remove_file(project.path("plugins/tests/checks/khop.md")).unwrap();
    fs::remove_dir_all(project.path("plugins/tests/industry")).unwrap();
    let outcome = test(&project, &["--coverage"]);
    let says = |line: &str| assert!(outcome.stdout.contains(line), "{line}\n{}", outcome.stdout);
    says("plugins/budget.lua: dòng 6/6, chỉ tiêu 13/13, phần lời 3/3\n");
    says(
        "plugins/industry.lua: dòng 0/1, chỉ tiêu 0/1, phần lời 0/1\n  dòng chưa chạy: 20\n  chỉ tiêu chưa thử: output\n",
    );
    says("  phần lời chưa thử: products\n");
    says("plugins/checks.lua: dòng 0/");
}
