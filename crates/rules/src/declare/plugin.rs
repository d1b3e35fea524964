//! Loads rule files, each in a separate Lua state, and reads their declarations.
//!
//! Input: the texts of the rule files. Output: the loaded rules, and diagnostics for the files that failed. Not here:
//! running rules on data.

use super::source::calls::find_calls;
use super::{SectorFunctions, broken, doubles};
use crate::diagnose::{RuleTexts, diagnose};
use crate::eval::context::{RuleContext, require_context};
use crate::eval::data::AllSectors;
use crate::host::declare::KIND_KEY;
use crate::lua::coverage::Coverage;
use crate::lua::error::HostError;
use crate::lua::sandbox::{MAX_SOURCE_BYTES, Sandbox};
use crate::lua::script::Script;
use crate::lua::time_limit::TimeLimit;
use crate::lua::tokens::tokenize;
use crate::{declare, host};
use mlua::{Function, Lua, Table};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::gap::RuleFailure;
use tonghop_core::model::id::{FilePath, SectionPath, file_name_rule, is_file_name};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;
use tonghop_core::parallel::lock;

/// A rule file with its Lua state.
pub struct LoadedFile {
    pub file: FilePath,
    /// The text of the file.
    pub text: String,
    pub sandbox: Sandbox,
    pub context: Arc<RuleContext>,
}

impl LoadedFile {
    /// Converts an error of this file's rules into a diagnostic.
    pub fn diagnose(&self, error: &mlua::Error, code: Code) -> Diagnostic {
        let texts = RuleTexts { file: &self.file, text: &self.text, libraries: &self.context.libraries };
        diagnose(error, &texts, code, self.sandbox.last_line())
    }
}

/// The rule file of a sector.
pub struct SectorPlugin {
    pub loaded: LoadedFile,
    pub decl: Arc<SectorDecl>,
    pub functions: SectorFunctions,
}

/// All loaded rule files.
#[derive(Default)]
pub struct Rules {
    /// The sectors, sorted by id.
    pub sectors: Vec<SectorPlugin>,
    /// `report.lua`: one function per heading.
    pub report: Option<(LoadedFile, Vec<(SectionPath, Function)>)>,
    /// `checks.lua`.
    pub checks: Option<(LoadedFile, Function)>,
    /// What is lost with the files that could not be loaded.
    pub failures: Vec<RuleFailure>,
    /// The time limit that all files share.
    pub(crate) time_limit: TimeLimit,
    /// The results of the last run, in which expressions are evaluated.
    results: Mutex<Option<Arc<AllSectors>>>,
}

impl Rules {
    /// Iterates over all files: the sectors by id, the report, the checks.
    pub fn files(&self) -> impl Iterator<Item = &LoadedFile> {
        let sectors = self.sectors.iter().map(|plugin| &plugin.loaded);
        let report = self.report.iter().map(|(loaded, _)| loaded);
        sectors.chain(report).chain(self.checks.iter().map(|(loaded, _)| loaded))
    }

    /// Keeps the results of a run.
    pub(crate) fn keep_results(&self, all: Arc<AllSectors>) {
        *lock(&self.results) = Some(all);
    }

    /// Returns the results of the last run.
    pub(crate) fn results(&self) -> Option<Arc<AllSectors>> {
        lock(&self.results).clone()
    }

    /// Returns what the rules showed their authors with `print` since the last call, as notes at the lines.
    pub fn printed_values(&self) -> Diagnostics {
        self.files().flat_map(|loaded| loaded.context.take_printed()).collect()
    }

    /// Returns the line coverage of rules loaded with [`load_with_coverage`].
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        self.files().for_each(|loaded| coverage.merge(loaded.context.coverage()));
        coverage
    }

    /// Adds a rule file that could not be opened or is not text.
    pub fn add_unreadable(&mut self, file: &FilePath) {
        self.failures.push(broken::describe_unreadable(file));
    }

    /// Adds the sectors of the outline that no rule file declares, whether it can be loaded or not.
    pub fn add_absent_sectors(&mut self, config: &Config) {
        let expected =
            config.outline.headings.iter().flat_map(|heading| heading.sectors.iter().map(move |id| (heading, id)));
        for (heading, id) in expected {
            let is_declared = self.sectors.iter().any(|plugin| plugin.decl.id == *id);
            let is_broken = self.failures.iter().any(|failure| failure.sector.as_ref() == Some(id));
            if !is_declared && !is_broken {
                self.failures.push(broken::describe_absent(id.clone(), heading.path.clone()));
            }
        }
    }

    /// Returns the declarations of the sectors.
    pub fn declarations(&self) -> Vec<Arc<SectorDecl>> {
        self.sectors.iter().map(|s| Arc::clone(&s.decl)).collect()
    }
}

