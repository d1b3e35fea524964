//! The office's own file of corrections, line by line.
//!
//! In come the bytes of `dieu-chinh.csv`, out go its lines as written, or what is wrong with the file. Never here: what
//! a line means.

use crate::model::dataset::CorrectionLine;
use csv::{ReaderBuilder, StringRecord, Trim};
use thiserror::Error;

/// Why the file of corrections cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CorrectionsError {
    #[error("tệp không ở dạng UTF-8")]
    Encoding,
    #[error("dòng {0} không có đủ 5 cột: chỉ tiêu, số liệu, giá trị, người điều chỉnh, lý do")]
    Columns(u32),
    #[error("dòng {0} thiếu người điều chỉnh hoặc lý do")]
    Unsigned(u32),
    #[error("không đọc được dòng {0}")]
    Line(u32),
}

impl CorrectionsError {
    /// Returns what to do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Encoding => "lưu lại tệp bằng Excel ở dạng CSV UTF-8",
            Self::Columns(_) | Self::Line(_) => {
                "sửa dòng này; mỗi dòng là một số liệu được điều chỉnh, dòng đầu là tiêu đề"
            }
            Self::Unsigned(_) => "ghi rõ ai điều chỉnh và vì sao",
        }
    }
}

/// Reads the lines below the heading line; fields are parted by commas or, as Excel in Vietnamese saves them, by
/// semicolons.
///
/// # Errors
/// The first thing that is wrong: then no line is used.
pub fn corrections(bytes: &[u8]) -> Result<Vec<CorrectionLine>, CorrectionsError> {
    let text = std::str::from_utf8(bytes).map_err(|_| CorrectionsError::Encoding)?;
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let separator = if heading.contains(';') { b';' } else { b',' };
    let mut reader =
        ReaderBuilder::new().delimiter(separator).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            CorrectionsError::Line(u32::try_from(line).unwrap_or(u32::MAX))
        })?;
        lines.extend(line(&record, line_number(text, &record))?);
    }
    Ok(lines)
}

/// Returns the line a record stands on; the reader tells where it began to look, before empty lines.
fn line_number(text: &str, record: &StringRecord) -> u32 {
    let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let skipped = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    let breaks = before.matches('\n').count() + skipped.matches('\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

/// Reads one line; a line without any content is none.
fn line(record: &StringRecord, line: u32) -> Result<Option<CorrectionLine>, CorrectionsError> {
    if record.iter().all(str::is_empty) {
        return Ok(None);
    }
    let mut fields = record.iter().map(str::to_owned);
    let (Some(indicator), Some(measure), Some(value), Some(who), Some(why)) =
        (fields.next(), fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(CorrectionsError::Columns(line));
    };
    if who.is_empty() || why.is_empty() {
        return Err(CorrectionsError::Unsigned(line));
    }
    Ok(Some(CorrectionLine { line, indicator, measure, value, who, why }))
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
        assert_eq!(corrections(semicolons.as_bytes()), Ok(vec![expected.clone()]));
        let commas = "a,b,c,d,e\n\nbudget.rev_local,actual,\"96.011,5\",Văn phòng,đối chiếu; Kho bạc\n";
        let read = corrections(commas.as_bytes()).unwrap();
        assert_eq!(read, [expected]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, error) in
            [("a;b\nx;actual;5", CorrectionsError::Columns(2)), ("a;b\nx;actual;5;;", CorrectionsError::Unsigned(2))]
        {
            assert_eq!(corrections(text.as_bytes()), Err(error));
        }
        assert_eq!(corrections(b"\xff\xfe"), Err(CorrectionsError::Encoding));
        assert_eq!(corrections(b""), Ok(vec![]));
    }
}
