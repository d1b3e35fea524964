//! Rules with one mistake each: it is reported once, at its line, with advice.
//!
//! The rules are in `tests/wrong_rules/`, one file per context: whole files, declarations of a sector, its sentences,
//! the relations of `checks.lua`.

use crate::observed::dataset_with_actuals;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Diagnostic, Place, Severity};
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::FilePath;
use tonghop_rules::Script;
use tonghop_testing::minimal_settings;

const TABLES: &str = r#"
[[departments]]
id = "nong-nghiep"
name = "Phòng Nông nghiệp"
[[targets]]
id = "annual"
name = "kế hoạch"
headings = ["Kế hoạch"]
[outline]
letters = ["a"]
headings = [{ path = "I", title = "t", sectors = ["farm", "shop"] }]
"#;

fn settings() -> String {
    minimal_settings("", TABLES)
}

/// Another sector, which is correct.
const SHOP: &str = r#"return sector { api = 1, id = "shop", title = "Chợ", section = "I",
  indicators = { sold = { "Đã bán", unit = "con" } }, text = function(d, out) out:paragraph("Đã bán {sold}.") end }"#;

/// A rule with a mistake, and the expected message.
struct WrongRule {
    name: String,
    body: String,
    line: u32,
    says: String,
    hint: String,
    /// Whether a note is expected; otherwise notes are ignored.
    is_note: bool,
}

/// Reads the rules of a context: `== name`, `@line`, `@says` and `@hint` (fragments), `@note` for a note, then Lua.
fn wrong_rules(place: &str) -> Vec<WrongRule> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wrong_rules/{place}.txt"));
    let text = fs::read_to_string(path).unwrap();
    text.split("\n== ").skip(1).map(wrong_rule).collect()
}

fn wrong_rule(text: &str) -> WrongRule {
    let (name, rest) = text.split_once('\n').unwrap();
    let (heads, body): (Vec<&str>, Vec<&str>) = rest.lines().partition(|line| line.starts_with('@'));
    let head = |key: &str| heads.iter().find_map(|head| head.strip_prefix(key)).unwrap_or_default().trim().to_owned();
    let line = head("@line").parse().unwrap_or_else(|_| panic!("{name}: no @line"));
    WrongRule {
        name: name.to_owned(),
        body: body.join("\n"),
        line,
        says: head("@says"),
        hint: head("@hint"),
        is_note: heads.contains(&"@note"),
    }
}

fn script(stem: &str, text: String) -> Script {
    Script { file: FilePath::new(format!("plugins/{stem}.lua")), text }
}

/// Returns data for the farm sector, without which its text function would not be called.
fn dataset() -> Dataset {
    dataset_with_actuals("farm", &[("herd", "con", 20), ("cows", "con", 10), ("goats", "con", 10)])
}

/// Loads, runs and lints the rules, and returns their problems.
fn problems_of(scripts: &[Script]) -> Vec<Diagnostic> {
    let config = Arc::new(Config::parse(&settings()).unwrap());
    let (loaded, mut diagnostics) = tonghop_rules::load(scripts, &config);
    let (_, problems) = tonghop_rules::run(&loaded, &dataset(), &config).unwrap();
    diagnostics.extend(problems);
    diagnostics.extend(tonghop_rules::lint(&loaded, scripts, &config, &diagnostics));
    diagnostics
}

/// Checks that a mistake is reported once, at its line, with cause and advice; returns the first deviation.
fn check_wrong_rule(wrong: &WrongRule, file: &str, scripts: &[Script]) -> Option<String> {
    let mut problems = problems_of(scripts);
    problems.retain(|problem| (problem.severity() == Severity::Note) == wrong.is_note);
    let fits = |problem: &Diagnostic| {
        let hint = problem.hint.as_ref().map_or("", |hint| hint.vietnamese());
        let at =
            |place: &Place| matches!(place, Place::Rule(rule) if (rule.line, rule.file.as_str()) == (wrong.line, file));
        problem.places.iter().any(at)
            && !wrong.says.is_empty()
            && problem.message.vietnamese().contains(&wrong.says)
            && hint.contains(&wrong.hint)
    };
    if matches!(problems.as_slice(), [problem] if fits(problem)) {
        return None;
    }
    let shown = |p: &Diagnostic| {
        let hint = p.hint.as_ref().map_or("", |hint| hint.vietnamese());
        let places: Vec<String> = p.places.iter().map(|place| format!("{place:?}")).collect();
        format!("\n    {:?} {}\n      says {}\n      hint {hint}", p.code, places.join(" "), p.message.vietnamese())
    };
    Some(format!("{} (line {}):{}", wrong.name, wrong.line, problems.iter().map(shown).collect::<String>()))
}

/// Checks all rules of a context, each put into a file by `scripts`.
fn assert_each_reported(place: &str, file: &str, scripts: impl Fn(String) -> Vec<Script>) {
    let wrong = wrong_rules(place);
    let amiss: Vec<String> = wrong.iter().filter_map(|w| check_wrong_rule(w, file, &scripts(w.body.clone()))).collect();
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

/// Returns the scripts with the farm sector; `body` begins on line 2.
fn farm(text: &str, body: &str) -> Script {
    let head = "return sector { api = 1, id = \"farm\", title = \"Trại\", section = \"I\", targets = { \"annual\" },";
    script("farm", format!("{head}{}", text.replace("@@", &format!("\n{body}\n"))))
}

const HERD: &str = "indicators = { herd = { \"Tổng đàn\", unit = \"con\", \
    parts = { cows = { \"Bò\" }, goats = { \"Dê\" } } } }, narrative = { plans = \"Kế hoạch\" },";

#[test]
fn of_whole_files() {
    assert_each_reported("whole", "plugins/farm.lua", |body| {
        vec![script("farm", body), script("shop", SHOP.to_owned())]
    });
}

#[test]
fn of_declarations() {
    let text = "@@}";
    assert_each_reported("declarations", "plugins/farm.lua", |body| {
        vec![farm(text, &body), script("shop", SHOP.to_owned())]
    });
}

#[test]
fn of_sentences() {
    let text = format!("{HERD} text = function(d, out)@@end }}");
    assert_each_reported("sentences", "plugins/farm.lua", |body| {
        vec![farm(&text, &body), script("shop", SHOP.to_owned())]
    });
}

#[test]
fn of_relations() {
    let checks = |body: String| format!("return checks {{ api = 1, run = function(r, check)\n{body}\nend }}");
    let right = || farm(&format!("{HERD}@@}}"), "");
    assert_each_reported("relations", "plugins/checks.lua", |body| {
        vec![right(), script("shop", SHOP.to_owned()), script("checks", checks(body))]
    });
}