/// Loads rule files; a file that fails does not affect the others.
pub fn load(scripts: &[Script], config: &Arc<Config>) -> (Rules, Diagnostics) {
    load_all(scripts, config, &|libraries, _| RuleContext::new(Arc::clone(config), libraries, false))
}

/// Loads rule files like [`load`] and records the lines that run for [`Rules::coverage`].
pub fn load_with_coverage(scripts: &[Script], config: &Arc<Config>) -> (Rules, Diagnostics) {
    load_all(scripts, config, &|libraries, _| RuleContext::new(Arc::clone(config), libraries, true))
}

/// The shared rule files by name.
type Libraries = Arc<BTreeMap<String, Script>>;

/// Loads rule files, each with the context that `new_context` creates for it.
pub(crate) fn load_all(
    scripts: &[Script],
    config: &Arc<Config>,
    new_context: &dyn Fn(Libraries, &Script) -> RuleContext,
) -> (Rules, Diagnostics) {
    let mut diagnostics = Vec::new();
    let printable = |script: &Script| match script.without_control_characters() {
        Some((printable, problem)) => {
            diagnostics.push(problem);
            printable
        }
        None => script.clone(),
    };
    let scripts: Vec<Script> = scripts.iter().map(printable).collect();
    let libraries = scripts.iter().filter(|s| s.is_library()).map(|s| (s.stem().to_owned(), s.clone())).collect();
    let libraries = Libraries::new(libraries);
    let mut rules = Rules::default();
    let overall = TimeLimit::default();
    overall.run(Duration::from_secs_f64(config.limits.rules_seconds), || {
        for script in scripts.iter().filter(|s| !s.is_library()) {
            let context = new_context(Arc::clone(&libraries), script);
            if let Err(problem) = load_one(script, context, &overall, &mut rules) {
                // In a library that the file uses, if the mistake is there.
                let at = problem.first_rule_line().cloned();
                let rule = at.unwrap_or_else(|| RuleLine { file: script.file.clone(), line: 1 });
                rules.failures.push(broken::describe(script, config, rule));
                // A broken library is one problem, however many files use it.
                if !diagnostics.iter().any(|known| known.repeats(&problem)) {
                    diagnostics.push(*problem);
                }
            }
        }
    });
    rules.time_limit = overall;
    reject_duplicate_sectors(&mut rules, &scripts, config, &mut diagnostics);
    rules.sectors.sort_by(|a, b| a.decl.id.cmp(&b.decl.id));
    let (lost, problems) = doubles::find_doubles(&rules.declarations());
    rules.failures.extend(lost);
    diagnostics.extend(problems);
    (rules, diagnostics)
}

fn load_one(
    script: &Script,
    context: RuleContext,
    overall: &TimeLimit,
    rules: &mut Rules,
) -> Result<(), Box<Diagnostic>> {
    check_file(script)?;
    let context = Arc::new(context);
    let config = Arc::clone(&context.config);
    let texts = RuleTexts { file: &script.file, text: &script.text, libraries: &context.libraries };
    let broken = |error: &mlua::Error, line| Box::new(diagnose(error, &texts, Code::PluginBroken, line));
    let sandbox = Sandbox::new(&config.limits, overall, Arc::clone(&context.memory), |lua| {
        lua.set_app_data(Arc::clone(&context));
        host::install(lua, &context.config)
    })
    .map_err(|error| broken(&error, None))?;
    let read = sandbox.run(|lua| read_declaration(script, lua, &config));
    let declared = read.map_err(|error| broken(&error, sandbox.last_line()))?;
    let (file, text) = (script.file.clone(), script.text.clone());
    let loaded = LoadedFile { file, text, sandbox, context: Arc::clone(&context) };
    match declared {
        RuleDeclaration::Sector(sector) => {
            let (decl, functions) = *sector;
            rules.sectors.push(SectorPlugin { loaded, decl: Arc::new(decl), functions });
        }
        RuleDeclaration::Report(sections) => rules.report = Some((loaded, sections)),
        RuleDeclaration::Checks(run) => rules.checks = Some((loaded, run)),
    }
    Ok(())
}

