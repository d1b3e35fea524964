//! Turns matched rows into observations, texts and records, and logs the outcome of each cell.

pub(crate) mod candidate;
pub(crate) mod column_values;
pub(crate) mod comments;
pub(crate) mod control_characters;
pub(crate) mod crossed;
pub(crate) mod external;
pub(crate) mod hidden;
pub(crate) mod matched_rows;
pub(crate) mod measures;
pub(crate) mod old_texts;
pub(crate) mod open_table;
pub(crate) mod other_period;
pub(crate) mod percent_columns;
pub(crate) mod prose;
pub(crate) mod reading_log;
pub(crate) mod recognised_row;
pub(crate) mod records;
pub(crate) mod remarks;
mod scopes;
mod sections;
pub(crate) mod sheet_result;
pub(crate) mod statuses;
pub(crate) mod structure;
pub(crate) mod unread_columns;
pub(crate) mod unread_rows;
