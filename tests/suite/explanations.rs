//! Explanations by departments: what a line of `giai-trinh.csv` answers, and what every output shows of it.

use crate::case::{Case, herd};
use crate::project::{self, Outcome, book, run_cli, sheet_text};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const HEAD: &str = "Đơn vị;Chỉ tiêu hoặc ô;Loại số liệu;Số;Lời giải trình;Người giải trình;Ngày\n";
/// A workbook in which the parts make 168.
const TOTAL: &str = "170";
const CATTLE: &str = "48";

/// A project whose total is given by one workbook, with explanations.
fn folder(total: &str, cattle: &str, lines: &str) -> TempDir {
    let folder = Case::base().project();
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), herd(total, cattle)).unwrap();
    fs::write(folder.path().join("workbooks/giai-trinh.csv"), format!("\u{feff}{HEAD}{lines}")).unwrap();
    folder
}

fn run(folder: &Path) -> Outcome {
    run_cli(&[folder.as_os_str()])
}

fn output(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("out").join(project::PERIOD).join(name)).unwrap()
}

fn text(folder: &Path, name: &str) -> String {
    String::from_utf8(output(folder, name)).unwrap()
}

/// Returns the problems of the last run: code and first place.
fn problems(folder: &Path) -> Vec<String> {
    let manifest: Value = serde_json::from_slice(&output(folder, "run.json")).unwrap();
    let problems = manifest["diagnostics"].as_array().unwrap().iter();
    let name = |place: &Value| place.as_str().unwrap().trim_start_matches("workbooks/").to_owned();
    problems.map(|d| format!("{} {}", d["code"].as_str().unwrap(), name(&d["places"][0]))).collect()
}

const CELL: &str = "phong-a/bieu.xlsx [Biểu] E2";

#[test]
fn a_line_answers_the_question_about_its_number_only() {
    let (explained, asked) = (format!("number-explained {CELL}"), format!("check-contradiction {CELL}"));
    let at = |code: &str, cell: &str| format!("{code} giai-trinh.csv [] {cell}");
    let reason = "có 2 con hươu;Trần Văn B;20/9/2024";
    for (subject, found) in [
        ("phong-a;bieu.xlsx [Biểu] E2;;170", vec![explained.clone()]),
        ("Phòng a;workbooks/phong-a/bieu.xlsx [biểu] e2;actual;170", vec![explained.clone()]),
        ("phong-a;[Biểu] E2;Thực hiện;170 con", vec![explained.clone()]),
        ("phong-a;herd.total;;170", vec![explained.clone()]),
        ("phong-a;Tổng đàn gia súc;thực hiện;170", vec![explained.clone()]),
        ("phong-a;herd.total;;170 so với 168", vec![explained.clone()]),
        ("phong-a;herd.total;;170 so với 167", vec![asked.clone(), at("explanation-outdated", "D2")]),
        ("phong-a;herd.total;;171", vec![asked.clone(), at("explanation-outdated", "D2")]),
        ("phong-a;herd.total;;17", vec![asked.clone(), at("explanation-outdated", "D2")]),
        ("phong-a;bieu.xlsx [Biểu] D2;;180", vec![asked.clone(), at("explanation-unneeded", "D2")]),
        ("phong-a;herd.total;kế hoạch;180", vec![asked.clone(), at("explanation-unneeded", "D2")]),
        ("phong-a;herd.buffalo;;120", vec![asked.clone(), at("explanation-unneeded", "D2")]),
        ("phong-a;herd.totals;;170", vec![asked.clone(), at("explanation-unknown", "B2")]),
        ("phong-a;khac.xlsx [Biểu] E2;;170", vec![asked.clone(), at("explanation-unknown", "B2")]),
        ("phong-a;bieu.xlsx [Biểu] E9;;170", vec![asked.clone(), at("explanation-unknown", "B2")]),
        ("phong-a;herd.total;last_year;170", vec![asked.clone(), at("explanation-unknown", "C2")]),
        ("phong-a;herd.total;;nhiều", vec![asked.clone(), at("explanation-unknown", "D2")]),
        ("phong-b;herd.total;;170", vec![asked.clone(), at("explanation-unknown", "A2")]),
    ] {
        let folder = folder(TOTAL, CATTLE, &format!("{subject};{reason}\n"));
        let outcome = run(folder.path());
        assert_eq!(problems(folder.path()), found, "{subject}");
        assert_eq!(outcome.exit, 0, "{subject}");
    }
}

#[test]
fn a_line_without_reason_author_or_day_answers_nothing() {
    for (answer, cell) in [
        (";Trần Văn B;20/9/2024", "E2"),
        ("có hươu;;20/9/2024", "F2"),
        ("có hươu;Trần Văn B;hôm qua", "G2"),
        ("có hươu;Trần Văn B", "G2"),
    ] {
        let folder = folder(TOTAL, CATTLE, &format!("phong-a;herd.total;;170;{answer}\n"));
        run(folder.path());
        let unknown = format!("explanation-unknown giai-trinh.csv [] {cell}");
        assert_eq!(problems(folder.path()), [format!("check-contradiction {CELL}"), unknown], "{answer}");
    }
}

