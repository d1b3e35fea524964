//! Tests of the lints, mainly on branches that the run does not reach.

use super::{config, full, sector_with};
use crate::{Script, lint, load, run};
use tonghop_core::diag::{Code, Diagnostics, Place};
use tonghop_core::model::id::FilePath;

/// Returns the lint diagnostics of rule files after a run.
fn lint_after_run(scripts: &[Script]) -> Diagnostics {
    let config = config();
    let (rules, mut problems) = load(scripts, &config);
    problems.extend(run(&rules, &full(), &config).unwrap().1);
    lint(&rules, scripts, &config, &problems)
}

fn template_problems(scripts: &[Script]) -> Diagnostics {
    lint_after_run(scripts).into_iter().filter(|problem| problem.code == Code::TemplateSuspect).collect()
}

/// Returns line and message of each diagnostic for code in a branch that is never taken, which starts on line 9.
fn lints_in_branch(code: &Code, branch: &str) -> Vec<(u32, String)> {
    let functions = format!("text = function(d, out) if d.total.actual.missing then\n{branch}\nend end,");
    let found = lint_after_run(&[sector_with(&functions)]).into_iter().filter(|problem| problem.code == *code);
    let line = |place: &Place| if let Place::Rule(rule) = place { rule.line } else { 0 };
    found.map(|problem| (line(&problem.places[0]), problem.message.vietnamese().to_owned())).collect()
}

#[test]
fn template_errors_are_found_at_their_line() {
    for (branch, expected) in [
        ("out:paragraph(\"A {totl}.\")", vec![(9, "không có \"totl\"")]),
        ("out:paragraph 'A {total.actul}.'", vec![(9, "không có \"actul\"")]),
        ("out:item(\"A {total}\"\n .. \" B [{one.attainmnt}].\")", vec![(10, "không có \"attainmnt\"")]),
        ("out:item(\"[A {totl}\"\n .. \" B {rat}].\")", vec![(9, "\"totl\""), (10, "\"rat\"")]),
        ("out:item(\"A \"\n .. \"B \"\n .. \"năm 5\" .. \" C\")", vec![(11, "chữ số \"5\"")]),
        ("out:item(\"[A]\"\n .. \"[B \"\n .. \"C\")", vec![(10, "thiếu dấu đóng")]),
        ("out:item(\"A\"\n .. \"B]\"\n .. \"C\")", vec![(10, "thừa dấu đóng")]),
        ("out:item([[A\n{totl}]])", vec![(10, "\"totl\"")]),
        ("out:item(\"{total|bar}\")", vec![(9, "không có tùy chọn \"|bar\"")]),
        ("out:item(\"{@period.yaer}\")", vec![(9, "period.yaer")]),
        ("out:item(\"{total.attainment.anual}\")", vec![(9, "\"anual\"")]),
        ("out:item(\"{total/topic}\")", vec![(9, "phải là số liệu")]),
        ("out:item(\"{total.parts}\")", vec![(9, "không in ra được")]),
        ("out:item(\"A{^note}.\")", vec![(9, "ghi chú \"note\"")]),
        ("out:item(\"A{^note}.\", { note =\n\"B {totl}\" })", vec![(10, "\"totl\"")]),
        ("out:item(\"A {x}.\", { x = \"1\" })", vec![(9, "chữ số \"1\"")]),
        ("out:item(\"A {x}.\", { x = t(\"{totl}\") })", vec![(9, "\"totl\"")]),
        ("out:item(\"A {x}.\", { x = list(d.total.parts,\n\"{it.nmae}\") })", vec![(10, "\"nmae\"")]),
        ("out:item(d.one.value and \"A {totl}\" or\n\"B {rat}\")", vec![(9, "\"totl\""), (10, "\"rat\"")]),
        (
            "out:item(\"A {x}.\", { x = list({ { a = d.one } },\n\"{a.nmae} {b}\") })",
            vec![(10, "\"nmae\""), (10, "\"b\"")],
        ),
        ("out:shortfall { d.total, text = \"A {totl}.\" }", vec![(9, "\"totl\"")]),
        ("out:table { columns = { \"A\" }, rows = {},\ncells = { \"{it.lable}\" } }", vec![(10, "\"lable\"")]),
        ("for i in d:behind(1) do out:item(\"{i.lable}\", { i = i }) end", vec![(9, "\"lable\"")]),
    ] {
        let found = lints_in_branch(&Code::TemplateSuspect, branch);
        let fits = found.len() == expected.len()
            && found.iter().zip(&expected).all(|((line, message), (at, part))| line == at && message.contains(part));
        assert!(fits, "{branch}: {found:#?}");
    }
}

