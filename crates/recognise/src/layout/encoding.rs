//! Converts sheets that were typed in TCVN3 to Unicode.
//!
//! Input: a sheet. Output: the sheet with decoded texts and a diagnostic, if it was typed in TCVN3. Not here: numbers,
//! sources (they keep the texts as typed).

use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::cell::{RawCell, RawValue};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::raw_workbook::RawSheet;
use tonghop_core::msg;
use tonghop_core::vi::fold::clean;
use tonghop_core::vi::tcvn3;

/// The number of samples in the diagnostic, and the most characters of each.
const MAX_SAMPLES: usize = 3;
const MAX_SAMPLE_CHARS: usize = 40;

/// Returns the sheet in Unicode and a diagnostic, if it was typed in TCVN3.
pub(crate) fn decode_tcvn3(file: &FilePath, sheet: &RawSheet) -> Option<(RawSheet, Diagnostic)> {
    if !tcvn3::is_tcvn3(sheet.cells.values().filter_map(RawCell::text)) {
        return None;
    }
    let mut decoded = sheet.clone();
    let mut samples: Vec<String> = Vec::new();
    for cell in decoded.cells.values_mut() {
        let Some(typed) = cell.text() else { continue };
        let text = tcvn3::decode(typed);
        let sample = format!("\"{}\" → \"{}\"", sample_of(typed), sample_of(&text));
        if text != typed && samples.len() < MAX_SAMPLES && !samples.contains(&sample) {
            samples.push(sample);
        }
        cell.value = RawValue::Text(text.into());
    }
    let message = msg!(
        "chữ gõ bằng bảng mã TCVN3 (phông .VnTime) đã được chuyển sang Unicode: {samples}",
        "the text was typed in TCVN3 (font .VnTime) and has been converted to Unicode: {samples}",
        samples = samples.join("; ")
    );
    let diagnostic = Diagnostic::new(Code::TextConverted, Place::Sheet(file.clone(), sheet.name.clone()), message)
        .with_hint(Message::new(
            "chuyển trang tính sang bảng mã Unicode (phông Times New Roman), rồi lưu lại tệp",
            "convert the sheet to Unicode (font Times New Roman) and save the file again",
        ));
    Some((decoded, diagnostic))
}

/// Returns the start of a text, as the diagnostic shows it.
fn sample_of(text: &str) -> String {
    clean(text).chars().take(MAX_SAMPLE_CHARS).collect()
}
