//! Runs the rules on the data: the sectors in dependency order, then the report and the checks.
//!
//! Input: the loaded rules and the dataset. Output: finished sectors, the sections of the report and the findings of
//! the checks. A rule that fails loses only its own output. Not here: the functions that a rule may call.

pub(crate) mod elsewhere;

use crate::declare::plugin::{Loaded, Rules, SectorPlugin};
use crate::eval::compute::figure_of;
use crate::eval::context::Output;
use crate::eval::contradictions;
use crate::eval::data::{AllSectors, IndicatorRef, Remark, SectorData};
use crate::eval::derive::{self, Clash, Given};
use crate::eval::value::Value;
use crate::template::wording::{NO_DATA, NO_RULE, NO_WORDS};
use mlua::{Function, IntoLuaMulti, Value as LuaValue};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::document::{Paragraph, ParagraphStyle, Span};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectionPath, SectorId};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::records::RecordTable;
use tonghop_core::model::report::Outcome;
use tonghop_core::model::sector::{Content, IndicatorRow, Listing, Passage, SectorReport};
use tonghop_core::say;
use tracing::debug;

/// The stack size in bytes that nested Lua calls and the Lua parser need.
const STACK: usize = 16 * 1024 * 1024;

/// Runs all rules.
///
/// # Errors
/// Returns an error only if the thread for the rules cannot be started.
pub fn run(rules: &Rules, dataset: &Dataset, config: &Arc<Config>) -> std::io::Result<(Outcome, Diagnostics)> {
    let named = config.departments.iter().map(|department| (department.id.clone(), department.name.as_str().into()));
    let mut run = Run {
        dataset,
        config,
        departments: Arc::new(named.collect()),
        finished: BTreeMap::new(),
        outcome: Outcome::default(),
        diagnostics: Vec::new(),
    };
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || rules.overall.bounded(&config.limits, || run.all(rules)))?;
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok::<_, std::io::Error>(())
    })?;
    Ok((run.outcome, run.diagnostics))
}

struct Run<'a> {
    dataset: &'a Dataset,
    config: &'a Arc<Config>,
    /// The names of the departments.
    departments: Arc<BTreeMap<DepartmentId, Arc<str>>>,
    finished: BTreeMap<SectorId, Arc<SectorData>>,
    outcome: Outcome,
    diagnostics: Diagnostics,
}