#[test]
fn runtime_values_are_assumed_correct() {
    for branch in [
        "out:paragraph(\"A {total}[ {one.share}] {topic|bare} {=Số 5} {@period.year} {one/total}.\")",
        "for i in d:behind(1) do out:item(\"{i.label} {i.attainment.annual} {x}\", { i = i, x = i.actual }) end",
        "local values = { x = d.one } out:item(\"{x.attainment} {anything}{^note}\", values)",
        "local word = \"A {totl}\" out:item(word) out:item(word .. \" {totl}\")",
        "out:item(\"{x} {y.share}\", { x = \"chữ\", [\"y\"] = d.one })",
        "for r in d:difficulties() do out:shortfall { text = \"{r.difficulty}\", r = r, cause = r.cause } end",
        "out:item(\"A {x}\", { x = list(d.total.parts, \"{it.name} {it.parts.one} {it}\", \"; \") })",
        "out:table { title = \"A {word}\", word = \"b\", columns = { \"A\" }, rows = {}, cells = { \"{it} {word}\" } }",
        "local say = { item = function(self, words) end } say.item(\"{totl}\")",
        "out:item(`A {d.one.label}`)",
        "for _, g in d.items:by(\"field\") do out:item(\"{g.title} {g.count} {g.attainment}\", { g = g }) end",
        "local rows = { { a = d.one, b = d.two } } out:item(\"{x}\", { x = list(rows, \"{a.label} {b.share} {total}\") })",
        "out:item(\"{items.count} {x}\", { x = list(d.items:behind(0.6), \"{it.field} {it.label} {it.yoy}\") })",
    ] {
        assert_eq!(lints_in_branch(&Code::TemplateSuspect, branch), Vec::new(), "{branch}");
    }
}

#[test]
fn errors_of_the_run_are_not_repeated() {
    let scripts = [sector_with("text = function(d, out)\nout:paragraph(\"A {totl}.\",\n{}) out:item(\"{on}\") end,")];
    let found = template_problems(&scripts);
    let lines: Vec<_> = found.iter().map(|problem| problem.message.vietnamese()).collect();
    assert!(matches!(lines.as_slice(), [one] if one.contains("\"on\"")), "{lines:#?}");
}

#[test]
fn libraries_are_checked_without_a_scope() {
    let library = "return function(d, out) out:item(\"{whatever} {x.lable} 5\") out:item(\"{a.lable} {b}\") end";
    let library = Script { file: FilePath::new("plugins/lib/words.lua"), text: library.to_owned() };
    let sector = sector_with("text = function(d, out) local words = use(\"words\") end,");
    let found = template_problems(&[library, sector]);
    let messages: Vec<_> = found.iter().map(|problem| problem.message.vietnamese()).collect();
    assert!(
        matches!(messages.as_slice(), [one, two] if one.contains("\"5\"") && two.contains("\"lable\"")),
        "{messages:#?}"
    );
}

/// Returns place and code of each diagnostic for a project of several rule files.
fn lint_codes(scripts: &[Script]) -> Vec<String> {
    let ignored = [Code::HeadingEmpty, Code::RuleIdle, Code::ValueUnused];
    let found = lint_after_run(scripts).into_iter().filter(|problem| !ignored.contains(&problem.code));
    found.map(|problem| format!("{} {}", problem.places[0], problem.code.as_str())).collect()
}

