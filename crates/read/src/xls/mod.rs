//! Checks the stream of an `.xls` before calamine reads it, and reads what calamine leaves out.

pub(crate) mod area;
pub(crate) mod cell_records;
pub(crate) mod compound;
pub(crate) mod extras;
mod properties;

/// Returns the text of a document property that a user or a program added.
pub(crate) fn named_property(file: &[u8], name: &str) -> Option<String> {
    properties::named_text(&compound::properties_stream(file)?, name)
}
