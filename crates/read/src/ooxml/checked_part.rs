//! Checks a part of an `.xlsx`, after it is rewritten if calamine would misread it.
//!
//! Input: a part and its role. Output: the part as it is to be read, its use of styles, and its layout. Not here: other
//! parts, the archive.

use super::canonical;
use super::layout::PartLayout;
use super::markup;
use super::namespaces::Namespaces;
use super::package::PartRole;
use super::raised;
use super::sheet_validator::{self, StyleUsage};
use crate::error::Damage;

/// A part that passed the check.
pub(crate) struct CheckedPart {
    pub content: Vec<u8>,
    /// Whether the content is not that of the file, and whether comments and the like were left out.
    pub is_rewritten: bool,
    pub is_canonical: bool,
    pub styles: StyleUsage,
    pub layout: PartLayout,
}

/// Checks a part; `name` is in lower case.
///
/// # Errors
/// Returns an error if the part is not well-formed, or if a cell would be misread.
pub(crate) fn check(name: &str, role: PartRole, content: Vec<u8>) -> Result<CheckedPart, Damage> {
    if !role.is_strict() {
        markup::check_well_formed(name, &content)?;
        let (styles, layout) = Default::default();
        return Ok(CheckedPart { content, is_rewritten: false, is_canonical: false, styles, layout });
    }
    let is_canonical = canonical::is_needed(&content);
    let part = check_as(name, role, content, is_canonical)?;
    if !part.layout.needs_rewriting {
        return Ok(part);
    }
    let part = check_as(name, role, part.content, true)?;
    if part.layout.needs_rewriting { Err(Damage::InvalidXml(name.to_owned())) } else { Ok(part) }
}

fn check_as(name: &str, role: PartRole, content: Vec<u8>, is_canonical: bool) -> Result<CheckedPart, Damage> {
    let written = rewritten(role, &content, is_canonical).ok_or_else(|| Damage::InvalidXml(name.to_owned()))?;
    let is_rewritten = written.is_some();
    let content = written.unwrap_or(content);
    let (styles, layout) = sheet_validator::check(name, &content)?;
    Ok(CheckedPart { content, is_rewritten, is_canonical, styles, layout })
}

/// Returns the part as it is to be read if that differs from the file; the outer `None` if its XML is not sound.
#[expect(clippy::option_option, reason = "a part can be unsound, as it is, or rewritten")]
pub(crate) fn rewritten(role: PartRole, content: &[u8], is_canonical: bool) -> Option<Option<Vec<u8>>> {
    let mut written = None;
    if is_canonical {
        written = Some(canonical::rewrite(content, Namespaces::of_workbooks())?);
    }
    let raised = role.has_texts().then(|| raised::raise_marks(written.as_deref().unwrap_or(content))).flatten();
    Some(raised.or(written))
}
