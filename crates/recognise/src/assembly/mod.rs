//! Reads the workbooks one by one and combines them into the dataset.

pub(crate) mod corrections;
pub(crate) mod listing;
pub(crate) mod merged;
pub(crate) mod past;
pub(crate) mod precedence;
pub(crate) mod reading;
pub(crate) mod reading_columns;
pub(crate) mod reading_fates;
pub(crate) mod reading_tables;
pub(crate) mod recogniser;
pub(crate) mod scale;
pub(crate) mod versions;
