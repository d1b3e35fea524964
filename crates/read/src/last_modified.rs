//! Reads from the document properties when a workbook was last saved.
//!
//! Input: the bytes of a checked container. Output: the time, or `None` if the file does not state it. Not here: file
//! system times; the property streams of an `.xls`.

use super::container::{self, WorkbookFormat};
use crate::ooxml::raw_tags::{local_name, tags, text_after};
use tonghop_core::model::last_modified::LastModified;

/// Returns the time of the last save according to the document properties.
pub(super) fn last_modified(bytes: &[u8], kind: WorkbookFormat) -> Option<LastModified> {
    let (part, element): (&str, &[u8]) = match kind {
        WorkbookFormat::Xlsx | WorkbookFormat::Xlsb => ("docprops/core.xml", b"modified"),
        WorkbookFormat::Ods => ("meta.xml", b"date"),
        WorkbookFormat::Xls => return None,
    };
    find_time(&container::read_checked_part(bytes, part)?, element)
}

fn find_time(content: &[u8], element: &[u8]) -> Option<LastModified> {
    let (at, tag) = tags(content).find(|(_, tag)| local_name(tag) == element)?;
    LastModified::parse(std::str::from_utf8(text_after(content, at + tag.len())).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_modified_is_read_from_the_properties() {
        let excel = br#"<cp:coreProperties><dcterms:created xsi:type="dcterms:W3CDTF">2024-01-01T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2024-09-14T03:05:06Z</dcterms:modified></cp:coreProperties>"#;
        let office = b"<office:meta><dc:date>2024-09-14T10:05:06.5</dc:date></office:meta>";
        assert_eq!(find_time(excel, b"modified"), LastModified::parse("2024-09-14T03:05:06Z"));
        assert_eq!(find_time(office, b"date"), LastModified::parse("2024-09-14T10:05:06"));
        for silent in [&b""[..], b"<a/>", b"<dcterms:modified/>", b"<dcterms:modified>\xff</dcterms:modified>"] {
            assert_eq!(find_time(silent, b"modified"), None);
        }
    }
}
