//! The columns of workbooks that a project names: plans, further measures, and its own words for actual and last year.
//!
//! In come the tables of `tonghop.toml`; out go headings with the settings that they name filled in. Never here: what a
//! heading of a workbook means.

use super::{Config, ConfigError};
use serde::Deserialize;

/// A column that departments fill: how it is called in the report and in workbooks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column<Id> {
    /// The name that rules use.
    pub id: Id,
    /// As in the middle of a sentence: `kế hoạch năm`; headings give it a capital.
    pub name: String,
    /// Spellings of its heading in workbooks; `{@period.months}` stands for the setting.
    pub headings: Vec<String>,
    /// The unit of its numbers, where it is not that of the indicator: `%` of an index.
    #[serde(default)]
    pub unit: Option<String>,
}

/// Spellings of headings for what every indicator has, beside those that the program knows.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnColumns {
    /// Further headings of the column of actual values (thực hiện); may name settings as `{@key}`.
    pub actual: Vec<String>,
    /// Further headings of the column of the same period last year; may name settings as `{@key}`.
    pub last_year: Vec<String>,
}

impl Config {
    /// Puts the settings that the headings of columns name in their place.
    pub(super) fn fill_headings(&mut self) -> Result<(), ConfigError> {
        let settings = self.clone();
        let targets = self.targets.iter_mut().map(|column| &mut column.headings);
        let measures = self.measures.iter_mut().map(|column| &mut column.headings);
        let own = [&mut self.columns.actual, &mut self.columns.last_year];
        for heading in targets.chain(measures).chain(own).flatten() {
            *heading = settings.filled(heading).ok_or_else(|| ConfigError::HeadingKey(heading.clone()))?;
        }
        Ok(())
    }

    /// Puts the settings that a text names as `{@key}` in their place; `None` where one does not exist.
    fn filled(&self, text: &str) -> Option<String> {
        let mut pieces = text.split("{@");
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (key, behind) = piece.split_once('}')?;
            filled.push_str(&self.setting(key)?);
            filled.push_str(behind);
        }
        Some(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::small;
    use super::*;

    #[test]
    fn headings_follow_the_period() {
        let measure = |heading: &str| {
            let measures = format!(
                "[[measures]]\nid = \"index\"\nname = \"i\"\nunit = \"%\"\nheadings = [\"{heading}\"]\n[outline]\nheadings = []"
            );
            Config::parse(&small().replace("[outline]", &measures))
        };
        let config = measure("Tháng {@period.months} so với tháng {@period.previous_month}").unwrap();
        assert_eq!(config.measures[0].headings, ["Tháng 9 so với tháng 8"]);
        assert!(matches!(measure("{@period.month}"), Err(ConfigError::HeadingKey(_))));
        assert!(matches!(measure("{@period"), Err(ConfigError::HeadingKey(_))));
    }
}
