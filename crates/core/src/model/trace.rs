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
    pub parts: Vec<PartTrace>,
}

/// The rows of one sheet.
///
/// Where the cell of a field is empty or says "as above", what stands above it holds for the row too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartTrace {
    pub department: DepartmentId,
    pub file: FilePath,
    pub sheet: SheetName,
    /// The rows that are records, as Excel counts them: `8-207,210`.
    pub rows: String,
    pub label: String,
    /// The column of each field.
    pub fields: BTreeMap<String, String>,
    /// The column in which rows state their unit, where there is one, and the unit of those that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_column: Option<String>,
    pub unit: String,
    /// The column of each measure, and the unit of those that have one whatever the row states.
    pub columns: BTreeMap<String, String>,
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
    pub conditions: Vec<ConditionTrace>,
    /// How many rows met the conditions, and how many of them gave a number.
    pub rows: usize,
    pub cells: usize,
}

/// What rows were chosen by.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionTrace {
    /// A field holds these words; capitals, blanks and ways to write a letter make no difference.
    Is {
        field: String,
        words: String,
    },
    Below {
        part: String,
        whole: String,
        percent: String,
    },
    First {
        count: usize,
        by: Vec<String>,
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
    pub unit: String,
    pub section: SectionPath,
    pub place: PlaceKind,
    /// A name for a bookmark in a word-processing document.
    pub bookmark: String,
    pub sources: Vec<SourceTrace>,
    /// Rows of open tables that it counts or adds up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aggregates: Vec<AggregateTrace>,
    /// Keys of `tonghop.toml` that the figure also rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
    pub rule: Option<RuleTrace>,
    /// Set where the office replaced what a department reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionTrace>,
}

/// Who replaced a figure, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CorrectionTrace {
    pub who: String,
    pub why: String,
    /// What had been reported, if anything.
    pub replaced: Option<f64>,
    pub replaced_sources: Vec<SourceTrace>,
}

/// Words of a department that hold digits.
#[derive(Clone, Debug, Serialize)]
pub struct TextTrace {
    pub text: String,
    /// The runs of digits in it.
    pub runs: Vec<String>,
    pub section: SectionPath,
    pub place: PlaceKind,
    pub source: SourceTrace,
    pub rule: Option<RuleTrace>,
}

/// A setting that holds digits.
#[derive(Clone, Debug, Serialize)]
pub struct SettingTrace {
    pub text: String,
    pub runs: Vec<String>,
    pub section: SectionPath,
    pub place: PlaceKind,
    pub key: String,
}

/// Fixed wording that holds digits.
#[derive(Clone, Debug, Serialize)]
pub struct FixedTrace {
    pub text: String,
    pub runs: Vec<String>,
    pub section: SectionPath,
    pub place: PlaceKind,
    pub rule: Option<RuleTrace>,
}

/// A number that nothing accounts for.
#[derive(Clone, Debug, Serialize)]
pub struct Untraced {
    pub text: String,
    pub runs: Vec<String>,
    pub section: SectionPath,
    pub place: PlaceKind,
}

/// In which part of the document a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    Text,
    Footnote,
    Heading,
    Table,
}

/// A source cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTrace {
    pub department: DepartmentId,
    pub file: FilePath,
    pub sheet: SheetName,
    pub cell: String,
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
    pub file: FilePath,
    pub line: u32,
}

impl From<&RuleLine> for RuleTrace {
    fn from(rule: &RuleLine) -> Self {
        Self { file: rule.file.clone(), line: rule.line }
    }
}
