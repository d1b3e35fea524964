//! The reasons why settings are rejected.
//!
//! Input: the reason. Output: a message for the author of the settings. Not here: the checks.

use super::IndicatorName;
use super::toml_problem::{at_place, toml_message};
use crate::diag::catalogue::Code;
use crate::diag::render::escape_invisible;
use crate::message::Message;
use crate::model::control_characters::control_character_message;
use crate::model::id::{MeasureId, SectionPath, TargetId, file_name_rule};
use crate::{display_as_message, msg};
use thiserror::Error;

/// The reason why the settings are rejected.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The text is not TOML, or a key is missing, unknown or of the wrong type; the message has its place.
    Toml(Message),
    /// Another reason, with the line and the column at which it is written, counted from 1.
    At(usize, usize, Box<Self>),
    /// A number is not in its range.
    OutOfRange {
        /// The key with its table: `report.percent_decimals`.
        key: String,
        /// The number as written.
        written: String,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// The smallest number that is accepted.
        lowest: f64,
        /// The largest number that is accepted.
        highest: f64,
    },
    /// A list, given by its key, contains an id (the second value) twice.
    DuplicateId(&'static str, String),
    /// An id cannot be part of the name of a file.
    InvalidId {
        /// The key of the list: `departments`.
        list: &'static str,
        /// The id.
        id: String,
        /// Its line in the text of the settings, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// A text, given by its key, has a control character written as an escape.
    ControlCharacter(String, char),
    /// A chart, given by its title, names an indicator without its sector or a sector without an indicator.
    ChartIndicator(String, IndicatorName),
    /// A chart, given by its title, compares with a plan that is not in `targets`.
    ChartTarget(String, TargetId),
    /// A chart, given by its title, shows a series without naming one, or names one without showing it.
    ChartSeries(String),
    /// A chart against last year or of a series, given by its title, names a plan.
    UnexpectedChartTarget(String),
    /// The pattern of `members`, given here, does not have `{member}` exactly once.
    MemberPattern(String),
    /// The id of a member is not a name that rules can use.
    MemberId(String),
    /// A column heading refers to an unknown settings key, or its `{@` is not closed.
    UnknownHeadingKey(String),
    /// A plan has `series`.
    SeriesOfPlan(TargetId),
    /// A heading of a series, with the id of its measure, does not have `{n}`.
    SeriesHeading(MeasureId, String),
    /// A text of a table refers to a key that the settings do not have.
    UnknownTextKey(&'static str, String),
    /// Two measures, given by their titles, have the same heading.
    HeadingTwice(String, String, String),
    /// A heading of the outline is out of order: its path, and the numbers allowed at its position, separated by `/`.
    HeadingOrder(SectionPath, String),
    /// A heading of the outline precedes its parent, or the parent is missing.
    HeadingOrphan(SectionPath),
    /// A severity is given to an unknown kind of problem: its name, and what may be meant.
    UnknownCode(String, Message),
    /// A kind of problem that loses something is given a severity below an error.
    LoweredError(Code),
}

impl ConfigError {
    /// Creates the error for a text that the TOML library rejects.
    pub(super) fn toml(error: &toml::de::Error, text: &str) -> Self {
        Self::Toml(toml_message(error, text))
    }

    /// Returns the reason without its place.
    pub fn reason(&self) -> &Self {
        match self {
            Self::At(_, _, reason) => reason.reason(),
            _ => self,
        }
    }

    /// Returns the reason as a message.
    pub fn message(&self) -> Message {
        match self {
            Self::Toml(message) => message.clone(),
            Self::At(line, column, reason) => at_place(*line, *column, &reason.message()),
            Self::OutOfRange { key, written, line, column, lowest, highest } => msg!(
                "dòng {line}, cột {column}: {key} = {written} phải từ {lowest} đến {highest}",
                "line {line}, column {column}: {key} = {written} must be between {lowest} and {highest}"
            ),
            Self::DuplicateId(list, code) => {
                msg!("{list}: mã \"{code}\" xuất hiện hai lần", "{list}: the code \"{code}\" occurs twice")
            }
            Self::InvalidId { list, id, line, column } => msg!(
                "dòng {line}, cột {column}: {list}: không dùng được mã \"{id}\"; {rule}",
                "line {line}, column {column}: {list}: the id \"{id}\" cannot be used; {rule}",
                line = line,
                column = column,
                list = list,
                id = escape_invisible(id),
                rule = file_name_rule()
            ),
            Self::ControlCharacter(key, character) => msg!(
                "{key}: {text}; hãy bỏ ký tự đó",
                "{key}: {text}; remove it",
                key = key,
                text = control_character_message(*character)
            ),
            Self::ChartIndicator(chart, name) => msg!(
                "charts \"{chart}\": \"{name}\" phải viết đủ mã ngành và mã chỉ tiêu, ví dụ \"trade.retail\"",
                "charts \"{chart}\": \"{name}\" must name the sector and the indicator, for example \"trade.retail\""
            ),
            Self::ChartTarget(chart, target) => msg!(
                "charts \"{chart}\": không có kế hoạch \"{target}\" trong [[targets]]",
                "charts \"{chart}\": there is no plan \"{target}\" in [[targets]]"
            ),
            Self::ChartSeries(chart) => msg!(
                "charts \"{chart}\": kind = \"series\" cần series = mã của một [[measures]] có series; kind khác thì bỏ dòng series",
                "charts \"{chart}\": kind = \"series\" needs series = the id of a [[measures]] with series; other kinds have none"
            ),
            Self::UnexpectedChartTarget(chart) => msg!(
                "charts \"{chart}\": biểu đồ so với cùng kỳ (last-year) và theo tháng, quý (series) không dùng target; hãy bỏ dòng target",
                "charts \"{chart}\": a chart that compares with last year (last-year) or shows a series does not use target; remove the target line"
            ),
            Self::MemberPattern(pattern) => msg!(
                "members: pattern = \"{pattern}\" phải có {{member}} đúng một lần, ví dụ \"Xã {{member}}\"",
                "members: pattern = \"{pattern}\" must have {{member}} exactly once, for example \"Xã {{member}}\""
            ),
            Self::MemberId(id) => msg!(
                "members: mã \"{id}\" chỉ được gồm chữ thường không dấu, chữ số và \"_\"",
                "members: the id \"{id}\" may contain only lower-case letters without accents, digits and \"_\""
            ),
            Self::UnknownHeadingKey(heading) => msg!(
                "tiêu đề cột \"{heading}\" nhắc đến một khóa không có trong tonghop.toml",
                "the column heading \"{heading}\" refers to a key that tonghop.toml does not have"
            ),
            Self::SeriesOfPlan(target) => msg!(
                "targets: \"{target}\" có series; series chỉ dùng trong [[measures]]",
                "targets: \"{target}\" has series, which only [[measures]] can have"
            ),
            Self::SeriesHeading(measure, heading) => msg!(
                "measures: tiêu đề \"{heading}\" của \"{measure}\" phải có {{n}} ở chỗ số tháng, số quý",
                "measures: the heading \"{heading}\" of \"{measure}\" must have {{n}} for the month or quarter"
            ),
            Self::UnknownTextKey(table, key) => msg!(
                "{table}: {{@{key}}} nhắc đến một khóa không có trong tonghop.toml; ví dụ đúng: {{@period.name}}",
                "{table}: {{@{key}}} refers to a key that tonghop.toml does not have; a right one is {{@period.name}}"
            ),
            Self::HeadingTwice(heading, one, other) => msg!(
                "tiêu đề cột \"{heading}\" được khai báo cho hai loại số liệu: {one}, {other}; chỉ giữ ở một nơi",
                "the column heading \"{heading}\" is declared for two measures: {one}, {other}; keep it in one of them"
            ),
            Self::HeadingOrder(heading, expected) => msg!(
                "outline.headings: đề mục \"{heading}\" đứng sai thứ tự; ở vị trí này phải là \"{expected}\"",
                "outline.headings: the heading \"{heading}\" is out of order; expected \"{expected}\" here"
            ),
            Self::UnknownCode(name, meant) => msg!(
                "severity: không có mã vấn đề \"{name}\"; {meant}",
                "severity: there is no kind of problem \"{name}\"; {meant}",
                name = name,
                meant = *meant
            ),
            Self::LoweredError(code) => msg!(
                "severity: {code} luôn là error vì khi đó có dữ liệu hoặc kết quả bị mất",
                "severity: {code} is always an error, because data or results are lost",
                code = code.as_str()
            ),
            Self::HeadingOrphan(heading) => msg!(
                "outline.headings: đề mục \"{heading}\" không có đề mục cấp trên đứng trước",
                "outline.headings: the heading \"{heading}\" has no parent heading before it"
            ),
        }
    }
}

display_as_message!(ConfigError);
