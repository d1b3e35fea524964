//! Finds the tables of a sheet: header bands, headings, columns, rows and their parents.

pub(crate) mod ancestors;
pub(crate) mod asides;
pub(crate) mod block;
pub(crate) mod caption;
pub(crate) mod cell_reading;
pub(crate) mod column;
pub(crate) mod column_messages;
pub(crate) mod continued;
pub(crate) mod dated_text;
pub(crate) mod declared_heading;
pub(crate) mod encoding;
pub(crate) mod fill_down;
pub(crate) mod grid;
pub(crate) mod header;
pub(crate) mod heading;
pub(crate) mod heading_cells;
pub(crate) mod heading_rows;
pub(crate) mod label_cells;
pub(crate) mod label_column;
pub(crate) mod preamble;
pub(crate) mod rows;
pub(crate) mod unlabelled;
pub(crate) mod value;
