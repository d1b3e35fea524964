//! Estimates how wide printed text is.
//!
//! Input: text, size and width. Output: lengths in twentieths of a point. Word breaks lines itself; this is for lines
//! drawn below text, for titles broken evenly and for columns. Not here: XML.

use super::styles::WordStyle;

/// Returns the width of a text on one line, within some 5 percent for bold Times New Roman.
pub(super) fn width(text: &str, style: &WordStyle) -> u64 {
    let text = if style.capitals { text.to_uppercase() } else { text.to_owned() };
    let thousandths: u64 = text.chars().map(char_width).sum();
    // The size is in half points; a half point is ten twentieths of a point.
    thousandths * (style.size * 10) / 1_000
}

/// Returns the width of a character in thousandths of the font size.
fn char_width(sign: char) -> u64 {
    match sign {
        ' ' => 250,
        sign if sign.is_uppercase() => 720,
        sign if sign.is_alphanumeric() => 500,
        _ => 400,
    }
}

/// Returns the smallest width in which a text needs no more lines than in `available`, so that the lines are even.
pub(super) fn even_width(words: &str, style: &WordStyle, available: u64) -> u64 {
    const STEP: usize = 20;
    let fewest = line_count(words, style, available);
    let least = width(words, style) / fewest;
    let narrower = (least..available).step_by(STEP).find(|narrower| line_count(words, style, *narrower) <= fewest);
    // A text may be a little wider than estimated.
    narrower.map_or(available, |narrower| (narrower + narrower / 20).min(available))
}

/// Returns the number of lines that a text needs, at least one.
fn line_count(text: &str, style: &WordStyle, available: u64) -> u64 {
    let blank = width(" ", style);
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace().map(|word| width(word, style)) {
        if used > 0 && used + blank + word > available {
            lines += 1;
            used = word;
        } else {
            used += word + if used > 0 { blank } else { 0 };
        }
    }
    lines
}

/// Distributes a width: each column gets its minimum, and the rest is shared in proportion to `preferred`; if there is
/// too little for all, it is shared in proportion to the minimums.
pub(super) fn distribute_width(total: u64, minimums: &[u64], preferred: &[u64]) -> Vec<u64> {
    let needed: u64 = minimums.iter().sum();
    if needed > total {
        return minimums.iter().map(|need| (total * need / needed).max(1)).collect();
    }
    let liked = preferred.iter().sum::<u64>().max(1);
    minimums.iter().zip(preferred).map(|(need, like)| need + (total - needed) * like / liked).collect()
}

#[cfg(test)]
mod tests {
    use super::super::styles::{ISSUER, MOTTO, NATION};
    use super::*;

    #[test]
    fn widths_are_nearly_those_of_the_font() {
        for (words, style, measured) in [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &NATION, 4_972),
            ("Cộng hòa xã hội chủ nghĩa Việt Nam", &NATION, 4_972),
            ("Độc lập - Tự do - Hạnh phúc", &MOTTO, 3_178),
            ("ỦY BAN NHÂN DÂN THÀNH PHỐ LAI CHÂU", &ISSUER, 5_020),
        ] {
            assert!(width(words, style).abs_diff(measured) < measured / 20, "{words}");
        }
    }

    #[test]
    fn lines_are_broken_evenly() {
        let name = "ỦY BAN NHÂN DÂN THÀNH PHỐ LAI CHÂU";
        let even = even_width(name, &ISSUER, 3_900);
        assert!(even >= width("THÀNH PHỐ LAI CHÂU", &ISSUER), "{even}");
        assert!(even < width("ỦY BAN NHÂN DÂN THÀNH", &ISSUER), "{even}");
        assert_eq!(even_width("", &ISSUER, 3_900), 0);
        assert_eq!(even_width(&"A".repeat(100), &ISSUER, 3_900), 3_900);
    }

    #[test]
    fn columns_get_what_they_need_first() {
        for (needs, likes, shared) in [
            ([100, 200, 300], [1, 0, 3], [200, 200, 600]),
            ([0, 0, 0], [0, 0, 0], [0, 0, 0]),
            ([1_000, 2_000, 1_000], [1, 1, 1], [250, 500, 250]),
            ([1_000_000, 1, 1], [1, 1, 1], [999, 1, 1]),
        ] {
            assert_eq!(distribute_width(1_000, &needs, &likes), shared);
        }
    }
}
