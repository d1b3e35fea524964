//! What is lost is seen in the outputs, and no department is blamed for it: broken rules, missing workbooks, own
//! files that came back.

use crate::case::Case;
use crate::project::{Outcome, repository, run_cli};
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::Path;
use tempfile::TempDir;

/// The mark in place of lost text.
const MARK: &str = "chưa lập được nội dung (quy tắc đang lỗi)";
const RULE: &str = "plugins/herd.lua";
const REPORT: &str = r#"return report { api = 1, sections = { ["II"] = function(r, out)
  for s in r:shortfalls() do out:item("{s.text}", { s = s }) end
  out:paragraph("Hết.")
end } }"#;
const WORKING_COPY: &str = "bao-cao-ban-lam-viec.docx";

/// Returns the base project with a second heading, for the shortfalls of all sectors.
fn project() -> TempDir {
    let folder = Case::base().project();
    change(
        folder.path(),
        "tonghop.toml",
        "sectors = [\"herd\"] }]",
        "sectors = [\"herd\"] }, { path = \"II\", title = \"TỒN TẠI\" }]",
    );
    fs::write(folder.path().join("plugins/report.lua"), REPORT).unwrap();
    folder
}

fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file}: {from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

/// Runs a project into its own folder.
fn run(folder: &Path) -> Outcome {
    let out = folder.join("out");
    run_cli(&[folder.as_os_str(), OsStr::new("--out"), out.as_os_str()])
}

fn output(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("out/2024-09-thang").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text(folder: &Path, name: &str) -> String {
    String::from_utf8(output(folder, name)).unwrap()
}

/// Returns a part of a Word document or workbook; empty if there is none.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    if let Ok(mut part) = archive.by_name(name) {
        part.read_to_string(&mut text).unwrap();
    }
    text
}

/// Returns the texts of the workbook.
fn workbook_texts(folder: &Path) -> String {
    part(&output(folder, "tong-hop.xlsx"), "xl/sharedStrings.xml")
}

/// Checks that the mark is in every output, `times` times in the text.
fn assert_marked(folder: &Path, times: usize) {
    for name in ["bao-cao.txt", "bao-cao.md"] {
        assert_eq!(
            text(folder, name).matches(MARK).count()
                + text(folder, name).matches("Chưa lập được nội dung (quy tắc").count(),
            times,
            "{}",
            text(folder, name)
        );
        assert!(!text(folder, name).to_lowercase().contains("chưa có số liệu"), "{}", text(folder, name));
    }
    let document = part(&output(folder, "bao-cao.docx"), "word/document.xml");
    assert!(document.contains("quy tắc đang lỗi") && !document.contains("w:commentReference"), "{document}");
    assert!(part(&output(folder, WORKING_COPY), "word/comments.xml").contains("Quy tắc đang lỗi"));
    assert!(workbook_texts(folder).contains("Quy tắc đang lỗi"));
}

