//! VNI-Windows, the encoding of the old VNI fonts: its texts look like "Toång soá" when read as Unicode.
//!
//! Input: a text. Output: the text in Unicode. Not here: whether a text is encoded in VNI (`vi::old_encoding`), fonts.
//!
//! A vowel is followed by a character for its tone, or for its circumflex or breve with the tone. The table is that of
//! VNI Software, as xvnkb (`vni.h`) and UniKey have it.

use unicode_normalization::UnicodeNormalization;

/// Letters that stand for another one, in lower case.
const LETTERS: [(char, char); 9] =
    [('ô', 'ơ'), ('ö', 'ư'), ('ñ', 'đ'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];

/// The tones, after any vowel, with the combining mark of Unicode.
const TONES: [(char, &str); 5] =
    [('ù', "\u{301}"), ('ø', "\u{300}"), ('û', "\u{309}"), ('õ', "\u{303}"), ('ï', "\u{323}")];
/// The circumflex with its tones, after a, e and o.
const CIRCUMFLEXES: [(char, &str); 6] = [
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
];
/// The breve with its tones, after a.
const BREVES: [(char, &str); 6] = [
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];

/// Decodes a text; characters that VNI does not use stay as they are.
pub fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let base = letter(c);
        decoded.push(base);
        if let Some(marks) = letters.peek().and_then(|mark| marks_after(c, *mark)) {
            decoded.push_str(marks);
            letters.next();
        }
    }
    decoded.nfc().collect()
}

/// Returns the letter that a character stands for, without the mark that follows.
fn letter(c: char) -> char {
    let small = lower(c);
    let Some((_, letter)) = LETTERS.iter().find(|(code, _)| *code == small) else { return c };
    if small == c { *letter } else { letter.to_uppercase().next().unwrap_or(*letter) }
}

/// Returns the combining marks that a character means after a vowel; `None` if it is none there.
fn marks_after(vowel: char, mark: char) -> Option<&'static str> {
    let (vowel, mark) = (lower(vowel), lower(mark));
    let listed = |marks: &[(char, &'static str)]| marks.iter().find(|(code, _)| *code == mark).map(|(_, sign)| *sign);
    let tone = || listed(&TONES);
    match vowel {
        'a' => tone().or_else(|| listed(&CIRCUMFLEXES)).or_else(|| listed(&BREVES)),
        'e' | 'o' => tone().or_else(|| listed(&CIRCUMFLEXES)),
        'u' | 'y' | 'ô' | 'ö' => tone(),
        _ => None,
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Returns whether a text has a letter, or the mark of a decomposed letter, that VNI does not have.
pub(super) fn is_unicode(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'Ạ'..='ỹ' | '\u{300}'..='\u{323}' | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư'))
}

/// Returns whether a character may be part of a word in VNI.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='ÿ' if c != '×' && c != '÷')
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Encodes a text in VNI.
    pub(in crate::vi) fn encode(text: &str) -> String {
        let listed = TONES.iter().chain(&CIRCUMFLEXES).chain(&BREVES);
        let signs: Vec<(char, &str)> = listed.copied().collect();
        let encode_letter = |c: char| {
            let is_capital = c.is_uppercase();
            let small = lower(c);
            if let Some((code, _)) = LETTERS.iter().find(|(_, letter)| *letter == small) {
                return cased(&code.to_string(), is_capital);
            }
            let parts: Vec<char> = small.nfd().collect();
            let horn = parts.get(1) == Some(&'\u{31b}');
            let (base, marks) = match (parts[0], horn) {
                ('o', true) => ('ô', &parts[2..]),
                ('u', true) => ('ö', &parts[2..]),
                (base, _) => (base, &parts[1..]),
            };
            // The dot below comes before the circumflex in decomposed text.
            let written = |marks: &[char]| format!("a{}", marks.iter().collect::<String>()).nfc().collect::<String>();
            let code = signs.iter().find(|(_, sign)| written(&sign.chars().collect::<Vec<_>>()) == written(marks));
            match (marks, code) {
                ([], _) => cased(&base.to_string(), is_capital),
                (_, Some((code, _))) => cased(&format!("{base}{code}"), is_capital),
                _ => c.to_string(),
            }
        };
        text.nfc().map(encode_letter).collect()
    }

    fn cased(text: &str, is_capital: bool) -> String {
        if is_capital { text.to_uppercase() } else { text.to_owned() }
    }

    #[test]
    fn phrases_are_read() {
        for (typed, decoded) in [
            ("Toång soá", "Tổng số"),
            ("Chæ tieâu", "Chỉ tiêu"),
            ("ÑVT", "ĐVT"),
            ("Thöïc hieän keá hoaïch naêm 2008", "Thực hiện kế hoạch năm 2008"),
            ("trieäu ñoàng", "triệu đồng"),
            ("Ñôn vò tính", "Đơn vị tính"),
            ("ÑÔN VÒ TÍNH", "ĐƠN VỊ TÍNH"),
            ("BAÙO CAÙO TÌNH HÌNH", "BÁO CÁO TÌNH HÌNH"),
            ("Löông thöïc bình quaân ñaàu ngöôøi", "Lương thực bình quân đầu người"),
            ("Xuaát khaåu haøng hoùa", "Xuất khẩu hàng hóa"),
            ("Dieän tích rừng", "Diện tích rừng"),
            ("2008 m2", "2008 m2"),
        ] {
            assert_eq!(decode(typed), decoded);
            if !typed.contains('ừ') {
                assert_eq!(encode(decoded), typed);
            }
        }
    }

    #[test]
    fn letters_of_unicode_are_told_from_codes() {
        for (text, expected) in
            [("Toång soá", false), ("ñoàng", false), ("Đồng", true), ("o\u{301}", true), ("Hà", false)]
        {
            assert_eq!(is_unicode(text), expected, "{text}");
        }
    }

    #[test]
    fn every_letter_comes_back() {
        for letter in "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ".chars()
        {
            for written in [letter.to_string(), letter.to_uppercase().to_string()] {
                assert_eq!(decode(&encode(&written)), written);
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".*|[\u{80}-\u{1ff}a-z ]*") {
            decode(&text);
        }

        #[test]
        fn ascii_stays(text in "[ -~]*") {
            prop_assert_eq!(decode(&text), text);
        }
    }
}
