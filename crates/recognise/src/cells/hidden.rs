//! Reports which figures are hidden, and drops those of sheets that Excel does not even list as hidden.
//!
//! Input: the result of a sheet. Output: a diagnostic for figures that only a hidden place gives. Not here: the choice
//! between a hidden and a visible cell (`assembly::merged`).

use super::sheet_result::{CandidateObservation, SheetContext, SheetResult};
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::msg;

/// Returns one diagnostic for all figures that only hidden cells of a sheet give, at the first of them.
pub(crate) fn diagnose_cells(context: &SheetContext<'_, '_>, result: &SheetResult) -> Option<Diagnostic> {
    let is_hidden = |one: &&CandidateObservation| context.is_hidden(one.source.cell);
    let visible: BTreeSet<&ObservationKey> =
        result.candidates.iter().filter(|one| !is_hidden(one)).map(|one| &one.key).collect();
    let only_hidden = result.candidates.iter().filter(is_hidden).filter(|one| !visible.contains(&one.key));
    let mut hidden = only_hidden.map(|one| one.source.cell).chain(result.hidden_cells.iter().copied());
    let first = hidden.next()?;
    let count = 1 + hidden.count();
    let message = msg!(
        "{count} số liệu nằm trong dòng, cột đang ẩn hoặc bị ô gộp che; vẫn được đọc như các ô khác",
        "{counted} in hidden rows or columns, or under merged cells; read like the other cells",
        counted = pluralise(count, "figure")
    );
    let problem = context.problem(Code::CellsHidden, first, message);
    Some(problem.with_hint(Message::new(
        "bỏ ẩn dòng, cột, bỏ gộp ô nếu là số liệu báo cáo; xóa nếu không dùng",
        "unhide the rows and columns and unmerge the cells if they are part of the report; delete them if they are not used",
    )))
}

/// Returns what is used of a sheet: nothing of one that Excel does not list among the hidden sheets.
///
/// A diagnostic is added if the sheet has something to read.
pub(crate) fn settle_sheet(book: &ReceivedWorkbook, sheet: &RawSheet, mut result: SheetResult) -> SheetResult {
    if !sheet.is_hidden {
        return result;
    }
    let place = Place::Sheet(book.file.clone(), sheet.name.clone());
    let count = figure_count(&result);
    let has_texts = !(result.narrative.is_empty() && result.remarks.is_empty() && result.counted_names.is_empty());
    if !sheet.is_very_hidden {
        result.diagnostics.splice(..0, (count > 0 || has_texts).then(|| hidden_sheet(place)));
        return result;
    }
    let diagnostics = if count > 0 || has_texts { vec![very_hidden_sheet(place, count)] } else { Vec::new() };
    SheetResult { diagnostics, ..SheetResult::default() }
}

/// Returns the number of figures and of rows of open tables.
fn figure_count(result: &SheetResult) -> usize {
    result.candidates.len() + result.records.iter().map(|batch| batch.rows.len()).sum::<usize>()
}

fn hidden_sheet(place: Place) -> Diagnostic {
    let message = Message::new(
        "trang tính đang ẩn; vẫn được đọc như các trang khác",
        "the sheet is hidden; it was read like the other sheets",
    );
    Diagnostic::new(Code::SheetHidden, place, message).with_hint(Message::new(
        "bỏ ẩn trang nếu là báo cáo, xóa trang nếu không dùng",
        "unhide the sheet if it is part of the report, delete it if it is not used",
    ))
}

fn very_hidden_sheet(place: Place, count: usize) -> Diagnostic {
    let message = msg!(
        "trang tính ẩn sâu (very hidden), Excel không cho thấy trong danh sách trang ẩn; {count} số liệu ở đó không được dùng",
        "the sheet is very hidden: Excel does not list it among the hidden sheets; {counted} there not used",
        counted = pluralise(count, "figure")
    );
    Diagnostic::new(Code::SheetHidden, place, message).with_hint(Message::new(
        "nếu là số liệu báo cáo, chép sang một trang hiện rõ; nếu không dùng thì không phải làm gì",
        "if the figures are part of the report, copy them to a visible sheet; otherwise nothing needs to be done",
    ))
}
