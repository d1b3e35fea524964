//! Fills templates with values; printed figures keep their source cells.
//!
//! Input: a template, its arguments and the scope for name lookup. Output: spans, and whether something was missing.
//! Not here: the layout of the document.

use super::filled::Filled;
use super::row::Row;
use super::wording::{AGAINST_LAST_YEAR, BEHIND_PACE, NO_DATA, NOT_APPLICABLE};
use crate::api::fields::{NoStep, step};
use crate::eval::context::{Context, Question};
use crate::eval::value::Value;
use crate::lua::error::{calling_line, fail, fail_with, no_setting};
use crate::suggest::did_you_mean;
use mlua::{FromLua, Lua, Table, Value as LuaValue};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::message::Words;
use tonghop_core::model::document::{FigureSpan, Span};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::{Amount, round_half_up};
use tonghop_core::model::template::{Piece, Placeholder, Template, TemplateError};
use tonghop_core::{say, vi};

/// Fills templates for one call of a rule.
pub(crate) struct Renderer<'a> {
    lua: &'a Lua,
    context: &'a Context,
    arguments: Option<&'a Table>,
    row: Option<Row>,
    rule: Option<RuleLine>,
}

impl<'a> Renderer<'a> {
    /// Creates a renderer that fills templates with `arguments` and records the calling rule line in the spans.
    pub(crate) fn new(lua: &'a Lua, context: &'a Context, arguments: Option<&'a Table>) -> Self {
        Self { lua, context, arguments, row: None, rule: calling_line(lua) }
    }

    /// Sets the row: `{it}` is the value, or the row's names become available.
    #[must_use]
    pub(crate) fn with_row(mut self, row: Row) -> Self {
        self.row = Some(row);
        self
    }

    /// Fills a template.
    ///
    /// # Errors
    /// Returns an error for an invalid template, an unknown name or a value that cannot be printed.
    pub(crate) fn fill(&self, text: &str) -> mlua::Result<Filled> {
        let template = Template::parse(text).map_err(|error| self.wrong_template(text, &error))?;
        let mut filled = Filled::default();
        self.pieces(&template.pieces, &mut filled)?;
        self.context.asked(self.rule.clone(), Question::Sentence, !filled.says_nothing());
        Ok(filled)
    }

    /// Renders one piece of a template to find its errors.
    ///
    /// # Errors
    /// Same as [`Self::fill`].
    pub(crate) fn piece(&self, piece: &Piece) -> mlua::Result<()> {
        self.pieces(std::slice::from_ref(piece), &mut Filled::default())
    }

    /// Returns the spans of one value as a template prints it.
    pub(crate) fn value(&self, value: &Value) -> mlua::Result<Vec<Span>> {
        let placeholder = Placeholder { path: vec!["it".to_owned()], options: Vec::new() };
        let mut filled = Filled::default();
        self.print(value, &placeholder, &mut filled)?;
        Ok(filled.spans)
    }

    fn wrong_template(&self, text: &str, error: &TemplateError) -> mlua::Error {
        let start: String = text.chars().take(60).collect();
        let message = say!(
            "mẫu câu \"{start}…\": {error}",
            "the template \"{start}…\": {error}",
            start = start,
            error = error.words()
        );
        fail_with(self.lua, message, Some(error.hint()))
    }

    fn pieces(&self, pieces: &[Piece], filled: &mut Filled) -> mlua::Result<()> {
        for piece in pieces {
            match piece {
                Piece::Words(words) => filled.words(words),
                Piece::Fixed(words) => {
                    filled.spans.push(Span::Fixed { words: words.clone(), rule: self.rule.clone() });
                }
                Piece::Setting(key) => filled.spans.push(self.setting(key)?),
                Piece::Value(placeholder) => self.print(&self.find(placeholder)?, placeholder, filled)?,
                Piece::Fraction(above, below) => self.fraction(above, below, filled)?,
                Piece::Note(name) => self.note(name, filled)?,
                Piece::Clause(pieces) => self.clause(pieces, filled)?,
            }
        }
        Ok(())
    }

    /// Fills a clause and drops it if anything in it is missing.
    fn clause(&self, pieces: &[Piece], filled: &mut Filled) -> mlua::Result<()> {
        let mut part = Filled::behind(filled);
        self.pieces(pieces, &mut part)?;
        if part.missing {
            filled.dropped = true;
        } else {
            filled.append(part);
        }
        Ok(())
    }

