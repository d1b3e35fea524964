//! The parts of a package, their kinds and relationships: our own, and those copied from the office's template.

use crate::write::docx::xml::Attributes;
use std::collections::BTreeMap;

/// The namespaces that every part of the text may use.
pub(crate) const NAMESPACES: Attributes<'static> = &[
    ("xmlns:w", &"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", &"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// The path, type and relationship of a part in the package.
pub struct PartKind {
    pub path: &'static str,
    /// The id by which other parts refer to it.
    pub id: &'static str,
    /// The rest of the content type after `application/vnd.openxmlformats-`.
    pub content_type: &'static str,
    /// The rest of the relationship type after `http://schemas.openxmlformats.org/`.
    pub relationship: &'static str,
}

pub(crate) const DOCUMENT: PartKind = PartKind {
    path: "word/document.xml",
    id: "document",
    content_type: "officedocument.wordprocessingml.document.main",
    relationship: "officeDocument/2006/relationships/officeDocument",
};

pub(crate) const STYLES: PartKind = PartKind {
    path: "word/styles.xml",
    id: "styles",
    content_type: "officedocument.wordprocessingml.styles",
    relationship: "officeDocument/2006/relationships/styles",
};

pub(crate) const SETTINGS: PartKind = PartKind {
    path: "word/settings.xml",
    id: "settings",
    content_type: "officedocument.wordprocessingml.settings",
    relationship: "officeDocument/2006/relationships/settings",
};

pub(crate) const FONTS: PartKind = PartKind {
    path: "word/fontTable.xml",
    id: "fonts",
    content_type: "officedocument.wordprocessingml.fontTable",
    relationship: "officeDocument/2006/relationships/fontTable",
};

pub(crate) const NOTES: PartKind = PartKind {
    path: "word/footnotes.xml",
    id: "notes",
    content_type: "officedocument.wordprocessingml.footnotes",
    relationship: "officeDocument/2006/relationships/footnotes",
};

pub(crate) const COMMENTS: PartKind = PartKind {
    path: "word/comments.xml",
    id: "comments",
    content_type: "officedocument.wordprocessingml.comments",
    relationship: "officeDocument/2006/relationships/comments",
};

pub(crate) const HEADER: PartKind = PartKind {
    path: "word/header1.xml",
    id: "header",
    content_type: "officedocument.wordprocessingml.header",
    relationship: "officeDocument/2006/relationships/header",
};

pub(crate) const CORE: PartKind = PartKind {
    path: "docProps/core.xml",
    id: "core",
    content_type: "package.core-properties",
    relationship: "package/2006/relationships/metadata/core-properties",
};

pub(crate) const APPLICATION: PartKind = PartKind {
    path: "docProps/app.xml",
    id: "application",
    content_type: "officedocument.extended-properties",
    relationship: "officeDocument/2006/relationships/extended-properties",
};

/// A part of the office's template, unchanged.
#[derive(Clone, Debug)]
pub struct CarriedPart {
    /// The content type, or `None` for relationship parts, which share a default.
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// A relationship of the document.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The id by which the document refers to it: `rId7`.
    pub id: String,
    /// The full name of its type.
    pub kind: String,
    /// The path of the part relative to the document's folder; for an external one, an address.
    pub target: String,
    /// Whether the target is outside the package.
    pub is_external: bool,
}

/// Parts by path, with the document's relationships to them.
#[derive(Clone, Debug, Default)]
pub struct CarriedParts {
    pub parts: BTreeMap<String, CarriedPart>,
    pub relationships: Vec<Relationship>,
}

impl CarriedParts {
    /// Returns the parts whose content types must be declared.
    pub(crate) fn content_types(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().filter_map(|(path, part)| Some((path.as_str(), part.content_type.as_deref()?)))
    }

    /// Returns an id for one of our relationships that the template does not use.
    pub(crate) fn unused_id(&self, id: &str) -> String {
        let mut free = id.to_owned();
        while self.relationships.iter().any(|relation| relation.id == free) {
            free.push('_');
        }
        free
    }

    /// Returns whether a carried part replaces one of ours.
    pub fn replaces(&self, kind: &PartKind) -> bool {
        kind.path == FONTS.path && self.relationships.iter().any(|relation| relation.kind.ends_with("/fontTable"))
    }
}
