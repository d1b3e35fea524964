//! One row or a selection of rows of an open table, as seen by rules.
//!
//! Input: a record table and a selection of its rows. Output: figures, observed and derived, and the text of cells,
//! created only on demand. Not here: the selection of rows, Lua.

use super::data::SectorData;
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::id::TargetId;
use tonghop_core::model::judgement::UnjudgedReason;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::records::{RecordTable, Selection};

/// One row of an open table.
#[derive(Clone, Debug)]
pub struct RowRef {
    pub data: Arc<SectorData>,
    pub table: Arc<RecordTable>,
    pub row: usize,
}

/// A selection of rows of an open table.
#[derive(Clone, Debug)]
pub struct RowSelection {
    pub data: Arc<SectorData>,
    pub selection: Selection,
}

/// One row or a selection of rows.
#[derive(Clone, Debug)]
pub enum RowOrSelection {
    One(RowRef),
    Many(RowSelection),
}

impl RowRef {
    /// Returns the name of its department.
    pub fn department(&self) -> Arc<str> {
        let id = &self.table.part(self.row).department;
        self.data.departments.get(id).cloned().unwrap_or_else(|| id.as_str().into())
    }

    /// Returns why the row cannot be judged against any plan of its sector, in Vietnamese; empty if it can.
    pub fn unjudged_reason(&self) -> String {
        let rows = Selection::all(Arc::clone(&self.table));
        let targets = self.data.decl.targets.iter().cloned();
        let reason = |target| rows.unjudged_reason(self.row, &Measure::Actual, &Measure::Target(target));
        let reasons: Option<Vec<UnjudgedReason>> = targets.map(reason).collect();
        let first = reasons.and_then(|reasons| reasons.into_iter().next());
        first.map(|reason| reason.message().vietnamese().to_owned()).unwrap_or_default()
    }
}

impl RowSelection {
    /// Iterates over the rows; each is created when it is reached.
    pub fn rows(&self) -> impl Iterator<Item = RowOrSelection> + Send + 'static {
        let (data, selection) = (Arc::clone(&self.data), self.selection.clone());
        (0..selection.len()).filter_map(move |at| {
            let row = selection.row(at)?;
            Some(RowOrSelection::One(RowRef { data: Arc::clone(&data), table: Arc::clone(&selection.table), row }))
        })
    }
}

impl RowOrSelection {
    pub fn data(&self) -> &Arc<SectorData> {
        match self {
            Self::One(row) => &row.data,
            Self::Many(rows) => &rows.data,
        }
    }

    pub fn table(&self) -> &Arc<RecordTable> {
        match self {
            Self::One(row) => &row.table,
            Self::Many(rows) => &rows.selection.table,
        }
    }

    /// Returns the figure of a row, the sum over a selection, or the figure derived from these (attainment, change).
    ///
    /// # Errors
    /// Returns an error if units are incompatible or a number exceeds the exact range.
    pub fn figure(&self, measure: &Measure) -> Result<FigureRef, ArithmeticError> {
        match (measure.derivation(), self) {
            (Some((op, left, right)), _) => {
                let operands = vec![self.figure(&left)?, self.figure(&right)?];
                Figure::compute(self.table().figure_name(measure.clone()), op, operands, None).map(Arc::new)
            }
            (None, Self::One(row)) => Ok(row.table.figure(row.row, measure)),
            (None, Self::Many(rows)) => rows.selection.sum(measure),
        }
    }

    /// Returns the target called `name`, or the only target of the sector if no name is given.
    pub fn target(&self, name: Option<&str>) -> Option<&TargetId> {
        match (name, self.data().decl.targets.as_slice()) {
            (Some(name), all) => all.iter().find(|target| target.as_str() == name),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }

    /// Returns the cell of a field; `None` for a selection of rows.
    pub fn field_cell(&self, name: &str) -> Option<TextCell> {
        let field = self.table().decl.field_position(name)?;
        match self {
            Self::One(row) => Some(row.table.field_cell(row.row, field)),
            Self::Many(_) => None,
        }
    }

    /// Returns the first cell of the field by which the rows were grouped.
    pub fn group_title(&self) -> Option<TextCell> {
        let Self::Many(rows) = self else { return None };
        let (field, first) = (rows.selection.grouped_by()?, rows.selection.row(0)?);
        Some(rows.selection.table.field_cell(first, field))
    }
}
