//! Suggests the closest known name for a misspelt one.

use crate::message::Message;
use crate::msg;

/// The maximum length of a name that may be a misspelling, in bytes: the time to compare is the product of both lengths.
const MAX_NAME_BYTES: usize = 200;

/// Returns the known name closest to `wanted`, if it is close enough to be a misspelling.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    if wanted.len() > MAX_NAME_BYTES {
        return None;
    }
    let scored = known.into_iter().map(|name| (strsim::damerau_levenshtein(wanted, name), name));
    let (distance, name) = scored.min()?;
    (distance <= 1 + wanted.chars().count() / 3).then(|| name.to_owned())
}

/// Returns the hint for an unknown name: the closest name, or all known names.
pub fn did_you_mean(wanted: &str, known: &[String]) -> Message {
    match nearest(wanted, known.iter().map(String::as_str)) {
        Some(name) => msg!("có phải là \"{name}\"?", "did you mean \"{name}\"?"),
        None if known.is_empty() => Message::new("ở đây không có tên nào để gọi", "no names are available here"),
        None => msg!("các tên dùng được: {names}", "available names: {names}", names = known.join(", ")),
    }
}
