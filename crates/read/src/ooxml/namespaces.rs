//! Resolves the namespaces of elements: which are those of workbooks, which may be ignored, and which are foreign.
//!
//! Input: the start tags of a part in their order. Output: the vocabulary of each element. Not here: the meaning of
//! elements. The rules are those of ECMA-376, Part 3 (Markup Compatibility and Extensibility).

use super::xml::Attribute;

/// The namespaces of SpreadsheetML: transitional and strict.
const SPREADSHEET: [&str; 2] =
    ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"];
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const IGNORABLE: &str = ":Ignorable";

/// What an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// SpreadsheetML, or any namespace if namespaces do not matter in the part.
    Own,
    /// A namespace that a reader which does not know it must ignore, with all that is in the element.
    Ignorable,
    Foreign,
}

/// The namespaces that are declared at the current place of a walk.
pub(crate) struct Namespaces<'x> {
    /// Whether namespaces matter in the part.
    is_strict: bool,
    /// The depth, the prefix and the namespace of each declaration, outermost first.
    declared: Vec<(usize, &'x str, &'x str)>,
    /// The depth and the namespace of each that may be ignored.
    ignorable: Vec<(usize, &'x str)>,
    /// Whether elements without a prefix are SpreadsheetML; nearly all elements are asked only this.
    is_default_own: bool,
}

impl<'x> Namespaces<'x> {
    /// Returns the namespaces of a part of SpreadsheetML.
    pub(crate) fn of_workbooks() -> Self {
        Self { is_strict: true, ..Self::unchecked() }
    }

    /// Returns the namespaces of a part in which all elements are its own.
    pub(crate) fn unchecked() -> Self {
        Self { is_strict: false, declared: Vec::new(), ignorable: Vec::new(), is_default_own: false }
    }

    /// Adds the declarations of an element at this depth.
    pub(crate) fn open(&mut self, depth: usize, attributes: &[Attribute<'x>]) {
        if !self.is_strict {
            return;
        }
        let before = self.declared.len();
        for (name, value) in attributes {
            match name.strip_prefix("xmlns") {
                Some("") => self.declared.push((depth, "", value)),
                Some(prefix) => self.declared.extend(prefix.strip_prefix(':').map(|prefix| (depth, prefix, *value))),
                None => {}
            }
        }
        if self.declared.len() != before {
            self.is_default_own = is_own(self.namespace(""));
        }
        let listed = attributes.iter().filter(|(name, _)| {
            name.strip_suffix(IGNORABLE).is_some_and(|prefix| self.namespace(prefix) == Some(COMPATIBILITY))
        });
        let prefixes: Vec<&str> = listed.flat_map(|(_, prefixes)| prefixes.split_ascii_whitespace()).collect();
        for prefix in prefixes {
            let namespace = self.namespace(prefix);
            self.ignorable.extend(namespace.map(|namespace| (depth, namespace)));
        }
    }

    /// Removes the declarations of the element at this depth.
    pub(crate) fn close(&mut self, depth: usize) {
        let before = self.declared.len();
        while self.declared.pop_if(|(at, ..)| *at >= depth).is_some() {}
        while self.ignorable.pop_if(|(at, _)| *at >= depth).is_some() {}
        if self.declared.len() != before {
            self.is_default_own = is_own(self.namespace(""));
        }
    }

    /// Returns what an element belongs to; `name` has its prefix.
    pub(crate) fn vocabulary(&self, name: &str) -> Vocabulary {
        if !self.is_strict {
            return Vocabulary::Own;
        }
        let prefix = match name.bytes().position(|b| b == b':') {
            None if self.is_default_own => return Vocabulary::Own,
            None => "",
            Some(colon) => &name[..colon],
        };
        let namespace = self.namespace(prefix);
        match namespace {
            own if is_own(own) => Vocabulary::Own,
            Some(uri) if self.ignorable.iter().any(|(_, ignorable)| *ignorable == uri) => Vocabulary::Ignorable,
            _ => Vocabulary::Foreign,
        }
    }

    fn namespace(&self, prefix: &str) -> Option<&'x str> {
        self.declared.iter().rev().find(|(_, other, _)| *other == prefix).map(|(_, _, uri)| *uri)
    }
}

fn is_own(namespace: Option<&str>) -> bool {
    namespace.is_some_and(|uri| SPREADSHEET.contains(&uri))
}

/// Returns the name of an element without its prefix.
pub(crate) fn local_name(name: &str) -> &str {
    name.bytes().position(|b| b == b':').map_or(name, |colon| &name[colon + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = SPREADSHEET[0];

    #[test]
    fn elements_belong_to_the_innermost_declaration() {
        let mut namespaces = Namespaces::of_workbooks();
        let root = [("xmlns", OWN), ("xmlns:z", "urn:z"), ("xmlns:mc", COMPATIBILITY), ("mc:Ignorable", "z  y")];
        namespaces.open(1, &root);
        let outer = [("c", Vocabulary::Own), ("z:c", Vocabulary::Ignorable), ("y:c", Vocabulary::Foreign)];
        for (name, expected) in outer {
            assert_eq!(namespaces.vocabulary(name), expected, "{name}");
        }
        namespaces.open(2, &[("xmlns", "urn:other"), ("xmlns:s", SPREADSHEET[1]), ("xmlns:z", "urn:w")]);
        for (name, expected) in [("c", Vocabulary::Foreign), ("s:c", Vocabulary::Own), ("z:c", Vocabulary::Foreign)] {
            assert_eq!(namespaces.vocabulary(name), expected, "{name}");
        }
        namespaces.close(2);
        for (name, expected) in outer {
            assert_eq!(namespaces.vocabulary(name), expected, "{name}");
        }
        assert_eq!(Namespaces::unchecked().vocabulary("z:c"), Vocabulary::Own);
        assert_eq!(Namespaces::of_workbooks().vocabulary("c"), Vocabulary::Foreign);
    }
}
