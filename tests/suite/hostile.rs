//! Hostile rules: each is stopped within its limits, reported with its file and line, and affects no other rule.
//!
//! The rules are in `tests/hostile/`, one file per kind. Those that never end or use too much memory are tried alone
//! and inside every construct that could hide the error from the limit.

use crate::case::expanded;
use crate::observed::dataset_with_actuals;
use crate::project::repository;
use std::fs;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::report::RuleResults;
use tonghop_rules::Script;
use tonghop_testing::minimal_settings;

/// The limits are small, so that hundreds of rules that reach them take seconds.
const TABLES: &str = r#"
[limits]
plugin_seconds = 0.05
plugin_memory_mib = 8
[[departments]]
id = "d"
name = "D"
[[targets]]
id = "annual"
name = "kế hoạch"
headings = ["Kế hoạch"]
[outline]
letters = ["a"]
headings = [{ path = "I", title = "t", sectors = ["hostile", "neighbour"] }]
"#;

fn settings() -> String {
    minimal_settings("", TABLES)
}

/// The timeout of a rule, including loading and ending: far more than its limit.
const PATIENCE: Duration = Duration::from_secs(20);

/// The maximum length of a message, in characters.
const LONGEST_MESSAGE: usize = 600;

/// Constructs that may hide an error or run code in unexpected places; `@@` is the hostile part.
const WRAPPINGS: [(&str, &str); 9] = [
    ("bare", "@@"),
    ("pcall for ever", "while true do pcall(function() @@ end) end"),
    ("pcall within pcall", "while true do pcall(pcall, pcall, function() @@ end) end"),
    ("handler", "xpcall(error, function() @@ end) while true do end"),
    ("index", "local it = setmetatable({}, { __index = function() @@ end }) local _ = it.x error('x')"),
    ("arithmetic", "local it = setmetatable({}, { __add = function() @@ end }) local _ = it + 1 error('x')"),
    ("tostring", "tostring(setmetatable({}, { __tostring = function() @@ end })) error('x')"),
    ("comparator", "table.sort({ 3, 2, 1 }, function(a, b) @@ end) error('x')"),
    ("replacement", "('abc'):gsub('.', function() @@ end) error('x')"),
];

/// A rule of one of the files.
struct Hostile {
    name: String,
    body: String,
}

/// Reads the rules of a kind: `== name`, then Lua; `@repeat n text` repeats a text.
fn rules_of_kind(name: &str) -> Vec<Hostile> {
    let text = fs::read_to_string(repository().join(format!("tests/hostile/{name}.txt"))).unwrap();
    let rules = text.split("\n== ").skip(1);
    rules
        .map(|rule| {
            let (name, body) = rule.split_once('\n').unwrap_or((rule, ""));
            Hostile { name: name.trim().to_owned(), body: body.lines().map(expanded).collect::<Vec<_>>().join("\n") }
        })
        .collect()
}

fn script(id: &str, text: String) -> Script {
    Script { file: FilePath::new(format!("plugins/{id}.lua")), text }
}

