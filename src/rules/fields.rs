//! What rules and templates read by name: the fields of sectors, indicators, figures, remarks and shortfalls.
//!
//! In come values of the rule machine, out go others below them; the names are those of the project first, then the
//! fields declared here. Never here: arithmetic, wording.

use super::entry::{Call, Deprecated, Entry, Plain};
use super::rows::Rows;
use super::signature::NONE;
use super::value::{ByTarget, IndicatorRef, Owner, Remark, Value};
use crate::model::figure::{ArithmeticError, Figure, FigureRef, Measure, Status};
use crate::model::quantity::Amount;
use crate::words::{Both, both};
use rust_decimal::prelude::ToPrimitive;
use std::sync::Arc;

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

/// Says what to use instead of an entry.
const fn replaced(instead: &'static str, entry: Entry) -> Entry {
    Entry { deprecated: Some(Deprecated { since: 1, instead }), ..entry }
}

/// What `yoy` of rows and of one row is.
const CHANGE: Both = both(
    "Mức tăng, giảm của số thực hiện so với cùng kỳ, tính bằng phần trăm.",
    "The change of the actual on last year, in percent.",
);

const fn sum(name: &'static str, doc: Both, example: &'static str) -> Entry {
    field(Owner::Records, name, "tonghop.Figure", doc, example, |_| None)
}

const fn one(name: &'static str, doc: Both, example: &'static str) -> Entry {
    field(Owner::Record, name, "tonghop.Figure", doc, example, |_| None)
}

