//! Reads paper, margins, headers and footers as the office has set them.
//!
//! Input: the properties of the last section of its form. Output: a page setup. Not here: the parts of headers.

use super::pieces::{Tag, first_tag, tags};
use super::{SkinError, elements};
use crate::write::docx::page::{Page, Reference, Setup};
use crate::write::docx::part::Carried;
use std::str::FromStr;

/// The smallest usable width between the margins, in twentieths of a point: 7 cm.
const LEAST_WIDTH: u64 = 3_970;

/// Reads a section; missing properties are as in a report without a form.
///
/// # Errors
/// Returns an error if a length is not a number, or if the margins leave no room for text.
pub(super) fn read(section: &str, carried: &Carried) -> Result<Setup, SkinError> {
    let own = Setup::default();
    let (size, margins) = (tag(section, "w:pgSz")?, tag(section, "w:pgMar")?);
    let references = references(section)?;
    // A section without headers and footers would have no page numbers.
    let has_references = !references.is_empty();
    let header = Reference { id: carried.free_id(&Reference::own_header().id), ..Reference::own_header() };
    let setup = Setup {
        width: length(&size, "w:w", own.width)?,
        height: length(&size, "w:h", own.height)?,
        top: length(&margins, "w:top", own.top)?,
        right: length(&margins, "w:right", own.right)?,
        bottom: length(&margins, "w:bottom", own.bottom)?,
        left: length(&margins, "w:left", own.left)?.saturating_add(length(&margins, "w:gutter", 0)?),
        header: length(&margins, "w:header", own.header)?,
        footer: length(&margins, "w:footer", own.footer)?,
        references: if has_references { references } else { vec![header] },
        is_first_apart: !has_references || is_on(first_tag(section, "w:titlePg")?),
    };
    if setup.text_width(Page::Upright) < LEAST_WIDTH {
        return Err(SkinError::Narrow);
    }
    Ok(setup)
}

fn references(section: &str) -> Result<Vec<Reference>, SkinError> {
    let mut found = Vec::new();
    if section.is_empty() {
        return Ok(found);
    }
    for element in elements(section, 1)? {
        if !matches!(element.name.as_str(), "w:headerReference" | "w:footerReference") {
            continue;
        }
        let of = |tag: &Tag, key: &str| tag.get(key).cloned().ok_or(SkinError::Strange("word/document.xml"));
        for tag in tags(element.xml, &element.name)? {
            found.push(Reference { element: element.name.clone(), pages: of(&tag, "w:type")?, id: of(&tag, "r:id")? });
        }
    }
    Ok(found)
}

fn tag(section: &str, name: &str) -> Result<Tag, SkinError> {
    Ok(first_tag(section, name)?.unwrap_or_default())
}

fn length<T: FromStr>(tag: &Tag, name: &str, own: T) -> Result<T, SkinError> {
    tag.get(name).map_or(Ok(own), |value| value.parse().map_err(|_| SkinError::Narrow))
}

fn is_on(tag: Option<Tag>) -> bool {
    tag.is_some_and(|tag| !matches!(tag.get("w:val").map(String::as_str), Some("0" | "false" | "off")))
}
