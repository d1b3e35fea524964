//! Reads the cells of a workbook from its bytes.
//!
//! Input: the bytes of one `.xlsx`, `.xlsm`, `.xlsb`, `.xls` or `.ods`, or of one of the office's own CSV tables
//! ([`parse_corrections`], [`parse_register`]). Output: a [`RawBook`] or a [`ReadError`]; the lines of a table or its
//! error. Not here: the meaning of a cell; limits on time and memory, which only a separate process can enforce.
//!
//! The container is checked first ([`container`]): its real format, its checksums, and the sizes that it declares. Only
//! then are the bytes passed to calamine, which reads the cells ([`xlsx`], [`xlsb`], [`dense`]).

mod container;
mod dense;
mod error;
mod gather;
mod ods_marks;
mod office;
mod ooxml;
mod packed;
mod saved;
mod texts;
mod xls;
mod xlsb;
mod xlsx;

pub use crate::office::corrections::{CorrectionsError, corrections};
pub use crate::office::register::{RegisterError, register};
pub use error::ReadError;
pub use packed::{Answer, pack, unpack};

use container::Kind;
use std::panic::catch_unwind;
use tonghop_core::model::book::RawBook;
use tracing::debug;

/// Reads a workbook.
///
/// # Errors
/// The bytes are not a workbook, or the workbook is protected by a password, damaged or too large. A partial workbook
/// is never returned, because it would look complete.
pub fn workbook(bytes: &[u8]) -> Result<RawBook, ReadError> {
    let checked = container::check(bytes)?;
    let kind = checked.kind;
    debug!(?kind, bytes = bytes.len(), "container is sound");
    let read = || match kind {
        Kind::Xlsx => xlsx::read(bytes, checked),
        Kind::Xlsb => xlsb::read(bytes),
        Kind::Ods => dense::ods(bytes),
        Kind::Xls => dense::xls(bytes),
    };
    let book = catch_unwind(read).unwrap_or(Err(ReadError::Reader))?;
    Ok(RawBook { saved: saved::saved(bytes, kind), ..book })
}

#[cfg(test)]
mod tests;
