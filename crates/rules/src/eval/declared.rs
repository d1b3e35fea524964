//! The names and rule lines of figures that follow from a declaration.
//!
//! Input: a declaration. Output: names and lines. Not here: the figures.

use tonghop_core::model::id::FilePath;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::RuleLine;

/// Returns the name of the actual of an indicator.
pub(super) fn actual_name(decl: &SectorDecl, indicator: &IndicatorDecl) -> FigureName {
    FigureName { sector: decl.id.clone(), indicator: indicator.id.clone(), measure: Measure::Actual }
}

/// Returns the line that declares an indicator.
pub(super) fn rule_line(file: &FilePath, indicator: &IndicatorDecl) -> RuleLine {
    RuleLine { file: file.clone(), line: indicator.line }
}
