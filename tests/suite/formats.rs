//! All workbook formats give the same cells, independent of the file extension.

use crate::project::{Project, clean, repository};
use std::fs;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, RawValue};
use tonghop_core::model::raw_workbook::{RawSheet, RawWorkbook};
use tonghop_read::{ReadError, read_workbook};

fn sample(extension: &str) -> Vec<u8> {
    fs::read(repository().join("tests/formats/sample").with_extension(extension)).unwrap()
}

fn read(extension: &str) -> RawWorkbook {
    read_workbook(&sample(extension)).unwrap_or_else(|error| panic!("{extension}: {error}"))
}

/// Returns the cells of a sheet: place, value, and whether it is shown as a percentage.
fn content(sheet: &RawSheet) -> Vec<(String, RawValue, bool)> {
    let is_percent = |format: &Option<Arc<str>>| format.as_ref().is_some_and(|format| format.contains('%'));
    let cells = sheet.cells.iter();
    cells.map(|(place, cell)| (place.to_string(), cell.value.clone(), is_percent(&cell.number_format))).collect()
}

#[test]
fn every_format_gives_the_same_cells() {
    let expected = read("xlsx");
    assert!(expected.sheets[0].cells.len() > 20 && expected.sheets[1].is_hidden);
    for extension in ["xls", "xlsb", "ods"] {
        let book = read(extension);
        assert_eq!(book.sheets.len(), expected.sheets.len(), "{extension}");
        for (sheet, expected) in book.sheets.iter().zip(&expected.sheets) {
            assert_eq!((&sheet.name, sheet.is_hidden), (&expected.name, expected.is_hidden), "{extension}");
            assert_eq!(content(sheet), content(expected), "{extension}");
            let corners = |sheet: &RawSheet| {
                let mut merges: Vec<_> = sheet.merges.iter().map(|m| (m.first, m.last)).collect();
                merges.sort();
                merges
            };
            assert_eq!(corners(sheet), corners(expected), "{extension}");
        }
    }
}

#[test]
fn formulas_are_kept() {
    for extension in ["xlsx", "xls", "ods"] {
        let book = read(extension);
        let cell = book.sheets[0].cells.get(&CellRef::new(7, 2)).unwrap();
        let formula = cell.formula.as_deref().map(|formula| formula.replace('$', ""));
        assert_eq!(formula.as_deref(), Some("C3*2"), "{extension}");
    }
}

#[test]
fn no_cut_of_any_format_gives_half_a_workbook() {
    for extension in ["xls", "xlsb", "ods"] {
        let whole = sample(extension);
        for part in 1..8 {
            let cut = read_workbook(&whole[..whole.len() * part / 8]);
            assert!(cut.is_err(), "{extension} cut at {part}/8 is read");
        }
    }
}

#[test]
fn old_encrypted_files_are_detected() {
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let (plain, encrypted) = (utf16("Workbook\0\0\0\0\0\0\0\0"), utf16("EncryptedPackage"));
    let mut file = sample("xls");
    let at = file.windows(plain.len()).position(|window| window == plain).unwrap();
    file[at..at + encrypted.len()].copy_from_slice(&encrypted);
    assert_eq!(read_workbook(&file), Err(ReadError::Password));
    // If the file was truncated, only the stream name is left as evidence.
    assert_eq!(read_workbook(&file[..at + encrypted.len()]), Err(ReadError::Password));
}

#[test]
fn a_file_is_read_by_what_it_is() {
    let project = Project::new();
    for (name, extension) in [("a.xlsx", "xls"), ("b.xls", "xlsx"), ("c.XLSM", "ods"), ("d.ods", "xlsb")] {
        fs::write(project.path("workbooks/van-phong").join(name), sample(extension)).unwrap();
    }
    let outcome = project.run();
    assert_eq!(outcome.problems("workbook-unreadable"), Vec::<serde_json::Value>::new());
    assert_eq!(outcome.problems("file-kind"), Vec::<serde_json::Value>::new());
    assert_eq!(outcome.markdown(), clean().markdown());
}
