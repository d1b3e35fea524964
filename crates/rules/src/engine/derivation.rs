//! Runs the functions of a sector that give figures: `derive` and `attained`.
//!
//! Input: the functions of a sector and its observed figures. Output: the figures that they give, in the declared unit,
//! and the finished data. Not here: functions that write, the choice between the sources of a number.
//!
//! A function that derives an actual from actual figures alone is run again with last year's figures, and with those of
//! each plan and further measure, in their place (see [`Lens`]).

use super::Engine;
use crate::declare::plugin::SectorPlugin;
use crate::eval::compute::figure_of;
use crate::eval::data::{IndicatorRef, SectorData};
use crate::eval::declared_unit::in_declared_unit;
use crate::eval::derive::{FigureFaults, Overrides};
use crate::eval::lens::Lens;
use crate::eval::value::RuleValue;
use crate::lua::error::host_error_at;
use mlua::{Function, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::message::Message;
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::gap::FailedPart;
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::Unit;
use tonghop_core::msg;

impl Engine<'_> {
    /// Runs the `derive` and `attained` functions, one indicator after the other, and builds the finished data.
    pub(super) fn derive_data(
        &mut self,
        plugin: &SectorPlugin,
        given: &mut Overrides,
        faults: &mut FigureFaults,
    ) -> Arc<SectorData> {
        let mut data = self.build_data(plugin, given, faults);
        for (id, function) in &plugin.functions.derive {
            self.derive_indicator(plugin, &data, (id, function), given, faults);
            data = self.build_data(plugin, given, faults);
        }
        for (id, function) in &plugin.functions.attained {
            let Some(indicator) = IndicatorRef::find(&data, id.as_str()) else { continue };
            let figure = call_for_figure(plugin, &data, (id, function), RuleValue::Indicator(indicator));
            let figure = self.report_error(&plugin.loaded, figure);
            let figure = figure.unwrap_or_else(|| {
                self.add_failure(FailedPart::Figure(id.clone()), Some(plugin), &plugin.loaded);
                // Without the figure to compare there is no attainment; the actual figure would give a wrong one.
                lost_figure(plugin, id, self.failed_line(&plugin.loaded))
            });
            given.attained.insert(id.clone(), figure);
        }
        if !given.attained.is_empty() {
            data = self.build_data(plugin, given, faults);
        }
        data
    }

    /// Derives the actual of an indicator and, if it follows from actual figures alone, its other measures.
    fn derive_indicator(
        &mut self,
        plugin: &SectorPlugin,
        data: &Arc<SectorData>,
        (id, function): (&IndicatorId, &Function),
        given: &mut Overrides,
        faults: &mut FigureFaults,
    ) {
        let Some(indicator) = plugin.decl.indicator(id.as_str()) else { return };
        let seen = seen_through(Lens::default(), data);
        let called = call_for_figure(plugin, &seen, (id, function), RuleValue::Sector(Arc::clone(&seen)));
        let Some(computed) = self.report_error(&plugin.loaded, called) else {
            self.add_failure(FailedPart::Figure(id.clone()), Some(plugin), &plugin.loaded);
            given.lost.insert(id.clone(), Origin::Lost(Some(self.failed_line(&plugin.loaded))));
            return;
        };
        let actual = in_declared_unit(&plugin.decl, indicator, &computed);
        let Some(actual) = faults.keep(&plugin.decl, indicator, actual) else {
            let line = RuleLine { file: plugin.decl.file.clone(), line: indicator.line };
            given.lost.insert(id.clone(), Origin::Lost(Some(line)));
            return;
        };
        given.derived.insert((id.clone(), Measure::Actual), actual);
        if !seen.lens.has_shown_all_of(&computed) {
            return;
        }
        for measure in self.measures_in_use(data) {
            let seen = seen_through(Lens::new(measure.clone()), data);
            // A rule that cannot do without a number fails where last year or a plan has none: this figure is missing.
            let called = call_for_figure(plugin, &seen, (id, function), RuleValue::Sector(Arc::clone(&seen)));
            let Ok(other) = called else { continue };
            if !seen.lens.has_shown_all_of(&other) || !other.unit.has_same_base(&computed.unit) {
                continue;
            }
            if let Ok(figure) = in_declared_unit(&plugin.decl, indicator, &other) {
                given.derived.insert((id.clone(), measure), figure);
            }
        }
    }

    /// Returns the measures besides the actual that are amounts of the indicators, and of which the sector has figures.
    fn measures_in_use(&self, data: &SectorData) -> Vec<Measure> {
        let has_own_unit = |measure: &Measure| match measure {
            Measure::Custom(id) => self.config.measure(id.as_str()).is_some_and(|column| column.unit.is_some()),
            Measure::Target(id) => self.config.target(id.as_str()).is_some_and(|column| column.unit.is_some()),
            _ => false,
        };
        let is_in_use = |measure: &Measure| data.rows.iter().any(|row| row.figure(measure).is_some());
        let others = data.decl.reported_measures().filter(|measure| *measure != Measure::Actual);
        others.filter(|measure| !has_own_unit(measure) && is_in_use(measure)).collect()
    }
}

fn seen_through(lens: Lens, data: &SectorData) -> Arc<SectorData> {
    Arc::new(SectorData { lens: Arc::new(lens), ..data.clone() })
}

/// Calls a function of the rule that returns a figure.
fn call_for_figure(
    plugin: &SectorPlugin,
    data: &Arc<SectorData>,
    (id, function): (&IndicatorId, &Function),
    argument: RuleValue,
) -> mlua::Result<FigureRef> {
    plugin.loaded.context.set_scope(RuleValue::Sector(Arc::clone(data)));
    plugin.loaded.sandbox.run(|lua| {
        let value: LuaValue = function.call(argument)?;
        match &value {
            LuaValue::UserData(_) => figure_of(lua, &value),
            other => Err(no_figure(plugin, id, other)),
        }
    })
}

/// Returns the error for a result without a source, at the line of the indicator.
fn no_figure(plugin: &SectorPlugin, id: &IndicatorId, value: &LuaValue) -> mlua::Error {
    let line = plugin.decl.indicator(id.as_str()).map_or(1, |indicator| indicator.line);
    let message = msg!(
        "hàm tính \"{id}\" phải trả về một số liệu, nhưng trả về {kind}",
        "the function for \"{id}\" must return a figure, but it returns {kind}",
        id = id,
        kind = value.type_name()
    );
    let hint = Message::new(
        "return d.a / d.b: tính bằng số liệu thì giữ được ô nguồn; .value là con số trơn",
        "return d.a / d.b: arithmetic on figures keeps their cells; .value is a plain number",
    );
    host_error_at(RuleLine { file: plugin.decl.file.clone(), line }, message, hint)
}

/// Returns the figure in place of one that a rule could not compute.
fn lost_figure(plugin: &SectorPlugin, id: &IndicatorId, rule: RuleLine) -> FigureRef {
    let name = FigureName { sector: plugin.decl.id.clone(), indicator: id.clone(), measure: Measure::Computed };
    let unit = plugin.decl.indicator(id.as_str()).map_or_else(Unit::none, |decl| decl.unit.clone());
    Arc::new(Figure::lost(name, unit, Some(rule)))
}
