//! Finds results of formulas that no program ever calculated: many libraries save 0 in place of every result.
//!
//! Input: a workbook, and what its file says about calculation. Output: the workbook, in which such a formula has no
//! result; of a file without checksums, the results that its own cells refute. Not here: formulas that were saved without
//! a result; stale results of other files that are not 0.
//!
//! A 0 is a placeholder in two cases only; every other 0 is taken for what it says:
//! - it is **refuted**: the formula is simple arithmetic, and its operands give another number. Excel itself never saves
//!   such a result, so this is looked for unless the file has Excel's calculation chain and asks for no recalculation;
//! - it is **unproven in a file that was never calculated**: the file asks for a calculation when it is opened
//!   (`fullCalcOnLoad`), has no calculation chain, all its formulas have the result 0, and the formula is not arithmetic
//!   that gives 0.

mod evaluate;

use crate::container::read_checked_part;
use crate::ooxml::raw_tags::{attribute, local_name, tags};
use evaluate::Evaluator;
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::id::SheetName;
use tonghop_core::model::raw_workbook::RawWorkbook;

const WORKBOOK: &str = "xl/workbook.xml";
const CALCULATION_CHAIN: &str = "xl/calcchain.xml";

/// Removes the placeholders from the results of the formulas of an `.xlsx`.
pub(crate) fn remove_placeholders(bytes: &[u8], book: &mut RawWorkbook) {
    // Fast path: most workbooks have no formula with the result 0.
    if zero_results(book).next().is_none() {
        return;
    }
    let workbook = read_checked_part(bytes, WORKBOOK).unwrap_or_default();
    let has_chain = read_checked_part(bytes, CALCULATION_CHAIN).is_some();
    remove(book, asks_for_calculation(&workbook), has_chain);
}

fn remove(book: &mut RawWorkbook, asks_for_calculation: bool, has_chain: bool) {
    if has_chain && !asks_for_calculation {
        return;
    }
    let is_never_calculated = asks_for_calculation && !has_chain && all_results_are_zero(book);
    let mut evaluator = Evaluator::new(book);
    let placeholders: Vec<(usize, CellRef)> = zero_results(book)
        .filter(|(sheet, cell_ref)| match evaluator.cell(*sheet, *cell_ref) {
            Some(outcome) => !outcome.is_zero(),
            None => is_never_calculated,
        })
        .collect();
    for (sheet, cell_ref) in placeholders {
        if let Some(cell) = book.sheets[sheet].cells.get_mut(&cell_ref) {
            cell.value = RawValue::FormulaWithoutCache;
        }
    }
}

/// Returns the formulas of simple arithmetic whose result is not what their cells give.
pub(crate) fn refuted_results(book: &RawWorkbook) -> Vec<(SheetName, CellRef)> {
    let mut evaluator = Evaluator::new(book);
    let mut refuted = Vec::new();
    for (at, sheet) in book.sheets.iter().enumerate() {
        for (cell_ref, cell) in &sheet.cells {
            if let (RawValue::Number(saved), Some(formula)) = (&cell.value, &cell.formula)
                && evaluator.formula(at, formula).is_some_and(|outcome| !outcome.confirms(*saved))
            {
                refuted.push((sheet.name.clone(), *cell_ref));
            }
        }
    }
    refuted
}

/// Returns the formulas that refer to cells and have the result 0, by sheet.
fn zero_results(book: &RawWorkbook) -> impl Iterator<Item = (usize, CellRef)> + '_ {
    book.sheets.iter().enumerate().flat_map(|(at, sheet)| {
        let zeros = sheet.cells.iter().filter(|(_, cell)| is_zero_result(cell));
        zeros.map(move |(cell_ref, _)| (at, *cell_ref))
    })
}

fn is_zero_result(cell: &RawCell) -> bool {
    let is_zero = matches!(cell.value, RawValue::Number(number) if number.is_zero());
    is_zero && cell.formula.as_deref().is_some_and(evaluate::has_reference)
}

fn all_results_are_zero(book: &RawWorkbook) -> bool {
    let mut formulas = book.sheets.iter().flat_map(|sheet| sheet.cells.values()).filter(|cell| cell.formula.is_some());
    formulas.all(|cell| match cell.value {
        RawValue::Number(number) => number.is_zero(),
        RawValue::FormulaWithoutCache => true,
        _ => false,
    })
}

