//! From cells to observations: what the workbooks say of the indicators that the sectors declare.
//!
//! In come the workbooks as read and the declarations; out goes the [`Dataset`] with every problem met on the way.
//! Each sheet, put into Unicode where it is not ([`encoding`]), is seen as rows ([`grid`]) and split into tables ([`block`]) whose headings ([`header`], [`heading`])
//! say what their columns hold; each row gets its parents and unit ([`rows`], [`numbering`]) and is looked up among
//! what the department may report ([`index`]); its numbers ([`measures`], [`value`]) and words ([`words`]) are then
//! gathered over all workbooks ([`gather`]), and what became of each cell is marked on the way ([`log`]). Labels that the project accepted beside the declared ones come from [`aliases`],
//! earlier runs from their consolidated workbooks ([`past`]). Before its rows are taken in, a workbook must be what its
//! folder says ([`identity`]); of two versions of a form one stands ([`versions`]), and figures a thousand times off are
//! named ([`scale`]).
//! Never here: files, rules, a value that no cell holds.

pub(crate) mod assembly;
pub(crate) mod cells;
pub mod history;
mod identity;
pub(crate) mod layout;
pub(crate) mod matching;
pub(crate) mod sheet;

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
