//! Compares two runs as an administrator does: one thing is changed, and exactly its consequences are reported.

use crate::case::{self, Case};
use crate::project::{Outcome, PERIOD, Project, run_cli};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tonghop::authoring::diff::Difference;
use tonghop::authoring::snapshot::Snapshot;
use tonghop::pipeline::{self, Environment, NoProgress};
use tonghop::source::FolderSource;
use tonghop_core::diag::Language;

/// The small project of the cases, whose runs have separate folders.
struct Herd(TempDir);

impl Herd {
    fn new() -> Self {
        Self(Case::base().project())
    }

    fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.path().join(file), content).unwrap();
    }

    fn change_rule(&self, from: &str, to: &str) {
        let path = self.0.path().join("plugins/herd.lua");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    /// Runs the project and returns the folder of its outputs.
    fn run(&self, name: &str) -> PathBuf {
        let out = self.0.path().join(name);
        let run = run_cli(&[OsStr::new("run"), self.0.path().as_os_str(), OsStr::new("--out"), out.as_os_str()]);
        assert!(run.exit < 2, "{}", run.stderr);
        out.join(PERIOD)
    }
}

fn diff(old: &Path, new: &Path, format: &str) -> Outcome {
    run_cli(&[OsStr::new("diff"), old.as_os_str(), new.as_os_str(), OsStr::new("--format"), OsStr::new(format)])
}

fn difference(old: &Path, new: &Path) -> Value {
    let outcome = diff(old, new, "json");
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    serde_json::from_str(&outcome.stdout).unwrap()
}

/// Returns `id kind` of every figure that differs.
fn figures(difference: &Value) -> Vec<String> {
    let figures = difference["figures"].as_array().unwrap().iter();
    let text = |figure: &Value, key: &str| figure[key].as_str().unwrap().to_owned();
    figures.map(|figure| format!("{} {}", text(figure, "id"), text(figure, "kind"))).collect()
}

#[test]
fn one_changed_cell_changes_exactly_its_figures() {
    let project = Project::new();
    project.run();
    let before = project.path("before");
    fs::rename(project.path("out"), &before).unwrap();
    project.change_text(
        "BC thương mại 9 tháng",
        "11 | 2 | Dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng | \" | - | - | 176 |",
        "11 | 2 | Dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng | \" | - | - | 190 |",
    );
    project.run();
    let found = difference(&before.join(PERIOD), project.folder());
    assert_eq!(figures(&found), ["trade.services.actual changed", "trade.services.share changed"]);
    let figure = &found["figures"][0];
    assert_eq!((&figure["old"]["value"], &figure["new"]["value"]), (&json!("176"), &json!("190")));
    assert_eq!(
        figure["why"],
        json!([{
            "what": "cell", "cell": "workbooks/phong-kinh-te/BC thương mại 9 tháng.xlsx [Thuong mai] F11",
            "old": "176", "new": "190"
        }])
    );
    assert_eq!(
        figure["printed"],
        json!([{
            "id": "trade.services.actual@II.I.1.a#1", "section": "II.I.1.a",
            "old": "176 tỷ đồng", "new": "190 tỷ đồng"
        }])
    );
    assert_eq!(found["problems"]["new"][0]["code"], "check-contradiction");
    assert_eq!(found["shortfalls"], json!({ "new": [], "gone": [] }));
}

#[test]
fn the_same_run_has_no_difference() {
    let herd = Herd::new();
    let (first, second) = (herd.run("first"), herd.run("second"));
    let outcome = diff(&first, &second, "human");
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (0, "Không có gì thay đổi.\n"));
}

#[test]
fn a_run_says_the_same_in_memory_and_in_its_files() {
    let herd = Herd::new();
    let written = Snapshot::from_folder(&herd.run("written")).unwrap();
    let run = pipeline::run_without_rendering(&Environment::in_process(&FolderSource::new(herd.0.path())), &NoProgress)
        .unwrap();
    let difference = Difference::between(&written, &Snapshot::from_run(&run, Language::Vietnamese));
    assert!(difference.is_empty() && !written.figures.is_empty(), "{difference:#?}");
}

