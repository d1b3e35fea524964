//! Reports the texts of a sheet that were typed in an old encoding, and drops prose that may be garbled.
//!
//! Input: the converted and the doubtful cells of a sheet, and what was read from it. Output: a note for labels and
//! headings, whose conversion is proven by what they match; a warning for the texts that go into the report, which a person
//! must read. Not here: the conversion.

use super::sheet_result::{SheetContext, SheetResult};
use crate::layout::encoding::OldTexts;
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::reading_log::CellOutcome;
use tonghop_core::msg;
use tonghop_core::vi::fold::clean;
use tonghop_core::vi::old_encoding::{OldEncoding, Suspicion};

/// The number of samples in a diagnostic, and the most characters of each.
const MAX_SAMPLES: usize = 3;
const MAX_SAMPLE_CHARS: usize = 40;
/// The most cells that a diagnostic names.
const MAX_CELLS: usize = 10;

/// Returns the diagnostics of the old texts of a sheet; texts that may be garbled as a whole are dropped from the result.
pub(crate) fn settle(context: &SheetContext<'_, '_>, old: &OldTexts, result: &mut SheetResult) -> Diagnostics {
    // Fast path: nearly all sheets are in Unicode.
    if old.conversions.is_empty() && old.suspicions.is_empty() {
        return Diagnostics::new();
    }
    let outcomes = result.log.outcomes().iter();
    let read: BTreeSet<CellRef> =
        outcomes.filter(|(_, outcome)| *outcome == CellOutcome::Read).map(|(cell_ref, _)| *cell_ref).collect();
    let of_cells = |wanted: bool| -> Vec<(CellRef, OldEncoding)> {
        let cells = old.conversions.iter().filter(|(cell_ref, _)| read.contains(cell_ref) == wanted);
        cells.map(|(cell_ref, encoding)| (*cell_ref, *encoding)).collect()
    };
    let suspected: Vec<(CellRef, &Suspicion)> = old
        .suspicions
        .iter()
        .filter(|(cell_ref, _)| read.contains(cell_ref))
        .map(|(cell_ref, suspicion)| (*cell_ref, suspicion))
        .collect();
    let (dropped, kept): (Vec<_>, Vec<_>) = suspected.into_iter().partition(|(_, suspicion)| suspicion.is_whole);
    drop_texts(&dropped, result);
    let mut diagnostics: Diagnostics = converted_labels(context, old, &of_cells(false)).into_iter().collect();
    diagnostics.extend(converted_prose(context, old, &of_cells(true)));
    diagnostics.extend(doubtful(context, &dropped));
    diagnostics.extend(doubtful(context, &kept));
    diagnostics
}

/// Drops the texts of cells from what goes into the report.
fn drop_texts(dropped: &[(CellRef, &Suspicion)], result: &mut SheetResult) {
    let is_dropped = |cell: &TextCell| dropped.iter().any(|(cell_ref, _)| *cell_ref == cell.source.cell);
    result.narrative.retain(|(_, cell)| !is_dropped(cell));
    result.counted_names.retain(|(_, cell)| !is_dropped(cell));
    for remark in &mut result.remarks {
        remark.difficulty.take_if(|cell| is_dropped(cell));
        remark.cause.take_if(|cell| is_dropped(cell));
    }
    result.remarks.retain(|remark| remark.difficulty.is_some() || remark.cause.is_some());
    for (cell_ref, _) in dropped {
        result.log.mark(*cell_ref, CellOutcome::Rejected(*cell_ref));
    }
}

/// Returns the note of converted labels and headings, at their sheet or at the only cell.
fn converted_labels(
    context: &SheetContext<'_, '_>,
    old: &OldTexts,
    cells: &[(CellRef, OldEncoding)],
) -> Option<Diagnostic> {
    let (first, others) = cells.split_first()?;
    let (names, fonts) = names_and_fonts(cells);
    let message = msg!(
        "chữ gõ bằng bảng mã {names} (phông {fonts}) đã được chuyển sang Unicode: {samples}",
        "the text was typed in {names} (font {fonts}) and has been converted to Unicode: {samples}",
        samples = samples(context, old, cells)
    );
    let (file, sheet) = (context.book.file.clone(), context.sheet.name.clone());
    let place = if others.is_empty() { Place::Cell(file, sheet, first.0) } else { Place::Sheet(file, sheet) };
    Some(Diagnostic::new(Code::TextConverted, place, message).with_hint(Message::new(
        "chuyển trang tính sang bảng mã Unicode (phông Times New Roman), rồi lưu lại tệp",
        "convert the sheet to Unicode (font Times New Roman) and save the file again",
    )))
}

