//! Formats lines of rule files with their text.
//!
//! Input: a run and a place in its rules. Output: lines for a page. Not here: the meaning of a rule.

use crate::pipeline::Run;
use tonghop_core::model::provenance::RuleLine;

/// The maximum length of a shown text, in characters.
const MAX_LENGTH: usize = 160;

/// Formats a rule line: `plugins/trade.lua:31: out:paragraph(…)`.
pub(crate) fn format_line(run: &Run, rule: &RuleLine) -> String {
    let script = run.scripts.iter().find(|script| script.file == rule.file);
    let line = script.and_then(|script| script.text.lines().nth(rule.line.saturating_sub(1) as usize));
    match line.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => format!("{rule}: {}", truncate(line)),
        None => rule.to_string(),
    }
}

/// Formats a rule line with the enclosing loops and conditions, which are found by indentation.
pub(crate) fn format_with_conditions(run: &Run, rule: &RuleLine) -> Vec<String> {
    let script = run.scripts.iter().find(|script| script.file == rule.file);
    let text = script.map(|script| script.text.as_ref()).unwrap_or_default();
    let around = enclosing_conditions(text, rule.line);
    around
        .into_iter()
        .chain([rule.line])
        .map(|line| format_line(run, &RuleLine { file: rule.file.clone(), line }))
        .collect()
}

/// Returns the line numbers of the enclosing loops and conditions, the outermost first.
fn enclosing_conditions(text: &str, line: u32) -> Vec<u32> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<&str> = text.lines().take(line as usize).collect();
    let Some((last, above)) = lines.split_last() else { return Vec::new() };
    let mut inner = depth(last);
    let mut found = Vec::new();
    for (at, line) in above.iter().enumerate().rev().filter(|(_, line)| !line.trim().is_empty()) {
        if depth(line) >= inner {
            continue;
        }
        inner = depth(line);
        match line.split_whitespace().next() {
            Some("for" | "if" | "elseif" | "while") => found.push(at as u32 + 1),
            // The condition of an `else` has the same indentation.
            Some("else") => inner += 1,
            _ => break,
        }
    }
    found.reverse();
    found
}

/// Truncates a long text.
pub(crate) fn truncate(text: &str) -> String {
    match text.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns the rule lines that mention an indicator: by its own name in its sector's file, by the full name elsewhere.
pub(crate) fn lines_mentioning(run: &Run, sector: &str, indicator: &str) -> Vec<RuleLine> {
    let own = run.report.sectors.iter().find(|s| s.decl.id.as_str() == sector).map(|s| &s.decl.file);
    let full = format!("{sector}.{indicator}");
    let mut found = Vec::new();
    for script in &run.scripts {
        let name = if Some(&script.file) == own { indicator } else { &full };
        let lines = script.text.lines().enumerate().filter(|(_, line)| mentions_name(line, name));
        found.extend(lines.map(|(at, _)| RuleLine { file: script.file.clone(), line: at as u32 + 1 }));
    }
    found
}

/// Returns whether a line of code mentions a name as a whole word; comments after `--` are ignored.
fn mentions_name(line: &str, name: &str) -> bool {
    let code = line.split("--").next().unwrap_or_default();
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| !code[..at].ends_with(part) && !code[at + name.len()..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shown_with_what_it_depends_on() {
        let text = "f = function(d)\n  for i in d:behind(0.8) do\n    local x = 1\n\n    if i.value then\n      y()\n    else\n      out:shortfall { i }\n";
        assert_eq!(enclosing_conditions(text, 8), [2, 5]);
        assert_eq!(enclosing_conditions(text, 6), [2, 5]);
        assert!(enclosing_conditions(text, 1).is_empty() && enclosing_conditions("", 4).is_empty());
    }

    #[test]
    fn whole_names_count_and_comments_do_not() {
        for (line, named) in [
            ("out:paragraph(\"{retail} tỷ\")", true),
            ("    retail = { \"Bán lẻ\" },", true),
            ("d.retail.actual", true),
            ("retailer = 1", false),
            ("x_retail", false),
            ("local a = 1 -- retail", false),
        ] {
            assert_eq!(mentions_name(line, "retail"), named, "{line}");
        }
    }
}
