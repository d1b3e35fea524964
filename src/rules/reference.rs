//! The reference page of all that a rule can call and read, made from the registry.
//!
//! In come the entries, out goes Markdown. Never here: a fact that is not in an entry.

use super::entry::{Call, Entry};
use super::host;
use super::value::Owner;
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
    let mut page =
        "# What a rule can call and read\n\nMade from the registry in `src/rules`; every example is run by a test.\n"
            .to_owned();
    for (owner, title, value) in CHAPTERS {
        let entries: Vec<&Entry> = host::entries().filter(|e| e.owner == owner).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {title}\n");
        for entry in entries {
            let _ = write!(page, "\n### `{}`\n\n{}\n", call(entry, value), entry.doc);
            if entry.example != NO_EXAMPLE {
                let _ = write!(page, "\n```lua\n{}\n```\n", entry.example);
            }
        }
    }
    page
}

/// What stands for an example where one needs more than the tests' sector has.
const NO_EXAMPLE: &str = "local _ = nil";

/// Writes the call as a rule does: `d:behind(share, …)`, `d.x.actual`, `sum(figures)`.
fn call(entry: &Entry, value: &str) -> String {
    let (name, params) = (entry.name, entry.params);
    let arguments = if params.starts_with('{') { format!(" {params}") } else { format!("({params})") };
    match entry.call {
        Call::Function(_) => format!("{name}{arguments}"),
        Call::Method(_) => format!("{value}:{name}{arguments}"),
        Call::Field(_) | Call::Plain(_) => format!("{value}.{name}"),
    }
}
