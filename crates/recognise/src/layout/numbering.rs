//! Parses the numbering of rows: the rank of a row, by its STT cell or the signs before its label.
//!
//! Input: the texts of a row. Output: a rank. Not here: the hierarchy that follows from ranks.

/// The depth of a kind of numbering; the smallest is the outermost.
///
/// Forms use the kinds in this order and skip those they do not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
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
pub(crate) fn of_order(text: &str) -> Option<Rank> {
    let bare = text.trim().trim_start_matches('(').trim_end_matches(['.', ')', ' ', ':']);
    bullet(text.trim()).filter(|_| text.trim().chars().count() <= 2).or_else(|| token(bare))
}

/// Returns the rank of the numbering before a label; a number without a sign after it belongs to the label.
pub(crate) fn of_label(text: &str) -> Option<Rank> {
    let text = text.trim_start();
    if let Some(rank) = bullet(text) {
        return Some(rank);
    }
    let bare = text.trim_start_matches('(');
    let end = bare.find(|c: char| !c.is_alphanumeric() && c != '.')?;
    let (run, rest) = bare.split_at(end);
    if let Some(words) = rest.strip_prefix(')') {
        return token(run).filter(|_| !words.trim().is_empty());
    }
    let (head, tail) = run.rsplit_once('.')?;
    let is_short = |step: &str| (1..=2).contains(&step.len()) && step.bytes().all(|b| b.is_ascii_digit());
    match tail {
        _ if tail.bytes().all(|b| b.is_ascii_digit()) && !tail.is_empty() => {
            // Three digits after a dot are thousands.
            token(run).filter(|_| run.split('.').all(is_short))
        }
        _ => token(head),
    }
}

fn bullet(text: &str) -> Option<Rank> {
    match text.chars().next()? {
        '-' | '–' | '—' | '−' | '•' | '●' | '▪' => Some(Rank::Dash),
        '+' => Some(Rank::Plus),
        '*' => Some(Rank::Star),
        _ => None,
    }
}

fn token(bare: &str) -> Option<Rank> {
    let steps: Vec<&str> = bare.split('.').collect();
    let is_number = |step: &&str| (1..=3).contains(&step.len()) && step.bytes().all(|b| b.is_ascii_digit());
    if steps.iter().all(is_number) {
        return Some(Rank::Number(steps.len()));
    }
    if steps.len() > 1 && is_number(&steps[steps.len() - 1]) {
        // "I.1", "A.2": the prefix does not count as a step.
        return token(steps[0]).map(|_| Rank::Number(steps.len() - 1));
    }
    let is_roman = !bare.is_empty() && bare.len() <= 6 && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        _ if is_roman => Some(Rank::Roman),
        (Some(one), None) if one.is_uppercase() => Some(Rank::Capital),
        (Some(one), None) if one.is_lowercase() => Some(Rank::Letter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_cells_have_their_rank() {
        for (text, expected) in [
            ("A", Some(Rank::Capital)),
            ("II.", Some(Rank::Roman)),
            ("1", Some(Rank::Number(1))),
            ("(2)", Some(Rank::Number(1))),
            ("1.2.", Some(Rank::Number(2))),
            ("I.1", Some(Rank::Number(1))),
            ("b)", Some(Rank::Letter)),
            ("đ", Some(Rank::Letter)),
            ("-", Some(Rank::Dash)),
            ("+", Some(Rank::Plus)),
            ("Tổng số", None),
            ("", None),
        ] {
            assert_eq!(of_order(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_may_carry_their_rank() {
        for (text, expected) in [
            ("E. SẢN XUẤT", Some(Rank::Capital)),
            ("1.2.Củ năng", Some(Rank::Number(2))),
            ("1. Lúa", Some(Rank::Number(1))),
            ("a) Vốn đầu tư", Some(Rank::Letter)),
            ("  - Diện tích", Some(Rank::Dash)),
            ("+ Trồng trọt", Some(Rank::Plus)),
            ("13/19 tiêu chí", None),
            ("1.300 hộ", None),
            ("Thu ngân sách", None),
            ("Thu", None),
        ] {
            assert_eq!(of_label(text), expected, "{text}");
        }
    }
}
