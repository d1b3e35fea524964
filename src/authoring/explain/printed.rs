//! Collects every figure that the report prints, with its sentence.
//!
//! Input: a run. Output: the occurrences in reading order.

use crate::pipeline::Run;
use tonghop_core::model::document::{Span, plain_text};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::SectionPath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::trace::LineKind;

/// The figures that the report prints.
pub(super) struct PrintedFigures {
    pub occurrences: Vec<Occurrence>,
}

/// One place where the report prints a figure.
pub(super) struct Occurrence {
    /// Its id in `traces.json`.
    pub id: String,
    pub figure: FigureRef,
    pub words: String,
    pub section: SectionPath,
    pub place: LineKind,
    pub sentence: String,
    pub rule: Option<RuleLine>,
}

impl Occurrence {
    /// Returns the id with the printed text.
    pub(super) fn title(&self) -> String {
        format!("{}: \"{}\"", self.id, self.words)
    }
}

impl PrintedFigures {
    /// Collects the occurrences of a run.
    pub(super) fn new(run: &Run) -> Self {
        let mut occurrences = Vec::new();
        for line in run.document.lines() {
            collect_occurrences(&line.spans, &line.section, line.kind, &mut occurrences);
        }
        // The traces are built from the same lines in the same order.
        for (occurrence, trace) in occurrences.iter_mut().zip(&run.traces.figures) {
            occurrence.id.clone_from(&trace.id);
        }
        Self { occurrences }
    }
}

fn collect_occurrences(spans: &[Span], section: &SectionPath, line_kind: LineKind, found: &mut Vec<Occurrence>) {
    let text = plain_text(spans);
    let mut at = 0;
    for span in spans {
        let end = at + span.text().len();
        match span {
            Span::Figure(figure) => found.push(Occurrence {
                id: String::new(),
                figure: FigureRef::clone(&figure.figure),
                words: figure.text.clone(),
                section: section.clone(),
                place: line_kind,
                sentence: enclosing_sentence(&text, at, end).to_owned(),
                rule: figure.rule.clone(),
            }),
            Span::Note(note) => collect_occurrences(note, section, LineKind::Footnote, found),
            _ => {}
        }
        at = end;
    }
}

/// Returns the sentence around a range of a text.
fn enclosing_sentence(text: &str, start: usize, end: usize) -> &str {
    const END: &str = ". ";
    let from = text[..start].rfind(END).map_or(0, |at| at + END.len());
    let to = text[end..].find(END).map_or(text.len(), |at| end + at + 1);
    text[from..to].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_a_full_stop_and_not_inside_a_number() {
        let text = "Câu một. Đạt 3.314 tỷ đồng, tăng 11%. Câu ba.";
        let at = text.find("3.314").unwrap();
        assert_eq!(enclosing_sentence(text, at, at + 5), "Đạt 3.314 tỷ đồng, tăng 11%.");
        assert_eq!(enclosing_sentence(text, 0, 3), "Câu một.");
        assert_eq!(enclosing_sentence(text, text.len(), text.len()), "Câu ba.");
    }
}
