//! Matches a table of a sheet to a declared open table.
//!
//! Input: a table, and the open tables that the department may fill. Output: the declaration whose fields the table has
//! columns for, and the content of its columns. Not here: rows.

use super::harvest::{Context, Yield};
use super::measures;
use crate::layout::block::Block;
use crate::layout::column::{Column, Role};
use crate::layout::header;
use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Words};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::{RecordColumn, RecordPart, RecordsDecl};
use tonghop_core::say;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::number::Convention;

/// A table that matches the declaration of an open table.
pub(crate) struct OpenTable<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a RecordsDecl,
    pub part: RecordPart,
    /// The column of row numbers, if there is one.
    pub order: Option<u32>,
}

/// The result of matching a table to the declarations.
pub(crate) enum Opened<'a> {
    /// It is not an open table.
    No,
    One(Box<OpenTable<'a>>),
    /// It fits several declarations equally well, which has been reported.
    Several,
}

/// A matching declaration with the columns of its fields.
type Fit<'a> = (&'a SectorDecl, &'a RecordsDecl, Vec<u32>);

/// Matches a table to the declaration with the most fields among those whose fields all have a column.
pub(crate) fn find<'a>(context: &Context<'_, 'a>, block: &mut Block, harvest: &mut Yield) -> Opened<'a> {
    let fits: Vec<Fit<'a>> =
        context.index.records().filter_map(|(s, decl)| Some((s, decl, fields(block, decl)?))).collect();
    let most = fits.iter().map(|(_, _, fields)| fields.len()).max().unwrap_or(0);
    let mut best = fits.into_iter().filter(|(_, _, fields)| fields.len() == most);
    let Some(first) = best.next() else { return Opened::No };
    let others: Vec<Fit<'a>> = best.collect();
    if !others.is_empty() {
        harvest.known = true;
        contested(context, block, &first, &others, harvest);
        return Opened::Several;
    }
    let (sector, decl, fields) = first;
    settle(block, sector, &fields);
    let columns: Vec<RecordColumn> =
        block.columns.iter().filter_map(|column| value(context, block, column, sector)).collect();
    let part = RecordPart {
        department: context.book.department.clone(),
        file: context.book.file.clone(),
        sheet: context.sheet.name.clone(),
        label: label(block, &fields),
        fields,
        unit: column(block, &Role::Unit),
        unit_above: block.unit().or(decl.unit.as_ref()).cloned().unwrap_or_else(Unit::none),
        columns,
        decimal: context.convention.map(decimal),
        percents: BTreeMap::new(),
    };
    Opened::One(Box::new(OpenTable { sector, decl, part, order: column(block, &Role::Order) }))
}

/// Returns the columns of the fields, if the table has all of them.
fn fields(block: &Block, decl: &RecordsDecl) -> Option<Vec<u32>> {
    let headed = |heading: &str| {
        let wanted = fold(heading);
        block.columns.iter().find(|column| fold(&column.heading) == wanted).map(|column| column.index)
    };
    decl.fields.iter().map(|field| headed(&field.heading)).collect()
}

/// Sets the column roles for this sector: the column of a field is text whatever else its heading means, a plan without
/// a source is the sector's only one, and members and trade sides do not apply.
fn settle(block: &mut Block, sector: &SectorDecl, fields: &[u32]) {
    for column in &mut block.columns {
        column.side = None;
        if fields.contains(&column.index) {
            column.role = Role::Subject;
        } else if let (Role::Plan, [only]) = (&column.role, sector.targets.as_slice()) {
            column.role = Role::Value(Measure::Target(only.clone()), Status::Final);
        } else if matches!(column.role, Role::Member(..)) {
            column.role = Role::Unknown;
        }
    }
    header::settle(&mut block.columns);
}

fn column(block: &Block, role: &Role) -> Option<u32> {
    block.columns.iter().find(|column| column.role == *role).map(|column| column.index)
}

/// Returns the column of the row labels: the label column if it is not a field, else the first field.
fn label(block: &Block, fields: &[u32]) -> u32 {
    column(block, &Role::Label).or(fields.first().copied()).unwrap_or(block.labels.start)
}

/// Returns the measure of a column of numbers, if the sector declares it.
fn value(context: &Context<'_, '_>, block: &Block, column: &Column, sector: &SectorDecl) -> Option<RecordColumn> {
    let (measure, status) = measures::measure(&column.role, sector)?;
    let is_asked = match &measure {
        Measure::Target(target) => sector.targets.contains(target),
        Measure::Other(own) => sector.measures.contains(own),
        _ => true,
    };
    let unit = unit(context, block, column);
    is_asked.then_some(RecordColumn {
        measure,
        status,
        column: column.index,
        heading: column.heading.as_str().into(),
        unit,
    })
}

/// Returns the unit that a column has whatever unit its rows have: that of the heading or of the measure.
fn unit(context: &Context<'_, '_>, block: &Block, column: &Column) -> Option<Unit> {
    let of_heading = context.index.unit_in(&column.heading);
    let of_rows = self::column(block, &Role::Unit).is_some();
    let speaks = |unit: &Unit| !of_rows || column.unit.is_some() || *unit == Unit::percent();
    of_heading.filter(speaks).or_else(|| column.unit.clone())
}

fn decimal(convention: Convention) -> char {
    match convention {
        Convention::Vietnamese => ',',
        Convention::English => '.',
    }
}

/// Reports that a table fits several declarations; it is not read, so that no wrong sector counts it.
fn contested(context: &Context<'_, '_>, block: &Block, first: &Fit<'_>, others: &[Fit<'_>], harvest: &mut Yield) {
    let all = std::iter::once(first).chain(others);
    let names: Vec<String> = all.map(|(sector, decl, _)| format!("{}.{}", sector.id, decl.name)).collect();
    let message = say!(
        "bảng khớp với nhiều bảng mở: {names}; bảng này không được đọc",
        "the table matches several open tables: {names}; it was not read",
        names = names.join(", ")
    );
    let column = first.2.first().copied().unwrap_or(block.span.start);
    let place = CellRef::new(block.heading_row, column);
    harvest.diagnostics.push(context.problem(Code::RowAmbiguous, place, message).hint(Words::new(
        "để mỗi bảng mở có một cột riêng (fields), hoặc chỉ để một ngành khai báo bảng này",
        "give each open table a column of its own (fields), or let one sector alone declare this table",
    )));
}
