//! Traces: for every number of a document, where it comes from.
//!
//! In come occurrences found in a document, out goes what `traces.json` holds. Never here: reading a document.

use super::id::{DepartmentId, FilePath, SectionPath, SheetName};
use super::provenance::{RuleLine, Source};
use serde::Serialize;

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
}

/// One figure, printed once.
#[derive(Clone, Debug, Serialize)]
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
    /// Keys of `tonghop.toml` that the figure also rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
    pub rule: Option<RuleTrace>,
    /// Set where the office replaced what a department reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionTrace>,
}

/// Who replaced a figure, and why.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    Text,
    Footnote,
    Heading,
    Table,
}

/// A source cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleTrace {
    pub file: FilePath,
    pub line: u32,
}

impl From<&RuleLine> for RuleTrace {
    fn from(rule: &RuleLine) -> Self {
        Self { file: rule.file.clone(), line: rule.line }
    }
}
