//! Draws charts: type, series, axes, fonts and colours.
//!
//! Input: a chart with its rows and the position of its table. Output: a chart of rust_xlsxwriter that refers to the
//! cells of the table. Not here: numbers.

use super::super::formats::{FONT, LINE_PIXELS, WorkbookFormats};
use super::super::page::CHART_OFFSET;
use super::super::{ConsolidatedWorkbook, sheet_names, text};
use super::data::ChartData;
use super::{ChartPlacement, FIRST_FIGURE};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartSeries, ChartSolidFill, ChartType, Color,
};
use tonghop_core::config::ChartKind;

/// About the width of the widest table.
const WIDTH_PIXELS: u32 = 1_060;

const TITLE_SIZE: f64 = 16.0;
const TEXT_SIZE: f64 = 11.0;

const BLUE: Color = Color::RGB(0x2F5597);
const LIGHT_BLUE: Color = Color::RGB(0xB4C7E7);
const RED: Color = Color::RGB(0xC00000);
const GRID_GREY: Color = Color::RGB(0xD9D9D9);

/// The columns of the indicators of a series.
const SERIES_COLUMNS: [(u16, Color); 4] = [(0, BLUE), (1, LIGHT_BLUE), (2, RED), (3, GRID_GREY)];

/// The differences between the kinds of charts.
struct ChartLook {
    /// The figures of a row that are drawn as columns, with their colours.
    columns: &'static [(u16, Color)],
    /// The figure of a row that is a point of the line across the columns.
    line_figure: Option<u16>,
    number_format: String,
    axis: String,
}

impl ChartLook {
    fn for_chart(data: &ChartData<'_>, style: &WorkbookFormats) -> Self {
        let unit = data.rows.first().map_or("", |line| line.detail);
        let (columns, across, axis): (&[_], _, _) = match data.chart.kind {
            ChartKind::Attainment => (&[(0, BLUE)], Some(1), "Tỷ lệ so với kế hoạch".to_owned()),
            ChartKind::LastYear => (&[(2, LIGHT_BLUE), (3, BLUE)], None, "So với cùng kỳ năm trước".to_owned()),
            ChartKind::Plan => (&[(0, LIGHT_BLUE), (1, BLUE)], None, format!("Đơn vị tính ({unit})")),
            ChartKind::Series => (&SERIES_COLUMNS[..data.columns.len()], None, format!("Đơn vị tính ({unit})")),
        };
        let number_format = most_decimals(data, columns, style);
        Self { columns, line_figure: across, number_format, axis }
    }
}

/// Returns the number format with the most decimals, since all labels share one format.
fn most_decimals(data: &ChartData<'_>, columns: &[(u16, Color)], style: &WorkbookFormats) -> String {
    let shown = columns.iter().flat_map(|(place, _)| {
        let index = usize::from(*place);
        data.rows.iter().filter_map(move |line| line.figures.get(index))
    });
    shown.map(|figure| style.number_code(figure)).max_by_key(String::len).unwrap_or_default()
}

/// Draws a chart.
pub(super) fn draw(data: &ChartData<'_>, place: &ChartPlacement, book: &ConsolidatedWorkbook<'_>) -> Chart {
    let look = ChartLook::for_chart(data, &book.formats);
    let mut chart = Chart::new(ChartType::Column);
    for (figure, color) in look.columns {
        add_columns(&mut chart, place, *figure, *color, &look.number_format);
    }
    if let Some(figure) = look.line_figure {
        chart.combine(&line_across(place, figure));
    }
    frame(&mut chart, data, place, book);
    axes(&mut chart, data, &look);
    chart
}

fn add_columns(chart: &mut Chart, place: &ChartPlacement, figure: u16, color: Color, number_format: &str) {
    let mut label = ChartDataLabel::new();
    label.show_value().set_position(ChartDataLabelPosition::OutsideEnd);
    // A white background: otherwise grid lines and the line of the pace would cross the digits.
    label.set_num_format(number_format).set_font(&font(TEXT_SIZE)).set_format(&mut filled(Color::White));
    add_series(chart, place, figure).set_format(&mut filled(color)).set_data_label(&label).set_gap(80).set_overlap(0);
}

fn filled(color: Color) -> ChartFormat {
    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)).clone()
}

fn line_across(place: &ChartPlacement, figure: u16) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    let series = add_series(&mut chart, place, figure);
    series.set_format(ChartLine::new().set_color(RED).set_width(2.25)).set_marker(ChartMarker::new().set_none());
    chart
}

/// Adds the series of one column of the table.
fn add_series<'a>(chart: &'a mut Chart, place: &ChartPlacement, figure: u16) -> &'a mut ChartSeries {
    let col = FIRST_FIGURE + figure;
    let first = place.header + 1;
    chart
        .add_series()
        .set_name((sheet_names::CHARTS, place.header, col))
        .set_categories((sheet_names::CHARTS, first, 0, place.last, 0))
        .set_values((sheet_names::CHARTS, first, col, place.last, col))
}

fn frame(chart: &mut Chart, data: &ChartData<'_>, place: &ChartPlacement, book: &ConsolidatedWorkbook<'_>) {
    let period = book.config.setting("period.name").unwrap_or_default();
    let title = format!("{}, {period}", data.chart.title);
    let title = text::title(&title);
    let height = (place.header - place.first) * LINE_PIXELS - 2 * CHART_OFFSET;
    chart.set_width(WIDTH_PIXELS).set_height(height);
    chart.set_alt_text(&*title);
    chart.title().set_name(&*title).set_font(font(TITLE_SIZE).set_bold());
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(TEXT_SIZE));
}

fn axes(chart: &mut Chart, data: &ChartData<'_>, look: &ChartLook) {
    // Horizontal labels are wrapped; by default, programs rotate long ones by 45 degrees.
    chart.x_axis().set_font(font(TEXT_SIZE).set_rotation(0));
    let percent = !matches!(data.chart.kind, ChartKind::Plan | ChartKind::Series);
    let axis = chart.y_axis();
    axis.set_name(&*text::title(&look.axis)).set_name_font(&font(TEXT_SIZE)).set_font(&font(TEXT_SIZE));
    axis.set_num_format(if percent { "0%" } else { "#,##0" });
    axis.set_major_gridlines_line(ChartLine::new().set_color(GRID_GREY));
    let mut amounts = data.rows.iter().flat_map(|line| &line.figures).filter_map(|figure| figure.amount.known());
    if amounts.all(|amount| amount >= Decimal::ZERO) {
        axis.set_min(0);
    }
}

fn font(size: f64) -> ChartFont {
    ChartFont::new().set_name(FONT).set_size(size).unset_bold().clone()
}
