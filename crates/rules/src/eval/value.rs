//! The values of rules: sectors, indicators, figures, texts.
//!
//! Lua indexes these values, computes with them and passes them back to the host; templates use the same names. All
//! values are immutable.

use super::rows::{Rows, RowsRef};
use crate::eval::data::{AllSectors, ByTarget, IndicatorRef, SectorData};
use crate::eval::owner::Owner;
use crate::lua::error::fail;
use mlua::{FromLua, Lua, MultiValue, Value as LuaValue};
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
use tonghop_core::say;

/// A host value in a rule.
#[derive(Clone, Debug)]
pub enum Value {
    All(Arc<AllSectors>),
    Sector(Arc<SectorData>),
    /// Any value of a sector whose rules failed: each of its members is the same value, each figure is missing.
    Lost(SectorId),
    Narrative(Arc<SectorData>),
    Causes(Arc<SectorData>),
    Indicator(IndicatorRef),
    Parts(IndicatorRef),
    ByTarget(IndicatorRef, ByTarget),
    Figure(FigureRef),
    /// Text of a rule or declaration: a label, "đạt".
    Words(Arc<str>),
    /// Text written by departments.
    Texts(Arc<[TextCell]>),
    /// Names that departments list, one per row.
    Names(Arc<[TextCell]>),
    /// One text cell, with the name of its department.
    Said(TextCell, Arc<str>),
    /// One row or a selection of rows of an open table.
    Rows(Rows),
    /// The figures of rows, by target.
    RowsByTarget(Rows, ByTarget),
    /// Rich text.
    Rich(Arc<[Span]>),
    Remark(Arc<SectorData>, usize),
    Shortfall(Arc<Shortfall>),
    /// The output object of sectors and the report.
    Out,
    /// The object that checks report to.
    Check,
}

impl Value {
    /// Returns the type of the value.
    pub fn owner(&self) -> Owner {
        match self {
            Self::All(_) => Owner::Report,
            Self::Sector(_) | Self::Lost(_) => Owner::Sector,
            Self::Narrative(_) | Self::Causes(_) => Owner::Words,
            Self::Indicator(_) => Owner::Indicator,
            Self::Parts(_) => Owner::Parts,
            Self::ByTarget(..) => Owner::Targets,
            Self::Figure(_) => Owner::Figure,
            Self::Words(_) | Self::Texts(_) | Self::Names(_) | Self::Rich(_) => Owner::Text,
            Self::Remark(..) => Owner::Remark,
            Self::Said(..) => Owner::Said,
            Self::Rows(Rows::Many(_)) => Owner::Records,
            Self::Rows(Rows::One(_)) => Owner::Record,
            Self::RowsByTarget(..) => Owner::Targets,
            Self::Shortfall(_) => Owner::Shortfall,
            Self::Out => Owner::Out,
            Self::Check => Owner::Check,
        }
    }

    /// Returns the member that the project declares under `name`: a sector, indicator, topic, open table, target,
    /// measure or field.
    pub fn member(&self, name: &str) -> Option<Self> {
        match self {
            Self::All(all) => {
                let lost = || all.lost.get(name).cloned().map(Self::Lost);
                all.sectors.get(name).map(|s| Self::Sector(Arc::clone(s))).or_else(lost)
            }
            Self::Lost(sector) => Some(Self::Lost(sector.clone())),
            Self::Sector(data) => IndicatorRef::find(data, name)
                .map(Self::Indicator)
                .or_else(|| {
                    let table = data.records.get(name)?;
                    let (data, selection) = (Arc::clone(data), Selection::all(Arc::clone(table)));
                    Some(Self::Rows(Rows::Many(RowsRef { data, selection })))
                })
                .or_else(|| Self::Narrative(Arc::clone(data)).member(name)),
            Self::Narrative(data) => {
                let declared = data.decl.narrative.iter().any(|n| n.key == name);
                declared.then(|| Self::Texts(data.narrative.get(name).cloned().unwrap_or_default().into()))
            }
            Self::Causes(data) => {
                data.decl.indicator(name)?;
                let written = data.remarks.iter().filter(|r| r.indicator.as_ref().is_some_and(|i| i.as_str() == name));
                Some(Self::Texts(written.flat_map(|r| r.cause.clone()).collect()))
            }
            Self::Parts(indicator) => {
                indicator.children().into_iter().find(|c| c.decl().id.as_str() == name).map(Self::Indicator)
            }
            Self::ByTarget(indicator, family) => {
                let target = indicator.data.decl.targets.iter().find(|t| t.as_str() == name)?;
                indicator.computed(family.measure(target.clone())).ok().map(Self::Figure)
            }
            Self::Indicator(indicator) => {
                let measure = indicator.data.decl.measures.iter().find(|m| m.as_str() == name)?;
                Some(Self::Figure(indicator.figure(&Measure::Other(measure.clone()))))
            }
            Self::Rows(rows) => rows.field(name).map(|cell| Self::Texts([cell].into())),
            _ => None,
        }
    }