/// Every field.
pub const FIELDS: &[Entry] = &[
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
        Owner::Indicator,
        "id",
        "string",
        both("Mã chỉ tiêu trong quy tắc.", "Its name in the rules."),
        "local x = d.total.id",
        |v| indicator(v).map(|i| words(i.decl().id.as_str())),
    ),
    field(
        Owner::Indicator,
        "label",
        "string",
        both("Tên chỉ tiêu như khai báo.", "Its label as declared."),
        "out:paragraph(\"{total.label}.\")",
        |v| indicator(v).map(|i| words(&i.decl().label)),
    ),
    field(
        Owner::Indicator,
        "unit",
        "string",
        both("Đơn vị tính, viết đầy đủ.", "Its unit as written out."),
        "local u = d.total.unit",
        |v| indicator(v).map(|i| words(&i.decl().unit.label)),
    ),
    field(
        Owner::Indicator,
        "name",
        "string",
        both(
            "Tên chỉ tiêu để viết giữa câu: chữ đầu viết thường, trừ khi mở đầu bằng chữ viết tắt.",
            "Its label as it stands inside a sentence: the first letter small, unless it begins an abbreviation.",
        ),
        "out:paragraph(\"Về {total.name}.\")",
        |v| indicator(v).map(|i| words(&inside_sentence(&i.decl().label))),
    ),
    field(
        Owner::Indicator,
        "actual",
        "tonghop.Figure",
        both("Số thực hiện.", "What was reached in the period."),
        "local f = d.total.actual",
        |v| measured(v, Measure::Actual),
    ),
    field(
        Owner::Indicator,
        "last_year",
        "tonghop.Figure",
        both("Số cùng kỳ năm trước.", "The same period last year."),
        "local f = d.total.last_year",
        |v| measured(v, Measure::LastYear),
    ),
    field(
        Owner::Indicator,
        "yoy",
        "tonghop.Figure",
        both(
            "Tăng, giảm bao nhiêu phần trăm so với cùng kỳ năm trước; in là \"tăng 11% so với cùng kỳ năm …\".",
            "The change on the same period last year, in percent; printed as \"tăng 11% so với cùng kỳ năm …\".",
        ),
        "out:paragraph(\"Tổng số {total}[, {total.yoy}].\")",
        |v| measured(v, Measure::Yoy),
    ),
    field(
        Owner::Indicator,
        "change",
        "tonghop.Figure",
        both(
            "Tăng, giảm bao nhiêu so với cùng kỳ năm trước, theo đơn vị tính của chỉ tiêu; in là \"tăng 97 ca so với cùng kỳ năm …\".",
            "The change on the same period last year, in its own unit; printed as \"tăng 97 ca so với cùng kỳ năm …\".",
        ),
        "out:paragraph(\"Có {rate}[, {rate.change}].\")",
        |v| indicator(v).and_then(|i| i.computed(Measure::Change).ok()).map(Value::Figure),
    ),
    field(
        Owner::Indicator,
        "ratio",
        "tonghop.Figure",
        both(
            "Bằng bao nhiêu phần trăm chỉ tiêu ghi ở `of` khi khai báo.",
            "Percent of the indicator that the declaration names with `of`.",
        ),
        "local f = d.one.ratio",
        |v| measured(v, Measure::Ratio),
    ),
    field(
        Owner::Indicator,
        "of",
        "tonghop.Indicator",
        both("Chỉ tiêu ghi ở `of` khi khai báo.", "The indicator that the declaration names with `of`."),
        "local _ = nil",
        |v| {
            let whole = indicator(v)?;
            IndicatorRef::find(&whole.data, whole.decl().of.as_ref()?.as_str()).map(Value::Indicator)
        },
    ),
    field(
        Owner::Indicator,
        "names",
        "tonghop.Text",
        both(
            "Các tên ở những dòng bên dưới, nếu chỉ tiêu được khai báo là số đếm của chúng.",
            "The names that stand below it, where it is declared to count them.",
        ),
        "local n = d.one.names",
        |v| {
            let counted = indicator(v)?;
            Some(Value::Names(counted.data.names.get(&counted.decl().id).cloned().unwrap_or_default().into()))
        },
    ),
    field(
        Owner::Indicator,
        "share",
        "tonghop.Figure",
        both("Tỷ trọng (phần trăm) trong chỉ tiêu mà nó là thành phần.", "Percent of the indicator it is a part of."),
        "local f = d.one.share",
        |v| measured(v, Measure::Share),
    ),
    field(
        Owner::Indicator,
        "target",
        "tonghop.Targets",
        both("Các kế hoạch của chỉ tiêu, theo tên.", "Its plans by name."),
        "local f = d.total.target.annual",
        |v| by_target(v, ByTarget::Target),
    ),
    field(
        Owner::Indicator,
        "attainment",
        "tonghop.Targets",
        both(
            "Đạt bao nhiêu phần trăm kế hoạch, theo tên kế hoạch; chỉ có một kế hoạch thì không cần ghi tên.",
            "Percent of a plan, by the plan's name; with one plan the name may be left out.",
        ),
        "out:paragraph(\"Đạt {total.attainment} kế hoạch.\")",
        |v| by_target(v, ByTarget::Attainment),
    ),
    field(
        Owner::Indicator,
        "lag",
        "tonghop.Targets",
        both(
            "Chậm bao nhiêu điểm phần trăm so với nhịp độ chia đều trong năm, theo kế hoạch; in là \"chậm 11 điểm phần trăm so với nhịp độ\".",
            "Percentage points behind an even pace, by plan; printed as \"chậm 11 điểm phần trăm so với nhịp độ\".",
        ),
        "local f = d.total.lag.annual",
        |v| by_target(v, ByTarget::Lag),
    ),
    field(
        Owner::Indicator,
        "parts",
        "tonghop.Parts",
        both(
            "Các chỉ tiêu ngay bên dưới, gọi theo mã hoặc lần lượt từng chỉ tiêu.",
            "The indicators right below it, by name or one after the other.",
        ),
        "for p in d.total.parts do local f = p.share end",
        |v| indicator(v).map(|i| Value::Parts(i.clone())),
    ),
    field(
        Owner::Indicator,
        "reached",
        "string",
        both(
            "\"đạt\" hoặc \"ước đạt\", tùy số liệu là chính thức hay số ước; chưa có số liệu thì để trống.",
            "\"đạt\" or \"ước đạt\", as its figure is final or an estimate; nothing where it is missing.",
        ),
        "out:paragraph(\"Tổng số {total.reached} {total}.\")",
        |v| indicator(v).map(reached),
    ),
    field(
        Owner::Indicator,
        "estimated",
        "string",
        both(
            "\"ước\" nếu là số ước, để trống nếu là số chính thức: {x.estimated} đón {x}.",
            "\"ước\" where its figure is an estimate, nothing where it is final: {x.estimated} đón {x}.",
        ),
        "out:paragraph(\"Thành phố {total.estimated} đón {total}.\")",
        |v| indicator(v).map(estimated),
    ),
    sum(
        "actual",
        both("Thực hiện: tổng của các dòng có số.", "Actual: the sum over the rows that have it."),
        "out:paragraph(\"Tổng số {items.actual}.\")",
    ),
    sum(
        "last_year",
        both(
            "Cùng kỳ năm trước: tổng của các dòng có số.",
            "Same period last year: the sum over the rows that have it.",
        ),
        "out:paragraph(\"{items.last_year}\")",
    ),
    sum("yoy", CHANGE, "out:paragraph(\"Tổng số {items.yoy}.\")"),
    one(
        "actual",
        both("Thực hiện.", "Actual."),
        "for r in d.items do out:item(\"{r.label}: {r.actual}.\", { r = r }) end",
    ),
    one(
        "last_year",
        both("Cùng kỳ năm trước.", "Same period last year."),
        "for r in d.items do local before = r.last_year end",
    ),
    one("yoy", CHANGE, "for r in d.items do local change = r.yoy end"),
    field(
        Owner::Records,
        "target",
        "tonghop.Targets",
        both(
            "Tổng kế hoạch của các dòng; nhiều kế hoạch thì gọi theo tên.",
            "The sum of its plans; by name where there are several.",
        ),
        "out:paragraph(\"Kế hoạch {items.target}.\")",
        |v| rows_by_target(v, ByTarget::Target),
    ),
    field(
        Owner::Records,
        "attainment",
        "tonghop.Targets",
        both(
            "Tổng thực hiện so với tổng kế hoạch, tính bằng phần trăm.",
            "Percent of its plans that the sum of the actuals is.",
        ),
        "out:paragraph(\"Đạt {items.attainment} kế hoạch.\")",
        |v| rows_by_target(v, ByTarget::Attainment),
    ),
    field(
        Owner::Record,
        "target",
        "tonghop.Targets",
        both(
            "Kế hoạch của dòng theo tên; một kế hoạch thì bỏ tên được.",
            "Its plans by name; with one plan the name may be left out.",
        ),
        "for r in d.items do local plan = r.target.annual end",
        |v| rows_by_target(v, ByTarget::Target),
    ),
    field(
        Owner::Record,
        "attainment",
        "tonghop.Targets",
        both("Tỷ lệ đạt kế hoạch, theo tên kế hoạch.", "Percent of a plan, by the plan's name."),
        "for r in d.items do local reached = r.attainment.annual end",
        |v| rows_by_target(v, ByTarget::Attainment),
    ),
    field(
        Owner::Records,
        "count",
        "tonghop.Figure",
        both("Số dòng.", "How many rows there are."),
        "out:paragraph(\"Có {items.count} dòng.\")",
        |v| match v {
            Value::Rows(Rows::Many(rows)) => Some(Value::Figure(rows.selection.count())),
            _ => None,
        },
    ),
    field(
        Owner::Records,
        "title",
        "tonghop.Text",
        both("Chữ của cột dùng để nhóm các dòng.", "The words of the field by which a group was made."),
        "for _, group in d.items:by(\"field\") do out:item(\"{g.title}.\", { g = group }) end",
        |v| match v {
            Value::Rows(rows) => Some(Value::Texts(rows.title().into_iter().collect())),
            _ => None,
        },
    ),
    field(
        Owner::Record,
        "label",
        "tonghop.Text",
        both("Tên dòng như đơn vị đã ghi.", "Its label as the department wrote it."),
        "for r in d.items do out:item(\"{r.label}.\", { r = r }) end",
        |v| match v {
            Value::Rows(Rows::One(row)) => Some(Value::Texts([row.table.label_cell(row.row)].into())),
            _ => None,
        },
    ),
    field(
        Owner::Record,
        "unit",
        "string",
        both("Đơn vị tính viết đầy đủ.", "Its unit as written out."),
        "for r in d.items do local unit = r.unit end",
        |v| match v {
            Value::Rows(Rows::One(row)) => Some(words(&row.table.unit(row.row).label)),
            _ => None,
        },
    ),
    field(
        Owner::Record,
        "department",
        "string",
        both("Tên đơn vị báo cáo.", "What its department is called."),
        "for r in d.items do local who = r.department end",
        |v| match v {
            Value::Rows(Rows::One(row)) => Some(Value::Words(row.department())),
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

/// Takes one step by name, as `value.name` in a rule or a template does.
///
/// # Errors
/// The names that are there, when this one is not; figures that cannot be computed.
pub fn step(value: &Value, name: &str) -> Result<Value, NoStep> {
    if let Some(figure) = of_rows(value, name) {
        return figure.map(Value::Figure).map_err(NoStep::Arithmetic);
    }
    let field = || FIELDS.iter().find(|e| e.owner == value.owner() && e.name == name).map(|e| e.call);
    let found = value.member(name).or_else(|| match field() {
        Some(Call::Field(get)) => get(value),
        _ => None,
    });
    found.ok_or_else(|| {
        let mut known = value.members();
        known.extend(FIELDS.iter().filter(|e| e.owner == value.owner()).map(|e| e.name.to_owned()));
        NoStep::Unknown(known)
    })
}

/// Why a name leads nowhere.
#[derive(Debug)]
pub enum NoStep {
    /// There is none of this name, but these.
    Unknown(Vec<String>),
    /// What it names cannot be computed.
    Arithmetic(ArithmeticError),
}

impl NoStep {
    /// Lists the names that there are.
    pub fn known(self) -> Vec<String> {
        match self {
            Self::Unknown(known) => known,
            Self::Arithmetic(_) => Vec::new(),
        }
    }
}

/// Returns a figure of rows that a name means; their units may not go together.
fn of_rows(value: &Value, name: &str) -> Option<Result<FigureRef, ArithmeticError>> {
    match value {
        Value::Rows(rows) => {
            let measure = match name {
                "actual" => Measure::Actual,
                "last_year" => Measure::LastYear,
                "yoy" => Measure::Yoy,
                _ => Measure::Other(rows.data().decl.measures.iter().find(|own| own.as_str() == name)?.clone()),
            };
            Some(rows.figure(&measure))
        }
        Value::RowsByTarget(rows, family) => Some(rows.figure(&family.measure(rows.target(Some(name))?.clone()))),
        _ => None,
    }
}

/// Reads a plain field of a figure.
pub fn plain_field(figure: &Figure, name: &str) -> Option<Plain> {
    FIELDS.iter().find(|e| e.owner == Owner::Figure && e.name == name).and_then(|e| match e.call {
        Call::Plain(get) => Some(get(figure)),
        _ => None,
    })
}

fn words(text: &str) -> Value {
    Value::Words(text.into())
}

fn indicator(value: &Value) -> Option<&IndicatorRef> {
    match value {
        Value::Indicator(indicator) => Some(indicator),
        _ => None,
    }
}

fn remark(value: &Value) -> Option<&Remark> {
    match value {
        Value::Remark(data, index) => data.remarks.get(*index),
        _ => None,
    }
}

fn measured(value: &Value, measure: Measure) -> Option<Value> {
    indicator(value).map(|i| Value::Figure(i.figure(&measure)))
}

fn by_target(value: &Value, family: ByTarget) -> Option<Value> {
    indicator(value).map(|i| Value::ByTarget(i.clone(), family))
}

fn rows_by_target(value: &Value, family: ByTarget) -> Option<Value> {
    match value {
        Value::Rows(rows) => Some(Value::RowsByTarget(rows.clone(), family)),
        _ => None,
    }
}

fn reached(indicator: &IndicatorRef) -> Value {
    let actual = indicator.figure(&Measure::Actual);
    words(match (actual.amount, actual.status) {
        (Amount::Missing | Amount::NotApplicable, _) => "",
        (_, Status::Final) => "đạt",
        (_, Status::Estimate) => "ước đạt",
    })
}

fn estimated(indicator: &IndicatorRef) -> Value {
    let actual = indicator.figure(&Measure::Actual);
    words(if actual.is_known() && actual.status == Status::Estimate { "ước" } else { "" })
}

/// Makes the first letter small, unless the second is a capital too (LPG, OCOP).
fn inside_sentence(label: &str) -> String {
    let mut letters = label.chars();
    let Some(first) = letters.next() else { return String::new() };
    let rest = letters.as_str();
    match rest.chars().next() {
        Some(second) if second.is_uppercase() => label.to_owned(),
        _ => first.to_lowercase().chain(rest.chars()).collect(),
    }
}
