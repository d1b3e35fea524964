//! Paragraphs and runs: the words of the report with their figures enclosed by bookmarks.
//!
//! In come spans, out go paragraphs. Every span is a run of its own, so that the check can read numbers as they were
//! traced. Never here: how a paragraph looks.

use super::styles::{ORDINAL, Style};
use super::xml::{Xml, clean};

/// Writes a paragraph.
pub(super) fn paragraph(xml: &mut Xml, style: &Style, content: impl FnOnce(&mut Xml)) {
    paragraph_with(xml, style, |_| {}, content);
}

/// Writes a paragraph that has `properties` beside those of its style.
pub(super) fn paragraph_with(
    xml: &mut Xml,
    style: &Style,
    properties: impl FnOnce(&mut Xml),
    content: impl FnOnce(&mut Xml),
) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", &style.id);
            properties(xml);
        });
        content(xml);
    });
}

/// Writes words as a run.
pub(super) fn words(xml: &mut Xml, words: &str) {
    if !words.is_empty() {
        xml.element("w:r", &[], |xml| lines(xml, words));
    }
}

/// Writes words as a run of a style.
pub(super) fn styled(xml: &mut Xml, style: &str, words: &str) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:rPr", &[], |xml| xml.value("w:rStyle", &style));
        lines(xml, words);
    });
}

/// Encloses what leads to a bookmark; it looks as it would without.
pub(super) fn link(xml: &mut Xml, bookmark: &str, content: impl FnOnce(&mut Xml)) {
    xml.element("w:hyperlink", &[("w:anchor", &bookmark)], content);
}

/// Writes the number of a heading as a run that is known for one; `as_written` keeps it out of a style's capitals.
pub(super) fn ordinal(xml: &mut Xml, number: &str, as_written: bool) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:rPr", &[], |xml| {
            xml.value("w:rStyle", &ORDINAL);
            if as_written {
                xml.value("w:caps", &0);
            }
        });
        lines(xml, number);
    });
}

fn lines(xml: &mut Xml, words: &str) {
    for (at, line) in clean(words).split('\n').enumerate() {
        if at > 0 {
            xml.empty("w:br", &[]);
        }
        xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(line));
    }
}
