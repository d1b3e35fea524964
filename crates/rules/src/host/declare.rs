//! The functions that declare a rule file (`sector`, `report`, `checks`) and load shared files (`use`).
//!
//! Input: a table. Output: the same table, marked with its kind. Not here: reading the table (see [`crate::declare`]).

use super::API_VERSION as VERSION;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::schemas;
use crate::api::signature::{ExpectedType, Params, required};
use crate::eval::context::require_context;
use crate::eval::lua_type::LuaType;
use crate::lua::error::{host_error, host_error_with_hint};
use crate::suggest::did_you_mean;
use mlua::{FromLuaMulti, Lua, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::static_message;
use tonghop_core::msg;

/// The key of the kind in a declared table.
pub(crate) const KIND_KEY: &str = "(kind)";

pub(crate) const ENTRIES: &[ApiEntry] = &[
    ApiEntry {
        owner: LuaType::Global,
        name: "sector",
        params: Params::Fixed(&[required("table", ExpectedType::Declaration(&schemas::SECTOR))]),
        returns: "tonghop.SectorTable",
        doc: static_message(
            "Khai báo một ngành: chỉ tiêu, phần lời, tồn tại hạn chế và câu chữ.",
            "Declares a sector: its indicators, narrative, shortfalls and text.",
        ),
        example: "local s = sector { api = 1, id = \"x\" }",
        since: 1,
        deprecated: None,
        handler: Handler::Function(|lua, arguments| mark_kind(lua, "sector", arguments)),
    },
    ApiEntry {
        owner: LuaType::Global,
        name: "report",
        params: Params::Fixed(&[required("table", ExpectedType::Declaration(&schemas::REPORT))]),
        returns: "tonghop.ReportTable",
        doc: static_message(
            "Khai báo phần viết chung cho mọi ngành: mỗi đề mục một hàm.",
            "Declares the text common to all sectors: one function per heading.",
        ),
        example: "local r = report { api = 1, sections = {} }",
        since: 1,
        deprecated: None,
        handler: Handler::Function(|lua, arguments| mark_kind(lua, "report", arguments)),
    },
    ApiEntry {
        owner: LuaType::Global,
        name: "checks",
        params: Params::Fixed(&[required("table", ExpectedType::Declaration(&schemas::CHECKS))]),
        returns: "tonghop.ChecksTable",
        doc: static_message(
            "Khai báo các quan hệ giữa các ngành phải đúng.",
            "Declares the relations between sectors that must hold.",
        ),
        example: "local c = checks { api = 1, run = function(r, check) end }",
        since: 1,
        deprecated: None,
        handler: Handler::Function(|lua, arguments| mark_kind(lua, "checks", arguments)),
    },
    ApiEntry {
        owner: LuaType::Global,
        name: "use",
        params: Params::Fixed(&[required("name", ExpectedType::Text)]),
        returns: "any",
        doc: static_message(
            "Chạy tệp plugins/lib/<name>.lua trong phạm vi của quy tắc này và trả về giá trị tệp đó trả về.",
            "Runs plugins/lib/<name>.lua in the scope of this rule and returns the value that the file returns.",
        ),
        example: "local _, message = pcall(use, \"nothing\")",
        since: 1,
        deprecated: None,
        handler: Handler::Function(use_library),
    },
];

fn mark_kind(lua: &Lua, kind: &str, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Ok(table) = Table::from_lua_multi(arguments, lua) else {
        let message = msg!(
            "{kind} cần một bảng: {kind} {{ api = {VERSION}, … }}",
            "{kind} needs a table: {kind} {{ api = {VERSION}, … }}"
        );
        return Err(host_error(lua, message));
    };
    table.raw_set(KIND_KEY, kind)?;
    Ok(LuaValue::Table(table))
}

fn use_library(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let name = String::from_lua_multi(arguments, lua)?;
    let context = require_context(lua)?;
    match context.libraries.get(&name) {
        Some(script) => context.run_script(script, lua),
        None => {
            let known: Vec<String> = context.libraries.keys().cloned().collect();
            let message = msg!("không có tệp plugins/lib/{name}.lua", "there is no file plugins/lib/{name}.lua");
            Err(host_error_with_hint(lua, message, Some(did_you_mean(&name, &known))))
        }
    }
}
