//! Explains a function or field of the rule API from its declaration.

use crate::authoring::page::Page;
use crate::pipeline::reference::{Described, described};
use tonghop_core::say;

/// Explains everything in the rule API that has this name.
pub fn function(name: &str) -> Option<Page> {
    let found = described(name);
    let mut page = Page::default();
    for Described { written, of, doc, example, since } in &found {
        page.gap();
        page.verbatim(0, written.as_str());
        page.line(1, (*doc).into());
        page.line(1, say!("thuộc: {of}", "of: {of}", of = *of));
        if let Some(since) = since {
            page.line(1, say!("có từ api = {since}", "since api = {since}"));
        }
        for line in example.iter().flat_map(|example| example.lines()) {
            page.line(1, say!("ví dụ: {line}", "example: {line}"));
        }
    }
    (!found.is_empty()).then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::diag::Language;

    #[test]
    fn a_function_is_found_by_its_name_and_by_its_call() {
        for name in ["behind", "d:behind", "d:behind(0.8)", "out:paragraph", "sum", "sum{}", "d.x.actual"] {
            let text = function(name).unwrap_or_else(|| panic!("{name}")).text(Language::English);
            assert!(text.contains("since api = 1"), "{text}");
        }
        for name in ["decimals", "bare", "departments", "{a/b}"] {
            assert!(function(name).is_some(), "{name}");
        }
        assert_eq!(function("no_such_name"), None);
    }
}
