//! Tests of totals of which only the parts are reported.

use super::*;

/// Returns the parts `one` and `two`, without the figures in `left_out`.
fn parts_without(left_out: &[(&str, Measure)]) -> Dataset {
    let all = [
        ("one", Measure::Actual, "700"),
        ("one", annual(), "7000"),
        ("one", Measure::LastYear, "4700"),
        ("two", Measure::Actual, "900"),
        ("two", annual(), "5000"),
        ("two", Measure::LastYear, "3450"),
    ];
    let is_left = |(id, measure, _): &(&str, Measure, &str)| !left_out.contains(&(*id, measure.clone()));
    dataset(&all.into_iter().filter(is_left).collect::<Vec<_>>())
}

#[test]
fn the_plan_and_last_year_are_summed_like_the_actual() {
    let sentence =
        "text = function(d, out) out:paragraph(\"Thu {total}, {total.yoy|bare}, đạt {total.attainment}\") end,
        shortfalls = function(d, out) for i in d:behind(0.8) do out:shortfall { i } end end";
    let (found, problems) = outcome(&sector_with(sentence), &parts_without(&[]));
    assert!(problems.is_empty(), "{problems:?}");
    let printed = paragraphs(&sector_with(sentence), &parts_without(&[]));
    assert_eq!(plain_text(&printed[0].spans), "Thu 1.600 tỷ đồng, giảm 80,4%, đạt 13%");
    assert_eq!(found.sectors[0].shortfalls.len(), 1);
}

#[test]
fn a_total_that_lacks_several_measures_is_one_message() {
    let (_, problems) = outcome(&sector_with(""), &parts_without(&[("two", annual()), ("two", Measure::LastYear)]));
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    let expected = "\"Tổng số\": tổng số không có kế hoạch, cùng kỳ năm trước, vì chưa có ở thành phần: \"Hai\"";
    assert_eq!(problem.message.vietnamese(), expected);
    let (_, problems) = outcome(&sector_with(""), &parts_without(&[("two", annual()), ("one", Measure::LastYear)]));
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(problem.message.vietnamese().contains("\"Hai\"; không có cùng kỳ năm trước"), "{problem:?}");
}

#[test]
fn a_part_that_lacks_a_measure_is_named() {
    let (found, problems) = outcome(&sector_with(""), &parts_without(&[("two", annual())]));
    let total = &found.sectors[0].rows[0];
    assert!(total.figure(&annual()).is_none() && total.figure(&Measure::LastYear).is_some());
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(problem.code, Code::PartsMissing);
    assert!(problem.message.vietnamese().contains("tổng số không có kế hoạch"), "{problem:?}");
    assert!(problem.message.vietnamese().ends_with("\"Hai\""), "{problem:?}");
    let (_, none) = outcome(&sector_with(""), &parts_without(&[("one", annual()), ("two", annual())]));
    assert!(none.is_empty(), "{none:?}");
}
