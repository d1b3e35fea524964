//! `tonghop read`: how a workbook was understood, as text and as JSON, on a small project.

use crate::case::Case;
use crate::damaged::{Chance, FORMATS, damaged, sample};
use crate::project::{Outcome, repository, run_cli, sheet_text};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A rejected cell, an unknown column, an unknown row, a sheet that is not read, and one without cells.
const WORKBOOK: &str = "@sheet Biểu
1 | BIỂU CHĂN NUÔI |
3 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | Số chuồng | Ghi chú |
4 | I | Tổng đàn gia súc | con | 180 | nhiều | 7 | 9 |
5 | 1 | Đàn trâu | con | 130 | '120 | | |
6 | 2 | Đàn bò sữa | con | 50 | 48 | | |
7 | | Người lập biểu |
@sheet Học sinh
1 | STT | Lớp học | Sĩ số |
2 | 1 | Lớp Hoa Sen | 12 |
@sheet Biểu đồ
";

fn project() -> (TempDir, PathBuf) {
    let folder = Case::base().project();
    let file = folder.path().join("workbooks/phong-a/bieu.xlsx");
    fs::write(&file, sheet_text::build(&sheet_text::parse(WORKBOOK).unwrap()).unwrap()).unwrap();
    (folder, file)
}

fn read(file: &Path, project: &Path, more: &[&str]) -> Outcome {
    let words = [OsStr::new("read"), file.as_os_str(), project.as_os_str()];
    run_cli(&words.into_iter().chain(more.iter().map(OsStr::new)).collect::<Vec<_>>())
}

fn json_of(outcome: &Outcome) -> Value {
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    serde_json::from_str(&outcome.stdout).unwrap()
}

#[test]
fn people_see_columns_rows_and_what_was_not_read() {
    let (folder, file) = project();
    let outcome = read(&file, folder.path(), &[]);
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    let lines: Vec<String> =
        outcome.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for expected in [
        "workbooks/phong-a/bieu.xlsx: đối chiếu với chỉ tiêu của phong-a",
        "[Biểu]",
        "Bảng A3:G7",
        "tên bảng: biểu chăn nuôi",
        "D3 \"Kế hoạch năm\" kế hoạch năm",
        "E3 \"Thực hiện\" thực hiện, 9 tháng năm 2024",
        "F3 \"Số chuồng\" không hiểu hết tiêu đề, không đọc; còn lại: \"số chuồng\"",
        "G3 \"Ghi chú\" ghi chú hoặc tỷ lệ, không đọc",
        "B4 Tổng đàn gia súc = herd.total D4 180 E4 nhiều × F4 7 × (G4 9)",
        "B5 Đàn trâu = herd.buffalo D5 130 E5 120 → 120 con",
        "B6 Đàn bò sữa ? không khớp; gần nhất: \"Đàn bò\" (herd.cattle) D6 50 × E6 48 ×",
        "không tìm thấy dòng tiêu đề của số ở ô A2: dòng gần nhất chỉ hiểu \"STT\" (A1), không hiểu \"Lớp học\" (B1), \"Sĩ số\" (C1); trang này không được đọc",
        "trang tính không có ô nào có nội dung (có thể chỉ có biểu đồ, hình ảnh)",
    ] {
        assert!(lines.iter().any(|line| line == expected), "no {expected:?} in\n{}", outcome.stdout);
    }
    assert!(
        lines.iter().any(|line| line.starts_with("F3: cột \"Số chuồng\" có số") && line.ends_with("[column-unknown]"))
    );
    assert!(!outcome.stdout.contains('\u{1b}'), "colours only on a terminal");
}

#[test]
fn people_may_ask_in_english() {
    let (folder, file) = project();
    let text = read(&file, folder.path(), &["--lang", "en"]).stdout;
    for expected in [
        "compared with the indicators of phong-a",
        "actual, first 9 months of 2024",
        "? no match; nearest: \"Đàn bò\" (herd.cattle)",
        "no row of headings was found for the number in A2",
    ] {
        assert!(text.contains(expected), "no {expected:?} in\n{text}");
    }
}

#[test]
fn programs_get_every_cell_with_its_fate() {
    let (folder, file) = project();
    let outcome = read(&file, folder.path(), &["--format", "json"]);
    let reading = json_of(&outcome);
    assert_eq!(reading["department"], "phong-a");
    let sheet = &reading["sheets"][0];
    let table = &sheet["tables"][0];
    let cell = |row: usize, at: usize| &table["rows"][row]["cells"][at];
    assert_eq!(
        *cell(0, 3),
        json!({ "cell": "D4", "text": "180", "fate": "read", "gives": ["herd.total.target.annual"] })
    );
    assert_eq!((&cell(0, 4)["fate"], &cell(0, 4)["code"]), (&json!("rejected"), &json!("number-unreadable")));
    assert_eq!((&cell(0, 5)["code"], &cell(0, 5)["reported_at"]), (&json!("column-unknown"), &json!("F3")));
    assert_eq!(*cell(0, 6), json!({ "cell": "G4", "text": "9", "fate": "not-asked" }));
    let converted = json!({
        "cell": "E5", "text": "120", "fate": "converted", "gives": ["herd.buffalo.actual"], "amount": "120", "unit": "con"
    });
    assert_eq!(*cell(1, 4), converted);
    assert_eq!((&cell(2, 4)["code"], &cell(2, 4)["reported_at"]), (&json!("row-unknown"), &json!("B6")));
    let unknown = &table["rows"][2];
    assert_eq!((&unknown["match"], &unknown["nearest"]["indicator"]), (&json!("unknown"), &json!("herd.cattle")));
    assert_eq!(table["rows"][3]["match"], "outside");
    let column = &table["columns"][5];
    assert_eq!((&column["role"], &column["leftover"]), (&json!("unknown"), &json!(["số chuồng"])));
    assert_eq!((&table["columns"][4]["role"], &table["columns"][4]["measure"]), (&json!("value"), &json!("actual")));
    assert_eq!(reading["sheets"][1]["reason"]["test"], "no-heading-row");
    assert_eq!(reading["sheets"][1]["lines"][5]["code"], "sheet-unknown");
    assert_eq!(reading["sheets"][2]["reason"]["test"], "empty");
    assert_eq!(outcome.stdout, read(&file, folder.path(), &["--format", "json"]).stdout);
}

