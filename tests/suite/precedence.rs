//! The precedence of the sources of a number, tested with a project in which each source gives another number.

use crate::case::Case;
use crate::project::{run_cli, sheet_text};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const DERIVED: &str = "999";

/// The sources that give a number for the total.
#[derive(Clone, Copy, Debug, Default)]
struct Sources {
    correction: bool,
    report: bool,
    parts: bool,
    derive: bool,
}

/// Writes the project: 190 is corrected, 171 is reported, the parts are 120 and 48, 999 is derived.
fn project(sources: Sources) -> TempDir {
    let folder = Case::base().project();
    if sources.derive {
        let path = folder.path().join("plugins/herd.lua");
        let rule = fs::read_to_string(&path).unwrap();
        let derive = format!("unit = \"con\", derive = function(d) return d.herds * {DERIVED} end,");
        let changed = rule.replacen("unit = \"con\",", &derive, 1);
        let changed = changed.replace("indicators = {", "indicators = { herds = { \"Số đàn\", unit = \"con\" },");
        assert_ne!(rule, changed);
        fs::write(path, changed).unwrap();
    }
    if sources.correction {
        let head = "Chỉ tiêu;Số liệu;Giá trị;Người điều chỉnh;Lý do";
        let text = format!("\u{feff}{head}\nherd.total;actual;190;Văn phòng;Đối chiếu lại\n");
        fs::write(folder.path().join("workbooks/dieu-chinh.csv"), text).unwrap();
    }
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), workbook(sources)).unwrap();
    folder
}

fn workbook(sources: Sources) -> Vec<u8> {
    let total = if sources.report { "171" } else { "" };
    let cattle = if sources.parts { "48" } else { "" };
    let sheet = format!(
        "@sheet Biểu\n1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện |\n\
         2 | I | Tổng đàn gia súc | con | 180 | {total} |\n3 | 1 | Đàn trâu | con | 130 | 120 |\n\
         4 | 2 | Đàn bò | con | 50 | {cattle} |\n5 | II | Số đàn | con | 1 | 1 |\n"
    );
    sheet_text::build(&sheet_text::parse(&sheet).unwrap()).unwrap()
}

fn run(folder: &Path) -> String {
    let outcome = run_cli(&[OsStr::new("run"), folder.as_os_str(), OsStr::new("--lang"), OsStr::new("en")]);
    assert!(outcome.exit < 2, "{}", outcome.stderr);
    outcome.stderr
}

fn total(folder: &Path) -> Option<String> {
    let path = folder.join("out/2024-09-thang/figures.json");
    let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let figure = json["figures"].as_array().unwrap().iter().find(|f| f["id"] == "herd.total.actual")?.clone();
    figure["value"].as_str().map(str::to_owned)
}

#[test]
fn a_lower_source_never_replaces_a_higher_one() {
    for case in 0..16_u8 {
        let has = |bit: u8| case & (1 << bit) != 0;
        let sources = Sources { correction: has(0), report: has(1), parts: has(2), derive: has(3) };
        let folder = project(sources);
        let log = run(folder.path());
        let expected = match sources {
            Sources { correction: true, .. } => Some("190"),
            Sources { report: true, .. } => Some("171"),
            Sources { parts: true, .. } => Some("168"),
            Sources { derive: true, .. } => Some(DERIVED),
            _ => None,
        };
        assert_eq!(total(folder.path()).as_deref(), expected, "{sources:?}\n{log}");
        // If both numbers exist, they are compared.
        let higher = sources.correction || sources.report || sources.parts;
        let compared = log.contains("the reported number and the number derived by the rule");
        assert_eq!(compared, sources.derive && higher, "{sources:?}\n{log}");
        let with_parts = log.contains("the total and the sum of its parts");
        assert_eq!(with_parts, sources.parts && (sources.correction || sources.report), "{sources:?}\n{log}");
    }
}

#[test]
fn a_rule_that_derives_the_sum_of_the_parts_does_not_repeat_its_contradiction() {
    let folder = project(Sources { report: true, parts: true, derive: true, ..Sources::default() });
    let path = folder.path().join("plugins/herd.lua");
    let rule = fs::read_to_string(&path).unwrap();
    let changed = rule.replace(&format!("d.herds * {DERIVED}"), "sum(d.total.parts)");
    assert_ne!(rule, changed);
    fs::write(path, changed).unwrap();
    let log = run(folder.path());
    assert_eq!(log.matches("[check-contradiction]").count(), 1, "{log}");
    assert_eq!(total(folder.path()).as_deref(), Some("171"));
}

#[test]
fn a_sum_that_needs_a_derived_part_gives_way_to_derive() {
    let folder = project(Sources { derive: true, ..Sources::default() });
    let path = folder.path().join("plugins/herd.lua");
    let rule = fs::read_to_string(&path).unwrap();
    let part = "cattle = { \"Đàn bò\", derive = function(d) return d.herds * 5 end }";
    let changed = rule.replace("cattle = { \"Đàn bò\" }", part);
    assert_ne!(rule, changed);
    fs::write(path, changed).unwrap();
    run(folder.path());
    assert_eq!(total(folder.path()).as_deref(), Some(DERIVED));
}
