//! The formats of cells: fonts, borders, fills and number formats.
//!
//! Input: figures, for their decimals. Output: formats of rust_xlsxwriter. Not here: values.

use super::formula::CellScale;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, XlsxError};
use tonghop_core::model::figure::Figure;
use tonghop_core::vi;

pub(crate) const FONT: &str = "Times New Roman";
const FONT_SIZE: u32 = 12;
/// The height of a line in that font, in pixels.
pub(crate) const LINE_PIXELS: u32 = 21;
/// The width of an empty column in that font, in pixels.
const COLUMN_PIXELS: u32 = 72;

const HEADER_FILL: Color = Color::RGB(0xD9E2F3);
const BAND_FILL: Color = Color::RGB(0xF2F2F2);
const INPUT_FILL: Color = Color::RGB(0xFFF9E5);
const GREY: Color = Color::RGB(0x7F7F7F);
const LINK_BLUE: Color = Color::RGB(0x0563C1);
const BORDER_GREY: Color = Color::RGB(0x8C8C8C);

/// The maximum number of decimals of a number whose indicator does not set them.
const DEFAULT_MAX_DECIMALS: u32 = 6;
/// The maximum number of decimals that an indicator may set; Excel supports at most 30.
const MAX_DECIMALS: u32 = 15;

/// The formats of the workbook.
///
/// A format of rust_xlsxwriter inherits nothing, so each is made from [`base_format`], which sets the font.
pub(crate) struct WorkbookFormats {
    percent_decimals: u32,
    pub plain: Format,
    pub bold: Format,
    pub title: Format,
    pub note: Format,
    pub header: Format,
    /// The row of a sector above its indicators.
    pub band: Format,
    pub band_link: Format,
    pub text: Format,
    /// A text on one line, however long.
    pub one_line: Format,
    pub centred: Format,
    /// "Chưa có số liệu".
    pub missing: Format,
    /// A cell that departments fill with text.
    pub input: Format,
    /// A printed code, smaller than the text for readers.
    pub code: Format,
    /// A link in a table.
    pub link: Format,
    /// A link outside tables.
    pub plain_link: Format,
}

impl WorkbookFormats {
    /// Creates the formats; `percent_decimals` applies to percentages whose rule does not set decimals.
    pub(crate) fn new(percent_decimals: u32) -> Self {
        let band = cell_format().set_bold().set_background_color(BAND_FILL);
        Self {
            percent_decimals,
            plain: base_format(),
            bold: base_format().set_bold(),
            title: base_format().set_bold().set_font_size(14),
            note: base_format().set_italic().set_font_color(GREY),
            header: header(),
            band_link: linked(band.clone()),
            band,
            text: cell_format().set_text_wrap(),
            one_line: cell_format(),
            centred: cell_format().set_text_wrap().set_align(FormatAlign::Center),
            missing: cell_format().set_text_wrap().set_italic().set_font_color(GREY).set_align(FormatAlign::Center),
            input: input().set_text_wrap(),
            code: cell_format().set_font_size(8).set_font_color(GREY).set_shrink(),
            link: linked(cell_format().set_text_wrap()),
            plain_link: linked(base_format()),
        }
    }

    /// Returns the format of an indicator's label, indented by its depth.
    pub(crate) fn label(&self, depth: u32) -> Format {
        let indent = u8::try_from(depth.min(15)).unwrap_or_default();
        self.text.clone().set_indent(indent)
    }

    /// Returns the format of the number cell of a figure.
    pub(crate) fn number(&self, figure: &Figure) -> Format {
        cell_format().set_align(FormatAlign::Right).set_num_format(self.number_code(figure))
    }

    /// Returns the format of a cell that departments fill with a number of `decimals` decimals.
    pub(crate) fn number_input(&self, decimals: u32) -> Format {
        input().set_align(FormatAlign::Right).set_num_format(format!("#,##0{}", decimal_zeros(decimals)))
    }

    /// Returns the format of a number in an open table.
    pub(crate) fn amount(&self, decimals: Option<u32>) -> Format {
        let code =
            decimals.map_or_else(|| "#,##0.######".to_owned(), |decimals| format!("#,##0{}", decimal_zeros(decimals)));
        cell_format().set_align(FormatAlign::Right).set_num_format(code)
    }

    /// Returns the formats of percentages in an open table, by the decimals that each shows.
    pub(crate) fn percents(&self) -> Vec<Format> {
        let format = |decimals| format!("0{}%", decimal_zeros(decimals));
        let most = vi::format::SMALL_PERCENT_DECIMALS.max(self.percent_decimals);
        (0..=most.min(MAX_DECIMALS))
            .map(|decimals| cell_format().set_align(FormatAlign::Right).set_num_format(format(decimals)))
            .collect()
    }

    /// Returns the decimals with which a share of a whole is shown as a percentage in an open table.
    pub(crate) fn decimals_of_share(&self, share: Decimal) -> usize {
        let least = self.percent_decimals;
        let percent = share.checked_mul(Decimal::ONE_HUNDRED);
        percent.map_or(least, |percent| vi::format::decimals_of_percent(percent, least)) as usize
    }

