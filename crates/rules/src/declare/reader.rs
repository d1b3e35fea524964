//! Reads typed values from the tables of rule files.
//!
//! Input: a Lua table and the text of its file. Output: typed values in the order of the file, or an error with its
//! line. Not here: the meaning of the values.

use super::source::{self, SourceKey};
use crate::api::signature::{TableSchema, TypeMismatch};
use crate::lua::error::{HostError, unknown_setting};
use crate::lua::script::Script;
use crate::suggest::did_you_mean;
use mlua::{FromLua, Table, Value as LuaValue};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::diag::Message;
use tonghop_core::model::control_characters::{control_character_message, find_control_character};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;

/// Reads the declaration of one file.
pub(crate) struct DeclarationReader<'a> {
    pub(super) file: &'a FilePath,
    pub(super) config: &'a Config,
    keys: Vec<SourceKey>,
    /// The line of a possible `==` in place of `=`.
    double_equals_line: Option<u32>,
}

impl<'a> DeclarationReader<'a> {
    /// Creates a reader for the table of a file.
    pub(crate) fn new(script: &'a Script, config: &'a Config) -> Self {
        let doubled_sign = source::double_equals_line(&script.text);
        Self { file: &script.file, config, keys: source::keys_in_text(&script.text), double_equals_line: doubled_sign }
    }

    /// Returns the named entries of a table in the order of the file; names that do not occur in the text come last.
    pub(super) fn entries_in_file_order(&self, table: &Table, at: &[&str]) -> mlua::Result<Vec<(String, LuaValue)>> {
        let mut entries = Vec::new();
        for pair in table.pairs::<LuaValue, LuaValue>() {
            let (key, value) = pair?;
            let LuaValue::String(name) = key else {
                return Err(self.error_at_key(
                    Message::new("mỗi mục cần một tên: tên = { … }", "each entry needs a name: name = { … }"),
                    at,
                ));
            };
            entries.push((name.to_str()?.to_owned(), value));
        }
        let places: BTreeMap<String, usize> = entries
            .iter()
            .filter_map(|(name, _)| Some((name.clone(), self.key_index(&[at, &[name]].concat())?)))
            .collect();
        entries.sort_by(|(a, _), (b, _)| {
            let place = |name: &String| places.get(name).copied().unwrap_or(usize::MAX);
            place(a).cmp(&place(b)).then_with(|| a.cmp(b))
        });
        Ok(entries)
    }

    /// Returns the index of a key path among the keys of the file: of the whole path, or else of its last name.
    fn key_index(&self, path: &[&str]) -> Option<usize> {
        let whole = self.keys.iter().position(|k| k.path == path);
        whole.or_else(|| self.keys.iter().position(|k| k.path.last().map(String::as_str) == path.last().copied()))
    }

    /// Returns an indicator name that occurs twice in one table, because Lua keeps only the last entry.
    pub(super) fn duplicate_indicator(&self) -> Option<(&str, u32)> {
        let mut seen = BTreeSet::new();
        let twice = self.keys.iter().filter(|key| is_indicator_path(&key.path)).find(|key| !seen.insert(&key.path))?;
        Some((twice.path.last()?, twice.line))
    }

    pub(super) fn key_line(&self, path: &[&str]) -> u32 {
        self.key_index(path).map_or(1, |index| self.keys[index].line)
    }

    /// Checks the keys of a table and their types.
    pub(super) fn check_schema(&self, table: &Table, shape: &TableSchema, at: &[&str]) -> mlua::Result<()> {
        shape.check(table).map_err(|TypeMismatch { key, message, hint }| {
            let path: Vec<&str> = at.iter().copied().chain(key.as_deref()).collect();
            let nameless = key.as_deref().is_some_and(|key| key.starts_with('['));
            let line = self.double_equals_line.filter(|_| nameless).unwrap_or_else(|| self.key_line(&path));
            self.error_at_line(message, line, hint)
        })
    }

