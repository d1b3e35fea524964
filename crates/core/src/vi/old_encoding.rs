//! Recognises texts that were typed in an old encoding, TCVN3 or VNI-Windows, by the words that only it explains.
//!
//! Input: the texts of a sheet. Output: each text in Unicode with its encoding, if it is certain. Not here: fonts, sheets.
//!
//! A word is evidence of an encoding if it is not well spelt as it stands and is well spelt once decoded. A word that is
//! neither speaks against it: another language, a product, a code. So French, German and English texts, which have no
//! second such word, stay as they are; what is not certain is left alone.

use super::syllable::{is_syllable, is_well_spelt};
use super::{tcvn3, vni};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

/// The minimum number of texts with evidence in a sheet that is typed in one encoding: a heading of labels, one of
/// values and a label.
const MIN_TEXTS: usize = 3;
/// The minimum number of different words that make a single text certain.
const MIN_WORDS: usize = 2;
/// The least number of such words in a text in which a few words are not explained: names, English words, slips.
const MANY_WORDS: usize = 5;
/// How many such words there must be for each that is not explained. In other languages most words are not.
const WORDS_PER_FOREIGN_WORD: usize = 4;
/// How many such words there must be, within Unicode, for each that could be both: "toát" is "tốt" or in "toát mồ hôi".
const WORDS_PER_AMBIGUOUS_WORD: usize = 3;
/// Longer texts are judged by their start.
const MAX_WORDS: usize = 200;

/// An encoding from before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OldEncoding {
    /// TCVN 5712:1993, of the fonts .VnTime.
    Tcvn3,
    /// VNI-Windows, of the fonts VNI-Times.
    Vni,
}

/// The encodings, the one first that is tested faster.
const ENCODINGS: [OldEncoding; 2] = [OldEncoding::Vni, OldEncoding::Tcvn3];

impl OldEncoding {
    /// Returns its name and the name of its usual font.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Tcvn3 => ("TCVN3", ".VnTime"),
            Self::Vni => ("VNI-Windows", "VNI-Times"),
        }
    }

    fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3::decode(text),
            Self::Vni => vni::decode(text),
        }
    }

    /// Returns whether a text has a letter that the encoding does not have.
    fn is_unicode(self, text: &str) -> bool {
        match self {
            Self::Tcvn3 => tcvn3::is_unicode(text),
            Self::Vni => vni::is_unicode(text),
        }
    }

    fn is_letter(self, c: char) -> bool {
        match self {
            Self::Tcvn3 => tcvn3::is_letter(c),
            Self::Vni => vni::is_letter(c),
        }
    }
}

/// What a word says of an encoding.
#[derive(Clone, Copy)]
enum WordEvidence {
    None,
    /// Only the encoding explains the word.
    For,
    /// It is well spelt as it stands and, differently, once decoded.
    Ambiguous,
    /// It has a letter beyond ASCII and is not explained.
    ForeignLetters,
    /// It has plain letters and is no syllable.
    ForeignWord,
}

impl WordEvidence {
    fn of(word: &str, encoding: OldEncoding) -> Self {
        if word.is_ascii() {
            let is_name = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
            let is_foreign = word.len() > 2 && !is_name && !is_syllable(word);
            return if is_foreign { Self::ForeignWord } else { Self::None };
        }
        let decoded = encoding.decode(word);
        match (is_well_spelt(word), is_well_spelt(&decoded)) {
            (false, true) => Self::For,
            (true, true) if decoded != word => Self::Ambiguous,
            (true, _) => Self::None,
            // An abbreviation ("ĐVT") has no vowel.
            (false, false) if decoded == word || has_vowel(&decoded) => Self::ForeignLetters,
            (false, false) => Self::None,
        }
    }
}

/// What the words of a text say of an encoding.
#[derive(Default)]
struct Evidence<'t> {
    /// The words that only the encoding explains.
    words: BTreeSet<&'t str>,
    /// The number of words with a letter beyond ASCII that are not explained.
    foreign_letters: usize,
    /// The number of words of plain letters that are no syllables.
    foreign_words: usize,
    /// The number of words that could be both: well spelt as they are and, differently, once decoded.
    ambiguous_words: usize,
}

