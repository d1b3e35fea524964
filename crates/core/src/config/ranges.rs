//! The ranges of the numbers of `tonghop.toml`.
//!
//! Input: the text of the settings. Output: an error that names the first number out of its range, with its line. Not
//! here: the types of keys, which the TOML library checks.

use super::ConfigError;
use crate::library_text::line_and_column;
use crate::model::measure::MAX_DECIMALS;
use toml::de::{DeTable, DeValue};

/// A number of the settings.
struct NumberSetting {
    /// The name of its table, and its own.
    key: (&'static str, &'static str),
    /// The smallest and the largest number.
    range: (f64, f64),
}

const fn number(table: &'static str, name: &'static str, range: (f64, f64)) -> NumberSetting {
    NumberSetting { key: (table, name), range }
}

/// A time limit, in seconds.
const SECONDS: (f64, f64) = (0.001, 3600.0);
/// A memory limit, in MiB.
const MEBIBYTES: (f64, f64) = (1.0, 1_048_576.0);
/// A threshold of scales separates neighbours, because a thousand is about 30 × 30.
const TOLERANCE: (f64, f64) = (1.0, 30.0);

/// Every number of the settings.
const NUMBERS: [NumberSetting; 11] = [
    number("period", "year", (1900.0, 2999.0)),
    number("period", "months", (1.0, 12.0)),
    number("report", "percent_decimals", (0.0, MAX_DECIMALS as f64)),
    number("limits", "plugin_seconds", SECONDS),
    number("limits", "rules_seconds", SECONDS),
    number("limits", "read_seconds", SECONDS),
    number("limits", "plugin_memory_mib", MEBIBYTES),
    number("limits", "read_memory_mib", MEBIBYTES),
    number("scale", "tolerance", TOLERANCE),
    number("scale", "tolerance_alone", TOLERANCE),
    number("scale", "tolerance_sum", TOLERANCE),
];

/// Checks every number of the settings; a text that is not TOML passes.
pub(super) fn check_ranges(text: &str) -> Result<(), ConfigError> {
    let Ok(settings) = DeTable::parse(text) else { return Ok(()) };
    for NumberSetting { key: (table, name), range: (lowest, highest) } in NUMBERS {
        let Some(DeValue::Table(table_value)) = find(settings.get_ref(), table).map(|(value, _)| value) else {
            continue;
        };
        let Some((value, start)) = find(table_value, name) else { continue };
        let written = match value {
            DeValue::Integer(integer) => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            _ => continue,
        };
        // What is no decimal number is of no range, but may be of the type: 0x10.
        let is_decimal = !matches!(value, DeValue::Integer(integer) if integer.radix() != 10);
        let is_in_range = written.parse().is_ok_and(|number: f64| (lowest..=highest).contains(&number));
        if is_decimal && !is_in_range {
            let (line, column) = line_and_column(text, start);
            let (key, written) = (format!("{table}.{name}"), written.to_owned());
            return Err(ConfigError::OutOfRange { key, written, line, column, lowest, highest });
        }
    }
    Ok(())
}

/// Returns the value of a key, and where its name begins in the text.
fn find<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<(&'t DeValue<'i>, usize)> {
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
    Some((value.get_ref(), key.span().start))
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::super::tests::small;
    use super::*;

    fn with(table: &str, line: &str) -> Result<Config, ConfigError> {
        let text = format!("{}headings = []\n", small());
        let header = format!("[{table}]\n");
        let key = line.split(' ').next().unwrap();
        let without: String =
            text.split_inclusive('\n').filter(|l| !l.trim_start().starts_with(&format!("{key} ="))).collect();
        let is_there = without.contains(&header);
        Config::parse(&if is_there {
            without.replacen(&header, &format!("{header}{line}\n"), 1)
        } else {
            format!("{without}{header}{line}\n")
        })
    }

    #[test]
    fn the_ends_of_every_range_are_accepted_and_nothing_beyond() {
        for NumberSetting { key: (table, name), range: (lowest, highest) } in NUMBERS {
            for usable in [lowest, highest] {
                let tried = with(table, &format!("{name} = {usable}"));
                assert!(tried.is_ok(), "{table}.{name} = {usable}: {tried:?}");
            }
            let beyond = [format!("{}", lowest - 1.0), format!("{}", highest + 1.0)];
            for wrong in
                beyond.iter().map(String::as_str).chain(["-9223372036854775808", "70000000", "nan", "inf", "1e300"])
            {
                let error = with(table, &format!("{name} = {wrong}")).unwrap_err();
                let text = error.to_string();
                assert!(matches!(error, ConfigError::OutOfRange { .. }), "{table}.{name} = {wrong}: {text}");
                assert!(text.contains(&format!("{table}.{name} = {wrong}")), "{text}");
            }
        }
    }

    #[test]
    fn the_line_is_named() {
        let text = format!("{}headings = []\n\n[scale]\n# a word\ntolerance = 31\n", small());
        let line = text.lines().count();
        let Err(ConfigError::OutOfRange { line: named, .. }) = Config::parse(&text) else { panic!("accepted") };
        assert_eq!(named, line);
    }
}
