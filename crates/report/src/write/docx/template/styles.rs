//! Merges the office's styles with those of ours that it lacks.
//!
//! Input: its `styles.xml`. Output: one in which every style that the body uses exists. Not here: the looks of styles.

use super::OfficeTemplateError;
use super::xml_tokens::{XmlElement, elements_at_depth, first_tag_named};
use crate::write::docx::styles;
use crate::write::docx::xml::XmlFragment;
use std::collections::{BTreeMap, BTreeSet};

const END: &str = "</w:styles>";

/// Adds our styles after the office's: of two with the same id the office's wins, one with the same name is based on
/// it. The styles of the appendix of sources are included only if `has_sources` is set.
///
/// # Errors
/// Returns an error if the part is not a `styles.xml`.
pub(super) fn merge_styles(office_styles: &str, has_sources: bool) -> Result<Vec<u8>, OfficeTemplateError> {
    let strange = || OfficeTemplateError::MalformedPart("word/styles.xml");
    let end = office_styles.rfind(END).ok_or_else(strange)?;
    let (mut ids, mut names) = (BTreeSet::new(), BTreeMap::new());
    for style in elements_at_depth(office_styles, 1)?.iter().filter(|element| element.name == "w:style") {
        let (_, id, name) = identity(style)?;
        // Word in Vietnamese or German has other ids for its built-in styles, but the same names.
        names.insert(name.to_lowercase(), id.clone());
        ids.insert(id);
    }
    let own = String::from_utf8(styles::styles_part(has_sources)).map_err(|_| strange())?;
    let mut added = String::new();
    for style in elements_at_depth(&own, 1)?.iter().filter(|element| element.name == "w:style") {
        let (kind, id, name) = identity(style)?;
        match names.get(&name.to_lowercase()) {
            _ if ids.contains(&id) => {}
            Some(like) => added.push_str(&alias_style(&kind, &id, &name, like)),
            None => added.push_str(style.xml),
        }
    }
    Ok([&office_styles[..end], &added, &office_styles[end..]].concat().into_bytes())
}

/// Returns type, id and name of a style.
fn identity(style: &XmlElement<'_>) -> Result<(String, String, String), OfficeTemplateError> {
    let mut tag = first_tag_named(style.xml, "w:style")?.unwrap_or_default();
    let mut name = first_tag_named(style.xml, "w:name")?.unwrap_or_default();
    let mut of = |key: &str| tag.remove(key).unwrap_or_default();
    Ok((of("w:type"), of("w:styleId"), name.remove("w:val").unwrap_or_default()))
}

/// Writes a style of ours that is based on one of theirs.
fn alias_style(kind: &str, id: &str, name: &str, base_id: &str) -> String {
    let mut xml = XmlFragment::default();
    xml.element("w:style", &[("w:type", &kind), ("w:customStyle", &1), ("w:styleId", &id)], |xml| {
        xml.value("w:name", &format!("{name} (báo cáo)"));
        xml.value("w:basedOn", &base_id);
    });
    xml.into_string()
}
