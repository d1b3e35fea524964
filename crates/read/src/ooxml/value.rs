//! Converts cell values from calamine's types to the model's.
//!
//! Input: a value read by calamine. Output: a [`RawValue`]. Not here: positions, sheets.

use crate::text_pool::{TextPool, is_too_long};
use calamine::{Data, DataRef};
use tonghop_core::model::cell::RawValue;
use tonghop_core::model::quantity::decimal_from_excel;

/// The days between Excel's two epochs, 1900 and 1904.
const DAYS_TO_1904: f64 = 1_462.0;
/// The days from 0000-03-01, where the calculation starts, to 1899-12-30, day 0 of Excel.
const DAYS_TO_EXCEL: i64 = 693_899;

/// Returns the number of days to add to the dates of a workbook, depending on its epoch.
pub(crate) fn epoch_days(is_1904: bool) -> f64 {
    if is_1904 { DAYS_TO_1904 } else { 0.0 }
}

/// Converts a value and interns its text in `texts`; `None` is an empty cell.
pub(crate) fn raw_value(
    data: &DataRef<'_>,
    has_formula: bool,
    epoch_days: f64,
    texts: &mut TextPool,
) -> Option<RawValue> {
    Some(match data {
        DataRef::Empty if has_formula => RawValue::FormulaWithoutCache,
        DataRef::Empty => return None,
        DataRef::Int(whole) => RawValue::Number((*whole).into()),
        DataRef::Float(float) => raw_number(*float, RawValue::Number),
        DataRef::DateTime(length) if length.is_duration() => raw_number(length.as_f64(), RawValue::Date),
        DataRef::DateTime(date) => raw_number(date.as_f64() + epoch_days, RawValue::Date),
        DataRef::DateTimeIso(written) => {
            return date_to_serial(written).map_or_else(|| raw_text(written, texts), raw_date);
        }
        DataRef::DurationIso(written) => {
            return duration_to_serial(written).map_or_else(|| raw_text(written, texts), raw_date);
        }
        DataRef::String(written) => return raw_text(written, texts),
        DataRef::SharedString(written) => return raw_text(written, texts),
        DataRef::Bool(truth) => RawValue::Bool(*truth),
        DataRef::Error(error) => RawValue::Error(texts.intern(&error.to_string())),
    })
}

/// Borrows a value of a dense range.
pub(crate) fn as_data_ref(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(whole) => DataRef::Int(*whole),
        Data::Float(float) => DataRef::Float(*float),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(date) => DataRef::DateTimeIso(date.clone()),
        Data::DurationIso(length) => DataRef::DurationIso(length.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Smaller numbers are what the arithmetic of doubles leaves of zero: 0.1 + 0.2 - 0.3 is 5.55E-17.
const SMALLEST_NUMBER: f64 = 1e-9;

pub(crate) fn raw_number(float: f64, make: fn(rust_decimal::Decimal) -> RawValue) -> RawValue {
    let float = if float.abs() < SMALLEST_NUMBER { 0.0 } else { float };
    let reason = if float.is_nan() { "không phải là số (NaN)" } else { "số quá lớn" };
    decimal_from_excel(float).map_or_else(|| RawValue::Error(reason.into()), make)
}

fn raw_date(serial: f64) -> Option<RawValue> {
    Some(raw_number(serial, RawValue::Date))
}

pub(crate) fn raw_text(text: &str, texts: &mut TextPool) -> Option<RawValue> {
    match text {
        "" => None,
        _ if is_too_long(text) => Some(RawValue::Error(texts.intern("văn bản quá dài"))),
        _ => Some(RawValue::Text(texts.intern(text))),
    }
}

/// Returns Excel's serial number of a date, a time or both in the forms of ISO 8601 that ECMA-376 (18.17.4) allows:
/// `2024-09-30`, `2024-09-30T12:00:00`, `12:00`; `Z` may follow.
fn date_to_serial(written: &str) -> Option<f64> {
    let written = written.strip_suffix('Z').unwrap_or(written);
    let (day, time) = match written.split_once('T') {
        Some((day, time)) => (day, time),
        None if written.contains(':') => ("", written),
        None => (written, "00:00:00"),
    };
    let days = if day.is_empty() { 0 } else { date_to_days(day)? };
    Some(days as f64 + time_to_days(time)?)
}

fn date_to_days(written: &str) -> Option<i64> {
    let [year, month, day] = whole_numbers(written.split('-'))?;
    let in_range = (0..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1;
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let days = in_range.then(|| days_since_epoch(year, month, day))?;
    (days < days_since_epoch(next_year, next_month, 1)).then_some(days)
}

fn time_to_days(written: &str) -> Option<f64> {
    let has_seconds = written.matches(':').count() == 2;
    let [hours, minutes, seconds] = decimals(written.split(':').chain(if has_seconds { None } else { Some("0") }))?;
    let in_range = (0.0..24.0).contains(&hours) && (0.0..60.0).contains(&minutes) && (0.0..60.0).contains(&seconds);
    in_range.then_some((hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0)
}

/// Returns the days since Excel's day 0. Years are counted from March, so that the leap day is the last day of a year.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day
        - 1
        - DAYS_TO_EXCEL
}

/// Returns a duration such as `PT12H30M00S` in days.
fn duration_to_serial(written: &str) -> Option<f64> {
    let parts = written.strip_prefix("PT")?.strip_suffix('S')?.split(['H', 'M']);
    let [hours, minutes, seconds] = decimals(parts)?;
    Some((hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0)
}

fn whole_numbers<'a>(parts: impl Iterator<Item = &'a str>) -> Option<[i64; 3]> {
    parts.map(|part| part.parse().ok()).collect::<Option<Vec<_>>>()?.try_into().ok()
}

fn decimals<'a>(parts: impl Iterator<Item = &'a str>) -> Option<[f64; 3]> {
    parts.map(|part| part.parse().ok()).collect::<Option<Vec<_>>>()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_and_durations_become_serial_numbers() {
        for (written, serial) in [
            ("1899-12-30", Some(0.0)),
            ("1900-03-01", Some(61.0)),
            ("2023-03-15", Some(45_000.0)),
            ("2024-02-29T12:00:00", Some(45_351.5)),
            ("2024-02-29T12:00Z", Some(45_351.5)),
            ("18:00:00", Some(0.75)),
            ("T06:00", Some(0.25)),
            ("2024-13-01", None),
            ("2023-02-29", None),
            ("2024--01", None),
            ("2024-01-01T25:00:00", None),
            ("quý IV", None),
        ] {
            assert_eq!(date_to_serial(written), serial, "{written}");
        }
        assert_eq!(duration_to_serial("PT36H00M00S"), Some(1.5));
        assert_eq!(duration_to_serial("36 giờ"), None);
    }
}
