//! The columns of measures: their headings in workbooks and forms, and their titles in outputs.
//!
//! Input: the tables of `tonghop.toml`. Output: headings with the referenced settings filled in. Not here: what a
//! heading of a workbook means.

use super::{Config, ConfigError};
use serde::Deserialize;

/// A column that departments fill in, with its name in the report and its headings in workbooks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSettings<Id> {
    /// The name used by rules.
    pub id: Id,
    /// The name as written mid-sentence: `kế hoạch năm`; headings capitalise it.
    pub name: String,
    /// Spellings of the column's heading in workbooks; `{@period.months}` is replaced by the setting.
    pub headings: Vec<String>,
    /// The unit of the numbers if it differs from the indicator's: `%` for an index.
    #[serde(default)]
    pub unit: Option<String>,
}

/// Extra heading spellings for the measures that every indicator has, in addition to the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExtraHeadings {
    /// Further headings of the column of actual values (thực hiện); may refer to settings as `{@key}`.
    pub actual: Vec<String>,
    /// Further headings of the column for the same period last year; may refer to settings as `{@key}`.
    pub last_year: Vec<String>,
}

impl Config {
    /// Replaces the settings keys in column headings by their values.
    pub(super) fn expand_headings(&mut self) -> Result<(), ConfigError> {
        let settings = self.clone();
        let targets = self.targets.iter_mut().map(|column| &mut column.headings);
        let measures = self.measures.iter_mut().map(|column| &mut column.headings);
        let own = [&mut self.columns.actual, &mut self.columns.last_year];
        for heading in targets.chain(measures).chain(own).flatten() {
            *heading =
                settings.expand_settings(heading).ok_or_else(|| ConfigError::UnknownHeadingKey(heading.clone()))?;
        }
        Ok(())
    }

    /// Replaces each `{@key}` in a text by the setting; `None` if a setting does not exist.
    fn expand_settings(&self, text: &str) -> Option<String> {
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
        assert!(matches!(measure("{@period.month}"), Err(ConfigError::UnknownHeadingKey(_))));
        assert!(matches!(measure("{@period"), Err(ConfigError::UnknownHeadingKey(_))));
    }
}
