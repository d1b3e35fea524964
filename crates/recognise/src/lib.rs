//! From cells to observations: what the workbooks say of the indicators that the sectors declare.
//!
//! Input: the workbooks as read, and the declarations. Output: the [`Dataset`], with every problem met on the way.
//!
//! Each sheet, put into Unicode where it is not, is seen as rows and split into tables whose headings say what their
//! columns hold, and each row gets its parents and unit ([`layout`]). Rows are looked up among what the department may
//! report, under declared or accepted labels ([`matching`]); their numbers and words become observations, and what became
//! of each cell is marked on the way ([`cells`]). All of this is one sheet at a time ([`sheet`]). A workbook must be what
//! its folder says ([`identity`]); over all workbooks, of two versions of a form one is taken, corrections are applied and
//! figures a thousand times off are named ([`assembly`]). Earlier runs are compared in [`history`]. Not here: files,
//! rules, a value that no cell holds.

mod assembly;
mod cells;
pub mod history;
mod identity;
mod layout;
mod matching;
mod sheet;

use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::indicator::SectorDecl;

pub use crate::assembly::corrections::correct;
pub use crate::assembly::listing::{Holds, ListedColumn, ListedRow, ListedTable, tables};
pub use crate::assembly::past::past_run;
pub use crate::assembly::recogniser::{Recognised, Recogniser};
pub use crate::assembly::scale::suspects;
pub use crate::matching::aliases::accept;
use tonghop_core::model::book::ReceivedBook;

/// Finds in the workbooks what the sectors declare.
///
/// The order in which workbooks are given does not matter: they are taken by department and file.
pub fn recognise(books: &[ReceivedBook], sectors: &[Arc<SectorDecl>], config: &Config) -> (Dataset, Diagnostics) {
    let recogniser = Recogniser::new(sectors, config);
    let recognised = books.iter().map(|book| recogniser.read(book)).collect();
    recogniser.together(recognised)
}

#[cfg(test)]
mod tests;
