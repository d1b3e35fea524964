//! The sheet of the places where the report misses something, or prints a number that the office corrected.
//!
//! Input: the places. Output: one row per place, in the order of the report. Not here: finding them.

use super::page::{ColumnHeading, SheetPage};
use crate::gaps::ReportGap;
use rust_xlsxwriter::XlsxError;

const HEADER_ROW: u32 = 2;
const HEADINGS: [(&str, f64); 8] = [
    ("STT", 6.0),
    ("Mục", 12.0),
    ("Ngành, lĩnh vực", 20.0),
    ("Loại", 16.0),
    ("Câu, vế câu", 50.0),
    ("Lý do", 44.0),
    ("Ô liên quan", 34.0),
    ("Dòng quy tắc", 22.0),
];

/// Writes the sheet.
pub(super) fn write(page: &mut SheetPage<'_>, gaps: &[ReportGap]) -> Result<(), XlsxError> {
    page.line(0, 0, "CHỖ CÒN THIẾU, CHƯA CHỌN HOẶC ĐÃ ĐIỀU CHỈNH TRONG BÁO CÁO", &page.formats.title)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 0)?;
    let mut last = HEADER_ROW;
    for (number, gap) in (1..).zip(gaps) {
        last = HEADER_ROW + number;
        let section = gap.section.as_ref().map_or_else(|| "Không có trong báo cáo".to_owned(), ToString::to_string);
        let rule = gap.rule.as_ref().map(ToString::to_string).unwrap_or_default();
        let (reasons, cells) = (gap.reason_lines().join("\n"), gap.cells().join("\n"));
        let texts = [&section, &gap.sector, gap.kind, &gap.words, &reasons, &cells, &rule];
        page.count(last, 0, number as usize)?;
        page.texts(last, 1, &texts, &page.formats.text)?;
    }
    if gaps.is_empty() {
        page.line(HEADER_ROW + 1, 0, "Không có chỗ nào còn thiếu.", &page.formats.note)?;
    }
    page.ignore_number_warnings(1, HEADER_ROW + 1, last.max(HEADER_ROW + 1))?;
    page.filter(HEADER_ROW, last, HEADINGS.len())
}
