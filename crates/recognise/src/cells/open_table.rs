//! Matches a table of a sheet to a declared open table.
//!
//! Input: a table, and the open tables that the department may fill. Output: the declaration whose fields the table has
//! columns for, and the content of its columns. Not here: rows.

use super::column_values;
use super::sheet_result::{SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::header;
use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Message};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::{RecordColumn, RecordPart, RecordsDecl};
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::number::Convention;

/// A table that matches the declaration of an open table.
pub(crate) struct OpenTable<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a RecordsDecl,
    pub part: RecordPart,
    /// The column of row numbers, if there is one.
    pub order_column: Option<u32>,
}

/// The result of matching a table to the declarations.
pub(crate) enum OpenTableMatch<'a> {
    /// It is not an open table.
    NotOpen,
    Unique(Box<OpenTable<'a>>),
    /// It fits several declarations equally well, which has been reported.
    Ambiguous,
}

/// A matching declaration with the columns of its fields.
type FieldMatch<'a> = (&'a SectorDecl, &'a RecordsDecl, Vec<u32>);

/// Matches a table to the declaration with the most fields among those whose fields all have a column.
pub(crate) fn match_open_table<'a>(
    context: &SheetContext<'_, 'a>,
    block: &mut TableBlock,
    result: &mut SheetResult,
) -> OpenTableMatch<'a> {
    let fits: Vec<FieldMatch<'a>> =
        context.index.records().filter_map(|(s, decl)| Some((s, decl, field_columns(block, decl)?))).collect();
    let most = fits.iter().map(|(_, _, fields)| fields.len()).max().unwrap_or(0);
    let mut best = fits.into_iter().filter(|(_, _, fields)| fields.len() == most);
    let Some(first) = best.next() else { return OpenTableMatch::NotOpen };
    let others: Vec<FieldMatch<'a>> = best.collect();
    if !others.is_empty() {
        result.is_recognised = true;
        report_ambiguous(context, block, &first, &others, result);
        return OpenTableMatch::Ambiguous;
    }
    let (sector, decl, fields) = first;
    assign_roles(block, sector, &fields);
    let columns: Vec<RecordColumn> =
        block.columns.iter().filter_map(|column| value_column(context, block, column, sector)).collect();
    let part = RecordPart {
        department: context.book.department.clone(),
        file: context.book.file.clone(),
        sheet: context.sheet.name.clone(),
        label_column: label_column(block, &fields),
        field_columns: fields,
        unit_column: column_with_role(block, &ColumnRole::Unit),
        default_unit: block.unit().or(decl.unit.as_ref()).cloned().unwrap_or_else(Unit::none),
        columns,
        groups: Vec::new(),
        decimal_separator: context.convention.map(decimal_mark),
        percent_rows: BTreeMap::new(),
    };
    OpenTableMatch::Unique(Box::new(OpenTable {
        sector,
        decl,
        part,
        order_column: column_with_role(block, &ColumnRole::Order),
    }))
}

/// Returns the columns of the fields, if the table has all of them.
fn field_columns(block: &TableBlock, decl: &RecordsDecl) -> Option<Vec<u32>> {
    let headed = |heading: &str| {
        let wanted = fold(heading);
        block.columns.iter().find(|column| fold(&column.heading) == wanted).map(|column| column.index)
    };
    decl.fields.iter().map(|field| headed(&field.heading)).collect()
}

/// Sets the column roles for this sector: the column of a field is text whatever else its heading means, a plan without
/// a source is the sector's only one, and members and trade sides do not apply.
fn assign_roles(block: &mut TableBlock, sector: &SectorDecl, fields: &[u32]) {
    for column in &mut block.columns {
        column.side = None;
        // A column that rivals that of a field has none any more.
        if column.role.is_unread() {
            column.role = column.stated_role.clone();
        }
        if fields.contains(&column.index) {
            column.role = ColumnRole::Subject;
        } else if let (ColumnRole::Plan, [only]) = (&column.role, sector.targets.as_slice()) {
            column.role = ColumnRole::Value(Measure::Target(only.clone()), Status::Final);
        } else if matches!(column.role, ColumnRole::Member(..)) {
            column.role = ColumnRole::Unknown;
        }
    }
    header::resolve_duplicates(&mut block.columns);
}

fn column_with_role(block: &TableBlock, role: &ColumnRole) -> Option<u32> {
    block.columns.iter().find(|column| column.role == *role).map(|column| column.index)
}

/// Returns the column of the row labels: the label column if it is not a field, else the first field.
fn label_column(block: &TableBlock, fields: &[u32]) -> u32 {
    column_with_role(block, &ColumnRole::Label).or(fields.first().copied()).unwrap_or(block.label_columns.start)
}

/// Returns the measure of a column of numbers, if the sector declares it.
fn value_column(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    column: &SheetColumn,
    sector: &SectorDecl,
) -> Option<RecordColumn> {
    let (measure, status) = column_values::column_measure(&column.role, sector)?;
    let unit = column_unit(context, block, column);
    sector.has_measure(&measure).then_some(RecordColumn {
        measure,
        status,
        column: column.index,
        heading: column.heading.as_str().into(),
        unit,
    })
}

/// Returns the unit that a column has whatever unit its rows have: that of the heading or of the measure.
fn column_unit(context: &SheetContext<'_, '_>, block: &TableBlock, column: &SheetColumn) -> Option<Unit> {
    let of_heading = context.index.bracketed_unit(&column.heading);
    let of_rows = self::column_with_role(block, &ColumnRole::Unit).is_some();
    let applies = |unit: &Unit| !of_rows || column.unit.is_some() || *unit == Unit::percent();
    of_heading.filter(applies).or_else(|| column.unit.clone())
}

fn decimal_mark(convention: Convention) -> char {
    match convention {
        Convention::Vietnamese => ',',
        Convention::English => '.',
    }
}

/// Reports that a table fits several declarations; it is not read, so that no wrong sector counts it.
fn report_ambiguous(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    first: &FieldMatch<'_>,
    others: &[FieldMatch<'_>],
    result: &mut SheetResult,
) {
    let all = std::iter::once(first).chain(others);
    let names: Vec<String> = all.map(|(sector, decl, _)| format!("{}.{}", sector.id, decl.name)).collect();
    let message = msg!(
        "bảng khớp với nhiều bảng mở: {names}; bảng này không được đọc",
        "the table matches several open tables: {names}; it was not read",
        names = names.join(", ")
    );
    let column = first.2.first().copied().unwrap_or(block.column_span.start);
    let cell_ref = CellRef::new(block.heading_row, column);
    result.diagnostics.push(context.problem(Code::RowAmbiguous, cell_ref, message).with_hint(Message::new(
        "để mỗi bảng mở có một cột riêng (fields), hoặc chỉ để một ngành khai báo bảng này",
        "give each open table a distinct column (fields), or let only one sector declare this table",
    )));
}
