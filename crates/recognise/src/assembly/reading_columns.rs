//! Says how the columns of a table were understood.
//!
//! Input: a table. Output: its columns with their roles in words. Not here: what decides the role.

use crate::layout::block::TableBlock;
use crate::layout::column::{ColumnRole, HeadingDoubt, SheetColumn};
use crate::layout::grid::Grid;
use crate::layout::heading_cells::heading_cells;
use crate::layout::value;
use crate::reading::{ColumnReading, StatedHeading};
use std::collections::BTreeSet;
use tonghop_core::config::Config;
use tonghop_core::diag::Message;
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::period::Period;
use tonghop_core::msg;
use tonghop_core::vi::period_name::period_name;

/// Reads the columns of one table.
pub(super) struct ColumnReader<'t> {
    pub grid: &'t Grid<'t>,
    pub block: &'t TableBlock,
    pub config: &'t Config,
}

impl ColumnReader<'_> {
    /// Returns the columns with a heading, and those with numbers but without a heading.
    pub(super) fn read(&self) -> Vec<ColumnReading> {
        let mut columns: Vec<(u32, ColumnReading)> =
            self.block.columns.iter().map(|column| (column.index, self.read_column(column))).collect();
        columns.extend(self.unheaded_columns().into_iter().map(|index| (index, unheaded(index))));
        columns.sort_by_key(|(index, _)| *index);
        columns.into_iter().map(|(_, column)| column).collect()
    }

    fn unheaded_columns(&self) -> BTreeSet<u32> {
        let (body, block) = (&self.grid.rows[self.block.body_rows.clone()], self.block);
        let is_headed = |col: u32| block.label_columns.contains(&col) || block.columns.iter().any(|c| c.index == col);
        let cells = body.iter().flat_map(|row| &row.cells).filter(|(col, _)| block.column_span.contains(col));
        cells.filter(|(col, cell)| !is_headed(*col) && value::is_number(cell)).map(|(col, _)| *col).collect()
    }

    fn read_column(&self, column: &SheetColumn) -> ColumnReading {
        let (role, meaning) = self.meaning(column);
        ColumnReading {
            column: column_letters(column.index),
            cells: heading_cells(self.grid, self.block, column.index).iter().map(ToString::to_string).collect(),
            heading: column.heading.clone(),
            role,
            meaning,
            measure: measure(&column.role),
            stated: StatedHeading::new(&column.meaning),
            leftover: column.meaning.leftover.clone(),
        }
    }

    fn meaning(&self, column: &SheetColumn) -> (&'static str, Message) {
        match &column.role {
            ColumnRole::Unknown if column.cross_indicator.is_some() => {
                let indicator = column.cross_indicator.as_ref().map_or("", |(label, _)| label.as_str());
                ("indicator", msg!("chỉ tiêu \"{indicator}\"", "the indicator \"{indicator}\""))
            }
            ColumnRole::Unknown => ("unknown", unknown_meaning(column.doubt.as_ref())),
            ColumnRole::Member(member, of) => {
                let of = self.role_meaning(of).1;
                (
                    "member",
                    msg!("{of}, riêng \"{member}\"", "{of}, of the member \"{member}\"", of = of, member = member),
                )
            }
            role => self.role_meaning(role),
        }
    }

    fn role_meaning(&self, role: &ColumnRole) -> (&'static str, Message) {
        match role {
            ColumnRole::Order => ("order", Message::new("số thứ tự", "row numbers")),
            ColumnRole::Code => ("code", Message::new("mã chỉ tiêu", "codes of indicators")),
            ColumnRole::Label => ("label", Message::new("tên chỉ tiêu", "names of the rows")),
            ColumnRole::Unit => ("unit", Message::new("đơn vị tính", "units")),
            ColumnRole::Value(measure, status) => ("value", self.measure_meaning(measure, *status)),
            ColumnRole::Member(_, of) => self.role_meaning(of),
            ColumnRole::Plan => ("plan", Message::new("kế hoạch, không ghi của cấp nào", "a plan, not said whose")),
            ColumnRole::Status => ("status", Message::new("ước hay chính thức", "estimate or final")),
            ColumnRole::Narrative => ("text", Message::new("phần lời", "text for the report")),
            ColumnRole::Difficulty => ("difficulty", Message::new("khó khăn, vướng mắc", "difficulties")),
            ColumnRole::Cause => ("cause", Message::new("nguyên nhân", "causes")),
            ColumnRole::Subject => ("subject", Message::new("cột chữ của dòng", "a text that identifies the rows")),
            ColumnRole::Ignored => {
                ("ignored", Message::new("ghi chú hoặc tỷ lệ, không đọc", "notes or ratios, not read"))
            }
            ColumnRole::Repeated(read) => {
                let read = column_letters(*read);
                (
                    "repeated",
                    msg!("cùng loại số liệu với cột {read}, không đọc", "the measure of column {read}, not read"),
                )
            }
            ColumnRole::Contested(other) => {
                let other = column_letters(*other);
                (
                    "contested",
                    msg!(
                        "cùng loại số liệu với cột {other}, không rõ cột nào đúng, không đọc cột nào",
                        "the measure of column {other} as well, neither is read"
                    ),
                )
            }
            ColumnRole::Unknown => ("unknown", Message::new("không hiểu, không đọc", "not understood, not read")),
        }
    }

    /// Names a measure with its period.
    fn measure_meaning(&self, measure: &Measure, status: Status) -> Message {
        let (now, before) = (period_words(self.config.period), period_words(self.config.period.year_before()));
        match (measure, status) {
            (Measure::Actual, Status::Estimate) => msg!("ước thực hiện, {now}", "estimate, {now}", now = now),
            (Measure::Actual, Status::Final) => msg!("thực hiện, {now}", "actual, {now}", now = now),
            (Measure::LastYear, _) => {
                msg!("cùng kỳ năm trước, {before}", "same period last year, {before}", before = before)
            }
            (Measure::Target(target), _) => Message::verbatim(self.config.target_name(target).to_owned()),
            (other, _) => Message::verbatim(self.config.measure_title(other)),
        }
    }
}

