//! Reads typed values from the tables of rule files.
//!
//! Input: a Lua table and the text of its file. Output: typed values in the order of the file, or an error with its
//! line. Not here: the meaning of the values.

use super::source::{self, Key};
use crate::api::signature::{Misfit, Shape};
use crate::lua::error::{HostError, no_setting};
use crate::lua::script::Script;
use crate::suggest::did_you_mean;
use mlua::{FromLua, Table, Value as LuaValue};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::diag::Words;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::say;

/// Reads the declaration of one file.
pub(crate) struct Reader<'a> {
    pub(super) file: &'a FilePath,
    pub(super) config: &'a Config,
    keys: Vec<Key>,
    /// The line of a possible `==` in place of `=`.
    doubled_sign: Option<u32>,
}

impl<'a> Reader<'a> {
    /// Creates a reader for the table of a file.
    pub(crate) fn new(script: &'a Script, config: &'a Config) -> Self {
        let doubled_sign = source::doubled_sign(&script.text);
        Self { file: &script.file, config, keys: source::keys(&script.text), doubled_sign }
    }

    /// Returns the named entries of a table in the order of the file; names that do not occur in the text come last.
    pub(super) fn ordered(&self, table: &Table, at: &[&str]) -> mlua::Result<Vec<(String, LuaValue)>> {
        let mut entries = Vec::new();
        for pair in table.pairs::<LuaValue, LuaValue>() {
            let (key, value) = pair?;
            let LuaValue::String(name) = key else {
                return Err(self.wrong(
                    Words::new("mỗi mục cần một tên: tên = { … }", "each entry needs a name: name = { … }"),
                    at,
                ));
            };
            entries.push((name.to_str()?.to_owned(), value));
        }
        let places: BTreeMap<String, usize> =
            entries.iter().filter_map(|(name, _)| Some((name.clone(), self.place(&[at, &[name]].concat())?))).collect();
        entries.sort_by(|(a, _), (b, _)| {
            let place = |name: &String| places.get(name).copied().unwrap_or(usize::MAX);
            place(a).cmp(&place(b)).then_with(|| a.cmp(b))
        });
        Ok(entries)
    }

    /// Returns the index of a key path among the keys of the file: of the whole path, or else of its last name.
    fn place(&self, path: &[&str]) -> Option<usize> {
        let whole = self.keys.iter().position(|k| k.path == path);
        whole.or_else(|| self.keys.iter().position(|k| k.path.last().map(String::as_str) == path.last().copied()))
    }

    /// Returns an indicator name that occurs twice in one table, because Lua keeps only the last entry.
    pub(super) fn doubled(&self) -> Option<(&str, u32)> {
        let mut seen = BTreeSet::new();
        let twice = self.keys.iter().filter(|key| is_indicator(&key.path)).find(|key| !seen.insert(&key.path))?;
        Some((twice.path.last()?, twice.line))
    }

    pub(super) fn line(&self, path: &[&str]) -> u32 {
        self.place(path).map_or(1, |place| self.keys[place].line)
    }

    /// Checks the keys of a table and their types.
    pub(super) fn fits(&self, table: &Table, shape: &Shape, at: &[&str]) -> mlua::Result<()> {
        shape.check(table).map_err(|Misfit { key, message, hint }| {
            let path: Vec<&str> = at.iter().copied().chain(key.as_deref()).collect();
            let nameless = key.as_deref().is_some_and(|key| key.starts_with('['));
            let line = self.doubled_sign.filter(|_| nameless).unwrap_or_else(|| self.line(&path));
            self.error(message, line, hint)
        })
    }

    /// Returns an error if the table has a key that is not in `names`.
    pub(super) fn among(&self, table: &Table, names: &[&str], at: &[&str]) -> mlua::Result<()> {
        let known: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let unknown = |name: &&String| !known.contains(name);
        let keys = table.pairs::<String, LuaValue>().map(|pair| pair.map(|(key, _)| key));
        let keys = keys.collect::<mlua::Result<BTreeSet<String>>>()?;
        match keys.iter().find(unknown) {
            Some(name) => {
                let path: Vec<&str> = at.iter().copied().chain([name.as_str()]).collect();
                let message = say!("không có mục \"{name}\" ở đây", "there is no key \"{name}\" here");
                Err(self.wrong_with(message, &path, Some(did_you_mean(name, &known))))
            }
            None => Ok(()),
        }
    }

    /// Replaces the settings in a label by their values: `Vốn giao năm {@period.year}`.
    pub(super) fn label(&self, written: &str, at: &[&str]) -> mlua::Result<String> {
        let mut label = String::new();
        let mut rest = written;
        while let Some((before, behind)) = rest.split_once("{@") {
            let (key, after) = behind.split_once('}').unwrap_or((behind, ""));
            let Some(words) = self.config.setting(key) else {
                let (message, hint) = no_setting(key);
                return Err(self.wrong_with(message, at, Some(hint)));
            };
            label.push_str(before);
            label.push_str(&words);
            rest = after;
        }
        label.push_str(rest);
        Ok(label)
    }

    pub(super) fn texts(&self, table: &Table, key: &str, at: &[&str]) -> mlua::Result<Vec<String>> {
        let Some(list) = self.get::<Table>(table, key, at)? else { return Ok(Vec::new()) };
        let path: Vec<&str> = at.iter().copied().chain([key]).collect();
        list.sequence_values::<String>()
            .collect::<mlua::Result<_>>()
            .map_err(|_| self.wrong(say!("{key} cần một danh sách chuỗi", "{key} needs a list of strings"), &path))
    }

    pub(super) fn get<T: FromLua>(&self, table: &Table, key: &str, at: &[&str]) -> mlua::Result<Option<T>> {
        let path: Vec<&str> = at.iter().copied().chain([key]).collect();
        table
            .raw_get::<Option<T>>(key)
            .map_err(|_| self.wrong(say!("mục {key} có kiểu không đúng", "the key {key} is of the wrong type"), &path))
    }

    pub(super) fn need<T: FromLua>(&self, table: &Table, key: &str, at: &[&str]) -> mlua::Result<T> {
        self.get(table, key, at)?.ok_or_else(|| self.wrong(say!("thiếu mục {key}", "the key {key} is missing"), at))
    }

    pub(super) fn wrong(&self, message: Words, at: &[&str]) -> mlua::Error {
        self.wrong_with(message, at, None)
    }

    pub(super) fn wrong_with(&self, message: Words, at: &[&str], hint: Option<Words>) -> mlua::Error {
        self.error(message, self.line(at), hint)
    }

    pub(super) fn error(&self, message: Words, line: u32, hint: Option<Words>) -> mlua::Error {
        let rule = Some(RuleLine { file: self.file.clone(), line });
        mlua::Error::external(HostError { message, hint, rule })
    }
}

/// Returns whether a key path is that of an indicator: `indicators/x`, `indicators/x/parts/y`.
fn is_indicator(path: &[String]) -> bool {
    let groups = path.iter().step_by(2).skip(1).all(|group| group == "parts" || group == "of_which");
    path.len().is_multiple_of(2) && path.first().is_some_and(|first| first == "indicators") && groups
}
