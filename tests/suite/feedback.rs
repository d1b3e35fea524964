//! The feedback to departments: their own sheets in colour, the page of what to do, the letter.

use crate::case::Case;
use crate::project::{self, Outcome, book, run_cli, sheet_text};
use calamine::{Data, Reader, Xlsx};
use std::fs;
use std::io::Cursor;
use std::path::Path;

/// Two departments: the first sends good, doubtful, rejected and unused cells, the second sends nothing.
const SETTINGS: (&str, &str) = (
    "name = \"Phòng A\"\n",
    "name = \"Phòng A\"\ndue = 2024-09-10\n[[departments]]\nid = \"phong-b\"\nname = \"Phòng B\"\ndue = 2024-09-16\n",
);
const RULES: &str = r#"return sector { api = 1, id = "crop", title = "Trồng trọt", section = "I", departments = { "phong-b" },
  indicators = { sown = { "Diện tích gieo trồng", unit = "ha" } },
  text = function(d, out) out:paragraph("Diện tích {sown}.") end,
}
"#;
const BOOK: &str = "@sheet Biểu
1 | BIỂU CHĂN NUÔI |
3 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | Ghi chú |
4 | I | Tổng đàn gia súc | con | '1.234,5 | 168 | '=1+1 |
5 | 1 | Đàn trâu | con | khoảng 130? | 120 | |
6 | 2 | Đàn bò | con | 50 | | |
7 | 3 | Đàn hươu | con | 7 | 5 | |
@sheet Nháp
1 | tính tạm | 12 |
";

/// The fill colours of the workbook, as the library writes them.
const GREEN: &str = "FFD5E8C8";
const AMBER: &str = "FFFFE28A";
const RED: &str = "FFF9B3AC";
const BLUE: &str = "FFCFE2F7";
const GREY: &str = "FFEBEBEB";

fn folder() -> tempfile::TempDir {
    let folder = Case::base().project();
    let settings = folder.path().join("tonghop.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(settings, text.replacen(SETTINGS.0, SETTINGS.1, 1)).unwrap();
    fs::write(folder.path().join("plugins/crop.lua"), RULES).unwrap();
    fs::write(folder.path().join("workbooks/phong-a/hỏng.xlsx"), "PK\u{3}\u{4}").unwrap();
    let bytes = sheet_text::build(&sheet_text::parse(BOOK).unwrap()).unwrap();
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
    folder
}

fn run(folder: &Path) -> Outcome {
    run_cli(&[folder.as_os_str()])
}

fn feedback_file(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("out").join(project::PERIOD).join("phan-hoi").join(name)).unwrap()
}

#[test]
fn cells_are_coloured_by_outcome() {
    let folder = folder();
    run(folder.path());
    let bytes = feedback_file(folder.path(), "phong-a.xlsx");
    let cells = &book::cells(&bytes)["Biểu"];
    let at = |address| cells.get(&book::address(address)).cloned();
    assert_eq!(at("A1"), Some(Data::String("BIỂU CHĂN NUÔI".into())));
    assert_eq!(at("D4"), Some(Data::String("1.234,5".into())));
    assert_eq!(at("F4"), Some(Data::String("=1+1".into())), "a text that looks like a formula stays a text");
    assert_eq!(at("E4"), Some(Data::Float(168.0)));
    for (address, colour) in [
        ("E5", Some(GREEN)),
        ("E4", Some(AMBER)),
        ("D4", Some(AMBER)),
        ("D5", Some(RED)),
        ("B7", Some(RED)),
        ("E7", Some(RED)),
        ("E6", Some(BLUE)),
        ("F4", Some(GREY)),
        ("B4", None),
        ("B3", None),
    ] {
        assert_eq!(fill(&bytes, "Biểu", address).as_deref(), colour, "{address}");
    }
}

