//! Tests of the memory limit: what the host holds for a rule counts like what Lua holds.

use super::{full, load, run, sector_with, settings};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::Code;

/// Returns the problems of a rule with this body and the lines that they name.
fn problems(body: &str) -> Vec<(Code, String)> {
    let script = sector_with(&format!("text = function(d, out) {body} end"));
    let limits = settings().replace("plugin_seconds = 0.2", "plugin_seconds = 60");
    let limits = limits.replace("plugin_memory_mib = 16", "plugin_memory_mib = 2");
    let config = Arc::new(Config::parse(&limits).unwrap());
    let (rules, mut diagnostics) = load(std::slice::from_ref(&script), &config);
    diagnostics.extend(run(&rules, &full(), &config).unwrap().1);
    diagnostics.iter().map(|problem| (problem.code, problem.message.vietnamese().to_owned())).collect()
}

#[test]
fn what_the_host_holds_for_a_rule_is_limited() {
    for body in [
        // Texts that double.
        r#"local x = t("{=abcdefgh}") for i = 1, 40 do x = t("{x}{x}", { x = x }) end"#,
        // Long texts that are kept.
        r#"local x = t("{=" .. ("x"):rep(20000) .. "}") local keep = {}
           for i = 1, 100000 do keep[i] = t("{a}{a}{a}{a}", { a = x }) end"#,
        // One template that prints a long text very often.
        r#"local x = t("{=" .. ("x"):rep(20000) .. "}") local y = t(("{a}"):rep(10000), { a = x })"#,
        r#"local y = t(("{a}"):rep(10000), { a = ("x"):rep(10000) })"#,
        // The same joined and listed.
        r#"local x = t("{=" .. ("x"):rep(20000) .. "}") local y = x for i = 1, 10000 do y = y .. x end"#,
        r#"local rows = {} for i = 1, 10000 do rows[i] = d.one end
           local x = t("{=" .. ("x"):rep(20000) .. "}") local y = list(rows, "{it}" .. ("x"):rep(20000))"#,
        // Output.
        r#"local x = t("{=" .. ("x"):rep(20000) .. "}") for i = 1, 10000 do out:paragraph("{x}", { x = x }) end"#,
        // Notes.
        r#"local x = t("{^n}", { n = ("x"):rep(20000) }) for i = 1, 10000 do x = t("{x}{x}", { x = x }) end"#,
    ] {
        let found = problems(body);
        assert!(
            matches!(found.as_slice(), [(Code::RuleLimit, message)] if message.contains("bộ nhớ")),
            "{body}: {found:?}"
        );
    }
}

#[test]
fn figures_that_a_rule_computes_are_counted() {
    let found = problems("for i = 1, 100000 do local x = d.one + d.two end");
    assert!(matches!(found.as_slice(), [(Code::RuleLimit, message)] if message.contains("bộ nhớ")), "{found:?}");
}

#[test]
fn what_a_rule_no_longer_uses_is_free_again() {
    let found = problems(
        r#"local x = t("{=" .. ("x"):rep(100000) .. "}")
           for i = 1, 40 do local y = t("{a}{a}{a}", { a = x }) end out:paragraph("{total}")"#,
    );
    assert_eq!(found, []);
}

#[test]
fn the_line_that_needs_too_much_is_named() {
    for call in [
        "local s = (\"x\"):rep(200 * 1024 * 1024)",
        "local s = string.rep(\"x\", 200 * 1024 * 1024)",
        "local s = table.concat({ (\"x\"):rep(9000000), (\"y\"):rep(9000000) })",
    ] {
        let script = sector_with(&format!("text = function(d, out)\n out:paragraph(\"{{total}}\")\n\n {call}\n end"));
        let (_, diagnostics) = super::outcome(&script, &full());
        let line = script.text.lines().position(|line| line.contains(call)).unwrap() + 1;
        let [problem] = diagnostics.as_slice() else { panic!("{call}: {diagnostics:?}") };
        assert_eq!(problem.code, Code::RuleLimit, "{call}");
        assert_eq!(problem.places[0].to_string(), format!("plugins/s.lua:{line}"), "{call}");
    }
}
