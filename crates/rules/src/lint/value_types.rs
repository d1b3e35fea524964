//! Infers the type of a path of names (`d.waste.actual`) from the code around it, without running the rule.
//!
//! Input: the tokens of a rule file and the declaration of its sector. Output: the type of the host value; none where
//! the code does not show it. Not here: what is wrong with the use of a value.

use super::LintFile;
use super::locals::{BindingKind, LocalName, locals};
use crate::api::fields::{FIELDS, lookup_member};
use crate::eval::data::IndicatorRef;
use crate::eval::lua_type::LuaType;
use crate::eval::rows::{RowOrSelection, RowSelection};
use crate::eval::value::RuleValue;
use crate::lua::tokens::{LuaToken, TokenKind};
use std::sync::Arc;

/// The functions of a sector that get its data as their first parameter.
const SECTOR_FUNCTIONS: [&str; 4] = ["text", "shortfalls", "derive", "attained"];
/// The most locals that lead from one to the next.
const MAX_STEPS: usize = 8;

/// Infers types in one file.
pub(super) struct ValueTypes<'a> {
    file: &'a LintFile<'a>,
    locals: Vec<LocalName<'a>>,
}

/// What is known about a value before the rule runs.
#[derive(Clone)]
enum KnownValue {
    Value(RuleValue),
    /// A row of an open table.
    Row(RowSelection),
}

impl<'a> ValueTypes<'a> {
    pub(super) fn new(file: &'a LintFile<'a>) -> Self {
        Self { file, locals: locals(&file.tokens) }
    }

    /// Returns the type of the host value that the path from token `start` holds; `None` for plain Lua values.
    pub(super) fn of_path(&self, path: &[&str], start: usize) -> Option<LuaType> {
        match self.known(path, start, MAX_STEPS)? {
            KnownValue::Value(RuleValue::Wording(_) | RuleValue::FailedSector(_)) => None,
            KnownValue::Value(value) => Some(value.lua_type()),
            KnownValue::Row(_) => Some(LuaType::Record),
        }
    }

    fn known(&self, path: &[&str], start: usize, steps: usize) -> Option<KnownValue> {
        let (root, members) = path.split_first()?;
        let mut value = self.root(root, start, steps.checked_sub(1)?)?;
        for member in members {
            value = match value {
                KnownValue::Value(value) => KnownValue::Value(lookup_member(&value, member).ok()?),
                KnownValue::Row(rows) => KnownValue::Value(member_of_row(&rows, member)?),
            };
        }
        Some(value)
    }

    /// Returns what a name is bound to at a token.
    fn root(&self, name: &str, at: usize, steps: usize) -> Option<KnownValue> {
        let binds = |local: &&LocalName<'_>| local.name == name && (local.index + 1..local.scope_end).contains(&at);
        let local = self.locals.iter().rev().find(binds)?;
        let tokens = &self.file.tokens;
        match local.kind {
            BindingKind::Parameter => self.sector_parameter(local.index),
            BindingKind::Local if tokens.get(local.index + 1)?.is_sign('=') => {
                let (path, end) = path_from(tokens, local.index + 2)?;
                let is_whole = tokens.get(end).is_none_or(|next| !continues_value(next));
                self.known(&path, local.index + 2, steps).filter(|_| is_whole)
            }
            BindingKind::Loop => self.loop_variable(local.index, steps),
            _ => None,
        }
    }

    /// Returns the sector, if the token is the first parameter of a function that gets it.
    fn sector_parameter(&self, index: usize) -> Option<KnownValue> {
        let before = |back: usize| index.checked_sub(back).map(|at| &self.file.tokens[at]);
        let is_first = before(1)?.is_sign('(') && before(2)?.name() == Some("function") && before(3)?.is_sign('=');
        let is_key = before(4)?.name().is_some_and(|key| SECTOR_FUNCTIONS.contains(&key));
        let sector = self.file.scope.as_ref().filter(|scope| matches!(scope, RuleValue::Sector(_)))?;
        (is_first && is_key).then(|| KnownValue::Value(sector.clone()))
    }