#[test]
fn cells_that_are_not_plainly_read_say_why() {
    let folder = folder();
    run(folder.path());
    let parts = book::parts(&feedback_file(folder.path(), "phong-a.xlsx"));
    let notes: String = parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/comments"))
        .map(|(_, part)| String::from_utf8(part.clone()).unwrap())
        .collect();
    let note = |cell: &str| {
        let start = notes.find(&format!("ref=\"{cell}\"")).unwrap_or_else(|| panic!("no note at {cell}: {notes}"));
        notes[start..].split("</comment>").next().unwrap().to_owned()
    };
    assert!(note("D4").contains("Đã hiểu là 1.234,5 con."));
    assert!(note("D5").contains("không phải là số") && note("D5").contains("Cần làm: "));
    assert!(note("E7").contains("Đàn hươu"), "the cell shows the problem of its row");
    assert!(note("E6").contains("chưa có số liệu"));
}

#[test]
fn the_first_page_lists_what_to_do() {
    let folder = folder();
    run(folder.path());
    let bytes = feedback_file(folder.path(), "phong-a.xlsx");
    let first = &book::cells(&bytes)["Phản hồi"];
    let text = |column| {
        let cells = first.iter().filter(move |((_, col), _)| *col == column);
        cells.map(|(_, data)| data.to_string()).collect::<Vec<_>>()
    };
    let weights: Vec<String> = text(1).into_iter().filter(|word| word != "Mức độ").collect();
    let expected =
        ["Lỗi", "Lỗi", "Không đọc được", "Không đọc được", "Còn thiếu", "Cần xem lại", "Cần xem lại", "Để biết"];
    assert_eq!(weights[..expected.len()], expected, "{weights:?}");
    let all: String = first.values().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for words in ["PHÒNG A", "9 tháng đầu năm 2024", "hỏng.xlsx", "Chỉ tiêu: đã có 2/3", "Trang \"Biểu\", ô D5"]
    {
        assert!(all.contains(words), "{words:?} is not in {all}");
    }
    assert!(!all.contains("plugins/"), "departments do not see rules");
    let xml = String::from_utf8(book::parts(&bytes)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    assert!(xml.contains("location=\"'Biểu'!D5\""), "the place leads to the cell");
}

#[test]
fn silent_departments_get_a_letter() {
    let folder = folder();
    run(folder.path());
    let letter = String::from_utf8(feedback_file(folder.path(), "phong-b.txt")).unwrap();
    for words in
        ["Kính gửi: Phòng B", "chưa gửi", "16/9/2024", "+ Diện tích gieo trồng (ha)", "phong-b.xlsx", "UBND xã"]
    {
        assert!(letter.contains(words), "{words:?} is not in {letter}");
    }
    let awaited = book::cells(&feedback_file(folder.path(), "phong-b.xlsx")).remove("Còn thiếu").unwrap();
    assert!(awaited.values().any(|data| *data == Data::String("Diện tích gieo trồng".into())));
}

#[test]
fn letters_count_what_they_list_and_name_nothing_of_the_program() {
    let folder = folder();
    fs::remove_file(folder.path().join("workbooks/phong-a/hỏng.xlsx")).unwrap();
    run(folder.path());
    for name in ["phong-a.txt", "phong-b.txt"] {
        let letter = String::from_utf8(feedback_file(folder.path(), name)).unwrap();
        let (requests, notes) = letter.split_once("\nĐể đơn vị biết:").unwrap_or((&letter, ""));
        let listed =
            requests.lines().filter(|line| line.split_once(". ").is_some_and(|(n, _)| n.parse::<u8>().is_ok()));
        let listed = listed.count();
        assert!(letter.contains(&format!("xử lý {listed} điểm dưới đây")), "{letter}");
        assert!(!letter.contains("tonghop"), "{letter}");
        assert_eq!(notes.contains("Nộp muộn"), name == "phong-a.txt", "lateness is for the next period: {letter}");
    }
}

#[test]
fn a_late_submission_without_mistakes_is_thanked_for() {
    let folder = Case::base().project();
    fs::write(folder.path().join("workbooks/tiep-nhan.csv"), "đơn vị;ngày nhận\nphong-a;12/9/2024\n").unwrap();
    let settings = folder.path().join("tonghop.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(settings, text.replacen(SETTINGS.0, "name = \"Phòng A\"\ndue = 2024-09-10\n", 1)).unwrap();
    run(folder.path());
    let letter = String::from_utf8(feedback_file(folder.path(), "phong-a.txt")).unwrap();
    let (requests, notes) = letter.split_once("\nĐể đơn vị biết:").unwrap();
    assert!(requests.contains("Không có điểm nào phải sửa") && notes.contains("1. Nộp muộn"), "{letter}");
}