impl<'t> Evidence<'t> {
    fn of(text: &'t str, encoding: OldEncoding) -> Self {
        let mut evidence = Self::default();
        let words = text.split(|c| !encoding.is_letter(c)).filter(|word| word.chars().nth(1).is_some());
        for word in words.take(MAX_WORDS) {
            match WordEvidence::of(word, encoding) {
                WordEvidence::None => {}
                WordEvidence::For => _ = evidence.words.insert(word),
                WordEvidence::Ambiguous => evidence.ambiguous_words += 1,
                WordEvidence::ForeignLetters => evidence.foreign_letters += 1,
                WordEvidence::ForeignWord => evidence.foreign_words += 1,
            }
        }
        evidence
    }

    fn is_certain(&self) -> bool {
        let is_pure = self.foreign_letters + self.foreign_words == 0;
        self.words.len() >= MIN_WORDS && (is_pure || self.outweighs(self.foreign_letters + self.foreign_words))
    }

    fn is_possible(&self) -> bool {
        !self.words.is_empty() && (self.foreign_letters == 0 || self.outweighs(self.foreign_letters))
    }

    /// Returns whether the words that could be both are few beside those that only the encoding explains.
    fn is_clear(&self) -> bool {
        self.words.len() >= WORDS_PER_AMBIGUOUS_WORD * self.ambiguous_words
    }

    /// Returns whether so many words are explained that a few others do not speak against it.
    fn outweighs(&self, others: usize) -> bool {
        self.words.len() >= MANY_WORDS && self.words.len() >= WORDS_PER_FOREIGN_WORD * others
    }
}

fn has_vowel(word: &str) -> bool {
    super::fold::without_diacritics(word).contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// What a byte of a text in UTF-8 says of its word, as flags.
///
/// The codes of old encodings have two bytes from C2 or C3, signs between words three from E2. The other letters of the
/// language, of which nearly every word has one, begin with bytes in between.
const BYTE_FLAGS: [u8; 256] = {
    let mut flags = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        flags[byte] = match byte as u8 {
            b'A'..=b'Z' | b'a'..=b'z' | 0x80..=0xC1 => 0,
            0xC2..=0xC3 | 0xE2.. => CODE,
            0xC4..=0xE1 => UNICODE_ONLY,
            _ => SEPARATOR,
        };
        byte += 1;
    }
    flags
};
const CODE: u8 = 1;
const UNICODE_ONLY: u8 = 2;
const SEPARATOR: u8 = 4;

/// Collects the words of a text that can be in an old encoding: with a letter beyond ASCII, and none of Unicode only.
fn collect_possible_words<'t>(text: &'t str, words: &mut HashSet<&'t str>) {
    let (mut start, mut flags) = (0, 0);
    for (at, byte) in text.bytes().enumerate() {
        flags |= BYTE_FLAGS[usize::from(byte)];
        if flags >= SEPARATOR {
            words.extend((flags == SEPARATOR | CODE).then(|| &text[start..at]));
            (start, flags) = (at + 1, 0);
        }
    }
    words.extend((flags == CODE).then(|| &text[start..]));
}

/// Returns whether a word in these texts is explained by an old encoding only.
fn has_old_words(texts: &[&str]) -> bool {
    let mut words: HashSet<&str> = HashSet::new();
    for text in texts.iter().filter(|text| !text.is_ascii()) {
        collect_possible_words(text, &mut words);
    }
    let is_explained = |word: &&str| {
        let explains = |encoding: OldEncoding| {
            let mut parts = word.split(|c| !encoding.is_letter(c));
            parts.any(|part| matches!(WordEvidence::of(part, encoding), WordEvidence::For))
        };
        !is_well_spelt(word) && ENCODINGS.into_iter().any(explains)
    };
    words.iter().any(is_explained)
}

/// The encodings of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetEncoding {
    /// The encoding of all texts that are not in Unicode.
    whole: Option<OldEncoding>,
    /// The encoding that single texts of the sheet certainly have.
    single: Option<OldEncoding>,
}

