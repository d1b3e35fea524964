//! Generates annotations for lua-language-server from the registry.
//!
//! Input: the entries and table schemas. Output: a Lua file for editors, which is never run. Not here: facts that are
//! not in the registry.

use crate::api::entry::{Call, Entry};
use crate::api::shapes::SHAPES;
use crate::api::signature::{Key, Kind, Param, Params, Shape};
use crate::eval::owner::Owner;
use crate::host;
use std::fmt::Write;
use tonghop_core::message::{Both, Language};

/// The classes of values, with the type of members that the project declares; empty if there are none.
const CLASSES: [(Owner, &str, &str); 15] = [
    (Owner::Sector, "Sector", "any"),
    (Owner::Indicator, "Indicator", "any"),
    (Owner::Parts, "Parts", "tonghop.Indicator"),
    (Owner::Targets, "Targets", "tonghop.Figure"),
    (Owner::Figure, "Figure", ""),
    (Owner::Words, "Words", "tonghop.Text"),
    (Owner::Text, "Text", ""),
    (Owner::Said, "Said", ""),
    (Owner::Records, "Records", "tonghop.Figure"),
    (Owner::Record, "Record", "any"),
    (Owner::Remark, "Remark", ""),
    (Owner::Out, "Out", ""),
    (Owner::Report, "Report", "tonghop.Sector"),
    (Owner::Shortfall, "Shortfall", ""),
    (Owner::Check, "Check", ""),
];

/// The arithmetic operators of figures and indicators.
const ARITHMETIC: [&str; 4] = ["add", "sub", "mul", "div"];

/// The types that can be iterated, with the type of their elements.
const TURNS: [(Owner, &str); 3] = [(Owner::Parts, "Indicator"), (Owner::Text, "Said"), (Owner::Records, "Record")];

/// Returns the text of the file.
pub fn lua() -> String {
    let mut file =
        "---@meta\n-- Sinh ra từ khai báo trong crates/rules, để trình soạn thảo gợi ý tên và tham số. Không phải là quy tắc.\n"
            .to_owned();
    for shape in SHAPES {
        table(&mut file, shape);
    }
    for (owner, class, index) in CLASSES {
        let _ = write!(file, "\n---@class tonghop.{class}\n");
        for entry in of(owner).filter(|entry| is_field(entry)) {
            let _ = writeln!(file, "---@field {} {} {}", entry.name, entry.returns, doc(entry));
        }
        if !index.is_empty() {
            let _ = writeln!(file, "---@field [string] {index}");
        }
        if matches!(owner, Owner::Figure | Owner::Indicator) {
            ARITHMETIC.iter().for_each(|sign| {
                let _ = writeln!(file, "---@operator {sign}(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure");
            });
        }
        for (_, turn) in TURNS.iter().filter(|(of, _)| *of == owner) {
            let _ = writeln!(file, "---@operator call: tonghop.{turn}");
        }
        let _ = writeln!(file, "local {class} = {{}}");
        for entry in of(owner).filter(|entry| !is_field(entry)) {
            function(&mut file, entry, &format!("{class}:{}", entry.name));
        }
    }
    for entry in of(Owner::Global) {
        function(&mut file, entry, entry.name);
    }
    file
}

fn of(owner: Owner) -> impl Iterator<Item = &'static Entry> {
    host::entries().filter(move |entry| entry.owner == owner)
}

fn is_field(entry: &Entry) -> bool {
    matches!(entry.call, Call::Field(_) | Call::Plain(_))
}

fn doc(entry: &Entry) -> String {
    match entry.deprecated {
        Some(deprecated) => format!("{} Cách viết cũ: thay bằng `{}`.", told(entry.doc), deprecated.instead),
        None => told(entry.doc).to_owned(),
    }
}

/// Returns the Vietnamese text, because the stubs are for the authors of rules.
fn told(doc: Both) -> &'static str {
    doc.in_language(Language::Vietnamese)
}

fn table(file: &mut String, shape: &Shape) {
    let _ = write!(file, "\n---{}\n---@class tonghop.{}\n", told(shape.doc), shape.name);
    if let Some(Key { kind, doc, needed, .. }) = &shape.first {
        let _ = writeln!(file, "---@field [1]{} {} {}", mark(*needed), luals(*kind), told(*doc));
    }
    for Key { name, kind, doc, needed } in shape.keys {
        let _ = writeln!(file, "---@field {name}{} {} {}", mark(*needed), luals(*kind), told(*doc));
    }
    if shape.open {
        let _ = writeln!(file, "---@field [string] any");
    }
}

fn mark(needed: bool) -> &'static str {
    if needed { "" } else { "?" }
}

fn function(file: &mut String, entry: &Entry, name: &str) {
    let _ = write!(file, "\n---{}\n", told(entry.doc));
    let mut names: Vec<&str> = Vec::new();
    match entry.params {
        Params::Many(Param { kind, .. }) => {
            let _ = writeln!(file, "---@param ... {}|table|tonghop.Parts", luals(kind));
            names.push("...");
        }
        Params::Each(params) => {
            for Param { name, kind, optional } in params {
                let _ = writeln!(file, "---@param {name}{} {}", mark(!optional), luals(*kind));
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
pub fn luals(kind: Kind) -> String {
    match kind {
        Kind::Text | Kind::RowTemplate => "string".to_owned(),
        Kind::Word(word) => format!("\"{word}\""),
        Kind::Template => "string|tonghop.Text".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Whole => "integer".to_owned(),
        Kind::Flag => "boolean".to_owned(),
        Kind::Function(written) => written.to_owned(),
        Kind::Figure => "tonghop.Figure|tonghop.Indicator|number".to_owned(),
        Kind::Indicator => "tonghop.Indicator".to_owned(),
        Kind::Words => "tonghop.Text".to_owned(),
        Kind::Rows => "table|tonghop.Parts|tonghop.Records".to_owned(),
        Kind::Texts | Kind::RowTemplates => "string[]".to_owned(),
        Kind::Arguments => luals(Kind::Named("any")),
        Kind::Named(held) => format!("table<string, {held}>"),
        Kind::Table(shape) | Kind::Declaration(shape) => format!("tonghop.{}", shape.name),
        Kind::Either(kinds) => kinds.iter().map(|kind| luals(*kind)).collect::<Vec<_>>().join("|"),
    }
}
