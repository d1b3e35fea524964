//! Reads the office's register of received reports.
//!
//! Input: the bytes of `tiep-nhan.csv`. Output: its lines, or the error. Not here: the list of departments.

use super::office_table::{self, TableError};
use tonghop_core::diag::Message;
use tonghop_core::model::submission::{Day, RegisterLine};
use tonghop_core::msg;

/// Why the register cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterError {
    /// The bytes are not UTF-8.
    Encoding,
    /// The line, counted from 1, has no second column.
    MissingColumn(u32),
    /// The second column of the line, counted from 1, is not a date of the calendar.
    InvalidDay(u32),
    /// The record that begins on this line, counted from 1, is not valid CSV; 0 if the line is not known.
    Line(u32),
}

impl RegisterError {
    /// Returns the message that says why the register cannot be used.
    pub fn message(self) -> Message {
        match self {
            Self::Encoding => Message::new("tệp không ở dạng UTF-8", "the file is not UTF-8"),
            Self::MissingColumn(line) => msg!(
                "dòng {line} không có đủ 2 cột: đơn vị, ngày nhận",
                "line {line} does not have both columns: department, date received"
            ),
            Self::InvalidDay(line) => {
                msg!("dòng {line} không ghi ngày nhận đúng cách", "line {line} does not have a valid date of receipt")
            }
            Self::Line(line) => msg!("không đọc được dòng {line}", "line {line} cannot be read"),
        }
    }

    /// Returns a hint about what to do.
    pub fn hint(self) -> Message {
        match self {
            Self::Encoding => {
                Message::new("lưu lại tệp bằng Excel ở dạng CSV UTF-8", "save the file in Excel as CSV UTF-8")
            }
            _ => Message::new(
                "sửa dòng này; mỗi dòng là một đơn vị và ngày nhận (ngày/tháng/năm), dòng đầu là tiêu đề",
                "correct this line; each line is a department and a date (day/month/year), and the first line holds the headings",
            ),
        }
    }
}

/// Reads the lines after the heading line.
///
/// # Errors
/// Returns the first error in the file; no line is returned then.
pub fn parse_register(bytes: &[u8]) -> Result<Vec<RegisterLine>, RegisterError> {
    let records = office_table::read_records(bytes).map_err(|fault| match fault {
        TableError::Encoding => RegisterError::Encoding,
        TableError::Line(line) => RegisterError::Line(line),
    })?;
    let parse_line = |(line, record): (u32, csv::StringRecord)| {
        let (department, day) = record.get(0).zip(record.get(1)).ok_or(RegisterError::MissingColumn(line))?;
        let day = Day::parse(day).ok_or(RegisterError::InvalidDay(line))?;
        Ok(RegisterLine { line, department: department.to_owned(), day })
    };
    records.into_iter().map(parse_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let read = parse_register(
            "\u{feff}đơn vị;ngày nhận;ghi chú\n;;\nphong-a;16/9/2024\n\"Phòng B\";2024-09-17;x\n".as_bytes(),
        );
        let line = |line, department: &str, day| RegisterLine {
            line,
            department: department.into(),
            day: Day::new(2024, 9, day).unwrap(),
        };
        assert_eq!(read, Ok(vec![line(3, "phong-a", 16), line(4, "Phòng B", 17)]));
    }

    #[test]
    fn errors_are_reported() {
        for (text, error) in [
            ("a,b\nphong-a", RegisterError::MissingColumn(2)),
            ("a,b\nphong-a,hôm qua", RegisterError::InvalidDay(2)),
            ("a,b\n\nphong-a,31/9/2024", RegisterError::InvalidDay(3)),
        ] {
            assert_eq!(parse_register(text.as_bytes()), Err(error), "{text}");
        }
        assert_eq!(parse_register(b"\xff"), Err(RegisterError::Encoding));
    }
}
