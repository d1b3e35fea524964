//! The values of `[settings]` in `tonghop.toml`, which rules read as `settings.name`.
//!
//! Input: the settings. Output: a read-only table of Lua. Not here: `{@settings.name}` in templates.

use crate::eval::value::RuleValue;
use crate::lua::error::host_error_with_hint;
use crate::suggest::did_you_mean;
use mlua::{IntoLua, Lua, Table, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::config::{Config, ProjectValue};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::quantity::Amount;
use tonghop_core::msg;

/// The name of the table in rules, and of its part of `tonghop.toml`.
pub(crate) const SETTINGS: &str = "settings";

/// Adds the table to a state.
pub(super) fn install(lua: &Lua, config: &Config) -> mlua::Result<()> {
    let table = lua.create_table()?;
    for (name, value) in &config.settings {
        if let Some(value) = lua_value(lua, name, value)? {
            table.raw_set(name.as_str(), value)?;
        }
    }
    let known: Vec<String> = config.settings.keys().cloned().collect();
    let unknown = lua.create_function(move |lua, (_, name): (LuaValue, LuaValue)| -> mlua::Result<LuaValue> {
        let name = name.to_string()?;
        let message =
            msg!("[settings] của tonghop.toml không có \"{name}\"", "[settings] in tonghop.toml has no \"{name}\"");
        Err(host_error_with_hint(lua, message, Some(did_you_mean(&name, &known))))
    })?;
    let meta = lua.create_table()?;
    meta.raw_set("__index", unknown)?;
    table.set_metatable(Some(meta))?;
    table.set_readonly(true);
    lua.globals().raw_set(SETTINGS, table)
}

/// Returns a value as rules see it: numbers, texts, lists; a number with a unit is a figure.
fn lua_value(lua: &Lua, name: &str, value: &ProjectValue) -> mlua::Result<Option<LuaValue>> {
    Ok(Some(match value {
        ProjectValue::Whole(number) => LuaValue::Number(*number as f64),
        ProjectValue::Number(number) => LuaValue::Number(*number),
        ProjectValue::Text(text) => text.as_str().into_lua(lua)?,
        ProjectValue::Texts(texts) => {
            let list: Table = lua.create_sequence_from(texts.iter().map(String::as_str))?;
            list.set_readonly(true);
            LuaValue::Table(list)
        }
        ProjectValue::Date(_) => match value.printed() {
            Some(text) => text.into_lua(lua)?,
            None => return Ok(None),
        },
        ProjectValue::Quantity(quantity) => {
            let Some((amount, unit)) = quantity.amount() else { return Ok(None) };
            let name = FigureName {
                sector: SectorId::new(SETTINGS),
                indicator: IndicatorId::new(name),
                measure: Measure::Computed,
            };
            let origin = Origin::Setting(format!("{SETTINGS}.{}", name.indicator).into());
            let figure = Figure::new(name, Amount::Known(amount), unit, Status::Final, origin);
            RuleValue::Figure(Arc::new(figure)).into_lua(lua)?
        }
    }))
}
