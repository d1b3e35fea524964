//! Finds the department that a workbook names as its sender.
//!
//! Input: the preambles of its sheets and the departments of the project. Output: the department that the form names.
//! Not here: what follows for the workbook.
//!
//! A name counts if it is a whole line, as in a letterhead, or if the form introduces it; elsewhere forms name
//! receivers and partners.

use super::period::Said;
use crate::layout::opening::{Line, Opening};
use std::collections::HashMap;
use tonghop_core::config::{Config, Department};
use tonghop_core::model::id::DepartmentId;
use tonghop_core::vi::fold::{fold, is_letter_or_digit};
use tonghop_core::vi::letterhead;

/// A department that a form names, with the line that names it.
pub(super) struct Named<'c> {
    pub department: &'c Department,
    pub said: Said,
}

/// Lists the texts that may be a name: each line, each pair of cells below each other, and introduced names.
fn candidates(opening: &Opening) -> impl Iterator<Item = (&Line, String)> {
    opening.lines.iter().flat_map(|line| {
        let below = |other: &&Line| other.cell.col == line.cell.col && other.cell.row == line.cell.row + 1;
        let two = opening.lines.iter().find(below).map(|below| format!("{} {}", line.words, below.words));
        let said = letterhead::sender(&line.words);
        [Some(line.words.clone()), two, said].into_iter().flatten().map(move |words| (line, words))
    })
}

/// The names of the departments, folded for comparison with the lines of a form.
pub(super) struct Names<'c> {
    departments: Vec<(Name, &'c Department)>,
    /// Indexes into `departments` by whole name.
    by_name: HashMap<Name, Vec<usize>>,
    by_id: HashMap<&'c DepartmentId, usize>,
    /// The words of the organisation's place, which names often end with: "thành phố Lai Châu".
    place: Name,
}

/// A folded name, word by word.
type Name = Vec<String>;

impl<'c> Names<'c> {
    pub(super) fn new(config: &'c Config) -> Self {
        let place = words(&config.organisation.place);
        let mut names = Self { departments: Vec::new(), by_name: HashMap::new(), by_id: HashMap::new(), place };
        let organisation = [&config.organisation.issuer, &config.organisation.superior].map(|name| names.key(name));
        let keyed = config.departments.iter().map(|department| (names.key(&department.name), department));
        // Every letterhead names the organisation, so its name identifies no sender, even if it is a department too.
        names.departments = keyed.filter(|(key, _)| !key.is_empty() && !organisation.contains(key)).collect();
        for (at, (name, department)) in names.departments.iter().enumerate() {
            names.by_name.entry(name.clone()).or_default().push(at);
            names.by_id.insert(&department.id, at);
        }
        names
    }

    /// Returns the other department that a workbook names, if it names exactly one and never its own.
    pub(super) fn other(&self, openings: &[Opening], own: &DepartmentId) -> Option<Named<'c>> {
        let lines = || openings.iter().flat_map(|opening| candidates(opening).map(move |line| (opening, line)));
        // Fast path: most forms name their own department.
        if lines().any(|(_, (_, words))| self.mentions(&words, own)) {
            return None;
        }
        let mut others = lines().filter_map(|(opening, (line, words))| {
            let department = self.find(&words)?;
            let said = Said { sheet: opening.sheet.clone(), cell: line.cell, words: line.words.trim().to_owned() };
            Some(Named { department, said })
        });
        let first = others.next()?;
        others.all(|named| named.department.id == first.department.id).then_some(first)
    }

    /// Folds a name to its words, without the place at its end.
    fn key(&self, name: &str) -> Name {
        let mut words = words(name);
        let cut = (1..=self.place.len()).rev().find(|length| words.ends_with(&self.place[..*length]));
        words.truncate(words.len() - cut.unwrap_or_default());
        words
    }

    /// Returns whether a line contains the name of a department.
    fn mentions(&self, line: &str, department: &DepartmentId) -> bool {
        let Some(at) = self.by_id.get(department) else { return false };
        let (key, name) = (self.key(line), &self.departments[*at].0);
        key.windows(name.len()).any(|part| part == name) || is_short(&key, name)
    }

    /// Returns the department whose name, written out or abbreviated, is the whole line, if it is the only one.
    fn find(&self, line: &str) -> Option<&'c Department> {
        let key = self.key(line);
        if let Some(named) = self.by_name.get(&key)
            && let [only] = named.as_slice()
        {
            return Some(self.departments[*only].1);
        }
        let mut found = self.departments.iter().filter(|(name, _)| is_short(&key, name));
        let (_, department) = found.next()?;
        found.next().is_none().then_some(*department)
    }
}

