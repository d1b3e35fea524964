//! Reads the workbooks one by one and combines them into the dataset.

mod comparison;
pub(crate) mod contest;
pub(crate) mod corrections;
mod integrity;
mod key_cells;
pub(crate) mod listing;
mod member_form;
pub(crate) mod members;
pub(crate) mod merged;
pub(crate) mod past;
pub(crate) mod plausibility;
pub(crate) mod precedence;
pub(crate) mod reading;
pub(crate) mod reading_columns;
pub(crate) mod reading_fates;
pub(crate) mod reading_tables;
pub(crate) mod recogniser;
mod rivals;
pub(crate) mod versions;
