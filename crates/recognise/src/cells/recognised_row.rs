//! Converts matched rows to plain data for the comparison with other runs.
//!
//! Input: a matched row. Output: a `RecognisedRow`. Not here: values.

use crate::cells::sheet_result::{MatchedRow, SheetContext};
use crate::layout::block::TableBlock;
use crate::matching::index::Match;
use tonghop_core::model::row::{RecognisedRow, RowMeaning, RowPlace};

/// Returns the position, label, unit and meaning of a row.
pub(crate) fn recognised_row(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    matched: &MatchedRow<'_, '_, '_>,
) -> RecognisedRow {
    let row = &matched.row;
    let of_label = || context.index.split_unit(&row.label_key).map(|(_, unit)| unit);
    let row_place = RowPlace {
        department: context.book.department.clone(),
        file: context.book.file.clone(),
        sheet: context.sheet.name.clone(),
        cell: row.label_place,
        label: row.label_text.as_str().into(),
    };
    let meaning = match &matched.indicator_match {
        Match::Unique { candidate, .. } => {
            RowMeaning::Indicator(candidate.sector.id.clone(), candidate.decl.id.clone())
        }
        Match::Ambiguous(_) | Match::OneOfSeveral(_) | Match::OtherScope(..) => RowMeaning::Ambiguous,
        Match::None | Match::WrongParent(_) => RowMeaning::Unknown,
    };
    RecognisedRow {
        place: row_place,
        unit: row.unit.clone().or_else(of_label).or_else(|| block.unit().cloned()),
        meaning,
    }
}
