//! Which part of a workbook holds which sheet, and what each part hides.
//!
//! In come the parts one after the other; out go the hidden rows and columns of the sheets in their order. Never
//! here: names of sheets, cells.

use super::sheet_xml::{attribute, concealed, local_name, tags};
use crate::model::cell::Concealed;
use std::collections::BTreeMap;

const FOLDER: &str = "xl/";
const WORKBOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// What the parts say of the sheets.
#[derive(Default)]
pub(super) struct Listing {
    /// The link of each sheet, in the order of the sheets.
    links: Vec<Vec<u8>>,
    /// The part behind each link, in lower case.
    parts: BTreeMap<Vec<u8>, String>,
    concealed: BTreeMap<String, Concealed>,
}

impl Listing {
    /// Takes in a part; its name is in lower case.
    pub fn add(&mut self, name: &str, content: &[u8]) {
        let named =
            |wanted: &'static [u8]| tags(content).map(|(_, tag)| tag).filter(move |tag| local_name(tag) == wanted);
        match name {
            WORKBOOK => {
                let link = |tag| attribute(tag, b"r:id").unwrap_or_default().to_vec();
                self.links = named(b"sheet").map(link).collect();
            }
            LINKS => {
                let link = |tag| Some((attribute(tag, b"Id")?.to_vec(), part(attribute(tag, b"Target")?)));
                self.parts = named(b"Relationship").filter_map(link).collect();
            }
            _ => {
                self.concealed.insert(name.to_owned(), concealed(content));
            }
        }
    }

    /// Returns what each sheet hides; nothing where the part of a sheet is not found.
    pub fn concealed(mut self) -> Vec<Concealed> {
        let mut part = |link: &Vec<u8>| self.concealed.remove(self.parts.get(link)?);
        self.links.iter().map(|link| part(link).unwrap_or_default()).collect()
    }
}

/// Returns the part that a target names, from the root or from the workbook's folder.
fn part(target: &[u8]) -> String {
    let target = String::from_utf8_lossy(target).to_lowercase();
    target.strip_prefix('/').map_or_else(|| format!("{FOLDER}{target}"), str::to_owned)
}
