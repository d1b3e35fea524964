//! Parses and checks the parts of an `.xlsx`, and extracts the cells that are plain.

pub(crate) mod grid;
pub(crate) mod layout;
pub(crate) mod listing;
pub(crate) mod markup;
pub(crate) mod parts;
pub(crate) mod plain;
pub(crate) mod sheet_xml;
pub(crate) mod spelling;
pub(crate) mod value;
pub(crate) mod xml;
