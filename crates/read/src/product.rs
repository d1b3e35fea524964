//! Reads from the document properties whether this program made a workbook.
//!
//! Input: the bytes of a checked container. Output: the kind, or `None`. Not here: what follows from it.

use super::container::{self, WorkbookFormat};
use crate::ooxml::raw_tags::{attribute, local_name, tags, text_after};
use crate::xls;
use tonghop_core::model::product::{PROPERTY, ProductKind};

/// Returns the kind of a workbook that this program made; programs that save it keep the property.
pub(super) fn product(bytes: &[u8], kind: WorkbookFormat) -> Option<ProductKind> {
    let (part, element): (&str, &[u8]) = match kind {
        WorkbookFormat::Xlsx | WorkbookFormat::Xlsb => ("docprops/custom.xml", b"property"),
        WorkbookFormat::Ods => ("meta.xml", b"user-defined"),
        // The program writes none, but others save its workbooks in this format.
        WorkbookFormat::Xls => return ProductKind::parse(&xls::named_property(bytes, PROPERTY)?),
    };
    find_kind(&container::read_checked_part(bytes, part)?, element)
}

fn find_kind(content: &[u8], element: &[u8]) -> Option<ProductKind> {
    let is_ours = |tag: &&[u8]| {
        let name = attribute(tag, b"name").or_else(|| attribute(tag, b"meta:name"));
        local_name(tag) == element && name == Some(PROPERTY.as_bytes())
    };
    let (at, tag) = tags(content).find(|(_, tag)| is_ours(tag))?;
    let after = at + tag.len();
    let own = text_after(content, after);
    // In a workbook of Excel the value is in an element inside the property.
    let inner = || tags(&content[after..]).next().map(|(start, tag)| text_after(&content[after..], start + tag.len()));
    let text = if own.trim_ascii().is_empty() { inner()? } else { own };
    ProductKind::parse(std::str::from_utf8(text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_read_from_the_properties() {
        let excel = br#"<Properties><property fmtid="{D5}" pid="2" name="other"><vt:lpwstr>phan-hoi</vt:lpwstr></property><property fmtid="{D5}" pid="3" name="tonghop"><vt:lpwstr>bieu-mau</vt:lpwstr></property></Properties>"#;
        let office = br#"<meta:user-defined meta:name="tonghop">phan-hoi</meta:user-defined>"#;
        assert_eq!(find_kind(excel, b"property"), Some(ProductKind::Form));
        assert_eq!(find_kind(office, b"user-defined"), Some(ProductKind::Feedback));
        for other in [
            &b""[..],
            br#"<property name="tonghop"/>"#,
            br#"<property name="tonghop"><vt:lpwstr>khac</vt:lpwstr></property>"#,
            br#"<property name="ten"><vt:lpwstr>phan-hoi</vt:lpwstr></property>"#,
        ] {
            assert_eq!(find_kind(other, b"property"), None);
        }
    }
}
