//! What the tests of several crates share: texts of small projects.
//!
//! Input: what a test is about. Output: text that the program reads. Not here: anything of the program itself, so that
//! every crate may use it in its tests.

/// Returns the smallest settings of a project: top-level keys, what every project must say, further tables.
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
