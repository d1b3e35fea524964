//! The appendix table of figures that the office corrected.
//!
//! Input: the corrected figures. Output: the table, or nothing if no figure was corrected. Not here: applying
//! corrections.

use tonghop_core::model::document::{FigureSpan, Span, Table};
use tonghop_core::model::figure::{Correction, FigureRef};
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::report::Report;
use tonghop_core::vi;

const COLUMNS: [&str; 5] = ["Chỉ tiêu", "Đơn vị báo cáo", "Điều chỉnh thành", "Người điều chỉnh", "Lý do"];

/// Returns the table of corrections, or `None` if there are none.
pub(super) fn table(report: &Report) -> Option<Table> {
    let corrected = report.corrected.iter().filter_map(|f| Some((f, f.correction.as_deref()?)));
    let rows: Vec<_> = corrected.map(|(figure, correction)| row(report, figure, correction)).collect();
    let title = vec![Span::Words("Số liệu do văn phòng điều chỉnh".to_owned())];
    let columns = COLUMNS.map(str::to_owned).to_vec();
    (!rows.is_empty()).then_some(Table { title, columns, rows, appendix: true })
}

fn row(report: &Report, figure: &FigureRef, correction: &Correction) -> Vec<Vec<Span>> {
    let label = Span::Fixed { words: report.label(figure).to_owned(), rule: None };
    let before = correction.replaced.as_ref().map_or_else(|| Span::Words("chưa có số liệu".to_owned()), printed);
    vec![vec![label], vec![before], vec![printed(figure)], vec![words(&correction.who)], vec![words(&correction.why)]]
}

fn printed(figure: &FigureRef) -> Span {
    let words = match figure.amount.known() {
        Some(value) => {
            vi::format::quantity(&vi::format::number(value, figure.print.decimals), &figure.unit.to_string())
        }
        None => "chưa có số liệu".to_owned(),
    };
    Span::Figure(FigureSpan { words, figure: FigureRef::clone(figure), rule: None })
}

fn words(cell: &TextCell) -> Span {
    Span::Text { words: cell.words.to_string(), cell: cell.clone(), rule: None }
}
