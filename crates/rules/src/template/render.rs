//! Fills templates with values; printed figures keep their source cells.
//!
//! Input: a template, its arguments and the scope for name lookup. Output: spans, and whether something was missing.
//! Not here: the layout of the document.

use super::filled::{FilledTemplate, missing_of_gaps};
use super::notes;
use super::row::TemplateRow;
use crate::api::fields::{MemberError, lookup_member};
use crate::eval::context::{Question, RuleContext};
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error, host_error_with_hint, unknown_setting};
use crate::lua::host_memory::span_bytes;
use crate::suggest::did_you_mean;
use mlua::{FromLua, Lua, Table, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::message::Message;
use tonghop_core::model::control_characters::find_control_character;
use tonghop_core::model::document::{FigureSpan, Span};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::gap::{GapKind, MissingValue};
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::template::{Placeholder, Segment, Template, TemplateError};
use tonghop_core::{msg, vi};

/// Between names; they are always inside a sentence.
const NAME_SEPARATOR: &str = ", ";

/// Fills templates for one call of a rule.
pub(crate) struct Renderer<'a> {
    pub(super) lua: &'a Lua,
    pub(super) context: &'a RuleContext,
    arguments: Option<&'a Table>,
    row: Option<TemplateRow>,
    rule: Option<RuleLine>,
    /// The number of notes around the template.
    outer_notes: usize,
}

impl<'a> Renderer<'a> {
    /// Creates a renderer that fills templates with `arguments` and records the calling rule line in the spans.
    pub(crate) fn new(lua: &'a Lua, context: &'a RuleContext, arguments: Option<&'a Table>) -> Self {
        Self { lua, context, arguments, row: None, rule: calling_line(lua), outer_notes: 0 }
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
                Segment::Condition(placeholder) => self.condition(placeholder, filled)?,
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
        if part.must_fall_away() {
            filled.has_dropped_clause = true;
            self.push_gap(GapKind::Clause, part, filled);
        } else {
            part.mark_missing_words();
            filled.append(part);
        }
        Ok(())
    }

    /// Replaces a part that falls away by its gap.
    pub(crate) fn push_gap(&self, kind: GapKind, part: FilledTemplate, filled: &mut FilledTemplate) {
        filled.push_gap(kind, part, self.context.sector_id(), self.rule.clone());
    }

    /// Checks that a value has data; prints nothing.
    fn condition(&self, placeholder: &Placeholder, filled: &mut FilledTemplate) -> mlua::Result<()> {
        let mut probe = FilledTemplate::default();
        self.render_value(&self.resolve(placeholder)?, placeholder, &mut probe)?;
        probe.take_missing().into_iter().for_each(|value| filled.add_unmet_condition(value));
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
        let mut note = match &body {
            LuaValue::Nil => {
                let message = msg!("thiếu nội dung của ghi chú \"{name}\"", "the note \"{name}\" has no content");
                let hint = msg!(
                    "viết nội dung ghi chú trong bảng sau mẫu câu: {{ {name} = \"…\" }}",
                    "write the note in the table after the template: {{ {name} = \"…\" }}"
                );
                return Err(host_error_with_hint(self.lua, message, Some(hint)));
            }
            LuaValue::String(_) if self.outer_notes >= notes::MAX_DEPTH => {
                return Err(notes::nesting_error(self.lua, name));
            }
            LuaValue::String(text) => {
                let row = self.row.clone();
                let inside = Self { row, rule: self.rule.clone(), outer_notes: self.outer_notes + 1, ..*self };
                inside.fill(&text.to_str()?)?
            }
            other => {
                let mut note = FilledTemplate::default();
                let placeholder = Placeholder { path: vec![name.to_owned()], options: Vec::new() };
                self.render_value(&RuleValue::from_lua(other.clone(), self.lua)?, &placeholder, &mut note)?;
                note
            }
        };
        if self.outer_notes + notes::depth(&note.spans) >= notes::MAX_DEPTH {
            return Err(notes::nesting_error(self.lua, name));
        }
        filled.add_missing_of(&note);
        note.mark_missing_words();
        if note.spans.iter().any(Span::is_printed) {
            filled.spans.push(Span::Note(note.spans));
        } else {
            filled.spans.extend(note.spans);
        }
        Ok(())
    }

