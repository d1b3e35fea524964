//! The vocabulary of the program: plain data that every stage speaks in.
//!
//! In comes nothing: these are types with the arithmetic that belongs to them. Out go values that are cheap to
//! share (`Arc`) and that know where they came from. Never here: files, Lua, Excel, Vietnamese wording, problems.

pub mod account;
pub mod arithmetic_error;
pub mod book;
pub mod cell;
pub mod cells;
pub mod consolidated;
pub mod dataset;
pub mod digits;
pub mod document;
pub mod drift;
pub mod figure;
pub mod hash;
pub mod history;
pub mod id;
pub mod indicator;
pub mod measure;
pub mod period;
pub mod provenance;
pub mod quantity;
pub mod reading;
pub mod records;
pub mod report;
pub mod row;
pub mod saved;
pub mod sector;
pub mod submission;
pub mod template;
pub mod trace;
