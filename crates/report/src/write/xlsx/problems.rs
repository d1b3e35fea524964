//! The sheet of data problems: contradicting figures, then the diagnostics of the run.
//!
//! Input: findings and diagnostics. Output: one row per item, with what to do and where. Not here: judging them.

use super::address::CellAddress;
use super::page::{ColumnHeading, SheetPage};
use super::shortfalls::row_formula;
use super::{ConsolidatedWorkbook, sheet_names};
use rust_xlsxwriter::XlsxError;
use tonghop_core::diag::render::severity_word;
use tonghop_core::diag::{Code, Diagnostic, Language, Message, Place};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::sector::{Finding, Verdict};
use tonghop_core::vi::format;

const HEADER_ROW: u32 = 2;
const HEADINGS: [(&str, f64); 11] = [
    ("STT", 6.0),
    ("Mức độ", 11.0),
    ("Mã", 15.0),
    ("Nội dung", 40.0),
    ("Số liệu 1", 12.0),
    ("Số liệu 2", 12.0),
    ("Chênh lệch", 11.0),
    ("Đơn vị tính", 11.0),
    ("Giải thích, cách xử lý", 32.0),
    ("Ô liên quan", 32.0),
    ("Dòng quy tắc", 17.0),
];
const LEFT: u16 = 4;
const RIGHT: u16 = 5;
const DIFFERENCE: u16 = 6;

/// Writes the sheet.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    diagnostics: &[Diagnostic],
) -> Result<(), XlsxError> {
    page.line(0, 0, "VẤN ĐỀ SỐ LIỆU CẦN KIỂM TRA", &page.formats.title)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 0)?;
    let mut rows = HEADER_ROW + 1..;
    for (finding, row) in book.report.findings().zip(&mut rows) {
        finding_row(page, book, row, finding)?;
    }
    for (diagnostic, row) in diagnostics.iter().filter(|d| !is_finding(d)).zip(&mut rows) {
        diagnostic_row(page, row, diagnostic)?;
    }
    if rows.start == HEADER_ROW + 1 {
        page.line(rows.start, 0, "Không có vấn đề nào.", &page.formats.note)?;
    }
    page.filter(HEADER_ROW, rows.start - 1, HEADINGS.len())
}

/// Returns whether a diagnostic only reports a finding, which has a separate row.
fn is_finding(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code, Code::CheckRounding | Code::CheckContradiction)
}

fn begin(page: &mut SheetPage<'_>, row: u32, words: [&str; 3]) -> Result<(), XlsxError> {
    page.texts(row, 0, &[""; HEADINGS.len()], &page.formats.text)?;
    page.count(row, 0, (row - HEADER_ROW) as usize)?;
    page.texts(row, 1, &words, &page.formats.text)
}

fn finding_row(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    row: u32,
    finding: &Finding,
) -> Result<(), XlsxError> {
    let (verdict, code) = match finding.verdict {
        Verdict::Rounding => ("Do làm tròn", Code::CheckRounding),
        Verdict::Contradiction => ("Mâu thuẫn", Code::CheckContradiction),
    };
    begin(page, row, [verdict, code.as_str(), finding.title.vietnamese()])?;
    for (col, figure) in [(LEFT, &finding.left), (RIGHT, &finding.right)] {
        page.figure(row, col, figure, book.formula(figure, &CellAddress::new(sheet_names::PROBLEMS, row, col)))?;
    }
    let row_cells = [(&finding.left, LEFT), (&finding.right, RIGHT)];
    let home = CellAddress::new(sheet_names::PROBLEMS, row, DIFFERENCE);
    page.figure(row, DIFFERENCE, &finding.difference, row_formula(book, &finding.difference, &home, &row_cells))?;
    page.text(row, 7, &finding.left.unit.label, &page.formats.centred)?;
    let cells = format!("{}\n{}", cells(&finding.left), cells(&finding.right));
    let rule = finding.rule.to_string();
    page.texts(row, 8, &[finding.explanation.as_deref().unwrap_or_default(), &cells, &rule], &page.formats.text)
}

fn cells(figure: &FigureRef) -> String {
    figure.sources().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn diagnostic_row(page: &mut SheetPage<'_>, row: u32, diagnostic: &Diagnostic) -> Result<(), XlsxError> {
    let severity = format::capitalised(severity_word(diagnostic.severity(), Language::Vietnamese));
    begin(page, row, [&severity, diagnostic.code.as_str(), diagnostic.message.vietnamese()])?;
    let places = |rules: bool| {
        let chosen = diagnostic.places.iter().filter(|p| matches!(p, Place::Rule(_)) == rules);
        chosen.map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let hint = diagnostic.hint.as_ref().map_or("", Message::vietnamese);
    page.texts(row, 8, &[hint, &places(false), &places(true)], &page.formats.text)
}
