//! Fuzzes the parser of `dieu-chinh.csv`: every line that it returns names a person and a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_read::parse_corrections;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(lines) = parse_corrections(bytes) {
        assert!(lines.iter().all(|line| !line.who.is_empty() && !line.why.is_empty()));
    }
});
