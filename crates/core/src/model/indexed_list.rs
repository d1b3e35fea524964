//! A list whose items are also found by a key, without a search.
//!
//! Input: items in order, such as indicators or departments. Output: the items as a slice, and an index that is built
//! when it is first asked for and dropped when the list changes. Not here: which keys an item has.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

/// An item of an [`IndexedList`].
pub trait Indexed: Sized {
    /// Finds items by their keys.
    type Index: Clone;

    /// Builds the index of a list.
    fn build_index(items: &[Self]) -> Self::Index;
}

/// Items in order, with an index.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndexedList<T: Indexed> {
    items: Vec<T>,
    #[serde(skip)]
    index: OnceLock<T::Index>,
}

impl<T: Indexed> IndexedList<T> {
    /// Returns the index of the items.
    pub fn index(&self) -> &T::Index {
        self.index.get_or_init(|| T::build_index(&self.items))
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.index.take();
        self.items.push(item);
    }
}

impl<T: Indexed> Deref for IndexedList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T: Indexed> DerefMut for IndexedList<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.index.take();
        &mut self.items
    }
}

impl<T: Indexed> From<Vec<T>> for IndexedList<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, index: OnceLock::new() }
    }
}

impl<T: Indexed> FromIterator<T> for IndexedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        items.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T: Indexed> Extend<T> for IndexedList<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        self.index.take();
        self.items.extend(items);
    }
}

impl<'a, T: Indexed> IntoIterator for &'a IndexedList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, T: Indexed> IntoIterator for &'a mut IndexedList<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: Indexed> Default for IndexedList<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: Indexed + PartialEq> PartialEq for IndexedList<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<T: Indexed + fmt::Debug> fmt::Debug for IndexedList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    impl Indexed for String {
        type Index = HashMap<usize, usize>;

        fn build_index(items: &[Self]) -> Self::Index {
            items.iter().enumerate().map(|(at, item)| (item.len(), at)).collect()
        }
    }

    #[test]
    fn the_index_follows_every_change() {
        let mut list: IndexedList<String> = vec!["a".to_owned(), "bb".to_owned()].into();
        assert_eq!((list.index().get(&2), list.index().get(&3)), (Some(&1), None));
        list.push("ccc".to_owned());
        assert_eq!(list.index().get(&3), Some(&2));
        list.extend(["dddd".to_owned()]);
        assert_eq!(list.index().get(&4), Some(&3));
        list[0].push_str("aaaa");
        assert_eq!((list.index().get(&1), list.index().get(&5)), (None, Some(&0)));
        assert_eq!(list.len(), 4);
        assert_eq!(list, list.iter().cloned().collect());
    }
}
