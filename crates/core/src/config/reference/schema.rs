//! Reads the keys of settings out of the schema of their types.
//!
//! Input: a type with a schema. Output: its keys by their paths, with type, default and description. Not here: the
//! page.

use crate::message::Message;
use crate::msg;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A TOML date, in a schema.
#[derive(JsonSchema)]
#[schemars(inline, extend("format" = "date"))]
pub(in crate::config) struct Date(#[expect(dead_code, reason = "only its schema is used")] String);

/// A key, or a table of keys.
#[derive(Debug)]
pub(super) struct Key {
    /// The documentation of its type, in English.
    pub(super) description: String,
    /// The type of its value.
    pub(super) kind: Message,
    /// The value, as TOML, of a key that is not written.
    pub(super) default: Option<String>,
    pub(super) is_required: bool,
    /// Whether its value is a table, or a list of tables, that is written under a heading of its own.
    pub(super) is_table: bool,
}

/// Returns the keys by their paths: `report.kind`, `departments[].id`, `settings.<name>`.
pub(super) fn keys_of<T: JsonSchema>() -> BTreeMap<String, Key> {
    let settings = SchemaSettings::default().with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let mut keys = BTreeMap::new();
    collect(schema.as_value(), "", &mut keys);
    keys
}

/// Adds the keys below a schema; its depth is that of the types.
fn collect(schema: &Value, path: &str, keys: &mut BTreeMap<String, Key>) {
    let required = array(schema, "required");
    for (name, property) in properties(schema) {
        let is_required = required.iter().any(|required| required == name);
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        add(property, path, is_required, keys);
    }
    if let Some(value) = schema.get("additionalProperties").filter(|value| value.is_object()) {
        add(value, format!("{path}.<name>"), false, keys);
    }
}

fn add(schema: &Value, path: String, is_required: bool, keys: &mut BTreeMap<String, Key>) {
    let (inner, suffix) = match schema.get("items") {
        Some(items) if is_object(items) => (items, "[]"),
        _ => (schema, ""),
    };
    let path = format!("{path}{suffix}");
    let text = |schema: &Value| schema.get("description").and_then(Value::as_str).map(str::to_owned);
    let key = Key {
        description: text(schema).unwrap_or_default().replace('\n', " "),
        kind: kind(schema),
        default: schema.get("default").filter(|value| !value.is_null() && !is_empty(value)).map(Value::to_string),
        is_required,
        is_table: is_object(inner),
    };
    if is_object(inner) {
        collect(inner, &path, keys);
    }
    for choice in array(inner, "oneOf").iter().chain(array(inner, "anyOf").iter().flat_map(|kind| array(kind, "oneOf")))
    {
        if let Some(value) = choice.get("const").and_then(Value::as_str) {
            let description = text(choice).unwrap_or_default().replace('\n', " ");
            let kind = Message::verbatim(String::new());
            let value_key = Key { description, kind, default: None, is_required: false, is_table: false };
            keys.insert(format!("{path} = \"{value}\""), value_key);
        }
    }
    keys.insert(path, key);
}

/// Returns the type of a value, in words.
fn kind(schema: &Value) -> Message {
    let choices = [array(schema, "anyOf"), array(schema, "oneOf")].concat();
    if !choices.is_empty() {
        let kinds: Vec<Message> = choices.iter().filter(|choice| !is_null(choice)).map(kind).collect();
        return Message::join(&kinds, ", ");
    }
    if let Some(value) = schema.get("const").and_then(Value::as_str) {
        let quoted = format!("`\"{value}\"`");
        return Message::verbatim(quoted);
    }
    if schema.get("format").is_some_and(|format| format == "date") {
        return msg!("ngày", "date");
    }
    let names = schema.get("type").map(|kind| kind.as_array().cloned().unwrap_or_else(|| vec![kind.clone()]));
    let name = names.unwrap_or_default().into_iter().find(|name| name != "null");
    match name.as_ref().and_then(Value::as_str) {
        Some("string") => msg!("chữ", "text"),
        Some("integer") => msg!("số nguyên", "whole number"),
        Some("number") => msg!("số", "number"),
        Some("boolean") => msg!("`true`, `false`", "`true`, `false`"),
        Some("array") => {
            let item = schema.get("items").map_or_else(|| msg!("chữ", "text"), kind);
            msg!("danh sách: ", "list of ").concat(&item)
        }
        _ => {
            let names: Vec<&str> = properties(schema).map(|(name, _)| name.as_str()).collect();
            Message::verbatim(format!("`{{ {} }}`", names.join(", ")))
        }
    }
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

fn array<'a>(schema: &'a Value, name: &str) -> &'a [Value] {
    schema.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn is_object(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "object")
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

fn is_empty(value: &Value) -> bool {
    value.as_str().is_some_and(str::is_empty)
        || value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some()
}
