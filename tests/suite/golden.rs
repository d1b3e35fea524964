//! The whole output of the repository's project, compared with what was reviewed and kept in `golden/`.
//!
//! `just golden` writes what the program says now; the difference is for a reviewer.

use crate::expected;
use crate::project;
use std::collections::BTreeMap;

/// Where the reviewed output stands, under `tests/golden/`.
const CASE: &str = "lai-chau-9-thang-2024/expected";

/// Of the answers to departments the letters are kept; `tests/suite/feedback.rs` looks into the workbooks.
const ANSWERS: &str = "phan-hoi/";

#[test]
fn the_report_of_nine_months_is_as_reviewed() {
    let mut parts = BTreeMap::new();
    for (name, bytes) in &project::clean().files {
        if name.starts_with(ANSWERS) && name.ends_with(".xlsx") {
            continue;
        }
        if name.ends_with(".xlsx") || name.ends_with(".docx") {
            let inner = project::book::parts(bytes).into_iter();
            parts.extend(inner.map(|(part, content)| (format!("{name}/{part}"), broken_into_lines(content))));
        } else {
            parts.insert(name.clone(), bytes.clone());
        }
    }
    assert!(project::OUTPUTS.iter().all(|name| parts.keys().any(|part| part.starts_with(name))));
    expected::folder(CASE, &parts);
}

/// Puts every element of XML on a line of its own, so that a difference is read as one.
fn broken_into_lines(part: Vec<u8>) -> Vec<u8> {
    String::from_utf8(part).unwrap().replace("><", ">\n<").into_bytes()
}
