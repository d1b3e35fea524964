//! Tests of `over`: how an indicator goes over its parts.

use super::*;

/// Returns a rule file with these indicators.
fn sector_of(indicators: &str) -> Script {
    let text = format!(
        "return sector {{ api = 1, id = \"s\", title = \"Ngành\", section = \"I\", departments = {{ \"d\" }},\nindicators = {{\n{indicators}\n}} }}"
    );
    Script { file: FilePath::new("plugins/s.lua"), text }
}

/// Returns a dataset of `indicator value unit`; `-` is not applicable.
fn reported(cells: &[(&str, &str, &str)]) -> Dataset {
    let mut dataset = Dataset::default();
    for (row, (indicator, raw, unit)) in cells.iter().enumerate() {
        let (sector, indicator) = (SectorId::new("s"), IndicatorId::new(*indicator));
        let (name, key) = (
            FigureName { sector: sector.clone(), indicator: indicator.clone(), measure: Measure::Actual },
            ObservationKey { sector, indicator, measure: Measure::Actual },
        );
        let amount = raw.parse().map_or(Amount::NotApplicable, Amount::Known);
        let unit = tonghop_core::vi::unit::parse(unit);
        let origin = Origin::Cell(source(row as u32, raw));
        dataset.observations.insert(key, Arc::new(Figure::new(name, amount, unit, Status::Final, origin)));
    }
    dataset
}

/// Returns the actual of `whole` with its unit and the number of its cells, and the number of findings.
fn whole(indicators: &str, cells: &[(&str, &str, &str)]) -> (Option<String>, usize, usize) {
    let (results, diagnostics) = outcome(&sector_of(indicators), &reported(cells));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let sector = &results.sectors[0];
    let row = sector.rows.iter().find(|row| row.indicator.as_str() == "whole").unwrap();
    let figure = row.figure(&Measure::Actual).unwrap();
    let number = figure.amount.known().map(|amount| format!("{} {}", amount.normalize(), figure.unit));
    (number, figure.sources().len(), sector.findings.len())
}

#[test]
fn last_year_follows_from_the_parts_as_the_actual_does() {
    let indicators = "area = { \"Diện tích\", unit = \"ha\", parts = { area_a = { \"Xã A\" }, area_b = { \"Xã B\" } } },\n\
         whole = { \"Tỷ lệ\", unit = \"%\", over = \"mean(area)\", parts = { whole_a = { \"Xã A\" }, whole_b = { \"Xã B\" } } },";
    let cells = [("whole_a", "10", "%"), ("whole_b", "40", "%"), ("area_a", "300", "ha"), ("area_b", "100", "ha")];
    let mut data = reported(&cells);
    let last_year = data.observations.iter().map(|(key, figure)| {
        let measure = Measure::LastYear;
        let name = FigureName { measure: measure.clone(), ..figure.name.clone() };
        (ObservationKey { measure, ..key.clone() }, Arc::new((**figure).clone().with_name(name)))
    });
    let last_year: Vec<_> = last_year.collect();
    data.observations.extend(last_year);
    let (results, problems) = outcome(&sector_of(indicators), &data);
    assert!(problems.is_empty(), "{problems:?}");
    let row = results.sectors[0].rows.iter().find(|row| row.indicator.as_str() == "whole").unwrap();
    let numbers =
        [Measure::Actual, Measure::LastYear].map(|measure| row.figure(&measure).and_then(|f| f.amount.known()));
    assert_eq!(numbers, ["17.5", "17.5"].map(|number| number.parse().ok()));
}

/// Returns the declaration of `whole` with two members in a unit, and of the weights and totals that it may need.
fn members(unit: &str, over: &str) -> String {
    let over = if over.is_empty() { String::new() } else { format!(", over = \"{over}\"") };
    format!(
        "area = {{ \"Diện tích\", unit = \"ha\", by = {{ a = \"Xã A\", b = \"Xã B\" }} }},\n\
         whole = {{ \"Chỉ tiêu\", unit = \"{unit}\"{over}, by = {{ a = \"Xã A\", b = \"Xã B\" }} }},\n\
         crop = {{ \"Sản lượng\", unit = \"tạ\" }}, poor = {{ \"Hộ nghèo\", unit = \"hộ\" }}, all = {{ \"Số hộ\", unit = \"hộ\" }},"
    )
}

#[test]
fn the_whole_follows_from_its_members_as_declared() {
    let cells = |unit: &'static str| {
        vec![
            ("whole_a", "10", unit),
            ("whole_b", "40", unit),
            ("area_a", "300", "ha"),
            ("area_b", "100", "ha"),
            ("crop", "8000", "tạ"),
            ("poor", "30", "hộ"),
            ("all", "600", "hộ"),
        ]
    };
    for (unit, over, expected, sources) in [
        ("con", "", Some("50 con"), 2),
        ("con", "sum", Some("50 con"), 2),
        ("con", "none", None, 0),
        ("con", "last", Some("40 con"), 1),
        ("%", "", None, 0),
        ("‰", "", None, 0),
        ("tạ/ha", "", None, 0),
        ("%", "none", None, 0),
        ("%", "sum", Some("50 %"), 2),
        ("%", "mean(area)", Some("17.5 %"), 4),
        ("tạ/ha", "mean(area)", Some("17.5 tạ/ha"), 4),
        ("tạ/ha", "ratio(crop/area)", Some("20 tạ/ha"), 3),
        ("%", "ratio(poor/all)", Some("5 %"), 2),
        ("‰", "ratio(poor/all)", Some("50 ‰"), 2),
        ("%", "ratio( poor / all )", Some("5 %"), 2),
    ] {
        let found = whole(&members(unit, over), &cells(unit));
        assert_eq!(found, (expected.map(str::to_owned), sources, 0), "{unit} {over}");
    }
}

