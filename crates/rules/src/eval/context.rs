//! The context of host functions while a rule runs.
//!
//! Input: the settings and the scope of the rule. Output: everything the rule writes. Not here: the callable functions.

use crate::eval::value::RuleValue;
use crate::lua::coverage::Coverage;
use crate::lua::error::host_error;
use crate::lua::host_memory::HostMemory;
use crate::lua::script::Script;
use mlua::{FromLuaMulti, Function, Lua};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::{Message, pluralise};
use tonghop_core::model::id::{FilePath, SectorId};
use tonghop_core::model::judgement::JudgingLine;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::{Finding, PassageItem, RowListing, Shortfall};
use tonghop_core::msg;
use tonghop_core::parallel::lock;

/// The maximum number of rows that a rule may select in total, and the number of rows that each selection adds as a
/// fixed cost.
const MAX_SELECTED_ROWS: usize = 100_000_000;
const SELECTION_COST: usize = 100;
/// The maximum number of lines of a rule file, and of sectors that they judge, that are recorded.
const MAX_JUDGING_LINES: usize = 1_000;

/// The maximum number of lines that a rule file prints for its author.
const MAX_PRINTED: usize = 50;

/// The output of a rule while it runs.
#[derive(Debug, Default)]
pub struct RuleOutput {
    pub content: Vec<PassageItem>,
    pub shortfalls: Vec<Shortfall>,
    pub findings: Vec<Finding>,
    pub listings: Vec<RowListing>,
    /// Whether the rule asked for the shortfalls of all sectors.
    pub uses_shortfalls: bool,
}

/// A question about figures in a rule that cannot be answered if the figures have no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Whether a figure is below another, or reaches it.
    Comparison,
    /// Which indicators are behind the pace.
    Threshold,
    /// Whether a relation holds.
    Relation,
    /// Which figures and texts a template prints besides its fixed text.
    Sentence,
    /// Which rows of an open table have a text.
    Text,
    /// What a figure divided by zero is.
    ZeroDivision,
}

/// Is called with the name of each host function before it runs.
pub(crate) type CallObserver = Box<dyn Fn(&str) + Send + Sync>;

/// The context of host functions: the settings, the scope of the rule, and its output.
pub struct RuleContext {
    pub config: Arc<Config>,
    pub libraries: Arc<BTreeMap<String, Script>>,
    /// The memory that the host holds for the rule file.
    pub(crate) memory: Arc<HostMemory>,
    scope: Mutex<Option<RuleValue>>,
    output: Mutex<RuleOutput>,
    /// The cost of all selections of rows so far, in rows.
    selected_rows: AtomicUsize,
    warnings: Mutex<BTreeMap<(RuleLine, &'static str), Deprecation>>,
    /// For each line and question, whether it was ever answered.
    questions: Mutex<BTreeMap<(RuleLine, Question), bool>>,
    /// The lines that judge figures against plans.
    judging_lines: Mutex<Vec<JudgingLine>>,
    /// For each line that chooses the first rows: how many it chose and how many equal ones it left out, at the most.
    ties: Mutex<BTreeMap<RuleLine, (usize, usize)>>,
    /// What the rule shows its author, in the order of its calls.
    printed: Mutex<Vec<(RuleLine, Message)>>,
    /// The chunks compiled with coverage; `None` without coverage.
    covered_chunks: Option<Mutex<Vec<(FilePath, Function)>>>,
    /// Observes the calls of the rule, if anything does: a test lets it fail in the place of the function.
    pub(crate) observer: Option<CallObserver>,
}

impl RuleContext {
    /// Creates the context of one rule file.
    pub fn new(config: Arc<Config>, libraries: Arc<BTreeMap<String, Script>>, has_coverage: bool) -> Self {
        let counted = has_coverage.then(Mutex::default);
        let (scope, output, chosen, warnings, questions, judging_lines, ties, printed) = Default::default();
        let memory = Arc::new(HostMemory::new(&config.limits));
        Self {
            config,
            libraries,
            memory,
            scope,
            output,
            selected_rows: chosen,
            warnings,
            questions,
            judging_lines,
            ties,
            printed,
            covered_chunks: counted,
            observer: None,
        }
    }

    /// Runs the text of a rule file in a Lua state and returns its result; records the coverage if it is enabled.
    pub fn run_script<T: FromLuaMulti>(&self, script: &Script, lua: &Lua) -> mlua::Result<T> {
        let Some(counted) = &self.covered_chunks else { return script.run(lua) };
        let chunk = script.compile_with_coverage(lua)?;
        lock(counted).push((script.file.clone(), chunk.clone()));
        chunk.call(())
    }

