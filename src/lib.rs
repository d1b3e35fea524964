//! `tonghop`: departments' workbooks and administrators' rules in, a consolidated workbook and a report out.

pub mod compose;
pub mod config;
pub mod consolidate;
pub mod diag;
pub mod find;
pub mod model;
pub mod read;
pub mod recognise;
pub mod rules;
pub mod vi;
pub mod write;
