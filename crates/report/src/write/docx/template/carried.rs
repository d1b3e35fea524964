//! Collects the parts that the office's template needs in addition to its text: headers, footers, images, theme,
//! numbering, fonts.
//!
//! Input: the opened template with the kept pieces of its text. Output: parts in a separate folder and the relationships
//! to them, with unchanged ids. Not here: our own parts.

use super::OfficeTemplateError;
use super::outside::{check_relationship, check_text};
use super::xml_tokens::{TagAttributes, tags_named};
use crate::write::docx::part::{CarriedPart, CarriedParts, Relationship};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The path of the text.
pub(super) const DOCUMENT: &str = "word/document.xml";
/// The folder of a document's parts.
const FOLDER: &str = "word/";
/// The folder of the carried parts, separate from ours.
const CARRIED_FOLDER: &str = "word/mau/";

/// The maximum size of a part in a usable template, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The types of parts that styles may need although the text does not refer to them.
const ALWAYS_CARRIED: [&str; 3] = ["/theme", "/numbering", "/fontTable"];

/// Collects the parts that the kept pieces of the text refer to, and recursively the parts those need.
///
/// # Errors
/// Returns an error if a part is missing or not below the folder of a document's parts.
pub(super) fn collect(archive: &mut TemplateArchive<'_>, kept: &[&str]) -> Result<CarriedParts, OfficeTemplateError> {
    let wanted = referenced_ids(kept)?;
    let mut carried = CarriedParts::default();
    for relation in read_relationships(archive, DOCUMENT)? {
        if wanted.contains(&relation.id) || ALWAYS_CARRIED.iter().any(|kind| relation.kind.ends_with(kind)) {
            add(&mut carried, archive, relation)?;
        }
    }
    let known = |id: &String| carried.relationships.iter().any(|relation| relation.id == *id);
    match wanted.iter().find(|id| !known(id)) {
        Some(id) => Err(OfficeTemplateError::MissingPart(id.clone())),
        None => Ok(carried),
    }
}

fn add(
    carried: &mut CarriedParts,
    archive: &mut TemplateArchive<'_>,
    relation: Relationship,
) -> Result<(), OfficeTemplateError> {
    check_relationship(DOCUMENT, &relation)?;
    if relation.is_external {
        carried.relationships.push(relation);
        return Ok(());
    }
    let path = resolve_target(DOCUMENT, &relation.target);
    let new = carry_part(carried, archive, &path)?;
    let target = new.strip_prefix(FOLDER).unwrap_or(&new).to_owned();
    carried.relationships.push(Relationship { target, ..relation });
    Ok(())
}

/// Copies a part with the parts it needs; returns its new path.
fn carry_part(
    carried: &mut CarriedParts,
    archive: &mut TemplateArchive<'_>,
    path: &str,
) -> Result<String, OfficeTemplateError> {
    let new = carried_path(path).ok_or_else(|| OfficeTemplateError::MissingPart(path.to_owned()))?;
    if carried.parts.contains_key(&new) {
        return Ok(new);
    }
    let content_type = archive.content_type(path)?;
    if is_xml(&content_type) {
        check_text(path, &archive.text(path)?)?;
    }
    let (content_type, bytes) = (Some(content_type), archive.bytes(path)?);
    carried.parts.insert(new.clone(), CarriedPart { content_type, bytes });
    let relations_path = relations_path(path);
    if archive.has(&relations_path) {
        for relation in read_relationships(archive, path)? {
            check_relationship(path, &relation)?;
            if !relation.is_external {
                carry_part(carried, archive, &resolve_target(path, &relation.target))?;
            }
        }
        let bytes = archive.text(&relations_path)?.replace("\"/word/", "\"/word/mau/").into_bytes();
        let new = carried_path(&relations_path).unwrap_or(relations_path);
        carried.parts.insert(new, CarriedPart { content_type: None, bytes });
    }
    Ok(new)
}

/// Returns whether a part is XML: `application/xml`, `application/…+xml`.
fn is_xml(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.ends_with("/xml") || kind.ends_with("+xml")
}

/// The opened template.
pub(super) struct TemplateArchive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> TemplateArchive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, OfficeTemplateError> {
        Ok(Self(ZipArchive::new(Cursor::new(bytes))?))
    }

    /// Reads a part that is text.
    pub(super) fn text(&mut self, path: &str) -> Result<String, OfficeTemplateError> {
        let text =
            String::from_utf8(self.bytes(path)?).map_err(|_| OfficeTemplateError::MissingPart(path.to_owned()))?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    fn has(&self, path: &str) -> bool {
        self.0.index_for_name(path).is_some()
    }

    fn bytes(&mut self, path: &str) -> Result<Vec<u8>, OfficeTemplateError> {
        let missing = || OfficeTemplateError::MissingPart(path.to_owned());
        let part = self.0.by_name(path).map_err(|_| missing())?;
        let mut bytes = Vec::new();
        part.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES { Err(missing()) } else { Ok(bytes) }
    }

    fn content_type(&mut self, path: &str) -> Result<String, OfficeTemplateError> {
        let types = self.text("[Content_Types].xml")?;
        let is = |tag: &TagAttributes, key: &str, wanted: &str| {
            tag.get(key).is_some_and(|it| it.eq_ignore_ascii_case(wanted))
        };
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let own = tags_named(&types, "Override")?.into_iter().find(|tag| is(tag, "PartName", &format!("/{path}")));
        let general = tags_named(&types, "Default")?.into_iter().find(|tag| is(tag, "Extension", extension));
        let found = own.or(general).and_then(|mut tag| tag.remove("ContentType"));
        found.ok_or_else(|| OfficeTemplateError::MissingPart(path.to_owned()))
    }
}

/// Returns the relationship ids that pieces of text refer to.
fn referenced_ids(kept: &[&str]) -> Result<BTreeSet<String>, OfficeTemplateError> {
    let mut ids = BTreeSet::new();
    for xml in kept {
        for tag in tags_named(xml, "")? {
            ids.extend(tag.into_iter().filter(|(key, id)| key.starts_with("r:") && !id.is_empty()).map(|(_, id)| id));
        }
    }
    Ok(ids)
}

/// Reads the relationships of a part.
fn read_relationships(archive: &mut TemplateArchive<'_>, path: &str) -> Result<Vec<Relationship>, OfficeTemplateError> {
    // Whatever prefix the elements have.
    let mut tags = tags_named(&archive.text(&relations_path(path))?, "")?;
    tags.retain(|tag| tag.contains_key("Target"));
    let relation = |mut tag: TagAttributes| {
        let mut of = |key: &str| tag.remove(key).unwrap_or_default();
        let is_external = of("TargetMode") == "External";
        Relationship { id: of("Id"), kind: of("Type"), target: of("Target"), is_external }
    };
    Ok(tags.into_iter().map(relation).collect())
}

fn relations_path(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    format!("{folder}/_rels/{name}.rels")
}

/// Resolves a target relative to the folder of the part that refers to it.
fn resolve_target(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = from.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns the new path of a carried part; `None` if it is not in the document's folder.
fn carried_path(path: &str) -> Option<String> {
    path.strip_prefix(FOLDER).map(|below| format!("{CARRIED_FOLDER}{below}"))
}
