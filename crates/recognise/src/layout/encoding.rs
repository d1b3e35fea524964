//! Converts texts that were typed in an old encoding, TCVN3 or VNI-Windows, to Unicode.
//!
//! Input: a sheet. Output: the sheet with decoded texts and a diagnostic, if it has such texts. Not here: numbers,
//! sources (they keep the texts as typed), the choice of an encoding (`vi::old_encoding`).

use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::raw_workbook::RawSheet;
use tonghop_core::msg;
use tonghop_core::vi::fold::clean;
use tonghop_core::vi::old_encoding::{OldEncoding, SheetEncoding};

/// The number of samples in the diagnostic, and the most characters of each.
const MAX_SAMPLES: usize = 3;
const MAX_SAMPLE_CHARS: usize = 40;

/// Returns the sheet in Unicode and a diagnostic, if texts of it were typed in an old encoding.
pub(crate) fn decode(file: &FilePath, sheet: &RawSheet) -> Option<(RawSheet, Diagnostic)> {
    let encoding = SheetEncoding::detect(&sheet.cells.values().filter_map(RawCell::text).collect::<Vec<_>>())?;
    let mut decoded = sheet.clone();
    let mut conversions = Conversions::default();
    for (cell_ref, cell) in decoded.cells.range_mut(..) {
        let Some(typed) = cell.text() else { continue };
        let Some((text, encoding)) = encoding.decode(typed) else { continue };
        conversions.add(*cell_ref, (typed, &text), encoding);
        cell.value = RawValue::Text(text.into());
    }
    let place = conversions.place(file, &decoded)?;
    let hint = Message::new(
        "chuyển trang tính sang bảng mã Unicode (phông Times New Roman), rồi lưu lại tệp",
        "convert the sheet to Unicode (font Times New Roman) and save the file again",
    );
    let diagnostic = Diagnostic::new(Code::TextConverted, place, conversions.message()).with_hint(hint);
    Some((decoded, diagnostic))
}

/// The texts of a sheet that were converted.
#[derive(Default)]
struct Conversions {
    first: Option<CellRef>,
    count: usize,
    encodings: BTreeSet<OldEncoding>,
    samples: Vec<String>,
}

impl Conversions {
    fn add(&mut self, cell_ref: CellRef, (typed, text): (&str, &str), encoding: OldEncoding) {
        self.first.get_or_insert(cell_ref);
        self.count += 1;
        self.encodings.insert(encoding);
        let sample = format!("\"{}\" → \"{}\"", sample_of(typed), sample_of(text));
        if self.samples.len() < MAX_SAMPLES && !self.samples.contains(&sample) {
            self.samples.push(sample);
        }
    }

    /// Returns the place of the conversion: the sheet, or the only cell of it; `None` if nothing was converted.
    fn place(&self, file: &FilePath, sheet: &RawSheet) -> Option<Place> {
        let (file, name) = (file.clone(), sheet.name.clone());
        Some(if self.count == 1 { Place::Cell(file, name, self.first?) } else { Place::Sheet(file, name) })
            .filter(|_| self.count > 0)
    }

    fn message(&self) -> Message {
        let names = self.encodings.iter().map(|encoding| encoding.names());
        let (names, fonts): (Vec<&str>, Vec<&str>) = names.unzip();
        msg!(
            "chữ gõ bằng bảng mã {names} (phông {fonts}) đã được chuyển sang Unicode: {samples}",
            "the text was typed in {names} (font {fonts}) and has been converted to Unicode: {samples}",
            names = names.join(", "),
            fonts = fonts.join(", "),
            samples = self.samples.join("; ")
        )
    }
}

/// Returns the start of a text, as the diagnostic shows it.
fn sample_of(text: &str) -> String {
    clean(text).chars().take(MAX_SAMPLE_CHARS).collect()
}
