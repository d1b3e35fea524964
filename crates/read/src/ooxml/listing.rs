//! Maps the sheets of a workbook to their parts.
//!
//! Input: the checked parts, one after the other. Output: the layouts of the sheets in the order of the sheets. Not
//! here: names of sheets, cells.

use super::layout::Layout;
use super::markup::{Element, Step, walk};
use crate::error::Damage;
use std::collections::BTreeMap;

const FOLDER: &str = "xl/";
const WORKBOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// The sheets, relationships and layouts found so far.
#[derive(Default)]
pub(crate) struct Listing {
    /// The relationship id of each sheet, in the order of the sheets.
    links: Vec<String>,
    /// The part that each relationship id refers to, in lower case.
    parts: BTreeMap<String, String>,
    layouts: BTreeMap<String, Layout>,
}

impl Listing {
    /// Adds a part; `name` is in lower case.
    pub(crate) fn add(&mut self, name: &str, content: &[u8], layout: Layout) -> Result<(), Damage> {
        match name {
            WORKBOOK => each(name, content, "sheet", |sheet| {
                self.links.push(sheet.attribute("r:id").unwrap_or_default().to_owned());
            }),
            LINKS => each(name, content, "Relationship", |link| {
                let link = link.attribute("Id").zip(link.attribute("Target"));
                self.parts.extend(link.map(|(id, target)| (id.to_owned(), part(target))));
            }),
            _ => {
                self.layouts.insert(name.to_owned(), layout);
                Ok(())
            }
        }
    }

    /// Returns the layout of each sheet, `None` if its part is not found.
    pub(crate) fn layouts(mut self) -> Vec<Option<Layout>> {
        let mut layout = |link: &String| self.layouts.remove(self.parts.get(link)?);
        self.links.iter().map(&mut layout).collect()
    }
}

/// Calls `visit` for every element with the local name `name`.
fn each(part: &str, content: &[u8], name: &str, mut see: impl FnMut(Element<'_, '_>)) -> Result<(), Damage> {
    walk(
        part,
        content,
        |other| other == name,
        |path, step| {
            if let (Some(true), Step::Start(element)) = (path.last(), step) {
                see(element);
            }
            Ok(())
        },
    )
}

/// Returns the name of the part that a target refers to, absolute or relative to the workbook's folder.
fn part(target: &str) -> String {
    let target = target.to_lowercase();
    target.strip_prefix('/').map_or_else(|| format!("{FOLDER}{target}"), str::to_owned)
}
