//! Problems that are told together: the same is wrong in many cells of a sheet, and the same mends them.
//!
//! In come problems in their order, out go runs of them. Never here: words, drawing.

use super::{Code, Diagnostic, Place, Words};
use crate::model::id::{FilePath, SheetName};

/// Up to so many neighbouring problems of a sheet are told one by one.
const TOLD_ALONE: usize = 5;

/// Splits problems into those that are told alone and longer runs that are told together.
pub fn groups<'g, 'd>(diagnostics: &'g [&'d Diagnostic]) -> impl Iterator<Item = &'g [&'d Diagnostic]> {
    let runs = diagnostics.chunk_by(|a, b| kind(a).is_some_and(|kind| Some(kind) == self::kind(b)));
    runs.flat_map(|run| run.chunks(if run.len() > TOLD_ALONE { run.len() } else { 1 }))
}

/// What problems must share to be told together.
type Kind<'d> = (Code, &'d FilePath, &'d SheetName, Option<&'d Words>);

/// Returns the kind of a problem of one cell; others are always told alone.
fn kind(diagnostic: &Diagnostic) -> Option<Kind<'_>> {
    match diagnostic.places.as_slice() {
        [Place::Cell(file, sheet, _)] => Some((diagnostic.code, file, sheet, diagnostic.hint.as_ref())),
        _ => None,
    }
}
