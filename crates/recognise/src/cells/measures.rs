//! Reads the numbers of a row as observations of the indicator that the row matches.
//!
//! Input: a matched row. Output: candidate observations, and a diagnostic for each cell that has none. Not here:
//! choosing between two cells for the same measure.

use super::harvest::{Context, Meant, Offer, Yield};
use super::{log, seen};
use crate::layout::block::Block;
use crate::layout::caption::is_marked;
use crate::layout::column::{Column, Role, Side};
use crate::layout::value::{self, CellAmount};
use crate::matching::index::{Candidate, Found};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Words};
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{FigureName, Measure, Qualifier, Status};
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::reading::{Fate, ReadingLog, Understood};
use tonghop_core::say;
use tonghop_core::vi::format::exact;
use tonghop_core::vi::{lexicon, unit};

/// Reads the values of a row.
pub(crate) fn read(context: &Context<'_, '_>, block: &Block, meant: &Meant<'_, '_, '_>, harvest: &mut Yield) {
    if crossed_row(context, block, meant, harvest) {
        return;
    }
    match &meant.found {
        Found::One { candidate, parents } => {
            harvest.known = true;
            harvest.rows.push(seen::row(context, block, meant));
            known_row(context, block, meant, (candidate, *parents), harvest);
        }
        Found::Several(both) if is_pair(block, both) => {
            harvest.known = true;
            harvest.rows.push(seen::row(context, block, meant));
            both.iter().for_each(|candidate| known_row(context, block, meant, (candidate, 1), harvest));
        }
        unknown if has_numbers(block, meant) => {
            harvest.rows.push(seen::row(context, block, meant));
            log::unread_row(block, meant, &mut harvest.log);
            harvest.diagnostics.push(unknown_row(context, meant, unknown));
        }
        _ => {}
    }
}

