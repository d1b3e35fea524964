//! Compiles and runs the text of a rule file.
//!
//! Input: a text with its path. Output: the value that the file returns. Not here: the meaning of that value.

use super::number_texts::REPLACED_BUILTINS;
use super::ordered_loops::with_checked_loops;
use mlua::chunk::{Chunk, ChunkMode, Compiler};
use mlua::{FromLuaMulti, Function, Lua};
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::control_characters::CleanedLines;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;

/// The text of a rule file.
#[derive(Clone, Debug)]
pub struct Script {
    /// Its path in the project, which appears in messages and in the origin of figures.
    pub file: FilePath,
    /// The text as read from the file; a byte order mark at the start is ignored.
    pub text: String,
}

impl Script {
    /// Returns the script without control characters, with a diagnostic at the first line that has one; `None` if none
    /// has. They would make the text look different from the rule that runs.
    pub(crate) fn without_control_characters(&self) -> Option<(Self, Diagnostic)> {
        let CleanedLines { text, line, message } = CleanedLines::of(&self.text)?;
        let place = Place::Rule(RuleLine { file: self.file.clone(), line });
        let diagnostic = Diagnostic::new(Code::CharactersRemoved, place, message).with_hint(Message::new(
            "xóa các ký tự đó khỏi tệp quy tắc, rồi đọc lại dòng được nêu",
            "delete these characters from the rule file, then read the line again",
        ));
        Some((Self { file: self.file.clone(), text }, diagnostic))
    }

    /// Runs the text in a Lua state and returns its result.
    pub fn run<T: FromLuaMulti>(&self, lua: &Lua) -> mlua::Result<T> {
        self.chunk(lua).eval()
    }

    /// Compiles the text with line coverage.
    pub fn compile_with_coverage(&self, lua: &Lua) -> mlua::Result<Function> {
        self.chunk(lua).set_compiler(compiler().set_coverage_level(1)).into_function()
    }

    /// Loads the text into a state under the name of its file; bytecode is not accepted.
    fn chunk(&self, lua: &Lua) -> Chunk<'static> {
        let text = self.text.trim_start_matches('\u{feff}');
        lua.load(with_checked_loops(text).into_owned())
            .set_compiler(compiler())
            .set_name(format!("={}", self.file))
            .set_mode(ChunkMode::Text)
    }

    /// Returns the file name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.file.as_str().rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".lua").unwrap_or(name)
    }

    /// Returns whether other files load it with `use`.
    pub fn is_library(&self) -> bool {
        self.file.as_str().starts_with("plugins/lib/")
    }
}

/// Returns the compiler, which calls replaced functions of the library instead of Luau's own.
fn compiler() -> Compiler {
    Compiler::new().set_disabled_builtins(REPLACED_BUILTINS)
}
