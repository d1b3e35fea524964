//! Builds a dataset without a workbook, for tests of rules alone.
//!
//! Input: indicators with their units and numbers. Output: a dataset in which each number has a cell as source.

use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{Labels, Source};
use tonghop_core::model::quantity::Amount;
use tonghop_core::vi::unit;

/// Returns a dataset with actuals of a sector: `(indicator, unit, number)`.
pub fn dataset_with_actuals(sector: &str, actuals: &[(&str, &str, i64)]) -> Dataset {
    let mut dataset = Dataset::default();
    for (row, (indicator, unit, number)) in actuals.iter().enumerate() {
        let (sector, indicator, measure) = (SectorId::new(sector), IndicatorId::new(*indicator), Measure::Actual);
        let source = Source {
            department: DepartmentId::new("d"),
            file: FilePath::new("workbooks/d/a.xlsx"),
            sheet: SheetName::new("S"),
            cell: CellRef::new(row as u32, 1),
            raw: number.to_string().into(),
            labels: Labels::default(),
        };
        let name = FigureName { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
        let amount = Amount::Known(Decimal::from(*number));
        let figure = Figure::new(name, amount, unit::parse(unit), Status::Final, Origin::Cell(Arc::new(source)));
        dataset.observations.insert(ObservationKey { sector, indicator, measure }, Arc::new(figure));
    }
    dataset
}
