//! Fuzzes reading of workbooks: the same bytes always give the same result.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_read::read_workbook;

fuzz_target!(|bytes: &[u8]| {
    assert!(read_workbook(bytes) == read_workbook(bytes));
});
