//! Parses numbers, cell references and areas in the XML of a sheet.
//!
//! Input: the text of an attribute or a value. Output: the parsed value, or `None` where calamine would silently
//! misread the text. Not here: elements.

use tonghop_core::model::cell::{CellRef, MergedRange};

/// Parses an unsigned number that consists of digits only.
pub(crate) fn parse_number(written: &str) -> Option<u32> {
    let digit = |number: u32, byte: u8| match byte {
        b'0'..=b'9' => number.checked_mul(10)?.checked_add(u32::from(byte - b'0')),
        _ => None,
    };
    if written.is_empty() { None } else { written.bytes().try_fold(0, digit) }
}

/// Parses a reference to a cell inside the grid: `B9`.
pub(crate) fn parse_cell_ref(written: &str) -> Option<CellRef> {
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic).take(4).count();
    let (letters, digits) = written.split_at(letters);
    let col = letters.bytes().fold(0, |col, letter| col * 26 + u32::from(letter.to_ascii_uppercase() - b'A' + 1));
    let cell_ref = CellRef::new(parse_number(digits)?.checked_sub(1)?, col.checked_sub(1)?);
    cell_ref.is_in_grid().then_some(cell_ref)
}

/// Parses an area inside the grid, top left corner first: `A1:B9`, or a single cell `A1`.
pub(crate) fn parse_area(written: &str) -> Option<MergedRange> {
    let (first, last) = written.split_once(':').unwrap_or((written, written));
    let (first, last) = (parse_cell_ref(first)?, parse_cell_ref(last)?);
    (first.row <= last.row && first.col <= last.col).then_some(MergedRange { first, last })
}

/// Returns whether a text is an XML Schema double; `NaN` and `INF` pass and later become an error value of the cell.
pub(crate) fn is_xml_number(written: &str) -> bool {
    let unsigned = strip_sign(written.as_bytes());
    let (whole, rest) = count_digits(unsigned);
    let (fraction, rest) = rest.strip_prefix(b".").map_or((0, rest), count_digits);
    let is_exponent = |rest: &[u8]| matches!(count_digits(strip_sign(rest)), (1.., []));
    match rest {
        [] => whole + fraction > 0,
        [b'e' | b'E', exponent @ ..] => whole + fraction > 0 && is_exponent(exponent),
        _ => [&b"NaN"[..], b"INF"].contains(&unsigned),
    }
}

fn strip_sign(written: &[u8]) -> &[u8] {
    written.strip_prefix(b"-").or(written.strip_prefix(b"+")).unwrap_or(written)
}

/// Counts the leading digits; returns the count and the rest.
fn count_digits(written: &[u8]) -> (usize, &[u8]) {
    let count = written.iter().take_while(|b| b.is_ascii_digit()).count();
    (count, &written[count..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits() {
        for (written, expected) in [
            ("0", Some(0)),
            ("007", Some(7)),
            ("4294967295", Some(u32::MAX)),
            ("4294967296", None),
            ("", None),
            ("+1", None),
        ] {
            assert_eq!(parse_number(written), expected, "{written}");
        }
    }

    #[test]
    fn cell_refs_and_areas_are_in_the_grid() {
        let at = |row, col| Some(CellRef::new(row, col));
        for (written, expected) in [
            ("A1", at(0, 0)),
            ("b09", at(8, 1)),
            ("XFD1048576", at(1_048_575, 16_383)),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("A", None),
            ("1", None),
            ("AAAAA1", None),
            ("Ă1", None),
            ("A1 ", None),
            ("$A$1", None),
        ] {
            assert_eq!(parse_cell_ref(written), expected, "{written}");
        }
        let merge = |first, last| MergedRange { first, last };
        assert_eq!(parse_area("A1:B2"), Some(merge(CellRef::new(0, 0), CellRef::new(1, 1))));
        assert_eq!(parse_area("B2"), Some(merge(CellRef::new(1, 1), CellRef::new(1, 1))));
        for written in ["B1:A1", "A2:A1", "A1:B2:C3", "A1:", ""] {
            assert_eq!(parse_area(written), None, "{written}");
        }
    }

    #[test]
    fn xml_numbers_are_recognised() {
        for written in ["0", "-1.50", "+.5", "5.", "1e5", "1.5E-3", "2E+10", "NaN", "-INF"] {
            assert!(is_xml_number(written), "{written}");
        }
        for written in ["", ".", "-", "1,5", " 5", "5 ", "0x10", "1e", "1e+", "e5", "1.2.3", "--1", "1e5.0", "inf", "١"]
        {
            assert!(!is_xml_number(written), "{written}");
        }
    }
}
