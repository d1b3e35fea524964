//! Reads a Word document: its parts as trees, its paragraphs with their effective format.
//!
//! Input: the bytes of a `.docx`. Output: lookups. Not here: expectations of tests.

use super::tree::Node;
use crate::project::book;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The parts of a document.
pub struct Package {
    pub parts: BTreeMap<String, Vec<u8>>,
}

/// The effective format of a paragraph: its own properties, else those of its style, else the defaults.
pub struct ParagraphFormat<'a> {
    paragraph: &'a Node,
    style: &'a Node,
    defaults: &'a Node,
}

impl Package {
    pub fn open(bytes: &[u8]) -> Self {
        Self { parts: book::parts(bytes) }
    }

    pub fn tree(&self, part: &str) -> Node {
        Node::parse(self.parts.get(part).unwrap_or_else(|| panic!("no part {part}")))
    }

    pub fn document(&self) -> Node {
        self.tree("word/document.xml")
    }

    pub fn notes(&self) -> Node {
        self.tree("word/footnotes.xml")
    }

    pub fn styles(&self) -> Node {
        self.tree("word/styles.xml")
    }

    /// Zips the parts again, with one of them changed.
    pub fn changed(&self, part: &str, change: impl FnOnce(&str) -> String) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let changed = change(std::str::from_utf8(&self.parts[part]).unwrap());
        assert!(changed.as_bytes() != self.parts[part], "nothing changed in {part}");
        for (name, bytes) in &self.parts {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(if name == part { changed.as_bytes() } else { bytes }).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

impl<'a> ParagraphFormat<'a> {
    /// Returns the format of the first paragraph that begins with this text.
    pub fn of_beginning(document: &'a Node, styles: &'a Node, beginning: &str) -> Self {
        let mut paragraphs = document.named("w:p").into_iter();
        let paragraph = paragraphs.find(|p| p.text().starts_with(beginning));
        Self::of_paragraph(paragraph.unwrap_or_else(|| panic!("no paragraph {beginning:?}")), styles)
    }

    pub fn of_paragraph(paragraph: &'a Node, styles: &'a Node) -> Self {
        let id = paragraph.path(&["w:pPr", "w:pStyle"]).and_then(|style| style.attribute("w:val")).unwrap();
        let mut declared = styles.named("w:style").into_iter();
        let style = declared.find(|style| style.attribute("w:styleId") == Some(id));
        let defaults = styles.child("w:docDefaults").unwrap();
        Self { paragraph, style: style.unwrap_or_else(|| panic!("no style {id}")), defaults }
    }

    /// Returns a property of the paragraph.
    pub fn paragraph(&self, name: &str) -> Option<&'a Node> {
        self.paragraph.path(&["w:pPr", name]).or_else(|| self.style.path(&["w:pPr", name]))
    }

    /// Returns a text property of the style.
    pub fn words(&self, name: &str) -> Option<&'a Node> {
        self.style.path(&["w:rPr", name]).or_else(|| self.defaults.path(&["w:rPrDefault", "w:rPr", name]))
    }

    pub fn half_points(&self) -> i64 {
        self.words("w:sz").unwrap().number("w:val")
    }

    pub fn align(&self) -> &'a str {
        self.paragraph("w:jc").and_then(|jc| jc.attribute("w:val")).unwrap_or("left")
    }

    /// Returns a length of the paragraph, such as `w:spacing` `w:after`.
    pub fn length(&self, property: &str, side: &str) -> i64 {
        self.paragraph(property).and_then(|node| node.attribute(side)).map_or(0, |value| value.parse().unwrap())
    }
}
