//! Reads a workbook with another library: the values of its cells, and the parts of its file.
//!
//! Input: the bytes of an `.xlsx`. Output: cells by sheet and address, or parts by name. Not here: the program's own
//! reader.

use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The non-empty cells by sheet, and by row and column counted from 0.
pub type Cells = BTreeMap<String, BTreeMap<(u32, u32), Data>>;

/// Reads every sheet.
pub fn cells(bytes: &[u8]) -> Cells {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.sheet_names().into_iter().map(|name| (name.clone(), sheet(&mut book, &name))).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> BTreeMap<(u32, u32), Data> {
    let range = book.worksheet_range(name).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    let used = range.used_cells().filter(|(_, _, data)| **data != Data::Empty);
    used.map(|(row, column, data)| ((top + row as u32, left + column as u32), data.clone())).collect()
}

/// Parses an address such as `B9`; rows and columns are counted from 0.
pub fn address(text: &str) -> (u32, u32) {
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap();
    let (letters, row) = text.split_at(digits);
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (row.parse::<u32>().unwrap() - 1, column - 1)
}

/// Unzips the parts of the file.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.insert(part.name().unwrap().into_owned(), content);
    }
    parts
}
