//! Maps the sheets of a workbook to their parts.
//!
//! Input: the checked parts, one after the other. Output: the layouts of the sheets in the order of the sheets. Not
//! here: names of sheets, cells.

use super::comments::SheetComments;
use super::layout::PartLayout;
use super::markup::{Element, Event, walk};
use crate::error::Damage;
use std::collections::{BTreeMap, BTreeSet};

const WORKBOOK_FOLDER: &str = "xl/";
const WORKBOOK: &str = "xl/workbook.xml";
const WORKBOOK_RELS: &str = "xl/_rels/workbook.xml.rels";
/// The folder with the relationships of the parts of a folder, and how their names end.
const RELS_FOLDER: &str = "/_rels/";
const RELS: &str = ".rels";
/// The relationships of a sheet to its comments, at the end of their type.
const COMMENT_TYPES: [&str; 2] = ["/comments", "/threadedComment"];

/// The sheets, relationships and layouts found so far.
#[derive(Default)]
pub(crate) struct SheetParts {
    /// The relationship id of each sheet, in the order of the sheets.
    relationship_ids: Vec<String>,
    /// The part that each relationship id refers to, in lower case.
    targets: BTreeMap<String, String>,
    layouts: BTreeMap<String, PartLayout>,
    /// The parts with the comments of each sheet, by the part of the sheet.
    comment_parts: BTreeMap<String, Vec<String>>,
}

impl SheetParts {
    /// Adds a part; `name` is in lower case.
    pub(crate) fn add(&mut self, name: &str, content: &[u8], layout: PartLayout) -> Result<(), Damage> {
        match name {
            WORKBOOK => for_each_element(name, content, "sheet", |sheet| {
                self.relationship_ids.push(sheet.attribute("r:id").unwrap_or_default().to_owned());
            }),
            WORKBOOK_RELS => for_each_element(name, content, "Relationship", |link| {
                let link = link.attribute("Id").zip(link.attribute("Target"));
                self.targets.extend(link.map(|(id, target)| (id.to_owned(), part_name(target))));
            }),
            _ if name.contains(RELS_FOLDER) => self.add_comment_parts(name, content),
            _ => {
                self.layouts.insert(name.to_owned(), layout);
                Ok(())
            }
        }
    }

    /// Finds the parts with comments among the relationships of a part.
    fn add_comment_parts(&mut self, name: &str, content: &[u8]) -> Result<(), Damage> {
        let owner = name.replacen(RELS_FOLDER, "/", 1);
        let Some(owner) = owner.strip_suffix(RELS) else { return Ok(()) };
        let mut parts = Vec::new();
        for_each_element(name, content, "Relationship", |link| {
            let kind = link.attribute("Type").unwrap_or_default();
            let is_comments = COMMENT_TYPES.iter().any(|of_comments| kind.ends_with(of_comments));
            parts.extend(link.attribute("Target").filter(|_| is_comments).map(|target| part_beside(owner, target)));
        })?;
        self.comment_parts.insert(owner.to_owned(), parts);
        Ok(())
    }

    /// Reads the comments of all sheets with `read`, which returns the content of a part; each part belongs to one sheet.
    pub(crate) fn read_comments(&mut self, mut read: impl FnMut(&str) -> Option<Vec<u8>>) {
        let mut known = BTreeSet::new();
        for (sheet, parts) in std::mem::take(&mut self.comment_parts) {
            let Some(layout) = self.layouts.get_mut(&sheet) else { continue };
            let mut comments = SheetComments::default();
            for part in parts.into_iter().filter(|part| known.insert(part.clone())) {
                if let Some(content) = read(&part) {
                    comments.add_part(&part, &content);
                }
            }
            layout.comments = comments.into_comments();
        }
    }

    /// Returns the layout of each sheet, `None` if its part is not found.
    pub(crate) fn into_layouts(mut self) -> Vec<Option<PartLayout>> {
        let mut layout = |link: &String| self.layouts.remove(self.targets.get(link)?);
        self.relationship_ids.iter().map(&mut layout).collect()
    }
}

/// Calls `visit` for every element with the local name `name`.
fn for_each_element(
    part: &str,
    content: &[u8],
    name: &str,
    mut visit: impl FnMut(Element<'_, '_>),
) -> Result<(), Damage> {
    walk(
        part,
        content,
        |other| other == name,
        |path, event| {
            if let (Some(true), Event::Start(element)) = (path.last(), event) {
                visit(element);
            }
            Ok(())
        },
    )
}

/// Returns the name of the part that a target refers to, absolute or relative to the folder of the part `owner`.
pub(crate) fn part_beside(owner: &str, target: &str) -> String {
    let target = target.to_lowercase();
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = owner.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => _ = folders.pop(),
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// Returns the name of the part that a target refers to, absolute or relative to the workbook's folder.
fn part_name(target: &str) -> String {
    let target = target.to_lowercase();
    target.strip_prefix('/').map_or_else(|| format!("{WORKBOOK_FOLDER}{target}"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_beside_their_part_or_absolute() {
        for (target, part) in [
            ("../comments1.xml", "xl/comments1.xml"),
            ("/xl/Comments2.xml", "xl/comments2.xml"),
            ("./c.xml", "xl/worksheets/c.xml"),
            ("../../../../c.xml", "c.xml"),
        ] {
            assert_eq!(part_beside("xl/worksheets/sheet1.xml", target), part, "{target}");
        }
    }
}
