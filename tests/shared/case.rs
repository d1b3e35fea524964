//! A small project described in one text file, with the expected problems.
//!
//! Input: the text of a case. Output: a [`Case`] that can be written to a folder. Not here: running it.
//!
//! # The format
//!
//! Text for the reader, then `key: value` lines (`severity`, `place`; `also`: codes that follow from this one;
//! `prevented-by`: the code that is raised instead, because an earlier step rejects the cause), then the files of the
//! project, each after a line with its name:
//!
//! ```text
//! --- plugins/herd.lua                     a text file
//! --- workbooks/phong-a/bieu.xlsx          a workbook, built from its text (see `sheet_text.rs`)
//! --- workbooks/phong-a/x.xlsx (as text)   the text itself, in spite of the extension
//! --- plugins/herd.lua (removed)           no such file
//! --- workbooks/phong-a/bieu.xls (as is)   the file bieu.xls in the folder of the case
//! ```
//!
//! `@repeat n text` in a line stands for n times the text.
//!
//! A case of `tests/diagnostics/` is merged into the project of `base.txt` there, which has no problem: it contains
//! only the files that differ. [`Case::read_whole`] reads a complete project.

use crate::project::sheet_text;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The content of a file; `None` if it is removed.
type Content = Option<Vec<u8>>;

/// A small project with its expected problems.
pub struct Case {
    headers: BTreeMap<String, String>,
    files: BTreeMap<String, Content>,
}

/// The expected problems of a case.
pub struct Expected {
    /// The code that must be raised exactly once.
    pub raised: String,
    /// Whether this code prevents the code of the case.
    pub prevented: bool,
    /// All codes that must be raised.
    pub codes: BTreeSet<String>,
    pub severity: String,
    /// The first place of the problem.
    pub place: String,
}

impl Case {
    /// Reads the case of a folder under `tests/diagnostics/`, merged into the base project.
    pub fn for_code(code: &str) -> Self {
        let case = Self::read_whole(&folder().join(code).join("case.txt"));
        let files = Self::base().files.into_iter().chain(case.files).collect();
        Self { files, ..case }
    }

    /// Reads the base project, which has no problems.
    pub fn base() -> Self {
        Self::read_whole(&folder().join("base.txt"))
    }

    /// Reads a complete project.
    pub fn read_whole(path: &Path) -> Self {
        Self::read(path, |text| text)
    }

    /// Reads a complete project after changing its text.
    pub fn read(path: &Path, change: impl FnOnce(String) -> String) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let text = change(text).split('\n').map(expanded).collect::<Vec<_>>().join("\n");
        let (head, sections) = text.split_once("\n--- ").unwrap_or((&text, ""));
        let headers = head.lines().filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let sections = sections.split("\n--- ").filter(|section| !section.is_empty());
        let files = sections.map(|section| file(path, section)).collect();
        Self { headers, files }
    }

    /// Returns the expected problems of the case of a code.
    pub fn expected(&self, code: &str) -> Expected {
        let header = |key: &str| self.headers.get(key).cloned();
        let needed = |key: &str| header(key).unwrap_or_else(|| panic!("{code}: no \"{key}: …\" line"));
        let prevented_by = header("prevented-by");
        let raised = prevented_by.clone().unwrap_or_else(|| code.to_owned());
        let also = header("also").unwrap_or_default();
        let codes =
            also.split(", ").filter(|code| !code.is_empty()).map(str::to_owned).chain([raised.clone()]).collect();
        Expected {
            raised,
            prevented: prevented_by.is_some(),
            codes,
            severity: needed("severity"),
            place: needed("place"),
        }
    }

    /// Writes the project to a temporary folder.
    pub fn project(self) -> TempDir {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("workbooks")).unwrap();
        for (name, content) in self.files {
            if let Some(bytes) = content {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
        folder
    }
}

/// Returns a line in which `@repeat n text` is replaced by `text`, n times.
pub fn expanded(line: &str) -> String {
    let Some((before, rest)) = line.split_once("@repeat ") else { return line.to_owned() };
    let (times, text) = rest.split_once(' ').unwrap();
    format!("{before}{}", format!("{text} ").repeat(times.parse().unwrap()))
}

/// Builds the workbook of `base.txt` with other numbers of all animals and of cattle.
pub fn herd(total: &str, cattle: &str) -> Vec<u8> {
    let base = fs::read_to_string(folder().join("base.txt")).unwrap();
    let (_, sheet) = base.split_once("bieu.xlsx\n").unwrap();
    let (all, of_cattle) = ("| 180 | 168 |", "| 50 | 48 |");
    assert!(sheet.contains(all) && sheet.contains(of_cattle));
    let sheet = sheet.replace(all, &format!("| 180 | {total} |")).replace(of_cattle, &format!("| 50 | {cattle} |"));
    sheet_text::build(&sheet_text::parse(&sheet).unwrap()).unwrap()
}

/// Returns the folder that has one folder per code.
pub fn folder() -> PathBuf {
    crate::project::repository().join("tests/diagnostics")
}

fn file(case: &Path, section: &str) -> (String, Content) {
    let (title, body) = section.split_once('\n').unwrap_or((section, ""));
    if let Some(name) = title.strip_suffix(" (removed)") {
        return (name.to_owned(), None);
    }
    if let Some(name) = title.strip_suffix(" (as text)") {
        return (name.to_owned(), Some(body.into()));
    }
    if let Some(name) = title.strip_suffix(" (as is)") {
        let beside = case.with_file_name(Path::new(name).file_name().unwrap());
        return (name.to_owned(), Some(fs::read(beside).unwrap()));
    }
    if !title.ends_with(".xlsx") {
        return (title.to_owned(), Some(body.into()));
    }
    let book = sheet_text::parse(body).unwrap_or_else(|error| panic!("{}, {title}: {error}", case.display()));
    (title.to_owned(), Some(sheet_text::build(&book).unwrap()))
}
