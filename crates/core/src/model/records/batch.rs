//! The rows of one open table, stored by column, in memory and in serialised form.
//!
//! Input: rows, one by one. Output: the same rows, or whole columns. Repeated texts and units are stored once, to save
//! memory. Not here: reading a sheet, what a row means.

use super::{Pool, Record};
use crate::model::digits::Digits;
use crate::model::quantity::{Amount, Unit};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Rows of one table; all rows have the same number of fields and amounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordRows {
    /// The distinct texts, which fields refer to by index.
    pub(super) words: Vec<Arc<str>>,
    /// The distinct units, which rows refer to by index.
    pub(super) units: Vec<Unit>,
    pub(super) at: Vec<u32>,
    pub(super) labels: Vec<Arc<str>>,
    pub(super) unit_of: Vec<u32>,
    /// Row by row.
    pub(super) fields: Vec<u32>,
    /// Row by row.
    #[serde(with = "digits")]
    pub(super) amounts: Vec<Amount>,
}

impl RecordRows {
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Returns whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Iterates over the rows.
    pub fn iter(&self) -> impl Iterator<Item = Record> {
        let (fields, amounts) = (self.per_row(self.fields.len()), self.per_row(self.amounts.len()));
        (0..self.len()).map(move |row| Record {
            at: self.at[row],
            label: Arc::clone(&self.labels[row]),
            unit: self.units[self.unit_of[row] as usize].clone(),
            fields: self.fields[row * fields..][..fields].iter().map(|at| self.words[*at as usize].clone()).collect(),
            amounts: self.amounts[row * amounts..][..amounts].to_vec(),
        })
    }

    /// Returns the number of values per row in a column group with `values` values.
    pub(super) fn per_row(&self, values: usize) -> usize {
        values.checked_div(self.len()).unwrap_or_default()
    }

    /// Frees unused capacity.
    fn shrink(&mut self) {
        [&mut self.at, &mut self.unit_of, &mut self.fields].into_iter().for_each(Vec::shrink_to_fit);
        self.labels.shrink_to_fit();
    }

    /// Returns whether all columns have matching lengths and valid indexes.
    pub(super) fn are_whole(&self) -> bool {
        let fits = |values: usize| self.per_row(values) * self.len() == values;
        let names = |places: &[u32], all: usize| places.iter().all(|place| (*place as usize) < all);
        self.labels.len() == self.len()
            && self.unit_of.len() == self.len()
            && fits(self.fields.len())
            && fits(self.amounts.len())
            && names(&self.fields, self.words.len())
            && names(&self.unit_of, self.units.len())
    }
}

/// Builds the rows of one table.
#[derive(Debug, Default)]
pub struct RecordsWriter {
    rows: RecordRows,
    words: Pool<Arc<str>>,
    units: Pool<Unit>,
}

impl RecordsWriter {
    /// Returns the number of rows so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there are no rows yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row; it must have as many fields and amounts as the others.
    pub fn push(&mut self, record: Record) {
        let Record { at, label, unit, fields, amounts } = record;
        let above = self.rows.fields.len().checked_sub(fields.len());
        for (col, words) in fields.iter().enumerate() {
            let above = above.map(|row| self.rows.fields[row + col]);
            self.rows.fields.push(self.words.place_below(above, words));
        }
        self.rows.unit_of.push(self.units.place_below(self.rows.unit_of.last().copied(), &unit));
        self.rows.at.push(at);
        self.rows.labels.push(label);
        self.rows.amounts.extend(amounts);
    }

    /// Returns all rows.
    pub fn rows(self) -> RecordRows {
        RecordRows { words: self.words.all, units: self.units.all, ..self.rows }
    }
}

impl FromIterator<Record> for RecordRows {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        let mut writer = RecordsWriter::default();
        records.into_iter().for_each(|record| writer.push(record));
        writer.rows()
    }
}

