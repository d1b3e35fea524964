//! Reads the office's file of corrections.
//!
//! Input: the bytes of `dieu-chinh.csv`. Output: its lines as written, and the refused ones. Not here: the meaning of
//! lines.

use super::office_table::{self, ColumnNames, LineFault, OfficeLines, TableError, TableFormat};
use csv::StringRecord;
use tonghop_core::model::dataset::CorrectionLine;

const FORMAT: TableFormat<CorrectionLine> = TableFormat {
    columns: &ColumnNames {
        vietnamese: "chỉ tiêu, số liệu, giá trị, người điều chỉnh, lý do",
        english: "indicator, measure, value, corrected by, reason",
        required: 5,
        count: 5,
    },
    is_data: |fields| office_table::is_number(fields.get(2)) || office_table::is_indicator_id(fields.get(0)),
    parse: parse_line,
};

/// Reads the lines after the heading line; a line that would be misread is refused and costs only itself.
///
/// # Errors
/// Returns an error if the file is not a text; no line is returned then.
pub fn parse_corrections(bytes: &[u8]) -> Result<OfficeLines<CorrectionLine>, TableError> {
    office_table::read_lines(bytes, &FORMAT)
}

fn parse_line(fields: &StringRecord, line: u32) -> Result<CorrectionLine, LineFault> {
    let field = |column: usize| fields.get(column).unwrap_or_default().to_owned();
    let [indicator, measure, value, who, why] = std::array::from_fn(field);
    // A person has a name: digits here are the decimals of a number that lost its quotation marks, perhaps with a unit.
    let is_name = who.contains(char::is_alphabetic) && !office_table::is_number(Some(&who));
    if !is_name || why.is_empty() {
        return Err(LineFault::Unsigned);
    }
    Ok(CorrectionLine { line, indicator, measure, value, who, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<CorrectionLine>, Vec<(u32, LineFault)>) {
        let OfficeLines { lines, refused } = parse_corrections(text.as_bytes()).unwrap();
        (lines, refused.into_iter().map(|refused| (refused.line, refused.fault)).collect())
    }

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
        assert_eq!(read(semicolons), (vec![expected.clone()], vec![]));
        let commas = "a,b,c,d,e\n\nbudget.rev_local,actual,\"96.011,5\",Văn phòng,đối chiếu; Kho bạc\n";
        assert_eq!(read(commas), (vec![expected], vec![]));
    }

    #[test]
    fn lines_that_would_be_misread_are_refused() {
        for (text, line, fault) in [
            ("a;b\nx;actual;5", 2, LineFault::MissingColumns),
            ("a;b\nx;actual;5;;", 2, LineFault::Unsigned),
            ("a,b,c,d,e\nherd.total,actual,99,5,An,nhập sai", 2, LineFault::ExtraColumns(6)),
            // The reason is missing, and the decimals stand where it should say who corrects.
            ("a,b,c,d,e\nherd.total,actual,99,5,An", 2, LineFault::Unsigned),
            ("a,b,c,d,e,f\nherd.total,actual,99,5 con,An,nhập sai", 2, LineFault::Unsigned),
            ("herd.total,actual,99,An,nhập sai", 1, LineFault::NoHeading),
            ("herd.total,actual,nhiều,An,nhập sai", 1, LineFault::NoHeading),
            ("Tổng đàn,thực hiện,99,An,nhập sai", 1, LineFault::NoHeading),
        ] {
            assert_eq!(read(text), (vec![], vec![(line, fault)]), "{text}");
        }
        assert_eq!(parse_corrections(b"\xff\xfe"), Err(TableError::Encoding));
        assert_eq!(read(""), (vec![], vec![]));
    }
}
