//! The report as a document: headings and paragraphs of spans that know the source of their text.
//!
//! Input: spans made by the rules. Output: one document for all writers. Not here: file formats.

use super::figure::FigureRef;
use super::gap::Gap;
use super::id::SectionPath;
use super::provenance::{RuleLine, TextCell};
use super::trace::LineKind;
use std::borrow::Cow;
use std::sync::Arc;

/// A document, independent of the output format.
#[derive(Clone, Debug)]
pub struct Document {
    /// The block above the title.
    pub letterhead: Letterhead,
    /// The kind of document: BÁO CÁO.
    pub kind: Vec<Span>,
    /// The subject (trích yếu).
    pub subject: Vec<Span>,
    /// The text from its first heading on, in reading order; without the closing and the appendices.
    pub blocks: Vec<Block>,
    /// The closing sentence, outside all sections.
    pub closing: Option<Paragraph>,
    /// Tables after the text, each on separate pages, numbered in this order.
    pub appendices: Vec<(SectionPath, DocumentTable)>,
    /// The recipients and the signer.
    pub signature: SignatureBlock,
}

/// Spans printed together (a paragraph, a heading, a table cell), with their position.
pub struct DocumentLine<'d> {
    /// The enclosing heading; `title`, `closing`, `corrections` or `signature` outside headings.
    pub section: SectionPath,
    /// The kind of line; a note inside it is a separate line.
    pub kind: LineKind,
    /// In reading order, a note at the position of its mark.
    pub spans: Cow<'d, [Span]>,
}

impl Document {
    /// Returns all lines in reading order, except that appendices precede the signature; notes are inside their lines.
    pub fn lines(&self) -> Vec<DocumentLine<'_>> {
        let mut lines = Vec::new();
        let head = &self.letterhead;
        let title = [&head.superior, &head.issuer, &head.number, &head.place_and_date, &self.kind, &self.subject];
        lines.extend(title.map(|spans| DocumentLine::new(&SectionPath::new("title"), LineKind::Heading, spans)));
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => {
                    lines.push(DocumentLine::new(&heading.section, LineKind::Heading, &heading.title))
                }
                Block::Paragraph { section, paragraph } => {
                    lines.push(DocumentLine::new(section, LineKind::Text, &paragraph.spans));
                }
                Block::Table { section, table } => table.push_lines(section, &mut lines),
                Block::Omitted { section, gaps } => lines.push(DocumentLine::new(section, LineKind::Text, gaps)),
            }
        }
        let closing = self.closing.iter().map(|closing| &closing.spans);
        lines.extend(closing.map(|spans| DocumentLine::new(&SectionPath::new("closing"), LineKind::Text, spans)));
        self.appendices.iter().for_each(|(section, table)| table.push_lines(section, &mut lines));
        let signature = &self.signature;
        let signature_lines = signature.recipients.iter().chain(&signature.authority).chain([&signature.name]);
        lines.extend(
            signature_lines.map(|spans| DocumentLine::new(&SectionPath::new("signature"), LineKind::Text, spans)),
        );
        lines
    }
}

impl<'d> DocumentLine<'d> {
    fn new(section: &SectionPath, kind: LineKind, spans: &'d [Span]) -> Self {
        Self { section: section.clone(), kind, spans: Cow::Borrowed(spans) }
    }
}

impl DocumentTable {
    fn push_lines<'d>(&'d self, section: &SectionPath, lines: &mut Vec<DocumentLine<'d>>) {
        lines.push(DocumentLine::new(section, LineKind::Heading, &self.title));
        lines.extend(self.columns.iter().map(|column| DocumentLine {
            section: section.clone(),
            kind: LineKind::Table,
            spans: Cow::Owned(vec![Span::Literal(column.clone())]),
        }));
        lines.extend(self.rows.iter().flatten().map(|cell| DocumentLine::new(section, LineKind::Table, cell)));
    }
}

/// The block above the title: issuer, number, place and date.
#[derive(Clone, Debug, Default)]
pub struct Letterhead {
    /// The agency above the issuer; empty if not in the settings.
    pub superior: Vec<Span>,
    /// The reporting agency.
    pub issuer: Vec<Span>,
    /// Number and symbol; the number stays open until it is set: `Số: …/BC-UBND`.
    pub number: Vec<Span>,
    /// Place and date; the date stays open until it is set.
    pub place_and_date: Vec<Span>,
}

