//! Prints figures as templates need them: differences in words, fractions, numbers with their units.
//!
//! Input: figures and the options of their placeholders. Output: spans and texts. Not here: figures without data.

use super::filled::FilledTemplate;
use super::render::Renderer;
use super::wording::difference_wording;
use crate::lua::error::host_error;
use rust_decimal::Decimal;
use tonghop_core::model::document::Span;
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::measure::{DifferenceBase, Measure};
use tonghop_core::model::quantity::round_half_up;
use tonghop_core::model::template::Placeholder;
use tonghop_core::{msg, vi};

impl Renderer<'_> {
    /// Renders a difference with its sign in words: "tăng 11% so với cùng kỳ năm 2023".
    pub(super) fn render_difference(
        &self,
        figure: &FigureRef,
        (value, base): (Decimal, DifferenceBase),
        placeholder: &Placeholder,
        filled: &mut FilledTemplate,
    ) {
        let wording = difference_wording(base);
        let decimals = vi::format::declared_decimals(figure, placeholder.decimals(), self.percent_decimals());
        let shown = decimals.map_or(value, |decimals| round_half_up(value, decimals));
        let (words, link) = if value.is_zero() {
            (wording.equal.to_owned(), wording.link_equal)
        } else if shown.is_zero() {
            (wording.about_equal.to_owned(), wording.link_equal)
        } else {
            let direction = if value.is_sign_negative() { wording.below } else { wording.above };
            (format!("{direction} {}", self.format_figure(figure, value.abs(), placeholder, true)), wording.link)
        };
        filled.spans.push(self.figure_span(words, figure));
        if placeholder.has_option("bare") {
            return;
        }
        filled.push_text(link);
        let year = self.context.config.setting("period.last_year");
        if let Some(words) = year.filter(|_| wording.includes_year && !placeholder.has_option("short")) {
            filled.push_text(" năm ");
            filled.spans.push(Span::Setting { text: words, key: "period.last_year".to_owned() });
        }
    }

    /// Renders `above/below`; a shared unit is printed once.
    pub(super) fn fraction(
        &self,
        above: &Placeholder,
        below: &Placeholder,
        filled: &mut FilledTemplate,
    ) -> mlua::Result<()> {
        let figure = |placeholder: &Placeholder| -> mlua::Result<FigureRef> {
            let value = self.resolve(placeholder)?;
            let message = || {
                msg!(
                    "{{{written}}} trong phân số phải là số liệu",
                    "{{{written}}} in a fraction must be a figure",
                    written = placeholder.dotted_path()
                )
            };
            let figure = self.as_figure(&value)?.map(|f| self.named_by_path(f, placeholder));
            figure.ok_or_else(|| host_error(self.lua, message()))
        };
        let (top, bottom) = (figure(above)?, figure(below)?);
        let (Some(upper), Some(lower)) = (top.amount.known(), bottom.amount.known()) else {
            let unknown = if top.is_known() || !bottom.has_data() { &bottom } else { &top };
            self.render_figure(unknown, above, filled);
            return Ok(());
        };
        let one_unit = top.unit == bottom.unit;
        filled.spans.push(self.figure_span(self.format_unpadded(&top, upper, above, !one_unit), &top));
        filled.push_text("/");
        filled.spans.push(self.figure_span(self.format_unpadded(&bottom, lower, below, true), &bottom));
        Ok(())
    }

    /// Formats a number without padding, as in fractions.
    fn format_unpadded(
        &self,
        figure: &FigureRef,
        value: Decimal,
        placeholder: &Placeholder,
        show_unit: bool,
    ) -> String {
        let decimals = self.decimals(figure, placeholder);
        let number = vi::format::number(value, decimals);
        self.with_unit(&number, figure, placeholder, show_unit)
    }

    pub(super) fn format_figure(
        &self,
        figure: &FigureRef,
        value: Decimal,
        placeholder: &Placeholder,
        show_unit: bool,
    ) -> String {
        let decimals = self.decimals(figure, placeholder);
        let requested = placeholder.option_value("padded").map(|word| word.trim() == "yes");
        let padded = requested.or(figure.print.padded).unwrap_or_else(|| vi::unit::is_count(&figure.unit));
        let number = if padded { vi::format::padded(value, decimals) } else { vi::format::number(value, decimals) };
        let words = self.with_unit(&number, figure, placeholder, show_unit);
        match figure.qualifier {
            Some(qualifier) => format!("{} {words}", vi::lexicon::qualifier_word(qualifier)),
            None => words,
        }
    }

    fn with_unit(&self, number: &str, figure: &Figure, placeholder: &Placeholder, show_unit: bool) -> String {
        let is_in_points = matches!(figure.name.measure, Measure::Lag(_) | Measure::Change);
        if let Some(points) = vi::unit::points_label(&figure.unit).filter(|_| is_in_points) {
            return vi::format::quantity(number, points);
        }
        let percent = &*figure.unit.base == "%";
        if !show_unit || (placeholder.has_option("bare") && !percent) {
            return number.to_owned();
        }
        let label =
            if placeholder.has_option("short") { vi::unit::short_label(&figure.unit) } else { figure.unit.to_string() };
        vi::format::quantity(number, &label)
    }

    fn decimals(&self, figure: &Figure, placeholder: &Placeholder) -> Option<u32> {
        vi::format::decimals(figure, placeholder.decimals(), self.percent_decimals())
    }

    fn percent_decimals(&self) -> u32 {
        self.context.config.report.percent_decimals
    }
}
