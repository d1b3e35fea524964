//! Encodes the result of reading a workbook as bytes, to send it to another process or to cache it.
//!
//! Input: a [`ReadResult`]. Output: a few bytes per cell, with each distinct text stored once; and the reverse.
//! Truncated or changed bytes decode to `None` and never reserve more memory than their length justifies. Not here: how
//! long the bytes stay valid; they carry no format version.

use super::error::ReadError;
use postcard::ser_flavors::{AllocVec, Flavor};
use postcard::{Deserializer, Serializer, de_flavors::Slice};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tonghop_core::model::book::{RawBook, RawSheet};
use tonghop_core::model::cell::{CellRef, Concealed, Merge, RawCell, RawValue};
use tonghop_core::model::cells::Cells;
use tonghop_core::model::digits::Digits;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::saved::Saved;

/// The result of reading a workbook.
pub type Answer = Result<RawBook, ReadError>;

/// The length of the checksum at the end, in bytes.
const CHECKSUM: usize = 4;
/// The length of the shortest encoded cell, in bytes.
const SMALLEST_CELL: usize = 5;

/// Encodes the result of reading a workbook.
pub fn pack(answer: &Answer) -> Vec<u8> {
    let mut packer = Packer { to: Serializer { output: AllocVec::new() }, places: FxHashMap::default() };
    // Writing to a `Vec` does not fail; if it did, the empty bytes would decode to `None`.
    let mut bytes = packer.answer(answer).and_then(|()| packer.to.output.finalize()).unwrap_or_default();
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// Decodes a result; `None` if the bytes are incomplete, changed or not an encoded result.
pub fn unpack(bytes: &[u8]) -> Option<Answer> {
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    if crc32fast::hash(content).to_le_bytes() != checksum {
        return None;
    }
    let mut unpacker = Unpacker { from: Deserializer::from_bytes(content), left: content.len(), texts: Vec::new() };
    let answer = unpacker.answer()?;
    unpacker.from.finalize().is_ok_and(|rest| rest.is_empty()).then_some(answer)
}

/// Encoded before the sheets: the time of the last save and the number of sheets, or the error.
type Opening = Result<(Option<Saved>, usize), ReadError>;

/// Encoded before the cells of a sheet: name, hidden flag, merges, hidden ranges and the number of cells.
type Head = (SheetName, bool, Vec<Merge>, Concealed, usize);

/// A cell; its row is stored as the difference to the row of the previous cell.
#[derive(Serialize, Deserialize)]
struct Cell<'t> {
    down: u32,
    col: u32,
    #[serde(borrow)]
    value: Value<'t>,
    #[serde(borrow)]
    formula: Option<Text<'t>>,
    #[serde(borrow)]
    number_format: Option<Text<'t>>,
}

#[derive(Serialize, Deserialize)]
enum Value<'t> {
    Number(Digits),
    Text(#[serde(borrow)] Text<'t>),
    Bool(bool),
    Date(Digits),
    Error(#[serde(borrow)] Text<'t>),
    Unevaluated,
}

/// A text: written in full the first time, later as its index among the texts written so far.
#[derive(Serialize, Deserialize)]
enum Text<'t> {
    New(&'t str),
    Known(u32),
}

struct Packer<'a> {
    to: Serializer<AllocVec>,
    /// The index of each text written so far.
    places: FxHashMap<&'a str, u32>,
}

impl<'a> Packer<'a> {
    fn answer(&mut self, answer: &'a Answer) -> postcard::Result<()> {
        let opening: Opening = match answer {
            Ok(book) => Ok((book.saved.clone(), book.sheets.len())),
            Err(error) => Err(error.clone()),
        };
        opening.serialize(&mut self.to)?;
        answer.iter().flat_map(|book| &book.sheets).try_for_each(|sheet| self.sheet(sheet))
    }

    fn sheet(&mut self, sheet: &'a RawSheet) -> postcard::Result<()> {
        let RawSheet { name, hidden, cells, merges, concealed } = sheet;
        (name, hidden, merges, concealed, cells.len()).serialize(&mut self.to)?;
        let mut row = 0;
        for (place, cell) in cells {
            let cell = Cell {
                down: place.row - row,
                col: place.col,
                value: self.value(&cell.value),
                formula: cell.formula.as_deref().map(|formula| self.text(formula)),
                number_format: cell.number_format.as_deref().map(|format| self.text(format)),
            };
            cell.serialize(&mut self.to)?;
            row = place.row;
        }
        Ok(())
    }

