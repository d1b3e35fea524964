//! Writes the package: parts with their kinds and relationships in one zip, the same for the same parts.
//!
//! Input: the bytes of the parts. Output: the bytes of the `.docx`. Not here: the content of the parts.

use super::DocxError;
use super::part::{CarriedParts, Relationship};
use super::xml::XmlFragment;
use crate::write::docx::part::{DOCUMENT, PartKind};
use std::fmt::Display;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A part with its bytes.
pub(super) type PackagePart = (PartKind, Vec<u8>);

/// Zips the parts of a document, then those of the office's template.
///
/// # Errors
/// Returns an error if the parts exceed the limits of a zip archive.
pub(super) fn write(parts: &[PackagePart], carried: &CarriedParts) -> Result<Vec<u8>, DocxError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: &str, bytes: &[u8]| -> Result<(), DocxError> {
        zip.start_file(path, options())?;
        Ok(zip.write_all(bytes)?)
    };
    add("[Content_Types].xml", &content_types(parts, carried))?;
    add("_rels/.rels", &relationships_part(parts, "", &CarriedParts::default()))?;
    add("word/_rels/document.xml.rels", &relationships_part(parts, "word/", carried))?;
    for (kind, bytes) in parts {
        add(kind.path, bytes)?;
    }
    for (path, part) in &carried.parts {
        add(path, &part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The date and the system are fixed: the same report gives the same bytes everywhere.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix)
}

fn content_types(parts: &[PackagePart], carried: &CarriedParts) -> Vec<u8> {
    let mut xml = XmlFragment::default();
    xml.element("Types", &[("xmlns", &CONTENT_TYPES)], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", &"rels"), ("ContentType", &relations)]);
        xml.empty("Default", &[("Extension", &"xml"), ("ContentType", &"application/xml")]);
        for (kind, _) in parts {
            let content_type = format!("application/vnd.openxmlformats-{}+xml", kind.content_type);
            xml.empty("Override", &[("PartName", &format!("/{}", kind.path)), ("ContentType", &content_type)]);
        }
        for (path, content_type) in carried.content_types() {
            xml.empty("Override", &[("PartName", &format!("/{path}")), ("ContentType", &content_type)]);
        }
    });
    xml.into_part()
}

/// Writes the relationships of the document, whose parts are in `folder`, or of the package itself.
fn relationships_part(parts: &[PackagePart], folder: &str, carried: &CarriedParts) -> Vec<u8> {
    let belongs = |kind: &PartKind| match folder {
        "" => kind.path == DOCUMENT.path || !kind.path.starts_with("word/"),
        folder => kind.path != DOCUMENT.path && kind.path.starts_with(folder),
    };
    let mut xml = XmlFragment::default();
    xml.element("Relationships", &[("xmlns", &RELATIONSHIPS)], |xml| {
        for kind in parts.iter().map(|(kind, _)| kind).filter(|kind| belongs(kind)) {
            let relation = format!("http://schemas.openxmlformats.org/{}", kind.relationship);
            let target = kind.path.strip_prefix(folder).unwrap_or(kind.path);
            xml.empty("Relationship", &[("Id", &carried.unused_id(kind.id)), ("Type", &relation), ("Target", &target)]);
        }
        for Relationship { id, kind, target, is_external } in &carried.relationships {
            let mut attributes: Vec<(&str, &dyn Display)> = vec![("Id", id), ("Type", kind), ("Target", target)];
            if *is_external {
                attributes.push(("TargetMode", &"External"));
            }
            xml.empty("Relationship", &attributes);
        }
    });
    xml.into_part()
}
