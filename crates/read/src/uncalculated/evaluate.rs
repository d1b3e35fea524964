//! Evaluates formulas of simple arithmetic: `+ - * /`, brackets, `SUM` and references to cells.
//!
//! Input: the cells of a workbook. Output: the exact result of a formula, or `None` for anything else. Not here: other
//! functions, names, whole columns, other workbooks.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tonghop_core::model::cell::{CellRef, RawValue};
use tonghop_core::model::raw_workbook::RawWorkbook;

/// The longest formula that is evaluated, in bytes.
const MAX_FORMULA_BYTES: usize = 2_048;
/// The greatest depth of brackets and of formulas that refer to formulas.
const MAX_DEPTH: u32 = 40;
/// The most cells that all formulas of a workbook together look at.
const MAX_CELLS: usize = 2_000_000;
/// A result smaller than its operands by this factor is a rounding error, which Excel displays as 0.
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 10);
/// A saved result differs from the exact one by so little, as numbers have 15 digits.
const PRECISION: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

/// The result of a formula.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    value: Decimal,
    /// The greatest magnitude among the operands.
    magnitude: Decimal,
}

impl Outcome {
    fn of(value: Decimal) -> Self {
        Self { value, magnitude: value.abs() }
    }

    fn combine(self, value: Option<Decimal>, other: Self) -> Option<Self> {
        Some(Self { value: value?, magnitude: self.magnitude.max(other.magnitude) })
    }

    /// Returns whether a saved result is this one, apart from rounding errors.
    pub(super) fn confirms(self, saved: Decimal) -> bool {
        let Some(difference) = self.value.checked_sub(saved) else { return false };
        Self { value: difference, magnitude: self.magnitude.max(saved.abs()) }.is_within(PRECISION)
    }

    /// Returns whether the result is 0, apart from rounding errors.
    pub(super) fn is_zero(self) -> bool {
        self.is_within(ROUNDING)
    }

    fn is_within(self, part: Decimal) -> bool {
        self.value.is_zero() || self.magnitude.checked_mul(part).is_some_and(|least| self.value.abs() <= least)
    }
}

/// Evaluates the formulas of one workbook.
pub(super) struct Evaluator<'b> {
    book: &'b RawWorkbook,
    /// The results so far; a formula that is being evaluated has none, so that a circle ends.
    known: FxHashMap<(usize, CellRef), Option<Outcome>>,
    remaining_cells: usize,
    depth: u32,
}

impl<'b> Evaluator<'b> {
    pub(super) fn new(book: &'b RawWorkbook) -> Self {
        Self { book, known: FxHashMap::default(), remaining_cells: MAX_CELLS, depth: 0 }
    }

    /// Returns the number of a cell: its own, or the result of its formula if the saved one is 0.
    pub(super) fn cell(&mut self, sheet: usize, cell_ref: CellRef) -> Option<Outcome> {
        self.remaining_cells = self.remaining_cells.checked_sub(1)?;
        let book = self.book;
        let Some(cell) = book.sheets.get(sheet)?.cells.get(&cell_ref) else { return Some(Outcome::of(Decimal::ZERO)) };
        match (&cell.value, &cell.formula) {
            (RawValue::Number(number), None) => Some(Outcome::of(*number)),
            (RawValue::Number(number), Some(_)) if !number.is_zero() => Some(Outcome::of(*number)),
            (RawValue::Number(_) | RawValue::FormulaWithoutCache, Some(formula)) => {
                if let Some(known) = self.known.get(&(sheet, cell_ref)) {
                    return *known;
                }
                self.known.insert((sheet, cell_ref), None);
                let outcome = self.formula(sheet, formula);
                self.known.insert((sheet, cell_ref), outcome);
                outcome
            }
            _ => None,
        }
    }

    /// Returns the result of a formula of a sheet.
    pub(super) fn formula(&mut self, sheet: usize, formula: &str) -> Option<Outcome> {
        if formula.len() > MAX_FORMULA_BYTES || self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let mut parser = Parser { evaluator: self, sheet, rest: formula.trim_start() };
        let outcome = parser.sum().filter(|_| parser.rest.is_empty());
        self.depth -= 1;
        outcome
    }

    /// Returns the sum of the numbers in an area; texts do not count.
    fn area(&mut self, sheet: usize, first: CellRef, last: CellRef) -> Option<Outcome> {
        let cells = &self.book.sheets.get(sheet)?.cells;
        let rows = cells.range(first..=CellRef::new(last.row, u32::MAX));
        let mut sum = Outcome::of(Decimal::ZERO);
        for (cell_ref, cell) in rows {
            self.remaining_cells = self.remaining_cells.checked_sub(1)?;
            if !(first.col..=last.col).contains(&cell_ref.col) || matches!(cell.value, RawValue::Text(_)) {
                continue;
            }
            let term = self.cell(sheet, *cell_ref)?;
            sum = sum.combine(sum.value.checked_add(term.value), term)?;
        }
        Some(sum)
    }
}

/// Parses and evaluates one formula.
struct Parser<'p, 'b, 'f> {
    evaluator: &'p mut Evaluator<'b>,
    sheet: usize,
    rest: &'f str,
}

