//! What rules hold in their hands: sectors, indicators, figures, words.
//!
//! In come finished data; out go values that Lua can index, compute with and hand back to the host, and that
//! templates walk by the same names. Never here: a value that rules could change.

use super::rows::{Rows, RowsRef};
use crate::lua::error::fail;
use mlua::{FromLua, Lua, MultiValue, Value as LuaValue};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::Words;
use tonghop_core::model::document::Span;
use tonghop_core::model::figure::{ArithmeticError, Figure, FigureName, FigureRef, Measure, Op};
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectorId, TargetId};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::{RecordTable, Selection};
use tonghop_core::model::sector::{IndicatorRow, Shortfall};
use tonghop_core::say;

/// Everything a rule can see of one sector.
#[derive(Debug)]
pub struct SectorData {
    pub decl: Arc<SectorDecl>,
    /// One row an indicator, in the order of the declaration.
    pub rows: Vec<IndicatorRow>,
    pub narrative: BTreeMap<String, Vec<TextCell>>,
    /// Names that stand below an indicator that counts them.
    pub names: BTreeMap<IndicatorId, Vec<TextCell>>,
    pub remarks: Vec<Remark>,
    /// The rows of its open tables, by name.
    pub records: BTreeMap<IndicatorId, Arc<RecordTable>>,
    /// What departments are called.
    pub departments: Arc<BTreeMap<DepartmentId, Arc<str>>>,
    pub pace: FigureRef,
}

/// A difficulty with its cause, as departments wrote them.
#[derive(Clone, Debug)]
pub struct Remark {
    pub indicator: Option<IndicatorId>,
    pub difficulty: Vec<TextCell>,
    pub cause: Vec<TextCell>,
}

/// All sectors, for `report.lua` and `checks.lua`.
#[derive(Debug)]
pub struct AllSectors {
    pub sectors: BTreeMap<SectorId, Arc<SectorData>>,
    /// Sectors that should be there but whose rules failed.
    pub lost: BTreeSet<SectorId>,
    pub shortfalls: Vec<Arc<Shortfall>>,
}

/// An indicator of a sector, by its place in the declaration.
#[derive(Clone, Debug)]
pub struct IndicatorRef {
    pub data: Arc<SectorData>,
    pub index: usize,
}

impl IndicatorRef {
    /// Finds an indicator by name.
    pub fn find(data: &Arc<SectorData>, name: &str) -> Option<Self> {
        let index = data.decl.indicators.iter().position(|i| i.id.as_str() == name)?;
        Some(Self { data: Arc::clone(data), index })
    }

    /// Returns its declaration.
    pub fn decl(&self) -> &IndicatorDecl {
        &self.data.decl.indicators[self.index]
    }

    /// Returns a figure of it; one without data where none was declared or sent.
    pub fn figure(&self, measure: &Measure) -> FigureRef {
        let found = self.data.rows.get(self.index).and_then(|row| row.figure(measure));
        found.cloned().unwrap_or_else(|| {
            let decl = self.decl();
            let name =
                FigureName { sector: self.data.decl.id.clone(), indicator: decl.id.clone(), measure: measure.clone() };
            Arc::new(Figure::missing(name, decl.unit.clone()))
        })
    }

    /// Returns a figure that is computed when it is asked for: the change on last year, the lag behind the pace.
    pub fn computed(&self, measure: Measure) -> Result<FigureRef, ArithmeticError> {
        let (left, right) = match &measure {
            Measure::Change => (self.figure(&Measure::Actual), self.figure(&Measure::LastYear)),
            Measure::Lag(target) => (Arc::clone(&self.data.pace), self.figure(&Measure::Attainment(target.clone()))),
            _ => return Ok(self.figure(&measure)),
        };
        let decl = self.decl();
        let rule = RuleLine { file: self.data.decl.file.clone(), line: decl.line };
        let print = decl.print(&measure);
        let name = FigureName { sector: self.data.decl.id.clone(), indicator: decl.id.clone(), measure };
        let missing = !(left.is_known() && right.is_known());
        if missing {
            return Ok(Arc::new(Figure::missing(name, left.unit.clone())));
        }
        Figure::compute(name, Op::Subtract, vec![left, right], Some(rule)).map(|f| Arc::new(f.printed(print)))
    }

    /// Returns the indicators right below it.
    pub fn children(&self) -> Vec<Self> {
        let id = &self.decl().id;
        let below = |i: &IndicatorDecl| i.parent.as_ref().is_some_and(|p| p.id == *id);
        let all = self.data.decl.indicators.iter().enumerate();
        all.filter(|(_, i)| below(i)).map(|(index, _)| Self { data: Arc::clone(&self.data), index }).collect()
    }
}

