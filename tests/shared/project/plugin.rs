//! Reads the rule files as text: the declarations of each sector, and its code without strings and comments.
//!
//! Input: the files of `plugins/`. Output: the departments, sections and lending sectors that they name. Not here: Lua,
//! the program's own reader of it.

use super::repository;
use std::collections::BTreeSet;
use std::fs;

/// The sections that list the shortfalls of all sectors.
const SHORTFALLS: [&str; 2] = ["II.III.2.1", "II.III.2.2"];

/// The rule files over all sectors.
const OVERALL_RULES: [&str; 2] = ["checks", "report"];

/// A rule file of one sector.
pub struct Sector {
    pub id: String,
    /// The path in the project.
    pub file: String,
    pub lua: String,
    pub departments: BTreeSet<String>,
    /// The section that it declares.
    pub section: String,
    /// Every section that may contain text of it.
    pub sections: BTreeSet<String>,
    /// The sectors that it borrows figures from.
    pub lenders: BTreeSet<String>,
}

/// Reads the rule file of every sector, sorted by id.
pub fn sectors() -> Vec<Sector> {
    let ids = names().into_iter().filter(|id| !OVERALL_RULES.contains(&id.as_str()));
    ids.map(|id| Sector::read(&id)).collect()
}

/// Returns the names of all rule files, without the extension.
fn names() -> Vec<String> {
    let files = fs::read_dir(repository().join("plugins")).unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.map(|file| file.into_string().unwrap());
    let mut names: Vec<String> = files.filter_map(|file| file.strip_suffix(".lua").map(str::to_owned)).collect();
    names.sort();
    names
}

/// Returns the sectors that read a department, and those that borrow figures from them, transitively.
pub fn dependent_sectors<'a>(department: &str, sectors: &'a [Sector]) -> Vec<&'a Sector> {
    let mut resting: BTreeSet<&str> = sectors.iter().filter(|s| s.reads(department)).map(|s| s.id.as_str()).collect();
    loop {
        let borrowers = sectors.iter().filter(|s| s.lenders.iter().any(|lender| resting.contains(lender.as_str())));
        let more: Vec<&str> = borrowers.map(|s| s.id.as_str()).filter(|id| !resting.contains(id)).collect();
        if more.is_empty() {
            return sectors.iter().filter(|s| resting.contains(s.id.as_str())).collect();
        }
        resting.extend(more);
    }
}

impl Sector {
    fn read(id: &str) -> Self {
        let file = format!("plugins/{id}.lua");
        let lua = fs::read_to_string(repository().join(&file)).unwrap();
        let section = between(&lua, "\n  section = \"", "\"")[0].to_owned();
        let mut sections: BTreeSet<String> = between(&lua, "[\"", "\"] =").into_iter().map(str::to_owned).collect();
        sections.insert(section.clone());
        if lua.contains("\n  shortfalls = ") {
            sections.extend(SHORTFALLS.map(str::to_owned));
        }
        let lists = between(&lua, "\n  departments = {", "}");
        let departments = lists.iter().flat_map(|list| between(list, "\"", "\"")).map(str::to_owned).collect();
        let lenders = between(&lua, "from = \"", ".").into_iter().map(str::to_owned).collect();
        Self { id: id.to_owned(), file, departments, section, sections, lenders, lua }
    }

    /// Returns whether it writes text; some sectors only list shortfalls.
    pub fn writes(&self) -> bool {
        self.lua.contains("\n  text = ")
    }

    pub fn reads(&self, department: &str) -> bool {
        self.departments.contains(department)
    }
}

/// Returns every substring between two delimiters.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((inside, after)) = rest.split_once(start).and_then(|(_, rest)| rest.split_once(end)) {
        found.push(inside);
        rest = after;
    }
    found
}

/// Removes double-quoted strings and comments from a rule file; the rule files use no other kinds.
pub fn code_without_strings(lua: &str) -> String {
    lua.lines().map(code_of_line).collect::<Vec<_>>().join("\n")
}

fn code_of_line(line: &str) -> String {
    let (mut code, mut signs, mut quoted) = (String::new(), line.chars(), false);
    while let Some(sign) = signs.next() {
        match sign {
            '"' => quoted = !quoted,
            '\\' if quoted => drop(signs.next()),
            _ if quoted => {}
            '-' if signs.as_str().starts_with('-') => break,
            sign => code.push(sign),
        }
    }
    code
}
