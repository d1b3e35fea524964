//! Names for indicators and topics, made from their labels.
//!
//! In comes a label, out goes a short name in small letters that no other has and that rules may use. Never here:
//! what the label means.

use std::collections::BTreeSet;
use tonghop_core::vi::fold::plain_letters;
use tonghop_rules::reserved_names;

/// Words of Lua, which no name may be.
const KEYWORDS: [&str; 22] = [
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
];
/// How much of a label a name takes.
const LONGEST: usize = 40;
/// How much it takes where it must be told from another.
const LONGEST_APART: usize = 60;
/// Where a label is cut that has no better place.
const MOST_WORDS: usize = 6;

/// Words before which a phrase ends, in small letters without marks.
const OPENERS: [&str; 18] = [
    "theo", "cua", "trong", "va", "so", "voi", "do", "tu", "cho", "bang", "tai", "den", "duoc", "dat", "ve", "co",
    "cac", "la",
];

/// The names given so far.
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Begins with the names that rules may not give.
    pub(super) fn new() -> Self {
        Self { taken: reserved_names().into_iter().chain(KEYWORDS).map(str::to_owned).collect() }
    }

    /// Gives a name for a label; one that is taken is told apart by its parent, then by more words, then by a number.
    pub(super) fn give(&mut self, label: &str, parent: Option<&str>) -> String {
        let own = plain(label);
        let below = parent.map(|parent| cut(&format!("{parent}_{own}"), LONGEST));
        let longer = named(cut(&words(label).map(|(word, _)| word).collect::<Vec<_>>().join("_"), LONGEST_APART));
        let numbered = (2..).map(|number: u32| format!("{own}_{number}"));
        let mut wanted = std::iter::once(own.clone()).chain(below).chain([longer]).chain(numbered);
        let name = wanted.find(|name| !self.taken.contains(name)).unwrap_or(own);
        self.taken.insert(name.clone());
        name
    }
}

/// Writes a label as a name: "Đàn gia súc (con)" as `dan_gia_suc_con`; a long one up to where a phrase of it ends.
pub(super) fn plain(label: &str) -> String {
    let mut whole = String::new();
    let mut phrase = None;
    for (at, (word, opens)) in words(label).enumerate() {
        if opens && at > 1 && whole.len() <= LONGEST {
            phrase = Some(whole.clone());
        }
        whole.extend([if at == 0 { "" } else { "_" }, &word]);
    }
    let first: Vec<&str> = whole.split('_').take(MOST_WORDS).collect();
    named(match phrase {
        _ if whole.len() <= LONGEST => whole,
        Some(phrase) => phrase,
        None => cut(&first.join("_"), LONGEST),
    })
}

/// Goes through the words of a label in plain letters, each with whether a phrase begins with it.
fn words(label: &str) -> impl Iterator<Item = (String, bool)> {
    let letters = plain_letters(label);
    let phrases: Vec<String> = letters.split([',', ';', ':', '(', ')', '–']).map(str::to_owned).collect();
    phrases.into_iter().flat_map(|phrase| {
        let words = phrase.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let opens = |(at, word): (usize, &str)| (word.to_owned(), at == 0 || OPENERS.contains(&word));
        words.enumerate().map(opens).collect::<Vec<_>>()
    })
}

/// Makes a name of a variable, which begins with a letter.
fn named(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { cut(&format!("ct_{name}"), LONGEST) }
}

/// Cuts a name behind a word.
fn cut(name: &str, longest: usize) -> String {
    let mut cut = name;
    while cut.len() > longest {
        cut = cut.rsplit_once('_').map_or(&cut[..longest], |(before, _)| before);
    }
    cut.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_plain_and_unique() {
        let mut names = Names::new();
        for (label, parent, expected) in [
            ("Đàn gia súc (con)", None, "dan_gia_suc_con"),
            ("Diện tích", Some("lua"), "dien_tich"),
            ("Diện tích", Some("ngo"), "ngo_dien_tich"),
            ("Diện tích", Some("ngo"), "dien_tich_2"),
            ("13/19 tiêu chí", None, "ct_13_19_tieu_chi"),
            ("Độ", None, "do_2"),
            ("Tỷ lệ hộ nghèo đa chiều theo chuẩn mới của Chính phủ", None, "ty_le_ho_ngheo_da_chieu_theo_chuan_moi"),
            ("Số hộ được hỗ trợ nhà ở theo chương trình xây dựng nông thôn mới", None, "so_ho_duoc_ho_tro_nha_o"),
            (
                "Số hộ được hỗ trợ nhà ở theo chương trình giảm nghèo bền vững",
                None,
                "so_ho_duoc_ho_tro_nha_o_theo_chuong_trinh_giam_ngheo_ben",
            ),
            ("Số lao động được giải quyết việc làm, xuất khẩu lao động", None, "so_lao_dong_duoc_giai_quyet_viec_lam"),
            ("Thu ngân sách thành phố hưởng theo phân cấp của tỉnh", None, "thu_ngan_sach_thanh_pho_huong"),
            ("…", None, "ct"),
        ] {
            assert_eq!(names.give(label, parent), expected, "{label}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_label_gets_a_name(label in ".{0,80}") {
            let name = Names::new().give(&label, None);
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            proptest::prop_assert!(!name.is_empty() && name.len() <= 64 && name.chars().all(fits), "{}", name);
        }
    }
}
