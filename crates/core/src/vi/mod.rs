//! The Vietnamese language: how words are compared, how numbers and units are read and printed, what headings mean.
//!
//! In come texts, amounts and units; out go folded words, exact numbers, units and senses of headings. Never here:
//! cells, files, the names of anybody's indicators, departments or targets.

pub mod fold;
pub mod format;
pub mod letterhead;
pub mod lexicon;
pub mod number;
pub mod syllable;
pub mod tcvn3;
pub mod unit;
