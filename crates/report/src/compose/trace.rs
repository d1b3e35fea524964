//! Traces every number of a document to its origin.
//!
//! Input: a document. Output: its traces in reading order. Not here: judging them.

use super::records;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;
use tonghop_core::model::document::{Document, FigureSpan, Span};
use tonghop_core::model::figure::{Correction, Figure};
use tonghop_core::model::hash::Hash;
use tonghop_core::model::id::SectionPath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::trace::{
    AggregateTrace, CorrectionTrace, FigureTrace, FixedTrace, PlaceKind, RuleTrace, SettingTrace, SourceTrace,
    TextTrace, Traces, Untraced,
};

/// Traces every number of the document.
pub(super) fn traces(document: &Document) -> Traces {
    let mut tracer = Tracer::default();
    for line in document.lines() {
        tracer.spans(&line.spans, &line.section, line.place);
    }
    tracer.traces
}

#[derive(Default)]
struct Tracer {
    traces: Traces,
    /// The number of times each figure has occurred in each section so far.
    seen: BTreeMap<String, usize>,
}

impl Tracer {
    fn spans(&mut self, spans: &[Span], section: &SectionPath, place: PlaceKind) {
        for span in spans {
            match span {
                Span::Figure(figure) => self.figure(figure, section, place),
                Span::Note(note) => self.spans(note, section, PlaceKind::Footnote),
                other => self.words(other, section, place),
            }
        }
    }

    fn figure(&mut self, span: &FigureSpan, section: &SectionPath, place: PlaceKind) {
        let figure = &span.figure;
        let stem = format!("{}@{section}", figure.name);
        let count = self.seen.entry(stem.clone()).or_default();
        *count += 1;
        let id = format!("{stem}#{count}");
        let value = match figure.amount {
            Amount::Known(value) => value.to_f64(),
            Amount::NotApplicable | Amount::Missing => None,
        };
        let aggregates = self.aggregates(figure);
        self.traces.figures.push(FigureTrace {
            bookmark: bookmark(&id),
            id,
            text: span.words.clone(),
            value,
            unit: figure.unit.to_string(),
            section: section.clone(),
            place,
            sources: figure.sources().iter().map(|s| SourceTrace::from(&**s)).collect(),
            aggregates,
            settings: figure.settings().iter().map(ToString::to_string).collect(),
            rule: line(span.rule.as_ref()),
            correction: figure.correction.as_deref().map(correction),
        });
    }

    /// Traces the rows that a figure counts or adds up, and each table that they belong to once.
    fn aggregates(&mut self, figure: &Figure) -> Vec<AggregateTrace> {
        let aggregates = figure.aggregates();
        for aggregate in &aggregates {
            let table = &aggregate.selection.table;
            if !self.traces.records.iter().any(|known| known.name == records::name(table)) {
                self.traces.records.push(records::table(table));
            }
        }
        aggregates.iter().map(|aggregate| records::aggregate(aggregate)).collect()
    }

    /// Traces text that contains digits; text without digits needs no trace.
    fn words(&mut self, span: &Span, section: &SectionPath, place: PlaceKind) {
        let runs = runs(span.words());
        if runs.is_empty() {
            return;
        }
        let (text, section) = (span.words().to_owned(), section.clone());
        match span {
            Span::Text { cell, rule, .. } => {
                let (source, rule) = (SourceTrace::from(&*cell.source), line(rule.as_ref()));
                self.traces.texts.push(TextTrace { text, runs, section, place, source, rule });
            }
            Span::Setting { key, .. } => {
                self.traces.settings.push(SettingTrace { text, runs, section, place, key: key.clone() });
            }
            Span::Fixed { rule, .. } => {
                self.traces.fixed.push(FixedTrace { text, runs, section, place, rule: line(rule.as_ref()) });
            }
            Span::Words(_) | Span::Figure(_) | Span::Note(_) => {
                self.traces.untraced.push(Untraced { text, runs, section, place });
            }
        }
    }
}

fn correction(correction: &Correction) -> CorrectionTrace {
    let replaced = correction.replaced.as_ref();
    CorrectionTrace {
        who: correction.who.words.to_string(),
        why: correction.why.words.to_string(),
        replaced: replaced.and_then(|f| f.amount.known()).and_then(|value| value.to_f64()),
        replaced_sources: replaced.iter().flat_map(|f| f.sources()).map(|s| SourceTrace::from(&*s)).collect(),
    }
}

fn line(rule: Option<&RuleLine>) -> Option<RuleTrace> {
    rule.map(RuleTrace::from)
}

/// Returns the runs of digits in a text.
fn runs(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// Returns the name of a bookmark: letters, digits and `_`, at most 40 characters, stable across runs.
fn bookmark(id: &str) -> String {
    format!("f_{:.24}", Hash::of(id.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_digits_are_untraced_and_others_need_no_trace() {
        let mut tracer = Tracer::default();
        let section = SectionPath::new("I");
        let spans = [
            Span::Words("đạt 5 vụ và 1.234,5 ha".into()),
            Span::Words("không có số".into()),
            Span::Fixed { words: "Nghị quyết 01/NQ-CP".into(), rule: None },
        ];
        tracer.spans(&spans, &section, PlaceKind::Text);
        assert_eq!(tracer.traces.untraced.len(), 1);
        assert_eq!(tracer.traces.untraced[0].runs, ["5", "1", "234", "5"]);
        assert_eq!(tracer.traces.fixed[0].runs, ["01"]);
    }

    #[test]
    fn bookmarks_fit_a_word_processor() {
        let name = bookmark("budget.rev_total.attainment.council@II.I.1.d#1");
        assert!(name.len() <= 40 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{name}");
    }
}
