//! `tonghop new`: what it creates passes `check` and `test` immediately, and existing files are not replaced.

use crate::project::{self, Outcome, Project, files_below, repository, run_cli};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn run_tool(words: &[&str]) -> Outcome {
    run_cli(&words.iter().map(OsStr::new).collect::<Vec<_>>())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn assert_passes(project: &str) {
    for command in ["check", "test", "run"] {
        let outcome = run_tool(&[command, project]);
        assert_eq!(outcome.exit, 0, "{command}: {}{}", outcome.stderr, outcome.stdout);
    }
}

fn new_project() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let project = folder.path().join("du-an");
    let made = run_tool(&["new", "project", text(&project)]);
    assert_eq!(made.exit, 0, "{}", made.stderr);
    (folder, project)
}

/// Adds a part of the repository's settings to those of a project, such as the headings of its workbooks.
fn add_settings(project: &Path, title: &str) {
    let ours = fs::read_to_string(repository().join("tonghop.toml")).unwrap();
    let parts = ours.split("\n\n").filter_map(|part| Some(&part[part.find(title)?..]));
    let added: String =
        parts.filter(|part| !part.contains("id = \"annual\"")).map(|part| format!("\n{part}\n")).collect();
    assert!(!added.is_empty(), "{title}");
    let path = project.join("tonghop.toml");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(path, settings + &added).unwrap();
}

