//! The report as a document: headings and paragraphs of spans, each span knowing where its words come from.
//!
//! In come spans made by the rules; out goes the one document that every writer prints. Never here: a file format.

use super::figure::FigureRef;
use super::id::SectionPath;
use super::provenance::{RuleLine, TextCell};
use super::trace::PlaceKind;
use std::borrow::Cow;

/// A document, ready to be printed in any format.
#[derive(Clone, Debug)]
pub struct Document {
    /// What is printed above the title.
    pub letterhead: Letterhead,
    /// What kind of document it is: BÁO CÁO.
    pub kind: Vec<Span>,
    /// What it is about (trích yếu).
    pub subject: Vec<Span>,
    /// The text from its first heading on, in reading order; without closing and appendices.
    pub blocks: Vec<Block>,
    /// The closing sentence, without section.
    pub closing: Option<Paragraph>,
    /// Tables behind the text, each on pages of its own, numbered in this order.
    pub appendices: Vec<(SectionPath, Table)>,
    /// Recipients, and who signs.
    pub signature: SignatureBlock,
}

/// Spans that stand together, and where: a paragraph, a heading, a cell of a table.
pub struct Line<'d> {
    /// The heading it is under; `title`, `closing`, `corrections` or `signature` where there is none.
    pub section: SectionPath,
    /// Which kind of line it is; a note inside it is one of its own.
    pub place: PlaceKind,
    /// In reading order, a note at the place of its mark.
    pub spans: Cow<'d, [Span]>,
}

impl Document {
    /// Returns all lines in reading order, but appendices before the signature; notes are inside theirs.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let head = &self.letterhead;
        let title = [&head.superior, &head.issuer, &head.number, &head.place_and_date, &self.kind, &self.subject];
        lines.extend(title.map(|spans| Line::new(&SectionPath::new("title"), PlaceKind::Heading, spans)));
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => lines.push(Line::new(&heading.section, PlaceKind::Heading, &heading.title)),
                Block::Paragraph { section, paragraph } => {
                    lines.push(Line::new(section, PlaceKind::Text, &paragraph.spans));
                }
                Block::Table { section, table } => table.lines(section, &mut lines),
            }
        }
        let closing = self.closing.iter().map(|closing| &closing.spans);
        lines.extend(closing.map(|spans| Line::new(&SectionPath::new("closing"), PlaceKind::Text, spans)));
        self.appendices.iter().for_each(|(section, table)| table.lines(section, &mut lines));
        let foot = &self.signature;
        let signed = foot.recipients.iter().chain(&foot.authority).chain([&foot.name]);
        lines.extend(signed.map(|spans| Line::new(&SectionPath::new("signature"), PlaceKind::Text, spans)));
        lines
    }
}

impl<'d> Line<'d> {
    fn new(section: &SectionPath, place: PlaceKind, spans: &'d [Span]) -> Self {
        Self { section: section.clone(), place, spans: Cow::Borrowed(spans) }
    }
}

impl Table {
    fn lines<'d>(&'d self, section: &SectionPath, lines: &mut Vec<Line<'d>>) {
        lines.push(Line::new(section, PlaceKind::Heading, &self.title));
        lines.extend(self.columns.iter().map(|column| Line {
            section: section.clone(),
            place: PlaceKind::Table,
            spans: Cow::Owned(vec![Span::Words(column.clone())]),
        }));
        lines.extend(self.rows.iter().flatten().map(|cell| Line::new(section, PlaceKind::Table, cell)));
    }
}

/// What stands above the title: who reports, number, place and date.
#[derive(Clone, Debug, Default)]
pub struct Letterhead {
    /// The agency above the issuer; empty where the settings name none.
    pub superior: Vec<Span>,
    /// The agency that reports.
    pub issuer: Vec<Span>,
    /// Number and symbol, the number open until it is given: `Số: …/BC-UBND`.
    pub number: Vec<Span>,
    /// Place and date, the date open until it is given.
    pub place_and_date: Vec<Span>,
}