impl SheetEncoding {
    /// Judges the texts of a sheet; `None` if all are in Unicode as far as the words show.
    ///
    /// A sheet with too few words of an encoding has none, but its texts can be suspected.
    pub fn detect(texts: &[&str]) -> Option<Self> {
        // Fast path: nearly all sheets are in Unicode.
        if !has_old_words(texts) {
            return None;
        }
        let mut votes = ENCODINGS.map(|encoding| (encoding, Votes::default()));
        for text in texts.iter().filter(|text| !text.is_ascii()) {
            for (encoding, votes) in &mut votes {
                if encoding.is_unicode(text) {
                    votes.unicode += 1;
                    votes.certain += usize::from(decode_parts(text, *encoding).is_some());
                } else {
                    votes.add(&Evidence::of(text, *encoding));
                }
            }
        }
        let whole = |votes: &Votes<'_>| {
            votes.possible > votes.unicode && votes.possible >= MIN_TEXTS && votes.words.len() >= MIN_TEXTS
        };
        let only = |holds: &dyn Fn(&Votes<'_>) -> bool| {
            let mut of_them = votes.iter().filter(|(_, votes)| holds(votes)).map(|(encoding, _)| *encoding);
            of_them.next().filter(|_| of_them.next().is_none())
        };
        let best = votes.iter().map(|(_, votes)| votes.possible).max().unwrap_or_default();
        let found = Self {
            whole: only(&|votes| whole(votes) && votes.possible == best),
            single: only(&|votes| votes.certain > 0),
        };
        Some(found)
    }

    /// Returns a text in Unicode with its encoding; `None` if it stays as it is.
    pub fn decode(self, text: &str) -> Option<(String, OldEncoding)> {
        if text.is_ascii() {
            return None;
        }
        let (decoded, encoding) = match (self.whole, self.single) {
            (Some(encoding), _) if !encoding.is_unicode(text) => (encoding.decode(text), encoding),
            (_, Some(encoding)) if encoding.is_unicode(text) => (decode_parts(text, encoding)?, encoding),
            (None, Some(encoding)) => {
                let evidence = Evidence::of(text, encoding);
                let is_old = evidence.is_possible() && (evidence.is_certain() || evidence.foreign_words == 0);
                (is_old.then(|| encoding.decode(text))?, encoding)
            }
            _ => return None,
        };
        (decoded != text).then_some((decoded, encoding))
    }
}

/// A word of a text that may be in an old encoding, which is not certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// The encoding that explains the word.
    pub encoding: OldEncoding,
    /// The word as typed.
    pub word: String,
    /// Whether the rest of the text may be in the encoding too.
    pub is_whole: bool,
}

impl Suspicion {
    /// Returns the first word of a text that only one encoding explains.
    pub fn find(text: &str) -> Option<Self> {
        let mut found = ENCODINGS.into_iter().filter_map(|encoding| {
            let parts = unicode_parts(text, encoding);
            let is_whole = !encoding.is_unicode(text);
            let word = parts.into_iter().filter(|part| !encoding.is_unicode(part)).find_map(|part| {
                let evidence = Evidence::of(part, encoding);
                let is_language = evidence.words.len() > evidence.foreign_letters + evidence.foreign_words;
                evidence.words.first().filter(|_| is_language).map(|word| (*word).to_owned())
            })?;
            Some(Self { encoding, word, is_whole })
        });
        found.next().filter(|_| found.next().is_none())
    }
}

/// The votes of the texts of a sheet for an encoding.
#[derive(Default)]
struct Votes<'t> {
    /// The texts with a letter that the encoding does not have.
    unicode: usize,
    possible: usize,
    certain: usize,
    words: BTreeSet<&'t str>,
}

impl<'t> Votes<'t> {
    fn add(&mut self, evidence: &Evidence<'t>) {
        if evidence.is_possible() {
            self.possible += 1;
            self.certain += usize::from(evidence.is_certain());
            // A few words are enough; the set stays small.
            let few = evidence.words.iter().take(MIN_TEXTS);
            if self.words.len() < MIN_TEXTS {
                self.words.extend(few.copied());
            }
        }
    }
}

/// Decodes the parts of a text that are certainly in an old encoding, beside parts in Unicode; `None` without one.
fn decode_parts(text: &str, encoding: OldEncoding) -> Option<String> {
    let mut decoded: Vec<Cow<'_, str>> = Vec::new();
    let mut is_changed = false;
    for part in unicode_parts(text, encoding) {
        let evidence = (!encoding.is_unicode(part)).then(|| Evidence::of(part, encoding));
        let is_old = evidence.is_some_and(|evidence| evidence.is_certain() && evidence.is_clear());
        is_changed |= is_old;
        decoded.push(if is_old { encoding.decode(part).into() } else { part.into() });
    }
    is_changed.then(|| decoded.concat())
}

