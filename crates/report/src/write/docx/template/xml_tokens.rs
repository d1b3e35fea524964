//! Splits XML into tokens with their ranges in the source, so that kept pieces stay unchanged byte by byte.
//!
//! Input: a part as text. Output: elements and the attributes of tags. Not here: the meaning of elements.

use super::OfficeTemplateError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;
use std::ops::Range;

/// The attributes of a tag by name.
pub(super) type TagAttributes = BTreeMap<String, String>;

/// An element with its source text.
pub(super) struct XmlElement<'x> {
    pub name: String,
    pub xml: &'x str,
    /// The printed text in it.
    pub text: String,
}

/// A token of XML.
pub(super) enum XmlToken {
    StartTag(String),
    EndTag(String),
    /// A self-closing tag.
    EmptyTag(String),
    Text(String),
}

/// Visits the tokens in order.
///
/// # Errors
/// Returns an error if the XML is not well-formed or has a document type.
pub(super) fn visit_tokens(
    xml: &str,
    mut visit: impl FnMut(XmlToken, Range<usize>) -> Result<(), OfficeTemplateError>,
) -> Result<(), OfficeTemplateError> {
    let mut reader = Reader::from_str(xml);
    let (mut from, mut depth) = (0, 0_usize);
    loop {
        let event = reader.read_event()?;
        let to = usize::try_from(reader.buffer_position()).map_err(|_| OfficeTemplateError::MalformedPart("XML"))?;
        let piece = match event {
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof | Event::DocType(_) => return Err(OfficeTemplateError::MalformedPart("XML")),
            Event::Start(tag) => {
                depth += 1;
                attributes(&tag)?;
                Some(XmlToken::StartTag(tag.name().as_ref().to_owned()))
            }
            Event::Empty(tag) => {
                attributes(&tag)?;
                Some(XmlToken::EmptyTag(tag.name().as_ref().to_owned()))
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                Some(XmlToken::EndTag(tag.name().as_ref().to_owned()))
            }
            Event::Text(_) | Event::GeneralRef(_) => Some(XmlToken::Text(text_of(&event)?)),
            _ => None,
        };
        if let Some(piece) = piece {
            visit(piece, from..to)?;
        }
        from = to;
    }
}

/// Returns the elements at a depth; the root is at depth 0.
pub(super) fn elements_at_depth(xml: &str, wanted_depth: usize) -> Result<Vec<XmlElement<'_>>, OfficeTemplateError> {
    let mut found = Vec::new();
    let (mut depth, mut from, mut text, mut in_text) = (0_usize, 0, String::new(), false);
    visit_tokens(xml, |piece, range| {
        match piece {
            XmlToken::StartTag(name) => {
                if depth == wanted_depth {
                    (from, text) = (range.start, String::new());
                }
                in_text = name == "w:t";
                depth += 1;
            }
            XmlToken::EndTag(name) => {
                in_text = false;
                depth = depth.saturating_sub(1);
                if depth == wanted_depth {
                    let xml = xml.get(from..range.end).unwrap_or_default();
                    found.push(XmlElement { name, xml, text: std::mem::take(&mut text) });
                }
            }
            XmlToken::EmptyTag(name) if depth == wanted_depth => {
                found.push(XmlElement { name, xml: xml.get(range).unwrap_or_default(), text: String::new() });
            }
            XmlToken::Text(words) if in_text => text.push_str(&words),
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// Returns the attributes of every tag with this name, or of every tag if `name` is empty.
pub(super) fn tags_named(xml: &str, name: &str) -> Result<Vec<TagAttributes>, OfficeTemplateError> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(found),
            Event::Start(tag) | Event::Empty(tag) if name.is_empty() || tag.name().as_ref() == name => {
                found.push(attributes(&tag)?);
            }
            _ => {}
        }
    }
}

/// A field whose code is being read.
#[derive(Default)]
struct OpenField {
    code: String,
    /// Whether its result has begun, which is text of the document.
    has_result: bool,
}

/// Stands for another field in the code of a field.
const NESTED_FIELD: &str = "{…}";

/// Returns the codes of all fields, however Word has split them into runs; `{…}` stands for a field in a code.
pub(super) fn field_codes(xml: &str) -> Result<Vec<String>, OfficeTemplateError> {
    let mut reader = Reader::from_str(xml);
    let (mut codes, mut open, mut is_code) = (Vec::new(), Vec::<OpenField>::new(), false);
    loop {
        let event = reader.read_event()?;
        match event {
            Event::Eof => break,
            Event::Start(ref tag) | Event::Empty(ref tag) => match tag.local_name().as_ref() {
                "fldSimple" => codes.extend(local_attribute(tag, "instr")?),
                "fldChar" => match local_attribute(tag, "fldCharType")?.as_deref() {
                    Some("begin") => {
                        let outer = open.last_mut().filter(|field| !field.has_result);
                        outer.into_iter().for_each(|field| field.code.push_str(NESTED_FIELD));
                        open.push(OpenField::default());
                    }
                    Some("separate") => {
                        open.iter_mut().next_back().into_iter().for_each(|field| field.has_result = true)
                    }
                    _ => codes.extend(open.pop().map(|field| field.code)),
                },
                name => is_code = name == "instrText" && matches!(event, Event::Start(_)),
            },
            Event::End(_) => is_code = false,
            _ if is_code => {
                let words = text_of(&event)?;
                match open.last_mut() {
                    Some(field) => field.code.push_str(&words),
                    None => codes.push(words),
                }
            }
            _ => {}
        }
    }
    codes.extend(open.into_iter().map(|field| field.code));
    Ok(codes)
}

/// Returns an attribute by its name without prefix.
fn local_attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, OfficeTemplateError> {
    let is_named = |written: &str| written.rsplit_once(':').map_or(written, |(_, local)| local) == name;
    Ok(attributes(tag)?.into_iter().find(|(written, _)| is_named(written)).map(|(_, value)| value))
}

/// Returns the text of an event; empty for an event that is no text.
fn text_of(event: &Event<'_>) -> Result<String, OfficeTemplateError> {
    Ok(match event {
        Event::Text(text) => text.xml10_content().into_owned(),
        Event::CData(text) => text.xml10_content().into_owned(),
        Event::GeneralRef(name) => match name.resolve_char_ref()? {
            Some(sign) => sign.to_string(),
            None => resolve_predefined_entity(name).ok_or(OfficeTemplateError::MalformedPart("XML"))?.to_owned(),
        },
        _ => String::new(),
    })
}

/// Returns the attributes of the first tag with this name.
pub(super) fn first_tag_named(xml: &str, name: &str) -> Result<Option<TagAttributes>, OfficeTemplateError> {
    Ok(tags_named(xml, name)?.into_iter().next())
}

fn attributes(tag: &BytesStart<'_>) -> Result<TagAttributes, OfficeTemplateError> {
    let read = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let attribute = attribute.map_err(quick_xml::Error::from)?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0)?.into_owned();
        Ok((attribute.key.as_ref().to_owned(), value))
    };
    tag.attributes().map(read).collect()
}
