//! Tests what is left of a sentence, and what is recorded, when figures or words are missing or a rule fails.

use super::{annual, config, dataset, full, load, outcome, printed, run, sector_with};
use crate::lua::script::Script;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::document::{Span, plain_text};
use tonghop_core::model::gap::{FailedPart, Gap, GapKind, MissingValue};
use tonghop_core::model::id::{FilePath, IndicatorId, SectorId, TargetId};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::report::RuleResults;
use tonghop_core::model::sector::{Passage, PassageItem};

fn spans(passages: &[Passage]) -> Vec<Span> {
    let items = passages.iter().flat_map(|passage| &passage.items);
    items
        .flat_map(|item| match item {
            PassageItem::Paragraph(paragraph) => paragraph.spans.clone(),
            PassageItem::Omitted(gaps) => gaps.clone(),
            PassageItem::Table(_) => Vec::new(),
        })
        .collect()
}

fn gaps(outcome: &RuleResults) -> Vec<Gap> {
    let all = spans(&outcome.sectors[0].passages);
    all.into_iter()
        .filter_map(|span| match span {
            Span::Gap(gap) => Some((*gap).clone()),
            _ => None,
        })
        .collect()
}

fn text(passages: &[Passage]) -> String {
    plain_text(&spans(passages))
}

