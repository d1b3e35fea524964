//! Texts that may be `tonghop.toml`: settings or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_core::config::Config;

fuzz_target!(|text: &str| {
    if let Err(reason) = Config::parse(text) {
        assert!(!reason.to_string().is_empty());
    }
});
