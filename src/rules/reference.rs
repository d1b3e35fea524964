//! The reference page of all that a rule can call and read, made from the registry.
//!
//! In come the entries, out goes Markdown, or what one name means. Never here: a fact that is not in an entry.

use super::entry::{Call, Entry};
use super::host;
use super::shapes::SHAPES;
use super::signature::{Key, Kind, Param, Shape};
use super::stubs::luals;
use super::value::Owner;
use crate::model::template::{FORMS, Form, OPTIONS};
use std::fmt::Write;

/// What kinds of values the page goes through, with what they are in the code.
const CHAPTERS: [(Owner, &str, &str); 13] = [
    (Owner::Global, "Functions", ""),
    (Owner::Sector, "A sector", "d"),
    (Owner::Indicator, "An indicator", "d.x"),
    (Owner::Parts, "The parts of an indicator", "d.x.parts"),
    (Owner::Targets, "Figures by plan", "d.x.target"),
    (Owner::Figure, "A figure", "d.x.actual"),
    (Owner::Words, "Words by topic", "d.narrative"),
    (Owner::Text, "Words", "d.topic"),
    (Owner::Remark, "A difficulty", "r"),
    (Owner::Out, "What sectors and the report write to", "out"),
    (Owner::Report, "All sectors", "r"),
    (Owner::Shortfall, "A shortfall", "s"),
    (Owner::Check, "What checks report to", "check"),
];

/// Writes the page.
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    forms(&mut page);
    SHAPES.iter().for_each(|shape| table(&mut page, shape));
    for (owner, title, _) in CHAPTERS {
        let entries: Vec<&Entry> = host::entries().filter(|e| e.owner == owner).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {title}\n");
        for entry in entries {
            let _ = write!(page, "\n### `{}`\n\n{}", call(entry), entry.doc);
            let since = (entry.since > 1).then(|| format!(" Since `api = {}`.", entry.since));
            let deprecated =
                entry.deprecated.map(|d| format!(" Deprecated since `api = {}`: use `{}`.", d.since, d.instead));
            let _ = writeln!(page, "{}{}", since.unwrap_or_default(), deprecated.unwrap_or_default());
            if entry.example != NO_EXAMPLE {
                let _ = write!(page, "\n```lua\n{}\n```\n", entry.example);
            }
        }
    }
    page
}

const HEAD: &str = "# What a rule can write, call and read

Made from the registry in `src/rules`; every example is run by a test. How to begin is told in [rules.md](rules.md) \
(Vietnamese) and [rules.en.md](rules.en.md).
";

/// Writes the forms of templates.
fn forms(page: &mut String) {
    let _ = write!(page, "\n## {TEMPLATES}\n\n| written | means |\n|---|---|\n");
    for Form { written, means, .. } in FORMS {
        let _ = writeln!(page, "| `{}` | {} |", written.replace('|', "\\|"), means.replace('|', "\\|"));
    }
    let _ = write!(page, "\nOptions of `{{x|…}}`:\n\n| option | means |\n|---|---|\n");
    for (option, means) in OPTIONS {
        let _ = writeln!(page, "| `{option}` | {means} |");
    }
    let _ = write!(page, "\nA digit anywhere else in a template is an error: numbers come from workbooks.\n");
}

/// Writes the keys of a table.
fn table(page: &mut String, shape: &Shape) {
    let _ = write!(page, "\n## Table `{}`\n\n{}\n\n| key | holds | means |\n|---|---|---|\n", shape.name, shape.doc);
    for Key { name, kind, doc, needed } in shape.first.iter().chain(shape.keys) {
        let name = if shape.first.iter().any(|first| first.name == *name) {
            format!("[1] {name}")
        } else {
            (*name).to_owned()
        };
        let must = if *needed { " (must be there)" } else { "" };
        let kind = luals(*kind).replace('|', "\\|");
        let _ = writeln!(page, "| `{name}` | `{kind}` | {doc}{must} |");
    }
}

/// The chapter of the forms of templates.
const TEMPLATES: &str = "Templates";

/// What stands for an example where one needs more than the tests' sector has.
const NO_EXAMPLE: &str = "local _ = nil";

/// Writes the call as a rule does: `d:behind(share, { except = … })`, `d.x.actual`, `sum(figures)`.
pub fn call(entry: &Entry) -> String {
    let value = CHAPTERS.iter().find(|(owner, ..)| *owner == entry.owner).map_or("", |(.., value)| value);
    let arguments: Vec<String> = entry.params.list().iter().map(argument).collect();
    let arguments = match arguments.as_slice() {
        [table] if table.starts_with('{') => format!(" {table}"),
        all => format!("({})", all.join(", ")),
    };
    let name = entry.name;
    match entry.call {
        Call::Function(_) => format!("{name}{arguments}"),
        Call::Method(_) => format!("{value}:{name}{arguments}"),
        Call::Field(_) | Call::Plain(_) => format!("{value}.{name}"),
    }
}

fn argument(param: &Param) -> String {
    match param.kind {
        Kind::Table(shape) | Kind::Declaration(shape) => shape.written(),
        _ => param.name.to_owned(),
    }
}

/// What somebody who asks for one name is told.
pub struct Described {
    /// As a rule writes it: `d:behind(share, …)`, `{x}`, `decimals`.
    pub written: String,
    /// What kind of value or table it belongs to.
    pub of: &'static str,
    pub doc: &'static str,
    pub example: Option<&'static str>,
    /// The API version that brought it, where that is known.
    pub since: Option<u32>,
}

/// Describes all that is called `name`: `behind`, `d:behind`, `behind(…)`, a key of a table, a form of
/// templates or an option in it.
pub fn described(name: &str) -> Vec<Described> {
    let name = name.trim();
    let calls = host::entries().filter_map(|entry| called(entry, name));
    let keys = SHAPES.iter().flat_map(|shape| shape.first.iter().chain(shape.keys).map(move |key| (shape.name, key)));
    let keys = keys.filter(|(_, key)| key.name == name);
    let keys = keys.map(|(table, key)| written(key.name, table, key.doc));
    let forms = FORMS.iter().filter(|form| form.written == name);
    let forms = forms.map(|form| written(form.written, TEMPLATES, form.means));
    let options = OPTIONS.iter().filter(|(option, _)| option.split('=').next() == Some(name));
    let options = options.map(|(option, means)| written(option, TEMPLATES, means));
    calls.chain(keys).chain(forms).chain(options).collect()
}

fn called(entry: &Entry, name: &str) -> Option<Described> {
    let (_, of, _) = CHAPTERS.into_iter().find(|(owner, ..)| *owner == entry.owner)?;
    let name = name.split(['(', '{']).next()?.trim();
    let written = call(entry);
    let is_asked = entry.name == name || written.split(['(', ' ']).next() == Some(name);
    let example = Some(entry.example).filter(|example| *example != NO_EXAMPLE);
    is_asked.then_some(Described { written, of, doc: entry.doc, example, since: Some(entry.since) })
}

fn written(written: &str, of: &'static str, doc: &'static str) -> Described {
    Described { written: written.to_owned(), of, doc, example: None, since: None }
}

/// Returns the names of all that can be called, read and written in tables.
pub fn names() -> impl Iterator<Item = &'static str> {
    host::entries().map(|entry| entry.name).chain(SHAPES.iter().flat_map(|shape| shape.keys).map(|key| key.name))
}