fn check_file(script: &Script) -> Result<(), Box<Diagnostic>> {
    let problem = |message: Message, hint: Message| {
        let rule = RuleLine { file: script.file.clone(), line: 1 };
        Err(Box::new(Diagnostic::new(Code::PluginBroken, Place::Rule(rule), message).with_hint(hint)))
    };
    let stem = script.stem();
    // On Windows the file looks like any other.
    if let Some(name) = stem.to_lowercase().strip_suffix(".lua") {
        return problem(
            msg!(
                "đuôi của tên tệp \"{stem}\" phải viết thường: .lua",
                "the extension of \"{stem}\" must be written .lua"
            ),
            msg!("đổi tên thành {name}.lua", "rename it to {name}.lua"),
        );
    }
    if !is_file_name(stem) {
        return problem(
            msg!("tên tệp quy tắc \"{stem}\" không hợp lệ", "\"{stem}\" is not a valid rule file name"),
            file_name_rule(),
        );
    }
    if script.text.len() > MAX_SOURCE_BYTES {
        return problem(
            Message::new("tệp quy tắc quá lớn", "the rule file is too large"),
            Message::new(
                "giữ tệp dưới 256 KiB; chuyển phần dùng chung vào plugins/lib",
                "keep the file below 256 KiB; move shared code into plugins/lib",
            ),
        );
    }
    Ok(())
}

/// The declaration of a rule file, by kind.
enum RuleDeclaration {
    Sector(Box<(SectorDecl, SectorFunctions)>),
    Report(Vec<(SectionPath, Function)>),
    Checks(Function),
}

fn read_declaration(script: &Script, lua: &Lua, config: &Config) -> mlua::Result<RuleDeclaration> {
    let table: Table = require_context(lua)?.run_script(script, lua).map_err(|error| match error {
        mlua::Error::FromLuaConversionError { .. } => missing_declaration(script),
        other => other,
    })?;
    let reader = declare::DeclarationReader::new(script, config);
    match table.raw_get::<Option<String>>(KIND_KEY)?.as_deref() {
        Some("sector") => reader.sector(&table).map(|sector| RuleDeclaration::Sector(Box::new(sector))),
        Some("report") => reader.report(&table).map(RuleDeclaration::Report),
        Some("checks") => reader.checks(&table).map(RuleDeclaration::Checks),
        _ => Err(missing_declaration(script)),
    }
}

fn missing_declaration(script: &Script) -> mlua::Error {
    let tokens = tokenize(&script.text);
    let kinds = ["sector", "report", "checks"];
    let call = find_calls(&tokens).into_iter().find(|call| !call.is_method && kinds.contains(&call.name));
    let (message, hint) = match &call {
        Some(call) => (
            msg!("khai báo {kind} không được trả về", "the declaration {kind} is not returned", kind = call.name),
            msg!(
                "viết return trước {kind}: return {kind} {{ … }}",
                "write return before {kind}: return {kind} {{ … }}",
                kind = call.name
            ),
        ),
        None => (
            Message::new("tệp không trả về một khai báo", "the file does not return a declaration"),
            Message::new(
                "kết thúc tệp bằng return sector { … }, return report { … } hoặc return checks { … }",
                "end the file with return sector { … }, return report { … } or return checks { … }",
            ),
        ),
    };
    let rule = RuleLine { file: script.file.clone(), line: call.map_or(1, |call| call.line_range.0) };
    mlua::Error::external(HostError { message, hint: Some(hint), rule: Some(rule) })
}

/// Removes all files of a sector id that several files declare and reports them.
fn reject_duplicate_sectors(rules: &mut Rules, scripts: &[Script], config: &Config, diagnostics: &mut Diagnostics) {
    let mut files: BTreeMap<_, Vec<FilePath>> = BTreeMap::new();
    for plugin in &rules.sectors {
        files.entry(plugin.decl.id.clone()).or_default().push(plugin.loaded.file.clone());
    }
    for (id, claimed) in files.iter().filter(|(_, claimed)| claimed.len() > 1) {
        let places: Vec<Place> = claimed.iter().map(|f| Place::Rule(RuleLine { file: f.clone(), line: 1 })).collect();
        let message = msg!(
            "nhiều tệp quy tắc cùng khai báo ngành \"{id}\"; không tệp nào được dùng",
            "several rule files declare the sector \"{id}\"; none of them is used"
        );
        let diagnostic = Diagnostic::new(Code::PluginBroken, Place::Project, message)
            .with_hint(Message::new("giữ lại một tệp cho mỗi ngành", "keep one file for each sector"));
        diagnostics.push(Diagnostic { places, ..diagnostic });
        let lost = scripts.iter().filter(|script| claimed.contains(&script.file));
        let lost = lost.map(|script| broken::describe(script, config, RuleLine { file: script.file.clone(), line: 1 }));
        rules.failures.extend(lost);
    }
    rules.sectors.retain(|plugin| files.get(&plugin.decl.id).is_some_and(|claimed| claimed.len() == 1));
}
