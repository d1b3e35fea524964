//! Parses the numbering of rows: the rank of a row, by its STT cell or the signs before its label.
//!
//! Input: the texts of a row. Output: a rank. Not here: the hierarchy that follows from ranks.

/// The depth of a kind of numbering; the smallest is the outermost.
///
/// Forms use the kinds in this order and skip those they do not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NumberingRank {
    /// A, B, C
    Capital,
    /// I, II, III
    Roman,
    /// 1 at depth 1, 1.1 at depth 2
    Number(usize),
    /// a), b)
    Letter,
    Dash,
    Plus,
    Star,
    /// No numbering.
    Plain,
}

/// Returns the rank of an STT cell; `None` if it contains no numbering.
pub(crate) fn parse_order_cell(text: &str) -> Option<NumberingRank> {
    let bare = text.trim().trim_start_matches('(').trim_end_matches(['.', ')', ' ', ':']);
    bullet_rank(text.trim()).filter(|_| text.trim().chars().count() <= 2).or_else(|| numbering_rank(bare))
}

/// Returns the rank of the numbering before a label; a number without a sign after it belongs to the label.
pub(crate) fn parse_label_prefix(text: &str) -> Option<NumberingRank> {
    let text = text.trim_start();
    if let Some(rank) = bullet_rank(text) {
        return Some(rank);
    }
    let bare = text.trim_start_matches('(');
    let end = bare.find(|c: char| !c.is_alphanumeric() && c != '.')?;
    let (run, rest) = bare.split_at(end);
    if let Some(words) = rest.strip_prefix(')') {
        return numbering_rank(run).filter(|_| !words.trim().is_empty());
    }
    let (head, tail) = run.rsplit_once('.')?;
    let is_short = |step: &str| (1..=2).contains(&step.len()) && step.bytes().all(|b| b.is_ascii_digit());
    match tail {
        _ if tail.bytes().all(|b| b.is_ascii_digit()) && !tail.is_empty() => {
            // Three digits after a dot are thousands.
            numbering_rank(run).filter(|_| run.split('.').all(is_short))
        }
        _ => numbering_rank(head),
    }
}

fn bullet_rank(text: &str) -> Option<NumberingRank> {
    match text.chars().next()? {
        '-' | '–' | '—' | '−' | '•' | '●' | '▪' => Some(NumberingRank::Dash),
        '+' => Some(NumberingRank::Plus),
        '*' => Some(NumberingRank::Star),
        _ => None,
    }
}

fn numbering_rank(bare: &str) -> Option<NumberingRank> {
    let steps: Vec<&str> = bare.split('.').collect();
    let is_number = |step: &&str| (1..=3).contains(&step.len()) && step.bytes().all(|b| b.is_ascii_digit());
    if steps.iter().all(is_number) {
        return Some(NumberingRank::Number(steps.len()));
    }
    if steps.len() > 1 && is_number(&steps[steps.len() - 1]) {
        // "I.1", "A.2": the prefix does not count as a step.
        return numbering_rank(steps[0]).map(|_| NumberingRank::Number(steps.len() - 1));
    }
    let is_roman = !bare.is_empty() && bare.len() <= 6 && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        _ if is_roman => Some(NumberingRank::Roman),
        (Some(one), None) if one.is_uppercase() => Some(NumberingRank::Capital),
        (Some(one), None) if one.is_lowercase() => Some(NumberingRank::Letter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_cells_have_their_rank() {
        for (text, expected) in [
            ("A", Some(NumberingRank::Capital)),
            ("II.", Some(NumberingRank::Roman)),
            ("1", Some(NumberingRank::Number(1))),
            ("(2)", Some(NumberingRank::Number(1))),
            ("1.2.", Some(NumberingRank::Number(2))),
            ("I.1", Some(NumberingRank::Number(1))),
            ("b)", Some(NumberingRank::Letter)),
            ("đ", Some(NumberingRank::Letter)),
            ("-", Some(NumberingRank::Dash)),
            ("+", Some(NumberingRank::Plus)),
            ("Tổng số", None),
            ("", None),
        ] {
            assert_eq!(parse_order_cell(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_may_carry_their_rank() {
        for (text, expected) in [
            ("E. SẢN XUẤT", Some(NumberingRank::Capital)),
            ("1.2.Củ năng", Some(NumberingRank::Number(2))),
            ("1. Lúa", Some(NumberingRank::Number(1))),
            ("a) Vốn đầu tư", Some(NumberingRank::Letter)),
            ("  - Diện tích", Some(NumberingRank::Dash)),
            ("+ Trồng trọt", Some(NumberingRank::Plus)),
            ("13/19 tiêu chí", None),
            ("1.300 hộ", None),
            ("Thu ngân sách", None),
            ("Thu", None),
        ] {
            assert_eq!(parse_label_prefix(text), expected, "{text}");
        }
    }
}