/// Returns whether a line is `name` with some words abbreviated to initials: "Phòng Lao động - TB và XH", "Ban CHQS".
fn is_short(line: &[String], name: &[String]) -> bool {
    let initial = |name: &[String]| name.first().and_then(|word| word.chars().next());
    // Fast path: an abbreviation begins with the same letter as the name.
    initial(line) == initial(name) && line.iter().any(|word| name.contains(word)) && abbreviates(line, name)
}

fn abbreviates(line: &[String], name: &[String]) -> bool {
    let Some((word, rest)) = line.split_first() else { return name.is_empty() };
    let covered = word.chars().count();
    let is_initials = || {
        let initials = name.iter().take(covered).filter_map(|word| word.chars().next());
        covered <= name.len() && word.chars().eq(initials)
    };
    name.first() == Some(word) && abbreviates(rest, &name[1..]) || is_initials() && abbreviates(rest, &name[covered..])
}

/// Splits a name into folded words, without "và", which is written inconsistently.
fn words(name: &str) -> Name {
    let folded = fold(name);
    let words = folded.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty() && *word != "và");
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::model::cell::CellRef;
    use tonghop_core::model::id::SheetName;
    use tonghop_testing::minimal_settings;

    fn config() -> Config {
        let departments = ["Phòng Kinh tế", "Phòng Lao động - Thương binh và Xã hội", "Ban Chỉ huy Quân sự thành phố"];
        let departments = (0..).zip(departments).map(|(at, name)| format!("{{ id = \"d{at}\", name = \"{name}\" }}"));
        let keys = format!("departments = [{}]", departments.collect::<Vec<_>>().join(", "));
        let text = minimal_settings(&keys, "[outline]\nletters = [\"a\"]\nheadings = []");
        Config::parse(&text.replace("place = \"X\"", "place = \"Thành phố Lai Châu\"")).unwrap()
    }

    /// Returns the id of the department that `lines` name in a workbook of department `d0`.
    fn named(lines: &[&str]) -> Option<String> {
        let lines =
            (0..).zip(lines).map(|(row, words)| Line { cell: CellRef::new(row, 0), words: (*words).to_owned() });
        let opening = Opening { sheet: SheetName::new("S"), lines: lines.collect(), columns: Vec::new() };
        let config = config();
        let named = Names::new(&config).other(&[opening], &DepartmentId::new("d0"));
        named.map(|named| named.department.id.to_string())
    }

    #[test]
    fn another_department_is_named_by_a_whole_line() {
        for (lines, expected) in [
            (&["UBND THÀNH PHỐ LAI CHÂU", "BAN CHỈ HUY QUÂN SỰ"][..], Some("d2")),
            (&["BAN CHQS THÀNH PHỐ LAI CHÂU"], Some("d2")),
            (&["PHÒNG LAO ĐỘNG - TB VÀ XH"], Some("d1")),
            (&["PHÒNG LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"], Some("d1")),
            (&["Đơn vị báo cáo: Ban Chỉ huy quân sự thành phố."], Some("d2")),
            (&["Kính gửi: Ban Chỉ huy Quân sự thành phố"], None),
            (&["Đơn vị nhận báo cáo: Ban Chỉ huy Quân sự"], None),
            (&["Phối hợp với Ban Chỉ huy Quân sự thành phố"], None),
            (&["BAN CHỈ HUY QUÂN SỰ", "Đơn vị báo cáo: Phòng KT"], None),
            (&["BAN CHỈ HUY QUÂN SỰ", "(Kèm theo báo cáo của Phòng Kinh tế)"], None),
            (&["BAN CHỈ HUY QUÂN SỰ", "PHÒNG LĐ - TB VÀ XH"], None),
            (&["CHQS", "P", "", "và"], None),
        ] {
            assert_eq!(named(lines).as_deref(), expected, "{lines:?}");
        }
    }
}