    fn value(&mut self, value: &'a RawValue) -> Value<'a> {
        match value {
            RawValue::Number(number) => Value::Number((*number).into()),
            RawValue::Text(text) => Value::Text(self.text(text)),
            RawValue::Bool(truth) => Value::Bool(*truth),
            RawValue::Date(days) => Value::Date((*days).into()),
            RawValue::Error(error) => Value::Error(self.text(error)),
            RawValue::Unevaluated => Value::Unevaluated,
        }
    }

    fn text(&mut self, text: &'a str) -> Text<'a> {
        // No workbook has `u32::MAX` texts; any beyond that would only be written in full again.
        let next = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        match *self.places.entry(text).or_insert(next) {
            number if number < next => Text::Known(number),
            _ => Text::New(text),
        }
    }
}

struct Unpacker<'b> {
    from: Deserializer<'b, Slice<'b>>,
    /// An upper bound on the bytes that are not decoded yet.
    left: usize,
    texts: Vec<Arc<str>>,
}

impl<'b> Unpacker<'b> {
    fn next<T: Deserialize<'b>>(&mut self) -> Option<T> {
        T::deserialize(&mut self.from).ok()
    }

    fn answer(&mut self) -> Option<Answer> {
        let (saved, sheets) = match self.next::<Opening>()? {
            Ok(opening) => opening,
            Err(error) => return Some(Err(error)),
        };
        let sheets = (0..sheets).map(|_| self.sheet()).collect::<Option<_>>()?;
        Some(Ok(RawBook { sheets, saved }))
    }

    fn sheet(&mut self) -> Option<RawSheet> {
        let (name, hidden, merges, concealed, count): Head = self.next()?;
        self.left = self.left.checked_sub(count.checked_mul(SMALLEST_CELL)?)?;
        let mut cells = Vec::with_capacity(count);
        let mut row = 0_u32;
        for _ in 0..count {
            let cell: Cell<'b> = self.next()?;
            row = row.checked_add(cell.down)?;
            let place = Some(CellRef::new(row, cell.col)).filter(|place| place.is_in_grid())?;
            let value = self.value(cell.value)?;
            let formula = self.optional(cell.formula)?;
            let number_format = self.optional(cell.number_format)?;
            cells.push((place, RawCell { value, formula, number_format }));
        }
        Some(RawSheet { name, hidden, cells: Cells::sorted(cells).ok()?, merges, concealed })
    }

    fn value(&mut self, value: Value<'b>) -> Option<RawValue> {
        Some(match value {
            Value::Number(digits) => RawValue::Number(digits.decimal()?),
            Value::Text(text) => RawValue::Text(self.text(&text)?),
            Value::Bool(truth) => RawValue::Bool(truth),
            Value::Date(digits) => RawValue::Date(digits.decimal()?),
            Value::Error(error) => RawValue::Error(self.text(&error)?),
            Value::Unevaluated => RawValue::Unevaluated,
        })
    }

    fn optional(&mut self, text: Option<Text<'b>>) -> Option<Option<Arc<str>>> {
        text.map_or(Some(None), |text| self.text(&text).map(Some))
    }

