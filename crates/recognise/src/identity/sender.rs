//! Finds the department that a workbook names as its sender.
//!
//! Input: the preambles of its sheets and the departments of the project. Output: the department that the form names.
//! Not here: what follows for the workbook.
//!
//! A name counts if it is a whole line, as in a letterhead, or if the form introduces it; elsewhere forms name
//! receivers and partners.

use super::period::LineRef;
use crate::layout::preamble::{Preamble, PreambleLine};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use tonghop_core::config::{Config, Department};
use tonghop_core::model::id::DepartmentId;
use tonghop_core::vi::fold::{fold, is_letter_or_digit};
use tonghop_core::vi::form_header;

/// A department that a form names, with the line that names it.
pub(super) struct NamedDepartment<'c> {
    pub department: &'c Department,
    pub line: LineRef,
}

/// Lists the texts that may be a name: each line, each pair of cells below each other, and introduced names.
fn name_candidates(preamble: &Preamble) -> impl Iterator<Item = (&PreambleLine, String)> {
    preamble.lines.iter().flat_map(|line| {
        let below = |other: &&PreambleLine| other.cell.col == line.cell.col && other.cell.row == line.cell.row + 1;
        let joined = preamble.lines.iter().find(below).map(|below| format!("{} {}", line.text, below.text));
        let introduced = form_header::sender(&line.text);
        [Some(line.text.clone()), joined, introduced].into_iter().flatten().map(move |text| (line, text))
    })
}

/// The names of the departments, folded for comparison with the lines of a form.
pub(super) struct DepartmentNames<'c> {
    departments: Vec<(FoldedName, &'c Department)>,
    /// Indexes into `departments` by whole name.
    indexes_by_name: HashMap<FoldedName, Vec<usize>>,
    index_by_id: HashMap<&'c DepartmentId, usize>,
    /// Indexes into `departments` by the initials of the name's words: a line and each of its abbreviations have them.
    indexes_by_initials: BTreeMap<String, Vec<usize>>,
    /// The words of the organisation's place, which names often end with: "thành phố Lai Châu".
    place_words: FoldedName,
}

/// A folded name, word by word.
type FoldedName = Vec<String>;

impl<'c> DepartmentNames<'c> {
    pub(super) fn new(config: &'c Config) -> Self {
        let place = folded_words(&config.organisation.place);
        let mut names = Self {
            departments: Vec::new(),
            indexes_by_name: HashMap::new(),
            index_by_id: HashMap::new(),
            indexes_by_initials: BTreeMap::new(),
            place_words: place,
        };
        let organisation =
            [&config.organisation.issuer, &config.organisation.superior].map(|name| names.fold_name(name));
        let keyed = config.departments.iter().map(|department| (names.fold_name(&department.name), department));
        // Every letterhead names the organisation, so its name identifies no sender, even if it is a department too.
        names.departments = keyed.filter(|(key, _)| !key.is_empty() && !organisation.contains(key)).collect();
        for (at, (name, department)) in names.departments.iter().enumerate() {
            names.indexes_by_name.entry(name.clone()).or_default().push(at);
            names.index_by_id.insert(&department.id, at);
            let initials = name.iter().filter_map(|word| word.chars().next()).collect();
            names.indexes_by_initials.entry(initials).or_default().push(at);
        }
        names
    }

