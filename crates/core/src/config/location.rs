//! Finds where the cause of a rejected setting is written.
//!
//! Input: the reason and the text of the settings. Output: the reason with line and column. Not here: the checks, and
//! messages.

use super::{Config, ConfigError};
use crate::diag::Place;
use crate::library_text::line_and_column;
use crate::model::id::FilePath;
use crate::model::provenance::RuleLine;
use crate::vi::fold::fold;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Returns the error with its place, if the place is not known yet and the text has its cause.
pub(super) fn located(error: ConfigError, text: &str) -> ConfigError {
    match cause_start(&error, text) {
        Some(start) => {
            let (line, column) = line_and_column(text, start);
            ConfigError::At(line, column, Box::new(error))
        }
        None => error,
    }
}

/// Returns where the text has the value that an error is about, in bytes.
fn cause_start(error: &ConfigError, text: &str) -> Option<usize> {
    let first = |table: &str, value: &str| texts_in(table, text).into_iter().find(|found| found.text == value);
    let of_key = |table: &str, key: &str| texts_in(table, text).into_iter().find(|found| found.key == key);
    let found = match error {
        ConfigError::DuplicateId(list, id) => {
            let table = list.split('.').next().unwrap_or(list);
            texts_in(table, text).into_iter().filter(|found| found.key == "id" && found.text == *id).nth(1)
        }
        ConfigError::ControlCharacter(key, character) => {
            let table = key.split('.').next().unwrap_or(key);
            texts_in(table, text).into_iter().find(|found| found.text.contains(*character))
        }
        ConfigError::ChartIndicator(_, name) => first("charts", &name.to_string()),
        ConfigError::ChartTarget(_, target) => first("charts", target.as_str()),
        ConfigError::UnexpectedChartTarget(chart) | ConfigError::ChartSeries(chart) => first("charts", chart),
        ConfigError::MemberPattern(pattern) => first("members", pattern),
        ConfigError::MemberId(id) => first("members", id),
        ConfigError::UnknownHeadingKey(heading) => {
            ["targets", "measures", "columns"].into_iter().find_map(|table| first(table, heading))
        }
        ConfigError::UnknownTextKey(table, key) => {
            let written = format!("{{@{key}");
            texts_in(table, text).into_iter().find(|found| found.text.contains(&written))
        }
        ConfigError::HeadingTwice(heading, ..) => {
            let found = ["targets", "measures", "columns"].into_iter().flat_map(|table| texts_in(table, text));
            found.filter(|found| fold(&found.text) == fold(heading)).nth(1)
        }
        ConfigError::SeriesOfPlan(target) => first("targets", target.as_str()),
        ConfigError::SeriesHeading(_, heading) => first("measures", heading),
        ConfigError::HeadingOrder(path, _) | ConfigError::HeadingOrphan(path) => first("outline", path.as_str()),
        ConfigError::UnknownCode(name, _) => of_key("severity", name),
        ConfigError::LoweredError(code) => of_key("severity", code.as_str()),
        ConfigError::Toml(_) | ConfigError::At(..) | ConfigError::OutOfRange { .. } | ConfigError::InvalidId { .. } => {
            None
        }
    };
    found.map(|found| found.start)
}

/// A text of the settings, as written.
#[derive(Clone, Debug)]
pub struct WrittenText {
    /// The key of the text, or of the list that it is in.
    pub key: String,
    /// The text, with its `{@…}`.
    pub text: String,
    /// Its line, from 1.
    pub line: u32,
    /// Where it begins in the file, in bytes.
    start: usize,
}

impl Config {
    /// Returns all texts of a table of the settings as written, in their order.
    pub fn written_texts(&self, table: &str) -> Vec<WrittenText> {
        texts_in(table, &self.text)
    }

    /// Returns the place of a line of the settings.
    pub fn place_of_line(line: u32) -> Place {
        Place::Rule(RuleLine { file: FilePath::new(SETTINGS_FILE), line })
    }
}

/// The name of the file with the settings.
const SETTINGS_FILE: &str = "tonghop.toml";

/// Returns all texts of a table of the settings, in their order.
fn texts_in(table: &str, text: &str) -> Vec<WrittenText> {
    let Ok(settings) = DeTable::parse(text) else { return Vec::new() };
    let mut waiting: Vec<(&str, &Spanned<DeValue<'_>>)> = Vec::new();
    let tables = settings.get_ref().iter().filter(|(key, _)| key.get_ref() == table);
    waiting.extend(tables.map(|(key, value)| (key.get_ref().as_ref(), value)));
    let mut found = Vec::new();
    while let Some((key, value)) = waiting.pop() {
        match value.get_ref() {
            DeValue::String(written) => {
                let start = value.span().start;
                let line = u32::try_from(line_and_column(text, start).0).unwrap_or(u32::MAX);
                found.push(WrittenText { key: key.to_owned(), text: written.to_string(), line, start });
            }
            DeValue::Array(values) => waiting.extend(values.iter().map(|value| (key, value))),
            DeValue::Table(entries) => {
                waiting.extend(entries.iter().map(|(key, value)| (key.get_ref().as_ref(), value)));
            }
            _ => {}
        }
    }
    found.sort_by_key(|found| found.start);
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::small;
    use super::Config;

    #[test]
    fn the_place_of_a_rejected_value_is_named() {
        let outline = "headings = [\n  { path = \"I\", title = \"t\" },\n  { path = \"III\", title = \"t\" },\n]\n";
        let target = "[[targets]]\nid = \"a\"\nname = \"a\"\nheadings = [\"{@period.yaer}\"]\n";
        let twice = "[[targets]]\nid = \"b\"\nname = \"b\"\nheadings = []\n";
        for (text, written) in [
            (format!("{}{outline}", small()), "\"III\""),
            (format!("{}headings = []\n{target}", small()), "\"{@period.yaer}\""),
            (format!("{}headings = []\n[members]\npattern = \"Xã\"\n", small()), "\"Xã\""),
        ] {
            let line = text.lines().position(|line| line.contains(written)).unwrap() + 1;
            let message = Config::parse(&text).unwrap_err().to_string();
            assert!(message.starts_with(&format!("dòng {line}, cột ")), "{message}");
        }
        let text = format!("{}headings = []\n{twice}{twice}", small());
        let line = text.lines().enumerate().filter(|(_, line)| line.contains("id = \"b\"")).nth(1).unwrap().0 + 1;
        assert!(Config::parse(&text).unwrap_err().to_string().starts_with(&format!("dòng {line}, cột 6: ")));
    }
}
