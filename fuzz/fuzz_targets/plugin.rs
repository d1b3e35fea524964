//! Fuzzes the loading of Lua rules: it must not crash or exceed the limits of the sandbox.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};
use tonghop_core::config::Config;
use tonghop_core::model::id::FilePath;
use tonghop_rules::{Script, load};

const SETTINGS: &str = r#"
departments = []
[organisation]
issuer = "A"
place = "B"
[period]
year = 2024
months = 9
[report]
kind = "C"
subject = "D"
[limits]
plugin_seconds = 0.2
[outline]
letters = []
headings = []
"#;

static CONFIG: LazyLock<Arc<Config>> = LazyLock::new(|| Arc::new(Config::parse(SETTINGS).expect("sound settings")));

fuzz_target!(|text: &str| {
    let script = Script { file: FilePath::new("plugins/a.lua"), text: text.to_owned() };
    let _ = load(&[script], &CONFIG);
});
