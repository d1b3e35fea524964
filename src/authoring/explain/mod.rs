//! Explains figures, indicators, numbers of the report and names of the rule API.
//!
//! Input: the user's query, and a run. Output: a page, or similar names. Not here: diagnostic codes, which are
//! explained by `diag::catalogue`.

mod chain;
mod figure;
mod function;
mod indicator;
mod origin;
mod printed;
mod rows;
pub(super) mod rule_text;
mod written;

pub use function::function;

use super::page::Page;
use crate::pipeline::{Run, reference};
use printed::Printed;
use std::collections::BTreeSet;
use tonghop_core::diag::catalogue::CODES;

/// Explains what a run knows about a query: an indicator (`trade.retail`), a figure (`trade.retail.actual`), an
/// occurrence (`trade.retail.actual@II.I.1.a#1`), a label ("Bán lẻ hàng hóa"), or a printed text (`3.314`,
/// `24.120/26.840`).
pub fn in_run(what: &str, run: &Run) -> Option<Page> {
    let what = what.trim();
    let printed = Printed::of(run);
    indicator::explain(what, run, &printed)
        .or_else(|| figure::explain(what, run, &printed))
        .or_else(|| indicator::explain_label(what, run, &printed))
        .or_else(|| figure::explain_fraction(what, run, &printed))
        .or_else(|| figure::explain_text(what, run, &printed))
}

/// The maximum number of suggested names.
const SUGGESTED: usize = 3;

/// Returns the names most similar to a query, the best first; with a run also its indicators and figures.
pub fn nearest(what: &str, run: Option<&Run>) -> Vec<String> {
    let codes = CODES.iter().map(|code| code.as_str());
    let mut names: BTreeSet<String> = codes.chain(reference::names()).map(str::to_owned).collect();
    if let Some(run) = run {
        let declared = run.report.sectors.iter().flat_map(|sector| {
            sector.decl.indicators.iter().map(|indicator| format!("{}.{}", sector.decl.id, indicator.id))
        });
        names.extend(declared);
        names.extend(run.report.figures().map(|figure| figure.name.to_string()));
    }
    let far = what.chars().count().div_ceil(3);
    let distance = |name: &str| {
        let bare = name.split_once('.').map_or(name, |(_, bare)| bare);
        strsim::damerau_levenshtein(name, what).min(strsim::damerau_levenshtein(bare, what))
    };
    let scored = names.into_iter().map(|name| (distance(&name), name));
    let mut close: Vec<(usize, String)> = scored.filter(|(distance, _)| *distance <= far).collect();
    close.sort();
    close.into_iter().take(SUGGESTED).map(|(_, name)| name).collect()
}
