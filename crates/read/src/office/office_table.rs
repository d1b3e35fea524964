//! Reads the records of a CSV table that the office keeps, and refuses each line that would be misread.
//!
//! Input: the bytes of the file and what its lines look like. Output: the lines after the heading line and the refused
//! ones, each with its line number; or the error if no line can be read. Not here: the meaning of fields.

use csv::{ReaderBuilder, StringRecord, Trim};
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::{display_as_message, msg};

/// Why no line of a table can be used.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TableError {
    /// The bytes are not UTF-8.
    Encoding,
}

impl TableError {
    /// Returns the message that says why the table cannot be used.
    pub fn message(self) -> Message {
        match self {
            Self::Encoding => Message::new("tệp không ở dạng UTF-8", "the file is not UTF-8"),
        }
    }

    /// Returns a hint about what to do.
    pub fn hint(self) -> Message {
        match self {
            Self::Encoding => {
                Message::new("lưu lại tệp bằng Excel ở dạng CSV UTF-8", "save the file in Excel as CSV UTF-8")
            }
        }
    }
}

display_as_message!(TableError);

/// The lines of a table: those that can be read, and those that are not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeLines<T> {
    /// The lines after the heading line, in the order of the file.
    pub lines: Vec<T>,
    /// The lines that are not used, in the order of the file.
    pub refused: Vec<RefusedLine>,
}

/// A line that is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    /// Counted from 1.
    pub line: u32,
    /// Why it is not used.
    pub fault: LineFault,
    columns: &'static ColumnNames,
}

/// Why a line is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// The first line holds data, although it is the line of the headings.
    NoHeading,
    /// The line has more columns than the table: often a decimal comma without quotes.
    ExtraColumns(usize),
    /// The line has too few columns.
    MissingColumns,
    /// A quotation mark is not closed, so that the lines below would belong to this one.
    OpenQuote,
    /// The line does not say who vouches for it or why.
    Unsigned,
    /// The line has no day of the calendar where one is needed.
    InvalidDay,
}

impl RefusedLine {
    /// Returns the message that says why the line is not used.
    pub fn message(self) -> Message {
        let Self { line, fault, columns } = self;
        let names = Message::new(columns.vietnamese, columns.english);
        match fault {
            LineFault::NoHeading => msg!(
                "dòng {line} là số liệu, không phải tiêu đề; dòng này không được dùng",
                "line {line} holds data, not the headings; the line is not used"
            ),
            LineFault::ExtraColumns(found) => msg!(
                "dòng {line} có {found} cột, thừa so với tiêu đề ({names}); dòng này không được dùng",
                "line {line} has {found} columns, more than the headings ({names}); the line is not used",
                names = names
            ),
            LineFault::MissingColumns => msg!(
                "dòng {line} không có đủ {count} cột: {names}; dòng này không được dùng",
                "line {line} does not have all {count} columns: {names}; the line is not used",
                count = columns.required,
                names = names
            ),
            LineFault::OpenQuote => msg!(
                "dòng {line} có dấu nháy kép không khép lại; dòng này và các dòng nối vào nó không được dùng",
                "line {line} has a quotation mark that is not closed; it and the lines joined to it are not used"
            ),
            LineFault::Unsigned => msg!(
                "dòng {line} thiếu người điều chỉnh hoặc lý do; dòng này không được dùng",
                "line {line} does not say who corrected the figure or why; the line is not used"
            ),
            LineFault::InvalidDay => msg!(
                "dòng {line} không ghi ngày nhận đúng cách; dòng này không được dùng",
                "line {line} does not have a valid date of receipt; the line is not used"
            ),
        }
    }

