//! The stream of an `.xls`, checked before the library reads it.

pub(crate) mod area;
pub(crate) mod compound;
pub(crate) mod marks;