    /// Resolves a path: first in the arguments, then in the row, then in the scope of the rule.
    pub(super) fn resolve(&self, placeholder: &Placeholder) -> mlua::Result<RuleValue> {
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
            MemberError::Refused((message, hint)) => host_error_with_hint(self.lua, message, Some(hint)),
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
                if !spans.iter().any(Span::is_printed) {
                    let missing = missing_of_gaps(spans);
                    let list = || vec![MissingValue::List(placeholder.dotted_path())];
                    let missing = if missing.is_empty() { list() } else { missing };
                    missing.into_iter().for_each(|value| filled.add_missing(value));
                }
                filled.spans.extend(spans.iter().cloned());
            }
            RuleValue::TextCells(texts) if texts.is_empty() && placeholder.option_value("missing").is_some() => {
                filled.push_text(placeholder.option_value("missing").unwrap_or_default());
            }
            RuleValue::TextCells(texts) => self.push_cells(texts, " ", placeholder, filled),
            RuleValue::NarrativeCell(cell, _) => self.push_cells(std::slice::from_ref(cell), " ", placeholder, filled),
            RuleValue::NameCells(names) => self.push_cells(names, NAME_SEPARATOR, placeholder, filled),
            other => match self.as_figure(other)? {
                Some(figure) => self.render_figure(&self.named_by_path(figure, placeholder), placeholder, filled),
                None => {
                    let message = msg!(
                        "{{{written}}} là {owner}, không in ra được",
                        "{{{written}}} is {owner} and cannot be printed",
                        written = placeholder.dotted_path(),
                        owner = other.lua_type().title()
                    );
                    let known = lookup_member(other, "").err().map(MemberError::known_names).unwrap_or_default();
                    let hint = match other {
                        RuleValue::ByTarget(..) | RuleValue::RowsByTarget(..) if known.is_empty() => no_plans_hint(),
                        _ => did_you_mean("", &known),
                    };
                    return Err(host_error_with_hint(self.lua, message, Some(hint)));
                }
            },
        }
        Ok(())
    }

    pub(super) fn as_figure(&self, value: &RuleValue) -> mlua::Result<Option<FigureRef>> {
        value.as_figure().map_err(|error| host_error(self.lua, error.message()))
    }

    fn push_cells(&self, texts: &[TextCell], separator: &str, placeholder: &Placeholder, filled: &mut FilledTemplate) {
        let is_inside_sentence = placeholder.has_option("bare") || separator == NAME_SEPARATOR;
        if texts.is_empty() {
            let mut words = FilledTemplate::default();
            words.add_missing(MissingValue::Words(placeholder.dotted_path()));
            filled.add_missing_of(&words);
            self.push_gap(GapKind::Words, words, filled);
        }
        for (at, cell) in texts.iter().enumerate() {
            if at > 0 {
                filled.push_text(separator);
            }
            let words = cell_text(&cell.text, is_inside_sentence);
            filled.spans.push(Span::DepartmentText { text: words, cell: cell.clone(), rule: self.rule.clone() });
        }
    }

    /// Renames a computed figure to the path by which the template prints it.
    pub(super) fn named_by_path(&self, figure: FigureRef, placeholder: &Placeholder) -> FigureRef {
        if figure.name.measure != Measure::Computed {
            return figure;
        }
        let indicator = IndicatorId::new(placeholder.path.join("."));
        let name = FigureName { indicator, ..figure.name.clone() };
        Arc::new(Figure::with_name((*figure).clone(), name))
    }

    pub(super) fn render_figure(&self, figure: &FigureRef, placeholder: &Placeholder, filled: &mut FilledTemplate) {
        let Some(value) = figure.amount.counted() else {
            let other = placeholder.option_value("missing");
            if other.is_none() {
                filled.add_missing(MissingValue::Figure(Arc::clone(figure)));
            }
            filled
                .spans
                .push(self.figure_span(other.unwrap_or_else(|| vi::format::without_data(figure)).to_owned(), figure));
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

    pub(super) fn figure_span(&self, words: String, figure: &FigureRef) -> Span {
        Span::Figure(FigureSpan { text: words, figure: Arc::clone(figure), rule: self.rule.clone() })
    }
}

/// Returns the text of a cell, without its final punctuation if it is used inside a sentence.
fn cell_text(text: &str, is_inside_sentence: bool) -> String {
    if is_inside_sentence { text.trim_end_matches(['.', ';', ',', ' ']).to_owned() } else { text.to_owned() }
}

/// Returns the text, or an error if it contains a digit (numbers must come from workbooks) or a control character.
pub(crate) fn reject_digits(lua: &Lua, text: String) -> mlua::Result<String> {
    if let Some(character) = find_control_character(&text) {
        return Err(host_error(lua, TemplateError::ControlCharacter(character).message()));
    }
    match text.chars().find(|c| c.is_numeric()) {
        Some(digit) => Err(host_error(lua, TemplateError::StrayDigit(digit).message())),
        None => Ok(text),
    }
}

/// Returns the hint for a group of plans in a sector without plans.
fn no_plans_hint() -> Message {
    Message::new(
        "ghi targets = { … } trong khai báo của ngành, với mã kế hoạch trong tonghop.toml",
        "write targets = { … } in the declaration of the sector, with the ids of the plans in tonghop.toml",
    )
}
