//! `tonghop` (tổng hợp, to consolidate) reads the workbooks of departments, runs the rules of administrators and writes
//! a consolidated workbook and a report. Guarantee: **every figure keeps the cell it comes from**.
//!
//! # The steps of a run
//!
//! [`pipeline::run`] defines the order. Each step passes plain data and its diagnostics to the next:
//!
//! 1. [`tonghop_core::config`] reads `tonghop.toml`: the departments, the period and the headings of the report.
//! 2. [`find`] lists the rule files and the workbooks of the project, whose files come from a [`source`].
//! 3. [`tonghop_rules::load`] runs each Lua file in a separate sandbox and reads its declarations: indicators, labels,
//!    units.
//! 4. [`tonghop_read::read_workbook`] turns the bytes of a workbook into cells without interpreting them. The program does
//!    this in a worker process, because a hostile workbook may hang or crash the reader.
//! 5. [`tonghop_recognise::recognise`] finds the tables in the cells and matches rows to the declared indicators. Each
//!    recognised cell becomes a [`tonghop_core::model::figure::Figure`] that keeps its file, sheet, cell and content as
//!    typed. [`tonghop_recognise::history`] compares them with earlier runs: it fills in missing figures of last year
//!    and reports rows that changed.
//! 6. [`tonghop_rules::run`] runs the rules: they compute in exact decimals, keep the operands, find shortfalls, fill
//!    templates. A figure enters a sentence as a [`tonghop_core::model::document::Span`], never as bare digits.
//! 7. [`tonghop_report::consolidate`] combines the sectors and adds what was received, what is missing and what is
//!    contradictory.
//! 8. [`tonghop_report::compose`] builds the single [`tonghop_core::model::document::Document`] and traces each number
//!    in it to its cells.
//! 9. [`tonghop_report::write`](mod@tonghop_report::write) renders every output from these. **A new output format is a
//!    new file in `crates/report/src/write/` and one line in its table `WRITERS`**. [`tonghop_report::write::commit`]
//!    moves the files to their place; each is replaced completely or not at all.
//! # The crates
//!
//! [`tonghop_core`] holds the shared types: messages, the model, Vietnamese language support, diagnostics and settings.
//! [`tonghop_read`], [`tonghop_recognise`], [`tonghop_rules`] and [`tonghop_report`] are the stages. Each depends on
//! `tonghop_core` and on no other stage; the crate boundaries enforce this. This crate is the program: it finds files,
//! orders the stages, caches what was read ([`cache`]) and supports the authors of rules ([`authoring`]). Only [`cli`]
//! handles arguments, streams, the terminal and other processes.
//!
//! # Guarantees
//!
//! No clock, locale, environment or hash order affects a result: the same inputs give the same bytes. A problem in one
//! workbook or rule does not stop the others: it becomes a [`tonghop_core::diag::Diagnostic`]. Every printed number can
//! be traced to a cell, a setting or fixed wording of a rule; a number that cannot is an error.

pub mod authoring;
pub mod cache;
pub mod cli;
pub mod find;
pub mod pipeline;
pub mod source;
