//! Traces every number of a document to its origin.
//!
//! Input: a document. Output: its traces in reading order. Not here: judging them.

use super::records;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;
use tonghop_core::model::document::{Document, FigureSpan, Span};
use tonghop_core::model::figure::{Correction, Figure};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::SectionPath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::trace::{
    AggregateTrace, CorrectionTrace, FigureTrace, FixedTrace, LineKind, RuleTrace, SettingTrace, SourceTrace,
    TextTrace, Traces, UntracedNumber,
};

/// Traces every number of the document.
pub(super) fn trace_document(document: &Document) -> Traces {
    let mut tracer = Tracer::default();
    for line in document.lines() {
        tracer.spans(&line.spans, &line.section, line.kind);
    }
    tracer.traces
}

#[derive(Default)]
struct Tracer {
    traces: Traces,
    /// The number of times each figure has occurred in each section so far.
    occurrences: BTreeMap<String, usize>,
}

impl Tracer {
    fn spans(&mut self, spans: &[Span], section: &SectionPath, line_kind: LineKind) {
        for span in spans {
            match span {
                Span::Figure(figure) => self.figure(figure, section, line_kind),
                Span::Note(note) => self.spans(note, section, LineKind::Footnote),
                other => self.trace_text(other, section, line_kind),
            }
        }
    }

    fn figure(&mut self, span: &FigureSpan, section: &SectionPath, line_kind: LineKind) {
        let figure = &span.figure;
        let stem = format!("{}@{section}", figure.name);
        let count = self.occurrences.entry(stem.clone()).or_default();
        *count += 1;
        let id = format!("{stem}#{count}");
        let value = match figure.amount {
            Amount::Known(value) => value.to_f64(),
            Amount::NotApplicable | Amount::Missing => None,
        };
        let aggregates = self.aggregates(figure);
        self.traces.figures.push(FigureTrace {
            bookmark: bookmark_name(&id),
            id,
            text: span.text.clone(),
            value,
            unit: figure.unit.to_string(),
            section: section.clone(),
            place: line_kind,
            sources: figure.sources().iter().map(|s| SourceTrace::from(&**s)).collect(),
            aggregates,
            settings: figure.settings().iter().map(ToString::to_string).collect(),
            rule: rule_trace(span.rule.as_ref()),
            correction: figure.correction.as_deref().map(correction),
        });
    }

    /// Traces the rows that a figure counts or adds up, and each table that they belong to once.
    fn aggregates(&mut self, figure: &Figure) -> Vec<AggregateTrace> {
        let aggregates = figure.aggregates();
        for aggregate in &aggregates {
            let table = &aggregate.selection.table;
            if !self.traces.records.iter().any(|known| known.name == records::table_name(table)) {
                self.traces.records.push(records::records_trace(table));
            }
        }
        aggregates.iter().map(|aggregate| records::aggregate_trace(aggregate)).collect()
    }

    /// Traces text that contains digits; text without digits needs no trace.
    fn trace_text(&mut self, span: &Span, section: &SectionPath, line_kind: LineKind) {
        let runs = digit_runs(span.text());
        if runs.is_empty() {
            return;
        }
        let (text, section) = (span.text().to_owned(), section.clone());
        match span {
            Span::DepartmentText { cell, rule, .. } => {
                let (source, rule) = (SourceTrace::from(&*cell.source), rule_trace(rule.as_ref()));
                self.traces.texts.push(TextTrace { text, runs, section, place: line_kind, source, rule });
            }
            Span::Setting { key, .. } => {
                self.traces.settings.push(SettingTrace { text, runs, section, place: line_kind, key: key.clone() });
            }
            Span::Fixed { rule, .. } => {
                self.traces.fixed.push(FixedTrace {
                    text,
                    runs,
                    section,
                    place: line_kind,
                    rule: rule_trace(rule.as_ref()),
                });
            }
            Span::Literal(_) | Span::Figure(_) | Span::Note(_) | Span::Gap(_) => {
                self.traces.untraced.push(UntracedNumber { text, runs, section, place: line_kind });
            }
        }
    }
}

fn correction(correction: &Correction) -> CorrectionTrace {
    let replaced = correction.replaced.as_ref();
    CorrectionTrace {
        who: correction.who.text.to_string(),
        why: correction.why.text.to_string(),
        replaced: replaced.and_then(|f| f.amount.known()).and_then(|value| value.to_f64()),
        replaced_sources: replaced.iter().flat_map(|f| f.sources()).map(|s| SourceTrace::from(&*s)).collect(),
    }
}

fn rule_trace(rule: Option<&RuleLine>) -> Option<RuleTrace> {
    rule.map(RuleTrace::from)
}

/// Returns the runs of digits in a text.
fn digit_runs(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// Returns the name of a bookmark: letters, digits and `_`, at most 40 characters, stable across runs.
fn bookmark_name(id: &str) -> String {
    format!("f_{:.24}", ContentHash::compute(id.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_digits_are_untraced_and_others_need_no_trace() {
        let mut tracer = Tracer::default();
        let section = SectionPath::new("I");
        let spans = [
            Span::Literal("đạt 5 vụ và 1.234,5 ha".into()),
            Span::Literal("không có số".into()),
            Span::Fixed { text: "Nghị quyết 01/NQ-CP".into(), rule: None },
        ];
        tracer.spans(&spans, &section, LineKind::Text);
        assert_eq!(tracer.traces.untraced.len(), 1);
        assert_eq!(tracer.traces.untraced[0].runs, ["5", "1", "234", "5"]);
        assert_eq!(tracer.traces.fixed[0].runs, ["01"]);
    }

    #[test]
    fn bookmarks_fit_a_word_processor() {
        let name = bookmark_name("budget.rev_total.attainment.council@II.I.1.d#1");
        assert!(name.len() <= 40 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{name}");
    }
}
