//! Whether a part is whole, plain XML, and what stands where in it.
//!
//! In come the bytes of one part, out goes every step through it with the names of the elements around, or why the
//! part cannot be believed: XML that is not well-formed, declares entities, or nests without end. Never here: what an
//! element means.

use super::error::Damage;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper than any honest part.
const MAX_DEPTH: usize = 128;
/// More attributes than any honest element has; comparing them all with each other takes time.
const MAX_ATTRIBUTES: usize = 128;
/// The entities that XML itself declares.
const ENTITIES: [&str; 5] = ["amp", "lt", "gt", "quot", "apos"];

/// One step through a part.
pub(super) enum Step<'s> {
    /// An element begins.
    Start(&'s Element<'s>),
    /// Text as it stands.
    Text(&'s str),
    /// A character in another spelling: a reference or a CDATA section.
    Spelt,
    /// What is no content: a comment or an instruction.
    Aside,
    /// The innermost element ends.
    End,
}

/// The beginning of an element.
pub(super) struct Element<'s>(&'s BytesStart<'s>);

impl Element<'_> {
    /// Returns the value of an attribute as it stands between the quotes.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name);
        found.map(|attribute| attribute.value.into_owned())
    }
}

/// Checks a part of which nothing but sound XML is asked.
pub(super) fn check(part: &str, content: &[u8]) -> Result<(), Damage> {
    walk(part, content, &[], |_, _| Ok(()))
}

/// Walks through a part; `see` is told each step with the local names of the open elements, those that it `knows`.
///
/// # Errors
/// What is wrong with the XML, or what `see` finds.
pub(super) fn walk(
    part: &str,
    content: &[u8],
    knows: &'static [&'static str],
    mut see: impl FnMut(&[&'static str], Step<'_>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let broken = || Damage::Markup(part.to_owned());
    let text = std::str::from_utf8(content).map_err(|_| broken())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_comments = true;
    let known = |name: &str| knows.iter().find(|known| **known == name).copied().unwrap_or_default();
    let mut path: Vec<&'static str> = Vec::new();
    let mut roots = 0;
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(element) => {
                roots += usize::from(path.is_empty());
                path.push(known(element.local_name().as_ref()));
                sound(&element).filter(|()| path.len() <= MAX_DEPTH && roots == 1).ok_or_else(broken)?;
                see(&path, Step::Start(&Element(&element)))?;
            }
            Event::Empty(element) => {
                roots += usize::from(path.is_empty());
                path.push(known(element.local_name().as_ref()));
                sound(&element).filter(|()| roots == 1).ok_or_else(broken)?;
                see(&path, Step::Start(&Element(&element)))?;
                see(&path, Step::End)?;
                path.pop();
            }
            Event::End(_) => {
                see(&path, Step::End)?;
                path.pop();
            }
            Event::Text(text) if path.is_empty() && !text.trim().is_empty() => return Err(broken()),
            Event::Text(text) => see(&path, Step::Text(&text))?,
            Event::CData(_) => see(&path, Step::Spelt)?,
            Event::GeneralRef(reference) if is_declared(&reference) => see(&path, Step::Spelt)?,
            Event::Comment(_) | Event::PI(_) => see(&path, Step::Aside)?,
            Event::Decl(declaration) if !is_utf8(declaration.encoding()) && !text.is_ascii() => return Err(broken()),
            Event::Decl(_) => {}
            Event::GeneralRef(_) | Event::DocType(_) => return Err(broken()),
            Event::Eof if path.is_empty() && roots == 1 => return Ok(()),
            Event::Eof => return Err(broken()),
        }
    }
}

/// Tells whether the attributes of an element are well-formed and each is there once.
fn sound(element: &BytesStart<'_>) -> Option<()> {
    let mut attributes = element.attributes();
    for _ in 0..=MAX_ATTRIBUTES {
        match attributes.next() {
            None => return Some(()),
            Some(attribute) => attribute.ok()?.normalized_value(XmlVersion::Implicit1_0).map(drop).ok()?,
        }
    }
    None
}

fn is_declared(reference: &BytesRef<'_>) -> bool {
    ENTITIES.contains(&&**reference) || matches!(reference.resolve_char_ref(), Ok(Some(_)))
}

fn is_utf8<E>(encoding: Option<Result<std::borrow::Cow<'_, str>, E>>) -> bool {
    encoding.is_none_or(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case("utf-8")))
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
        let wide: String = (0..=MAX_ATTRIBUTES).map(|n| format!(" a{n}=''")).collect();
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
            &format!("<a{wide}/>"),
        ] {
            assert_eq!(outcome(content.as_bytes()), Err(Damage::Markup("a.xml".into())), "{content:.60}");
        }
        assert!(outcome(b"<a>\xff</a>").is_err());
    }
}
