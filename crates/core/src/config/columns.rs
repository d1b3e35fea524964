//! The columns of measures: their headings in workbooks and forms, and their titles in outputs.
//!
//! Input: the tables of `tonghop.toml`. Output: headings with the referenced settings filled in. Not here: what a
//! heading of a workbook means.

use super::{Config, ConfigError};
use crate::message::{Language, Message};
use crate::model::id::TargetId;
use crate::model::measure::Measure;
use crate::vi::fold::fold;
use crate::vi::format::capitalised;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A column that departments fill in, with its name in the report and its headings in workbooks.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
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
    /// The months or quarters that have a column each, with their number as `{n}` in `name` and `headings`.
    #[serde(default)]
    pub series: Option<SeriesKind>,
}

/// The parts of the year that a series has a measure for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesKind {
    /// Twelve months.
    Months,
    /// Four quarters.
    Quarters,
}

/// Headings of columns that every table can have, in addition to those that are understood by their words.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExtraHeadings {
    /// Further headings of the column of actual values (thực hiện); may refer to settings as `{@key}`.
    pub actual: Vec<String>,
    /// Further headings of the column for the same period last year; may refer to settings as `{@key}`.
    pub last_year: Vec<String>,
    /// Headings of the column with the labels of the rows; may refer to settings as `{@key}`.
    pub label: Vec<String>,
    /// Headings of columns that are not read; may refer to settings as `{@key}`.
    pub ignore: Vec<String>,
}

impl ExtraHeadings {
    fn by_measure(&self) -> [(Measure, &Vec<String>); 2] {
        [(Measure::Actual, &self.actual), (Measure::LastYear, &self.last_year)]
    }
}

impl Config {
    /// Returns the headings that the settings give to each measure, with the unit of its column if it has one.
    pub fn measure_headings(&self) -> impl Iterator<Item = (Measure, &Vec<String>, Option<&str>)> {
        let targets = self.targets.iter().map(|c| (Measure::Target(c.id.clone()), &c.headings, c.unit.as_deref()));
        let custom = self.measures.iter().map(|c| (Measure::Custom(c.id.clone()), &c.headings, c.unit.as_deref()));
        let common = self.columns.by_measure().map(|(measure, headings)| (measure, headings, None));
        targets.chain(custom).chain(common)
    }

    /// Returns the name of a measure as a heading of outputs, in Vietnamese.
    pub fn measure_title(&self, measure: &Measure) -> String {
        capitalised(&match measure {
            Measure::Actual => "Thực hiện".to_owned(),
            Measure::Target(target) => self.target_name(target).to_owned(),
            Measure::LastYear => "Cùng kỳ năm trước".to_owned(),
            Measure::Custom(id) => self.measure(id.as_str()).map_or(id.as_str(), |m| &m.name).to_owned(),
            Measure::Attainment(target) => format!("% so với {}", self.target_name(target)),
            Measure::Yoy => "Tăng, giảm so với cùng kỳ".to_owned(),
            Measure::Change => "Tăng, giảm (số tuyệt đối)".to_owned(),
            Measure::Share => "Tỷ trọng".to_owned(),
            Measure::Ratio => "Tỷ lệ".to_owned(),
            Measure::Pace => "Nhịp độ kỳ".to_owned(),
            Measure::Lag(target) => format!("Chậm so với nhịp độ ({})", self.target_name(target)),
            Measure::Computed => "Tính toán".to_owned(),
        })
    }

    /// Returns the name of a measure for messages: in Vietnamese as the settings name it, in English by its id.
    pub fn measure_message(&self, measure: &Measure) -> Message {
        let by_id = measure.message();
        let owned;
        let name = match measure {
            Measure::Target(target) => self.target_name(target),
            Measure::Custom(id) => self.measure(id.as_str()).map_or(id.as_str(), |m| &m.name),
            Measure::Attainment(target) => {
                owned = format!("tỷ lệ đạt {}", self.target_name(target));
                &owned
            }
            Measure::Yoy | Measure::Change => "tăng, giảm so với cùng kỳ năm trước",
            Measure::Lag(_) => "chậm so với nhịp độ",
            Measure::Share => "tỷ trọng",
            Measure::Ratio => "tỷ lệ",
            _ => return by_id,
        };
        Message::new(name, by_id.in_language(Language::English))
    }

    /// Returns the name of a plan, as written mid-sentence.
    pub fn target_name<'a>(&'a self, target: &'a TargetId) -> &'a str {
        self.target(target.as_str()).map_or(target.as_str(), |t| &t.name)
    }

