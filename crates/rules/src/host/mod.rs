//! The registry of the functions, methods and fields that rules can use.
//!
//! Each is declared once; the Lua bindings, the suggestions of error messages, the reference page and the editor stubs
//! are generated from these entries.

pub(crate) mod binding;
mod check;
mod data;
pub(crate) mod declare;
mod number;
mod output;
mod records;
pub(crate) mod text;

use crate::api::entry::{Call, Entry};
use crate::api::fields::FIELDS;
use crate::api::usage;
use crate::eval::context::context;
use crate::eval::owner::Owner;
use crate::eval::value::Value;
use crate::lua::error::{calling_line, fail_with};
use crate::suggest::did_you_mean;
use mlua::{Lua, MultiValue, Value as LuaValue};
use tonghop_core::say;

/// The API version of this program.
pub(crate) const API: u32 = 1;

/// All entries by topic; a new function is an entry in one of them.
pub(crate) const HOST_API: &[&[Entry]] = &[
    declare::API,
    FIELDS[0],
    FIELDS[1],
    FIELDS[2],
    data::API,
    number::API,
    records::API,
    text::API,
    output::API,
    check::API,
];

/// Returns all entries.
pub(crate) fn entries() -> impl Iterator<Item = &'static Entry> {
    HOST_API.iter().copied().flatten()
}

/// Returns the field `name` of a type.
pub(crate) fn field(owner: Owner, name: &str) -> Option<&'static Entry> {
    FIELDS.into_iter().flatten().find(|entry| entry.owner == owner && entry.name == name)
}

/// Returns the names of all entries of a type.
pub(crate) fn names(owner: Owner) -> impl Iterator<Item = &'static str> {
    entries().filter(move |e| e.owner == owner).map(|e| e.name)
}

/// Returns the names of all methods, each once.
pub(crate) fn method_names() -> impl Iterator<Item = &'static str> {
    let methods = entries().filter(|e| matches!(e.call, Call::Method(_))).map(|e| e.name);
    methods.collect::<std::collections::BTreeSet<_>>().into_iter()
}

/// Returns the names of the methods of a type.
pub(crate) fn method_names_of(owner: Owner) -> impl Iterator<Item = String> {
    entries().filter(move |e| e.owner == owner && matches!(e.call, Call::Method(_))).map(|e| e.name.to_owned())
}

/// Calls a method of a value.
pub(crate) fn call(lua: &Lua, this: &Value, name: &str, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let method = entries().find(|e| e.owner == this.owner() && e.name == name);
    match method {
        Some(entry) if let Call::Method(run) = entry.call => {
            admit(lua, entry, &arguments)?;
            run(lua, this, arguments)
        }
        _ => {
            let known: Vec<String> = names(this.owner()).map(str::to_owned).collect();
            let owner = this.owner().title();
            let message = say!("{owner} không có hàm \"{name}\"", "{owner} has no function \"{name}\"", owner = owner);
            Err(fail_with(lua, message, Some(did_you_mean(name, &known))))
        }
    }
}

/// Adds the global functions to a state.
pub(crate) fn install(lua: &Lua) -> mlua::Result<()> {
    for entry in entries() {
        if let Call::Function(run) = entry.call {
            let checked = move |lua: &Lua, arguments: MultiValue| {
                admit(lua, entry, &arguments)?;
                run(lua, arguments)
            };
            lua.globals().raw_set(entry.name, lua.create_function(checked)?)?;
        }
    }
    Ok(())
}

/// Checks a call against its declaration and records the use of a deprecated entry.
fn admit(lua: &Lua, entry: &'static Entry, arguments: &MultiValue) -> mlua::Result<()> {
    note_deprecated(lua, entry);
    entry.params.check(arguments).map_err(|misfit| {
        let message = say!("{name}: {why}", "{name}: {why}", name = entry.name, why = misfit.message);
        let usage = || say!("viết {call}", "write {call}", call = usage::call(entry));
        fail_with(lua, message, Some(misfit.hint.unwrap_or_else(usage)))
    })
}

/// Records the use of a deprecated entry at the calling rule line.
pub(crate) fn note_deprecated(lua: &Lua, entry: &Entry) {
    let Some(deprecated) = entry.deprecated else { return };
    if let (Some(context), Some(rule)) = (context(lua), calling_line(lua)) {
        context.warn(rule, entry.name, deprecated);
    }
}
