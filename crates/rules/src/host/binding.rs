//! Binds host values to Lua: fields, methods, operators.
//!
//! Input: a Lua operation on a value. Output: the result of the registry or of the arithmetic. Not here: the
//! implementation of fields, methods and arithmetic.

use super::text;
use crate::api::fields::{NoStep, plain_field, step};
use crate::eval::compute::{compute, figure_of};
use crate::eval::context::need_context;
use crate::eval::rows::Rows;
use crate::eval::value::{Value, each};
use crate::host;
use crate::lua::error::{fail, fail_with};
use crate::suggest::did_you_mean;
use mlua::{IntoLua, Lua, MetaMethod, MultiValue, UserData, UserDataMethods, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::message::Words;
use tonghop_core::model::figure::Op;
use tonghop_core::model::provenance::TextCell;
use tonghop_core::say;

impl UserData for Value {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        for (meta, op) in [
            (MetaMethod::Add, Op::Add),
            (MetaMethod::Sub, Op::Subtract),
            (MetaMethod::Mul, Op::Multiply),
            (MetaMethod::Div, Op::Divide),
        ] {
            methods.add_meta_function(meta, move |lua, (left, right): (LuaValue, LuaValue)| {
                compute(lua, op, vec![figure_of(lua, &left)?, figure_of(lua, &right)?])
            });
        }
        methods.add_meta_function(MetaMethod::Unm, |lua, value: LuaValue| {
            compute(lua, Op::Negate, vec![figure_of(lua, &value)?])
        });
        methods.add_meta_method(MetaMethod::Index, index);
        methods.add_meta_method(MetaMethod::Iter, |lua, this, ()| iterate(lua, this));
        methods.add_meta_method(MetaMethod::ToString, |lua, this, ()| text::shown(lua, this));
        methods.add_meta_function(MetaMethod::Concat, |lua, (left, right): (LuaValue, LuaValue)| {
            text::joined(lua, &[left, right])
        });
        for (meta, sign) in [(MetaMethod::Eq, "=="), (MetaMethod::Lt, "<"), (MetaMethod::Le, "<=")] {
            methods.add_meta_function(meta, move |lua, (_, _): (LuaValue, LuaValue)| -> mlua::Result<bool> {
                let message =
                    say!("không so sánh trực tiếp hai số liệu bằng {sign}", "figures are not compared by {sign}");
                let hint = Words::new(
                    "dùng a:equals(b), a:below(b), a:at_least(b) hoặc a.value",
                    "use a:equals(b), a:below(b), a:at_least(b) or a.value",
                );
                Err(fail_with(lua, message, Some(hint)))
            });
        }
        for name in host::method_names() {
            methods.add_function(name, move |lua, arguments: MultiValue| method(lua, name, arguments));
        }
    }
}

/// Calls a method; a call with a dot is an error, because it passes no value.
fn method(lua: &Lua, name: &str, mut arguments: MultiValue) -> mlua::Result<LuaValue> {
    match arguments.pop_front() {
        Some(LuaValue::UserData(this)) => host::call(lua, &*this.borrow::<Value>()?, name, arguments),
        _ => {
            let message = say!("{name} được gọi bằng dấu chấm", "{name} is called by a dot");
            let hint = say!("gọi bằng dấu hai chấm: …:{name}(…)", "call it by a colon: …:{name}(…)");
            Err(fail_with(lua, message, Some(hint)))
        }
    }
}

fn index(lua: &Lua, this: &Value, name: LuaValue) -> mlua::Result<LuaValue> {
    let LuaValue::String(name) = &name else {
        return Err(fail(lua, Words::new("tên trường phải là chuỗi ký tự", "the name of a field must be a string")));
    };
    let name = name.to_str()?.to_owned();
    if let Some(entry) = host::field(this.owner(), &name) {
        host::note_deprecated(lua, entry);
    }
    if let Value::Figure(figure) = this
        && let Some(plain) = plain_field(figure, &name)
    {
        return plain.into_lua(lua);
    }
    match step(this, &name) {
        Ok(Value::Words(words)) => words.into_lua(lua),
        Ok(value) => value.into_lua(lua),
        Err(NoStep::Arithmetic(error)) => Err(fail(lua, error.words())),
        Err(NoStep::Unknown(mut known)) => {
            known.extend(host::method_names_of(this.owner()));
            let message =
                say!("{owner} không có \"{name}\"", "{owner} has no \"{name}\"", owner = this.owner().title());
            Err(fail_with(lua, message, Some(did_you_mean(&name, &known))))
        }
    }
}

/// Creates the iterator of `for part in i.parts do`.
fn iterate(lua: &Lua, this: &Value) -> mlua::Result<mlua::Function> {
    match this {
        Value::Parts(indicator) => each(lua, indicator.children().into_iter().map(Value::Indicator)),
        Value::Rows(Rows::Many(rows)) => each(lua, rows.each().map(Value::Rows)),
        Value::Texts(texts) => {
            let config = Arc::clone(&need_context(lua)?.config);
            let name = move |cell: &TextCell| {
                let id = cell.source.department.as_str();
                config.department(id).map_or_else(|| id.into(), |department| department.name.as_str().into())
            };
            let texts = Arc::clone(texts);
            each(lua, (0..texts.len()).map(move |at| Value::Said(texts[at].clone(), name(&texts[at]))))
        }
        _ => {
            let owner = this.owner().title();
            Err(fail(lua, say!("{owner} không duyệt được bằng for", "for cannot go through {owner}", owner = owner)))
        }
    }
}