/// Deserialises rows; rejects inconsistent ones.
pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<RecordRows, D::Error> {
    let mut rows = RecordRows::deserialize(from)?;
    rows.shrink();
    if rows.are_whole() { Ok(rows) } else { Err(D::Error::custom("rows that do not fit together")) }
}

/// Serialises amounts with all their digits.
mod digits {
    use super::{Amount, Deserialize, Deserializer, Digits, Error, Serialize, Serializer};
    use serde::de::{SeqAccess, Visitor};
    use std::fmt;

    /// Limits the preallocation, whatever length is announced.
    const MOST_PROMISED: usize = 1 << 16;

    #[derive(Serialize, Deserialize)]
    enum Written {
        Known(Digits),
        NotApplicable,
        Missing,
    }

    pub(super) fn serialize<S: Serializer>(amounts: &[Amount], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(amounts.iter().map(|amount| match amount {
            Amount::Known(number) => Written::Known((*number).into()),
            Amount::NotApplicable => Written::NotApplicable,
            Amount::Missing => Written::Missing,
        }))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<Amount>, D::Error> {
        from.deserialize_seq(Amounts)
    }

    /// Converts one amount at a time; a list of the encoded amounts would double the memory.
    struct Amounts;

    impl<'d> Visitor<'d> for Amounts {
        type Value = Vec<Amount>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("amounts")
        }

        fn visit_seq<A: SeqAccess<'d>>(self, mut written: A) -> Result<Self::Value, A::Error> {
            let mut amounts = Vec::with_capacity(written.size_hint().unwrap_or_default().min(MOST_PROMISED));
            while let Some(next) = written.next_element()? {
                amounts.push(match next {
                    Written::Known(digits) => {
                        Amount::Known(digits.decimal().ok_or_else(|| A::Error::custom("no number"))?)
                    }
                    Written::NotApplicable => Amount::NotApplicable,
                    Written::Missing => Amount::Missing,
                });
            }
            amounts.shrink_to_fit();
            Ok(amounts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn record(at: u32, label: &str, field: &str, amounts: [Amount; 2]) -> Record {
        let unit = if at.is_multiple_of(2) { Unit::percent() } else { Unit::none() };
        Record { at, label: label.into(), unit, fields: vec![field.into()], amounts: amounts.to_vec() }
    }

    fn records() -> Vec<Record> {
        let known = |written: &str| Amount::Known(written.parse::<Decimal>().unwrap());
        vec![
            record(7, "Lúa", "Nông nghiệp", [known("-1.50"), Amount::Missing]),
            record(8, "Lúa", "Lúa", [known("0"), Amount::NotApplicable]),
            record(11, "", "Nông nghiệp", [Amount::Missing, known("3")]),
        ]
    }

    #[test]
    fn rows_come_out_as_they_went_in() {
        for records in [records(), Vec::new()] {
            let rows: RecordRows = records.iter().cloned().collect();
            assert_eq!(rows.iter().collect::<Vec<_>>(), records);
            let bytes = postcard::to_allocvec(&rows).unwrap();
            let again = deserialize(&mut postcard::Deserializer::from_bytes(&bytes)).unwrap();
            assert_eq!(format!("{again:?}"), format!("{rows:?}"), "down to the sign and scale of numbers");
        }
        let rows: RecordRows = records().into_iter().collect();
        assert_eq!((rows.words.len(), rows.units.len()), (2, 2));
    }

    #[test]
    fn rows_that_do_not_fit_together_are_none() {
        let damages: [fn(&mut RecordRows); 7] = [
            |rows| rows.fields[0] = 2,
            |rows| rows.unit_of[0] = 2,
            |rows| rows.words.clear(),
            |rows| rows.at.truncate(2),
            |rows| rows.labels.truncate(2),
            |rows| rows.fields.truncate(2),
            |rows| rows.amounts.push(Amount::Missing),
        ];
        for (at, damage) in damages.into_iter().enumerate() {
            let mut rows: RecordRows = records().into_iter().collect();
            assert!(rows.are_whole());
            damage(&mut rows);
            assert!(!rows.are_whole(), "{at}");
        }
    }
}
