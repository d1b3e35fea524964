//! Fuzzes the parser of units: no text makes it or its formatting panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_core::vi::unit;

fuzz_target!(|text: &str| {
    let parsed = unit::parse(text);
    let _ = (unit::short_label(&parsed), unit::is_count(&parsed));
});
