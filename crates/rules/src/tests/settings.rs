//! Tests of the values that a project gives its rules.

use super::*;

fn run_with(settings: &str, functions: &str) -> (RuleResults, Diagnostics) {
    let text = tonghop_testing::minimal_settings(
        r#"departments = [{ id = "d", name = "D" }]"#,
        &SETTINGS.replace("[outline]", &format!("[settings]\n{settings}\n[outline]")),
    );
    let config = Arc::new(Config::parse(&text).unwrap());
    let (rules, mut diagnostics) = load(&[sector_with(functions)], &config);
    let (outcome, problems) = run(&rules, &full(), &config).unwrap();
    diagnostics.extend(problems);
    (outcome, diagnostics)
}

#[test]
fn rules_read_and_print_them() {
    for (settings, body, expected) in [
        ("late = 1.2", "for i in d:behind(settings.late) do out:item(\"{i.label}\", { i = i }) end", "Tổng số"),
        ("late = 0.8", "out:item(\"Dưới {@settings.late} kế hoạch\")", "Dưới 0,8 kế hoạch"),
        (
            "least = { value = 3000000, unit = \"triệu đồng\" }",
            "if d.total.actual:at_least(settings.least) then out:item(\"Trên {x}\", { x = settings.least }) end",
            "Trên 3.000.000 triệu đồng",
        ),
        ("season = \"mùa khô\"", "out:item(\"Trong {x}\", { x = settings.season })", "Trong mùa khô"),
        ("towns = [\"A\", \"B\"]", "for _, town in settings.towns do out:item(\"{x}\", { x = town }) end", "A"),
        ("signed = 2024-09-30", "out:item(\"Ngày {@settings.signed}\")", "Ngày 30/9/2024"),
    ] {
        let (found, problems) = run_with(settings, &format!("text = function(d, out) {body} end"));
        assert!(problems.is_empty(), "{body}: {problems:?}");
        let first = found.sectors[0].passages[0].items.iter().find_map(|item| match item {
            tonghop_core::model::sector::PassageItem::Paragraph(paragraph) => Some(plain_text(&paragraph.spans)),
            _ => None,
        });
        assert_eq!(first.as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn unknown_names_and_assignments_are_refused_at_their_line() {
    for (body, message, hint) in [
        ("local x = settings.lat", "không có \"lat\"", "late"),
        ("settings.late = 1", "", ""),
        ("out:item(\"{@settings.lat}\")", "settings.lat", ""),
    ] {
        let (_, problems) = run_with("late = 0.8", &format!("text = function(d, out) {body} end"));
        let [problem] = problems.as_slice() else { panic!("{body}: {problems:?}") };
        assert!(problem.message.vietnamese().contains(message), "{problem:?}");
        let words = problem.hint.as_ref().map_or("", |hint| hint.vietnamese());
        assert!(words.contains(hint), "{problem:?}");
        assert_eq!(problem.places[0].to_string(), "plugins/s.lua:8", "{body}");
    }
}
