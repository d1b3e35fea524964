//! The files generated from the rule API are up to date: the reference page and the stubs for editors.

use crate::expected;
use tonghop_core::diag::Language;

#[test]
fn the_reference_pages_are_fresh() {
    for (page, language) in [("lua-api.md", Language::Vietnamese), ("lua-api.en.md", Language::English)] {
        expected::file(&format!("../../docs/{page}"), &tonghop_rules::reference::markdown(language));
    }
}

#[test]
fn the_stubs_for_editors_are_fresh() {
    expected::file("../../docs/editor/tonghop.lua", &tonghop_rules::stubs::lua());
}

#[test]
fn every_doc_has_vietnamese() {
    let pages = [Language::Vietnamese, Language::English].map(tonghop_rules::reference::markdown);
    let [vietnamese, english] = pages.each_ref().map(|page| page.lines().collect::<Vec<_>>());
    assert_eq!(vietnamese.len(), english.len(), "both say the same");
    let is_said = |line: &str| !line.is_empty() && !line.contains('`') && !line.starts_with(['-', '|']);
    let mut code = false;
    for (one, other) in vietnamese.iter().zip(&english) {
        code ^= one.starts_with("```");
        assert!(code || !is_said(one) || one != other, "{one}");
    }
}

#[test]
fn the_reference_pages_of_the_settings_are_fresh() {
    for (page, language) in [("settings.md", Language::Vietnamese), ("settings.en.md", Language::English)] {
        expected::file(&format!("../../docs/{page}"), &tonghop_core::config::reference::markdown(language));
    }
}
