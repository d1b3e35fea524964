//! Reports the rows of a table that have numbers but cannot be read: one diagnostic for all rows with one reason.
//!
//! Input: the unread rows of a table. Output: diagnostics, and the outcome of their cells. Not here: which rows are
//! read.

use super::reading_log;
use super::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::matching::index::{Candidate, Match};
use std::collections::HashMap;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;

/// The rows that a diagnostic names.
const NAMED_ROWS: usize = 3;
/// The most rows of a table that are compared with the declared labels, since comparing is slow.
const MAX_COMPARED: usize = 200;

/// Why a row is not read.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Reason {
    /// No indicator has its label; the most similar declared label.
    Unknown(Option<String>),
    /// It has no label.
    Nameless,
    /// Several indicators have its label; their names.
    Ambiguous(String),
    /// It is one of several rows with the label of this indicator.
    OneOfSeveral(String),
    /// It is under this title, which says another period, a plan, or a ratio.
    OtherScope(String),
    /// It has the label of an indicator of this parent.
    WrongParent(String),
}

/// Reports the unread rows of a table and logs their cells.
pub(crate) fn report(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    rows: &[&MatchedRow<'_, '_, '_>],
    result: &mut SheetResult,
) {
    let mut groups: Vec<(Reason, Vec<&MatchedRow<'_, '_, '_>>)> = Vec::new();
    let mut positions: HashMap<Reason, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let reason = reason(context, row, at < MAX_COMPARED);
        let position = *positions.entry(reason.clone()).or_insert(groups.len());
        if position == groups.len() {
            groups.push((reason, Vec::new()));
        }
        groups[position].1.push(row);
    }
    for (reason, rows) in groups {
        let Some(first) = rows.first() else { continue };
        let reported_at = first.row.label_place;
        rows.iter().for_each(|row| reading_log::mark_unread_row(block, row, reported_at, &mut result.log));
        if are_doubles(&first.indicator_match) {
            // No words of the row could say which one is meant; the message about the rule says it.
            continue;
        }
        if let Some(problem) = same_in_sectors(&first.indicator_match) {
            result.diagnostics.push(problem);
            continue;
        }
        let (code, message, hint) = describe(&reason, &rows);
        let places = rows.iter().skip(1).take(NAMED_ROWS - 1).map(|row| place(context, row.row.label_place));
        let problem = context.problem(code, reported_at, message).with_hint(hint);
        result.diagnostics.push(places.fold(problem, Diagnostic::with_place));
    }
}

fn place(context: &SheetContext<'_, '_>, cell: CellRef) -> Place {
    Place::Cell(context.book.file.clone(), context.sheet.name.clone(), cell)
}

fn reason(context: &SheetContext<'_, '_>, matched: &MatchedRow<'_, '_, '_>, is_compared: bool) -> Reason {
    match &matched.indicator_match {
        Match::Ambiguous(candidates) => {
            let names: Vec<String> = candidates.iter().map(|c| format!("{}.{}", c.sector.id, c.decl.id)).collect();
            Reason::Ambiguous(names.join(", "))
        }
        Match::OneOfSeveral(candidate) => Reason::OneOfSeveral(candidate.decl.label.clone()),
        Match::OtherScope(_, title) => Reason::OtherScope(title.clone()),
        Match::WrongParent(candidate) => Reason::WrongParent(candidate.parent_label().to_owned()),
        _ if matched.row.label_key.is_empty() => Reason::Nameless,
        _ => {
            let near = || context.index.nearest_label(context.index.strip_unit(&matched.row.label_key));
            Reason::Unknown(is_compared.then(near).flatten().map(str::to_owned))
        }
    }
}

/// Returns whether the rule of one sector declares the indicators so that no row can tell them apart.
fn are_doubles(matched: &Match<'_, '_>) -> bool {
    let Match::Ambiguous(candidates) = matched else { return false };
    let Some((first, others)) = candidates.split_first() else { return false };
    others.iter().all(|other| other.sector.id == first.sector.id && other.decl.is_double_of(first.decl))
}

/// Returns the problem of rules of several sectors that declare the same name, unit and parent for one department: the
/// department writes what its form says, and only the rules can tell the rows apart.
fn same_in_sectors(matched: &Match<'_, '_>) -> Option<Diagnostic> {
    let Match::Ambiguous(candidates) = matched else { return None };
    let (first, others) = candidates.split_first()?;
    let is_same = |other: &Candidate<'_>| {
        other.sector.id != first.sector.id
            && other.decl.unit.has_same_base(&first.decl.unit)
            && fold(&other.decl.label) == fold(&first.decl.label)
            && other.parent_labels() == first.parent_labels()
    };
    if !others.iter().all(|other| is_same(other)) {
        return None;
    }
    let names: Vec<String> = candidates.iter().map(|c| format!("{}.{}", c.sector.id, c.decl.id)).collect();
    let message = msg!(
        "\"{label}\": các chỉ tiêu {names} trùng tên và đơn vị tính nên dòng mang tên này không được đọc",
        "\"{label}\": the indicators {names} have the same name and unit, so rows with this name are not read",
        label = first.decl.label,
        names = names.join(", ")
    );
    let place = |candidate: &Candidate<'_>| {
        Place::Rule(RuleLine { file: candidate.sector.file.clone(), line: candidate.decl.line })
    };
    let mut places: Vec<Place> = candidates.iter().map(|candidate| place(candidate)).collect();
    places.sort();
    let diagnostic = Diagnostic::new(Code::RowAmbiguous, place(first), message).with_hint(Message::new(
        "đặt tên khác nhau trong quy tắc, đúng như trong biểu, hoặc lấy số của ngành kia bằng from",
        "give them different names in the rules, as in the forms, or take the figures of the other sector with from",
    ));
    Some(Diagnostic { places, ..diagnostic })
}

