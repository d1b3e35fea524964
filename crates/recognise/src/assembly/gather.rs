//! Merges the results of all sheets and workbooks into the dataset.
//!
//! Input: the workbooks, each read alone and then merged. Output: the dataset, with one figure per observation key and
//! a sector for each general remark. Not here: the meaning of a cell, the choice of workbooks.

use super::precedence::Precedence;
use crate::cells::harvest::{Offer, OpenRemark};
use crate::layout::heading::Headings;
use crate::layout::opening::Opening;
use crate::matching::index::Index;
use crate::sheet;
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::book::{RawSheet, ReceivedBook};
use tonghop_core::model::dataset::{Dataset, ObservationKey, Reception, Remark, SheetReception};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectorId};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::records::{RecordBatch, RecordTable, RecordsDecl};
use tonghop_core::say;
use tonghop_core::vi::format::exact;

/// Record tables by sector and name.
type Tables = BTreeMap<(SectorId, IndicatorId), Arc<RecordTable>>;

/// The merged results of one or more workbooks.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Gathering {
    pub offers: Vec<Offer>,
    /// The highest parent score of the rows of an indicator in the workbooks of a department.
    strongest: BTreeMap<(DepartmentId, SectorId, IndicatorId), usize>,
    pub dataset: Dataset,
    /// The rows of open tables, one batch per table.
    pub records: Vec<RecordBatch>,
    diagnostics: Diagnostics,
}

impl Gathering {
    /// Reads one workbook; also returns the preambles of its visible sheets.
    pub(crate) fn of(book: &ReceivedBook, index: &Index<'_>, headings: &Headings) -> (Vec<Opening>, Self) {
        let mut gathering = Self::default();
        let openings = gathering.book(book, index, headings);
        (openings, gathering)
    }

    /// Returns whether nothing was found that a department reports.
    pub(crate) fn is_empty(&self) -> bool {
        let Dataset { narrative, names, remarks, .. } = &self.dataset;
        self.offers.is_empty()
            && self.records.is_empty()
            && narrative.is_empty()
            && names.is_empty()
            && remarks.is_empty()
    }

    /// Adds the results of another workbook.
    pub(crate) fn absorb(&mut self, other: Self) {
        let Self { mut offers, strongest, dataset, mut records, mut diagnostics } = other;
        for (of, parents) in strongest {
            let most = self.strongest.entry(of).or_default();
            *most = parents.max(*most);
        }
        self.offers.append(&mut offers);
        self.records.append(&mut records);
        self.diagnostics.append(&mut diagnostics);
        // Observations, records and corrections are added later, when all workbooks are known.
        let Dataset { narrative, names, mut remarks, mut receptions, rows, .. } = dataset;
        self.dataset.rows.append(rows);
        for (topic, mut words) in narrative {
            self.dataset.narrative.entry(topic).or_default().append(&mut words);
        }
        for (counted, mut cells) in names {
            self.dataset.names.entry(counted).or_default().append(&mut cells);
        }
        self.dataset.remarks.append(&mut remarks);
        self.dataset.receptions.append(&mut receptions);
    }

    /// Reads all sheets of a workbook.
    fn book(&mut self, book: &ReceivedBook, index: &Index<'_>, headings: &Headings) -> Vec<Opening> {
        let mut openings = Vec::new();
        let mut remarks = Vec::new();
        let mut uses: BTreeMap<SectorId, usize> = BTreeMap::new();
        let mut sheets = Vec::new();
        for sheet in &book.book.sheets {
            if sheet.hidden {
                self.diagnostics.push(hidden_sheet(book, sheet));
            }
            let (opening, mut harvest) = sheet::read(book, sheet, index, headings);
            openings.extend((!sheet.hidden).then_some(opening));
            let sectors = harvest.offers.iter().map(|o| &o.key.sector).chain(harvest.narrative.iter().map(|n| &n.0.0));
            for sector in sectors {
                *uses.entry(sector.clone()).or_default() += 1;
            }
            sheets.push(SheetReception { name: sheet.name.clone(), used: harvest.used, log: harvest.log.closed() });
            self.diagnostics.append(&mut harvest.diagnostics);
            self.offers.append(&mut harvest.offers);
            self.records.append(&mut harvest.records);
            remarks.append(&mut harvest.remarks);
            for (sector, indicator, parents) in harvest.found {
                let most = self.strongest.entry((book.department.clone(), sector, indicator)).or_default();
                *most = parents.max(*most);
            }
            harvest.rows.into_iter().for_each(|row| self.dataset.rows.add(row));
            for (counted, name) in harvest.names {
                self.dataset.names.entry(counted).or_default().push(name);
            }
            for (topic, words) in harvest.narrative {
                self.dataset.narrative.entry(topic).or_default().push(words);
            }
        }
        let main =
            uses.iter().rev().max_by_key(|(_, count)| **count).map(|(sector, _)| sector).or(index.first_sector());
        self.dataset.remarks.extend(remarks.into_iter().filter_map(|remark| close(remark, main)));
        self.dataset.receptions.push(Reception {
            department: book.department.clone(),
            file: book.file.clone(),
            sheets,
        });
        openings
    }

