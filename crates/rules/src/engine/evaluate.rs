//! Evaluates an expression in the results of a run, as a rule of one sector or of all sectors would.
//!
//! Input: loaded rules that ran, and the text of an expression. Output: the values, or why there are none. Not here: how they
//! are shown.

use super::in_rule_thread;
use crate::declare::plugin::{LoadedFile, Rules};
use crate::diagnose::{RuleTexts, diagnose};
use crate::eval::data::AllSectors;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use crate::host;
use crate::host::shown_values::describe;
use crate::lua::tokens::{LuaToken, is_keyword, tokenize};
use crate::suggest::did_you_mean;
use mlua::{FromLua, Lua, MultiValue, Table, Value as LuaValue};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::{FilePath, IndicatorId, SectorId};
use tonghop_core::msg;

/// The most bytes of an expression.
const MAX_BYTES: usize = 10_000;
/// The name of the expression where a rule would have that of its file.
const FILE: &str = "eval.lua";

/// A value of an expression.
#[derive(Clone, Debug)]
pub enum EvaluatedValue {
    /// A figure.
    Figure(FigureRef),
    /// An indicator of a sector.
    Indicator(SectorId, IndicatorId),
    /// No value.
    Nothing,
    /// Another value, in words.
    Other(Message),
}

/// What an expression gave.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// The sector whose names the expression uses; `None` for all sectors, as in `report.lua`.
    pub sector: Option<SectorId>,
    /// The expression.
    pub expression: String,
    /// The values of the expression.
    pub values: Vec<EvaluatedValue>,
    /// What it printed.
    pub printed: Diagnostics,
}

/// Evaluates an expression with the names of a sector; without a sector, with those of the only one that has them all, or
/// of all sectors.
///
/// # Errors
/// Returns an error if the thread for the rules cannot be started.
pub fn evaluate(
    rules: &Rules,
    config: &Config,
    sector: Option<&str>,
    expression: &str,
) -> std::io::Result<Result<Evaluation, Diagnostic>> {
    in_rule_thread(|| {
        let limit = Duration::from_secs_f64(config.limits.rules_seconds);
        rules.time_limit.run(limit, || evaluate_here(rules, sector, expression).map_err(|problem| *problem))
    })
}

fn evaluate_here(rules: &Rules, sector: Option<&str>, expression: &str) -> Result<Evaluation, Box<Diagnostic>> {
    if expression.len() > MAX_BYTES {
        let message = Message::new("biểu thức quá dài", "the expression is too long");
        return Err(problem(message, Message::new("viết thành một dòng trong quy tắc", "write it in a rule")));
    }
    let no_results = || {
        problem(
            Message::new("không có quy tắc nào chạy được", "no rule could be run"),
            Message::new("sửa các lỗi mà tonghop check báo trước", "correct what tonghop check reports first"),
        )
    };
    let all = rules.results().ok_or_else(no_results)?;
    let sector = match sector {
        Some(id) => Some(known_sector(&all, id)?),
        None => sector_of(&all, expression)?,
    };
    let scope = match &sector {
        Some(id) => RuleValue::Sector(Arc::clone(&all.sectors[id])),
        None => RuleValue::AllSectors(Arc::clone(&all)),
    };
    let own = rules.sectors.iter().find(|plugin| Some(&plugin.decl.id) == sector.as_ref()).map(|plugin| &plugin.loaded);
    let report = || rules.report.as_ref().map(|(loaded, _)| loaded);
    let loaded = own.or_else(report).or_else(|| rules.files().next()).ok_or_else(no_results)?;
    drop(loaded.context.take_printed());
    let values = evaluate_in(loaded, &scope, expression)?;
    let printed = loaded.context.take_printed();
    Ok(Evaluation { sector, expression: expression.to_owned(), values, printed })
}

fn problem(message: Message, hint: Message) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::RuleFailed, Place::Project, message).with_hint(hint))
}

fn known_sector(all: &AllSectors, id: &str) -> Result<SectorId, Box<Diagnostic>> {
    match all.sectors.keys().find(|known| known.as_str() == id) {
        Some(known) => Ok(known.clone()),
        None => {
            let known: Vec<String> = all.sectors.keys().map(ToString::to_string).collect();
            Err(problem(msg!("không có ngành \"{id}\"", "there is no sector \"{id}\""), did_you_mean(id, &known)))
        }
    }
}

/// Returns the only sector that has all names of an expression; `None` if the names are those of sectors, or of none.
fn sector_of(all: &AllSectors, expression: &str) -> Result<Option<SectorId>, Box<Diagnostic>> {
    let tokens = tokenize(expression);
    let sectors: Vec<RuleValue> = all.sectors.values().map(|data| RuleValue::Sector(Arc::clone(data))).collect();
    let is_sector = |name: &str| all.sectors.keys().any(|id| id.as_str() == name);
    let is_known = |name: &str| is_sector(name) || sectors.iter().any(|sector| sector.project_member(name).is_some());
    let names = root_names(&tokens, is_known);
    if names.is_empty() || names.iter().all(|name| is_sector(name)) {
        return Ok(None);
    }
    let has_all = |sector: &RuleValue| {
        names
            .iter()
            .all(|name| sector.project_member(name).is_some() || host::find_field(LuaType::Sector, name).is_some())
    };
    let fitting = all.sectors.iter().filter(|(_, data)| has_all(&RuleValue::Sector(Arc::clone(data))));
    let fitting: Vec<&SectorId> = fitting.map(|(id, _)| id).collect();
    match fitting.as_slice() {
        [] if names.iter().all(|name| host::find_field(LuaType::Report, name).is_some()) => Ok(None),
        [] => Err(unknown_names(all, &names)),
        [only] => Ok(Some((*only).clone())),
        several => {
            let ids = several.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
            Err(problem(
                msg!("nhiều ngành có các tên này: {ids}", "several sectors have these names: {ids}"),
                msg!(
                    "chọn một ngành: --sector {first}",
                    "choose one: --sector {first}",
                    first = several.first().map_or("", |id| id.as_str())
                ),
            ))
        }
    }
}

