//! Finds departments by id, by folder and by name.
//!
//! Input: the departments of the settings. Output: lookups that do not search the list: there may be thousands of
//! departments, and each has workbooks and lines of the office. Not here: the settings of a department.

use super::{Config, Department};
use crate::model::indexed_list::Indexed;
use crate::vi::fold::fold;
use std::collections::HashMap;

/// The indexes of departments by each of their keys; the first of several with one id.
#[derive(Clone, Debug, Default)]
pub struct DepartmentIndex {
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Indexed for Department {
    type Index = DepartmentIndex;

    fn build_index(departments: &[Self]) -> DepartmentIndex {
        let mut index = DepartmentIndex::default();
        for (at, department) in departments.iter().enumerate() {
            index.by_id.entry(department.id.to_string()).or_insert(at);
            index.by_name.entry(fold(&department.name)).or_default().push(at);
        }
        index
    }
}

impl Config {
    /// Finds a department by its id.
    pub fn department(&self, id: &str) -> Option<&Department> {
        self.departments.index().by_id.get(id).map(|at| &self.departments[*at])
    }

    /// Finds the department that a folder belongs to, in any case, because Windows and macOS ignore case in names.
    pub fn department_of_folder(&self, name: &str) -> Option<&Department> {
        self.department(&name.to_ascii_lowercase())
    }

    /// Returns the departments that a text of the office names, by their id or by their name in any case, in their
    /// order; several departments can have one name.
    pub fn departments_named(&self, text: &str) -> Vec<&Department> {
        let index = self.departments.index();
        let named = index.by_name.get(&fold(text)).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<usize> = index.by_id.get(text).into_iter().chain(named).copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.departments[at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_testing::minimal_settings;

    #[test]
    fn offices_name_a_department_by_id_or_name() {
        let departments = r#"departments = [
            { id = "a", name = "Phòng Một" }, { id = "b", name = "A" }, { id = "c", name = "PHÒNG  MỘT" }]"#;
        let config =
            Config::parse(&minimal_settings(departments, "[outline]\nletters = [\"a\"]\nheadings = []")).unwrap();
        for (text, expected) in [
            ("a", &["a", "b"][..]),
            ("b", &["b"]),
            ("B", &[]),
            ("phòng một", &["a", "c"]),
            ("phong mot", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = config.departments_named(text).iter().map(|found| found.id.as_str()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn folders_are_known_whatever_their_capitals() {
        let departments = "departments = [{ id = \"phong-dan-toc\", name = \"A\" }, { id = \"b\", name = \"B\" }]";
        let text = minimal_settings(departments, "[outline]\nletters = [\"a\"]\nheadings = []");
        let config = Config::parse(&text).unwrap();
        for (folder, department) in [
            ("phong-dan-toc", Some("phong-dan-toc")),
            ("Phong-Dan-Toc", Some("phong-dan-toc")),
            ("PHONG-DAN-TOC", Some("phong-dan-toc")),
            ("B", Some("b")),
            ("phòng-dân-tộc", None),
            ("phong-dan-toc ", None),
            ("", None),
        ] {
            let found = config.department_of_folder(folder).map(|department| department.id.as_str());
            assert_eq!(found, department, "{folder}");
        }
    }
}