impl<'f> Parser<'_, '_, 'f> {
    fn eat(&mut self, sign: char) -> bool {
        let Some(rest) = self.rest.strip_prefix(sign) else { return false };
        self.rest = rest.trim_start();
        true
    }

    fn sum(&mut self) -> Option<Outcome> {
        let mut left = self.product()?;
        loop {
            let is_plus = self.eat('+');
            if !is_plus && !self.eat('-') {
                return Some(left);
            }
            let right = self.product()?;
            let value = if is_plus { left.value.checked_add(right.value) } else { left.value.checked_sub(right.value) };
            left = left.combine(value, right)?;
        }
    }

    fn product(&mut self) -> Option<Outcome> {
        let mut left = self.factor()?;
        loop {
            let is_times = self.eat('*');
            if !is_times && !self.eat('/') {
                return Some(left);
            }
            let right = self.factor()?;
            let value =
                if is_times { left.value.checked_mul(right.value) } else { left.value.checked_div(right.value) };
            // A product is exact: only sums have rounding errors.
            left = Outcome::of(value?);
        }
    }

    fn factor(&mut self) -> Option<Outcome> {
        if self.evaluator.depth >= MAX_DEPTH {
            return None;
        }
        self.evaluator.depth += 1;
        let outcome = self.signed_factor();
        self.evaluator.depth -= 1;
        outcome
    }

    fn signed_factor(&mut self) -> Option<Outcome> {
        if self.eat('-') {
            let Outcome { value, magnitude } = self.factor()?;
            return Some(Outcome { value: -value, magnitude });
        }
        if self.eat('+') {
            return self.factor();
        }
        if self.eat('(') {
            let inner = self.sum()?;
            return self.eat(')').then_some(inner);
        }
        let is_sum = self.rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("SUM("));
        if is_sum {
            self.rest = self.rest[4..].trim_start();
            return self.arguments();
        }
        match self.number() {
            Some(number) => Some(Outcome::of(number)),
            None => self.reference(false),
        }
    }

    /// Reads the arguments of `SUM` up to its bracket.
    fn arguments(&mut self) -> Option<Outcome> {
        let mut sum = Outcome::of(Decimal::ZERO);
        loop {
            let before = self.rest;
            let term = match self.reference(true).filter(|_| self.rest.starts_with([',', ')'])) {
                Some(area) => area,
                None => {
                    self.rest = before;
                    self.sum()?
                }
            };
            sum = sum.combine(sum.value.checked_add(term.value), term)?;
            if !self.eat(',') {
                return self.eat(')').then_some(sum);
            }
        }
    }

    fn number(&mut self) -> Option<Decimal> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let number = number.parse().ok()?;
        self.rest = rest.trim_start();
        Some(number)
    }

    /// Reads a reference to a cell, or to an area inside `SUM`.
    fn reference(&mut self, is_in_sum: bool) -> Option<Outcome> {
        let sheet = self.sheet_name()?;
        let first = self.cell_ref()?;
        if !self.rest.starts_with(':') {
            self.rest = self.rest.trim_start();
            let is_plain = !self.rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '!' | '_' | '#'));
            // In a sum, a text is skipped.
            return match is_in_sum {
                true => self.evaluator.area(sheet, first, first).filter(|_| is_plain),
                false => self.evaluator.cell(sheet, first).filter(|_| is_plain),
            };
        }
        self.rest = &self.rest[1..];
        let last = self.cell_ref()?;
        self.rest = self.rest.trim_start();
        let corner = |pick: fn(u32, u32) -> u32| CellRef::new(pick(first.row, last.row), pick(first.col, last.col));
        if is_in_sum { self.evaluator.area(sheet, corner(u32::min), corner(u32::max)) } else { None }
    }

    /// Reads the name of a sheet before a reference; without one it is the sheet of the formula.
    fn sheet_name(&mut self) -> Option<usize> {
        let (name, rest) = match self.rest.strip_prefix('\'') {
            Some(quoted) => {
                let (name, rest) = quoted.split_once("'!")?;
                (name.replace("''", "'"), rest)
            }
            None => match self.rest.split_once('!') {
                Some((name, rest)) if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.')) => {
                    (name.to_owned(), rest)
                }
                _ => return Some(self.sheet),
            },
        };
        self.rest = rest;
        self.evaluator.book.sheets.iter().position(|sheet| sheet.name.as_str() == name)
    }

    fn cell_ref(&mut self) -> Option<CellRef> {
        let (cell_ref, length) = leading_cell_ref(self.rest)?;
        self.rest = &self.rest[length..];
        Some(cell_ref)
    }
}