impl Run<'_> {
    fn all(&mut self, rules: &Rules) {
        self.diagnostics.extend(elsewhere::unknown(rules, self.config));
        for plugin in self.in_order(rules) {
            self.sector(plugin);
        }
        self.outcome.sectors.sort_by(|a, b| a.decl.id.cmp(&b.decl.id));
        self.declared_relations();
        let all = self.everything();
        if let Some((loaded, sections)) = &rules.report {
            for (section, function) in sections {
                self.section(loaded, section, function, &all);
            }
        }
        if let Some((loaded, function)) = &rules.checks {
            let all = Value::All(Arc::clone(&all));
            let output = self.call(loaded, all.clone(), function, (all, Value::Check));
            self.outcome.findings = output.map(|o| o.findings).unwrap_or_default();
        }
        self.diagnostics.extend(rules.all().flat_map(|loaded| loaded.context.warnings()));
    }

    /// Orders the sectors so that each runs after those it takes figures from; cycles are reported and run last.
    fn in_order<'r>(&mut self, rules: &'r Rules) -> Vec<&'r SectorPlugin> {
        let mut waiting: Vec<&SectorPlugin> = rules.sectors.iter().collect();
        let mut done: BTreeSet<SectorId> = BTreeSet::new();
        let mut order = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let pending: BTreeSet<SectorId> = waiting.iter().map(|p| p.decl.id.clone()).collect();
            let ready = |p: &&SectorPlugin| needed(p).all(|id| done.contains(id) || !pending.contains(id));
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
            if now.is_empty() {
                self.diagnostics.push(cycle(&later));
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
        let mut given = Given { taken: self.taken(plugin), ..Given::default() };
        let data = match self.derived(plugin, &mut given) {
            Ok(data) => data,
            Err(clash) => {
                self.diagnostics.push(failed(clash));
                return;
            }
        };
        let mut findings = Vec::new();
        for compared in [
            contradictions::contradictions(&plugin.decl, &data.rows, &data.names, &given),
            contradictions::told_twice(&plugin.decl, &data.rows, self.dataset),
        ] {
            match compared {
                Ok(found) => findings.extend(found),
                Err(clash) => self.diagnostics.push(failed(clash)),
            }
        }
        let shortfalls = plugin.functions.shortfalls.as_ref().and_then(|f| self.written(plugin, &data, f));
        let shortfalls = shortfalls.unwrap_or_default();
        let (passages, mut listings) = self.passages(plugin, &data);
        let rows = data.rows.clone();
        listings.extend(shortfalls.listings);
        let (decl, shortfalls) = (Arc::clone(&plugin.decl), shortfalls.shortfalls);
        self.outcome.sectors.push(SectorReport { decl, rows, passages, shortfalls, findings, listings });
        self.finished.insert(plugin.decl.id.clone(), data);
    }

    /// Runs the text functions of a sector; a sector without any data gets one placeholder passage.
    fn passages(&mut self, plugin: &SectorPlugin, data: &Arc<SectorData>) -> (Vec<Passage>, Vec<Listing>) {
        if !has_data(data) {
            let section = plugin.decl.section.clone();
            return (vec![Passage { section, content: instead(data, NO_DATA) }], Vec::new());
        }
        let (mut passages, mut listings) = (Vec::new(), Vec::new());
        for (section, function) in &plugin.functions.text {
            let Some(mut output) = self.written(plugin, data, function) else {
                passages.push(Passage { section: section.clone(), content: instead(data, NO_RULE) });
                continue;
            };
            listings.append(&mut output.listings);
            let written = Some(output).map(|o| o.content).filter(|content| !content.is_empty());
            let content = written.unwrap_or_else(|| vec![body(vec![Span::Words(NO_WORDS.to_owned())])]);
            passages.push(Passage { section: section.clone(), content });
        }
        (passages, listings)
    }

    /// Runs a function of a sector that writes to `out`.
    fn written(&mut self, plugin: &SectorPlugin, data: &Arc<SectorData>, function: &Function) -> Option<Output> {
        let scope = Value::Sector(Arc::clone(data));
        self.call(&plugin.loaded, scope.clone(), function, (scope, Value::Out))
    }

    /// Checks the relations that the declarations state between figures of any sectors.
    fn declared_relations(&mut self) {
        let finished = &self.finished;
        let actual = |sector: &SectorId, indicator: &IndicatorId| {
            let row = finished.get(sector)?.rows.iter().find(|r| r.indicator == *indicator)?;
            row.figure(&Measure::Actual)
        };
        for sector in &mut self.outcome.sectors {
            match contradictions::declared(&sector.decl, actual) {
                Ok(findings) => sector.findings.extend(findings),
                Err(clash) => self.diagnostics.push(failed(clash)),
            }
        }
    }

    /// Returns the rows that the declaration imports from other sectors with `from`.
    fn taken(&self, plugin: &SectorPlugin) -> BTreeMap<IndicatorId, IndicatorRow> {
        let mut taken = BTreeMap::new();
        for indicator in &plugin.decl.indicators {
            let Some((sector, other)) = &indicator.from else { continue };
            let found = self.finished.get(sector).and_then(|data| data.rows.iter().find(|r| r.indicator == *other));
            taken.extend(found.map(|row| (indicator.id.clone(), reported(row))));
        }
        taken
    }

    /// Runs the `derive` and `attained` functions, one indicator after the other, and builds the finished data.
    fn derived(&mut self, plugin: &SectorPlugin, given: &mut Given) -> Result<Arc<SectorData>, Clash> {
        let mut data = self.data(plugin, given)?;
        for (id, function) in &plugin.functions.derive {
            let figure = self.figure(plugin, &data, function, Value::Sector(Arc::clone(&data)));
            given.derived.extend(figure.map(|f| (id.clone(), f)));
            data = self.data(plugin, given)?;
        }
        for (id, function) in &plugin.functions.attained {
            let Some(indicator) = IndicatorRef::find(&data, id.as_str()) else { continue };
            let figure = self.figure(plugin, &data, function, Value::Indicator(indicator));
            given.attained.extend(figure.map(|f| (id.clone(), f)));
        }
        if !given.attained.is_empty() {
            data = self.data(plugin, given)?;
        }
        Ok(data)
    }

    fn data(&self, plugin: &SectorPlugin, given: &Given) -> Result<Arc<SectorData>, Clash> {
        let decl = Arc::clone(&plugin.decl);
        let rows = derive::rows(&decl, self.dataset, given)?;
        let narrative = self.dataset.narrative.iter().filter(|((sector, _), _)| *sector == decl.id);
        let narrative = narrative.map(|((_, key), cells)| (key.clone(), cells.clone())).collect();
        let remarks = self.dataset.remarks.iter().filter(|r| r.sector == decl.id);
        let remarks = remarks
            .map(|r| Remark {
                indicator: r.indicator.clone(),
                difficulty: r.difficulty.iter().cloned().collect(),
                cause: r.cause.iter().cloned().collect(),
            })
            .collect();
        let pace = derive::pace(self.config, &decl);
        let names = self.dataset.names.iter().filter(|((sector, _), _)| *sector == decl.id);
        let names = names.map(|((_, indicator), names)| (indicator.clone(), names.clone())).collect();
        let records = decl.records.iter().map(|records| {
            let table = self.dataset.records.get(&(decl.id.clone(), records.name.clone())).cloned();
            let empty = || Arc::new(RecordTable::new(decl.id.clone(), Arc::clone(records)));
            (records.name.clone(), table.unwrap_or_else(empty))
        });
        let (records, departments) = (records.collect(), Arc::clone(&self.departments));
        Ok(Arc::new(SectorData { decl, rows, narrative, names, remarks, records, departments, pace }))
    }

    /// Calls a function of the rule that returns a figure.
    fn figure(
        &mut self,
        plugin: &SectorPlugin,
        data: &Arc<SectorData>,
        function: &Function,
        argument: Value,
    ) -> Option<FigureRef> {
        plugin.loaded.context.set_scope(Value::Sector(Arc::clone(data)));
        let result = plugin.loaded.sandbox.bounded(|lua| {
            let value: LuaValue = function.call(argument)?;
            figure_of(lua, &value)
        });
        self.kept(&plugin.loaded, result)
    }

    /// Runs a function that writes and returns its output, or `None` if it failed.
    fn call(
        &mut self,
        loaded: &Loaded,
        scope: Value,
        function: &Function,
        arguments: impl IntoLuaMulti,
    ) -> Option<Output> {
        loaded.context.set_scope(scope);
        drop(std::mem::take(&mut *loaded.context.output()));
        let result = loaded.sandbox.bounded(|_| function.call::<()>(arguments));
        let output = std::mem::take(&mut *loaded.context.output());
        self.kept(loaded, result).map(|()| output)
    }

    fn kept<T>(&mut self, loaded: &Loaded, result: mlua::Result<T>) -> Option<T> {
        result.map_err(|error| self.diagnostics.push(loaded.diagnose(&error, Code::RuleFailed))).ok()
    }

    fn section(&mut self, loaded: &Loaded, section: &SectionPath, function: &Function, all: &Arc<AllSectors>) {
        let all = Value::All(Arc::clone(all));
        let output = self.call(loaded, all.clone(), function, (all, Value::Out));
        let content =
            output.map(|o| o.content).unwrap_or_else(|| vec![body(vec![Span::Words("Chưa có số liệu.".to_owned())])]);
        self.outcome.overview.push(Passage { section: section.clone(), content });
    }

    /// Collects all finished sectors, with their shortfalls in the order of the outline.
    fn everything(&self) -> Arc<AllSectors> {
        let mut sectors: Vec<&SectorReport> = self.outcome.sectors.iter().collect();
        sectors.sort_by_key(|s| self.config.outline.place(&s.decl.section, &s.decl.id));
        let shortfalls = sectors.iter().flat_map(|s| s.shortfalls.iter().cloned().map(Arc::new)).collect();
        let expected = self.config.outline.headings.iter().flat_map(|heading| &heading.sectors);
        let lost = expected.filter(|id| !self.finished.contains_key(*id)).cloned().collect();
        Arc::new(AllSectors { sectors: self.finished.clone(), lost, shortfalls })
    }
}

