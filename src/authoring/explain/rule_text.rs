//! Lines of rule files, shown with their text.
//!
//! In come a run and a place in its rules, out go lines for a page. Never here: what a rule means.

use crate::pipeline::Run;
use tonghop_core::model::provenance::RuleLine;

/// The longest text of a line that is shown.
const LONGEST: usize = 160;

/// Shows a rule line: `plugins/trade.lua:31: out:paragraph(…)`.
pub(crate) fn shown(run: &Run, rule: &RuleLine) -> String {
    let script = run.scripts.iter().find(|script| script.file == rule.file);
    let line = script.and_then(|script| script.text.lines().nth(rule.line.saturating_sub(1) as usize));
    match line.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => format!("{rule}: {}", shortened(line)),
        None => rule.to_string(),
    }
}

/// Shows a rule line below the loops and conditions that it stands in, as its indentation tells.
pub(crate) fn shown_with_conditions(run: &Run, rule: &RuleLine) -> Vec<String> {
    let script = run.scripts.iter().find(|script| script.file == rule.file);
    let text = script.map(|script| script.text.as_ref()).unwrap_or_default();
    let around = conditions(text, rule.line);
    around.into_iter().chain([rule.line]).map(|line| shown(run, &RuleLine { file: rule.file.clone(), line })).collect()
}

/// Returns the lines of the loops and conditions around a line, the outermost first.
fn conditions(text: &str, line: u32) -> Vec<u32> {
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
            // Its condition stands as deep.
            Some("else") => inner += 1,
            _ => break,
        }
    }
    found.reverse();
    found
}

/// Cuts a long text.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Finds the lines of rules that name an indicator: by its own name in the file of its sector, by both elsewhere.
pub(crate) fn mentions(run: &Run, sector: &str, indicator: &str) -> Vec<RuleLine> {
    let own = run.report.sectors.iter().find(|s| s.decl.id.as_str() == sector).map(|s| &s.decl.file);
    let full = format!("{sector}.{indicator}");
    let mut found = Vec::new();
    for script in &run.scripts {
        let name = if Some(&script.file) == own { indicator } else { &full };
        let lines = script.text.lines().enumerate().filter(|(_, line)| names(line, name));
        found.extend(lines.map(|(at, _)| RuleLine { file: script.file.clone(), line: at as u32 + 1 }));
    }
    found
}

/// Tells whether a line of code names something as a whole word; what stands behind `--` is a comment.
fn names(line: &str, name: &str) -> bool {
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
        assert_eq!(conditions(text, 8), [2, 5]);
        assert_eq!(conditions(text, 6), [2, 5]);
        assert!(conditions(text, 1).is_empty() && conditions("", 4).is_empty());
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
            assert_eq!(names(line, "retail"), named, "{line}");
        }
    }
}
