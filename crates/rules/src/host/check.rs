//! The methods of `check`, which compare figures.
//!
//! Input: two figures and the relation between them. Output: a finding if the relation does not hold, with a verdict on
//! whether rounding explains the difference. Not here: the choice of relations.

use crate::api::call_schemas;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::signature::{ExpectedType, Params, optional, required};
use crate::eval::compute::{computed_name, figure_of};
use crate::eval::context::{Question, require_context};
use crate::eval::contradictions::compare;
use crate::eval::lua_type::LuaType;
use crate::lua::error::{calling_line, host_error};
use mlua::{FromLuaMulti, Lua, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{Message, static_message};
use tonghop_core::model::indicator::RelationKind;
use tonghop_core::model::sector::Finding;

/// The parameters of both relations.
const RELATION_PARAMS: Params = Params::Fixed(&[
    required("title", ExpectedType::Text),
    required("left", ExpectedType::Figure),
    required("right", ExpectedType::Figure),
    optional("options", ExpectedType::Table(&call_schemas::RELATION)),
]);

pub(super) const ENTRIES: &[ApiEntry] = &[
    ApiEntry {
        owner: LuaType::Check,
        name: "equal",
        params: RELATION_PARAMS,
        returns: "",
        doc: static_message(
            "Báo khi hai số liệu khác nhau; chênh lệch do làm tròn được nêu riêng.",
            "Reports two figures that differ; differences due to rounding are reported separately.",
        ),
        example: "local _ = nil",
        since: 1,
        deprecated: None,
        handler: Handler::Method(|lua, _, arguments| check_relation(lua, RelationKind::Equal, arguments)),
    },
    ApiEntry {
        owner: LuaType::Check,
        name: "at_most",
        params: RELATION_PARAMS,
        returns: "",
        doc: static_message(
            "Báo khi số liệu thứ nhất lớn hơn số liệu thứ hai.",
            "Reports the first figure if it is larger than the second.",
        ),
        example: "local _ = nil",
        since: 1,
        deprecated: None,
        handler: Handler::Method(|lua, _, arguments| check_relation(lua, RelationKind::AtMost, arguments)),
    },
];

type Arguments = (String, LuaValue, LuaValue, Option<Table>);

fn check_relation(lua: &Lua, kind: RelationKind, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (title, left, right, options) = Arguments::from_lua_multi(arguments, lua)?;
    let explanation = options.map(|o| o.raw_get::<Option<String>>("because")).transpose()?.flatten();
    let (left, right) = (figure_of(lua, &left)?, figure_of(lua, &right)?);
    let no_rule_message = || Message::new("check phải được gọi từ quy tắc", "check must be called from a rule");
    let rule = calling_line(lua).ok_or_else(|| host_error(lua, no_rule_message()))?;
    require_context(lua)?.record_question(Some(rule.clone()), Question::Relation, left.has_data() && right.has_data());
    let found = compare(computed_name(lua), kind, &left, &right, rule).map_err(|e| host_error(lua, e.message()))?;
    if let Some(mut found) = found {
        let context = require_context(lua)?;
        let words = title.len() + explanation.as_ref().map_or(0, String::len);
        context.memory.keep(lua, std::mem::size_of::<Finding>() + words)?;
        found.title = Message::verbatim(title);
        found.explanation = explanation;
        context.output().findings.push(found);
    }
    Ok(LuaValue::Nil)
}