#[test]
fn a_rate_without_declared_unit_has_no_sum_either() {
    let declared = "whole = { \"Tỷ lệ\", by = { a = \"Xã A\", b = \"Xã B\" } },";
    assert_eq!(whole(declared, &[("whole_a", "10", "%"), ("whole_b", "40", "%")]).0, None);
    assert_eq!(whole(declared, &[("whole_a", "10", "hộ"), ("whole_b", "40", "hộ")]).0.as_deref(), Some("50 hộ"));
}

#[test]
fn a_missing_member_or_weight_leaves_the_whole_without_number() {
    for (over, cells) in [
        ("", vec![("whole_a", "10", "con")]),
        ("last", vec![("whole_a", "10", "con")]),
        ("mean(area)", vec![("whole_a", "10", "con"), ("whole_b", "40", "con"), ("area_a", "1", "ha")]),
        (
            "mean(area)",
            vec![("whole_a", "10", "con"), ("whole_b", "40", "con"), ("area_a", "0", "ha"), ("area_b", "-", "ha")],
        ),
        ("ratio(poor/all)", vec![("whole_a", "10", "con"), ("whole_b", "40", "con"), ("poor", "1", "hộ")]),
        ("ratio(poor/all)", vec![("poor", "1", "hộ"), ("all", "0", "hộ")]),
    ] {
        assert_eq!(whole(&members("con", over), &cells).0, None, "{over} {cells:?}");
    }
}

#[test]
fn a_member_without_weight_does_not_count_in_the_mean() {
    let cells = [("whole_a", "10", "%"), ("whole_b", "-", "%"), ("area_a", "300", "ha"), ("area_b", "-", "ha")];
    assert_eq!(whole(&members("%", "mean(area)"), &cells).0.as_deref(), Some("10 %"));
}

#[test]
fn a_reported_rate_is_not_compared_with_the_sum_of_its_parts() {
    for (unit, over, findings) in
        [("%", "", 0), ("tạ/ha", "", 0), ("%", "sum", 1), ("con", "", 1), ("con", "none", 0), ("con", "last", 0)]
    {
        let cells = [("whole", "12", unit), ("whole_a", "10", unit), ("whole_b", "40", unit)];
        let found = whole(&members(unit, over), &cells);
        assert_eq!((found.0, found.2), (Some(format!("12 {unit}")), findings), "{unit} {over}");
    }
}

#[test]
fn parts_and_members_each_make_up_the_whole() {
    let declared = "whole = { \"Tổng\", unit = \"con\", parts = { x = { \"X\" }, y = { \"Y\" } }, by = { a = \"Xã A\", b = \"Xã B\" } },";
    let parts = [("x", "20", "con"), ("y", "30", "con")];
    let places = [("whole_a", "10", "con"), ("whole_b", "40", "con")];
    assert_eq!(whole(declared, &parts), (Some("50 con".into()), 2, 0));
    assert_eq!(whole(declared, &places), (Some("50 con".into()), 2, 0));
    assert_eq!(whole(declared, &[parts, places].concat()), (Some("50 con".into()), 2, 0));
    assert_eq!(whole(declared, &[&places[..], &parts[..1], &[("y", "31", "con")]].concat()).2, 1);
}

#[test]
fn wrong_declarations_are_reported_at_their_line() {
    let whole = |over: &str| members("%", over);
    for (indicators, line, words) in [
        (whole("total"), 4, "\"total\" is not valid"),
        (whole("mean"), 4, "not valid"),
        (whole("mean()"), 4, "not valid"),
        (whole("ratio(poor)"), 4, "not valid"),
        (whole("mean(areas)"), 4, "no indicator \"areas\""),
        (whole("mean(whole)"), 4, "this indicator itself"),
        (whole("ratio(poor/alle)"), 4, "no indicator \"alle\""),
        (whole("mean(poor)"), 4, "no part \"Xã A\""),
        (whole("ratio(poor/area)"), 4, "does not have the unit \"%\""),
        (members("tạ/ha", "ratio(poor/area)"), 4, "does not have the unit \"tạ/ha\""),
        ("whole = { \"Một\", unit = \"con\", over = \"sum\" },".to_owned(), 3, "has no parts"),
    ] {
        let (_, diagnostics) = outcome(&sector_of(&indicators), &Dataset::default());
        let [problem] = diagnostics.as_slice() else { panic!("{indicators}: {diagnostics:#?}") };
        assert_eq!(problem.code, Code::PluginBroken);
        assert_eq!(problem.places[0].to_string(), format!("plugins/s.lua:{line}"), "{indicators}");
        let message = problem.message.in_language(tonghop_core::diag::Language::English);
        assert!(message.contains(words) && problem.hint.is_some(), "{message}");
    }
}
