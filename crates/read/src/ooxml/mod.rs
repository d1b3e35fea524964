//! The parts of an `.xlsx`: walked, checked and, where they are plain, taken.

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
