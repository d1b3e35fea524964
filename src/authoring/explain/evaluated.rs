//! Explains the values of an expression: figures and indicators as by their names, other values in one line.
//!
//! Input: what an expression gave. Output: a page. Not here: the evaluation.

use super::printed::PrintedFigures;
use super::{figure_origin, indicator};
use crate::authoring::text_page::TextPage;
use crate::pipeline::{EvaluatedValue, Evaluation, Run};
use tonghop_core::diag::Message;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::measure::Measure;
use tonghop_core::msg;
use tonghop_core::vi::format::figure_message;

/// Returns a page with the values of an expression.
pub fn evaluation(evaluation: &Evaluation, run: &Run) -> TextPage {
    let printed = PrintedFigures::new(run);
    let mut page = TextPage::default();
    let is_shown = |value: &&EvaluatedValue| evaluation.printed.is_empty() || !is_nothing(value);
    for value in evaluation.values.iter().filter(is_shown) {
        page.push_gap();
        match value {
            EvaluatedValue::Figure(figure) => {
                push_value(&mut page, figure, &evaluation.expression);
                page.push_line(1, Message::new("nguồn gốc:", "where it comes from:"));
                figure_origin::push_origin(&mut page, 2, figure, run);
            }
            EvaluatedValue::Indicator(sector, id) => {
                let found = indicator::explain(&format!("{sector}.{id}"), run, &printed);
                page.append(found.unwrap_or_default());
            }
            EvaluatedValue::Nothing => page.push_line(0, Message::new("không có (nil)", "nothing (nil)")),
            EvaluatedValue::Other(words) => page.push_line(0, words.clone()),
        }
    }
    page
}

/// Adds the value of a figure, under its name or, if the expression computed it, under the expression.
fn push_value(page: &mut TextPage, figure: &Figure, expression: &str) {
    match figure.name.measure {
        Measure::Computed => {
            let value = figure_message(figure);
            page.push_line(0, msg!("{expression} = {value}", "{expression} = {value}", value = value));
        }
        _ => figure_origin::push_figure(page, 0, figure),
    }
}

/// Explains a name as rules write it, such as `markets.fees.attainment` or `d.fees.plan`; `None` if rules could not.
pub(super) fn explain_name(what: &str, run: &Run) -> Option<TextPage> {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if !what.contains('.') || !what.split('.').all(is_name) {
        return None;
    }
    let evaluated = |name: &str| run.evaluate(None, name).ok()?.ok();
    // A plan may be named without the word before it: `fees.plan` for `fees.target.plan`.
    let of_target = || {
        let (indicator, target) = what.rsplit_once('.')?;
        run.config.target(target)?;
        evaluated(&format!("{indicator}.target.{target}"))
    };
    let found = evaluated(what).or_else(of_target)?;
    (!found.values.is_empty() && !found.values.iter().any(is_nothing)).then(|| evaluation(&found, run))
}

fn is_nothing(value: &EvaluatedValue) -> bool {
    matches!(value, EvaluatedValue::Nothing)
}
