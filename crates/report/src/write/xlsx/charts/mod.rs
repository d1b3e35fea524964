//! The sheet of charts for the leaders: each chart starts a page, with its table below.
//!
//! Input: the charts that have data and the cells of the sector sheets. Output: tables that only refer to those cells,
//! and charts that only refer to these tables. Not here: which indicators a chart shows.

mod data;
mod picture;

pub(super) use data::{ChartData, charts_with_data};

use super::address::CellAddress;
use super::page::SheetPage;
use super::shortfalls::row_formula;
use super::{ConsolidatedWorkbook, sheet_names};
use rust_xlsxwriter::XlsxError;
use tonghop_core::config::{ChartKind, Config};
use tonghop_core::model::figure::{FigureRef, Origin};
use tonghop_core::vi::format;

/// Label, detail and up to four figures: together, at the printed percentage, the width of the paper.
const WIDTHS: [f64; 6] = [56.0, 18.0, 14.0, 14.0, 14.0, 14.0];
const PRINTED_PERCENT: u16 = 94;
/// The column of the first figure of a table.
const FIRST_FIGURE: u16 = 2;
/// The rows that a chart and its table share on one page, and the number of rows that a chart covers; a table of more
/// than about eight lines continues on the next page.
const PAPER_ROWS: u32 = 28;
const CHART_ROWS: std::ops::RangeInclusive<u32> = 21..=24;

/// The rows of a chart and its table.
struct ChartPlacement {
    first: u32,
    header: u32,
    last: u32,
}

impl ChartPlacement {
    fn new(first: u32, lines: usize) -> Self {
        let lines = u32::try_from(lines).unwrap_or(u32::MAX / 2);
        let covered = PAPER_ROWS.saturating_sub(lines).clamp(*CHART_ROWS.start(), *CHART_ROWS.end());
        let header = first + covered;
        Self { first, header, last: header + lines }
    }

    /// Returns the row of the note, blank if there is none.
    fn note(&self) -> u32 {
        self.last + 1
    }
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    charts: &[ChartData<'_>],
) -> Result<(), XlsxError> {
    let period = book.config.setting("period.name").unwrap_or_default();
    let places = placements(charts);
    let new_pages: Vec<u32> = places.iter().skip(1).map(|place| place.first).collect();
    page.set_parts_layout(&WIDTHS, PRINTED_PERCENT, &new_pages)?;
    page.line(0, 0, &format!("BIỂU ĐỒ {}", period.to_uppercase()), &page.formats.title)?;
    places.iter().zip(charts).try_for_each(|(place, data)| write_chart(page, book, place, data))
}

fn placements(charts: &[ChartData<'_>]) -> Vec<ChartPlacement> {
    let mut next = 2;
    let mut place = |data: &ChartData<'_>| {
        let place = ChartPlacement::new(next, data.rows.len());
        next = place.note() + 1;
        place
    };
    charts.iter().map(&mut place).collect()
}

/// Writes one chart with its table.
fn write_chart(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    place: &ChartPlacement,
    data: &ChartData<'_>,
) -> Result<(), XlsxError> {
    table(page, book, place, data)?;
    page.chart(place.first, &picture::draw(data, place, book))?;
    if data.left_out.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = data.left_out.iter().map(ToString::to_string).collect();
    let note = format!("Chưa vẽ được vì không có số liệu phù hợp: {}", names.join(", "));
    let last = WIDTHS.len() as u16 - 1;
    page.merged_text(place.note(), (0, last), &note, &page.formats.note.clone().set_text_wrap())
}

fn table(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    place: &ChartPlacement,
    data: &ChartData<'_>,
) -> Result<(), XlsxError> {
    let headings = headings(data, book.config);
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    page.texts(place.header, 0, &headings, &page.formats.header)?;
    for (row, line) in (place.header + 1..).zip(&data.rows) {
        page.text(row, 0, line.label, &page.formats.text)?;
        page.text(row, 1, line.detail, &page.formats.centred)?;
        let row_cells: Vec<_> = line.figures.iter().zip(FIRST_FIGURE..).collect();
        for (count, (figure, col)) in row_cells.iter().enumerate() {
            let home = CellAddress::new(sheet_names::CHARTS, row, *col);
            page.figure(row, *col, figure, row_formula(book, figure, &home, &row_cells[..count]))?;
        }
    }
    Ok(())
}

/// Returns the headings of the table; those of figures are the names of the chart's series.
fn headings(data: &ChartData<'_>, config: &Config) -> Vec<String> {
    let word = |key: &str| config.setting(key).unwrap_or_default();
    let (detail, figures) = match data.chart.kind {
        ChartKind::Attainment => ("Kế hoạch so sánh", vec!["Tỷ lệ đạt".to_owned(), pace_name(data, config)]),
        ChartKind::LastYear => {
            let (last_year, this_year) = (word("period.last_year"), word("period.year"));
            let years = [format!("Cùng kỳ năm {last_year}"), format!("Thực hiện năm {this_year}")];
            let index = [format!("Cùng kỳ năm {last_year} = 100%"), format::capitalised(&word("period.name"))];
            ("Đơn vị tính", years.into_iter().chain(index).collect())
        }
        ChartKind::Plan => ("Đơn vị tính", vec!["Kế hoạch".to_owned(), "Thực hiện".to_owned()]),
    };
    ["Chỉ tiêu", detail].map(str::to_owned).into_iter().chain(figures).collect()
}

fn pace_name(data: &ChartData<'_>, config: &Config) -> String {
    let pace = config.period.pace().round_dp(1);
    // Proportions are set against their whole plan.
    let has_whole_plans = data.rows.iter().any(|row| row.figures.last().is_some_and(is_computed));
    let whole = if has_whole_plans { "; chỉ tiêu tính bằng %: cả kế hoạch" } else { "" };
    format!("Nhịp độ {} tháng ({}%{whole})", config.period.months(), format::number(pace, None))
}

fn is_computed(figure: &FigureRef) -> bool {
    matches!(figure.origin, Origin::Computed { .. })
}
