//! The values that a project gives its rules: `[settings]` of `tonghop.toml`.
//!
//! Input: the table. Output: typed values, and how each is printed. Not here: how rules read them.

use crate::model::quantity::{Unit, decimal_from_excel};
use crate::vi::{format, unit};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

/// A value of `[settings]`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "cần một con số, chữ, danh sách chữ, ngày, hoặc { value = …, unit = \"…\" } / a number, a text, a list of texts, a date, or { value = …, unit = \"…\" } is needed"
)]
pub enum ProjectValue {
    /// A whole number.
    Whole(i64),
    /// A number without a unit, such as a share.
    Number(f64),
    /// A text.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// A date.
    #[schemars(with = "super::reference::Date")]
    Date(toml::value::Datetime),
    /// A number with its unit.
    Quantity(ProjectQuantity),
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectQuantity {
    value: f64,
    unit: String,
}

impl ProjectQuantity {
    /// Returns the number, if it has at most 28 digits, and its unit.
    pub fn amount(&self) -> Option<(Decimal, Unit)> {
        Some((decimal_from_excel(self.value)?, unit::parse(&self.unit)))
    }
}

impl ProjectValue {
    /// Returns the value as the report prints it; `None` for a number beyond the digits.
    pub fn printed(&self) -> Option<String> {
        let number = |value: f64| Some(format::number(decimal_from_excel(value)?, None));
        match self {
            Self::Whole(number) => Some(format::number(Decimal::from(*number), None)),
            Self::Number(value) => number(*value),
            Self::Text(text) => Some(text.clone()),
            Self::Texts(texts) => Some(texts.join(", ")),
            Self::Date(date) => date.date.map(|date| format!("{}/{}/{}", date.day, date.month, date.year)),
            Self::Quantity(quantity) => Some(format::quantity(&number(quantity.value)?, &quantity.unit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_printed_as_in_the_report() {
        for (written, printed) in [
            ("x = 1500", Some("1.500")),
            ("x = 0.85", Some("0,85")),
            ("x = \"mùa khô\"", Some("mùa khô")),
            ("x = [\"A\", \"B\"]", Some("A, B")),
            ("x = 2024-09-30", Some("30/9/2024")),
            ("x = { value = 2.5, unit = \"ha\" }", Some("2,5ha")),
            ("x = { value = 80, unit = \"%\" }", Some("80%")),
            ("x = 1e40", None),
            ("x = 07:00:00", None),
        ] {
            let values: std::collections::BTreeMap<String, ProjectValue> = toml::from_str(written).unwrap();
            assert_eq!(values["x"].printed().as_deref(), printed, "{written}");
        }
        for refused in ["x = true", "x = { value = 5 }", "x = [1, 2]", "x = { value = 5, unit = \"ha\", y = 1 }"] {
            let read: Result<std::collections::BTreeMap<String, ProjectValue>, _> = toml::from_str(refused);
            assert!(read.unwrap_err().to_string().contains("a number, a text"), "{refused}");
        }
    }
}