    /// Returns an error if the table has a key that is not in `names`.
    pub(super) fn check_keys(&self, table: &Table, names: &[&str], at: &[&str]) -> mlua::Result<()> {
        let known: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let unknown = |name: &&String| !known.contains(name);
        let keys = table.pairs::<String, LuaValue>().map(|pair| pair.map(|(key, _)| key));
        let keys = keys.collect::<mlua::Result<BTreeSet<String>>>()?;
        match keys.iter().find(unknown) {
            Some(name) => {
                let path: Vec<&str> = at.iter().copied().chain([name.as_str()]).collect();
                let message = msg!("không có mục \"{name}\" ở đây", "there is no key \"{name}\" here");
                Err(self.error_at_key_with_hint(message, &path, Some(did_you_mean(name, &known))))
            }
            None => Ok(()),
        }
    }

    /// Replaces the settings in a label by their values: `Vốn giao năm {@period.year}`.
    pub(super) fn expand_label(&self, written: &str, at: &[&str]) -> mlua::Result<String> {
        if let Some(character) = find_control_character(written) {
            return Err(self.error_at_key(control_character_message(character), at));
        }
        let mut label = String::new();
        let mut rest = written;
        while let Some((before, placeholder)) = rest.split_once("{@") {
            let (key, after) = placeholder.split_once('}').unwrap_or((placeholder, ""));
            let Some(text) = self.config.setting(key) else {
                let (message, hint) = unknown_setting(key);
                return Err(self.error_at_key_with_hint(message, at, Some(hint)));
            };
            label.push_str(before);
            label.push_str(&text);
            rest = after;
        }
        label.push_str(rest);
        Ok(label)
    }

    pub(super) fn string_list(&self, table: &Table, key: &str, at: &[&str]) -> mlua::Result<Vec<String>> {
        let Some(list) = self.get::<Table>(table, key, at)? else { return Ok(Vec::new()) };
        let path: Vec<&str> = at.iter().copied().chain([key]).collect();
        list.sequence_values::<String>().collect::<mlua::Result<_>>().map_err(|_| {
            self.error_at_key(msg!("{key} cần một danh sách chuỗi", "{key} needs a list of strings"), &path)
        })
    }

    pub(super) fn get<T: FromLua>(&self, table: &Table, key: &str, at: &[&str]) -> mlua::Result<Option<T>> {
        let path: Vec<&str> = at.iter().copied().chain([key]).collect();
        table.raw_get::<Option<T>>(key).map_err(|_| {
            self.error_at_key(msg!("mục {key} có kiểu không đúng", "the key {key} is of the wrong type"), &path)
        })
    }

    pub(super) fn get_required<T: FromLua>(&self, table: &Table, key: &str, at: &[&str]) -> mlua::Result<T> {
        self.get(table, key, at)?
            .ok_or_else(|| self.error_at_key(msg!("thiếu mục {key}", "the key {key} is missing"), at))
    }

    pub(super) fn error_at_key(&self, message: Message, at: &[&str]) -> mlua::Error {
        self.error_at_key_with_hint(message, at, None)
    }

    pub(super) fn error_at_key_with_hint(&self, message: Message, at: &[&str], hint: Option<Message>) -> mlua::Error {
        self.error_at_line(message, self.key_line(at), hint)
    }

    pub(super) fn error_at_line(&self, message: Message, line: u32, hint: Option<Message>) -> mlua::Error {
        let rule = Some(RuleLine { file: self.file.clone(), line });
        mlua::Error::external(HostError { message, hint, rule })
    }
}

/// Returns whether a key path is that of an indicator: `indicators/x`, `indicators/x/parts/y`.
fn is_indicator_path(path: &[String]) -> bool {
    let groups = path.iter().step_by(2).skip(1).all(|group| group == "parts" || group == "of_which");
    path.len().is_multiple_of(2) && path.first().is_some_and(|first| first == "indicators") && groups
}
