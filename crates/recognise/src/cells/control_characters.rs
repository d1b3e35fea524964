//! Removes control characters from the texts of a workbook, before anything is read or printed.
//!
//! Input: a workbook. Output: the same without control characters, and a diagnostic per sheet at the first cell that had
//! one. Not here: which characters these are (`model::control_characters`), file names (`find` shows them escaped).

use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::diag::render::escape_invisible;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::control_characters::{
    character_codes, find_control_character, is_control_character, reorders_digits, without_control_characters,
};
use tonghop_core::model::id::SheetName;
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::msg;

/// The error of a number that is displayed as another one.
const REORDERED: &str = "số có ký tự đổi thứ tự các chữ số";

/// The cells of a sheet that had control characters, and these characters.
#[derive(Default)]
struct Removed {
    cells: BTreeSet<CellRef>,
    characters: BTreeSet<char>,
}

/// Removes the control characters from the cells and comments of a workbook, and shows those in names of sheets.
pub fn remove_control_characters(book: &mut ReceivedWorkbook) -> Diagnostics {
    let ReceivedWorkbook { file, workbook, .. } = book;
    let mut diagnostics = Diagnostics::new();
    for sheet in &mut workbook.sheets {
        if find_control_character(sheet.name.as_str()).is_some() {
            // Two names must not become one.
            sheet.name = SheetName::new(escape_invisible(sheet.name.as_str()));
        }
        let removed = remove_from_sheet(sheet);
        if let Some(first) = removed.cells.first() {
            diagnostics.push(removed.diagnostic(Place::Cell(file.clone(), sheet.name.clone(), *first)));
        }
    }
    diagnostics
}

fn remove_from_sheet(sheet: &mut RawSheet) -> Removed {
    let mut removed = Removed::default();
    let dirty: Vec<CellRef> = sheet.cells.iter().filter(|(_, cell)| is_dirty(cell)).map(|(place, _)| *place).collect();
    for place in dirty {
        let Some(cell) = sheet.cells.get_mut(&place) else { continue };
        if let RawValue::Text(text) | RawValue::Error(text) = &mut cell.value {
            let is_reordered = is_reordered_number(text);
            removed.clean(place, text);
            if is_reordered {
                cell.value = RawValue::Error(REORDERED.into());
            }
        }
        cell.formula.iter_mut().chain(&mut cell.number_format).for_each(|text| removed.clean(place, text));
    }
    for (place, text) in &mut sheet.comments {
        removed.clean(*place, text);
    }
    removed
}

/// Returns whether a text is a number whose digits are displayed in another order than they are stored.
fn is_reordered_number(text: &str) -> bool {
    let has_digits = text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    has_digits && text.contains(reorders_digits)
}

fn is_dirty(cell: &RawCell) -> bool {
    let value = match &cell.value {
        RawValue::Text(text) | RawValue::Error(text) => Some(text),
        _ => None,
    };
    value.into_iter().chain(&cell.formula).chain(&cell.number_format).any(|text| find_control_character(text).is_some())
}

impl Removed {
    fn clean(&mut self, place: CellRef, text: &mut Arc<str>) {
        let Some(printed) = without_control_characters(text) else { return };
        self.cells.insert(place);
        self.characters.extend(text.chars().filter(|c| is_control_character(*c)));
        *text = printed.into();
    }

    fn diagnostic(&self, place: Place) -> Diagnostic {
        let message = msg!(
            "đã bỏ khỏi {count} ô các ký tự không in ra mà đổi được chữ quanh chúng: {codes}",
            "characters that are not printed but can change the text around them were removed from {counted}: {codes}",
            count = self.cells.len(),
            counted = pluralise(self.cells.len(), "cell"),
            codes = character_codes(&self.characters)
        );
        Diagnostic::new(Code::CharactersRemoved, place, message).with_hint(Message::new(
            "đọc lại nội dung ô trong báo cáo; nếu không đúng thì gõ lại ô",
            "check the text in the report; if it is not right, type the cell again",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{book, sheet};

    #[test]
    fn texts_comments_and_names_are_cleaned_and_named_once_per_sheet() {
        let mut dirty = sheet("S", "A | B\n1 | 2");
        let (first, second) = (CellRef::new(0, 0), CellRef::new(0, 1));
        dirty.cells.get_mut(&first).unwrap().value = RawValue::Text("\u{202e}Tổng\0".into());
        dirty.cells.get_mut(&second).unwrap().formula = Some("\"\u{1b}\"".into());
        dirty.comments.push((CellRef::new(1, 0), "a\u{2066}b".into()));
        let named = RawSheet { name: SheetName::new("T\u{202e}x"), ..sheet("T", "A") };
        let mut book = book("a", "workbooks/a/b.xlsx", vec![sheet("clean", "A | x"), dirty, named]);
        let found = remove_control_characters(&mut book);
        let places: Vec<String> = found.iter().map(|problem| problem.places[0].to_string()).collect();
        assert_eq!(places, ["workbooks/a/b.xlsx [S] A1"]);
        let words = found[0].message.in_language(tonghop_core::diag::Language::English);
        assert!(words.contains("3 cells") && words.ends_with("U+0000, U+001B, U+202E, …"), "{words}");
        let sheets = &book.workbook.sheets;
        assert_eq!(sheets[1].cells.get(&first).unwrap().text(), Some("Tổng"));
        assert_eq!(sheets[1].cells.get(&second).unwrap().formula.as_deref(), Some("\"\""));
        assert_eq!((&*sheets[1].comments[0].1, sheets[2].name.as_str()), ("ab", r"T\u{202e}x"));
        assert_eq!(remove_control_characters(&mut book), []);
    }

    #[test]
    fn a_number_that_is_displayed_as_another_one_is_an_error() {
        for (written, is_error) in
            [("\u{202e}52,89", true), ("5\u{2067}2,8", true), ("\u{200e}52,89", false), ("\u{202e}52 con", false)]
        {
            let mut dirty = sheet("S", "A | B");
            let cell = CellRef::new(0, 0);
            dirty.cells.get_mut(&cell).unwrap().value = RawValue::Text(written.into());
            let mut book = book("a", "workbooks/a/b.xlsx", vec![dirty]);
            assert_eq!(remove_control_characters(&mut book).len(), 1);
            let value = &book.workbook.sheets[0].cells.get(&cell).unwrap().value;
            assert_eq!(matches!(value, RawValue::Error(_)), is_error, "{written:?}");
        }
    }
}
