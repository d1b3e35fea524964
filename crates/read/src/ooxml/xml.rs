//! A strict XML tokenizer.
//!
//! Input: the text of a part. Output: one token after the other, as slices of the text, or `None` if the text is not
//! well-formed. It is stricter than quick-xml, which calamine uses, so that both see the same tokens in every text that
//! passes. Not here: nesting of elements, custom entities, copies of the text.

use memchr::{memchr, memchr2, memmem};

/// The most attributes of an element; valid elements have fewer, and each is compared with all others.
const MAX_ATTRIBUTES: usize = 128;

/// A token of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'x> {
    /// A start tag; its attributes are in [`Tokenizer::attributes`] until the next token is read.
    Start(&'x str),
    /// An empty-element tag; its attributes are in [`Tokenizer::attributes`].
    Empty(&'x str),
    End(&'x str),
    Text(&'x str),
    /// A character written as a reference: `&amp;`, `&#7885;`.
    Character(char),
    /// A CDATA section.
    CData,
    /// A comment or a processing instruction.
    Comment,
    /// The content of the XML declaration, after `<?xml`.
    Declaration(&'x str),
    /// The end of the text.
    Eof,
}

/// The name and the value of an attribute, as written.
pub(crate) type Attribute<'x> = (&'x str, &'x str);

/// Splits a text into tokens.
pub(crate) struct Tokenizer<'x> {
    rest: &'x str,
    attributes: Vec<Attribute<'x>>,
}

impl<'x> Tokenizer<'x> {
    pub(crate) fn new(text: &'x str) -> Self {
        Self { rest: text.trim_start_matches('\u{feff}'), attributes: Vec::new() }
    }

    /// Returns the attributes of the last start or empty-element tag.
    pub(crate) fn attributes(&self) -> &[Attribute<'x>] {
        &self.attributes
    }

    /// Returns the number of bytes that are not read yet.
    pub(crate) fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Reads the next token; `None` if the text is not well-formed there.
    pub(crate) fn next(&mut self) -> Option<Token<'x>> {
        match self.rest.as_bytes() {
            [] => Some(Token::Eof),
            [b'<', b'/', ..] => self.end(),
            [b'<', b'?', ..] => self.instruction(),
            [b'<', b'!', ..] => self.comment_or_cdata(),
            [b'<', ..] => self.start(),
            [b'&', ..] => self.reference(),
            bytes => {
                let end = memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
                Some(Token::Text(self.advance(end)))
            }
        }
    }

    /// Consumes and returns the next `bytes` bytes.
    fn advance(&mut self, bytes: usize) -> &'x str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Consumes `text`, or returns `None` if the rest does not start with it.
    fn eat(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Skips white space; returns whether there was any.
    fn skip_space(&mut self) -> bool {
        let bytes = self.rest.as_bytes();
        if !bytes.first().is_some_and(|b| is_space(*b)) {
            return false;
        }
        let end = bytes.iter().position(|b| !is_space(*b)).unwrap_or(bytes.len());
        self.advance(end);
        true
    }

    fn name(&mut self) -> Option<&'x str> {
        let bytes = self.rest.as_bytes();
        let end = bytes.iter().position(|b| !IS_NAME_BYTE[usize::from(*b)]).unwrap_or(bytes.len());
        let first = *bytes.first()?;
        (end > 0 && !matches!(first, b'0'..=b'9' | b'-' | b'.')).then(|| self.advance(end))
    }

    fn start(&mut self) -> Option<Token<'x>> {
        self.eat("<")?;
        let name = self.name()?;
        self.attributes.clear();
        loop {
            let is_apart = self.skip_space();
            match self.rest.as_bytes().first()? {
                b'>' => return self.eat(">").map(|()| Token::Start(name)),
                b'/' => return self.eat("/>").map(|()| Token::Empty(name)),
                _ if is_apart && self.attributes.len() < MAX_ATTRIBUTES => self.attribute()?,
                _ => return None,
            }
        }
    }

    /// Reads an attribute; `None` if its name is not unique in the element.
    fn attribute(&mut self) -> Option<()> {
        let name = self.name()?;
        self.skip_space();
        self.eat("=")?;
        self.skip_space();
        let quote = *self.rest.as_bytes().first().filter(|b| matches!(b, b'"' | b'\''))?;
        self.advance(1);
        let mut is_plain = true;
        let end = self.rest.bytes().position(|b| {
            is_plain &= b != b'<' && b != b'&';
            b == quote
        })?;
        let value = self.advance(end);
        self.advance(1);
        let is_new = self.attributes.iter().all(|(other, _)| *other != name);
        self.attributes.push((name, value));
        (is_new && (is_plain || is_valid_attribute_value(value))).then_some(())
    }

    fn end(&mut self) -> Option<Token<'x>> {
        self.eat("</")?;
        let name = self.name()?;
        self.skip_space();
        self.eat(">").map(|()| Token::End(name))
    }

    fn reference(&mut self) -> Option<Token<'x>> {
        let (character, bytes) = parse_reference(self.rest)?;
        self.advance(bytes);
        Some(Token::Character(character))
    }

    fn instruction(&mut self) -> Option<Token<'x>> {
        self.eat("<?")?;
        let name = self.name()?;
        let is_apart = self.skip_space();
        let end = memmem::find(self.rest.as_bytes(), b"?>").filter(|end| is_apart || *end == 0)?;
        let content = self.advance(end);
        self.eat("?>")?;
        Some(if name == "xml" { Token::Declaration(content) } else { Token::Comment })
    }

    /// Reads a comment or a CDATA section. Document types are rejected, because they can declare anything.
    fn comment_or_cdata(&mut self) -> Option<Token<'x>> {
        let (begin, end, whole, token) = match self.rest.starts_with("<!--") {
            // Two hyphens may occur only at the end of a comment.
            true => ("<!--", "--", "-->", Token::Comment),
            false => ("<![CDATA[", "]]>", "]]>", Token::CData),
        };
        self.eat(begin)?;
        let length = memmem::find(self.rest.as_bytes(), end.as_bytes())?;
        self.advance(length);
        self.eat(whole).map(|()| token)
    }
}

