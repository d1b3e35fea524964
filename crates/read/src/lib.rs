//! Reads the cells of a workbook from its bytes.
//!
//! Input: the bytes of one `.xlsx`, `.xlsm`, `.xlsb`, `.xls` or `.ods`, or of one of the office's own CSV tables
//! ([`parse_corrections`], [`parse_explanations`], [`parse_register`]). Output: a [`RawWorkbook`] or a [`ReadError`]; the lines of a table or its
//! error. Not here: the meaning of a cell; limits on time and memory, which only a separate process can enforce.
//!
//! The container is checked first ([`container`]): its real format, its checksums, and the sizes that it declares. Only
//! then are the bytes passed to calamine, which reads the cells ([`xlsx`], [`xlsb`], [`dense`]).

mod book_builder;
mod cell_comments;
mod codec;
mod container;
mod dense;
mod error;
mod last_modified;
mod ods_content;
mod ods_extras;
mod office;
mod ooxml;
mod product;
mod text_pool;
mod uncalculated;
mod xls;
mod xlsb;
mod xlsx;

pub use crate::office::corrections::parse_corrections;
pub use crate::office::explanations::parse_explanations;
pub use crate::office::office_table::{LineFault, OfficeLines, RefusedLine, TableError};
pub use crate::office::register::parse_register;
pub use codec::{ReadResult, decode, encode};
pub use error::ReadError;

use container::WorkbookFormat;
use std::panic::catch_unwind;
use tonghop_core::model::raw_workbook::RawWorkbook;
use tracing::debug;

/// Reads a workbook.
///
/// # Errors
/// Returns an error if the bytes are not a workbook, or if the workbook is protected by a password, damaged or too
/// large. A partial workbook is never returned, because it would look complete.
pub fn read_workbook(bytes: &[u8]) -> Result<RawWorkbook, ReadError> {
    let checked = container::check(bytes)?;
    let kind = checked.format;
    debug!(?kind, bytes = bytes.len(), "container is sound");
    let read = || match kind {
        WorkbookFormat::Xlsx => xlsx::read(bytes, checked),
        WorkbookFormat::Xlsb => xlsb::read(bytes, &checked.parts),
        WorkbookFormat::Ods => dense::read_ods(bytes, checked.content),
        WorkbookFormat::Xls => dense::read_xls(bytes),
    };
    let mut book = catch_unwind(read).unwrap_or(Err(ReadError::ReaderFailure))?;
    if kind == WorkbookFormat::Xlsx {
        uncalculated::remove_placeholders(bytes, &mut book);
    }
    let (last_modified, product) = (last_modified::last_modified(bytes, kind), product::product(bytes, kind));
    Ok(RawWorkbook { last_modified, product, ..book })
}

#[cfg(test)]
mod tests;
