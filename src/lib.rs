//! `tonghop` (tổng hợp, to consolidate): departments' workbooks and administrators' rules in, a consolidated workbook
//! and a report out, in which **a figure never loses its cell**.
//!
//! # The story of a run
//!
//! [`pipeline::run`] alone knows the order; every step hands plain data to the next, with its problems beside it:
//!
//! 1. [`tonghop_core::config`] reads `tonghop.toml`: who reports, for which period, under which headings.
//! 2. [`find`] lists the rule files and the workbooks of the project.
//! 3. [`tonghop_rules::load`] runs each Lua file in a sandbox of its own and reads what it declares: indicators, labels,
//!    units.
//! 4. [`tonghop_read::workbook`] turns the bytes of a workbook into cells, nothing interpreted; the program does
//!    this in a worker process, which a hostile workbook may hang or crash.
//! 5. [`tonghop_recognise::recognise`] finds the tables in the cells and matches rows to the declared indicators: each
//!    cell that says something becomes a [`tonghop_core::model::figure::Figure`] that knows its file, sheet, cell and
//!    content as typed. [`tonghop_recognise::history`] sets them beside earlier runs: last year's figures that are left
//!    out, rows that changed.
//! 6. [`tonghop_rules::run`] lets the rules compute (exactly, in decimals, keeping the operands), find shortfalls and
//!    fill templates; a figure enters a sentence as a [`tonghop_core::model::document::Span`], never as bare digits.
//! 7. [`tonghop_report::consolidate`] puts the sectors together, with what was received, what is missing and what
//!    contradicts.
//! 8. [`tonghop_report::compose`] makes the one [`tonghop_core::model::document::Document`] and traces each number in it
//!    to its cells.
//! 9. [`tonghop_report::write`](mod@tonghop_report::write) renders every output from these; **a new output format is a
//!    new file in `crates/report/src/write/` and one line in its table `WRITERS`**. [`tonghop_report::write::commit`]
//!    puts the files in their place, each whole or not at all.
//!
//! # The crates
//!
//! [`tonghop_core`] is the vocabulary: what people read, the model, the Vietnamese language, problems as data, settings.
//! [`tonghop_read`], [`tonghop_recognise`], [`tonghop_rules`] and [`tonghop_report`] are the stages; each depends on the
//! vocabulary and on no other stage, which the compiler holds. This crate is the program: it finds files, knows the order
//! of the stages, remembers what was read ([`cache`]), serves the authors of rules ([`authoring`]), and [`cli`] alone
//! meets arguments, streams, the terminal and other processes.
//!
//! # What never happens
//!
//! No clock, locale, environment or hash order reaches a result: the same inputs give the same bytes. No problem in
//! somebody's workbook or rule stops the others: it is a [`tonghop_core::diag::Diagnostic`]. No number is printed that
//! cannot be followed to a cell, a setting or fixed wording of a rule: such a number is an error.

pub mod authoring;
pub mod cache;
pub mod cli;
pub mod find;
pub mod pipeline;
