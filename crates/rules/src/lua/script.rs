//! The text of a rule file, as the Lua machine takes it in.
//!
//! In comes a text with its path, out goes what it returns, run under the name of the file. Never here: what that is.

use mlua::chunk::{Chunk, ChunkMode, Compiler};
use mlua::{FromLuaMulti, Function, Lua};
use tonghop_core::model::id::FilePath;

/// The text of a rule file.
#[derive(Clone, Debug)]
pub struct Script {
    /// Its path in the project, which messages and figures name.
    pub file: FilePath,
    /// As read; a byte order mark at its start is passed over.
    pub text: String,
}

impl Script {
    /// Runs the text in a state and returns what it returns.
    pub fn run<T: FromLuaMulti>(&self, lua: &Lua) -> mlua::Result<T> {
        self.chunk(lua).eval()
    }

    /// Prepares the text to be run with its lines counted.
    pub fn counting(&self, lua: &Lua) -> mlua::Result<Function> {
        self.chunk(lua).set_compiler(Compiler::new().set_coverage_level(1)).into_function()
    }

    /// Prepares the text for a state, as text only and under the name of its file.
    fn chunk<'a>(&'a self, lua: &Lua) -> Chunk<'a> {
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
