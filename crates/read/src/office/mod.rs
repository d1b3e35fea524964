//! Reads the office's own CSV tables: the corrections and the register of received reports.

pub(crate) mod corrections;
pub(crate) mod office_table;
pub(crate) mod register;