#[test]
fn a_figure_without_a_source_is_gone() {
    let herd = Herd::new();
    let full = herd.run("full");
    herd.write("workbooks/phong-a/bieu.xlsx", case::herd("168", ""));
    let without = herd.run("without");
    let gone = difference(&full, &without);
    let cattle = ["actual", "attainment.annual", "share"].map(|measure| format!("herd.cattle.{measure} gone"));
    assert!(cattle.iter().all(|figure| figures(&gone).contains(figure)), "{:?}", figures(&gone));
    let codes = |problems: &Value| {
        ["parts-missing", "indicator-missing"]
            .map(|code| problems.as_array().unwrap().iter().any(|problem| problem["code"] == code))
    };
    assert_eq!(codes(&gone["problems"]["new"]), [true; 2]);
    let back = difference(&without, &full);
    assert!(figures(&back).contains(&"herd.cattle.actual new".to_owned()));
    assert_eq!(codes(&back["problems"]["gone"]), [true; 2]);
}

#[test]
fn a_rule_that_says_otherwise_is_named() {
    let herd = Herd::new();
    let before = herd.run("before");
    herd.change_rule("unit = \"con\",", "unit = \"con\", decimals = { value = 1 },");
    let after = herd.run("after");
    let found = difference(&before, &after);
    assert_eq!(figures(&found), ["herd.total.actual reworded"]);
    let figure = &found["figures"][0];
    assert_eq!((&figure["printed"][0]["old"], &figure["printed"][0]["new"]), (&json!("168 con"), &json!("168,0 con")));
    assert_eq!(figure["why"], json!([{ "what": "file", "file": "plugins/herd.lua", "change": "changed" }]));
}

#[test]
fn a_threshold_gives_and_takes_shortfalls() {
    let herd = Herd::new();
    let shortfalls = "shortfalls = function(d, out) for i in d:behind(LIMIT) do out:shortfall { i } end end,\n  text";
    herd.change_rule("text", &shortfalls.replace("LIMIT", "0.5"));
    let lenient = herd.run("lenient");
    herd.change_rule("0.5", "2");
    let strict = herd.run("strict");
    let stricter = difference(&lenient, &strict);
    assert_eq!(figures(&stricter), Vec::<String>::new());
    let new = stricter["shortfalls"]["new"].as_array().unwrap();
    assert_eq!(new.iter().map(|s| &s["indicator"]).collect::<Vec<_>>(), ["total"]);
    assert_eq!(difference(&strict, &lenient)["shortfalls"]["gone"][0]["indicator"], "total");
    let output = diff(&lenient, &strict, "human").stdout;
    assert!(output.contains("Tồn tại, hạn chế: 1 mới, 0 không còn\n  + "), "{output}");
}

#[test]
fn a_difference_has_old_new_and_why() {
    let herd = Herd::new();
    let before = herd.run("before");
    herd.write("workbooks/phong-a/bieu.xlsx", case::herd("170", "50"));
    let output = diff(&before, &herd.run("after"), "human").stdout;
    for line in [
        "  herd.total.actual (Tổng đàn gia súc): 168 con → 170 con",
        "    in ở mục I: \"168 con\" → \"170 con\"",
        "    vì ô workbooks/phong-a/bieu.xlsx [Biểu] E2: \"168\" → \"170\"",
        "  herd.cattle.actual (Đàn bò): 48 con → 50 con",
    ] {
        assert!(output.lines().any(|printed| printed == line), "no {line:?} in\n{output}");
    }
    assert!(!output.contains("Câu viết khác"), "a number alone does not change the wording:\n{output}");
}

#[test]
fn a_folder_that_is_not_a_run_is_named() {
    let herd = Herd::new();
    let run = herd.run("run");
    let outcome = diff(&run, Path::new("khong-co"), "human");
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (3, ""));
    assert!(outcome.stderr.contains("khong-co"), "{}", outcome.stderr);
}