fn period_words(period: Period) -> Message {
    let (name, months, year) = (period.short_name(), period.months(), period.year());
    if period.is_whole_year() {
        return msg!("{name}", "{year}");
    }
    msg!("{name}", "first {counted} of {year}", counted = pluralise(usize::from(months), "month"))
}

fn measure(role: &ColumnRole) -> Option<String> {
    match role {
        ColumnRole::Value(measure, _) => Some(measure.to_string()),
        ColumnRole::Member(_, of) => measure(of),
        _ => None,
    }
}

/// Says why a heading has no role.
fn unknown_meaning(doubt: Option<&HeadingDoubt>) -> Message {
    match doubt {
        Some(HeadingDoubt::UnknownWords { .. }) => {
            Message::new("không hiểu hết tiêu đề, không đọc", "not wholly understood, not read")
        }
        Some(HeadingDoubt::OtherPeriod(stated)) => {
            let period = period_name(*stated);
            msg!("số liệu của {period}, không đọc", "of {notation}, not read", notation = stated)
        }
        Some(HeadingDoubt::Contradictory) => {
            Message::new("tiêu đề nói hai điều trái nhau, không đọc", "says two different things, not read")
        }
        Some(HeadingDoubt::NoMeasure) | None => Message::new("không hiểu, không đọc", "not understood, not read"),
    }
}

fn unheaded(index: u32) -> ColumnReading {
    ColumnReading {
        column: column_letters(index),
        cells: Vec::new(),
        heading: String::new(),
        role: "unheaded",
        meaning: Message::new("có số nhưng không có tiêu đề, không đọc", "numbers without a heading, not read"),
        measure: None,
        stated: StatedHeading::default(),
        leftover: Vec::new(),
    }
}
