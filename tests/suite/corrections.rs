//! The office's corrections: a line of `dieu-chinh.csv`, and what every output shows of it.

use crate::project::{self, Project, clean};
use std::fs;

const HEAD: &str = "Chỉ tiêu;Số liệu;Giá trị;Người điều chỉnh;Lý do\n";

fn with(lines: &str) -> project::Outcome {
    with_file(&format!("\u{feff}{HEAD}{lines}"))
}

fn with_file(content: &str) -> project::Outcome {
    let project = Project::new();
    fs::write(project.path("workbooks/dieu-chinh.csv"), content).unwrap();
    project.run()
}

#[test]
fn a_corrected_number_is_applied_shown_and_traced_to_its_line() {
    let outcome = with("budget.rev_local;actual;97.000;Văn phòng;Đối chiếu với Kho bạc\n");
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    let text = outcome.markdown();
    assert!(text.contains("Thu ngân sách nhà nước trên địa bàn đạt 97.000 triệu đồng, đạt 54,2%"), "{text}");
    assert!(text.contains("Đối chiếu với Kho bạc") && text.contains("96.011 triệu đồng"), "{text}");
    assert!(outcome.text("bao-cao.txt").contains("Số liệu do văn phòng điều chỉnh"));
    let figures = outcome.figures();
    let corrected = figures.iter().find(|f| f["id"] == "budget.rev_local.actual@II.I.1.d#1").unwrap();
    assert_eq!(corrected["sources"][0]["file"], "workbooks/dieu-chinh.csv");
    assert_eq!(corrected["sources"][0]["cell"], "C2");
    assert_eq!(corrected["correction"]["replaced"], 96011.0);
    assert_eq!(corrected["correction"]["replaced_sources"][0]["cell"], "E11");
    assert_eq!(outcome.problems("figure-corrected").len(), 1);
    assert!(outcome.manifest()["corrections"]["sha256"].is_string());
    let sheets = project::book::cells(&outcome.files["tong-hop.xlsx"]);
    let says = |sheet: &str, words: &str| sheets[sheet].values().any(|cell| cell.to_string().contains(words));
    assert!(says("Thu, chi ngân sách nhà nước", "Văn phòng điều chỉnh"));
    assert!(says("Nguồn số liệu", "trước đó: 96.011"));
    assert!(outcome.stdout.contains("1 số do văn phòng điều chỉnh"), "{}", outcome.stdout);
    assert!(outcome.traces()["untraced"].as_array().unwrap().is_empty());
}

#[test]
fn lines_that_cannot_be_applied_are_named_and_cost_only_themselves() {
    let outcome =
        with("budget.rev_lokal;actual;1;A;B\nbudget.rev_local;target.moon;1;A;B\nbudget.rev_local;actual;nhiều;A;B\n");
    assert_eq!(outcome.exit, 1);
    let problems = outcome.problems("correction-unknown");
    let places: Vec<&str> = problems.iter().map(|p| p["places"][0].as_str().unwrap()).collect();
    assert_eq!(places, ["A2", "B3", "C4"].map(|cell| format!("workbooks/dieu-chinh.csv [] {cell}")));
    assert_eq!(outcome.markdown(), clean().markdown());
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let outcome = with("budget.rev_local;actual;1\n");
    assert_eq!(outcome.exit, 1);
    assert!(outcome.problems("correction-unknown")[0]["message"].as_str().unwrap().contains("dòng 2"));
}

#[test]
fn lines_that_would_be_misread_are_refused_and_the_others_used() {
    let good = "budget.rev_local,actual,97000,An,Gõ nhầm\n";
    for (lines, refused) in [
        (format!("a,b,c,d,e\nbudget.rev_local,actual,96,5,An,Gõ nhầm\n{good}"), "A2"),
        (format!("budget.rev_local,actual,96,An,Gõ nhầm\n{good}"), "A1"),
    ] {
        let outcome = with_file(&lines);
        assert_eq!(outcome.exit, 1, "{}", outcome.stderr);
        let problems = outcome.problems("correction-unknown");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0]["places"][0], format!("workbooks/dieu-chinh.csv [] {refused}"));
        assert_eq!(outcome.problems("figure-corrected").len(), 1, "{lines}");
        assert!(outcome.markdown().contains("đạt 97.000 triệu đồng"));
    }
}

#[test]
fn figures_are_named_by_labels_and_titles_or_by_ids() {
    let by_id = with("budget.rev_local;actual;97.000;An;Gõ nhầm\n");
    let by_label = with("Thu ngân sách nhà nước trên địa bàn;Thực hiện;97.000;An;Gõ nhầm\n");
    assert_eq!(by_label.exit, 0, "{}", by_label.stderr);
    assert_eq!(by_label.markdown(), by_id.markdown());
}
