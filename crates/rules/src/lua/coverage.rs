//! Line coverage of the rule files.
//!
//! Input: chunks of rule files compiled with coverage. Output: for each file, the lines of its functions and whether
//! any run reached them. Not here: a judgement of the coverage, and the lines of the declaration itself, which always
//! run.

use mlua::Function;
use std::collections::BTreeMap;
use tonghop_core::model::id::FilePath;

/// The lines of functions by file, each with whether it ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    files: BTreeMap<FilePath, BTreeMap<u32, bool>>,
}

impl Coverage {
    /// Adds the lines that the functions of a chunk have run so far.
    pub(crate) fn add(&mut self, file: &FilePath, chunk: &Function) {
        let lines = self.files.entry(file.clone()).or_default();
        chunk.coverage(|info| {
            let is_function = info.depth > 0;
            // Luau reports -1 hits for a line without a statement.
            for (line, hits) in (0..).zip(info.hits).filter(|(_, hits)| is_function && *hits >= 0) {
                *lines.entry(line).or_default() |= hits > 0;
            }
        });
    }

    /// Adds the coverage of another run.
    pub fn merge(&mut self, other: Self) {
        for (file, lines) in other.files {
            let known = self.files.entry(file).or_default();
            for (line, ran) in lines {
                *known.entry(line).or_default() |= ran;
            }
        }
    }

    /// Returns each file with its lines (1-based) and whether they ran.
    pub fn files(&self) -> impl Iterator<Item = (&FilePath, &BTreeMap<u32, bool>)> {
        self.files.iter()
    }
}
