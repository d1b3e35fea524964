//! Bytes that call themselves a workbook: read or refused, the same every time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_read::workbook;

fuzz_target!(|bytes: &[u8]| {
    assert!(workbook(bytes) == workbook(bytes));
});
