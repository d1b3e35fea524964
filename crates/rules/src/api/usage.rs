//! Formats the call syntax of an entry for the reference and for hints.

use crate::api::entry::{Call, Entry};
use crate::api::signature::{Kind, Param};

/// Returns the call as written in a rule: `d:behind(share, { except = … })`, `d.x.actual`, `sum(figures)`.
pub(crate) fn call(entry: &Entry) -> String {
    let value = entry.owner.in_code();
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