/// Splits a text at blanks into runs of words that are in Unicode for certain, and runs of others.
fn unicode_parts(text: &str, encoding: OldEncoding) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at, mut before) = (0, 0, None);
    for word in text.split_inclusive(' ') {
        let is_unicode = encoding.is_unicode(word);
        if before.is_some_and(|before| before != is_unicode) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(is_unicode);
        at += word.len();
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vi::{tcvn3, vni};
    use OldEncoding::{Tcvn3, Vni};
    use proptest::prelude::*;

    /// Returns each text as it is decoded in a sheet of these texts.
    fn decoded(texts: &[&str]) -> Vec<String> {
        let sheet = SheetEncoding::detect(texts);
        let decode = |text: &&str| sheet.and_then(|sheet| sheet.decode(text));
        texts.iter().map(|text| decode(text).map_or_else(|| (*text).to_owned(), |(text, _)| text)).collect()
    }

    fn whole(texts: &[&str]) -> Option<OldEncoding> {
        SheetEncoding::detect(texts).and_then(|sheet| sheet.whole)
    }

    #[test]
    fn the_texts_of_a_sheet_decide_together() {
        for (texts, expected) in [
            (&["ChØ tiªu", "Thùc hiÖn", "Tæng sè"][..], Some(Tcvn3)),
            (&["ChØ tiªu", "Thùc hiÖn", "Tæng sè", "Hà Nội", "2008"], Some(Tcvn3)),
            (&["ChØ tiªu", "Thùc hiÖn", "Tæng sè", "Chỉ tiêu", "Thực hiện", "Tổng số"], None),
            (&["ChØ tiªu", "Thùc hiÖn"], None),
            (&["Chæ tieâu", "Thöïc hieän", "Toång soá"], Some(Vni)),
            (&["Chæ tieâu", "ÑVT", "Thöïc hieän", "Toång thu", "trieäu ñoàng"], Some(Vni)),
            (&["Chæ tieâu", "Thöïc hieän", "Toång soá", "Chỉ tiêu", "Thực hiện", "Tổng số"], None),
            (&["Thái Bình", "Lai Châu", "Yên Bái", "Phú Yên"], None),
            (&["Ø20", "3×4m", "25°C", "m²", "± 5", "Excel®", "© 2024", "§ 5", "½ ngày", "· Lúa"], None),
            (&["Köln", "Citroën", "Malmö", "für", "Nestlé®"], None),
            (&["Tong so", "Chi tieu", "Thuc hien"], None),
            (&[], None),
        ] {
            assert_eq!(whole(texts), expected, "{texts:?}");
        }
    }

    #[test]
    fn single_texts_of_a_unicode_sheet_are_decoded() {
        let unicode = ["Mặt hàng", "Thực hiện", "Tổng trị giá", "Cùng kỳ năm trước"];
        for (text, expected) in [
            ("9. S¶n l\u{ad}îng thuû s¶n", "9. Sản lượng thuỷ sản"),
            ("III. Kim ng¹ch nhËp khÈu", "III. Kim ngạch nhập khẩu"),
            ("Saûn löôïng thuûy saûn", "Sản lượng thủy sản"),
            ("Kim ngaïch nhaäp khaåu (trieäu USD)", "Kim ngạch nhập khẩu (triệu USD)"),
            ("Sản lượng S¶n l\u{ad}îng thuû s¶n", "Sản lượng Sản lượng thuỷ sản"),
            ("Sản lượng Saûn löôïng thuûy saûn", "Sản lượng Sản lượng thủy sản"),
        ] {
            let texts: Vec<&str> = unicode.iter().copied().chain([text]).collect();
            let mut all = decoded(&texts);
            assert_eq!(all.pop().as_deref(), Some(expected));
            assert_eq!(all, unicode, "the rest of the sheet");
        }
    }

    #[test]
    fn long_texts_may_have_names_and_slips() {
        let unicode = ["Nội dung", "Phần lời", "Du lịch cộng đồng", "Nông nghiệp"];
        let prose =
            "Toå chöùc taäp huaán homestay vaø website cho caùc hoä daân, ñaït keát quaû toát, öôùc ñaït keá hoaïch";
        let of_prose = "Tổ chức tập huấn homestay và website cho các hộ dân, đạt kết quả tốt, ước đạt kế hoạch";
        let slip = "Saûn löôïng thuûy saûn taêng, chaát löôïng ñöôcï naâng leân, ñaït keá hoaïch";
        let of_slip = "Sản lượng thủy sản tăng, chất lượng đươcï nâng lên, đạt kế hoạch";
        for (text, expected) in
            [(prose, of_prose), (slip, of_slip), ("Chöa ñaït", "Chưa đạt"), ("THIEÁU NÖÔÙC", "THIẾU NƯỚC")]
        {
            let texts: Vec<&str> = unicode.iter().copied().chain([text]).collect();
            assert_eq!(decoded(&texts).pop().as_deref(), Some(expected));
        }
    }

    #[test]
    fn single_words_are_suspected() {
        for (text, expected) in [
            ("Ñaït", Some((Vni, "Ñaït", true))),
            ("Sản lượng luùa tăng 5%", Some((Vni, "luùa", false))),
            ("Sản lượng lóa tăng", None),
            ("§¹t", Some((Tcvn3, "§¹t", true))),
            ("Đạt kế hoạch, hoà giải, quý III, khoá học", None),
            ("Où est le café créé à côté de l'hôtel ?", None),
            ("Zürich, Genève, Noël, Citroën", None),
            ("Lễ hội Roóng Poọc, bản Gia Khâu, Mù Cang Chải, Krông Nô", None),
            ("", None),
        ] {
            let found = Suspicion::find(text);
            let found = found.as_ref().map(|found| (found.encoding, found.word.as_str(), found.is_whole));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn other_languages_codes_and_formulas_stay() {
        for text in [
            "Où est le café créé à côté de l'hôtel en août ?",
            "Données générales sur l'économie française, année précédente",
            "Le maïs, le blé, la forêt naïve",
            "Größe der Straße für Fußgänger in Köln und München",
            "Bevölkerung, männlich und weiblich; Löhne, Gehälter",
            "El año pasado, la producción del café creció más",
            "A produção de açúcar não é só do Brasil; ações",
            "Zürich Genève Malmö København",
            "Área × 5, 25 °C ± 1, §3, ½",
            "Société Générale Việt Nam",
            "Citroën C3, Škoda, Nestlé®",
            "QĐ-UBND số 15",
            "=SUM(A1:B2)*½",
            "naïve façade, coöperate, résumé",
            "Hoà Bình, Hoá học, toàn quý, khoá, Thái Bình",
            "Côn Đảo, Phú Quý, Lý Sơn",
        ] {
            assert_eq!(decoded(&[text, text, text, text]), [text; 4]);
            assert_eq!(decoded(&["Chỉ tiêu", "Thực hiện", text]).pop().as_deref(), Some(text));
        }
    }

    proptest! {
        #[test]
        fn vietnamese_in_unicode_stays(
            texts in prop::collection::vec(prop::sample::select(vec![
                "Hoà Bình", "Phú Thọ", "toàn tỉnh", "Giá trị sản xuất", "khoá học", "quý III", "Bò, lợn", "thuê bao",
                "Hộ nghèo", "Trâu", "Cà phê", "Cà Mau", "Sóc Trăng", "xã An Hoà", "Tổng số", "Lúa mùa", "Bến Cát",
            ]), 0..12),
        ) {
            prop_assert_eq!(decoded(&texts), texts);
        }

        #[test]
        fn typed_sheets_come_back(
            texts in prop::collection::vec(prop::sample::select(vec![
                "Chỉ tiêu", "Đơn vị tính", "Thực hiện", "Kế hoạch năm", "Tổng số hộ", "Sản lượng lúa", "Diện tích rừng",
            ]), 5..12),
        ) {
            let distinct: BTreeSet<&&str> = texts.iter().collect();
            prop_assume!(distinct.len() > 4);
            for encode in [tcvn3::tests::encode, vni::tests::encode] {
                let typed: Vec<String> = texts.iter().map(|text| encode(text)).collect();
                let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
                let lower = |texts: &[String]| texts.iter().map(|text| text.to_lowercase()).collect::<Vec<_>>();
                let expected: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
                prop_assert_eq!(lower(&decoded(&typed)), expected);
            }
        }

        #[test]
        fn any_text_is_taken(texts in prop::collection::vec(".*|[\u{80}-\u{1ff}a-z ]*", 0..8)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            decoded(&texts);
        }
    }
}
