//! Generates annotations for lua-language-server from the registry.
//!
//! Input: the entries and table schemas. Output: a Lua file for editors, which is never run. Not here: facts that are
//! not in the registry.

use crate::api::entry::{ApiEntry, Handler};
use crate::api::schemas::SCHEMAS;
use crate::api::signature::{ExpectedType, KeySpec, Param, Params, TableSchema};
use crate::eval::lua_type::LuaType;
use crate::host;
use std::fmt::Write;
use tonghop_core::message::{Language, StaticMessage};

/// The classes of values, with the type of members that the project declares; empty if there are none.
const CLASSES: [(LuaType, &str, &str); 16] = [
    (LuaType::Sector, "Sector", "any"),
    (LuaType::Indicator, "Indicator", "any"),
    (LuaType::Parts, "Parts", "tonghop.Indicator"),
    (LuaType::Targets, "Targets", "tonghop.Figure"),
    (LuaType::Figure, "Figure", ""),
    (LuaType::Series, "Series", "tonghop.Figure"),
    (LuaType::Narrative, "Words", "tonghop.Text"),
    (LuaType::Text, "Text", ""),
    (LuaType::NarrativeCell, "Said", ""),
    (LuaType::Records, "Records", "tonghop.Figure"),
    (LuaType::Record, "Record", "any"),
    (LuaType::Remark, "Remark", ""),
    (LuaType::Out, "Out", ""),
    (LuaType::Report, "Report", "tonghop.Sector"),
    (LuaType::Shortfall, "Shortfall", ""),
    (LuaType::Check, "Check", ""),
];

/// The arithmetic operators of figures and indicators.
const ARITHMETIC: [&str; 4] = ["add", "sub", "mul", "div"];

/// The types that can be iterated, with the type of their elements.
const ITERATED_TYPES: [(LuaType, &str); 4] =
    [(LuaType::Parts, "Indicator"), (LuaType::Text, "Said"), (LuaType::Records, "Record"), (LuaType::Series, "Figure")];

/// The values of `[settings]`.
const SETTINGS: &str = "\n---Các giá trị ở `[settings]` của `tonghop.toml`.\n---@type table<string, number|string|string[]|tonghop.Figure>\nsettings = {}\n";

/// Returns the text of the file.
pub fn lua() -> String {
    let mut file =
        "---@meta\n-- Sinh ra từ khai báo trong crates/rules, để trình soạn thảo gợi ý tên và tham số. Không phải là quy tắc.\n"
            .to_owned();
    for shape in SCHEMAS {
        write_table(&mut file, shape);
    }
    for (owner, class, index) in CLASSES {
        let _ = write!(file, "\n---@class tonghop.{class}\n");
        for entry in entries_of(owner).filter(|entry| is_field(entry)) {
            let _ = writeln!(file, "---@field {} {} {}", entry.name, entry.returns, doc(entry));
        }
        if !index.is_empty() {
            let _ = writeln!(file, "---@field [string] {index}");
        }
        if matches!(owner, LuaType::Figure | LuaType::Indicator) {
            ARITHMETIC.iter().for_each(|sign| {
                let _ = writeln!(file, "---@operator {sign}(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure");
            });
        }
        for (_, turn) in ITERATED_TYPES.iter().filter(|(of, _)| *of == owner) {
            let _ = writeln!(file, "---@operator call: tonghop.{turn}");
        }
        let _ = writeln!(file, "local {class} = {{}}");
        for entry in entries_of(owner).filter(|entry| !is_field(entry)) {
            write_function(&mut file, entry, &format!("{class}:{}", entry.name));
        }
    }
    for entry in entries_of(LuaType::Global) {
        write_function(&mut file, entry, entry.name);
    }
    file.push_str(SETTINGS);
    file
}

fn entries_of(owner: LuaType) -> impl Iterator<Item = &'static ApiEntry> {
    host::entries().filter(move |entry| entry.owner == owner)
}

