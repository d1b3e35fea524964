//! The code of a rule file at which an error occurred.
//!
//! Input: the text of the file and the line. Output: the tokens of the line, the names on it and the column of a
//! mistake. Not here: messages.

use crate::lua::script::Script;
use crate::lua::tokens::{LuaToken, TokenKind, is_keyword, tokenize};
use mlua::chunk::Compiler;
use std::collections::BTreeMap;
use tonghop_core::library_text::line_and_column;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;

/// The texts in which an error may be: the rule file and those that it loads with `use`.
pub(crate) struct RuleTexts<'s> {
    pub file: &'s FilePath,
    pub text: &'s str,
    pub libraries: &'s BTreeMap<String, Script>,
}

impl<'s> RuleTexts<'s> {
    /// Returns the code at a line.
    pub(super) fn at(&self, rule: &RuleLine) -> FaultyCode<'s> {
        let library = || self.libraries.values().find(|script| script.file == rule.file);
        let text =
            if rule.file == *self.file { self.text } else { library().map_or("", |script| script.text.as_str()) };
        let text = text.trim_start_matches('\u{feff}');
        FaultyCode { text, line: rule.line, tokens: tokenize(text) }
    }
}

/// The file of an error and its line.
pub(super) struct FaultyCode<'s> {
    text: &'s str,
    pub line: u32,
    /// All tokens of the file.
    pub tokens: Vec<LuaToken>,
}

impl FaultyCode<'_> {
    /// Returns the tokens that begin on the line, with their indexes.
    fn on_line(&self) -> impl Iterator<Item = (usize, &LuaToken)> {
        self.tokens.iter().enumerate().filter(|(_, token)| token.line == self.line)
    }

    /// Returns whether the line calls or names this.
    pub(super) fn mentions(&self, name: &str) -> bool {
        self.on_line().any(|(_, token)| token.name() == Some(name))
    }

    /// Returns for each token the number of blanks that begin its line.
    pub(super) fn indents(&self) -> Vec<usize> {
        let mut indents: Vec<usize> = Vec::with_capacity(self.tokens.len());
        let mut line = 0;
        for token in &self.tokens {
            let above = indents.last().copied().filter(|_| token.line == line);
            let before = || self.text[..token.start].rfind('\n').map_or(token.start, |end| token.start - end - 1);
            indents.push(above.unwrap_or_else(before));
            line = token.line;
        }
        indents
    }

    /// Returns the column of a token.
    pub(super) fn column(&self, token: &LuaToken) -> usize {
        line_and_column(self.text, token.start).1
    }

    /// Returns the only path on the line that ends with `.name` or `:name`, without that end: `d.trash`, and where the
    /// end is; `None` if there are several.
    pub(super) fn path_before(&self, name: &str) -> Option<(String, &LuaToken)> {
        let is_end = |at: usize| {
            let sign = at.checked_sub(1).map(|at| &self.tokens[at]);
            sign.is_some_and(|sign| sign.is_sign('.') || sign.is_sign(':'))
        };
        let mut ends = self.on_line().filter(|(at, token)| token.name() == Some(name) && is_end(*at));
        let (at, token) = ends.next()?;
        if ends.next().is_some() {
            return None;
        }
        Some((self.path_ending_at(at.checked_sub(2)?)?, token))
    }

    /// Returns the path `a.b.c` whose last name is at `at`.
    fn path_ending_at(&self, at: usize) -> Option<String> {
        let mut names = vec![self.tokens[at].name()?];
        let mut start = at;
        while start >= 2 && self.tokens[start - 1].is_sign('.') {
            let Some(name) = self.tokens[start - 2].name() else { break };
            names.push(name);
            start -= 2;
        }
        names.reverse();
        Some(names.join("."))
    }

    /// Returns what the line calls: the path of each function, with the token of its last name.
    pub(super) fn called_paths(&self) -> Vec<(String, &LuaToken)> {
        let is_open =
            |token: &LuaToken| token.is_sign('(') || token.is_sign('{') || matches!(token.kind, TokenKind::Text(_));
        let is_called = |at: usize| self.tokens.get(at + 1).is_some_and(is_open);
        let is_method = |at: usize| at.checked_sub(1).is_some_and(|at| self.tokens[at].is_sign(':'));
        let calls = self.on_line().filter(|(at, token)| {
            token.name().is_some_and(|name| !is_keyword(name)) && is_called(*at) && !is_method(*at)
        });
        calls.filter_map(|(at, token)| Some((self.path_ending_at(at)?, token))).collect()
    }

    /// Returns the column at which the compiler found a mistake of syntax.
    ///
    /// The compiler names the line only. With a line break before each word of the line, the line that it names is that
    /// of the word.
    pub(super) fn syntax_column(&self, message: &str) -> Option<usize> {
        // Signs next to each other may be one: `!=`.
        let is_continued = |at: usize| {
            let before = at.checked_sub(1).map(|before| &self.tokens[before]);
            let is_sign = |token: &LuaToken| matches!(token.kind, TokenKind::Sign(_));
            before.is_some_and(|before| {
                before.end == self.tokens[at].start && is_sign(before) && is_sign(&self.tokens[at])
            })
        };
        let on_line: Vec<&LuaToken> =
            self.on_line().filter(|(at, _)| !is_continued(*at)).map(|(_, token)| token).collect();
        let mut broken = String::with_capacity(self.text.len() + on_line.len());
        let mut written = 0;
        for token in &on_line {
            broken.extend([self.text.get(written..token.start)?, "\n"]);
            written = token.start;
        }
        broken.push_str(self.text.get(written..)?);
        let (line, words) = compiler_message(&broken)?;
        let word = line.checked_sub(self.line + 1)?;
        let is_same = without_places(&words) == without_places(message);
        on_line.get(word as usize).filter(|_| is_same).map(|token| self.column(token))
    }
}

