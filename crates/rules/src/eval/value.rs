//! The values of rules: sectors, indicators, figures, texts.
//!
//! Lua indexes these values, computes with them and passes them back to the host; templates use the same names. All
//! values are immutable.

use super::parts::PartSet;
use super::rows::{RowOrSelection, RowSelection};
use super::series::{SeriesOwner, SeriesRef};
use crate::eval::data::{AllSectors, IndicatorRef, SectorData, TargetMeasure};
use crate::eval::lua_type::LuaType;
use crate::lua::panic::catch_panic;
use mlua::{Lua, MultiValue};
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::document::Span;
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::Selection;
use tonghop_core::model::sector::Shortfall;
use tonghop_core::parallel::lock;

/// A host value in a rule.
#[derive(Clone, Debug)]
pub enum RuleValue {
    AllSectors(Arc<AllSectors>),
    Sector(Arc<SectorData>),
    /// Any value of a sector whose rules failed: each of its members is the same value, each figure is missing.
    FailedSector(SectorId),
    Narrative(Arc<SectorData>),
    Causes(Arc<SectorData>),
    Indicator(IndicatorRef),
    Parts(PartSet),
    ByTarget(IndicatorRef, TargetMeasure),
    Figure(FigureRef),
    /// The largest or smallest of several figures, with the indicators and rows that have it.
    Choice {
        figure: FigureRef,
        items: Arc<[RuleValue]>,
    },
    /// A measure for each month or quarter.
    Series(SeriesRef),
    /// The figure of a month or quarter, with its name.
    SeriesFigure {
        figure: FigureRef,
        label: Arc<str>,
    },
    /// Text of a rule or declaration: a label, "đạt".
    Wording(Arc<str>),
    /// Text written by departments.
    TextCells(Arc<[TextCell]>),
    /// Names that departments list, one per row.
    NameCells(Arc<[TextCell]>),
    /// One text cell, with the name of its department.
    NarrativeCell(TextCell, Arc<str>),
    /// One row or a selection of rows of an open table.
    Rows(RowOrSelection),
    /// The figures of rows, by target.
    RowsByTarget(RowOrSelection, TargetMeasure),
    /// Rich text.
    RichText(Arc<[Span]>),
    Remark(Arc<SectorData>, usize),
    Shortfall(Arc<Shortfall>),
    /// The output object of sectors and the report.
    Out,
    /// The object that checks report to.
    Check,
}

impl RuleValue {
    /// Returns the type of the value.
    pub fn lua_type(&self) -> LuaType {
        match self {
            Self::AllSectors(_) => LuaType::Report,
            Self::Sector(_) | Self::FailedSector(_) => LuaType::Sector,
            Self::Narrative(_) | Self::Causes(_) => LuaType::Narrative,
            Self::Indicator(_) => LuaType::Indicator,
            Self::Parts(_) => LuaType::Parts,
            Self::ByTarget(..) => LuaType::Targets,
            Self::Figure(_) | Self::Choice { .. } | Self::SeriesFigure { .. } => LuaType::Figure,
            Self::Series(_) => LuaType::Series,
            Self::Wording(_) | Self::TextCells(_) | Self::NameCells(_) | Self::RichText(_) => LuaType::Text,
            Self::Remark(..) => LuaType::Remark,
            Self::NarrativeCell(..) => LuaType::NarrativeCell,
            Self::Rows(RowOrSelection::Many(_)) => LuaType::Records,
            Self::Rows(RowOrSelection::One(_)) => LuaType::Record,
            Self::RowsByTarget(..) => LuaType::Targets,
            Self::Shortfall(_) => LuaType::Shortfall,
            Self::Out => LuaType::Out,
            Self::Check => LuaType::Check,
        }
    }

    /// Returns the member that the project declares under `name`: a sector, indicator, topic, open table, target,
    /// measure or field.
    pub fn project_member(&self, name: &str) -> Option<Self> {
        match self {
            Self::AllSectors(all) => {
                let lost = || all.failed.get(name).cloned().map(Self::FailedSector);
                all.sectors.get(name).map(|s| Self::Sector(Arc::clone(s))).or_else(lost)
            }
            Self::FailedSector(sector) => Some(Self::FailedSector(sector.clone())),
            Self::Sector(data) => IndicatorRef::find(data, name)
                .map(Self::Indicator)
                .or_else(|| {
                    let table = data.records.get(name)?;
                    let (data, selection) = (Arc::clone(data), Selection::all(Arc::clone(table)));
                    Some(Self::Rows(RowOrSelection::Many(RowSelection { data, selection })))
                })
                .or_else(|| Self::Narrative(Arc::clone(data)).project_member(name)),
            Self::Narrative(data) => {
                let declared = data.decl.narrative.iter().any(|n| n.key == name);
                declared.then(|| Self::TextCells(data.narrative.get(name).cloned().unwrap_or_default().into()))
            }
            Self::Causes(data) => {
                data.decl.indicator(name)?;
                let written = data.remarks.iter().filter(|r| r.indicator.as_ref().is_some_and(|i| i.as_str() == name));
                Some(Self::TextCells(written.flat_map(|r| r.cause.clone()).collect()))
            }
            Self::Parts(parts) => parts.items().into_iter().find(|c| c.decl().id.as_str() == name).map(Self::Indicator),
            Self::ByTarget(indicator, family) => {
                let target = indicator.data.decl.targets.iter().find(|t| t.as_str() == name)?;
                indicator.computed_figure(family.measure(target.clone())).ok().map(Self::Figure)
            }
            Self::Indicator(indicator) => {
                let measure = indicator.data.decl.measures.iter().find(|m| m.as_str() == name);
                measure
                    .map(|measure| Self::Figure(indicator.figure(&Measure::Custom(measure.clone()))))
                    .or_else(|| SeriesRef::find(SeriesOwner::Indicator(indicator.clone()), name).map(Self::Series))
            }
            Self::Rows(rows) => rows
                .field_cell(name)
                .map(|cell| Self::TextCells([cell].into()))
                .or_else(|| SeriesRef::find(SeriesOwner::Rows(rows.clone()), name).map(Self::Series)),
            _ => None,
        }
    }

