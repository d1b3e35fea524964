//! The sandbox of a rule file: a separate Lua state with few libraries and limits on time and memory.
//!
//! Input: the limits. Output: a state in which a rule cannot reach files, the clock, the network, the state of another
//! rule or anything that makes two runs differ. Not here: the functions that rules may call.
//!
//! The restrictions were tested with hostile scripts: Luau's own sandbox leaves long-running library functions in place
//! that its interrupt does not reach.

use super::error::{LimitExceeded, RuleLimit, calling_line};
use super::format::format_checked;
use super::host_memory::HostMemory;
use super::number_texts;
use super::ordered_loops;
use super::panic::catch_panic;
use super::printed_values::{self, with_line};
use super::time_limit::TimeLimit;
use memchr::memmem;
use mlua::{Lua, LuaOptions, MultiValue, StdLib, Table, Value as LuaValue, VmState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tonghop_core::config::Limits;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::parallel::lock;

/// The maximum length of a rule file in bytes, because neither the time nor the memory limit covers compiling.
pub(crate) const MAX_SOURCE_BYTES: usize = 256 * 1024;

/// Globals that would reach out of the sandbox, load code, or differ between runs.
const REMOVED_GLOBALS: [&str; 8] =
    ["loadstring", "require", "collectgarbage", "getfenv", "setfenv", "newproxy", "gcinfo", "print"];

/// The number of interrupts between two samples of the running line.
const LINE_SAMPLE_INTERVAL: u32 = 64;

/// A Lua state with its limits.
pub struct Sandbox {
    pub lua: Lua,
    time: TimeLimit,
    last_line: Arc<Mutex<Option<RuleLine>>>,
    timeout: Duration,
}

impl Sandbox {
    /// Creates a state under the shared limit, which holds no more than `memory` together with the host; `prepare` adds
    /// the host functions before the globals become read-only.
    ///
    /// # Errors
    /// Returns an error if the Lua state cannot be set up.
    pub(crate) fn new(
        limits: &Limits,
        overall: &TimeLimit,
        memory: Arc<HostMemory>,
        prepare: impl FnOnce(&Lua) -> mlua::Result<()>,
    ) -> mlua::Result<Self> {
        let libraries = StdLib::TABLE | StdLib::STRING | StdLib::MATH | StdLib::BIT | StdLib::UTF8;
        let lua = Lua::new_with(libraries, LuaOptions::new())?;
        restrict_globals(&lua)?;
        prepare(&lua)?;
        lua.sandbox(true)?;
        lua.set_memory_limit(limits.plugin_memory_mib.saturating_mul(1024 * 1024))?;
        let time = TimeLimit::default();
        let last_line = Arc::new(Mutex::new(None));
        install_interrupt(&lua, [time.clone(), overall.clone()], memory, Arc::clone(&last_line));
        Ok(Self { lua, time, last_line, timeout: Duration::from_secs_f64(limits.plugin_seconds) })
    }

    /// Runs `work` under the time limit of the file.
    ///
    /// Once the limit is reached, it stays reached: a rule that catches the error is stopped again at its next step.
    ///
    /// A panic is an error of the rule; its state is not used again to compute anything that the panic left incomplete.
    pub fn run<T>(&self, work: impl FnOnce(&Lua) -> mlua::Result<T>) -> mlua::Result<T> {
        self.time.run(self.timeout, || catch_panic(&self.lua, || work(&self.lua)))
    }

    /// Returns a recently run line, for errors that have no line.
    pub fn last_line(&self) -> Option<RuleLine> {
        lock(&self.last_line).clone()
    }
}

fn install_interrupt(
    lua: &Lua,
    [own, overall]: [TimeLimit; 2],
    memory: Arc<HostMemory>,
    last_line: Arc<Mutex<Option<RuleLine>>>,
) {
    let steps = AtomicU32::new(0);
    lua.set_interrupt(move |lua| {
        if steps.fetch_add(1, Ordering::Relaxed).is_multiple_of(LINE_SAMPLE_INTERVAL) {
            *lock(&last_line) = calling_line(lua);
            memory.check(lua, 0)?;
        }
        let limit = match () {
            () if own.is_over() => RuleLimit::FileTime,
            () if overall.is_over() => RuleLimit::TotalTime,
            () => return Ok(VmState::Continue),
        };
        Err(mlua::Error::external(LimitExceeded { limit, rule: calling_line(lua) }))
    });
}

/// Removes forbidden globals and replaces library functions that cannot be interrupted.
fn restrict_globals(lua: &Lua) -> mlua::Result<()> {
    let globals = lua.globals();
    for name in REMOVED_GLOBALS {
        globals.raw_remove(name)?;
    }
    printed_values::install(lua)?;
    ordered_loops::install(lua)?;
    number_texts::install(lua)?;
    globals.get::<Table>("table")?.raw_remove("move")?;
    let math: Table = globals.get("math")?;
    for name in ["random", "randomseed", "noise"] {
        math.raw_remove(name)?;
    }
    let string: Table = globals.get("string")?;
    let patterns: mlua::Function = string.get("find")?;
    string.raw_set("find", lua.create_function(move |_, arguments| string_find(&patterns, arguments))?)?;
    let format: mlua::Function = string.get("format")?;
    string.raw_set("format", lua.create_function(move |lua, arguments| format_checked(lua, &format, arguments))?)?;
    string.raw_set("split", lua.create_function(string_split)?)?;
    name_lines_of_large_values(lua, &globals)
}

/// Lets the functions that create values of any size name the line that called them when the memory is used up.
fn name_lines_of_large_values(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    for (library, names) in
        [("string", &["rep", "gsub", "upper", "lower", "reverse"][..]), ("table", &["concat", "create"])]
    {
        let library: Table = globals.get(library)?;
        for name in names {
            let original: mlua::Function = library.get(*name)?;
            let at_line = move |lua: &Lua, arguments: MultiValue| {
                original.call::<MultiValue>(arguments).map_err(|error| with_line(lua, error))
            };
            library.raw_set(*name, lua.create_function(at_line)?)?;
        }
    }
    Ok(())
}

/// Implements `string.find` with a plain search in linear time.
fn string_find(lua_find: &mlua::Function, arguments: MultiValue) -> mlua::Result<MultiValue> {
    let (Some(LuaValue::String(text)), Some(LuaValue::String(wanted))) = (arguments.front(), arguments.get(1)) else {
        return lua_find.call(arguments);
    };
    let plain = arguments.get(3).is_some_and(|flag| flag.as_boolean() == Some(true));
    let magic = wanted.as_bytes().iter().any(|b| b"^$()%.[]*+-?".contains(b));
    if magic && !plain {
        return lua_find.call(arguments);
    }
    let length = text.as_bytes().len();
    let start = match arguments.get(2).and_then(LuaValue::as_f64).unwrap_or(1.0) {
        from if from < 0.0 => length.saturating_sub(-from as usize),
        from => (from as usize).saturating_sub(1),
    };
    if start > length {
        return Ok(MultiValue::from_iter([LuaValue::Nil]));
    }
    Ok(match memmem::find(&text.as_bytes()[start..], &wanted.as_bytes()) {
        Some(at) => {
            let first = start + at;
            let last = first + wanted.as_bytes().len();
            MultiValue::from_iter([LuaValue::Number((first + 1) as f64), LuaValue::Number(last as f64)])
        }
        None => MultiValue::from_iter([LuaValue::Nil]),
    })
}

/// Implements `string.split` in linear time.
fn string_split(lua: &Lua, (text, separator): (mlua::LuaString, Option<mlua::LuaString>)) -> mlua::Result<Table> {
    let separator = separator.map_or_else(|| b",".to_vec(), |s| s.as_bytes().to_vec());
    let bytes = text.as_bytes();
    let parts = lua.create_table()?;
    if separator.is_empty() {
        for byte in bytes.iter() {
            parts.raw_push(lua.create_string([*byte])?)?;
        }
        return Ok(parts);
    }
    let mut start = 0;
    for at in memmem::find_iter(&bytes, &separator) {
        if at >= start {
            parts.raw_push(lua.create_string(&bytes[start..at])?)?;
            start = at + separator.len();
        }
    }
    parts.raw_push(lua.create_string(&bytes[start..])?)?;
    Ok(parts)
}
