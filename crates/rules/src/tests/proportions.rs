//! Tests of indicators in per cent and per mille.

use super::*;

fn in_unit(unit: &str, functions: &str) -> Script {
    let script = sector_with(functions);
    Script { text: script.text.replace("unit = \"tỷ đồng\"", &format!("unit = \"{unit}\"")), ..script }
}

fn data(unit: &str) -> Dataset {
    let mut data = dataset(&[
        ("total", Measure::Actual, "38.5"),
        ("total", annual(), "50"),
        ("total", Measure::LastYear, "37.2"),
        ("one", Measure::Actual, "30"),
    ]);
    for figure in data.observations.values_mut() {
        Arc::make_mut(figure).unit = tonghop_core::vi::unit::parse(unit);
    }
    data
}

fn run_in_unit(unit: &str, functions: &str) -> (RuleResults, Diagnostics) {
    outcome(&in_unit(unit, functions), &data(unit))
}

#[test]
fn they_change_in_points() {
    for (unit, expected) in [("%", "Đạt 38,5%, tăng 1,3 điểm phần trăm"), ("‰", "Đạt 38,5‰, tăng 1,3 điểm phần nghìn")]
    {
        let text = "text = function(d, out) out:paragraph(\"Đạt {total}, {total.change|bare}\") end";
        let printed = paragraphs(&in_unit(unit, text), &data(unit));
        assert_eq!(plain_text(&printed[0].spans), expected, "{unit}");
    }
}

#[test]
fn the_unit_of_the_workbook_makes_them_so_too() {
    let script = in_unit("%", "shortfalls = function(d, out) for i in d:behind(0.9) do out:shortfall { i } end end");
    let script = Script { text: script.text.replace("unit = \"%\", ", ""), ..script };
    let (found, problems) = outcome(&script, &data("%"));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(found.sectors[0].shortfalls.len(), 1, "77 % of the plan is below nine tenths of it, not of the pace");
}

#[test]
fn they_have_no_relative_change_no_share_and_no_lag() {
    for (use_of, hint) in [("total.yoy", "total.change"), ("one.share", "bỏ"), ("total.lag.annual", "bỏ")] {
        for body in [format!("out:paragraph(\"{{{use_of}}}\")"), format!("local x = d.{use_of}")] {
            let (_, problems) = run_in_unit("%", &format!("text = function(d, out) {body} end"));
            let [problem] = problems.as_slice() else { panic!("{body}: {problems:?}") };
            assert!(problem.message.vietnamese().starts_with("chỉ tiêu tính bằng %"), "{body}");
            assert!(problem.hint.as_ref().is_some_and(|words| words.vietnamese().contains(hint)), "{body}");
        }
    }
    let (found, _) = run_in_unit("%", "text = function(d, out) out:paragraph(\"{total}\") end");
    let relative = [Measure::Yoy, Measure::Share];
    let figures = found.sectors[0].rows.iter().flat_map(|row| &row.figures);
    assert_eq!(figures.filter(|figure| relative.contains(&figure.name.measure)).count(), 0);
}

#[test]
fn they_are_set_against_the_whole_plan_at_any_time() {
    for (share, is_behind) in [("0.77", false), ("0.78", true)] {
        let function =
            format!("shortfalls = function(d, out) for i in d:behind({share}) do out:shortfall {{ i }} end end");
        let (found, problems) = run_in_unit("%", &function);
        assert!(problems.is_empty(), "{problems:?}");
        let shortfalls = &found.sectors[0].shortfalls;
        assert_eq!(!shortfalls.is_empty(), is_behind, "{share}");
        let text = shortfalls.first().map(|shortfall| plain_text(&shortfall.statement.spans));
        assert!(text.is_none_or(|text| text == "Tổng số đạt thấp so với kế hoạch."), "{share}");
    }
}

#[test]
fn an_indicator_is_compared_by_its_actual_and_its_only_plan() {
    for (condition, holds) in [
        ("d.total:below(40)", true),
        ("d.total:at_least(d.total.target.annual)", false),
        ("d.total.attainment:below(80)", true),
        ("d.total.attainment:at_least(80)", false),
        ("not d.total.attainment.missing", true),
        ("d.total.missing", false),
        ("d.total.value == 38.5", true),
    ] {
        let text = format!("text = function(d, out) if {condition} then out:paragraph(\"A {{total}}\") end end");
        let (_, problems) = run_in_unit("ha", &text);
        assert!(problems.iter().all(|problem| problem.code != Code::RuleFailed), "{condition}: {problems:?}");
        let printed = paragraphs(&in_unit("ha", &text), &data("ha"));
        assert_eq!(plain_text(&printed[0].spans).starts_with("A "), holds, "{condition}");
    }
}

#[test]
fn a_percentage_of_the_plan_is_not_compared_with_a_share() {
    for (number, refused) in [("0.8", true), ("1", true), ("1.5", false), ("80", false), ("0", false)] {
        let text = format!("text = function(d, out) if d.total.attainment:below({number}) then end end");
        let (_, problems) = run_in_unit("ha", &text);
        let found = problems.iter().any(|problem| problem.code == Code::RuleFailed);
        assert_eq!(found, refused, "{number}: {problems:?}");
    }
}
