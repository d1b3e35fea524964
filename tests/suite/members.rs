//! A form per commune: in files, in sheets, and what is reported if a form is missing or unclear.

use crate::project::{run_cli, sheet_text};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use tempfile::TempDir;

const SETTINGS: &str = r#"
[organisation]
issuer = "UBND HUYỆN MẪU"
place = "Huyện Mẫu"
[period]
year = 2024
months = 9
[report]
kind = "BÁO CÁO"
subject = "Kinh tế - xã hội {@period.name}"
[[departments]]
id = "phong-a"
name = "Phòng A"
[[targets]]
id = "kh"
name = "kế hoạch năm"
headings = ["Kế hoạch năm"]
[members]
pattern = "Xã {member}"
list = [{ id = "hoa", name = "Hòa Mỹ" }, { id = "son", name = "Sơn Thượng" }]
[outline]
letters = ["a"]
headings = [{ path = "I", title = "SỐ LIỆU", sectors = ["s"] }]
"#;

const RULE: &str = r#"return sector { api = 1, id = "s", title = "Số liệu", section = "I", departments = { "phong-a" }, targets = { "kh" },
  members = true,
  indicators = {
    households = { "Số hộ", unit = "hộ" },
    poor = { "Số hộ nghèo", unit = "hộ" },
    rate = { "Tỷ lệ hộ nghèo", unit = "%", over = "mean(households)" },
  },
  text = function(d, out) out:paragraph("Có {poor} nghèo trong {households}, bằng {rate}.") end,
}
"#;

/// Returns the text of a commune's form.
fn form(sheet: &str, title: &str, households: u32, poor: u32, rate: u32) -> String {
    format!(
        "@sheet {sheet}\n1 | {title} |\n2 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện |\n\
         3 | 1 | Số hộ | hộ | 10 | {households} |\n4 | 2 | Số hộ nghèo | hộ | 20 | {poor} |\n\
         5 | 3 | Tỷ lệ hộ nghèo | % | 5 | {rate} |\n"
    )
}

struct Outcome {
    exit: u8,
    stderr: String,
    figures: Vec<Value>,
}

/// Runs a project with these files of a department, each the text of a workbook.
fn run(files: &[(&str, String)]) -> Outcome {
    let folder = TempDir::new().unwrap();
    let write = |file: &str, content: &[u8]| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write("tonghop.toml", SETTINGS.as_bytes());
    write("plugins/s.lua", RULE.as_bytes());
    for (file, text) in files {
        let book = sheet_text::build(&sheet_text::parse(text).unwrap()).unwrap();
        write(&format!("workbooks/phong-a/{file}.xlsx"), &book);
    }
    let outcome = run_cli(&[OsStr::new("run"), folder.path().as_os_str(), OsStr::new("--lang=en")]);
    let json = fs::read_to_string(folder.path().join("out/2024-09-thang/figures.json")).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    Outcome { exit: outcome.exit, stderr: outcome.stderr, figures: json["figures"].as_array().unwrap().clone() }
}

impl Outcome {
    fn value(&self, id: &str) -> Option<String> {
        let figure = self.figures.iter().find(|figure| figure["id"] == id)?;
        figure["value"].as_str().map(str::to_owned)
    }

    fn cells(&self, id: &str) -> Vec<String> {
        let figure = self.figures.iter().find(|figure| figure["id"] == id).unwrap();
        figure["cells"].as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned()).collect()
    }
}

fn assert_adds_up(outcome: &Outcome, places: [&str; 2]) {
    assert_eq!(outcome.exit, 0, "{}", outcome.stderr);
    for (id, expected) in [
        ("s.poor_hoa.actual", "30"),
        ("s.poor_son.actual", "20"),
        ("s.poor.actual", "50"),
        ("s.poor.target.kh", "40"),
        ("s.households.actual", "400"),
        // (10 × 300 + 20 × 100) / 400; plans: (5 × 10 + 5 × 10) / 20.
        ("s.rate.actual", "12.5"),
        ("s.rate.target.kh", "5"),
    ] {
        assert_eq!(outcome.value(id).as_deref(), Some(expected), "{id}\n{}", outcome.stderr);
    }
    assert_eq!(outcome.cells("s.poor.actual"), places.map(|place| format!("workbooks/phong-a/{place} E4")));
    assert_eq!(outcome.cells("s.rate.actual").len(), 4);
}

#[test]
fn files_of_communes_make_up_the_whole() {
    let outcome = run(&[
        ("hoa my", form("Biểu 1", "BIỂU BÁO CÁO XÃ HÒA MỸ", 300, 30, 10)),
        ("son thuong", form("Biểu 2", "BIỂU BÁO CÁO XÃ SƠN THƯỢNG", 100, 20, 20)),
    ]);
    assert_adds_up(&outcome, ["hoa my.xlsx [Biểu 1]", "son thuong.xlsx [Biểu 2]"]);
}

#[test]
fn sheets_of_communes_make_up_the_whole() {
    let sheets = form("Xã Hòa Mỹ", "BIỂU BÁO CÁO", 300, 30, 10) + &form("Xã Sơn Thượng", "BIỂU BÁO CÁO", 100, 20, 20);
    assert_adds_up(&run(&[("bieu", sheets)]), ["bieu.xlsx [Xã Hòa Mỹ]", "bieu.xlsx [Xã Sơn Thượng]"]);
}

#[test]
fn a_missing_or_unclear_form_leaves_no_whole() {
    let one = ("a", form("Xã Hòa Mỹ", "BIỂU BÁO CÁO", 300, 30, 10));
    for second in [None, Some(("b", form("Trang 2", "BIỂU BÁO CÁO", 100, 20, 20)))] {
        let unclear = second.is_some();
        let outcome = run(&[one.clone()].into_iter().chain(second).collect::<Vec<_>>());
        assert_eq!((outcome.exit, outcome.stderr.contains("[member-unknown]")), (u8::from(unclear), unclear));
        assert_eq!(outcome.value("s.poor_hoa.actual").as_deref(), Some("30"));
        assert_eq!((outcome.value("s.poor.actual"), outcome.value("s.poor_son.actual")), (None, None));
    }
}

#[test]
fn two_forms_of_a_commune_are_contested_and_nothing_stands_for_them() {
    let outcome = run(&[
        ("a", form("Xã Hòa Mỹ", "BIỂU BÁO CÁO", 300, 30, 10)),
        ("b", form("Xã Hòa Mỹ", "BIỂU BÁO CÁO", 300, 31, 10)),
        ("c", form("Xã Sơn Thượng", "BIỂU BÁO CÁO", 100, 20, 20)),
    ]);
    assert_eq!(outcome.exit, 1);
    assert!(outcome.stderr.contains("[form-contested]"), "{}", outcome.stderr);
    assert_eq!(outcome.value("s.poor.actual"), None);
    assert_eq!(outcome.value("s.poor_son.actual").as_deref(), Some("20"));
}
