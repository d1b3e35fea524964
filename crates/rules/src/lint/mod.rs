//! Checks rules statically for errors and unused parts that the run on this period's data did not reveal.
//!
//! Input: the loaded rules, their texts and the diagnostics of a run. Output: diagnostics at rule lines. Not here:
//! running rules, and problems that the run already reported.

mod arguments;
mod assignments;
mod conditions;
mod headings;
mod idle;
mod literal_arguments;
mod literals;
mod locals;
mod lost_values;
mod members;
mod settings;
mod shadows;
mod templates;
mod units;
mod unused;
mod value_types;
mod years;

use self::value_types::ValueTypes;
use crate::declare::plugin::{LoadedFile, Rules, SectorPlugin};
use crate::eval::data::{AllSectors, SectorData};
use crate::eval::derive::{self, FigureFaults, Overrides};
use crate::eval::named_series::series_of;
use crate::eval::value::RuleValue;
use crate::lua::script::Script;
use crate::lua::tokens::{LuaToken, tokenize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::model::dataset::{Dataset, UnfilledCells};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::records::{RecordTable, RecordsDecl};

/// Checks all rule files; `reported` are the diagnostics of a run.
pub fn lint(rules: &Rules, scripts: &[Script], config: &Config, reported: &[Diagnostic]) -> Diagnostics {
    let project = DeclaredProject::new(rules, config);
    let files: Vec<LintFile<'_>> = scripts.iter().filter_map(|script| project.prepare_file(rules, script)).collect();
    let mut found = Diagnostics::new();
    for file in &files {
        let locals = locals::locals(&file.tokens);
        let types = ValueTypes::new(file, &locals);
        found.extend(templates::invalid_templates(file, &project, reported));
        found.extend(shadows::shadowed_names(file, &locals));
        found.extend(conditions::constant_conditions(file, &types));
        found.extend(lost_values::lost_values(file, &locals));
        found.extend(members::unknown_members(file, &types));
        found.extend(arguments::doubtful_arguments(file));
        found.extend(assignments::lost_names(file, &locals));
        found.extend(literal_arguments::refused_arguments(file, reported));
        found.extend(years::in_rule(file, config));
    }
    // One mistake, one message: the failure of a line comes first.
    found.retain(|problem| !problem.places.iter().any(|place| fails_at(reported, place)));
    // If a file failed to load, its reads and writes are unknown.
    let is_broken_file = |problem: &Diagnostic| {
        problem.code == Code::PluginBroken
            && problem.first_rule_line().is_none_or(|rule| rule.file.as_str().ends_with(".lua"))
    };
    let is_complete = !reported.iter().any(is_broken_file);
    found.extend(idle::unanswered_questions(rules, is_complete));
    found.extend(headings::shared_headings(rules, &files, config));
    found.extend(units::misspelt_units(rules, reported));
    found.extend(years::in_settings(config));
    if is_complete {
        found.extend(unused::unused_declarations(rules, &files, &project, config));
        found.extend(headings::empty_headings(rules, config));
        found.extend(settings::unused_values(&files, config));
    }
    found.sort_by(|a, b| a.places.cmp(&b.places));
    found
}

/// A rule file that is being checked.
struct LintFile<'r> {
    path: &'r FilePath,
    tokens: Vec<LuaToken>,
    /// The Lua state in which templates are tried.
    loaded: &'r LoadedFile,
    /// The scope of its templates; `None` for a library, whose scope depends on the file that uses it.
    scope: Option<RuleValue>,
}

impl LintFile<'_> {
    fn place(&self, line: u32) -> Place {
        Place::Rule(RuleLine { file: self.path.clone(), line })
    }
}

/// Returns the file of a sector.
fn sector_file<'f, 'r>(plugin: &SectorPlugin, files: &'f [LintFile<'r>]) -> Option<&'f LintFile<'r>> {
    files.iter().find(|file| *file.path == plugin.loaded.file)
}

/// All declarations, without figures.
struct DeclaredProject {
    sectors: BTreeMap<FilePath, Arc<SectorData>>,
    all: Arc<AllSectors>,
}

impl DeclaredProject {
    fn new(rules: &Rules, config: &Config) -> Self {
        let sectors: BTreeMap<FilePath, Arc<SectorData>> = rules
            .sectors
            .iter()
            .map(|plugin| (plugin.loaded.file.clone(), Arc::new(empty_sector(&plugin.decl, config))))
            .collect();
        let by_id = sectors.values().map(|data| (data.decl.id.clone(), Arc::clone(data))).collect();
        let expected = config.outline.headings.iter().flat_map(|heading| &heading.sectors);
        let lost = expected.filter(|id| sectors.values().all(|data| data.decl.id != **id)).cloned().collect();
        Self { sectors, all: Arc::new(AllSectors { sectors: by_id, failed: lost, shortfalls: Vec::new() }) }
    }

    /// Prepares a file; `None` for a file that failed to load, which is already reported.
    fn prepare_file<'r>(&self, rules: &'r Rules, script: &'r Script) -> Option<LintFile<'r>> {
        let own = rules.files().find(|loaded| loaded.file == script.file);
        let loaded = own.or_else(|| rules.files().next().filter(|_| script.is_library()))?;
        let sector = self.sectors.get(&script.file).map(|data| RuleValue::Sector(Arc::clone(data)));
        let scope = sector.or_else(|| own.map(|_| RuleValue::AllSectors(Arc::clone(&self.all))));
        Some(LintFile { path: &script.file, tokens: tokenize(&script.text), loaded, scope })
    }
}

/// Returns the data of a sector without any workbooks.
fn empty_sector(decl: &Arc<SectorDecl>, config: &Config) -> SectorData {
    let (dataset, unfilled, overrides) = (Dataset::default(), UnfilledCells::new(), Overrides::default());
    // The run has reported why a figure cannot be computed.
    let rows = derive::build_rows(decl, &dataset, &unfilled, &overrides, &mut FigureFaults::default());
    let pace = derive::pace(config, decl);
    let empty = |records: &Arc<RecordsDecl>| {
        (records.name.clone(), Arc::new(RecordTable::new(decl.id.clone(), Arc::clone(records))))
    };
    SectorData {
        decl: Arc::clone(decl),
        rows,
        narrative: BTreeMap::new(),
        names: BTreeMap::new(),
        remarks: Vec::new(),
        records: decl.records.iter().map(empty).collect(),
        unjudged: Vec::new(),
        departments: Arc::default(),
        pace,
        series: series_of(decl, config),
        lens: Arc::default(),
    }
}

/// Returns whether a rule failed at a line.
fn fails_at(reported: &[Diagnostic], place: &Place) -> bool {
    matches!(place, Place::Rule(rule) if has_failure_in(reported, &rule.file, (rule.line, rule.line)))
}

/// Returns whether a rule failed in a line range of a file.
fn has_failure_in(reported: &[Diagnostic], file: &FilePath, (first, last): (u32, u32)) -> bool {
    let inside =
        |place: &Place| matches!(place, Place::Rule(rule) if rule.file == *file && (first..=last).contains(&rule.line));
    reported.iter().any(|problem| problem.code == Code::RuleFailed && problem.places.iter().any(inside))
}
