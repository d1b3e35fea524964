//! Tests of what rules cannot judge against plans, and of ties in a ranking.

use super::*;
use tonghop_core::model::dataset::ContestedFigure;
use tonghop_core::model::judgement::{SectorJudgement, UnjudgedReason};

const BEHIND: &str = "shortfalls = function(d, out) for i in d:behind(0.8) do out:shortfall { i } end end,
    text = function(d, out)
      for i in d:unjudged() do out:item(\"{i.label}: {i.reason}\", { i = i }) end
      for r in d.items:unjudged() do out:item(\"{r.label}: {r.reason}\", { r = r }) end
      local _ = d.items:behind(0.6)
    end";

fn judgement(functions: &str, dataset: &Dataset) -> SectorJudgement {
    outcome(&sector_with(functions), dataset).0.sectors[0].judgement.clone()
}

fn reasons(dataset: &Dataset) -> Vec<(String, UnjudgedReason, usize)> {
    let found = judgement(BEHIND, dataset).unjudged;
    found.into_iter().map(|one| (one.indicator.to_string(), one.reason, one.cells.len())).collect()
}

#[test]
fn every_reason_is_found() {
    let total = |reason, cells| vec![("total".to_owned(), reason, cells)];
    let quoted = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
    let actual = ("rate", Measure::Actual, "3");
    for (case, cells, expected) in [
        ("judged", vec![("total", Measure::Actual, "1"), ("total", annual(), "4")], vec![]),
        ("a dash is judged as zero", vec![("total", Measure::Actual, "-"), ("total", annual(), "4")], vec![]),
        ("no actual", vec![("total", annual(), "4")], total(UnjudgedReason::NoActual, 1)),
        (
            "a part lacks the actual",
            vec![("total", annual(), "4"), ("one", Measure::Actual, "1")],
            total(UnjudgedReason::PartsMissing(quoted(&["Hai"])), 1),
        ),
        (
            "only a part has a plan",
            vec![("total", Measure::Actual, "4"), ("one", annual(), "1"), ("one", Measure::Actual, "1")],
            total(UnjudgedReason::OnlyPartsPlanned(quoted(&["Một"])), 1),
        ),
        (
            "a plan of zero",
            vec![("total", Measure::Actual, "4"), ("total", annual(), "0")],
            total(UnjudgedReason::PlanNotPositive, 1),
        ),
        (
            "a plan that is a dash",
            vec![("total", Measure::Actual, "4"), ("total", annual(), "-")],
            total(UnjudgedReason::PlanNotApplicable, 1),
        ),
        (
            "no plan beside others",
            vec![("total", Measure::Actual, "1"), ("total", annual(), "4"), actual.clone()],
            vec![("rate".to_owned(), UnjudgedReason::NoPlan, 1)],
        ),
        ("no plan in a form without plans", vec![("total", Measure::Actual, "1"), actual], vec![]),
    ] {
        let mut found = reasons(&dataset(&cells));
        // No workbook has the count at all.
        let is_absent = ("rate".to_owned(), UnjudgedReason::NoActual, 0);
        if !cells.iter().any(|(id, ..)| *id == "rate") {
            assert!(found.contains(&is_absent), "{case}: {found:?}");
            found.retain(|one| *one != is_absent);
        }
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn figures_of_which_cells_disagree_are_named_with_their_cells() {
    for (measure, reason) in
        [(Measure::Actual, UnjudgedReason::ActualContested), (annual(), UnjudgedReason::PlanContested)]
    {
        let mut data =
            dataset(&[("total", Measure::Actual, "1"), ("total", annual(), "4"), ("rate", Measure::Actual, "3")]);
        let is_its = |key: &ObservationKey| key.measure == measure && key.indicator.as_str() == "total";
        let key = data.observations.keys().find(|key| is_its(key)).unwrap().clone();
        let figure = data.observations.remove(&key).unwrap();
        let figures = vec![Arc::clone(&figure), figure];
        let contested = ContestedFigure { label: "Tổng số".to_owned(), figures, is_in_contested_form: false };
        data.contested.insert(key, contested);
        let found = reasons(&data);
        assert_eq!(found.first(), Some(&("total".to_owned(), reason, 2)), "{found:?}");
    }
}

#[test]
fn rules_print_the_reasons_of_indicators_and_rows() {
    let printed: Vec<String> =
        paragraphs(&sector_with(BEHIND), &full()).iter().map(|one| plain_text(&one.spans)).collect();
    assert_eq!(printed, ["Vụ việc: chưa có kế hoạch", "Dòng số 4: chưa có số thực hiện"]);
    let tables = judgement(BEHIND, &full()).tables;
    let [rows] = tables.as_slice() else { panic!("{tables:?}") };
    assert_eq!((rows.count, rows.all, &rows.reason), (1, 5, &UnjudgedReason::NoActual));
}

#[test]
fn what_no_line_judges_is_not_unjudged() {
    for (functions, lines) in [
        ("text = function(d, out) out:paragraph(\"{total}\") end", 0),
        (
            "text = function(d, out) for _ in d:behind(0.8, { except = { \"rate\" } }) do end out:paragraph(\"{total}\") end",
            1,
        ),
    ] {
        let found = judgement(functions, &full());
        assert_eq!((found.lines.len(), found.unjudged.len(), found.tables.len()), (lines, 0, 0), "{functions}");
    }
    let script = sector_with("text = function(d, out) for _ in d:unjudged({ except = { \"rte\" } }) do end end");
    let (_, problems) = outcome(&script, &full());
    assert!(problems[0].message.vietnamese().contains("\"rte\""), "{problems:?}");
}

#[test]
fn a_cut_among_equal_rows_is_reported_and_printed() {
    let mut data = full();
    let rows = [
        ["a", "con", "10", "1", "5"],
        ["a", "con", "10", "1", "5"],
        ["b", "con", "10", "1", "5"],
        ["b", "con", "10", "1", "9"],
    ];
    data.records.insert((SectorId::new("s"), IndicatorId::new("items")), records::items(&rows));
    for (count, tied) in [(1, 2), (2, 1), (3, 0), (4, 0), (0, 0)] {
        let body = format!(
            "local low = d.items:lowest(\"actual\", {count}) out:paragraph(\"{{x.tied.count}}, {{x.count}}\", {{ x = low }})"
        );
        let (found, problems) = outcome(&sector_with(&format!("text = function(d, out) {body} end")), &data);
        let text = found.sectors[0].passages[0].items[0].paragraph().map(|p| plain_text(&p.spans));
        assert_eq!(text, Some(format!("{tied}, {count}")));
        assert_eq!(problems.iter().filter(|p| p.code == Code::RankingTied).count(), usize::from(tied > 0), "{count}");
    }
}
