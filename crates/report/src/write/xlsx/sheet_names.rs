//! Assigns sheet names that Excel accepts.
//!
//! Input: titles of sectors. Output: names: at most 31 UTF-16 units, no forbidden characters, unique regardless of
//! case. Not here: writing a sheet.

use std::collections::HashSet;
use std::sync::Arc;

pub(crate) const SUMMARY: &str = "Tổng hợp";
pub(crate) const SHORTFALLS: &str = "Tồn tại, hạn chế";
pub(crate) const GAPS: &str = "Chỗ còn thiếu";
pub(crate) const CHARTS: &str = "Biểu đồ";
pub(crate) const PROBLEMS: &str = "Vấn đề số liệu";
pub(crate) const ROW_CHANGES: &str = "Biến động";
pub(crate) use tonghop_core::model::consolidated::{SOURCES_SHEET, UNREAD_ROWS_SHEET};

/// Excel reserves this name.
const RESERVED: &str = "History";
pub(crate) const FIXED_SHEETS: [&str; 8] =
    [SUMMARY, SHORTFALLS, GAPS, CHARTS, PROBLEMS, ROW_CHANGES, UNREAD_ROWS_SHEET, SOURCES_SHEET];
const MAX_NAME_UNITS: usize = 31;

/// Returns one sheet name per title, in order.
pub(crate) fn sheet_names<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<Arc<str>> {
    unique_sheet_names(&FIXED_SHEETS, titles)
}

/// Returns one sheet name per title, in order, that differs from the names in `taken`.
pub(crate) fn unique_sheet_names<'a>(taken: &[&str], titles: impl Iterator<Item = &'a str>) -> Vec<Arc<str>> {
    let mut taken: HashSet<String> = taken.iter().chain(&[RESERVED]).map(|name| name.to_lowercase()).collect();
    titles.map(|title| unique(&allowed(title), &mut taken)).collect()
}

/// Replaces characters that Excel forbids by blanks and separates words by single blanks.
fn allowed(title: &str) -> String {
    let forbidden = |c: char| c.is_control() || "[]:*?/\\".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let blanked = title.replace(forbidden, " ");
    let name = blanked.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['\'', ' ']);
    if name.is_empty() { "Ngành".to_owned() } else { name.to_owned() }
}

fn unique(name: &str, taken: &mut HashSet<String>) -> Arc<str> {
    let mut candidate = shortened(name, "");
    let mut count = 1;
    while !taken.insert(candidate.to_lowercase()) {
        count += 1;
        candidate = shortened(name, &format!(" ({count})"));
    }
    candidate.into()
}

/// Shortens the name to fit with its suffix, at a blank if there is one near the end.
fn shortened(name: &str, suffix: &str) -> String {
    if units(name) + units(suffix) <= MAX_NAME_UNITS {
        return format!("{name}{suffix}");
    }
    let room = MAX_NAME_UNITS - units(suffix) - 1;
    let mut used = 0;
    let cut: String = name
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    let ends_a_word = name[cut.len()..].starts_with(' ');
    let text = cut.rsplit_once(' ').map(|(words, _)| words).filter(|text| !ends_a_word && units(text) > room / 2);
    format!("{}…{suffix}", text.unwrap_or(&cut).trim_end_matches([' ', ',', ';', '\'']))
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(titles: &[&str]) -> Vec<String> {
        sheet_names(titles.iter().copied()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn titles_become_names() {
        for (title, name) in [
            ("Y tế", "Y tế"),
            ("Đất đai: cấp [GCN]/đo đạc", "Đất đai cấp GCN đo đạc"),
            ("Thu, chi ngân sách nhà nước trên địa bàn", "Thu, chi ngân sách nhà nước…"),
            ("'nháy'", "nháy"),
            ("*?", "Ngành"),
            ("Không_có_dấu_cách_nào_trong_tên_này", "Không_có_dấu_cách_nào_trong_tê…"),
        ] {
            assert_eq!(names(&[title]), [name]);
        }
    }

    #[test]
    fn names_are_unique_whatever_the_case() {
        assert_eq!(names(&["Y tế", "Y TẾ", "y tế", "TỔNG HỢP"]), ["Y tế", "Y TẾ (2)", "y tế (3)", "TỔNG HỢP (2)"]);
    }

    proptest! {
        #[test]
        fn excel_accepts_every_name(titles in prop::collection::vec(".{0,60}", 1..6)) {
            let names = sheet_names(titles.iter().map(String::as_str));
            for name in &names {
                prop_assert!(rust_xlsxwriter::utility::check_sheet_name(name).is_ok(), "{name}");
            }
            let folded: HashSet<_> = names.iter().map(|n| n.to_lowercase()).collect();
            prop_assert_eq!(folded.len(), titles.len());
        }
    }
}
