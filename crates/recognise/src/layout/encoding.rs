//! Converts texts that were typed in an old encoding, TCVN3 or VNI-Windows, to Unicode.
//!
//! Input: a sheet. Output: the sheet with decoded texts, and the cells that were converted or that are in doubt. Not here:
//! numbers, sources (they keep the texts as typed), the choice of an encoding (`vi::old_encoding`), messages
//! (`cells::old_texts`).

use std::collections::BTreeMap;
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::raw_workbook::RawSheet;
use tonghop_core::vi::old_encoding::{OldEncoding, SheetEncoding, Suspicion};

/// The texts of a sheet in old encodings.
#[derive(Default)]
pub(crate) struct OldTexts {
    /// The sheet in Unicode, if texts were converted.
    pub decoded: Option<RawSheet>,
    /// The converted cells, with their encoding.
    pub conversions: BTreeMap<CellRef, OldEncoding>,
    /// The cells with a word that may be in an old encoding, which is not certain.
    pub suspicions: BTreeMap<CellRef, Suspicion>,
}

/// Finds and converts the texts of a sheet that were typed in an old encoding.
pub(crate) fn decode(sheet: &RawSheet) -> OldTexts {
    let mut old = OldTexts::default();
    let texts: Vec<&str> = sheet.cells.values().filter_map(RawCell::text).collect();
    // Fast path: nearly all sheets are in Unicode.
    let Some(encoding) = SheetEncoding::detect(&texts) else { return old };
    let mut converted = Vec::new();
    for (cell_ref, cell) in &sheet.cells {
        let Some(typed) = cell.text().filter(|text| !text.is_ascii()) else { continue };
        match encoding.decode(typed) {
            Some((text, encoding)) => {
                old.conversions.insert(*cell_ref, encoding);
                converted.push((*cell_ref, text));
            }
            None => old.suspicions.extend(Suspicion::find(typed).map(|suspicion| (*cell_ref, suspicion))),
        }
    }
    if !converted.is_empty() {
        let mut decoded = sheet.clone();
        for (cell_ref, text) in converted {
            if let Some(cell) = decoded.cells.get_mut(&cell_ref) {
                cell.value = RawValue::Text(text.into());
            }
        }
        old.decoded = Some(decoded);
    }
    old
}