#[test]
fn missing_words_never_take_a_known_figure_with_them() {
    let only_one = dataset(&[("one", Measure::Actual, "5")]);
    for (template, expected) in [
        (r#""[{topic|bare}: {one}.]""#, "chưa có phần lời: 5 tỷ đồng."),
        (r#""Có {one}[, {topic|bare}]""#, "Có 5 tỷ đồng"),
        (r#""Có {one}[, {topic|bare} với {two}].""#, "Có 5 tỷ đồng."),
        (r#""[[{topic|bare}: {one}]; {one}]""#, "chưa có phần lời: 5 tỷ đồng; 5 tỷ đồng"),
        (r#""{x}", { x = list({ d.one, d.two }, "{topic|bare} {it}") }"#, "chưa có phần lời 5 tỷ đồng"),
        (r#""[{x}]", { x = t("[{topic|bare}: {one}]") }"#, "chưa có phần lời: 5 tỷ đồng"),
    ] {
        assert_eq!(printed(template, &only_one), expected, "{template}");
    }
}

#[test]
fn declared_words_fall_away_with_the_figure_they_depend_on() {
    let only_one = dataset(&[("one", Measure::Actual, "5")]);
    for (template, expected) in [
        (r#""Có {one}.[{?one} Số trên là tạm tính.]""#, "Có 5 tỷ đồng. Số trên là tạm tính."),
        (r#""Có {one}.[{?two} Số trên là tạm tính.]""#, "Có 5 tỷ đồng."),
        (r#""Có {one}.[{?two} Riêng nơi khác {one}.]""#, "Có 5 tỷ đồng."),
        (r#""Có {one}.[{?topic} Riêng nơi khác {one}.]""#, "Có 5 tỷ đồng."),
        (r#""Có {one}.[{?x} Số trên là tạm tính.]", { x = d.total.attainment }"#, "Có 5 tỷ đồng."),
    ] {
        assert_eq!(printed(template, &only_one), expected, "{template}");
    }
}

#[test]
fn what_falls_away_is_recorded_with_its_words_its_values_and_its_line() {
    let rule = "text = function(d, out)\n out:paragraph(\"Có {one}[, đạt {total.attainment}].\")\n\
                out:paragraph(\"[Vụ việc {rate}.]\")\n out:item(\"[{topic}]\") end";
    let (found, problems) = outcome(&sector_with(rule), &dataset(&[("one", Measure::Actual, "5")]));
    assert!(problems.is_empty(), "{problems:?}");
    let gaps = gaps(&found);
    let recorded: Vec<_> =
        gaps.iter().map(|gap| (gap.kind, gap.words.as_str(), gap.rule.as_ref().unwrap().line)).collect();
    let expected = [(GapKind::Clause, "đạt …", 9), (GapKind::Clause, "Vụ việc ….", 10), (GapKind::Clause, "", 11)];
    assert_eq!(recorded, expected);
    assert!(
        matches!(&gaps[0].missing[..], [MissingValue::Figure(figure)] if figure.name.measure == Measure::Attainment(TargetId::new("annual")))
    );
    assert!(matches!(&gaps[2].missing[..], [MissingValue::Words(path)] if path == "topic"));
    assert!(found.sectors[0].passages[0].items[1..].iter().all(|item| !item.is_printed()));
}

#[test]
fn a_sector_without_own_data_still_prints_borrowed_figures() {
    let other = sector_with("");
    let borrowing = Script {
        file: FilePath::new("plugins/b.lua"),
        text: r#"return sector { api = 1, id = "b", title = "Chung", section = "II", departments = { "d" },
  indicators = { all = { "Tổng", from = "s.total" }, part = { "Phần", from = "s.two" } },
  narrative = { opening = "Lời mở đầu" },
  text = function(d, out) out:paragraph("[{opening}] Tổng số [{all}]") end }"#
            .into(),
    };
    let print = |data: Dataset| {
        let config = config();
        let (rules, problems) = load(&[other.clone(), borrowing.clone()], &config);
        assert!(problems.is_empty(), "{problems:?}");
        let (found, problems) = run(&rules, &data, &config).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        text(&found.sectors[0].passages)
    };
    assert_eq!(print(full()), " Tổng số 3.314 tỷ đồng".trim_start());
    assert_eq!(print(dataset(&[("two", Measure::Actual, "")])), "Chung: chưa có số liệu.");
    // A text of fixed words alone says nothing.
    assert_eq!(print(dataset(&[("two", annual(), "7")])), "Chung: chưa có số liệu.");
}

#[test]
fn failed_shortfalls_are_marked_where_shortfalls_are_listed() {
    let failing = sector_with("shortfalls = function(d, out) d.behind(1) end");
    let list = Script {
        file: FilePath::new("plugins/report.lua"),
        text: r#"return report { api = 1, sections = {
  ["I"] = function(r, out) out:item("Không liệt kê.") end,
  ["II"] = function(r, out) for s in r:shortfalls() do out:item("{s.text}", { s = s }) end end } }"#
            .into(),
    };
    let config = config();
    let (rules, _) = load(&[failing, list], &config);
    let (found, problems) = run(&rules, &full(), &config).unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let texts: Vec<String> = found.overview.iter().map(|passage| text(std::slice::from_ref(passage))).collect();
    assert_eq!(texts, ["Không liệt kê.", "Ngành: chưa lập được nội dung (quy tắc đang lỗi)."]);
    assert_eq!(found.failures.len(), 1);
    assert_eq!(found.failures[0].part, FailedPart::Shortfalls);
}

#[test]
fn a_failed_attained_gives_no_attainment_instead_of_a_wrong_one() {
    let mut script = sector_with("");
    script.text = script.text.replace(
        "rate = { \"Vụ việc\", unit = \"vụ\" }",
        "rate = { \"Vụ việc\", unit = \"vụ\", attained = function(i) return i.nothing.here end }",
    );
    let data = dataset(&[("rate", Measure::Actual, "3"), ("rate", annual(), "6")]);
    let (found, problems) = outcome(&script, &data);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let rate = found.sectors[0].rows.iter().find(|row| row.indicator.as_str() == "rate").unwrap();
    assert!(rate.figure(&Measure::Actual).unwrap().is_known());
    let attainment = rate.figure(&Measure::Attainment(TargetId::new("annual"))).unwrap();
    assert!(!attainment.is_known() && attainment.lost_origin().is_some());
    assert!(matches!(&found.failures[0].part, FailedPart::Figure(id) if id.as_str() == "rate"));
}

#[test]
fn a_figure_that_a_failed_rule_takes_away_says_so() {
    let borrowing = Script {
        file: FilePath::new("plugins/b.lua"),
        text: r#"return sector { api = 1, id = "b", title = "Chung", section = "II", departments = { "d" },
  indicators = { own = { "Riêng", unit = "vụ" }, all = { "Tổng", from = "s.total" } },
  text = function(d, out) out:paragraph("Tổng số {all}[, {all.yoy}]; hai lần {x}.", { x = d.all + d.all }) end }"#
            .into(),
    };
    let mut broken = sector_with("");
    broken.text = broken.text.replace("api = 1,", "api = 1");
    let config = config();
    let mut own = dataset(&[("one", Measure::Actual, "5")]);
    own.observations = own
        .observations
        .into_iter()
        .map(|(mut key, figure)| {
            (key.sector, key.indicator) = (SectorId::new("b"), IndicatorId::new("own"));
            (key, figure)
        })
        .collect();
    let print = |scripts: &[Script]| {
        let (mut rules, _) = load(scripts, &config);
        rules.add_absent_sectors(&config);
        let (found, _) = run(&rules, &own, &config).unwrap();
        (text(&found.sectors[0].passages), gaps(&found))
    };
    let (printed, fallen) = print(&[broken, borrowing]);
    let failed = "chưa tính được (quy tắc đang lỗi)";
    assert_eq!(printed, format!("Tổng số {failed}; hai lần {failed}."));
    assert_eq!(fallen[0].words, "tăng (giảm) … so với cùng kỳ");
}

#[test]
fn indicators_that_no_row_can_tell_apart_are_reported_at_the_rule() {
    let doubled = |second: &str| {
        let mut script = sector_with("");
        script.text = script.text.replace("rate = {", &format!("{second},\n    rate = {{"));
        let (rules, problems) = load(&[script], &config());
        (problems.len(), rules.failures.len())
    };
    assert_eq!(doubled(r#"again = { "Vụ việc", unit = "vụ" }"#), (1, 2));
    assert_eq!(doubled(r#"again = { "Việc", aliases = { "VỤ VIỆC" }, unit = "vụ" }"#), (1, 2));
    for distinct in [
        r#"again = { "Vụ việc", unit = "triệu đồng" }"#,
        r#"again = { "Một", unit = "tỷ đồng" }"#,
        r#"again = { "Vụ việc", from = "other.rate", unit = "vụ" }"#,
    ] {
        assert_eq!(doubled(distinct), (0, 0), "{distinct}");
    }
}

#[test]
fn a_broken_library_is_one_message() {
    let library = Script { file: FilePath::new("plugins/lib/shared.lua"), text: "local x = = 1".into() };
    let user = |id: &str| {
        let mut script = sector_with("");
        script.file = FilePath::new(format!("plugins/{id}.lua"));
        script.text = format!("use \"shared\"\n{}", script.text.replace("id = \"s\"", &format!("id = \"{id}\"")));
        script
    };
    let (rules, problems) = load(&[library, user("s"), user("t")], &config());
    assert_eq!((problems.len(), rules.failures.len()), (1, 2), "{problems:?}");
    assert_eq!(rules.failures[0].rule.to_string(), "plugins/lib/shared.lua:1");
}

#[test]
fn a_report_with_an_unknown_heading_may_have_meant_any() {
    let report = |headings: &str| {
        let text = format!("return report {{ api = 1, sections = {{ {headings} }} }}");
        let (rules, _) = load(&[Script { file: FilePath::new("plugins/report.lua"), text }], &config());
        rules.failures[0].sections.len()
    };
    let wrong = "[\"IX.9\"] = function(r, out) end";
    assert_eq!(report(&format!("[\"II\"] = function(r, out) end, {wrong}")), 0);
    assert_eq!(report("[\"II\"] = function(r, out) end, [\"I\"] = 1"), 2);
}

#[test]
fn a_file_that_cannot_be_loaded_says_what_is_lost() {
    let broken = Script {
        file: FilePath::new("plugins/x.lua"),
        text: r#"return sector { api = 1, id = "y", title = "Ngành Y", section = "I", departments = { "d" },
  indicators = { a = { "A" }
  text = { ["II"] = function(d, out) end, ["IX"] = function(d, out) end },
  shortfalls = function(d, out) end }"#
            .into(),
    };
    let unclear = Script { file: FilePath::new("plugins/z.lua"), text: "return {".into() };
    let (rules, problems) = load(&[broken, unclear], &config());
    assert_eq!(problems.len(), 2, "{problems:?}");
    let [named, unnamed] = rules.failures.as_slice() else { panic!("{:?}", rules.failures) };
    assert_eq!(named.sector.as_ref().map(|id| id.as_str()), Some("y"));
    assert_eq!((named.title.as_str(), named.has_shortfalls), ("Ngành Y", true));
    assert_eq!(named.sections.iter().map(|path| path.as_str()).collect::<Vec<_>>(), ["I", "II"]);
    assert!(named.may_concern("d") && !named.may_concern("e"));
    assert_eq!(unnamed.sector.as_ref().map(|id| id.as_str()), Some("z"));
    assert!(unnamed.may_concern("d") && unnamed.may_concern("e"));
}
