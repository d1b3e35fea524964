//! Checks the content of an `.ods`, and rewrites what calamine does not expect in it.
//!
//! Input: the part `content.xml`. Output: the content in the markup that calamine reads: without comments, CDATA and
//! white space between rows and cells, and without drawings, notes and foreign elements in cells, whose texts calamine
//! would take for that of the cell; a number that is none is an error of its cell. Not here: values.

use crate::error::Damage;
use crate::ooxml::canonical;
use crate::ooxml::literals::is_xml_number;
use crate::ooxml::markup::{Event, walk};
use crate::ooxml::namespaces::{Namespaces, local_name};
use crate::ooxml::xml::{Attribute, Token, Tokenizer};
use std::borrow::Cow;

const PART: &str = "content.xml";
/// What begins the text of a cell that is an error; no text of a person begins so.
const ERROR_MARK: char = '\u{F8FF}';
/// The prefixes that calamine takes for these namespaces, whatever they stand for in the file.
const PREFIXES: [(&str, &str); 3] = [
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
];
/// What is written in the text of a cell without being a part of it.
const ASIDES: [&str; 2] = ["text:note", "text:ruby-text"];

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

/// Returns whether an element of a cell has nothing of the cell's value; `is_child` is whether the cell is its parent.
fn is_aside(name: &str, is_child: bool) -> bool {
    let is_own = ["text:p", "office:annotation"].contains(&name) || name.starts_with("table:");
    ASIDES.contains(&name) || name.starts_with("draw:") || (is_child && !is_own)
}

/// Returns whether an attribute gives a prefix that calamine knows another namespace, or the namespace another prefix.
fn is_misleading(name: &str, value: &str) -> bool {
    let prefix = name.strip_prefix("xmlns").map(|prefix| prefix.strip_prefix(':').unwrap_or(prefix));
    prefix.is_some_and(|prefix| PREFIXES.iter().any(|(known, uri)| (prefix == *known) != (value == *uri)))
}

/// Checks the content and rewrites it if needed.
///
/// # Errors
/// Returns an error if the XML is not well-formed, or its namespaces are not those of OpenDocument.
pub(super) fn check(content: Vec<u8>) -> Result<OdsContent, Damage> {
    let mut is_plain = !canonical::is_needed(&content);
    walk(PART, &content, Tag::from_name, |path, event| {
        if let Event::Start(element) = &event
            && element.attributes().iter().any(|(name, value)| is_misleading(name, value))
        {
            return Err(Damage::ForeignElement(PART.to_owned()));
        }
        is_plain &= match (path, &event) {
            ([.., Tag::Row], Event::Text(_) | Event::Character(_)) => false,
            ([.., Tag::Cell], Event::Start(element)) => element.attribute("office:value").is_none_or(is_number),
            ([outer @ .., _], Event::Start(element)) if outer.contains(&Tag::Cell) => {
                !is_aside(element.name, outer.last() == Some(&Tag::Cell))
            }
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

/// Returns the content without white space between cells and asides in them, and with errors in place of bad numbers.
fn rewrite_cells(content: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(content).ok()?;
    let mut tokenizer = Tokenizer::new(text);
    let (mut written, mut path) = (String::with_capacity(text.len()), Vec::new());
    // The depth of the aside that is left out.
    let mut skipped: Option<usize> = None;
    loop {
        let start = text.len() - tokenizer.remaining();
        let token = tokenizer.next()?;
        let source = &text[start..text.len() - tokenizer.remaining()];
        match token {
            Token::Eof => return Some(written.into_bytes()),
            Token::Text(_) | Token::Character(_) if path.last() == Some(&Tag::Row) => {}
            Token::Start(name) | Token::Empty(name) => {
                let tag = Tag::from_name(local_name(name));
                let is_empty = matches!(token, Token::Empty(_));
                let is_aside = path.contains(&Tag::Cell) && is_aside(name, path.last() == Some(&Tag::Cell));
                if skipped.is_none() && !is_aside {
                    written.push_str(&start_tag(name, tag, tokenizer.attributes(), source));
                } else if !is_empty {
                    skipped.get_or_insert(path.len());
                }
                path.extend((!is_empty).then_some(tag));
            }
            Token::End(_) => {
                path.pop();
                if skipped.is_none() {
                    written.push_str(source);
                }
                skipped.take_if(|depth| *depth == path.len());
            }
            _ if skipped.is_some() => {}
            _ => written.push_str(source),
        }
    }
}

/// Returns the start tag of an element as it is to be read; `source` is the tag as written.
fn start_tag<'x>(name: &str, tag: Tag, attributes: &[Attribute<'x>], source: &'x str) -> Cow<'x, str> {
    let Some((_, value)) = attributes.iter().find(|(name, value)| is_bad_number(tag, name, value)) else {
        return Cow::Borrowed(source);
    };
    let others = attributes.iter().filter(|(name, _)| !name.starts_with("office:") && !name.starts_with("calcext:"));
    Cow::Owned(error_cell(name, others, value, source.ends_with("/>")))
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
        let bad = "<table-row><table-cell office:value='98,25' office:value-type='float' a='b'><text:p>98,25</text:p></table-cell></table-row>";
        let written = rewritten(bad).unwrap();
        assert!(written.contains("<table-cell a=\"b\" office:value-type=\"string\""), "{written}");
        assert!(written.contains(&format!("\"{ERROR_MARK}không phải là số: 98,25\"><text:p>")), "{written}");
        assert_eq!(rewritten("<table-row><table-cell office:value='98.25'/></table-row>"), None);
        assert_eq!(error_text(&format!("{ERROR_MARK}x")), Some("x"));
        assert_eq!(error_text("x"), None);
    }

    #[test]
    fn only_the_text_of_a_cell_is_left_in_it() {
        let cell = |inside: &str| format!("<table-row><table-cell>{inside}</table-cell></table-row>");
        let text = "<text:p>9<text:span>8</text:span></text:p>";
        for aside in [
            "<draw:frame><draw:text-box><text:p>1<b/></text:p></draw:text-box></draw:frame>",
            "<x:p>1</x:p>",
            "<x:p/>",
            "<text:list><text:p>1</text:p></text:list>",
        ] {
            let written = rewritten(&cell(&format!("{aside}{text}")));
            assert_eq!(written, Some(cell(text)), "{aside}");
        }
        let inner = "<text:p>9<text:note><text:p>1</text:p></text:note><text:ruby-text>2</text:ruby-text>8</text:p>";
        assert_eq!(rewritten(&cell(inner)), Some(cell("<text:p>98</text:p>")));
        assert_eq!(rewritten(&cell(&format!("<office:annotation>{text}</office:annotation>{text}"))), None);
    }

    #[test]
    fn prefixes_with_another_meaning_are_refused() {
        let [.., (_, text)] = PREFIXES;
        for (declaration, is_refused) in [
            (format!("xmlns:text='{text}'"), false),
            ("xmlns:text='urn:other'".to_owned(), true),
            (format!("xmlns:t='{text}'"), true),
            ("xmlns:x='urn:other'".to_owned(), false),
        ] {
            let content = format!("<a><b {declaration}/></a>");
            let expected = is_refused.then(|| Damage::ForeignElement(PART.to_owned()));
            assert_eq!(check(content.into_bytes()).err(), expected, "{declaration}");
        }
    }
}