    /// Selects one figure per observation key and returns the dataset.
    ///
    /// The order of precedence: the department that the sector names first, visible before hidden sheets, the rank of
    /// the file, the first sheet and row. If a department has a row under the parents of an indicator, its rows
    /// elsewhere with the same label are not that indicator.
    pub(crate) fn finish(mut self, sectors: &[Arc<SectorDecl>], files: &Precedence) -> (Dataset, Diagnostics) {
        let departments: BTreeMap<&SectorId, &[DepartmentId]> =
            sectors.iter().map(|sector| (&sector.id, sector.departments.as_slice())).collect();
        let precedence = |offer: &Offer| {
            departments.get(&offer.key.sector).and_then(|all| all.iter().position(|d| *d == offer.source.department))
        };
        let rank = |offer: &Offer| (offer.key.clone(), precedence(offer), offer.hidden, files.rank(&offer.source.file));
        self.offers.sort_by_cached_key(rank);
        let mut refused: BTreeSet<ObservationKey> = BTreeSet::new();
        let strongest = self.strongest;
        let is_weak = |offer: &Offer| {
            let of = (offer.source.department.clone(), offer.key.sector.clone(), offer.key.indicator.clone());
            offer.parents.is_some_and(|parents| strongest.get(&of).is_some_and(|most| parents < *most))
        };
        for offer in self.offers.into_iter().filter(|offer| !is_weak(offer)) {
            match self.dataset.observations.entry(offer.key.clone()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(offer.figure);
                }
                Entry::Occupied(standing) if standing.get().amount == offer.figure.amount => {}
                Entry::Occupied(standing) => {
                    let neither = files.refuses(standing.get(), &offer.source);
                    self.diagnostics.push(repeated(standing.get(), &offer, neither));
                    refused.extend(neither.then_some(offer.key));
                }
            }
        }
        self.dataset.observations.retain(|key, _| !refused.contains(key));
        self.dataset.records = tables(sectors, self.records);
        (self.dataset, self.diagnostics)
    }
}

/// Builds the record table of each declaration from the batches, in the order of the workbooks.
fn tables(sectors: &[Arc<SectorDecl>], batches: Vec<RecordBatch>) -> Tables {
    let declared = sectors.iter().flat_map(|sector| sector.records.iter().map(|decl| (&sector.id, decl)));
    let empty = |(sector, decl): (&SectorId, &Arc<RecordsDecl>)| {
        ((sector.clone(), decl.name.clone()), RecordTable::new(sector.clone(), Arc::clone(decl)))
    };
    let mut tables: BTreeMap<(SectorId, IndicatorId), RecordTable> = declared.map(empty).collect();
    let name = |batch: &RecordBatch| (batch.sector.clone(), batch.name.clone());
    for batch in &batches {
        if let Some(table) = tables.get_mut(&name(batch)) {
            table.expect(batch.rows.len());
        }
    }
    for batch in batches {
        if let Some(table) = tables.get_mut(&name(&batch)) {
            table.add(batch);
        }
    }
    tables.into_iter().map(|(name, table)| (name, Arc::new(table))).collect()
}

/// Assigns a remark without a sector to the main sector of its workbook.
fn close(remark: OpenRemark, main: Option<&SectorId>) -> Option<Remark> {
    let OpenRemark { sector, indicator, difficulty, cause } = remark;
    Some(Remark { sector: sector.or_else(|| main.cloned())?, indicator, difficulty, cause })
}

fn hidden_sheet(book: &ReceivedBook, sheet: &RawSheet) -> Diagnostic {
    let place = Place::Sheet(book.file.clone(), sheet.name.clone());
    let message = Words::new(
        "trang tính đang ẩn; vẫn được đọc như các trang khác",
        "the sheet is hidden; it was read like the others all the same",
    );
    Diagnostic::new(Code::SheetHidden, place, message).hint(Words::new(
        "bỏ ẩn trang nếu là báo cáo, xóa trang nếu không dùng",
        "unhide the sheet if it is part of the report, delete it if it is not used",
    ))
}

fn repeated(standing: &Figure, offer: &Offer, neither: bool) -> Diagnostic {
    let stands = standing.sources().first().map_or(Place::Project, |source| Place::of(source));
    let message = say!(
        "\"{label}\" ({measure}) có hai số khác nhau: {first} và {second}; {so}",
        "\"{label}\" ({measure}) has two different numbers: {first} and {second}; {so}",
        label = offer.label,
        measure = named(&offer.key.measure),
        first = shown(standing),
        second = shown(&offer.figure),
        so = if neither {
            Words::new("không dùng số nào", "none of them is used")
        } else {
            Words::new("dùng số thứ nhất", "the first is used")
        }
    );
    Diagnostic::new(Code::CellRepeated, stands, message).also(Place::of(&offer.source)).hint(Words::new(
        "xóa số không đúng, hoặc để một đơn vị báo cáo chỉ tiêu này",
        "delete the number that is wrong, or let one department report this indicator",
    ))
}

/// Returns the name of a measure for messages.
pub(crate) fn named(measure: &Measure) -> Words {
    match measure {
        Measure::Actual => Words::new("thực hiện", "actual"),
        Measure::LastYear => Words::new("cùng kỳ năm trước", "same period last year"),
        Measure::Target(target) => say!("kế hoạch {target}", "plan {target}"),
        other => Words::verbatim(other.to_string()),
    }
}

/// Formats the amount of a figure for messages.
pub(crate) fn shown(figure: &Figure) -> Words {
    match figure.amount {
        Amount::Known(number) => say!("{number} {unit}", "{number} {unit}", number = exact(number), unit = figure.unit),
        Amount::NotApplicable => Words::verbatim("\"-\""),
        Amount::Missing => Words::new("trống", "empty"),
    }
}
