//! Recognises in the cells of workbooks the observations of the indicators that the sectors declare.
//!
//! Input: the parsed workbooks and the declarations. Output: the [`Dataset`] and all diagnostics. Not here: files,
//! rules, values that no cell holds.
//!
//! - [`layout`] converts a sheet to Unicode if necessary and splits it into tables: the role of each column, and the
//!   parents and the unit of each row.
//! - [`matching`] looks rows up among the indicators that the department may report, by declared and accepted labels.
//! - [`cells`] turns numbers and texts into observations and logs the outcome of each cell.
//! - [`unread`] finds out which test a sheet failed of which nothing was recognised.
//! - [`sheet`] runs these steps for one sheet.
//! - [`reading`] is what was understood of a workbook, for `tonghop read`.
//! - [`identity`] checks that a workbook belongs to its department and period.
//! - [`assembly`] combines all workbooks: assigns forms to members, decides between versions of a form and between cells,
//!   applies corrections, and reports numbers that cannot be.
//! - [`history`] compares the result with earlier runs.

mod assembly;
mod cells;
pub mod history;
mod identity;
mod layout;
mod matching;
pub mod reading;
mod sheet;
mod unread;

use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::indicator::SectorDecl;

pub use crate::assembly::contest::contested_cells;
pub use crate::assembly::corrections::apply_corrections;
pub use crate::assembly::listing::{ColumnContent, ListedColumn, ListedRow, ListedTable, list_tables};
pub use crate::assembly::past::parse_past_run;
pub use crate::assembly::plausibility::check_plausibility;
pub use crate::assembly::recogniser::{RecognisedWorkbook, Recogniser};
pub use crate::cells::control_characters::remove_control_characters;
pub use crate::matching::aliases::apply_aliases;
pub use crate::matching::nearest::NearestLabel;
pub use crate::unread::reason::{QuotedCell, UnreadReason};
use tonghop_core::model::raw_workbook::ReceivedWorkbook;

/// Recognises in the workbooks the observations that the sectors declare.
///
/// The order of `books` does not matter: they are processed by department and file.
pub fn recognise(books: &[ReceivedWorkbook], sectors: &[Arc<SectorDecl>], config: &Config) -> (Dataset, Diagnostics) {
    let recogniser = Recogniser::new(sectors, config);
    let recognised = books.iter().map(|book| recogniser.recognise_workbook(book)).collect();
    let (dataset, mut diagnostics) = recogniser.combine(recognised);
    diagnostics.extend(contested_cells(&dataset.contested, config));
    (dataset, diagnostics)
}

#[cfg(test)]
mod tests;
