//! Traces: for every number of a document, where it comes from.
//!
//! In come occurrences found in a document, out goes what `traces.json` holds. Never here: reading a document.

use super::id::{DepartmentId, FilePath, SectionPath, SheetName};
use super::provenance::{RuleLine, Source};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that the numbers of a document come from.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Traces {
    /// One a place where a figure is printed, in reading order.
    pub figures: Vec<FigureTrace>,
    /// Numbers inside words of departments.
    pub texts: Vec<TextTrace>,
    /// Numbers inside settings of `tonghop.toml`.
    pub settings: Vec<SettingTrace>,
    /// Numbers inside fixed wording of templates.
    pub fixed: Vec<FixedTrace>,
    /// Numbers without a source: always an error.
    pub untraced: Vec<Untraced>,
    /// The open tables of which figures count or add up rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordsTrace>,
}

/// Where the rows of an open table stand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordsTrace {
    /// `sector.table`.
    pub name: String,
    /// One a table of a sheet, in the order of the workbooks.
    pub parts: Vec<PartTrace>,
}

/// The rows of one sheet.
///
/// Where the cell of a field is empty or says "as above", what stands above it holds for the row too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartTrace {
    /// The one whose folder the workbook is in.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// As its tab shows it, untrimmed.
    pub sheet: SheetName,
    /// The rows that are records, as Excel counts them: `8-207,210`.
    pub rows: String,
    /// The column of the labels, as Excel names it: `C`.
    pub label: String,
    /// The column of each field.
    pub fields: BTreeMap<String, String>,
    /// The column in which rows state their unit, where there is one, and the unit of those that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_column: Option<String>,
    /// The unit of rows that state none; empty for pure numbers.
    pub unit: String,
    /// The column of each measure, and the unit of those that have one whatever the row states.
    pub columns: BTreeMap<String, String>,
    /// The units of measures that have one whatever the row states.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<String, String>,
    /// The sign before the decimals of numbers that are typed as text, where the sheet tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
    /// The rows whose cell holds the hundredth part of what it shows, by column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub percents: BTreeMap<String, String>,
}

/// Rows that were counted or added up: every cell follows from it and [`RecordsTrace`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AggregateTrace {
    /// `sector.table`.
    pub records: String,
    /// What was added up; `null` where the rows were counted.
    pub measure: Option<String>,
    /// In the order in which they were applied.
    pub conditions: Vec<ConditionTrace>,
    /// How many rows met the conditions, and how many of them gave a number.
    pub rows: usize,
    /// How many of the rows gave a number; all of them where rows were counted.
    pub cells: usize,
}

/// What rows were chosen by.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionTrace {
    /// A field holds these words; capitals, blanks and ways to write a letter make no difference.
    Is {
        /// The name of the field, as in [`PartTrace::fields`].
        field: String,
        /// As the rule writes them; of a group, those of its first row.
        words: String,
    },
    /// `part` is less than so many percent of `whole`, which is above zero.
    Below {
        /// The name of the measure that falls short: `actual`.
        part: String,
        /// The name of the measure that it is compared with: `target.annual`.
        whole: String,
        /// A number with a decimal point, without its sign: `60`.
        percent: String,
    },
    /// The first of them by a measure or the percent of two, those of equal rank in the order of the table.
    First {
        /// How many rows at most.
        count: usize,
        /// The name of one measure; or of two, of which the first in percent of the second is meant.
        by: Vec<String>,
        /// Whether the largest come first, or the smallest.
        largest: bool,
    },
}

/// One figure, printed once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FigureTrace {
    /// `sector.indicator.measure[.target]@section#n`, n counting the occurrences of this figure in the section.
    pub id: String,
    /// As printed.
    pub text: String,
    /// The value in its unit, before it was rounded for print; `null` where there is no data.
    pub value: Option<f64>,
    /// As written out, with its scale word: `tỷ đồng`; empty for pure numbers.
    pub unit: String,
    /// The heading above it; `title`, `closing`, `corrections` or `signature` where there is none.
    pub section: SectionPath,
    /// The kind of line that it is in.
    pub place: PlaceKind,
    /// A name for a bookmark in a word-processing document.
    pub bookmark: String,
    /// The cells that it rests on, each once, in the order of the arithmetic.
    pub sources: Vec<SourceTrace>,
    /// Rows of open tables that it counts or adds up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aggregates: Vec<AggregateTrace>,
    /// Keys of `tonghop.toml` that the figure also rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
    /// The line that printed it; `null` in the list of corrections.
    pub rule: Option<RuleTrace>,
    /// Set where the office replaced what a department reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionTrace>,
}

/// Who replaced a figure, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CorrectionTrace {
    /// In the words of the office.
    pub who: String,
    /// The reason, in the words of the office.
    pub why: String,
    /// What had been reported, if anything.
    pub replaced: Option<f64>,
    /// The cells that the replaced figure rests on.
    pub replaced_sources: Vec<SourceTrace>,
}

/// Words of a department that hold digits.
#[derive(Clone, Debug, Serialize)]
pub struct TextTrace {
    /// As printed: the words of the cell, or a part of them.
    pub text: String,
    /// The runs of digits in it.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that they are in.
    pub place: PlaceKind,
    /// The cell that holds them.
    pub source: SourceTrace,
    /// The line that printed them; `null` in the list of corrections.
    pub rule: Option<RuleTrace>,
}

/// A setting that holds digits.
#[derive(Clone, Debug, Serialize)]
pub struct SettingTrace {
    /// As printed: the setting, or a part of it.
    pub text: String,
    /// The runs of digits in it.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that it is in.
    pub place: PlaceKind,
    /// With its dots, as `period.year`; of the title of a heading, `outline.` and the heading's path.
    pub key: String,
}

/// Fixed wording that holds digits.
#[derive(Clone, Debug, Serialize)]
pub struct FixedTrace {
    /// As printed.
    pub text: String,
    /// The runs of digits in it.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that it is in.
    pub place: PlaceKind,
    /// The line that printed it; `null` in the list of corrections.
    pub rule: Option<RuleTrace>,
}

/// A number that nothing accounts for.
#[derive(Clone, Debug, Serialize)]
pub struct Untraced {
    /// The wording around the number, as printed.
    pub text: String,
    /// The runs of digits in it.
    pub runs: Vec<String>,
    /// As in [`FigureTrace::section`].
    pub section: SectionPath,
    /// The kind of line that it is in.
    pub place: PlaceKind,
}

/// In which part of the document a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// A paragraph, a line of a list, or the signature block.
    Text,
    /// A note, wherever its mark is.
    Footnote,
    /// A heading, the title of a table, or what is above the text.
    Heading,
    /// A cell of a table, or the title of a column.
    Table,
}

/// A source cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTrace {
    /// Whose workbook it is; `dieu-chinh` for a correction by the office.
    pub department: DepartmentId,
    /// The workbook, or the office's file of corrections.
    pub file: FilePath,
    /// Untrimmed; empty for the file of corrections.
    pub sheet: SheetName,
    /// As Excel shows it: `B9`.
    pub cell: String,
    /// The content as typed; numbers in plain decimals.
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
