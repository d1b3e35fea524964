//! Fuzzes the number parsers: the parsed value has the same digits as the text, apart from outer zeros.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tonghop_core::model::number_format::NumberFormat;
use tonghop_core::vi::number::{self, Convention};
use tonghop_core::vi::typed_number;

fuzz_target!(|text: &str| {
    let _ = number::parse_blank(text);
    let _ = typed_number::split(text);
    let _ = NumberFormat::parse(text);
    for convention in [Convention::Vietnamese, Convention::English] {
        if let Some(reading) = number::parse(text, convention) {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let (written, read) = (digits(text), digits(&reading.value.to_string()));
            let bare = |digits: &str| digits.trim_matches('0').to_owned();
            assert_eq!(bare(&written), bare(&read), "{text:?}");
        }
    }
});
