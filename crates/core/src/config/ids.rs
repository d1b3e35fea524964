//! Checks the ids of the settings, which become parts of the names of files and folders.
//!
//! Input: the settings and their text. Output: the first id that cannot name a file, with its line. Not here: ids of
//! rules, ids that occur twice.

use super::{Config, ConfigError};
use crate::library_text::line_and_column;
use crate::model::id::is_file_name;
use serde::Deserialize;
use toml::Spanned;

/// The tables of the settings that have ids, with the place of each id.
#[derive(Default, Deserialize)]
#[serde(default)]
struct IdPlaces {
    departments: Vec<IdPlace>,
    targets: Vec<IdPlace>,
    measures: Vec<IdPlace>,
}

#[derive(Deserialize)]
struct IdPlace {
    id: Spanned<String>,
}

impl Config {
    /// Checks that every id can name a file on every system; `text` is what the settings were parsed from.
    ///
    /// # Errors
    /// Returns an error for the first one that cannot.
    pub(super) fn check_ids(&self, text: &str) -> Result<(), ConfigError> {
        let departments = self.departments.iter().map(|department| department.id.as_str());
        let targets = self.targets.iter().map(|target| target.id.as_str());
        let measures = self.measures.iter().map(|measure| measure.id.as_str());
        if departments.chain(targets).chain(measures).all(is_file_name) {
            return Ok(());
        }
        // Only now, since the places take another pass over the text.
        let IdPlaces { departments, targets, measures } =
            toml::from_str(text).map_err(|error| ConfigError::toml(&error, text))?;
        for (list, places) in [("departments", departments), ("targets", targets), ("measures", measures)] {
            if let Some(IdPlace { id }) = places.into_iter().find(|place| !is_file_name(place.id.get_ref())) {
                let (line, column) = line_and_column(text, id.span().start);
                return Err(ConfigError::InvalidId { list, id: id.into_inner(), line, column });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_testing::minimal_settings;

    fn settings(list: &str, id: &str) -> String {
        let department = |id: &str| format!("departments = [\n  {{ id = {id}, name = \"A\" }},\n]");
        let column = format!("[[{list}]]\nid = {id}\nname = \"a\"\nheadings = [\"a\"]\n");
        let (first, last) =
            if list == "departments" { (department(id), String::new()) } else { (department("\"a\""), column) };
        minimal_settings(&first, &format!("{last}[outline]\nletters = [\"a\"]\nheadings = []"))
    }

    #[test]
    fn ids_that_name_no_file_are_refused_with_their_line() {
        for list in ["departments", "targets", "measures"] {
            assert!(Config::parse(&settings(list, "\"b-1_c\"")).is_ok(), "{list}");
            for id in ["\"\"", "\"../x\"", "\"/etc\"", "\"v/x\"", "\"v\\n\"", "\"con\"", "\"Phong\"", "\"phòng\""] {
                let text = settings(list, id);
                let expected = text.lines().position(|line| line.contains(id)).unwrap() + 1;
                match Config::parse(&text) {
                    Err(ConfigError::InvalidId { list: named, line, .. }) => {
                        assert_eq!((named, line), (list, expected))
                    }
                    other => panic!("{list} {id}: {other:?}"),
                }
            }
        }
    }
}
