//! Places of the report where something fell away, and rules that left nothing.
//!
//! Input: what a template or a rule could not print. Output: plain data. Not here: the reason why a figure is missing.

use super::figure::FigureRef;
use super::id::{DepartmentId, IndicatorId, SectionPath, SectorId};
use super::provenance::RuleLine;

/// Something that a sentence needs and does not have.
#[derive(Clone, Debug)]
pub enum MissingValue {
    /// A figure without data.
    Figure(FigureRef),
    /// Words of a department, by the path in the template: `overview`, `s.cause`.
    Words(String),
    /// A list without rows, by the path in the template.
    List(String),
}

/// What fell away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// A clause, or a sentence, of a template.
    Clause,
    /// A row of a list.
    Row,
    /// Words without which the rest of the sentence is printed.
    Words,
    /// The text of a sector that no workbook has data for.
    Sector,
    /// The output of a rule that failed.
    Rule,
}

/// A place of the report where something fell away; it prints nothing itself.
#[derive(Clone, Debug)]
pub struct Gap {
    /// What fell away.
    pub kind: GapKind,
    /// The sector whose rule wrote the sentence; `report` for rules over all sectors.
    pub sector: SectorId,
    /// The words that fell away, as they would have been printed.
    pub words: String,
    /// What they needed; empty if a rule failed.
    pub missing: Vec<MissingValue>,
    /// The line of the sentence.
    pub rule: Option<RuleLine>,
}

/// The part of the rules that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailedPart {
    /// A rule file that could not be loaded.
    File,
    /// A sector whose figures could not be computed.
    Sector,
    /// The list of shortfalls of a sector.
    Shortfalls,
    /// The checks over all sectors.
    Checks,
    /// The figure of an indicator: its declaration, `derive` or `attained`.
    Figure(IndicatorId),
    /// An indicator that no row can tell from another one of its sector.
    Double(IndicatorId),
    /// A sector of the outline that no rule file declares.
    Absent,
}

/// A part of the rules that failed, with what the report loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFailure {
    /// What failed.
    pub part: FailedPart,
    /// The sector, as far as the file says; `None` for rules over all sectors.
    pub sector: Option<SectorId>,
    /// The title of the sector; empty if the file does not say it.
    pub title: String,
    /// The headings under which the text is missing, in the order of the file.
    pub sections: Vec<SectionPath>,
    /// The departments whose sheets the file declares; `None` if it does not say.
    pub departments: Option<Vec<DepartmentId>>,
    /// Whether shortfalls of the sector are missing.
    pub has_shortfalls: bool,
    /// The line of the failed part; that of the settings for a sector without a rule.
    pub rule: RuleLine,
}

impl RuleFailure {
    /// Returns whether the figure of this indicator is missing, and not its whole sector.
    pub fn loses_figure(&self, sector: &SectorId, indicator: &IndicatorId) -> bool {
        let is_its = matches!(&self.part, FailedPart::Figure(id) | FailedPart::Double(id) if id == indicator);
        is_its && self.sector.as_ref() == Some(sector)
    }

    /// Returns whether the whole sector is missing.
    pub fn loses_sector(&self) -> bool {
        matches!(self.part, FailedPart::File | FailedPart::Sector | FailedPart::Absent)
    }

    /// Returns whether sheets of a department may be unread because of this failure.
    pub fn may_concern(&self, department: &str) -> bool {
        matches!(self.part, FailedPart::File | FailedPart::Absent | FailedPart::Double(_))
            && self.departments.as_ref().is_none_or(|all| all.iter().any(|one| one.as_str() == department))
    }
}
