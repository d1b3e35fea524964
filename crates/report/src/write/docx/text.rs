//! Writes paragraphs and runs.
//!
//! Input: text. Output: paragraphs. Every span becomes a separate run, so that the check can read numbers as they were
//! traced. Not here: the looks of paragraphs.

use super::styles::{ORDINAL, WordStyle};
use super::xml::{XmlFragment, clean};

/// Writes a paragraph.
pub(super) fn paragraph(xml: &mut XmlFragment, style: &WordStyle, content: impl FnOnce(&mut XmlFragment)) {
    paragraph_with(xml, style, |_| {}, content);
}

/// Writes a paragraph with `properties` in addition to those of its style.
pub(super) fn paragraph_with(
    xml: &mut XmlFragment,
    style: &WordStyle,
    properties: impl FnOnce(&mut XmlFragment),
    content: impl FnOnce(&mut XmlFragment),
) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", &style.id);
            properties(xml);
        });
        content(xml);
    });
}

/// Writes a text as a run.
pub(super) fn text_run(xml: &mut XmlFragment, text: &str) {
    if !text.is_empty() {
        xml.element("w:r", &[], |xml| lines(xml, text));
    }
}

/// Writes a text as a run with a character style.
pub(super) fn styled_run(xml: &mut XmlFragment, style: &str, text: &str) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:rPr", &[], |xml| xml.value("w:rStyle", &style));
        lines(xml, text);
    });
}

/// Encloses content in a link to a bookmark; the look does not change.
pub(super) fn link(xml: &mut XmlFragment, bookmark: &str, content: impl FnOnce(&mut XmlFragment)) {
    xml.element("w:hyperlink", &[("w:anchor", &bookmark)], content);
}

/// Writes the number of a heading as a run that the check recognises; `as_written` exempts it from the style's
/// capitals.
pub(super) fn ordinal(xml: &mut XmlFragment, number: &str, as_written: bool) {
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

fn lines(xml: &mut XmlFragment, text: &str) {
    for (at, line) in clean(text).split('\n').enumerate() {
        if at > 0 {
            xml.empty("w:br", &[]);
        }
        xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(line));
    }
}
