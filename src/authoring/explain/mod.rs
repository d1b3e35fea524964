//! Explains figures, indicators, numbers of the report and names of the rule API.
//!
//! Input: the user's query, and a run. Output: a page, or similar names. Not here: diagnostic codes, which are
//! explained by `diag::catalogue`.

mod aggregate;
mod evaluated;
mod figure;
mod figure_origin;
mod function;
mod indicator;
mod printed;
pub(super) mod rule_text;
mod source_cell;
mod text_search;

pub use evaluated::evaluation;
pub use function::function;

use super::text_page::TextPage;
use crate::pipeline::{Run, reference};
use printed::PrintedFigures;
use std::collections::BTreeSet;
use tonghop_core::diag::catalogue::CODES;

/// Explains what a run knows about a query: an indicator (`trade.retail`), a figure (`trade.retail.actual`), an
/// occurrence (`trade.retail.actual@II.I.1.a#1`), a label ("Bán lẻ hàng hóa"), or a printed text (`3.314`,
/// `24.120/26.840`), or a name as rules write it (`d.retail.yoy`).
pub fn in_run(query: &str, run: &Run) -> Option<TextPage> {
    let what = query.trim();
    let printed = PrintedFigures::new(run);
    indicator::explain(what, run, &printed)
        .or_else(|| figure::explain(what, run, &printed))
        .or_else(|| indicator::explain_label(what, run, &printed))
        .or_else(|| figure::explain_fraction(what, run, &printed))
        .or_else(|| evaluated::explain_name(what, run))
        .or_else(|| figure::explain_text(what, run, &printed))
}

/// The maximum number of suggested names.
const MAX_SUGGESTIONS: usize = 3;

/// Returns the names most similar to a query, the best first; with a run also its indicators and figures.
pub fn similar_names(query: &str, run: Option<&Run>) -> Vec<String> {
    let codes = CODES.iter().map(|code| code.as_str());
    let mut names: BTreeSet<String> = codes.chain(reference::names()).map(str::to_owned).collect();
    if let Some(run) = run {
        let declared = run.report.sectors.iter().flat_map(|sector| {
            sector.decl.indicators.iter().map(|indicator| format!("{}.{}", sector.decl.id, indicator.id))
        });
        names.extend(declared);
        names.extend(run.report.figures().map(|figure| figure.name.to_string()));
    }
    let max_distance = query.chars().count().div_ceil(3);
    let distance = |name: &str| {
        let bare = name.split_once('.').map_or(name, |(_, bare)| bare);
        strsim::damerau_levenshtein(name, query).min(strsim::damerau_levenshtein(bare, query))
    };
    let scored = names.into_iter().map(|name| (distance(&name), name));
    let mut close: Vec<(usize, String)> = scored.filter(|(distance, _)| *distance <= max_distance).collect();
    close.sort();
    close.into_iter().take(MAX_SUGGESTIONS).map(|(_, name)| name).collect()
}
