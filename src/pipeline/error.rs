//! Why a run gave nothing.
//!
//! Input: what the outside world, the settings or an output refused. Output: the reason in words. Not here: problems in
//! workbooks and rules, which are diagnostics.

use crate::find;
use std::io;
use std::path::PathBuf;
use thiserror::Error;
use tonghop_core::config::ConfigError;
use tonghop_core::message::Words;
use tonghop_core::{say, told_by_words};
use tonghop_report::write::{CommitError, WriteError};

/// Why a run gave nothing.
#[derive(Debug, Error)]
pub enum RunError {
    /// A file or folder cannot be read or written.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The reason of the system.
        source: io::Error,
    },
    /// A file that the run cannot do without.
    Unread {
        /// The file.
        path: PathBuf,
        /// Why it cannot be taken into memory.
        why: find::Unread,
    },
    /// The settings cannot be used.
    Config(#[from] ConfigError),
    /// The system gives no thread to run the rules in.
    Rules(io::Error),
    /// An output cannot be made.
    Write(#[from] WriteError),
    /// The outputs cannot be put in their place, or not all of them.
    Commit(#[from] CommitError),
    /// A consolidated workbook cannot be kept as an earlier run.
    NotAcceptable {
        /// The workbook.
        path: PathBuf,
        /// Why not.
        reason: Words,
    },
}

impl RunError {
    /// Says why.
    pub fn words(&self) -> Words {
        match self {
            Self::Io { path, source } => say!(
                "không đọc được {path}: {source}",
                "{path} cannot be read: {source}",
                path = path.display(),
                source = source
            ),
            Self::Unread { path, why } => say!(
                "không đọc được {path}: {why}",
                "{path} cannot be read: {why}",
                path = path.display(),
                why = why.words()
            ),
            Self::Config(error) => say!("tonghop.toml: {error}", "tonghop.toml: {error}", error = error.words()),
            Self::Rules(error) => say!("không chạy được quy tắc: {error}", "the rules cannot be run: {error}"),
            Self::Write(error) => error.words(),
            Self::Commit(error) => error.words(),
            Self::NotAcceptable { path, reason } => say!(
                "không nhận được {path}: {reason}",
                "{path} cannot be accepted: {reason}",
                path = path.display(),
                reason = *reason
            ),
        }
    }

    /// Tells whether some outputs are new all the same.
    pub fn is_partial(&self) -> bool {
        matches!(self, Self::Commit(error) if error.is_partial())
    }
}

told_by_words!(RunError);
