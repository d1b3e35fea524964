//! From the bytes of a workbook to its cells.
//!
//! In come the bytes of one `.xlsx`, `.xlsm`, `.xlsb`, `.xls` or `.ods`; out goes a [`RawBook`] or why there is none;
//! the office's own tables, of corrections and of what came in, are read line by line ([`corrections()`],
//! [`register()`]). Of a workbook, first the container is
//! checked ([`container`]), which tells what it really is and keeps damaged bytes and hostile sizes from the library
//! that reads the cells ([`xlsx`], [`xlsb`], [`dense`]). Never here: what a cell means, half a workbook, a bound of
//! time or memory, which only whoever runs this in a process of its own can hold.

mod container;
pub(crate) mod dense;
mod error;
mod gather;
mod ods_marks;
pub(crate) mod office;
pub(crate) mod ooxml;
mod packed;
mod saved;
pub(crate) mod texts;
pub(crate) mod xls;
mod xlsb;
pub(crate) mod xlsx;

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
/// The bytes are no workbook, protected by a password, damaged or too large; nothing of the workbook is returned
/// then, because a half that looks whole is worse than none.
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