/// The text files and workbooks of a project.
fn contents(project: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files_below(project).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn a_new_project_runs_and_is_reproducible() {
    let (_folder, project) = new_project();
    let (_other_folder, other) = new_project();
    let relative = |root: &Path| -> BTreeMap<PathBuf, Vec<u8>> {
        contents(root).into_iter().map(|(path, bytes)| (path.strip_prefix(root).unwrap().to_owned(), bytes)).collect()
    };
    assert_eq!(relative(&project), relative(&other));
    assert_passes(text(&project));
    let checked = run_tool(&["check", text(&project)]);
    assert!(checked.stdout.contains("0 lỗi, 0 cảnh báo, 0 ghi chú"), "{}", checked.stdout);
    let again = run_tool(&["new", "project", text(&project)]);
    assert!(again.exit == 3 && again.stderr.contains("không tệp nào bị ghi đè"), "{}", again.stderr);
}

#[test]
fn editors_know_what_the_rules_of_a_new_project_may_call() {
    let (_folder, project) = new_project();
    let settings: Value = serde_json::from_slice(&fs::read(project.join(".luarc.json")).unwrap()).unwrap();
    let library = project.join(settings["workspace.library"][0].as_str().unwrap());
    assert_eq!(fs::read_to_string(library.join("tonghop.lua")).unwrap(), tonghop_rules::stubs::lua());
    assert!(!library.starts_with(project.join("plugins")), "what is there is a rule");
}

#[test]
fn the_form_of_a_new_project_is_the_one_that_forms_writes() {
    let (_folder, project) = new_project();
    assert_eq!(run_tool(&["forms", text(&project)]).exit, 0);
    let form = |path: &str| fs::read(project.join(path)).unwrap();
    assert!(form("bieu-mau/phong-mau.xlsx") == form("out/forms/phong-mau.xlsx"));
}

#[test]
fn every_kind_of_workbook_makes_a_sector_that_passes() {
    for stem in [
        "Bieu thu chi NS 9T2024",
        "Bieu GDDT 9T-2024",
        "Bieu SX CN-NLN 9T2024",
        "Tong hop CTMTQG 9T2024",
        "Biểu số liệu y tế 9 tháng 2024",
        "Đánh giá chung 9 tháng",
    ] {
        let (_folder, project) = new_project();
        add_settings(&project, "[columns]");
        let mut files = files_below(&repository().join("workbooks")).into_iter();
        let example = files.find(|path| path.file_stem() == Some(OsStr::new(stem))).unwrap();
        let project = text(&project);
        let department = ["--department", "phong-moi", "--department-name", "Phòng \"Mới\""];
        let made = run_tool(&[&["new", "sector", "moi", project, "--from", text(&example)], &department[..]].concat());
        assert_eq!(made.exit, 0, "{stem}: {}", made.stderr);
        assert_passes(project);
    }
}

#[test]
fn the_rows_of_an_example_become_indicators_with_units_and_parts() {
    let (_folder, project) = new_project();
    add_settings(&project, "[columns]");
    let mut files = files_below(&repository().join("workbooks")).into_iter();
    let example = files.find(|path| path.file_stem() == Some(OsStr::new("Bieu thu chi NS 9T2024"))).unwrap();
    let words = ["new", "sector", "ngan-sach", text(&project), "--from", text(&example), "--title", "Ngân sách"];
    let made = run_tool(&[&words[..], &["--department", "phong-mau"]].concat());
    assert_eq!(made.exit, 0, "{}", made.stderr);
    let rule = fs::read_to_string(project.join("plugins/ngan-sach.lua")).unwrap();
    for line in [
        "    tong_thu_ngan_sach_dia_phuong = { \"Tổng thu ngân sách địa phương\", unit = \"triệu đồng\",\n      parts = {\n",
        "        thu_chuyen_nguon = { \"Thu chuyển nguồn\" },\n",
        "{ \"Vốn ủy thác trong {@period.months} tháng năm {@period.year}\", unit = \"triệu đồng\" },\n",
    ] {
        assert!(rule.contains(line), "{line}\n{rule}");
    }
    let settings = fs::read_to_string(project.join("tonghop.toml")).unwrap();
    assert!(
        settings.contains(
            "sectors = [\"ho-tro\"] },\n  { path = \"I.I\", title = \"NGÂN SÁCH\", sectors = [\"ngan-sach\"] },\n"
        ),
        "before the shortfalls: {settings}"
    );
    let test = fs::read_to_string(project.join("plugins/tests/ngan-sach/vi-du.md")).unwrap();
    assert!(test.contains("| 96.011 ") && test.contains("## Kết quả mong đợi: báo cáo"), "{test}");
    assert_passes(text(&project));
}

#[test]
fn plans_of_two_authorities_need_a_declaration() {
    let mut files = files_below(&repository().join("workbooks")).into_iter();
    let example = files.find(|path| path.file_stem() == Some(OsStr::new("Bieu thu chi NS 9T2024"))).unwrap();
    let words = ["--from", text(&example), "--department", "phong-moi", "--department-name", "Phòng Mới"];
    for (is_declared, targets) in [(false, ""), (true, "  targets = { \"province\", \"council\" },\n")] {
        let (_folder, project) = new_project();
        add_settings(&project, "[columns]");
        if is_declared {
            add_settings(&project, "[[targets]]");
        }
        let made = run_tool(&[&["new", "sector", "ngan-sach", text(&project)], &words[..]].concat());
        assert_eq!(made.exit, 0, "{}", made.stderr);
        let rule = fs::read_to_string(project.join("plugins/ngan-sach.lua")).unwrap();
        assert!(rule.contains(targets) && is_declared == rule.contains("targets = "), "{rule}");
        let told = run_tool(&["check", text(&project), "--message-format", "short"]).stderr;
        let contested = "cột \"KH tỉnh giao\" và cột \"NQ HĐND thành phố giao\" cùng một loại số liệu";
        assert_eq!(told.contains(contested), !is_declared, "{told}");
    }
}

#[test]
fn words_in_several_rows_of_one_label_are_one_topic() {
    let (folder, project) = new_project();
    let sheet = "@sheet Lời\n1 | STT | Nội dung | Phần lời |\n2 | 1 | Nông nghiệp | Được mùa. |\n3 | 2 | Nông nghiệp | Không có dịch. |\n";
    let example = folder.path().join("loi.xlsx");
    fs::write(&example, project::sheet_text::build(&project::sheet_text::parse(sheet).unwrap()).unwrap()).unwrap();
    let department = ["--department", "phong-moi", "--department-name", "Phòng Mới"];
    let made =
        run_tool(&[&["new", "sector", "moi", text(&project), "--from", text(&example)], &department[..]].concat());
    assert_eq!(made.exit, 0, "{}", made.stderr);
    let rule = fs::read_to_string(project.join("plugins/moi.lua")).unwrap();
    assert_eq!(rule.matches("\"Nông nghiệp\"").count(), 1, "{rule}");
    assert_passes(text(&project));
}

#[test]
fn a_second_sector_of_a_department_takes_no_row_of_the_first() {
    let (_folder, project) = new_project();
    let folder = text(&project);
    for id in ["khoa-hoc", "van-hoa"] {
        let made = run_tool(&["new", "sector", id, folder]);
        assert_eq!(made.exit, 0, "{}", made.stderr);
        assert!(made.stdout.contains("đơn vị báo cáo: phong-mau;"), "{}", made.stdout);
        let checked = run_tool(&["check", folder, "--message-format", "short"]);
        assert!(checked.exit == 0 && !checked.stderr.contains("row-ambiguous"), "{}", checked.stderr);
        assert_eq!(run_tool(&["test", folder]).exit, 0);
    }
    let settings = fs::read_to_string(project.join("tonghop.toml")).unwrap();
    let paths: Vec<&str> =
        settings.lines().filter_map(|line| line.trim().strip_prefix("{ path = \"")?.split('"').next()).collect();
    assert_eq!(paths, ["I", "I.I", "I.II", "II"]);
}

#[test]
fn a_sector_joins_a_project_that_has_many() {
    let project = Project::new();
    let folder = text(project.folder());
    let before = fs::read_to_string(project.path("tonghop.toml")).unwrap();
    let made =
        run_tool(&["new", "sector", "nuoc-sach", folder, "--department", "phong-kinh-te", "--section", "II.I.1.b"]);
    assert_eq!(made.exit, 0, "{}", made.stderr);
    assert_eq!(fs::read_to_string(project.path("tonghop.toml")).unwrap(), before, "the heading is there already");
    let made = run_tool(&["new", "sector", "khoa-hoc", folder, "--department", "phong-kinh-te", "--title", "Khoa học"]);
    assert_eq!(made.exit, 0, "{}", made.stderr);
    let after = fs::read_to_string(project.path("tonghop.toml")).unwrap();
    let line = "  { path = \"II.V\", title = \"KHOA HỌC\", sectors = [\"khoa-hoc\"] },\n";
    assert_eq!(after.replacen(line, "", 1), before);
    assert_eq!(run_tool(&["test", folder]).exit, 0);
    assert_eq!(run_tool(&["check", folder]).exit, 0);
}

#[test]
fn what_the_department_reports_already_is_left_to_its_sector() {
    let project = Project::new();
    let example = project.workbook("Biểu số liệu du lịch 9 tháng năm 2024");
    let made = run_tool(&["new", "sector", "moi", text(project.folder()), "--from", text(&example)]);
    let output = format!("{}{}", made.stdout, made.stderr);
    assert!(made.exit == 3 || output.contains("đã có ở tourism."), "{output}");
}

#[test]
fn failures_write_nothing() {
    let (_folder, project) = new_project();
    let before = contents(&project);
    let folder = text(&project);
    let no_table = project.join("README.md");
    for (words, expected) in [
        (&["ho-tro"][..], "đã có trong plugins/ho-tro.lua"),
        (&["report"], "đã có plugins/report.lua"),
        (&["Moi"], "chữ thường không dấu"),
        (&["moi", "--department", "phong-khac"], "thêm --department-name"),
        (&["moi", "--section", "IX"], "không có đề mục \"IX\""),
        (&["moi", "--from", "khong-co.xlsx"], "khong-co.xlsx"),
        (&["moi", "--from", text(&no_table)], "README.md"),
    ] {
        let made = run_tool(&[&["new", "sector"], &words[..1], &[folder], &words[1..]].concat());
        assert!(made.exit == 3 && made.stderr.contains(expected), "{words:?}: {}", made.stderr);
        assert!(contents(&project) == before, "{words:?}");
    }
    let settings = fs::read_to_string(project.join("tonghop.toml")).unwrap();
    let (before, outline) = settings.split_once("[outline]\n").unwrap();
    let entries: Vec<&str> = outline.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect();
    let inline = format!("outline = {{ {} }}\n", entries.join(" ").replace("] headings", "], headings"));
    fs::write(project.join("tonghop.toml"), format!("{inline}{before}")).unwrap();
    let made = run_tool(&["new", "sector", "moi", folder]);
    assert!(made.stderr.contains("{ path = \"I.I\", title = \"NGÀNH MOI\", sectors = [\"moi\"] },"), "{}", made.stderr);
    assert!(made.stderr.contains("--section I.I") && !project.join("plugins/moi.lua").exists());
}

/// Writes a workbook of one sheet, drawn as text.
fn workbook(folder: &Path, name: &str, sheet: &str) -> PathBuf {
    let book = project::sheet_text::parse(&format!("@sheet Biểu\n{sheet}")).unwrap();
    let path = folder.join(name);
    fs::write(&path, project::sheet_text::build(&book).unwrap()).unwrap();
    path
}

/// Creates a sector from a sheet; returns the outcome, and the rule if there is one.
fn sector_from(sheet: &str) -> (Outcome, String, TempDir) {
    let (folder, project) = new_project();
    let example = workbook(folder.path(), "mau.xlsx", sheet);
    let words = ["new", "sector", "moi", text(&project), "--from", text(&example)];
    let department = ["--department", "phong-moi", "--department-name", "Phòng Mới"];
    let made = run_tool(&[&words[..], &department[..]].concat());
    if made.exit == 0 {
        assert_passes(text(&project));
        let checked = run_tool(&["check", "--strict", text(&project)]);
        assert_eq!(checked.exit, 0, "{}", checked.stderr);
    }
    let rule = fs::read_to_string(project.join("plugins/moi.lua")).unwrap_or_default();
    (made, rule, folder)
}

#[test]
fn rows_that_are_names_become_an_open_table() {
    let projects = "\
        1 | STT | Tên công trình | Địa bàn | Chủ đầu tư | Kế hoạch năm | Thực hiện |\n\
        2 | 1 | Đường số một | Thôn Đông | Ban quản lý | 900 | 300 |\n\
        3 | 2 | Nhà văn hóa | Thôn Đoài | Phòng Hạ tầng | 400 | 380 |\n\
        4 | 3 | Kè suối | Thôn Đông | Ban quản lý | 700 | 120 |\n\
        5 | 4 | Cầu treo | Thôn Nam | Phòng Hạ tầng | 500 | 450 |\n\
        6 | | Tổng cộng | | | 2500 | 1250 |\n";
    let (made, rule, _folder) = sector_from(projects);
    assert_eq!(made.exit, 0, "{}", made.stderr);
    for line in ["chu_dau_tu = \"Chủ đầu tư\"", "for r in d.bieu:behind(0.8) do", "{bieu.count}"] {
        assert!(rule.contains(line), "{line}\n{rule}");
    }
    assert!(!rule.contains("indicators = {"), "{rule}");
}

#[test]
fn columns_that_are_places_become_members() {
    let wards = "\
        1 | TT | Chỉ tiêu | ĐVT | Xã Đông | Xã Đoài | Xã Nam |\n\
        2 | 1 | Số hộ dùng nước sạch | hộ | 120 | 340 | 95 |\n\
        3 | 2 | Cây xanh trồng mới | cây | 40 | 15 | 22 |\n";
    let (made, rule, _folder) = sector_from(wards);
    assert_eq!(made.exit, 0, "{}", made.stderr);
    assert!(rule.contains("by = { xa_dong = \"Xã Đông\", xa_doai = \"Xã Đoài\", xa_nam = \"Xã Nam\" }"), "{rule}");
}

#[test]
fn a_row_that_numbers_the_columns_is_no_indicator() {
    for numbering in ["A | B | C | 1 | 2 | 3=2/1 |", "(1) | (2) | (3) | (4) | (5) | (6)=(5)/(4) |"] {
        let sheet = format!(
            "1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện | Tỷ lệ % |\n2 | {numbering}\n\
             3 | 1 | Số giếng khoan | cái | 50 | 20 | 40 |\n4 | 2 | Số bể chứa | cái | 30 | 15 | 50 |\n"
        );
        let (made, rule, _folder) = sector_from(&sheet);
        assert_eq!(made.exit, 0, "{}", made.stderr);
        assert_eq!(rule.matches("unit = ").count(), 2, "{rule}");
    }
}

#[test]
fn rates_beside_amounts_are_proposed_with_a_change_that_both_have() {
    for (unit, change) in [("%", "điểm phần trăm"), ("‰", "điểm phần nghìn")] {
        let sheet = format!(
            "1 | STT | Chỉ tiêu | ĐVT | Kế hoạch năm | Cùng kỳ năm trước | Thực hiện |\n\
             2 | 1 | Số giường bệnh | giường | 320 | 300 | 312 |\n\
             3 | 2 | Tỷ lệ tiêm chủng | {unit} | 95 | 91,2 | 90,4 |\n"
        );
        let (made, _, folder) = sector_from(&sheet);
        assert_eq!(made.exit, 0, "{}", made.stderr);
        let project =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir());
        let test = fs::read_to_string(project.unwrap().join("plugins/tests/moi/vi-du.md")).unwrap();
        assert!(test.contains(&format!("giảm 0,8 {change}")), "{test}");
    }
}

#[test]
fn the_test_that_a_sheet_failed_is_named() {
    let (made, rule, _folder) = sector_from("1 | Kính gửi các thôn |\n2 | Đề nghị báo cáo sớm |\n");
    assert_eq!((made.exit, rule.as_str()), (3, ""));
    assert!(made.stderr.contains("trang \"Biểu\"") && made.stderr.contains("chỉ có chữ"), "{}", made.stderr);
}
