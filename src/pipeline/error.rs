//! The errors that end a run without results.
//!
//! Problems in workbooks and rules are diagnostics instead.

use crate::source::FileError;
use std::io;
use std::path::PathBuf;
use thiserror::Error;
use tonghop_core::config::ConfigError;
use tonghop_core::message::Message;
use tonghop_core::system_error::read_error_message;
use tonghop_core::{display_as_message, msg};
use tonghop_report::write::{CommitError, WriteError};

/// An error that ends a run without results.
#[derive(Debug, Error)]
pub enum RunError {
    /// A file or folder cannot be read or written.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A required file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why it cannot be read.
        reason: FileError,
    },
    /// The settings cannot be used.
    Config(#[from] ConfigError),
    /// The thread for the rules cannot be started.
    RuleThread(io::Error),
    /// The manifest of the outputs cannot be made.
    Write(#[from] WriteError),
    /// Some or all outputs cannot be moved to their place.
    Commit(#[from] CommitError),
    /// A consolidated workbook cannot be accepted as an earlier run.
    NotAcceptable {
        /// The workbook.
        path: PathBuf,
        /// Why not.
        reason: Message,
    },
}

impl RunError {
    /// Returns the message for the user.
    pub fn message(&self) -> Message {
        match self {
            Self::Io { path, source } => msg!(
                "không đọc được {path}: {source}",
                "{path} cannot be read: {source}",
                path = path.display(),
                source = read_error_message(source)
            ),
            Self::Unreadable { path, reason: why } => msg!(
                "không đọc được {path}: {why}",
                "{path} cannot be read: {why}",
                path = path.display(),
                why = why.message()
            ),
            Self::Config(error) => msg!("tonghop.toml: {error}", "tonghop.toml: {error}", error = error.message()),
            Self::RuleThread(error) => msg!("không chạy được quy tắc: {error}", "the rules cannot be run: {error}"),
            Self::Write(error) => error.message(),
            Self::Commit(error) => error.message(),
            Self::NotAcceptable { path, reason } => msg!(
                "không nhận được {path}: {reason}",
                "{path} cannot be accepted: {reason}",
                path = path.display(),
                reason = *reason
            ),
        }
    }

    /// Returns whether some outputs were replaced in spite of the error.
    pub fn is_partial(&self) -> bool {
        matches!(self, Self::Commit(error) if error.is_partial())
    }
}

display_as_message!(RunError);
