//! The structure of Vietnamese syllables.
//!
//! Input: a word. Output: whether it can be a syllable. Not here: whether the syllable exists.

use super::fold::lowercase;
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "r",
    "s", "t", "th", "tr", "v", "x",
];
const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];
/// The maximum number of vowels in a syllable: "khuỷu", "ngoéo".
const MAX_VOWELS: usize = 3;
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
/// The tone marks of decomposed text.
const TONE_MARKS: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
/// The circumflex, the breve and the horn.
const VOWEL_MARKS: [char; 3] = ['\u{302}', '\u{306}', '\u{31b}'];

/// A word in lower case, decomposed, with its tones apart.
struct Spelling {
    /// The letters with the marks of their vowels.
    toneless: String,
    /// The last tone mark.
    tone: Option<char>,
    tones: usize,
}

impl Spelling {
    fn of(word: &str) -> Self {
        let mut spelling = Self { toneless: String::with_capacity(2 * word.len()), tone: None, tones: 0 };
        for letter in word.chars() {
            decompose_canonical(letter, |part| match TONE_MARKS.contains(&part) {
                true => (spelling.tone, spelling.tones) = (Some(part), spelling.tones + 1),
                false => spelling.toneless.push(lowercase(part)),
            });
        }
        spelling
    }
}

/// Splits a word in lower case before its first vowel.
fn split_onset(letters: &str) -> (&str, &str) {
    letters.split_at(letters.find(VOWELS).unwrap_or(letters.len()))
}

/// Returns whether a word is structured like one syllable: onset, vowels, coda and at most one tone.
pub(crate) fn is_syllable(word: &str) -> bool {
    let Spelling { toneless, tones, .. } = Spelling::of(word);
    let plain = toneless.replace(VOWEL_MARKS, "");
    let (onset, rhyme) = split_onset(&plain);
    let (vowels, coda) = rhyme.split_at(rhyme.find(|c| !VOWELS.contains(&c)).unwrap_or(rhyme.len()));
    tones <= 1 && (1..=MAX_VOWELS).contains(&vowels.len()) && ONSETS.contains(&onset) && CODAS.contains(&coda)
}

/// The rhymes of the language, decomposed and without tones; those of few words too, but none that a spelling excludes.
static RHYMES: LazyLock<HashSet<String>> =
    LazyLock::new(|| RHYME_LIST.iter().map(|rhyme| rhyme.nfd().collect()).collect());
const RHYME_LIST: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch",
    "êm", "ên", "êng", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu",
    "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap",
    "oat", "oay", "oăc", "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc",
    "oong", "op", "ot", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua",
    "uâc", "uân", "uâng", "uât", "uây", "uc", "uê", "uêch", "uên", "uênh", "ui", "um", "un", "ung", "uơ", "uôc", "uôi",
    "uôm", "uôn", "uông", "uôt", "up", "ut", "uy", "uya", "uych", "uyên", "uyêt", "uynh", "uyn", "uyp", "uyt", "uyu",
    "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "ưt", "ưu", "y",
    "ych", "yên", "yêm", "yêng", "yêt", "yêu", "ym", "yn", "ynh", "yt",
];
/// Codas that take only the tones of an acute accent or a dot below.
const STOPS: [&str; 4] = ["ch", "c", "p", "t"];
/// The acute accent and the dot below.
const STOP_TONES: [char; 2] = ['\u{301}', '\u{323}'];

/// Returns whether a word is spelt like a syllable: its onset, its rhyme with the marks of its vowels, and its tone fit.
///
/// Stricter than [`is_syllable`], so that it can tell Vietnamese from other languages and from garbled text.
pub(crate) fn is_well_spelt(word: &str) -> bool {
    let Spelling { toneless, tone, tones } = Spelling::of(word);
    let fits = |onset: &str, rhyme: &str| {
        let is_stopped = STOPS.iter().any(|stop| rhyme.ends_with(stop));
        let repeats_vowel = matches!((onset, rhyme.chars().next()), ("qu", Some('u')) | ("gi", Some('i')));
        let has_tone = !is_stopped || tone.is_some_and(|tone| STOP_TONES.contains(&tone));
        RHYMES.contains(rhyme) && has_tone && !repeats_vowel
    };
    let (onset, rhyme) = split_onset(&toneless);
    let fits_after = |onset: &str| toneless.strip_prefix(onset).is_some_and(|rhyme| fits(onset, rhyme));
    tones <= 1
        && (onset != "q" && ONSETS.contains(&onset) && fits(onset, rhyme) || fits_after("gi") || fits_after("qu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_spelt_syllables_are_told_from_other_words() {
        for word in [
            "tổng",
            "số",
            "chỉ",
            "tiêu",
            "thực",
            "hiện",
            "Đường",
            "nghiệp",
            "quyết",
            "khuỷu",
            "giếng",
            "gì",
            "giường",
            "hàng",
            "hoá",
            "hóa",
            "xuất",
            "khẩu",
            "quý",
            "thuế",
            "được",
            "yêu",
            "ở",
            "ý",
            "thuỷ",
            "ngoài",
            "quốc",
            "uỷ",
        ] {
            assert!(is_well_spelt(word), "{word}");
        }
        for word in [
            "", "đ", "thieáu", "où", "août", "tổc", "họng̣", "ỗa", "quuyết", "maùs", "aể", "mat", "straße", "über",
            "ñoàng", "côté", "wto", "İn",
        ] {
            assert!(!is_well_spelt(word), "{word}");
        }
    }

    #[test]
    fn syllables_have_one_shape() {
        for word in ["tổng", "ý", "Đường", "nghiệp", "quyết", "KHUỶU", "giường", "gì", "ngoéo", "ở", "xuất", "thịt"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in
            ["", "đ", "excelđ", "lửln", "xitroân", "thái-bình", "hàa\u{301}", "wto", "strong", "quuyết", "5ử", "İn"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
