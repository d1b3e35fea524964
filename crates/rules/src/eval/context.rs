//! What host functions work in while a rule runs.
//!
//! In come the settings and what the rule sees; out go what it writes. Never here: what can be called.

use crate::eval::value::Value;
use crate::lua::coverage::Coverage;
use crate::lua::error::fail;
use crate::lua::script::Script;
use mlua::{FromLuaMulti, Function, Lua};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Words;
use tonghop_core::model::id::{FilePath, SectorId};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::{Content, Finding, Listing, Shortfall};
use tonghop_core::say;

/// How many rows a rule may choose, one choice after the other, and as how many the choice itself counts.
const MOST_CHOSEN: usize = 100_000_000;
const A_CHOICE: usize = 100;

/// What a rule writes while it runs.
#[derive(Debug, Default)]
pub struct Output {
    pub content: Vec<Content>,
    pub shortfalls: Vec<Shortfall>,
    pub findings: Vec<Finding>,
    pub listings: Vec<Listing>,
}

/// What a rule asks of figures, which those that nobody gave cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Whether a figure is below another, or reaches it.
    Comparison,
    /// Which indicators are behind.
    Threshold,
    /// Whether a relation holds.
    Relation,
    /// What a template says beside its fixed words.
    Sentence,
}

/// What host functions work in: the settings, what the rule sees, and what it writes.
pub struct Context {
    pub config: Arc<Config>,
    pub libraries: Arc<BTreeMap<String, Script>>,
    scope: Mutex<Option<Value>>,
    output: Mutex<Output>,
    /// What choosing rows of open tables has cost so far.
    chosen: AtomicUsize,
    warnings: Mutex<BTreeMap<(RuleLine, &'static str), Deprecated>>,
    /// Whether any run of a line was answered.
    asked: Mutex<BTreeMap<(RuleLine, Question), bool>>,
    /// The chunks whose lines are counted, where they are.
    counted: Option<Mutex<Vec<(FilePath, Function)>>>,
}

impl Context {
    /// Makes the context of one rule file.
    pub fn new(config: Arc<Config>, libraries: Arc<BTreeMap<String, Script>>, counts_lines: bool) -> Self {
        let counted = counts_lines.then(Mutex::default);
        let (scope, output, chosen, warnings, asked) = Default::default();
        Self { config, libraries, scope, output, chosen, warnings, asked, counted }
    }

    /// Runs the text of a rule file in a state and returns what it returns, counting its lines where they are counted.
    pub fn run<T: FromLuaMulti>(&self, script: &Script, lua: &Lua) -> mlua::Result<T> {
        let Some(counted) = &self.counted else { return script.run(lua) };
        let chunk = script.counting(lua)?;
        counted.lock().unwrap_or_else(PoisonError::into_inner).push((script.file.clone(), chunk.clone()));
        chunk.call(())
    }

    /// Returns what the counted chunks have run so far.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        if let Some(counted) = &self.counted {
            let chunks = counted.lock().unwrap_or_else(PoisonError::into_inner);
            chunks.iter().for_each(|(file, chunk)| coverage.add(file, chunk));
        }
        coverage
    }

    /// Sets what names in templates are looked up in: a sector, or all of them.
    pub fn set_scope(&self, value: Value) {
        *self.scope.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }

    /// Returns what names in templates are looked up in.
    pub fn scope(&self) -> Option<Value> {
        self.scope.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the sector whose rule runs; `report` for the rules over all sectors.
    pub fn sector_id(&self) -> SectorId {
        match self.scope() {
            Some(Value::Sector(data)) => data.decl.id.clone(),
            _ => SectorId::new("report"),
        }
    }

    /// Returns what the rule has written so far.
    pub fn output(&self) -> MutexGuard<'_, Output> {
        self.output.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a line of the rule asked something of figures, and whether there was any to answer.
    pub fn asked(&self, rule: Option<RuleLine>, question: Question, answered: bool) {
        let Some(rule) = rule else { return };
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked.entry((rule, question)).or_default() |= answered;
    }

    /// Returns what was asked so far, by line, and whether it was ever answered.
    pub fn questions(&self) -> BTreeMap<(RuleLine, Question), bool> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the rows of a choice from what the rule may choose in all, which bounds the memory that Lua does not see;
    /// tells whether they were left.
    pub fn may_choose(&self, rows: usize) -> bool {
        self.chosen.fetch_add(rows + A_CHOICE, Ordering::Relaxed) + rows <= MOST_CHOSEN
    }

    /// Notes that a line of the rule uses what is deprecated; each line once, however often it runs.
    pub fn warn(&self, rule: RuleLine, name: &'static str, deprecated: Deprecated) {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).insert((rule, name), deprecated);
    }

    /// Returns what was noted, by line.
    pub fn warnings(&self) -> Diagnostics {
        let noted = std::mem::take(&mut *self.warnings.lock().unwrap_or_else(PoisonError::into_inner));
        let told = |((rule, name), Deprecated { since, instead }): ((RuleLine, &str), Deprecated)| {
            let message = say!(
                "\"{name}\" là cách viết cũ từ api = {since}; quy tắc vẫn chạy",
                "\"{name}\" is deprecated since api = {since}; the rule runs all the same"
            );
            let hint = say!("thay bằng {instead}", "use {instead} instead");
            Diagnostic::new(Code::RuleDeprecated, Place::Rule(rule), message).hint(hint)
        };
        noted.into_iter().map(told).collect()
    }
}

/// Returns the context of a state.
pub(crate) fn context(lua: &Lua) -> Option<Arc<Context>> {
    lua.app_data_ref::<Arc<Context>>().map(|context| Arc::clone(&context))
}

/// Returns the context of a state, or the error that there is none.
pub(crate) fn need_context(lua: &Lua) -> mlua::Result<Arc<Context>> {
    context(lua).ok_or_else(|| {
        fail(
            lua,
            Words::new("hàm này chỉ dùng được khi quy tắc đang chạy", "this function works only while a rule runs"),
        )
    })
}

/// That an entry should no longer be used; it works as before.
#[derive(Clone, Copy, Debug)]
pub struct Deprecated {
    /// The API version that brought what to use instead.
    pub since: u32,
    pub instead: &'static str,
}
