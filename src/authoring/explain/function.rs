//! Explains a function or field of the rule API from its declaration.

use crate::authoring::text_page::TextPage;
use crate::pipeline::reference::{NameDescription, describe};
use tonghop_core::msg;

/// Explains everything in the rule API that has this name.
pub fn function(name: &str) -> Option<TextPage> {
    let found = describe(name);
    let mut page = TextPage::default();
    for NameDescription { syntax, belongs_to, doc, example, since } in &found {
        page.push_gap();
        page.push_verbatim(0, syntax.as_str());
        page.push_line(1, (*doc).into());
        page.push_line(1, msg!("thuộc: {of}", "of: {of}", of = *belongs_to));
        if let Some(since) = since {
            page.push_line(1, msg!("có từ api = {since}", "since api = {since}"));
        }
        for line in example.iter().flat_map(|example| example.lines()) {
            page.push_line(1, msg!("ví dụ: {line}", "example: {line}"));
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
            let text = function(name).unwrap_or_else(|| panic!("{name}")).render(Language::English);
            assert!(text.contains("since api = 1"), "{text}");
        }
        for name in ["decimals", "bare", "departments", "{a/b}"] {
            assert!(function(name).is_some(), "{name}");
        }
        assert_eq!(function("no_such_name"), None);
    }
}
