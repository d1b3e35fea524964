//! Writes XML element by element: every opened element is closed and all text is escaped.
//!
//! Input: names, attributes and text from any source. Output: the bytes of a well-formed part. Not here: the meaning of
//! elements.

use std::fmt::{self, Display, Write};

/// The attributes of an element, in order.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

/// A well-formed piece of XML.
#[derive(Debug, Default)]
pub struct XmlFragment(String);

impl XmlFragment {
    /// Writes an element with what `content` writes inside it.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Self)) {
        self.tag(name, attributes);
        self.0.push('>');
        content(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Writes an element without content.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.0.push_str("/>");
    }

    /// Writes an element whose only attribute is `w:val`.
    pub fn value(&mut self, name: &str, value: &dyn Display) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Writes text, escaped.
    pub fn text(&mut self, text: &str) {
        self.escaped(&text);
    }

    /// Appends another fragment.
    pub fn append(&mut self, piece: &Self) {
        self.0.push_str(&piece.0);
    }

    /// Wraps a string that is well-formed XML already.
    pub(crate) fn from_raw(xml: String) -> Self {
        Self(xml)
    }

    /// Returns the fragment as a string.
    pub(crate) fn into_string(self) -> String {
        self.0
    }

    /// Returns the fragment as a part of a package, with the XML declaration.
    pub(crate) fn into_part(self) -> Vec<u8> {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        [declaration.as_bytes(), self.0.as_bytes()].concat()
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.escaped(value);
            self.0.push('"');
        }
    }

    fn escaped(&mut self, value: &dyn Display) {
        // Writing to a string cannot fail.
        let _ = write!(XmlEscaper(&mut self.0), "{value}");
    }
}

/// A writer that escapes text for XML.
struct XmlEscaper<'a>(&'a mut String);

impl Write for XmlEscaper<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for sign in text.chars() {
            match sign {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                sign if is_allowed(sign) => self.0.push(sign),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Returns the text as a document can store it: lines separated by `\n`, no other control characters.
pub(super) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\t', '\r'], " ");
    lines.chars().filter(|sign| is_allowed(*sign)).collect()
}

/// Returns whether XML allows a character; a cell may contain others.
fn is_allowed(sign: char) -> bool {
    sign == '\n' || !(sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::escape::resolve_predefined_entity;
    use quick_xml::events::Event;

    #[test]
    fn elements_are_closed_and_text_is_escaped() {
        let mut xml = XmlFragment::default();
        xml.element("a", &[("b", &"\"<&>\""), ("c", &12)], |xml| {
            xml.text("x < y && \"z\"\u{1}\u{ffff}");
            xml.value("w:d", &true);
        });
        let expected =
            "<a b=\"&quot;&lt;&amp;&gt;&quot;\" c=\"12\">x &lt; y &amp;&amp; &quot;z&quot;<w:d w:val=\"true\"/></a>";
        let part = String::from_utf8(xml.into_part()).unwrap();
        assert_eq!(part.lines().nth(1), Some(expected));
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(words in any::<String>()) {
            let mut xml = XmlFragment::default();
            xml.element("a", &[], |xml| xml.text(&clean(&words)));
            let part = String::from_utf8(xml.into_part()).unwrap();
            let mut reader = Reader::from_str(&part);
            let mut read = String::new();
            loop {
                match reader.read_event().unwrap() {
                    Event::Text(text) => read.push_str(&text),
                    Event::GeneralRef(name) => read.push_str(resolve_predefined_entity(&name).unwrap()),
                    Event::Eof => break,
                    _ => {}
                }
            }
            // The line break after the declaration is not part of the text.
            prop_assert_eq!(&read[1..], clean(&words));
        }
    }

    #[test]
    fn control_characters_go_and_lines_stay() {
        for (text, expected) in [("a\r\nb", "a\nb"), ("a\tb\rc", "a b c"), ("\u{0}\u{b}\u{7f}\u{85}𝄞", "𝄞")] {
            assert_eq!(clean(text), expected);
        }
    }
}
