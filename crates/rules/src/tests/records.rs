//! Tests of rules over open tables: printed text, errors, and limits.

use super::*;
use std::collections::BTreeMap;
use tonghop_core::model::document::plain_text;
use tonghop_core::model::records::{
    FieldDecl, Record, RecordBatch, RecordColumn, RecordPart, RecordTable, RecordsDecl,
};
use tonghop_core::model::sector::PassageItem;

/// The rows in the dataset of [`full`]: field, unit, plan, last year, actual.
const ROWS: [[&str; 5]; 5] = [
    ["Giao thông", "triệu đồng", "1000", "400", "500"],
    ["Y tế", "triệu đồng", "200", "100", "190"],
    ["giao thông", "tỷ đồng", "1", "0.2", "0.1"],
    ["Y tế", "triệu đồng", "100", "-", ""],
    ["Văn hóa", "triệu đồng", "50", "50", "60"],
];

/// Returns the open table of [`sector_with`] with these rows.
pub(super) fn items<'r>(rows: impl IntoIterator<Item = &'r [&'r str; 5]>) -> Arc<RecordTable> {
    let amount = |written: &str| match written {
        "" => Amount::Missing,
        number => number.parse().map_or(Amount::NotApplicable, Amount::Known),
    };
    let record = |(at, [field, unit, numbers @ ..]): (usize, &[&str; 5])| Record {
        sheet_row: at as u32 + 1,
        label: format!("Dòng số {}", at + 1).into(),
        unit: tonghop_core::vi::unit::parse(unit),
        fields: vec![(*field).into()],
        amounts: numbers.iter().map(|number| amount(number)).collect(),
    };
    let measures = [annual(), Measure::LastYear, Measure::Actual];
    let column = |(at, measure)| RecordColumn {
        measure,
        status: Status::Final,
        column: at as u32 + 3,
        heading: "Số".into(),
        unit: None,
    };
    let rows: Vec<Record> = rows.into_iter().enumerate().map(record).collect();
    let keys = rows.iter().map(|row| (Arc::clone(&row.fields[0]), tonghop_core::vi::fold::fold(&row.fields[0]).into()));
    let field = FieldDecl { name: "field".to_owned(), heading: "Lĩnh vực".to_owned() };
    let (sector, name) = (SectorId::new("s"), IndicatorId::new("items"));
    let decl = RecordsDecl {
        name: name.clone(),
        fields: vec![field],
        group: None,
        unit: None,
        mixed: false,
        print: tonghop_core::model::measure::PrintFormat::default(),
        line: 1,
    };
    let part = RecordPart {
        department: DepartmentId::new("d"),
        file: FilePath::new("workbooks/d/a.xlsx"),
        sheet: SheetName::new("S"),
        label_column: 1,
        field_columns: vec![2],
        unit_column: None,
        default_unit: Unit::none(),
        columns: measures.into_iter().enumerate().map(column).collect(),
        groups: Vec::new(),
        decimal_separator: None,
        percent_rows: BTreeMap::new(),
    };
    let mut table = RecordTable::new(sector.clone(), Arc::new(decl));
    let keys: BTreeMap<_, _> = keys.collect();
    table.append(RecordBatch {
        sector,
        name,
        part,
        rows: rows.into_iter().collect(),
        totals: Vec::new(),
        raw_numbers: BTreeMap::new(),
        text_rows: BTreeMap::new(),
        comparison_keys: keys,
    });
    Arc::new(table)
}

/// Adds the rows to a dataset.
pub(super) fn with_rows(mut dataset: Dataset) -> Dataset {
    dataset.records.insert((SectorId::new("s"), IndicatorId::new("items")), items(&ROWS));
    dataset
}

/// Returns a dataset with many rows, each with a different field.
fn many_rows(rows: usize) -> Dataset {
    let fields: Vec<String> = (0..rows).map(|row| format!("Lĩnh vực {row}")).collect();
    let rows: Vec<[&str; 5]> = fields.iter().map(|field| [field.as_str(), "con", "100", "1", "50"]).collect();
    let mut dataset = full();
    dataset.records.insert((SectorId::new("s"), IndicatorId::new("items")), items(&rows));
    dataset
}