/// The block below the text: recipients, authority, name.
#[derive(Clone, Debug, Default)]
pub struct SignatureBlock {
    /// The lines of "Nơi nhận".
    pub recipients: Vec<Vec<Span>>,
    /// The lines of authority and position: `TM. ỦY BAN NHÂN DÂN`.
    pub authority: Vec<Vec<Span>>,
    /// The signer; empty until the report is signed.
    pub name: Vec<Span>,
}

/// A table produced by a rule.
#[derive(Clone, Debug)]
pub struct DocumentTable {
    /// Empty if the rule gives no title.
    pub title: Vec<Span>,
    /// The column titles, from left to right; they contain no digits.
    pub columns: Vec<String>,
    /// One cell per column.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// Whether the table is printed after the text, on separate pages.
    pub is_appendix: bool,
}

/// A block of the document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading; present only if there is content below it.
    Heading(Heading),
    /// A paragraph, or a line of a list.
    Paragraph {
        /// The path of the enclosing heading.
        section: SectionPath,
        /// What is printed.
        paragraph: Paragraph,
    },
    /// A table in the text; appendices are not blocks.
    Table {
        /// The path of the enclosing heading.
        section: SectionPath,
        /// The table, with its title above it.
        table: DocumentTable,
    },
    /// A paragraph of which nothing is left; it is not printed.
    Omitted {
        /// The path of the enclosing heading.
        section: SectionPath,
        /// What fell away: only gaps.
        gaps: Vec<Span>,
    },
}

/// A heading of the outline.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The path in the outline.
    pub section: SectionPath,
    /// The number as printed before the title: `Phần I`, `I.`, `1.`, `a)`.
    pub number: String,
    /// The title without the number; settings in it are separate spans.
    pub title: Vec<Span>,
}

/// The style of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphStyle {
    /// Running text.
    Body,
    /// A line of a list, printed with "- " before it.
    Item,
}

/// A paragraph; its spans know the rule lines that printed them.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Running text, or a line of a list.
    pub style: ParagraphStyle,
    /// The text in order.
    pub spans: Vec<Span>,
}

/// A text with its source.
#[derive(Clone, Debug)]
pub enum Span {
    /// Literal text of a rule; a digit here is a number without a source.
    Literal(String),
    /// A figure with its unit, or the text that replaces it.
    Figure(FigureSpan),
    /// Text of a department: a whole cell or a part of it.
    DepartmentText {
        /// As printed: the whole text, or without final punctuation if the sentence continues.
        text: String,
        /// The cell with its complete text.
        cell: TextCell,
        /// The rule line that printed the text; `None` in the list of corrections.
        rule: Option<RuleLine>,
    },
    /// A key of `tonghop.toml`.
    Setting {
        /// As printed: the setting, or a part of it.
        text: String,
        /// The dotted key, such as `period.year`; for a heading title, `outline.` and the path of the heading.
        key: String,
    },
    /// Fixed text of a template (`{=…}`): numbers of laws, names of plans.
    Fixed {
        /// The text as printed.
        text: String,
        /// The rule line that printed the text; `None` in the list of corrections.
        rule: Option<RuleLine>,
    },
    /// A note; its mark is printed here.
    Note(Vec<Span>),
    /// A place where something fell away; prints nothing.
    Gap(Arc<Gap>),
}

/// A figure at one place of the document.
#[derive(Clone, Debug)]
pub struct FigureSpan {
    /// As printed: `3.314 tỷ đồng`, `tăng 11%`, `chưa được giải ngân`.
    pub text: String,
    /// The figure with its origin; a figure computed by a rule has the name used in the template.
    pub figure: FigureRef,
    /// The rule line that printed the figure; `None` in the list of corrections.
    pub rule: Option<RuleLine>,
}

impl Span {
    /// Returns whether the span prints anything, if only the mark of a note.
    pub fn is_printed(&self) -> bool {
        !matches!(self, Self::Gap(_))
    }

    /// Returns the text printed in the line; a note only prints its mark and has no text here.
    pub fn text(&self) -> &str {
        match self {
            Self::Literal(words)
            | Self::DepartmentText { text: words, .. }
            | Self::Setting { text: words, .. }
            | Self::Fixed { text: words, .. } => words,
            Self::Figure(span) => &span.text,
            Self::Note(_) | Self::Gap(_) => "",
        }
    }
}

/// Returns the concatenated text of spans, without notes.
pub fn plain_text(spans: &[Span]) -> String {
    spans.iter().map(Span::text).collect()
}
