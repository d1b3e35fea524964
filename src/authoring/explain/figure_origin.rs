//! Explains the origin of a figure: its operands, down to the cells, settings and rules.
//!
//! Input: a figure. Output: indented lines. Not here: where the report prints it.

use super::aggregate;
use super::rule_text::format_line;
use crate::authoring::explain::source_cell::{push_cell, value_message};
use crate::authoring::text_page::TextPage;
use crate::pipeline::Run;
use std::sync::Arc;
use tonghop_core::diag::Message;
use tonghop_core::model::figure::{Correction, Figure, FigureRef, Op, Origin};
use tonghop_core::model::provenance::Source;
use tonghop_core::msg;

/// The maximum number of operands or cells listed for one step.
const MAX_ITEMS: usize = 40;
/// The maximum depth of a chain.
const MAX_DEPTH: usize = 12;

/// Adds the origin of a figure at `depth`, below the line with its name.
pub(super) fn push_origin(page: &mut TextPage, depth: usize, figure: &Figure, run: &Run) {
    if let Some(correction) = &figure.correction {
        push_correction(page, depth, correction, run);
    }
    match &figure.origin {
        Origin::Cell(source) => push_cell(page, depth, source, run),
        Origin::Counted(sources) => push_counted(page, depth, sources, run),
        Origin::Records(aggregate) => aggregate::push_aggregate(page, depth, aggregate, run),
        Origin::Setting(key) => {
            let words = run.config.setting(key).unwrap_or_default();
            page.push_line(
                depth,
                msg!("thiết lập {key} trong tonghop.toml: \"{words}\"", "setting {key} of tonghop.toml: \"{words}\""),
            );
        }
        Origin::Rule(Some(rule)) => {
            page.push_line(
                depth,
                msg!("số viết trong quy tắc {rule}", "a number written in rule {rule}", rule = format_line(run, rule)),
            );
        }
        Origin::Rule(None) => {
            page.push_line(depth, Message::new("số viết trong quy tắc", "a number written in a rule"))
        }
        Origin::Lost(Some(rule)) => page.push_line(
            depth,
            msg!("quy tắc đang lỗi: {rule}", "the rule fails: {rule}", rule = format_line(run, rule)),
        ),
        Origin::Lost(None) => page.push_line(depth, Message::new("chưa có quy tắc cho số này", "no rule declares it")),
        Origin::Missing => page.push_line(depth, Message::new("không biểu nào cho số này", "no workbook gives it")),
        Origin::Computed { op, operands, rule } => {
            page.push_line(depth, operation_message(*op));
            // An expression of the user has no line.
            if let Some(rule) = rule.as_ref().filter(|rule| run.scripts.iter().any(|script| script.file == rule.file)) {
                page.push_line(depth, msg!("theo quy tắc {rule}", "by rule {rule}", rule = format_line(run, rule)));
            }
            push_operands(page, depth, operands, run);
        }
    }
}

fn operation_message(op: Op) -> Message {
    let (vietnamese, english) = match op {
        Op::Add => ("cộng hai số:", "the sum of two:"),
        Op::Subtract => ("số trước trừ số sau:", "the first minus the second:"),
        Op::Multiply => ("tích hai số:", "the product of two:"),
        Op::Divide => ("số trước chia số sau:", "the first divided by the second:"),
        Op::Negate => ("đổi dấu của:", "the negative of:"),
        Op::Sum => ("cộng các số:", "the sum of:"),
        Op::Largest => ("số lớn nhất trong các số:", "the largest of:"),
        Op::Smallest => ("số nhỏ nhất trong các số:", "the smallest of:"),
        Op::Count => ("đếm các số đã có trong:", "the number of known values among:"),
        Op::Percent => ("số trước bằng bao nhiêu phần trăm số sau:", "the first as a percentage of the second:"),
        Op::Change => (
            "số trước tăng, giảm bao nhiêu phần trăm so với số sau:",
            "the change of the first from the second, in percent:",
        ),
        Op::Rescale => ("đổi đơn vị tính của:", "converted to another unit:"),
    };
    Message::new(vietnamese, english)
}

fn push_operands(page: &mut TextPage, depth: usize, operands: &[FigureRef], run: &Run) {
    for operand in operands.iter().take(MAX_ITEMS) {
        push_figure(page, depth + 1, operand);
        if depth < MAX_DEPTH {
            push_origin(page, depth + 2, operand, run);
        }
    }
    push_rest(page, depth + 1, operands.len());
}

/// Adds a line with the name and the value of a figure.
pub(super) fn push_figure(page: &mut TextPage, depth: usize, figure: &Figure) {
    let name = &figure.name;
    page.push_line(depth, msg!("{name} = {value}", "{name} = {value}", value = value_message(figure)));
}

fn push_counted(page: &mut TextPage, depth: usize, sources: &[Arc<Source>], run: &Run) {
    let count = sources.len();
    page.push_line(
        depth,
        msg!("đếm {count} ô:", "{cells} counted:", cells = tonghop_core::message::pluralise(count, "cell")),
    );
    sources.iter().take(MAX_ITEMS).for_each(|source| push_cell(page, depth + 1, source, run));
    push_rest(page, depth + 1, sources.len());
}

fn push_rest(page: &mut TextPage, depth: usize, all: usize) {
    if all > MAX_ITEMS {
        page.push_line(depth, msg!("… và {more} số khác", "… and {more} others", more = all - MAX_ITEMS));
    }
}

fn push_correction(page: &mut TextPage, depth: usize, correction: &Correction, run: &Run) {
    let (who, why) = (&correction.who.text, &correction.why.text);
    page.push_line(
        depth,
        msg!("văn phòng điều chỉnh: {who}; lý do: {why}", "corrected by the office: {who}; reason: {why}"),
    );
    if let Some(replaced) = &correction.replaced {
        page.push_line(depth, Message::new("thay cho:", "instead of:"));
        push_figure(page, depth + 1, replaced);
        push_origin(page, depth + 2, replaced, run);
    }
}
