//! Reads a document property that a user or a program added to an `.xls`.
//!
//! Input: the property stream of the file. Output: the text of one property. Not here: the usual properties, such as the
//! author.

use super::compound::{u16_at, u32_at};

/// Where the list of the sections begins in the stream, and the length of its entries.
const SECTIONS_AT: usize = 28;
const SECTION_ENTRY: usize = 20;
/// The numbers of the properties with the names of the others, and with the code page.
const NAMES: u32 = 0;
const CODE_PAGE: u32 = 1;
/// The code page of names in UTF-16.
const UTF_16: u16 = 1200;
/// The types of texts: in bytes and in UTF-16.
const BYTE_TEXT: u32 = 30;
const WIDE_TEXT: u32 = 31;
/// The most sections and properties that are looked at.
const MAX_SECTIONS: u32 = 4;
const MAX_PROPERTIES: u32 = 1_000;
/// The longest name or text that is read, in characters.
const MAX_CHARACTERS: usize = 255;

/// Returns the text of the property with this name.
pub(super) fn named_text(stream: &[u8], name: &str) -> Option<String> {
    let sections = u32_at(stream, SECTIONS_AT - 4)?.min(MAX_SECTIONS) as usize;
    (0..sections).find_map(|at| {
        let start = u32_at(stream, SECTIONS_AT + at * SECTION_ENTRY + 16)?;
        Section(stream.get(usize::try_from(start).ok()?..)?).named_text(name)
    })
}

/// The properties of one section.
struct Section<'s>(&'s [u8]);

impl Section<'_> {
    fn named_text(&self, name: &str) -> Option<String> {
        let value = self.value(self.number_of(name)?)?;
        let is_wide = match u32_at(self.0, value)? {
            BYTE_TEXT => false,
            WIDE_TEXT => true,
            _ => return None,
        };
        Some(self.text(value + 4, is_wide)?.0)
    }

    /// Returns where the value of a property begins.
    fn value(&self, number: u32) -> Option<usize> {
        let count = u32_at(self.0, 4)?.min(MAX_PROPERTIES) as usize;
        let at = (0..count).map(|at| 8 + at * 8).find(|at| u32_at(self.0, *at) == Some(number))?;
        usize::try_from(u32_at(self.0, at + 4)?).ok()
    }

    /// Returns the number of the property with a name.
    fn number_of(&self, name: &str) -> Option<u32> {
        let code_page = self.value(CODE_PAGE).and_then(|at| u16_at(self.0, at + 4));
        let is_wide = code_page == Some(UTF_16);
        let names = self.value(NAMES)?;
        let mut at = names + 4;
        for _ in 0..u32_at(self.0, names)?.min(MAX_PROPERTIES) {
            let (text, end) = self.text(at + 4, is_wide)?;
            if text == name {
                return u32_at(self.0, at);
            }
            // Names in UTF-16 end at a multiple of four bytes.
            at = if is_wide { end.next_multiple_of(4) } else { end };
        }
        None
    }

    /// Reads a text after its length in characters; returns it with the place after it.
    fn text(&self, at: usize, is_wide: bool) -> Option<(String, usize)> {
        let length = usize::try_from(u32_at(self.0, at)?).ok().filter(|length| *length <= MAX_CHARACTERS)?;
        let width = if is_wide { 2 } else { 1 };
        let end = at + 4 + length * width;
        let bytes = self.0.get(at + 4..end)?;
        let text = match is_wide {
            true => String::from_utf16_lossy(
                &bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect::<Vec<_>>(),
            ),
            false => String::from_utf8_lossy(bytes).into_owned(),
        };
        Some((text.trim_end_matches('\0').to_owned(), end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a stream with one section of a code page, a name and a text.
    fn stream(code_page: u16, name: &[u8], text: (u32, &[u8])) -> Vec<u8> {
        let size = |bytes: &[u8], width: usize| u32::try_from(bytes.len() / width).unwrap().to_le_bytes().to_vec();
        let width = if code_page == UTF_16 { 2 } else { 1 };
        let mut dictionary = [vec![1, 0, 0, 0, 7, 0, 0, 0], size(name, width), name.to_vec()].concat();
        dictionary.resize(dictionary.len().next_multiple_of(4), 0);
        let page = [2_u32.to_le_bytes().as_slice(), &code_page.to_le_bytes(), &[0, 0]].concat();
        let width = if text.0 == WIDE_TEXT { 2 } else { 1 };
        let value = [text.0.to_le_bytes().to_vec(), size(text.1, width), text.1.to_vec()].concat();
        let offsets = [32, 32 + dictionary.len(), 40 + dictionary.len()].map(|at| u32::try_from(at).unwrap());
        let mut section = [[0_u8; 4], 3_u32.to_le_bytes()].concat();
        for (number, offset) in [NAMES, CODE_PAGE, 7].into_iter().zip(offsets) {
            section.extend([number.to_le_bytes(), offset.to_le_bytes()].concat());
        }
        let head = [vec![0; 24], vec![1, 0, 0, 0], vec![0; 16], vec![48, 0, 0, 0]].concat();
        [head, section, dictionary, page, value].concat()
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_named_text_is_found_in_bytes_and_in_utf_16() {
        let bytes = stream(65_001, b"mark\0", (BYTE_TEXT, b"form\0"));
        assert_eq!(named_text(&bytes, "mark").as_deref(), Some("form"));
        let wide_names = stream(UTF_16, &wide("mark"), (WIDE_TEXT, &wide("form")));
        assert_eq!(named_text(&wide_names, "mark").as_deref(), Some("form"));
        assert_eq!(named_text(&bytes, "other"), None);
        for length in 0..bytes.len() {
            assert_eq!(named_text(&bytes[..length], "mark").filter(|text| text != "form"), None);
        }
    }
}
