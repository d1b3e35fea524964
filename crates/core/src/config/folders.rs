//! Maps folder names to departments, however the name is spelt.
//!
//! Input: the departments of the settings and a folder name. Output: the department. Not here: the file system.

use super::{Config, Department};

impl Config {
    /// Finds the department that a folder belongs to, in any case, because Windows and macOS ignore case in names.
    pub fn department_of_folder(&self, name: &str) -> Option<&Department> {
        let is_named = |department: &&Department| department.id.as_str().eq_ignore_ascii_case(name);
        self.departments.iter().find(is_named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_testing::minimal_settings;

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
