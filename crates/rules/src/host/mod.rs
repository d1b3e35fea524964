//! The registry of the functions, methods and fields that rules can use.
//!
//! Each is declared once; the Lua bindings, the suggestions of error messages, the reference page and the editor stubs
//! are generated from these entries.

pub(crate) mod binding;
mod check;
mod choice;
mod data;
pub(crate) mod declare;
pub(crate) mod members;
mod number;
mod output;
mod parts;
mod print;
mod record_numbers;
mod records;
pub(crate) mod settings;
mod share;
pub(crate) mod shown_values;
pub(crate) mod text;

use crate::api::entry::{ApiEntry, Handler};
use crate::api::fields::FIELDS;
use crate::api::usage;
use crate::eval::context::context;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error_with_hint};
use crate::lua::panic::catch_panic;
use crate::suggest::did_you_mean;
use mlua::{Lua, MultiValue, Value as LuaValue};
use tonghop_core::config::Config;
use tonghop_core::msg;

/// The API version of this program.
pub(crate) const API_VERSION: u32 = 1;

/// The functions by topic; a new function is an entry in one of them.
const FUNCTIONS: [&[ApiEntry]; 10] = [
    data::ENTRIES,
    number::ENTRIES,
    choice::ENTRIES,
    parts::ENTRIES,
    records::ENTRIES,
    record_numbers::ENTRIES,
    text::ENTRIES,
    output::ENTRIES,
    check::ENTRIES,
    print::ENTRIES,
];

/// Returns all entries.
pub(crate) fn entries() -> impl Iterator<Item = &'static ApiEntry> {
    std::iter::once(declare::ENTRIES).chain(FIELDS).chain(FUNCTIONS).flatten()
}

/// Returns the field `name` of a type.
pub(crate) fn find_field(owner: LuaType, name: &str) -> Option<&'static ApiEntry> {
    FIELDS.into_iter().flatten().find(|entry| entry.owner == owner && entry.name == name)
}

/// Returns the names of all entries of a type.
pub(crate) fn entry_names(owner: LuaType) -> impl Iterator<Item = &'static str> {
    entries().filter(move |e| e.owner == owner).map(|e| e.name)
}

/// Returns the names of all methods, each once.
pub(crate) fn method_names() -> impl Iterator<Item = &'static str> {
    let methods = entries().filter(|e| matches!(e.handler, Handler::Method(_))).map(|e| e.name);
    methods.collect::<std::collections::BTreeSet<_>>().into_iter()
}

/// Returns the names of the methods of a type.
pub(crate) fn method_names_of(owner: LuaType) -> impl Iterator<Item = String> {
    entries().filter(move |e| e.owner == owner && matches!(e.handler, Handler::Method(_))).map(|e| e.name.to_owned())
}

/// Calls a method of a value, or of the figure that it is printed and computed as.
pub(crate) fn call_method(lua: &Lua, this: &RuleValue, name: &str, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let method_of = |owner: LuaType| entries().find(|e| e.owner == owner && e.name == name);
    let figure = this.default_figure().filter(|_| method_of(this.lua_type()).is_none()).map(RuleValue::Figure);
    let this = figure.as_ref().unwrap_or(this);
    let method = method_of(this.lua_type());
    match method {
        Some(entry) if let Handler::Method(run) = entry.handler => self::run(lua, entry.name, || {
            check_call(lua, entry, &arguments)?;
            run(lua, this, arguments)
        }),
        _ => {
            let mut known = this.project_members();
            known.extend(entry_names(this.lua_type()).map(str::to_owned));
            let owner = this.lua_type().title();
            let message = msg!("{owner} không có hàm \"{name}\"", "{owner} has no function \"{name}\"", owner = owner);
            Err(host_error_with_hint(lua, message, Some(did_you_mean(name, &known))))
        }
    }
}

/// Adds the global functions and the settings to a state.
pub(crate) fn install(lua: &Lua, config: &Config) -> mlua::Result<()> {
    settings::install(lua, config)?;
    for entry in entries() {
        if let Handler::Function(run) = entry.handler {
            let checked = move |lua: &Lua, arguments: MultiValue| {
                self::run(lua, entry.name, || {
                    check_call(lua, entry, &arguments)?;
                    run(lua, arguments)
                })
            };
            lua.globals().raw_set(entry.name, lua.create_function(checked)?)?;
        }
    }
    Ok(())
}

/// Runs a function of the host for a rule: everything that a rule can call passes through here, so that a panic costs
/// that rule only, at its line.
pub(crate) fn run<T>(lua: &Lua, name: &str, work: impl FnOnce() -> mlua::Result<T>) -> mlua::Result<T> {
    catch_panic(lua, || {
        if let Some(observe) = context(lua).as_deref().and_then(|context| context.observer.as_ref()) {
            observe(name);
        }
        work()
    })
}

/// Checks a call against its declaration and records the use of a deprecated entry.
fn check_call(lua: &Lua, entry: &'static ApiEntry, arguments: &MultiValue) -> mlua::Result<()> {
    record_deprecated_use(lua, entry);
    entry.params.check(arguments).map_err(|misfit| {
        let message = msg!("{name}: {why}", "{name}: {why}", name = entry.name, why = misfit.message);
        let usage = || msg!("viết {call}", "write {call}", call = usage::call_syntax(entry));
        host_error_with_hint(lua, message, Some(misfit.hint.unwrap_or_else(usage)))
    })
}

/// Records the use of a deprecated entry at the calling rule line.
pub(crate) fn record_deprecated_use(lua: &Lua, entry: &ApiEntry) {
    let Some(deprecated) = entry.deprecated else { return };
    if let (Some(context), Some(rule)) = (context(lua), calling_line(lua)) {
        context.record_deprecated_use(rule, entry.name, deprecated);
    }
}
