//! Reads the office's register of received reports.
//!
//! Input: the bytes of `tiep-nhan.csv`. Output: its lines, and the refused ones. Not here: the list of departments.

use super::office_table::{self, ColumnNames, LineFault, OfficeLines, TableError, TableFormat};
use csv::StringRecord;
use tonghop_core::model::submission::{Day, RegisterLine};

const FORMAT: TableFormat<RegisterLine> = TableFormat {
    columns: &ColumnNames {
        vietnamese: "đơn vị, ngày nhận (ngày/tháng/năm)",
        english: "department, date received (day/month/year)",
        required: 2,
        count: 2,
    },
    is_data: |fields| office_table::is_number(fields.get(1)),
    parse: parse_line,
};

/// Reads the lines after the heading line; a line that would be misread is refused and costs only itself.
///
/// # Errors
/// Returns an error if the file is not a text; no line is returned then.
pub fn parse_register(bytes: &[u8]) -> Result<OfficeLines<RegisterLine>, TableError> {
    office_table::read_lines(bytes, &FORMAT)
}

fn parse_line(fields: &StringRecord, line: u32) -> Result<RegisterLine, LineFault> {
    let (department, day) = fields.get(0).zip(fields.get(1)).ok_or(LineFault::MissingColumns)?;
    let day = Day::parse(day).ok_or(LineFault::InvalidDay)?;
    Ok(RegisterLine { line, department: department.to_owned(), day })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<RegisterLine>, Vec<(u32, LineFault)>) {
        let OfficeLines { lines, refused } = parse_register(text.as_bytes()).unwrap();
        (lines, refused.into_iter().map(|refused| (refused.line, refused.fault)).collect())
    }

    fn line(line: u32, department: &str, day: u8) -> RegisterLine {
        RegisterLine { line, department: department.into(), day: Day::new(2024, 9, day).unwrap() }
    }

    #[test]
    fn lines_are_read() {
        let text = "\u{feff}đơn vị;ngày nhận;ghi chú\n;;\nphong-a;16/9/2024\n\"Phòng B\";2024-09-17;x\n";
        assert_eq!(read(text), (vec![line(3, "phong-a", 16), line(4, "Phòng B", 17)], vec![]));
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        for (text, at, fault) in [
            ("a,b\nphong-a\nphong-b,17/9/2024", 2, LineFault::MissingColumns),
            ("a,b\nphong-a,hôm qua\nphong-b,17/9/2024", 2, LineFault::InvalidDay),
            ("a,b\n\nphong-a,31/9/2024\nphong-b,17/9/2024", 3, LineFault::InvalidDay),
            ("a,b\nKinh tế, hạ tầng,16/9/2024\nphong-b,17/9/2024", 2, LineFault::ExtraColumns(3)),
            ("phong-a,16/9/2024\nphong-b,17/9/2024", 1, LineFault::NoHeading),
        ] {
            let last = u32::try_from(text.lines().count()).unwrap();
            assert_eq!(read(text), (vec![line(last, "phong-b", 17)], vec![(at, fault)]), "{text}");
        }
        assert_eq!(parse_register(b"\xff"), Err(TableError::Encoding));
    }
}
