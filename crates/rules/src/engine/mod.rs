//! Runs the rules on the data: the sectors in dependency order, then the report and the checks.
//!
//! Input: the loaded rules and the dataset. Output: finished sectors, the sections of the report and the findings of
//! the checks. A rule that fails loses only its own output. Not here: the functions that a rule may call.

mod derivation;
pub(crate) mod evaluate;
mod failures;
mod judgements;
mod partial_rows;
pub(crate) mod references;
mod repetitions;

use crate::declare::plugin::{LoadedFile, Rules, SectorPlugin};
use crate::eval::context::RuleOutput;
use crate::eval::contradictions;
use crate::eval::data::{AllSectors, SectorData, SectorRemark};
use crate::eval::derive::{self, FigureFault, FigureFaults, Overrides};
use crate::eval::judgement;
use crate::eval::named_series::series_of;
use crate::eval::record_totals::total_contradictions;
use crate::eval::totals::SectorTotals;
use crate::eval::value::RuleValue;
use crate::lua::panic::bug_message;
use crate::template::wording::NO_NARRATIVE;
use mlua::{Function, IntoLuaMulti};
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::{Dataset, UnfilledCells};
use tonghop_core::model::document::{Paragraph, ParagraphStyle, Span};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::gap::FailedPart;
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectionPath, SectorId};
use tonghop_core::model::judgement::SectorJudgement;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::records::RecordTable;
use tonghop_core::model::report::RuleResults;
use tonghop_core::model::sector::{IndicatorRow, Passage, PassageItem, RowListing, SectorReport};
use tonghop_core::msg;
use tonghop_core::vi::placeholder;
use tracing::debug;

/// The stack size in bytes that nested Lua calls and the Lua parser need.
const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Runs all rules.
///
/// # Errors
/// Returns an error only if the thread for the rules cannot be started.
pub fn run(rules: &Rules, dataset: &Dataset, config: &Arc<Config>) -> std::io::Result<(RuleResults, Diagnostics)> {
    let named = config.departments.iter().map(|department| (department.id.clone(), department.name.as_str().into()));
    let mut run = Engine {
        dataset,
        config,
        departments: Arc::new(named.collect()),
        unfilled: dataset.unfilled_cells(),
        remarks: remarks_by_sector(dataset),
        finished: BTreeMap::new(),
        outcome: RuleResults::default(),
        diagnostics: Vec::new(),
    };
    in_rule_thread(|| {
        rules.time_limit.run(Duration::from_secs_f64(config.limits.rules_seconds), || run.run_all(rules))
    })?;
    Ok((run.outcome, run.diagnostics))
}

/// Runs work that calls rules, in a thread with the stack that they need.
///
/// # Errors
/// Returns an error if the thread cannot be started.
fn in_rule_thread<T: Send>(work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, work)?;
        Ok(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

struct Engine<'a> {
    dataset: &'a Dataset,
    config: &'a Arc<Config>,
    /// The names of the departments.
    departments: Arc<BTreeMap<DepartmentId, Arc<str>>>,
    unfilled: UnfilledCells,
    remarks: BTreeMap<SectorId, Vec<SectorRemark>>,
    finished: BTreeMap<SectorId, Arc<SectorData>>,
    outcome: RuleResults,
    diagnostics: Diagnostics,
}

