//! Whose workbook it is.
//!
//! In come the beginnings of its sheets and the departments of the project, out goes the one that the form names. A
//! name counts where it is a whole line, as in a letterhead, or where the form introduces it; elsewhere forms name
//! receivers and partners. Never here: what happens with the workbook.

use super::period::Said;
use crate::layout::opening::{Line, Opening};
use std::collections::HashMap;
use tonghop_core::config::{Config, Department};
use tonghop_core::model::id::DepartmentId;
use tonghop_core::vi::fold::{fold, is_letter_or_digit};
use tonghop_core::vi::letterhead;

/// Whom a form names.
pub(super) struct Named<'c> {
    pub department: &'c Department,
    pub said: Said,
}

/// Lists what may be a name: lines, those of two cells one below the other, and names behind an introduction.
fn candidates(opening: &Opening) -> impl Iterator<Item = (&Line, String)> {
    opening.lines.iter().flat_map(|line| {
        let below = |other: &&Line| other.cell.col == line.cell.col && other.cell.row == line.cell.row + 1;
        let two = opening.lines.iter().find(below).map(|below| format!("{} {}", line.words, below.words));
        let said = letterhead::sender(&line.words);
        [Some(line.words.clone()), two, said].into_iter().flatten().map(move |words| (line, words))
    })
}

/// The names of the departments, comparable with lines of a form.
pub(super) struct Names<'c> {
    departments: Vec<(Name, &'c Department)>,
    /// The places of departments by their whole names.
    by_name: HashMap<Name, Vec<usize>>,
    by_id: HashMap<&'c DepartmentId, usize>,
    /// The words of the place, which names often end with: "thành phố Lai Châu".
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
        // Every letterhead names the organisation; it tells nothing even where it reports itself.
        names.departments = keyed.filter(|(key, _)| !key.is_empty() && !organisation.contains(key)).collect();
        for (at, (name, department)) in names.departments.iter().enumerate() {
            names.by_name.entry(name.clone()).or_default().push(at);
            names.by_id.insert(&department.id, at);
        }
        names
    }

    /// Finds the other department that a workbook names, if it names exactly one and nowhere its own.
    pub(super) fn other(&self, openings: &[Opening], own: &DepartmentId) -> Option<Named<'c>> {
        let lines = || openings.iter().flat_map(|opening| candidates(opening).map(move |line| (opening, line)));
        // Most forms name their own department, and its name alone is compared with each line.
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

    /// Folds a name: words only, without the place at its end.
    fn key(&self, name: &str) -> Name {
        let mut words = words(name);
        let cut = (1..=self.place.len()).rev().find(|length| words.ends_with(&self.place[..*length]));
        words.truncate(words.len() - cut.unwrap_or_default());
        words
    }

    /// Tells whether a line holds the name of a department.
    fn mentions(&self, line: &str, department: &DepartmentId) -> bool {
        let Some(at) = self.by_id.get(department) else { return false };
        let (key, name) = (self.key(line), &self.departments[*at].0);
        key.windows(name.len()).any(|part| part == name) || is_short(&key, name)
    }

    /// Finds the department whose name a line is, written out or shortened; a name that two share tells nothing.
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

/// Tells whether a line is a name in which some words are initials: "Phòng Lao động - TB và XH", "Ban CHQS".
fn is_short(line: &[String], name: &[String]) -> bool {
    let initial = |name: &[String]| name.first().and_then(|word| word.chars().next());
    // Whichever way it is shortened, it begins with the same letter; most names do not.
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

/// Splits a name into folded words, without "và", which people write as they like.
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

    /// Finds whom lines name in a workbook of the first department.
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
