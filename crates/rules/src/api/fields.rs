//! The fields that rules and templates read by name, of sectors, indicators, figures, remarks and shortfalls.
//!
//! Input: a value of a rule and a name. Output: the member of that name; names that the project declares take
//! precedence over the fields declared here. Not here: arithmetic, wording.

mod choice;
mod indicators;
mod measures;
mod rows;
mod series;

pub(crate) use series::figure as series_figure;

pub(crate) use measures::impossible;

use super::entry::{ApiEntry, Handler, LuaScalar};
use super::signature::NO_PARAMS;
use crate::eval::context::Deprecation;
use crate::eval::data::SectorRemark;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use rust_decimal::prelude::ToPrimitive;
use std::sync::Arc;
use tonghop_core::message::{Message, StaticMessage, static_message};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::Figure;

const fn field(
    owner: LuaType,
    name: &'static str,
    returns: &'static str,
    doc: StaticMessage,
    example: &'static str,
    get: fn(&RuleValue) -> Option<RuleValue>,
) -> ApiEntry {
    entry(owner, name, returns, doc, example, Handler::Field(get))
}

const fn figure_field(
    name: &'static str,
    returns: &'static str,
    doc: StaticMessage,
    example: &'static str,
    get: fn(&Figure) -> LuaScalar,
) -> ApiEntry {
    entry(LuaType::Figure, name, returns, doc, example, Handler::Plain(get))
}

const fn entry(
    owner: LuaType,
    name: &'static str,
    returns: &'static str,
    doc: StaticMessage,
    example: &'static str,
    call: Handler,
) -> ApiEntry {
    ApiEntry { owner, name, params: NO_PARAMS, returns, doc, example, since: 1, deprecated: None, handler: call }
}

/// Marks an entry as deprecated in favour of another.
const fn deprecated(replacement: &'static str, entry: ApiEntry) -> ApiEntry {
    ApiEntry { deprecated: Some(Deprecation { since: 1, replacement }), ..entry }
}

/// All fields, by topic.
pub(crate) const FIELDS: [&[ApiEntry]; 6] =
    [OTHER_FIELDS, choice::FIELDS, indicators::FIELDS, measures::FIELDS, rows::FIELDS, series::FIELDS];

/// All fields except those of indicators, of rows and of their measures.
const OTHER_FIELDS: &[ApiEntry] = &[
    field(
        LuaType::Sector,
        "title",
        "string",
        static_message("Tên ngành.", "The title of the sector."),
        "local t = d.title",
        |v| match v {
            RuleValue::Sector(data) => Some(wording(&data.decl.title)),
            _ => None,
        },
    ),
    deprecated(
        "d.<topic>",
        field(
            LuaType::Sector,
            "narrative",
            "tonghop.Words",
            static_message(
                "Phần lời của đơn vị theo chủ đề; viết `d.chu_de` cũng vậy.",
                "The narrative of the departments by topic; `d.topic` is equivalent.",
            ),
            "local n = d.narrative.topic",
            |v| match v {
                RuleValue::Sector(data) => Some(RuleValue::Narrative(Arc::clone(data))),
                _ => None,
            },
        ),
    ),
    field(
        LuaType::Sector,
        "causes",
        "tonghop.Words",
        static_message(
            "Nguyên nhân mà đơn vị đã ghi, theo chỉ tiêu.",
            "The causes stated by departments, by indicator.",
        ),
        "local c = d.causes[d.total.id]",
        |v| match v {
            RuleValue::Sector(data) => Some(RuleValue::Causes(Arc::clone(data))),
            _ => None,
        },
    ),
    field(
        LuaType::NarrativeCell,
        "department",
        "string",
        static_message("Tên đơn vị đã viết.", "The name of the department that wrote the text."),
        "for said in d.topic do local who = said.department end",
        |v| match v {
            RuleValue::NarrativeCell(_, department) => Some(RuleValue::Wording(Arc::clone(department))),
            _ => None,
        },
    ),
    field(
        LuaType::Remark,
        "difficulty",
        "tonghop.Text",
        static_message("Khó khăn, vướng mắc theo lời của đơn vị.", "The difficulty in the department's words."),
        "local _ = nil",
        |v| remark(v).map(|r| RuleValue::TextCells(r.difficulty.clone().into())),
    ),
    field(
        LuaType::Remark,
        "cause",
        "tonghop.Text",
        static_message("Nguyên nhân theo lời của đơn vị.", "The cause in the department's words."),
        "local _ = nil",
        |v| remark(v).map(|r| RuleValue::TextCells(r.cause.clone().into())),
    ),
    field(
        LuaType::Shortfall,
        "text",
        "tonghop.Text",
        static_message("Câu nêu tồn tại, hạn chế.", "The sentence."),
        "local _ = nil",
        |v| match v {
            RuleValue::Shortfall(s) => Some(RuleValue::RichText(s.statement.spans.clone().into())),
            _ => None,
        },
    ),
    field(
        LuaType::Shortfall,
        "cause",
        "tonghop.Text",
        static_message("Các nguyên nhân theo lời của đơn vị.", "The causes in the departments' words."),
        "local _ = nil",
        |v| match v {
            RuleValue::Shortfall(s) => Some(RuleValue::TextCells(s.causes.clone().into())),
            _ => None,
        },
    ),
    figure_field(
        "value",
        "number?",
        static_message(
            "Con số để so sánh, rẽ nhánh; không phát sinh là 0, chưa có số liệu là nil.",
            "The plain number, for comparisons and conditions; zero for \"không phát sinh\", nil if there is no data.",
        ),
        "local n = d.total.actual.value",
        |f| f.amount.counted().and_then(|v| v.to_f64()).map_or(LuaScalar::Nil, LuaScalar::Number),
    ),
    figure_field(
        "missing",
        "boolean",
        static_message("Có phải chưa biểu nào cho số này hay không.", "Whether no workbook states this figure."),
        "if d.total.actual.missing then return end",
        |f| LuaScalar::Boolean(!f.has_data()),
    ),
    figure_field(
        "unit",
        "string",
        static_message("Đơn vị tính, viết đầy đủ.", "The unit, written in full."),
        "local u = d.total.actual.unit",
        |f| LuaScalar::Text(f.unit.to_string()),
    ),
];

