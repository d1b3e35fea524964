//! `tonghop eval`, names of rules in `explain`, and `print` in rules.

use crate::case::Case;
use crate::project::{Outcome, run_cli};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

fn call(command: &str, words: &[&str], project: &Path) -> Outcome {
    let mut arguments = vec![OsStr::new(command)];
    arguments.extend(words.iter().map(OsStr::new));
    arguments.push(project.as_os_str());
    run_cli(&arguments)
}

#[test]
fn an_expression_is_shown_with_its_unit_and_cells() {
    let folder = Case::base().project();
    for (expression, first, cell) in [
        ("d.total.actual", "herd.total.actual = 168 con", "[Biểu] E2"),
        ("total.attainment", "herd.total.attainment.annual = 93,3333%", "[Biểu] D2"),
        ("d.herd.cattle.target", "herd.cattle.target.annual = 50 con", "[Biểu] D4"),
        ("sum(d.total.parts)", "sum(d.total.parts) = 168 con", "[Biểu] E3"),
        ("d.total.actual / d.buffalo", "d.total.actual / d.buffalo = 1,4", "[Biểu] E3"),
        ("d.buffalo", "herd.buffalo: Đàn trâu", "[Biểu] E3"),
        ("d.total.parts", "buffalo; cattle", ""),
        ("d.total.label", "\"Tổng đàn gia súc\"", ""),
        ("1 + 2", "3", ""),
    ] {
        let outcome = call("eval", &[expression], folder.path());
        assert_eq!(outcome.exit, 0, "{expression}: {}", outcome.stderr);
        assert_eq!(outcome.stdout.lines().next(), Some(first), "{expression}");
        assert!(outcome.stdout.contains(cell), "{expression}: {}", outcome.stdout);
    }
}

#[test]
fn a_mistake_in_an_expression_says_what_to_write() {
    let folder = Case::base().project();
    for (words, says) in [
        (&["d.totl"][..], "\"total\""),
        (&["d.total != 3"], "viết ~="),
        (&["os.date()"], "{@period.year}"),
        (&["--sector", "hrd", "d.total"], "\"herd\""),
        (&["(function() while true do end end)()"], "limits.plugin_seconds"),
        (&["d.total +"], "tệp kết thúc"),
    ] {
        let outcome = call("eval", words, folder.path());
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (1, ""), "{words:?}");
        assert!(outcome.stderr.contains(says), "{words:?}: {}", outcome.stderr);
    }
}

#[test]
fn names_of_several_sectors_need_the_sector() {
    let folder = Case::for_code("row-ambiguous").project();
    let outcome = call("eval", &["--sector", "crop", "d.sown"], folder.path());
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    let rule = folder.path().join("plugins/crop.lua");
    let text = fs::read_to_string(&rule).unwrap();
    fs::write(&rule, text.replace("sown", "planted")).unwrap();
    let outcome = call("eval", &["d.planted"], folder.path());
    assert_eq!(outcome.exit, 1);
    assert!(outcome.stderr.contains("crop, forest") && outcome.stderr.contains("--sector"), "{}", outcome.stderr);
}

#[test]
fn names_as_rules_write_them_are_explained() {
    let folder = Case::base().project();
    for name in [
        "herd.total.attainment",
        "d.total.attainment",
        "d.herd.total.actual",
        "total.parts",
        "cattle.annual",
        "d.cattle",
    ] {
        let outcome = call("explain", &[name], folder.path());
        assert_eq!(outcome.exit, 0, "{name}: {}", outcome.stderr);
    }
    assert_eq!(call("explain", &["herd.totl.attainment"], folder.path()).exit, 2);
}

#[test]
fn printed_values_are_shown_by_check_and_not_in_outputs() {
    let folder = Case::for_code("value-printed").project();
    let checked = call("check", &["--message-format", "short"], folder.path());
    assert!(checked.stderr.contains("print: herd.total.actual = 168 con"), "{}", checked.stderr);
    assert_eq!(call("check", &["--strict"], folder.path()).exit, 1);
    let run = call("run", &[], folder.path());
    assert_eq!((run.exit, run.stderr.contains("print")), (0, false), "{}", run.stderr);
    let manifest = fs::read_to_string(folder.path().join("out/2024-09-thang/run.json")).unwrap();
    assert!(!manifest.contains("value-printed"));
}

#[test]
fn the_number_of_printed_values_is_bounded() {
    let folder = Case::for_code("value-printed").project();
    let rule = folder.path().join("plugins/herd.lua");
    let text = fs::read_to_string(&rule).unwrap();
    fs::write(&rule, text.replace("print(d.total.actual)", "for i = 1, 9999 do print(i, d) end")).unwrap();
    let outcome = call("check", &["--message-format", "short"], folder.path());
    assert!(outcome.stderr.lines().count() < 60, "{}", outcome.stderr.lines().count());
    assert!(outcome.stderr.contains("không hiện ra"));
}
