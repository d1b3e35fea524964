//! Walks through the XML of a part and checks that it is well-formed.
//!
//! Input: the bytes of a part. Output: every event with the path of open elements, or an error if the XML is not
//! well-formed, has a document type, or is nested too deeply. Not here: the meaning of elements.

use super::namespaces::{Namespaces, Vocabulary, local_name};
use super::raw_tags::attribute;
use super::xml::{Attribute, Token, Tokenizer};
use crate::error::Damage;

/// The greatest depth of nesting; valid parts are not nested so deeply.
const MAX_DEPTH: usize = 128;

/// An event on the walk through a part.
pub(crate) enum Event<'x, 's> {
    /// The start of an element.
    Start(Element<'x, 's>),
    /// The start, with its local name, of an element that may be ignored, or of one inside it; no end follows.
    Ignored(&'x str),
    /// Literal text.
    Text(&'x str),
    /// A character written as a reference.
    Character(char),
    /// A CDATA section.
    CData,
    /// A comment or a processing instruction.
    Comment,
    /// The end of the innermost element.
    End,
}

/// The start of an element, with its attributes.
#[derive(Clone, Copy)]
pub(crate) struct Element<'x, 's> {
    /// The name with its prefix.
    pub name: &'x str,
    attributes: &'s [Attribute<'x>],
    /// The local name of an element whose namespace is not known here.
    pub foreign: Option<&'x str>,
}

impl<'x> Element<'x, '_> {
    /// Returns the value of an attribute as written, without decoding references.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'x str> {
        self.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// Returns all attributes.
    pub(crate) fn attributes(&self) -> &[Attribute<'x>] {
        self.attributes
    }
}

/// Checks only that a part is well-formed XML.
pub(crate) fn check_well_formed(part: &str, content: &[u8]) -> Result<(), Damage> {
    walk(part, content, |_| (), |_, _| Ok(()))
}

/// Walks through a part, whatever its namespaces, and calls `visit` for each event.
///
/// # Errors
/// As [`walk_in`].
pub(crate) fn walk<'x, M>(
    part: &str,
    content: &'x [u8],
    classify: impl Fn(&str) -> M,
    visit: impl FnMut(&[M], Event<'x, '_>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    walk_in(part, content, Namespaces::unchecked(), classify, visit)
}

/// Walks through a part with these namespaces and calls `visit` for each event.
///
/// `visit` also gets the path of open elements, outermost first, each as `classify` maps its local name; an element of
/// another namespace has no name.
///
/// # Errors
/// Returns an error if the XML is not well-formed, or if `visit` returns an error.
pub(crate) fn walk_in<'x, M>(
    part: &str,
    content: &'x [u8],
    mut namespaces: Namespaces<'x>,
    classify: impl Fn(&str) -> M,
    mut visit: impl FnMut(&[M], Event<'x, '_>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let malformed = || Damage::InvalidXml(part.to_owned());
    let text = std::str::from_utf8(content).map_err(|_| malformed())?;
    let mut tokenizer = Tokenizer::new(text);
    let (mut open, mut path, mut roots) = (Vec::new(), Vec::new(), 0);
    // The depth of the element that is ignored.
    let mut ignored: Option<usize> = None;
    loop {
        let token = tokenizer.next().ok_or_else(malformed)?;
        let is_inside = !open.is_empty();
        match token {
            Token::Start(name) | Token::Empty(name) if open.len() < MAX_DEPTH && (is_inside || roots == 0) => {
                roots = 1;
                open.push(name);
                namespaces.open(open.len(), tokenizer.attributes());
                let (vocabulary, local) = (namespaces.vocabulary(name), local_name(name));
                if ignored.is_some() || vocabulary == Vocabulary::Ignorable {
                    ignored.get_or_insert(open.len());
                    visit(&path, Event::Ignored(local))?;
                } else {
                    let is_own = vocabulary == Vocabulary::Own;
                    path.push(classify(if is_own { local } else { "" }));
                    let foreign = (!is_own).then_some(local);
                    visit(&path, Event::Start(Element { name, attributes: tokenizer.attributes(), foreign }))?;
                }
                if matches!(token, Token::Empty(_)) {
                    close(&mut ignored, &mut open, &mut path, &mut visit)?;
                    namespaces.close(open.len() + 1);
                }
            }
            Token::End(name) if open.last() == Some(&name) => {
                close(&mut ignored, &mut open, &mut path, &mut visit)?;
                namespaces.close(open.len() + 1);
            }
            Token::Text(_) | Token::Character(_) | Token::CData | Token::Comment if ignored.is_some() => {}
            Token::Text(text) if is_inside => visit(&path, Event::Text(text))?,
            Token::Text(text) if text.trim_ascii().is_empty() => {}
            Token::Character(character) if is_inside => visit(&path, Event::Character(character))?,
            Token::CData if is_inside => visit(&path, Event::CData)?,
            Token::Comment => visit(&path, Event::Comment)?,
            Token::Declaration(declaration) if roots == 0 && (declares_utf8(declaration) || text.is_ascii()) => {}
            Token::Eof if !is_inside && roots == 1 => return Ok(()),
            _ => return Err(malformed()),
        }
    }
}

/// Ends the innermost element.
fn close<'x, M>(
    ignored: &mut Option<usize>,
    open: &mut Vec<&'x str>,
    path: &mut Vec<M>,
    visit: &mut impl FnMut(&[M], Event<'x, '_>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let is_ignored = ignored.is_some();
    ignored.take_if(|depth| *depth == open.len());
    open.pop();
    if !is_ignored {
        visit(path, Event::End)?;
        path.pop();
    }
    Ok(())
}

fn declares_utf8(declaration: &str) -> bool {
    let encoding = attribute(declaration.as_bytes(), b"encoding");
    encoding.is_none_or(|name| name.eq_ignore_ascii_case(b"utf-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(content: &[u8]) -> Result<(), Damage> {
        check_well_formed("a.xml", content)
    }

    #[test]
    fn well_formed_parts_pass() {
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
    fn malformed_parts_are_rejected() {
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
            assert_eq!(outcome(content.as_bytes()), Err(Damage::InvalidXml("a.xml".into())), "{content:.60}");
        }
        assert!(outcome(b"<a>\xff</a>").is_err());
    }
}
