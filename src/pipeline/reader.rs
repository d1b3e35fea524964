//! The interface for reading workbooks, and a reader that works in this process.

use super::recognition::{Recognition, Request};
use tonghop_core::config::Limits;
use tonghop_core::model::raw_workbook::RawWorkbook;
use tonghop_read::ReadError;

/// Reads and recognises workbooks.
pub trait WorkbookReader: Sync {
    /// Reads one workbook within the limits.
    ///
    /// # Errors
    /// Returns an error if the workbook cannot be read. The problem is of this workbook only; the reader can go on with
    /// the next one.
    fn read(&self, bytes: &[u8], limits: &Limits) -> Result<RawWorkbook, ReadError>;

    /// Reads one workbook within the limits and returns the encoded recognition result.
    ///
    /// # Errors
    /// Returns the errors of [`WorkbookReader::read`].
    fn recognise(
        &self,
        request: Request<'_>,
        recognition: &Recognition<'_>,
        limits: &Limits,
    ) -> Result<Vec<u8>, ReadError> {
        recognition.recognise(request, self.read(request.bytes, limits)?)
    }
}

/// Reads in this process, which cannot enforce the limits of time and memory.
pub struct InProcessReader;

impl WorkbookReader for InProcessReader {
    fn read(&self, bytes: &[u8], _: &Limits) -> Result<RawWorkbook, ReadError> {
        tonghop_read::read_workbook(bytes)
    }
}
