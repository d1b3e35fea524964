//! The rows of a batch as bytes keep them: every text and unit once, then rows that name them by number.
//!
//! In come rows, out go the same rows, whose texts are shared; bytes that name what is not there give nothing. Never
//! here: what a row means.

use super::{Pool, Record};
use crate::model::digits::Digits;
use crate::model::quantity::{Amount, Unit};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Rows with what they share.
#[derive(Serialize, Deserialize)]
struct Packed {
    texts: Vec<Arc<str>>,
    units: Vec<Unit>,
    rows: Vec<Row>,
}

/// A row, which names its texts and its unit by their places.
#[derive(Serialize, Deserialize)]
struct Row {
    at: u32,
    label: u32,
    unit: u32,
    fields: Vec<u32>,
    amounts: Vec<Number>,
}

#[derive(Serialize, Deserialize)]
enum Number {
    Known(Digits),
    NotApplicable,
    Missing,
}

impl From<Amount> for Number {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::Known(number) => Self::Known(number.into()),
            Amount::NotApplicable => Self::NotApplicable,
            Amount::Missing => Self::Missing,
        }
    }
}

impl Number {
    fn amount(&self) -> Option<Amount> {
        Some(match self {
            Self::Known(digits) => Amount::Known(digits.decimal()?),
            Self::NotApplicable => Amount::NotApplicable,
            Self::Missing => Amount::Missing,
        })
    }
}

impl Packed {
    fn of(rows: &[Record]) -> Self {
        let (mut texts, mut units) = (Pool::default(), Pool::default());
        let row = |row: &Record| Row {
            at: row.at,
            label: texts.place(&row.label),
            unit: units.place(&row.unit),
            fields: row.fields.iter().map(|words| texts.place(words)).collect(),
            amounts: row.amounts.iter().map(|amount| (*amount).into()).collect(),
        };
        let rows = rows.iter().map(row).collect();
        Self { texts: texts.all, units: units.all, rows }
    }

    fn rows(&self) -> Option<Vec<Record>> {
        let text = |place: &u32| self.texts.get(usize::try_from(*place).ok()?).cloned();
        let row = |row: &Row| {
            Some(Record {
                at: row.at,
                label: text(&row.label)?,
                unit: self.units.get(usize::try_from(row.unit).ok()?)?.clone(),
                fields: row.fields.iter().map(text).collect::<Option<_>>()?,
                amounts: row.amounts.iter().map(Number::amount).collect::<Option<_>>()?,
            })
        };
        self.rows.iter().map(row).collect()
    }
}

pub(super) fn serialize<S: Serializer>(rows: &[Record], to: S) -> Result<S::Ok, S::Error> {
    Packed::of(rows).serialize(to)
}

pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<Record>, D::Error> {
    Packed::deserialize(from)?.rows().ok_or_else(|| D::Error::custom("a row names what is not there"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn record(at: u32, label: &str, field: &str, amounts: &[Amount]) -> Record {
        let unit = if at % 2 == 0 { Unit::percent() } else { Unit::none() };
        Record { at, label: label.into(), unit, fields: vec![field.into()], amounts: amounts.to_vec() }
    }

    #[test]
    fn rows_come_out_as_they_went_in() {
        let known = |written: &str| Amount::Known(written.parse::<Decimal>().unwrap());
        let rows = vec![
            record(7, "Lúa", "Nông nghiệp", &[known("-1.50"), Amount::Missing]),
            record(8, "Lúa", "Lúa", &[known("0"), Amount::NotApplicable]),
            record(11, "", "Nông nghiệp", &[]),
        ];
        let packed = Packed::of(&rows);
        assert_eq!((packed.texts.len(), packed.units.len()), (3, 2));
        assert_eq!(packed.rows().unwrap(), rows);
        let sign_and_scale = |rows: &[Record]| format!("{:?}", rows[0].amounts);
        assert_eq!(sign_and_scale(&packed.rows().unwrap()), sign_and_scale(&rows));
    }

    #[test]
    fn rows_that_name_what_is_not_there_give_nothing() {
        let rows = [record(7, "Lúa", "Nông nghiệp", &[])];
        let damages: [fn(&mut Packed); 4] = [
            |packed| packed.rows[0].label = 2,
            |packed| packed.rows[0].unit = 1,
            |packed| packed.rows[0].fields[0] = 9,
            |packed| packed.texts.clear(),
        ];
        for damage in damages {
            let mut packed = Packed::of(&rows);
            damage(&mut packed);
            assert_eq!(packed.rows(), None);
        }
    }
}