    /// Returns the heading of the column of a measure in blank forms, and the note that explains it.
    pub fn form_heading(&self, measure: &Measure) -> (String, String) {
        let (period, before) = (self.period, self.period.year_before());
        match measure {
            Measure::LastYear => {
                (format!("Cùng kỳ năm {}", before.year()), format!("Kết quả của {}.", before.short_name()))
            }
            Measure::Target(id) => {
                let name = self.target_name(id);
                let heading = self.target(id.as_str()).and_then(|column| column.headings.first());
                (heading.map_or(name, |heading| heading).to_owned(), format!("Số được giao: {name}."))
            }
            Measure::Custom(id) => {
                let column = self.measure(id.as_str());
                let name = column.map_or(id.as_str(), |column| &column.name);
                let heading = column.and_then(|column| column.headings.first());
                (heading.map_or(name, |heading| heading).to_owned(), format!("{name}."))
            }
            _ => {
                let period = period.short_name();
                (format!("Thực hiện {period}"), format!("Kết quả của {period}, cộng dồn từ đầu năm."))
            }
        }
    }

    /// Replaces the settings keys in column headings by their values.
    pub(super) fn expand_headings(&mut self) -> Result<(), ConfigError> {
        let settings = self.clone();
        let targets = self.targets.iter_mut().map(|column| &mut column.headings);
        let measures = self.measures.iter_mut().map(|column| &mut column.headings);
        let ExtraHeadings { actual, last_year, label, ignore } = &mut self.columns;
        let own = [actual, last_year, label, ignore];
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
            let (key, after) = piece.split_once('}')?;
            filled.push_str(&self.setting(key)?);
            filled.push_str(after);
        }
        Some(filled)
    }

    /// Checks that the texts of the report refer only to keys that exist.
    pub(super) fn check_texts(&self) -> Result<(), ConfigError> {
        let of_report = [Some(&self.report.subject), self.report.closing.as_ref()].into_iter().flatten();
        let of_outline = self.outline.headings.iter().map(|heading| &heading.title);
        let texts = of_report.map(|text| ("report", text)).chain(of_outline.map(|title| ("outline", title)));
        for (table, text) in texts {
            let mut keys = text.split("{@").skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
            if let Some(key) = keys.find(|key| self.setting(key).is_none()) {
                return Err(ConfigError::UnknownTextKey(table, key.to_owned()));
            }
        }
        Ok(())
    }

    /// Checks that no two measures have the same heading: its columns could not be read.
    pub(super) fn check_headings(&self) -> Result<(), ConfigError> {
        let mut seen: BTreeMap<String, Measure> = BTreeMap::new();
        for (measure, headings, _) in self.measure_headings() {
            for heading in headings {
                if let Some(other) = seen.insert(fold(heading), measure.clone()).filter(|other| *other != measure) {
                    let [one, other] = [&other, &measure].map(|measure| self.measure_title(measure));
                    return Err(ConfigError::HeadingTwice(heading.clone(), one, other));
                }
            }
        }
        Ok(())
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
        assert!(matches!(measure("{@period.month}").unwrap_err().reason(), ConfigError::UnknownHeadingKey(_)));
        assert!(matches!(measure("{@period").unwrap_err().reason(), ConfigError::UnknownHeadingKey(_)));
    }

    #[test]
    fn texts_refer_to_keys_that_exist() {
        let with = |subject: &str| {
            let text = small().replace("[outline]", "[settings]\nseason = \"mùa khô\"\n[outline]\nheadings = []");
            Config::parse(&text.replace("subject = \"s\"", &format!("subject = \"{subject}\"")))
        };
        for subject in ["Báo cáo {@period.name}", "{@settings.season} {@organisation.place}", "Báo cáo"] {
            assert!(with(subject).is_ok(), "{subject}");
        }
        for subject in ["{@period.nam}", "{@period", "{@settings.saison}", "A {@period.name} {@x}"] {
            let message = with(subject).unwrap_err().to_string();
            assert!(message.starts_with("dòng ") && message.contains("{@"), "{subject}: {message}");
        }
    }

    #[test]
    fn a_heading_belongs_to_one_measure() {
        let with = |heading: &str| {
            let column = |list: &str, id: &str, heading: &str| {
                format!("[[{list}]]\nid = \"{id}\"\nname = \"{id}\"\nheadings = [\"{heading}\"]\n")
            };
            let columns = column("targets", "plan", "Kế hoạch") + &column("measures", "month", heading);
            Config::parse(&small().replace("[outline]", &format!("{columns}[outline]\nheadings = []")))
        };
        assert!(with("Tháng 9").is_ok());
        let message = with("KẾ HOẠCH").unwrap_err().to_string();
        assert!(message.starts_with("dòng ") && message.contains("hai loại số liệu"), "{message}");
    }
}