#[test]
fn a_rule_that_cannot_be_loaded_is_one_message_and_a_mark() {
    for (from, to) in [
        ("section = \"I\"", "section = \"IX\""),
        ("targets = {", "targets {"),
        ("departments = { \"phong-a\" }", "departments = { \"phong-x\" }"),
    ] {
        let folder = project();
        change(folder.path(), RULE, from, to);
        let outcome = run(folder.path());
        assert_eq!(outcome.exit, 1);
        assert_eq!(outcome.stderr.matches("[plugin-broken]").count(), 1, "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("sheet-unknown"), "{}", outcome.stderr);
        assert_marked(folder.path(), 1);
        let letter = text(folder.path(), "phan-hoi/phong-a.txt");
        assert!(!letter.contains("Đề nghị đơn vị xem"), "{letter}");
        if !to.contains("phong-x") {
            assert!(letter.contains("văn phòng đang sửa quy tắc"), "{letter}");
        }
    }
}

#[test]
fn a_rule_with_a_name_that_an_editor_completed_is_named_and_marked() {
    let folder = project();
    let path = folder.path().join(RULE);
    fs::rename(&path, path.with_extension("lua.txt")).unwrap();
    let outcome = run(folder.path());
    assert!(outcome.stderr.contains("đổi tên thành herd.lua"), "{}", outcome.stderr);
    assert_eq!(outcome.stderr.matches("-->").count(), 1, "{}", outcome.stderr);
    assert_marked(folder.path(), 1);
}

#[test]
fn a_rule_file_that_is_gone_is_not_asked_of_departments() {
    let folder = project();
    fs::remove_file(folder.path().join(RULE)).unwrap();
    let outcome = run(folder.path());
    assert_eq!(outcome.exit, 1, "{}", outcome.stderr);
    assert_eq!(outcome.stderr.matches("-->").count(), 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("outline: không có tệp quy tắc nào khai báo ngành \"herd\""), "{}", outcome.stderr);
    assert!(text(folder.path(), "bao-cao.txt").contains("Chưa lập được nội dung (chưa có quy tắc)"));
    let letter = text(folder.path(), "phan-hoi/phong-a.txt");
    assert!(!letter.contains("Đề nghị đơn vị xem") && letter.contains("văn phòng đang sửa quy tắc"), "{letter}");
}

#[test]
fn indicators_with_one_name_are_not_asked_of_departments() {
    let folder = project();
    let rule = fs::read_to_string(folder.path().join(RULE)).unwrap();
    let declared = rule.split("total = ").nth(1).unwrap().split('{').nth(1).unwrap().split('"').nth(1).unwrap();
    let double = format!("indicators = {{ double = {{ \"{declared}\", unit = \"con\" }},");
    change(folder.path(), RULE, "indicators = {", &double);
    let outcome = run(folder.path());
    assert_eq!(outcome.exit, 1, "{}", outcome.stderr);
    assert_eq!(outcome.stderr.matches("cách xử lý").count(), 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("trùng cả tên và đơn vị tính"), "{}", outcome.stderr);
    // The parts still give the total.
    assert!(text(folder.path(), "bao-cao.txt").contains("168 con"));
    assert!(!text(folder.path(), "phan-hoi/phong-a.txt").contains("Đề nghị đơn vị xem"));
}

#[test]
fn a_relation_across_units_goes_to_the_office_first() {
    let case = Case::read(&repository().join("tests/diagnostics/base.txt"), |text| {
        let more = text.replace("| con | 50 | 48 |", "| con | 50 | 48 |\n5 | 3 | Số hộ nuôi | hộ | 9 | 7 |");
        more.replace("total = {", "few = { \"Số hộ nuôi\", unit = \"hộ\" }, total = { at_most = \"herd.few\",")
    });
    let folder = case.project();
    let outcome = run(folder.path());
    assert!(outcome.stderr.contains("[check-contradiction]"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("hai số có đơn vị tính khác nhau"), "{}", outcome.stderr);
    let letter = text(folder.path(), "phan-hoi/phong-a.txt");
    assert!(!letter.contains("Mâu thuẫn") && !letter.contains("giải trình"), "{letter}");
}

#[test]
fn a_unit_that_the_rule_misspells_costs_no_figure() {
    let folder = project();
    let before = {
        run(folder.path());
        text(folder.path(), "bao-cao.txt")
    };
    change(folder.path(), RULE, "unit = \"con\"", "unit = \"cón\"");
    let outcome = run(folder.path());
    assert_eq!(outcome.stderr.matches("[unit-mismatch]").count(), 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("--> plugins/herd.lua"), "{}", outcome.stderr);
    assert_eq!(text(folder.path(), "bao-cao.txt"), before.replace(" con", " cón"));
    assert!(!text(folder.path(), "phan-hoi/phong-a.txt").contains("Đề nghị đơn vị xem"));
}

#[test]
fn figures_of_a_broken_sector_are_marked_where_another_prints_them() {
    let folder = project();
    let borrowing = r#"return sector { api = 1, id = "all", title = "Chung", section = "II", departments = { "phong-a" },
  indicators = { herd = { "Đàn gia súc", from = "herd.total" } },
  text = function(d, out) out:paragraph("Đàn gia súc {herd}.") end }"#;
    fs::write(folder.path().join("plugins/all.lua"), borrowing).unwrap();
    change(folder.path(), RULE, "targets = {", "targets {");
    assert_eq!(run(folder.path()).exit, 1);
    for name in ["bao-cao.txt", "bao-cao.md"] {
        let report = text(folder.path(), name);
        assert!(report.contains("Đàn gia súc chưa tính được (quy tắc đang lỗi)."), "{report}");
    }
    let texts = workbook_texts(folder.path());
    assert!(texts.contains("chưa tính được (quy tắc đang lỗi)") && !texts.to_lowercase().contains("chưa có số liệu"));
}

#[test]
fn a_report_that_cannot_be_loaded_or_run_is_marked_at_its_heading() {
    for (from, to) in [("api = 1,", "api = 1"), ("{s.text}", "{s.txt}"), ("out:paragraph", "out.paragraph")] {
        let folder = project();
        change(folder.path(), "plugins/report.lua", from, to);
        let shortfalls = "shortfalls = function(d, out) out:shortfall { text = \"Đàn giảm.\" } end,\n  text =";
        change(folder.path(), RULE, "text =", shortfalls);
        assert_eq!(run(folder.path()).exit, 1);
        assert_marked(folder.path(), 1);
    }
}

#[test]
fn failing_shortfalls_are_marked_in_the_list_of_all() {
    let folder = project();
    change(folder.path(), RULE, "text =", "shortfalls = function(d, out) d.behind(1) end,\n  text =");
    let outcome = run(folder.path());
    assert_eq!(outcome.stderr.matches("[rule-failed]").count(), 1, "{}", outcome.stderr);
    assert_marked(folder.path(), 1);
    assert!(workbook_texts(folder.path()).contains(MARK));
    assert!(!workbook_texts(folder.path()).contains("Không có chỉ tiêu nào chậm"));
}

#[test]
fn each_place_where_something_falls_away_has_a_comment_and_a_row() {
    let folder = project();
    change(folder.path(), RULE, "Tổng đàn gia súc {total}.", "Tổng đàn gia súc {total}[, {total.yoy}].");
    let outcome = run(folder.path());
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    let copy = output(folder.path(), WORKING_COPY);
    let comments = part(&copy, "word/comments.xml");
    assert_eq!(comments.matches("<w:comment ").count(), 1, "{comments}");
    assert!(comments.contains("w:author=\"tonghop\"") && comments.contains("cùng kỳ năm trước"), "{comments}");
    assert!(comments.contains("plugins/herd.lua:5"), "{comments}");
    let document = part(&copy, "word/document.xml");
    for element in ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"] {
        assert_eq!(document.matches(element).count(), 1, "{element}");
    }
    assert!(part(&copy, "word/_rels/document.xml.rels").contains("relationships/comments"));
    assert!(part(&copy, "[Content_Types].xml").contains("/word/comments.xml"));
    assert_eq!(part(&output(folder.path(), "bao-cao.docx"), "word/comments.xml"), "");
    assert!(workbook_texts(folder.path()).contains("Vế câu bị bỏ"));
}

