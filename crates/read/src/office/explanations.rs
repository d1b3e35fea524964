//! Reads the office's file of explanations.
//!
//! Input: the bytes of `giai-trinh.csv`. Output: its lines as written, or the error. Not here: the meaning of lines, and
//! what a line lacks: one bad line costs only itself.

use super::office_table::{self, TableError};
use csv::StringRecord;
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::model::explanation::ExplanationLine;
use tonghop_core::{display_as_message, msg};

/// Why the file of explanations cannot be used.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ExplanationsError {
    /// The bytes are not UTF-8.
    Encoding,
    /// The record that begins on this line, counted from 1, is not valid CSV; 0 if the line is not known.
    Line(u32),
}

impl ExplanationsError {
    /// Returns the message that says why the file cannot be used.
    pub fn message(self) -> Message {
        match self {
            Self::Encoding => Message::new("tệp không ở dạng UTF-8", "the file is not UTF-8"),
            Self::Line(line) => msg!("không đọc được dòng {line}", "line {line} cannot be read"),
        }
    }

    /// Returns a hint about what to do.
    pub fn hint(self) -> Message {
        match self {
            Self::Encoding => {
                Message::new("lưu lại tệp bằng Excel ở dạng CSV UTF-8", "save the file in Excel as CSV UTF-8")
            }
            Self::Line(_) => Message::new(
                "sửa dòng này; mỗi dòng giải trình một số liệu, dòng đầu là tiêu đề",
                "correct this line; each line explains one number, and the first line holds the headings",
            ),
        }
    }
}

display_as_message!(ExplanationsError);

/// Reads the lines after the heading line.
///
/// # Errors
/// Returns an error if the file is not a CSV table; no line is returned then.
pub fn parse_explanations(bytes: &[u8]) -> Result<Vec<ExplanationLine>, ExplanationsError> {
    let records = office_table::read_records(bytes).map_err(|fault| match fault {
        TableError::Encoding => ExplanationsError::Encoding,
        TableError::Line(line) => ExplanationsError::Line(line),
    })?;
    Ok(records.iter().map(|(line, record)| parse_line(record, *line)).collect())
}

fn parse_line(record: &StringRecord, line: u32) -> ExplanationLine {
    let mut fields = record.iter().map(str::to_owned);
    let mut next = || fields.next().unwrap_or_default();
    ExplanationLine {
        line,
        department: next(),
        subject: next(),
        measure: next(),
        number: next(),
        why: next(),
        who: next(),
        day: next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_with_either_separator() {
        let expected = ExplanationLine {
            line: 3,
            department: "phong-a".into(),
            subject: "bieu.xlsx [Biểu] E2".into(),
            measure: String::new(),
            number: "96.011,5".into(),
            why: "hoàn thuế; kỳ trước".into(),
            who: "Trần B".into(),
            day: "20/9/2024".into(),
        };
        let semicolons = "\u{feff}a;b;c;d;e;f;g\r\n;;;;;;\r\nphong-a;bieu.xlsx [Biểu] E2;;96.011,5;\"hoàn thuế; kỳ trước\";Trần B;20/9/2024\r\n";
        assert_eq!(parse_explanations(semicolons.as_bytes()), Ok(vec![expected.clone()]));
        let commas =
            "a,b,c,d,e,f,g\n\nphong-a,bieu.xlsx [Biểu] E2,,\"96.011,5\",hoàn thuế; kỳ trước,Trần B,20/9/2024\n";
        assert_eq!(parse_explanations(commas.as_bytes()), Ok(vec![expected]));
    }

    #[test]
    fn missing_fields_are_empty_and_other_files_are_refused() {
        let read = parse_explanations("a;b\nphong-a;herd.total".as_bytes()).unwrap();
        let expected = ExplanationLine {
            line: 2,
            department: "phong-a".into(),
            subject: "herd.total".into(),
            ..ExplanationLine::default()
        };
        assert_eq!(read, [expected]);
        assert_eq!(parse_explanations(b"\xff\xfe"), Err(ExplanationsError::Encoding));
        assert_eq!(parse_explanations(b""), Ok(vec![]));
    }
}
