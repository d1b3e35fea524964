//! Column headings from the workbook to the figures: which cells are read, and what is said about the others.
//!
//! The tables of this module have the numbers 11, 12, … in the row of rice and 21, 22, … in that of maize, one for each
//! heading, so that a value shows its column. Not here: the words of headings (`crates/core/src/vi/heading`).

use crate::case::Case;
use crate::project::{repository, run_cli, sheet_text};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;

/// Replacements in the text of the project, each of a text that occurs exactly once.
type Changes<'t> = &'t [(&'t str, &'t str)];

const SETTINGS: &str = "# further settings";
const TARGETS: &str = "targets = { \"annual\" }";
const PLAN_HEADING: &str = "headings = [\"Kế hoạch năm\"]";
const INDICATORS: &str =
    "indicators = { rice = { \"Diện tích lúa\", unit = \"ha\" }, maize = { \"Diện tích ngô\", unit = \"ha\" } }";

/// An indicator with two members, for tables of places.
const BY_COMMUNE: (&str, &str) = (
    INDICATORS,
    "indicators = { poor = { \"Số hộ nghèo\", unit = \"hộ\", by = { a = \"Xã Đồi Chè\", b = \"Xã Suối Cạn\" } } }",
);

/// What a run made of one workbook.
struct Reading {
    /// The figures of one cell, as `rice.actual=12`; figures of several cells are derived.
    figures: Vec<String>,
    /// The problems as `code cell: message`; without the list of missing indicators, which follows from the others.
    problems: Vec<String>,
}

