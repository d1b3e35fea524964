//! Traces: the source of every number in a document.
//!
//! Input: occurrences found in a document. Output: the content of `traces.json`. Not here: searching the document.

use super::id::{DepartmentId, FilePath, SectionPath, SheetName};
use super::provenance::{RuleLine, Source};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The sources of all numbers in a document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Traces {
    /// One per printed figure, in reading order.
    pub figures: Vec<FigureTrace>,
    /// Numbers in texts of departments.
    pub texts: Vec<TextTrace>,
    /// Numbers in settings of `tonghop.toml`.
    pub settings: Vec<SettingTrace>,
    /// Numbers in fixed text of templates.
    pub fixed: Vec<FixedTrace>,
    /// Numbers without a source: always an error.
    pub untraced: Vec<UntracedNumber>,
    /// The open tables whose rows are counted or summed by figures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordsTrace>,
}

/// The location of the rows of an open table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordsTrace {
    /// `sector.table`.
    pub name: String,
    /// One per table of a sheet, in the order of the workbooks.
    pub parts: Vec<PartTrace>,
}

/// The rows of one sheet.
///
/// If the cell of a field is empty or says "as above", the text above it also applies to the row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartTrace {
    /// The department whose folder contains the workbook.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// The name as shown on the tab, untrimmed.
    pub sheet: SheetName,
    /// The sheet rows that are records, numbered as in Excel: `8-207,210`.
    pub rows: String,
    /// The column of the labels, named as in Excel: `C`.
    pub label: String,
    /// The column of each field.
    pub fields: BTreeMap<String, String>,
    /// The name of the field that holds the heading above each row, and the cells of the headings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<(String, Vec<String>)>,
    /// The column with the unit of each row, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_column: Option<String>,
    /// The unit of rows without a stated unit; empty for pure numbers.
    pub unit: String,
    /// The column of each measure.
    pub columns: BTreeMap<String, String>,
    /// The units of measures whose unit does not depend on the row.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<String, String>,
    /// The decimal separator of numbers typed as text, if the sheet reveals it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
    /// The rows whose cell holds a hundredth of the displayed number, by column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub percents: BTreeMap<String, String>,
}

/// Rows that were counted or summed; together with [`RecordsTrace`], this determines every cell.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AggregateTrace {
    /// `sector.table`.
    pub records: String,
    /// The summed measure; `null` if the rows were counted.
    pub measure: Option<String>,
    /// In the order of application.
    pub conditions: Vec<ConditionTrace>,
    /// The number of rows that meet the conditions.
    pub rows: usize,
    /// The number of rows with a number; all rows if they were counted.
    pub cells: usize,
}

/// A condition that selects rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionTrace {
    /// A field has this text, ignoring case, blanks and spelling variants of letters.
    Is {
        /// The name of the field, as in [`PartTrace::fields`].
        field: String,
        /// As written in the rule; for a group, the text of its first row.
        words: String,
    },
    /// A row of a sheet.
    Rows {
        /// The workbook.
        file: FilePath,
        /// The sheet, untrimmed.
        sheet: SheetName,
        /// The rows, numbered as in Excel: `5-9,12`.
        rows: String,
    },
    /// `part` is less than `percent` percent of `whole`, and `whole` is above zero.
    Below {
        /// The measure that falls short: `actual`.
        part: String,
        /// The measure compared with: `target.annual`.
        whole: String,
        /// A number with a decimal point, without a percent sign: `60`.
        percent: String,
    },
    /// `part` cannot be compared with `whole`: one of them has no data, or `whole` is not above zero.
    Unjudged {
        /// The measure that would be compared: `actual`.
        part: String,
        /// The measure that it would be compared with: `target.annual`.
        whole: String,
    },
    /// There is a number of a measure, or there is none; "-" is a number.
    HasData {
        /// The name of the measure.
        measure: String,
        /// Whether the rows have a number.
        has_data: bool,
    },
    /// A number has a relation to a limit; rows without either are excluded, and "-" is zero.
    Compared {
        /// The name of one measure; or of two, for the first in percent of the second.
        by: Vec<String>,
        /// `below`, `at_most`, `above` or `at_least`.
        relation: String,
        /// A measure of the same row, or a number with a decimal point.
        limit: String,
        /// The unit of a limit that is a number with a unit of its own.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    /// The first rows by a measure or by the percentage of two measures; ties stay in table order.
    First {
        /// The maximum number of rows.
        count: usize,
        /// The name of one measure; or of two, for the first in percent of the second.
        by: Vec<String>,
        /// Whether the largest come first instead of the smallest.
        largest: bool,
    },
    /// The rows that a choice of the first rows leaves out although they have the value of the last one chosen.
    Tied {
        /// The maximum number of chosen rows.
        count: usize,
        /// As in [`ConditionTrace::First`].
        by: Vec<String>,
        /// Whether the largest were chosen instead of the smallest.
        largest: bool,
    },
}

