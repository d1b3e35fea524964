//! Reads paper, margins, headers and footers as the office has set them.
//!
//! Input: the properties of the last section of the template. Output: a page setup. Not here: the parts of headers.

use super::xml_tokens::{TagAttributes, first_tag_named, tags_named};
use super::{OfficeTemplateError, elements_at_depth};
use crate::write::docx::page::{HeaderFooterReference, Orientation, PageSetup};
use crate::write::docx::part::CarriedParts;
use std::str::FromStr;

/// The smallest usable width between the margins, in twentieths of a point: 7 cm.
const MIN_TEXT_WIDTH: u64 = 3_970;

/// Reads a section; missing properties are as in a report without a template.
///
/// # Errors
/// Returns an error if a length is not a number, or if the margins leave no room for text.
pub(super) fn read(section: &str, carried: &CarriedParts) -> Result<PageSetup, OfficeTemplateError> {
    let defaults = PageSetup::default();
    let (size, margins) = (tag(section, "w:pgSz")?, tag(section, "w:pgMar")?);
    let references = references(section)?;
    // A section without headers and footers would have no page numbers.
    let has_references = !references.is_empty();
    let header = HeaderFooterReference {
        id: carried.unused_id(&HeaderFooterReference::page_number_header().id),
        ..HeaderFooterReference::page_number_header()
    };
    let setup = PageSetup {
        width: length(&size, "w:w", defaults.width)?,
        height: length(&size, "w:h", defaults.height)?,
        top: length(&margins, "w:top", defaults.top)?,
        right: length(&margins, "w:right", defaults.right)?,
        bottom: length(&margins, "w:bottom", defaults.bottom)?,
        left: length(&margins, "w:left", defaults.left)?.saturating_add(length(&margins, "w:gutter", 0)?),
        header: length(&margins, "w:header", defaults.header)?,
        footer: length(&margins, "w:footer", defaults.footer)?,
        references: if has_references { references } else { vec![header] },
        has_title_page: !has_references || is_on(first_tag_named(section, "w:titlePg")?),
    };
    if setup.text_width(Orientation::Portrait) < MIN_TEXT_WIDTH {
        return Err(OfficeTemplateError::NarrowTextArea);
    }
    Ok(setup)
}

fn references(section: &str) -> Result<Vec<HeaderFooterReference>, OfficeTemplateError> {
    let mut found = Vec::new();
    if section.is_empty() {
        return Ok(found);
    }
    for element in elements_at_depth(section, 1)? {
        if !matches!(element.name.as_str(), "w:headerReference" | "w:footerReference") {
            continue;
        }
        let of = |tag: &TagAttributes, key: &str| {
            tag.get(key).cloned().ok_or(OfficeTemplateError::MalformedPart("word/document.xml"))
        };
        for tag in tags_named(element.xml, &element.name)? {
            found.push(HeaderFooterReference {
                element: element.name.clone(),
                page_kind: of(&tag, "w:type")?,
                id: of(&tag, "r:id")?,
            });
        }
    }
    Ok(found)
}

fn tag(section: &str, name: &str) -> Result<TagAttributes, OfficeTemplateError> {
    Ok(first_tag_named(section, name)?.unwrap_or_default())
}

fn length<T: FromStr>(tag: &TagAttributes, name: &str, fallback: T) -> Result<T, OfficeTemplateError> {
    tag.get(name).map_or(Ok(fallback), |value| value.parse().map_err(|_| OfficeTemplateError::NarrowTextArea))
}

fn is_on(tag: Option<TagAttributes>) -> bool {
    tag.is_some_and(|tag| !matches!(tag.get("w:val").map(String::as_str), Some("0" | "false" | "off")))
}
