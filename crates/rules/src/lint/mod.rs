//! Checks rules statically for errors and unused parts that the run on this period's data did not reveal.
//!
//! Input: the loaded rules, their texts and the diagnostics of a run. Output: diagnostics at rule lines. Not here:
//! running rules, and problems that the run already reported.

mod headings;
mod idle;
mod literals;
mod shadows;
mod templates;
mod unused;

use crate::declare::plugin::{Loaded, Rules, SectorPlugin};
use crate::declare::source::tokens::{Token, tokens};
use crate::eval::data::{AllSectors, SectorData};
use crate::eval::derive::{self, Given};
use crate::eval::value::Value;
use crate::lua::script::Script;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::records::{RecordTable, RecordsDecl};

/// Checks all rule files; `reported` are the diagnostics of a run.
pub fn inspect(rules: &Rules, scripts: &[Script], config: &Config, told: &[Diagnostic]) -> Diagnostics {
    let project = Project::of(rules, config);
    let files: Vec<File<'_>> = scripts.iter().filter_map(|script| project.file(rules, script)).collect();
    let mut found = Diagnostics::new();
    for file in &files {
        found.extend(templates::suspects(file, &project, told));
        found.extend(shadows::shadowed(file));
    }
    found.extend(idle::idle(rules));
    found.extend(headings::shared(rules, &files, config));
    // If a file failed to load, its reads and writes are unknown.
    if told.iter().all(|problem| problem.code != Code::PluginBroken) {
        found.extend(unused::unused(rules, &files, &project, config));
        found.extend(headings::empty(rules, config));
    }
    found.sort_by(|a, b| a.places.cmp(&b.places));
    found
}

/// A rule file under check.
struct File<'r> {
    path: &'r FilePath,
    tokens: Vec<Token>,
    /// The Lua state in which templates are tried.
    loaded: &'r Loaded,
    /// The scope of its templates; `None` for a library, whose scope depends on the file that uses it.
    scope: Option<Value>,
}

impl File<'_> {
    fn at(&self, line: u32) -> Place {
        Place::Rule(RuleLine { file: self.path.clone(), line })
    }
}

/// Returns the file of a sector.
fn file_of<'f, 'r>(plugin: &SectorPlugin, files: &'f [File<'r>]) -> Option<&'f File<'r>> {
    files.iter().find(|file| *file.path == plugin.loaded.file)
}

/// All declarations, without figures.
struct Project {
    sectors: BTreeMap<FilePath, Arc<SectorData>>,
    all: Arc<AllSectors>,
}

impl Project {
    fn of(rules: &Rules, config: &Config) -> Self {
        let sectors: BTreeMap<FilePath, Arc<SectorData>> = rules
            .sectors
            .iter()
            .map(|plugin| (plugin.loaded.file.clone(), Arc::new(blank(&plugin.decl, config))))
            .collect();
        let by_id = sectors.values().map(|data| (data.decl.id.clone(), Arc::clone(data))).collect();
        let expected = config.outline.headings.iter().flat_map(|heading| &heading.sectors);
        let lost = expected.filter(|id| sectors.values().all(|data| data.decl.id != **id)).cloned().collect();
        Self { sectors, all: Arc::new(AllSectors { sectors: by_id, lost, shortfalls: Vec::new() }) }
    }

    /// Prepares a file; `None` for a file that failed to load, which is already reported.
    fn file<'r>(&self, rules: &'r Rules, script: &'r Script) -> Option<File<'r>> {
        let own = rules.all().find(|loaded| loaded.file == script.file);
        let loaded = own.or_else(|| rules.all().next().filter(|_| script.is_library()))?;
        let sector = self.sectors.get(&script.file).map(|data| Value::Sector(Arc::clone(data)));
        let scope = sector.or_else(|| own.map(|_| Value::All(Arc::clone(&self.all))));
        Some(File { path: &script.file, tokens: tokens(&script.text), loaded, scope })
    }
}

/// Returns the data of a sector without any workbooks.
fn blank(decl: &Arc<SectorDecl>, config: &Config) -> SectorData {
    let rows = derive::rows(decl, &Dataset::default(), &Given::default()).unwrap_or_default();
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
        departments: Arc::default(),
        pace,
    }
}

/// Returns whether a rule failed in a line range of a file.
fn failed_at(told: &[Diagnostic], file: &FilePath, (first, last): (u32, u32)) -> bool {
    let inside =
        |place: &Place| matches!(place, Place::Rule(rule) if rule.file == *file && (first..=last).contains(&rule.line));
    told.iter().any(|problem| problem.code == Code::RuleFailed && problem.places.iter().any(inside))
}
