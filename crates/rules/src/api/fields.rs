//! The fields that rules and templates read by name, of sectors, indicators, figures, remarks and shortfalls.
//!
//! Input: a value of a rule and a name. Output: the member of that name; names that the project declares take
//! precedence over the fields declared here. Not here: arithmetic, wording.

mod of_indicators;
mod of_rows;

use super::entry::{Call, Entry, Plain};
use super::signature::NONE;
use crate::eval::context::Deprecated;
use crate::eval::data::Remark;
use crate::eval::owner::Owner;
use crate::eval::value::Value;
use rust_decimal::prelude::ToPrimitive;
use std::sync::Arc;
use tonghop_core::message::{Both, both};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::Figure;

const fn field(
    owner: Owner,
    name: &'static str,
    returns: &'static str,
    doc: Both,
    example: &'static str,
    get: fn(&Value) -> Option<Value>,
) -> Entry {
    entry(owner, name, returns, doc, example, Call::Field(get))
}

const fn plain(
    name: &'static str,
    returns: &'static str,
    doc: Both,
    example: &'static str,
    get: fn(&Figure) -> Plain,
) -> Entry {
    entry(Owner::Figure, name, returns, doc, example, Call::Plain(get))
}

const fn entry(
    owner: Owner,
    name: &'static str,
    returns: &'static str,
    doc: Both,
    example: &'static str,
    call: Call,
) -> Entry {
    Entry { owner, name, params: NONE, returns, doc, example, since: 1, deprecated: None, call }
}

/// Marks an entry as deprecated in favour of another.
const fn replaced(instead: &'static str, entry: Entry) -> Entry {
    Entry { deprecated: Some(Deprecated { since: 1, instead }), ..entry }
}

/// All fields, by topic.
pub(crate) const FIELDS: [&[Entry]; 3] = [OWN, of_indicators::FIELDS, of_rows::FIELDS];

/// All fields except those of indicators and of rows.
const OWN: &[Entry] = &[
    field(
        Owner::Sector,
        "title",
        "string",
        both("Tên ngành.", "The title of the sector."),
        "local t = d.title",
        |v| match v {
            Value::Sector(data) => Some(words(&data.decl.title)),
            _ => None,
        },
    ),
    replaced(
        "d.<topic>",
        field(
            Owner::Sector,
            "narrative",
            "tonghop.Words",
            both(
                "Phần lời của đơn vị theo chủ đề; viết `d.chu_de` cũng vậy.",
                "The words of departments by topic; `d.topic` is the same.",
            ),
            "local n = d.narrative.topic",
            |v| match v {
                Value::Sector(data) => Some(Value::Narrative(Arc::clone(data))),
                _ => None,
            },
        ),
    ),
    field(
        Owner::Sector,
        "causes",
        "tonghop.Words",
        both("Nguyên nhân mà đơn vị đã ghi, theo chỉ tiêu.", "The causes that departments wrote, by indicator."),
        "local c = d.causes[d.total.id]",
        |v| match v {
            Value::Sector(data) => Some(Value::Causes(Arc::clone(data))),
            _ => None,
        },
    ),
    field(
        Owner::Said,
        "department",
        "string",
        both("Tên đơn vị đã viết.", "What the department that wrote it is called."),
        "for said in d.topic do local who = said.department end",
        |v| match v {
            Value::Said(_, department) => Some(Value::Words(Arc::clone(department))),
            _ => None,
        },
    ),
    field(
        Owner::Remark,
        "difficulty",
        "tonghop.Text",
        both("Khó khăn, vướng mắc theo lời của đơn vị.", "The difficulty in the department's words."),
        "local _ = nil",
        |v| remark(v).map(|r| Value::Texts(r.difficulty.clone().into())),
    ),
    field(
        Owner::Remark,
        "cause",
        "tonghop.Text",
        both("Nguyên nhân theo lời của đơn vị.", "Its cause in the department's words."),
        "local _ = nil",
        |v| remark(v).map(|r| Value::Texts(r.cause.clone().into())),
    ),
    field(
        Owner::Shortfall,
        "text",
        "tonghop.Text",
        both("Câu nêu tồn tại, hạn chế.", "Its sentence."),
        "local _ = nil",
        |v| match v {
            Value::Shortfall(s) => Some(Value::Rich(s.statement.spans.clone().into())),
            _ => None,
        },
    ),
    field(
        Owner::Shortfall,
        "cause",
        "tonghop.Text",
        both("Các nguyên nhân theo lời của đơn vị.", "Its causes in the departments' words."),
        "local _ = nil",
        |v| match v {
            Value::Shortfall(s) => Some(Value::Texts(s.causes.clone().into())),
            _ => None,
        },
    ),
    plain(
        "value",
        "number?",
        both(
            "Con số để so sánh, rẽ nhánh; nil nếu chưa có số liệu.",
            "The bare number, for decisions; nil where there is none.",
        ),
        "local n = d.total.actual.value",
        |f| f.amount.known().and_then(|v| v.to_f64()).map_or(Plain::Nothing, Plain::Number),
    ),
    plain(
        "missing",
        "boolean",
        both("Có phải chưa biểu nào cho số này hay không.", "Whether no workbook gave it."),
        "if d.total.actual.missing then return end",
        |f| Plain::Flag(!f.is_known()),
    ),
    plain(
        "unit",
        "string",
        both("Đơn vị tính, viết đầy đủ.", "Its unit as written out."),
        "local u = d.total.actual.unit",
        |f| Plain::Text(f.unit.to_string()),
    ),
];

/// Returns the member `name` of a value, as `value.name` does in a rule or a template.
///
/// # Errors
/// Returns an error with the known names if the name is unknown, or if the figure cannot be computed.
pub(crate) fn step(value: &Value, name: &str) -> Result<Value, NoStep> {
    if let Some(figure) = of_rows::figure(value, name) {
        return figure.map(Value::Figure).map_err(NoStep::Arithmetic);
    }
    let field = || FIELDS.into_iter().flatten().find(|e| e.owner == value.owner() && e.name == name).map(|e| e.call);
    let found = value.member(name).or_else(|| match field() {
        Some(Call::Field(get)) => get(value),
        _ => None,
    });
    found.ok_or_else(|| {
        let mut known = value.members();
        known.extend(FIELDS.into_iter().flatten().filter(|e| e.owner == value.owner()).map(|e| e.name.to_owned()));
        NoStep::Unknown(known)
    })
}

/// The reason why a member cannot be read.
#[derive(Debug)]
pub(crate) enum NoStep {
    /// The name is unknown; these are the known names.
    Unknown(Vec<String>),
    /// The figure cannot be computed.
    Arithmetic(ArithmeticError),
}

impl NoStep {
    /// Returns the known names.
    pub(crate) fn known(self) -> Vec<String> {
        match self {
            Self::Unknown(known) => known,
            Self::Arithmetic(_) => Vec::new(),
        }
    }
}

/// Returns a plain field of a figure.
pub(crate) fn plain_field(figure: &Figure, name: &str) -> Option<Plain> {
    OWN.iter().find(|e| e.owner == Owner::Figure && e.name == name).and_then(|e| match e.call {
        Call::Plain(get) => Some(get(figure)),
        _ => None,
    })
}

fn words(text: &str) -> Value {
    Value::Words(text.into())
}

fn remark(value: &Value) -> Option<&Remark> {
    match value {
        Value::Remark(data, index) => data.remarks.get(*index),
        _ => None,
    }
}