/// Returns the member `name` of a value, as `value.name` does in a rule or a template.
///
/// # Errors
/// Returns an error with the known names if the name is unknown, or if the figure cannot be computed.
pub(crate) fn lookup_member(value: &RuleValue, name: &str) -> Result<RuleValue, MemberError> {
    if let Some(reason) = measures::refused(value, name) {
        return Err(MemberError::Refused(reason));
    }
    if let Some(member) = choice::member(value, name).or_else(|| series::member(value, name)) {
        return member;
    }
    if let Some(figure) = measures::figure(value, name) {
        return figure.map(RuleValue::Figure).map_err(MemberError::Arithmetic);
    }
    let field =
        || FIELDS.into_iter().flatten().find(|e| e.owner == value.lua_type() && e.name == name).map(|e| e.handler);
    let found = value.project_member(name).or_else(|| match field() {
        Some(Handler::Field(get)) => get(value),
        _ => None,
    });
    note_read(value, found.as_ref());
    found.ok_or_else(|| {
        let mut known = value.project_members();
        known.extend(FIELDS.into_iter().flatten().filter(|e| e.owner == value.lua_type()).map(|e| e.name.to_owned()));
        MemberError::Unknown(known)
    })
}

/// Notes what a rule reads of a sector besides figures of indicators.
fn note_read(value: &RuleValue, found: Option<&RuleValue>) {
    match (value, found) {
        (RuleValue::Sector(data), Some(read)) if !matches!(read, RuleValue::Indicator(_)) => data.lens.note_other(),
        (RuleValue::Indicator(indicator), Some(RuleValue::NameCells(_))) => indicator.data.lens.note_other(),
        _ => {}
    }
}

/// The reason why a member cannot be read.
#[derive(Debug)]
pub(crate) enum MemberError {
    /// The name is unknown; these are the known names.
    Unknown(Vec<String>),
    /// The figure cannot be computed.
    Arithmetic(ArithmeticError),
    /// The indicator has no such figure: why, and what to use.
    Refused((Message, Message)),
}

impl MemberError {
    /// Returns the known names.
    pub(crate) fn known_names(self) -> Vec<String> {
        match self {
            Self::Unknown(known) => known,
            Self::Arithmetic(_) | Self::Refused(_) => Vec::new(),
        }
    }
}

/// Returns a plain field of a figure.
pub(crate) fn plain_field(figure: &Figure, name: &str) -> Option<LuaScalar> {
    OTHER_FIELDS.iter().find(|e| e.owner == LuaType::Figure && e.name == name).and_then(|e| match e.handler {
        Handler::Plain(get) => Some(get(figure)),
        _ => None,
    })
}

fn wording(text: &str) -> RuleValue {
    RuleValue::Wording(text.into())
}

fn remark(value: &RuleValue) -> Option<&SectorRemark> {
    match value {
        RuleValue::Remark(data, index) => data.remarks.get(*index),
        _ => None,
    }
}