fn is_field(entry: &ApiEntry) -> bool {
    matches!(entry.handler, Handler::Field(_) | Handler::Plain(_))
}

fn doc(entry: &ApiEntry) -> String {
    match entry.deprecated {
        Some(deprecated) => format!("{} Cách viết cũ: thay bằng `{}`.", vietnamese(entry.doc), deprecated.replacement),
        None => vietnamese(entry.doc).to_owned(),
    }
}

/// Returns the Vietnamese text, because the stubs are for the authors of rules.
fn vietnamese(doc: StaticMessage) -> &'static str {
    doc.in_language(Language::Vietnamese)
}

fn write_table(file: &mut String, shape: &TableSchema) {
    let _ = write!(file, "\n---{}\n---@class tonghop.{}\n", vietnamese(shape.doc), shape.name);
    if let Some(KeySpec { kind, doc, is_required, .. }) = &shape.positional {
        let _ =
            writeln!(file, "---@field [1]{} {} {}", optional_mark(*is_required), luals_type(*kind), vietnamese(*doc));
    }
    for KeySpec { name, kind, doc, is_required } in shape.keys {
        let _ = writeln!(
            file,
            "---@field {name}{} {} {}",
            optional_mark(*is_required),
            luals_type(*kind),
            vietnamese(*doc)
        );
    }
    if shape.allows_other_keys {
        let _ = writeln!(file, "---@field [string] any");
    }
}

fn optional_mark(is_required: bool) -> &'static str {
    if is_required { "" } else { "?" }
}

fn write_function(file: &mut String, entry: &ApiEntry, name: &str) {
    let _ = write!(file, "\n---{}\n", vietnamese(entry.doc));
    let mut names: Vec<&str> = Vec::new();
    match entry.params {
        Params::Variadic(Param { kind, .. }) => {
            let _ = writeln!(file, "---@param ... {}|table|tonghop.Parts", luals_type(kind));
            names.push("...");
        }
        Params::Fixed(params) => {
            for Param { name, kind, is_optional } in params {
                let _ = writeln!(file, "---@param {name}{} {}", optional_mark(!is_optional), luals_type(*kind));
                names.push(name);
            }
        }
    }
    if !entry.returns.is_empty() {
        let _ = writeln!(file, "---@return {}", entry.returns);
    }
    if entry.deprecated.is_some() {
        let _ = writeln!(file, "---@deprecated");
    }
    let _ = writeln!(file, "function {name}({}) end", names.join(", "));
}

/// Formats a type for lua-language-server.
pub fn luals_type(kind: ExpectedType) -> String {
    match kind {
        ExpectedType::Text | ExpectedType::RowTemplate => "string".to_owned(),
        ExpectedType::Literal(word) => format!("\"{word}\""),
        ExpectedType::Template => "string|tonghop.Text".to_owned(),
        ExpectedType::Number => "number".to_owned(),
        ExpectedType::Integer => "integer".to_owned(),
        ExpectedType::Boolean => "boolean".to_owned(),
        ExpectedType::Function(written) => written.to_owned(),
        ExpectedType::Figure => "tonghop.Figure|tonghop.Indicator|number".to_owned(),
        ExpectedType::Indicator => "tonghop.Indicator".to_owned(),
        ExpectedType::TextCells => "tonghop.Text".to_owned(),
        ExpectedType::Rows => "table|tonghop.Parts|tonghop.Records".to_owned(),
        ExpectedType::StringList | ExpectedType::RowTemplateList => "string[]".to_owned(),
        ExpectedType::NumberPair => "number[]".to_owned(),
        ExpectedType::TemplateArguments => luals_type(ExpectedType::Map("any")),
        ExpectedType::Map(held) => format!("table<string, {held}>"),
        ExpectedType::Table(shape) | ExpectedType::Declaration(shape) => format!("tonghop.{}", shape.name),
        ExpectedType::OneOf(kinds) => kinds.iter().map(|kind| luals_type(*kind)).collect::<Vec<_>>().join("|"),
    }
}