#[test]
fn a_paragraph_that_falls_away_whole_is_commented_at_its_neighbour() {
    let folder = project();
    let more = "out:paragraph(\"[{total.yoy}]\") out:paragraph(\"Tổng đàn gia súc {total}.\") out:item(\"[{total.last_year}]\") end";
    change(folder.path(), RULE, "out:paragraph(\"Tổng đàn gia súc {total}.\") end", more);
    assert_eq!(run(folder.path()).exit, 0);
    let copy = output(folder.path(), WORKING_COPY);
    assert_eq!(part(&copy, "word/document.xml").matches("w:commentReference").count(), 2);
    let without_comments = |name| part(&output(folder.path(), name), "word/document.xml").matches("<w:p>").count();
    assert_eq!(without_comments(WORKING_COPY), without_comments("bao-cao.docx"));
}

#[test]
fn answers_that_come_back_are_no_data_and_filled_forms_are() {
    let folder = project();
    run(folder.path());
    let before = text(folder.path(), "bao-cao.txt");
    for name in ["phan-hoi/phong-a.xlsx", "tong-hop.xlsx"] {
        let copy = folder.path().join("workbooks/phong-a").join(name.rsplit('/').next().unwrap());
        fs::write(&copy, output(folder.path(), name)).unwrap();
        let outcome = run(folder.path());
        assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
        assert_eq!(text(folder.path(), "bao-cao.txt"), before);
        assert!(text(folder.path(), "run.json").contains("own-product"));
        assert!(text(folder.path(), "phan-hoi/phong-a.txt").contains("Đã nhận 1 tệp"));
        fs::remove_file(copy).unwrap();
    }
    let forms = folder.path().join("forms");
    run_cli(&[OsStr::new("forms"), folder.path().as_os_str(), OsStr::new("--out"), forms.as_os_str()]);
    fs::copy(forms.join("phong-a.xlsx"), folder.path().join("workbooks/phong-a/mau.xlsx")).unwrap();
    run(folder.path());
    assert!(!text(folder.path(), "run.json").contains("own-product"));
}
