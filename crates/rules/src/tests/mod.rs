//! Tests of rules on a small sector: printed text, errors, and limits.

mod choices;
mod derive;
mod faults;
mod gaps;
mod judgement;
mod lint;
mod memory;
mod over;
mod proportions;
mod records;
mod sentences;
mod series;
mod settings;
mod sums;

use super::{Script, load, run};
use crate::host;
use std::fmt::Write;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostics, Message};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::{Dataset, DifficultyRemark, ObservationKey};
use tonghop_core::model::document::{Paragraph, Span, plain_text};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName, TargetId};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{Labels, Source, TextCell};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::report::RuleResults;

const SETTINGS: &str = r#"
    [limits]
    plugin_seconds = 0.2
    plugin_memory_mib = 16
    [[targets]]
    id = "annual"
    name = "kế hoạch"
    headings = ["Kế hoạch"]
    [[measures]]
    id = "month"
    name = "tháng"
    series = "months"
    headings = ["Tháng {n}"]
    [outline]
    letters = ["a"]
    headings = [{ path = "I", title = "t" }, { path = "II", title = "u" }]
"#;

fn settings() -> String {
    tonghop_testing::minimal_settings(r#"departments = [{ id = "d", name = "D" }]"#, SETTINGS)
}

fn config() -> Arc<Config> {
    Arc::new(Config::parse(&settings()).unwrap())
}

/// Returns the rule file of a sector `s` with `total` (parts `one`, `two`), `rate`, and the given functions.
fn sector_with(functions: &str) -> Script {
    let text = format!(
        r#"return sector {{ api = 1, id = "s", title = "Ngành", section = "I", departments = {{ "d" }}, targets = {{ "annual" }}, measures = {{ "month" }},
  indicators = {{
    total = {{ "Tổng số", unit = "tỷ đồng", decimals = {{ attainment = 0, yoy = 1 }}, parts = {{
      one = {{ "Một" }}, two = {{ "Hai" }} }} }},
    rate = {{ "Vụ việc", unit = "vụ" }},
  }},
  narrative = {{ topic = "Chủ đề năm {{@period.year}}" }}, records = {{ items = {{ fields = {{ field = "Lĩnh vực" }} }} }},
  {functions}
}}"#
    );
    Script { file: FilePath::new("plugins/s.lua"), text }
}

fn source(row: u32, raw: &str) -> Arc<Source> {
    Arc::new(Source {
        department: DepartmentId::new("d"),
        file: FilePath::new("workbooks/d/a.xlsx"),
        sheet: SheetName::new("S"),
        cell: CellRef::new(row, 1),
        raw: raw.into(),
        labels: Labels::default(),
    })
}

/// Returns a dataset of `indicator measure value` triples; `-` is not applicable.
fn dataset(cells: &[(&str, Measure, &str)]) -> Dataset {
    let mut dataset = Dataset::default();
    for (row, (indicator, measure, raw)) in cells.iter().enumerate() {
        let name = FigureName {
            sector: SectorId::new("s"),
            indicator: IndicatorId::new(*indicator),
            measure: measure.clone(),
        };
        let key =
            ObservationKey { sector: name.sector.clone(), indicator: name.indicator.clone(), measure: measure.clone() };
        let amount = raw.parse().map_or(Amount::NotApplicable, Amount::Known);
        let unit = tonghop_core::vi::unit::parse(if *indicator == "rate" { "vụ" } else { "tỷ đồng" });
        let origin = Origin::Cell(source(row as u32, raw));
        let decimals = matches!(measure, Measure::Actual).then_some(()).and(None);
        let print = tonghop_core::model::measure::PrintFormat { decimals, padded: None };
        dataset
            .observations
            .insert(key, Arc::new(Figure::new(name, amount, unit, Status::Final, origin).with_print(print)));
    }
    dataset
}

fn annual() -> Measure {
    Measure::Target(TargetId::new("annual"))
}

fn full() -> Dataset {
    records::with_rows(dataset(&[
        ("total", Measure::Actual, "3314"),
        ("total", annual(), "4500"),
        ("total", Measure::LastYear, "2990"),
        ("one", Measure::Actual, "3138"),
        ("two", Measure::Actual, "176"),
        ("rate", Measure::Actual, "3"),
    ]))
}

