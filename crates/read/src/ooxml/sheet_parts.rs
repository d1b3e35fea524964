//! Maps the sheets of a workbook to their parts.
//!
//! Input: the checked parts, one after the other. Output: the layouts of the sheets in the order of the sheets. Not
//! here: names of sheets, cells.

use super::comments::SheetComments;
use super::layout::PartLayout;
use super::namespaces::local_name;
use super::package::{Package, PartRole, for_each_element, part_beside};
use crate::error::Damage;
use std::collections::{BTreeMap, BTreeSet};

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
    layouts: BTreeMap<String, PartLayout>,
    /// The parts with the comments of each sheet, by the part of the sheet.
    comment_parts: BTreeMap<String, Vec<String>>,
}

impl SheetParts {
    /// Adds a part; `name` is in lower case.
    pub(crate) fn add(&mut self, name: &str, role: PartRole, content: &[u8], layout: PartLayout) -> Result<(), Damage> {
        match role {
            PartRole::Workbook => self.add_sheets(name, content),
            PartRole::Other if name.contains(RELS_FOLDER) => self.add_comment_parts(name, content),
            PartRole::Sheet | PartRole::OtherSheet => {
                self.layouts.insert(name.to_owned(), layout);
                Ok(())
            }
            PartRole::SharedStrings | PartRole::Styles | PartRole::Other => Ok(()),
        }
    }

    /// Reads the relationship id of each sheet; calamine takes any attribute with that local name.
    fn add_sheets(&mut self, name: &str, content: &[u8]) -> Result<(), Damage> {
        let mut is_sound = true;
        for_each_element(name, content, "sheet", |sheet| {
            let mut ids = sheet.attributes().iter().filter(|(name, _)| local_name(name) == "id");
            let id = ids.next().map(|(_, id)| (*id).to_owned());
            is_sound &= id.is_some() && ids.next().is_none();
            self.relationship_ids.push(id.unwrap_or_default());
        })?;
        if is_sound { Ok(()) } else { Err(Damage::SheetLink(name.to_owned())) }
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
    pub(crate) fn into_layouts(mut self, package: &Package) -> Vec<Option<PartLayout>> {
        let mut layout = |link: &String| self.layouts.remove(package.sheets.get(link)?);
        self.relationship_ids.iter().map(&mut layout).collect()
    }
}
