//! The tables of the office itself, which are `.csv` files: corrections, and what was received when.

pub(crate) mod corrections;
pub(crate) mod office_table;
pub(crate) mod register;
