//! The parts and members of an indicator, all or some, as seen by rules.
//!
//! Input: an indicator and names. Output: its children. Not here: their sums, Lua.

use super::data::IndicatorRef;
use std::sync::Arc;
use tonghop_core::vi::label::fold_label;

/// Children of an indicator: its parts, or the members of its breakdown.
#[derive(Clone, Debug)]
pub struct PartSet {
    whole: IndicatorRef,
    /// The indexes of the chosen children in the declaration; `None` for all.
    chosen: Option<Arc<[usize]>>,
}

impl PartSet {
    /// Returns all children of an indicator.
    pub(crate) fn all(whole: IndicatorRef) -> Self {
        Self { whole, chosen: None }
    }

    /// Returns the children in the order of the declaration.
    pub(crate) fn items(&self) -> Vec<IndicatorRef> {
        let is_chosen = |child: &IndicatorRef| self.chosen.as_ref().is_none_or(|chosen| chosen.contains(&child.index));
        self.whole.children().into_iter().filter(is_chosen).collect()
    }

    /// Returns the children with these names (`keeps`), or all others.
    ///
    /// # Errors
    /// Returns the first name that no child has.
    pub(crate) fn named<'n>(&self, names: &'n [String], keeps: bool) -> Result<Self, &'n str> {
        let items = self.items();
        let mut named = Vec::with_capacity(names.len());
        for name in names {
            let has_name = |child: &IndicatorRef| child.decl().id.as_str() == name || has_label(child, name);
            named.push(items.iter().find(|child| has_name(child)).ok_or(name.as_str())?.index);
        }
        let chosen = items.iter().map(|child| child.index).filter(|index| named.contains(index) == keeps).collect();
        Ok(Self { whole: self.whole.clone(), chosen: Some(chosen) })
    }

    /// Returns what the children are called: their ids and labels.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = |child: IndicatorRef| [child.decl().id.to_string(), child.decl().label.clone()];
        self.items().into_iter().flat_map(names).collect()
    }

    /// Returns the memory of the list of children in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.chosen.as_ref().map_or(0, |chosen| size_of_val(&**chosen))
    }
}

fn has_label(child: &IndicatorRef, name: &str) -> bool {
    child.decl().all_spellings().any(|spelling| fold_label(spelling) == fold_label(name))
}
