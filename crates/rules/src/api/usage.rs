//! Formats the call syntax of an entry for the reference and for hints.

use crate::api::entry::{ApiEntry, Handler};
use crate::api::signature::{ExpectedType, Param};

/// Returns the call as written in a rule: `d:behind(share, { except = … })`, `d.x.actual`, `sum(figures)`.
pub(crate) fn call_syntax(entry: &ApiEntry) -> String {
    let value = entry.owner.example_expression();
    let arguments: Vec<String> = entry.params.as_slice().iter().map(argument).collect();
    let arguments = match arguments.as_slice() {
        [table] if table.starts_with('{') => format!(" {table}"),
        all => format!("({})", all.join(", ")),
    };
    let name = entry.name;
    match entry.handler {
        Handler::Function(_) => format!("{name}{arguments}"),
        Handler::Method(_) => format!("{value}:{name}{arguments}"),
        Handler::Field(_) | Handler::Plain(_) => format!("{value}.{name}"),
    }
}

fn argument(param: &Param) -> String {
    match param.kind {
        ExpectedType::Table(shape) | ExpectedType::Declaration(shape) => shape.usage(),
        _ => param.name.to_owned(),
    }
}
