//! One bad thing costs itself: a bug in a function of the host, a figure beyond the digits, what is nested without end.

use super::{annual, config, dataset, full, outcome, sector_with};
use crate::declare::plugin::load_all;
use crate::eval::context::RuleContext;
use crate::eval::lua_type::LuaType;
use crate::{Script, host, run};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::model::document::plain_text;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::report::RuleResults;

/// Settings whose limits are so long that a rule which waits for them fails the test.
fn patient_config() -> Arc<Config> {
    let text = super::settings().replace("plugin_seconds = 0.2", "plugin_seconds = 600\nrules_seconds = 600");
    Arc::new(Config::parse(&text).unwrap())
}

/// Returns a sector without data, whose text shows whether another sector affected it.
fn neighbour() -> Script {
    let text = "return sector { api = 1, id = \"neighbour\", title = \"Bên cạnh\", section = \"II\",
  text = function(d, out) out:paragraph(t(\"Nguyên vẹn\") .. \".\") end }";
    Script { file: FilePath::new("plugins/neighbour.lua"), text: text.to_owned() }
}

/// Runs a sector and its neighbour; the call of `name` in the sector panics. Returns also whether it was called.
fn run_with_bug(script: &Script, name: &str) -> (RuleResults, Diagnostics, bool) {
    let config = patient_config();
    let called = Arc::new(AtomicBool::new(false));
    let new_context = |libraries, of: &Script| {
        let mut context = RuleContext::new(Arc::clone(&config), libraries, false);
        let (wanted, called) = (name.to_owned(), Arc::clone(&called));
        let fail = move |running: &str| {
            if running == wanted {
                called.store(true, Ordering::Relaxed);
                panic!("{running} has a bug");
            }
        };
        context.observer = (of.file == script.file).then(|| Box::new(fail) as _);
        context
    };
    let (rules, mut diagnostics) = load_all(&[script.clone(), neighbour()], &config, &new_context);
    let (outcome, problems) = run(&rules, &full(), &config).unwrap();
    diagnostics.extend(problems);
    (outcome, diagnostics, called.load(Ordering::Relaxed))
}

fn text_of(outcome: &RuleResults, sector: &str) -> String {
    let report = outcome.sectors.iter().find(|report| report.decl.id.as_str() == sector);
    let items = report.iter().flat_map(|report| &report.passages).flat_map(|passage| &passage.items);
    items.filter_map(|item| item.paragraph()).map(|paragraph| plain_text(&paragraph.spans)).collect()
}

/// Returns a call of each function, method and operator of the host, by the name under which it runs.
fn calls() -> Vec<(&'static str, String)> {
    let of_entry = |entry: &'static crate::api::entry::ApiEntry| {
        // The examples of values that a sector does not have run nothing.
        let is_called = !matches!(entry.owner, LuaType::Check | LuaType::Report | LuaType::Remark | LuaType::Shortfall);
        // An example that catches its error shows nothing.
        let call = if entry.name == "use" { "use(\"nothing\")" } else { entry.example };
        (is_called && call.contains(entry.name)).then(|| (entry.name, call.to_owned()))
    };
    let operators = [
        ("__add", "local x = d.one + d.two"),
        ("__sub", "local x = d.one - d.two"),
        ("__mul", "local x = d.one * 2"),
        ("__div", "local x = d.one / 2"),
        ("__unm", "local x = -d.one.actual"),
        ("__index", "local x = d.one"),
        ("__iter", "for part in d.total.parts do end"),
        ("__tostring", "local x = tostring(d.one)"),
        ("__concat", "local x = d.one .. \" và\""),
    ];
    let functions = host::entries()
        .filter(|entry| {
            !matches!(entry.handler, crate::api::entry::Handler::Field(_) | crate::api::entry::Handler::Plain(_))
        })
        .filter_map(of_entry);
    functions.chain(operators.map(|(name, call)| (name, call.to_owned()))).collect()
}

#[test]
fn a_bug_in_any_function_of_the_host_costs_its_rule_at_its_line() {
    let calls = calls();
    assert!(calls.len() > 25, "{}", calls.len());
    for (name, call) in calls {
        let script = sector_with(&format!("text = function(d, out)\n{call}\nend"));
        let (outcome, diagnostics, was_called) = run_with_bug(&script, name);
        assert!(was_called, "{name} is not called by {call}");
        let [problem] = diagnostics.as_slice() else { panic!("{name}: {diagnostics:#?}") };
        assert!(matches!(problem.code, Code::RuleFailed | Code::PluginBroken), "{name}: {problem:?}");
        let Place::Rule(rule) = &problem.places[0] else { panic!("{name}: {problem:?}") };
        assert_eq!(rule.file, script.file, "{name}");
        let line = if problem.code == Code::PluginBroken { 1 } else { 9 };
        assert_eq!(rule.line, line, "{name}: {problem:?}");
        assert!(problem.message.vietnamese().contains(&format!("{name} has a bug")), "{problem:?}");
        assert_eq!(text_of(&outcome, "neighbour"), "Nguyên vẹn.", "{name}");
    }
}

#[test]
fn a_rule_can_go_on_after_a_bug_that_it_catches() {
    let script = sector_with("text = function(d, out) pcall(sum, d.one) out:paragraph(\"{one}\") end");
    let (outcome, diagnostics, _) = run_with_bug(&script, "sum");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(text_of(&outcome, "s"), "3.138 tỷ đồng");
}

/// Returns the only problem of a text function, whose sector keeps its figures.
fn problem_of(body: &str) -> (String, String) {
    let (outcome, diagnostics) = outcome(&sector_with(&format!("text = function(d, out)\n{body}\nend")), &full());
    let [problem] = diagnostics.as_slice() else { panic!("{body}: {diagnostics:#?}") };
    assert_eq!(problem.code, Code::RuleFailed, "{body}");
    assert!(outcome.sectors[0].rows[0].figures[0].is_known(), "{body}");
    (problem.places[0].to_string(), problem.message.vietnamese().to_owned())
}

#[test]
fn what_is_nested_without_end_is_refused_at_its_line() {
    for body in [
        "out:paragraph((\"[\"):rep(40000) .. \"{total}\" .. (\"]\"):rep(40000))",
        "out:paragraph((\"[\"):rep(90000))",
        "out:paragraph(\"{one}{^n}\", { n = \"chú{^n}\" })",
        "out:paragraph(\"{one}{^n}\", { n = \"chú{^m}\", m = \"chú{^n}\" })",
        "local x = \"chú\" for i = 1, 20000 do x = t(\"{one}{^n}\", { n = x }) end",
        "local x = t(\"{one}{^n}\", { n = \"chú\" }) for i = 1, 100 do x = t(\"{x}{^n}\", { x = x, n = x }) end",
    ] {
        let (place, message) = problem_of(body);
        assert_eq!(place, "plugins/s.lua:9", "{body}: {message}");
        assert!(message.contains("quá"), "{message}");
    }
    let nested = "out:paragraph(\"{one}{^n}\", { n = \"a{^m}\", m = \"b\" })";
    let (outcome, diagnostics) = outcome(&sector_with(&format!("text = function(d, out) {nested} end")), &full());
    assert!(diagnostics.is_empty() && text_of(&outcome, "s").starts_with("3.138"), "{diagnostics:?}");
}

#[test]
fn options_and_directives_out_of_range_are_refused_at_their_line() {
    for (body, named) in [
        ("out:paragraph(\"{total|decimals=999999999}\")", "decimals=999999999"),
        ("out:paragraph(\"{total|decimals=70000}\")", "decimals=70000"),
        ("out:paragraph(\"{one/two|decimals=x}\")", "decimals=x"),
        ("out:paragraph(list(d.total.parts, \"{it|padded=2}\"))", "padded=2"),
        ("local x = string.format(\"%d\", 1e300)", "%d"),
        ("local x = (\"%d\"):format(d.one.actual.value / 7)", "%d"),
        ("local x = `{string.format(\"%i\", 0/0)}`", "%i"),
    ] {
        let (place, message) = problem_of(body);
        assert_eq!(place, "plugins/s.lua:9", "{body}: {message}");
        assert!(message.contains(named), "{message}");
    }
}

#[test]
fn a_figure_beyond_the_digits_costs_only_itself() {
    let huge = "70000000000000000000000000000";
    let data = dataset(&[
        ("total", Measure::Actual, huge),
        ("total", annual(), "4500"),
        ("one", Measure::Actual, huge),
        ("two", Measure::Actual, huge),
        ("rate", Measure::Actual, "3"),
    ]);
    let (found, diagnostics) =
        outcome(&sector_with("text = function(d, out) out:paragraph(\"{rate}[, {total.attainment}].\") end"), &data);
    assert_eq!(text_of(&found, "s"), "03 vụ.");
    let lines: Vec<String> = diagnostics.iter().map(|problem| problem.places[0].to_string()).collect();
    assert_eq!(lines, ["plugins/s.lua:3", "plugins/s.lua:4", "plugins/s.lua:4"], "{diagnostics:#?}");
    let is_named = |problem: &Diagnostic| problem.message.vietnamese().contains("quá lớn");
    assert!(diagnostics.iter().all(|problem| problem.code == Code::RuleFailed && is_named(problem)));
}

#[test]
fn a_figure_added_to_itself_many_times_is_compared_at_once() {
    let rule = "return checks { api = 1, run = function(r, check)
  local x = r.s.one
  for i = 1, 60 do x = x + x end
  check:equal(\"a\", r.s.total, x / 1000000000000000000)
end }";
    let script = Script { file: FilePath::new("plugins/checks.lua"), text: rule.to_owned() };
    let config = config();
    let (rules, problems) = crate::load(&[sector_with(""), script], &config);
    assert!(problems.is_empty(), "{problems:?}");
    let (outcome, problems) = run(&rules, &full(), &config).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(outcome.findings.len(), 1);
}
