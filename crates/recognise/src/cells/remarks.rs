//! Reads the texts of a row: sentences for the report, difficulties and their causes.
//!
//! Input: a matched row. Output: text cells by topic, and remarks. Not here: numbers.

use super::sheet_result::{MatchedRow, PendingRemark, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::grid;
use crate::matching::index::{Match, TopicCandidate};
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::reading_log::{CellOutcome, ReadingLog};
use tonghop_core::msg;
use tonghop_core::vi::number;

/// A sheet with this many diagnostics is another form: its unknown topics are not compared with the declared ones.
const MAX_COMPARED: usize = 200;

/// Reads the texts of a row.
pub(crate) fn read(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    matched: &MatchedRow<'_, '_, '_>,
    result: &mut SheetResult,
) {
    result.is_recognised |= asks_for_text(context, block, matched);
    let text_of = |role: ColumnRole| {
        let column = block.columns.iter().find(|column| column.role == role)?;
        read_text(context, matched, column)
    };
    if let Some(words) = text_of(ColumnRole::Narrative) {
        let has_values =
            block.columns.iter().any(|column| matches!(column.role, ColumnRole::Value(..) | ColumnRole::Plan));
        read_narrative(context, (matched, has_values), words, result);
    }
    let (difficulty, cause) = (text_of(ColumnRole::Difficulty), text_of(ColumnRole::Cause));
    if difficulty.is_some() || cause.is_some() {
        for cell in difficulty.iter().chain(&cause) {
            result.used_cells += 1;
            result.log.mark(cell.source.cell, CellOutcome::Read);
        }
        let subjects = read_subjects(context, block, matched, result);
        result.remarks.extend(subjects.into_iter().map(|(sector, indicator)| PendingRemark {
            sector,
            indicator,
            difficulty: difficulty.clone(),
            cause: cause.clone(),
        }));
    }
}

/// Returns whether the row asks the department for text, filled in or not.
fn asks_for_text(context: &SheetContext<'_, '_>, block: &TableBlock, matched: &MatchedRow<'_, '_, '_>) -> bool {
    let has_column = |role: ColumnRole| block.columns.iter().any(|column| column.role == role);
    (has_column(ColumnRole::Narrative) && !context.index.topics(&matched.row.label_key).is_empty())
        || ((has_column(ColumnRole::Difficulty) || has_column(ColumnRole::Cause))
            && context.index.first_sector().is_some())
}

/// Returns the text of a cell, unless it is empty or a sign for a blank.
fn read_text(
    context: &SheetContext<'_, '_>,
    matched: &MatchedRow<'_, '_, '_>,
    column: &SheetColumn,
) -> Option<TextCell> {
    let cell = matched.row.cells.cell(column.index)?;
    let words = grid::cell_text(cell);
    if words.is_empty() || number::parse_blank(&words).is_some() {
        return None;
    }
    let source =
        context.source(CellRef::new(matched.row.cells.index, column.index), &matched.row.label_text, &column.heading);
    Some(TextCell { text: words.into(), source })
}

fn read_narrative(
    context: &SheetContext<'_, '_>,
    (matched, has_values): (&MatchedRow<'_, '_, '_>, bool),
    cell: TextCell,
    result: &mut SheetResult,
) {
    let row = &matched.row;
    let unread = |log: &mut ReadingLog| {
        [row.label_place, cell.source.cell].map(|c| log.mark(c, CellOutcome::Rejected(row.label_place)))
    };
    match context.index.topics(&row.label_key) {
        [topic] => {
            result.used_cells += 1;
            result.log.mark(cell.source.cell, CellOutcome::Read);
            result.narrative.push(((topic.sector.id.clone(), topic.decl.key.clone()), cell));
        }
        // Beside the numbers of an indicator, an assessment is a remark for the reader of the form.
        [] if matches!(matched.indicator_match, Match::Unique { .. }) && has_values => {}
        [] => {
            unread(&mut result.log);
            let is_compared = result.diagnostics.len() < MAX_COMPARED;
            let near = is_compared.then(|| context.index.nearest_topic(&row.label_key)).flatten();
            result.is_recognised |= near.is_some();
            result.diagnostics.push(unknown_topic(context, matched, near));
        }
        several => {
            unread(&mut result.log);
            result.diagnostics.push(ambiguous_topic(context, &row.label_text, row.label_place, several));
        }
    }
}

/// Returns the diagnostic of a text that is a topic of several sectors.
pub(crate) fn ambiguous_topic(
    context: &SheetContext<'_, '_>,
    topic: &str,
    cell_ref: CellRef,
    several: &[TopicCandidate<'_>],
) -> Diagnostic {
    let names: Vec<String> = several.iter().map(|t| format!("{}.{}", t.sector.id, t.decl.key)).collect();
    let message = msg!(
        "nội dung \"{topic}\" khớp với nhiều mục phần lời: {names}",
        "the topic \"{topic}\" matches several narrative topics: {names}",
        names = names.join(", ")
    );
    context.problem(Code::RowAmbiguous, cell_ref, message).with_hint(Message::new(
        "đặt tên nội dung khác nhau cho từng lĩnh vực",
        "give the topics of different sectors different names",
    ))
}

/// Returns the diagnostic of a text under an undeclared topic.
///
/// If a declared topic is similar, its rule is a second place, as the mistake may be there.
fn unknown_topic(
    context: &SheetContext<'_, '_>,
    matched: &MatchedRow<'_, '_, '_>,
    near: Option<&TopicCandidate<'_>>,
) -> Diagnostic {
    let row = &matched.row;
    let message = msg!(
        "nội dung \"{topic}\" không khớp với mục phần lời nào; phần lời này không được đọc",
        "the topic \"{topic}\" matches no narrative topic; its text was not read",
        topic = row.label_text
    );
    let problem = context.problem(Code::RowUnknown, row.label_place, message);
    let Some(near) = near else {
        return problem.with_hint(Message::new(
            "ghi tên nội dung đúng như biểu mẫu, hoặc báo quản trị thêm tên gọi này vào quy tắc",
            "write the topic exactly as in the form, or ask the administrator to add this name to the rules",
        ));
    };
    let declared = near.decl.labels.first().map_or("", String::as_str);
    problem.with_place(Place::Rule(near.rule())).with_hint(msg!(
        "quy tắc khai báo \"{declared}\"; sửa tên trong biểu, hoặc sửa quy tắc nếu quy tắc gõ sai",
        "the rule declares \"{declared}\"; correct the topic in the workbook, or correct the rule if it is misspelt there"
    ))
}

/// Reads the names below an indicator that counts them, one per row; an empty row ends them.
pub(crate) fn read_names(context: &SheetContext<'_, '_>, rows: &[MatchedRow<'_, '_, '_>], result: &mut SheetResult) {
    let mut counted = None;
    let mut last = None;
    for matched in rows {
        let follows = last.replace(matched.row.cells.index).is_some_and(|above| above + 1 == matched.row.cells.index);
        counted = counted.filter(|_| follows);
        match matched.indicator_match {
            Match::Unique { candidate, .. } => counted = Some(candidate).filter(|c| c.decl.counts_names),
            Match::Ambiguous(_) | Match::WrongParent(_) | Match::OneOfSeveral(_) | Match::OtherScope(..) => {
                counted = None;
            }
            Match::None => {
                let Some(candidate) = counted.filter(|_| !matched.row.label_key.is_empty()) else { continue };
                let Some(cell) = matched.row.cells.cell(matched.row.label_place.col) else { continue };
                let words = strip_list_sign(&grid::cell_text(cell)).into();
                let name = TextCell {
                    text: words,
                    source: context.source(matched.row.label_place, &matched.row.label_text, ""),
                };
                result.used_cells += 1;
                result.log.mark(matched.row.label_place, CellOutcome::Read);
                result.counted_names.push(((candidate.sector.id.clone(), candidate.decl.id.clone()), name));
            }
        }
    }
}

/// Strips the list sign from the start of a name.
fn strip_list_sign(text: &str) -> &str {
    text.trim_start_matches(['-', '+', '*', '•', ' '])
}

/// The subject of a remark: a sector and an indicator of it, as far as the sheet names them.
type RemarkSubject = (Option<SectorId>, Option<IndicatorId>);

/// Returns the subjects of a row of difficulties: those it names, else the indicator of the row itself.
fn read_subjects(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    matched: &MatchedRow<'_, '_, '_>,
    result: &mut SheetResult,
) -> Vec<RemarkSubject> {
    let column = block.columns.iter().find(|column| column.role == ColumnRole::Subject);
    let written = column.and_then(|column| Some((column.index, matched.row.cells.cell(column.index)?.to_raw_text())));
    let Some((col, written)) = written else { return vec![subject_of_row(context, block, matched, result)] };
    let cell_ref = CellRef::new(matched.row.cells.index, col);
    result.log.mark(cell_ref, CellOutcome::Read);
    let named = written.split([';', '\n']).map(str::trim).filter(|text| !text.is_empty());
    let mut subjects: Vec<RemarkSubject> = Vec::new();
    for text in named {
        let subject = resolve_subject(context, &context.index.find_by_label(text), text, cell_ref, result);
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    if subjects.is_empty() { vec![(None, None)] } else { subjects }
}

fn subject_of_row(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    matched: &MatchedRow<'_, '_, '_>,
    result: &mut SheetResult,
) -> RemarkSubject {
    let row = &matched.row;
    let labelled = block.columns.iter().any(|column| column.role == ColumnRole::Label);
    if !labelled || row.label_key.is_empty() {
        return (None, None);
    }
    resolve_subject(context, &matched.indicator_match, &row.label_text, row.label_place, result)
}

fn resolve_subject(
    context: &SheetContext<'_, '_>,
    found: &Match<'_, '_>,
    text: &str,
    cell_ref: CellRef,
    result: &mut SheetResult,
) -> RemarkSubject {
    match found {
        Match::Unique { candidate, .. } => (Some(candidate.sector.id.clone()), Some(candidate.decl.id.clone())),
        _ if context.index.sector_by_title(text).is_some() => (context.index.sector_by_title(text).cloned(), None),
        Match::Ambiguous(candidates) => {
            let first = candidates.first().map(|c| &c.sector.id);
            let same = candidates.iter().all(|c| Some(&c.sector.id) == first);
            result.diagnostics.push(unclear_subject(context, Code::RowAmbiguous, text, cell_ref));
            (first.filter(|_| same).cloned(), None)
        }
        Match::None | Match::WrongParent(_) | Match::OneOfSeveral(_) | Match::OtherScope(..) => {
            result.diagnostics.push(unclear_subject(context, Code::RowUnknown, text, cell_ref));
            (None, None)
        }
    }
}

fn unclear_subject(context: &SheetContext<'_, '_>, code: Code, words: &str, cell_ref: CellRef) -> Diagnostic {
    let message = match code {
        Code::RowAmbiguous => msg!(
            "\"{words}\" khớp với nhiều chỉ tiêu; khó khăn này được coi là khó khăn chung",
            "\"{words}\" matches several indicators; the difficulty is treated as a general one"
        ),
        _ => msg!(
            "\"{words}\" không khớp với chỉ tiêu nào; khó khăn này được coi là khó khăn chung",
            "\"{words}\" matches no indicator; the difficulty is treated as a general one"
        ),
    };
    context.problem(code, cell_ref, message).with_hint(Message::new(
        "ghi tên chỉ tiêu liên quan đúng như biểu mẫu, hoặc để trống",
        "write the name of the related indicator exactly as in the form, or leave the cell empty",
    ))
}