/// Returns the row without share and ratio, which are relative to other indicators of its sector.
fn reported(row: &IndicatorRow) -> IndicatorRow {
    let own = |f: &&FigureRef| !matches!(f.name.measure, Measure::Share | Measure::Ratio);
    IndicatorRow { indicator: row.indicator.clone(), figures: row.figures.iter().filter(own).cloned().collect() }
}

fn failed(clash: Clash) -> Diagnostic {
    Diagnostic::new(Code::RuleFailed, Place::Rule(clash.rule), clash.message).hint(Words::new(
        "kiểm tra đơn vị tính của các chỉ tiêu được tính với nhau",
        "check the units of the indicators that are computed together",
    ))
}

fn needed(plugin: &SectorPlugin) -> impl Iterator<Item = &SectorId> {
    plugin.decl.indicators.iter().filter_map(|i| i.from.as_ref().map(|(sector, _)| sector))
}

fn cycle(plugins: &[&SectorPlugin]) -> Diagnostic {
    let names: Vec<&str> = plugins.iter().map(|p| p.decl.id.as_str()).collect();
    let message = say!(
        "các ngành lấy số liệu của nhau thành vòng: {names}",
        "sectors take figures from each other in a circle: {names}",
        names = names.join(", ")
    );
    let taking = |p: &&SectorPlugin| p.decl.indicators.iter().find(|i| i.from.is_some()).map_or(1, |i| i.line);
    let place = |p: &&SectorPlugin| Place::Rule(RuleLine { file: p.loaded.file.clone(), line: taking(p) });
    let places = plugins.iter().map(place).collect();
    let diagnostic = Diagnostic::new(Code::RuleFailed, Place::Project, message)
        .hint(Words::new("bỏ bớt một mục from trong vòng này", "remove one from of this circle"));
    Diagnostic { places, ..diagnostic }
}

/// Returns whether any workbook has data for the sector itself; always true for a sector that reads no workbook data.
fn has_data(data: &SectorData) -> bool {
    let mut own = data.decl.indicators.iter().zip(&data.rows).filter(|(decl, _)| decl.from.is_none()).peekable();
    let reads = own.peek().is_some() || !data.decl.narrative.is_empty() || !data.decl.records.is_empty();
    !reads
        || data.records.values().any(|table| !table.is_empty())
        || !data.narrative.is_empty()
        || own.any(|(_, row)| row.figures.iter().any(|f| f.is_known()))
}

/// Returns the placeholder content of a sector that has no text.
fn instead(data: &SectorData, words: &str) -> Vec<Content> {
    let rule = Some(RuleLine { file: data.decl.file.clone(), line: 1 });
    let title = Span::Fixed { words: data.decl.title.clone(), rule };
    vec![body(vec![title, Span::Words(format!(": {words}."))])]
}

fn body(spans: Vec<Span>) -> Content {
    Content::Paragraph(Paragraph { style: ParagraphStyle::Body, spans })
}