    /// Returns a hint about what to do.
    pub fn hint(self) -> Message {
        let names = Message::new(self.columns.vietnamese, self.columns.english);
        match self.fault {
            LineFault::NoHeading => {
                msg!(
                    "thêm dòng tiêu đề lên đầu tệp: {names}",
                    "add a line of headings at the top: {names}",
                    names = names
                )
            }
            LineFault::ExtraColumns(_) => Message::new(
                "nếu số hoặc chữ có dấu ngăn cột, đặt vào dấu nháy kép, ví dụ \"99,5\"; mỗi dòng có đúng các cột của tiêu đề",
                "put a number or text that contains the separator into quotes, such as \"99,5\"; a line has exactly the columns of the headings",
            ),
            LineFault::OpenQuote => Message::new(
                "khép dấu nháy kép, hoặc bỏ dấu nháy thừa",
                "close the quotation mark, or remove the one too many",
            ),
            LineFault::Unsigned => {
                Message::new("ghi rõ ai điều chỉnh và vì sao", "write who corrected the figure and why")
            }
            LineFault::MissingColumns | LineFault::InvalidDay => msg!(
                "sửa dòng này; mỗi dòng ghi đủ: {names}; dòng đầu là tiêu đề",
                "correct this line; each line has: {names}; the first line holds the headings",
                names = names
            ),
        }
    }
}

/// The columns of a table, as messages list them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ColumnNames {
    pub vietnamese: &'static str,
    pub english: &'static str,
    /// The number of columns that every line has, and the number that the table has.
    pub required: usize,
    pub count: usize,
}

/// What the lines of a table look like.
pub(crate) struct TableFormat<T> {
    pub columns: &'static ColumnNames,
    /// Returns whether a record cannot be the headings, because it holds what only a line of data holds.
    pub is_data: fn(&StringRecord) -> bool,
    /// Parses a line with all its columns; its number is counted from 1.
    pub parse: fn(&StringRecord, u32) -> Result<T, LineFault>,
}

/// Reads the lines after the heading line; empty lines are skipped.
///
/// Fields are separated by commas or, as Vietnamese Excel saves them, by semicolons.
pub(crate) fn read_lines<T>(bytes: &[u8], format: &TableFormat<T>) -> Result<OfficeLines<T>, TableError> {
    let text = std::str::from_utf8(bytes).map_err(|_| TableError::Encoding)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut read = OfficeLines { lines: Vec::new(), refused: Vec::new() };
    // The number of columns, once the headings are read.
    let mut columns: Option<usize> = None;
    for (line, record) in records(text)? {
        let outcome = match columns {
            None => {
                columns = Some(used_columns(&record.fields).max(format.columns.count));
                if !(format.is_data)(&record.fields) {
                    continue;
                }
                Err(LineFault::NoHeading)
            }
            Some(most) => record.check(format, most).and_then(|()| (format.parse)(&record.fields, line)),
        };
        match outcome {
            Ok(parsed) => read.lines.push(parsed),
            Err(fault) => read.refused.push(RefusedLine { line, fault, columns: format.columns }),
        }
    }
    Ok(read)
}

/// A record of the file.
struct Record {
    fields: StringRecord,
    /// Whether the text of the record has an odd number of quotation marks.
    has_open_quote: bool,
}

impl Record {
    fn check<T>(&self, format: &TableFormat<T>, most: usize) -> Result<(), LineFault> {
        let found = used_columns(&self.fields);
        match () {
            () if self.has_open_quote => Err(LineFault::OpenQuote),
            () if found > most => Err(LineFault::ExtraColumns(found)),
            () if self.fields.len() < format.columns.required => Err(LineFault::MissingColumns),
            () => Ok(()),
        }
    }
}

/// Returns the number of columns up to the last one with a text; Excel fills up lines with empty columns.
fn used_columns(fields: &StringRecord) -> usize {
    (0..fields.len()).rev().find(|at| !fields[*at].is_empty()).map_or(0, |last| last + 1)
}

