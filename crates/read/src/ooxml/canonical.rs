//! Rewrites a part so that every reader understands it alike: without comments, CDATA and what may be ignored.
//!
//! Input: a part with legal but rare markup. Output: the same content in plain markup. A number that is none becomes an
//! error of its cell. Not here: parts that are plain, which nearly all are; refusals.

use super::literals::is_xml_number;
use super::namespaces::{Namespaces, Vocabulary, local_name};
use super::xml::{Token, Tokenizer};
use memchr::memmem;

/// The most bytes of a rewritten part.
const MAX_BYTES: usize = 256 * 1024 * 1024;
/// The greatest depth of nesting that is rewritten.
const MAX_DEPTH: usize = 128;
/// The area that a sheet claims to use, which is often wrong, and extensions.
const UNNEEDED: [&str; 2] = ["dimension", "extLst"];
const CDATA_START: usize = "<![CDATA[".len();
const CDATA_END: usize = "]]>".len();

/// Returns whether a part has comments, CDATA or processing instructions.
pub(crate) fn is_needed(content: &[u8]) -> bool {
    let after_declaration = content.get(8..).unwrap_or_default();
    memmem::find(content, b"<!").is_some() || memmem::find(after_declaration, b"<?").is_some()
}

/// Returns the part in plain markup; `None` if its XML is not sound or the result is too large.
///
/// `namespaces` are those of the part; elements that may be ignored are left out.
pub(crate) fn rewrite(content: &[u8], namespaces: Namespaces<'_>) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(content).ok()?;
    let mut tokenizer = Tokenizer::new(text);
    let mut writer = Writer {
        namespaces,
        written: String::with_capacity(text.len()),
        depth: 0,
        skipped: None,
        cell: None,
        value: None,
    };
    loop {
        let start = text.len() - tokenizer.remaining();
        let token = tokenizer.next()?;
        if token == Token::Eof {
            return Some(writer.written.into_bytes());
        }
        let end = text.len() - tokenizer.remaining();
        writer.write(token, &tokenizer, &text[start..end])?;
        if writer.written.len() > MAX_BYTES {
            return None;
        }
    }
}

/// What a value of a cell must look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ValueKind {
    Number,
    /// The index of a shared string, or a truth value.
    Index,
    Free,
}

/// The cell that is being written.
struct OpenCell {
    depth: usize,
    kind: ValueKind,
    /// Where its start tag begins and ends in the written text, and the tag as that of an error.
    tag: std::ops::Range<usize>,
    error_tag: String,
}

struct Writer<'x> {
    namespaces: Namespaces<'x>,
    written: String,
    depth: usize,
    /// The depth of the element that is left out.
    skipped: Option<usize>,
    cell: Option<OpenCell>,
    /// The value of the cell so far, if it must be a number.
    value: Option<String>,
}

impl<'x> Writer<'x> {
    fn write(&mut self, token: Token<'x>, tokenizer: &Tokenizer<'x>, written: &str) -> Option<()> {
        match token {
            Token::Start(name) => self.start(name, tokenizer, written, true)?,
            Token::Empty(name) => self.start(name, tokenizer, written, false)?,
            Token::End(_) => self.end(written),
            Token::Comment | Token::Eof => {}
            _ if self.skipped.is_some() => {}
            Token::CData => {
                let content = &written[CDATA_START..written.len() - CDATA_END];
                self.push_text(content, &escaped(content));
            }
            Token::Text(text) => self.push_text(text, text),
            Token::Character(character) => self.push_text(character.encode_utf8(&mut [0; 4]), written),
            Token::Declaration(_) => self.written.push_str(written),
        }
        Some(())
    }

    fn start(&mut self, name: &'x str, tokenizer: &Tokenizer<'x>, written: &str, has_content: bool) -> Option<()> {
        self.depth += 1;
        self.namespaces.open(self.depth, tokenizer.attributes());
        let vocabulary = self.namespaces.vocabulary(name);
        let is_unneeded = vocabulary == Vocabulary::Own && UNNEEDED.contains(&local_name(name));
        if self.skipped.is_none() && (vocabulary == Vocabulary::Ignorable || is_unneeded) {
            self.skipped = Some(self.depth);
        }
        if self.skipped.is_none() {
            let start = self.written.len();
            self.written.push_str(written);
            if vocabulary == Vocabulary::Own && has_content {
                self.open_cell(name, tokenizer, start);
            }
        }
        if !has_content {
            self.leave();
        }
        (self.depth <= MAX_DEPTH).then_some(())
    }