/// What stands below the text: recipients, authority, name.
#[derive(Clone, Debug, Default)]
pub struct SignatureBlock {
    /// The lines of "Nơi nhận".
    pub recipients: Vec<Vec<Span>>,
    /// The lines of authority and position: `TM. ỦY BAN NHÂN DÂN`.
    pub authority: Vec<Vec<Span>>,
    /// Who signs; empty until the report is signed.
    pub name: Vec<Span>,
}

/// A table that a rule asked for.
#[derive(Clone, Debug)]
pub struct Table {
    /// Empty where the rule gives none.
    pub title: Vec<Span>,
    /// The titles of the columns, from left to right; no digit is in them.
    pub columns: Vec<String>,
    /// One cell a column.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// Whether it stands behind the text, on pages of its own.
    pub appendix: bool,
}

/// A piece of the document that stands on its own lines.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading, where something is written under it or below.
    Heading(Heading),
    /// A paragraph, or a line of a list.
    Paragraph {
        /// The path of the heading that it is under.
        section: SectionPath,
        /// What is printed.
        paragraph: Paragraph,
    },
    /// A table in the text; those of appendices are not among the blocks.
    Table {
        /// The path of the heading that it is under.
        section: SectionPath,
        /// What is printed; its title is above it.
        table: Table,
    },
}

/// A heading of the outline.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its path in the outline.
    pub section: SectionPath,
    /// The number as printed, on the heading's own line: `Phần I`, `I.`, `1.`, `a)`.
    pub number: String,
    /// Without the number; settings in it are spans of their own.
    pub title: Vec<Span>,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphStyle {
    /// Running text.
    Body,
    /// A line of a list, printed with "- " before it.
    Item,
}

/// A paragraph; its spans know the rule lines that wrote them.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Running text, or a line of a list.
    pub style: ParagraphStyle,
    /// The wording in its order.
    pub spans: Vec<Span>,
}

/// Words that know where they come from.
#[derive(Clone, Debug)]
pub enum Span {
    /// Wording of a rule; a digit here is a number without a source.
    Words(String),
    /// A figure with its unit, or the words that are printed in its place.
    Figure(FigureSpan),
    /// Words of a department, as they stand in the cell or a part of it.
    Text {
        /// As printed: whole, or without the signs at its end where a sentence goes on.
        words: String,
        /// The cell that holds them, with all its words.
        cell: TextCell,
        /// The line that printed them; `None` in the list of corrections.
        rule: Option<RuleLine>,
    },
    /// A key of `tonghop.toml`.
    Setting {
        /// As printed: the setting, or a part of it.
        words: String,
        /// With its dots, as `period.year`; of the title of a heading, `outline.` and the heading's path.
        key: String,
    },
    /// Fixed wording of a template (`{=…}`): numbers of laws, names of plans.
    Fixed {
        /// As printed.
        words: String,
        /// The line that printed them; `None` in the list of corrections.
        rule: Option<RuleLine>,
    },
    /// A note, with its mark exactly here.
    Note(Vec<Span>),
}

/// A figure as printed once.
#[derive(Clone, Debug)]
pub struct FigureSpan {
    /// As printed: `3.314 tỷ đồng`, `tăng 11%`, `chưa được giải ngân`.
    pub words: String,
    /// With its origin; a figure that a rule computed has the name that the template gives it.
    pub figure: FigureRef,
    /// The line that printed it; `None` in the list of corrections.
    pub rule: Option<RuleLine>,
}

impl Span {
    /// Returns the words printed in the running text; a note prints its mark only, which is not words.
    pub fn words(&self) -> &str {
        match self {
            Self::Words(words) | Self::Text { words, .. } | Self::Setting { words, .. } | Self::Fixed { words, .. } => {
                words
            }
            Self::Figure(span) => &span.words,
            Self::Note(_) => "",
        }
    }
}

/// Returns the running text of spans, without notes.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(Span::words).collect()
}