/// A figure at one place of the document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FigureTrace {
    /// `sector.indicator.measure[.target]@section#n`; n counts the occurrences of the figure in the section.
    pub id: String,
    /// The text as printed.
    pub text: String,
    /// The value in its unit, before rounding for print; `null` without data.
    pub value: Option<f64>,
    /// The full unit, with its scale word: `tỷ đồng`; empty for pure numbers.
    pub unit: String,
    /// The enclosing heading; `title`, `closing`, `corrections` or `signature` outside headings.
    pub section: SectionPath,
    /// The kind of line that contains the text.
    pub place: LineKind,
    /// The name of a bookmark in a word-processing document.
    pub bookmark: String,
    /// The source cells, once each, in the order of the arithmetic.
    pub sources: Vec<SourceTrace>,
    /// The aggregates over open tables that the figure depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aggregates: Vec<AggregateTrace>,
    /// Keys of `tonghop.toml` that the figure also depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
    /// The rule line that printed the figure; `null` in the list of corrections.
    pub rule: Option<RuleTrace>,
    /// Set if the office replaced the department's figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionTrace>,
}

/// The author of a correction and its reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CorrectionTrace {
    /// The author, as written by the office.
    pub who: String,
    /// The reason, as written by the office.
    pub why: String,
    /// The reported figure, if any.
    pub replaced: Option<f64>,
    /// The source cells of the replaced figure.
    pub replaced_sources: Vec<SourceTrace>,
}

/// A text of a department with digits.
#[derive(Clone, Debug, Serialize)]
pub struct TextTrace {
    /// As printed: the text of the cell or a part of it.
    pub text: String,
    /// The runs of digits in the text.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that contains the text.
    pub place: LineKind,
    /// The cell of the text.
    pub source: SourceTrace,
    /// The rule line that printed the text; `null` in the list of corrections.
    pub rule: Option<RuleTrace>,
}

/// A setting with digits.
#[derive(Clone, Debug, Serialize)]
pub struct SettingTrace {
    /// As printed: the setting, or a part of it.
    pub text: String,
    /// The runs of digits in the text.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that contains the text.
    pub place: LineKind,
    /// The dotted key, such as `period.year`; for a heading title, `outline.` and the path of the heading.
    pub key: String,
}

/// Fixed text with digits.
#[derive(Clone, Debug, Serialize)]
pub struct FixedTrace {
    /// The text as printed.
    pub text: String,
    /// The runs of digits in the text.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that contains the text.
    pub place: LineKind,
    /// The line that printed it; `null` in the list of corrections.
    pub rule: Option<RuleTrace>,
}

/// A number without a source.
#[derive(Clone, Debug, Serialize)]
pub struct UntracedNumber {
    /// The text around the number, as printed.
    pub text: String,
    /// The runs of digits in the text.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that contains the text.
    pub place: LineKind,
}

/// The kind of line that contains a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// A paragraph, a line of a list, or the signature block.
    Text,
    /// A note, independent of the position of its mark.
    Footnote,
    /// A heading, a table title, or the block above the text.
    Heading,
    /// A cell of a table, or a column title.
    Table,
}

/// A source cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTrace {
    /// The department of the workbook; `dieu-chinh` for a correction by the office.
    pub department: DepartmentId,
    /// The workbook, or the office's corrections file.
    pub file: FilePath,
    /// Untrimmed; empty for the corrections file.
    pub sheet: SheetName,
    /// The cell reference as in Excel: `B9`.
    pub cell: String,
    /// The raw content; numbers in plain decimals.
    pub raw: String,
}

impl From<&Source> for SourceTrace {
    fn from(source: &Source) -> Self {
        Self {
            department: source.department.clone(),
            file: source.file.clone(),
            sheet: source.sheet.clone(),
            cell: source.cell.to_string(),
            raw: source.raw.to_string(),
        }
    }
}

/// A rule line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleTrace {
    /// The path of the rule file.
    pub file: FilePath,
    /// Counted from 1.
    pub line: u32,
}

impl From<&RuleLine> for RuleTrace {
    fn from(rule: &RuleLine) -> Self {
        Self { file: rule.file.clone(), line: rule.line }
    }
}