/// A family of figures of one indicator: one a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByTarget {
    Target,
    Attainment,
    Lag,
}

impl ByTarget {
    /// Returns the measure for a target.
    pub fn measure(self, target: TargetId) -> Measure {
        match self {
            Self::Target => Measure::Target(target),
            Self::Attainment => Measure::Attainment(target),
            Self::Lag => Measure::Lag(target),
        }
    }
}

/// What kind of value a rule holds, or what an entry of the registry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    Global,
    Report,
    Sector,
    Indicator,
    Parts,
    Targets,
    Figure,
    Words,
    Text,
    Remark,
    Records,
    Record,
    Said,
    Shortfall,
    Out,
    Check,
}

impl Owner {
    /// Returns what messages call it.
    pub fn title(self) -> Words {
        let (vietnamese, english) = match self {
            Self::Global => ("chương trình", "the program"),
            Self::Report => ("báo cáo", "the report"),
            Self::Sector => ("ngành này", "this sector"),
            Self::Indicator => ("chỉ tiêu", "an indicator"),
            Self::Parts => ("nhóm chỉ tiêu thành phần", "a group of parts"),
            Self::Targets => ("nhóm kế hoạch", "a group of plans"),
            Self::Figure => ("số liệu", "a figure"),
            Self::Words => ("phần lời của ngành", "the words of a sector"),
            Self::Text => ("đoạn chữ", "a text"),
            Self::Remark => ("khó khăn, vướng mắc", "a difficulty"),
            Self::Records => ("các dòng của một bảng", "rows of a table"),
            Self::Record => ("một dòng của bảng", "a row of a table"),
            Self::Said => ("một ô phần lời", "a cell of words"),
            Self::Shortfall => ("tồn tại, hạn chế", "a shortfall"),
            Self::Out => ("out", "out"),
            Self::Check => ("check", "check"),
        };
        Words::new(vietnamese, english)
    }
}

/// A value of a rule.
#[derive(Clone, Debug)]
pub enum Value {
    All(Arc<AllSectors>),
    Sector(Arc<SectorData>),
    /// Anything of a sector whose rules failed: every name below it leads here, every figure is missing.
    Lost(SectorId),
    Narrative(Arc<SectorData>),
    Causes(Arc<SectorData>),
    Indicator(IndicatorRef),
    Parts(IndicatorRef),
    ByTarget(IndicatorRef, ByTarget),
    Figure(FigureRef),
    /// Wording of a rule: a label, "đạt".
    Words(Arc<str>),
    /// Words of departments.
    Texts(Arc<[TextCell]>),
    /// Names that departments list, one a row.
    Names(Arc<[TextCell]>),
    /// One cell of words, with what its department is called.
    Said(TextCell, Arc<str>),
    /// Rows of an open table, or one of them.
    Rows(Rows),
    /// The figures of rows by target.
    RowsByTarget(Rows, ByTarget),
    /// Words with their spans.
    Rich(Arc<[Span]>),
    Remark(Arc<SectorData>, usize),
    Shortfall(Arc<Shortfall>),
    /// What sectors and the report write to.
    Out,
    /// What checks report to.
    Check,
}

impl Value {
    /// Returns what kind of value it is.
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

    /// Finds what the project's own names lead to: sectors, indicators, topics, targets, measures.
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

    /// Lists the project's own names below a value.
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

    /// Returns the figure that a value stands for in arithmetic and templates, if it stands for one.
    ///
    /// # Errors
    /// Rows of an open table whose units do not go together.
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

/// Finds the name that was probably meant.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let scored = known.into_iter().map(|name| (strsim::damerau_levenshtein(wanted, name), name));
    let (distance, name) = scored.min()?;
    (distance <= 1 + wanted.chars().count() / 3).then(|| name.to_owned())
}

/// Words the hint for a name that is not there.
pub fn did_you_mean(wanted: &str, known: &[String]) -> Words {
    match nearest(wanted, known.iter().map(String::as_str)) {
        Some(name) => say!("có phải là \"{name}\"?", "did you mean \"{name}\"?"),
        None if known.is_empty() => Words::new("ở đây không có tên nào để gọi", "there is no name to call here"),
        None => say!("các tên dùng được: {names}", "the names are: {names}", names = known.join(", ")),
    }
}

/// Makes an iterator that hands out values one by one.
pub fn each(lua: &Lua, values: impl Iterator<Item = Value> + Send + 'static) -> mlua::Result<mlua::Function> {
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