fn script(name: &str, text: &str) -> Script {
    Script { file: FilePath::new(format!("plugins/{name}.lua")), text: text.to_owned() }
}

/// Returns a sector `s` with indicators `a`, `b` and topic `words` on lines 2 to 4, followed by `more`.
fn small_sector(more: &str) -> Script {
    let head = "return sector { api = 1, id = \"s\", title = \"S\", section = \"I\", departments = { \"d\" }, targets = { \"annual\" },";
    let text = format!(
        "{head} indicators = {{\na = {{ \"A\", unit = \"ha\" }},\nb = {{ \"B\", unit = \"ha\" }} }},\nnarrative = {{ words = \"W\" }},\n{more} }}"
    );
    script("s", &text)
}

#[test]
fn unread_names_are_reported_at_their_line() {
    let all = ["plugins/s.lua:2", "plugins/s.lua:3", "plugins/s.lua:4"];
    for (more, unread) in [
        ("", &all[..]),
        ("text = function(d, out) out:item(\"{a}\") end", &all[1..]),
        ("text = function(d, out) if d.a.actual.missing then out:item(\"[{words}]\") end end", &all[1..2]),
        ("text = function(d, out) out:item(\"{x}\", { x = d.a }) local y = d.b end", &all[2..]),
        ("text = function(d, out) for i in d:behind(1) do out:item(\"{i}\", { i = i }) end end", &all[2..]),
        ("text = function(d, out) for _, n in { \"a\", \"words\" } do out:item(\"{x}\", { x = d[n] }) end end", &[]),
        ("text = function(d, out) local c = d.causes[d.a.id] end", &all[1..]),
        ("text = function(d, out) out:item(\"{a/b}{^n}\", { n = \"{words}\" }) end", &[]),
    ] {
        let expected: Vec<_> = unread.iter().map(|place| format!("{place} indicator-unused")).collect();
        assert_eq!(lint_codes(&[small_sector(more)]), expected, "{more}");
    }
}

