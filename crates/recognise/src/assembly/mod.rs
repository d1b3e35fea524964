//! From sheets to the dataset: sheets read one by one, then put together over all workbooks.

pub(crate) mod corrections;
pub(crate) mod gather;
pub(crate) mod listing;
pub(crate) mod past;
pub(crate) mod precedence;
pub(crate) mod recogniser;
pub(crate) mod scale;
pub(crate) mod versions;
