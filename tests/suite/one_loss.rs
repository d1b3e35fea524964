//! One bad input costs itself: whatever a department or the office writes, all other figures and all outputs are whole.

use crate::case::Case;
use crate::project::{Outcome, files_below, run_cli};
use rust_xlsxwriter::Workbook;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// The outputs of every run.
const OUTPUTS: [&str; 7] =
    ["tong-hop.xlsx", "bao-cao.docx", "bao-cao.md", "bao-cao.txt", "figures.json", "run.json", "phan-hoi/phong-a.xlsx"];

/// Runs a project; returns the outcome with its files.
fn run(project: &Path) -> Outcome {
    let outcome = run_cli(&[OsStr::new("run"), project.as_os_str()]);
    let folder = project.join("out/2024-09-thang");
    let files = files_below(&folder).into_iter().map(|file| {
        let name = file.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read(&file).unwrap())
    });
    Outcome { files: files.collect(), ..outcome }
}

/// Asserts that a run has all outputs and the figure of the unharmed rows.
fn assert_whole(outcome: &Outcome, why: &str) {
    assert!(outcome.exit <= 1, "{why}: {}", outcome.stderr);
    for name in OUTPUTS {
        assert!(outcome.files.contains_key(name), "{why}: no {name}: {}", outcome.stderr);
    }
    assert_eq!(outcome.problems("output-lost"), Vec::<serde_json::Value>::new(), "{why}");
    assert!(outcome.text("bao-cao.txt").contains("Tổng đàn gia súc 168 con"), "{why}: {}", outcome.stderr);
}

/// Writes the workbook of the base project with a further row.
fn write_workbook(path: &Path, label: &str, unit: &str, plan: f64, actual: f64) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Biểu").unwrap();
    let rows = [
        ("I", "Tổng đàn gia súc", "con", 180.0, 168.0),
        ("1", "Đàn trâu", "con", 130.0, 120.0),
        ("2", "Đàn bò", "con", 50.0, 48.0),
        ("II", label, unit, plan, actual),
    ];
    for (col, heading) in (0..).zip(["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm", "Thực hiện"]) {
        sheet.write(0, col, heading).unwrap();
    }
    for (row, (number, label, unit, plan, actual)) in (1..).zip(rows) {
        sheet.write(row, 0, number).unwrap();
        sheet.write(row, 1, label).unwrap();
        sheet.write(row, 2, unit).unwrap();
        sheet.write(row, 3, plan).unwrap();
        sheet.write(row, 4, actual).unwrap();
    }
    workbook.save(path).unwrap();
}

#[test]
fn a_text_of_any_length_costs_no_output() {
    for letter in ["ế", "x ", "𝄞"] {
        let units = letter.encode_utf16().count();
        for length in [32_000, 32_680, 32_767] {
            let long = letter.repeat(length / units);
            for (label, unit) in [(long.as_str(), "con"), ("Đàn lợn", long.as_str()), (&long, &long)] {
                let folder = Case::base().project();
                write_workbook(&folder.path().join("workbooks/phong-a/bieu.xlsx"), label, unit, 10.0, 9.0);
                assert_whole(&run(folder.path()), &format!("{letter} {length}"));
            }
        }
    }
}

#[test]
fn a_reason_of_the_office_that_no_cell_holds_is_named() {
    let folder = Case::for_code("text-too-long").project();
    let outcome = run(folder.path());
    assert_whole(&outcome, "reason");
    assert_eq!(outcome.problems("text-too-long").len(), 1, "{}", outcome.stderr);
}

#[test]
fn a_number_beyond_the_digits_costs_only_its_figure() {
    let folder = Case::base().project();
    let rule = folder.path().join("plugins/herd.lua");
    let text = fs::read_to_string(&rule).unwrap();
    let with_pigs = text.replace(
        "cattle = { \"Đàn bò\" } } } },",
        "cattle = { \"Đàn bò\" } } },\n    pigs = { \"Đàn lợn\", unit = \"con\" } },",
    );
    assert_ne!(text, with_pigs);
    fs::write(rule, with_pigs.replace("{total}.\")", "{total}[; lợn {pigs}].\")")).unwrap();
    for (plan, actual, cell) in [(10.0, 1e28, "E5"), (10.0, -3e18, "E5"), (1e28, 9.0, "D5")] {
        write_workbook(&folder.path().join("workbooks/phong-a/bieu.xlsx"), "Đàn lợn", "con", plan, actual);
        let outcome = run(folder.path());
        assert_whole(&outcome, cell);
        let problems = outcome.problems("number-unreadable");
        let [problem] = problems.as_slice() else { panic!("{}", outcome.stderr) };
        assert!(problem["places"][0].as_str().unwrap().ends_with(cell), "{problem}");
        assert!(problem["message"].as_str().unwrap().contains("quá lớn"), "{problem}");
        assert_eq!(outcome.problems("rule-failed"), Vec::<serde_json::Value>::new());
        assert_eq!(outcome.text("bao-cao.txt").contains("lợn 09 con"), cell == "D5");
    }
}
