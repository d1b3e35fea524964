//! Maps folder names to departments, however the name is spelt.
//!
//! Input: the departments of the settings and a folder name. Output: the department, or two departments with
//! indistinguishable folders. Not here: the file system.

use super::{Config, ConfigError, Department};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

impl Config {
    /// Finds the department that a folder belongs to.
    ///
    /// Windows and macOS ignore case in names, and some systems decompose letters and marks. A letter with a mark
    /// remains distinct from the letter without it.
    pub fn department_of_folder(&self, name: &str) -> Option<&Department> {
        let by_spelling = || {
            let at = self.departments.index().by_folder.get(&folder_key(name))?;
            self.departments.get(*at)
        };
        self.department(name).or_else(by_spelling)
    }
}

/// Checks that no two departments share a folder.
///
/// # Errors
/// Returns an error if two ids differ only in case or in the encoding of accents.
pub(super) fn check_distinct_folders(departments: &[Department]) -> Result<(), ConfigError> {
    let mut seen: BTreeMap<String, &Department> = BTreeMap::new();
    for department in departments {
        if let Some(first) = seen.insert(folder_key(department.id.as_str()), department) {
            return Err(ConfigError::SameFolder(first.id.clone(), department.id.clone()));
        }
    }
    Ok(())
}

/// Returns a name in lower case and composed form.
///
/// Converts letter by letter, as file systems do: a letter's lower case must not depend on its neighbours.
pub(super) fn folder_key(name: &str) -> String {
    let small: String = name.nfc().flat_map(char::to_lowercase).collect();
    small.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_testing::minimal_settings;

    fn settings(ids: &[&str]) -> Result<Config, ConfigError> {
        let departments: Vec<String> = ids.iter().map(|id| format!("{{ id = \"{id}\", name = \"{id}\" }}")).collect();
        let departments = format!("departments = [{}]", departments.join(", "));
        Config::parse(&minimal_settings(&departments, "[outline]\nletters = [\"a\"]\nheadings = []"))
    }

    #[test]
    fn folders_are_known_whatever_their_capitals_and_form_of_accents() {
        let decomposed: String = "phòng-đất-đai".nfd().collect();
        let config = settings(&["phong-dan-toc", &decomposed, "PHÒNG ƯU TIÊN"]).unwrap();
        let of = |name: &str| config.department_of_folder(name).map(|department| department.id.to_string());
        for (folder, department) in [
            ("phong-dan-toc", Some("phong-dan-toc")),
            ("Phong-Dan-Toc", Some("phong-dan-toc")),
            ("PHONG-DAN-TOC", Some("phong-dan-toc")),
            ("phòng-đất-đai", Some(decomposed.as_str())),
            ("Phòng-Đất-Đai", Some(decomposed.as_str())),
            ("PHÒNG-ĐẤT-ĐAI".nfd().collect::<String>().as_str(), Some(decomposed.as_str())),
            ("phòng ưu tiên", Some("PHÒNG ƯU TIÊN")),
            ("phong-đat-đai", None),
            ("phòng-dân-tộc", None),
            ("phong-dan-toc ", None),
            ("", None),
        ] {
            assert_eq!(of(folder).as_deref(), department, "{folder}");
        }
    }

    #[test]
    fn departments_that_share_a_folder_are_refused() {
        let decomposed: String = "Phòng-Đ".nfd().collect();
        for (one, other) in [("phong-a", "Phong-A"), ("phòng-đ", decomposed.as_str())] {
            let error = settings(&[one, "x", other]).unwrap_err();
            assert!(matches!(&error, ConfigError::SameFolder(..)), "{error:?}");
            let words = error.message();
            assert!(words.vietnamese().contains(one) && words.vietnamese().contains(other), "{words:?}");
        }
        assert!(matches!(settings(&["a", "a"]), Err(ConfigError::DuplicateId(..))));
        assert!(settings(&["phong-a", "phòng-a", "phong-ă"]).is_ok(), "accents distinguish departments");
    }
}
