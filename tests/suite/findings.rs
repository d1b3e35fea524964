//! The contradictions found in the figures: every relation that does not hold, with the cells of both sides, no others.

use crate::project::{Outcome, Project, clean, table};
use serde_json::Value;

/// The code and the words of a finding, by its verdict.
const VERDICTS: [(&str, &str, &str); 2] =
    [("rounding", "check-rounding", "do làm tròn"), ("contradiction", "check-contradiction", "mâu thuẫn")];

/// The sheet with livestock and its diseases.
const LIVESTOCK: &str = "phong-kinh-te/Bieu SX CN-NLN 9T2024.xlsx [Chan nuoi, TS]";

/// A relation whose two sides do not agree.
struct Finding<'a> {
    left: &'a str,
    right: &'a str,
    difference: &'a str,
    verdict: &'a str,
    /// The cells of the left side, then those of the right, as the problem lists them below `workbooks/`.
    cells: Vec<String>,
}

impl Finding<'_> {
    /// Returns whether a problem of a run reports this finding.
    fn is(&self, problem: &Value) -> bool {
        let (_, code, words) = VERDICTS.iter().find(|(verdict, ..)| *verdict == self.verdict).unwrap();
        let comparison = format!(": {} so với {}, chênh lệch {} ({words}", self.left, self.right, self.difference);
        let places = problem["places"].as_array().unwrap().iter().map(|place| place.as_str().unwrap());
        let cells = places.filter_map(|place| place.strip_prefix("workbooks/"));
        problem["code"] == *code && problem["message"].as_str().unwrap().contains(&comparison) && cells.eq(&self.cells)
    }
}

#[test]
fn the_project_has_the_findings_of_the_table_and_no_other() {
    let expected = table::rows("findings/expected.csv");
    let found = findings(clean());
    for [relation, left, right, difference, verdict, left_cells, right_cells] in &expected {
        let cells = left_cells.split(';').chain(right_cells.split(';')).map(str::to_owned).collect();
        let finding = Finding { left, right, difference, verdict, cells };
        assert_eq!(found.iter().filter(|problem| finding.is(problem)).count(), 1, "{relation} in {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert_eq!(clean().manifest()["counts"]["findings"], expected.len());
}

#[test]
fn contradicting_departments_are_found() {
    let project = Project::new();
    let sheet = "@sheet So lieu\n1 | Số liệu nổi bật 9 tháng đầu năm 2024 |\n\
        3 | STT | Chỉ tiêu | ĐVT | Số lượng |\n4 | 1 | Tổng đàn gia súc | con | 17045 |";
    project.extend_text("Đánh giá chung 9 tháng", sheet);
    let herd = Finding {
        left: "17.045 con",
        right: "17.105 con",
        difference: "60 con",
        verdict: "contradiction",
        cells: [at("van-phong/Đánh giá chung 9 tháng.xlsx [So lieu]", &["D4"]), at(LIVESTOCK, &["E7"])].concat(),
    };
    let outcome = project.run();
    assert_only_new(&outcome, &herd);
    assert_eq!(outcome.markdown(), clean().markdown(), "the report prints the figure of the sector that owns it");
}

#[test]
fn a_total_that_its_parts_do_not_give_is_found() {
    let slip = Finding {
        left: "78 con",
        right: "79 con",
        difference: "1 con",
        verdict: "contradiction",
        cells: at(LIVESTOCK, &["D17", "D18", "D19", "D20"]),
    };
    let from = "17 | I | Số lợn chết, tiêu hủy | con | =SUM(D18:D20) -> 79 |";
    assert_found("Bieu SX CN-NLN 9T2024", from, "17 | I | Số lợn chết, tiêu hủy | con | 78 |", &slip);
}

#[test]
fn a_part_larger_than_its_whole_is_found() {
    let slip = Finding {
        left: "50 tổ dân phố, bản",
        right: "49 tổ dân phố, bản",
        difference: "1 tổ dân phố, bản",
        verdict: "contradiction",
        cells: at("cong-an/BC ANTT 9T2024.xlsx [Ma tuy]", &["D8", "D7"]),
    };
    let row = "8 | + | UBND tỉnh đã công nhận không có ma túy | \" | ";
    assert_found("BC ANTT 9T2024", &format!("{row}20 |"), &format!("{row}50 |"), &slip);
}

#[test]
fn a_name_too_few_is_found() {
    let slip = Finding {
        left: "4 bản",
        right: "3 bản",
        difference: "1 bản",
        verdict: "contradiction",
        cells: at(LIVESTOCK, &["D23", "B24", "B25", "B26"]),
    };
    assert_found("Bieu SX CN-NLN 9T2024", "27 | - | Nậm Loỏng 1 | | |\n", "", &slip);
}

#[test]
fn a_total_of_another_department_that_differs_is_found() {
    let slip = Finding {
        left: "8 xã phường",
        right: "7 xã phường",
        difference: "1 xã phường",
        verdict: "contradiction",
        cells: [
            at("cong-an/BC ANTT 9T2024.xlsx [PT toan dan]", &["D4"]),
            at("trung-tam-y-te/Biểu số liệu y tế 9 tháng 2024.xlsx [Tiem chung]", &["E5"]),
        ]
        .concat(),
    };
    let row = "4 | 1 | Tổng số xã, phường trên địa bàn | xã phường | ";
    assert_found("BC ANTT 9T2024", &format!("{row}7 |"), &format!("{row}8 |"), &slip);
}

/// Changes the text of one workbook and asserts that this finding is new and that nothing else is new or gone.
fn assert_found(workbook: &str, from: &str, to: &str, slip: &Finding) {
    let project = Project::new();
    project.change_text(workbook, from, to);
    assert_only_new(&project.run(), slip);
}

fn assert_only_new(outcome: &Outcome, slip: &Finding) {
    assert_eq!(outcome.exit, 0, "a contradiction is a warning: {}", outcome.stderr);
    let (before, after) = (findings(clean()), findings(outcome));
    let (new, kept): (Vec<_>, Vec<_>) = after.into_iter().partition(|problem| !before.contains(problem));
    assert_eq!(kept, before);
    assert!(matches!(&new[..], [problem] if slip.is(problem)), "{new:#?}");
}

/// Returns the cells of one sheet as a problem lists them.
fn at(sheet: &str, cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| format!("{sheet} {cell}")).collect()
}

fn findings(outcome: &Outcome) -> Vec<Value> {
    VERDICTS.iter().flat_map(|(_, code, _)| outcome.problems(code)).collect()
}
