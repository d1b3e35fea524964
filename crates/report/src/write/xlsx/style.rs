//! How cells look: fonts, borders, fills and number formats.
//!
//! In come figures for their decimals; out go formats of the library. Never here: a value.

use super::formula::Shown;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, XlsxError};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::measure::Measure;

pub(crate) const FONT: &str = "Times New Roman";
const FONT_SIZE: u32 = 12;
/// Height of a line, in pixels, of that font.
pub(crate) const LINE_PIXELS: u32 = 21;
/// Width of an empty column, in pixels, of that font.
const COLUMN_PIXELS: u32 = 72;

const HEADER_FILL: Color = Color::RGB(0xD9E2F3);
const BAND_FILL: Color = Color::RGB(0xF2F2F2);
const INPUT_FILL: Color = Color::RGB(0xFFF9E5);
const GREY: Color = Color::RGB(0x7F7F7F);
const LINK_BLUE: Color = Color::RGB(0x0563C1);
const BORDER_GREY: Color = Color::RGB(0x8C8C8C);

/// Decimals that a number shows when its indicator says nothing.
const MOST_DECIMALS: u32 = 6;
/// Decimals that an indicator may ask for; Excel takes no more than 30.
const DECIMALS_LIMIT: u32 = 15;

/// The formats of the workbook.
///
/// A format of the library inherits nothing, so that each is made from [`base`], which sets the font.
pub(crate) struct Style {
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
    /// A text of one line, however long.
    pub one_line: Format,
    pub centred: Format,
    /// "Chưa có số liệu".
    pub missing: Format,
    /// A cell that departments fill with words.
    pub input: Format,
    /// A printed code, small beside what people read.
    pub code: Format,
    /// A link in a table.
    pub link: Format,
    /// A link outside of tables.
    pub plain_link: Format,
}

impl Style {
    /// Makes the formats; `percent_decimals` is for percentages whose rule says nothing.
    pub(crate) fn new(percent_decimals: u32) -> Self {
        let band = cell().set_bold().set_background_color(BAND_FILL);
        Self {
            percent_decimals,
            plain: base(),
            bold: base().set_bold(),
            title: base().set_bold().set_font_size(14),
            note: base().set_italic().set_font_color(GREY),
            header: header(),
            band_link: linked(band.clone()),
            band,
            text: cell().set_text_wrap(),
            one_line: cell(),
            centred: cell().set_text_wrap().set_align(FormatAlign::Center),
            missing: cell().set_text_wrap().set_italic().set_font_color(GREY).set_align(FormatAlign::Center),
            input: input().set_text_wrap(),
            code: cell().set_font_size(8).set_font_color(GREY).set_shrink(),
            link: linked(cell().set_text_wrap()),
            plain_link: linked(base()),
        }
    }

    /// Returns the format of an indicator's label, further to the right the deeper it stands.
    pub(crate) fn label(&self, depth: u32) -> Format {
        let indent = u8::try_from(depth.min(15)).unwrap_or_default();
        self.text.clone().set_indent(indent)
    }

    /// Returns the format of the cell that holds the number of a figure.
    pub(crate) fn number(&self, figure: &Figure) -> Format {
        cell().set_align(FormatAlign::Right).set_num_format(self.number_code(figure))
    }

    /// Returns the format of a cell that departments fill with a number of so many decimals.
    pub(crate) fn number_input(&self, decimals: u32) -> Format {
        input().set_align(FormatAlign::Right).set_num_format(format!("#,##0{}", zeros(decimals)))
    }

    /// Returns the format of a number of an open table.
    pub(crate) fn amount(&self, decimals: Option<u32>) -> Format {
        let code = decimals.map_or_else(|| "#,##0.######".to_owned(), |decimals| format!("#,##0{}", zeros(decimals)));
        cell().set_align(FormatAlign::Right).set_num_format(code)
    }

    /// Returns the format of a percentage of an open table.
    pub(crate) fn percent(&self) -> Format {
        cell().set_align(FormatAlign::Right).set_num_format(format!("0{}%", zeros(self.percent_decimals)))
    }

    /// Returns the format of a plain count.
    pub(crate) fn count(&self) -> Format {
        cell().set_align(FormatAlign::Center).set_num_format("0")
    }

    /// Returns about how many characters the number of a figure takes, separators and signs included.
    pub(crate) fn characters(&self, figure: &Figure) -> usize {
        let value = figure.amount.known().unwrap_or(Decimal::ZERO);
        let digits = value.trunc().abs().to_string().len();
        let decimals = self.decimals(figure).min(DECIMALS_LIMIT) as usize;
        let point = usize::from(decimals > 0);
        let minus = usize::from(value.is_sign_negative());
        let percent = usize::from(Shown::of(&figure.name.measure) == Shown::Hundredth);
        minus + digits + digits / 3 + point + decimals + percent
    }

    /// Returns the code of the number format of a figure.
    pub(crate) fn number_code(&self, figure: &Figure) -> String {
        let decimals = self.decimals(figure).min(DECIMALS_LIMIT);
        let zeros = zeros(decimals);
        match (Shown::of(&figure.name.measure), &figure.name.measure) {
            (Shown::Amount, _) => format!("#,##0{zeros}"),
            (Shown::Hundredth, Measure::Yoy) => format!("+0{zeros}%;-0{zeros}%;0{zeros}%"),
            (Shown::Hundredth, _) => format!("0{zeros}%"),
        }
    }

    fn decimals(&self, figure: &Figure) -> u32 {
        figure.print.decimals.unwrap_or_else(|| match Shown::of(&figure.name.measure) {
            Shown::Hundredth => self.percent_decimals,
            Shown::Amount => {
                let shown = figure.amount.known().unwrap_or(Decimal::ZERO).round_dp(MOST_DECIMALS);
                shown.normalize().scale()
            }
        })
    }
}

/// Makes the report's font that of every cell without a format, too.
///
/// # Errors
/// None in practice: the library has the measures of these sizes.
pub(crate) fn set_default(workbook: &mut Workbook) -> Result<(), XlsxError> {
    workbook.set_default_format(&base(), LINE_PIXELS, COLUMN_PIXELS).map(|_| ())
}

/// Returns the look of a cell outside of tables.
pub(crate) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(FONT_SIZE)
}

/// Returns the look of a cell of a table.
pub(crate) fn cell() -> Format {
    base().set_border(FormatBorder::Thin).set_border_color(BORDER_GREY).set_align(FormatAlign::VerticalCenter)
}

fn input() -> Format {
    cell().set_unlocked().set_background_color(INPUT_FILL)
}

/// Returns the part of a number format behind the point.
fn zeros(decimals: u32) -> String {
    if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals as usize)) }
}

fn header() -> Format {
    cell().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color(HEADER_FILL)
}

fn linked(format: Format) -> Format {
    format.set_font_color(LINK_BLUE).set_underline(FormatUnderline::Single)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::model::figure::Origin;
    use tonghop_core::model::id::{IndicatorId, SectorId, TargetId};
    use tonghop_core::model::measure::{FigureName, Print, Status};
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
            (attainment, "74.4", Some(0), "0%"),
            (Measure::Yoy, "-3.7", Some(1), "+0.0%;-0.0%;0.0%"),
        ] {
            let name = FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure };
            let amount = Amount::Known(value.parse().unwrap());
            let figure = Figure::given(name, amount, Unit::none(), Status::Final, Origin::Nowhere)
                .printed(Print { decimals, padded: None });
            assert_eq!(Style::new(1).number_code(&figure), code);
        }
    }
}