/// Returns whether a workbook part asks for a calculation when it is opened.
fn asks_for_calculation(content: &[u8]) -> bool {
    let calculation = tags(content).find(|(_, tag)| local_name(tag) == b"calcPr");
    calculation.is_some_and(|(_, tag)| matches!(attribute(tag, b"fullCalcOnLoad"), Some(b"1" | b"true")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::model::cell::HiddenRanges;
    use tonghop_core::model::raw_workbook::RawSheet;

    /// Builds a sheet of one column: `=formula:result`, a number, or a text.
    fn book(cells: &[&str]) -> RawWorkbook {
        let cell = |(row, written): (u32, &&str)| {
            let (formula, result) = match written.strip_prefix('=') {
                Some(rest) => rest.rsplit_once(':').map_or((None, ""), |(formula, result)| (Some(formula), result)),
                None => (None, *written),
            };
            let value = match result.parse() {
                Ok(number) => RawValue::Number(number),
                Err(_) => RawValue::Text(result.into()),
            };
            (CellRef::new(row, 0), RawCell { value, formula: formula.map(Into::into), number_format: None })
        };
        let sheet = RawSheet {
            name: SheetName::new("S"),
            is_hidden: false,
            is_very_hidden: false,
            cells: (0..).zip(cells).map(cell).collect(),
            merges: Vec::new(),
            hidden_ranges: HiddenRanges::default(),
            comments: Vec::new(),
        };
        RawWorkbook { sheets: vec![sheet], ..RawWorkbook::default() }
    }

    /// Returns the rows, from 1, whose result was removed.
    fn removed(cells: &[&str], asks: bool, has_chain: bool) -> Vec<u32> {
        let mut book = book(cells);
        remove(&mut book, asks, has_chain);
        let cells = book.sheets[0].cells.iter();
        cells.filter(|(_, cell)| cell.value == RawValue::FormulaWithoutCache).map(|(at, _)| at.row + 1).collect()
    }

    #[test]
    fn only_placeholders_are_removed() {
        let sum = ["=A2+A3:0", "500", "200"];
        for (cells, asks, has_chain, expected) in [
            (&sum[..], true, false, &[1][..]),
            (&sum, false, false, &[1]),
            (&sum, true, true, &[1]),
            (&sum, false, true, &[]),
            (&["=A2+A3:700", "500", "200"], true, false, &[]),
            (&["=A2+A3:0", "0", "0"], true, false, &[]),
            (&["=A2-A3:0", "500", "500"], true, false, &[]),
            (&["=A2*A3:0", "500", "0"], true, false, &[]),
            (&["=SUM(A2:A4):0", "500", "ghi chú", "=A2:0"], true, false, &[1, 4]),
            (&["=A2:0", "=A3:0", "=A4+1:0", "5"], true, false, &[1, 2, 3]),
            (&["=IF(A2>3,A2,0):0", "5"], true, false, &[1]),
            (&["=IF(A2>3,A2,0):0", "1"], false, false, &[]),
            (&["=IF(A2>3,A2,0):0", "1", "=A2*2:2"], true, false, &[]),
            (&["=IF(A2>3,A2,0):0", "1", "=A2&\"\":x"], true, false, &[]),
            (&["=1-1:0", "5"], true, false, &[]),
            (&["=A2+A3:0", "chữ", "5", "=A3:5"], true, false, &[]),
            (&["=A1+A2:0", "5"], true, false, &[1]),
        ] {
            assert_eq!(removed(cells, asks, has_chain), expected, "{cells:?} {asks} {has_chain}");
        }
    }

    #[test]
    fn results_that_their_cells_refute_are_found() {
        for (cells, expected) in [
            (&["=SUM(A2:A3):700", "500", "200"][..], &[][..]),
            (&["=SUM(A2:A3):700", "500", "201"], &[1]),
            (&["=A2/A3:0.333333333333333", "1", "3"], &[]),
            (&["=A2/A3:0.3333", "1", "3"], &[1]),
            (&["=A2-A3:0.000000000000007", "1.1", "1.1"], &[]),
            (&["=A2*A3:7", "chữ", "3"], &[]),
            (&["=IF(A2>3,A2,0):9", "5"], &[]),
            (&["=A2+A3:8", "=A3+1:6", "3"], &[1, 2]),
            (&["=A1+1:5"], &[1]),
        ] {
            let rows: Vec<u32> = refuted_results(&book(cells)).iter().map(|(_, at)| at.row + 1).collect();
            assert_eq!(rows, expected, "{cells:?}");
        }
    }

    #[test]
    fn the_request_for_a_calculation_is_found() {
        for (content, expected) in [
            (r#"<workbook><calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>"#, true),
            (r#"<x:workbook><x:calcPr fullCalcOnLoad='true'/></x:workbook>"#, true),
            (r#"<workbook><calcPr calcId="191029"/></workbook>"#, false),
            (r#"<workbook><calcPr fullCalcOnLoad="0"/></workbook>"#, false),
            ("<workbook/>", false),
        ] {
            assert_eq!(asks_for_calculation(content.as_bytes()), expected, "{content}");
        }
    }
}
