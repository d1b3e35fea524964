//! The reference page of the rules is what the registry says.

mod expected;
mod project;

#[test]
fn the_reference_page_is_fresh() {
    expected::file("../../docs/rules-reference.md", &tonghop::rules::reference::markdown());
}
