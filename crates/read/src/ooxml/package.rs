//! Finds the parts of an `.xlsx` or `.xlsb` by their relationships, as the Open Packaging Conventions (ECMA-376, Part 2)
//! require.
//!
//! Input: the names of the parts, and the content of those with relationships. Output: the role of each part, and the
//! name under which calamine, which knows usual names only, finds it. Not here: the content of other parts.

use super::markup::{Element, Event, walk};
use crate::error::{Damage, ReadError};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The relationships of the package.
pub(crate) const PACKAGE_LINKS: &str = "_rels/.rels";
/// What the type of a relationship ends with.
const OFFICE_DOCUMENT: &str = "officeDocument";
const WORKSHEET: &str = "worksheet";
/// The types of sheets without figures of departments.
const OTHER_SHEETS: [&str; 4] = ["chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"];
/// The type of sheet that calamine knows and passes over.
const PASSED_OVER: &str = "dialogsheet";
/// The parts of a workbook that calamine finds by their usual name, which is that of the type of their relationship.
const USUAL_NAMES: [(&str, PartRole); 2] = [("sharedStrings", PartRole::SharedStrings), ("styles", PartRole::Styles)];
/// What the names of parts end with: in an `.xlsb` they are binary.
const MARKUP: &str = ".xml";
const BINARY: &str = ".bin";
/// The names by which calamine finds the workbook of an `.xlsb`, and its relationships. It joins the names of sheets to
/// this folder, and tells worksheets from other sheets by the next folder.
const BINARY_FOLDER: &str = "xl/";
const BINARY_WORKSHEETS: &str = "worksheets/";
const BINARY_OTHERS: &str = "dialogsheets/";
const BINARY_WORKBOOK: [&str; 2] = ["xl/workbook.bin", "xl/_rels/workbook.bin.rels"];

/// What a part of a workbook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartRole {
    Workbook,
    Sheet,
    SharedStrings,
    Styles,
    /// A sheet without figures: a chart, a dialogue, macros.
    OtherSheet,
    Other,
}

impl PartRole {
    /// Returns whether the part has texts of cells.
    pub(crate) fn has_texts(self) -> bool {
        matches!(self, Self::Sheet | Self::SharedStrings)
    }

    /// Returns whether the part is SpreadsheetML, which is read strictly.
    pub(crate) fn is_strict(self) -> bool {
        !matches!(self, Self::OtherSheet | Self::Other)
    }
}

/// The parts of a workbook; their names are in lower case.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// Whether the parts are those of an `.xlsb`.
    pub is_binary: bool,
    roles: BTreeMap<String, PartRole>,
    /// The part of each sheet, by the id of its relationship.
    pub sheets: BTreeMap<String, String>,
    /// The names for calamine of parts with unusual names; `None` if it must not see the part.
    renamed: BTreeMap<String, Option<String>>,
    /// The parts with relationships that calamine would not follow, as it follows them.
    pub replaced: BTreeMap<String, Vec<u8>>,
}

/// A relationship.
struct Link {
    id: String,
    /// The last step of its type.
    kind: String,
    target: String,
    is_external: bool,
}

impl Package {
    /// Finds the parts; `names` are all parts in lower case, and `read` returns the content of one.
    pub(crate) fn find(
        names: &[String],
        mut read: impl FnMut(&str) -> Result<Vec<u8>, ReadError>,
    ) -> Result<Self, ReadError> {
        let mut links = |part: &str| match names.iter().any(|name| name == part) {
            true => parse_links(part, &read(part)?).map_err(ReadError::Damaged),
            false => Err(ReadError::Damaged(Damage::MissingPart(part.to_owned()))),
        };
        let documents = links(PACKAGE_LINKS)?.into_iter().filter(|link| link.kind == OFFICE_DOCUMENT);
        let documents: Vec<Link> = documents.collect();
        let [document] = documents.as_slice() else { return Err(missing_or_double(documents.len())) };
        let mut package = Self { is_binary: document.target.to_lowercase().ends_with(BINARY), ..Self::default() };
        let workbook = package.existing(names, "", document)?;
        let (folder, file) = workbook.rsplit_once('/').map_or(("", workbook.as_str()), |(folder, file)| (folder, file));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let workbook_links = format!("{folder}_rels/{file}.rels");
        let found = links(&workbook_links)?;
        let mut is_usual = document.target.trim_start_matches('/').to_lowercase() == workbook;
        for link in &found {
            is_usual &= package.add(link, names, (&workbook, &folder))?;
        }
        if package.is_binary {
            is_usual &= package.rename_workbook([&workbook, &workbook_links]);
            package.rename_sheets(&found);
            package.rename(BINARY_FOLDER);
        } else {
            package.rename(&folder);
        }
        package.roles.insert(workbook.clone(), PartRole::Workbook);
        if !is_usual {
            let document = Link { target: workbook, id: "d".to_owned(), kind: OFFICE_DOCUMENT.to_owned(), ..*document };
            let document = write_links(&[document], |link| format!("/{}", link.target));
            package.replaced.insert(PACKAGE_LINKS.to_owned(), document);
            let written = write_links(&found, |link| package.library_target(link));
            package.replaced.insert(workbook_links, written);
        }
        Ok(package)
    }

