//! Recognises the texts of libraries, which are in English, so that they can be said in both languages.
//!
//! Input: a text, and a pattern of texts that the library makes. Output: the parts that differ from text to text. Not
//! here: the patterns of a library, which are where it is used.

/// Returns the parts of `text` in the places of `*` in the pattern; `None` if the text does not fit.
pub fn captures<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut pieces = pattern.split('*');
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    for (at, piece) in pieces.iter().enumerate() {
        let is_last = at + 1 == pieces.len();
        let start = if is_last { rest.strip_suffix(piece)?.len() } else { rest.find(piece)? };
        found.push(&rest[..start]);
        rest = &rest[start + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

/// Replaces `{0}`, `{1}`, … in a text by the captured parts.
pub fn fill(text: &str, parts: &[impl AsRef<str>]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let inside = after.split_once('}');
        let part = inside.and_then(|(number, _)| parts.get(number.parse::<usize>().ok()?));
        match (inside, part) {
            (Some((_, behind)), Some(part)) => {
                filled.push_str(part.as_ref());
                rest = behind;
            }
            _ => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

/// Returns the line and the column of an offset in a text, both counted from 1; a column is a character.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captured_parts_stand_in_the_places_of_stars() {
        for (pattern, text, parts) in [
            ("a", "a", Some(vec![])),
            ("a", "ab", None),
            ("missing field `*`", "missing field `x`", Some(vec!["x"])),
            ("index * with '*'", "index nil with 'a'", Some(vec!["nil", "a"])),
            ("*, got *", "Expected a, got b, got c", Some(vec!["Expected a", "b, got c"])),
            ("*'", "a'b'", Some(vec!["a'b"])),
            ("a*b", "a", None),
        ] {
            assert_eq!(captures(pattern, text), parts, "{pattern}");
        }
    }

    #[test]
    fn only_numbers_of_parts_are_replaced() {
        for (text, filled) in [("{1} {0}", "b a"), ("{2} {x} {", "{2} {x} {"), ("{0", "{0"), ("{{0}}", "{a}")] {
            assert_eq!(fill(text, &["a", "b"]), filled);
        }
    }

    #[test]
    fn columns_are_characters() {
        for (text, offset, place) in [("", 0, (1, 1)), ("ab\nđộc", 3, (2, 1)), ("ab\nđộc", 5, (2, 2)), ("a", 9, (1, 2))]
        {
            assert_eq!(line_and_column(text, offset), place, "{text}");
        }
    }
}
