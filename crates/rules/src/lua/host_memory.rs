//! Counts what the host holds for a rule file against the memory limit of the file.
//!
//! Input: the sizes of values that host functions create. Output: an error if they exceed the limit, together with what
//! Lua holds. Not here: Lua's own limit, and the sizes of single values.

use super::error::{LimitExceeded, RuleLimit, calling_line};
use mlua::Lua;
use std::mem::size_of;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tonghop_core::config::Limits;
use tonghop_core::model::document::Span;
use tonghop_core::model::figure::Figure;

/// The memory of a figure that a rule computes, in bytes: the figure, its names and its rule line.
pub(crate) const FIGURE_BYTES: usize = size_of::<Figure>() + 128;

/// The memory of a text of its own, in bytes, besides its content: what the allocator adds.
const ALLOCATION_BYTES: usize = 32;

/// The memory that the host holds for one rule file.
#[derive(Debug)]
pub(crate) struct HostMemory {
    used: Arc<AtomicUsize>,
    limit: usize,
}

/// A part of the memory, which is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct MemoryCharge {
    used: Arc<AtomicUsize>,
    bytes: usize,
}

impl Drop for MemoryCharge {
    fn drop(&mut self) {
        self.used.fetch_sub(self.bytes, Relaxed);
    }
}

impl HostMemory {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { used: Arc::default(), limit: limits.plugin_memory_mib.saturating_mul(1024 * 1024) }
    }

    /// Counts a value while the returned charge lives.
    ///
    /// # Errors
    /// Returns an error if the value exceeds the limit.
    pub(crate) fn charge(&self, lua: &Lua, bytes: usize) -> mlua::Result<MemoryCharge> {
        self.keep(lua, bytes)?;
        Ok(MemoryCharge { used: Arc::clone(&self.used), bytes })
    }

    /// Counts a value for as long as the rule file is loaded.
    ///
    /// # Errors
    /// Returns an error if the value exceeds the limit.
    pub(crate) fn keep(&self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        self.check(lua, bytes)?;
        self.used.fetch_add(bytes, Relaxed);
        Ok(())
    }

    /// Checks that there is room for a value, and makes room by freeing what the rule no longer uses.
    ///
    /// # Errors
    /// Returns an error if there is none.
    pub(crate) fn check(&self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        let has_room = || self.used.load(Relaxed).saturating_add(bytes).saturating_add(lua.used_memory()) <= self.limit;
        if has_room() {
            return Ok(());
        }
        // Lua does not know the size of what its values hold, so it frees them too late.
        lua.gc_collect()?;
        if has_room() {
            return Ok(());
        }
        Err(mlua::Error::external(LimitExceeded { limit: RuleLimit::Memory, rule: calling_line(lua) }))
    }
}

/// Returns the memory of one more value in a list that doubles when it is full, in bytes.
pub(crate) const fn element_bytes<T>() -> usize {
    2 * size_of::<T>() + ALLOCATION_BYTES
}

/// Returns the memory of spans in bytes.
pub(crate) fn span_bytes(spans: &[Span]) -> usize {
    let mut bytes = 0;
    let mut waiting = vec![spans];
    while let Some(spans) = waiting.pop() {
        for span in spans {
            bytes += size_of::<Span>() + ALLOCATION_BYTES + span.text().len();
            match span {
                Span::Note(note) => waiting.push(note),
                Span::Figure(_) => bytes += FIGURE_BYTES,
                _ => {}
            }
        }
    }
    bytes
}
