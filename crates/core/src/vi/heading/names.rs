//! Tells the terms of a heading from the same words inside a name: "Thời gian thực hiện", "quy ước".
//!
//! Input: the parts of a heading. Output: the parts with such terms turned back into words. Not here: what the other
//! terms mean.

use super::{Item, Placed};
use crate::vi::terms::{StatedMeasure, Term};

/// The first words of names of amounts: after them, "thực hiện" is the measure of the amount. Folded.
const AMOUNT_NOUNS: [&str; 14] =
    ["số", "giá", "khối", "sản", "vốn", "kinh", "diện", "doanh", "lượng", "tổng", "thu", "chi", "tiền", "nợ"];

/// Turns terms back into words where they are part of a name: "Thời gian thực hiện", "Số lớp TH", "quy ước".
pub(super) fn absorb_words(mut items: Vec<Placed>) -> Vec<Placed> {
    let is_word = |items: &[Placed], at: Option<usize>, piece: usize| {
        at.and_then(|at| items.get(at)).is_some_and(|other| other.piece == piece && other.item == Item::Word)
    };
    for at in 0..items.len() {
        let piece = items[at].piece;
        let Item::Term(term) = items[at].item else { continue };
        let follows_word = is_word(&items, at.checked_sub(1), piece);
        let before_word = is_word(&items, Some(at + 1), piece);
        let follows_amount = || amount_run_before(&items, at);
        let text = items[at].text.as_str();
        let follows_number = follows_number_word(&items, at);
        let is_absorbed = match term {
            Term::Abbreviation(_) => follows_word || follows_number || follows_kind(&items, at),
            Term::Measure(StatedMeasure::Target) if text == "giao" => before_word,
            Term::Measure(StatedMeasure::Target) => follows_word || follows_number,
            Term::Measure(StatedMeasure::Preliminary | StatedMeasure::Forecast | StatedMeasure::Other) => follows_word,
            Term::Measure(StatedMeasure::Estimate) if text.chars().count() == 3 => follows_word || before_word,
            Term::Measure(_) => {
                follows_word && !follows_amount() || follows_kind(&items, at) && !follows_amount() || before_word
            }
            Term::BareYear | Term::BareMonth | Term::BareQuarter => {
                follows_word || before_word || is_beside_slash(&items, at)
            }
            Term::Change => follows_word || before_word,
            Term::Share | Term::Rate | Term::Reached => follows_word,
            Term::Kind(_) => !is_alone(&items, at),
            Term::Filler | Term::Total => follows_word || before_word,
            _ => false,
        };
        if is_absorbed {
            items[at].item = Item::Word;
        }
    }
    items
}

/// Returns whether the piece of a name of a kind of column says nothing else: "Chương trình, nguồn vốn".
fn is_alone(items: &[Placed], at: usize) -> bool {
    let of_piece = items.iter().filter(|other| other.piece == items[at].piece);
    of_piece.into_iter().all(|other| matches!(other.item, Item::Sign | Item::Term(Term::Kind(_))))
}

/// Returns whether a term follows the name of a kind of column: "Đơn vị thực hiện".
fn follows_kind(items: &[Placed], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        items[before].piece == items[at].piece
            && matches!(items[before].item, Item::Term(Term::Kind(_) | Term::KindPrefix(_)))
    })
}

/// Returns whether a bare time word is a part of a unit: "lãi suất/năm", "năm/lần".
fn is_beside_slash(items: &[Placed], at: usize) -> bool {
    let is_slash = |at: Option<usize>| at.and_then(|at| items.get(at)).is_some_and(|other| other.text == "/");
    is_slash(at.checked_sub(1)) || is_slash(Some(at + 1))
}

/// Returns whether an abbreviation follows "số": "Số KH cấp điện mới" counts customers.
fn follows_number_word(items: &[Placed], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        items[before].piece == items[at].piece && items[before].item == Item::Term(Term::Quantity)
    })
}

/// Returns whether the words before a term begin with the name of an amount: "Số nhiệm vụ đã thực hiện".
fn amount_run_before(items: &[Placed], at: usize) -> bool {
    let piece = items[at].piece;
    let run = items[..at].iter().rev().take_while(|other| {
        other.piece == piece
            && matches!(other.item, Item::Word | Item::Term(Term::Quantity | Term::Kind(_) | Term::KindPrefix(_)))
    });
    run.last().is_some_and(|first| {
        first.item == Item::Term(Term::Quantity)
            || first.item == Item::Word && AMOUNT_NOUNS.contains(&first.text.as_str())
    })
}
