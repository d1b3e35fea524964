//! Converts sheets that were typed in TCVN3 to Unicode.
//!
//! Input: a sheet. Output: the sheet with decoded texts and a diagnostic, if it was typed in TCVN3. Not here: numbers,
//! sources (they keep the texts as typed).

use tonghop_core::diag::{Code, Diagnostic, Place, Words};
use tonghop_core::model::book::RawSheet;
use tonghop_core::model::cell::{RawCell, RawValue};
use tonghop_core::model::id::FilePath;
use tonghop_core::say;
use tonghop_core::vi::fold::clean;
use tonghop_core::vi::tcvn3;

/// The number of samples in the diagnostic, and the most characters of each.
const SAMPLES: usize = 3;
const LONGEST_SAMPLE: usize = 40;

/// Returns the sheet in Unicode and a diagnostic, if it was typed in TCVN3.
pub(crate) fn in_unicode(file: &FilePath, sheet: &RawSheet) -> Option<(RawSheet, Diagnostic)> {
    if !tcvn3::looks_like(sheet.cells.values().filter_map(RawCell::text)) {
        return None;
    }
    let mut decoded = sheet.clone();
    let mut samples: Vec<String> = Vec::new();
    for cell in decoded.cells.values_mut() {
        let Some(typed) = cell.text() else { continue };
        let said = tcvn3::decode(typed);
        let sample = format!("\"{}\" → \"{}\"", beginning(typed), beginning(&said));
        if said != typed && samples.len() < SAMPLES && !samples.contains(&sample) {
            samples.push(sample);
        }
        cell.value = RawValue::Text(said.into());
    }
    let message = say!(
        "chữ gõ bằng bảng mã TCVN3 (phông .VnTime) đã được chuyển sang Unicode: {samples}",
        "the texts were typed in TCVN3 (font .VnTime) and have been put into Unicode: {samples}",
        samples = samples.join("; ")
    );
    let note =
        Diagnostic::new(Code::TextConverted, Place::Sheet(file.clone(), sheet.name.clone()), message).hint(Words::new(
            "chuyển trang tính sang bảng mã Unicode (phông Times New Roman), rồi lưu lại tệp",
            "put the sheet into Unicode (font Times New Roman) and save the file again",
        ));
    Some((decoded, note))
}

/// Returns the start of a text, as the diagnostic shows it.
fn beginning(text: &str) -> String {
    clean(text).chars().take(LONGEST_SAMPLE).collect()
}