impl Engine<'_> {
    fn run_all(&mut self, rules: &Rules) {
        self.outcome.failures.clone_from(&rules.failures);
        self.diagnostics.extend(references::unknown_references(rules, self.config));
        for plugin in self.execution_order(rules) {
            let done = catch_unwind(AssertUnwindSafe(|| self.sector(plugin)));
            if let Err(panic) = done {
                self.diagnostics.push(bug_diagnostic(plugin, panic.as_ref()));
                self.add_failure(FailedPart::Sector, Some(plugin), &plugin.loaded);
            }
        }
        self.outcome.sectors.sort_by(|a, b| a.decl.id.cmp(&b.decl.id));
        self.check_declared_relations();
        let all = self.all_sectors();
        if let Some((loaded, sections)) = &rules.report {
            for (section, function) in sections {
                self.section(loaded, section, function, &all);
            }
        }
        if let Some((loaded, function)) = &rules.checks {
            let all = RuleValue::AllSectors(Arc::clone(&all));
            match self.call_writer(loaded, all.clone(), function, (all, RuleValue::Check)) {
                Some(output) => self.outcome.findings = output.findings,
                None => self.add_failure(FailedPart::Checks, None, loaded),
            }
        }
        self.add_judgements(rules);
        self.diagnostics.extend(rules.files().flat_map(|loaded| loaded.context.take_warnings()));
        rules.keep_results(all);
    }

    /// Orders the sectors so that each runs after those it takes figures from; cycles are reported and run last.
    fn execution_order<'r>(&mut self, rules: &'r Rules) -> Vec<&'r SectorPlugin> {
        let mut waiting: Vec<&SectorPlugin> = rules.sectors.iter().collect();
        let mut done: BTreeSet<SectorId> = BTreeSet::new();
        let mut order = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let pending: BTreeSet<SectorId> = waiting.iter().map(|p| p.decl.id.clone()).collect();
            let ready = |p: &&SectorPlugin| dependencies(p).all(|id| done.contains(id) || !pending.contains(id));
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
            if now.is_empty() {
                self.diagnostics.push(cycle_diagnostic(&later));
                order.extend(later);
                break;
            }
            done.extend(now.iter().map(|p| p.decl.id.clone()));
            order.extend(now);
            waiting = later;
        }
        order
    }

    fn sector(&mut self, plugin: &SectorPlugin) {
        debug!(sector = %plugin.decl.id, "rules run");
        let (imported, lost) = (self.imported_rows(plugin), self.lost_figures(plugin));
        let mut overrides = Overrides { imported, lost, ..Overrides::default() };
        let mut faults = FigureFaults::default();
        let data = self.derive_data(plugin, &mut overrides, &mut faults);
        let lost = faults.len();
        let (decl, rows) = (&plugin.decl, &data.rows);
        let mut findings = contradictions::sector_contradictions(decl, rows, &data.names, &overrides, &mut faults);
        findings.extend(contradictions::duplicate_reports(decl, rows, self.dataset, &mut faults));
        let tables = data.records.values();
        findings.extend(tables.flat_map(|table| total_contradictions(table, &decl.file, self.config)));
        let totals = SectorTotals { decl, rows, dataset: self.dataset, unfilled: &self.unfilled, config: self.config };
        self.diagnostics.extend(totals.check(&mut faults));
        self.report_faults(plugin, faults, lost);
        let shortfalls = plugin.functions.shortfalls.as_ref().map(|function| self.run_writer(plugin, &data, function));
        if matches!(shortfalls, Some(None)) {
            self.add_failure(FailedPart::Shortfalls, Some(plugin), &plugin.loaded);
        }
        let shortfalls = shortfalls.flatten().unwrap_or_default();
        let (passages, mut listings) = self.run_text(plugin, &data);
        self.diagnostics.extend(repetitions::repeated_words(&passages));
        self.diagnostics.extend(partial_rows::partial_rows(&passages, self.config));
        let rows = data.rows.clone();
        listings.extend(shortfalls.listings);
        let (decl, shortfalls) = (Arc::clone(&plugin.decl), shortfalls.shortfalls);
        let judgement = SectorJudgement::default();
        let report = SectorReport { decl, rows, passages, shortfalls, judgement, findings, listings };
        self.outcome.sectors.push(report);
        self.finished.insert(plugin.decl.id.clone(), data);
    }

    /// Runs the text functions of a sector; a sector without any data gets one placeholder passage.
    fn run_text(&mut self, plugin: &SectorPlugin, data: &Arc<SectorData>) -> (Vec<Passage>, Vec<RowListing>) {
        if !has_data(data) {
            return (vec![self.placeholder_passage(plugin)], Vec::new());
        }
        let (mut passages, mut listings, mut has_failed) = (Vec::new(), Vec::new(), false);
        for (section, function) in &plugin.functions.text {
            let Some(mut output) = self.run_writer(plugin, data, function) else {
                has_failed = true;
                let rule = self.failed_line(&plugin.loaded);
                let mark = placeholder::rule_failed(&data.decl.title, data.decl.id.clone(), rule);
                passages.push(Passage { section: section.clone(), items: vec![body_paragraph(mark)] });
                continue;
            };
            listings.append(&mut output.listings);
            let mut items = output.content;
            if !items.iter().any(PassageItem::is_printed) {
                items.insert(0, body_paragraph(vec![Span::Literal(NO_NARRATIVE.to_owned())]));
            }
            passages.push(Passage { section: section.clone(), items });
        }
        let prints_data = passages.iter().any(|passage| passage.items.iter().any(prints_data));
        if !has_failed && !has_own_data(data) && !prints_data {
            return (vec![self.placeholder_passage(plugin)], Vec::new());
        }
        (passages, listings)
    }

    /// Runs a function of a sector that writes to `out`.
    fn run_writer(&mut self, plugin: &SectorPlugin, data: &Arc<SectorData>, function: &Function) -> Option<RuleOutput> {
        let scope = RuleValue::Sector(Arc::clone(data));
        self.call_writer(&plugin.loaded, scope.clone(), function, (scope, RuleValue::Out))
    }

    /// Checks the relations that the declarations state between figures of any sectors.
    fn check_declared_relations(&mut self) {
        let finished = &self.finished;
        let actual = |sector: &SectorId, indicator: &IndicatorId| {
            let data = finished.get(sector)?;
            data.rows.get(data.decl.position(indicator.as_str())?)?.figure(&Measure::Actual)
        };
        for sector in &mut self.outcome.sectors {
            let mut faults = FigureFaults::default();
            sector.findings.extend(contradictions::relation_violations(&sector.decl, actual, &mut faults));
            self.diagnostics.extend(faults.into_iter().map(fault_diagnostic));
        }
    }

    /// Returns the rows that the declaration imports from other sectors with `from`.
    fn imported_rows(&self, plugin: &SectorPlugin) -> BTreeMap<IndicatorId, IndicatorRow> {
        let mut taken = BTreeMap::new();
        for indicator in &plugin.decl.indicators {
            let Some((sector, other)) = &indicator.source_indicator else { continue };
            let row = |data: &'_ Arc<SectorData>| data.decl.position(other.as_str());
            let found = self.finished.get(sector).and_then(|data| data.rows.get(row(data)?));
            taken.extend(found.map(|row| (indicator.id.clone(), without_relative_figures(row))));
        }
        taken
    }

    fn build_data(&self, plugin: &SectorPlugin, given: &Overrides, faults: &mut FigureFaults) -> Arc<SectorData> {
        let decl = Arc::clone(&plugin.decl);
        let rows = derive::build_rows(&decl, self.dataset, &self.unfilled, given, faults);
        let unjudged = judgement::unjudged_indicators(&decl, &rows, self.dataset, &self.unfilled);
        let narrative = self.dataset.narrative.range((decl.id.clone(), String::new())..);
        let narrative = narrative.take_while(|((sector, _), _)| *sector == decl.id);
        let narrative = narrative.map(|((_, key), cells)| (key.clone(), cells.clone())).collect();
        let remarks = self.remarks.get(&decl.id).cloned().unwrap_or_default();
        let pace = derive::pace(self.config, &decl);
        let names = self.dataset.names.range((decl.id.clone(), IndicatorId::new(""))..);
        let names = names.take_while(|((sector, _), _)| *sector == decl.id);
        let names = names.map(|((_, indicator), names)| (indicator.clone(), names.clone())).collect();
        let records = decl.records.iter().map(|records| {
            let table = self.dataset.records.get(&(decl.id.clone(), records.name.clone())).cloned();
            let empty = || Arc::new(RecordTable::new(decl.id.clone(), Arc::clone(records)));
            (records.name.clone(), table.unwrap_or_else(empty))
        });
        let (records, departments) = (records.collect(), Arc::clone(&self.departments));
        let (series, lens) = (series_of(&decl, self.config), Arc::default());
        Arc::new(SectorData {
            decl,
            rows,
            narrative,
            names,
            remarks,
            records,
            departments,
            unjudged,
            pace,
            series,
            lens,
        })
    }

    /// Runs a function that writes and returns its output, or `None` if it failed.
    fn call_writer(
        &mut self,
        loaded: &LoadedFile,
        scope: RuleValue,
        function: &Function,
        arguments: impl IntoLuaMulti,
    ) -> Option<RuleOutput> {
        loaded.context.set_scope(scope);
        drop(std::mem::take(&mut *loaded.context.output()));
        let result = loaded.sandbox.run(|_| function.call::<()>(arguments));
        let output = std::mem::take(&mut *loaded.context.output());
        self.report_error(loaded, result).map(|()| output)
    }

    fn report_error<T>(&mut self, loaded: &LoadedFile, result: mlua::Result<T>) -> Option<T> {
        result.map_err(|error| self.diagnostics.push(loaded.diagnose(&error, Code::RuleFailed))).ok()
    }

    fn section(&mut self, loaded: &LoadedFile, section: &SectionPath, function: &Function, all: &Arc<AllSectors>) {
        let all = RuleValue::AllSectors(Arc::clone(all));
        let output = self.call_writer(loaded, all.clone(), function, (all, RuleValue::Out));
        let items = match output {
            Some(output) => {
                let lost = if output.uses_shortfalls { self.lost_shortfalls() } else { Vec::new() };
                output.content.into_iter().chain(lost).collect()
            }
            None => {
                let (sector, rule) = (SectorId::new("report"), self.failed_line(loaded));
                vec![body_paragraph(placeholder::rule_failed("", sector, rule))]
            }
        };
        self.outcome.overview.push(Passage { section: section.clone(), items });
    }

    /// Collects all finished sectors, with their shortfalls in the order of the outline.
    fn all_sectors(&self) -> Arc<AllSectors> {
        let mut sectors: Vec<&SectorReport> = self.outcome.sectors.iter().collect();
        sectors.sort_by_key(|s| self.config.outline.sort_key(&s.decl.section, &s.decl.id));
        let shortfalls = sectors.iter().flat_map(|s| s.shortfalls.iter().cloned().map(Arc::new)).collect();
        let expected = self.config.outline.headings.iter().flat_map(|heading| &heading.sectors);
        let lost = expected.filter(|id| !self.finished.contains_key(*id)).cloned().collect();
        Arc::new(AllSectors { sectors: self.finished.clone(), failed: lost, shortfalls })
    }
}

