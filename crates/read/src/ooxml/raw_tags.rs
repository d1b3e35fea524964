//! Finds single tags in a part that was already checked.
//!
//! Input: the bytes of the part. Output: tags, their names and attributes. Not here: the meaning of tags, checks.

use memchr::{memchr, memchr_iter};

/// Returns the tags, each with the offset just after its `<`.
pub(crate) fn tags(content: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    memchr_iter(b'<', content).map(|at| (at + 1, tag_content(&content[at + 1..])))
}

/// Returns the content of the tag at the start of `rest`, up to its `>`.
pub(crate) fn tag_content(rest: &[u8]) -> &[u8] {
    &rest[..memchr(b'>', rest).unwrap_or(rest.len())]
}

/// Returns the name of a tag without its namespace.
pub(crate) fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
    let name = &tag[..end];
    memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// Returns the value of an attribute.
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

/// Returns the text between the `>` at offset `at` and the next tag.
pub(crate) fn text_after(content: &[u8], at: usize) -> &[u8] {
    let rest = content.get(at + 1..).unwrap_or_default();
    &rest[..memchr(b'<', rest).unwrap_or(rest.len())]
}
