//! Reads one workbook to show how it was understood.
//!
//! Input: a workbook, and its department if it is known. Output: a [`WorkbookReading`], collected while the workbook is
//! read as in a run. Not here: other workbooks, corrections, earlier runs.

use super::merged::Merged;
use super::precedence::Precedence;
use super::reading_fates::Fates;
use super::reading_tables::ReadingObserver;
use super::recogniser::Recogniser;
use crate::cells::control_characters::remove_control_characters;
use crate::identity;
use crate::reading::{Problem, WorkbookReading};
use std::iter;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::raw_workbook::{RawWorkbook, ReceivedWorkbook};

impl Recogniser<'_> {
    /// Reads a workbook of a department, or of any if it is `None`, and returns how it was understood.
    pub fn read_workbook(
        &self,
        file: &FilePath,
        department: Option<&DepartmentId>,
        workbook: RawWorkbook,
    ) -> WorkbookReading {
        let sender = department.cloned().unwrap_or_else(|| DepartmentId::new(""));
        let mut book = ReceivedWorkbook { department: sender, file: file.clone(), workbook };
        let mut doubts = remove_control_characters(&mut book);
        let vocabulary = match department {
            Some(department) => self.registry.vocabulary(department),
            None => self.registry.whole_vocabulary(),
        };
        let mut observer = ReadingObserver::new(vocabulary.own, self.config);
        let (preambles, merged) = Merged::from_workbook(&book, vocabulary, &self.members, &mut observer);
        let refusal = match department {
            Some(_) => {
                self.rejection(&book, &preambles, merged.is_empty(), &mut doubts).map(|why| why.into_diagnostic())
            }
            None => identity::check_period(&book.file, &preambles, self.config, &mut doubts),
        };
        let files =
            Precedence::new(iter::once((&book.file, book.workbook.last_modified.as_ref())), self.config.duplicates);
        let mut sheets = observer.sheets;
        Fates::new(merged, self.sectors, &files, self.config).settle(&mut sheets);
        WorkbookReading {
            file: book.file,
            department: department.cloned(),
            refusal: refusal.as_ref().map(Problem::from),
            doubts: doubts.iter().map(Problem::from).collect(),
            sheets,
        }
    }
}
