//! The data of one sector and of all sectors, as seen by rules.

use super::lens::Lens;
use super::named_series::NamedSeries;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectorId, TargetId};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::judgement::Unjudged;
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::records::RecordTable;
use tonghop_core::model::sector::{IndicatorRow, Shortfall};

/// All data that a rule can see of one sector.
#[derive(Clone, Debug)]
pub struct SectorData {
    pub decl: Arc<SectorDecl>,
    /// One row per indicator, in the order of the declaration.
    pub rows: Vec<IndicatorRow>,
    pub narrative: BTreeMap<String, Vec<TextCell>>,
    /// The names listed below an indicator that counts them.
    pub names: BTreeMap<IndicatorId, Vec<TextCell>>,
    pub remarks: Vec<SectorRemark>,
    /// The open tables by name.
    pub records: BTreeMap<IndicatorId, Arc<RecordTable>>,
    /// The headline indicators that cannot be judged against their plans.
    pub unjudged: Vec<Unjudged>,
    /// The names of the departments.
    pub departments: Arc<BTreeMap<DepartmentId, Arc<str>>>,
    pub pace: FigureRef,
    /// The series of months and quarters among its measures.
    pub series: Arc<[NamedSeries]>,
    /// Which figures a rule reads as the actual ones.
    pub lens: Arc<Lens>,
}

/// A difficulty and its cause, as departments wrote them.
#[derive(Clone, Debug)]
pub struct SectorRemark {
    pub indicator: Option<IndicatorId>,
    pub difficulty: Vec<TextCell>,
    pub cause: Vec<TextCell>,
}

/// The data of all sectors, for `report.lua` and `checks.lua`.
#[derive(Debug)]
pub struct AllSectors {
    pub sectors: BTreeMap<SectorId, Arc<SectorData>>,
    /// Sectors that the outline expects but whose rules failed.
    pub failed: BTreeSet<SectorId>,
    pub shortfalls: Vec<Arc<Shortfall>>,
}

/// An indicator of a sector, by its index in the declaration.
#[derive(Clone, Debug)]
pub struct IndicatorRef {
    pub data: Arc<SectorData>,
    pub index: usize,
}

impl IndicatorRef {
    /// Finds an indicator by name.
    pub fn find(data: &Arc<SectorData>, name: &str) -> Option<Self> {
        let index = data.decl.position(name)?;
        Some(Self { data: Arc::clone(data), index })
    }

    /// Returns the declaration.
    pub fn decl(&self) -> &IndicatorDecl {
        &self.data.decl.indicators[self.index]
    }

    /// Returns whether it is a proportion, by the declared unit or else by that of the workbook.
    pub fn is_proportion(&self) -> bool {
        let declared = &self.decl().unit;
        let unit = if declared.base.is_empty() { self.figure(&Measure::Actual).unit.clone() } else { declared.clone() };
        unit.is_proportion()
    }

    /// Returns the figure of `measure`, or a figure without data if there is none.
    pub fn figure(&self, measure: &Measure) -> FigureRef {
        let measure = self.data.lens.resolve(measure);
        let found = self.data.rows.get(self.index).and_then(|row| row.figure(measure));
        if found.is_some_and(|figure| figure.has_data() && !self.is_of_its_kind(figure)) {
            self.data.lens.note_other();
        }
        found.cloned().unwrap_or_else(|| {
            let decl = self.decl();
            let name =
                FigureName { sector: self.data.decl.id.clone(), indicator: decl.id.clone(), measure: measure.clone() };
            self.without_data(name, decl.unit.clone())
        })
    }

    /// Returns whether a figure is an amount of what the actual figure measures; an index in % is not.
    fn is_of_its_kind(&self, figure: &Figure) -> bool {
        let actual = self.data.rows.get(self.index).and_then(|row| row.figure(&Measure::Actual));
        actual.is_none_or(|actual| !actual.has_data() || actual.unit.has_same_base(&figure.unit))
    }

    /// Returns the figure of `measure` and computes the change from last year and the lag behind the pace on demand.
    pub fn computed_figure(&self, measure: Measure) -> Result<FigureRef, ArithmeticError> {
        let (left, right) = match measure.derivation() {
            Some((Op::Subtract, left, right)) => (self.operand(&left), self.operand(&right)),
            _ => return Ok(self.figure(&measure)),
        };
        let decl = self.decl();
        let rule = RuleLine { file: self.data.decl.file.clone(), line: decl.line };
        let print = decl.print_format(&measure);
        let name = FigureName { sector: self.data.decl.id.clone(), indicator: decl.id.clone(), measure };
        if !(left.has_data() && right.has_data()) {
            return Ok(self.without_data(name, left.unit.clone()));
        }
        Figure::compute(name, Op::Subtract, vec![left, right], Some(rule)).map(|f| Arc::new(f.with_print(print)))
    }

    /// Returns a figure without data; if a rule takes the actual away, it takes this figure away too.
    fn without_data(&self, name: FigureName, unit: Unit) -> FigureRef {
        let actual = self.data.rows.get(self.index).and_then(|row| row.figure(&Measure::Actual));
        let origin = actual.and_then(|actual| actual.lost_origin()).unwrap_or(Origin::Missing);
        Arc::new(Figure::new(name, Amount::Missing, unit, Status::Final, origin))
    }

    fn operand(&self, measure: &Measure) -> FigureRef {
        if *measure == Measure::Pace { Arc::clone(&self.data.pace) } else { self.figure(measure) }
    }

    /// Returns why it cannot be judged against its plans, in Vietnamese; empty if it can.
    pub fn unjudged_reason(&self) -> String {
        let id = &self.decl().id;
        let found = self.data.unjudged.iter().filter(|unjudged| unjudged.indicator == *id);
        found.map(|unjudged| unjudged.reason.message().vietnamese().to_owned()).collect::<Vec<_>>().join("; ")
    }

    /// Returns its direct children.
    pub fn children(&self) -> Vec<Self> {
        let below = self.data.decl.child_positions(&self.decl().id).iter();
        below.map(|index| Self { data: Arc::clone(&self.data), index: *index }).collect()
    }
}

/// A kind of measure that exists once per target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetMeasure {
    Target,
    Attainment,
    Lag,
}

impl TargetMeasure {
    /// Returns the measure for a target.
    pub fn measure(self, target: TargetId) -> Measure {
        match self {
            Self::Target => Measure::Target(target),
            Self::Attainment => Measure::Attainment(target),
            Self::Lag => Measure::Lag(target),
        }
    }
}
