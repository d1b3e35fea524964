//! Parses and checks the parts of an `.xlsx`, and extracts the cells that are plain.

pub(crate) mod canonical;
pub(crate) mod checked_part;
pub(crate) mod comments;
pub(crate) mod layout;
pub(crate) mod literals;
pub(crate) mod markup;
pub(crate) mod namespaces;
pub(crate) mod package;
pub(crate) mod parts;
pub(crate) mod plain;
pub(crate) mod raised;
pub(crate) mod raw_tags;
pub(crate) mod sheet_parts;
pub(crate) mod sheet_validator;
pub(crate) mod value;
pub(crate) mod xml;