    fn text(&mut self, text: &Text<'b>) -> Option<Arc<str>> {
        match text {
            Text::Known(number) => self.texts.get(usize::try_from(*number).ok()?).cloned(),
            Text::New(text) => {
                let text: Arc<str> = (*text).into();
                self.texts.push(Arc::clone(&text));
                Some(text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Damage, Limit};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn text() -> impl Strategy<Value = Arc<str>> {
        prop_oneof!["[a-c]{0,2}", "Chỉ tiêu [0-9]", any::<String>()].prop_map(Into::into)
    }

    fn number() -> impl Strategy<Value = Decimal> {
        let mantissa = prop_oneof![-999_i128..1_000, -(1_i128 << 96) + 1..1 << 96];
        (mantissa, 0..=28_u32, any::<bool>()).prop_map(|(mantissa, scale, is_negative)| {
            let mut number = Decimal::from_i128_with_scale(mantissa, scale);
            // Zero is signed too.
            number.set_sign_negative(is_negative);
            number
        })
    }

    fn value() -> impl Strategy<Value = RawValue> {
        prop_oneof![
            4 => number().prop_map(RawValue::Number),
            4 => text().prop_map(RawValue::Text),
            1 => any::<bool>().prop_map(RawValue::Bool),
            1 => number().prop_map(RawValue::Date),
            1 => text().prop_map(RawValue::Error),
            1 => Just(RawValue::Unevaluated),
        ]
    }

    fn place() -> impl Strategy<Value = CellRef> {
        let near = (0..20_u32, 0..9_u32);
        prop_oneof![9 => near, 1 => (0..1_048_576_u32, 0..16_384_u32)].prop_map(CellRef::from)
    }

    fn sheet() -> impl Strategy<Value = RawSheet> {
        let cell = (value(), prop::option::of(text()), prop::option::of(text()))
            .prop_map(|(value, formula, number_format)| RawCell { value, formula, number_format });
        let merge = (place(), place()).prop_map(|(first, last)| Merge { first, last });
        let hidden = prop::collection::vec((0..9_u32, 9..20_u32).prop_map(|(first, last)| first..=last), 0..3);
        (
            text(),
            any::<bool>(),
            prop::collection::vec((place(), cell), 0..40),
            prop::collection::vec(merge, 0..3),
            (hidden.clone(), hidden),
        )
            .prop_map(|(name, hidden, cells, merges, (rows, cols))| RawSheet {
                name: SheetName::new(name),
                hidden,
                cells: cells.into(),
                merges,
                concealed: Concealed { rows, cols },
            })
    }

    fn answer() -> impl Strategy<Value = Answer> {
        let saved = prop::option::of(Just(Saved::parse("2024-09-14T03:05:06Z").unwrap()));
        let book = (prop::collection::vec(sheet(), 0..4), saved).prop_map(|(sheets, saved)| RawBook { sheets, saved });
        let error = prop_oneof![
            Just(ReadError::Password),
            Just(ReadError::TooLarge(Limit::Cells)),
            (any::<String>(), place()).prop_map(|(part, at)| ReadError::Damaged(Damage::Cell(part, at))),
        ];
        prop_oneof![6 => book.prop_map(Ok), 1 => error.prop_map(Err)]
    }

    /// Formats a result for comparison: zeros of different sign or scale compare equal as values.
    fn written(answer: &Option<Answer>) -> String {
        format!("{answer:?}")
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_out_as_it_was(answer in answer()) {
            let unpacked = unpack(&pack(&answer));
            prop_assert_eq!(written(&unpacked), written(&Some(answer)));
        }

        #[test]
        fn cut_or_changed_bytes_give_nothing(
            answer in answer(), at in any::<prop::sample::Index>(), flip in 1..=u8::MAX, behind in any::<u8>(),
        ) {
            let bytes = pack(&answer);
            let at = at.index(bytes.len());
            prop_assert_eq!(unpack(&bytes[..at]), None);
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            prop_assert_eq!(unpack(&changed), None);
            prop_assert_eq!(unpack(&[&bytes[..], &[behind]].concat()), None);
        }

        #[test]
        fn hostile_bytes_are_no_trouble(
            answer in answer(), at in any::<prop::sample::Index>(), flip in any::<[u8; 4]>(), any in any::<Vec<u8>>(),
        ) {
            let signed = |mut bytes: Vec<u8>| {
                bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
                bytes
            };
            let mut content = pack(&answer);
            content.truncate(content.len() - CHECKSUM);
            let at = at.index(content.len());
            content.iter_mut().skip(at).zip(flip).for_each(|(byte, flip)| *byte ^= flip);
            let _ = unpack(&signed(content));
            let _ = unpack(&signed(any));
        }
    }

    #[test]
    fn a_promise_of_many_cells_is_checked_before_memory_is_taken() {
        let sheets = |cells: usize| {
            let opening: Opening = Ok((None, 1));
            let head: Head = (SheetName::new("a"), false, Vec::new(), Concealed::default(), cells);
            let mut bytes = postcard::to_allocvec(&(opening, head)).unwrap();
            bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
            unpack(&bytes)
        };
        assert!(sheets(0).is_some());
        for many in [1 << 20, usize::MAX] {
            assert_eq!(sheets(many), None);
        }
    }
}
