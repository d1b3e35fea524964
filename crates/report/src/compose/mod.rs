//! Composes the report document: the headings of the outline with the passages that rules wrote for them.
//!
//! Input: the consolidated report and the settings with the outline. Output: the document and the traces of its
//! numbers. Not here: sentences other than "chưa có số liệu", file formats.

mod corrections;
mod frame;
mod lost;
mod records;
mod trace;

use frame::setting_spans;
use std::collections::BTreeSet;
use tonghop_core::config::{Config, OutlineHeading};
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::document::{Block, Document, Heading, Paragraph, ParagraphStyle};
use tonghop_core::model::id::SectionPath;
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::PassageItem;
use tonghop_core::model::trace::Traces;
use tonghop_core::msg;

/// Composes the document and traces its numbers.
pub fn compose(report: &Report, config: &Config) -> (Document, Traces, Diagnostics) {
    let document = document(report, config);
    let traces = trace::trace_document(&document);
    let diagnostics = untraced_diagnostics(&traces);
    (document, traces, diagnostics)
}

fn document(report: &Report, config: &Config) -> Document {
    let outline = &config.outline.headings;
    let mut contents: Vec<Vec<PassageItem>> = outline.iter().map(|heading| heading_content(heading, report)).collect();
    lost::mark_unknown_sections(&mut contents, config, report);
    let kept = headings_with_content(outline, &contents);
    let (mut blocks, mut appendices) = (Vec::new(), Vec::new());
    for (heading, content) in outline.iter().zip(contents) {
        if kept.contains(&heading.path) {
            blocks.push(Block::Heading(Heading {
                section: heading.path.clone(),
                number: config.outline.printed_number(&heading.path),
                title: setting_spans(&heading.title, &format!("outline.{}", heading.path), config),
            }));
        }
        for content in content {
            match content {
                PassageItem::Table(table) if table.is_appendix => appendices.push((heading.path.clone(), table)),
                other => blocks.push(block(&heading.path, other)),
            }
        }
    }
    appendices.extend(corrections::table(report).map(|table| (SectionPath::new("corrections"), table)));
    let closing = config
        .report
        .closing
        .as_ref()
        .map(|text| Paragraph { style: ParagraphStyle::Body, spans: setting_spans(text, "report.closing", config) });
    Document {
        letterhead: frame::letterhead(config),
        kind: setting_spans(&config.report.kind, "report.kind", config),
        subject: setting_spans(&config.report.subject, "report.subject", config),
        blocks,
        closing,
        appendices,
        signature: frame::signature(config),
    }
}

/// Collects the content of a heading: its sectors in order, then the passages of the overview.
fn heading_content(heading: &OutlineHeading, report: &Report) -> Vec<PassageItem> {
    let sector_passages = report.sectors.iter().flat_map(|s| &s.passages);
    let passages = sector_passages.chain(&report.overview).filter(|p| p.section == heading.path);
    let mut content: Vec<PassageItem> = passages.flat_map(|p| p.items.iter().cloned()).collect();
    let marks = lost::marks(heading, report).into_iter();
    content.extend(marks.map(|spans| PassageItem::Paragraph(Paragraph { style: ParagraphStyle::Body, spans })));
    content
}

fn block(section: &SectionPath, content: PassageItem) -> Block {
    let section = section.clone();
    match content {
        PassageItem::Paragraph(paragraph) => Block::Paragraph { section, paragraph },
        PassageItem::Table(table) => Block::Table { section, table },
        PassageItem::Omitted(gaps) => Block::Omitted { section, gaps },
    }
}

/// Returns the headings that have content themselves or in a subheading.
fn headings_with_content(outline: &[OutlineHeading], contents: &[Vec<PassageItem>]) -> BTreeSet<SectionPath> {
    let mut kept = BTreeSet::new();
    for (heading, _) in outline.iter().zip(contents).filter(|(_, content)| content.iter().any(PassageItem::is_printed))
    {
        let mut path = Some(heading.path.clone());
        while let Some(step) = path {
            path = step.parent();
            kept.insert(step);
        }
    }
    kept
}

fn untraced_diagnostics(traces: &Traces) -> Diagnostics {
    let problem = |number: &tonghop_core::model::trace::UntracedNumber| {
        let message = msg!(
            "mục {section}: số \"{runs}\" trong \"{text}\" không có nguồn",
            "section {section}: the number \"{runs}\" in \"{text}\" has no source",
            section = number.section,
            runs = number.runs.join(", "),
            text = number.text
        );
        Diagnostic::new(Code::NumberUntraced, Place::Project, message).with_hint(Message::new(
            "lấy số từ chỉ tiêu, hoặc viết trong {=…} nếu là câu chữ cố định",
            "take the number from an indicator, or write it in {=…} where it is fixed wording",
        ))
    };
    traces.untraced.iter().map(problem).collect()
}
