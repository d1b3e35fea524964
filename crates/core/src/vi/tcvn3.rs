//! TCVN3, the encoding of the old .VnTime fonts: its texts look like "Tæng sè" when read as Unicode.
//!
//! Input: a text. Output: the text in Unicode. Not here: whether a text is encoded in TCVN3 (`vi::old_encoding`), fonts.
//!
//! In TCVN3, a capital with a tone is encoded as a small letter and drawn by a font of capitals, so it is decoded as a
//! small letter.

use std::sync::LazyLock;

/// The letters at the codes from A0 to FF (TCVN 5712:1993, VN3), sixteen per row; a dot is not a letter.
const CODE_PAGE: [&str; 6] = [
    ".ĂÂÊÔƠƯĐăâêôơưđ.",
    ".....àảãáạ.ằẳẵắ.",
    "......ặầẩẫấậè.ẻẽ",
    "éẹềểễếệìỉ...ĩíịò",
    ".ỏõóọồổỗốộờởỡớợù",
    ".ủũúụừửữứựỳỷỹýỵ.",
];
/// The same letters, by code.
static LETTERS: LazyLock<Vec<char>> = LazyLock::new(|| CODE_PAGE.concat().chars().collect());
/// The first code of the table.
const FIRST_CODE: u32 = 0xA0;
/// The placeholder for codes without a letter.
const GAP: char = '.';

/// Decodes a TCVN3 text; a Unicode text is returned unchanged.
pub fn decode(text: &str) -> String {
    if is_unicode(text) { text.to_owned() } else { text.chars().map(|c| decode_letter(c).unwrap_or(c)).collect() }
}

/// Returns the letter of a TCVN3 code.
fn decode_letter(code: char) -> Option<char> {
    let offset = u32::from(code).checked_sub(FIRST_CODE)? as usize;
    LETTERS.get(offset).copied().filter(|letter| *letter != GAP)
}

/// Returns whether a character may be part of a word in TCVN3.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || decode_letter(c).is_some()
}

/// Returns whether a character is a non-ASCII Vietnamese letter of Unicode.
fn is_vietnamese(c: char) -> bool {
    matches!(c,
        'À'..='Ã' | 'È'..='Ê' | 'Ì' | 'Í' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
        | 'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ò'..='õ' | 'ù' | 'ú' | 'ý'
        | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ')
}

/// Returns whether a text has a letter, or the mark of a decomposed letter, that TCVN3 does not have.
pub(super) fn is_unicode(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{323}');
    text.chars().any(|c| is_mark(c) || is_vietnamese(c) && decode_letter(c).is_none())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The non-ASCII Vietnamese letters, each small and then capital.
    const LETTERS_OF_UNICODE: &str = "ăĂâÂđĐêÊôÔơƠưƯàÀảẢãÃáÁạẠằẰẳẲẵẴắẮặẶầẦẩẨẫẪấẤậẬèÈẻẺẽẼéÉẹẸềỀểỂễỄếẾệỆ\
        ìÌỉỈĩĨíÍịỊòÒỏỎõÕóÓọỌồỒổỔỗỖốỐộỘờỜởỞỡỠớỚợỢùÙủỦũŨúÚụỤừỪửỬữỮứỨựỰỳỲỷỶỹỸýÝỵỴ";

    /// Encodes a text in TCVN3; a capital with a tone becomes a small letter.
    pub(in crate::vi) fn encode(text: &str) -> String {
        let code = |wanted: char| ('\u{a0}'..='\u{ff}').find(|code| decode_letter(*code) == Some(wanted));
        let small = |c: char| c.to_lowercase().next().and_then(code);
        text.chars().map(|c| code(c).or_else(|| small(c)).unwrap_or(c)).collect()
    }

    #[test]
    fn every_letter_comes_back() {
        assert_eq!(LETTERS_OF_UNICODE.chars().count(), 134);
        for written in LETTERS_OF_UNICODE.chars() {
            let code = encode(&written.to_string());
            assert!(code.chars().all(|c| ('\u{a1}'..='\u{fe}').contains(&c)), "{written}");
            let expected =
                if "ĂÂĐÊÔƠƯ".contains(written) { written } else { written.to_lowercase().next().unwrap() };
            assert_eq!(decode(&code), expected.to_string());
        }
        assert_eq!(('\u{a0}'..='\u{ff}').filter_map(decode_letter).count(), 74);
    }

    #[test]
    fn phrases_are_read() {
        for (typed, decoded) in [
            ("Tæng sè", "Tổng số"),
            ("ChØ tiªu", "Chỉ tiêu"),
            ("§¬n vÞ tÝnh", "Đơn vị tính"),
            ("Thùc hiÖn kÕ ho¹ch n¨m 2008", "Thực hiện kế hoạch năm 2008"),
            ("L\u{ad}¬ng thùc b×nh qu©n ®Çu ng\u{ad}êi", "Lương thực bình quân đầu người"),
            ("Khu vùc cã vèn ®Çu t\u{ad} n\u{ad}íc ngoµi", "Khu vực có vốn đầu tư nước ngoài"),
            ("¦íc tÝnh", "Ước tính"),
            ("TæNG Sè", "TổNG Số"),
            ("DiÖn tÝch (m²), 30 °C\u{a0}±1", "Diện tích (m²), 30 °C\u{a0}±1"),
            ("2008", "2008"),
            ("Ước tính", "Ước tính"),
            ("Hà Nam", "Hà Nam"),
            ("ho\u{300}a thu\u{301}c", "ho\u{300}a thu\u{301}c"),
        ] {
            assert_eq!(decode(typed), decoded);
        }
    }

    #[test]
    fn the_letters_of_the_language_are_known() {
        let known: Vec<char> = ('\u{80}'..='\u{2000}').filter(|c| is_vietnamese(*c)).collect();
        let mut letters: Vec<char> = LETTERS_OF_UNICODE.chars().collect();
        letters.sort_unstable();
        assert_eq!(known, letters);
    }

    proptest! {
        #[test]
        fn what_was_typed_is_what_is_read(text in "[ a-zA-Z0-9.,ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯ]*") {
            prop_assert_eq!(decode(&encode(&text)), text);
        }

        #[test]
        fn capitals_come_back_small(text in "[ a-zA-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]*") {
            prop_assert_eq!(decode(&encode(&text)).to_lowercase(), text.to_lowercase());
        }

        #[test]
        fn any_text_is_taken(text in ".*|[\u{80}-\u{1ff}a-z ]*") {
            decode(&text);
        }
    }
}