/// Returns the records that are not empty, each with its line number, counted from 1.
fn records(text: &str) -> Result<Vec<(u32, Record)>, TableError> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let separator = if first.contains(';') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let (mut records, mut fields) = (Vec::new(), StringRecord::new());
    let (mut start, mut line) = (0, 1_usize);
    // The text is UTF-8 and lines may have any length: no other error is possible.
    while reader.read_record(&mut fields).map_err(|_| TableError::Encoding)? {
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let written = text.get(start..end).unwrap_or_default();
        // The reader skips empty lines before a record.
        let blank = written.len() - written.trim_start_matches(['\r', '\n']).len();
        let at = line + written[..blank].matches('\n').count();
        if fields.iter().any(|field| !field.is_empty()) {
            let has_open_quote = written.matches('"').count() % 2 == 1;
            records.push((u32::try_from(at).unwrap_or(u32::MAX), Record { fields: fields.clone(), has_open_quote }));
        }
        line += written.matches('\n').count();
        start = end;
    }
    Ok(records)
}

/// Returns whether a field begins as a number or a day does, and no heading.
pub(crate) fn is_number(field: Option<&str>) -> bool {
    let unsigned = field.map(|field| field.trim_start_matches(['-', '+', '(']));
    unsigned.is_some_and(|field| field.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns whether a field is the id of an indicator, `sector.indicator`.
pub(crate) fn is_indicator_id(field: Option<&str>) -> bool {
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    field.and_then(|field| field.split_once('.')).is_some_and(|(sector, indicator)| is_id(sector) && is_id(indicator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: ColumnNames =
        ColumnNames { vietnamese: "tên, số", english: "name, number", required: 2, count: 2 };
    const FORMAT: TableFormat<String> = TableFormat {
        columns: &COLUMNS,
        is_data: |fields| is_number(fields.get(1)),
        parse: |fields, line| Ok(format!("{line}:{}={}", &fields[0], &fields[1])),
    };

    fn read(text: &str) -> (Vec<String>, Vec<(u32, LineFault)>) {
        let OfficeLines { lines, refused } = read_lines(text.as_bytes(), &FORMAT).unwrap();
        (lines, refused.into_iter().map(|refused| (refused.line, refused.fault)).collect())
    }

    #[test]
    fn a_line_is_read_or_refused_by_itself() {
        for (text, lines, refused) in [
            ("tên,số\na,1\nb,\"2,5\"\n", vec!["2:a=1", "3:b=2,5"], vec![]),
            ("tên;số\r\n\r\na;2,5\r\n;\r\nb;3;;\r\n", vec!["3:a=2,5", "5:b=3"], vec![]),
            ("\n\ntên,số\na,1", vec!["4:a=1"], vec![]),
            ("tên,số\na,2,5\nb,3", vec!["3:b=3"], vec![(2, LineFault::ExtraColumns(3))]),
            ("tên,số,ghi chú\na,2,xa", vec!["2:a=2"], vec![]),
            ("a,1\nb,2", vec!["2:b=2"], vec![(1, LineFault::NoHeading)]),
            ("tên,số\na\nb,2", vec!["3:b=2"], vec![(2, LineFault::MissingColumns)]),
            ("tên,số\na,\"1\nb,2\nc,3", vec![], vec![(2, LineFault::OpenQuote)]),
            ("tên,số\n\"a\nb\",1\nc,2", vec!["2:a\nb=1", "4:c=2"], vec![]),
            ("", vec![], vec![]),
        ] {
            let lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
            assert_eq!(read(text), (lines, refused), "{text:?}");
        }
    }

    #[test]
    fn numbers_and_days_are_no_headings() {
        for (field, expected) in [("-9,5", true), ("16/9/2024", true), ("Giá trị 9 tháng", false), ("", false)] {
            assert_eq!(is_number(Some(field)), expected, "{field}");
        }
    }

    #[test]
    fn ids_are_no_headings() {
        for (field, expected) in [("herd.total", true), ("budget.rev_2", true), ("Chỉ tiêu", false), ("a. b", false)]
        {
            assert_eq!(is_indicator_id(Some(field)), expected, "{field}");
        }
    }

    proptest! {
        #[test]
        fn every_line_is_read_or_refused(lines in prop::collection::vec("[a-c]{1,3}(,[0-9]{1,2}){0,3}", 0..20)) {
            let (read, refused) = read(&format!("tên,số\n{}", lines.join("\n")));
            prop_assert_eq!(read.len() + refused.len(), lines.len());
        }
    }
}