/// Reads a reference to a cell at the start of a text, with or without `$`; returns it with its length in bytes.
fn leading_cell_ref(text: &str) -> Option<(CellRef, usize)> {
    let bytes = text.as_bytes();
    let count =
        |at: usize, of: fn(&u8) -> bool| bytes.get(at..).unwrap_or_default().iter().take_while(|b| of(b)).count();
    let letters_at = usize::from(bytes.first() == Some(&b'$'));
    let letters = count(letters_at, u8::is_ascii_alphabetic);
    let digits_at = letters_at + letters + usize::from(bytes.get(letters_at + letters) == Some(&b'$'));
    let digits = count(digits_at, u8::is_ascii_digit);
    let written = format!(
        "{}{}",
        text[letters_at..letters_at + letters].to_ascii_uppercase(),
        &text[digits_at..digits_at + digits]
    );
    let cell_ref: CellRef = written.parse().ok()?;
    cell_ref.is_in_grid().then_some((cell_ref, digits_at + digits))
}

/// Returns whether a formula refers to a cell.
pub(super) fn has_reference(formula: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let mut before = ' ';
    for (at, c) in formula.char_indices() {
        let starts = (c == '$' || c.is_ascii_alphabetic()) && !is_name(before) && before != '$';
        let after = |length: usize| formula[at + length..].chars().next();
        let is_whole = |length| after(length).is_none_or(|next| !is_name(next) && next != '(');
        if starts && leading_cell_ref(&formula[at..]).is_some_and(|(_, length)| is_whole(length)) {
            return true;
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tonghop_core::model::cell::{HiddenRanges, RawCell};
    use tonghop_core::model::id::SheetName;
    use tonghop_core::model::raw_workbook::RawSheet;

    /// Two sheets, `S` and `Biểu 2`, whose cells A1 to A3 are 1, 2, a text and B1 is 10.
    fn book() -> RawWorkbook {
        let cell = |value| RawCell { value, formula: None, number_format: None };
        let number = |n: i64| cell(RawValue::Number(n.into()));
        let sheet = |name: &str| RawSheet {
            name: SheetName::new(name),
            is_hidden: false,
            is_very_hidden: false,
            cells: [
                (CellRef::new(0, 0), number(1)),
                (CellRef::new(0, 1), number(10)),
                (CellRef::new(1, 0), number(2)),
                (CellRef::new(2, 0), cell(RawValue::Text("x".into()))),
            ]
            .into_iter()
            .collect(),
            merges: Vec::new(),
            hidden_ranges: HiddenRanges::default(),
            comments: Vec::new(),
        };
        RawWorkbook { sheets: vec![sheet("S"), sheet("Biểu 2")], ..RawWorkbook::default() }
    }

    fn evaluate(formula: &str) -> Option<String> {
        let book = book();
        let outcome = Evaluator::new(&book).formula(0, formula)?;
        Some(outcome.value.normalize().to_string())
    }

    #[test]
    fn simple_arithmetic_is_evaluated() {
        for (formula, expected) in [
            ("A1+A2", Some("3")),
            ("$A$1 + a2 - 0.5", Some("2.5")),
            ("A1/A2*100", Some("50")),
            ("-(A1-A2)*2", Some("2")),
            ("SUM(A1:A3)", Some("3")),
            ("SUM(A1:B2)+1", Some("14")),
            ("SUM(A3:A1,B1,5)", Some("18")),
            ("SUM(A1+A2,B1)", Some("13")),
            ("'Biểu 2'!B1+S!A1", Some("11")),
            ("SUM('Biểu 2'!A1:B1)", Some("11")),
            ("C9", Some("0")),
            ("A3+1", None),
            ("A1:A2", None),
            ("A1/C9", None),
            ("SUM(A:A)", None),
            ("IF(A1>0,1,0)", None),
            ("A1&\"x\"", None),
            ("A1^2", None),
            ("10%", None),
            ("'Không có'!A1", None),
            ("[1]S!A1", None),
            ("LOG10(A1)", None),
            ("SUMIF(A1:A2,1)", None),
            ("A1 A2", None),
            ("", None),
            ("A1+", None),
            ("(A1", None),
        ] {
            assert_eq!(evaluate(formula).as_deref(), expected, "{formula}");
        }
        assert_eq!(evaluate(&format!("{}A1", "(".repeat(500))), None);
        assert_eq!(evaluate(&format!("{}A1", "-".repeat(500))), None);
    }

    #[test]
    fn references_are_told_from_functions_and_texts() {
        for (formula, expected) in [
            ("A1", true),
            ("SUM($B$2:C3)", true),
            ("'Biểu 2'!E3", true),
            ("1-1", false),
            ("NOW()", false),
            ("LOG10(5)", false),
            ("PI()*2", false),
            ("THU_2024", false),
        ] {
            assert_eq!(has_reference(formula), expected, "{formula}");
        }
    }

    #[test]
    fn rounding_errors_are_zero() {
        let third: Decimal = "0.333333333333333".parse().unwrap();
        let left = Outcome::of(third);
        let rest = left.combine(Some("0.000000000000001".parse().unwrap()), left).unwrap();
        assert!(rest.is_zero() && !Outcome::of("0.000001".parse().unwrap()).is_zero());
    }

    proptest! {
        #[test]
        fn any_formula_is_taken(formula in ".*|[A-C1-3$:+*/(),'!.SUM -]{0,40}") {
            evaluate(&formula);
            has_reference(&formula);
        }
    }
}
