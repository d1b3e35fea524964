//! Writes the signature block below the text: recipients left, authority and name right, on one page.
//!
//! Input: the signature block. Output: two columns. Not here: fixed texts other than "Nơi nhận:".

use super::marks::{DocumentMarks, spans};
use super::styles::{AUTHORITY, RECIPIENT, RECIPIENTS_TITLE, SIGNER};
use super::table::{borderless_table, cell, row};
use super::text::{paragraph, text_run};
use super::xml::XmlFragment;
use crate::write::plain_text::RECIPIENTS;
use tonghop_core::model::document::{SignatureBlock, Span};

/// Writes the signature block, `width` twentieths of a point wide.
pub(super) fn write(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, block: &SignatureBlock, width: u64) {
    let left = width / 2;
    borderless_table(xml, [left, left], |xml| {
        row(xml, |xml| {
            cell(xml, left, |xml| recipients(xml, marks, &block.recipients));
            cell(xml, left, |xml| signer(xml, marks, block));
        });
    });
}

fn recipients(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, recipients: &[Vec<Span>]) {
    paragraph(xml, &RECIPIENTS_TITLE, |xml| text_run(xml, if recipients.is_empty() { "" } else { RECIPIENTS }));
    for recipient in recipients {
        paragraph(xml, &RECIPIENT, |xml| {
            text_run(xml, "- ");
            spans(xml, marks, recipient);
        });
    }
}

/// Writes authority and name; the paragraph of the name is written even if it is empty.
fn signer(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, block: &SignatureBlock) {
    for line in &block.authority {
        paragraph(xml, &AUTHORITY, |xml| spans(xml, marks, line));
    }
    paragraph(xml, &SIGNER, |xml| spans(xml, marks, &block.name));
}
