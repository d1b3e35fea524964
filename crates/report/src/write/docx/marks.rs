//! Counts what is numbered through the whole document: notes with their marks, bookmarks of figures, comments.
//!
//! Input: figures and notes in the order of the traces. Output: marks in the text and the part `footnotes.xml`. Not
//! here: the note numbers that readers see, which Word computes.

use super::bookmark::source_row_bookmark;
use super::comments::{self, Comments};
use super::part::NAMESPACES;
use super::styles::{NOTE, NOTE_MARK};
use super::text::{link, paragraph, text_run};
use super::xml::XmlFragment;
use crate::gaps::is_gap_place;
use std::slice::Iter;
use tonghop_core::model::document::Span;
use tonghop_core::model::trace::{FigureTrace, Traces};

/// The counters of a document while it is written.
pub(super) struct DocumentMarks<'a> {
    figures: Iter<'a, FigureTrace>,
    /// Whether figures link to their rows in the appendix of sources.
    has_source_links: bool,
    bookmarks: u32,
    notes: u32,
    bodies: XmlFragment,
    is_in_note: bool,
    /// The comments of a working copy.
    comments: Option<Comments<'a>>,
    /// The comments on places inside the current note.
    waiting_comments: Vec<usize>,
}

impl<'a> DocumentMarks<'a> {
    /// Starts counting; bookmarks take their names from the traces, comments their texts from the gaps, in order.
    pub(super) fn new(traces: &'a Traces, linked: bool, comments: Option<Comments<'a>>) -> Self {
        Self {
            figures: traces.figures.iter(),
            has_source_links: linked,
            bookmarks: 0,
            notes: 0,
            bodies: XmlFragment::default(),
            is_in_note: false,
            comments,
            waiting_comments: Vec::new(),
        }
    }

    /// Returns whether the document gets comments.
    pub(super) fn has_comments(&self) -> bool {
        self.comments.is_some()
    }

    /// Writes content with the comment on its place; in a note, the comment follows the mark of the note, because Word
    /// has no comments in notes.
    fn with_comment(&mut self, xml: &mut XmlFragment, content: impl FnOnce(&mut Self, &mut XmlFragment)) {
        let id = self.comments.as_mut().and_then(Comments::begin);
        let here = id.filter(|_| !self.is_in_note);
        here.iter().for_each(|id| comments::start(xml, *id));
        content(self, xml);
        here.iter().for_each(|id| comments::end(xml, *id));
        if self.is_in_note {
            self.waiting_comments.extend(id);
        }
    }

    /// Encloses the next figure in its bookmark; a figure without a trace gets none, which the check will find.
    pub(super) fn with_figure_bookmark(&mut self, xml: &mut XmlFragment, content: impl FnOnce(&mut XmlFragment)) {
        let Some(figure) = self.figures.next() else { return content(xml) };
        let row = self.has_source_links.then(|| source_row_bookmark(figure));
        self.with_bookmark(xml, &figure.bookmark, |xml| match row {
            Some(row) => link(xml, &row, content),
            None => content(xml),
        });
    }

    /// Encloses content in a bookmark that a link may lead to.
    pub(super) fn with_bookmark(&mut self, xml: &mut XmlFragment, name: &str, content: impl FnOnce(&mut XmlFragment)) {
        let id = self.bookmarks;
        self.bookmarks += 1;
        xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
        content(xml);
        xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    /// Writes the mark of a note here and its text to the notes; a note inside a note is written in brackets, since
    /// Word does not support nested notes.
    pub(super) fn note(&mut self, xml: &mut XmlFragment, note: &[Span]) {
        if self.is_in_note {
            text_run(xml, " (");
            spans(xml, self, note);
            return text_run(xml, ")");
        }
        self.notes += 1;
        let id = self.notes;
        mark(xml, |xml| xml.empty("w:footnoteReference", &[("w:id", &id)]));
        let mut body = XmlFragment::default();
        self.is_in_note = true;
        body.element("w:footnote", &[("w:id", &id)], |xml| {
            paragraph(xml, &NOTE, |xml| {
                mark(xml, |xml| xml.empty("w:footnoteRef", &[]));
                text_run(xml, " ");
                spans(xml, self, note);
            });
        });
        self.is_in_note = false;
        self.bodies.append(&body);
        for id in std::mem::take(&mut self.waiting_comments) {
            comments::start(xml, id);
            comments::end(xml, id);
        }
    }

    /// Finishes counting and returns the parts `footnotes.xml` and, for a working copy, `comments.xml`.
    pub(super) fn into_parts(mut self) -> (Vec<u8>, Option<Vec<u8>>) {
        let comments = self.comments.take().map(Comments::into_part);
        (self.into_notes_part(), comments)
    }

    fn into_notes_part(self) -> Vec<u8> {
        let mut xml = XmlFragment::default();
        xml.element("w:footnotes", NAMESPACES, |xml| {
            for (kind, id) in SEPARATORS {
                xml.element("w:footnote", &[("w:type", &kind), ("w:id", &id)], |xml| {
                    paragraph(xml, &NOTE, |xml| {
                        xml.element("w:r", &[], |xml| xml.empty(&format!("w:{kind}"), &[]));
                    });
                });
            }
            xml.append(&self.bodies);
        });
        xml.into_part()
    }
}

/// The lines between text and notes, which Word stores as notes.
pub(super) const SEPARATORS: [(&str, i32); 2] = [("separator", -1), ("continuationSeparator", 0)];

fn mark(xml: &mut XmlFragment, content: impl FnOnce(&mut XmlFragment)) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:rPr", &[], |xml| xml.value("w:rStyle", &NOTE_MARK));
        content(xml);
    });
}

/// Writes spans with the mark of each note in its place.
pub(super) fn spans(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, spans: &[Span]) {
    for span in spans {
        if is_gap_place(span) {
            marks.with_comment(xml, |marks, xml| write_span(xml, marks, span));
        } else {
            write_span(xml, marks, span);
        }
    }
}

fn write_span(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, span: &Span) {
    match span {
        Span::Figure(figure) => marks.with_figure_bookmark(xml, |xml| text_run(xml, &figure.text)),
        Span::Note(note) => marks.note(xml, note),
        other => text_run(xml, other.text()),
    }
}
