//! Binds host values to Lua: fields, methods, operators.
//!
//! Input: a Lua operation on a value. Output: the result of the registry or of the arithmetic. Not here: the
//! implementation of fields, methods and arithmetic.

use super::members::{index_message, length_message, loop_hint, member_error};
use super::text;
use crate::api::fields::{lookup_member, plain_field};
use crate::eval::compute::{compute, figure_of};
use crate::eval::context::require_context;
use crate::eval::held_value::HeldValue;
use crate::eval::rows::RowOrSelection;
use crate::eval::value::{RuleValue, lua_iterator};
use crate::host;
use crate::lua::error::{host_error, host_error_with_hint};
use mlua::{IntoLua, Lua, MetaMethod, MultiValue, UserData, UserDataMethods, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::message::Message;
use tonghop_core::model::figure::Op;
use tonghop_core::model::provenance::TextCell;
use tonghop_core::msg;

impl UserData for HeldValue {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        for (meta, op) in [
            (MetaMethod::Add, Op::Add),
            (MetaMethod::Sub, Op::Subtract),
            (MetaMethod::Mul, Op::Multiply),
            (MetaMethod::Div, Op::Divide),
        ] {
            methods.add_meta_function(meta, move |lua, (left, right): (LuaValue, LuaValue)| {
                host::run(lua, meta.name(), || compute(lua, op, vec![figure_of(lua, &left)?, figure_of(lua, &right)?]))
            });
        }
        methods.add_meta_function(MetaMethod::Unm, |lua, value: LuaValue| {
            host::run(lua, MetaMethod::Unm.name(), || compute(lua, Op::Negate, vec![figure_of(lua, &value)?]))
        });
        methods.add_meta_method(MetaMethod::Index, |lua, this, name: LuaValue| {
            host::run(lua, MetaMethod::Index.name(), || index(lua, &this.value, name))
        });
        methods.add_meta_method(MetaMethod::Len, |lua, this, ()| -> mlua::Result<LuaValue> {
            match &this.value {
                RuleValue::Series(series) => series.in_period().len().into_lua(lua),
                other => Err(host_error_with_hint(lua, length_message(other), Some(loop_hint(other)))),
            }
        });
        methods.add_meta_method(MetaMethod::Iter, |lua, this, ()| {
            host::run(lua, MetaMethod::Iter.name(), || iterate(lua, &this.value))
        });
        methods.add_meta_method(MetaMethod::ToString, |lua, this, ()| {
            host::run(lua, MetaMethod::ToString.name(), || text::display_text(lua, &this.value))
        });
        methods.add_meta_function(MetaMethod::Concat, |lua, (left, right): (LuaValue, LuaValue)| {
            host::run(lua, MetaMethod::Concat.name(), || text::concatenate(lua, &[left, right]))
        });
        for (meta, sign) in [(MetaMethod::Eq, "=="), (MetaMethod::Lt, "<"), (MetaMethod::Le, "<=")] {
            methods.add_meta_function(meta, move |lua, (_, _): (LuaValue, LuaValue)| -> mlua::Result<bool> {
                let message = msg!(
                    "không so sánh trực tiếp hai số liệu bằng {sign}",
                    "figures cannot be compared directly with {sign}"
                );
                let hint = Message::new(
                    "dùng a:equals(b), a:below(b), a:at_least(b) hoặc a.value",
                    "use a:equals(b), a:below(b), a:at_least(b) or a.value",
                );
                Err(host_error_with_hint(lua, message, Some(hint)))
            });
        }
        for name in host::method_names() {
            methods.add_function(name, move |lua, arguments: MultiValue| dispatch_method(lua, name, arguments));
        }
    }
}

/// Calls a method; a call with a dot is an error, because it passes no value.
fn dispatch_method(lua: &Lua, name: &str, mut arguments: MultiValue) -> mlua::Result<LuaValue> {
    match arguments.pop_front() {
        Some(LuaValue::UserData(this)) => host::call_method(lua, &this.borrow::<HeldValue>()?.value, name, arguments),
        _ => {
            let message = msg!("{name} được gọi bằng dấu chấm", "{name} is called with a dot");
            let hint = msg!("gọi bằng dấu hai chấm: …:{name}(…)", "call it with a colon: …:{name}(…)");
            Err(host_error_with_hint(lua, message, Some(hint)))
        }
    }
}

/// The maximum length of a field name in bytes.
const MAX_NAME_BYTES: usize = 1_000;

fn index(lua: &Lua, this: &RuleValue, name: LuaValue) -> mlua::Result<LuaValue> {
    if let (RuleValue::Series(_), Some(number)) = (this, name.as_usize()) {
        let name = number.to_string();
        return lookup_member(this, &name).map_err(|no| member_error(lua, this, &name, no))?.into_lua(lua);
    }
    let LuaValue::String(name) = &name else {
        return Err(host_error_with_hint(lua, index_message(this, &name), Some(loop_hint(this))));
    };
    if name.as_bytes().len() > MAX_NAME_BYTES {
        return Err(host_error(lua, Message::new("tên trường quá dài", "the field name is too long")));
    }
    let name = name.to_str()?.to_owned();
    if let Some(entry) = host::find_field(this.lua_type(), &name) {
        host::record_deprecated_use(lua, entry);
    }
    if let Some(figure) = this.own_figure()
        && let Some(plain) = plain_field(figure, &name)
    {
        return plain.into_lua(lua);
    }
    match lookup_member(this, &name) {
        Ok(RuleValue::Wording(words)) => words.into_lua(lua),
        Ok(value) => value.into_lua(lua),
        Err(no) => Err(member_error(lua, this, &name, no)),
    }
}

/// Creates the iterator of `for part in i.parts do`.
fn iterate(lua: &Lua, this: &RuleValue) -> mlua::Result<mlua::Function> {
    match this {
        RuleValue::Parts(parts) => lua_iterator(lua, parts.items().into_iter().map(RuleValue::Indicator)),
        RuleValue::Choice { items, .. } => {
            let items = Arc::clone(items);
            lua_iterator(lua, (0..items.len()).map(move |at| items[at].clone()))
        }
        RuleValue::Series(_) => lua_iterator(lua, text::group_items(lua, this)?.into_iter().flatten()),
        RuleValue::Rows(RowOrSelection::Many(rows)) => lua_iterator(lua, rows.rows().map(RuleValue::Rows)),
        RuleValue::TextCells(texts) => {
            let config = Arc::clone(&require_context(lua)?.config);
            let name = move |cell: &TextCell| {
                let id = cell.source.department.as_str();
                config.department(id).map_or_else(|| id.into(), |department| department.name.as_str().into())
            };
            let texts = Arc::clone(texts);
            lua_iterator(
                lua,
                (0..texts.len()).map(move |at| RuleValue::NarrativeCell(texts[at].clone(), name(&texts[at]))),
            )
        }
        _ => {
            let owner = this.lua_type().title();
            let message =
                msg!("{owner} không duyệt được bằng for", "{owner} cannot be iterated with for", owner = owner);
            Err(host_error_with_hint(lua, message, Some(loop_hint(this))))
        }
    }
}
