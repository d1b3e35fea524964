//! Converts matched rows to plain data for the comparison with other runs.
//!
//! Input: a matched row. Output: a `RecognisedRow`. Not here: values.

use crate::cells::harvest::{Context, Meant};
use crate::layout::block::Block;
use crate::matching::index::Found;
use tonghop_core::model::row::{Meaning, RowPlace, SeenRow};

/// Returns the position, label, unit and meaning of a row.
pub(crate) fn row(context: &Context<'_, '_>, block: &Block, meant: &Meant<'_, '_, '_>) -> SeenRow {
    let row = &meant.row;
    let of_label = || context.index.without_unit(&row.label).map(|(_, unit)| unit);
    let place = RowPlace {
        department: context.book.department.clone(),
        file: context.book.file.clone(),
        sheet: context.sheet.name.clone(),
        cell: row.place,
        label: row.words.as_str().into(),
    };
    let meaning = match &meant.found {
        Found::One { candidate, .. } => Meaning::Indicator(candidate.sector.id.clone(), candidate.decl.id.clone()),
        Found::Several(_) => Meaning::Several,
        Found::Nothing | Found::Astray(_) => Meaning::Nothing,
    };
    SeenRow { place, unit: row.unit.clone().or_else(of_label).or_else(|| block.unit().cloned()), meaning }
}
