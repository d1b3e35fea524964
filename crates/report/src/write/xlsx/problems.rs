//! The sheet of data problems: contradicting figures, then the diagnostics of the run.
//!
//! Input: findings, diagnostics and explanations. Output: one row per item, with what to do and where, or how its
//! department explained it. Not here: judging them.

use super::address::CellAddress;
use super::page::{ColumnHeading, SheetPage};
use super::shortfalls::row_formula;
use super::{ConsolidatedWorkbook, sheet_names};
use crate::consolidate::finding_diagnostic;
use crate::explanations::NumberExplanation;
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
/// The state of a question that a department explained.
const EXPLAINED: &str = "Đã giải trình";
const LEFT: u16 = 4;
const RIGHT: u16 = 5;
const DIFFERENCE: u16 = 6;

/// Writes the sheet.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    diagnostics: &[Diagnostic],
    explained: &[NumberExplanation],
) -> Result<(), XlsxError> {
    page.line(0, 0, "VẤN ĐỀ SỐ LIỆU CẦN KIỂM TRA", &page.formats.title)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 0)?;
    let mut rows = HEADER_ROW + 1..;
    for (finding, row) in book.report.findings().zip(&mut rows) {
        finding_row(page, book, row, finding, explanation_of(finding, explained))?;
    }
    // A note on an explanation says less than its row.
    let is_other = |d: &&Diagnostic| !is_finding(d) && d.code != Code::NumberExplained;
    for (diagnostic, row) in diagnostics.iter().filter(is_other).zip(&mut rows) {
        diagnostic_row(page, row, diagnostic, None)?;
    }
    for (explanation, row) in explained.iter().filter(|e| !is_finding(&e.question)).zip(&mut rows) {
        diagnostic_row(page, row, &explanation.question, Some(explanation))?;
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

/// Returns the explanation of a contradiction.
fn explanation_of<'e>(finding: &Finding, explained: &'e [NumberExplanation]) -> Option<&'e NumberExplanation> {
    let mut of_findings = explained.iter().filter(|e| is_finding(&e.question)).peekable();
    of_findings.peek()?;
    let question = finding_diagnostic(finding);
    of_findings.find(|explanation| explanation.question == question)
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
    explained: Option<&NumberExplanation>,
) -> Result<(), XlsxError> {
    let (verdict, code) = match finding.verdict {
        Verdict::Rounding => ("Do làm tròn", Code::CheckRounding),
        Verdict::Contradiction if explained.is_some() => (EXPLAINED, Code::CheckContradiction),
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
    let of_rule = finding.explanation.clone().unwrap_or_default();
    let words = explained.map_or(of_rule, explanation_text);
    page.texts(row, 8, &[&words, &cells, &rule], &page.formats.text)
}

/// Returns the explanation of a department as the sheet shows it.
fn explanation_text(explained: &NumberExplanation) -> String {
    format!("Đơn vị giải trình: {}", explained.quote().vietnamese())
}

fn cells(figure: &FigureRef) -> String {
    figure.sources().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn diagnostic_row(
    page: &mut SheetPage<'_>,
    row: u32,
    diagnostic: &Diagnostic,
    explained: Option<&NumberExplanation>,
) -> Result<(), XlsxError> {
    let severity = match explained {
        Some(_) => EXPLAINED.to_owned(),
        None => format::capitalised(severity_word(diagnostic.severity(), Language::Vietnamese)),
    };
    begin(page, row, [&severity, diagnostic.code.as_str(), diagnostic.message.vietnamese()])?;
    let places = |rules: bool| {
        let chosen = diagnostic.places.iter().filter(|p| matches!(p, Place::Rule(_)) == rules);
        chosen.map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let hint = || diagnostic.hint.as_ref().map_or("", Message::vietnamese).to_owned();
    let words = explained.map_or_else(hint, explanation_text);
    page.texts(row, 8, &[&words, &places(false), &places(true)], &page.formats.text)
}
