//! Generates names for indicators and topics from their labels.
//!
//! Input: a label. Output: a short, unique, lowercase name that rules may use.

use std::collections::BTreeSet;
use tonghop_core::vi::fold::without_diacritics;
use tonghop_rules::{reserved_fields, reserved_names};

/// The keywords of Luau, which cannot be names.
const KEYWORDS: [&str; 22] = [
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
];
/// The maximum length of a name.
const MAX_LENGTH: usize = 40;
/// The maximum length of a name that must differ from another one.
const MAX_UNIQUE_LENGTH: usize = 60;
/// The number of words after which a label without phrases is cut.
const MAX_WORDS: usize = 6;

/// Words that begin a new phrase, in lowercase letters without diacritics.
const PHRASE_OPENERS: [&str; 18] = [
    "theo", "cua", "trong", "va", "so", "voi", "do", "tu", "cho", "bang", "tai", "den", "duoc", "dat", "ve", "co",
    "cac", "la",
];

/// The names used so far.
pub(super) struct NameAllocator {
    taken: BTreeSet<String>,
}

impl NameAllocator {
    /// Creates an allocator in which reserved names and keywords are taken.
    pub(super) fn new() -> Self {
        let reserved = reserved_names().into_iter().chain(reserved_fields());
        Self { taken: reserved.chain(KEYWORDS).map(str::to_owned).collect() }
    }

    /// Returns an unused name for a label; if taken, it is made unique by its parent, by more words or by a number.
    pub(super) fn allocate(&mut self, label: &str, parent: Option<&str>) -> String {
        let own = name_from_label(label);
        let below = parent.map(|parent| truncate_at_word(&format!("{parent}_{own}"), MAX_LENGTH));
        let longer = valid_identifier(truncate_at_word(
            &label_words(label).map(|(word, _)| word).collect::<Vec<_>>().join("_"),
            MAX_UNIQUE_LENGTH,
        ));
        let numbered = (2..).map(|number: u32| format!("{own}_{number}"));
        let mut wanted = std::iter::once(own.clone()).chain(below).chain([longer]).chain(numbered);
        let name = wanted.find(|name| !self.taken.contains(name)).unwrap_or(own);
        self.taken.insert(name.clone());
        name
    }
}

/// Converts a label to a name: "Đàn gia súc (con)" to `dan_gia_suc_con`; long labels are cut at the end of a phrase.
pub(super) fn name_from_label(label: &str) -> String {
    let mut whole = String::new();
    let mut phrase = None;
    for (at, (word, opens)) in label_words(label).enumerate() {
        if opens && at > 1 && whole.len() <= MAX_LENGTH {
            phrase = Some(whole.clone());
        }
        whole.extend([if at == 0 { "" } else { "_" }, &word]);
    }
    let first: Vec<&str> = whole.split('_').take(MAX_WORDS).collect();
    valid_identifier(match phrase {
        _ if whole.len() <= MAX_LENGTH => whole,
        Some(phrase) => phrase,
        None => truncate_at_word(&first.join("_"), MAX_LENGTH),
    })
}

/// Returns the words of a label without diacritics, each with whether it begins a phrase.
fn label_words(label: &str) -> impl Iterator<Item = (String, bool)> {
    let letters = without_diacritics(label);
    let phrases: Vec<String> = letters.split([',', ';', ':', '(', ')', '–']).map(str::to_owned).collect();
    phrases.into_iter().flat_map(|phrase| {
        let words = phrase.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let opens = |(at, word): (usize, &str)| (word.to_owned(), at == 0 || PHRASE_OPENERS.contains(&word));
        words.enumerate().map(opens).collect::<Vec<_>>()
    })
}

/// Makes a name a valid identifier, which begins with a letter.
fn valid_identifier(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name
    } else {
        truncate_at_word(&format!("ct_{name}"), MAX_LENGTH)
    }
}

/// Truncates a name after a word.
fn truncate_at_word(name: &str, longest: usize) -> String {
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
        let mut names = NameAllocator::new();
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
            assert_eq!(names.allocate(label, parent), expected, "{label}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_label_gets_a_name(label in ".{0,80}") {
            let name = NameAllocator::new().allocate(&label, None);
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            proptest::prop_assert!(!name.is_empty() && name.len() <= 64 && name.chars().all(fits), "{}", name);
        }
    }
}
