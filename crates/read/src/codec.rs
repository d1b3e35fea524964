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
use tonghop_core::model::cell::{CellRef, HiddenRanges, MergedRange, RawCell, RawValue};
use tonghop_core::model::cells::Cells;
use tonghop_core::model::decimal_parts::DecimalParts;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::last_modified::LastModified;
use tonghop_core::model::product::ProductKind;
use tonghop_core::model::raw_workbook::{Integrity, RawSheet, RawWorkbook};

/// The result of reading a workbook.
pub type ReadResult = Result<RawWorkbook, ReadError>;

/// The length of the checksum at the end, in bytes.
const CHECKSUM_LEN: usize = 4;
/// The length of the shortest encoded cell, in bytes.
const MIN_CELL_LEN: usize = 5;

/// Encodes the result of reading a workbook.
pub fn encode(result: &ReadResult) -> Vec<u8> {
    let mut encoder =
        Encoder { serializer: Serializer { output: AllocVec::new() }, text_indices: FxHashMap::default() };
    // Writing to a `Vec` does not fail; if it did, the empty bytes would decode to `None`.
    let mut bytes =
        encoder.encode_result(result).and_then(|()| encoder.serializer.output.finalize()).unwrap_or_default();
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// Decodes a result; `None` if the bytes are incomplete, changed or not an encoded result.
pub fn decode(bytes: &[u8]) -> Option<ReadResult> {
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM_LEN)?)?;
    if crc32fast::hash(content).to_le_bytes() != checksum {
        return None;
    }
    let mut decoder =
        Decoder { deserializer: Deserializer::from_bytes(content), remaining_bytes: content.len(), texts: Vec::new() };
    let result = decoder.decode_result()?;
    decoder.deserializer.finalize().is_ok_and(|rest| rest.is_empty()).then_some(result)
}

/// Encoded before the sheets: what is known of the file and the number of sheets, or the error.
type Header = Result<(Option<LastModified>, Option<ProductKind>, Integrity, usize), ReadError>;

/// Encoded before the cells of a sheet: name, both hidden flags, merges, hidden ranges, comments and the number of cells.
type SheetHeader = (SheetName, (bool, bool), Vec<MergedRange>, HiddenRanges, Vec<(CellRef, String)>, usize);

/// A cell; its row is stored as the difference to the row of the previous cell.
#[derive(Serialize, Deserialize)]
struct EncodedCell<'t> {
    row_delta: u32,
    col: u32,
    #[serde(borrow)]
    value: EncodedValue<'t>,
    #[serde(borrow)]
    formula: Option<EncodedText<'t>>,
    #[serde(borrow)]
    number_format: Option<EncodedText<'t>>,
}

#[derive(Serialize, Deserialize)]
enum EncodedValue<'t> {
    Number(DecimalParts),
    Text(#[serde(borrow)] EncodedText<'t>),
    Bool(bool),
    Date(DecimalParts),
    Error(#[serde(borrow)] EncodedText<'t>),
    FormulaWithoutCache,
}

/// A text: written in full the first time, later as its index among the texts written so far.
#[derive(Serialize, Deserialize)]
enum EncodedText<'t> {
    Inline(&'t str),
    Index(u32),
}

struct Encoder<'a> {
    serializer: Serializer<AllocVec>,
    /// The index of each text written so far.
    text_indices: FxHashMap<&'a str, u32>,
}

impl<'a> Encoder<'a> {
    fn encode_result(&mut self, result: &'a ReadResult) -> postcard::Result<()> {
        let header: Header = match result {
            Ok(book) => Ok((book.last_modified.clone(), book.product, book.integrity.clone(), book.sheets.len())),
            Err(error) => Err(error.clone()),
        };
        header.serialize(&mut self.serializer)?;
        result.iter().flat_map(|book| &book.sheets).try_for_each(|sheet| self.encode_sheet(sheet))
    }

    fn encode_sheet(&mut self, sheet: &'a RawSheet) -> postcard::Result<()> {
        let RawSheet { name, is_hidden, is_very_hidden, cells, merges, hidden_ranges, comments } = sheet;
        let comments: Vec<(CellRef, &str)> = comments.iter().map(|(cell_ref, text)| (*cell_ref, &**text)).collect();
        let hidden_flags = (is_hidden, is_very_hidden);
        (name, hidden_flags, merges, hidden_ranges, comments, cells.len()).serialize(&mut self.serializer)?;
        let mut row = 0;
        for (place, cell) in cells {
            let cell = EncodedCell {
                row_delta: place.row - row,
                col: place.col,
                value: self.encode_value(&cell.value),
                formula: cell.formula.as_deref().map(|formula| self.encode_text(formula)),
                number_format: cell.number_format.as_deref().map(|format| self.encode_text(format)),
            };
            cell.serialize(&mut self.serializer)?;
            row = place.row;
        }
        Ok(())
    }