/// Returns a sector with `body` as its text function.
fn sector(id: &str, body: &str) -> Script {
    let text = format!(
        "return sector {{ api = 1, id = \"{id}\", title = \"Ngành\", section = \"I\", targets = {{ \"annual\" }},
  indicators = {{ total = {{ \"Tổng số\", unit = \"con\", parts = {{ one = {{ \"Một\" }}, two = {{ \"Hai\" }} }} }},
    rate = {{ \"Vụ việc\", unit = \"vụ\" }} }},
  text = function(d, out)
{body}
  end }}"
    );
    script(id, text)
}

/// Returns a harmless sector without data, whose text shows whether it was affected.
fn neighbour() -> Script {
    let text = "return sector { api = 1, id = \"neighbour\", title = \"Bên cạnh\", section = \"I\",
  text = function(d, out)
    local s, n = (\"abc\"):upper():gsub(\"B\", \"-\")
    out:paragraph(\"{a} {b}.\", { a = t(\"{=\" .. s .. \"}\"), b = t(\"{=\" .. type(sum) .. n .. tostring(x) .. \"}\") })
  end }";
    script("neighbour", text.to_owned())
}

/// Returns data for a sector, without which its text function would not be called.
fn dataset(sector: &str) -> Dataset {
    dataset_with_actuals(sector, &[("total", "con", 30), ("one", "con", 10), ("rate", "vụ", 3)])
}

/// Returns the results of all sectors except the hostile one, and its problems.
fn run_with_neighbour(hostile: Option<Script>) -> (String, Vec<Diagnostic>) {
    let config = Arc::new(Config::parse(&settings()).unwrap());
    let scripts: Vec<Script> = hostile.into_iter().chain([neighbour()]).collect();
    let (loaded, mut diagnostics) = tonghop_rules::load(&scripts, &config);
    let (outcome, problems) = tonghop_rules::run(&loaded, &dataset("hostile"), &config).unwrap();
    diagnostics.extend(problems);
    let RuleResults { sectors, overview, findings, .. } = outcome;
    let others: Vec<_> = sectors.iter().filter(|s| s.decl.id.as_str() != "hostile").collect();
    (format!("{others:?} {overview:?} {findings:?}"), diagnostics)
}

/// Runs a hostile rule together with its neighbour, with a timeout; returns the codes of its problems, or an error with
/// the damage.
fn run(rule: Script) -> Result<Vec<Code>, String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(run_with_neighbour(Some(rule))));
    let (others, problems) = receiver.recv_timeout(PATIENCE).map_err(|error| format!("no end in sight: {error}"))?;
    if others != run_with_neighbour(None).0 {
        return Err("the neighbour was touched".to_owned());
    }
    problems.iter().map(fault_of).collect()
}

/// Returns the code of a problem that names the hostile file and has a readable message.
fn fault_of(problem: &Diagnostic) -> Result<Code, String> {
    let named = matches!(problem.places.as_slice(), [Place::Rule(rule)] if rule.file.as_str() == "plugins/hostile.lua" && rule.line > 0);
    let is_short = problem.message.vietnamese().chars().count() < LONGEST_MESSAGE;
    let fit = named && is_short && problem.hint.is_some();
    fit.then_some(problem.code).ok_or_else(|| format!("{problem:?}").chars().take(LONGEST_MESSAGE).collect())
}

/// Runs rules in two threads; the codes of each rule's problems must satisfy `wanted`.
fn assert_each_ends(rules: &[(String, Script)], wanted: impl Fn(&[Code]) -> bool + Sync) {
    let surprise = |(name, script): &(String, Script)| match run(script.clone()) {
        Ok(codes) if wanted(&codes) => None,
        other => Some(format!("{name}: {other:?}")),
    };
    let surprises: Vec<String> = thread::scope(|scope| {
        let halves = rules.chunks(rules.len().div_ceil(2));
        let halves: Vec<_> =
            halves.map(|half| scope.spawn(|| half.iter().filter_map(surprise).collect::<Vec<_>>())).collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

/// Requires exactly one problem with one of these codes.
fn one_of(codes: &[Code]) -> impl Fn(&[Code]) -> bool {
    move |found| matches!(found, [code] if codes.contains(code))
}

fn wrapped_rules(kind_name: &str) -> Vec<(String, Script)> {
    let rules = rules_of_kind(kind_name);
    let wrap = |hostile: &Hostile, (wrapping, around): &(&str, &str)| {
        let name = format!("{} ({wrapping})", hostile.name);
        (name, sector("hostile", &around.replace("@@", &format!("\n{}\n", hostile.body))))
    };
    rules.iter().flat_map(|hostile| WRAPPINGS.iter().map(move |wrapping| wrap(hostile, wrapping))).collect()
}

fn plain_rules(kind_name: &str) -> Vec<(String, Script)> {
    rules_of_kind(kind_name).into_iter().map(|hostile| (hostile.name, sector("hostile", &hostile.body))).collect()
}

#[test]
fn what_never_ends_is_stopped() {
    assert_each_ends(&wrapped_rules("time"), one_of(&[Code::RuleLimit]));
}

#[test]
fn what_eats_memory_is_stopped() {
    assert_each_ends(&wrapped_rules("memory"), one_of(&[Code::RuleLimit, Code::RuleFailed]));
}

#[test]
fn what_reaches_out_or_makes_no_sense_is_refused() {
    assert_each_ends(&plain_rules("refused"), one_of(&[Code::RuleFailed]));
}

#[test]
fn odd_but_harmless_rules_run() {
    assert_each_ends(&plain_rules("harmless"), <[Code]>::is_empty);
}

#[test]
fn whole_files_that_are_not_rules_are_refused() {
    let rules = rules_of_kind("whole").into_iter().map(|hostile| (hostile.name, script("hostile", hostile.body)));
    assert_each_ends(&rules.collect::<Vec<_>>(), one_of(&[Code::PluginBroken, Code::RuleLimit]));
}

#[test]
fn line_ends_and_marks_of_editors_are_not_mistakes() {
    let text = sector("hostile", "    out:paragraph(\"Xong.\")").text;
    let odd = [format!("\u{feff}{text}"), text.replace('\n', "\r\n"), format!("{text}\n\n\n")];
    assert_each_ends(&odd.map(|text| ("line ends".to_owned(), script("hostile", text))), <[Code]>::is_empty);
}

#[test]
fn all_files_together_have_a_bound() {
    let settings = settings().replace("plugin_seconds = 0.05", "plugin_seconds = 60\nrules_seconds = 0.1");
    let config = Arc::new(Config::parse(&settings).unwrap());
    let scripts = ["one", "two", "three"].map(|id| sector(id, "while true do end"));
    let (loaded, diagnostics) = tonghop_rules::load(&scripts, &config);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut given = Dataset::default();
    ["one", "two", "three"].iter().for_each(|id| given.observations.append(&mut dataset(id).observations));
    let (_, problems) = tonghop_rules::run(&loaded, &given, &config).unwrap();
    assert_eq!(problems.len(), 3, "{problems:?}");
    for problem in problems {
        assert_eq!(problem.code, Code::RuleLimit);
        assert!(problem.hint.unwrap().vietnamese().contains("limits.rules_seconds"));
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let config = Arc::new(Config::parse(&settings()).unwrap());
    let scripts = [sector("hostile", "    out:paragraph(\"{total}.\")"), neighbour()];
    let outcome = |scripts: &[Script]| {
        let (loaded, diagnostics) = tonghop_rules::load(scripts, &config);
        let (outcome, problems) = tonghop_rules::run(&loaded, &dataset("hostile"), &config).unwrap();
        format!("{:?} {:?} {diagnostics:?} {problems:?}", outcome.sectors, outcome.overview)
    };
    let [first, second] = scripts.clone();
    assert_eq!(outcome(&scripts), outcome(&[second, first]));
}
