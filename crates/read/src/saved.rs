//! Reads from the document properties when a workbook was last saved.
//!
//! Input: the bytes of a checked container. Output: the time, or `None` if the file does not state it. Not here: file
//! system times; the property streams of an `.xls`.

use super::container::{self, Kind};
use crate::ooxml::sheet_xml::{local_name, tags, text_after};
use tonghop_core::model::saved::Saved;

/// Returns the time of the last save according to the document properties.
pub(super) fn saved(bytes: &[u8], kind: Kind) -> Option<Saved> {
    let (part, element): (&str, &[u8]) = match kind {
        Kind::Xlsx | Kind::Xlsb => ("docprops/core.xml", b"modified"),
        Kind::Ods => ("meta.xml", b"date"),
        Kind::Xls => return None,
    };
    of_part(&container::checked_part(bytes, part)?, element)
}

fn of_part(content: &[u8], element: &[u8]) -> Option<Saved> {
    let (at, tag) = tags(content).find(|(_, tag)| local_name(tag) == element)?;
    Saved::parse(std::str::from_utf8(text_after(content, at + tag.len())).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_properties_tell_when_a_workbook_was_saved() {
        let excel = br#"<cp:coreProperties><dcterms:created xsi:type="dcterms:W3CDTF">2024-01-01T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2024-09-14T03:05:06Z</dcterms:modified></cp:coreProperties>"#;
        let office = b"<office:meta><dc:date>2024-09-14T10:05:06.5</dc:date></office:meta>";
        assert_eq!(of_part(excel, b"modified"), Saved::parse("2024-09-14T03:05:06Z"));
        assert_eq!(of_part(office, b"date"), Saved::parse("2024-09-14T10:05:06"));
        for silent in [&b""[..], b"<a/>", b"<dcterms:modified/>", b"<dcterms:modified>\xff</dcterms:modified>"] {
            assert_eq!(of_part(silent, b"modified"), None);
        }
    }
}
