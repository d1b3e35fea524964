//! What rules see of a sector, and of all sectors.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::{Figure, FigureRef, Op};
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectorId, TargetId};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::records::RecordTable;
use tonghop_core::model::sector::{IndicatorRow, Shortfall};

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
