//! Aliases, earlier runs and changes of rows from period to period.

use crate::project::{Outcome, Project, book, clean, run_cli};
use calamine::{Data, DataType};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;

/// The consolidated workbook of a run of another period.
const SIX_MONTHS: &str = "out/2024-06-thang/tong-hop.xlsx";

const TRADE: &str = "BC thương mại 9 tháng";
const SERVICES: &str = "11 | 2 | Dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng | \" | - | - | 176 | Ước |";

/// Runs the project for another period, accepts the result into `history/` and restores the period.
fn with_history(year: &str, months: &str) -> Project {
    let project = Project::new();
    let period = format!("year = {year}\nmonths = {months}");
    project.change_file("tonghop.toml", "year = 2024\nmonths = 9", &period);
    assert!(project.run().exit < 2);
    let accepted = accept(&project);
    assert_eq!(accepted.exit, 0, "{}", accepted.stderr);
    project.change_file("tonghop.toml", &period, "year = 2024\nmonths = 9");
    project
}

/// Returns whether a cell contains exactly this text.
fn holds(cell: &Data, words: &str) -> bool {
    cell.as_string().is_some_and(|text| text == words)
}

fn accept(project: &Project) -> Outcome {
    run_cli(&[OsStr::new("accept"), project.folder().as_os_str()])
}

#[test]
fn an_accepted_run_has_no_changes() {
    let project = Project::new();
    project.run();
    let accepted = accept(&project);
    assert!(accepted.stdout.contains("2024-09-thang.xlsx"), "{}", accepted.stdout);
    let outcome = project.run();
    for code in ["row-gone", "row-renamed", "row-new", "row-moved", "history-unusable", "last-year-differs"] {
        assert_eq!(outcome.problems(code), Vec::<Value>::new());
    }
    assert_eq!(outcome.manifest()["history"][0]["file"], "history/2024-09-thang.xlsx");
    assert!(outcome.files["tong-hop.xlsx"] == clean().files["tong-hop.xlsx"], "history alone changes nothing");
}

#[test]
fn nothing_is_accepted_before_a_run() {
    let project = Project::new();
    let refused = accept(&project);
    assert_eq!(refused.exit, 3);
    assert!(refused.stderr.contains("hãy chạy tonghop trước"), "{}", refused.stderr);
    assert!(!project.path("history").exists());
}

#[test]
fn a_renamed_row_is_suggested_and_accepting_it_corrects_the_run() {
    let project = with_history("2024", "6");
    let renamed = SERVICES.replace("Dịch vụ lưu trú", "DV lưu trú");
    project.change_text(TRADE, SERVICES, &renamed);
    let outcome = project.run();
    let [unknown] = &outcome.problems("row-unknown")[..] else { panic!("{}", outcome.stderr) };
    let lines = "[[alias]]\nindicator = \"trade.services\"\nlabel = \"DV lưu trú, ăn uống và dịch vụ tiêu dùng\"";
    assert!(unknown["hint"].as_str().unwrap().contains(lines), "{unknown}");
    assert!(outcome.text("aliases-de-xuat.toml").contains(lines));
    assert_eq!(outcome.problems("row-gone"), Vec::<Value>::new());
    let [problem] = &outcome.problems("row-renamed")[..] else { panic!("{}", outcome.stderr) };
    assert!(problem["message"].as_str().unwrap().contains("nay là \"DV lưu trú, ăn uống"), "{problem}");
    let cells = book::cells(&outcome.files["tong-hop.xlsx"]);
    let says = |sheet: &str, words: &str| cells[sheet].values().any(|cell| holds(cell, words));
    assert!(says("Biến động", "Đổi tên") && says("Biến động", "trade.services"));
    assert!(says("Dòng chưa đọc", "DV lưu trú, ăn uống và dịch vụ tiêu dùng"));

    fs::copy(project.path("out/2024-09-thang/aliases-de-xuat.toml"), project.path("plugins/aliases.toml")).unwrap();
    let corrected = project.run();
    assert!(corrected.problems("row-unknown").is_empty() && !corrected.files.contains_key("aliases-de-xuat.toml"));
    assert_eq!(corrected.markdown(), clean().markdown());
    assert_eq!(corrected.manifest()["aliases"]["file"], "plugins/aliases.toml");
}

#[test]
fn a_renamed_row_is_proposed_without_history_too() {
    let project = Project::new();
    project.change_text(TRADE, SERVICES, &SERVICES.replace("tiêu dùng", "tiêu dùng khác"));
    let outcome = project.run();
    assert!(outcome.text("aliases-de-xuat.toml").contains("indicator = \"trade.services\""));
    assert!(!book::cells(&outcome.files["tong-hop.xlsx"]).contains_key("Biến động"));
}

