//! Names for indicators and topics, made from their labels.
//!
//! In comes a label, out goes a short name in small letters that no other has and that rules may use. Never here:
//! what the label means.

use crate::rules::reserved_names;
use crate::vi::fold::plain_letters;
use std::collections::BTreeSet;

/// Words of Lua, which no name may be.
const KEYWORDS: [&str; 22] = [
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
];
/// How much of a label a name takes.
const MOST_WORDS: usize = 6;
const LONGEST: usize = 40;

/// The names given so far.
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Begins with the names that rules may not give.
    pub fn new() -> Self {
        Self { taken: reserved_names().into_iter().chain(KEYWORDS).map(str::to_owned).collect() }
    }

    /// Gives a name for a label; one that is taken is told apart by its parent, then by a number.
    pub fn give(&mut self, label: &str, parent: Option<&str>) -> String {
        let own = plain(label);
        let below = parent.map(|parent| cut(&format!("{parent}_{own}")));
        let numbered = (2..).map(|number: u32| format!("{own}_{number}"));
        let mut wanted = std::iter::once(own.clone()).chain(below).chain(numbered);
        let name = wanted.find(|name| !self.taken.contains(name)).unwrap_or(own);
        self.taken.insert(name.clone());
        name
    }
}

/// Writes a label as a name: "Đàn gia súc (con)" as `dan_gia_suc_con`.
pub fn plain(label: &str) -> String {
    let letters = plain_letters(label);
    let words = letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = cut(&words.take(MOST_WORDS).collect::<Vec<_>>().join("_"));
    // A name of a variable begins with a letter.
    if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { cut(&format!("ct_{name}")) }
}

fn cut(name: &str) -> String {
    let mut cut = name;
    while cut.len() > LONGEST {
        cut = cut.rsplit_once('_').map_or(&cut[..LONGEST], |(before, _)| before);
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
            ("Tỷ lệ hộ nghèo đa chiều theo chuẩn mới của Chính phủ", None, "ty_le_ho_ngheo_da_chieu"),
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