    fn encode_value(&mut self, value: &'a RawValue) -> EncodedValue<'a> {
        match value {
            RawValue::Number(number) => EncodedValue::Number((*number).into()),
            RawValue::Text(text) => EncodedValue::Text(self.encode_text(text)),
            RawValue::Bool(truth) => EncodedValue::Bool(*truth),
            RawValue::Date(days) => EncodedValue::Date((*days).into()),
            RawValue::Error(error) => EncodedValue::Error(self.encode_text(error)),
            RawValue::FormulaWithoutCache => EncodedValue::FormulaWithoutCache,
        }
    }

    fn encode_text(&mut self, text: &'a str) -> EncodedText<'a> {
        // No workbook has `u32::MAX` texts; any beyond that would only be written in full again.
        let next = u32::try_from(self.text_indices.len()).unwrap_or(u32::MAX);
        match *self.text_indices.entry(text).or_insert(next) {
            number if number < next => EncodedText::Index(number),
            _ => EncodedText::Inline(text),
        }
    }
}

struct Decoder<'b> {
    deserializer: Deserializer<'b, Slice<'b>>,
    /// An upper bound on the bytes that are not decoded yet.
    remaining_bytes: usize,
    texts: Vec<Arc<str>>,
}

impl<'b> Decoder<'b> {
    fn decode_next<T: Deserialize<'b>>(&mut self) -> Option<T> {
        T::deserialize(&mut self.deserializer).ok()
    }

    fn decode_result(&mut self) -> Option<ReadResult> {
        let (last_modified, product, integrity, sheets) = match self.decode_next::<Header>()? {
            Ok(header) => header,
            Err(error) => return Some(Err(error)),
        };
        let sheets = (0..sheets).map(|_| self.decode_sheet()).collect::<Option<_>>()?;
        Some(Ok(RawWorkbook { sheets, last_modified, product, integrity }))
    }

    fn decode_sheet(&mut self) -> Option<RawSheet> {
        let header: SheetHeader = self.decode_next()?;
        let (name, (is_hidden, is_very_hidden), merges, hidden_ranges, comments, count) = header;
        let comments = comments.into_iter().map(|(cell_ref, text)| (cell_ref, text.into())).collect();
        self.remaining_bytes = self.remaining_bytes.checked_sub(count.checked_mul(MIN_CELL_LEN)?)?;
        let mut cells = Vec::with_capacity(count);
        let mut row = 0_u32;
        for _ in 0..count {
            let cell: EncodedCell<'b> = self.decode_next()?;
            row = row.checked_add(cell.row_delta)?;
            let cell_ref = Some(CellRef::new(row, cell.col)).filter(|cell_ref| cell_ref.is_in_grid())?;
            let value = self.decode_value(cell.value)?;
            let formula = self.decode_optional_text(cell.formula)?;
            let number_format = self.decode_optional_text(cell.number_format)?;
            cells.push((cell_ref, RawCell { value, formula, number_format }));
        }
        let cells = Cells::from_unsorted(cells).ok()?;
        Some(RawSheet { name, is_hidden, is_very_hidden, cells, merges, hidden_ranges, comments })
    }

    fn decode_value(&mut self, value: EncodedValue<'b>) -> Option<RawValue> {
        Some(match value {
            EncodedValue::Number(digits) => RawValue::Number(digits.to_decimal()?),
            EncodedValue::Text(text) => RawValue::Text(self.decode_text(&text)?),
            EncodedValue::Bool(truth) => RawValue::Bool(truth),
            EncodedValue::Date(digits) => RawValue::Date(digits.to_decimal()?),
            EncodedValue::Error(error) => RawValue::Error(self.decode_text(&error)?),
            EncodedValue::FormulaWithoutCache => RawValue::FormulaWithoutCache,
        })
    }

    fn decode_optional_text(&mut self, text: Option<EncodedText<'b>>) -> Option<Option<Arc<str>>> {
        text.map_or(Some(None), |text| self.decode_text(&text).map(Some))
    }

