//! Fills templates with values; printed figures keep their source cells.
//!
//! Input: a template, its arguments and the scope for name lookup. Output: spans, and whether something was missing.
//! Not here: the layout of the document.

use super::filled::FilledTemplate;
use super::row::TemplateRow;
use super::wording::difference_wording;
use crate::api::fields::{MemberError, lookup_member};
use crate::eval::context::{Question, RuleContext};
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error, host_error_with_hint, unknown_setting};
use crate::lua::host_memory::span_bytes;
use crate::suggest::did_you_mean;
use mlua::{FromLua, Lua, Table, Value as LuaValue};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::message::Message;
use tonghop_core::model::document::{FigureSpan, Span};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::measure::{DifferenceBase, FigureName, Measure};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::{Amount, round_half_up};
use tonghop_core::model::template::{Placeholder, Segment, Template, TemplateError};
use tonghop_core::{msg, vi};

/// Fills templates for one call of a rule.
pub(crate) struct Renderer<'a> {
    lua: &'a Lua,
    context: &'a RuleContext,
    arguments: Option<&'a Table>,
    row: Option<TemplateRow>,
    rule: Option<RuleLine>,
}

impl<'a> Renderer<'a> {
    /// Creates a renderer that fills templates with `arguments` and records the calling rule line in the spans.
    pub(crate) fn new(lua: &'a Lua, context: &'a RuleContext, arguments: Option<&'a Table>) -> Self {
        Self { lua, context, arguments, row: None, rule: calling_line(lua) }
    }

    /// Sets the row of a list or table, which provides `{it}` or names.
    #[must_use]
    pub(crate) fn with_row(mut self, row: TemplateRow) -> Self {
        self.row = Some(row);
        self
    }

    /// Fills a template.
    ///
    /// # Errors
    /// Returns an error if the template is invalid, a name is unknown or a value cannot be printed.
    pub(crate) fn fill(&self, text: &str) -> mlua::Result<FilledTemplate> {
        let template = Template::parse(text).map_err(|error| self.template_error(text, &error))?;
        let mut filled = FilledTemplate::default();
        self.render_segments(&template.segments, &mut filled)?;
        self.context.record_question(self.rule.clone(), Question::Sentence, !filled.has_only_fixed_text());
        Ok(filled)
    }

    /// Renders one segment of a template to find its errors.
    ///
    /// # Errors
    /// Returns the errors of [`Self::fill`].
    pub(crate) fn check_segment(&self, segment: &Segment) -> mlua::Result<()> {
        self.render_segments(std::slice::from_ref(segment), &mut FilledTemplate::default())
    }

    /// Returns the spans of one value as a template prints it.
    pub(crate) fn value_spans(&self, value: &RuleValue) -> mlua::Result<Vec<Span>> {
        let placeholder = Placeholder { path: vec!["it".to_owned()], options: Vec::new() };
        let mut filled = FilledTemplate::default();
        self.render_value(value, &placeholder, &mut filled)?;
        Ok(filled.spans)
    }

    fn template_error(&self, text: &str, error: &TemplateError) -> mlua::Error {
        let start: String = text.chars().take(60).collect();
        let message = msg!(
            "mẫu câu \"{start}…\": {error}",
            "the template \"{start}…\": {error}",
            start = start,
            error = error.message()
        );
        host_error_with_hint(self.lua, message, Some(error.hint()))
    }

    fn render_segments(&self, segments: &[Segment], filled: &mut FilledTemplate) -> mlua::Result<()> {
        for segment in segments {
            let first = filled.spans.len();
            match segment {
                Segment::Literal(words) => filled.push_text(words),
                Segment::Fixed(words) => {
                    filled.spans.push(Span::Fixed { text: words.clone(), rule: self.rule.clone() });
                }
                Segment::Setting(key) => filled.spans.push(self.setting(key)?),
                Segment::Value(placeholder) => self.render_value(&self.resolve(placeholder)?, placeholder, filled)?,
                Segment::Fraction(above, below) => self.fraction(above, below, filled)?,
                Segment::Note(name) => self.note(name, filled)?,
                Segment::Clause(pieces) => self.clause(pieces, filled)?,
            }
            filled.bytes += span_bytes(&filled.spans[first..]);
            self.context.memory.check(self.lua, filled.bytes)?;
        }
        Ok(())
    }

    /// Fills a clause and drops it if anything in it is missing.
    fn clause(&self, segments: &[Segment], filled: &mut FilledTemplate) -> mlua::Result<()> {
        let mut part = FilledTemplate::following(filled);
        self.render_segments(segments, &mut part)?;
        if part.is_missing {
            filled.has_dropped_clause = true;
        } else {
            filled.append(part);
        }
        Ok(())
    }

    fn setting(&self, key: &str) -> mlua::Result<Span> {
        match self.context.config.setting(key) {
            Some(words) => Ok(Span::Setting { text: words, key: key.to_owned() }),
            None => {
                let (message, hint) = unknown_setting(key);
                Err(host_error_with_hint(self.lua, message, Some(hint)))
            }
        }
    }

