//! Reports the numbers of a sheet that formulas take from other workbooks.
//!
//! Input: what was read of a sheet, and its formulas. Output: one diagnostic for all these cells. Not here: formulas
//! without a result; whether the other workbook is among the received ones.
//!
//! The file keeps the results of the last calculation. Nothing shows whether the other workbook has changed since then,
//! or whether it was there.

use super::sheet_result::{SheetContext, SheetResult};
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::reading_log::CellOutcome;
use tonghop_core::msg;

/// The most cells that the diagnostic names.
const MAX_CELLS: usize = 5;
/// How a reference to another file begins in an OpenDocument formula.
const FILE_ADDRESS: &str = "'file:";

/// Returns one diagnostic for all cells of a sheet that were read and whose formula refers to another workbook.
pub(crate) fn diagnose(context: &SheetContext<'_, '_>, result: &SheetResult) -> Option<Diagnostic> {
    let formula = |cell_ref: &CellRef| context.sheet.cells.get(cell_ref)?.formula.as_deref();
    let read = result.log.outcomes().iter().filter(|(_, outcome)| *outcome == CellOutcome::Read);
    let external: Vec<CellRef> = read
        .map(|(cell_ref, _)| *cell_ref)
        .filter(|cell_ref| formula(cell_ref).is_some_and(refers_to_another_file))
        .collect();
    let count = external.len();
    let message = msg!(
        "{count} số liệu là kết quả của công thức lấy từ tệp khác; dùng kết quả lưu trong tệp, có thể đã cũ",
        "{counted} taken from another workbook by formulas; the results saved in the file are used, which may be old",
        counted = pluralise(count, "number")
    );
    let problem = context.problem(Code::ResultExternal, *external.first()?, message).with_hint(Message::new(
        "kiểm tra số, rồi chép và dán giá trị (Paste Values) thay cho công thức",
        "check the numbers, then copy them and paste their values over the formulas",
    ));
    Some(context.with_cells(problem, external[1..].iter().take(MAX_CELLS - 1).copied()))
}

/// Returns whether a formula has a reference such as `[1]Sheet1!A1` (ECMA-376 part 1, 18.17.2.3), which a structured
/// reference such as `Table1[Sum]` is not.
fn refers_to_another_file(formula: &str) -> bool {
    let outside_texts = || formula.split('"').step_by(2);
    outside_texts().any(|part| part.contains(FILE_ADDRESS) || part.match_indices('[').any(|(at, _)| is_file(part, at)))
}

/// Returns whether the bracket at a position begins the name of a file: a sheet and its mark `!` follow.
fn is_file(formula: &str, at: usize) -> bool {
    let Some((_, sheet)) = formula[at..].split_once(']') else { return false };
    let is_quoted = formula[..at].matches('\'').count() % 2 == 1;
    match is_quoted {
        true => sheet.split_once('\'').is_some_and(|(_, rest)| rest.starts_with('!')),
        false => sheet.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.')).starts_with('!'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_other_files_are_known() {
        for (formula, expected) in [
            ("[1]Sheet1!A1", true),
            ("SUM('[2]Biểu 1 - thu'!$A$1:$A$9)/2", true),
            ("'C:\\Số liệu\\[Biểu.xlsx]T9'!A1", true),
            ("[1]!Tổng", true),
            ("IF(A1=\"[x]\",B2,[1]Sheet1!A1)", true),
            ("['file:///tmp/a.ods'#$T9.A1]", true),
            ("SUM(A1:A3)", false),
            ("'Biểu 1'!A1+Sheet2!B2", false),
            ("SUM(Bang1[Thu])*Sheet2!A1", false),
            ("Bang1[@[Thu năm]]", false),
            ("\"[1]Sheet1!A1\"", false),
            ("[1", false),
            ("", false),
        ] {
            assert_eq!(refers_to_another_file(formula), expected, "{formula}");
        }
    }
}
