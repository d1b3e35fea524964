//! From the bytes of a workbook to its cells.
//!
//! Input: the bytes of one `.xlsx`, `.xlsm`, `.xlsb`, `.xls` or `.ods`; the text of the office's own tables, of
//! corrections and of what was received ([`corrections()`], [`register()`]). Output: a [`RawBook`], or why there is none.
//! First the container is checked ([`container`]): what it really is, and that no damaged bytes and no hostile sizes reach
//! the library that reads the cells ([`xlsx`], [`xlsb`], [`dense`]). Not here: what a cell means; half a workbook; a bound
//! of time or memory, which only a process of its own can hold.

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