    /// Returns the coverage of all chunks so far.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        if let Some(counted) = &self.covered_chunks {
            let chunks = lock(counted);
            chunks.iter().for_each(|(file, chunk)| coverage.add(file, chunk));
        }
        coverage
    }

    /// Sets the value in which names in templates are looked up: a sector, or all sectors.
    pub fn set_scope(&self, value: RuleValue) {
        *lock(&self.scope) = Some(value);
    }

    /// Returns the value in which names in templates are looked up.
    pub fn scope(&self) -> Option<RuleValue> {
        lock(&self.scope).clone()
    }

    /// Returns the sector of the running rule; `report` for rules over all sectors.
    pub fn sector_id(&self) -> SectorId {
        match self.scope() {
            Some(RuleValue::Sector(data)) => data.decl.id.clone(),
            _ => SectorId::new("report"),
        }
    }

    /// Returns the output of the rule so far.
    pub fn output(&self) -> MutexGuard<'_, RuleOutput> {
        lock(&self.output)
    }

    /// Records a question at a rule line and whether the figures could answer it.
    pub fn record_question(&self, rule: Option<RuleLine>, question: Question, is_answered: bool) {
        let Some(rule) = rule else { return };
        let mut questions = lock(&self.questions);
        *questions.entry((rule, question)).or_default() |= is_answered;
    }

    /// Returns the recorded questions by line, and whether each was ever answered.
    pub fn questions(&self) -> BTreeMap<(RuleLine, Question), bool> {
        lock(&self.questions).clone()
    }

    /// Records a rule line that judges figures against plans, once.
    pub fn record_judging_line(&self, line: JudgingLine) {
        let mut lines = lock(&self.judging_lines);
        if lines.len() < MAX_JUDGING_LINES && !lines.contains(&line) {
            lines.push(line);
        }
    }

    /// Removes the recorded lines that judge and returns them.
    pub fn take_judging_lines(&self) -> Vec<JudgingLine> {
        std::mem::take(&mut *lock(&self.judging_lines))
    }

    /// Records that a line chose `chosen` rows and left out `tied` rows with the value of the last one.
    pub fn record_tie(&self, rule: RuleLine, chosen: usize, tied: usize) {
        if tied > 0 {
            let mut ties = lock(&self.ties);
            let known = ties.entry(rule).or_default();
            if tied > known.1 {
                *known = (chosen, tied);
            }
        }
    }

    /// Adds a selection of rows to the cost of the rule and returns whether the total is within the limit.
    ///
    /// This bounds memory outside of Lua's own memory limit.
    pub fn try_select(&self, rows: usize) -> bool {
        self.selected_rows.fetch_add(rows + SELECTION_COST, Ordering::Relaxed) + rows <= MAX_SELECTED_ROWS
    }

    /// Records the use of a deprecated name at a rule line, once per line.
    pub fn record_deprecated_use(&self, rule: RuleLine, name: &'static str, deprecated: Deprecation) {
        lock(&self.warnings).insert((rule, name), deprecated);
    }

    /// Returns whether the rule may still show values to its author.
    pub fn has_room_for_printed(&self) -> bool {
        lock(&self.printed).len() < MAX_PRINTED
    }

    /// Records values that a rule line shows its author.
    pub fn record_printed(&self, rule: RuleLine, values: Message) {
        lock(&self.printed).push((rule, values));
    }

    /// Removes what the rule showed its author and returns it as notes at its lines.
    pub fn take_printed(&self) -> Diagnostics {
        let printed = std::mem::take(&mut *lock(&self.printed));
        let is_full = printed.len() >= MAX_PRINTED;
        let last = printed.last().map(|(rule, _)| rule.clone()).filter(|_| is_full);
        let more = last.map(|rule| {
            let words = Message::new("các giá trị sau nữa không hiện ra", "further values are not shown");
            (rule, words)
        });
        let hint = || Message::new("xóa print khi đã xem xong", "remove print when you have seen the value");
        let note = |(rule, values)| {
            Diagnostic::new(
                Code::ValuePrinted,
                Place::Rule(rule),
                msg!("print: {values}", "print: {values}", values = values),
            )
            .with_hint(hint())
        };
        printed.into_iter().chain(more).map(note).collect()
    }

    /// Removes the recorded warnings and returns them as diagnostics, by line.
    pub fn take_warnings(&self) -> Diagnostics {
        let warnings = std::mem::take(&mut *lock(&self.warnings));
        let to_diagnostic =
            |((rule, name), Deprecation { since, replacement: instead }): ((RuleLine, &str), Deprecation)| {
                let message = msg!(
                    "\"{name}\" là cách viết cũ từ api = {since}; quy tắc vẫn chạy",
                    "\"{name}\" is deprecated since api = {since}; the rule still runs"
                );
                let hint = msg!("thay bằng {instead}", "use {instead} instead");
                Diagnostic::new(Code::RuleDeprecated, Place::Rule(rule), message).with_hint(hint)
            };
        let ties = std::mem::take(&mut *lock(&self.ties));
        warnings.into_iter().map(to_diagnostic).chain(ties.into_iter().map(tie_diagnostic)).collect()
    }
}

/// Reports that a line left out rows with the value of the last one that it chose.
fn tie_diagnostic((rule, (chosen, tied)): (RuleLine, (usize, usize))) -> Diagnostic {
    let message = msg!(
        "chọn {chosen} dòng, còn {tied} dòng bằng đúng dòng cuối được chọn nhưng bị bỏ (lấy theo thứ tự trong bảng)",
        "{counted} chosen, {tied} more with the value of the last one left out (the order of the table decides)",
        counted = pluralise(chosen, "row")
    );
    let hint = Message::new(
        "lấy nhiều dòng hơn, hoặc nêu số dòng bằng nhau: {x.tied.count}",
        "choose more rows, or print how many are equal: {x.tied.count}",
    );
    Diagnostic::new(Code::RankingTied, Place::Rule(rule), message).with_hint(hint)
}

/// Returns the context of a Lua state.
pub(crate) fn context(lua: &Lua) -> Option<Arc<RuleContext>> {
    lua.app_data_ref::<Arc<RuleContext>>().map(|context| Arc::clone(&context))
}

/// Returns the context of a Lua state, or an error if there is none.
pub(crate) fn require_context(lua: &Lua) -> mlua::Result<Arc<RuleContext>> {
    context(lua).ok_or_else(|| {
        host_error(
            lua,
            Message::new(
                "hàm này chỉ dùng được khi quy tắc đang chạy",
                "this function can be used only while a rule runs",
            ),
        )
    })
}

/// The deprecation of an entry that still works as before.
#[derive(Clone, Copy, Debug)]
pub struct Deprecation {
    /// The API version that introduced the replacement.
    pub since: u32,
    pub replacement: &'static str,
}