    /// Returns the names of the members that the project declares.
    pub fn members(&self) -> Vec<String> {
        let indicators = |list: &[IndicatorDecl]| list.iter().map(|i| i.id.to_string()).collect::<Vec<_>>();
        match self {
            Self::All(all) => all.sectors.keys().map(ToString::to_string).collect(),
            Self::Sector(data) => {
                let mut names = indicators(&data.decl.indicators);
                names.extend(data.decl.narrative.iter().map(|n| n.key.clone()));
                names.extend(data.decl.records.iter().map(|records| records.name.to_string()));
                names
            }
            Self::Narrative(data) => data.decl.narrative.iter().map(|n| n.key.clone()).collect(),
            Self::Causes(data) => indicators(&data.decl.indicators),
            Self::Parts(indicator) => indicator.children().iter().map(|c| c.decl().id.to_string()).collect(),
            Self::ByTarget(indicator, _) => indicator.data.decl.targets.iter().map(ToString::to_string).collect(),
            Self::Indicator(indicator) => indicator.data.decl.measures.iter().map(ToString::to_string).collect(),
            Self::RowsByTarget(rows, _) => rows.data().decl.targets.iter().map(ToString::to_string).collect(),
            Self::Rows(rows) => {
                let mut names: Vec<String> = rows.data().decl.measures.iter().map(ToString::to_string).collect();
                if let Rows::One(row) = rows {
                    names.extend(row.table.decl.fields.iter().map(|field| field.name.clone()));
                }
                names
            }
            _ => Vec::new(),
        }
    }

    /// Returns the figure that represents the value in arithmetic and templates, if any.
    ///
    /// # Errors
    /// Returns an error if rows of an open table have incompatible units.
    pub fn as_figure(&self) -> Result<Option<FigureRef>, ArithmeticError> {
        Ok(match self {
            Self::Figure(figure) => Some(Arc::clone(figure)),
            Self::Indicator(indicator) => Some(indicator.figure(&Measure::Actual)),
            Self::Rows(rows) => Some(rows.figure(&Measure::Actual)?),
            Self::RowsByTarget(rows, family) => match rows.target(None) {
                Some(target) => Some(rows.figure(&family.measure(target.clone()))?),
                None => None,
            },
            Self::Lost(sector) => {
                let (sector, indicator) = (sector.clone(), IndicatorId::new("lost"));
                let name = FigureName { sector, indicator, measure: Measure::Actual };
                Some(Arc::new(Figure::missing(name, Unit::none())))
            }
            Self::ByTarget(indicator, family) => match indicator.data.decl.targets.as_slice() {
                [only] => indicator.computed(family.measure(only.clone())).ok(),
                _ => None,
            },
            _ => None,
        })
    }
}

/// Creates a Lua iterator over values.
pub(crate) fn each(lua: &Lua, values: impl Iterator<Item = Value> + Send + 'static) -> mlua::Result<mlua::Function> {
    let values = std::sync::Mutex::new(values);
    lua.create_function(move |_, _: MultiValue| {
        Ok(values.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next())
    })
}

impl FromLua for Value {
    fn from_lua(value: LuaValue, lua: &Lua) -> mlua::Result<Self> {
        match &value {
            LuaValue::UserData(data) => Ok(data.borrow::<Self>()?.clone()),
            other => {
                let message = say!(
                    "cần một giá trị của chương trình, nhưng nhận được {kind}",
                    "a value of the program is needed, but this is: {kind}",
                    kind = other.type_name()
                );
                Err(fail(lua, message))
            }
        }
    }
}
