//! Checks the content of an `.ods`, and rewrites what calamine does not expect in it.
//!
//! Input: the part `content.xml`. Output: the content in the markup that calamine reads: without comments, CDATA and
//! white space between rows and cells; a number that is none is an error of its cell. Not here: values.

use crate::error::Damage;
use crate::ooxml::canonical;
use crate::ooxml::literals::is_xml_number;
use crate::ooxml::markup::{Event, walk};
use crate::ooxml::namespaces::Namespaces;
use crate::ooxml::xml::{Token, Tokenizer};

const PART: &str = "content.xml";
/// What begins the text of a cell that is an error; no text of a person begins so.
const ERROR_MARK: char = '\u{F8FF}';

/// The content of an `.ods`.
pub(super) struct OdsContent {
    pub content: Vec<u8>,
    /// Whether it is not that of the file.
    pub is_rewritten: bool,
}

/// Returns the error that a text of a cell stands for, if it does.
pub(super) fn error_text(text: &str) -> Option<&str> {
    text.strip_prefix(ERROR_MARK)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Row,
    Cell,
    Other,
}

impl Tag {
    fn from_name(name: &str) -> Self {
        match name {
            "table-row" => Self::Row,
            "table-cell" | "covered-table-cell" => Self::Cell,
            _ => Self::Other,
        }
    }
}

/// Checks the content and rewrites it if needed.
///
/// # Errors
/// Returns an error if the XML is not well-formed.
pub(super) fn check(content: Vec<u8>) -> Result<OdsContent, Damage> {
    let mut is_plain = !canonical::is_needed(&content);
    walk(PART, &content, Tag::from_name, |path, event| {
        is_plain &= match (path, &event) {
            ([.., Tag::Row], Event::Text(_) | Event::Character(_)) => false,
            ([.., Tag::Cell], Event::Start(element)) => element.attribute("office:value").is_none_or(is_number),
            _ => true,
        };
        Ok(())
    })?;
    if is_plain {
        return Ok(OdsContent { content, is_rewritten: false });
    }
    let unsound = || Damage::InvalidXml(PART.to_owned());
    let plain = canonical::rewrite(&content, Namespaces::unchecked()).ok_or_else(unsound)?;
    let content = rewrite_cells(&plain).ok_or_else(unsound)?;
    Ok(OdsContent { content, is_rewritten: true })
}

/// Returns the content without white space between cells, and with errors in place of bad numbers.
fn rewrite_cells(content: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(content).ok()?;
    let mut tokenizer = Tokenizer::new(text);
    let (mut written, mut path) = (String::with_capacity(text.len()), Vec::new());
    loop {
        let start = text.len() - tokenizer.remaining();
        let token = tokenizer.next()?;
        let source = &text[start..text.len() - tokenizer.remaining()];
        match token {
            Token::Eof => return Some(written.into_bytes()),
            Token::Text(_) | Token::Character(_) if path.last() == Some(&Tag::Row) => {}
            Token::Start(name) | Token::Empty(name) => {
                let tag = Tag::from_name(name.rsplit(':').next().unwrap_or(name));
                let is_empty = matches!(token, Token::Empty(_));
                let bad = tokenizer.attributes().iter().find(|(name, value)| is_bad_number(tag, name, value));
                match bad {
                    Some((_, value)) => {
                        let others = tokenizer.attributes().iter().filter(|(name, _)| !name.starts_with("office:"));
                        let others = others.filter(|(name, _)| !name.starts_with("calcext:"));
                        written.push_str(&error_cell(name, others, value, is_empty));
                    }
                    None => written.push_str(source),
                }
                path.extend((!is_empty).then_some(tag));
            }
            Token::End(_) => {
                path.pop();
                written.push_str(source);
            }
            _ => written.push_str(source),
        }
    }
}

fn is_bad_number(tag: Tag, name: &str, value: &str) -> bool {
    tag == Tag::Cell && name == "office:value" && !is_number(value)
}

/// Returns whether a text is a number; `NaN` and `INF` are none.
fn is_number(value: &str) -> bool {
    is_xml_number(value) && !value.contains('N')
}

/// Returns the start tag of a cell whose text is an error.
fn error_cell<'a>(
    name: &str,
    others: impl Iterator<Item = &'a (&'a str, &'a str)>,
    value: &str,
    is_empty: bool,
) -> String {
    let others: String = others.map(|(name, value)| format!(" {name}=\"{}\"", value.replace('"', "&quot;"))).collect();
    let error = canonical::bad_number(value).replace('"', "&quot;");
    let end = if is_empty { "/" } else { "" };
    format!("<{name}{others} office:value-type=\"string\" office:string-value=\"{ERROR_MARK}{error}\"{end}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(content: &str) -> Option<String> {
        let OdsContent { content, is_rewritten } = check(content.as_bytes().to_vec()).unwrap();
        is_rewritten.then(|| String::from_utf8(content).unwrap())
    }

    #[test]
    fn white_space_between_cells_is_left_out() {
        let pretty = "<t:a>\n <t:table-row>\n  <t:table-cell>\n<text:p>a <b/> c</text:p></t:table-cell>\n <!-- --></t:table-row>\n</t:a>";
        let plain =
            "<t:a>\n <t:table-row><t:table-cell>\n<text:p>a <b/> c</text:p></t:table-cell></t:table-row>\n</t:a>";
        assert_eq!(rewritten(pretty).as_deref(), Some(plain));
        assert_eq!(rewritten(plain), None);
    }

    #[test]
    fn a_bad_number_is_the_error_of_its_cell() {
        let bad = "<table-row><table-cell office:value='98,25' office:value-type='float' a='b'><p>98,25</p></table-cell></table-row>";
        let written = rewritten(bad).unwrap();
        assert!(written.contains("<table-cell a=\"b\" office:value-type=\"string\""), "{written}");
        assert!(written.contains(&format!("\"{ERROR_MARK}không phải là số: 98,25\"><p>")), "{written}");
        assert_eq!(rewritten("<table-row><table-cell office:value='98.25'/></table-row>"), None);
        assert_eq!(error_text(&format!("{ERROR_MARK}x")), Some("x"));
        assert_eq!(error_text("x"), None);
    }
}
