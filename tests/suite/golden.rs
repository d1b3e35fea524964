//! Compares the complete output of the repository's project with the reviewed files in `golden/`.
//!
//! `just golden` rewrites them with the current output; a reviewer checks the difference.

use crate::expected;
use crate::project;
use std::collections::BTreeMap;

/// The folder of the reviewed output, under `tests/golden/`.
const CASE: &str = "lai-chau-9-thang-2024/expected";

/// The folder of the feedback: only letters are compared here; `tests/suite/feedback.rs` checks the workbooks.
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

/// Puts every XML element on its own line, so that differences are readable.
fn broken_into_lines(part: Vec<u8>) -> Vec<u8> {
    String::from_utf8(part).unwrap().replace("><", ">\n<").into_bytes()
}
