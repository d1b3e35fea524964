//! Sample documents that no project produces: empty, huge, hostile.
//!
//! Input: texts. Output: documents with their traces.

use std::sync::Arc;
use tonghop_core::model::document::{
    Block, Document, DocumentTable, FigureSpan, Heading, Letterhead, Paragraph, ParagraphStyle, SignatureBlock, Span,
};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::id::{IndicatorId, SectionPath, SectorId};
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::trace::{FigureTrace, LineKind, Traces};

/// Returns an empty report.
pub fn empty_report() -> Document {
    Document {
        letterhead: Letterhead::default(),
        kind: Vec::new(),
        subject: Vec::new(),
        blocks: Vec::new(),
        closing: None,
        appendices: Vec::new(),
        signature: SignatureBlock::default(),
    }
}

/// Returns a report with `words` in every place, and a figure in the text, in a footnote, and in a table's footnote.
pub fn report_with_text(words: &str) -> (Document, Traces) {
    let section = SectionPath::new("I.II.3.a.5");
    let spans = || vec![Span::Literal(words.to_owned())];
    let note = |spans: Vec<Span>| Span::Note(spans);
    let paragraph = |style, spans| Block::Paragraph { section: section.clone(), paragraph: Paragraph { style, spans } };
    let inner = note(spans());
    let table = DocumentTable {
        title: spans(),
        columns: vec![words.to_owned(), words.to_owned()],
        rows: vec![vec![spans(), vec![note(vec![figure("3")])]], vec![spans(), spans(), spans()], Vec::new()],
        is_appendix: false,
    };
    let document = Document {
        letterhead: Letterhead { superior: spans(), issuer: spans(), number: spans(), place_and_date: spans() },
        kind: spans(),
        subject: spans(),
        blocks: vec![
            Block::Heading(Heading { section: section.clone(), number: "5.".into(), title: spans() }),
            paragraph(ParagraphStyle::Body, vec![figure("1"), note(vec![figure("2"), inner])]),
            paragraph(ParagraphStyle::Item, spans()),
            Block::Table { section: section.clone(), table: table.clone() },
            Block::Table {
                section: section.clone(),
                table: DocumentTable { columns: Vec::new(), rows: Vec::new(), ..table },
            },
        ],
        closing: Some(Paragraph { style: ParagraphStyle::Body, spans: spans() }),
        appendices: Vec::new(),
        signature: SignatureBlock { recipients: vec![spans()], authority: vec![spans()], name: spans() },
    };
    let places = [LineKind::Text, LineKind::Footnote, LineKind::Footnote];
    let figures = (1..).zip(places).map(|(at, place)| trace(at, &at.to_string(), place)).collect();
    (document, Traces { figures, ..Traces::default() })
}

/// Returns a report of many paragraphs, each with a figure and a footnote.
pub fn long_report(paragraphs: usize) -> (Document, Traces) {
    let mut document = empty_report();
    let mut traces = Traces::default();
    for at in 0..paragraphs {
        let note = Span::Note(vec![Span::Literal("xem bảng".to_owned())]);
        let spans = vec![Span::Literal("đạt ".to_owned()), figure(&at.to_string()), note];
        let paragraph = Paragraph { style: ParagraphStyle::Body, spans };
        document.blocks.push(Block::Paragraph { section: SectionPath::new("I"), paragraph });
        traces.figures.push(trace(at, &at.to_string(), LineKind::Text));
    }
    (document, traces)
}

fn figure(words: &str) -> Span {
    let name = FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure: Measure::Actual };
    let figure = Arc::new(Figure::missing(name, Unit::none()));
    Span::Figure(FigureSpan { text: words.to_owned(), figure, rule: None })
}

fn trace(at: usize, text: &str, place: LineKind) -> FigureTrace {
    FigureTrace {
        id: format!("s.i.actual@I#{at}"),
        text: text.to_owned(),
        value: None,
        unit: String::new(),
        section: SectionPath::new("I"),
        place,
        bookmark: format!("f_{at}"),
        aggregates: Vec::new(),
        sources: Vec::new(),
        settings: Vec::new(),
        rule: None,
        correction: None,
    }
}
