//! What the texts of a sheet are compared with: the headings of the project, and the labels that are declared.
//!
//! Input: the declarations, prepared. Output: the parts that reading a sheet needs. Not here: the comparison.

use super::index::LabelIndex;
use crate::layout::heading::HeadingLexicon;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::id::{DepartmentId, SectorId};
use tonghop_core::model::indicator::SectorDecl;

/// The declarations that a sheet of one department is compared with.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'v, 'a> {
    /// What the department may report.
    pub own: &'v LabelIndex<'a>,
    /// What is reported by others, to find out whose sheet an unread one is; `None` if that is not asked.
    pub others: Option<OtherDepartments<'v, 'a>>,
    pub headings: &'v HeadingLexicon,
}

/// The declarations of all departments.
#[derive(Clone, Copy)]
pub(crate) struct OtherDepartments<'v, 'a> {
    pub index: &'v LabelIndex<'a>,
    pub sectors: &'a [Arc<SectorDecl>],
    /// The indexes of sectors by their ids.
    pub positions: &'v BTreeMap<&'a SectorId, usize>,
    /// The sectors of the department whose sheet is read, as sorted indexes.
    pub own: &'v [usize],
}

impl<'a> OtherDepartments<'_, 'a> {
    /// Returns the departments that report a sector; `None` if the department itself is one of them or there are none.
    pub(crate) fn owners(&self, sector: &SectorId) -> Option<&'a [DepartmentId]> {
        let at = self.positions.get(sector)?;
        let owners = self.sectors[*at].departments.as_slice();
        (!owners.is_empty() && self.own.binary_search(at).is_err()).then_some(owners)
    }
}
