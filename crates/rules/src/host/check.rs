//! The methods of `check`, which compare figures.
//!
//! Input: two figures and the relation between them. Output: a finding if the relation does not hold, with a verdict on
//! whether rounding explains the difference. Not here: the choice of relations.

use crate::api::entry::{Call, Entry};
use crate::api::shapes;
use crate::api::signature::{Kind, Params, needed, optional};
use crate::eval::compute::{computed_name, figure_of};
use crate::eval::context::{Question, need_context};
use crate::eval::contradictions::finding;
use crate::eval::owner::Owner;
use crate::lua::error::{calling_line, fail};
use mlua::{FromLuaMulti, Lua, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{Words, both};
use tonghop_core::model::indicator::MustBe;

/// The parameters of both relations.
const RELATION: Params = Params::Each(&[
    needed("title", Kind::Text),
    needed("left", Kind::Figure),
    needed("right", Kind::Figure),
    optional("options", Kind::Table(&shapes::RELATION)),
]);

pub(super) const API: &[Entry] = &[
    Entry {
        owner: Owner::Check,
        name: "equal",
        params: RELATION,
        returns: "",
        doc: both(
            "Báo khi hai số liệu khác nhau; chênh lệch do làm tròn được nêu riêng.",
            "Reports two figures that differ; rounding of the printed decimals is told apart.",
        ),
        example: "local _ = nil",
        since: 1,
        deprecated: None,
        call: Call::Method(|lua, _, arguments| relation(lua, MustBe::Equal, arguments)),
    },
    Entry {
        owner: Owner::Check,
        name: "at_most",
        params: RELATION,
        returns: "",
        doc: both(
            "Báo khi số liệu thứ nhất lớn hơn số liệu thứ hai.",
            "Reports a figure that is larger than another one.",
        ),
        example: "local _ = nil",
        since: 1,
        deprecated: None,
        call: Call::Method(|lua, _, arguments| relation(lua, MustBe::AtMost, arguments)),
    },
];

type Arguments = (String, LuaValue, LuaValue, Option<Table>);

fn relation(lua: &Lua, must: MustBe, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (title, left, right, options) = Arguments::from_lua_multi(arguments, lua)?;
    let explanation = options.map(|o| o.raw_get::<Option<String>>("because")).transpose()?.flatten();
    let (left, right) = (figure_of(lua, &left)?, figure_of(lua, &right)?);
    let nowhere = || Words::new("check phải được gọi từ quy tắc", "check must be called by a rule");
    let rule = calling_line(lua).ok_or_else(|| fail(lua, nowhere()))?;
    need_context(lua)?.asked(Some(rule.clone()), Question::Relation, left.is_known() && right.is_known());
    let found = finding(computed_name(lua), must, &left, &right, rule).map_err(|e| fail(lua, e.words()))?;
    if let Some(mut found) = found {
        found.title = Words::verbatim(title);
        found.explanation = explanation;
        need_context(lua)?.output().findings.push(found);
    }
    Ok(LuaValue::Nil)
}
