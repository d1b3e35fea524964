//! Normalised forms of text: for comparing and for printing.
//!
//! Input: text as typed. Output: text without typing variants. Not here: what a text means.
//!
//! The soft hyphen (U+00AD) is kept in every form, because it is the letter "ư" in TCVN3 texts.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The two positions of the tone in an open syllable; the second one is kept.
const TONE_POSITIONS: [([char; 2], [char; 2]); 15] = [
    (['ò', 'a'], ['o', 'à']),
    (['ó', 'a'], ['o', 'á']),
    (['ỏ', 'a'], ['o', 'ả']),
    (['õ', 'a'], ['o', 'ã']),
    (['ọ', 'a'], ['o', 'ạ']),
    (['ò', 'e'], ['o', 'è']),
    (['ó', 'e'], ['o', 'é']),
    (['ỏ', 'e'], ['o', 'ẻ']),
    (['õ', 'e'], ['o', 'ẽ']),
    (['ọ', 'e'], ['o', 'ẹ']),
    (['ù', 'y'], ['u', 'ỳ']),
    (['ú', 'y'], ['u', 'ý']),
    (['ủ', 'y'], ['u', 'ỷ']),
    (['ũ', 'y'], ['u', 'ỹ']),
    (['ụ', 'y'], ['u', 'ỵ']),
];

/// The two spellings of the last vowel of "kỳ" and "kì"; the second one is kept.
const FINAL_I_TO_Y: [(char, char); 6] = [('i', 'y'), ('ì', 'ỳ'), ('í', 'ý'), ('ỉ', 'ỷ'), ('ĩ', 'ỹ'), ('ị', 'ỵ')];

/// The onsets before this vowel; they must begin the word.
const ONSETS_BEFORE_FINAL_Y: [&str; 7] = ["h", "k", "l", "m", "qu", "s", "t"];

/// Characters without surrounding blanks in the folded form.
const UNSPACED: [char; 5] = ['-', '/', '(', ')', ','];

/// Folds a text for comparison: lower case, one spelling of tones, of i and y, of blanks, dashes and quotes.
///
/// Texts that differ only in typing fold to the same text: "Thủy  sản – Hòa" and "thuỷ sản-hoà".
pub fn fold(text: &str) -> String {
    let mut letters: Vec<char> = Vec::with_capacity(text.len());
    if text.chars().all(is_composed) {
        // The lower case of composed letters is composed, so no recomposition is needed.
        letters.extend(text.chars().filter(|c| !is_invisible(*c)).map(lowercase).map(normalise_sign));
    } else {
        let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let lower = compose(&compose(&visible).to_lowercase()).into_owned();
        letters.extend(lower.chars().map(normalise_sign));
    }
    move_tones(&mut letters);
    normalise_final_i(&mut letters);
    normalise_spacing(&letters)
}

