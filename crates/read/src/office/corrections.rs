//! Reads the office's file of corrections.
//!
//! Input: the bytes of `dieu-chinh.csv`. Output: its lines as written, or the error. Not here: the meaning of lines.

use super::office_table::{self, TableError};
use csv::StringRecord;
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::model::dataset::CorrectionLine;
use tonghop_core::{display_as_message, msg};

/// Why the file of corrections cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CorrectionsError {
    /// The bytes are not UTF-8.
    Encoding,
    /// A line, counted from 1, has fewer than 5 fields.
    MissingColumns(u32),
    /// A line, counted from 1, does not say who corrects the figure or why.
    Unsigned(u32),
    /// The record that begins on this line, counted from 1, is not valid CSV; 0 if the line is not known.
    Line(u32),
}

impl CorrectionsError {
    /// Returns the message that says why the file cannot be used.
    pub fn message(&self) -> Message {
        match self {
            Self::Encoding => Message::new("tệp không ở dạng UTF-8", "the file is not UTF-8"),
            Self::MissingColumns(line) => msg!(
                "dòng {line} không có đủ 5 cột: chỉ tiêu, số liệu, giá trị, người điều chỉnh, lý do",
                "line {line} does not have all 5 columns: indicator, measure, value, corrected by, reason"
            ),
            Self::Unsigned(line) => msg!(
                "dòng {line} thiếu người điều chỉnh hoặc lý do",
                "line {line} does not say who corrected the figure or why"
            ),
            Self::Line(line) => msg!("không đọc được dòng {line}", "line {line} cannot be read"),
        }
    }

    /// Returns a hint about what to do.
    pub fn hint(&self) -> Message {
        match self {
            Self::Encoding => {
                Message::new("lưu lại tệp bằng Excel ở dạng CSV UTF-8", "save the file in Excel as CSV UTF-8")
            }
            Self::MissingColumns(_) | Self::Line(_) => Message::new(
                "sửa dòng này; mỗi dòng là một số liệu được điều chỉnh, dòng đầu là tiêu đề",
                "correct this line; each line is one corrected figure, and the first line holds the headings",
            ),
            Self::Unsigned(_) => {
                Message::new("ghi rõ ai điều chỉnh và vì sao", "write who corrected the figure and why")
            }
        }
    }
}

display_as_message!(CorrectionsError);

/// Reads the lines after the heading line.
///
/// # Errors
/// Returns the first error in the file; no line is returned then.
pub fn parse_corrections(bytes: &[u8]) -> Result<Vec<CorrectionLine>, CorrectionsError> {
    let records = office_table::read_records(bytes).map_err(|fault| match fault {
        TableError::Encoding => CorrectionsError::Encoding,
        TableError::Line(line) => CorrectionsError::Line(line),
    })?;
    records.iter().map(|(at, record)| parse_line(record, *at)).collect()
}

fn parse_line(record: &StringRecord, line: u32) -> Result<CorrectionLine, CorrectionsError> {
    let mut fields = record.iter().map(str::to_owned);
    let (Some(indicator), Some(measure), Some(value), Some(who), Some(why)) =
        (fields.next(), fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(CorrectionsError::MissingColumns(line));
    };
    if who.is_empty() || why.is_empty() {
        return Err(CorrectionsError::Unsigned(line));
    }
    Ok(CorrectionLine { line, indicator, measure, value, who, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_with_either_separator() {
        let expected = CorrectionLine {
            line: 3,
            indicator: "budget.rev_local".into(),
            measure: "actual".into(),
            value: "96.011,5".into(),
            who: "Văn phòng".into(),
            why: "đối chiếu; Kho bạc".into(),
        };
        let semicolons = "\u{feff}chỉ tiêu;số liệu;giá trị;ai;lý do\n;;;;\nbudget.rev_local;actual;96.011,5;Văn phòng;\"đối chiếu; Kho bạc\"\n";
        assert_eq!(parse_corrections(semicolons.as_bytes()), Ok(vec![expected.clone()]));
        let commas = "a,b,c,d,e\n\nbudget.rev_local,actual,\"96.011,5\",Văn phòng,đối chiếu; Kho bạc\n";
        let read = parse_corrections(commas.as_bytes()).unwrap();
        assert_eq!(read, [expected]);
    }

    #[test]
    fn errors_are_reported() {
        for (text, error) in [
            ("a;b\nx;actual;5", CorrectionsError::MissingColumns(2)),
            ("a;b\nx;actual;5;;", CorrectionsError::Unsigned(2)),
        ] {
            assert_eq!(parse_corrections(text.as_bytes()), Err(error));
        }
        assert_eq!(parse_corrections(b"\xff\xfe"), Err(CorrectionsError::Encoding));
        assert_eq!(parse_corrections(b""), Ok(vec![]));
    }
}