#[test]
fn the_question_returns_with_another_number() {
    let lines = "phong-a;herd.total;;170 so với 168;có 2 con hươu;Trần Văn B;20/9/2024\n";
    let outdated = "explanation-outdated giai-trinh.csv [] D2".to_owned();
    let asked = format!("check-contradiction {CELL}");
    for (total, cattle, found) in [
        ("170", "48", vec![format!("number-explained {CELL}")]),
        ("171", "48", vec![asked.clone(), outdated.clone()]),
        ("170", "40", vec![asked.clone(), outdated.clone()]),
        ("168", "48", vec![outdated.clone()]),
    ] {
        let folder = folder(total, cattle, lines);
        run(folder.path());
        assert_eq!(problems(folder.path()), found, "{total} {cattle}");
    }
}

#[test]
fn an_explanation_is_listed_and_never_printed_in_the_report() {
    let lines = "phong-a;herd.total;;170;Có hai con hươu sao;Trần Văn B;20/9/2024\n";
    let (with, without) = (folder(TOTAL, CATTLE, lines), folder(TOTAL, CATTLE, ""));
    let (outcome, _) = (run(with.path()), run(without.path()));
    assert!(outcome.stdout.contains("1 điểm đơn vị đã giải trình"), "{}", outcome.stdout);
    for name in ["bao-cao.docx", "bao-cao.md", "bao-cao.txt", "traces.json", "figures.json"] {
        assert!(output(with.path(), name) == output(without.path(), name), "{name} depends on explanations");
    }
    let cells = book::cells(&output(with.path(), "tong-hop.xlsx")).remove("Vấn đề số liệu").unwrap();
    let says = |words: &str| cells.values().filter(|cell| cell.to_string().contains(words)).count();
    assert_eq!(says("Đã giải trình"), 1);
    assert_eq!(says("Có hai con hươu sao (Trần Văn B, 20/9/2024)"), 1);
    assert_eq!(says("Mâu thuẫn"), 0);
    let letter = text(with.path(), "phan-hoi/phong-a.txt");
    assert!(letter.contains("Không có điểm nào phải sửa") && letter.contains("Có hai con hươu sao"), "{letter}");
    let manifest: Value = serde_json::from_slice(&output(with.path(), "run.json")).unwrap();
    assert_eq!(manifest["explanations"]["file"], "workbooks/giai-trinh.csv");
    assert!(manifest["explanations"]["sha256"].is_string());
}

#[test]
fn a_letter_has_the_line_that_answers_it() {
    let folder = folder(TOTAL, CATTLE, "");
    run(folder.path());
    let letter = text(folder.path(), "phan-hoi/phong-a.txt");
    let line = letter.lines().find(|line| line.starts_with("phong-a;")).unwrap_or_else(|| panic!("{letter}"));
    assert_eq!(line, "phong-a;bieu.xlsx [Biểu] E2;;170 so với 168;;;");
    assert!(letter.contains(HEAD.trim()), "{letter}");
    let answer = line.replace(";;;", ";có 2 con hươu;Trần Văn B;20/9/2024");
    fs::write(folder.path().join("workbooks/giai-trinh.csv"), format!("{HEAD}{answer}\n")).unwrap();
    run(folder.path());
    assert_eq!(problems(folder.path()), [format!("number-explained {CELL}")], "an unchanged run notices the file");
}

#[test]
fn other_doubts_than_contradictions_are_explained_too() {
    let rules = "return sector { api = 1, id = \"tax\", title = \"Thu ngân sách\", section = \"I\", departments = { \"phong-a\" }, targets = { \"annual\" },\n  indicators = { total = { \"Tổng thu\", unit = \"triệu đồng\" } },\n  text = function(d, out) out:paragraph(\"Tổng thu {total}.\") end,\n}\n";
    let sheet = "@sheet Biểu\n1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | Cùng kỳ năm trước |\n2 | I | Tổng thu | triệu đồng | 180 | 168000000 | 150 |\n";
    for (number, code) in [("168.000.000", "number-explained"), ("180", "scale-suspected")] {
        let line = format!("phong-a;tax.total;;{number};đất đấu giá;Trần Văn B;20/9/2024\n");
        let folder = folder(TOTAL, CATTLE, &line);
        fs::remove_file(folder.path().join("plugins/herd.lua")).unwrap();
        let settings = folder.path().join("tonghop.toml");
        fs::write(&settings, fs::read_to_string(&settings).unwrap().replace("\"herd\"", "\"tax\"")).unwrap();
        fs::write(folder.path().join("plugins/tax.lua"), rules).unwrap();
        let bytes = sheet_text::build(&sheet_text::parse(sheet).unwrap()).unwrap();
        fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
        run(folder.path());
        assert!(problems(folder.path()).contains(&format!("{code} {CELL}")), "{:?}", problems(folder.path()));
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = folder(TOTAL, CATTLE, "");
    fs::write(folder.path().join("workbooks/giai-trinh.csv"), b"\xff\xfe").unwrap();
    run(folder.path());
    let found = problems(folder.path());
    assert_eq!(found, [format!("check-contradiction {CELL}"), "explanation-unknown giai-trinh.csv".to_owned()]);
}