    fn setting(&self, key: &str) -> mlua::Result<Span> {
        match self.context.config.setting(key) {
            Some(words) => Ok(Span::Setting { words, key: key.to_owned() }),
            None => {
                let (message, hint) = no_setting(key);
                Err(fail_with(self.lua, message, Some(hint)))
            }
        }
    }

    fn note(&self, name: &str, filled: &mut Filled) -> mlua::Result<()> {
        let body = self.arguments.map(|a| a.raw_get::<LuaValue>(name)).transpose()?.unwrap_or(LuaValue::Nil);
        let note = match &body {
            LuaValue::Nil => {
                let message = say!("thiếu nội dung của ghi chú \"{name}\"", "the note \"{name}\" has no content");
                let hint = say!(
                    "viết nội dung ghi chú trong bảng sau mẫu câu: {{ {name} = \"…\" }}",
                    "write the note in the table behind the template: {{ {name} = \"…\" }}"
                );
                return Err(fail_with(self.lua, message, Some(hint)));
            }
            LuaValue::String(text) => self.fill(&text.to_str()?)?,
            other => {
                let mut note = Filled::default();
                let placeholder = Placeholder { path: vec![name.to_owned()], options: Vec::new() };
                self.print(&Value::from_lua(other.clone(), self.lua)?, &placeholder, &mut note)?;
                note
            }
        };
        filled.missing |= note.missing;
        if !note.spans.is_empty() {
            filled.spans.push(Span::Note(note.spans));
        }
        Ok(())
    }

    /// Resolves a path: first in the arguments, then in the row, then in the scope of the rule.
    fn find(&self, placeholder: &Placeholder) -> mlua::Result<Value> {
        let Some((first, rest)) = placeholder.path.split_first() else {
            return Err(fail(self.lua, Words::new("tên trống", "the name is empty")));
        };
        let mut value = self.root(first, placeholder)?;
        for name in rest {
            value = step(&value, name).map_err(|no| self.no_step(name, placeholder, no))?;
        }
        Ok(value)
    }

    fn root(&self, name: &str, placeholder: &Placeholder) -> mlua::Result<Value> {
        let of_row = match &self.row {
            Some(Row::It(value)) if name == "it" => return Ok(value.clone()),
            Some(Row::Named(named)) => Some(named),
            _ => None,
        };
        for named in self.arguments.into_iter().chain(of_row) {
            match named.raw_get::<LuaValue>(name)? {
                LuaValue::Nil => {}
                LuaValue::String(words) => {
                    return words_without_digits(self.lua, words.to_str()?.to_owned()).map(|w| Value::Words(w.into()));
                }
                other => return Value::from_lua(other, self.lua),
            }
        }
        match self.context.scope() {
            Some(scope) => step(&scope, name).map_err(|no| self.no_step(name, placeholder, no)),
            None => Err(self.unknown(name, placeholder, &[])),
        }
    }

    fn no_step(&self, name: &str, placeholder: &Placeholder, why: NoStep) -> mlua::Error {
        match why {
            NoStep::Unknown(known) => self.unknown(name, placeholder, &known),
            NoStep::Arithmetic(error) => fail(self.lua, error.words()),
        }
    }

    /// Creates the error for a placeholder that uses an unknown name.
    pub(crate) fn unknown(&self, name: &str, placeholder: &Placeholder, known: &[String]) -> mlua::Error {
        let message = say!(
            "mẫu câu gọi {{{written}}}, nhưng không có \"{name}\"",
            "the template calls {{{written}}}, but there is no \"{name}\"",
            written = placeholder.written()
        );
        fail_with(self.lua, message, Some(did_you_mean(name, known)))
    }

