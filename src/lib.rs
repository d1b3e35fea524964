//! `tonghop` (tổng hợp, to consolidate): departments' workbooks and administrators' rules in, a consolidated workbook
//! and a report out, in which **a figure never loses its cell**.
//!
//! # The story of a run
//!
//! [`pipeline::run`] alone knows the order; every step hands plain data to the next, with its problems beside it:
//!
//! 1. [`config`] reads `tonghop.toml`: who reports, for which period, under which headings.
//! 2. [`find`] lists the rule files and the workbooks of the project.
//! 3. [`rules::load`] runs each Lua file in a sandbox of its own and reads what it declares: indicators, labels, units.
//! 4. [`read::workbook`] turns the bytes of a workbook into cells, nothing interpreted; the program does
//!    this in a worker process, which a hostile workbook may hang or crash.
//! 5. [`recognise::recognise`] finds the tables in the cells and matches rows to the declared indicators: each cell
//!    that says something becomes a [`model::figure::Figure`] that knows its file, sheet, cell and content as typed.
//!    [`compare`] sets them beside earlier runs: last year's figures that are left out, rows that changed.
//! 6. [`rules::run`] lets the rules compute (exactly, in decimals, keeping the operands), find shortfalls and fill
//!    templates; a figure enters a sentence as a [`model::document::Span`], never as bare digits.
//! 7. [`consolidate`] puts the sectors together, with what was received, what is missing and what contradicts.
//! 8. [`compose`] makes the one [`model::document::Document`] and traces each number in it to its cells.
//! 9. [`write`](mod@write) renders every output from these; **a new output format is a new file in `src/write/` and
//!    one line in its table `WRITERS`**. [`write::commit`] puts the files in their place, each whole or not at all.
//!
//! # The layers
//!
//! [`words`] (what people are told), [`model`], [`vi`] (the Vietnamese language), [`diag`] (problems as data),
//! [`config`] and [`threads`] (work shared out) are the vocabulary. A stage (steps 2 to 9) imports the vocabulary and never another stage;
//! `tests/architecture.rs` holds this. Above the pipeline, [`authoring`] serves whoever writes rules, and [`cache`]
//! remembers what was read. [`cli`] alone meets arguments, streams, the terminal and other processes.
//!
//! # What never happens
//!
//! No clock, locale, environment or hash order reaches a result: the same inputs give the same bytes. No problem in
//! somebody's workbook or rule stops the others: it is a [`diag::Diagnostic`]. No number is printed that cannot be
//! followed to a cell, a setting or fixed wording of a rule: such a number is an error.

pub mod authoring;
pub mod cache;
pub mod cli;
pub mod compare;
pub mod compose;
pub mod config;
pub mod consolidate;
pub mod diag;
pub mod find;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod recognise;
pub mod rules;
pub mod threads;
pub mod vi;
pub mod words;
pub mod write;
