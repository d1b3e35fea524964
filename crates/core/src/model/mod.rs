//! The data model: plain types shared by every stage, with their arithmetic.
//!
//! Values are cheap to share (`Arc`) and keep their source. Not here: files, Lua, Excel, Vietnamese wording, problems.

pub mod aggregation;
pub mod arithmetic_error;
pub mod bounds;
pub mod cell;
pub mod cells;
pub mod consolidated;
pub mod control_characters;
pub mod conversion;
pub mod dataset;
pub mod decimal_parts;
pub mod document;
pub mod explanation;
pub mod figure;
pub mod gap;
pub mod hash;
pub mod history;
pub mod id;
pub mod indexed_list;
pub mod indicator;
pub mod judgement;
pub mod last_modified;
pub mod measure;
pub mod number_format;
pub mod op;
pub mod period;
pub mod product;
pub mod provenance;
pub mod quantity;
pub mod raw_workbook;
pub mod reading_log;
pub mod records;
pub mod report;
pub mod row;
pub mod row_changes;
pub mod run_results;
pub mod sector;
pub mod stated_period;
pub mod submission;
pub mod template;
pub mod trace;
