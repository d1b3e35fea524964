//! Groups problems that are reported together: the same error in many cells of a sheet, with the same remedy.
//!
//! Input: problems in order. Output: runs of them. Not here: messages, rendering.

use super::{Code, Diagnostic, Place, Words};
use crate::model::id::{FilePath, SheetName};

/// Up to this many neighbouring problems of a sheet are reported individually.
const TOLD_ALONE: usize = 5;

/// Splits problems into single ones and longer runs that are reported together.
pub fn groups<'g, 'd>(diagnostics: &'g [&'d Diagnostic]) -> impl Iterator<Item = &'g [&'d Diagnostic]> {
    let runs = diagnostics.chunk_by(|a, b| kind(a).is_some_and(|kind| Some(kind) == self::kind(b)));
    runs.flat_map(|run| run.chunks(if run.len() > TOLD_ALONE { run.len() } else { 1 }))
}

/// What problems must share to be grouped.
type Kind<'d> = (Code, &'d FilePath, &'d SheetName, Option<&'d Words>);

/// Returns the group key of a problem with exactly one cell; other problems are never grouped.
fn kind(diagnostic: &Diagnostic) -> Option<Kind<'_>> {
    match diagnostic.places.as_slice() {
        [Place::Cell(file, sheet, _)] => Some((diagnostic.code, file, sheet, diagnostic.hint.as_ref())),
        _ => None,
    }
}
