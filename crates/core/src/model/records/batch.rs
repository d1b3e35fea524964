//! The rows of one open table, stored by column, in memory and in serialised form.
//!
//! Input: rows, one by one. Output: the same rows, or whole columns. Repeated texts and units are stored once, to save
//! memory. Not here: reading a sheet, what a row means.

use super::{Interner, Record};
use crate::model::decimal_parts::DecimalParts;
use crate::model::quantity::{Amount, Unit};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Rows of one table; all rows have the same number of fields and amounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordRows {
    /// The distinct texts, which fields refer to by index.
    pub(super) texts: Vec<Arc<str>>,
    /// The distinct units, which rows refer to by index.
    pub(super) units: Vec<Unit>,
    pub(super) sheet_rows: Vec<u32>,
    pub(super) labels: Vec<Arc<str>>,
    pub(super) unit_indexes: Vec<u32>,
    /// Row by row.
    pub(super) field_indexes: Vec<u32>,
    /// Row by row.
    #[serde(with = "digits")]
    pub(super) amounts: Vec<Amount>,
}

impl RecordRows {
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.sheet_rows.len()
    }

    /// Returns whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.sheet_rows.is_empty()
    }

    /// Iterates over the rows.
    pub fn iter(&self) -> impl Iterator<Item = Record> {
        let (fields, amounts) =
            (self.values_per_row(self.field_indexes.len()), self.values_per_row(self.amounts.len()));
        (0..self.len()).map(move |row| Record {
            sheet_row: self.sheet_rows[row],
            label: Arc::clone(&self.labels[row]),
            unit: self.units[self.unit_indexes[row] as usize].clone(),
            fields: self.field_indexes[row * fields..][..fields]
                .iter()
                .map(|at| self.texts[*at as usize].clone())
                .collect(),
            amounts: self.amounts[row * amounts..][..amounts].to_vec(),
        })
    }

    /// Returns the number of values per row in a column group with `values` values.
    pub(super) fn values_per_row(&self, values: usize) -> usize {
        values.checked_div(self.len()).unwrap_or_default()
    }

    /// Frees unused capacity.
    fn shrink(&mut self) {
        [&mut self.sheet_rows, &mut self.unit_indexes, &mut self.field_indexes]
            .into_iter()
            .for_each(Vec::shrink_to_fit);
        self.labels.shrink_to_fit();
    }

    /// Returns whether all columns have matching lengths and valid indexes.
    pub(super) fn is_consistent(&self) -> bool {
        let fits = |values: usize| self.values_per_row(values) * self.len() == values;
        let names = |places: &[u32], all: usize| places.iter().all(|place| (*place as usize) < all);
        self.labels.len() == self.len()
            && self.unit_indexes.len() == self.len()
            && fits(self.field_indexes.len())
            && fits(self.amounts.len())
            && names(&self.field_indexes, self.texts.len())
            && names(&self.unit_indexes, self.units.len())
    }
}

/// Builds the rows of one table.
#[derive(Debug, Default)]
pub struct RecordRowsBuilder {
    rows: RecordRows,
    texts: Interner<Arc<str>>,
    units: Interner<Unit>,
}

impl RecordRowsBuilder {
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
        let Record { sheet_row, label, unit, fields, amounts } = record;
        let above = self.rows.field_indexes.len().checked_sub(fields.len());
        for (col, words) in fields.iter().enumerate() {
            let above = above.map(|row| self.rows.field_indexes[row + col]);
            self.rows.field_indexes.push(self.texts.intern_below(above, words));
        }
        self.rows.unit_indexes.push(self.units.intern_below(self.rows.unit_indexes.last().copied(), &unit));
        self.rows.sheet_rows.push(sheet_row);
        self.rows.labels.push(label);
        self.rows.amounts.extend(amounts);
    }

    /// Returns all rows.
    pub fn build(self) -> RecordRows {
        RecordRows { texts: self.texts.values, units: self.units.values, ..self.rows }
    }
}

impl FromIterator<Record> for RecordRows {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        let mut writer = RecordRowsBuilder::default();
        records.into_iter().for_each(|record| writer.push(record));
        writer.build()
    }
}

/// Deserialises rows; rejects inconsistent ones.
pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<RecordRows, D::Error> {
    let mut rows = RecordRows::deserialize(from)?;
    rows.shrink();
    if rows.is_consistent() { Ok(rows) } else { Err(D::Error::custom("inconsistent rows")) }
}

/// Serialises amounts with all their digits.
mod digits {
    use super::{Amount, DecimalParts, Deserialize, Deserializer, Error, Serialize, Serializer};
    use serde::de::{SeqAccess, Visitor};
    use std::fmt;

    /// Limits the preallocation, whatever length is announced.
    const MAX_PREALLOCATED: usize = 1 << 16;

    #[derive(Serialize, Deserialize)]
    enum EncodedAmount {
        Known(DecimalParts),
        NotApplicable,
        Missing,
    }

    pub(super) fn serialize<S: Serializer>(amounts: &[Amount], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(amounts.iter().map(|amount| match amount {
            Amount::Known(number) => EncodedAmount::Known((*number).into()),
            Amount::NotApplicable => EncodedAmount::NotApplicable,
            Amount::Missing => EncodedAmount::Missing,
        }))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<Amount>, D::Error> {
        from.deserialize_seq(AmountsVisitor)
    }

    /// Converts one amount at a time; a list of the encoded amounts would double the memory.
    struct AmountsVisitor;

    impl<'d> Visitor<'d> for AmountsVisitor {
        type Value = Vec<Amount>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("amounts")
        }

        fn visit_seq<A: SeqAccess<'d>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
            let mut amounts = Vec::with_capacity(sequence.size_hint().unwrap_or_default().min(MAX_PREALLOCATED));
            while let Some(next) = sequence.next_element()? {
                amounts.push(match next {
                    EncodedAmount::Known(digits) => {
                        Amount::Known(digits.to_decimal().ok_or_else(|| A::Error::custom("not a number"))?)
                    }
                    EncodedAmount::NotApplicable => Amount::NotApplicable,
                    EncodedAmount::Missing => Amount::Missing,
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
        Record { sheet_row: at, label: label.into(), unit, fields: vec![field.into()], amounts: amounts.to_vec() }
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
    fn rows_round_trip() {
        for records in [records(), Vec::new()] {
            let rows: RecordRows = records.iter().cloned().collect();
            assert_eq!(rows.iter().collect::<Vec<_>>(), records);
            let bytes = postcard::to_allocvec(&rows).unwrap();
            let again = deserialize(&mut postcard::Deserializer::from_bytes(&bytes)).unwrap();
            assert_eq!(format!("{again:?}"), format!("{rows:?}"), "down to the sign and scale of numbers");
        }
        let rows: RecordRows = records().into_iter().collect();
        assert_eq!((rows.texts.len(), rows.units.len()), (2, 2));
    }

    #[test]
    fn inconsistent_rows_are_rejected() {
        let damages: [fn(&mut RecordRows); 7] = [
            |rows| rows.field_indexes[0] = 2,
            |rows| rows.unit_indexes[0] = 2,
            |rows| rows.texts.clear(),
            |rows| rows.sheet_rows.truncate(2),
            |rows| rows.labels.truncate(2),
            |rows| rows.field_indexes.truncate(2),
            |rows| rows.amounts.push(Amount::Missing),
        ];
        for (at, damage) in damages.into_iter().enumerate() {
            let mut rows: RecordRows = records().into_iter().collect();
            assert!(rows.is_consistent());
            damage(&mut rows);
            assert!(!rows.is_consistent(), "{at}");
        }
    }
}