/// Lists the first labels: `"A", "B", "C" và 5 dòng khác`.
fn list_labels(rows: &[&MatchedRow<'_, '_, '_>]) -> Message {
    let mut named: Vec<&str> = Vec::new();
    for row in rows.iter().map(|row| row.row.label_text.as_str()) {
        if named.len() < NAMED_ROWS && !named.contains(&row) {
            named.push(row);
        }
    }
    let more = rows.iter().filter(|row| !named.contains(&row.row.label_text.as_str())).count();
    let labels = named.iter().map(|label| format!("\"{label}\"")).collect::<Vec<_>>().join(", ");
    match more {
        0 => Message::verbatim(labels),
        more => msg!("{labels} và {more} dòng khác", "{labels} and {more} more"),
    }
}

/// Returns the code, the message and the hint for the rows with one reason.
fn describe(reason: &Reason, rows: &[&MatchedRow<'_, '_, '_>]) -> (Code, Message, Message) {
    let code = match reason {
        Reason::Ambiguous(_) | Reason::OneOfSeveral(_) => Code::RowAmbiguous,
        _ => Code::RowUnknown,
    };
    let message = match rows {
        [only] => describe_row(reason, &only.row.label_text),
        several => describe_rows(reason, several),
    };
    (code, message, hint(reason))
}

fn describe_row(reason: &Reason, row: &str) -> Message {
    match reason {
        Reason::Ambiguous(names) => msg!(
            "dòng \"{row}\" khớp với nhiều chỉ tiêu: {names}; dòng này không được đọc",
            "the row \"{row}\" matches several indicators: {names}; it was not read"
        ),
        Reason::OneOfSeveral(label) => msg!(
            "bảng có nhiều dòng \"{row}\", không dòng nào cho biết là của cả chỉ tiêu \"{label}\"; dòng này không được đọc",
            "the table has several rows \"{row}\", and none says that it is \"{label}\" as a whole; the row was not read"
        ),
        Reason::OtherScope(title) => msg!(
            "dòng \"{row}\" nằm dưới tiêu đề \"{title}\", không phải kết quả của kỳ báo cáo; dòng này không được đọc",
            "the row \"{row}\" is under the title \"{title}\", which is not a result of the reporting period; it was not read"
        ),
        Reason::WrongParent(parent) => msg!(
            "dòng \"{row}\" trùng tên với một chỉ tiêu của \"{parent}\", nhưng bảng này không cho biết là của \"{parent}\"; dòng này không được đọc",
            "the row \"{row}\" has the name of an indicator of \"{parent}\", but nothing in this table shows that it belongs to \"{parent}\"; the row was not read"
        ),
        Reason::Nameless => Message::new(
            "dòng có số nhưng không có tên chỉ tiêu; dòng này không được đọc",
            "the row has numbers but no indicator name; it was not read",
        ),
        Reason::Unknown(_) => msg!(
            "dòng \"{row}\" có số nhưng không khớp với chỉ tiêu nào; dòng này không được đọc",
            "the row \"{row}\" has numbers but matches no indicator; it was not read"
        ),
    }
}

fn describe_rows(reason: &Reason, rows: &[&MatchedRow<'_, '_, '_>]) -> Message {
    let count = rows.len();
    let counted = pluralise(count, "row");
    let listed = list_labels(rows);
    match reason {
        Reason::Ambiguous(names) => msg!(
            "{count} dòng khớp với nhiều chỉ tiêu ({names}): {listed}; các dòng này không được đọc",
            "{counted} match several indicators ({names}): {listed}; they were not read",
            listed = listed
        ),
        Reason::OneOfSeveral(label) => msg!(
            "bảng có {count} dòng {listed}, không dòng nào cho biết là của cả chỉ tiêu \"{label}\"; các dòng này không được đọc",
            "the table has {counted} {listed}, and none says that it is \"{label}\" as a whole; they were not read",
            listed = listed
        ),
        Reason::OtherScope(title) => msg!(
            "{count} dòng nằm dưới tiêu đề \"{title}\", không phải kết quả của kỳ báo cáo: {listed}; các dòng này không được đọc",
            "{counted} are under the title \"{title}\", which is not a result of the reporting period: {listed}; they were not read",
            listed = listed
        ),
        Reason::WrongParent(parent) => msg!(
            "{count} dòng trùng tên với chỉ tiêu của \"{parent}\", nhưng bảng này không cho biết là của \"{parent}\": {listed}; các dòng này không được đọc",
            "{counted} have the names of indicators of \"{parent}\", but nothing in this table shows that they belong to \"{parent}\": {listed}; they were not read",
            listed = listed
        ),
        Reason::Nameless => msg!(
            "{count} dòng có số nhưng không có tên chỉ tiêu; các dòng này không được đọc",
            "{counted} have numbers but no indicator name; they were not read"
        ),
        Reason::Unknown(_) => msg!(
            "{count} dòng có số nhưng không khớp với chỉ tiêu nào: {listed}; các dòng này không được đọc",
            "{counted} have numbers but match no indicator: {listed}; they were not read",
            listed = listed
        ),
    }
}

fn hint(reason: &Reason) -> Message {
    match reason {
        Reason::Ambiguous(_) => Message::new(
            "ghi rõ chỉ tiêu cấp trên của dòng, hoặc thêm cột mã chỉ tiêu",
            "write the parent indicator of the row, or add a column of indicator codes",
        ),
        Reason::OneOfSeveral(_) => Message::new(
            "ghi tên chỉ tiêu ở dòng chung, hoặc báo quản trị khai báo từng phần",
            "name the indicator in the row of the whole, or ask the administrator to declare the parts",
        ),
        Reason::OtherScope(_) => Message::new(
            "xóa hoặc sửa tiêu đề này nếu số liệu là kết quả của kỳ báo cáo",
            "delete or correct the title if the figures are results of the reporting period",
        ),
        Reason::WrongParent(parent) => msg!(
            "ghi \"{parent}\" vào tên bảng hoặc dòng cấp trên, hoặc báo quản trị thêm tên gọi khác cho \"{parent}\"",
            "write \"{parent}\" in the table title or in a row above, or ask the administrator to add an alias for \"{parent}\""
        ),
        Reason::Nameless => {
            Message::new("ghi tên chỉ tiêu vào dòng này", "write the name of the indicator in this row")
        }
        Reason::Unknown(Some(near)) => msg!(
            "nếu đây là chỉ tiêu \"{near}\" thì sửa tên dòng cho đúng; nếu không, báo quản trị thêm tên gọi này vào quy tắc",
            "if this is the indicator \"{near}\", correct the name of the row; if not, ask the administrator to add this name to the rules"
        ),
        Reason::Unknown(None) => Message::new(
            "ghi tên chỉ tiêu đúng như biểu mẫu, hoặc báo quản trị thêm tên gọi này vào quy tắc",
            "write the indicator name exactly as in the form, or ask the administrator to add this name to the rules",
        ),
    }
}