/// Returns the line and the words of the mistake that the compiler finds in a text.
fn compiler_message(text: &str) -> Option<(u32, String)> {
    let Err(mlua::Error::SyntaxError { message, .. }) = Compiler::new().compile(text) else { return None };
    let (line, words) = message.trim_start_matches(':').split_once(':')?;
    Some((line.trim().parse().ok()?, words.trim().to_owned()))
}

/// Returns the words of a message up to the place of another bracket, which depends on line breaks.
fn without_places(message: &str) -> &str {
    message.split(" (to close").next().unwrap_or(message)
}

/// Creates the texts of a rule file that loads no others, for tests.
#[cfg(test)]
pub(super) fn code(text: &str, line: u32) -> FaultyCode<'_> {
    FaultyCode { text, line, tokens: tokenize(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_of_a_mistake_of_syntax_is_found() {
        for (text, line, column) in [
            ("local a = 1\nif a b() end", 2, Some(6)),
            ("đặt = 1", 1, Some(1)),
            ("local x = { 1 2 }", 1, Some(15)),
            ("if a != b then end", 1, Some(6)),
            ("f(function()\n  if x then\n)", 3, Some(1)),
            ("f(", 1, None),
        ] {
            let (_, words) = compiler_message(text).unwrap();
            assert_eq!(code(text, line).syntax_column(&words), column, "{text}: {words}");
        }
    }

    #[test]
    fn paths_of_a_line_are_found() {
        let text = "local x = 1\nlocal y = d.trash.actual + os.time() + f { 1 } + s:lower()";
        let found = code(text, 2);
        assert_eq!(found.path_before("actual").map(|(path, _)| path).as_deref(), Some("d.trash"));
        assert_eq!(found.path_before("time").map(|(path, token)| (path, found.column(token))), Some(("os".into(), 31)));
        assert_eq!(found.path_before("x").map(|(path, _)| path), None);
        let called: Vec<String> = found.called_paths().into_iter().map(|(path, _)| path).collect();
        assert_eq!(called, ["os.time", "f"]);
    }
}
