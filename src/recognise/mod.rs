//! From cells to observations: what the workbooks say of the indicators that the sectors declare.
//!
//! In come the workbooks as read and the declarations; out goes the [`Dataset`] with every problem met on the way.
//! Each sheet, put into Unicode where it is not ([`encoding`]), is seen as rows ([`grid`]) and split into tables ([`block`]) whose headings ([`header`], [`heading`])
//! say what their columns hold; each row gets its parents and unit ([`rows`], [`numbering`]) and is looked up among
//! what the department may report ([`index`]); its numbers ([`measures`], [`value`]) and words ([`words`]) are then
//! gathered over all workbooks ([`gather`]). Labels that the project accepted beside the declared ones come from [`aliases`],
//! earlier runs from their consolidated workbooks ([`past`]). Never here: files, rules, a value that no cell holds.

mod aliases;
mod block;
mod caption;
mod corrections;
mod encoding;
mod gather;
mod grid;
mod harvest;
mod header;
mod heading;
mod index;
mod measures;
mod numbering;
mod past;
mod rows;
mod seen;
mod sheet;
mod time;
mod unlabelled;
mod value;
mod words;

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::model::cell::RawBook;
use crate::model::dataset::Dataset;
use crate::model::id::{DepartmentId, FilePath};
use crate::model::indicator::SectorDecl;
use gather::Gathering;
use heading::Headings;
use index::Index;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use aliases::accept;
pub use corrections::correct;
pub use past::past_run;

/// A workbook of a department, as read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedBook {
    pub department: DepartmentId,
    pub file: FilePath,
    pub book: RawBook,
}

/// Finds in the workbooks what the sectors declare.
///
/// The order in which workbooks are given does not matter: they are read by department and file.
pub fn recognise(books: &[ReceivedBook], sectors: &[Arc<SectorDecl>], config: &Config) -> (Dataset, Diagnostics) {
    let headings = Headings::new(config, sectors);
    let mut ordered: Vec<&ReceivedBook> = books.iter().collect();
    ordered.sort_by_key(|book| (&book.department, &book.file));
    let mut indexes: BTreeMap<&DepartmentId, Index<'_>> = BTreeMap::new();
    let mut gathering = Gathering::default();
    for book in ordered {
        let index = indexes.entry(&book.department).or_insert_with(|| Index::new(&book.department, sectors));
        gathering.book(book, index, &headings);
    }
    gathering.finish(sectors)
}

#[cfg(test)]
mod tests;