    /// Gives the workbook of an `.xlsb` the name by which calamine finds it; returns whether it has it.
    fn rename_workbook(&mut self, parts: [&str; 2]) -> bool {
        for (part, usual) in parts.into_iter().zip(BINARY_WORKBOOK).filter(|(part, usual)| part != usual) {
            self.renamed.insert(usual.to_owned(), None);
            self.renamed.insert(part.to_owned(), Some(usual.to_owned()));
        }
        parts == BINARY_WORKBOOK
    }

    /// Gives the sheets of an `.xlsb` names by which calamine finds them as what they are.
    fn rename_sheets(&mut self, links: &[Link]) {
        for (number, link) in links.iter().enumerate() {
            let Some(part) = self.sheets.get(&link.id) else { continue };
            let folder = binary_folder(link);
            if !part.strip_prefix(BINARY_FOLDER).is_some_and(|name| name.starts_with(folder)) {
                self.renamed.insert(part.clone(), Some(format!("{BINARY_FOLDER}{folder}tonghop-{number}{BINARY}")));
            }
        }
    }

    /// Returns the target by which calamine follows a relationship; it follows only those to sheets.
    fn library_target(&self, link: &Link) -> String {
        let Some(part) = self.sheets.get(&link.id) else { return "/".to_owned() };
        let name = self.library_name(part, part).unwrap_or_default();
        match name.strip_prefix(BINARY_FOLDER).filter(|_| self.is_binary) {
            Some(beside) => beside.to_owned(),
            None => format!("/{name}"),
        }
    }

    /// Returns whether calamine finds a sheet by the target of its relationship, as the sheet that it is.
    fn is_followed(&self, link: &Link, part: &str, folder: &str) -> bool {
        let target = link.target.to_lowercase();
        if self.is_binary {
            return part.strip_prefix(BINARY_FOLDER) == Some(&target) && target.starts_with(binary_folder(link));
        }
        let followed = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
        followed == part && (link.kind == WORKSHEET || !link.kind.starts_with("xl"))
    }

    /// Returns the part that a relationship of the part `owner` refers to.
    fn existing(&self, names: &[String], owner: &str, link: &Link) -> Result<String, ReadError> {
        let part = part_beside(owner, &link.target);
        let is_there = part.ends_with(self.extension()) && names.contains(&part);
        if is_there && !link.is_external { Ok(part) } else { Err(ReadError::Damaged(Damage::MissingPart(part))) }
    }

