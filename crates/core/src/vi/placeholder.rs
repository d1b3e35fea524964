//! The sentences that the report prints where a rule left nothing.
//!
//! Input: what failed. Output: spans with their gap. Not here: the reason in words, which the messages of the run give.

use super::format::{NO_DATA, NO_RULE, RULE_FAILED, capitalised};
use crate::model::document::Span;
use crate::model::gap::{Gap, GapKind};
use crate::model::id::SectorId;
use crate::model::provenance::RuleLine;
use std::sync::Arc;

/// Returns the sentence in place of the output of a rule that failed at `rule`; the title may be empty.
pub fn rule_failed(title: &str, sector: SectorId, rule: RuleLine) -> Vec<Span> {
    sentence(title, RULE_FAILED, GapKind::Rule, sector, Some(rule))
}

/// Returns the sentence in place of the text of a sector that no rule declares.
pub fn no_rule(sector: SectorId) -> Vec<Span> {
    sentence("", NO_RULE, GapKind::Rule, sector, None)
}

/// Returns the sentence in place of the text of a sector that no workbook has data for.
pub fn no_data(title: &str, sector: SectorId, rule: RuleLine) -> Vec<Span> {
    sentence(title, NO_DATA, GapKind::Sector, sector, Some(rule))
}

fn sentence(title: &str, words: &str, kind: GapKind, sector: SectorId, rule: Option<RuleLine>) -> Vec<Span> {
    let mut spans = Vec::new();
    if title.is_empty() {
        spans.push(Span::Literal(format!("{}.", capitalised(words))));
    } else {
        // A title may have digits, such as the number of a programme.
        spans.push(Span::Fixed { text: title.to_owned(), rule: rule.clone() });
        spans.push(Span::Literal(format!(": {words}.")));
    }
    let gap = Gap { kind, sector, words: title.to_owned(), missing: Vec::new(), rule };
    spans.push(Span::Gap(Arc::new(gap)));
    spans
}
