//! Determines which rules a folder of tests is about and which rule files a case needs.
//!
//! Input: the loaded rules and a case. Output: the rule files to run. Not here: running them.

use super::case::{Case, CaseFailure, CasePart};
use std::collections::BTreeSet;
use tonghop_core::model::id::{FilePath, SectorId};
use tonghop_core::msg;
use tonghop_rules::Rules;

/// The rules that a test is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TestSubject {
    Sector(SectorId),
    /// The report on all sectors.
    Report,
    /// The checks between sectors.
    Checks,
}

/// The test folders of the rules over all sectors.
const OVERALL_SUBJECTS: [(&str, TestSubject); 2] = [("report", TestSubject::Report), ("checks", TestSubject::Checks)];

impl TestSubject {
    /// Returns the name of the folder of its tests.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Sector(id) => id.as_str(),
            other => OVERALL_SUBJECTS.iter().find(|(_, subject)| subject == other).map_or("", |(name, _)| name),
        }
    }

    /// Returns the names of all subjects: the sectors, then the rules over all of them.
    pub(super) fn all(rules: &Rules) -> Vec<String> {
        let sectors = rules.sectors.iter().map(|sector| sector.decl.id.to_string());
        let over_all = OVERALL_SUBJECTS.iter().filter(|(_, subject)| subject.rule_file(rules).is_some());
        sectors.chain(over_all.map(|(name, _)| (*name).to_owned())).collect()
    }

    /// Returns the subject with a name.
    pub(super) fn find(rules: &Rules, name: &str) -> Option<Self> {
        let sector = rules.sectors.iter().find(|sector| sector.decl.id.as_str() == name);
        let over_all =
            || OVERALL_SUBJECTS.iter().find(|(known, subject)| *known == name && subject.rule_file(rules).is_some());
        sector.map(|sector| Self::Sector(sector.decl.id.clone())).or_else(|| over_all().map(|(_, s)| s.clone()))
    }

    /// Returns its rule file, if it was loaded.
    pub(super) fn rule_file<'r>(&self, rules: &'r Rules) -> Option<&'r FilePath> {
        match self {
            Self::Sector(id) => rules.sectors.iter().find(|s| s.decl.id == *id).map(|s| &s.decl.file),
            Self::Report => rules.report.as_ref().map(|(loaded, _)| &loaded.file),
            Self::Checks => rules.checks.as_ref().map(|(loaded, _)| &loaded.file),
        }
    }

    /// Returns the parts that its rules can always produce.
    pub(super) fn default_parts(&self, rules: &Rules) -> Vec<CasePart> {
        let Self::Sector(id) = self else {
            return vec![if *self == Self::Report { CasePart::Text } else { CasePart::Findings }];
        };
        let Some(plugin) = rules.sectors.iter().find(|s| s.decl.id == *id) else { return Vec::new() };
        let shortfalls = plugin.functions.shortfalls.as_ref().map(|_| CasePart::Shortfalls);
        let text = plugin.functions.text.first().map(|_| CasePart::Text);
        shortfalls.into_iter().chain(text).collect()
    }
}

/// The subject of a case and the rule files to run for it.
pub(super) struct TestRequirements {
    pub subject: TestSubject,
    pub files: BTreeSet<FilePath>,
}

/// Returns the subject of a case and its rule files, including those of the given sectors and of lending sectors.
///
/// # Errors
/// Returns an error if a sector is unknown, or if a table for rules over all sectors has no sector.
pub(super) fn requirements(rules: &Rules, case: &Case, name: &str) -> Result<TestRequirements, Vec<CaseFailure>> {
    let Some(subject) = TestSubject::find(rules, name) else { return Err(vec![unknown_subject(rules, name, 1)]) };
    let known = |id: &str| rules.sectors.iter().any(|s| s.decl.id.as_str() == id);
    let over_all = !matches!(subject, TestSubject::Sector(_));
    let mut failures = Vec::new();
    for given in case.given.iter().filter(|given| !given.rows.is_empty()) {
        match &given.sector {
            Some(sector) if !known(sector) => failures.push(unknown_subject(rules, sector, given.line)),
            None if over_all => failures.push(CaseFailure::new(
                given.line,
                msg!(
                    "bảng của quy tắc chung phải đứng dưới mã ngành: \"### budget\"",
                    "tables for rules over all sectors must be under the id of a sector: \"### budget\""
                ),
            )),
            _ => {}
        }
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    let named = case.given.iter().filter_map(|given| given.sector.as_deref()).chain([name]);
    let mut sectors: BTreeSet<SectorId> = named.filter(|id| known(id)).map(SectorId::new).collect();
    if over_all {
        sectors = rules.sectors.iter().map(|s| s.decl.id.clone()).collect();
    }
    add_lending_sectors(rules, &mut sectors);
    let files = sectors.iter().filter_map(|id| TestSubject::Sector(id.clone()).rule_file(rules));
    let files = files.chain(subject.rule_file(rules)).cloned().collect();
    Ok(TestRequirements { subject, files })
}

/// Adds the sectors from which these borrow figures, transitively.
fn add_lending_sectors(rules: &Rules, sectors: &mut BTreeSet<SectorId>) {
    loop {
        let needed: BTreeSet<SectorId> = rules
            .sectors
            .iter()
            .filter(|plugin| sectors.contains(&plugin.decl.id))
            .flat_map(|plugin| {
                plugin.decl.indicators.iter().filter_map(|i| i.source_indicator.as_ref().map(|(id, _)| id.clone()))
            })
            .filter(|id| !sectors.contains(id))
            .collect();
        if needed.is_empty() {
            return;
        }
        sectors.extend(needed);
    }
}

/// Returns the failure for an unknown subject or sector.
pub(super) fn unknown_subject(rules: &Rules, name: &str, line: u32) -> CaseFailure {
    let known = TestSubject::all(rules).join(", ");
    let message = msg!(
        "không có quy tắc nào của \"{name}\"; đang có: {known}",
        "there are no rules of \"{name}\"; available: {known}"
    );
    CaseFailure::new(line, message)
}