/// Returns the warning of converted texts that go into the report.
fn converted_prose(
    context: &SheetContext<'_, '_>,
    old: &OldTexts,
    cells: &[(CellRef, OldEncoding)],
) -> Option<Diagnostic> {
    let (names, fonts) = names_and_fonts(cells);
    let count = cells.len();
    let message = msg!(
        "{count} đoạn lời gõ bằng bảng mã {names} (phông {fonts}) đã được chuyển sang Unicode để đưa vào báo cáo: {samples}",
        "{counted} for the report typed in {names} (font {fonts}), converted to Unicode: {samples}",
        counted = pluralise(count, "text"),
        samples = samples(context, old, cells)
    );
    at_cells(
        context,
        cells.iter().map(|(cell_ref, _)| *cell_ref),
        message,
        Message::new(
            "đọc lại các đoạn này trong báo cáo; gõ lại bằng phông Unicode (Times New Roman) nếu có chữ sai",
            "read these texts in the report; type them again in a Unicode font (Times New Roman) if a word is wrong",
        ),
    )
}

/// Returns the warning of texts that may be in an old encoding: all dropped, or all kept as typed.
fn doubtful(context: &SheetContext<'_, '_>, cells: &[(CellRef, &Suspicion)]) -> Option<Diagnostic> {
    let (_, suspicion) = cells.first()?;
    let (name, font) = suspicion.encoding.names();
    let word = &suspicion.word;
    let message = match suspicion.is_whole {
        true => msg!(
            "chữ \"{word}\" có thể gõ bằng bảng mã {name} (phông {font}), chưa đủ chắc để chuyển sang Unicode; nội dung ô này không đưa vào báo cáo",
            "\"{word}\" may be typed in {name} (font {font}), which is not certain enough to convert it; the text of the cell is not in the report"
        ),
        false => msg!(
            "chữ \"{word}\" sai chính tả hoặc gõ bằng bảng mã {name} (phông {font}); chưa đủ chắc để sửa nên báo cáo giữ nguyên như đã gõ",
            "\"{word}\" is misspelt or typed in {name} (font {font}); this is not certain enough, so the report has it as typed"
        ),
    };
    at_cells(
        context,
        cells.iter().map(|(cell_ref, _)| *cell_ref),
        message,
        Message::new(
            "gõ lại chữ này bằng phông Unicode (Times New Roman)",
            "type this word again in a Unicode font (Times New Roman)",
        ),
    )
}

/// Creates the warning at cells; `None` without a cell.
fn at_cells(
    context: &SheetContext<'_, '_>,
    mut cells: impl Iterator<Item = CellRef>,
    message: Message,
    hint: Message,
) -> Option<Diagnostic> {
    let problem = context.problem(Code::ProseEncoding, cells.next()?, message).with_hint(hint);
    Some(context.with_cells(problem, cells.take(MAX_CELLS - 1)))
}

/// Returns the names of the encodings of cells, and those of their fonts.
fn names_and_fonts(cells: &[(CellRef, OldEncoding)]) -> (String, String) {
    let encodings: BTreeSet<OldEncoding> = cells.iter().map(|(_, encoding)| *encoding).collect();
    let (names, fonts): (Vec<&str>, Vec<&str>) = encodings.iter().map(|encoding| encoding.names()).unzip();
    (names.join(", "), fonts.join(", "))
}

/// Returns examples of texts as typed and as converted.
fn samples(context: &SheetContext<'_, '_>, old: &OldTexts, cells: &[(CellRef, OldEncoding)]) -> String {
    let Some(decoded) = &old.decoded else { return String::new() };
    let mut samples: Vec<String> = Vec::new();
    for (cell_ref, _) in cells {
        let texts = [context.sheet, decoded].map(|sheet| sheet.cells.get(cell_ref).and_then(RawCell::text));
        let [typed, text] = texts.map(|text| sample_of(text.unwrap_or_default()));
        let sample = format!("\"{typed}\" → \"{text}\"");
        if !samples.contains(&sample) {
            samples.push(sample);
        }
        if samples.len() == MAX_SAMPLES {
            break;
        }
    }
    samples.join("; ")
}

/// Returns the start of a text, as a diagnostic shows it.
fn sample_of(text: &str) -> String {
    clean(text).chars().take(MAX_SAMPLE_CHARS).collect()
}
