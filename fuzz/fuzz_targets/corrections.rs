//! Fuzzes the parsers of the office's tables: every line of `dieu-chinh.csv` that is returned names a person and a reason,
//! and every line of `giai-trinh.csv` has a line number.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_read::{parse_corrections, parse_explanations};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = parse_corrections(bytes) {
        assert!(read.lines.iter().all(|line| !line.who.is_empty() && !line.why.is_empty()));
    }
    if let Ok(read) = parse_explanations(bytes) {
        assert!(read.lines.iter().all(|line| line.line > 0));
    }
});
