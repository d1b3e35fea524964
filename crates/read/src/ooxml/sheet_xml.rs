//! The tags of a part that was checked, for whoever looks for a few of them.
//!
//! In come the bytes of the part; out go tags, their names and attributes. Never here: what a tag means, a check.

use memchr::{memchr, memchr_iter};

/// Lists the tags, each with the place behind its `<`.
pub(crate) fn tags(content: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    memchr_iter(b'<', content).map(|at| (at + 1, tag(&content[at + 1..])))
}

/// Returns what stands between `<` and `>`.
pub(crate) fn tag(rest: &[u8]) -> &[u8] {
    &rest[..memchr(b'>', rest).unwrap_or(rest.len())]
}

/// Returns the name of a tag without its namespace.
pub(crate) fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
    let name = &tag[..end];
    memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// Finds the value of an attribute.
pub(crate) fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
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
pub(crate) fn text_after(content: &[u8], at: usize) -> &[u8] {
    let rest = content.get(at + 1..).unwrap_or_default();
    &rest[..memchr(b'<', rest).unwrap_or(rest.len())]
}
