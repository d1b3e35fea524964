//! The errors for members that a value does not have.
//!
//! Input: a value and what a rule reads of it. Output: an error that names the way to what the value has. Not here: the
//! members themselves.

use crate::api::fields::MemberError;
use crate::api::signature::type_of;
use crate::eval::context::context;
use crate::eval::lua_type::LuaType;
use crate::eval::rows::RowOrSelection;
use crate::eval::value::RuleValue;
use crate::host;
use crate::lua::error::host_error_with_hint;
use crate::suggest::did_you_mean;
use mlua::{Lua, Value as LuaValue};
use tonghop_core::message::Message;
use tonghop_core::msg;

/// Creates the error for a member that cannot be read.
pub(super) fn member_error(lua: &Lua, this: &RuleValue, name: &str, error: MemberError) -> mlua::Error {
    let (message, hint) = member_problem(this.lua_type(), name, error);
    host_error_with_hint(lua, message, undeclared_measure(lua, this, name).or(hint))
}

/// Returns the hint for a measure of the project that the sector does not declare.
fn undeclared_measure(lua: &Lua, this: &RuleValue, name: &str) -> Option<Message> {
    let has_figures = matches!(this, RuleValue::Indicator(_) | RuleValue::Rows(_));
    let config = &context(lua)?.config;
    let is_measure = config.measure(name).is_some() || config.series(name).is_some();
    (has_figures && is_measure).then(|| {
        msg!(
            "ghi measures = {{ \"{name}\" }} trong khai báo của ngành",
            "write measures = {{ \"{name}\" }} in the declaration of the sector"
        )
    })
}

/// Returns why a value has no such member, and what to write instead.
pub(crate) fn member_problem(owner: LuaType, name: &str, error: MemberError) -> (Message, Option<Message>) {
    match error {
        MemberError::Arithmetic(error) => (error.message(), None),
        MemberError::Refused((message, hint)) => (message, Some(hint)),
        MemberError::Unknown(mut known) => {
            known.extend(host::method_names_of(owner));
            let message = msg!("{owner} không có \"{name}\"", "{owner} has no \"{name}\"", owner = owner.title());
            (message, Some(did_you_mean(name, &known)))
        }
    }
}

/// Returns what is wrong with `value[3]` and `value[x]`.
pub(super) fn index_message(this: &RuleValue, key: &LuaValue) -> Message {
    let owner = this.lua_type().title();
    match key {
        LuaValue::Integer(_) | LuaValue::Number(_) => {
            msg!("{owner} không có phần tử theo số thứ tự", "{owner} has no members by number", owner = owner)
        }
        _ => msg!(
            "{owner} chỉ đọc được theo tên (một chuỗi), nhưng nhận được {kind}",
            "{owner} is read by name (a string), but got {kind}",
            owner = owner,
            kind = type_of(key)
        ),
    }
}

pub(super) fn length_message(this: &RuleValue) -> Message {
    msg!("{owner} không có độ dài (#)", "{owner} has no length (#)", owner = this.lua_type().title())
}

/// Returns how to visit or count what a value holds.
pub(super) fn loop_hint(this: &RuleValue) -> Message {
    match this {
        RuleValue::Parts(_) => Message::new(
            "duyệt bằng for p in d.x.parts do; một thành phần là d.x.parts.ten; đếm bằng count(d.x.parts)",
            "iterate with for p in d.x.parts do; one part is d.x.parts.name; count with count(d.x.parts)",
        ),
        RuleValue::Indicator(_) => Message::new(
            "các thành phần: for p in d.x.parts do; nguyên nhân của chỉ tiêu i: d.causes[i.id]",
            "its parts: for p in d.x.parts do; the causes of an indicator i: d.causes[i.id]",
        ),
        RuleValue::Rows(RowOrSelection::Many(_)) => Message::new(
            "duyệt bằng for dong in d.bang do; số dòng là d.bang.count; các dòng đầu: :highest, :lowest",
            "iterate with for row in d.table do; the number of rows is d.table.count; the first rows: :highest, :lowest",
        ),
        RuleValue::TextCells(_) => {
            Message::new("duyệt từng đoạn: for doan in d.chu_de do", "iterate over the texts: for said in d.topic do")
        }
        RuleValue::Causes(_) | RuleValue::Narrative(_) => Message::new(
            "đọc theo mã: d.causes[i.id] với i là một chỉ tiêu",
            "read it by id: d.causes[i.id], where i is an indicator",
        ),
        _ => Message::new("đọc theo tên: giá_trị.tên", "read it by name: value.name"),
    }
}
