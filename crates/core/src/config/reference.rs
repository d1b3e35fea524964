//! Generates the reference of `tonghop.toml`.
//!
//! Input: the schema of the types of the settings, which has their English. Output: a Markdown page in a language. Not
//! here: the Vietnamese of the page, and what is checked beyond types.

mod schema;
mod wording;

pub(super) use schema::Date;

use super::Config;
use crate::message::{Language, StaticMessage, static_message};
use crate::model::period::Period;
use schema::Key;
use std::fmt::Write;
use wording::{EXAMPLE, HEAD, KEYS, VALUES};

/// Returns the page.
pub fn markdown(language: Language) -> String {
    let keys = schema::keys_of::<Config>();
    let mut page = HEAD.in_language(language).to_owned();
    for &(path, vietnamese) in KEYS {
        if let Some(key) = keys.get(path) {
            let description = match language {
                Language::Vietnamese => vietnamese,
                Language::English => &key.description,
            };
            write_key(&mut page, path, key, description, language);
        }
    }
    write_values(&mut page, language);
    let title = static_message("Một tệp có mọi bảng", "A file with every table").in_language(language);
    let _ = write!(page, "\n## {title}\n\n```toml\n{EXAMPLE}```\n");
    page
}

/// Writes the heading of a table, or the line of a key in it.
fn write_key(page: &mut String, path: &str, key: &Key, description: &str, language: Language) {
    const COLUMNS: [StaticMessage; 4] = [
        static_message("mục", "key"),
        static_message("kiểu", "type"),
        static_message("nếu không ghi", "if left out"),
        static_message("nghĩa là", "meaning"),
    ];
    if key.is_table {
        let name = path.strip_suffix("[]").map_or(format!("[{path}]"), |list| format!("[[{list}]]"));
        let [key, kind, default, meaning] = COLUMNS.map(|column| column.in_language(language));
        let _ = write!(
            page,
            "\n## `{name}`\n\n{description}\n\n| {key} | {kind} | {default} | {meaning} |\n|---|---|---|---|\n"
        );
        return;
    }
    let name = path.rsplit_once('.').map_or(path, |(_, name)| name);
    let default = match &key.default {
        Some(value) => format!("`{value}`"),
        None if key.is_required => static_message("**phải có**", "**required**").in_language(language).to_owned(),
        None => String::new(),
    };
    let kind = key.kind.in_language(language);
    let _ = writeln!(page, "| `{name}` | {kind} | {default} | {description} |");
}

/// Writes what templates and headings can print of the settings.
fn write_values(page: &mut String, language: Language) {
    let title = static_message("Giá trị in được: `{@…}`", "Values that can be printed: `{@…}`");
    let heads = [
        title,
        wording::VALUES_INTRODUCTION,
        static_message("viết", "syntax"),
        static_message("nghĩa là", "meaning"),
        static_message("9 tháng năm 2024", "nine months of 2024"),
    ];
    let [title, introduction, syntax, meaning, value] = heads.map(|message| message.in_language(language));
    let _ = write!(page, "\n## {title}\n\n{introduction}\n\n| {syntax} | {meaning} | {value} |\n|---|---|---|\n");
    let period = Period::first_months(2024, 9);
    for (key, description) in VALUES {
        let value = period.and_then(|period| period.setting(key)).unwrap_or_default();
        let _ = writeln!(page, "| `{{@{key}}}` | {} | {value} |", description.in_language(language));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_types_has_its_vietnamese() {
        // Plans and measures have one type; a plan with a series is refused.
        let is_accepted = |path: &String| !path.starts_with("targets[].series");
        let keys: Vec<String> = schema::keys_of::<Config>().into_keys().filter(is_accepted).collect();
        let mut described: Vec<String> = KEYS.iter().map(|(path, _)| (*path).to_owned()).collect();
        described.sort();
        assert_eq!(described, keys);
    }

    #[test]
    fn every_value_of_the_period_is_listed() {
        let listed: Vec<&str> = VALUES.iter().map(|(key, _)| *key).filter(|key| key.starts_with("period.")).collect();
        assert_eq!(listed, Period::SETTINGS);
    }

    #[test]
    fn the_example_has_every_table_and_can_be_read() {
        Config::parse(EXAMPLE).unwrap();
        let written: toml::Table = toml::from_str(EXAMPLE).unwrap();
        for (path, key) in schema::keys_of::<Config>() {
            let name = path.trim_end_matches("[]");
            assert!(!key.is_table || name.contains('.') || written.contains_key(name), "{path}");
        }
    }
}
