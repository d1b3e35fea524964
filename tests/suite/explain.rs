//! `explain` for a number of the report, a figure, an indicator and a name of the rule API.

use crate::project::{Outcome, clean_run, repository, run_cli};
use std::ffi::OsStr;
use tonghop::authoring::explain;
use tonghop_core::diag::Language;

fn ask(what: &str) -> Outcome {
    run_cli(&[OsStr::new("explain"), OsStr::new(what), repository().as_os_str()])
}

/// Returns the explanation of a name, which must contain all the `expected` texts.
fn explain_with(what: &str, expected: &[&str]) -> String {
    let page = explain::function(what).or_else(|| explain::in_run(what, clean_run()));
    let text = page.unwrap_or_else(|| panic!("{what} is not known")).render(Language::Vietnamese);
    let lost: Vec<&&str> = expected.iter().filter(|words| !text.contains(**words)).collect();
    assert!(lost.is_empty(), "{what}: no {lost:?} in\n{text}");
    text
}

const RETAIL_CELL: &str =
    "ô workbooks/phong-kinh-te/BC thương mại 9 tháng.xlsx [Thuong mai] F9: \"3314\" (Phòng Kinh tế)";
const RETAIL_LABELS: &str =
    "dòng \"Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng\", cột \"Thực hiện 9 tháng năm 2024\"";

#[test]
fn a_printed_number_is_followed_to_its_cell() {
    let text = explain_with(
        "3.314",
        &[
            "trade.retail.actual = 3.314 tỷ đồng",
            "ở mục II.I.1.a (phần lời): \"Tổng mức bán lẻ",
            "do quy tắc plugins/trade.lua:",
            "out:item(",
            RETAIL_CELL,
            RETAIL_LABELS,
        ],
    );
    assert_eq!(text, explain_with("trade.retail.actual", &[]), "the name of the figure gives the same answer");
    let answer = ask("3.314");
    assert_eq!((answer.exit, answer.stderr, answer.stdout), (0, String::new(), text));
}

#[test]
fn the_chain_of_a_percentage_names_both_operands() {
    explain_with(
        "trade.retail.attainment.annual",
        &[
            "số trước bằng bao nhiêu phần trăm số sau:",
            "trade.retail.actual = 3.314 tỷ đồng",
            RETAIL_CELL,
            "trade.retail.target.annual = 4.500 tỷ đồng",
            "[Thuong mai] D9: \"4500\"",
        ],
    );
}

#[test]
fn one_occurrence_is_explained_alone() {
    let one = explain_with("trade.retail.actual@II.I.1.a#1", &["mục II.I.1.a"]);
    assert!(!one.contains("mục II.III.1"), "{one}");
}

#[test]
fn a_chain_goes_through_arithmetic_of_rules() {
    let council = "budget.rev_total.attainment.council";
    explain_with(council, &["i - i.parts.carryover", "số trước trừ số sau:", "budget.carryover.actual = "]);
}

#[test]
fn several_matches_are_listed() {
    explain_with("24", &["có ở", "nq01.tasks.actual@I#1: \"24 công việc\"", "police.economic.actual@II.I.4#1"]);
}

#[test]
fn numbers_that_are_not_figures_have_a_source_too() {
    explain_with("2024", &["thiết lập period"]);
    explain_with("548", &["trong lời của đơn vị ở ô workbooks/van-phong/Theo doi NQ01 9T2024.xlsx [Noi dung] C4"]);
    explain_with("2013", &["câu chữ cố định của quy tắc", "plugins/land.lua:"]);
}

#[test]
fn an_indicator_lists_its_users() {
    let expected = [
        "trade.retail: Tổng mức bán lẻ",
        "đơn vị tính: tỷ đồng",
        "đơn vị báo cáo: Phòng Kinh tế",
        "khai báo ở plugins/trade.lua:11: retail = {",
        "trade.retail.yoy = ",
        RETAIL_CELL,
        "chỉ tiêu evaluation.retail lấy số từ đây",
        "plugins/trade.lua:50: ",
    ];
    explain_with("trade.retail", &expected);
    explain_with("evaluation.retail", &["lấy số của trade.retail"]);
    explain_with("trade.services", &["thành phần của trade.retail (cộng lại bằng tổng)"]);
}

#[test]
fn a_function_is_explained() {
    explain_with(
        "behind",
        &["d:behind(share, ", "thấp hơn `share` lần nhịp độ chia đều trong năm", "api = 1", "for i in d:behind(0.8"],
    );
    explain_with("out:paragraph", &["out:paragraph("]);
    explain_with("attainment", &["d.x.attainment"]);
}

#[test]
fn unknown_names_get_suggestions() {
    for (what, near) in [
        ("trade.retial", "trade.retail"),
        ("retial", "trade.retail"),
        ("trade.retail.actaul", "trade.retail.actual"),
        ("paragrahp", "paragraph"),
        ("row-unknwon", "row-unknown"),
    ] {
        assert!(explain::similar_names(what, Some(clean_run())).contains(&near.to_owned()), "{what}");
    }
    assert_eq!(explain::similar_names("zzzz", Some(clean_run())), Vec::<String>::new());
    let answer = ask("trade.retial");
    assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""));
    assert!(answer.stderr.contains("\"trade.retail\""), "{}", answer.stderr);
}

#[test]
fn without_a_project_the_names_of_the_program_are_known() {
    let answer = run_cli(&[OsStr::new("explain"), OsStr::new("behind"), OsStr::new("khong-co")]);
    assert_eq!(answer.exit, 0, "{}", answer.stderr);
    let answer = run_cli(&[OsStr::new("explain"), OsStr::new("trade.retail"), OsStr::new("khong-co")]);
    assert!(answer.exit == 2 && answer.stderr.contains("dự án không chạy được"), "{}", answer.stderr);
}

#[test]
fn a_number_is_found_by_its_value() {
    let text = explain_with("3314", &["trade.retail.actual = 3.314 tỷ đồng", RETAIL_CELL]);
    assert_eq!(text, explain_with("3.314", &[]));
    let several = explain_with("4", &["có ở"]);
    assert!(several.contains(": \"04"), "a count is printed with its zero:\n{several}");
}

#[test]
fn a_fraction_has_both_figures() {
    let text = explain_with("49/72", &["nguồn gốc:"]);
    let named: Vec<&str> = text.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).collect();
    assert_eq!(named.len(), 2, "{text}");
    assert!(named[0].contains(" = 49") && named[1].contains(" = 72"), "{named:?}");
    for (figure, raw) in text.split("\n\n").zip(["\"49\"", "\"72\""]) {
        assert!(figure.contains(raw) && figure.contains("dòng \"") && figure.contains("cột \""), "{figure}");
    }
}

#[test]
fn an_indicator_is_found_by_its_label() {
    let text = explain_with("tổng mức bán lẻ hàng hoá và doanh thu dịch vụ tiêu dùng", &["số liệu:", RETAIL_CELL]);
    assert_eq!(text, explain_with("trade.retail", &[]));
}
