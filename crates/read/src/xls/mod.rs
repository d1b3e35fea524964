//! Checks the stream of an `.xls` before calamine reads it, and reads what calamine leaves out.

pub(crate) mod area;
pub(crate) mod cell_records;
pub(crate) mod compound;
pub(crate) mod extras;