#[test]
fn rows_print_their_figures() {
    for (body, expected) in [
        (r#"out:paragraph("{items.count}, {items}, {items.target}")"#, "5, 850 triệu đồng, 2.350 triệu đồng"),
        (r#"out:paragraph("{items.attainment}, {items.attainment.annual|decimals=0}")"#, "36,2%, 36%"),
        (r#"out:paragraph("{items.yoy|bare}; {items.last_year}")"#, "tăng 13,3%; 750 triệu đồng"),
        (r#"out:paragraph("{x.count}", { x = d.items:where("field", "GIAO  thông") })"#, "2"),
        (
            r#"out:paragraph("{x}", { x = list(d.items:by("field"), "{it.title} {it.count}") })"#,
            "Giao thông 2; Y tế 2; Văn hóa 1",
        ),
        (r#"out:paragraph("{x}", { x = list(d.items:behind(0.6), "{it.label}") })"#, "Dòng số 1; Dòng số 3"),
        (r#"out:paragraph("{x}", { x = list(d.items:behind(0.11, "annual"), "{it.field}") })"#, "giao thông"),
        (r#"out:paragraph("{x}", { x = list(d.items:lowest("actual", 2), "{it}") })"#, "60 triệu đồng; 0,1 tỷ đồng"),
        (r#"out:paragraph("{x}", { x = list(d.items:highest("target", 2), "{it.label}") })"#, "Dòng số 1; Dòng số 3"),
        (r#"out:paragraph("{x}", { x = list(d.items:highest("attainment", 2), "{it.attainment}") })"#, "120,0%; 95,0%"),
        (r#"out:paragraph("{x}", { x = list(d.items:lowest("last_year", 2), "{it.label}") })"#, "Dòng số 4; Dòng số 5"),
        (
            r#"local n = 0 for r in d.items:behind(2) do n = n + r.actual.value end out:paragraph("{x}", { x = t("{=" .. n .. "}") })"#,
            "750.1",
        ),
        (
            r#"for r in d.items:lowest("actual", 1) do out:paragraph("{r.department}, {r.unit}, {r.field}", { r = r }) end"#,
            "D, triệu đồng, Văn hóa",
        ),
        (
            r#"local g = d.items:by("field")[1] out:paragraph("{share|decimals=2}", { share = g / d.items.actual })"#,
            "0,71",
        ),
        (
            r#"out:paragraph("{x}", { x = list({ { a = d.items, b = d.items:behind(0.6) } }, "{b.count}/{a.count}") })"#,
            "2/5",
        ),
        (r#"out:paragraph("Không có[ {x.actual}].", { x = d.items:where("field", "Khác") })"#, "Không có."),
        (
            r#"out:paragraph("{x.count}, {x.title|missing=không tên}", { x = d.items:where("field", "Khác") })"#,
            "0, không tên",
        ),
    ] {
        let script = sector_with(&format!("text = function(d, out) {body} end"));
        let (outcome, diagnostics) = outcome(&script, &full());
        // The fourth row has no actual figure.
        assert!(diagnostics.iter().all(|d| d.code == Code::RowsPartial), "{body}: {diagnostics:?}");
        let texts: Vec<String> = outcome.sectors[0].passages[0]
            .items
            .iter()
            .filter_map(|c| Some(plain_text(&c.paragraph()?.spans)))
            .collect();
        assert_eq!(texts, [expected], "{body}");
    }
}

#[test]
fn an_unreported_table_is_empty() {
    let dataset = dataset(&[("rate", Measure::Actual, "3")]);
    assert_eq!(printed("\"{items.count}, {items}\"", &dataset), "0, chưa có số liệu");
}

#[test]
fn wrong_uses_are_reported_with_a_hint() {
    for (body, message, hint) in [
        ("d.items:where(\"feild\", \"x\")", "không có cột \"feild\"", "có phải là \"field\"?"),
        ("d.items:by(\"owner\")", "không có cột \"owner\"", "field"),
        ("d.items:where(\"field\", 5)", "words", ""),
        ("d.items:where(\"field\")", "words", ""),
        ("d.items:where(5, \"x\")", "field", ""),
        ("d.total:where(\"field\", \"x\")", "không có hàm \"where\"", ""),
        ("d.items.where(\"field\", \"x\")", "gọi bằng dấu chấm", "…:where(…)"),
        ("d.items:behind()", "share", ""),
        ("d.items:behind(\"sixty\")", "share", ""),
        ("d.items:behind(60)", "tỷ lệ 60 không hợp lý", "60% viết là 0.6"),
        ("d.items:behind(-1)", "tỷ lệ -1 không hợp lý", ""),
        ("d.items:behind(1/0)", "share phải là một con số", ""),
        ("for i in d:behind(80) do end", "tỷ lệ 80 không hợp lý", "80% viết là 0.8"),
        ("d.items:behind(0.6, \"anual\")", "không có kế hoạch \"anual\"", "có phải là \"annual\"?"),
        ("d.items:lowest(\"actul\", 3)", "không có số liệu \"actul\"", "có phải là \"actual\"?"),
        ("d.items:lowest(\"actual\", -1)", "count", ""),
        ("d.items:lowest(\"actual\", 1.5)", "count", ""),
        ("d.items:highest(\"actual\")", "count", ""),
        ("local x = d.items.actul", "không có \"actul\"", "có phải là \"actual\"?"),
        ("local x = d.items.target.anual", "không có \"anual\"", "có phải là \"annual\"?"),
        ("for r in d.items do local x = r.feild end", "không có \"feild\"", "có phải là \"field\"?"),
        ("local x = d.itms", "không có \"itms\"", "có phải là \"items\"?"),
        ("out:paragraph(\"{items.cuont}\")", "không có \"cuont\"", "có phải là \"count\"?"),
        ("out:listing { title = \"x\", rows = d.total }", "rows phải là các dòng của một bảng", ""),
        ("out:listing { rows = d.items }", "title", ""),
        ("for i = 1, 30 do out:listing { title = \"x\", rows = d.items } end", "quá 20 trang tính", ""),
        ("local x = d.items for i = 1, 30 do x = x:behind(0.6) end", "hơn 20 lần chọn", "trước vòng lặp"),
    ] {
        let script = sector_with(&format!("text = function(d, out) {body} end"));
        let (_, diagnostics) = outcome(&script, &full());
        let [problem] = diagnostics.as_slice() else { panic!("{body}: {diagnostics:?}") };
        let hint_text = problem.hint.as_ref().map_or("", |hint| hint.vietnamese());
        assert_eq!(problem.code, Code::RuleFailed, "{body}");
        assert!(problem.message.vietnamese().contains(message), "{body}: {}", problem.message.vietnamese());
        assert!(hint_text.contains(hint), "{body}: {hint_text}");
        assert_eq!(problem.places[0].to_string(), "plugins/s.lua:8", "{body}");
    }
}

#[test]
fn incompatible_units_are_reported_at_each_use() {
    let mut data = full();
    let rows = [["a", "con", "1", "1", "1"], ["a", "ha", "1", "1", "1"]];
    data.records.insert((SectorId::new("s"), IndicatorId::new("items")), items(&rows));
    for body in [
        "local x = d.items.actual",
        "local x = d.items + d.items",
        "out:paragraph(\"{items}\")",
        "out:paragraph(\"{items.attainment}\")",
        "out:paragraph(\"{items.actual/items.target.annual}\")",
        "local x = d.items:lowest(\"actual\", 1)",
    ] {
        let (_, diagnostics) = outcome(&sector_with(&format!("text = function(d, out) {body} end")), &data);
        let [problem] = diagnostics.as_slice() else { panic!("{body}: {diagnostics:?}") };
        let message = problem.message.vietnamese();
        assert!(message.contains("\"con\"") && message.contains("\"ha\""), "{body}: {message}");
    }
    assert_eq!(printed("\"{x}\", { x = list(d.items, \"{it}\") }", &data), "01 con; 1ha", "a row has its unit");
}

#[test]
fn listings_belong_to_their_sector() {
    let script =
        sector_with("text = function(d, out) out:listing { title = \"Chậm\", rows = d.items:behind(0.6) } end");
    let (outcome, diagnostics) = outcome(&script, &full());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let [listing] = outcome.sectors[0].listings.as_slice() else { panic!("one listing") };
    assert_eq!((listing.title.as_str(), listing.rows.len(), listing.rule.line), ("Chậm", 2, 8));
}

#[test]
fn report_tables_have_a_row_limit() {
    let table = "out:table { title = \"x\", columns = { \"a\" }, rows = d.items, cells = { \"{it.label}\" } }";
    let script = sector_with(&format!("text = function(d, out) {table} end"));
    let (found, diagnostics) = outcome(&script, &full());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let PassageItem::Table(table) = &found.sectors[0].passages[0].items[0] else { panic!("not a table") };
    assert_eq!(table.rows.len(), 5);
    let (_, diagnostics) = outcome(&script, &many_rows(10_001));
    assert!(diagnostics[0].message.vietnamese().contains("hơn 10000 dòng"), "{diagnostics:?}");
}

#[test]
fn work_on_many_rows_is_bounded() {
    let data = many_rows(100_000);
    for body in [
        "for i = 1, 1e9 do local _ = d.items:by(\"field\") end",
        "while true do for r in d.items do local _ = r.actual end end",
        "local t = {} while true do t[#t + 1] = d.items:behind(0.6) end",
        "local t = {} while true do t[#t + 1] = d.items:highest(\"actual\", 100000) end",
        "while true do local _ = d.items:where(\"field\", \"x\") end",
        "while true do local _ = d.items.actual end",
        "while true do local _ = d.items.count end",
    ] {
        let (found, diagnostics) = outcome(&sector_with(&format!("text = function(d, out) {body} end")), &data);
        let [problem] = diagnostics.as_slice() else { panic!("{body}: {diagnostics:?}") };
        assert!(matches!(problem.code, Code::RuleLimit | Code::RuleFailed), "{body}: {problem:?}");
        assert!(found.sectors[0].rows[0].figures[0].is_known(), "{body}");
    }
}

#[test]
fn rows_are_selected_by_their_numbers() {
    let rows = [
        ["A", "triệu đồng", "1000", "400", "500"],
        ["B", "triệu đồng", "200", "100", "190"],
        ["C", "triệu đồng", "100", "-", ""],
        ["D", "triệu đồng", "", "50", "-"],
    ];
    let mut data = dataset(&[("one", Measure::Actual, "0.2"), ("rate", Measure::Actual, "3")]);
    data.records.insert((SectorId::new("s"), IndicatorId::new("items")), items(&rows));
    let text = |expression: &str| {
        let body = "out:paragraph(\"{x.count}: {n}\", { x = x, n = list(x, \"{it.field}\", \"\") })";
        sector_with(&format!("text = function(d, out) local x = {expression} {body} end"))
    };
    for (expression, expected) in [
        ("d.items:without(\"actual\")", "1: C"),
        ("d.items:with(\"actual\")", "3: ABD"),
        ("d.items:without(\"target\")", "1: D"),
        ("d.items:with(\"target.annual\")", "3: ABC"),
        ("d.items:below(\"actual\", 190)", "1: D"),
        ("d.items:at_most(\"actual\", 190)", "2: BD"),
        ("d.items:above(\"actual\", \"last_year\")", "2: AB"),
        ("d.items:at_least(\"actual\", d.one)", "1: A"),
        ("d.items:below(\"attainment\", 60)", "1: A"),
        ("d.items:at_least(\"attainment.annual\", 95)", "1: B"),
        ("d.items:with(\"actual\"):above(\"actual\", 0):below(\"last_year\", 300)", "1: B"),
    ] {
        assert_eq!(plain_text(&paragraphs(&text(expression), &data)[0].spans), expected, "{expression}");
    }
    // A limit without data decides nothing.
    let undecided = "d.items:below(\"actual\", d.two)";
    assert_eq!(plain_text(&paragraphs(&text(undecided), &data)[0].spans), "chưa có số liệu: ");
    for (expression, message, hint) in [
        ("d.items:below(\"attainment\", 0.6)", "attainment tính bằng phần trăm, nhưng mức là 0.6", "60% viết là 60"),
        ("d.items:without(\"attainment\")", "attainment không phải là một cột số", "dùng actual"),
        ("d.items:below(\"actual\", d.rate)", "không thể tính giữa hai đơn vị khác nhau", "[settings]"),
        ("d.items:below(\"actaul\", 5)", "không có số liệu \"actaul\"", "actual"),
        ("d.items:where(\"actual\", \"5\")", "\"actual\" là cột số, không phải cột chữ", ":below"),
    ] {
        let (_, problems) = outcome(&text(expression), &data);
        assert!(problems[0].message.vietnamese().starts_with(message), "{expression}: {problems:?}");
        assert!(problems[0].hint.as_ref().is_some_and(|words| words.vietnamese().contains(hint)), "{problems:?}");
    }
}

#[test]
fn a_number_without_unit_has_one_scale_only() {
    let script = sector_with("text = function(d, out) local x = d.items:below(\"actual\", 100) end");
    let (_, problems) = outcome(&script, &full());
    assert!(problems[0].message.vietnamese().starts_with("không thể tính giữa hai đơn vị khác nhau"), "{problems:?}");
}

#[test]
fn a_count_depends_on_the_limit_of_its_rows() {
    let script = sector_with(
        "text = function(d, out) out:paragraph(\"{x.count}\", { x = d.items:below(\"actual\", d.one) }) end",
    );
    let paragraphs = paragraphs(&script, &full());
    let Span::Figure(span) = &paragraphs[0].spans[0] else { panic!("not a figure") };
    assert_eq!((span.figure.sources().len(), span.figure.aggregates().len()), (1, 1));
    let above = "{ x = d.items:above(\"actual\", d.items.actual / d.items:with(\"actual\").count) }";
    let mean = sector_with(&format!("text = function(d, out) out:paragraph(\"{{x.count}}\", {above}) end"));
    let printed = self::paragraphs(&mean, &full());
    let Span::Figure(span) = &printed[0].spans[0] else { panic!("not a figure") };
    assert_eq!((&*span.text, span.figure.aggregates().len()), ("1", 3));
}
