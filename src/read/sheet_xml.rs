//! What a sheet's XML says that the reader of cells does not tell.
//!
//! In come the bytes of one part that was checked; out goes which rows and columns are hidden. Never here: values.

use crate::model::cell::Concealed;
use memchr::{memchr, memchr_iter, memmem};
use std::ops::RangeInclusive;

/// Returns the rows and columns of a sheet that are hidden.
pub(super) fn concealed(content: &[u8]) -> Concealed {
    let mut concealed = Concealed::default();
    if memmem::find(content, b"hidden").is_none() {
        return concealed;
    }
    let mut row: u32 = 0;
    for (_, tag) in tags(content) {
        match local_name(tag) {
            b"row" => {
                // A row without a number follows the one before it.
                row = index(tag, b"r").unwrap_or_else(|| row.saturating_add(1));
                hide(&mut concealed.rows, tag, row, row);
            }
            b"col" => {
                let (first, last) = (index(tag, b"min"), index(tag, b"max"));
                hide(&mut concealed.cols, tag, first.unwrap_or_default(), last.unwrap_or_default());
            }
            _ => {}
        }
    }
    concealed.rows.sort_by_key(|range| *range.start());
    concealed.cols.sort_by_key(|range| *range.start());
    concealed
}

/// Adds the rows or columns of a tag, counted from 1, if it hides them.
fn hide(ranges: &mut Vec<RangeInclusive<u32>>, tag: &[u8], first: u32, last: u32) {
    let hidden = matches!(attribute(tag, b"hidden"), Some(b"1" | b"true"));
    let Some(first) = first.checked_sub(1).filter(|first| hidden && *first < last) else { return };
    match ranges.last_mut().filter(|range| range.end().checked_add(1) == Some(first)) {
        Some(above) => *above = *above.start()..=last - 1,
        None => ranges.push(first..=last - 1),
    }
}

fn index(tag: &[u8], name: &[u8]) -> Option<u32> {
    number(attribute(tag, name)?)?.try_into().ok()
}

/// Lists the tags, each with the place behind its `<`.
pub(super) fn tags(content: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    memchr_iter(b'<', content).map(|at| (at + 1, tag(&content[at + 1..])))
}

/// Returns what stands between `<` and `>`.
pub(super) fn tag(rest: &[u8]) -> &[u8] {
    &rest[..memchr(b'>', rest).unwrap_or(rest.len())]
}

/// Returns the name of a tag without its namespace.
pub(super) fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
    let name = &tag[..end];
    memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// Finds the value of an attribute.
pub(super) fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = tag;
    while let Some(equals) = memchr(b'=', rest) {
        let (before, after) = (rest[..equals].trim_ascii_end(), rest[equals + 1..].trim_ascii_start());
        let (quote, value) = after.split_first()?;
        let end = memchr(*quote, value)?;
        let found = before.strip_suffix(name).is_some_and(|head| head.last().is_none_or(u8::is_ascii_whitespace));
        if found {
            return Some(&value[..end]);
        }
        rest = &value[end + 1..];
    }
    None
}

/// Returns the text from behind the `>` at `at` to the next tag.
pub(super) fn text_after(content: &[u8], at: usize) -> &[u8] {
    let rest = content.get(at + 1..).unwrap_or_default();
    &rest[..memchr(b'<', rest).unwrap_or(rest.len())]
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok().filter(|d| d.bytes().all(|b| b.is_ascii_digit())).and_then(|d| d.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_found() {
        for (xml, rows, cols) in [
            (
                "<cols><col min=\"2\" max='4' hidden=\"1\"/><col min='5' max='5' hidden='true'/></cols>",
                vec![],
                vec![1..=4],
            ),
            (
                "<row r='2' hidden='1'/><row hidden='1'/><row r='9' hidden='1'/><row hidden='0'/>",
                vec![1..=2, 8..=8],
                vec![],
            ),
            ("<row r='7' hidden='1'/><row r='3' hidden='1'/><row r='4' collapsed='1'/>", vec![2..=2, 6..=6], vec![]),
            (
                "<row r='0' hidden='1'/><row r='99999999999' hidden='1'/><col min='4' max='2' hidden='1'/>",
                vec![0..=0],
                vec![],
            ),
            ("<row r='4294967295'/><row/><row/><col hidden='1'/>", vec![], vec![]),
            ("<row r='1'><c r='A1' t='str'><v>hidden=\"1\"</v></c></row>", vec![], vec![]),
        ] {
            assert_eq!(concealed(xml.as_bytes()), Concealed { rows, cols }, "{xml}");
        }
    }
}