    /// Returns what the first variable of `for x in …` holds.
    fn loop_variable(&self, index: usize, steps: usize) -> Option<KnownValue> {
        let tokens = &self.file.tokens;
        let is_only = index.checked_sub(1).is_some_and(|at| tokens[at].name() == Some("for"))
            && tokens.get(index + 1)?.name() == Some("in");
        let (path, end) = path_from(tokens, index + 2).filter(|_| is_only)?;
        let over = self.known(&path, index + 2, steps)?;
        let next = tokens.get(end)?;
        let method = next.is_sign(':').then(|| tokens.get(end + 1)?.name()).flatten();
        match (over, method) {
            (KnownValue::Value(RuleValue::Sector(data)), Some("behind")) => (!data.decl.indicators.is_empty())
                .then(|| KnownValue::Value(RuleValue::Indicator(IndicatorRef { data: Arc::clone(&data), index: 0 }))),
            (KnownValue::Value(RuleValue::Parts(whole)), None) if next.name() == Some("do") => {
                Some(KnownValue::Value(RuleValue::Indicator(whole.children().into_iter().next()?)))
            }
            (
                KnownValue::Value(RuleValue::Rows(RowOrSelection::Many(rows))),
                None | Some("where" | "behind" | "unjudged" | "lowest" | "highest"),
            ) => Some(KnownValue::Row(rows)),
            _ => None,
        }
    }
}

/// Returns the member of a row, of which no value is known.
fn member_of_row(rows: &RowSelection, member: &str) -> Option<RuleValue> {
    let is_field = rows.selection.table.decl.field_position(member).is_some();
    if is_field || member == "label" {
        return Some(RuleValue::TextCells([].into()));
    }
    let field = FIELDS.into_iter().flatten().find(|field| field.owner == LuaType::Record && field.name == member)?;
    match field.returns {
        "tonghop.Figure" => rows_figure(rows),
        _ => None,
    }
}

/// Returns any figure of the rows; the type is what counts.
fn rows_figure(rows: &RowSelection) -> Option<RuleValue> {
    let all = RowOrSelection::Many(rows.clone());
    all.figure(&tonghop_core::model::measure::Measure::Actual).ok().map(RuleValue::Figure)
}

/// Returns the names of a path that starts at a token, and the index of the token after it.
pub(super) fn path_from(tokens: &[LuaToken], start: usize) -> Option<(Vec<&str>, usize)> {
    let mut names = vec![tokens.get(start)?.name().filter(|name| !is_keyword(name))?];
    let mut end = start + 1;
    while tokens.get(end).is_some_and(|dot| dot.is_sign('.'))
        && let Some(name) = tokens.get(end + 1).and_then(LuaToken::name)
    {
        names.push(name);
        end += 2;
    }
    Some((names, end))
}

/// Returns the names of the path that ends before a token, and the index of its first token.
pub(super) fn path_before(tokens: &[LuaToken], end: usize) -> Option<(Vec<&str>, usize)> {
    let mut start = end.checked_sub(1)?;
    let mut names = vec![tokens[start].name().filter(|name| !is_keyword(name))?];
    while start >= 2
        && tokens[start - 1].is_sign('.')
        && let Some(name) = tokens[start - 2].name().filter(|name| !is_keyword(name))
    {
        names.insert(0, name);
        start -= 2;
    }
    // `f(x).y`, `a[1].b`, `d:parts`: more than a path.
    let is_part = start.checked_sub(1).is_some_and(|at| tokens[at].is_sign('.') || tokens[at].is_sign(':'));
    (!is_part).then_some((names, start))
}

/// Returns whether a token continues the value before it: a call, an index, an operator.
pub(super) fn continues_value(next: &LuaToken) -> bool {
    match &next.kind {
        TokenKind::Sign(sign) => !matches!(sign, ')' | '}' | ']' | ',' | ';'),
        TokenKind::Text(_) => true,
        TokenKind::Name(name) => matches!(name.as_str(), "and" | "or"),
        TokenKind::Other(_) => false,
    }
}

fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "and"
            | "break"
            | "do"
            | "else"
            | "elseif"
            | "end"
            | "false"
            | "for"
            | "function"
            | "if"
            | "in"
            | "local"
            | "nil"
            | "not"
            | "or"
            | "repeat"
            | "return"
            | "then"
            | "true"
            | "until"
            | "while"
    )
}
