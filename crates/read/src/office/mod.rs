//! Reads the office's own CSV tables: the corrections, the explanations and the register of received
//! reports.

pub(crate) mod corrections;
pub(crate) mod explanations;
pub(crate) mod office_table;
pub(crate) mod register;
