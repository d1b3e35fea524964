//! Saves a workbook as bytes that are the same on every system.
//!
//! Input: a finished workbook. Output: its bytes. Not here: the content of the workbook.
//!
//! The library records in the archive on which kind of system it ran ("version made by", APPNOTE.TXT 4.4.2); here it is
//! always Unix.

use rust_xlsxwriter::{Workbook, XlsxError};

/// The signatures of an entry of the central directory and of its end.
const ENTRY: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
/// The lengths of their fixed parts.
const ENTRY_LEN: usize = 46;
const END_LEN: usize = 22;
/// Unix as the upper byte of "version made by".
const UNIX: u8 = 3;

/// Saves a workbook.
///
/// # Errors
/// Returns an error if the workbook exceeds the limits of Excel.
pub(crate) fn save(workbook: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = workbook.save_to_buffer()?;
    set_system(&mut bytes);
    Ok(bytes)
}

/// Sets the system in every entry of the central directory; an archive without a comment ends with its end record.
fn set_system(archive: &mut [u8]) {
    let Some(end) = archive.len().checked_sub(END_LEN).filter(|at| archive[*at..].starts_with(END)) else { return };
    let number = |archive: &[u8], at: usize, length: usize| {
        archive[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    let mut at = number(archive, end + 16, 4);
    while at + ENTRY_LEN <= end && archive[at..].starts_with(ENTRY) {
        archive[at + 5] = UNIX;
        // The name, the extra fields and the comment follow.
        at += ENTRY_LEN + [28, 30, 32].map(|field| number(archive, at + field, 2)).iter().sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;
    use zip::{System, ZipWriter};

    #[test]
    fn archives_of_all_systems_become_the_same() {
        let archive = |system: System| {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["a.xml", "b/c.xml"] {
                let options = SimpleFileOptions::default().system(system).unix_permissions(0o600);
                zip.start_file(name, options.last_modified_time(zip::DateTime::default())).unwrap();
                zip.write_all(b"PK\x01\x02 in the content").unwrap();
            }
            zip.finish().unwrap().into_inner()
        };
        let (unix, mut dos) = (archive(System::Unix), archive(System::Dos));
        assert_ne!(unix, dos);
        set_system(&mut dos);
        assert_eq!(unix, dos);
        for cut in 0..unix.len() {
            set_system(&mut unix[..cut].to_vec());
        }
    }
}
