//! Finds printed percentages and changes over rows of an open table of which some have only one of the two figures.
//!
//! Input: the passages of a sector. Output: a diagnostic for each rule line and pair of figures, with the number of such
//! rows. Not here: indicators, whose total is missing if a part is.

use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::message::Message;
use tonghop_core::model::document::{FigureSpan, Span};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::records::Aggregate;
use tonghop_core::model::sector::{Passage, PassageItem};
use tonghop_core::msg;

/// Reports the figures over rows that compare the sums of different rows, once for each line and pair of figures.
pub(super) fn partial_rows(passages: &[Passage], config: &Config) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut each = |printed: &FigureSpan| {
        let Some((left, right)) = compared(&printed.figure) else { return };
        let Some(rule) = &printed.rule else { return };
        if seen.insert((rule.clone(), left.selection.table.decl.name.clone(), printed.figure.name.measure.clone())) {
            found.extend(diagnostic(left, right, config).map(|(message, first)| {
                let hint = Message::new(
                    "điền số còn thiếu của các dòng này; không phát sinh thì ghi 0 hoặc \"-\"",
                    "enter the missing numbers of these rows, 0 or \"-\" if nothing happened",
                );
                Diagnostic::new(Code::RowsPartial, Place::Rule(rule.clone()), message).with_place(first).with_hint(hint)
            }));
        }
    };
    for item in passages.iter().flat_map(|passage| &passage.items) {
        match item {
            PassageItem::Paragraph(paragraph) => visit(&paragraph.spans, &mut each),
            PassageItem::Table(table) => table.rows.iter().flatten().for_each(|spans| visit(spans, &mut each)),
            PassageItem::Omitted(_) => {}
        }
    }
    found
}

fn visit(spans: &[Span], each: &mut impl FnMut(&FigureSpan)) {
    for span in spans {
        match span {
            Span::Figure(printed) => each(printed),
            Span::Note(note) => visit(note, each),
            _ => {}
        }
    }
}

/// Returns the sums over the same rows that a figure compares.
fn compared(figure: &Figure) -> Option<(&Arc<Aggregate>, &Arc<Aggregate>)> {
    let Origin::Computed { operands, .. } = &figure.origin else { return None };
    figure.name.measure.derivation()?;
    match operands.iter().map(|operand| &operand.origin).collect::<Vec<_>>().as_slice() {
        [Origin::Records(left), Origin::Records(right)] => Some((left, right)),
        _ => None,
    }
}

/// Returns what some rows lack, and the first of their cells; `None` if all rows have both figures or none.
fn diagnostic(left: &Aggregate, right: &Aggregate, config: &Config) -> Option<(Message, Place)> {
    let (rows, measures) = (&left.selection, (left.measure.as_ref()?, right.measure.as_ref()?));
    let table = &rows.table;
    let has = |row: usize, measure: &Measure| table.amount(row, measure) != Amount::Missing;
    let lacking = |present: &Measure, missing: &Measure| -> Vec<usize> {
        rows.rows().filter(|row| has(*row, present) && !has(*row, missing)).collect()
    };
    let pairs = [(measures.0, measures.1), (measures.1, measures.0)];
    let found: Vec<(Message, usize)> = pairs
        .into_iter()
        .filter_map(|(present, missing)| {
            let rows = lacking(present, missing);
            let first = *rows.first()?;
            let message = msg!(
                "{count} dòng có {present} mà chưa có {missing} (dòng đầu: \"{label}\")",
                "{count} with {present} but without {missing} (the first: \"{label}\")",
                count = rows.len(),
                present = config.measure_message(present),
                missing = config.measure_message(missing),
                label = table.label(first)
            );
            Some((message, first))
        })
        .collect();
    let first = found.first()?.1;
    let parts: Vec<Message> = found.into_iter().map(|(message, _)| message).collect();
    let message = msg!(
        "so sánh trên {all} dòng của bảng {table} gồm cả dòng thiếu số: {parts}",
        "the comparison over {all} rows of the table {table} includes rows that lack a number: {parts}",
        all = rows.len(),
        table = table.decl.name,
        parts = Message::join(&parts, "; ")
    );
    Some((message, Place::from_source(&table.label_cell(first).source)))
}