#[test]
fn gone_and_moved_rows_are_reported() {
    let project = with_history("2024", "6");
    project.change_text(TRADE, &format!("{SERVICES}\n"), "");
    let outcome = project.run();
    let [gone] = &outcome.problems("row-gone")[..] else { panic!("{}", outcome.stderr) };
    assert!(gone["message"].as_str().unwrap().contains("Dịch vụ lưu trú"), "{gone}");
    assert_eq!(gone["severity"], "warning");

    let project = with_history("2024", "6");
    project.change_text(TRADE, SERVICES, &SERVICES.replacen("11 |", "12 |", 1));
    let outcome = project.run();
    let [moved] = &outcome.problems("row-moved")[..] else { panic!("{}", outcome.stderr) };
    assert!(moved["message"].as_str().unwrap().contains("từ hàng 11 sang hàng 12"), "{moved}");
    assert_eq!(outcome.markdown(), clean().markdown());
}

#[test]
fn last_year_comes_from_the_run_of_last_year() {
    let project = with_history("2023", "9");
    let template = "Đã phát hiện, xử lý {violations}[, cùng kỳ {violations.last_year}][";
    project.change_file("plugins/trade.lua", "Đã phát hiện, xử lý {violations}[", template);
    let outcome = project.run();
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    let cells = book::cells(&outcome.files["tong-hop.xlsx"]);
    let sources = &cells["Nguồn số liệu"];
    let row_of = |code: &str| sources.iter().find(|(at, cell)| at.1 == 0 && holds(cell, code)).map(|(at, _)| at.0);
    let row = row_of("trade.violations.last_year").expect("last year's figure, which no workbook gives");
    let source = [4, 7, 8].map(|col| sources[&(row, col)].to_string());
    assert_eq!(source, ["44", "history/2023-09-thang.xlsx", "Nguồn số liệu"]);
    assert!(row_of("trade.violations.yoy").is_some());
    assert!(outcome.markdown().contains("xử lý 44 vụ, cùng kỳ 44 vụ"), "{}", outcome.markdown());
    let figures = outcome.figures();
    let traced = figures.iter().find(|f| f["id"].as_str().unwrap().starts_with("trade.violations.last_year")).unwrap();
    assert_eq!(traced["sources"][0]["file"], "history/2023-09-thang.xlsx");
}

#[test]
fn a_different_last_year_is_reported() {
    let project = with_history("2023", "9");
    project.change_text(TRADE, "| 4500 | 2990 |", "| 4500 | 2900 |");
    let outcome = project.run();
    let [differing] = &outcome.problems("last-year-differs")[..] else { panic!("{}", outcome.stderr) };
    let message = differing["message"].as_str().unwrap();
    assert!(
        message.contains("số cùng kỳ trong biểu là 2.900 tỷ đồng, báo cáo năm trước ghi 2.990 tỷ đồng"),
        "{message}"
    );
    let places = differing["places"].as_array().unwrap();
    assert!(
        places[0].as_str().unwrap().ends_with("[Thuong mai] E9") && places[1].as_str().unwrap().starts_with("history/")
    );
    let figures = outcome.figures();
    let yoy = figures.iter().find(|f| f["id"].as_str().unwrap().starts_with("trade.retail.yoy")).unwrap();
    assert!(yoy["sources"].to_string().contains("\"2900\""), "the department's own figure is used: {yoy}");
}

#[test]
fn forms_have_last_years_figures_filled_in() {
    let project = with_history("2023", "9");
    let spoken = run_cli(&[OsStr::new("forms"), project.folder().as_os_str()]);
    assert_eq!(spoken.exit, 0, "{}", spoken.stderr);
    let cells = book::cells(&fs::read(project.path("out/forms/phong-kinh-te.xlsx")).unwrap());
    let sheet = cells.values().find(|sheet| sheet.values().any(|cell| holds(cell, "trade.violations"))).unwrap();
    let (at, _) = sheet.iter().find(|(_, cell)| holds(cell, "trade.violations")).unwrap();
    let heading = sheet.iter().find(|(_, cell)| holds(cell, "Cùng kỳ năm 2023")).unwrap().0;
    assert_eq!(sheet[&(at.0, heading.1)].to_string(), "44");
}

#[test]
fn a_broken_earlier_run_costs_only_itself() {
    let project = with_history("2024", "6");
    assert!(project.path(SIX_MONTHS).exists());
    fs::copy(project.path(SIX_MONTHS), project.path("history/2024-06 (2).xlsx")).unwrap();
    fs::write(project.path("history/2022.xlsx"), "không phải bảng tính").unwrap();
    let outcome = project.run();
    let files: Vec<String> =
        outcome.problems("history-unusable").iter().map(|d| d["places"][0].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["history/2022.xlsx", "history/2024-06-thang.xlsx"]);
    assert_eq!((outcome.exit, outcome.markdown()), (1, clean().markdown()));
}

#[test]
fn wrong_aliases_cost_only_themselves() {
    for (text, code) in [
        ("[[alias]", "aliases-unreadable"),
        ("\u{feff}[[alias]]\nindicator = \"trade.x\"\nlabel = \"y\"", "alias-unusable"),
    ] {
        let project = Project::new();
        fs::write(project.path("plugins/aliases.toml"), text).unwrap();
        let outcome = project.run();
        assert_eq!(outcome.problems(code).len(), 1, "{}", outcome.stderr);
        assert_eq!(outcome.markdown(), clean().markdown());
    }
}