#[test]
fn letters_write_plans_and_numbers_as_people_do() {
    let sheet = |name: &str, plan: &str, actual: &str| {
        format!(
            "@sheet {name}\n1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện |\n2 | I | Tổng đàn gia súc | con | {plan} | {actual} |\n"
        )
    };
    let folder = Case::base().project();
    let text = format!("{}{}", sheet("Biểu", "190000", "230000"), sheet("Biểu 2", "180000", "172500"));
    let bytes = sheet_text::build(&sheet_text::parse(&text).unwrap()).unwrap();
    fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), bytes).unwrap();
    fs::write(
        folder.path().join("workbooks/dieu-chinh.csv"),
        "a;b;c;d;e\nherd.buffalo;target.annual;1500;Văn phòng;Giao bổ sung\n",
    )
    .unwrap();
    run(folder.path());
    let letter = String::from_utf8(feedback_file(folder.path(), "phong-a.txt")).unwrap();
    assert!(letter.contains("kế hoạch năm") && !letter.contains("annual"), "{letter}");
    assert!(letter.contains("230.000 con") && letter.contains("172.500 con") && !letter.contains("230000"), "{letter}");
}

#[test]
fn rule_problems_are_not_in_feedback() {
    let folder = folder();
    fs::write(folder.path().join("plugins/broken.lua"), "return sector {").unwrap();
    run(folder.path());
    for name in ["phong-a.txt", "phong-b.txt"] {
        let letter = String::from_utf8(feedback_file(folder.path(), name)).unwrap();
        assert!(!letter.contains("broken") && !letter.contains(".lua"), "{letter}");
    }
    // What may follow from the rule is not reported at all until the rule is repaired.
    let manifest = fs::read_to_string(folder.path().join("out").join(project::PERIOD).join("run.json")).unwrap();
    assert!(!manifest.contains("row-unknown") && !manifest.contains("sheet-unknown"), "{manifest}");
}

#[test]
fn the_register_says_when_a_submission_came() {
    let folder = folder();
    fs::remove_file(folder.path().join("workbooks/phong-a/hỏng.xlsx")).unwrap();
    let states = || {
        run(folder.path());
        let manifest = fs::read(folder.path().join("out").join(project::PERIOD).join("run.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let of = |key: &str| manifest["submissions"].as_array().unwrap().iter().map(|s| s[key].to_string()).collect();
        [of("state"), of("evidence")] as [Vec<String>; 2]
    };
    assert_eq!(states(), [["\"late\"", "\"absent\""], ["\"saved\"", "null"]]);
    fs::write(folder.path().join("workbooks/tiep-nhan.csv"), "đơn vị;ngày nhận\nphòng a;10/9/2024\n").unwrap();
    assert_eq!(states(), [["\"on-time\"", "\"absent\""], ["\"register\"", "null"]]);
}

/// Returns the fill colour of a cell.
fn fill(bytes: &[u8], sheet: &str, address: &str) -> Option<String> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let number = workbook.sheet_names().iter().position(|name| name == sheet).unwrap() + 1;
    let _ = workbook.worksheet_range(sheet).unwrap();
    let parts = book::parts(bytes);
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let xml = text(&format!("xl/worksheets/sheet{number}.xml"));
    let cell = xml.split("<c ").find(|cell| cell.starts_with(&format!("r=\"{address}\""))).unwrap();
    let style: usize = attribute(cell, "s")?.parse().unwrap();
    let styles = text("xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).unwrap();
    let format = formats.split("<xf ").nth(style + 1).unwrap();
    let fill: usize = attribute(format, "fillId")?.parse().unwrap();
    let fills = styles.split("<fills").nth(1).unwrap();
    attribute(fills.split("<fill>").nth(fill + 1).unwrap().split("<fgColor ").nth(1)?, "rgb")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split('>').next()?;
    let value = tag.split(&format!("{name}=\"")).nth(1)?;
    Some(value.split('"').next()?.to_owned())
}
