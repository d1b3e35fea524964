//! Explains the origin of a figure: its operands, down to the cells, settings and rules.
//!
//! Input: a figure. Output: indented lines. Not here: where the report prints it.

use super::rows;
use super::rule_text::shown;
use crate::authoring::explain::origin::{cell, value};
use crate::authoring::page::Page;
use crate::pipeline::Run;
use std::sync::Arc;
use tonghop_core::diag::Words;
use tonghop_core::model::figure::{Correction, Figure, FigureRef, Op, Origin};
use tonghop_core::model::provenance::Source;
use tonghop_core::say;

/// The maximum number of operands or cells listed for one step.
const TOLD: usize = 40;
/// The maximum depth of a chain.
const DEEPEST: usize = 12;

/// Adds the origin of a figure at `depth`, below the line with its name.
pub(super) fn tell(page: &mut Page, depth: usize, figure: &Figure, run: &Run) {
    if let Some(correction) = &figure.correction {
        corrected(page, depth, correction, run);
    }
    match &figure.origin {
        Origin::Cell(source) => cell(page, depth, source, run),
        Origin::Counted(sources) => counted(page, depth, sources, run),
        Origin::Records(aggregate) => rows::tell(page, depth, aggregate, run),
        Origin::Setting(key) => {
            let words = run.config.setting(key).unwrap_or_default();
            page.line(
                depth,
                say!("thiết lập {key} trong tonghop.toml: \"{words}\"", "setting {key} of tonghop.toml: \"{words}\""),
            );
        }
        Origin::Rule(Some(rule)) => {
            page.line(
                depth,
                say!("số viết trong quy tắc {rule}", "a number written in rule {rule}", rule = shown(run, rule)),
            );
        }
        Origin::Rule(None) => page.line(depth, Words::new("số viết trong quy tắc", "a number written in a rule")),
        Origin::Nowhere => page.line(depth, Words::new("không biểu nào cho số này", "no workbook gives it")),
        Origin::Computed { op, operands, rule } => {
            page.line(depth, operation(*op));
            if let Some(rule) = rule {
                page.line(depth, say!("theo quy tắc {rule}", "by rule {rule}", rule = shown(run, rule)));
            }
            computed(page, depth, operands, run);
        }
    }
}

fn operation(op: Op) -> Words {
    let (vietnamese, english) = match op {
        Op::Add => ("cộng hai số:", "the sum of two:"),
        Op::Subtract => ("số trước trừ số sau:", "the first less the second:"),
        Op::Multiply => ("tích hai số:", "the product of two:"),
        Op::Divide => ("số trước chia số sau:", "the first by the second:"),
        Op::Negate => ("đổi dấu của:", "the negative of:"),
        Op::Sum => ("cộng các số:", "the sum of:"),
        Op::Largest => ("số lớn nhất trong các số:", "the largest of:"),
        Op::Smallest => ("số nhỏ nhất trong các số:", "the smallest of:"),
        Op::Count => ("đếm các số đã có trong:", "how many are known of:"),
        Op::Percent => ("số trước bằng bao nhiêu phần trăm số sau:", "the first in percent of the second:"),
        Op::Change => (
            "số trước tăng, giảm bao nhiêu phần trăm so với số sau:",
            "the change of the first on the second, in percent:",
        ),
        Op::Rescale => ("đổi đơn vị tính của:", "in another scale:"),
    };
    Words::new(vietnamese, english)
}

fn computed(page: &mut Page, depth: usize, operands: &[FigureRef], run: &Run) {
    for operand in operands.iter().take(TOLD) {
        named(page, depth + 1, operand);
        if depth < DEEPEST {
            tell(page, depth + 2, operand, run);
        }
    }
    rest(page, depth + 1, operands.len());
}

/// Adds a line with the name and the value of a figure.
pub(super) fn named(page: &mut Page, depth: usize, figure: &Figure) {
    let name = &figure.name;
    page.line(depth, say!("{name} = {value}", "{name} = {value}", value = value(figure)));
}

fn counted(page: &mut Page, depth: usize, sources: &[Arc<Source>], run: &Run) {
    let count = sources.len();
    page.line(depth, say!("đếm {count} ô:", "{cells} counted:", cells = tonghop_core::message::counted(count, "cell")));
    sources.iter().take(TOLD).for_each(|source| cell(page, depth + 1, source, run));
    rest(page, depth + 1, sources.len());
}

fn rest(page: &mut Page, depth: usize, all: usize) {
    if all > TOLD {
        page.line(depth, say!("… và {more} số khác", "… and {more} others", more = all - TOLD));
    }
}

fn corrected(page: &mut Page, depth: usize, correction: &Correction, run: &Run) {
    let (who, why) = (&correction.who.words, &correction.why.words);
    page.line(
        depth,
        say!("văn phòng điều chỉnh: {who}; lý do: {why}", "corrected by the office: {who}; because: {why}"),
    );
    if let Some(replaced) = &correction.replaced {
        page.line(depth, Words::new("thay cho:", "in the place of:"));
        named(page, depth + 1, replaced);
        tell(page, depth + 2, replaced, run);
    }
}
