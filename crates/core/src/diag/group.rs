//! Groups problems that are reported together: the same error in many cells of a sheet, with the same remedy.
//!
//! Input: problems in order. Output: runs of them. Not here: messages, rendering.

use super::{Code, Diagnostic, Message, Place};
use crate::model::id::{FilePath, SheetName};

/// Up to this many neighbouring problems of a sheet are reported individually.
const MAX_UNGROUPED: usize = 5;

/// Splits problems into single ones and longer runs that are reported together.
pub fn groups<'g, 'd>(diagnostics: &'g [&'d Diagnostic]) -> impl Iterator<Item = &'g [&'d Diagnostic]> {
    let runs = diagnostics.chunk_by(|a, b| group_key(a).is_some_and(|kind| Some(kind) == self::group_key(b)));
    runs.flat_map(|run| run.chunks(if run.len() > MAX_UNGROUPED { run.len() } else { 1 }))
}

/// What problems must share to be grouped.
type GroupKey<'d> = (Code, &'d FilePath, &'d SheetName, Option<&'d Message>);

/// Returns the group key of a problem with exactly one cell; other problems are never grouped.
fn group_key(diagnostic: &Diagnostic) -> Option<GroupKey<'_>> {
    match diagnostic.places.as_slice() {
        [Place::Cell(file, sheet, _)] => Some((diagnostic.code, file, sheet, diagnostic.hint.as_ref())),
        _ => None,
    }
}
