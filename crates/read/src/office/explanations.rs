//! Reads the office's file of explanations.
//!
//! Input: the bytes of `giai-trinh.csv`. Output: its lines as written, and the refused ones. Not here: the meaning of
//! lines, and what a line lacks.

use super::office_table::{self, ColumnNames, OfficeLines, TableError, TableFormat};
use csv::StringRecord;
use tonghop_core::model::explanation::ExplanationLine;

const FORMAT: TableFormat<ExplanationLine> = TableFormat {
    columns: &ColumnNames {
        vietnamese: "đơn vị, chỉ tiêu hoặc ô, loại số liệu, số, lời giải trình, người giải trình, ngày",
        english: "department, indicator or cell, measure, number, explanation, explained by, day",
        required: 1,
        count: 7,
    },
    is_data: |fields| {
        let of_data = [3, 6].into_iter().any(|column| office_table::is_number(fields.get(column)));
        of_data || office_table::is_indicator_id(fields.get(1))
    },
    parse: |fields, line| Ok(parse_line(fields, line)),
};

/// Reads the lines after the heading line; a line that would be misread is refused and costs only itself.
///
/// # Errors
/// Returns an error if the file is not a text; no line is returned then.
pub fn parse_explanations(bytes: &[u8]) -> Result<OfficeLines<ExplanationLine>, TableError> {
    office_table::read_lines(bytes, &FORMAT)
}

fn parse_line(fields: &StringRecord, line: u32) -> ExplanationLine {
    let field = |column: usize| fields.get(column).unwrap_or_default().to_owned();
    let [department, subject, measure, number, why, who, day] = std::array::from_fn(field);
    ExplanationLine { line, department, subject, measure, number, why, who, day }
}

#[cfg(test)]
mod tests {
    use super::super::office_table::LineFault;
    use super::*;

    fn read(text: &str) -> (Vec<ExplanationLine>, Vec<(u32, LineFault)>) {
        let OfficeLines { lines, refused } = parse_explanations(text.as_bytes()).unwrap();
        (lines, refused.into_iter().map(|refused| (refused.line, refused.fault)).collect())
    }

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
        assert_eq!(read(semicolons), (vec![expected.clone()], vec![]));
        let commas =
            "a,b,c,d,e,f,g\n\nphong-a,bieu.xlsx [Biểu] E2,,\"96.011,5\",hoàn thuế; kỳ trước,Trần B,20/9/2024\n";
        assert_eq!(read(commas), (vec![expected], vec![]));
    }

    #[test]
    fn missing_fields_are_empty_and_misread_lines_are_refused() {
        let expected = ExplanationLine {
            line: 2,
            department: "phong-a".into(),
            subject: "herd.total".into(),
            ..ExplanationLine::default()
        };
        assert_eq!(read("a;b\nphong-a;herd.total"), (vec![expected], vec![]));
        for (text, line, fault) in [
            ("phong-a,Tổng đàn,,168,gõ đúng,An,20/9/2024", 1, LineFault::NoHeading),
            ("phong-a;herd.total", 1, LineFault::NoHeading),
            ("a,b\nphong-a,herd.total,,99,5,gõ đúng,An,20/9/2024", 2, LineFault::ExtraColumns(8)),
        ] {
            assert_eq!(read(text), (vec![], vec![(line, fault)]), "{text}");
        }
        assert_eq!(parse_explanations(b"\xff\xfe"), Err(TableError::Encoding));
        assert_eq!(read(""), (vec![], vec![]));
    }
}