    fn extension(&self) -> &'static str {
        if self.is_binary { BINARY } else { MARKUP }
    }

    /// Adds a relationship of the workbook; returns whether calamine follows it.
    fn add(&mut self, link: &Link, names: &[String], (workbook, folder): (&str, &str)) -> Result<bool, ReadError> {
        let is_other = OTHER_SHEETS.contains(&link.kind.as_str());
        if link.kind == WORKSHEET || is_other {
            let part = self.existing(names, workbook, link)?;
            let is_usual = self.is_followed(link, &part, folder);
            self.roles.insert(part.clone(), if is_other { PartRole::OtherSheet } else { PartRole::Sheet });
            self.sheets.insert(link.id.clone(), part);
            return Ok(is_usual);
        }
        if let Some((kind, role)) = USUAL_NAMES.iter().find(|(kind, _)| link.kind == *kind) {
            let part = self.existing(names, workbook, link)?;
            if self.part_with(*role).is_some_and(|other| other != part) {
                return Err(ReadError::Damaged(Damage::DoublePart((*kind).to_owned())));
            }
            self.roles.insert(part, *role);
        }
        Ok(true)
    }

    fn part_with(&self, role: PartRole) -> Option<&str> {
        self.roles.iter().find(|(_, other)| **other == role).map(|(part, _)| part.as_str())
    }

    /// Gives the parts that calamine looks up by name their usual names, and hides others that have these names.
    fn rename(&mut self, folder: &str) {
        let usual_names = USUAL_NAMES.map(|(usual, role)| (format!("{folder}{usual}{}", self.extension()), role));
        let parts = usual_names.map(|(usual, role)| (self.part_with(role).map(str::to_owned), usual));
        let unusual = parts.into_iter().filter(|(part, usual)| part.as_ref() != Some(&usual.to_lowercase()));
        let unusual: Vec<_> = unusual.collect();
        // One of the parts can have the usual name of another one: all are hidden first.
        self.renamed.extend(unusual.iter().map(|(_, usual)| (usual.to_lowercase(), None)));
        self.renamed.extend(unusual.into_iter().filter_map(|(part, usual)| Some((part?, Some(usual)))));
    }

    /// Returns the role of a part.
    pub(crate) fn role(&self, part: &str) -> PartRole {
        self.roles.get(part).copied().unwrap_or(PartRole::Other)
    }

    /// Returns the name under which calamine must find a part; `written` is its name in the file, `part` in lower case.
    pub(crate) fn library_name<'n>(&'n self, written: &'n str, part: &str) -> Option<&'n str> {
        self.renamed.get(part).map_or(Some(written), |name| name.as_deref())
    }

    /// Returns whether calamine would not find the right parts in the file as it is.
    pub(crate) fn is_unusual(&self, names: &[String]) -> bool {
        !self.replaced.is_empty() || names.iter().any(|name| self.renamed.contains_key(name))
    }
}

fn missing_or_double(documents: usize) -> ReadError {
    match documents {
        0 => ReadError::NotAWorkbook,
        _ => ReadError::Damaged(Damage::DoublePart(OFFICE_DOCUMENT.to_owned())),
    }
}

/// Returns the relationships of a part; no two may have one id.
fn parse_links(part: &str, content: &[u8]) -> Result<Vec<Link>, Damage> {
    let mut links: Vec<Link> = Vec::new();
    for_each_element(part, content, "Relationship", |element| {
        let attribute = |name| element.attribute(name).unwrap_or_default().to_owned();
        let kind = attribute("Type");
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let is_external = element.attribute("TargetMode") == Some("External");
        links.push(Link { id: attribute("Id"), kind, target: attribute("Target"), is_external });
    })?;
    let mut ids: Vec<&str> = links.iter().map(|link| link.id.as_str()).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Damage::DoubleLink(part.to_owned(), pair[0].to_owned())),
        None => Ok(links),
    }
}

/// Returns the folder by which calamine knows the kind of a sheet of an `.xlsb`.
fn binary_folder(link: &Link) -> &'static str {
    if link.kind == WORKSHEET { BINARY_WORKSHEETS } else { BINARY_OTHERS }
}

/// Writes relationships to sheets as calamine follows them.
fn write_links(links: &[Link], target: impl Fn(&Link) -> String) -> Vec<u8> {
    let mut written = String::from("<Relationships>");
    for link in links {
        let kind = if link.kind.starts_with("xl") { PASSED_OVER } else { &link.kind };
        // Writing to a text does not fail.
        let _ = write!(
            written,
            "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{}\"/>",
            link.id.replace('"', "&quot;"),
            target(link)
        );
    }
    written.push_str("</Relationships>");
    written.into_bytes()
}

