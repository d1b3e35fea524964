//! Tests open tables from the workbook to the report: rows are read, filtered, added up and listed, and every figure
//! follows from its traces.

mod reader;

use crate::case::Case;
use crate::project::{self, book, files_below, repository, run_cli};
use calamine::{Data, Reader as _, Xlsx};
use reader::TraceReader;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use tempfile::TempDir;

/// A project that has been run.
struct FinishedProject {
    folder: TempDir,
    exit: u8,
}

impl FinishedProject {
    fn base() -> Self {
        Self::with(&[])
    }

    /// Runs the project after replacing texts, each of which must occur exactly once.
    fn with(changes: &[(&str, &str)]) -> Self {
        let change = |mut text: String| {
            for (from, to) in changes {
                assert_eq!(text.matches(from).count(), 1, "{from:?}");
                text = text.replace(from, to);
            }
            text
        };
        Self::run(Case::read(&repository().join("tests/records/base.txt"), change).project())
    }

    fn run(folder: TempDir) -> Self {
        let exit = run_cli(&[OsStr::new("run"), folder.path().as_os_str()]).exit;
        Self { folder, exit }
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join("out/2024-09-thang").join(name)).unwrap()
    }

    fn report(&self) -> String {
        String::from_utf8(self.bytes("bao-cao.md")).unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).unwrap()
    }

    fn reader(&self) -> TraceReader {
        TraceReader::new(self.folder.path(), self.json("traces.json"))
    }

    /// Returns the problems as `code place message`.
    fn problems(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let manifest = self.json("run.json");
        let diagnostics = manifest["diagnostics"].as_array().unwrap().iter();
        diagnostics.map(|p| format!("{} {} {}", text(&p["code"]), text(&p["places"][0]), text(&p["message"]))).collect()
    }
}

#[test]
fn the_report_says_what_the_rows_come_to() {
    let ran = FinishedProject::base();
    assert_eq!(ran.exit, 0, "{:#?}", ran.problems());
    let report = ran.report();
    for line in [
        "Có 11 công trình, thực hiện 5.205,5 triệu đồng, đạt 38,4% kế hoạch, tăng 34,4% so với cùng kỳ năm 2023.",
        "| Giao thông | 5 | 8.950,5 triệu đồng | 3.700,5 triệu đồng | 41,3% | 3 |",
        "| Trường học | 3 | 3.300,0 triệu đồng | 900,0 triệu đồng | 27,3% | 2 |",
        "| Thủy lợi | 3 | 1.300,0 triệu đồng | 605,0 triệu đồng | 46,5% | 0 |",
        "| Phòng B | Ban C | Đường 7 | 100,0 triệu đồng | 10,0% |",
        "| Phòng A | Ban B | Trường mầm non | không phát sinh | 0,0% |",
        "Giao thông: 3.750,0 triệu đồng; lớn nhất 1.100,0 triệu đồng.",
        "- Tỷ lệ: 2 nhiệm vụ, cộng 100.",
        "- Số lượng: 2 nhiệm vụ, cộng 49.",
        "- Hồ sơ đúng hạn: 95,5%.",
        "- Phòng B: - Bố trí thêm vốn cho 3 tuyến đường.",
        "- Phòng B: - Giao đất sớm.",
    ] {
        assert!(report.lines().any(|printed| printed == line), "{line:?} is not in\n{report}");
    }
    assert!(!report.contains("Tiếp tục thực hiện"), "a paragraph under another heading is not a proposal");
}

#[test]
fn unread_cells_are_reported() {
    assert_eq!(
        FinishedProject::base().problems(),
        [
            "number-as-text workbooks/phong-a/bieu.xlsx [Công trình] E4 2 ô là số gõ dạng văn bản, đã đọc là số",
            "row-unknown workbooks/phong-a/bieu.xlsx [Công trình] B8 dòng \"Sân chơi\" có số nhưng cột \"Lĩnh vực\" trống; không được đọc",
            "number-unreadable workbooks/phong-b/so-lieu.xlsx [Bang 1] G5 \"Kênh mương\": ô này không phải là số; số liệu coi như chưa có",
            "cells-hidden workbooks/phong-b/so-lieu.xlsx [Bang 1] F4 3 số liệu nằm trong dòng, cột đang ẩn hoặc bị ô gộp che; vẫn được đọc như các ô khác",
            "rows-partial plugins/works.lua:4 so sánh trên 11 dòng của bảng items gồm cả dòng thiếu số: 2 dòng có kế hoạch năm mà chưa có thực hiện (dòng đầu: \"Nhà ăn\")",
            "rows-partial plugins/works.lua:4 so sánh trên 11 dòng của bảng items gồm cả dòng thiếu số: 3 dòng có thực hiện mà chưa có cùng kỳ năm trước (dòng đầu: \"Cầu số 2\"); 2 dòng có cùng kỳ năm trước mà chưa có thực hiện (dòng đầu: \"Nhà ăn\")",
        ]
    );
}