    fn note(&self, name: &str, filled: &mut FilledTemplate) -> mlua::Result<()> {
        let body = self.arguments.map(|a| a.raw_get::<LuaValue>(name)).transpose()?.unwrap_or(LuaValue::Nil);
        let note = match &body {
            LuaValue::Nil => {
                let message = msg!("thiếu nội dung của ghi chú \"{name}\"", "the note \"{name}\" has no content");
                let hint = msg!(
                    "viết nội dung ghi chú trong bảng sau mẫu câu: {{ {name} = \"…\" }}",
                    "write the note in the table after the template: {{ {name} = \"…\" }}"
                );
                return Err(host_error_with_hint(self.lua, message, Some(hint)));
            }
            LuaValue::String(text) => self.fill(&text.to_str()?)?,
            other => {
                let mut note = FilledTemplate::default();
                let placeholder = Placeholder { path: vec![name.to_owned()], options: Vec::new() };
                self.render_value(&RuleValue::from_lua(other.clone(), self.lua)?, &placeholder, &mut note)?;
                note
            }
        };
        filled.is_missing |= note.is_missing;
        if !note.spans.is_empty() {
            filled.spans.push(Span::Note(note.spans));
        }
        Ok(())
    }

    /// Resolves a path: first in the arguments, then in the row, then in the scope of the rule.
    fn resolve(&self, placeholder: &Placeholder) -> mlua::Result<RuleValue> {
        let Some((first, rest)) = placeholder.path.split_first() else {
            return Err(host_error(self.lua, Message::new("tên trống", "the name is empty")));
        };
        let mut value = self.resolve_root(first, placeholder)?;
        for name in rest {
            value = lookup_member(&value, name).map_err(|no| self.member_error(name, placeholder, no))?;
        }
        Ok(value)
    }

    fn resolve_root(&self, name: &str, placeholder: &Placeholder) -> mlua::Result<RuleValue> {
        let of_row = match &self.row {
            Some(TemplateRow::It(value)) if name == "it" => return Ok(value.clone()),
            Some(TemplateRow::Named(named)) => Some(named),
            _ => None,
        };
        for named in self.arguments.into_iter().chain(of_row) {
            match named.raw_get::<LuaValue>(name)? {
                LuaValue::Nil => {}
                LuaValue::String(words) => {
                    return reject_digits(self.lua, words.to_str()?.to_owned()).map(|w| RuleValue::Wording(w.into()));
                }
                other => return RuleValue::from_lua(other, self.lua),
            }
        }
        match self.context.scope() {
            Some(scope) => lookup_member(&scope, name).map_err(|no| self.member_error(name, placeholder, no)),
            None => Err(self.unknown_name_error(name, placeholder, &[])),
        }
    }

    fn member_error(&self, name: &str, placeholder: &Placeholder, error: MemberError) -> mlua::Error {
        match error {
            MemberError::Unknown(known) => self.unknown_name_error(name, placeholder, &known),
            MemberError::Arithmetic(error) => host_error(self.lua, error.message()),
        }
    }

    /// Creates the error for a placeholder that uses an unknown name.
    pub(crate) fn unknown_name_error(&self, name: &str, placeholder: &Placeholder, known: &[String]) -> mlua::Error {
        let message = msg!(
            "mẫu câu gọi {{{written}}}, nhưng không có \"{name}\"",
            "the template uses {{{written}}}, but there is no \"{name}\"",
            written = placeholder.dotted_path()
        );
        host_error_with_hint(self.lua, message, Some(did_you_mean(name, known)))
    }

    /// Renders a value at its placeholder.
    fn render_value(
        &self,
        value: &RuleValue,
        placeholder: &Placeholder,
        filled: &mut FilledTemplate,
    ) -> mlua::Result<()> {
        match value {
            // A label is declared in the rule: a digit in it is part of a name.
            RuleValue::Wording(words) if words.chars().any(char::is_numeric) => {
                filled.spans.push(Span::Fixed { text: words.to_string(), rule: self.rule.clone() });
            }
            RuleValue::Wording(words) => filled.push_text(words),
            RuleValue::RichText(spans) => {
                filled.is_missing |= spans.is_empty();
                filled.spans.extend(spans.iter().cloned());
            }
            RuleValue::TextCells(texts) if texts.is_empty() && placeholder.option_value("missing").is_some() => {
                filled.push_text(placeholder.option_value("missing").unwrap_or_default());
            }
            RuleValue::TextCells(texts) => self.push_cells(texts, " ", placeholder.has_option("bare"), filled),
            RuleValue::NarrativeCell(cell, _) => {
                self.push_cells(std::slice::from_ref(cell), " ", placeholder.has_option("bare"), filled)
            }
            RuleValue::NameCells(names) => self.push_cells(names, ", ", true, filled),
            other => match self.as_figure(other)? {
                Some(figure) => self.render_figure(&self.named_by_path(figure, placeholder), placeholder, filled),
                None => {
                    let message = msg!(
                        "{{{written}}} là {owner}, không in ra được",
                        "{{{written}}} is {owner} and cannot be printed",
                        written = placeholder.dotted_path(),
                        owner = other.lua_type().title()
                    );
                    let hint = did_you_mean(
                        "",
                        &lookup_member(other, "").err().map(MemberError::known_names).unwrap_or_default(),
                    );
                    return Err(host_error_with_hint(self.lua, message, Some(hint)));
                }
            },
        }
        Ok(())
    }

