//! Parses and checks the settings of a project: `tonghop.toml`.
//!
//! Input: the text of the file. Output: checked settings, and the value of a settings key that a template or heading
//! refers to. Not here: rules, figures, the file system.

mod charts;
mod checks;
mod columns;
mod departments;
mod error;
mod feedback;
mod ids;
mod indicator_names;
mod location;
mod members;
mod names;
mod ranges;
pub mod reference;
mod series;
mod severities;
mod toml_problem;
mod values;

pub use charts::{Chart, ChartKind, IndicatorName};
pub use checks::{DepartmentPolicy, DuplicatePolicy, DuplicateSettings, ScaleCheck};
pub use columns::{ColumnSettings, ExtraHeadings, SeriesKind};
pub use departments::DepartmentIndex;
pub use error::ConfigError;
pub use feedback::{FeedbackRecipients, FeedbackSettings};
pub use indicator_names::IndicatorNames;
pub use location::WrittenText;
pub use members::{Member, MemberSettings, MemberSource};
pub use names::MeasureNames;
pub use series::Series;
pub use severities::SeveritySettings;
pub use toml_problem::toml_message;
pub use values::{ProjectQuantity, ProjectValue};

use crate::model::control_characters::find_control_character;
use crate::model::id::{DepartmentId, MeasureId, SectionPath, SectorId, TargetId};
use crate::model::indexed_list::IndexedList;
use crate::model::period::{Period, PeriodSettings};
use crate::model::submission::Day;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, HashSet};

/// The settings of a project.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The reporting organisation, as named in letterheads, feedback and forms.
    pub organisation: Organisation,
    /// The months covered by the report.
    #[schemars(with = "PeriodSettings")]
    pub period: Period,
    /// Texts printed around the sectors.
    pub report: ReportSettings,
    /// Values for rules and templates, by name: thresholds, names, dates.
    #[serde(default)]
    pub settings: BTreeMap<String, ProjectValue>,
    /// The severities of kinds of problems that differ from the catalogue, by code.
    #[serde(default)]
    pub severity: SeveritySettings,
    /// Time and memory limits for rules and for reading workbooks.
    #[serde(default)]
    pub limits: Limits,
    /// What to do when two files or departments disagree; uses neither by default.
    #[serde(default)]
    pub duplicates: DuplicateSettings,
    /// Thresholds for suspecting a wrong scale.
    #[serde(default)]
    pub scale: ScaleCheck,
    /// Which departments get feedback; all by default.
    #[serde(default)]
    pub feedback: FeedbackSettings,
    /// The departments expected to send workbooks, in output order; each id is unique.
    #[schemars(with = "Vec<Department>")]
    pub departments: IndexedList<Department>,
    /// Plans that indicators are measured against, in the order of their columns.
    #[serde(default)]
    pub targets: Vec<ColumnSettings<TargetId>>,
    /// Further measures, in the order of their columns.
    #[serde(default)]
    pub measures: Vec<ColumnSettings<MeasureId>>,
    /// Extra spellings of the headings that every project has.
    #[serde(default)]
    pub columns: ExtraHeadings,
    /// The places or units that report one form each; none by default.
    #[serde(default)]
    pub members: MemberSettings,
    /// Charts of the consolidated workbook, in their order.
    #[serde(default)]
    pub charts: Vec<Chart>,
    /// The headings of the report.
    pub outline: Outline,
    /// The signer and the recipients of the report; blank by default.
    #[serde(default)]
    pub signature: Signature,
    #[serde(skip)]
    tree: toml::Table,
    #[serde(skip)]
    series: Vec<Series>,
    /// The text of the file.
    #[serde(skip)]
    text: String,
}

/// The reporting organisation.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The agency above the issuer.
    #[serde(default)]
    pub superior: String,
    /// The agency that issues the report; also the author of its workbooks.
    pub issuer: String,
    /// The place name printed before the date.
    pub place: String,
    /// The symbol after the document number: `BC-UBND`.
    #[serde(default)]
    pub symbol: String,
}

/// The signer and the recipients of the report.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Signature {
    /// The lines of authority and position: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub authority: Vec<String>,
    /// Blank until the report is signed.
    pub name: String,
    /// The lines of "Nơi nhận".
    pub recipients: Vec<String>,
}

