//! Fuzzes the parser of `tonghop.toml`: it returns settings or an error with a message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_core::config::Config;

fuzz_target!(|text: &str| {
    if let Err(reason) = Config::parse(text) {
        assert!(!reason.to_string().is_empty());
    }
});