/// Parses the reference at the start of a text; returns its character and its length in bytes.
fn parse_reference(text: &str) -> Option<(char, usize)> {
    let end = memchr(b';', text.as_bytes())?;
    let character = match text.get(1..end)? {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        written => parse_numeric_reference(written)?,
    };
    Some((character, end + 1))
}

/// Parses a numeric character reference: `#10`, `#x1EBF`.
fn parse_numeric_reference(written: &str) -> Option<char> {
    let number = written.strip_prefix('#')?;
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hexadecimal| (hexadecimal, 16));
    let is_number = digits.bytes().all(|b| b.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, radix).ok().filter(|code| is_number && *code != 0)?;
    char::from_u32(code)
}

/// Returns whether the value of an attribute contains no `<` and only valid references.
fn is_valid_attribute_value(value: &str) -> bool {
    let mut rest = value;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        let Some((_, bytes)) = parse_reference(&rest[at..]) else { return false };
        rest = &rest[at + bytes..];
    }
    true
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether a byte may occur in a name; all bytes beyond ASCII may. A lookup table, because every name is scanned byte
/// by byte.
const IS_NAME_BYTE: [bool; 256] = {
    let mut of_names = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        of_names[byte] =
            (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b':' | b'_' | b'-' | b'.' | 0x80..);
        byte += 1;
    }
    of_names
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::{BytesStart, Event};

    /// Returns the formatted tokens up to the end or the first error, and whether the whole text is well-formed.
    fn tokenize(text: &str) -> (Vec<String>, bool) {
        let (mut tokenizer, mut tokens) = (Tokenizer::new(text), Vec::new());
        loop {
            let Some(piece) = tokenizer.next() else { return (tokens, false) };
            let attributes = tokenizer.attributes();
            tokens.push(match piece {
                Token::Eof => return (tokens, true),
                Token::Start(name) => format!("<{name} {attributes:?}>"),
                Token::Empty(name) => format!("<{name} {attributes:?}/>"),
                Token::End(name) => format!("</{name}>"),
                Token::Declaration(_) => "declaration".to_owned(),
                other => format!("{other:?}"),
            });
        }
    }

    /// Returns the same tokens as read by quick-xml, which calamine uses.
    fn tokenize_with_quick_xml(text: &str) -> Option<Vec<String>> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let mut tokens = Vec::new();
        let start = |element: &BytesStart<'_>| {
            let attributes = element.attributes().map(|a| a.map(|a| (a.key.as_ref().to_owned(), a.value.into_owned())));
            Some((element.name().as_ref().to_owned(), attributes.collect::<Result<Vec<_>, _>>().ok()?))
        };
        loop {
            tokens.push(match reader.read_event().ok()? {
                Event::Eof => return Some(tokens),
                Event::Start(element) => start(&element).map(|(name, all)| format!("<{name} {all:?}>"))?,
                Event::Empty(element) => start(&element).map(|(name, all)| format!("<{name} {all:?}/>"))?,
                Event::End(element) => format!("</{}>", element.name().as_ref()),
                Event::Text(text) => format!("{:?}", Token::Text(&text)),
                Event::GeneralRef(name) => {
                    let known = quick_xml::escape::resolve_xml_entity(&name).and_then(|text| text.chars().next());
                    format!("{:?}", Token::Character(known.or(name.resolve_char_ref().ok()?)?))
                }
                Event::CData(_) => format!("{:?}", Token::CData),
                Event::Comment(_) | Event::PI(_) => format!("{:?}", Token::Comment),
                Event::Decl(_) => "declaration".to_owned(),
                Event::DocType(_) => return None,
            });
        }
    }

    #[test]
    fn every_kind_of_token_is_read() {
        let text = "\u{feff}<?xml version='1.0'?><a b = 'c>' d:e=\"&lt;'\"\n>ố &amp;&#x1EBF;<![CDATA[<]]><!-- - --><?f g?><h/></a >";
        let (tokens, is_sound) = tokenize(text);
        assert!(is_sound, "{tokens:?}");
        assert_eq!(
            tokens,
            [
                "declaration",
                r#"<a [("b", "c>"), ("d:e", "&lt;'")]>"#,
                r#"Text("ố ")"#,
                "Character('&')",
                "Character('ế')",
                "CData",
                "Comment",
                "Comment",
                "<h []/>",
                "</a>"
            ]
        );
        assert_eq!(tokenize_with_quick_xml(text).as_ref(), Some(&tokens));
    }

    #[test]
    fn malformed_xml_is_rejected() {
        for text in [
            "<",
            "<a",
            "<a b>",
            "<a b=>",
            "<a b=c>",
            "<a b='c>",
            "<a b='c'd='e'>",
            "<a b='' b=''>",
            "<a b='<'>",
            "<a b='&'>",
            "<a b='&c;'>",
            "<a / >",
            "<1>",
            "<>",
            "< a>",
            "</>",
            "</a",
            "</a b='c'>",
            "&",
            "&a",
            "&a;",
            "&;",
            "&#0;",
            "&#-1;",
            "&#+1;",
            "&#xD800;",
            "&#x110000;",
            "&#X41;",
            "&#;",
            "<!-- -- -->",
            "<!-->",
            "<!-- --->",
            "<!--",
            "<![CDATA[",
            "<![cdata[]]>",
            "<!DOCTYPE a>",
            "<!ENTITY a 'b'>",
            "<?a",
            "<? a?>",
            "<?>?>",
            "<?a'?>",
            "<a\u{a0}b='c'>",
            "<a\u{c}b='c'>",
            "<a=''>",
            "<a'b'>",
        ] {
            assert!(!tokenize(text).1, "{text}");
        }
        let wide = |count: usize| format!("<a{}>", (0..count).map(|n| format!(" a{n}=''")).collect::<String>());
        assert_eq!((tokenize(&wide(MAX_ATTRIBUTES)).1, tokenize(&wide(MAX_ATTRIBUTES + 1)).1), (true, false));
    }

    /// Complete tokens, and fragments that may break them.
    const COMPLETE_TOKENS: [&str; 18] = [
        "<a>",
        "</a>",
        "<x:y>",
        "</x:y >",
        "<b c='1'/>",
        "<b c=\"1\" d = '&gt;'>",
        "<a b='>' c='\"'/>",
        "ố",
        " ",
        "\n",
        "&amp;",
        "&#65;",
        "&#x1EBF;",
        "<!---->",
        "<!-- - -->",
        "<![CDATA[<]]>",
        "<?p q?>",
        "<?xml version='1.0'?>",
    ];
    const FRAGMENTS: [&str; 34] = [
        "<",
        ">",
        "</",
        "/>",
        "a",
        "b",
        "=",
        "'",
        "\"",
        "&",
        ";",
        "&x;",
        "#",
        "<!--",
        "-->",
        "--",
        "-",
        "<![CDATA[",
        "]]>",
        "]",
        "<?",
        "?>",
        "?",
        "xml ",
        "<?xml",
        "<!",
        "!",
        "1",
        ":",
        "\t",
        "\r",
        "<a b='",
        "' c='",
        "\u{feff}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn whatever_passes_is_what_the_library_sees(
            bits in prop::collection::vec(
                prop_oneof![4 => prop::sample::select(&COMPLETE_TOKENS[..]), 1 => prop::sample::select(&FRAGMENTS[..])], 0..9,
            ),
        ) {
            let text = bits.concat();
            let (tokens, is_sound) = tokenize(&text);
            if is_sound {
                prop_assert_eq!(tokenize_with_quick_xml(&text), Some(tokens), "{}", text);
            }
        }
    }
}
