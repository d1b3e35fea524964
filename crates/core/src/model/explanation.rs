//! The lines of the office's file of explanations: what departments answered about their numbers.
//!
//! Not here: which question a line answers.

/// A line of `giai-trinh.csv`, unparsed; a field that the line does not have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExplanationLine {
    /// Counted from 1.
    pub line: u32,
    /// The id of the department, or its name.
    pub department: String,
    /// `sector.indicator`, the label of an indicator, or a cell: `bieu.xlsx [Biểu 01] F9`.
    pub subject: String,
    /// `actual`, `last_year`, `target.<name>`, the title of the measure, or empty for the actual figure.
    pub measure: String,
    /// The number that is explained, in Vietnamese notation: `96.011,5`, or `170 so với 168`.
    pub number: String,
    /// The explanation.
    pub why: String,
    /// The person who explains the number.
    pub who: String,
    /// The day of the explanation: `20/9/2024`.
    pub day: String,
}