#[test]
fn every_figure_follows_from_its_traces_and_the_workbooks_alone() {
    let ran = FinishedProject::base();
    let reader = ran.reader();
    let figures = reader.figures();
    for figure in &figures {
        let total = reader.compute(figure);
        let (stated, id) = (figure["value"].as_f64(), &figure["id"]);
        let same = stated.zip(total.value).is_some_and(|(one, other)| (one - other).abs() < 1e-6);
        assert!(same || stated == total.value, "{id}: {stated:?}, but {total:?}");
        let counted = |key: &str| figure["aggregates"][0][key].as_u64().unwrap() as usize;
        assert_eq!((total.rows, total.cells), (counted("rows"), counted("cells")), "{id}");
    }
    assert!(figures.len() >= 25, "only {}", figures.len());
    assert_eq!(ran.json("traces.json")["untraced"], serde_json::json!([]));
}

#[test]
fn rows_selected_by_their_numbers_follow_from_the_traces() {
    let more = r#"out:listing { title = "Chậm tiến độ", rows = d.items:behind(0.6) }
    for _, rows in { d.items:without("actual"), d.items:with("last_year"), d.items:above("actual", "last_year"),
        d.items:below("attainment", 40), d.items:at_least("actual", 100), d.items:at_most("target", settings.small) } do
      out:item("{rows.count}: {rows.target|missing=-}", { rows = rows })
    end"#;
    let ran = FinishedProject::with(&[
        ("out:listing { title = \"Chậm tiến độ\", rows = d.items:behind(0.6) }", more),
        ("[[targets]]", "[settings]\nsmall = { value = 1, unit = \"tỷ đồng\" }\n[[targets]]"),
    ]);
    assert_eq!(ran.exit, 0, "{:#?}", ran.problems());
    let (reader, mut compared) = (ran.reader(), BTreeSet::new());
    for figure in reader.figures() {
        let total = reader.compute(figure);
        let same = figure["value"].as_f64().zip(total.value).is_some_and(|(one, other)| (one - other).abs() < 1e-6);
        assert!(same || figure["value"].as_f64() == total.value, "{}: {total:?}", figure["id"]);
        let conditions = figure["aggregates"][0]["conditions"].as_array().unwrap().iter();
        compared.extend(
            conditions.filter(|one| one.get("compared").or(one.get("has_data")).is_some()).map(Value::to_string),
        );
    }
    assert_eq!(compared.len(), 6, "{compared:#?}");
}

#[test]
fn the_figure_of_a_row_rests_on_its_cell() {
    let ran = FinishedProject::base();
    let traces = ran.json("traces.json");
    let figures = traces["figures"].as_array().unwrap().iter();
    let rows: Vec<&Value> = figures.filter(|figure| figure["aggregates"].is_null()).collect();
    let source = |figure: &Value| {
        let text = |key: &str| figure["sources"][0][key].as_str().unwrap().to_owned();
        format!("{} {} {} {}", figure["text"].as_str().unwrap(), text("sheet"), text("cell"), text("raw"))
    };
    let printed: Vec<String> = rows.into_iter().map(source).collect();
    assert_eq!(
        printed,
        [
            "không phát sinh Công trình G6 -",
            "0,0% Công trình G6 -",
            "100,0 triệu đồng Bang 1 G4 100",
            "10,0% Bang 1 G4 100",
            "95,5% Nhiệm vụ F2 0.955",
            "4,5% Nhiệm vụ F3 4.5",
        ]
    );
}