fn remarks_by_sector(dataset: &Dataset) -> BTreeMap<SectorId, Vec<SectorRemark>> {
    let mut remarks: BTreeMap<SectorId, Vec<SectorRemark>> = BTreeMap::new();
    for remark in &dataset.remarks {
        remarks.entry(remark.sector.clone()).or_default().push(SectorRemark {
            indicator: remark.indicator.clone(),
            difficulty: remark.difficulty.iter().cloned().collect(),
            cause: remark.cause.iter().cloned().collect(),
        });
    }
    remarks
}

/// Returns the row without share and ratio, which are relative to other indicators of its sector.
fn without_relative_figures(row: &IndicatorRow) -> IndicatorRow {
    let own = |f: &&FigureRef| !f.name.measure.is_relative_to_sector();
    IndicatorRow { indicator: row.indicator.clone(), figures: row.figures.iter().filter(own).cloned().collect() }
}

fn fault_diagnostic(FigureFault { rule, message, hint, .. }: FigureFault) -> Diagnostic {
    Diagnostic::new(Code::RuleFailed, Place::Rule(rule), message).with_hint(hint)
}

/// Reports a bug in the program that costs a sector.
fn bug_diagnostic(plugin: &SectorPlugin, panic: &(dyn Any + Send)) -> Diagnostic {
    let rule = RuleLine { file: plugin.loaded.file.clone(), line: 1 };
    let (message, hint) = bug_message(panic);
    Diagnostic::new(Code::RuleFailed, Place::Rule(rule), message).with_hint(hint)
}