/// Texts printed around the sectors.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportSettings {
    /// The kind of document, as printed: `BÁO CÁO`.
    pub kind: String,
    /// The subject (trích yếu); may refer to other settings as `{@key}`.
    pub subject: String,
    /// The document number; left open until it is set.
    #[serde(default)]
    pub number: String,
    /// The document date; left open until it is set.
    #[serde(default)]
    #[schemars(with = "Option<reference::Date>")]
    pub date: Option<toml::value::Datetime>,
    /// The closing sentence of the text; may refer to other settings as `{@key}`.
    #[serde(default)]
    pub closing: Option<String>,
    /// Decimals of percentages if the rule does not set them.
    #[serde(default = "one")]
    pub percent_decimals: u32,
}

fn one() -> u32 {
    1
}

/// Resource limits for rule files and for reading a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Limit of processor time for one call of a rule file.
    pub plugin_seconds: f64,
    /// Memory limit for the Lua state of one rule file, in MiB.
    pub plugin_memory_mib: usize,
    /// Limit of processor time for all rule files together.
    pub rules_seconds: f64,
    /// Limit of processor time for reading one workbook; a slower workbook is dropped, the others are kept.
    pub read_seconds: f64,
    /// Memory limit for reading one workbook, in MiB; a workbook that needs more is dropped.
    pub read_memory_mib: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            plugin_seconds: 2.0,
            plugin_memory_mib: 64,
            rules_seconds: 60.0,
            read_seconds: 10.0,
            read_memory_mib: 1024,
        }
    }
}

/// A reporting unit that is expected to send workbooks.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// The name of its folder under `workbooks/`.
    pub id: DepartmentId,
    /// The name in outputs, forms and feedback; the register accepts it instead of the id.
    pub name: String,
    /// The day its workbooks are due, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "day")]
    #[schemars(with = "Option<reference::Date>")]
    pub due: Option<Day>,
}

/// Reads a TOML date; ignores a time of day.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Day>, D::Error> {
    let written = toml::value::Datetime::deserialize(from)?;
    let day = written.date.and_then(|date| Day::new(date.year, date.month, date.day));
    day.map(Some).ok_or_else(|| {
        D::Error::custom("due: cần một ngày dạng năm-tháng-ngày: 2024-09-30 / due: a date is needed: 2024-09-30")
    })
}

/// The headings of the report.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// The letters of the fourth level, in order.
    pub letters: Vec<String>,
    /// In report order, each heading after its parent.
    pub headings: Vec<OutlineHeading>,
}

/// A heading of the report.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutlineHeading {
    /// The path of the parent plus the heading's own number, without gaps: `II.I.1.a`.
    pub path: SectionPath,
    /// The title after the number; may refer to settings as `{@key}`.
    pub title: String,
    /// The order of the sectors that share the heading; other sectors follow by name.
    #[serde(default)]
    pub sectors: Vec<SectorId>,
}