#[test]
fn the_answer_agrees_with_a_run() {
    let (folder, file) = project();
    let outcome = read(&file, folder.path(), &["--format", "json"]);
    let messages = |problems: &Value| -> Vec<String> {
        problems
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| problem["message"]["vietnamese"].as_str().unwrap().to_owned())
            .collect()
    };
    let reading = json_of(&outcome);
    let shown: Vec<String> =
        reading["sheets"].as_array().unwrap().iter().flat_map(|sheet| messages(&sheet["problems"])).collect();
    let words = ["check", "--message-format", "json"].map(OsStr::new);
    let check = run_cli(&[&words[..], &[folder.path().as_os_str()]].concat());
    for message in &shown {
        assert!(check.stdout.contains(&serde_json::to_string(message).unwrap()), "{message}\n{}", check.stdout);
    }
    assert_eq!(shown.len(), 5, "{shown:#?}");
}

#[test]
fn the_department_is_that_of_the_folder_or_the_chosen_one() {
    let (folder, file) = project();
    let outside = folder.path().join("bieu-khac.xlsx");
    fs::copy(&file, &outside).unwrap();
    for (path, more, expected) in [
        (&file, &[][..], json!("phong-a")),
        (&outside, &[], json!(null)),
        (&outside, &["--department", "Phong-A"], json!("phong-a")),
        (&PathBuf::from("workbooks/phong-a/bieu.xlsx"), &[], json!("phong-a")),
    ] {
        let reading = json_of(&read(path, folder.path(), &[more, &["--format", "json"]].concat()));
        assert_eq!(reading["department"], expected, "{}", path.display());
        assert_eq!(reading["sheets"][0]["tables"][0]["rows"][0]["indicator"], "herd.total");
    }
    let wrong = read(&outside, folder.path(), &["--department", "phong-b"]);
    assert_eq!((wrong.exit, wrong.stderr.contains("phong-a"), wrong.stdout.as_str()), (3, true, ""));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let (folder, file) = project();
    fs::write(folder.path().join("x.xlsx"), "không phải bảng tính").unwrap();
    for path in ["x.xlsx", "khong-co.xlsx", "workbooks"] {
        let outcome = read(&folder.path().join(path), folder.path(), &["--lang", "en"]);
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (3, ""), "{path}");
        assert!(outcome.stderr.starts_with("error: ") && outcome.stderr.contains(path), "{}", outcome.stderr);
    }
    assert_eq!(read(&file, &folder.path().join("nowhere"), &[]).exit, 3);
    fs::write(folder.path().join("plugins/broken.lua"), "return sector {").unwrap();
    let broken = read(&file, folder.path(), &[]);
    assert_eq!((broken.exit, broken.stderr.contains("plugin-broken")), (1, true), "{}", broken.stderr);
}

#[test]
fn any_bytes_give_an_answer() {
    let (folder, _) = project();
    let mut chance = Chance(7);
    let (mut shown, mut refused) = (0, 0);
    for (at, format) in FORMATS.iter().cycle().take(60).enumerate() {
        let file = folder.path().join(format!("{at}.{format}"));
        let whole = sample(format);
        let bytes = if at < FORMATS.len() { whole } else { damaged(&whole, &mut chance) };
        fs::write(&file, bytes).unwrap();
        let outcome = read(&file, folder.path(), &["--format", "json"]);
        match outcome.exit {
            0 => shown += usize::from(json_of(&outcome)["sheets"].is_array()),
            3 => refused += usize::from(!outcome.stderr.is_empty() && outcome.stdout.is_empty()),
            exit => panic!("{at}.{format}: {exit}\n{}", outcome.stderr),
        }
    }
    assert!(shown >= FORMATS.len() && refused > 0 && shown + refused == 60, "{shown} shown, {refused} refused");
}

#[test]
fn a_workbook_of_another_period_says_so_and_is_shown() {
    let (folder, file) = project();
    let text = WORKBOOK.replace("BIỂU CHĂN NUÔI", "BIỂU CHĂN NUÔI 6 THÁNG NĂM 2024");
    fs::write(&file, sheet_text::build(&sheet_text::parse(&text).unwrap()).unwrap()).unwrap();
    let reading = json_of(&read(&file, folder.path(), &["--format", "json"]));
    assert_eq!((&reading["refusal"]["code"], &reading["refusal"]["cell"]), (&json!("period-mismatch"), &json!("A1")));
    assert_eq!(reading["sheets"][0]["tables"][0]["rows"][0]["indicator"], "herd.total");
}

#[test]
fn every_number_of_the_project_has_a_fate() {
    let workbooks = repository().join("workbooks");
    let mut figures = 0;
    for file in
        crate::project::files_below(&workbooks).iter().filter(|path| path.extension() == Some(OsStr::new("xlsx")))
    {
        let reading = json_of(&read(file, repository(), &["--format", "json"]));
        let text = reading.to_string();
        figures += text.matches("\"fate\":\"read\"").count();
        assert!(!text.contains("\"fate\":\"rejected\""), "{}", file.display());
    }
    assert!(figures > 500, "{figures}");
}
