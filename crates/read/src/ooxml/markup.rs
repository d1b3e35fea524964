//! Walks through the XML of a part and checks that it is well-formed.
//!
//! Input: the bytes of a part. Output: every event with the path of open elements, or an error if the XML is not
//! well-formed, has a document type, or is nested too deeply. Not here: the meaning of elements.

use super::sheet_xml::attribute;
use super::xml::{Attribute, Piece, Pieces};
use crate::error::Damage;

/// The greatest depth of nesting; valid parts are not nested so deeply.
const MAX_DEPTH: usize = 128;

/// An event on the walk through a part.
pub(crate) enum Step<'x, 's> {
    /// The start of an element.
    Start(Element<'x, 's>),
    /// Literal text.
    Text(&'x str),
    /// A character written as a reference.
    Character(char),
    /// A CDATA section.
    Quoted,
    /// A comment or a processing instruction.
    Aside,
    /// The end of the innermost element.
    End,
}

/// The start of an element, with its attributes.
#[derive(Clone, Copy)]
pub(crate) struct Element<'x, 's>(&'s [Attribute<'x>]);

impl<'x> Element<'x, '_> {
    /// Returns the value of an attribute as written, without decoding references.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'x str> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }
}

/// Checks only that a part is well-formed XML.
pub(crate) fn check(part: &str, content: &[u8]) -> Result<(), Damage> {
    walk(part, content, |_| (), |_, _| Ok(()))
}

/// Walks through a part and calls `visit` for each event.
///
/// `visit` also gets the path of open elements, outermost first, each as `classify` maps its local name.
///
/// # Errors
/// The XML is not well-formed, or `visit` returns an error.
pub(crate) fn walk<'x, M>(
    part: &str,
    content: &'x [u8],
    meaning: impl Fn(&str) -> M,
    mut see: impl FnMut(&[M], Step<'x, '_>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let broken = || Damage::Markup(part.to_owned());
    let text = std::str::from_utf8(content).map_err(|_| broken())?;
    let mut pieces = Pieces::new(text);
    let (mut open, mut path, mut roots) = (Vec::new(), Vec::new(), 0);
    loop {
        let piece = pieces.next().ok_or_else(broken)?;
        let is_inside = !open.is_empty();
        match piece {
            Piece::Start(name) | Piece::Empty(name) if open.len() < MAX_DEPTH && (is_inside || roots == 0) => {
                roots = 1;
                open.push(name);
                path.push(meaning(local_name(name)));
                see(&path, Step::Start(Element(pieces.attributes())))?;
                if matches!(piece, Piece::Empty(_)) {
                    see(&path, Step::End)?;
                    open.pop();
                    path.pop();
                }
            }
            Piece::End(name) if open.last() == Some(&name) => {
                see(&path, Step::End)?;
                open.pop();
                path.pop();
            }
            Piece::Text(text) if is_inside => see(&path, Step::Text(text))?,
            Piece::Text(text) if text.trim_ascii().is_empty() => {}
            Piece::Character(character) if is_inside => see(&path, Step::Character(character))?,
            Piece::Quoted if is_inside => see(&path, Step::Quoted)?,
            Piece::Aside => see(&path, Step::Aside)?,
            Piece::Declaration(said) if roots == 0 && (is_utf8(said) || text.is_ascii()) => {}
            Piece::Finish if !is_inside && roots == 1 => return Ok(()),
            _ => return Err(broken()),
        }
    }
}

fn local_name(name: &str) -> &str {
    name.bytes().position(|b| b == b':').map_or(name, |colon| &name[colon + 1..])
}

fn is_utf8(declaration: &str) -> bool {
    let encoding = attribute(declaration.as_bytes(), b"encoding");
    encoding.is_none_or(|name| name.eq_ignore_ascii_case(b"utf-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(content: &[u8]) -> Result<(), Damage> {
        check("a.xml", content)
    }

    #[test]
    fn whole_xml_passes() {
        for content in [
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<a xmlns='x'><b c=\"1\"/>&amp;&#7885;</a>\n",
            "\u{feff}<a/>",
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>only ASCII</a>",
            "<a><!-- b --><![CDATA[<]]></a><?c d?>",
        ] {
            assert_eq!(outcome(content.as_bytes()), Ok(()), "{content}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let deep = "<a>".repeat(MAX_DEPTH + 1) + &"</a>".repeat(MAX_DEPTH + 1);
        for content in [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>b",
            "<a b='1' b='2'/>",
            "<a b=1/>",
            "<a b='&c;'/>",
            "<a>&b;</a>",
            "<a>&#0;</a>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<!DOCTYPE a><a/>",
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>ọ</a>",
            &deep,
            "<a/><![CDATA[]]>",
            "&amp;<a/>",
            "<a/><?xml version='1.0'?>",
            "<a></b:a>",
        ] {
            assert_eq!(outcome(content.as_bytes()), Err(Damage::Markup("a.xml".into())), "{content:.60}");
        }
        assert!(outcome(b"<a>\xff</a>").is_err());
    }
}
