//! Tests of the largest and smallest figures, of chosen parts, and of weighted means.

use super::*;

fn printed_with(body: &str, template: &str) -> String {
    let script = sector_with(&format!("text = function(d, out) {body} out:paragraph(\"{template}\", {{ x = x }}) end"));
    plain_text(&paragraphs(&script, &full())[0].spans)
}

#[test]
fn what_has_the_largest_figure_is_named() {
    for (body, template, expected) in [
        ("local x = largest(d.total.parts)", "{x.label}: {x}", "Một: 3.138 tỷ đồng"),
        ("local x = smallest(d.one, d.two)", "{x.name}: {x}", "hai: 176 tỷ đồng"),
        ("local x = largest { d.one, d.two }", "{x.share}", "94,7%"),
        ("local x = largest(d.items, \"attainment\")", "{x.label} {x}", "Dòng số 5 120,0%"),
        ("local x = smallest(d.items)", "{x.label} {x}", "Dòng số 5 60 triệu đồng"),
        ("local x = largest(d.one, d.one)", "{x.label}", "Một, Một"),
        ("local x = largest(d.one, 5000)", "{x}", "5.000 tỷ đồng"),
        ("local x = largest(d.one.attainment, d.two.attainment)", "[{x}]ai", "ai"),
        ("local x = largest(d.total.parts, \"last_year\")", "[{x.label} {x}]Hết", "Hết"),
        ("local x = largest(d.total.parts, \"last_year\")", "[{x.unit}]Hết", "Hết"),
    ] {
        assert_eq!(printed_with(body, template), expected, "{body}");
    }
}

#[test]
fn equal_figures_are_all_named() {
    let rows = [["A", "con", "10", "", "5"], ["B", "con", "10", "", "9"], ["C", "nghìn con", "10", "", "0.009"]];
    let mut data = full();
    data.records.insert((SectorId::new("s"), IndicatorId::new("items")), records::items(&rows));
    let text = |body: &str| sector_with(&format!("text = function(d, out) local x = largest(d.items) {body} end"));
    let printed = paragraphs(&text("out:paragraph(\"{x.label}: {x}\", { x = x })"), &data);
    assert_eq!(plain_text(&printed[0].spans), "Dòng số 2, Dòng số 3: 09 con");
    let each = "for row in x do out:paragraph(\"{row.label}\", { row = row }) end";
    assert_eq!(paragraphs(&text(each), &data).len(), 2);
    let (_, problems) = outcome(&text("local field = x.field"), &data);
    assert!(problems[0].message.vietnamese().starts_with("có 2 nơi cùng số này"), "{problems:?}");
}

#[test]
fn parts_are_chosen_by_name_or_label() {
    for (expression, expected) in [
        ("sum(d.total.parts:only { \"Một\" })", "3.138 tỷ đồng"),
        ("sum(d.total.parts:only { \"two\", \"một\" })", "3.314 tỷ đồng"),
        ("sum(d.total.parts:except { \"Một\" })", "176 tỷ đồng"),
        ("list(d.total.parts:except { \"two\" }, \"{it.label}\")", "Một"),
        ("d.total.parts:only { \"two\" }.two", "176 tỷ đồng"),
    ] {
        assert_eq!(printed_with(&format!("local x = {expression}"), "{x}"), expected, "{expression}");
    }
    let wrong = sector_with("text = function(d, out) local x = d.total.parts:only { \"Hia\" } end");
    let (_, problems) = outcome(&wrong, &full());
    assert_eq!(problems[0].message.vietnamese(), "không có thành phần \"Hia\"");
    assert_eq!(problems[0].hint.as_ref().map(Message::vietnamese), Some("có phải là \"Hai\"?"));
}

#[test]
fn means_are_weighted() {
    for (expression, expected) in [
        ("weighted_mean({ d.one, d.two }, { 1, 3 })", "916,5 tỷ đồng"),
        ("weighted_mean({ d.one, d.two }, { d.one, 0 * d.two })", "3.138 tỷ đồng"),
        ("weighted_mean(d.total.parts, d.total.parts)", "2.980,69 tỷ đồng"),
        ("weighted_mean(d.items, \"attainment\", \"target\")", "chưa có số liệu"),
        ("weighted_mean(d.items:where(\"field\", \"Giao thông\"), \"attainment\", \"target\")", "30,0%"),
        ("weighted_mean({ d.one, d.two.last_year }, { 1, 3 })", "chưa có số liệu"),
        ("percent(d.one, d.total)", "94,7%"),
        ("percent(d.one, 0)", "chưa có số liệu"),
    ] {
        assert_eq!(printed_with(&format!("local x = {expression}"), "{x}"), expected, "{expression}");
    }
    for (expression, message) in [
        ("weighted_mean({ d.one }, { 1, 3 })", "weighted_mean: có 1 số nhưng 2 trọng số"),
        (
            "weighted_mean({ d.one, d.rate }, { 1, 3 })",
            "không thể tính giữa hai đơn vị khác nhau: \"vụ\" và \"tỷ đồng\"",
        ),
        ("weighted_mean(d.items, \"attainment\")", "weighted_mean: thiếu tên loại số liệu làm trọng số"),
    ] {
        let script = sector_with(&format!("text = function(d, out) local x = {expression} end"));
        let (_, problems) = outcome(&script, &full());
        assert_eq!(problems[0].message.vietnamese(), message, "{expression}");
    }
}

#[test]
fn a_choice_keeps_all_that_it_was_compared_with() {
    let script = sector_with("text = function(d, out) out:paragraph(\"{x}\", { x = largest(d.total.parts) }) end");
    let paragraphs = paragraphs(&script, &full());
    let Span::Figure(span) = &paragraphs[0].spans[0] else { panic!("not a figure") };
    assert_eq!(span.figure.sources().len(), 2);
}
