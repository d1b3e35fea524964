//! Raised characters of Unicode: the marks of notes ("1234¹") and exponents ("m²").
//!
//! Output: the raised form of a character. Not here: what a raised character means.

/// Characters with a raised form, and that form; letters only where notes use them.
const RAISED: [(char, char); 24] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('(', '⁽'),
    (')', '⁾'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('a', 'ᵃ'),
    ('b', 'ᵇ'),
    ('c', 'ᶜ'),
    ('d', 'ᵈ'),
    ('e', 'ᵉ'),
    ('f', 'ᶠ'),
    ('g', 'ᵍ'),
    ('h', 'ʰ'),
    ('i', 'ⁱ'),
    ('k', 'ᵏ'),
];

/// Returns the raised form of a character; `None` if it has none.
pub fn raise(c: char) -> Option<char> {
    RAISED.iter().find(|(plain, _)| *plain == c).map(|(_, raised)| *raised)
}

/// Returns whether a character is raised.
pub fn is_raised(c: char) -> bool {
    !c.is_ascii() && RAISED.iter().any(|(_, raised)| *raised == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_brackets_and_letters_of_notes_are_raised() {
        let raised: String = "1234567890()+-abk".chars().filter_map(raise).collect();
        assert_eq!(raised, "¹²³⁴⁵⁶⁷⁸⁹⁰⁽⁾⁺⁻ᵃᵇᵏ");
        assert!(raised.chars().all(is_raised));
        assert!(!['1', 'a', 'ạ', '*', ' '].into_iter().any(is_raised));
        assert_eq!((raise('x'), raise('*'), raise('ạ')), (None, None, None));
    }
}
