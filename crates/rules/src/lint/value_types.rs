//! Infers the type of a path of names (`d.waste.actual`) from the code around it, without running the rule.
//!
//! Input: the tokens of a rule file and the declaration of its sector. Output: the type of the host value; none where
//! the code does not show it. Not here: what is wrong with the use of a value.

use super::LintFile;
use super::locals::{BindingKind, LocalName};
use crate::api::entry::Handler;
use crate::api::fields::{MemberError, lookup_member};
use crate::eval::data::IndicatorRef;
use crate::eval::lua_type::LuaType;
use crate::eval::rows::{RowOrSelection, RowSelection};
use crate::eval::value::RuleValue;
use crate::host;
use crate::lua::tokens::{LuaToken, TokenKind, is_keyword};
use std::sync::Arc;
use tonghop_core::model::measure::Measure;

/// The functions of a sector that get its data as their first parameter.
const SECTOR_FUNCTIONS: [&str; 3] = ["text", "shortfalls", "derive"];
/// The function of checks that gets the report as its first parameter.
const CHECK_FUNCTION: &str = "run";
/// The most locals that lead from one to the next.
const MAX_STEPS: usize = 8;

/// Infers types in one file.
pub(super) struct ValueTypes<'a> {
    file: &'a LintFile<'a>,
    locals: &'a [LocalName<'a>],
}

/// What is known about a value before the rule runs.
#[derive(Clone)]
enum KnownValue {
    Value(RuleValue),
    /// One of several values, of which another may have other members.
    Sample(RuleValue),
    /// A row of an open table.
    Row(RowSelection),
}

impl KnownValue {
    fn lua_type(&self) -> LuaType {
        match self {
            Self::Value(value) | Self::Sample(value) => value.lua_type(),
            Self::Row(_) => LuaType::Record,
        }
    }
}

/// What a path of names holds.
pub(super) enum PathType {
    /// A host value.
    Value(LuaType),
    /// `true` or `false`.
    Boolean,
    /// A method that is not called, by its name.
    Method(String),
}

/// A member of a path that its value does not have.
pub(super) struct FaultyMember {
    pub owner: LuaType,
    pub name: String,
    pub error: MemberError,
}

impl<'a> ValueTypes<'a> {
    pub(super) fn new(file: &'a LintFile<'a>, locals: &'a [LocalName<'a>]) -> Self {
        Self { file, locals }
    }

    /// Returns what the path from token `start` holds; `None` for texts and numbers of Lua.
    pub(super) fn of_path(&self, path: &[&str], start: usize) -> Option<PathType> {
        if let Some(known) = self.known(path, start, MAX_STEPS) {
            return match known {
                KnownValue::Value(RuleValue::Wording(_) | RuleValue::FailedSector(_)) => None,
                known => Some(PathType::Value(known.lua_type())),
            };
        }
        let (last, owner) = path.split_last().filter(|(_, owner)| !owner.is_empty())?;
        let owner = self.known(owner, start, MAX_STEPS)?.lua_type();
        if has_method(owner, last) {
            return Some(PathType::Method((*last).to_owned()));
        }
        let field = host::find_field(owner, last).or_else(|| host::find_field(of_figure(owner)?, last));
        let is_boolean = field.is_some_and(|field| field.returns == "boolean");
        is_boolean.then_some(PathType::Boolean)
    }

    /// Returns the first member of the path from token `start` that its value does not have, whatever the data; the
    /// last name may be that of a method.
    pub(super) fn faulty_member(&self, path: &[&str], start: usize, is_method: bool) -> Option<FaultyMember> {
        for count in 1..path.len() {
            let KnownValue::Value(value) = self.known(&path[..count], start, MAX_STEPS)? else { return None };
            let (name, owner) = (path[count], value.lua_type());
            let is_last = count + 1 == path.len();
            let is_plain =
                |owner| host::find_field(owner, name).is_some_and(|field| matches!(field.handler, Handler::Plain(_)));
            let is_known = has_method(owner, name) || is_plain(owner) || of_figure(owner).is_some_and(is_plain);
            if matches!(value, RuleValue::FailedSector(_)) || is_known {
                return None;
            }
            let error = match lookup_member(&value, name) {
                Ok(_) if is_last && is_method => MemberError::Unknown(Vec::new()),
                Ok(_) | Err(MemberError::Arithmetic(_)) => continue,
                Err(error) => error,
            };
            return Some(FaultyMember { owner, name: name.to_owned(), error });
        }
        None
    }

    /// Returns the value that the path from token `start` certainly holds.
    pub(super) fn value(&self, path: &[&str], start: usize) -> Option<RuleValue> {
        match self.known(path, start, MAX_STEPS)? {
            KnownValue::Value(value) => Some(value),
            _ => None,
        }
    }

    fn known(&self, path: &[&str], start: usize, steps: usize) -> Option<KnownValue> {
        let (root, members) = path.split_first()?;
        let mut value = self.root(root, start, steps.checked_sub(1)?)?;
        for member in members {
            value = match value {
                KnownValue::Value(value) => KnownValue::Value(lookup_member(&value, member).ok()?),
                KnownValue::Sample(value) => KnownValue::Sample(lookup_member(&value, member).ok()?),
                KnownValue::Row(rows) => KnownValue::Sample(member_of_row(&rows, member)?),
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
            BindingKind::Parameter => self.parameter(local.index).map(KnownValue::Value),
            BindingKind::Local => {
                let start = local_value(tokens, local.index)?;
                let (path, end) = path_from(tokens, start)?;
                let is_whole = tokens.get(end).is_none_or(|next| !continues_value(next));
                self.known(&path, start, steps).filter(|_| is_whole)
            }
            BindingKind::Loop => self.loop_variable(local.index, steps),
            _ => None,
        }
    }

    /// Returns what a parameter of a declared function gets: the sector or the report, or where it writes.
    fn parameter(&self, index: usize) -> Option<RuleValue> {
        let before = |back: usize| index.checked_sub(back).map(|at| &self.file.tokens[at]);
        let is_second = before(1)?.is_sign(',');
        let open = if is_second { 3 } else { 1 };
        let is_declared = before(open)?.is_sign('(')
            && before(open + 1)?.name() == Some("function")
            && before(open + 2)?.is_sign('=');
        let (key, scope) = (before(open + 3)?, self.file.scope.as_ref().filter(|_| is_declared)?);
        let is_check = key.name() == Some(CHECK_FUNCTION);
        let has_scope = match scope {
            RuleValue::Sector(_) => key.name().is_some_and(|key| SECTOR_FUNCTIONS.contains(&key)),
            _ => is_check || key.is_sign(']'),
        };
        match (is_second, is_check) {
            _ if !has_scope => None,
            (false, _) => Some(scope.clone()),
            (true, false) => Some(RuleValue::Out),
            (true, true) => Some(RuleValue::Check),
        }
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
                .then(|| KnownValue::Sample(RuleValue::Indicator(IndicatorRef { data: Arc::clone(&data), index: 0 }))),
            (KnownValue::Value(RuleValue::Parts(whole)), None) if next.name() == Some("do") => {
                Some(KnownValue::Sample(RuleValue::Indicator(whole.items().into_iter().next()?)))
            }
            (KnownValue::Value(RuleValue::Rows(RowOrSelection::Many(rows))), method)
                if method.is_none_or(returns_rows) =>
            {
                Some(KnownValue::Row(rows))
            }
            _ => None,
        }
    }
}