/// Returns the problem of names that no sector has together, with the closest name of a sector.
fn unknown_names(all: &AllSectors, names: &BTreeSet<&str>) -> Box<Diagnostic> {
    let sectors: Vec<RuleValue> = all.sectors.values().map(|data| RuleValue::Sector(Arc::clone(data))).collect();
    let known: BTreeSet<String> = sectors.iter().flat_map(RuleValue::project_members).collect();
    let known: Vec<String> = known.into_iter().chain(all.sectors.keys().map(ToString::to_string)).collect();
    match names.iter().find(|name| !known.iter().any(|known| known == *name)) {
        Some(unknown) => {
            let message = msg!("không ngành nào có \"{unknown}\"", "no sector has \"{unknown}\"");
            problem(message, did_you_mean(unknown, &known))
        }
        None => problem(
            msg!(
                "không ngành nào có đủ các tên này: {names}",
                "no sector has all these names: {names}",
                names = names.iter().copied().collect::<Vec<_>>().join(", ")
            ),
            Message::new(
                "số của ngành khác viết là d.<ngành>.<chỉ tiêu>",
                "write figures of sectors as d.<sector>.<indicator>",
            ),
        ),
    }
}

/// Returns the names of an expression that a sector or the report gives: `a` of `d.a.b`, and of `a.b` if `is_known` says that
/// one of them has `a`; other names are those of Lua.
fn root_names(tokens: &[LuaToken], is_known: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = token.name().filter(|name| !is_keyword(name)) else { continue };
        let before = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
        let is_member = before(1).is_some_and(|sign| sign.is_sign('.') || sign.is_sign(':'));
        let is_of_data =
            before(1).is_some_and(|sign| sign.is_sign('.')) && before(2).and_then(LuaToken::name) == Some("d");
        let is_key = tokens.get(at + 1).is_some_and(|sign| sign.is_sign('='));
        if is_of_data || !is_member && !is_key && is_known(name) {
            names.insert(name);
        }
    }
    names
}

fn evaluate_in(
    loaded: &LoadedFile,
    scope: &RuleValue,
    expression: &str,
) -> Result<Vec<EvaluatedValue>, Box<Diagnostic>> {
    loaded.context.set_scope(scope.clone());
    // The expression is on a line of its own, so that columns are those of the user.
    let text = format!("return\n{expression}");
    let result = loaded.sandbox.run(|lua| {
        let chunk = lua.load(text.as_str()).set_name(format!("={FILE}")).set_environment(environment(lua, scope)?);
        let values: MultiValue = chunk.eval()?;
        let values: Vec<Vec<EvaluatedValue>> =
            values.into_iter().map(|value| evaluated(lua, value)).collect::<mlua::Result<_>>()?;
        Ok(values.concat())
    });
    result.map_err(|error| {
        let file = FilePath::new(FILE);
        let texts = RuleTexts { file: &file, text: &text, libraries: &loaded.context.libraries };
        Box::new(diagnose(&error, &texts, Code::RuleFailed, None))
    })
}

/// Returns the names of an expression: the data as `d`, and the members of the sector, or the sectors, by their names.
fn environment(lua: &Lua, scope: &RuleValue) -> mlua::Result<Table> {
    let names = lua.create_table()?;
    for name in scope.project_members() {
        if let Some(member) = scope.project_member(&name) {
            names.raw_set(name, member)?;
        }
    }
    names.raw_set("d", scope.clone())?;
    let outer = lua.create_table()?;
    outer.raw_set("__index", lua.globals())?;
    names.set_metatable(Some(outer))?;
    Ok(names)
}

/// Returns a value of an expression; a plan or an attainment without the name of its plan is that of each plan.
fn evaluated(lua: &Lua, value: LuaValue) -> mlua::Result<Vec<EvaluatedValue>> {
    if value.is_nil() {
        return Ok(vec![EvaluatedValue::Nothing]);
    }
    if value.is_userdata() {
        let value = RuleValue::from_lua(value.clone(), lua)?;
        match &value {
            RuleValue::Figure(figure) => return Ok(vec![EvaluatedValue::Figure(Arc::clone(figure))]),
            RuleValue::Indicator(indicator) => {
                let (sector, id) = (indicator.data.decl.id.clone(), indicator.decl().id.clone());
                return Ok(vec![EvaluatedValue::Indicator(sector, id)]);
            }
            RuleValue::ByTarget(..) | RuleValue::RowsByTarget(..) => {
                let members = value.project_members();
                let figures = members.iter().filter_map(|name| value.project_member(name)?.as_figure().ok()?);
                return Ok(figures.map(EvaluatedValue::Figure).collect());
            }
            _ => {}
        }
    }
    Ok(vec![EvaluatedValue::Other(describe(lua, &value)?)])
}