    /// Returns the names of the members that the project declares.
    pub fn project_members(&self) -> Vec<String> {
        let indicators = |list: &[IndicatorDecl]| list.iter().map(|i| i.id.to_string()).collect::<Vec<_>>();
        match self {
            Self::AllSectors(all) => all.sectors.keys().map(ToString::to_string).collect(),
            Self::Sector(data) => {
                let mut names = indicators(&data.decl.indicators);
                names.extend(data.decl.narrative.iter().map(|n| n.key.clone()));
                names.extend(data.decl.records.iter().map(|records| records.name.to_string()));
                names
            }
            Self::Narrative(data) => data.decl.narrative.iter().map(|n| n.key.clone()).collect(),
            Self::Causes(data) => indicators(&data.decl.indicators),
            Self::Parts(parts) => parts.items().iter().map(|c| c.decl().id.to_string()).collect(),
            Self::ByTarget(indicator, _) => indicator.data.decl.targets.iter().map(ToString::to_string).collect(),
            Self::Indicator(indicator) => {
                let data = &indicator.data;
                let series = data.series.iter().map(|series| series.id.clone());
                data.decl.measures.iter().map(ToString::to_string).chain(series).collect()
            }
            Self::RowsByTarget(rows, _) => rows.data().decl.targets.iter().map(ToString::to_string).collect(),
            Self::Rows(rows) => {
                let mut names: Vec<String> = rows.data().decl.measures.iter().map(ToString::to_string).collect();
                names.extend(rows.data().series.iter().map(|series| series.id.clone()));
                if let RowOrSelection::One(row) = rows {
                    names.extend(row.table.decl.field_names().map(str::to_owned));
                }
                names
            }
            _ => Vec::new(),
        }
    }

    /// Returns the figure of a value that is one.
    pub(crate) fn own_figure(&self) -> Option<&FigureRef> {
        match self {
            Self::Figure(figure) | Self::Choice { figure, .. } | Self::SeriesFigure { figure, .. } => Some(figure),
            _ => None,
        }
    }

    /// Returns the figure that represents the value in arithmetic and templates, if any.
    ///
    /// # Errors
    /// Returns an error if rows of an open table have incompatible units.
    pub fn as_figure(&self) -> Result<Option<FigureRef>, ArithmeticError> {
        Ok(match self {
            Self::Figure(_) | Self::Choice { .. } | Self::SeriesFigure { .. } => self.own_figure().cloned(),
            Self::Indicator(indicator) => Some(indicator.figure(&Measure::Actual)),
            Self::Rows(rows) => Some(rows.figure(&Measure::Actual)?),
            Self::RowsByTarget(rows, family) => match rows.target(None) {
                Some(target) => Some(rows.figure(&family.measure(target.clone()))?),
                None => None,
            },
            Self::FailedSector(sector) => {
                let (sector, indicator) = (sector.clone(), IndicatorId::new("lost"));
                let name = FigureName { sector, indicator, measure: Measure::Actual };
                Some(Arc::new(Figure::missing(name, Unit::none())))
            }
            Self::ByTarget(indicator, family) => match indicator.data.decl.targets.as_slice() {
                [only] => indicator.computed_figure(family.measure(only.clone())).ok(),
                _ => None,
            },
            _ => None,
        })
    }
}

impl RuleValue {
    /// Returns the figure of an indicator (its actual), and the only one of a group of plans: they are printed and
    /// computed as this figure.
    pub fn default_figure(&self) -> Option<FigureRef> {
        match self {
            Self::Indicator(_) | Self::ByTarget(..) | Self::RowsByTarget(..) => self.as_figure().ok().flatten(),
            _ => None,
        }
    }
}

/// Creates a Lua iterator over values.
pub(crate) fn lua_iterator(
    lua: &Lua,
    values: impl Iterator<Item = RuleValue> + Send + 'static,
) -> mlua::Result<mlua::Function> {
    let values = std::sync::Mutex::new(values);
    lua.create_function(move |lua, _: MultiValue| catch_panic(lua, || Ok(lock(&values).next())))
}