    fn as_figure(&self, value: &RuleValue) -> mlua::Result<Option<FigureRef>> {
        value.as_figure().map_err(|error| host_error(self.lua, error.message()))
    }

    fn push_cells(&self, texts: &[TextCell], separator: &str, is_inside_sentence: bool, filled: &mut FilledTemplate) {
        filled.is_missing |= texts.is_empty();
        for (at, cell) in texts.iter().enumerate() {
            if at > 0 {
                filled.push_text(separator);
            }
            let words = cell_text(&cell.text, is_inside_sentence);
            filled.spans.push(Span::DepartmentText { text: words, cell: cell.clone(), rule: self.rule.clone() });
        }
    }

    /// Renames a computed figure to the path by which the template prints it.
    fn named_by_path(&self, figure: FigureRef, placeholder: &Placeholder) -> FigureRef {
        if figure.name.measure != Measure::Computed {
            return figure;
        }
        let indicator = IndicatorId::new(placeholder.path.join("."));
        let name = FigureName { indicator, ..figure.name.clone() };
        Arc::new(Figure::with_name((*figure).clone(), name))
    }

    fn render_figure(&self, figure: &FigureRef, placeholder: &Placeholder, filled: &mut FilledTemplate) {
        let Some(value) = figure.amount.counted() else {
            let other = placeholder.option_value("missing");
            filled.is_missing |= other.is_none();
            filled.spans.push(self.figure_span(other.unwrap_or(vi::format::NO_DATA).to_owned(), figure));
            return;
        };
        match placeholder.option_value("zero") {
            Some(text) if value.is_zero() => filled.spans.push(self.figure_span(text.to_owned(), figure)),
            _ => match figure.name.measure.difference_from() {
                Some(base) => self.render_difference(figure, (value, base), placeholder, filled),
                None if figure.amount == Amount::NotApplicable => {
                    filled.spans.push(self.figure_span(vi::format::NOT_APPLICABLE.to_owned(), figure))
                }
                None => {
                    filled.spans.push(self.figure_span(self.format_figure(figure, value, placeholder, true), figure))
                }
            },
        }
    }

    fn figure_span(&self, words: String, figure: &FigureRef) -> Span {
        Span::Figure(FigureSpan { text: words, figure: Arc::clone(figure), rule: self.rule.clone() })
    }

    /// Renders a difference with its sign in words: "tăng 11% so với cùng kỳ năm 2023".
    fn render_difference(
        &self,
        figure: &FigureRef,
        (value, base): (Decimal, DifferenceBase),
        placeholder: &Placeholder,
        filled: &mut FilledTemplate,
    ) {
        let wording = difference_wording(base);
        let decimals = vi::format::declared_decimals(figure, requested_decimals(placeholder), self.percent_decimals());
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
    fn fraction(&self, above: &Placeholder, below: &Placeholder, filled: &mut FilledTemplate) -> mlua::Result<()> {
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

    fn format_figure(&self, figure: &FigureRef, value: Decimal, placeholder: &Placeholder, show_unit: bool) -> String {
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
        if matches!(figure.name.measure, Measure::Lag(_)) {
            return vi::format::quantity(number, "điểm phần trăm");
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
        vi::format::decimals(figure, requested_decimals(placeholder), self.percent_decimals())
    }

    fn percent_decimals(&self) -> u32 {
        self.context.config.report.percent_decimals
    }
}

fn requested_decimals(placeholder: &Placeholder) -> Option<u32> {
    placeholder.option_value("decimals").and_then(|decimals| decimals.trim().parse().ok())
}

/// Returns the text of a cell, without its final punctuation if it is used inside a sentence.
fn cell_text(text: &str, is_inside_sentence: bool) -> String {
    if is_inside_sentence { text.trim_end_matches(['.', ';', ',', ' ']).to_owned() } else { text.to_owned() }
}

/// Returns the text, or an error if it contains a digit: numbers must come from workbooks.
pub(crate) fn reject_digits(lua: &Lua, text: String) -> mlua::Result<String> {
    match text.chars().find(|c| c.is_numeric()) {
        Some(digit) => Err(host_error(lua, TemplateError::StrayDigit(digit).message())),
        None => Ok(text),
    }
}
