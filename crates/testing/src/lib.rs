//! Test helpers shared by several crates: the settings of small projects.
//!
//! It depends on no other crate of the workspace, so that the tests of every crate can use it.

/// Returns minimal settings of a project: `keys` at the top level, the required tables, then `tables`.
pub fn minimal_settings(keys: &str, tables: &str) -> String {
    let everywhere = r#"
        [organisation]
        issuer = "UBND"
        place = "X"
        [period]
        year = 2024
        months = 9
        [report]
        kind = "BÁO CÁO"
        subject = "s"
    "#;
    [keys, everywhere, tables].concat()
}
