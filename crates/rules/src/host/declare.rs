//! The functions that declare a rule file (`sector`, `report`, `checks`) and load shared files (`use`).
//!
//! Input: a table. Output: the same table, marked with its kind. Not here: reading the table (see [`crate::declare`]).

use super::API as VERSION;
use crate::api::entry::{Call, Entry};
use crate::api::shapes;
use crate::api::signature::{Kind, Params, needed};
use crate::eval::context::need_context;
use crate::eval::owner::Owner;
use crate::lua::error::{fail, fail_with};
use crate::suggest::did_you_mean;
use mlua::{FromLuaMulti, Lua, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::both;
use tonghop_core::say;

/// The key of the kind in a declared table.
pub(crate) const KIND: &str = "(kind)";

pub(crate) const API: &[Entry] = &[
    Entry {
        owner: Owner::Global,
        name: "sector",
        params: Params::Each(&[needed("table", Kind::Declaration(&shapes::SECTOR))]),
        returns: "tonghop.SectorTable",
        doc: both(
            "Khai báo một ngành: chỉ tiêu, phần lời, tồn tại hạn chế và câu chữ.",
            "Declares a sector: its indicators, its narrative, its shortfalls and its text.",
        ),
        example: "local s = sector { api = 1, id = \"x\" }",
        since: 1,
        deprecated: None,
        call: Call::Function(|lua, arguments| declared(lua, "sector", arguments)),
    },
    Entry {
        owner: Owner::Global,
        name: "report",
        params: Params::Each(&[needed("table", Kind::Declaration(&shapes::REPORT))]),
        returns: "tonghop.ReportTable",
        doc: both(
            "Khai báo phần viết chung cho mọi ngành: mỗi đề mục một hàm.",
            "Declares what is said over all sectors: one function a heading.",
        ),
        example: "local r = report { api = 1, sections = {} }",
        since: 1,
        deprecated: None,
        call: Call::Function(|lua, arguments| declared(lua, "report", arguments)),
    },
    Entry {
        owner: Owner::Global,
        name: "checks",
        params: Params::Each(&[needed("table", Kind::Declaration(&shapes::CHECKS))]),
        returns: "tonghop.ChecksTable",
        doc: both(
            "Khai báo các quan hệ giữa các ngành phải đúng.",
            "Declares the relations between sectors that must hold.",
        ),
        example: "local c = checks { api = 1, run = function(r, check) end }",
        since: 1,
        deprecated: None,
        call: Call::Function(|lua, arguments| declared(lua, "checks", arguments)),
    },
    Entry {
        owner: Owner::Global,
        name: "use",
        params: Params::Each(&[needed("name", Kind::Text)]),
        returns: "any",
        doc: both(
            "Chạy tệp plugins/lib/<name>.lua trong phạm vi của quy tắc này và trả về giá trị tệp đó trả về.",
            "Runs plugins/lib/<name>.lua in this rule's own state and returns what it returns.",
        ),
        example: "local _, message = pcall(use, \"nothing\")",
        since: 1,
        deprecated: None,
        call: Call::Function(use_library),
    },
];

fn declared(lua: &Lua, kind: &str, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Ok(table) = Table::from_lua_multi(arguments, lua) else {
        let message = say!(
            "{kind} cần một bảng: {kind} {{ api = {VERSION}, … }}",
            "{kind} needs a table: {kind} {{ api = {VERSION}, … }}"
        );
        return Err(fail(lua, message));
    };
    table.raw_set(KIND, kind)?;
    Ok(LuaValue::Table(table))
}

fn use_library(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let name = String::from_lua_multi(arguments, lua)?;
    let context = need_context(lua)?;
    match context.libraries.get(&name) {
        Some(script) => context.run(script, lua),
        None => {
            let known: Vec<String> = context.libraries.keys().cloned().collect();
            let message = say!("không có tệp plugins/lib/{name}.lua", "there is no file plugins/lib/{name}.lua");
            Err(fail_with(lua, message, Some(did_you_mean(&name, &known))))
        }
    }
}
