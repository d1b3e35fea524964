//! Replaces raised characters of rich texts by those of Unicode: "1234" with a raised "1" is "1234¹", not "12341".
//!
//! Input: a part with texts, before it is checked. Output: the part with the raised runs rewritten, or `None` if it has
//! none. Not here: raised formats of whole cells, lowered characters, the meaning of a mark.

use super::namespaces::local_name;
use super::xml::{Token, Tokenizer};
use memchr::memmem;
use tonghop_core::vi::superscript;

/// The value of the attribute that raises a run.
const RAISED: &str = "superscript";

/// Returns the part with its raised runs rewritten; `None` if it has none, or if its XML is not sound.
pub(crate) fn raise_marks(content: &[u8]) -> Option<Vec<u8>> {
    // Fast path: nearly no part has one.
    memmem::find(content, RAISED.as_bytes())?;
    let text = std::str::from_utf8(content).ok()?;
    let mut tokenizer = Tokenizer::new(text);
    let mut run = Run::default();
    let (mut raised, mut done, mut is_changed) = (String::with_capacity(text.len()), 0, false);
    loop {
        let start = text.len() - tokenizer.remaining();
        let token = tokenizer.next()?;
        let written = match token {
            Token::Eof => break,
            Token::Text(text) if run.is_raised_text() => Some(text.chars().map(raise).collect::<String>()),
            Token::Character(c) if run.is_raised_text() && superscript::raise(c).is_some() => {
                Some(raise(c).to_string())
            }
            Token::Start(name) | Token::Empty(name) => {
                run.open(local_name(name), tokenizer.attributes(), matches!(token, Token::Start(_)));
                None
            }
            Token::End(name) => {
                run.close(local_name(name));
                None
            }
            _ => None,
        };
        if let Some(written) = written {
            raised.push_str(&text[done..start]);
            raised.push_str(&written);
            done = text.len() - tokenizer.remaining();
            is_changed = true;
        }
    }
    raised.push_str(&text[done..]);
    is_changed.then(|| raised.into_bytes())
}

/// The run of a rich text that is being read.
#[derive(Default)]
struct Run {
    is_raised: bool,
    is_text: bool,
}

impl Run {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)], has_content: bool) {
        match name {
            "r" => *self = Self::default(),
            "vertAlign" => self.is_raised = attributes.contains(&("val", RAISED)),
            "t" => self.is_text = has_content,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "r" | "si" | "is" => *self = Self::default(),
            "t" => self.is_text = false,
            _ => {}
        }
    }

    fn is_raised_text(&self) -> bool {
        self.is_raised && self.is_text
    }
}

fn raise(c: char) -> char {
    superscript::raise(c).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raised(text: &str) -> Option<String> {
        raise_marks(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn raised_runs_become_raised_characters() {
        const UP: &str = r#"<rPr><b/><vertAlign val="superscript"/></rPr>"#;
        for (text, expected) in [
            ("<si><r><t>12</t></r><r>UP<t>1</t></r><r><t>3</t></r></si>", "<t>12</t></r><r>UP<t>¹</t></r><r><t>3</t>"),
            ("<is><r><t>1.250</t></r><r>UP<t xml:space='preserve'>(2)</t></r></is>", "preserve'>⁽²⁾</t>"),
            ("<x:si><x:r>UP<x:t>*&#49;</x:t></x:r></x:si>", "<x:t>*¹</x:t>"),
            ("<si><r>UP<t>a&amp;3</t></r></si>", "<t>ᵃ&amp;³</t>"),
        ] {
            let (text, expected) = (text.replace("UP", UP), expected.replace("UP", UP));
            let written = raised(&text).unwrap();
            assert!(written.contains(&expected), "{written}");
        }
        for plain in [
            "<si><r><rPr><vertAlign val='subscript'/></rPr><t>2</t></r></si>",
            "<si><t>superscript 2</t></si>",
            "<si><r><rPr><vertAlign val='superscript'/></rPr><t/></r><r><t>2</t></r></si>",
            "<si><r><rPr><vertAlign val='superscript'/></rPr></r></si><si><t>2</t></si>",
            "<si><r><rPr><vertAlign val='superscript'/></rPr><t>2<",
        ] {
            assert_eq!(raised(plain), None, "{plain}");
        }
    }

    proptest! {
        #[test]
        fn only_text_changes(texts in prop::collection::vec("[0-9a-z() ]{0,5}", 1..5), raised_at in 0..5_usize) {
            let run = |(at, text): (usize, &String)| {
                let format = if at == raised_at { "<rPr><vertAlign val='superscript'/></rPr>" } else { "" };
                format!("<r>{format}<t>{text}</t></r>")
            };
            let written: String = texts.iter().enumerate().map(run).collect();
            let plain = format!("<si>{written}</si>");
            let changed = raised(&plain).unwrap_or_else(|| plain.clone());
            prop_assert_eq!(changed.chars().count(), plain.chars().count());
        }

        #[test]
        fn any_text_is_taken(text in ".*", tail in "(<r>|<t>|</t>|</r>|<vertAlign val='superscript'/>|1|&#49;){0,9}") {
            raise_marks(format!("superscript{text}{tail}").as_bytes());
        }
    }
}