/// Calls `visit` for every element with the local name `name`.
pub(crate) fn for_each_element(
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
    let target = target.to_lowercase().replace('\\', "/");
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

    /// Finds the parts of a package whose workbook has the given relationships: id, type, target.
    fn package(workbook: &str, parts: &[&str], links: &[(&str, &str, &str)]) -> Result<Package, ReadError> {
        let (folder, file) = workbook.trim_start_matches('/').rsplit_once('/').unwrap();
        let own = format!("{folder}/_rels/{file}.rels");
        let names = [PACKAGE_LINKS, own.as_str(), workbook.trim_start_matches('/')];
        let names: Vec<String> = names.into_iter().chain(parts.iter().copied()).map(str::to_owned).collect();
        let link = |(id, kind, target): &(&str, &str, &str)| {
            format!("<Relationship Id='{id}' Type='http://x/{kind}' Target='{target}'/>")
        };
        let written = |links: &[(&str, &str, &str)]| {
            format!("<Relationships>{}</Relationships>", links.iter().map(link).collect::<String>()).into_bytes()
        };
        Package::find(&names, |part| {
            Ok(if part == own { written(links) } else { written(&[("r", OFFICE_DOCUMENT, workbook)]) })
        })
    }

    #[test]
    fn parts_have_the_role_that_a_relationship_gives_them() {
        let parts = ["xl/a.xml", "xl/b.xml", "xl/sharedstrings.xml", "xl/m.xml"];
        let links = [("1", "worksheet", "a.xml"), ("2", "sharedStrings", "b.xml"), ("3", "xlMacrosheet", "m.xml")];
        let package = package("xl/workbook.xml", &parts, &links).unwrap();
        for (part, role, name) in [
            ("xl/a.xml", PartRole::Sheet, Some("xl/a.xml")),
            ("xl/b.xml", PartRole::SharedStrings, Some("xl/sharedStrings.xml")),
            ("xl/sharedstrings.xml", PartRole::Other, None),
            ("xl/m.xml", PartRole::OtherSheet, Some("xl/m.xml")),
        ] {
            assert_eq!((package.role(part), package.library_name(part, part)), (role, name), "{part}");
        }
        let replaced = String::from_utf8(package.replaced["xl/_rels/workbook.xml.rels"].clone()).unwrap();
        assert!(replaced.contains("relationships/dialogsheet\" Target=\"/xl/m.xml\""), "{replaced}");
    }

    #[test]
    fn binary_parts_have_the_names_that_are_looked_up() {
        let parts = ["b/s.bin", "b/t.bin", "b/m.bin", "xl/workbook.bin", "xl/styles.bin"];
        let links = [("1", "worksheet", "s.bin"), ("2", "sharedStrings", "t.bin"), ("3", "xlMacrosheet", "m.bin")];
        let package = package("b/w.bin", &parts, &links).unwrap();
        assert!(package.is_binary && package.replaced.contains_key("b/_rels/w.bin.rels"));
        for (part, name) in [
            ("b/w.bin", Some("xl/workbook.bin")),
            ("b/_rels/w.bin.rels", Some("xl/_rels/workbook.bin.rels")),
            ("b/s.bin", Some("xl/worksheets/tonghop-0.bin")),
            ("b/m.bin", Some("xl/dialogsheets/tonghop-2.bin")),
            ("b/t.bin", Some("xl/sharedStrings.bin")),
            ("xl/workbook.bin", None),
            ("xl/styles.bin", None),
        ] {
            assert_eq!(package.library_name(part, part), name, "{part}");
        }
    }

    #[test]
    fn parts_can_have_the_usual_names_of_each_other() {
        let parts = ["xl/styles.xml", "xl/sharedstrings.xml"];
        let links = [("1", "sharedStrings", "styles.xml"), ("2", "styles", "sharedStrings.xml")];
        let package = package("xl/workbook.xml", &parts, &links).unwrap();
        let names = parts.map(|part| package.library_name(part, part));
        assert_eq!(names, [Some("xl/sharedStrings.xml"), Some("xl/styles.xml")]);
    }

    #[test]
    fn relationships_that_can_be_read_in_two_ways_are_refused() {
        let parts = ["xl/a.xml", "xl/b.xml"];
        let double = |part: &str| ReadError::Damaged(Damage::DoublePart(part.to_owned()));
        let same_id = Damage::DoubleLink("xl/_rels/workbook.xml.rels".to_owned(), "1".to_owned());
        for (links, expected) in [
            ([("1", "worksheet", "a.xml"), ("1", "worksheet", "b.xml")], ReadError::Damaged(same_id)),
            ([("1", "sharedStrings", "a.xml"), ("2", "sharedStrings", "b.xml")], double("sharedStrings")),
            (
                [("1", "worksheet", "a.xml"), ("2", "worksheet", "c.xml")],
                ReadError::Damaged(Damage::MissingPart("xl/c.xml".to_owned())),
            ),
        ] {
            assert_eq!(package("xl/workbook.xml", &parts, &links).unwrap_err(), expected, "{links:?}");
        }
        let usual = package("/xl/workbook.xml", &parts, &[("1", "worksheet", "a.xml")]).unwrap();
        assert!(usual.replaced.is_empty());
        let steps = package("xl/workbook.xml", &parts, &[("1", "worksheet", "../xl/a.xml")]).unwrap();
        assert_eq!((steps.role("xl/a.xml"), steps.replaced.len()), (PartRole::Sheet, 2));
    }
}
