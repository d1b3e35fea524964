//! Maps the sheets of a workbook to their parts.
//!
//! Input: the checked parts, one after the other. Output: the layouts of the sheets in the order of the sheets. Not
//! here: names of sheets, cells.

use super::layout::PartLayout;
use super::markup::{Element, Event, walk};
use crate::error::Damage;
use std::collections::BTreeMap;

const WORKBOOK_FOLDER: &str = "xl/";
const WORKBOOK: &str = "xl/workbook.xml";
const WORKBOOK_RELS: &str = "xl/_rels/workbook.xml.rels";

/// The sheets, relationships and layouts found so far.
#[derive(Default)]
pub(crate) struct SheetParts {
    /// The relationship id of each sheet, in the order of the sheets.
    relationship_ids: Vec<String>,
    /// The part that each relationship id refers to, in lower case.
    targets: BTreeMap<String, String>,
    layouts: BTreeMap<String, PartLayout>,
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
            _ => {
                self.layouts.insert(name.to_owned(), layout);
                Ok(())
            }
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

/// Returns the name of the part that a target refers to, absolute or relative to the workbook's folder.
fn part_name(target: &str) -> String {
    let target = target.to_lowercase();
    target.strip_prefix('/').map_or_else(|| format!("{WORKBOOK_FOLDER}{target}"), str::to_owned)
}
