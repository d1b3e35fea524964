//! Tests of forms that are each from one member: a sheet or a file per commune.

use super::*;

const BY_COMMUNE: &str = "
    rev | Tổng thu | triệu đồng
    rev_binh | Xã An Bình | triệu đồng | rev | member
    rev_lap | Xã Tân Lập | triệu đồng | rev | member
    rev_moi | Xã Tân Lập Mới | triệu đồng | rev | member
    exp | Tổng chi | triệu đồng
";

fn config_with(members: &str) -> Config {
    let departments = r#"departments = [{ id = "a", name = "Phòng A" }, { id = "b", name = "UBND xã Tân Lập" }]"#;
    let list = r#"list = [{ id = "binh", name = "An Bình" }, { id = "lap", name = "Tân Lập" }, { id = "moi", name = "Tân Lập Mới" }]"#;
    let tables =
        format!("[members]\npattern = \"Xã {{member}}\"\n{list}\n{members}\n[outline]\nletters = []\nheadings = []");
    Config::parse(&minimal_settings(departments, &tables)).unwrap()
}

/// Recognises forms of `(department, file, sheet, title)`, each with the same indicators and another number.
fn read(members: &str, forms: &[(&str, &str, &str, &str)]) -> (Vec<String>, Vec<String>) {
    let (sectors, config) = ([sector("s", &[], BY_COMMUNE)], config_with(members));
    let mut books: Vec<ReceivedWorkbook> = Vec::new();
    for (n, (department, file, name, title)) in forms.iter().enumerate() {
        let title = if title.is_empty() { String::new() } else { format!("{title}\n") };
        let form = sheet(name, &format!("{title}Chỉ tiêu | Thực hiện\nTổng thu | {}", n + 1));
        let path = format!("workbooks/{department}/{file}");
        match books.iter_mut().find(|book| book.file.as_str() == path) {
            Some(book) => book.workbook.sheets.push(form),
            None => books.push(book(department, &path, vec![form])),
        }
    }
    let (dataset, diagnostics) = recognise(&books, &sectors, &config);
    (format_observations(&dataset), diagnostics.iter().map(|problem| problem.code.as_str().to_owned()).collect())
}

#[test]
fn a_form_gives_the_figures_of_the_member_that_it_names() {
    for (name, form) in [
        ("title", ("a", "x.xlsx", "S", "BIỂU BÁO CÁO XÃ TÂN LẬP")),
        ("a second line", ("a", "x.xlsx", "S", "BIỂU BÁO CÁO\n(kèm theo báo cáo của xã Tân Lập.)")),
        ("sheet", ("a", "x.xlsx", "Xã Tân Lập", "")),
        ("sheet in capitals", ("a", "x.xlsx", "3. XÃ TÂN LẬP", "")),
        ("file", ("a", "Biểu thu - Xã Tân Lập (2).xlsx", "S", "")),
        ("file without diacritics", ("a", "bieu_xa-tan_lap.xlsx", "S", "")),
        ("department", ("b", "x.xlsx", "S", "")),
        ("two places that agree", ("a", "xa tan lap.xlsx", "S", "XÃ TÂN LẬP")),
        ("decomposed letters", ("a", "x.xlsx", "Xa\u{303} Ta\u{302}n La\u{323}\u{302}p", "")),
    ] {
        assert_eq!(read("", &[form]), (vec!["rev_lap.actual=1".to_owned()], vec![]), "{name}");
    }
}

#[test]
fn a_form_that_names_no_member_or_two_is_not_used() {
    for (name, members, form) in [
        ("none", "", ("a", "x.xlsx", "S", "BIỂU BÁO CÁO")),
        ("another place", "", ("a", "x.xlsx", "Xã Tân", "")),
        ("without the word of the pattern", "", ("a", "x.xlsx", "Tân Lập", "")),
        ("part of a word", "", ("a", "x.xlsx", "Xã Tân Lập1", "")),
        ("two in a title", "", ("a", "x.xlsx", "S", "XÃ AN BÌNH VÀ XÃ TÂN LẬP")),
        ("title and sheet", "", ("a", "x.xlsx", "Xã An Bình", "XÃ TÂN LẬP")),
        ("sheet and file", "", ("a", "xã an bình.xlsx", "Xã Tân Lập", "")),
        ("not where it must be", "from = \"sheet\"", ("a", "xã an bình.xlsx", "S", "XÃ TÂN LẬP")),
        (
            "a second title",
            "",
            ("a", "x.xlsx", "S", "XÃ AN BÌNH\nChỉ tiêu | Thực hiện\nTổng thu | 7\nBiểu của xã Tân Lập"),
        ),
    ] {
        let (observations, codes) = read(members, &[form]);
        assert_eq!(observations, Vec::<String>::new(), "{name}");
        assert!(codes.contains(&"member-unknown".to_owned()), "{name}: {codes:?}");
    }
}