    fn decode_text(&mut self, text: &EncodedText<'b>) -> Option<Arc<str>> {
        match text {
            EncodedText::Index(number) => self.texts.get(usize::try_from(*number).ok()?).cloned(),
            EncodedText::Inline(text) => {
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
            1 => Just(RawValue::FormulaWithoutCache),
        ]
    }

    fn place() -> impl Strategy<Value = CellRef> {
        let near = (0..20_u32, 0..9_u32);
        prop_oneof![9 => near, 1 => (0..1_048_576_u32, 0..16_384_u32)].prop_map(CellRef::from)
    }

    fn sheet() -> impl Strategy<Value = RawSheet> {
        let cell = (value(), prop::option::of(text()), prop::option::of(text()))
            .prop_map(|(value, formula, number_format)| RawCell { value, formula, number_format });
        let merge = (place(), place()).prop_map(|(first, last)| MergedRange { first, last });
        let hidden = prop::collection::vec((0..9_u32, 9..20_u32).prop_map(|(first, last)| first..=last), 0..3);
        (
            text(),
            any::<(bool, bool)>(),
            prop::collection::vec((place(), cell), 0..40),
            prop::collection::vec(merge, 0..3),
            (hidden.clone(), hidden, prop::collection::vec((place(), text()), 0..3)),
        )
            .prop_map(|(name, (is_hidden, is_very_hidden), cells, merges, (rows, cols, comments))| RawSheet {
                name: SheetName::new(name),
                is_hidden,
                is_very_hidden,
                cells: cells.into(),
                merges,
                hidden_ranges: HiddenRanges { rows, cols },
                comments,
            })
    }

    fn answer() -> impl Strategy<Value = ReadResult> {
        let saved = prop::option::of(Just(LastModified::parse("2024-09-14T03:05:06Z").unwrap()));
        let book = (prop::collection::vec(sheet(), 0..4), saved).prop_map(|(sheets, saved)| RawWorkbook {
            sheets,
            last_modified: saved,
            product: Some(ProductKind::Form),
            integrity: Integrity::Unproven(vec![(SheetName::new("S"), CellRef::new(1, 2))]),
        });
        let error = prop_oneof![
            Just(ReadError::Password),
            Just(ReadError::TooLarge(Limit::Cells)),
            (any::<String>(), place()).prop_map(|(part, at)| ReadError::Damaged(Damage::InvalidCell(part, at))),
        ];
        prop_oneof![6 => book.prop_map(Ok), 1 => error.prop_map(Err)]
    }

    /// Formats a result for comparison: zeros of different sign or scale compare equal as values.
    fn written(answer: &Option<ReadResult>) -> String {
        format!("{answer:?}")
    }

    proptest! {
        #[test]
        fn encoded_workbooks_decode_unchanged(answer in answer()) {
            let unpacked = decode(&encode(&answer));
            prop_assert_eq!(written(&unpacked), written(&Some(answer)));
        }

        #[test]
        fn truncated_or_changed_bytes_do_not_decode(
            answer in answer(), at in any::<prop::sample::Index>(), flip in 1..=u8::MAX, extra in any::<u8>(),
        ) {
            let bytes = encode(&answer);
            let at = at.index(bytes.len());
            prop_assert_eq!(decode(&bytes[..at]), None);
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            prop_assert_eq!(decode(&changed), None);
            prop_assert_eq!(decode(&[&bytes[..], &[extra]].concat()), None);
        }

        #[test]
        fn hostile_bytes_do_no_harm(
            answer in answer(), at in any::<prop::sample::Index>(), flip in any::<[u8; 4]>(), any in any::<Vec<u8>>(),
        ) {
            let signed = |mut bytes: Vec<u8>| {
                bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
                bytes
            };
            let mut content = encode(&answer);
            content.truncate(content.len() - CHECKSUM_LEN);
            let at = at.index(content.len());
            content.iter_mut().skip(at).zip(flip).for_each(|(byte, flip)| *byte ^= flip);
            let _ = decode(&signed(content));
            let _ = decode(&signed(any));
        }
    }

    #[test]
    fn cell_count_is_checked_before_memory_is_reserved() {
        let sheets = |cells: usize| {
            let opening: Header = Ok((None, None, Integrity::Proven, 1));
            let (merges, hidden) = (Vec::new(), HiddenRanges::default());
            let head: SheetHeader = (SheetName::new("a"), (false, false), merges, hidden, Vec::new(), cells);
            let mut bytes = postcard::to_allocvec(&(opening, head)).unwrap();
            bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
            decode(&bytes)
        };
        assert!(sheets(0).is_some());
        for many in [1 << 20, usize::MAX] {
            assert_eq!(sheets(many), None);
        }
    }
}
