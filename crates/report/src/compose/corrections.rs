//! The appendix table of figures that the office corrected.
//!
//! Input: the corrected figures. Output: the table, or nothing if no figure was corrected. Not here: applying
//! corrections.

use tonghop_core::model::document::{DocumentTable, FigureSpan, Span};
use tonghop_core::model::figure::{Correction, FigureRef};
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::report::Report;
use tonghop_core::vi::format::{self, NO_DATA};

const COLUMNS: [&str; 5] = ["Chỉ tiêu", "Đơn vị báo cáo", "Điều chỉnh thành", "Người điều chỉnh", "Lý do"];

/// Returns the table of corrections, or `None` if there are none.
pub(super) fn table(report: &Report) -> Option<DocumentTable> {
    let corrected = report.corrected.iter().filter_map(|f| Some((f, f.correction.as_deref()?)));
    let rows: Vec<_> = corrected.map(|(figure, correction)| row(report, figure, correction)).collect();
    let title = vec![Span::Literal("Số liệu do văn phòng điều chỉnh".to_owned())];
    let columns = COLUMNS.map(str::to_owned).to_vec();
    (!rows.is_empty()).then_some(DocumentTable { title, columns, rows, is_appendix: true })
}

fn row(report: &Report, figure: &FigureRef, correction: &Correction) -> Vec<Vec<Span>> {
    let label = Span::Fixed { text: report.indicator_label(figure).to_owned(), rule: None };
    let before = correction.replaced.as_ref().map_or_else(|| Span::Literal(NO_DATA.to_owned()), figure_span);
    vec![
        vec![label],
        vec![before],
        vec![figure_span(figure)],
        vec![text_span(&correction.who)],
        vec![text_span(&correction.why)],
    ]
}

fn figure_span(figure: &FigureRef) -> Span {
    let words = format::amount(figure.amount, &figure.unit, figure.print.decimals);
    Span::Figure(FigureSpan { text: words, figure: FigureRef::clone(figure), rule: None })
}

fn text_span(cell: &TextCell) -> Span {
    Span::DepartmentText { text: cell.text.to_string(), cell: cell.clone(), rule: None }
}