#[test]
fn uses_outside_the_text_count_as_reads() {
    let text = "text = function(d, out) out:item(\"{words}\") end";
    let declared = script(
        "s",
        &format!(
            "return sector {{ api = 1, id = \"s\", title = \"S\", section = \"I\", {text}, narrative = {{ words = \"W\" }}, indicators = {{
  a = {{ \"A\", unit = \"ha\", parts = {{ b = {{ \"B\" }} }} }}, c = {{ \"C\", unit = \"ha\", at_most = \"a\" }},
  e = {{ \"E\", unit = \"ha\" }}, f = {{ \"F\", unit = \"ha\", of = \"e\", names = true }}, g = {{ \"G\", derive = function(d) return sum(d.a) end }} }} }}"
        ),
    );
    assert_eq!(lint_codes(&[declared]), Vec::<String>::new());
    let checks = "return checks { api = 1, run = function(r, check) check:equal(\"T\", r.s.a, r.s.b) end }";
    assert_eq!(lint_codes(&[small_sector(text), script("checks", checks)]), Vec::<String>::new());
    let other = "return sector { api = 1, id = \"z\", title = \"Z\", section = \"II\", indicators = { a = { \"A\", from = \"s.a\" } } }";
    assert_eq!(lint_codes(&[small_sector(text), script("z", other)]), ["plugins/s.lua:3 indicator-unused"]);
}

#[test]
fn shadowed_names_are_reported_if_used() {
    let shadow = |line: u32| format!("plugins/s.lua:{line} name-shadowed");
    for (body, expected) in [
        ("local sum = d.one\nlocal x = sum(d.one, d.two)", vec![shadow(9)]),
        ("local function list(x) return x end\nout:item(\"{x}\", { x = list(d.one) })", vec![shadow(9)]),
        ("local function f(t)\nreturn t(\"a\") end f(1)", vec![shadow(9)]),
        ("local one = d.two\nout:item(\"{one}\")", vec![shadow(10)]),
        ("for one in d.total.parts do\nout:item(\"{one}\") end", vec![shadow(10)]),
        ("local f = function(one)\nout:item(\"{one}\") end", vec![shadow(10)]),
        ("for one in d.total.parts do local x = one end\nout:item(\"{one}\")", vec![]),
        (
            "local m = {} function m.list(one) end\nout:item(\"{one} {x}\", { x = list(d.one, \"{it}\"), one = d.one })",
            vec![],
        ),
        ("local sum = d.one", vec![]),
        ("local one = d.one\nout:item(\"{one}\")", vec![]),
        ("local one = d.two\nout:item(\"{one}\", { one = one })", vec![]),
        ("local function f() local one = d.two return one end\nout:item(\"{one}\")", vec![]),
        ("local word = \"a\"\nout:item(\"{word}\", { word = word })", vec![]),
    ] {
        let functions = format!("text = function(d, out)\n{body} end,");
        let found: Vec<_> = lint_after_run(&[sector_with(&functions)]);
        let found = found.iter().filter(|problem| problem.code == Code::NameShadowed);
        let places: Vec<_> = found.map(|p| format!("{} {}", p.places[0], p.code.as_str())).collect();
        assert_eq!(places, expected, "{body}");
    }
}

#[test]
fn unordered_and_empty_headings_are_reported() {
    let sector = |id: &str, section: &str| {
        let text = format!(
            "return sector {{ api = 1, id = \"{id}\", title = \"T\",\nsection = \"{section}\", text = function(d, out) end }}"
        );
        script(id, &text)
    };
    let problems = |scripts: &[Script]| -> Vec<String> {
        lint_after_run(scripts).iter().map(|p| format!("{} {}", p.places[0], p.code.as_str())).collect()
    };
    assert_eq!(problems(&[sector("a", "I"), sector("b", "II")]), Vec::<String>::new());
    assert_eq!(problems(&[sector("a", "I")]), ["tonghop.toml heading-empty"]);
    assert_eq!(
        problems(&[sector("a", "II"), sector("b", "II")]),
        ["tonghop.toml heading-empty", "plugins/a.lua:2 heading-shared"]
    );
}

#[test]
fn unanswered_lines_are_reported() {
    for (body, idle) in [
        ("local x = d.one.actual:below(d.one.last_year)", true),
        ("local x = d.one.actual:below(d.two)", false),
        ("local x = d.one.actual:below(1)", false),
        ("for p in d.total.parts do local x = p.actual:at_least(d.total.last_year) end", false),
        ("for p in d.total.parts do local x = p.actual:at_least(p.last_year) end", true),
        ("for i in d:behind(0.1) do end", false),
        ("for i in d:behind(0.8, { except = { \"total\" } }) do end", true),
        ("out:item(\"Còn lại:[ {topic}][ {one.yoy}].\")", true),
        ("out:item(\"Còn lại {one}[ {one.yoy}].\")", false),
        ("out:item(\"Còn lại:[ {one}][ {one.yoy}].\")", false),
        ("out:item(\"Không có gì.\")", false),
        ("local x = d.items:where(\"field\", \"không dòng nào\") out:item(\"Có {x.count}.\", { x = x })", true),
    ] {
        let scripts = [sector_with(&format!("text = function(d, out)\n{body} end,"))];
        let found = lint_after_run(&scripts);
        let lines: Vec<_> =
            found.iter().filter(|p| p.code == Code::RuleIdle).map(|p| p.places[0].to_string()).collect();
        assert_eq!(lines, if idle { vec!["plugins/s.lua:9"] } else { vec![] }, "{body}");
    }
}

#[test]
fn conditions_with_one_result_are_reported() {
    for (code, constant) in [
        ("if d.one.actual == 5 then end", true),
        ("local x = d.one == 5", true),
        ("if 5 == d.one.actual then end", true),
        ("if d.topic ~= \"a\" then end", true),
        ("if d.causes.one == nil then end", true),
        ("local f = d.one.actual local x = f == 0 and 1 or 2", true),
        ("local a = d.one local f = a.yoy if not (f == 0) then end", true),
        ("for p in d.total.parts do if p.last_year == 1 then end end", true),
        ("for i in d:behind(0.8) do if i.attainment == 50 then end end", true),
        ("for r in d.items do if r.field == \"y tế\" then end end", true),
        ("for r in d.items:where(\"field\", \"a\") do if r.actual == 0 then end end", true),
        ("if d.one.actual then end", true),
        ("if d.causes.one then end", true),
        ("if d.rate.actual.value and d.one then end", true),
        ("while not d.one do end", true),
        ("local w = d.one.actual and \"có\" or \"không\" out:item(w)", true),
        ("out:item(\"{x}\", { x = d.one or d.two })", true),
        ("if d.one.actual.below then end", true),
        ("if d.one.actual.missing == \"true\" then end", true),
        ("if d.one.actual.missing == 1 then end", true),
        ("local a, b = d.one.actual, d.two.actual.value if b == 5 then end", false),
        ("local a, b = d.two.actual.value, d.one.actual if b == 5 then end", true),
        ("if d.one.actual.missing == true then end", false),
        ("if d.one.actual.value == 5 then end", false),
        ("if d.one.actual.value then end", false),
        ("if d.one.actual.missing or d.two.actual.missing then end", false),
        ("if d.one.actual:equals(5) then end", false),
        ("if d.one.label == \"Một\" then end", false),
        ("if d.one.id == \"one\" then end", false),
        ("local x = d.one.actual.value == 5 and d.one or d.two", false),
        ("local x = d.items.count == 0", true),
        ("local x = d.items.count.value == 0", false),
        ("local d = {} if d.one == 5 then end", false),
        ("local function f(d) return d.one == 5 end", false),
        ("local n = #d.items.title == 0", false),
        ("local x = d.one.actual:below(d.two) == true", false),
    ] {
        let scripts = [sector_with(&format!("text = function(d, out)\n{code} end,"))];
        let found = lint_after_run(&scripts).into_iter().filter(|p| p.code == Code::ConditionConstant);
        let lines: Vec<_> = found.map(|p| p.places[0].to_string()).collect();
        assert_eq!(lines, if constant { vec!["plugins/s.lua:9"] } else { vec![] }, "{code}");
    }
}

#[test]
fn arguments_without_use_are_reported() {
    for (code, expected) in [
        ("out:item(\"{x}\", { x = d.one, y = d.two })", Some("argument-unused")),
        ("out:item(\"A{^n}\", { n = \"B {x}\", x = d.one })", None),
        ("out:item(\"A{^n}\", { n = \"B {one}\", x = d.one })", Some("argument-unused")),
        ("out:shortfall { d.total, couse = d.causes.total }", Some("argument-unused")),
        ("out:shortfall { d.total, text = \"{total} {x}\", x = d.one }", None),
        ("local words = \"{x}\" out:item(words, { x = d.one, y = d.two })", None),
        ("out:item(d.one.value and \"{x}\" or \"{y}\", { x = d.one, y = d.two })", None),
        ("out:table { columns = { \"A\" }, rows = {}, cells = { \"{it} {x}\" }, x = d.one }", None),
        ("out:item(\"{one}\", { one = d.two })", Some("name-shadowed")),
        ("out:item(\"{one}\", { one = d.one })", None),
        ("out:item(\"[{?x} A] {one}\", { x = d.two })", None),
        ("local w = \"{x}\" out:item(\"A{^n}\", { n = \"B \" .. w .. \".\", x = d.one })", None),
        ("out:item(\"A{^n}\", { n = \"{^m}\", m = \"{x}\", x = d.one })", None),
    ] {
        let scripts = [sector_with(&format!("text = function(d, out)\n{code} end,"))];
        let codes = [Code::ArgumentUnused, Code::NameShadowed];
        let found = lint_after_run(&scripts).into_iter().filter(|p| codes.contains(&p.code));
        let found: Vec<_> = found.map(|p| format!("{} {}", p.places[0], p.code.as_str())).collect();
        let expected: Vec<_> = expected.iter().map(|code| format!("plugins/s.lua:9 {code}")).collect();
        assert_eq!(found, expected, "{code}");
    }
}

/// Returns the lines and messages of a lint in code from line 9 on.
fn lints_in_text(code: &Code, text: &str) -> Vec<String> {
    let scripts = [sector_with(&format!("text = function(d, out)\n{text} end,"))];
    let found = lint_after_run(&scripts).into_iter().filter(|problem| problem.code == *code);
    found.map(|problem| format!("{} {}", problem.places[0], problem.message.vietnamese())).collect()
}

#[test]
fn members_that_do_not_exist_are_found_in_code_that_did_not_run() {
    for (branch, name) in [
        ("out:item(d.totl.label)", Some("totl")),
        ("local x = d.total.actal", Some("actal")),
        ("local x = d.total.target.anual", Some("anual")),
        ("out:paragraf(\"A\")", Some("paragraf")),
        ("for i in d:behnd(0.8) do out:item(\"{i}\", { i = i }) end", Some("behnd")),
        ("local x = d.causes.totl", Some("totl")),
        ("local a, b = d.one, d.two if b.actul then end", Some("actul")),
        ("local x = d.total.parts.one.actual:below(5)", None),
        ("local x = d.one.actual.value", None),
        ("for p in d.total.parts do local x = p.actual end", None),
        ("local d = { totl = 1 } local x = d.totl", None),
        ("local x = function(d) return d.totl end", None),
        ("local x = d.one:attained()", Some("attained")),
    ] {
        let found = lints_in_branch(&Code::NameUnknown, branch);
        let expected: Vec<u32> = name.iter().map(|_| 9).collect();
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), expected, "{branch}");
        assert!(found.iter().zip(name).all(|((_, message), name)| message.contains(name)), "{branch}: {found:?}");
    }
}

#[test]
fn values_that_nothing_uses_are_reported() {
    for (text, lost) in [
        ("local x = d.one", true),
        ("dem = d.one", true),
        ("dem = d.one out:item(\"{x}\", { x = dem })", false),
        ("local _x = d.one", false),
        ("local x = d.one out:item(`{x}`)", false),
        ("local x = 0,8 if d.one.actual:below(x) then out:item(\"A\") end", true),
        ("local x = { 0,8 } out:item(#x == 2 and \"A\" or \"B\")", false),
        ("local x, y = 0, 8 if x < y then out:item(\"A\") end", false),
    ] {
        let found = lints_in_text(&Code::ValueUnused, text);
        assert_eq!(found.len(), usize::from(lost), "{text}: {found:?}");
        assert!(found.iter().all(|problem| problem.starts_with("plugins/s.lua:9")), "{text}: {found:?}");
    }
}

#[test]
fn figures_that_cannot_be_are_reported() {
    for (text, impossible) in [
        ("out:item(\"{total.share}\")", true),
        ("out:item(\"A[, {total.ratio}]\")", true),
        ("local x = d.total.share out:item(\"{x}\", { x = x })", true),
        ("out:item(\"{one.share}\")", false),
        ("out:item(list(d.total.parts, \"{it.share}\"))", false),
        ("out:item(\"{x.share}\", { x = d.one })", false),
    ] {
        let found = lints_in_text(&Code::FigureImpossible, text);
        assert_eq!(found.len(), usize::from(impossible), "{text}: {found:?}");
    }
}
