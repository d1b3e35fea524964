//! Tests of figures that rules derive: their unit, their decimals, their other measures.

use super::*;

/// Returns a sector with `deaths`, `births` and `people`, and an indicator `x` that is derived with this unit and body.
fn deriving(unit: &str, body: &str, text: &str) -> Script {
    let text = format!(
        r#"return sector {{ api = 1, id = "s", title = "Ngành", section = "I", departments = {{ "d" }}, targets = {{ "annual" }},
  indicators = {{
    births = {{ "Trẻ sinh ra", unit = "trẻ" }}, deaths = {{ "Người chết", unit = "người" }}, people = {{ "Dân số", unit = "người" }},
    money = {{ "Thu", unit = "triệu đồng" }}, share = {{ "Tỷ lệ", unit = "%" }}, land = {{ "Đất", unit = "ha" }},
    x = {{ "Kết quả", {unit} derive = function(d) {body} end }},
  }},
  text = function(d, out) out:paragraph("{text}") end,
}}"#
    );
    Script { file: FilePath::new("plugins/s.lua"), text }
}

fn data() -> Dataset {
    let mut data = Dataset::default();
    let cells = [
        ("births", "trẻ", ["827", "790", "800"]),
        ("deaths", "người", ["350", "330", "360"]),
        ("people", "người", ["100000", "100000", "98000"]),
        ("money", "triệu đồng", ["5000", "6000", "4000"]),
        ("share", "%", ["40", "50", "30"]),
        ("land", "ha", ["20", "20", ""]),
    ];
    for (row, (indicator, unit, numbers)) in cells.into_iter().enumerate() {
        for (measure, number) in [Measure::Actual, annual(), Measure::LastYear].into_iter().zip(numbers) {
            let Ok(amount) = number.parse() else { continue };
            let (sector, indicator) = (SectorId::new("s"), IndicatorId::new(indicator));
            let key = ObservationKey { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
            let name = FigureName { sector, indicator, measure };
            let unit = tonghop_core::vi::unit::parse(unit);
            let origin = Origin::Cell(source(row as u32, number));
            let figure = Figure::new(name, Amount::Known(amount), unit, Status::Final, origin);
            data.observations.insert(key, Arc::new(figure));
        }
    }
    data
}

fn derived(unit: &str, body: &str, text: &str) -> String {
    plain_text(&paragraphs(&deriving(unit, body, text), &data())[0].spans)
}

#[test]
fn results_have_the_declared_unit_and_few_decimals() {
    for (unit, body, expected) in [
        ("unit = \"%\",", "return d.deaths / d.people", "0,4%"),
        ("unit = \"%\",", "return d.deaths / d.people * 100", "0,4%"),
        ("unit = \"%\",", "return 1 - d.deaths / d.people", "99,7%"),
        ("unit = \"%\",", "return percent(d.births, d.people)", "0,8%"),
        ("unit = \"%\",", "return (d.births / d.people + d.deaths / d.people) / 2", "0,6%"),
        ("unit = \"%\",", "return 2 * d.births / d.people", "1,7%"),
        ("unit = \"%\",", "return 0.5 * (d.deaths / d.births)", "21,2%"),
        ("unit = \"%\",", "return (d.deaths / d.births) * (d.deaths / d.births)", "17,9%"),
        ("unit = \"%\",", "return 100 * d.births / d.people", "0,8%"),
        ("unit = \"%\",", "return d.births / (d.people / 100)", "0,8%"),
        ("unit = \"%\",", "return (percent(d.births, d.people) + d.share) / 2", "20,4%"),
        ("unit = \"%\",", "return d.share / d.share.last_year - 1", "33,3%"),
        ("unit = \"‰\",", "return d.births / d.people", "8,27‰"),
        ("unit = \"‰\",", "return d.births / d.people * 1000", "8,27‰"),
        ("unit = \"‰\",", "return (d.births / d.people - d.deaths / d.people) * 1000", "4,77‰"),
        ("unit = \"%\",", "return (d.share * d.people + d.share * d.deaths) / (d.people + d.deaths)", "40,0%"),
        ("unit = \"nghìn đồng/người\",", "return d.money / d.people", "50 nghìn đồng/người"),
        ("unit = \"tỷ đồng\",", "return d.money + d.money", "10 tỷ đồng"),
        ("unit = \"người\",", "return d.people * d.share / 100", "40.000 người"),
        ("unit = \"kg\",", "return d.land * 1000", "20.000kg"),
        ("decimals = { value = 3 },", "return d.deaths / d.births", "0,423"),
        ("", "return d.people / d.births", "120,92"),
        ("", "return d.people * d.share / 100", "40.000 người"),
        ("", "return d.money / d.people", "0,05"),
    ] {
        assert_eq!(derived(unit, body, "{x}"), expected, "{unit} {body}");
    }
}

#[test]
fn a_result_of_another_unit_is_missing_and_reported() {
    for (unit, body, computed) in [
        ("kg", "return d.land", "ha"),
        ("%", "return d.money / d.people", "đồng/người"),
        ("người", "return d.people * d.land", "ha·người"),
    ] {
        let script = deriving(&format!("unit = \"{unit}\","), body, "{x}");
        let (found, problems) = outcome(&script, &data());
        let [problem] = problems.as_slice() else { panic!("{body}: {problems:?}") };
        let expected = format!("quy tắc tính ra số có đơn vị \"{computed}\", nhưng chỉ tiêu khai báo \"{unit}\"");
        assert!(problem.message.vietnamese().ends_with(&expected), "{}", problem.message.vietnamese());
        assert_eq!(problem.places[0].to_string(), "plugins/s.lua:5");
        let text = found.sectors[0].passages[0].items[0].paragraph().unwrap();
        assert_eq!(plain_text(&text.spans), "chưa tính được (quy tắc đang lỗi)", "{body}");
    }
}

#[test]
fn results_have_the_other_measures_of_their_operands() {
    let per_mille = |text| derived("unit = \"‰\", decimals = { value = 2 },", "return d.births / d.people", text);
    assert_eq!(per_mille("{x.last_year}; {x.change|bare}"), "8,16‰; tăng 0,11 điểm phần nghìn");
    assert_eq!(per_mille("{x.target.annual}; đạt {x.attainment}"), "7,90‰; đạt 104,7%");
    let sum = |text| derived("unit = \"người\",", "return sum(d.people, d.deaths)", text);
    assert_eq!(sum("{x.last_year}; {x.yoy|short}; {x.attainment}"), "98.360 người; tăng 2,0% so với cùng kỳ; 100,0%");
    let branching = "if d.deaths.actual:below(355) then return d.deaths.actual end return d.people";
    assert_eq!(derived("", branching, "{x}, {x.last_year}"), "350 người, 98.000 người");
}

#[test]
fn results_of_other_figures_are_actuals_only() {
    for body in [
        "return d.people - d.people.last_year",
        "return d.people * d.deaths.change / d.deaths",
        "return d.people.target.annual",
        "return d.land",
        "kept = kept or d.people return kept * 2",
        "if d.people.yoy:below(1) then return d.people end return d.deaths",
        "local n = 0 for i in d:behind(1) do n = n + 1 end return d.people * n",
    ] {
        let body = body
            .replace("kept", "_G.kept")
            .replace("_G.kept = _G.kept or", "KEPT.x = KEPT.x or")
            .replace("_G.kept", "KEPT.x");
        let script = deriving("", &body, "{x}; {x.last_year}");
        let script = Script { text: format!("local KEPT = {{}}\n{}", script.text), ..script };
        let printed = plain_text(&paragraphs(&script, &data())[0].spans);
        assert!(printed.ends_with("; chưa có số liệu") && !printed.starts_with("chưa"), "{body}: {printed}");
    }
}

#[test]
fn every_measure_keeps_its_cells() {
    let script = deriving("unit = \"‰\",", "return d.births / d.people", "{x.last_year} {x.change}");
    let (found, _) = outcome(&script, &data());
    let row = found.sectors[0].rows.last().unwrap();
    for (measure, number) in [(Measure::Actual, "827"), (Measure::LastYear, "800"), (annual(), "790")] {
        let sources = row.figure(&measure).unwrap().sources();
        assert_eq!(&*sources[0].raw, number, "{measure}");
        assert_eq!(sources.len(), 2, "{measure}");
    }
}

#[test]
fn a_result_without_unit_or_without_cells_is_refused_at_the_indicator() {
    for (unit, body, reason) in [
        ("người", "return d.deaths / d.people", "một phân số không đơn vị"),
        ("%", "return d.deaths.actual.value / d.people.actual.value", "phải trả về một số liệu"),
        ("%", "return 5", "phải trả về một số liệu"),
        ("%", "local _ = d.deaths", "phải trả về một số liệu"),
    ] {
        let (_, problems) = outcome(&deriving(&format!("unit = \"{unit}\","), body, "{x}"), &data());
        let [problem] = problems.as_slice() else { panic!("{body}: {problems:?}") };
        assert!(problem.message.vietnamese().contains(reason), "{body}: {}", problem.message.vietnamese());
        assert_eq!(problem.places[0].to_string(), "plugins/s.lua:5", "{body}");
    }
    assert_eq!(derived("unit = \"lần\",", "return d.people / d.deaths", "{x}"), "285,71 lần");
}