    /// Renders a value at its placeholder.
    fn print(&self, value: &Value, placeholder: &Placeholder, filled: &mut Filled) -> mlua::Result<()> {
        match value {
            // A label is declared in the rule: a digit in it is part of a name.
            Value::Words(words) if words.chars().any(char::is_numeric) => {
                filled.spans.push(Span::Fixed { words: words.to_string(), rule: self.rule.clone() });
            }
            Value::Words(words) => filled.words(words),
            Value::Rich(spans) => {
                filled.missing |= spans.is_empty();
                filled.spans.extend(spans.iter().cloned());
            }
            Value::Texts(texts) if texts.is_empty() && placeholder.option("missing").is_some() => {
                filled.words(placeholder.option("missing").unwrap_or_default());
            }
            Value::Texts(texts) => self.texts(texts, " ", placeholder.has("bare"), filled),
            Value::Said(cell, _) => self.texts(std::slice::from_ref(cell), " ", placeholder.has("bare"), filled),
            Value::Names(names) => self.texts(names, ", ", true, filled),
            other => match self.as_figure(other)? {
                Some(figure) => self.figure(&self.identified(figure, placeholder), placeholder, filled),
                None => {
                    let message = say!(
                        "{{{written}}} là {owner}, không in ra được",
                        "{{{written}}} is {owner} and cannot be printed",
                        written = placeholder.written(),
                        owner = other.owner().title()
                    );
                    let hint = did_you_mean("", &step(other, "").err().map(NoStep::known).unwrap_or_default());
                    return Err(fail_with(self.lua, message, Some(hint)));
                }
            },
        }
        Ok(())
    }

    fn as_figure(&self, value: &Value) -> mlua::Result<Option<FigureRef>> {
        value.as_figure().map_err(|error| fail(self.lua, error.words()))
    }

    fn texts(&self, texts: &[TextCell], separator: &str, inside: bool, filled: &mut Filled) {
        filled.missing |= texts.is_empty();
        for (at, cell) in texts.iter().enumerate() {
            if at > 0 {
                filled.words(separator);
            }
            let words = sentence(&cell.words, inside);
            filled.spans.push(Span::Text { words, cell: cell.clone(), rule: self.rule.clone() });
        }
    }

    /// Renames a computed figure to the path by which the template prints it.
    fn identified(&self, figure: FigureRef, placeholder: &Placeholder) -> FigureRef {
        if figure.name.measure != Measure::Computed {
            return figure;
        }
        let indicator = IndicatorId::new(placeholder.path.join("."));
        let name = FigureName { indicator, ..figure.name.clone() };
        Arc::new(Figure::named((*figure).clone(), name))
    }

    fn figure(&self, figure: &FigureRef, placeholder: &Placeholder, filled: &mut Filled) {
        let Amount::Known(value) = figure.amount else {
            if let Some(words) = placeholder.option("missing") {
                filled.spans.push(self.span(words.to_owned(), figure));
                return;
            }
            // A figure that is not applicable also drops its clause; outside of a clause it is printed in words.
            filled.missing = true;
            let words = if figure.amount == Amount::Missing { NO_DATA } else { NOT_APPLICABLE };
            filled.spans.push(self.span(words.to_owned(), figure));
            return;
        };
        match placeholder.option("zero") {
            Some(words) if value.is_zero() => filled.spans.push(self.span(words.to_owned(), figure)),
            _ if matches!(figure.name.measure, Measure::Yoy | Measure::Change | Measure::Lag(_)) => {
                self.change(figure, value, placeholder, filled)
            }
            _ => filled.spans.push(self.span(self.words(figure, value, placeholder, true), figure)),
        }
    }

    fn span(&self, words: String, figure: &FigureRef) -> Span {
        Span::Figure(FigureSpan { words, figure: Arc::clone(figure), rule: self.rule.clone() })
    }

    /// Renders a difference with its sign in words: "tăng 11% so với cùng kỳ năm 2023".
    fn change(&self, figure: &FigureRef, value: Decimal, placeholder: &Placeholder, filled: &mut Filled) {
        let wording = if matches!(figure.name.measure, Measure::Lag(_)) { &BEHIND_PACE } else { &AGAINST_LAST_YEAR };
        let decimals = vi::format::declared_decimals(figure, asked_decimals(placeholder), self.percent_decimals());
        let shown = decimals.map_or(value, |decimals| round_half_up(value, decimals));
        let (words, link) = if value.is_zero() {
            (wording.equal.to_owned(), wording.link_equal)
        } else if shown.is_zero() {
            (wording.about_equal.to_owned(), wording.link_equal)
        } else {
            let direction = if value.is_sign_negative() { wording.below } else { wording.above };
            (format!("{direction} {}", self.words(figure, value.abs(), placeholder, true)), wording.link)
        };
        filled.spans.push(self.span(words, figure));
        if placeholder.has("bare") {
            return;
        }
        filled.words(link);
        let year = self.context.config.setting("period.last_year");
        if let Some(words) = year.filter(|_| wording.names_year && !placeholder.has("short")) {
            filled.words(" năm ");
            filled.spans.push(Span::Setting { words, key: "period.last_year".to_owned() });
        }
    }