/// Returns whether two indicators with one label are a volume and its worth, in a table with columns for both.
fn is_pair(block: &Block, both: &[&Candidate<'_>]) -> bool {
    let is_worth = |candidate: &Candidate<'_>| unit::is_money(&candidate.decl.unit);
    let sided = block.columns.iter().any(|column| column.side.is_some());
    sided && matches!(both, [one, other] if is_worth(one) != is_worth(other))
}

/// A cell with a value, with everything that is needed to make an observation of it.
struct Cell<'c, 'a> {
    candidate: &'c Candidate<'a>,
    place: CellRef,
    /// The labels of its row and of its column.
    labels: (&'c str, &'c str),
    content: &'c RawCell,
    measure: Measure,
    status: Status,
    qualifier: Option<Qualifier>,
    /// The expected unit: that of the measure, else of the indicator.
    declared: &'c Unit,
    /// The unit that the workbook states for the cell, if it does.
    stated: Option<Unit>,
    /// The unit cell of the row, if the unit is from there.
    unit_place: Option<CellRef>,
    parents: Option<usize>,
}

/// Reads a row whose columns are indicators and which is a member or the total of them; returns whether it is.
fn crossed_row(context: &Context<'_, '_>, block: &Block, meant: &Meant<'_, '_, '_>, harvest: &mut Yield) -> bool {
    let mut found = false;
    let mut problems = Vec::new();
    for column in &block.columns {
        let Some((indicator, role)) = &column.crossed else { continue };
        let Some(meaning) = context.index.crossed(indicator, &meant.row.label, &block.titles) else { continue };
        found = true;
        harvest.found.push((meaning.0.sector.id.clone(), meaning.0.decl.id.clone(), meaning.1));
        let column = Column { role: role.clone(), ..column.clone() };
        value_in(context, block, &column, meant, meaning, &mut problems, harvest);
    }
    harvest.known |= found;
    harvest.diagnostics.append(&mut problems);
    found
}

fn known_row(
    context: &Context<'_, '_>,
    block: &Block,
    meant: &Meant<'_, '_, '_>,
    of_row: (&Candidate<'_>, usize),
    harvest: &mut Yield,
) {
    let mut problems: Vec<Diagnostic> = Vec::new();
    for column in block.columns.iter().filter(|column| column.role.is_value()) {
        let Some(candidate) = of_column(context, &column.role, of_row.0) else { continue };
        value_in(context, block, column, meant, (candidate, of_row.1), &mut problems, harvest);
    }
    // A problem of the unit applies to the whole row and is reported once.
    let mut said = Vec::new();
    problems.retain(|problem| {
        let again = is_of_row(problem.code) && said.contains(&problem.code);
        said.push(problem.code);
        !again
    });
    harvest.diagnostics.append(&mut problems);
}

/// Reads the value of a row in a column, and logs the outcome of its cell.
fn value_in(
    context: &Context<'_, '_>,
    block: &Block,
    column: &Column,
    meant: &Meant<'_, '_, '_>,
    meaning: (&Candidate<'_>, usize),
    problems: &mut Vec<Diagnostic>,
    harvest: &mut Yield,
) {
    let Some(cell) = cell(context, block, column, meant, meaning) else {
        let SectorDecl { id, .. } = meaning.0.sector;
        let is_empty = column.side.is_none() && meant.row.cells.cell(column.index).is_none();
        if is_empty && measure(&column.role, meaning.0.sector).is_some_and(|(of, _)| of == Measure::Actual) {
            harvest.log.await_at(CellRef::new(meant.row.cells.at, column.index), id, &meaning.0.decl.id);
        }
        return;
    };
    let before = problems.len();
    let offer = offer(context, &cell, problems);
    mark(&cell, offer.as_ref(), problems.split_at(before), &mut harvest.log);
    harvest.take(offer);
}

/// Returns the value cell of a row in a column; of a pair of volume and worth, only the side that fits the unit.
fn cell<'c, 'a>(
    context: &Context<'_, '_>,
    block: &Block,
    column: &'c Column,
    meant: &'c Meant<'_, '_, '_>,
    (candidate, parents): (&'c Candidate<'a>, usize),
) -> Option<Cell<'c, 'a>> {
    let (measure, of_column) = measure(&column.role, candidate.sector)?;
    let content = meant.row.cells.cell(column.index)?;
    let declared = column.unit.as_ref().unwrap_or(&candidate.decl.unit);
    // A rate of change belongs to the side that the unit of its indicator determines.
    let of_side = if *declared == Unit::percent() { &candidate.decl.unit } else { declared };
    if column.side.is_some_and(|side| (side == Side::Worth) != unit::is_money(of_side)) {
        return None;
    }
    let (status, qualifier) = row_status(block, meant);
    let is_actual = measure == Measure::Actual;
    let status = status.filter(|_| is_actual).unwrap_or(of_column);
    let qualifier = qualifier.filter(|_| is_actual);
    let place = CellRef::new(meant.row.cells.at, column.index);
    let stated = stated_unit(context, block, column, meant, declared);
    let unit_place = meant.row.unit_place.filter(|_| stated == meant.row.unit);
    let parents = Some(parents).filter(|_| block.is_unlabelled());
    let labels = (meant.row.words.as_str(), column.heading.as_str());
    Some(Cell { candidate, place, labels, content, measure, status, qualifier, declared, stated, unit_place, parents })
}

/// Returns whether a problem is reported once per row: those of units are.
fn is_of_row(code: Code) -> bool {
    matches!(code, Code::UnitMismatch | Code::UnitConverted)
}

/// Logs the outcome of a value; `problems` are those of its row before it, and its own.
fn mark(cell: &Cell<'_, '_>, offer: Option<&Offer>, problems: (&[Diagnostic], &[Diagnostic]), log: &mut ReadingLog) {
    let is_as_typed = |amount| match &cell.content.value {
        RawValue::Number(number) => amount == Amount::Known(*number),
        _ => amount == Amount::NotApplicable,
    };
    match offer {
        Some(offer) if is_as_typed(offer.figure.amount) => log.mark(cell.place, Fate::Read),
        Some(Offer { figure, .. }) => {
            log.convert(cell.place, Understood { amount: figure.amount, unit: figure.unit.clone() });
        }
        None => match told_at(problems) {
            Some(told) => log.mark(cell.place, Fate::Rejected(told)),
            None if cell.measure == Measure::Actual => {
                log.await_at(cell.place, &cell.candidate.sector.id, &cell.candidate.decl.id);
            }
            None => {}
        },
    }
}

/// Returns the cell at which the rejection of a value is reported.
fn told_at((before, own): (&[Diagnostic], &[Diagnostic])) -> Option<CellRef> {
    let own = own.last()?;
    let first = before.iter().find(|problem| is_of_row(own.code) && problem.code == own.code);
    first.unwrap_or(own).cell()
}

/// Returns the measure of a column in a sector; a plan without a source is the sector's only plan.
pub(crate) fn measure(role: &Role, sector: &SectorDecl) -> Option<(Measure, Status)> {
    match (role, sector.targets.as_slice()) {
        (Role::Member(_, of), _) => measure(of, sector),
        (Role::Value(measure, status), _) => Some((measure.clone(), *status)),
        (Role::Plan, [only]) => Some((Measure::Target(only.clone()), Status::Final)),
        _ => None,
    }
}

/// Returns the indicator of the values of a column: that of the row, or a member of its breakdown.
fn of_column<'i>(context: &'i Context<'_, '_>, role: &Role, candidate: &'i Candidate<'i>) -> Option<&'i Candidate<'i>> {
    match role {
        Role::Member(label, ..) => context.index.member(candidate, label),
        _ => Some(candidate),
    }
}

/// Reads the status and the qualifier of the actual value from the status cell of the row.
fn row_status(block: &Block, meant: &Meant<'_, '_, '_>) -> (Option<Status>, Option<Qualifier>) {
    let Some(column) = block.columns.iter().find(|column| column.role == Role::Status) else { return (None, None) };
    let words = meant.row.cells.words(column.index);
    let status = lexicon::estimate(&words).map(|estimate| if estimate { Status::Estimate } else { Status::Final });
    (status, lexicon::qualifier(&words))
}

/// Returns the unit that the workbook states for a cell: of its row, a unit row above, its heading, its label, an
/// ancestor's label, or the whole table.
///
/// Percent in a heading overrides all others, as such a column has no amounts.
fn stated_unit(
    context: &Context<'_, '_>,
    block: &Block,
    column: &Column,
    meant: &Meant<'_, '_, '_>,
    declared: &Unit,
) -> Option<Unit> {
    let row = &meant.row;
    let fits = |unit: &&Unit| unit.same_base(declared);
    let of_heading = context.index.unit_in(&column.heading);
    let units = if is_marked(&row.words) && !block.marked.is_empty() { &block.marked } else { &block.units };
    let of_table = || units.iter().find(fits).or(units.first()).cloned();
    if column.unit.is_some() {
        return of_heading.or_else(|| units.iter().find(fits).cloned());
    }
    let of_label = |words: &String| context.index.without_unit(words).map(|(_, unit)| unit);
    let above = || row.chain.iter().rev().find_map(of_label).filter(|unit| fits(&unit));
    let percent = of_heading.clone().filter(|unit| *unit == Unit::percent());
    percent
        .or_else(|| row.unit.clone())
        .or_else(|| row.units_above.of(column.index).cloned())
        .or(of_heading)
        .or_else(|| of_label(&row.label))
        .or_else(above)
        .or_else(of_table)
}

fn offer(context: &Context<'_, '_>, cell: &Cell<'_, '_>, problems: &mut Vec<Diagnostic>) -> Option<Offer> {
    let amount = match value::amount(cell.content, context.convention) {
        CellAmount::Number(number) => Amount::Known(as_percent(context, cell, number, problems)),
        CellAmount::Typed(number) => {
            problems.push(number_as_text(context, cell, number));
            Amount::Known(number)
        }
        CellAmount::NotApplicable => Amount::NotApplicable,
        CellAmount::Missing => return None,
        CellAmount::Unreadable(fault) => {
            let (wrong, hint) = fault.explain();
            let message = say!(
                "\"{label}\": ô \"{content}\" {wrong}; số liệu coi như chưa có",
                "\"{label}\": the cell \"{content}\" {wrong}; it counts as no data",
                label = cell.candidate.decl.label,
                content = shown(cell.content),
                wrong = wrong
            );
            problems.push(context.problem(Code::NumberUnreadable, cell.place, message).hint(hint));
            return None;
        }
    };
    let source = context.source(cell.place, cell.labels.0, cell.labels.1);
    let figure = figure(context, cell, amount, &source, problems)?;
    let (sector, decl) = (cell.candidate.sector, cell.candidate.decl);
    let key = ObservationKey { sector: sector.id.clone(), indicator: decl.id.clone(), measure: cell.measure.clone() };
    let (parents, hidden) = (cell.parents, context.sheet.hidden);
    Some(Offer { key, label: decl.label.clone(), figure, source, parents, hidden })
}

/// Builds the figure in the unit of its indicator.
fn figure(
    context: &Context<'_, '_>,
    cell: &Cell<'_, '_>,
    amount: Amount,
    source: &Arc<Source>,
    problems: &mut Vec<Diagnostic>,
) -> Option<FigureRef> {
    let decl = cell.candidate.decl;
    let stated = cell.stated.as_ref().filter(|_| amount.known().is_some()).unwrap_or(cell.declared);
    // An indicator declared without a unit has the unit of the form.
    let declared = if cell.declared.base.is_empty() { stated } else { cell.declared };
    if !stated.same_base(declared) {
        let message = say!(
            "\"{label}\": đơn vị tính trong biểu là \"{stated}\", của chỉ tiêu là \"{unit}\"; số liệu không được đọc",
            "\"{label}\": the unit in the workbook is \"{stated}\", that of the indicator \"{unit}\"; the figure was not read",
            label = decl.label,
            stated = stated,
            unit = declared
        );
        let place = cell.unit_place.unwrap_or(cell.place);
        problems.push(context.problem(Code::UnitMismatch, place, message).hint(Words::new(
            "sửa đơn vị tính trong biểu, hoặc kiểm tra lại dòng",
            "mend the unit in the workbook, or check that the row is the right one",
        )));
        return None;
    }
    let name = FigureName {
        sector: cell.candidate.sector.id.clone(),
        indicator: decl.id.clone(),
        measure: cell.measure.clone(),
    };
    let unit = if stated.scale == declared.scale { declared } else { stated };
    let given = Figure::given(name, amount, unit.clone(), cell.status, Origin::Cell(Arc::clone(source)));
    match Arc::new(given.printed(decl.print(&cell.measure)).qualified(cell.qualifier)).rescaled(declared) {
        Ok(figure) => {
            if stated.scale != declared.scale {
                problems.push(unit_converted(context, cell, stated));
            }
            Some(figure)
        }
        Err(error) => {
            let message =
                say!("\"{label}\": {error}", "\"{label}\": {error}", label = decl.label, error = error.words());
            let hint = Words::new("kiểm tra lại số đã nhập", "check the number that was entered");
            problems.push(context.problem(Code::NumberUnreadable, cell.place, message).hint(hint));
            None
        }
    }
}

/// Returns the number as Excel displays it: with a percent format, the cell holds the hundredth part.
fn as_percent(
    context: &Context<'_, '_>,
    cell: &Cell<'_, '_>,
    number: Decimal,
    problems: &mut Vec<Diagnostic>,
) -> Decimal {
    let shown_as_percent = cell.content.number_format.as_ref().is_some_and(|format| format.contains('%'));
    if !shown_as_percent || &*cell.declared.base != "%" {
        return number;
    }
    let Some(percent) = number.checked_mul(Decimal::ONE_HUNDRED) else { return number };
    let message = say!(
        "\"{label}\": ô {content} có định dạng phần trăm, đọc là {percent}%",
        "\"{label}\": the cell {content} has a percent format and is read as {percent}%",
        label = cell.candidate.decl.label,
        content = shown(cell.content),
        percent = exact(percent)
    );
    problems.push(context.problem(Code::UnitConverted, cell.place, message));
    percent.normalize()
}

fn number_as_text(context: &Context<'_, '_>, cell: &Cell<'_, '_>, number: Decimal) -> Diagnostic {
    let message = say!(
        "\"{label}\": ô \"{content}\" là số gõ dạng văn bản, đọc là {number}",
        "\"{label}\": the cell \"{content}\" is a number typed as text, read as {number}",
        label = cell.candidate.decl.label,
        content = shown(cell.content),
        number = exact(number)
    );
    context
        .problem(Code::NumberAsText, cell.place, message)
        .hint(Words::new("nhập lại ô này ở dạng số", "enter this cell again as a number"))
}

fn unit_converted(context: &Context<'_, '_>, cell: &Cell<'_, '_>, stated: &Unit) -> Diagnostic {
    let decl = cell.candidate.decl;
    let message = say!(
        "\"{label}\": đã đổi từ \"{stated}\" sang \"{unit}\"",
        "\"{label}\": converted from \"{stated}\" to \"{unit}\"",
        label = decl.label,
        unit = decl.unit
    );
    context.problem(Code::UnitConverted, cell.place, message)
}

fn has_numbers(block: &Block, meant: &Meant<'_, '_, '_>) -> bool {
    let values = block.columns.iter().filter(|column| column.role.is_value());
    values.filter_map(|column| meant.row.cells.cell(column.index)).any(value::is_number)
}

fn unknown_row(context: &Context<'_, '_>, meant: &Meant<'_, '_, '_>, found: &Found<'_, '_>) -> Diagnostic {
    let row = &meant.row;
    match found {
        Found::Several(candidates) => {
            let names: Vec<String> = candidates.iter().map(|c| format!("{}.{}", c.sector.id, c.decl.id)).collect();
            let message = say!(
                "dòng \"{row}\" khớp với nhiều chỉ tiêu: {names}; dòng này không được đọc",
                "the row \"{row}\" matches several indicators: {names}; it was not read",
                row = row.words,
                names = names.join(", ")
            );
            context.problem(Code::RowAmbiguous, row.place, message).hint(Words::new(
                "ghi rõ chỉ tiêu cấp trên của dòng, hoặc thêm cột mã chỉ tiêu",
                "write the row above it that it belongs to, or add a column with the codes of the indicators",
            ))
        }
        Found::Astray(candidate) => {
            let (label, parent) = (&candidate.decl.label, candidate.nearest());
            let message = say!(
                "dòng \"{label}\" trùng tên với một chỉ tiêu của \"{parent}\", nhưng bảng này không cho biết là của \"{parent}\"; dòng này không được đọc",
                "the row \"{label}\" has the name of an indicator of \"{parent}\", but nothing in this table says that it is of \"{parent}\"; the row was not read"
            );
            context.problem(Code::RowUnknown, row.place, message).hint(say!(
                "ghi \"{parent}\" vào tên bảng hoặc dòng cấp trên, hoặc báo quản trị thêm tên gọi khác cho \"{parent}\"",
                "write \"{parent}\" into the title or a row above, or ask the administrator for an alias of \"{parent}\""
            ))
        }
        _ if row.label.is_empty() => {
            let message = Words::new(
                "dòng có số nhưng không có tên chỉ tiêu; dòng này không được đọc",
                "the row has numbers but no name of an indicator; it was not read",
            );
            context
                .problem(Code::RowUnknown, row.place, message)
                .hint(Words::new("ghi tên chỉ tiêu vào dòng này", "write the name of the indicator into this row"))
        }
        _ => {
            let message = say!(
                "dòng \"{row}\" có số nhưng không khớp với chỉ tiêu nào; dòng này không được đọc",
                "the row \"{row}\" has numbers but matches no indicator; it was not read",
                row = row.words
            );
            context.problem(Code::RowUnknown, row.place, message).hint(Words::new(
                "ghi tên chỉ tiêu đúng như biểu mẫu, hoặc báo quản trị thêm tên gọi này vào quy tắc",
                "write the name as in the form, or ask the administrator to add this name to the rules",
            ))
        }
    }
}

/// Formats the content of a cell for messages.
fn shown(cell: &RawCell) -> Words {
    const LONGEST: usize = 60;
    match &cell.value {
        RawValue::Number(number) => exact(*number),
        _ => Words::verbatim(cell.as_typed().chars().take(LONGEST).collect::<String>()),
    }
}
