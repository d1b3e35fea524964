//! The fields of the largest or smallest figure: what has it.
//!
//! Input: a choice and a name. Output: the label of what was chosen, or its member. Not here: choosing.

use super::{MemberError, field, lookup_member, wording};
use crate::api::entry::ApiEntry;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use std::sync::Arc;
use tonghop_core::message::{Message, StaticMessage, static_message};
use tonghop_core::model::provenance::TextCell;
use tonghop_core::msg;

/// The fields of figures that were chosen.
pub(super) const FIELDS: &[ApiEntry] = &[
    label_field(
        "label",
        static_message(
            "Tên của nơi có số lớn nhất, nhỏ nhất (`largest`, `smallest`); bằng nhau thì đủ các tên. Một nơi thì đọc được cả mục khác của nơi đó.",
            "The label of what has the largest or smallest figure (`largest`, `smallest`); all labels if several are equal. If it is one, its other fields can be read, too.",
        ),
        "local label = largest(d.one, d.two).label",
    ),
    label_field(
        "name",
        static_message("Như `label`, viết thường chữ đầu.", "Like `label`, with a small first letter."),
        "local name = largest(d.one, d.two).name",
    ),
];

const fn label_field(name: &'static str, doc: StaticMessage, example: &'static str) -> ApiEntry {
    field(LuaType::Figure, name, "tonghop.Text", doc, example, |_| None)
}

/// Returns the member of what has a chosen figure; `None` for other values.
pub(super) fn member(value: &RuleValue, name: &str) -> Option<Result<RuleValue, MemberError>> {
    let is_label = FIELDS.iter().any(|field| field.name == name);
    match value {
        RuleValue::Choice { items, .. } if is_label => Some(joined_labels(items, name)),
        RuleValue::Choice { figure, items } => Some(match &**items {
            // Without data there is nothing to choose, and a rule needs no check.
            [] => Ok(RuleValue::Figure(Arc::clone(figure))),
            [only] => lookup_member(only, name),
            several => Err(MemberError::Refused(several_message(several.len(), name))),
        }),
        RuleValue::SeriesFigure { label, .. } if is_label => Some(Ok(RuleValue::Wording(Arc::clone(label)))),
        RuleValue::Figure(_) if is_label => Some(Err(MemberError::Refused((
            msg!("một số liệu riêng không có \"{name}\"", "a single figure has no \"{name}\""),
            msg!("đọc ở chỉ tiêu: d.x.{name}", "read it of the indicator: d.x.{name}"),
        )))),
        _ => None,
    }
}

fn several_message(count: usize, name: &str) -> (Message, Message) {
    let message = msg!(
        "có {count} nơi cùng số này, nên không đọc được \"{name}\" của một nơi",
        "{count} have this figure, so \"{name}\" of one cannot be read"
    );
    let hint = Message::new(
        "dùng .label (đủ các tên), hoặc duyệt từng nơi: for x in … do",
        "use .label (all labels), or iterate over them: for x in … do",
    );
    (message, hint)
}

/// Returns the labels of indicators as words, and those of rows as the texts that departments wrote.
fn joined_labels(items: &[RuleValue], name: &str) -> Result<RuleValue, MemberError> {
    let (mut words, mut cells): (Vec<Arc<str>>, Vec<TextCell>) = (Vec::new(), Vec::new());
    for item in items {
        let of_item = if matches!(item, RuleValue::Rows(_)) { "label" } else { name };
        match lookup_member(item, of_item)? {
            RuleValue::Wording(label) => words.push(label),
            RuleValue::TextCells(label) => cells.extend(label.iter().cloned()),
            _ => {}
        }
    }
    Ok(if words.is_empty() { RuleValue::NameCells(cells.into()) } else { wording(&words.join(", ")) })
}