fn dependencies(plugin: &SectorPlugin) -> impl Iterator<Item = &SectorId> {
    plugin.decl.indicators.iter().filter_map(|i| i.source_indicator.as_ref().map(|(sector, _)| sector))
}

fn cycle_diagnostic(plugins: &[&SectorPlugin]) -> Diagnostic {
    let names: Vec<&str> = plugins.iter().map(|p| p.decl.id.as_str()).collect();
    let message = msg!(
        "các ngành lấy số liệu của nhau thành vòng: {names}",
        "sectors take figures from each other in a cycle: {names}",
        names = names.join(", ")
    );
    let taking =
        |p: &&SectorPlugin| p.decl.indicators.iter().find(|i| i.source_indicator.is_some()).map_or(1, |i| i.line);
    let place = |p: &&SectorPlugin| Place::Rule(RuleLine { file: p.loaded.file.clone(), line: taking(p) });
    let places = plugins.iter().map(place).collect();
    let diagnostic = Diagnostic::new(Code::RuleFailed, Place::Project, message)
        .with_hint(Message::new("bỏ bớt một mục from trong vòng này", "remove one of the from entries in this cycle"));
    Diagnostic { places, ..diagnostic }
}

/// Returns whether the sector has something to write about: data of its own or of the sectors it takes figures from;
/// always true for a sector that reads no workbook data.
fn has_data(data: &SectorData) -> bool {
    has_own_data(data) || data.rows.iter().any(|row| row.figures.iter().any(|figure| figure.has_data()))
}

/// Returns whether any workbook has data for the sector itself; always true for a sector that reads no workbook data.
fn has_own_data(data: &SectorData) -> bool {
    let mut own =
        data.decl.indicators.iter().zip(&data.rows).filter(|(decl, _)| decl.source_indicator.is_none()).peekable();
    let reads = own.peek().is_some() || !data.decl.narrative.is_empty() || !data.decl.records.is_empty();
    !reads
        || data.records.values().any(|table| !table.is_empty())
        || !data.narrative.is_empty()
        || own.any(|(_, row)| row.figures.iter().any(|f| f.has_data()))
}

/// Returns whether an item prints a figure with data, or words of a department.
fn prints_data(item: &PassageItem) -> bool {
    match item {
        PassageItem::Paragraph(paragraph) => spans_print_data(&paragraph.spans),
        PassageItem::Table(table) => table.rows.iter().flatten().any(|cell| spans_print_data(cell)),
        PassageItem::Omitted(_) => false,
    }
}

fn spans_print_data(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Figure(printed) => printed.figure.has_data(),
        Span::DepartmentText { .. } => true,
        Span::Note(note) => spans_print_data(note),
        _ => false,
    })
}

fn body_paragraph(spans: Vec<Span>) -> PassageItem {
    PassageItem::Paragraph(Paragraph { style: ParagraphStyle::Body, spans })
}