impl Reading {
    /// Runs the project with a workbook of this name and content.
    fn of(changes: Changes<'_>, name: &str, workbook: &str) -> Self {
        let change = |text: String| {
            changes.iter().fold(text, |text, (from, to)| {
                assert_eq!(text.matches(from).count(), 1, "{from:?}");
                text.replace(from, to)
            })
        };
        let folder = Case::read(&repository().join("tests/headings/base.txt"), change).project();
        let file = folder.path().join("workbooks/phong-a").join(name);
        fs::create_dir(file.parent().unwrap()).unwrap();
        fs::write(file, sheet_text::build(&sheet_text::parse(workbook).unwrap()).unwrap()).unwrap();
        let outcome = run_cli(&[OsStr::new("run"), folder.path().as_os_str()]);
        let json = |name: &str| -> Value {
            let path = folder.path().join("out/2024-09-thang").join(name);
            serde_json::from_slice(&fs::read(path).unwrap_or_else(|_| panic!("{}", outcome.stderr))).unwrap()
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let figures = json("figures.json")["figures"].as_array().unwrap().clone();
        let stated = figures.iter().filter(|figure| figure["cells"].as_array().unwrap().len() == 1);
        let named =
            |figure: &Value| format!("{}={}", text(&figure["id"]).replace("crops.", ""), text(&figure["value"]));
        let manifest = json("run.json");
        let told =
            manifest["diagnostics"].as_array().unwrap().iter().filter(|told| told["code"] != "indicator-missing");
        let cell = |told: &Value| text(&told["places"][0]).rsplit("] ").next().unwrap_or_default().to_owned();
        Self {
            figures: stated.map(named).collect(),
            problems: told
                .map(|told| format!("{} {}: {}", text(&told["code"]), cell(told), text(&told["message"])))
                .collect(),
        }
    }

    /// Runs the project with a table of rice and maize under these headings.
    fn of_table(changes: Changes<'_>, headings: &[&str]) -> Self {
        Self::of(changes, "bieu.xlsx", &sheet("Biểu", &[], headings))
    }

    /// Asserts that exactly these figures of rice were read, and the same of maize.
    fn assert_figures(&self, of_rice: &[&str], what: &str) {
        let of_maize = |figure: &str| {
            let (measure, value) = figure.split_once('=').unwrap();
            format!("maize.{measure}={}", value.parse::<u32>().unwrap() + 10)
        };
        let rice = of_rice.iter().map(|figure| format!("rice.{figure}"));
        let mut expected: Vec<String> = rice.chain(of_rice.iter().map(|figure| of_maize(figure))).collect();
        let mut read = self.figures.clone();
        expected.sort();
        read.sort();
        assert_eq!(read, expected, "{what}: {:#?}", self.problems);
    }

    /// Asserts that there is exactly one problem for each beginning, such as `column-unknown F1`.
    fn assert_told(&self, beginnings: &[&str], what: &str) {
        let is_told = |beginning: &&str| self.problems.iter().any(|told| told.starts_with(&format!("{beginning}: ")));
        assert!(
            beginnings.iter().all(is_told) && self.problems.len() == beginnings.len(),
            "{what}: {beginnings:?} in {:#?}",
            self.problems
        );
    }
}

/// Returns the text of a sheet: lines above the table, headings, a row of rice and a row of maize.
fn sheet(name: &str, lines: &[&str], headings: &[&str]) -> String {
    sheet_of(name, lines, &["STT", "Chỉ tiêu", "ĐVT"], headings, 10)
}

/// Returns the text of a sheet with other headings left of the numbers, and numbers above `base`.
fn sheet_of(name: &str, lines: &[&str], leading: &[&str], headings: &[&str], base: usize) -> String {
    let mut rows: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    rows.push([leading, headings].concat().join(" | "));
    for (at, label) in ["Diện tích lúa", "Diện tích ngô"].into_iter().enumerate() {
        let number = (at + 1).to_string();
        let cells = leading.iter().map(|heading| match *heading {
            "STT" => number.as_str(),
            "ĐVT" => "ha",
            _ => label,
        });
        let values = (1..=headings.len()).map(|column| (base + 10 * at + column).to_string());
        rows.push(cells.map(str::to_owned).chain(values).collect::<Vec<_>>().join(" | "));
    }
    let numbered = (1..).zip(rows).map(|(row, cells)| format!("{row} | {cells} |\n"));
    format!("@sheet {name}\n{}", numbered.collect::<String>())
}

#[test]
fn a_plain_form_gives_its_figures() {
    let reading = Reading::of_table(&[], &["Kế hoạch năm", "Thực hiện", "Cùng kỳ năm trước", "Ghi chú"]);
    reading.assert_figures(&["target.annual=11", "actual=12", "last_year=13"], "plain");
    reading.assert_told(&[], "plain");
}

#[test]
fn declared_columns_bind() {
    let columns = "[columns]\nactual = [\"Đã gieo xong\"]\nlast_year = [\"Vụ trước\"]\nignore = [\"Thực hiện\"]";
    let changes = [(SETTINGS, columns)];
    for (headings, expected) in [
        (&["Kế hoạch năm", "Thực hiện", "Đã gieo xong"][..], &["target.annual=11", "actual=13"][..]),
        (&["Đã gieo xong", "Thực hiện"], &["actual=11"]),
        (&["Kế hoạch năm", "Thực hiện"], &["target.annual=11"]),
        (&["Vụ trước", "Đã gieo xong"], &["last_year=11", "actual=12"]),
    ] {
        let reading = Reading::of_table(&changes, headings);
        reading.assert_figures(expected, &format!("{headings:?}"));
        reading.assert_told(&[], &format!("{headings:?}"));
    }
    let undeclared = Reading::of_table(&[], &["Vụ trước", "Thực hiện"]);
    undeclared.assert_figures(&["actual=12"], "not declared");
    undeclared.assert_told(&["column-unknown D1"], "not declared");
}

#[test]
fn a_declared_label_column_has_any_heading() {
    let changes = [(SETTINGS, "[columns]\nlabel = [\"Đầu việc\", \"Chứng từ số\"]")];
    for leading in [&["STT", "Đầu việc", "ĐVT"][..], &["Chứng từ số", "ĐVT"], &["Chứng từ số"]] {
        let workbook = sheet_of("S", &[], leading, &["Kế hoạch năm", "Thực hiện"], 10);
        let reading = Reading::of(&changes, "bieu.xlsx", &workbook);
        reading.assert_figures(&["target.annual=11", "actual=12"], &format!("{leading:?}"));
        reading.assert_told(&[], &format!("{leading:?}"));
    }
}

#[test]
fn a_plan_declared_word_for_word_wins_over_one_that_contains_it() {
    let short = "headings = [\"Dự toán năm\"]";
    let long = "headings = [\"Dự toán năm bổ sung\"]";
    let both = "targets = { \"annual\", \"more\" }";
    for (annual, more) in [(short, long), (long, short)] {
        let plans = format!("{annual}\n[[targets]]\nid = \"more\"\nname = \"phần thêm\"\n{more}");
        let changes = [(PLAN_HEADING, plans.as_str()), (TARGETS, both)];
        let (of_short, of_long) = if annual == short { ("annual", "more") } else { ("more", "annual") };
        for headings in [["Dự toán năm", "Dự toán năm bổ sung"], ["Dự toán năm bổ sung", "Dự toán năm"]]
        {
            let value = |heading: &str| 11 + headings.iter().position(|other| *other == heading).unwrap();
            let expected = [
                format!("target.{of_short}={}", value("Dự toán năm")),
                format!("target.{of_long}={}", value("Dự toán năm bổ sung")),
            ];
            let reading = Reading::of_table(&changes, &headings);
            reading.assert_figures(&expected.each_ref().map(String::as_str), &format!("{headings:?}"));
            reading.assert_told(&[], &format!("{headings:?}"));
        }
    }
    let alone = [(PLAN_HEADING, short)];
    let longer = Reading::of_table(&alone, &["Dự toán năm bổ sung", "Thực hiện"]);
    longer.assert_figures(&["actual=12"], "only the longer one is there");
    longer.assert_told(&["column-unknown D1"], "only the longer one is there");
}

#[test]
fn a_measure_declared_word_for_word_wins_over_one_that_contains_it() {
    let handed = "[[measures]]\nid = \"handed\"\nname = \"đã nộp\"\nheadings = [\"Số tờ khai đã nộp\"]\n";
    let prompt = "[[measures]]\nid = \"prompt\"\nname = \"đúng hạn\"\nheadings = [\"Số tờ khai đã nộp đúng hạn\"]\n";
    let used = "targets = { \"annual\" }, measures = { \"handed\", \"prompt\" }";
    for settings in [[handed, prompt].concat(), [prompt, handed].concat()] {
        let changes = [(SETTINGS, settings.as_str()), (TARGETS, used)];
        for (headings, expected) in [
            (["Số tờ khai đã nộp", "Số tờ khai đã nộp đúng hạn"], ["handed=11", "prompt=12"]),
            (["Số tờ khai đã nộp đúng hạn", "Số tờ khai đã nộp"], ["prompt=11", "handed=12"]),
        ] {
            let reading = Reading::of_table(&changes, &headings);
            reading.assert_figures(&expected, &format!("{headings:?}"));
            reading.assert_told(&[], &format!("{headings:?}"));
        }
    }
    let changes = [(SETTINGS, handed), (TARGETS, "targets = { \"annual\" }, measures = { \"handed\" }")];
    let longer = Reading::of_table(&changes, &["Thực hiện", "Số tờ khai đã nộp đúng hạn"]);
    longer.assert_figures(&["actual=11"], "only the longer one is there");
    longer.assert_told(&["column-unknown E1"], "only the longer one is there");
}

#[test]
fn an_actual_column_declared_word_for_word_wins_over_one_that_contains_it() {
    let columns = "[columns]\nactual = [\"Số đã cấp\"]\nlast_year = [\"Số đã cấp năm trước\"]";
    let changes = [(SETTINGS, columns)];
    for (headings, expected, told) in [
        (&["Số đã cấp", "Số đã cấp năm trước"][..], &["actual=11", "last_year=12"][..], &[][..]),
        (&["Số đã cấp năm trước", "Số đã cấp"], &["last_year=11", "actual=12"], &[]),
        (&["Số đã cấp thêm", "Số đã cấp"], &["actual=12"], &["column-unknown D1"]),
        (&["Số đã cấp", "Số đã cấp thêm"], &["actual=11"], &["column-unknown E1"]),
        // The words of the language say the same less exactly.
        (&["Thực hiện", "Số đã cấp"], &["actual=12"], &["column-unknown D1"]),
        (&["Số đã cấp", "Thực hiện 9 tháng"], &["actual=11"], &["column-unknown E1"]),
    ] {
        let reading = Reading::of_table(&changes, headings);
        reading.assert_figures(expected, &format!("{headings:?}"));
        reading.assert_told(told, &format!("{headings:?}"));
    }
}

#[test]
fn a_plan_of_another_time_is_no_plan_of_the_year() {
    for (heading, period) in [
        ("Kế hoạch 9 tháng", "9 tháng"),
        ("KH 9 tháng năm 2024", "9 tháng năm 2024"),
        ("Kế hoạch quý III", "quý III"),
        ("KH quý III/2024", "quý III năm 2024"),
        ("Kế hoạch tháng 9", "tháng 9"),
        ("KH 6 tháng cuối năm", "6 tháng cuối năm"),
        ("Kế hoạch năm 2025", "năm 2025"),
        ("Kế hoạch năm 2023", "năm 2023"),
        ("Dự toán năm sau", "năm sau"),
    ] {
        let reading = Reading::of_table(&[], &[heading, "Thực hiện"]);
        reading.assert_figures(&["actual=12"], heading);
        reading.assert_told(&["column-unknown D1"], heading);
        assert!(reading.problems[0].contains(period), "{:#?}", reading.problems);
    }
    for heading in ["Kế hoạch năm 2024", "KH 2024", "Kế hoạch", "KẾ HOẠCH CẢ NĂM", "Dự toán năm 2024 (ha)"]
    {
        let reading = Reading::of_table(&[], &[heading, "Thực hiện"]);
        reading.assert_figures(&["target.annual=11", "actual=12"], heading);
        reading.assert_told(&[], heading);
    }
}

#[test]
fn a_result_of_another_time_is_not_the_one_of_the_report() {
    for (heading, period) in [
        ("Thực hiện tháng 9", "tháng 9"),
        ("Trong tháng", "tháng"),
        ("TH quý III", "quý III"),
        ("Quý III/2024", "quý III năm 2024"),
        ("Thực hiện 6 tháng", "6 tháng"),
        ("Ước thực hiện cả năm", "cả năm"),
        ("Ước TH năm 2024", "năm 2024"),
        ("Thực hiện năm 2023", "năm 2023"),
        ("Thực hiện cả năm trước", "năm trước"),
        ("Năm 2023", "năm 2023"),
        ("Tháng 9 cùng kỳ", "tháng 9"),
        ("Thực hiện 6 tháng năm 2023", "6 tháng năm 2023"),
    ] {
        let reading = Reading::of_table(&[], &["Thực hiện 9 tháng", heading]);
        reading.assert_figures(&["actual=11"], heading);
        reading.assert_told(&["column-unknown E1"], heading);
        assert!(reading.problems[0].contains(period), "{:#?}", reading.problems);
    }
}

#[test]
fn the_period_of_the_report_has_many_spellings() {
    for heading in [
        "Thực hiện 9 tháng",
        "TH 9 tháng đầu năm 2024",
        "9T/2024",
        "Ước thực hiện 9 tháng năm 2024",
        "Lũy kế từ đầu năm",
        "Lũy kế đến hết tháng 9",
        "Thực hiện đến 15/9/2024",
        "Kết quả kỳ báo cáo",
    ] {
        let reading = Reading::of_table(&[], &[heading, "Trong tháng"]);
        reading.assert_figures(&["actual=11"], heading);
        reading.assert_told(&["column-unknown E1"], heading);
    }
    for heading in ["Cùng kỳ", "Cùng kỳ năm trước", "Thực hiện 9 tháng năm 2023", "9 tháng năm 2023", "Cùng kỳ 2023"]
    {
        let reading = Reading::of_table(&[], &["Thực hiện", heading]);
        reading.assert_figures(&["actual=11", "last_year=12"], heading);
        reading.assert_told(&[], heading);
    }
}

#[test]
fn a_form_that_introduces_another_period_is_not_read() {
    for stated in
        ["Quý III", "Quý III năm 2024", "III/2024", "Tháng 9", "Tháng 9/2024", "Năm 2024", "Cả năm", "6 tháng"]
    {
        let workbook = sheet("S", &[&format!("Kỳ báo cáo: {stated}")], &["Kế hoạch năm", "Thực hiện"]);
        let reading = Reading::of(&[], "bieu.xlsx", &workbook);
        reading.assert_figures(&[], stated);
        reading.assert_told(&["period-mismatch A1"], stated);
        assert!(reading.problems[0].contains(stated), "{:#?}", reading.problems);
    }
    for stated in ["9 tháng", "9 tháng đầu năm 2024", "9T2024"] {
        let workbook = sheet("S", &[&format!("Kỳ báo cáo: {stated}")], &["Kế hoạch năm", "Thực hiện"]);
        let reading = Reading::of(&[], "bieu.xlsx", &workbook);
        reading.assert_figures(&["target.annual=11", "actual=12"], stated);
        reading.assert_told(&[], stated);
    }
}

#[test]
fn names_of_files_state_a_period_where_no_line_does() {
    let headings = ["Kế hoạch năm", "Thực hiện"];
    for name in
        ["Bieu 6 thang 2024", "BC Q2-2024", "Báo cáo tháng 8 năm 2024", "Bieu 9T2023", "T8.2024", "BC quy III 2024"]
    {
        let reading = Reading::of(&[], &format!("{name}.xlsx"), &sheet("S", &[], &headings));
        reading.assert_figures(&[], name);
        assert!(
            reading.problems.len() == 1 && reading.problems[0].starts_with("period-mismatch"),
            "{:#?}",
            reading.problems
        );
        let stated = sheet("S", &["9 THÁNG NĂM 2024"], &headings);
        Reading::of(&[], &format!("{name}.xlsx"), &stated).assert_figures(&["target.annual=11", "actual=12"], name);
    }
    for name in ["BC 9T2024", "Bieu mau so 2", "NV 3 thang cuoi nam 2024", "Phu luc 1"] {
        let reading = Reading::of(&[], &format!("{name}.xlsx"), &sheet("S", &[], &headings));
        reading.assert_figures(&["target.annual=11", "actual=12"], name);
        reading.assert_told(&[], name);
    }
}

#[test]
fn names_of_sheets_state_a_period_where_no_line_does() {
    for name in ["Quý II", "Quy II", "T8.2024", "Tháng 8", "6 tháng", "6T2024", "Q3"] {
        let reading = Reading::of(&[], "bieu.xlsx", &sheet(name, &[], &["Kế hoạch năm", "Thực hiện"]));
        reading.assert_figures(&["target.annual=11"], name);
        reading.assert_told(&["identity-doubtful A1"], name);
        let dated = Reading::of(&[], "bieu.xlsx", &sheet(name, &[], &["Kế hoạch năm", "Thực hiện 9 tháng"]));
        dated.assert_figures(&["target.annual=11", "actual=12"], name);
    }
    for name in ["T1", "Biểu 1", "9 tháng", "9T2024"] {
        let reading = Reading::of(&[], "bieu.xlsx", &sheet(name, &[], &["Kế hoạch năm", "Thực hiện"]));
        reading.assert_figures(&["target.annual=11", "actual=12"], name);
        reading.assert_told(&[], name);
    }
}

#[test]
fn an_old_sheet_gives_nothing_whatever_the_order() {
    let leading = ["STT", "Chỉ tiêu", "ĐVT"];
    for (old_name, old_lines, new_name, new_lines) in [
        ("A", &["6 THÁNG ĐẦU NĂM 2024"][..], "B", &["9 THÁNG ĐẦU NĂM 2024"][..]),
        ("A", &["9 THÁNG ĐẦU NĂM 2023"], "B", &["9 THÁNG ĐẦU NĂM 2024"]),
        ("A", &["Kỳ báo cáo: Quý II"], "B", &["Kỳ báo cáo: 9 tháng"]),
        ("6T2024", &[], "9T2024", &[]),
        ("Quý II", &[], "9 tháng", &[]),
    ] {
        let old = sheet_of(old_name, old_lines, &leading, &["Thực hiện"], 50);
        let new = sheet_of(new_name, new_lines, &leading, &["Thực hiện"], 10);
        for workbook in [[old.as_str(), &new].concat(), [new.as_str(), &old].concat()] {
            let reading = Reading::of(&[], "bieu.xlsx", &workbook);
            reading.assert_figures(&["actual=11"], &workbook);
            reading.assert_told(&["identity-doubtful A1"], &workbook);
        }
    }
}

#[test]
fn columns_that_say_one_measure_equally_well_are_both_left() {
    for (headings, expected, told) in [
        (&["Kế hoạch năm", "Thực hiện", "Kết quả"][..], &["target.annual=11"][..], ["E1", "F1"]),
        (&["Thực hiện", "Thực hiện"], &[], ["D1", "E1"]),
        (&["Thực hiện", "Ước thực hiện"], &[], ["D1", "E1"]),
        (&["Thực hiện", "Cùng kỳ", "Cùng kỳ năm trước"], &["actual=11"], ["E1", "F1"]),
        (&["KH tỉnh giao", "KH huyện giao", "Thực hiện"], &["actual=13"], ["D1", "E1"]),
    ] {
        let reading = Reading::of_table(&[], headings);
        reading.assert_figures(expected, &format!("{headings:?}"));
        reading.assert_told(&told.map(|cell| format!("column-unknown {cell}")).each_ref().map(String::as_str), "both");
        let names_both =
            |told: &String| headings.iter().filter(|heading| told.contains(&format!("\"{heading}\""))).count() >= 2;
        assert!(reading.problems.iter().all(names_both) || headings[0] == headings[1], "{:#?}", reading.problems);
    }
}

#[test]
fn of_two_columns_the_one_that_says_it_more_exactly_is_read() {
    for (headings, expected, told) in [
        (&["Thực hiện", "Thực hiện 9 tháng"][..], &["actual=12"][..], "column-unknown D1"),
        (&["Thực hiện 9 tháng", "Thực hiện"], &["actual=11"], "column-unknown E1"),
        (&["Thực hiện", "Lũy kế thực hiện"], &["actual=12"], "column-unknown D1"),
        (&["Kế hoạch năm", "Kế hoạch năm 2024"], &["target.annual=11"], "column-unknown E1"),
        (&["KH năm", "Kế hoạch năm"], &["target.annual=12"], "column-unknown D1"),
    ] {
        let reading = Reading::of_table(&[], headings);
        reading.assert_figures(expected, &format!("{headings:?}"));
        reading.assert_told(&[told], &format!("{headings:?}"));
    }
}

#[test]
fn indicators_and_places_cross_in_both_directions() {
    let rows = |lines: &[&str]| -> String {
        let numbered = (1..).zip(lines).map(|(row, line)| format!("{row} | {line} |\n"));
        format!("@sheet S\n{}", numbered.collect::<String>())
    };
    let plain = ["poor_a.actual=5", "poor_b.actual=6"];
    let planned = ["poor_a.actual=6", "poor_a.target.annual=5", "poor_b.actual=8", "poor_b.target.annual=7"];
    for (lines, expected) in [
        (&["STT | Xã | Số hộ nghèo", "1 | Xã Đồi Chè | 5", "2 | Xã Suối Cạn | 6"][..], &plain[..]),
        (&["STT | Chỉ tiêu | ĐVT | Xã Đồi Chè | Xã Suối Cạn", "1 | Số hộ nghèo | hộ | 5 | 6"], &plain),
        (
            &[
                "STT | Xã | Số hộ nghèo | ",
                " | | Kế hoạch năm | Thực hiện",
                "1 | Xã Đồi Chè | 5 | 6",
                "2 | Xã Suối Cạn | 7 | 8",
            ],
            &planned,
        ),
        (
            &[
                "STT | Xã | Kế hoạch năm | Thực hiện",
                " | | Số hộ nghèo | Số hộ nghèo",
                "1 | Xã Đồi Chè | 5 | 6",
                "2 | Xã Suối Cạn | 7 | 8",
            ],
            &planned,
        ),
        (
            &[
                "STT | Chỉ tiêu | ĐVT | Xã Đồi Chè | | Xã Suối Cạn | ",
                " | | | Kế hoạch năm | Thực hiện | Kế hoạch năm | Thực hiện",
                "1 | Số hộ nghèo | hộ | 5 | 6 | 7 | 8",
            ],
            &planned,
        ),
        (
            &[
                "STT | Chỉ tiêu | ĐVT | Kế hoạch năm | | Thực hiện | ",
                " | | | Xã Đồi Chè | Xã Suối Cạn | Xã Đồi Chè | Xã Suối Cạn",
                "1 | Số hộ nghèo | hộ | 5 | 7 | 6 | 8",
            ],
            &planned,
        ),
    ] {
        let reading = Reading::of(&[BY_COMMUNE], "bieu.xlsx", &rows(lines));
        assert_eq!(reading.figures, expected, "{lines:#?}");
        reading.assert_told(&[], &lines.join("\n"));
    }
}

#[test]
fn the_label_of_an_indicator_over_another_matter_gives_no_figure() {
    for lines in [
        &["STT | Tên trạm bơm | Diện tích lúa | Số máy", "1 | Trạm bơm Cầu Đá | 5 | 7", "2 | Tổng số | 6 | 8"][..],
        &["STT | Trạm bơm | Diện tích lúa", "1 | Trạm bơm Cầu Đá | 5"],
        &["STT | Nội dung | ĐVT | Diện tích lúa", "1 | Diện tích ngô | ha | 5", "2 | Kênh mương | ha | 6"],
    ] {
        let numbered = (1..).zip(lines).map(|(row, line)| format!("{row} | {line} |\n"));
        let reading = Reading::of(&[], "bieu.xlsx", &format!("@sheet S\n{}", numbered.collect::<String>()));
        assert_eq!(reading.figures, Vec::<String>::new(), "{lines:#?}");
        assert_eq!(reading.problems.len(), 1, "{lines:#?}: {:#?}", reading.problems);
    }
}

#[test]
fn numbers_beside_a_table_do_not_hide_it() {
    for (kept, told) in
        [(["", "33", "", ""], &[][..]), (["", "7", "99", "98"], &[]), (["", "", "99", "98"], &["column-unknown G1"])]
    {
        let [gap, beside, rice, maize] = kept;
        let workbook = format!(
            "@sheet S\n1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | {gap} | {beside} |\n\
             2 | 1 | Diện tích lúa | ha | 11 | 12 | {gap} | {rice} |\n3 | 2 | Diện tích ngô | ha | 21 | 22 | {gap} | {maize} |\n"
        );
        let reading = Reading::of(&[], "bieu.xlsx", &workbook);
        reading.assert_figures(&["target.annual=11", "actual=12"], &workbook);
        reading.assert_told(told, &workbook);
    }
}

#[test]
fn one_changed_heading_moves_exactly_its_figures() {
    let before = ["Kế hoạch năm", "Thực hiện", "Cùng kỳ năm trước"];
    let all = ["target.annual=11", "actual=12", "last_year=13"];
    Reading::of_table(&[], &before).assert_figures(&all, "before");
    for (at, heading, expected, told) in [
        (0, "Kế hoạch quý IV", &["actual=12", "last_year=13"][..], &["column-unknown D1"][..]),
        (0, "Ghi chú", &["actual=12", "last_year=13"], &[]),
        (1, "Thực hiện tháng 9", &["target.annual=11", "last_year=13"], &["column-unknown E1"]),
        (1, "Lũy kế 9 tháng", &all, &[]),
        (1, "So với kế hoạch (%)", &["target.annual=11", "last_year=13"], &[]),
        (2, "Thực hiện năm 2023", &["target.annual=11", "actual=12"], &["column-unknown F1"]),
        (2, "Dự kiến năm 2025", &["target.annual=11", "actual=12"], &["column-unknown F1"]),
    ] {
        let mut headings = before;
        headings[at] = heading;
        let reading = Reading::of_table(&[], &headings);
        reading.assert_figures(expected, heading);
        reading.assert_told(told, heading);
    }
    let swapped = Reading::of_table(&[], &["Thực hiện", "Kế hoạch năm", "Cùng kỳ năm trước"]);
    swapped.assert_figures(&["actual=11", "target.annual=12", "last_year=13"], "swapped");
    swapped.assert_told(&[], "swapped");
}