    /// Returns the format of a plain count.
    pub(crate) fn count(&self) -> Format {
        cell_format().set_align(FormatAlign::Center).set_num_format("0")
    }

    /// Returns the approximate number of characters of a figure's number, including separators and signs.
    pub(crate) fn characters(&self, figure: &Figure) -> usize {
        let value = figure.amount.known().unwrap_or(Decimal::ZERO);
        let digits = value.trunc().abs().to_string().len();
        let decimals = self.decimals(figure).min(MAX_DECIMALS) as usize;
        let point = usize::from(decimals > 0);
        let minus = usize::from(value.is_sign_negative());
        let percent = usize::from(CellScale::for_measure(&figure.name.measure) == CellScale::Hundredth);
        minus + digits + digits / 3 + point + decimals + percent
    }

    /// Returns the number format code of a figure.
    pub(crate) fn number_code(&self, figure: &Figure) -> String {
        let decimals = self.decimals(figure).min(MAX_DECIMALS);
        let zeros = decimal_zeros(decimals);
        let measure = &figure.name.measure;
        match CellScale::for_measure(measure) {
            CellScale::Amount => format!("#,##0{zeros}"),
            CellScale::Hundredth if measure.is_relative_change() => format!("+0{zeros}%;-0{zeros}%;0{zeros}%"),
            CellScale::Hundredth => format!("0{zeros}%"),
        }
    }

    /// Returns the decimals shown: those with which the report prints the figure, else its own, at most
    /// [`DEFAULT_MAX_DECIMALS`].
    fn decimals(&self, figure: &Figure) -> u32 {
        vi::format::decimals(figure, None, self.percent_decimals).unwrap_or_else(|| {
            let shown = figure.amount.known().unwrap_or(Decimal::ZERO).round_dp(DEFAULT_MAX_DECIMALS);
            shown.normalize().scale()
        })
    }
}

/// Makes the report's font the default for cells without a format.
///
/// # Errors
/// Returns no error in practice: the library has the measures of these sizes.
pub(crate) fn set_default(workbook: &mut Workbook) -> Result<(), XlsxError> {
    workbook.set_default_format(&base_format(), LINE_PIXELS, COLUMN_PIXELS).map(|_| ())
}

/// Returns the format of a cell outside tables.
pub(crate) fn base_format() -> Format {
    Format::new().set_font_name(FONT).set_font_size(FONT_SIZE)
}

/// Returns the format of a cell in a table.
pub(crate) fn cell_format() -> Format {
    base_format().set_border(FormatBorder::Thin).set_border_color(BORDER_GREY).set_align(FormatAlign::VerticalCenter)
}

fn input() -> Format {
    cell_format().set_unlocked().set_background_color(INPUT_FILL)
}

/// Returns the decimals part of a number format.
fn decimal_zeros(decimals: u32) -> String {
    let zeros = decimals.min(MAX_DECIMALS) as usize;
    if zeros == 0 { String::new() } else { format!(".{}", "0".repeat(zeros)) }
}

fn header() -> Format {
    cell_format().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color(HEADER_FILL)
}

fn linked(format: Format) -> Format {
    format.set_font_color(LINK_BLUE).set_underline(FormatUnderline::Single)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::model::figure::Origin;
    use tonghop_core::model::id::{IndicatorId, SectorId, TargetId};
    use tonghop_core::model::measure::{FigureName, Measure, PrintFormat, Status};
    use tonghop_core::model::quantity::{Amount, Unit};

    #[test]
    fn numbers_show_the_decimals_of_their_indicator() {
        let attainment = Measure::Attainment(TargetId::new("t"));
        for (measure, value, decimals, code) in [
            (Measure::Actual, "3314", None, "#,##0"),
            (Measure::Actual, "248.60", None, "#,##0.0"),
            (Measure::Actual, "0.33333333333", None, "#,##0.000000"),
            (Measure::Actual, "248.6", Some(0), "#,##0"),
            (attainment.clone(), "74.4", None, "0.0%"),
            (attainment.clone(), "0.04", None, "0.00%"),
            (attainment.clone(), "0.04", Some(0), "0.00%"),
            (attainment.clone(), "0", None, "0.0%"),
            (attainment, "74.4", Some(0), "0%"),
            (Measure::Yoy, "0.01", None, "+0.00%;-0.00%;0.00%"),
            (Measure::Yoy, "-3.7", Some(1), "+0.0%;-0.0%;0.0%"),
        ] {
            let name = FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure };
            let amount = Amount::Known(value.parse().unwrap());
            let unit = if name.measure == Measure::Actual { Unit::none() } else { Unit::percent() };
            let figure = Figure::new(name, amount, unit, Status::Final, Origin::Missing)
                .with_print(PrintFormat { decimals, padded: None });
            assert_eq!(WorkbookFormats::new(1).number_code(&figure), code);
        }
    }
}
