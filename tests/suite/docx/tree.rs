//! Parses a part of a package to a tree of elements.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// An element.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// The text directly inside it.
    pub own_text: String,
}

impl Node {
    /// Parses a part; malformed XML fails the test.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut reader = Reader::from_str(std::str::from_utf8(bytes).unwrap());
        reader.config_mut().check_end_names = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => open.push(Self::new(&tag)),
                Event::Empty(tag) => open.last_mut().unwrap().children.push(Self::new(&tag)),
                Event::End(_) => {
                    let closed = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(closed);
                }
                Event::Text(text) => open.last_mut().unwrap().own_text.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => {
                    let sign = quick_xml::escape::resolve_predefined_entity(&name).expect("a predefined entity");
                    open.last_mut().unwrap().own_text.push_str(sign);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "an element is not closed");
        open.pop().unwrap().children.pop().expect("a root")
    }

    fn new(tag: &BytesStart<'_>) -> Self {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        Self { name: tag.name().as_ref().to_owned(), attributes: attributes.collect(), ..Self::default() }
    }

    /// Returns the value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns an attribute as a number.
    pub fn number(&self, name: &str) -> i64 {
        self.attribute(name).unwrap_or_else(|| panic!("{} has no {name}", self.name)).parse().unwrap()
    }

    /// Returns the first child with a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Follows the first children with these names.
    pub fn path(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |node, name| node.child(name))
    }

    /// Returns the node and everything below it in document order.
    pub fn all(&self) -> Vec<&Self> {
        let below = self.children.iter().flat_map(Self::all);
        std::iter::once(self).chain(below).collect()
    }

    /// Returns every element with a name below the node.
    pub fn named(&self, name: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|node| node.name == name).collect()
    }

    /// Returns the printed text of the node.
    pub fn text(&self) -> String {
        let pieces = self.all().into_iter().map(|node| match node.name.as_str() {
            "w:t" => node.own_text.as_str(),
            "w:br" => "\n",
            _ => "",
        });
        pieces.collect()
    }
}
