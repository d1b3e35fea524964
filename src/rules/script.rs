//! The text of a rule file, as the Lua machine takes it in.
//!
//! In comes a text with its path, out goes a chunk under the name of the file. Never here: running it.

use crate::model::id::FilePath;
use mlua::Lua;
use mlua::chunk::{Chunk, ChunkMode};

/// The text of a rule file.
#[derive(Clone, Debug)]
pub struct Script {
    pub file: FilePath,
    pub text: String,
}

impl Script {
    /// Prepares the text for a state, as text only and under the name of its file.
    pub fn chunk<'a>(&'a self, lua: &Lua) -> Chunk<'a> {
        let text = self.text.trim_start_matches('\u{feff}');
        lua.load(text).set_name(format!("={}", self.file)).set_mode(ChunkMode::Text)
    }

    /// Returns the name of the file without folder and ending.
    pub fn stem(&self) -> &str {
        let name = self.file.as_str().rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".lua").unwrap_or(name)
    }

    /// Tells whether other files take it in by `use`.
    pub fn is_library(&self) -> bool {
        self.file.as_str().starts_with("plugins/lib/")
    }
}
