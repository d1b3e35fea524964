//! Every diagnostic code, raised by the smallest project that has it and printed in every format.

use crate::case::{self, Case, Expected};
use crate::checked::{self, CheckedCase};
use crate::project::{self, Outcome, run_cli};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use tonghop_core::diag::catalogue::{CODES, Code};
use tonghop_core::diag::{Language, Severity};

#[test]
fn every_code_has_a_case_and_every_case_a_code() {
    let entries = fs::read_dir(case::folder()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let folders: BTreeSet<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let codes: BTreeSet<String> = CODES.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(folders, codes);
}

#[test]
fn the_base_of_the_cases_has_no_problem() {
    let folder = Case::base().project();
    assert_eq!(problems(&check(folder.path(), "json")), Vec::<Value>::new());
}

#[test]
fn every_case_raises_its_code_and_nothing_else() {
    let wrong: Vec<String> = checked::cases().iter().filter_map(|case| check_raised(case).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks the problems of a case; returns an error with what it raised instead.
fn check_raised(case: &CheckedCase) -> Result<(), String> {
    let CheckedCase { code, expected, .. } = case;
    let outcome = case.outcome(Language::Vietnamese, "json");
    let problems = problems(outcome);
    let codes: BTreeSet<String> = problems.iter().map(|p| p["code"].as_str().unwrap().to_owned()).collect();
    let own: Vec<&Value> = problems.iter().filter(|p| p["code"] == expected.raised.as_str()).collect();
    let loss = problems.iter().any(|p| p["severity"] == "error");
    let found = match own.as_slice() {
        [problem] if codes == expected.codes => differences(*code, problem, expected),
        _ => vec![format!("expected {:?}, the first of them once", expected.codes)],
    };
    assert_eq!(outcome.exit, u8::from(loss), "{}", code.as_str());
    if found.is_empty() { Ok(()) } else { Err(format!("{}: {}\n{problems:#?}", code.as_str(), found.join("; "))) }
}

/// Compares a problem with its case and the catalogue; returns the differences.
fn differences(code: Code, problem: &Value, expected: &Expected) -> Vec<String> {
    let text = |key: &str| problem[key].as_str().unwrap_or_default();
    let place = place_of(problem);
    let reported = format!("{place}: {}", text("message"));
    let hinted = text("severity") == "note" || !text("hint").is_empty();
    [
        (text("severity") != expected.severity, format!("severity {}", text("severity"))),
        (code.severity() != severity_of(expected), format!("severity {:?} in the catalogue", code.severity())),
        (place != expected.place, format!("at {place}")),
        (!hinted, "no hint".to_owned()),
        (
            !expected.prevented && reported != code.explanation(Language::Vietnamese).example,
            format!("another example in the catalogue than {reported}"),
        ),
    ]
    .into_iter()
    .filter_map(|(differs, what)| differs.then_some(what))
    .collect()
}

fn severity_of(expected: &Expected) -> Severity {
    match expected.severity.as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "note" => Severity::Note,
        other => panic!("{other} is not a severity"),
    }
}

#[test]
fn errors_have_place_and_hint() {
    for case in checked::cases().iter().filter(|case| case.code.severity() != Severity::Note) {
        let (stderr, expected) = (&case.outcome(Language::Vietnamese, "human").stderr, &case.expected);
        let its = format!("[{}]: ", expected.raised);
        let paragraph = stderr.split("\n\n").find(|paragraph| paragraph.contains(&its)).unwrap_or_default();
        assert!(paragraph.contains(&format!("--> {}", expected.place)), "{stderr}");
        assert!(paragraph.contains("cách xử lý: "), "{stderr}");
    }
}

#[test]
fn a_short_message_is_one_line_that_begins_with_its_place() {
    let case = Case::for_code("row-unknown");
    let place = case.expected("row-unknown").place;
    let folder = case.project();
    let outcome = check(folder.path(), "short");
    let lines: Vec<&str> = outcome.stderr.lines().collect();
    let [line] = lines.as_slice() else { panic!("{lines:#?}") };
    assert!(line.starts_with(&format!("{place}: warning[row-unknown]: ")), "{line}");
    assert_eq!(outcome.stdout, "");
}

#[test]
fn json_ends_with_a_summary_and_says_nothing_elsewhere() {
    let folder = Case::for_code("department-missing").project();
    let outcome = check(folder.path(), "json");
    let summary = lines(&outcome).pop().unwrap();
    assert_eq!(outcome.stderr, "");
    assert_eq!((&summary["type"], &summary["errors"]), (&"summary".into(), &1.into()));
    assert_eq!(summary["missing_departments"], serde_json::json!(["Phòng B"]));
    assert_eq!(summary.get("folder"), None, "check writes nothing");
    let run = run_cli(&[OsStr::new("run"), folder.path().as_os_str(), OsStr::new("--message-format=json")]);
    let written = lines(&run).pop().unwrap();
    assert!(Path::new(written["folder"].as_str().unwrap()).join("run.json").is_file(), "{written}");
    assert_eq!(written["kept"], serde_json::json!([]));
}

#[test]
fn check_prints_a_summary_only() {
    let folder = Case::base().project();
    let outcome = check(folder.path(), "human");
    let titles: Vec<&str> = outcome.stdout.lines().map(|line| line.split_once(':').unwrap().0).collect();
    assert_eq!(titles, ["Đã nhận", "Thời hạn", "Chỉ tiêu", "Ngành", "Số liệu", "Tồn tại", "Vấn đề"]);
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn failures_are_printed_in_every_format() {
    let nowhere = Path::new("khong-co/du-an");
    let outcomes = ["human", "short", "json"].map(|format| check(nowhere, format));
    assert!(outcomes.iter().all(|outcome| outcome.exit == 3));
    let [human, short, json] = outcomes;
    assert!(human.stderr.starts_with("lỗi: ") && human.stdout.is_empty(), "{}", human.stderr);
    assert!(short.stderr.starts_with("error: ") && short.stdout.is_empty(), "{}", short.stderr);
    let failure = lines(&json).pop().unwrap();
    assert!(failure["type"] == "failure" && failure["message"].as_str().unwrap().contains("khong-co"), "{failure}");
}

#[test]
fn many_rows_of_a_sheet_are_grouped() {
    let folder = Case::base().project();
    let mut sheet =
        "@sheet Biểu\n1 | STT | Chỉ tiêu | ĐVT | Thực hiện |\n2 | 1 | Tổng đàn gia súc | con | 168 |\n".to_owned();
    for row in 3..=11 {
        sheet.push_str(&format!("{row} | {} | Vật nuôi lạ {row} | con | {row} |\n", row - 1));
    }
    let book = project::sheet_text::parse(&sheet).unwrap();
    let bytes = project::sheet_text::build(&book).unwrap();
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
    let human = check(folder.path(), "human").stderr;
    let listed = "9 dòng có số nhưng không khớp với chỉ tiêu nào: \"Vật nuôi lạ 3\", \"Vật nuôi lạ 4\", \"Vật nuôi lạ 5\" và 6 dòng khác";
    assert_eq!(human.matches("[row-unknown]").count(), 1, "{human}");
    assert!(human.contains(listed), "{human}");
    assert_eq!(check(folder.path(), "short").stderr.matches("[row-unknown]").count(), 1);
}

#[test]
fn explain_says_what_a_code_means() {
    for code in CODES {
        let outcome = explain(&[code.as_str()]);
        assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
        let explanation = code.explanation(Language::Vietnamese);
        for words in [code.as_str(), explanation.title, explanation.details, explanation.example, explanation.remedy] {
            assert!(outcome.stdout.contains(words), "{words:?} is not in {}", outcome.stdout);
        }
    }
}

#[test]
fn explain_lists_all_codes_and_knows_the_nearest() {
    let list = explain(&[]);
    let named: Vec<&str> = list.stdout.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(named, CODES.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    let unknown = explain(&["row-unknwon"]);
    assert_eq!((unknown.exit, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("\"row-unknown\""), "{}", unknown.stderr);
    let strange = explain(&["zzz"]);
    assert!(strange.exit == 2 && !strange.stderr.contains("có phải là"), "{}", strange.stderr);
}

fn check(project: &Path, format: &str) -> Outcome {
    checked::check(project, Language::Vietnamese, format)
}

fn explain(code: &[&str]) -> Outcome {
    let words: Vec<&OsStr> = ["explain"].iter().chain(code).map(OsStr::new).collect();
    run_cli(&words)
}

/// Parses the lines of the JSON format.
fn lines(outcome: &Outcome) -> Vec<Value> {
    outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn problems(outcome: &Outcome) -> Vec<Value> {
    lines(outcome).into_iter().filter(|line| line["type"] == "problem").collect()
}

/// Returns the first place as written in the other formats.
fn place_of(problem: &Value) -> String {
    let place = &problem["places"][0];
    let part = |key: &str| place[key].as_str().unwrap_or_default();
    match part("kind") {
        "project" => "tonghop.toml".to_owned(),
        "department" => format!("workbooks/{}", part("department")),
        "file" => part("file").to_owned(),
        "sheet" => format!("{} [{}]", part("file"), part("sheet")),
        "cell" => format!("{} [{}] {}", part("file"), part("sheet"), part("cell")),
        "rule" => format!("{}:{}", part("file"), place["line"]),
        other => panic!("{other}"),
    }
}

#[test]
fn a_strict_check_fails_for_the_rules_and_not_for_the_data() {
    for (code, exit) in [("indicator-unused", 1), ("template-suspect", 1), ("row-unknown", 0)] {
        let folder = Case::for_code(code).project();
        let words = ["check", "--strict", "--message-format=short"].map(OsStr::new);
        let strict = run_cli(&[&words[..], &[folder.path().as_os_str()]].concat());
        assert_eq!(strict.exit, exit, "{code}: {}", strict.stderr);
        assert!(strict.stderr.contains(&format!("[{code}]: ")), "{}", strict.stderr);
    }
}

#[test]
fn a_severity_of_the_settings_holds_in_every_output() {
    let folder = Case::for_code("unit-mismatch").project();
    let settings = folder.path().join("tonghop.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{text}\n[severity]\nunit-mismatch = \"error\"\n")).unwrap();
    let outcome = check(folder.path(), "json");
    let raised = problems(&outcome);
    let raised = raised.iter().find(|problem| problem["code"] == "unit-mismatch").unwrap();
    assert_eq!((outcome.exit, raised["severity"].as_str()), (1, Some("error")));
    let run = run_cli(&[OsStr::new("run"), folder.path().as_os_str(), OsStr::new("--message-format=json")]);
    let written = lines(&run).pop().unwrap();
    let manifest = fs::read_to_string(Path::new(written["folder"].as_str().unwrap()).join("run.json")).unwrap();
    assert_eq!(run.exit, 1);
    assert!(!manifest.contains("\"errors\": 0"), "{manifest}");
    fs::write(&settings, format!("{text}\n[severity]\nunit-mismatch = \"note\"\n")).unwrap();
    let outcome = check(folder.path(), "json");
    let noted = problems(&outcome);
    assert_eq!(noted.iter().find(|problem| problem["code"] == "unit-mismatch").unwrap()["severity"], "note");
}
