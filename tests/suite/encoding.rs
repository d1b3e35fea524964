//! The encoding of sheets: the workbooks of the repository are in Unicode and must not be detected as TCVN3.

use crate::project::{files_below, repository};
use std::fs;
use tonghop_core::model::cell::RawCell;
use tonghop_core::vi::old_encoding::SheetEncoding;

#[test]
fn no_sheet_of_the_repository_is_taken_for_tcvn3() {
    let mut seen = 0;
    for path in files_below(&repository().join("workbooks")) {
        let book = tonghop_read::read_workbook(&fs::read(&path).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e:?}", path.display()));
        for sheet in &book.sheets {
            let texts: Vec<&str> = sheet.cells.values().filter_map(RawCell::text).collect();
            assert_eq!(SheetEncoding::detect(&texts), None, "{} [{}]", path.display(), sheet.name);
            seen += texts.len();
        }
    }
    assert!(seen > 1_000, "only {seen} texts were looked at");
}
