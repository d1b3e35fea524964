//! Vietnamese text: comparing texts, parsing and printing numbers and units, the meaning of headings.
//!
//! Input: texts, amounts and units. Output: folded text, exact numbers, units, meanings of headings. Not here: cells,
//! files, names of a project's indicators, departments or targets.

pub mod fold;
pub mod form_header;
pub mod format;
pub mod free_amounts;
pub mod heading;
pub mod label;
pub mod lexicon;
pub mod nature;
pub mod number;
pub mod numbering;
pub mod old_encoding;
pub mod period;
pub mod period_name;
pub mod placeholder;
pub mod superscript;
pub mod syllable;
pub mod tcvn3;
pub mod terms;
pub mod tokens;
pub mod total_label;
pub mod typed_number;
pub mod unit;
pub mod vni;
