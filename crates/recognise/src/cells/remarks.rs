//! Reads the texts of a row: sentences for the report, difficulties and their causes.
//!
//! Input: a matched row. Output: text cells by topic, and remarks. Not here: numbers.

use super::harvest::{Context, Meant, OpenRemark, Yield};
use crate::layout::block::Block;
use crate::layout::column::{Column, Role};
use crate::layout::grid;
use crate::matching::index::{Found, Topic};
use tonghop_core::diag::{Code, Diagnostic, Place, Words};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::reading::{Fate, ReadingLog};
use tonghop_core::say;
use tonghop_core::vi::number;

/// The number of diagnostics of a sheet up to which unknown topics are compared; a sheet with more is another form.
const MOST_COMPARED: usize = 200;

/// Reads the texts of a row.
pub(crate) fn read(context: &Context<'_, '_>, block: &Block, meant: &Meant<'_, '_, '_>, harvest: &mut Yield) {
    harvest.known |= is_expected(context, block, meant);
    let written = |role: Role| {
        let column = block.columns.iter().find(|column| column.role == role)?;
        text(context, meant, column)
    };
    if let Some(words) = written(Role::Narrative) {
        narrative(context, meant, words, harvest);
    }
    let (difficulty, cause) = (written(Role::Difficulty), written(Role::Cause));
    if difficulty.is_some() || cause.is_some() {
        for said in difficulty.iter().chain(&cause) {
            harvest.used += 1;
            harvest.log.mark(said.source.cell, Fate::Read);
        }
        let subjects = subjects(context, block, meant, harvest);
        harvest.remarks.extend(subjects.into_iter().map(|(sector, indicator)| OpenRemark {
            sector,
            indicator,
            difficulty: difficulty.clone(),
            cause: cause.clone(),
        }));
    }
}

/// Returns whether the row asks the department for text, filled in or not.
fn is_expected(context: &Context<'_, '_>, block: &Block, meant: &Meant<'_, '_, '_>) -> bool {
    let asks = |role: Role| block.columns.iter().any(|column| column.role == role);
    (asks(Role::Narrative) && !context.index.topics(&meant.row.label).is_empty())
        || ((asks(Role::Difficulty) || asks(Role::Cause)) && context.index.first_sector().is_some())
}

/// Returns the text of a cell, unless it is empty or a sign for a blank.
fn text(context: &Context<'_, '_>, meant: &Meant<'_, '_, '_>, column: &Column) -> Option<TextCell> {
    let cell = meant.row.cells.cell(column.index)?;
    let words = grid::words(cell);
    if words.is_empty() || number::blank(&words).is_some() {
        return None;
    }
    let source = context.source(CellRef::new(meant.row.cells.at, column.index), &meant.row.words, &column.heading);
    Some(TextCell { words: words.into(), source })
}

fn narrative(context: &Context<'_, '_>, meant: &Meant<'_, '_, '_>, words: TextCell, harvest: &mut Yield) {
    let row = &meant.row;
    let unread = |log: &mut ReadingLog| [row.place, words.source.cell].map(|c| log.mark(c, Fate::Rejected(row.place)));
    match context.index.topics(&row.label) {
        [topic] => {
            harvest.used += 1;
            harvest.log.mark(words.source.cell, Fate::Read);
            harvest.narrative.push(((topic.sector.id.clone(), topic.decl.key.clone()), words));
        }
        [] => {
            unread(&mut harvest.log);
            let compared = harvest.diagnostics.len() < MOST_COMPARED;
            let near = compared.then(|| context.index.near_topic(&row.label)).flatten();
            harvest.known |= near.is_some();
            harvest.diagnostics.push(unknown_topic(context, meant, near));
        }
        several => {
            unread(&mut harvest.log);
            harvest.diagnostics.push(ambiguous_topic(context, &row.words, row.place, several));
        }
    }
}