#[test]
fn a_word_that_holds_for_several_rows_keeps_its_cell() {
    let rule = ("{task.label}: {task}.", "{task.topic}, {task.label}: {task}.");
    let workbook = ("@number E2:F2 0.0%\n1 |", "@number E2:F2 0.0%\n@merge B2:B3\n1 |");
    let second = ("3 | 2 | Tỷ lệ | Hộ", "3 | 2 | | Hộ");
    let named = ("2 | 1 | Tỷ lệ | Hồ", "2 | 1 | Tỷ lệ 135 | Hồ");
    let asked = ("(\"topic\", \"Tỷ lệ\")", "(\"topic\", \"TỶ LỆ 135\")");
    let ran = FinishedProject::with(&[rule, workbook, second, named, asked]);
    assert!(ran.report().contains("- Tỷ lệ 135, Hộ nghèo: 4,5%."), "{}", ran.report());
    let traces = ran.json("traces.json");
    let texts = traces["texts"].as_array().unwrap().iter().filter(|text| text["source"]["raw"] == "Tỷ lệ 135");
    assert!(texts.clone().count() >= 2 && texts.clone().all(|text| text["source"]["cell"] == "B2"), "{traces:#}");
}

#[test]
fn one_cell_moves_just_the_figures_that_rest_on_it() {
    let before = FinishedProject::base();
    let after = FinishedProject::with(&[("Đường 6 | Ban C | \" | 1.2 | 1.1 |", "Đường 6 | Ban C | \" | 1.2 | 1.15 |")]);
    let changed = ("workbooks/phong-b/so-lieu.xlsx".to_owned(), "Bang 1".to_owned(), (2, 6));
    let reader = before.reader();
    let figures = reader.figures().into_iter();
    let resting = figures.filter(|figure| reader.compute(figure).places.contains(&changed));
    let resting: BTreeSet<String> = resting.map(|figure| figure["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(differing(&before, &after), resting);
    assert!(resting.contains("works.items.actual@I#1") && resting.len() >= 5, "{resting:?}");
}

/// Returns the figures whose values differ.
fn differing(before: &FinishedProject, after: &FinishedProject) -> BTreeSet<String> {
    let values = |ran: &FinishedProject| -> BTreeMap<String, Value> {
        let traces = ran.json("traces.json");
        let figures = traces["figures"].as_array().unwrap().iter();
        figures.map(|f| (f["id"].as_str().unwrap().to_owned(), f["value"].clone())).collect()
    };
    let (before, after) = (values(before), values(after));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    before.into_iter().filter(|(id, value)| after[id] != *value).map(|(id, _)| id).collect()
}

#[test]
fn the_listing_has_every_row_with_its_cells() {
    let bytes = FinishedProject::base().bytes("tong-hop.xlsx");
    let sheet = &book::cells(&bytes)["Chậm tiến độ"];
    let row =
        |row: u32| -> Vec<String> { sheet.range((row, 0)..(row + 1, 0)).map(|(_, data)| data.to_string()).collect() };
    assert_eq!(
        row(2),
        [
            "STT",
            "Đơn vị báo cáo",
            "Lĩnh vực",
            "Chủ đầu tư",
            "Chỉ tiêu",
            "Đơn vị tính",
            "Kế hoạch năm",
            "Cùng kỳ năm trước",
            "Thực hiện",
            "% so với kế hoạch năm",
            "Tăng, giảm so với cùng kỳ",
            "Tệp nguồn",
            "Trang tính",
            "Dòng"
        ]
    );
    let of_a = ["1", "Phòng A", "Giao thông", "Ban A", "Cầu số 2", "triệu đồng", "2000", "500", "0.25"];
    assert_eq!(row(3), [&of_a[..], &["workbooks/phong-a/bieu.xlsx", "Công trình", "5"]].concat());
    assert_eq!(row(4)[..5], ["2", "Phòng A", "Trường học", "Ban B", "Trường mầm non"]);
    assert_eq!(row(5)[..5], ["3", "Phòng B", "GIAO THÔNG", "Ban A", "Đường 5"]);
    assert_eq!(sheet[&(6, 13)], Data::Float(4.0), "the row of its sheet");
    assert_eq!(row(7)[1..8], ["Phòng C", "trường học", "Ban B", "Trường tiểu học", "triệu đồng", "2000", "900"]);
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let formulas = workbook.worksheet_formula("Chậm tiến độ").unwrap();
    assert_eq!(formulas.get_value((3, 9)).map(String::as_str), Some("I4/G4"));
    assert_eq!(formulas.get_value((4, 9)).map(String::as_str), Some("N(I5)/G5"), "a dash counts as zero");
    assert_eq!(formulas.get_value((5, 10)).map(String::as_str), Some("I6/H6-1"));
}

#[test]
fn a_listing_that_is_too_long_for_memory_has_every_row_too() {
    let last = "3 | 2 | Thuỷ lợi | Hồ chứa | Ban D | 1 | 600 |";
    let more: Vec<String> =
        (3..2_503).map(|at| format!("{} | {at} | Thuỷ lợi | Hồ <{at}> | Ban D | 1 | 0,5 |", at + 1)).collect();
    let ran = FinishedProject::with(&[(last, &format!("{last}\n{}", more.join("\n")))]);
    let bytes = ran.bytes("tong-hop.xlsx");
    let sheet = &book::cells(&bytes)["Chậm tiến độ"];
    let labels = sheet.range((6, 4)..).filter(|((_, col), _)| *col == 4).map(|(_, data)| data.to_string());
    let expected = (3..2_503).map(|at| format!("Hồ <{at}>"));
    assert!(labels.skip(2).eq(expected), "after the rows that are late without them");
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let formulas = workbook.worksheet_formula("Chậm tiến độ").unwrap();
    assert_eq!(formulas.get_value((2_000, 9)).map(String::as_str), Some("I2001/G2001"));
}

#[test]
fn rows_of_several_units_are_refused_by_name() {
    let ran = FinishedProject::with(&[(", mixed = true", "")]);
    let problems = ran.problems();
    let failures = problems.iter().filter(|p| p.starts_with("rule-failed")).collect::<Vec<_>>();
    assert!(
        matches!(failures.as_slice(), [one] if one.contains("\"cuộc\"") && one.contains("\"văn bản\"")),
        "{problems:#?}"
    );
    assert!(ran.report().contains("Có 11 công trình"), "the other sector is not concerned");
}

#[test]
fn a_table_that_two_sectors_claim_is_read_for_neither() {
    let more = "records = { tasks = { fields = { topic = \"Nhóm nhiệm vụ\" } } },\n  narrative";
    let ran = FinishedProject::with(&[("narrative", more)]);
    let problems = ran.problems();
    let claims = problems.iter().filter(|p| p.starts_with("row-ambiguous")).collect::<Vec<_>>();
    assert!(claims.len() == 2 && claims[0].contains("[Nhiệm vụ] B1"), "{problems:#?}");
    assert!(claims[0].contains("tasks.tasks, words.tasks"), "{claims:?}");
}

#[test]
fn a_table_is_read_for_who_claims_most_of_its_columns() {
    let more = "records = { all = { fields = { field = \"Lĩnh vực\" } } },\n  narrative";
    let ran = FinishedProject::with(&[("narrative", more)]);
    assert!(ran.report().contains("Có 11 công trình"), "{:#?}", ran.problems());
}

#[test]
fn missing_tables_are_reported() {
    let without = |text: String| text.split("--- workbooks/").next().unwrap().to_owned();
    let ran = FinishedProject::run(Case::read(&repository().join("tests/records/base.txt"), without).project());
    let missing = ran.report().lines().filter(|line| line.to_lowercase().contains("chưa có số liệu")).count();
    assert_eq!(missing, 3, "{}", ran.report());
}

#[test]
fn the_same_bytes_come_out_in_whatever_order_folders_were_made() {
    let one = FinishedProject::base();
    let other = TempDir::new().unwrap();
    let inputs = ["tonghop.toml", "plugins", "workbooks"].map(|part| one.folder.path().join(part));
    let files = inputs.iter().flat_map(|path| if path.is_dir() { files_below(path) } else { vec![path.clone()] });
    for file in files.collect::<Vec<_>>().into_iter().rev() {
        let to = other.path().join(file.strip_prefix(one.folder.path()).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(&file, to).unwrap();
    }
    let other = FinishedProject::run(other);
    for file in files_below(&one.folder.path().join("out")) {
        let name = file.strip_prefix(one.folder.path().join("out/2024-09-thang")).unwrap();
        assert_eq!(fs::read(&file).unwrap(), other.bytes(name.to_str().unwrap()), "{}", relative_listing(name));
    }
}

fn relative_listing(path: &Path) -> String {
    path.display().to_string()
}

/// Runs another command on the project.
fn ask(ran: &FinishedProject, words: &[&str]) -> project::Outcome {
    let folder = [ran.folder.path().as_os_str()];
    run_cli(&[&[OsStr::new(words[0])], &words[1..].iter().map(OsStr::new).collect::<Vec<_>>()[..], &folder].concat())
}

#[test]
fn a_figure_is_explained_by_its_conditions_sheets_and_some_rows() {
    let ran = FinishedProject::base();
    let explanation = ask(&ran, &["explain", "3.700,5"]).stdout;
    for line in [
        "tổng actual của 5 dòng items (field = \"Giao thông\"), 5 ô có số",
        "điều kiện: field = \"Giao thông\"",
        "workbooks/phong-a/bieu.xlsx [Công trình] cột G, 2 dòng trong khoảng 4-5 (Phòng A)",
        "workbooks/phong-b/so-lieu.xlsx [Bang 1] cột G, 3 dòng trong khoảng 2-4 (Phòng B)",
        "ô workbooks/phong-a/bieu.xlsx [Công trình] G4: \"1.000,5\" (Phòng A)",
        "dòng \"Đường liên thôn\", cột \"Thực hiện\"",
    ] {
        assert!(explanation.contains(line), "{line:?} is not in\n{explanation}");
    }
    let row = ask(&ran, &["explain", "10,0%"]).stdout;
    assert!(row.contains("[Bang 1] G4: \"100\" (Phòng B)") && row.contains("[Bang 1] F4"), "{row}");
    let several = ask(&ran, &["explain", "works.items.actual"]).stdout;
    assert!(several.contains("works.items.actual@I#1: \"5.205,5 triệu đồng\""), "{several}");
    let one = ask(&ran, &["explain", "works.items.actual@I#1"]).stdout;
    assert!(one.contains("(tất cả), 8 ô có số"), "{one}");
}

#[test]
fn a_figure_that_changed_names_the_workbook_whose_row_did() {
    let before = FinishedProject::base();
    let after = FinishedProject::with(&[("Đường 6 | Ban C | \" | 1.2 | 1.1 |", "Đường 6 | Ban C | \" | 1.2 | 1.15 |")]);
    let folders = [&before, &after].map(|ran| ran.folder.path().join("out/2024-09-thang"));
    let output = run_cli(&[OsStr::new("diff"), folders[0].as_os_str(), folders[1].as_os_str()]).stdout;
    assert!(output.contains("works.items.actual@I#1"), "{output}");
    assert!(output.contains("vì tệp workbooks/phong-b/so-lieu.xlsx đã được sửa"), "{output}");
    assert!(!output.contains("phong-a"), "{output}");
}

#[test]
fn the_form_of_a_department_has_the_open_tables() {
    let ran = FinishedProject::base();
    assert_eq!(ask(&ran, &["forms"]).exit, 0);
    let found = files_below(&ran.folder.path().join("out"))
        .into_iter()
        .find(|path| path.ends_with("phong-a.xlsx") && !path.display().to_string().contains("phan-hoi"));
    let bytes = fs::read(found.unwrap()).unwrap();
    let cells = book::cells(&bytes);
    let heads =
        |sheet: &str| -> Vec<String> { cells[sheet].range((6, 0)..(7, 0)).map(|(_, data)| data.to_string()).collect() };
    assert_eq!(
        heads("Công trình"),
        [
            "STT",
            "Lĩnh vực",
            "Chủ đầu tư",
            "Chỉ tiêu",
            "Đơn vị tính",
            "Kế hoạch năm",
            "Thực hiện 9 tháng năm 2024",
            "Cùng kỳ năm 2023"
        ]
    );
    assert_eq!(heads("Nhiệm vụ")[1..3], ["Nhóm nhiệm vụ", "Chỉ tiêu"]);
    // A blank form has no data.
    for department in ["phong-a", "phong-b", "phong-c"] {
        fs::remove_dir_all(ran.folder.path().join("workbooks").join(department)).unwrap();
    }
    fs::create_dir(ran.folder.path().join("workbooks/phong-a")).unwrap();
    fs::write(ran.folder.path().join("workbooks/phong-a/bieu.xlsx"), &bytes).unwrap();
    let problems = FinishedProject::run(ran.folder).problems();
    assert!(problems.iter().all(|problem| problem.starts_with("department-missing")), "{problems:#?}");
}

#[test]
fn a_rule_test_gives_rows_as_a_table() {
    let ran = FinishedProject::base();
    let case = "# Công trình chậm\n\n## Số liệu cho trước\n\n\
        | Lĩnh vực | Chủ đầu tư | Chỉ tiêu | Kế hoạch năm | Thực hiện |\n|---|---|---|---|---|\n\
        | Giao thông | Ban A | Đường 1 | 1.000 | 500 |\n| Giao thông | Ban B | Đường 2 | 1.000 | 900 |\n\n\
        ## Kết quả mong đợi: báo cáo\n\n### I\n\nCó 02 công trình.\n";
    let file = ran.folder.path().join("plugins/tests/works/cham.md");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, case).unwrap();
    assert_eq!(ask(&ran, &["test", "--update"]).exit, 0);
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains("thực hiện 1.400,0 triệu đồng, đạt 70,0% kế hoạch"), "{written}");
    let output = ask(&ran, &["test", "--coverage", "--message-format", "json"]).stdout;
    let lines = output.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let works =
        lines.filter(|line| line["type"] == "coverage").find(|line| line["file"] == "plugins/works.lua").unwrap();
    assert_eq!(works["topics"]["missed"], serde_json::json!([]), "{works}");
}

#[test]
fn check_counts_no_indicators_where_there_are_none() {
    let outcome = ask(&FinishedProject::base(), &["check"]);
    assert!(!outcome.stdout.contains("0/0") && !outcome.stderr.contains("0/0"), "{}{}", outcome.stdout, outcome.stderr);
}

/// Runs the project with headings and totals after replacing texts.
fn with_groups(changes: &[(&str, &str)]) -> FinishedProject {
    let change = |mut text: String| {
        for (from, to) in changes {
            assert_eq!(text.matches(from).count(), 1, "{from:?}");
            text = text.replace(from, to);
        }
        text
    };
    FinishedProject::run(Case::read(&repository().join("tests/records/groups.txt"), change).project())
}

#[test]
fn headings_between_rows_are_a_field_of_the_rows() {
    let ran = with_groups(&[]);
    assert_eq!(ran.problems(), Vec::<String>::new());
    let report = ran.report();
    for line in [
        "Có 4 công trình, thực hiện 58 triệu đồng, đạt 58,0% kế hoạch.",
        "- Chuyển tiếp: 2 công trình, 42 triệu đồng.",
        "- Khởi công mới: 2 công trình, 16 triệu đồng.",
        "Mới: 2; Tổng kho vật tư (Khởi công mới); Nhà văn hóa (Khởi công mới).",
    ] {
        assert!(report.lines().any(|printed| printed == line), "{line:?} is not in\n{report}");
    }
    let reader = ran.reader();
    for figure in reader.figures() {
        let (stated, total) = (figure["value"].as_f64(), reader.compute(figure));
        assert!(stated.zip(total.value).is_some_and(|(one, other)| (one - other).abs() < 1e-6), "{figure}: {total:?}");
    }
}

#[test]
fn totals_that_differ_from_their_rows_are_reported_at_their_cell() {
    for (changes, expected) in [
        (("(I+II) | 100 | 58", "(I+II) | 100 | 69"), "E2 \"TỔNG CỘNG (I+II)\" (thực hiện): dòng cộng và cộng 4 dòng"),
        (
            ("Chuyển tiếp | 60 | 42", "Chuyển tiếp | 70 | 42"),
            "D3 \"Chuyển tiếp\" (kế hoạch năm): dòng cộng và cộng 2 dòng",
        ),
        (
            ("phường Nà Pan | 70 | 44", "phường Nà Pan | 70 | 4"),
            "E9 \"Cộng phường Nà Pan\" (thực hiện): dòng cộng và cộng 2 dòng",
        ),
    ] {
        let problems = with_groups(&[changes]).problems();
        let [problem] = problems.as_slice() else { panic!("{changes:?}: {problems:?}") };
        assert!(problem.starts_with("check-contradiction") && problem.contains(expected), "{problem}");
    }
    let rounded = [
        ("(I+II) | 100 | 58", "(I+II) | 100 | 59.5"),
        ("| 40 | 30 |", "| 40 | 30.4 |"),
        ("Chuyển tiếp | 60 | 42", "Chuyển tiếp | 60 | 42.4"),
    ];
    let problems = with_groups(&rounded).problems();
    assert!(problems.iter().any(|problem| problem.contains("\"TỔNG CỘNG (I+II)\"")), "{problems:?}");
}

#[test]
fn a_total_over_a_row_that_is_not_read_is_reported_only_if_it_is_too_small() {
    for (number, expected) in [("58", 0), ("40", 1)] {
        let total = format!("(I+II) | 100 | {number}");
        let unread = [("(I+II) | 100 | 58", total.as_str()), ("| 10 | 2 |", "| 10 | không rõ |")];
        let problems = with_groups(&unread).problems();
        let reported = problems.iter().filter(|problem| problem.starts_with("check-contradiction")).count();
        assert_eq!(reported, expected, "{problems:?}");
    }
}
