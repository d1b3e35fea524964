//! Lines of rule files, shown with their text.
//!
//! In come a run and a place in its rules, out go lines for a page. Never here: what a rule means.

use crate::model::provenance::RuleLine;
use crate::pipeline::Run;

/// The longest text of a line that is shown.
const LONGEST: usize = 160;

/// Shows a rule line: `plugins/trade.lua:31: out:paragraph(…)`.
pub fn shown(run: &Run, rule: &RuleLine) -> String {
    let script = run.scripts.iter().find(|script| script.file == rule.file);
    let line = script.and_then(|script| script.text.lines().nth(rule.line.saturating_sub(1) as usize));
    match line.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => format!("{rule}: {}", shortened(line)),
        None => rule.to_string(),
    }
}

/// Cuts a long text.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Finds the lines of rules that name an indicator: by its own name in the file of its sector, by both elsewhere.
pub fn mentions(run: &Run, sector: &str, indicator: &str) -> Vec<RuleLine> {
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