/// Returns the diagnostic of a text that is a topic of several sectors.
pub(crate) fn ambiguous_topic(
    context: &Context<'_, '_>,
    topic: &str,
    place: CellRef,
    several: &[Topic<'_>],
) -> Diagnostic {
    let names: Vec<String> = several.iter().map(|t| format!("{}.{}", t.sector.id, t.decl.key)).collect();
    let message = say!(
        "nội dung \"{topic}\" khớp với nhiều mục phần lời: {names}",
        "the topic \"{topic}\" matches several: {names}",
        names = names.join(", ")
    );
    context.problem(Code::RowAmbiguous, place, message).hint(Words::new(
        "đặt tên nội dung khác nhau cho từng lĩnh vực",
        "give the topics of different sectors different names",
    ))
}

/// Returns the diagnostic of a text under an undeclared topic.
///
/// If a declared topic is similar, its rule is a second place, as the mistake may be there.
fn unknown_topic(context: &Context<'_, '_>, meant: &Meant<'_, '_, '_>, near: Option<&Topic<'_>>) -> Diagnostic {
    let row = &meant.row;
    let message = say!(
        "nội dung \"{topic}\" không khớp với mục phần lời nào; phần lời này không được đọc",
        "the topic \"{topic}\" matches none of the rules; its words were not read",
        topic = row.words
    );
    let problem = context.problem(Code::RowUnknown, row.place, message);
    let Some(near) = near else {
        return problem.hint(Words::new(
            "ghi tên nội dung đúng như biểu mẫu, hoặc báo quản trị thêm tên gọi này vào quy tắc",
            "write the topic as in the form, or ask the administrator to add this name to the rules",
        ));
    };
    let declared = near.decl.labels.first().map_or("", String::as_str);
    problem.also(Place::Rule(near.rule())).hint(say!(
        "quy tắc khai báo \"{declared}\"; sửa tên trong biểu, hoặc sửa quy tắc nếu quy tắc gõ sai",
        "the rule declares \"{declared}\"; mend the topic in the workbook, or the rule if the mistake is there"
    ))
}

/// Reads the names below an indicator that counts them, one per row; an empty row ends them.
pub(crate) fn names(context: &Context<'_, '_>, rows: &[Meant<'_, '_, '_>], harvest: &mut Yield) {
    let mut counted = None;
    let mut last = None;
    for meant in rows {
        let follows = last.replace(meant.row.cells.at).is_some_and(|above| above + 1 == meant.row.cells.at);
        counted = counted.filter(|_| follows);
        match meant.found {
            Found::One { candidate, .. } => counted = Some(candidate).filter(|c| c.decl.names),
            Found::Several(_) | Found::Astray(_) => counted = None,
            Found::Nothing => {
                let Some(candidate) = counted.filter(|_| !meant.row.label.is_empty()) else { continue };
                let Some(cell) = meant.row.cells.cell(meant.row.place.col) else { continue };
                let words = unnumbered(&grid::words(cell)).into();
                let name = TextCell { words, source: context.source(meant.row.place, &meant.row.words, "") };
                harvest.used += 1;
                harvest.log.mark(meant.row.place, Fate::Read);
                harvest.names.push(((candidate.sector.id.clone(), candidate.decl.id.clone()), name));
            }
        }
    }
}

/// Strips the list sign from the start of a name.
fn unnumbered(words: &str) -> &str {
    words.trim_start_matches(['-', '+', '*', '•', ' '])
}

/// The subject of a remark: a sector and an indicator of it, as far as the sheet names them.
type Subject = (Option<SectorId>, Option<IndicatorId>);

/// Returns the subjects of a row of difficulties: those it names, else the indicator of the row itself.
fn subjects(context: &Context<'_, '_>, block: &Block, meant: &Meant<'_, '_, '_>, harvest: &mut Yield) -> Vec<Subject> {
    let column = block.columns.iter().find(|column| column.role == Role::Subject);
    let written = column.and_then(|column| Some((column.index, meant.row.cells.cell(column.index)?.as_typed())));
    let Some((col, written)) = written else { return vec![row_subject(context, block, meant, harvest)] };
    let place = CellRef::new(meant.row.cells.at, col);
    harvest.log.mark(place, Fate::Read);
    let named = written.split([';', '\n']).map(str::trim).filter(|words| !words.is_empty());
    let mut subjects: Vec<Subject> = Vec::new();
    for words in named {
        let subject = subject(context, &context.index.named(words), words, place, harvest);
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    if subjects.is_empty() { vec![(None, None)] } else { subjects }
}

fn row_subject(context: &Context<'_, '_>, block: &Block, meant: &Meant<'_, '_, '_>, harvest: &mut Yield) -> Subject {
    let row = &meant.row;
    let labelled = block.columns.iter().any(|column| column.role == Role::Label);
    if !labelled || row.label.is_empty() {
        return (None, None);
    }
    subject(context, &meant.found, &row.words, row.place, harvest)
}

fn subject(
    context: &Context<'_, '_>,
    found: &Found<'_, '_>,
    words: &str,
    place: CellRef,
    harvest: &mut Yield,
) -> Subject {
    match found {
        Found::One { candidate, .. } => (Some(candidate.sector.id.clone()), Some(candidate.decl.id.clone())),
        _ if context.index.titled(words).is_some() => (context.index.titled(words).cloned(), None),
        Found::Several(candidates) => {
            let first = candidates.first().map(|c| &c.sector.id);
            let same = candidates.iter().all(|c| Some(&c.sector.id) == first);
            harvest.diagnostics.push(unclear(context, Code::RowAmbiguous, words, place));
            (first.filter(|_| same).cloned(), None)
        }
        Found::Nothing | Found::Astray(_) => {
            harvest.diagnostics.push(unclear(context, Code::RowUnknown, words, place));
            (None, None)
        }
    }
}

fn unclear(context: &Context<'_, '_>, code: Code, words: &str, place: CellRef) -> Diagnostic {
    let message = match code {
        Code::RowAmbiguous => say!(
            "\"{words}\" khớp với nhiều chỉ tiêu; khó khăn này được coi là khó khăn chung",
            "\"{words}\" matches several indicators; the difficulty counts as a general one"
        ),
        _ => say!(
            "\"{words}\" không khớp với chỉ tiêu nào; khó khăn này được coi là khó khăn chung",
            "\"{words}\" matches no indicator; the difficulty counts as a general one"
        ),
    };
    context.problem(code, place, message).hint(Words::new(
        "ghi tên chỉ tiêu liên quan đúng như biểu mẫu, hoặc để trống",
        "write the name of the indicator as in the form, or leave the cell empty",
    ))
}
