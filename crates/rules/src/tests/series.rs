//! Tests of rules over series of months.

use super::*;
use tonghop_core::model::id::MeasureId;

/// Returns a dataset with the months of `total`.
fn months(numbers: &[&str]) -> Dataset {
    let month = |at: usize| Measure::Custom(MeasureId::new(format!("month_{}", at + 1)));
    let cells: Vec<_> = numbers.iter().enumerate().map(|(at, number)| ("total", month(at), *number)).collect();
    let mut all = vec![("total", Measure::Actual, "45"), ("rate", Measure::Actual, "3")];
    all.extend(cells.into_iter().filter(|(.., number)| !number.is_empty()));
    dataset(&all)
}

#[test]
fn months_are_read_by_number_and_one_after_another() {
    let data = months(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    for (expression, expected) in [
        ("d.total.month[3]", "3 tỷ đồng"),
        ("d.total.month_3", "3 tỷ đồng"),
        ("d.total.month.current", "9 tỷ đồng"),
        ("d.total.month[9] - d.total.month.previous", "1 tỷ đồng"),
        ("sum(d.total.month)", "45 tỷ đồng"),
        ("count(d.total.month)", "9"),
        ("count(d.rate.month)", "0"),
        ("largest(d.total.month)", "9 tỷ đồng"),
        ("t(\"{x.label}\", { x = largest(d.total.month) })", "tháng 9"),
        ("t(\"{x.name}\", { x = smallest(d.total.month) })", "tháng 1"),
        ("d.total.month[12]", "chưa có số liệu"),
        (
            "list(d.total.month, \"{it.label} {it|bare}\", \", \")",
            "tháng 1 1, tháng 2 2, tháng 3 3, tháng 4 4, tháng 5 5, tháng 6 6, tháng 7 7, tháng 8 8, tháng 9 9",
        ),
    ] {
        let body = format!("out:paragraph(\"{{x}}\", {{ x = {expression} }})");
        let script = sector_with(&format!("text = function(d, out) {body} end"));
        assert_eq!(plain_text(&paragraphs(&script, &data)[0].spans), expected, "{expression}");
    }
    assert_eq!(printed("\"{total.month.current.label}: {total.month.current}\"", &data), "tháng 9: 9 tỷ đồng");
    let every = sector_with("text = function(d, out) for m in d.total.month do out:item(\"{m}\", { m = m }) end end");
    assert_eq!(paragraphs(&every, &data).len(), 9);
}

#[test]
fn a_month_without_data_is_missing_in_sums() {
    let data = months(&["1", "", "3", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(printed("\"{x}\", { x = sum(d.total.month) }", &data), "chưa có số liệu");
    assert_eq!(printed("\"{x}\", { x = count(d.total.month) }", &data), "8");
}

#[test]
fn numbers_beyond_the_year_are_refused() {
    for body in ["local x = d.total.month[13]", "local x = d.total.month[0]", "out:paragraph(\"{total.month.13}\")"] {
        let (_, problems) = outcome(&sector_with(&format!("text = function(d, out) {body} end")), &full());
        assert_eq!(problems[0].hint.as_ref().map(Message::vietnamese), Some("viết số từ 1 đến 12"), "{body}");
    }
    let (_, problems) = outcome(&sector_with("text = function(d, out) out:paragraph(\"{total.month}\") end"), &full());
    assert!(problems[0].message.vietnamese().contains("không in ra được"), "{problems:?}");
}