    /// Renders `above/below`; a shared unit is printed once.
    fn fraction(&self, above: &Placeholder, below: &Placeholder, filled: &mut Filled) -> mlua::Result<()> {
        let figure = |placeholder: &Placeholder| -> mlua::Result<FigureRef> {
            let value = self.find(placeholder)?;
            let message = || {
                say!(
                    "{{{written}}} trong phân số phải là số liệu",
                    "{{{written}}} in a fraction must be a figure",
                    written = placeholder.written()
                )
            };
            let figure = self.as_figure(&value)?.map(|f| self.identified(f, placeholder));
            figure.ok_or_else(|| fail(self.lua, message()))
        };
        let (top, bottom) = (figure(above)?, figure(below)?);
        let (Some(upper), Some(lower)) = (top.amount.known(), bottom.amount.known()) else {
            let unknown = if top.is_known() { &bottom } else { &top };
            self.figure(unknown, above, filled);
            return Ok(());
        };
        let one_unit = top.unit == bottom.unit;
        filled.spans.push(self.span(self.counted(&top, upper, above, !one_unit), &top));
        filled.words("/");
        filled.spans.push(self.span(self.counted(&bottom, lower, below, true), &bottom));
        Ok(())
    }

    /// Formats a number without padding, as in fractions.
    fn counted(&self, figure: &FigureRef, value: Decimal, placeholder: &Placeholder, unit: bool) -> String {
        let decimals = self.decimals(figure, placeholder);
        let number = vi::format::number(value, decimals);
        self.with_unit(&number, figure, placeholder, unit)
    }

    fn words(&self, figure: &FigureRef, value: Decimal, placeholder: &Placeholder, unit: bool) -> String {
        let decimals = self.decimals(figure, placeholder);
        let asked = placeholder.option("padded").map(|word| word.trim() == "yes");
        let padded = asked.or(figure.print.padded).unwrap_or_else(|| vi::unit::is_count(&figure.unit));
        let number = if padded { vi::format::padded(value, decimals) } else { vi::format::number(value, decimals) };
        let words = self.with_unit(&number, figure, placeholder, unit);
        match figure.qualifier {
            Some(qualifier) => format!("{} {words}", vi::lexicon::qualifier_word(qualifier)),
            None => words,
        }
    }

    fn with_unit(&self, number: &str, figure: &Figure, placeholder: &Placeholder, unit: bool) -> String {
        if matches!(figure.name.measure, Measure::Lag(_)) {
            return vi::format::quantity(number, "điểm phần trăm");
        }
        let percent = &*figure.unit.base == "%";
        if !unit || (placeholder.has("bare") && !percent) {
            return number.to_owned();
        }
        let label = if placeholder.has("short") { vi::unit::short(&figure.unit) } else { figure.unit.to_string() };
        vi::format::quantity(number, &label)
    }

    fn decimals(&self, figure: &Figure, placeholder: &Placeholder) -> Option<u32> {
        vi::format::decimals(figure, asked_decimals(placeholder), self.percent_decimals())
    }

    fn percent_decimals(&self) -> u32 {
        self.context.config.report.percent_decimals
    }
}

fn asked_decimals(placeholder: &Placeholder) -> Option<u32> {
    placeholder.option("decimals").and_then(|decimals| decimals.trim().parse().ok())
}

/// Returns the text of a cell, without its final punctuation if it is used inside a sentence.
fn sentence(words: &str, inside: bool) -> String {
    if inside { words.trim_end_matches(['.', ';', ',', ' ']).to_owned() } else { words.to_owned() }
}

/// Returns the text, or an error if it contains a digit: numbers must come from workbooks.
pub(crate) fn words_without_digits(lua: &Lua, words: String) -> mlua::Result<String> {
    match words.chars().find(|c| c.is_numeric()) {
        Some(digit) => Err(fail(lua, TemplateError::StrayDigit(digit).words())),
        None => Ok(words),
    }
}