#[test]
fn the_settings_choose_where_the_member_is_named() {
    let form = ("a", "xã an bình.xlsx", "Xã Tân Lập", "XÃ TÂN LẬP MỚI");
    for (from, expected) in
        [("\"file\"", "rev_binh.actual=1"), ("\"sheet\"", "rev_lap.actual=1"), ("[\"title\"]", "rev_moi.actual=1")]
    {
        assert_eq!(read(&format!("from = {from}"), &[form]), (vec![expected.to_owned()], vec![]));
    }
}

#[test]
fn a_longer_name_hides_the_one_inside_it() {
    assert_eq!(read("", &[("a", "x.xlsx", "Xã Tân Lập Mới", "")]).0, ["rev_moi.actual=1"]);
}

#[test]
fn sheets_and_files_of_members_are_read_together() {
    let expected = ["rev_binh.actual=1", "rev_lap.actual=2", "rev_moi.actual=3"];
    let places = ["An Bình", "Tân Lập", "Tân Lập Mới"].map(|place| format!("Xã {place}"));
    let sheets: Vec<_> = places.iter().map(|place| ("a", "x.xlsx", place.as_str(), "")).collect();
    assert_eq!(read("", &sheets), (expected.map(str::to_owned).to_vec(), vec![]));
    let names = places.each_ref().map(|place| format!("{place}.xlsx"));
    let files: Vec<_> = names.iter().map(|name| ("a", name.as_str(), "S", "")).collect();
    assert_eq!(read("", &files), (expected.map(str::to_owned).to_vec(), vec![]));
}

#[test]
fn two_forms_of_one_member_that_disagree_give_no_figure() {
    let (observations, codes) = read("", &[("a", "x.xlsx", "Xã An Bình", ""), ("a", "y.xlsx", "Xã An Bình", "")]);
    assert_eq!((observations, codes), (vec![], vec!["cell-contested".to_owned()]));
}

#[test]
fn the_files_of_two_members_with_the_same_cells_are_no_copies() {
    let drawn = "Chỉ tiêu | Thực hiện\nTổng thu | 5\nTổng chi | 6";
    let books = ["xã an bình", "xã tân lập"]
        .map(|name| book("a", &format!("workbooks/a/{name}.xlsx"), vec![sheet("S", drawn)]));
    let (dataset, diagnostics) = recognise(&books, &[sector("s", &[], BY_COMMUNE)], &config_with(""));
    // An indicator without members is the same in both forms.
    assert_eq!(format_observations(&dataset), ["exp.actual=6", "rev_binh.actual=5", "rev_lap.actual=5"]);
    assert_eq!(format_problems(&diagnostics), Vec::<String>::new());
}

#[test]
fn a_table_of_members_needs_no_name_and_keeps_its_total() {
    let drawn = "STT | Chỉ tiêu | Thực hiện\nI | Tổng thu | 9\n1 | Xã An Bình | 4\n2 | Xã Tân Lập | 5";
    let (sectors, config) = ([sector("s", &[], BY_COMMUNE)], config_with(""));
    let (dataset, diagnostics) =
        recognise(&[book("a", "workbooks/a/x.xlsx", vec![sheet("S", drawn)])], &sectors, &config);
    assert_eq!(format_observations(&dataset), ["rev.actual=9", "rev_binh.actual=4", "rev_lap.actual=5"]);
    assert_eq!(format_problems(&diagnostics), Vec::<String>::new());
}

#[test]
fn other_indicators_need_no_member() {
    let drawn = "Chỉ tiêu | Thực hiện\nTổng chi | 9";
    let (sectors, config) = ([sector("s", &[], BY_COMMUNE)], config_with(""));
    let (dataset, diagnostics) =
        recognise(&[book("a", "workbooks/a/x.xlsx", vec![sheet("S", drawn)])], &sectors, &config);
    assert_eq!((format_observations(&dataset), format_problems(&diagnostics)), (vec!["exp.actual=9".into()], vec![]));
}

const BY_WARD: &str = "
    poor | Số hộ nghèo | hộ
    poor_hoa | Phường Hòa Bình | hộ | poor | member
    poor_tan | Phường Tân Tiến | hộ | poor | member
    near | Số hộ cận nghèo | hộ
    near_hoa | Phường Hòa Bình | hộ | near | member
    near_tan | Phường Tân Tiến | hộ | near | member
    school | Số trường | trường