/// Returns whether a value of a type, or its figure, has a method.
fn has_method(owner: LuaType, name: &str) -> bool {
    let of = |owner| host::method_names_of(owner).any(|method| method == name);
    of(owner) || of_figure(owner).is_some_and(of)
}

/// Returns the type of the figure that a value is computed as.
fn of_figure(owner: LuaType) -> Option<LuaType> {
    matches!(owner, LuaType::Indicator | LuaType::Targets).then_some(LuaType::Figure)
}

/// Returns where the value of a local name begins: of `local a, b = x.y, x.z`, if all values before it are paths.
fn local_value(tokens: &[LuaToken], index: usize) -> Option<usize> {
    let names = tokens[..index].iter().rev();
    let before = names.take_while(|token| token.is_sign(',') || token.name().is_some_and(|name| name != "local"));
    let commas = before.filter(|token| token.is_sign(',')).count();
    let after = tokens.get(index..)?.iter();
    let equals = index + after.take_while(|token| token.is_sign(',') || token.name().is_some()).count();
    let mut start = Some(equals + 1).filter(|_| tokens.get(equals).is_some_and(|sign| sign.is_sign('=')))?;
    for _ in 0..commas {
        let (_, end) = path_from(tokens, start)?;
        start = Some(end + 1).filter(|_| tokens.get(end).is_some_and(|sign| sign.is_sign(',')))?;
    }
    Some(start)
}

/// Returns whether a method of rows returns rows.
fn returns_rows(method: &str) -> bool {
    host::entries()
        .any(|entry| entry.owner == LuaType::Records && entry.name == method && entry.returns == "tonghop.Records")
}

/// Returns the member of a row, of which no value is known.
fn member_of_row(rows: &RowSelection, member: &str) -> Option<RuleValue> {
    let is_field = rows.selection.table.decl.field_position(member).is_some();
    if is_field || member == "label" {
        return Some(RuleValue::TextCells([].into()));
    }
    match host::find_field(LuaType::Record, member)?.returns {
        "tonghop.Figure" => rows_figure(rows),
        _ => None,
    }
}

/// Returns any figure of the rows; the type is what counts.
fn rows_figure(rows: &RowSelection) -> Option<RuleValue> {
    let all = RowOrSelection::Many(rows.clone());
    all.figure(&Measure::Actual).ok().map(RuleValue::Figure)
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
