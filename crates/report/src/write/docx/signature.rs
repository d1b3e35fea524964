//! Writes what is below the text: recipients on the left, authority and name on the right, on one page.
//!
//! Input: the signature block. Output: two columns. Not here: fixed texts other than "Nơi nhận:".

use super::marks::{Marks, spans};
use super::styles::{AUTHORITY, RECIPIENT, RECIPIENTS_TITLE, SIGNER};
use super::table::{borderless, cell, row};
use super::text::{paragraph, words};
use super::xml::Xml;
use crate::write::plain_text::RECIPIENTS;
use tonghop_core::model::document::{SignatureBlock, Span};

/// Writes the signature block, `width` twentieths of a point wide.
pub(super) fn write(xml: &mut Xml, marks: &mut Marks<'_>, block: &SignatureBlock, width: u64) {
    let left = width / 2;
    borderless(xml, [left, left], |xml| {
        row(xml, |xml| {
            cell(xml, left, |xml| recipients(xml, marks, &block.recipients));
            cell(xml, left, |xml| signer(xml, marks, block));
        });
    });
}

fn recipients(xml: &mut Xml, marks: &mut Marks<'_>, recipients: &[Vec<Span>]) {
    paragraph(xml, &RECIPIENTS_TITLE, |xml| words(xml, if recipients.is_empty() { "" } else { RECIPIENTS }));
    for recipient in recipients {
        paragraph(xml, &RECIPIENT, |xml| {
            words(xml, "- ");
            spans(xml, marks, recipient);
        });
    }
}

/// Writes authority and name; the paragraph of the name is written even if it is empty.
fn signer(xml: &mut Xml, marks: &mut Marks<'_>, block: &SignatureBlock) {
    for line in &block.authority {
        paragraph(xml, &AUTHORITY, |xml| spans(xml, marks, line));
    }
    paragraph(xml, &SIGNER, |xml| spans(xml, marks, &block.name));
}