    fn open_cell(&mut self, name: &str, tokenizer: &Tokenizer<'x>, start: usize) {
        let cell_depth = self.cell.as_ref().map(|cell| cell.depth);
        match local_name(name) {
            "c" if cell_depth.is_none() => {
                let attributes = tokenizer.attributes();
                let kind = match attributes.iter().find(|(name, _)| *name == "t").map(|(_, kind)| *kind) {
                    None | Some("n") => ValueKind::Number,
                    Some("s" | "b") => ValueKind::Index,
                    _ => ValueKind::Free,
                };
                let others = attributes.iter().filter(|(name, _)| *name != "t");
                let others: String = others.map(|(name, value)| format!(" {name}=\"{}\"", quoted(value))).collect();
                let error_tag = format!("<{name}{others} t=\"e\">");
                self.cell = Some(OpenCell { depth: self.depth, kind, tag: start..self.written.len(), error_tag });
            }
            "v" if self
                .cell
                .as_ref()
                .is_some_and(|cell| cell.depth + 1 == self.depth && cell.kind != ValueKind::Free) =>
            {
                self.value = Some(String::new());
            }
            _ => {}
        }
    }

    fn end(&mut self, written: &str) {
        if self.skipped.is_none() {
            self.push_value();
            self.written.push_str(written);
            self.cell.take_if(|cell| cell.depth == self.depth);
        }
        self.leave();
    }

    fn leave(&mut self) {
        self.skipped.take_if(|depth| *depth == self.depth);
        self.namespaces.close(self.depth);
        self.depth = self.depth.saturating_sub(1);
    }

    /// Adds text to the value of a cell, or as it is to be written.
    fn push_text(&mut self, text: &str, written: &str) {
        match &mut self.value {
            Some(value) => value.push_str(text),
            None => self.written.push_str(written),
        }
    }

    /// Writes the value that ends here; what is not a number becomes an error of its cell.
    fn push_value(&mut self) {
        let Some((value, cell)) = self.value.take().zip(self.cell.as_mut()) else { return };
        // White space around a number has no meaning (XML Schema, whiteSpace = collapse).
        let trimmed = value.trim_ascii();
        let is_sound = match cell.kind {
            ValueKind::Number => trimmed.is_empty() || is_xml_number(trimmed),
            // An index that is none is refused by the check: no text can be right.
            ValueKind::Index | ValueKind::Free => true,
        };
        if is_sound {
            self.written.push_str(&escaped(trimmed));
        } else {
            self.written.replace_range(cell.tag.clone(), &cell.error_tag);
            self.written.push_str(&escaped(&bad_number(trimmed)));
        }
    }
}

/// Returns the error of a cell whose number is none.
pub(crate) fn bad_number(text: &str) -> String {
    const MAX_SHOWN: usize = 40;
    let shown: String = text.chars().take(MAX_SHOWN).collect();
    format!("không phải là số: {shown}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}

/// Returns the value of an attribute, as written, so that it can be between quotation marks.
fn quoted(value: &str) -> String {
    value.replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROOT: &str = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:z='urn:z' \
        xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' mc:Ignorable='z'>";

    fn rewritten(content: &str) -> String {
        let part = format!("{ROOT}{content}</worksheet>");
        let written = String::from_utf8(rewrite(part.as_bytes(), Namespaces::of_workbooks()).unwrap()).unwrap();
        written.strip_prefix(ROOT).unwrap().strip_suffix("</worksheet>").unwrap().to_owned()
    }

    #[test]
    fn rare_markup_becomes_plain() {
        for (content, expected) in [
            ("<c t='str'><v>1<![CDATA[2]]>,5</v></c>", "<c t='str'><v>12,5</v></c>"),
            ("<t><![CDATA[a<b&c]]></t>", "<t>a&lt;b&amp;c</t>"),
            ("<t>a<!-- b -->c<?d e?></t>", "<t>ac</t>"),
            ("<c><v>1<!-- -->2<![CDATA[3]]>&#52;</v></c>", "<c><v>1234</v></c>"),
            ("<dimension ref=''/><row/>", "<row/>"),
            ("<z:c><z:v>1</z:v><c/></z:c><c r='B1'/>", "<c r='B1'/>"),
            ("<z:c/><c><v> 7 </v></c>", "<c><v>7</v></c>"),
            ("<y:c xmlns:y='urn:y'/>", "<y:c xmlns:y='urn:y'/>"),
            ("<c t='s'><v> 3\n</v></c><c><v>NaN</v></c>", "<c t='s'><v>3</v></c><c><v>NaN</v></c>"),
        ] {
            assert_eq!(rewritten(content), expected, "{content}");
        }
    }

    #[test]
    fn a_bad_number_is_the_error_of_its_cell() {
        assert_eq!(
            rewritten("<c r='A1' t='n' s='2'><f>B1</f><v>98,25</v></c><c r='B1'><v>5</v></c>"),
            "<c r=\"A1\" s=\"2\" t=\"e\"><f>B1</f><v>không phải là số: 98,25</v></c><c r='B1'><v>5</v></c>"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "(<c>|<v>|</v>|</c>|<z:c>|</z:c>|<!-- -->|<!\\[CDATA\\[1\\]\\]>|1|&lt;){0,12}") {
            let part = format!("{ROOT}{text}</worksheet>");
            if let Some(written) = rewrite(part.as_bytes(), Namespaces::of_workbooks()) {
                prop_assert!(!is_needed(&written));
            }
        }
    }
}
