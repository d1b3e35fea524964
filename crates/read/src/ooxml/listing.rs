//! Which part of a workbook holds which sheet.
//!
//! In come the checked parts one after the other; out go the layouts of the sheets in their order. Never here: names of
//! sheets, cells.

use super::layout::Layout;
use super::markup::{Element, Step, walk};
use crate::error::Damage;
use std::collections::BTreeMap;

const FOLDER: &str = "xl/";
const WORKBOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// What the parts say of the sheets.
#[derive(Default)]
pub(crate) struct Listing {
    /// The link of each sheet, in the order of the sheets.
    links: Vec<String>,
    /// The part behind each link, in lower case.
    parts: BTreeMap<String, String>,
    layouts: BTreeMap<String, Layout>,
}

impl Listing {
    /// Takes in a part; its name is in lower case.
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

    /// Returns the layout of each sheet, where its part is found.
    pub(crate) fn layouts(mut self) -> Vec<Option<Layout>> {
        let mut layout = |link: &String| self.layouts.remove(self.parts.get(link)?);
        self.links.iter().map(&mut layout).collect()
    }
}

/// Calls `see` with every element of a local name.
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

/// Returns the part that a target names, from the root or from the workbook's folder.
fn part(target: &str) -> String {
    let target = target.to_lowercase();
    target.strip_prefix('/').map_or_else(|| format!("{FOLDER}{target}"), str::to_owned)
}