impl Config {
    /// Parses and checks the settings.
    ///
    /// # Errors
    /// Returns an error if the text is not TOML, if a key is missing, unknown or out of range, or if headings are out
    /// of order.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let text = text.trim_start_matches('\u{feff}');
        Self::parse_text(text).map_err(|error| location::located(error, text))
    }

    fn parse_text(text: &str) -> Result<Self, ConfigError> {
        let toml_error = |error: toml::de::Error| ConfigError::toml(&error, text);
        ranges::check_ranges(text)?;
        let mut config: Self = toml::from_str(text).map_err(toml_error)?;
        config.tree = toml::from_str(text).map_err(toml_error)?;
        text.clone_into(&mut config.text);
        config.check_ids(text)?;
        config.expand_series()?;
        config.expand_headings()?;
        check_characters(&config.tree)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        check_unique("departments", self.departments.iter().map(|d| d.id.as_str()))?;
        check_unique("targets", self.targets.iter().map(|t| t.id.as_str()))?;
        check_unique("measures", self.measures.iter().map(|m| m.id.as_str()))?;
        self.severity.check()?;
        self.check_texts()?;
        self.check_headings()?;
        self.members.check()?;
        self.charts.iter().try_for_each(|chart| self.check_chart(chart))?;
        self.outline.check()
    }

    fn check_chart(&self, chart: &Chart) -> Result<(), ConfigError> {
        if let Some(name) = chart.indicators.iter().find(|name| !name.is_complete()) {
            return Err(ConfigError::ChartIndicator(chart.title.clone(), name.clone()));
        }
        let is_series = chart.kind == ChartKind::Series;
        if is_series != chart.series.as_ref().is_some_and(|id| self.series(id).is_some()) {
            return Err(ConfigError::ChartSeries(chart.title.clone()));
        }
        match &chart.target {
            Some(_) if chart.kind == ChartKind::LastYear || is_series => {
                Err(ConfigError::UnexpectedChartTarget(chart.title.clone()))
            }
            Some(target) if self.target(target.as_str()).is_none() => {
                Err(ConfigError::ChartTarget(chart.title.clone(), target.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Finds a plan by its id.
    pub fn target(&self, id: &str) -> Option<&ColumnSettings<TargetId>> {
        self.targets.iter().find(|t| t.id.as_str() == id)
    }

    /// Finds a further measure by its id.
    pub fn measure(&self, id: &str) -> Option<&ColumnSettings<MeasureId>> {
        self.measures.iter().find(|m| m.id.as_str() == id)
    }

    /// Returns the value of a dotted settings key, including the computed keys of the period.
    pub fn setting(&self, key: &str) -> Option<String> {
        if let Some(text) = self.period.setting(key) {
            return Some(text);
        }
        if let Some(name) = key.strip_prefix("settings.") {
            return self.settings.get(name)?.printed();
        }
        let mut steps = key.split('.');
        let mut value = self.tree.get(steps.next()?)?;
        for step in steps {
            value = value.get(step)?;
        }
        match value {
            toml::Value::String(words) => Some(words.clone()),
            toml::Value::Integer(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

impl Outline {
    /// Finds a heading by its path.
    pub fn heading(&self, path: &SectionPath) -> Option<&OutlineHeading> {
        self.headings.iter().find(|h| h.path == *path)
    }

    /// Returns the index and the path at which to insert the heading of a new sector.
    ///
    /// The position is after the last heading that sectors write under and before the headings about all sectors; no
    /// existing heading moves.
    pub fn insertion_point(&self) -> (usize, SectionPath) {
        let count = |parent: Option<&SectionPath>| {
            self.headings.iter().filter(|heading| heading.path.parent().as_ref() == parent).count()
        };
        let below = |parent: Option<&SectionPath>| {
            let step = self.allowed_numbers(parent.map_or(0, SectionPath::depth) + 1, count(parent)).swap_remove(0);
            SectionPath::new(parent.map_or(step.clone(), |parent| format!("{parent}.{step}")))
        };
        let Some(at) = self.headings.iter().rposition(|heading| !heading.sectors.is_empty()) else {
            return (self.headings.len(), below(None));
        };
        let last = &self.headings[at].path;
        let inside = |path: &SectionPath| path.to_string().starts_with(&format!("{last}."));
        let end = at + 1 + self.headings[at + 1..].iter().take_while(|heading| inside(&heading.path)).count();
        let parent = last.parent();
        let is_last_child = self.headings[end..].iter().all(|heading| heading.path.parent() != parent);
        (end, if is_last_child { below(parent.as_ref()) } else { below(Some(last)) })
    }

    /// Returns the sort key of a sector in the report: its heading, then the order listed there, then its name.
    pub fn sort_key(&self, section: &SectionPath, sector: &SectorId) -> (usize, usize, SectorId) {
        let heading = self.headings.iter().position(|h| h.path == *section);
        let listed = self.heading(section).and_then(|h| h.sectors.iter().position(|s| s == sector));
        (heading.unwrap_or(usize::MAX), listed.unwrap_or(usize::MAX), sector.clone())
    }

    /// Returns the number of a heading as printed before its title: `Phần I`, `I.`, `1.`, `a)`, `2.1.`.
    pub fn printed_number(&self, path: &SectionPath) -> String {
        let last = path.last();
        match path.depth() {
            1 => format!("Phần {last}"),
            4.. if self.letters.iter().any(|l| l == last) => format!("{last})"),
            4.. => format!("{}.{last}.", path.parent().as_ref().map_or("", SectionPath::last)),
            _ => format!("{last}."),
        }
    }

    fn check(&self) -> Result<(), ConfigError> {
        let mut children: BTreeMap<String, usize> = BTreeMap::new();
        let mut seen = HashSet::new();
        for heading in &self.headings {
            let parent = heading.path.parent();
            if parent.as_ref().is_some_and(|p| !seen.contains(p)) {
                return Err(ConfigError::HeadingOrphan(heading.path.clone()));
            }
            let index = children.entry(parent.map_or_else(String::new, |p| p.to_string())).or_default();
            let expected = self.allowed_numbers(heading.path.depth(), *index);
            if !expected.iter().any(|e| e == heading.path.last()) {
                return Err(ConfigError::HeadingOrder(heading.path.clone(), expected.join("/")));
            }
            *index += 1;
            seen.insert(heading.path.clone());
        }
        Ok(())
    }

    /// Returns the allowed numbers of the child at `place` (from 0) at `depth`.
    fn allowed_numbers(&self, depth: usize, index: usize) -> Vec<String> {
        match depth {
            1 | 2 => vec![roman(index + 1)],
            3 => vec![(index + 1).to_string()],
            _ => self.letters.get(index).cloned().into_iter().chain([(index + 1).to_string()]).collect(),
        }
    }
}

/// Checks that no text has a control character; in the file itself they are removed before it is parsed.
fn check_characters(settings: &toml::Table) -> Result<(), ConfigError> {
    let mut waiting: Vec<(String, &toml::Value)> = settings.iter().map(|(key, value)| (key.clone(), value)).collect();
    while let Some((key, value)) = waiting.pop() {
        match value {
            toml::Value::String(text) => {
                if let Some(character) = find_control_character(text) {
                    return Err(ConfigError::ControlCharacter(key, character));
                }
            }
            toml::Value::Array(values) => waiting.extend(values.iter().map(|value| (key.clone(), value))),
            toml::Value::Table(table) => {
                waiting.extend(table.iter().map(|(name, value)| (format!("{key}.{name}"), value)))
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_unique<'a>(list: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<(), ConfigError> {
    let mut seen = HashSet::new();
    match ids.into_iter().find(|id| !seen.insert(*id)) {
        Some(twice) => Err(ConfigError::DuplicateId(list, twice.to_owned())),
        None => Ok(()),
    }
}

/// Formats a small number in Roman capitals.
fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            written.push_str(sign);
            number -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_testing::minimal_settings;

    pub(crate) fn small() -> String {
        minimal_settings(
            r#"departments = [{ id = "a", name = "A" }]"#,
            "[outline]\nletters = [\"a\", \"b\", \"c\", \"d\", \"đ\"]\n",
        )
    }

    fn with(headings: &[&str]) -> Result<Config, ConfigError> {
        let headings: String =
            headings.iter().map(|p| format!("[[outline.headings]]\npath = \"{p}\"\ntitle = \"t\"\n")).collect();
        Config::parse(&format!("{}{headings}", small()))
    }

    #[test]
    fn headings_are_numbered_by_their_level() {
        let config = with(&["I", "II", "II.I", "II.I.1", "II.I.1.a", "II.I.1.b", "II.I.2", "II.I.2.1"]).unwrap();
        let number = |path| config.outline.printed_number(&SectionPath::new(path));
        assert_eq!(["I", "II.I", "II.I.1", "II.I.1.b", "II.I.2.1"].map(number), ["Phần I", "I.", "1.", "b)", "2.1."]);
    }

    #[test]
    fn a_further_sector_comes_before_sections_over_all_sectors() {
        for (headings, expected) in [
            (&["I!", "II"][..], (1, "I.I")),
            (&["I!", "I.I!", "II"], (2, "I.II")),
            (&["I!", "II!"], (2, "III")),
            (&["I", "II"], (2, "III")),
            (&["I", "I.I", "I.I.1", "I.I.1.a!", "I.I.2"], (4, "I.I.1.b")),
            (&["I", "I.I!", "I.I.1", "II"], (3, "I.II")),
        ] {
            let paths: Vec<&str> = headings.iter().map(|heading| heading.trim_end_matches('!')).collect();
            let mut outline = with(&paths).unwrap().outline;
            for (heading, given) in outline.headings.iter_mut().zip(headings) {
                heading.sectors.extend(given.ends_with('!').then(|| SectorId::new("x")));
            }
            assert_eq!(outline.insertion_point(), (expected.0, SectionPath::new(expected.1)), "{headings:?}");
        }
    }

    #[test]
    fn headings_out_of_order_are_refused() {
        assert!(
            matches!(with(&["I", "I.II"]).unwrap_err().reason(), ConfigError::HeadingOrder(_, expected) if expected == "I")
        );
        assert!(matches!(with(&["I", "II.I"]).unwrap_err().reason(), ConfigError::HeadingOrphan(_)));
    }

    #[test]
    fn unknown_keys_are_refused() {
        assert!(matches!(Config::parse(&format!("typo = 1\n{}", small())), Err(ConfigError::Toml(_))));
    }

    #[test]
    fn escaped_control_characters_are_refused_with_their_key() {
        let with = |name: &str| Config::parse(&with_department_name(name));
        assert!(with("A\\nB\\tC").is_ok(), "line breaks and tabs are text");
        for name in ["A\\u202EB", "A\\u001b[2J"] {
            match with(name) {
                Err(ConfigError::At(_, _, reason)) => match *reason {
                    ConfigError::ControlCharacter(key, _) => assert_eq!(key, "departments.name"),
                    other => panic!("{name}: {other:?}"),
                },
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    fn with_department_name(name: &str) -> String {
        format!("{}headings = []", small()).replace("name = \"A\"", &format!("name = \"{name}\""))
    }

    #[test]
    fn charts_are_read_and_checked() {
        let chart = |lines: &str| {
            let charts = format!("[[charts]]\ntitle = \"t\"\n{lines}\n[outline]");
            Config::parse(&small().replace("[outline]", &charts).replace("letters =", "headings = []\nletters ="))
        };
        let charts = chart("kind = \"last-year\"\nindicators = [\"trade.retail\"]").unwrap().charts;
        assert_eq!(
            (charts[0].kind, charts[0].indicators[0].to_string()),
            (ChartKind::LastYear, "trade.retail".to_owned())
        );
        for (lines, problem) in [
            ("kind = \"pie\"\nindicators = []", "attainment, last-year, plan"),
            ("kind = \"plan\"\nindicators = [\"retail\"]", "ví dụ \"trade.retail\""),
            ("kind = \"plan\"\nindicators = []\ncolour = \"red\"", "không có khóa \"colour\""),
            ("kind = \"plan\"\nindicators = []\ntarget = \"anual\"", "không có kế hoạch \"anual\""),
            ("kind = \"last-year\"\nindicators = []\ntarget = \"x\"", "hãy bỏ dòng target"),
        ] {
            let error = chart(lines).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }

    #[test]
    fn members_are_read_and_checked() {
        use MemberSource::{Department, File, Sheet, Title};
        let with = |table: &str| Config::parse(&format!("{}headings = []\n[members]\n{table}", small()));
        let members = with("pattern = \"Xã {member}\"\nlist = [{ id = \"a_b\", name = \"A B\" }]").unwrap().members;
        assert_eq!(members.label(&members.list[0]), "Xã A B");
        assert_eq!(members.from, [Title, Sheet, File, Department]);
        assert_eq!(with("from = \"sheet\"").unwrap().members.from, [Sheet]);
        assert_eq!(with("from = [\"file\", \"title\"]").unwrap().members.from, [File, Title]);
        for (table, expected) in [
            ("pattern = \"Xã\"", "{member}"),
            ("list = [{ id = \"Á\", name = \"A\" }]", "\"Á\""),
            ("list = [{ id = \"a\", name = \"A\" }, { id = \"a\", name = \"B\" }]", "\"a\""),
            ("list = [{ id = \"a\", name = \"Xã A\" }, { id = \"b\", name = \"xã  a\" }]", "\"b\""),
            ("list = [{ id = \"a\", name = \" \" }]", "\"a\""),
            ("from = \"row\"", "from"),
        ] {
            let error = with(table).unwrap_err().to_string();
            assert!(error.contains(expected), "{table}: {error}");
        }
    }

    #[test]
    fn the_rule_for_duplicates_and_the_thresholds_are_read() {
        let with =
            |tables: &str| Config::parse(&small().replace("[outline]", &format!("{tables}\n[outline]\nheadings = []")));
        let config = with("[duplicates]\nkeep = \"refuse\"\n[scale]\ntolerance = 5").unwrap();
        assert_eq!((config.duplicates.keep, config.scale.tolerance), (DuplicatePolicy::Refuse, 5.0));
        assert_eq!(with("").unwrap().duplicates.keep, DuplicatePolicy::Refuse, "nothing is chosen unasked");
        assert!(with("[duplicates]\nkeep = \"last\"").unwrap_err().to_string().contains("newest, first, refuse"));
        for wrong in ["tolerance = 0.5", "tolerance_alone = 31", "tolerance_sum = nan"] {
            assert!(matches!(with(&format!("[scale]\n{wrong}")), Err(ConfigError::OutOfRange { .. })), "{wrong}");
        }
    }

    #[test]
    fn settings_are_found_by_their_key() {
        let config = with(&["I"]).unwrap();
        assert_eq!(config.setting("organisation.place").as_deref(), Some("X"));
        assert_eq!(config.setting("period.last_year").as_deref(), Some("2023"));
        assert_eq!(config.setting("period.name").as_deref(), Some("9 tháng đầu năm 2024"));
        assert_eq!(config.setting("organisation.nothing"), None);
    }
}