/// Returns whether a character is composed and stays so in lower case; the lower case of the Turkish İ is two
/// characters.
fn is_composed(c: char) -> bool {
    c != 'İ' && matches!(c, ..'\u{300}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

/// Returns the lower case of a composed letter.
///
/// Fast path: Unicode's table is slow to search; Vietnamese letters differ from their lower case in one bit.
pub(super) fn lowercase(c: char) -> char {
    let bit = match c {
        ..='\u{7f}' => return c.to_ascii_lowercase(),
        'À'..='Þ' if c != '×' => 0x20,
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ạ'..='\u{1eff}' => 1,
        'Ư' | 'ư' => return 'ư',
        'à'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | '\u{2010}'..='\u{2027}' => 0,
        _ => return c.to_lowercase().next().unwrap_or(c),
    };
    char::from_u32(u32::from(c) | bit).unwrap_or(c)
}

/// Returns whether a character is a letter according to Unicode.
///
/// Fast path: Vietnamese letters need no search in Unicode's table.
pub fn is_letter(c: char) -> bool {
    match c {
        ..='\u{7f}' => c.is_ascii_alphabetic(),
        'À'..='\u{24f}' => c != '×' && c != '÷',
        '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphabetic(),
    }
}

/// Returns whether a character is a letter or a digit according to Unicode.
pub fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// Composes letters with their marks (NFC).
///
/// Fast path: nearly every text is already composed.
fn compose(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_composed) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Cleans a text for printing: composed letters, single blanks, no control characters.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let visible: String = compose(text).chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
    Cow::Owned(collapse_blanks(&visible))
}

/// Returns whether a text is already clean, as most are.
fn is_clean(text: &str) -> bool {
    let mut last = ' ';
    for c in text.chars() {
        let is_plain = match c {
            ' ' => last != ' ',
            // Fast path: the letters of the language.
            '!'..='~' | '\u{a1}'..='\u{12f}' | '\u{131}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
            _ => is_composed(c) && !c.is_control() && !c.is_whitespace(),
        };
        if !is_plain {
            return false;
        }
        last = c;
    }
    last != ' '
}

/// Converts a text to lower case without diacritics: "Đàn gia súc" to "dan gia suc".
pub fn without_diacritics(text: &str) -> String {
    let is_mark = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    text.to_lowercase().nfd().filter(|c| !is_mark(c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Returns whether a character is invisible: joiners, direction marks, the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn normalise_sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        _ => c,
    }
}

fn collapse_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn move_tones(letters: &mut [char]) {
    for at in 1..letters.len() {
        let pair = [letters[at - 1], letters[at]];
        // Fast path: most pairs have no tone to move.
        if pair[0].is_ascii() || !matches!(pair[1], 'a' | 'e' | 'y') {
            continue;
        }
        if let Some((_, moved)) = TONE_POSITIONS.iter().find(|(first, _)| *first == pair) {
            letters[at - 1..=at].copy_from_slice(moved);
        }
    }
}

/// Normalises "tỉ" to "tỷ".
fn normalise_final_i(letters: &mut [char]) {
    for at in 1..letters.len() {
        let Some((_, kept)) = FINAL_I_TO_Y.iter().find(|(vowel, _)| *vowel == letters[at]) else { continue };
        let ends_word = letters.get(at + 1).is_none_or(|next| !is_letter(*next));
        if ends_word && ONSETS_BEFORE_FINAL_Y.iter().any(|before| ends_with_word(&letters[..at], before)) {
            letters[at] = *kept;
        }
    }
}

/// Returns whether the text ends with this word.
fn ends_with_word(letters: &[char], word: &str) -> bool {
    let Some(start) = letters.len().checked_sub(word.len()) else { return false };
    let (before, last) = letters.split_at(start);
    last.iter().copied().eq(word.chars()) && before.last().is_none_or(|c| !is_letter(*c))
}

/// Keeps one blank between words, and none around the unspaced characters.
fn normalise_spacing(letters: &[char]) -> String {
    let mut glued = String::with_capacity(letters.len() * 2);
    let (mut last, mut is_apart) = (None, false);
    for letter in letters.iter().copied() {
        if letter.is_whitespace() {
            is_apart = true;
            continue;
        }
        if is_apart && last.is_some_and(|last| !UNSPACED.contains(&last)) && !UNSPACED.contains(&letter) {
            glued.push(' ');
        }
        glued.push(letter);
        (last, is_apart) = (Some(letter), false);
    }
    glued
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_differs_only_in_typing_folds_alike() {
        for (one, other) in [
            ("Thương mại – dịch vụ", "thương mại-dịch vụ"),
            ("hòa", "hoà"),
            ("THỦY SẢN", "thuỷ sản"),
            ("Lũy kế", "luỹ kế"),
            ("Tỉ lệ", "tỷ lệ"),
            ("cùng kì", "cùng kỳ"),
            ("Quí III, Mĩ", "quý iii, mỹ"),
            ("hóa, khỏe", "hoá ,khoẻ"),
            ("to\u{300}a a\u{301}n", "toà án"),
            ("Diện tích ( ha )", "diện tích(ha)"),
            (" Kế\u{a0}hoạch\r\nnăm  2024 ", "kế hoạch năm 2024"),
            ("\u{feff}“Đạt”\u{200b}", "\"đạt\""),
            ("xã , phường / bản", "xã,phường/bản"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("ngư\u{ad}"), fold("ngư"));
        assert_eq!(fold("Thị trấn khi đi"), "thị trấn khi đi");
    }

    #[test]
    fn cleaning_keeps_what_was_written() {
        for (text, cleaned) in [
            ("  Hòa\u{a0}Bình\n– 2024 ", "Hòa Bình – 2024"),
            ("chư\u{301}c\u{7} vụ", "chức vụ"),
            ("a\u{ad}b", "a\u{ad}b"),
            ("\u{1}\t", ""),
        ] {
            assert_eq!(clean(text), cleaned);
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..='\u{2fff}' {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c}");
        }
    }

    #[test]
    fn letters_have_the_small_form_of_unicode() {
        for c in ('\0'..='\u{2fff}').filter(|c| is_composed(*c)) {
            assert!(c.to_lowercase().eq([lowercase(c)]), "{c}");
        }
    }

    #[test]
    fn what_is_taken_for_composed_is_composed() {
        let letters: String = ('\0'..='\u{2fff}').collect();
        for pair in letters.chars().zip(letters.chars().skip(1)).map(|(a, b)| String::from_iter([a, b, a])) {
            assert_eq!(compose(&pair), pair.nfc().collect::<String>());
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*|[ a-yòóùúỷìị\u{300}\u{301}\u{323}–/(),-]*|.*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in ".*") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
        }
    }
}
