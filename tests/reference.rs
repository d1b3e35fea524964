//! What is made from the registry of the rules is fresh: the reference page and the stubs for editors.

mod expected;
mod project;

#[test]
fn the_reference_page_is_fresh() {
    expected::file("../../docs/lua-api.md", &tonghop::rules::reference::markdown());
}

#[test]
fn the_stubs_for_editors_are_fresh() {
    expected::file("../../docs/editor/tonghop.lua", &tonghop::rules::stubs::lua());
}