    /// Returns the other department that a workbook names, if it names exactly one and never its own.
    pub(super) fn find_other(&self, preambles: &[Preamble], own: &DepartmentId) -> Option<NamedDepartment<'c>> {
        let lines = || preambles.iter().flat_map(|opening| name_candidates(opening).map(move |line| (opening, line)));
        // Fast path: most forms name their own department.
        if lines().any(|(_, (_, words))| self.contains_name(&words, own)) {
            return None;
        }
        let mut others = lines().filter_map(|(opening, (line, words))| {
            let department = self.find_department(&words)?;
            let line_ref = LineRef { sheet: opening.sheet.clone(), cell: line.cell, text: line.text.trim().to_owned() };
            Some(NamedDepartment { department, line: line_ref })
        });
        let first = others.next()?;
        others.all(|named| named.department.id == first.department.id).then_some(first)
    }

    /// Folds a name to its words, without the place at its end.
    fn fold_name(&self, name: &str) -> FoldedName {
        let mut words = folded_words(name);
        let cut = (1..=self.place_words.len()).rev().find(|length| words.ends_with(&self.place_words[..*length]));
        words.truncate(words.len() - cut.unwrap_or_default());
        words
    }

    /// Returns whether a line contains the name of a department.
    fn contains_name(&self, line: &str, department: &DepartmentId) -> bool {
        let Some(at) = self.index_by_id.get(department) else { return false };
        let (key, name) = (self.fold_name(line), &self.departments[*at].0);
        key.windows(name.len()).any(|part| part == name) || is_abbreviation(&key, name)
    }

    /// Returns the department whose name, written out or abbreviated, is the whole line, if it is the only one.
    fn find_department(&self, line: &str) -> Option<&'c Department> {
        let key = self.fold_name(line);
        if let Some(named) = self.indexes_by_name.get(&key)
            && let [only] = named.as_slice()
        {
            return Some(self.departments[*only].1);
        }
        let mut found = self.with_initials(&key).filter(|at| is_abbreviation(&key, &self.departments[*at].0));
        let at = found.next()?;
        found.next().is_none().then_some(self.departments[at].1)
    }

    /// Returns the departments whose initials a line has, if some of its words are initials themselves.
    fn with_initials(&self, line: &[String]) -> impl Iterator<Item = usize> {
        let mut readings = BTreeSet::from([String::new()]);
        for word in line {
            let first: String = word.chars().take(1).collect();
            let next = readings.iter().flat_map(|read| [format!("{read}{first}"), format!("{read}{word}")]);
            // Only beginnings of known initials remain, so a long line does not have a million readings.
            readings = next.filter(|read| self.begins_initials(read)).collect();
        }
        readings.into_iter().filter_map(|read| self.indexes_by_initials.get(&read)).flatten().copied()
    }

    fn begins_initials(&self, beginning: &str) -> bool {
        let mut from = self.indexes_by_initials.range::<str, _>((Bound::Included(beginning), Bound::Unbounded));
        from.next().is_some_and(|(initials, _)| initials.starts_with(beginning))
    }
}

/// Returns whether a line is `name` with some words abbreviated to initials: "Phòng Lao động - TB và XH", "Ban CHQS".
fn is_abbreviation(line: &[String], name: &[String]) -> bool {
    let initial = |name: &[String]| name.first().and_then(|word| word.chars().next());
    // Fast path: an abbreviation begins with the same letter as the name.
    initial(line) == initial(name) && line.iter().any(|word| name.contains(word)) && matches_abbreviated(line, name)
}

fn matches_abbreviated(line: &[String], name: &[String]) -> bool {
    let Some((word, rest)) = line.split_first() else { return name.is_empty() };
    let covered = word.chars().count();
    let is_initials = || {
        let initials = name.iter().take(covered).filter_map(|word| word.chars().next());
        covered <= name.len() && word.chars().eq(initials)
    };
    name.first() == Some(word) && matches_abbreviated(rest, &name[1..])
        || is_initials() && matches_abbreviated(rest, &name[covered..])
}

/// Splits a name into folded words, without "và", which is written inconsistently.
fn folded_words(name: &str) -> FoldedName {
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
            (0..).zip(lines).map(|(row, words)| PreambleLine { cell: CellRef::new(row, 0), text: (*words).to_owned() });
        let opening = Preamble { sheet: SheetName::new("S"), lines: lines.collect(), columns: Vec::new() };
        let config = config();
        let named = DepartmentNames::new(&config).find_other(&[opening], &DepartmentId::new("d0"));
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
