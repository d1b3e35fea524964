//! Finds the indicators of a sector that no row of a form can tell apart.
//!
//! Input: the declarations of sectors. Output: a diagnostic for each pair at its lines, and what the report loses with it. Not
//! here: rows that fit indicators of several sectors.

use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::gap::{FailedPart, RuleFailure};
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;

/// Returns the problems of indicators with the name of an earlier one, and what is lost: neither gets figures from rows
/// with that name.
pub(super) fn find_doubles(sectors: &[Arc<SectorDecl>]) -> (Vec<RuleFailure>, Diagnostics) {
    let (mut failures, mut diagnostics) = (Vec::new(), Vec::new());
    for decl in sectors {
        for (first, second) in doubles(decl) {
            let line = |indicator: &IndicatorDecl| RuleLine { file: decl.file.clone(), line: indicator.line };
            diagnostics.push(diagnostic(first, second, (line(first), line(second))));
            failures.extend([first, second].map(|indicator| RuleFailure {
                part: FailedPart::Double(indicator.id.clone()),
                sector: Some(decl.id.clone()),
                title: decl.title.clone(),
                sections: vec![decl.section.clone()],
                departments: Some(decl.departments.clone()),
                has_shortfalls: false,
                rule: line(second),
            }));
        }
    }
    (failures, diagnostics)
}

/// Returns the pairs of an indicator and a later one that rows cannot tell apart.
fn doubles(decl: &SectorDecl) -> Vec<(&IndicatorDecl, &IndicatorDecl)> {
    let mut named: BTreeMap<(Option<&IndicatorId>, String), Vec<&IndicatorDecl>> = BTreeMap::new();
    let mut pairs: Vec<(&IndicatorDecl, &IndicatorDecl)> = Vec::new();
    for indicator in &decl.indicators {
        let parent = indicator.parent.as_ref().map(|parent| &parent.id);
        for spelling in indicator.spellings(None) {
            let others = named.entry((parent, fold(spelling))).or_default();
            let double = others.iter().find(|other| other.is_double_of(indicator));
            let is_known = pairs.last().is_some_and(|(_, last)| last.id == indicator.id);
            pairs.extend(double.filter(|_| !is_known).map(|first| (*first, indicator)));
            others.push(indicator);
        }
    }
    pairs
}

fn diagnostic(first: &IndicatorDecl, second: &IndicatorDecl, (above, below): (RuleLine, RuleLine)) -> Diagnostic {
    let message = msg!(
        "\"{label}\": hai chỉ tiêu {first} và {second} trùng cả tên và đơn vị tính; không biểu nào phân biệt được nên dòng mang tên này không được đọc",
        "\"{label}\": the indicators {first} and {second} have the same name and unit; no form can tell them apart, so rows with this name are not read",
        label = second.label,
        first = first.id,
        second = second.id
    );
    Diagnostic::new(Code::RuleFailed, Place::Rule(below), message).with_place(Place::Rule(above)).with_hint(
        Message::new(
            "đặt hai tên khác nhau, đúng như trong biểu, hoặc bỏ bớt một chỉ tiêu",
            "give them different names, as in the form, or remove one of them",
        ),
    )
}