";

/// Recognises one sheet of a project that declares wards with the indicators.
fn read_blocks(drawn: &str) -> (Vec<String>, Vec<String>) {
    let (dataset, diagnostics) = recognise_one(&[sector("s", &[], BY_WARD)], drawn);
    (format_observations(&dataset), diagnostics.iter().map(|problem| problem.code.as_str().to_owned()).collect())
}

#[test]
fn rows_below_the_label_of_a_member_are_its_figures() {
    let all = ["near_hoa.actual=20", "near_tan.actual=25", "poor_hoa.actual=10", "poor_tan.actual=15"];
    let head = "Chỉ tiêu | ĐVT | Thực hiện";
    for (name, drawn) in [
        (
            "one table",
            format!(
                "Kết quả\n{head}\nPhường Hòa Bình\nSố hộ nghèo | hộ | 10\nSố hộ cận nghèo | hộ | 20\nPhường Tân Tiến\nSố hộ nghèo | hộ | 15\nSố hộ cận nghèo | hộ | 25"
            ),
        ),
        (
            "numbered",
            format!(
                "STT | {head}\nI | Phường Hòa Bình\n1 | Số hộ nghèo | hộ | 10\n2 | Số hộ cận nghèo | hộ | 20\nII | PHƯỜNG TÂN TIẾN\n1 | Số hộ nghèo | hộ | 15\n2 | Số hộ cận nghèo | hộ | 25"
            ),
        ),
        (
            "tables",
            format!(
                "Phường Hòa Bình\n{head}\nSố hộ nghèo | hộ | 10\nSố hộ cận nghèo | hộ | 20\n\nPhường Tân Tiến\n{head}\nSố hộ nghèo | hộ | 15\nSố hộ cận nghèo | hộ | 25"
            ),
        ),
    ] {
        assert_eq!(read_blocks(&drawn), (all.map(str::to_owned).to_vec(), vec![]), "{name}");
    }
}

#[test]
fn the_whole_has_a_block_or_a_table_of_its_own() {
    for drawn in [
        "Chỉ tiêu | Thực hiện\nPhường Hòa Bình\nSố hộ nghèo | 10\nToàn thành phố\nSố hộ nghèo | 25",
        "Chỉ tiêu | Thực hiện\nToàn thành phố\nSố hộ nghèo | 25\nPhường Hòa Bình\nSố hộ nghèo | 10",
        "Phường Hòa Bình\nChỉ tiêu | Thực hiện\nSố hộ nghèo | 10\n\nChỉ tiêu | Thực hiện\nSố hộ nghèo | 25",
        "Chỉ tiêu | Thực hiện\nSố hộ nghèo | 25\n\nPhường Hòa Bình\nChỉ tiêu | Thực hiện\nSố hộ nghèo | 10",
    ] {
        assert_eq!(read_blocks(drawn), (vec!["poor.actual=25".into(), "poor_hoa.actual=10".into()], vec![]), "{drawn}");
    }
}

#[test]
fn a_block_of_a_place_or_an_indicator_that_is_not_declared_is_not_used() {
    for (drawn, problem) in [
        ("Chỉ tiêu | Thực hiện\nPhường Hòa Bình\nSố hộ nghèo | 10\nPhường Đông Sơn\nSố hộ nghèo | 30", "row-ambiguous"),
        ("Chỉ tiêu | Thực hiện\nPhường Hòa Bình\nSố hộ nghèo | 10\nSố trường | 3", "row-ambiguous"),
    ] {
        assert_eq!(read_blocks(drawn), (vec!["poor_hoa.actual=10".to_owned()], vec![problem.to_owned()]), "{drawn}");
    }
}

#[test]
fn rows_of_members_that_are_empty_begin_no_block() {
    let drawn = "STT | Chỉ tiêu | Thực hiện\nI | Số hộ nghèo | 25\n1 | Phường Hòa Bình |\n2 | Phường Tân Tiến |\nII | Số hộ cận nghèo | 45";
    assert_eq!(read_blocks(drawn).0, ["near.actual=45", "poor.actual=25"]);
    let drawn = "STT | Chỉ tiêu | Thực hiện\nI | Số hộ nghèo | \n1 | Phường Hòa Bình |\n2 | Phường Tân Tiến |\nII | Số hộ cận nghèo | 45\n1 | Phường Hòa Bình | 20\n2 | Phường Tân Tiến | 25";
    assert_eq!(read_blocks(drawn).0, ["near.actual=45", "near_hoa.actual=20", "near_tan.actual=25"]);
}