fn outcome(script: &Script, dataset: &Dataset) -> (RuleResults, Diagnostics) {
    let config = config();
    let (rules, mut diagnostics) = load(std::slice::from_ref(script), &config);
    let (outcome, problems) = run(&rules, dataset, &config).unwrap();
    diagnostics.extend(problems);
    (outcome, diagnostics)
}

fn paragraphs(script: &Script, dataset: &Dataset) -> Vec<Paragraph> {
    let (outcome, diagnostics) = outcome(script, dataset);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    outcome.sectors[0].passages[0].items.iter().filter_map(|c| c.paragraph().cloned()).collect()
}

fn printed(template: &str, dataset: &Dataset) -> String {
    let script = sector_with(&format!("text = function(d, out) out:paragraph({template}) end"));
    paragraphs(&script, dataset).first().map(|p| plain_text(&p.spans)).unwrap_or_default()
}

#[test]
fn every_form_of_a_template_prints() {
    for (template, expected) in [
        (r#""Tổng {total.reached} {total}""#, "Tổng đạt 3.314 tỷ đồng"),
        (r#""{total|bare} và {rate}""#, "3.314 và 03 vụ"),
        (r#""{total.yoy}""#, "tăng 10,8% so với cùng kỳ năm 2023"),
        (r#""{total.yoy|short}""#, "tăng 10,8% so với cùng kỳ"),
        (r#""{total.yoy|bare|decimals=0}""#, "tăng 11%"),
        (r#""đạt {total.attainment.annual} và {total.attainment}""#, "đạt 74% và 74%"),
        (r#""{total/total.target.annual}""#, "3.314/4.500 tỷ đồng"),
        (r#""{one.share|decimals=1}""#, "94,7%"),
        (r#""{total.label}, {total.name}""#, "Tổng số, tổng số"),
        (r#""theo {=Nghị quyết 01} năm {@period.year}""#, "theo Nghị quyết 01 năm 2024"),
        (r#""{x}", { x = d.one + d.two }"#, "3.314 tỷ đồng"),
        (r#""{x}", { x = 2 * d.one }"#, "6.276 tỷ đồng"),
        (r#""{x|bare}", { x = sum(d.total.parts) }"#, "3.314"),
        (r#""{x}", { x = list(d.total.parts, "{it} ({it.name})", ", ") }"#, "3.138 tỷ đồng (một), 176 tỷ đồng (hai)"),
        (r#""{x}", { x = t("[{total}]") .. " là đủ" }"#, "3.314 tỷ đồng là đủ"),
        (r#""{rate|zero=không có vụ nào}""#, "03 vụ"),
    ] {
        assert_eq!(printed(template, &full()), expected, "{template}");
    }
}

#[test]
fn changes_read_well_whatever_the_figures() {
    for (now, before, expected) in [
        ("110", "100", "tăng 10,0% so với cùng kỳ năm 2023"),
        ("96.3", "100", "giảm 3,7% so với cùng kỳ năm 2023"),
        ("100", "100", "bằng cùng kỳ năm 2023"),
        ("100.01", "100", "tương đương cùng kỳ năm 2023"),
        ("0", "100", "giảm 100,0% so với cùng kỳ năm 2023"),
        ("250000000", "1", "tăng 24.999.999.900,0% so với cùng kỳ năm 2023"),
        ("5", "0", "chưa có số liệu"),
    ] {
        let data = dataset(&[("total", Measure::Actual, now), ("total", Measure::LastYear, before)]);
        assert_eq!(printed(r#""{total.yoy}""#, &data), expected, "{now} on {before}");
    }
}

#[test]
fn missing_figures_drop_their_clause_or_are_printed() {
    let only_one = dataset(&[("one", Measure::Actual, "5"), ("rate", Measure::Actual, "-")]);
    for (template, expected) in [
        (r#""Tổng số {total.reached} {total}.""#, "Tổng số chưa có số liệu."),
        (r#""Có {one}[, đạt {total.attainment}].""#, "Có 5 tỷ đồng."),
        (r#""Có {one}[, tăng[ {one}] và {total}].""#, "Có 5 tỷ đồng."),
        (r#""Có {one}[{^n}].", { n = "Gồm {total}." }"#, "Có 5 tỷ đồng."),
        (r#""Vụ việc: {rate}.""#, "Vụ việc: không phát sinh."),
        (r#""Có {one}[, vụ việc {rate}].""#, "Có 5 tỷ đồng, vụ việc không phát sinh."),
        (r#""Vụ việc: {rate|missing=đang rà soát}.""#, "Vụ việc: không phát sinh."),
        (r#""{rate|zero=Không có vụ nào}.""#, "Không có vụ nào."),
        (r#""Có {one}[, gồm {x}].", { x = list({ d.total }, "{it}") }"#, "Có 5 tỷ đồng."),
        (r#""[{topic}]""#, "Chưa có nội dung báo cáo."),
        (r#""{topic|missing=Tình hình chung}: {one}.""#, "Tình hình chung: 5 tỷ đồng."),
        (r#""Tổng số {total|missing=đang rà soát}.""#, "Tổng số đang rà soát."),
        (r#""{x}", { x = d.one + d.total }"#, "chưa có số liệu"),
    ] {
        assert_eq!(printed(template, &only_one), expected, "{template}");
    }
}

#[test]
fn spans_keep_their_sources_and_their_line() {
    let script = sector_with("text = function(d, out)\n out:paragraph(\"{x}\", { x = d.one + d.two }) end");
    let paragraphs = paragraphs(&script, &full());
    let Span::Figure(span) = &paragraphs[0].spans[0] else { panic!("not a figure") };
    let cells: Vec<String> = span.figure.sources().iter().map(|s| s.cell.to_string()).collect();
    assert_eq!(cells, ["B4", "B5"]);
    assert_eq!(span.figure.name.to_string(), "s.x.computed");
    assert_eq!(span.rule.as_ref().unwrap().to_string(), "plugins/s.lua:9");
}

#[test]
fn rule_errors_have_their_line() {
    for (functions, code, words) in [
        ("text = function(d, out) out:paragraph(\"{totl}\") end", Code::RuleFailed, "totl"),
        ("text = function(d, out) out:paragraph(\"đạt 5 vụ\") end", Code::RuleFailed, "chữ số \"5\""),
        ("text = function(d, out) local x = d.total.actul end", Code::RuleFailed, "actul"),
        ("text = function(d, out) out:paragraf(\"x\") end", Code::RuleFailed, "paragraf"),
        ("text = function(d, out) local x = d.total + d.rate end", Code::RuleFailed, "đơn vị"),
        ("text = function(d, out) local x = nil; x.y = 1 end", Code::RuleFailed, "nil"),
        ("text = function(d, out) if d.one == d.two then end end", Code::RuleFailed, "=="),
        ("text = function(d, out) out:paragraph(\"{@nothing}\") end", Code::RuleFailed, "nothing"),
        ("texts = function(d, out) end", Code::PluginBroken, "texts"),
        ("text = function(d, out end", Code::PluginBroken, "thiếu )"),
    ] {
        let (_, diagnostics) = outcome(&sector_with(functions), &full());
        let problem = diagnostics.first().unwrap_or_else(|| panic!("{functions} raised nothing"));
        assert_eq!(problem.code, code, "{functions}: {problem:?}");
        assert!(problem.message.vietnamese().contains(words), "{functions}: {}", problem.message.vietnamese());
        assert_eq!(problem.places[0].to_string(), "plugins/s.lua:8", "{functions}: {problem:?}");
    }
}

#[test]
fn an_extension_in_capitals_is_named() {
    let script = Script { file: FilePath::new("plugins/s.LUA"), ..sector_with("") };
    let (_, diagnostics) = load(&[script], &config());
    let [problem] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert!(problem.message.vietnamese().contains("viết thường"), "{problem:?}");
    assert!(problem.hint.as_ref().unwrap().vietnamese().contains("s.lua"), "{problem:?}");
}

#[test]
fn hostile_rules_are_stopped_and_leave_the_figures() {
    for body in [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "local t = {} while true do t[#t + 1] = ('x'):rep(1000000) end",
        "local s = ('a'):rep(30) local p = ('.-'):rep(20) .. 'b' s:find(p)",
        "local f f = function() return f() + 1 end f()",
        "local x = d.one.actual while true do x = x + d.one end",
        "local s = ('x'):rep(8000000) s:find(('x'):rep(4000000) .. 'y', 1, true) while true do end",
        "io.open('/etc/passwd')",
        "os.execute('true')",
        "require('x')",
        "debug.getinfo(1)",
        "load('return 1')()",
        "string.upper = nil",
        "_G.x = 1 sector.y = 2",
        "error(setmetatable({}, { __tostring = function() while true do end end }))",
    ] {
        let script = sector_with(&format!("text = function(d, out) {body} end"));
        let (outcome, diagnostics) = outcome(&script, &full());
        assert_eq!(diagnostics.len(), 1, "{body}: {diagnostics:?}");
        assert!(diagnostics[0].places[0].to_string().starts_with("plugins/s.lua:"), "{diagnostics:?}");
        assert!(outcome.sectors[0].rows[0].figures[0].is_known(), "{body}");
        assert_eq!(
            plain_text(&outcome.sectors[0].passages[0].items[0].paragraph().unwrap().spans),
            "Ngành: chưa lập được nội dung (quy tắc đang lỗi).",
            "{body}"
        );
    }
}

#[test]
fn endless_loops_are_reported_at_their_line() {
    let script = sector_with("text = function(d, out)\n\n while true do end end");
    let (_, diagnostics) = outcome(&script, &full());
    assert_eq!(diagnostics[0].code, Code::RuleLimit);
    assert_eq!(diagnostics[0].places[0].to_string(), "plugins/s.lua:10");
}

#[test]
fn shortfalls_are_behind_the_pace_and_keep_their_cause() {
    let mut data =
        dataset(&[("total", Measure::Actual, "500"), ("total", annual(), "1000"), ("rate", Measure::Actual, "1")]);
    let cause = TextCell { text: "Vốn về chậm.".into(), source: source(20, "Vốn về chậm.") };
    data.remarks.push(DifficultyRemark {
        sector: SectorId::new("s"),
        indicator: Some(IndicatorId::new("total")),
        difficulty: None,
        cause: Some(cause),
    });
    let function = |options: &str| {
        sector_with(&format!(
            "shortfalls = function(d, out) for i in d:behind(0.8{options}) do out:shortfall {{ i, cause = d.causes[i.id] }} end end"
        ))
    };
    let (found, diagnostics) = outcome(&function(""), &data);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let shortfall = &found.sectors[0].shortfalls[0];
    let indicator = shortfall.indicator.as_ref().unwrap();
    assert_eq!(indicator.targets[0].attainment.amount, Amount::Known("50".parse().unwrap()));
    assert_eq!(indicator.targets[0].lag.amount, Amount::Known("25".parse().unwrap()));
    assert_eq!(&*shortfall.causes[0].text, "Vốn về chậm.");
    let (excepted, _) = outcome(&function(", { except = { \"total\" } }"), &data);
    assert!(excepted.sectors[0].shortfalls.is_empty());
    let (_, misspelt) = outcome(&function(", { except = { \"totl\" } }"), &data);
    assert_eq!(misspelt[0].hint.as_ref().map(Message::vietnamese), Some("có phải là \"total\"?"));
}

#[test]
fn sums_of_parts_distinguish_rounding() {
    use tonghop_core::model::sector::Verdict;
    for (total, expected) in [("3314", None), ("3315", Some(Verdict::Rounding)), ("3320", Some(Verdict::Contradiction))]
    {
        let data = dataset(&[
            ("total", Measure::Actual, total),
            ("one", Measure::Actual, "3138"),
            ("two", Measure::Actual, "176"),
        ]);
        let (found, _) = outcome(&sector_with(""), &data);
        assert_eq!(found.sectors[0].findings.first().map(|f| f.verdict), expected, "{total}");
    }
}

#[test]
fn duplicate_sector_ids_are_rejected() {
    let first = sector_with("");
    let second = Script { file: FilePath::new("plugins/t.lua"), ..first.clone() };
    let (rules, diagnostics) = load(&[first, second], &config());
    assert!(rules.sectors.is_empty());
    assert_eq!(diagnostics[0].places.len(), 2);
}

#[test]
fn libraries_run_in_the_state_of_their_user() {
    let library = Script { file: FilePath::new("plugins/lib/words.lua"), text: "return { good = \"tốt\" }".into() };
    let script = sector_with("text = function(d, out) out:paragraph(\"Rất {w}.\", { w = use(\"words\").good }) end");
    let config = config();
    let (rules, problems) = load(&[library, script], &config);
    assert!(problems.is_empty(), "{problems:?}");
    let (outcome, problems) = run(&rules, &full(), &config).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(plain_text(&outcome.sectors[0].passages[0].items[0].paragraph().unwrap().spans), "Rất tốt.");
}

#[test]
fn every_example_of_the_host_runs() {
    for entry in host::entries() {
        let mut text = String::new();
        let _ = write!(text, "text = function(d, out) {} end", entry.example);
        let (_, mut diagnostics) = outcome(&sector_with(&text), &full());
        diagnostics.retain(|d| entry.deprecated.is_none() || d.code != Code::RuleDeprecated);
        // One row of the open table has no actual figure.
        diagnostics.retain(|d| d.code != Code::RowsPartial);
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", entry.name);
    }
}

#[test]
fn no_method_hides_a_field() {
    let fields: Vec<&str> = crate::api::fields::FIELDS.into_iter().flatten().map(|field| field.name).collect();
    // Lua finds a method by its name in values of every type.
    assert_eq!(host::method_names().filter(|name| fields.contains(name)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_form_of_the_reference_runs() {
    for form in tonghop_core::model::template::SYNTAX_FORMS {
        let text = format!("text = function(d, out) out:paragraph({:?}, {{ n = \"x\" }}) end", form.example);
        let printed = paragraphs(&sector_with(&text), &full());
        assert!(!plain_text(&printed[0].spans).is_empty(), "{}", form.syntax);
    }
}

#[test]
fn sums_do_not_depend_on_their_order() {
    proptest::proptest!(|(values in proptest::collection::vec(-1_000_000_000i64..1_000_000_000, 1..20), seed in 0usize..100)| {
        let figure = |v: &i64| {
            let name = FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("x"), measure: Measure::Actual };
            let amount = Amount::Known(rust_decimal::Decimal::new(*v, 3));
            Arc::new(Figure::new(name, amount, Unit::none(), Status::Final, Origin::Missing))
        };
        let sum = |values: Vec<i64>| {
            let operands: Vec<_> = values.iter().map(figure).collect();
            let name = operands[0].name.clone();
            Figure::compute(name, tonghop_core::model::figure::Op::Sum, operands, None).unwrap().amount
        };
        let mut turned = values.clone();
        turned.rotate_left(seed % values.len());
        turned.reverse();
        proptest::prop_assert_eq!(sum(values.clone()), sum(turned));
    });
}

/// Returns a sector that uses further keys of declarations: `by`, `of`, `at_most`, `names`.
fn rich_sector(functions: &str) -> Script {
    let text = format!(
        r#"return sector {{ api = 1, id = "s", title = "Ngành", section = "I", departments = {{ "d" }},
  indicators = {{
    total = {{ "Số trường", unit = "trường", by = {{ one = "Mầm non", two = "Tiểu học" }} }},
    rate = {{ "Trường đạt chuẩn", unit = "trường", of = "total", decimals = {{ ratio = 1 }}, at_most = "total", names = true }},
  }},
  {functions}
}}"#
    );
    Script { file: FilePath::new("plugins/s.lua"), text }
}

fn schools(counts: &[(&str, Measure, &str)]) -> Dataset {
    let mut data = dataset(counts);
    for figure in data.observations.values_mut() {
        *figure = Arc::new((**figure).clone().with_unit(tonghop_core::vi::unit::parse("trường")));
    }
    data
}

#[test]
fn fractions_changes_members_and_names_print() {
    let mut data = schools(&[
        ("total", Measure::Actual, "28"),
        ("total", Measure::LastYear, "25"),
        ("total_one", Measure::Actual, "12"),
        ("total_two", Measure::Actual, "16"),
        ("rate", Measure::Actual, "23"),
        ("rate", Measure::LastYear, "23"),
    ]);
    let name = |row: u32, words: &str| TextCell { text: words.into(), source: source(row, words) };
    data.names.insert((SectorId::new("s"), IndicatorId::new("rate")), vec![name(30, "Trường A"), name(31, "Trường B")]);
    for (template, expected) in [
        ("{rate/rate.of}, đạt {rate.ratio}", "23/28 trường, đạt 82,1%"),
        ("{total.change}", "tăng 03 trường so với cùng kỳ năm 2023"),
        ("{total.change|short|padded=no}", "tăng 3 trường so với cùng kỳ"),
        ("{rate.change}", "bằng cùng kỳ năm 2023"),
        ("{total_one} và {total_two}", "12 trường và 16 trường"),
        ("gồm {rate.names}", "gồm Trường A, Trường B"),
    ] {
        let script = rich_sector(&format!("text = function(d, out) out:paragraph(\"{template}\") end"));
        let (found, diagnostics) = outcome(&script, &data);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(
            plain_text(&found.sectors[0].passages[0].items[0].paragraph().unwrap().spans),
            expected,
            "{template}"
        );
        let titles: Vec<&str> = found.sectors[0].findings.iter().map(|f| f.title.vietnamese()).collect();
        assert_eq!(titles, ["Trường đạt chuẩn: số đếm và số tên được liệt kê"]);
    }
}

#[test]
fn declared_relations_are_compared() {
    let data = schools(&[("total", Measure::Actual, "20"), ("rate", Measure::Actual, "23")]);
    let (found, diagnostics) = outcome(&rich_sector(""), &data);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(found.sectors[0].findings[0].title.vietnamese(), "Trường đạt chuẩn: lớn hơn mức không được vượt");
}

#[test]
fn a_sector_may_write_under_several_headings() {
    let text = "text = { [\"II\"] = function(d, out) out:paragraph(\"Hai.\") end, [\"I\"] = function(d, out) out:paragraph(\"Một.\") end }";
    let (found, diagnostics) = outcome(&sector_with(text), &full());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let sections: Vec<&str> = found.sectors[0].passages.iter().map(|p| p.section.as_str()).collect();
    assert_eq!(sections, ["I", "II"]);
    let (_, diagnostics) = outcome(&sector_with("text = { [\"III\"] = function() end }"), &full());
    assert_eq!(diagnostics[0].hint.as_ref().map(Message::vietnamese), Some("có phải là \"II\"?"));
}

#[test]
fn qualifiers_are_printed() {
    use tonghop_core::model::measure::Qualifier;
    let mut data = full();
    for figure in data.observations.values_mut() {
        *figure = Arc::new((**figure).clone().with_qualifier(Some(Qualifier::Above)));
    }
    assert_eq!(printed("\"hỗ trợ {two}\"", &data), "hỗ trợ trên 176 tỷ đồng");
}

#[test]
fn rules_over_all_sectors_survive_a_failed_sector() {
    let settings = settings()
        .replace("{ path = \"II\", title = \"u\" }", "{ path = \"II\", title = \"u\", sectors = [\"gone\"] }");
    let config = Arc::new(Config::parse(&settings).unwrap());
    let over_all = Script {
        file: FilePath::new("plugins/report.lua"),
        text: "return report { api = 1, sections = { [\"II\"] = function(r, out) local g = r.gone\n out:paragraph(\"Có {s.total}[, thêm {gone.any.yoy}].\") end } }".into(),
    };
    let checked = Script {
        file: FilePath::new("plugins/checks.lua"),
        text: "return checks { api = 1, run = function(r, check) check:equal(\"x\", r.gone.a + r.gone.b, r.s.total) check:at_most(\"y\", r.s.one, r.s.two) end }".into(),
    };
    let (rules, problems) = load(&[sector_with(""), over_all, checked], &config);
    assert!(problems.is_empty(), "{problems:?}");
    let (outcome, problems) = run(&rules, &full(), &config).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(plain_text(&outcome.overview[0].items[0].paragraph().unwrap().spans), "Có 3.314 tỷ đồng.");
    let titles: Vec<&str> = outcome.findings.iter().map(|f| f.title.vietnamese()).collect();
    assert_eq!(titles, ["y"]);
}

#[test]
fn unreported_totals_are_sums_of_parts() {
    let parts = [("one", Measure::Actual, "5"), ("two", Measure::Actual, "7")];
    assert_eq!(printed("\"{total}\"", &dataset(&parts)), "12 tỷ đồng");
    assert_eq!(printed("\"{total}\"", &dataset(&parts[..1])), "chưa có số liệu");
}

#[test]
fn counts_of_different_things_are_compared_by_number() {
    let sector = |relation: &str| Script {
        file: FilePath::new("plugins/s.lua"),
        text: format!(
            "return sector {{ api = 1, id = \"s\", title = \"N\", section = \"I\", departments = {{ \"d\" }}, indicators = {{ rate = {{ \"Chủ thể\", unit = \"vụ\", {relation} = \"kinds\" }}, kinds = {{ \"Sản phẩm\", unit = \"sản phẩm\" }} }} }}"
        ),
    };
    let mut data = dataset(&[("rate", Measure::Actual, "3"), ("kinds", Measure::Actual, "2")]);
    for figure in data.observations.values_mut().take(1) {
        *figure = Arc::new((**figure).clone().with_unit(tonghop_core::vi::unit::parse("sản phẩm")));
    }
    for (relation, expected) in [("at_most", 1), ("equals", 1)] {
        let (found, diagnostics) = outcome(&sector(relation), &data);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(found.sectors[0].findings.len(), expected, "{relation}");
    }
}

#[test]
fn rules_can_write_tables() {
    use tonghop_core::model::sector::PassageItem;
    let call = "out:table { title = \"Các thành phần\", columns = { \"Tên\", \"Số\" }, rows = d.total.parts, cells = { \"{it.label}\", \"{it|bare}\" } }";
    let (found, diagnostics) = outcome(&sector_with(&format!("text = function(d, out) {call} end")), &full());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let PassageItem::Table(table) = &found.sectors[0].passages[0].items[0] else { panic!("not a table") };
    let cells: Vec<String> = table.rows.iter().flatten().map(|cell| plain_text(cell)).collect();
    assert_eq!(
        (plain_text(&table.title).as_str(), cells.as_slice()),
        ("Các thành phần", &["Một", "3.138", "Hai", "176"].map(str::to_owned)[..])
    );
}

#[test]
fn members_that_a_value_lacks_name_the_way_to_them() {
    for (body, message, hint) in [
        (
            "local x = d.total.parts[3]",
            "nhóm chỉ tiêu thành phần không có phần tử theo số thứ tự",
            "for p in d.x.parts do",
        ),
        ("local x = #d.total.parts", "nhóm chỉ tiêu thành phần không có độ dài (#)", "count(d.x.parts)"),
        ("for _, p in pairs(d.total.parts) do end", "pairs chỉ duyệt bảng của Lua", "for p in d.x.parts do"),
        ("for _, p in ipairs(d.total.parts) do end", "ipairs chỉ duyệt bảng của Lua", "for p in d.x.parts do"),
        ("for k in next, d.total.parts do end", "next chỉ duyệt bảng của Lua", "for p in d.x.parts do"),
        ("for p in d.total do end", "chỉ tiêu không duyệt được bằng for", "for p in d.x.parts do"),
        ("local x = d.total[1]", "chỉ tiêu không có phần tử theo số thứ tự", "for p in d.x.parts do"),
        ("local x = d.causes[d.total]", "phần lời của ngành chỉ đọc được theo tên (một chuỗi)", "d.causes[i.id]"),
        ("local x = #d.items", "các dòng của một bảng không có độ dài (#)", "d.bang.count"),
        ("local x = d.items[1]", "các dòng của một bảng không có phần tử theo số thứ tự", ":lowest"),
    ] {
        let (_, diagnostics) = outcome(&sector_with(&format!("text = function(d, out) {body} end")), &full());
        let problem = diagnostics.first().unwrap_or_else(|| panic!("{body} raised nothing"));
        assert!(problem.message.vietnamese().starts_with(message), "{body}: {}", problem.message.vietnamese());
        let given = problem.hint.as_ref().map_or("", Message::vietnamese);
        assert!(given.contains(hint), "{body}: {given}");
        assert_eq!(problem.places[0].to_string(), "plugins/s.lua:8", "{body}");
    }
}
