//! Tests of selections and totals, on tables written as text.

use super::*;
use crate::model::arithmetic_error::ArithmeticError;
use crate::model::id::TargetId;
use crate::model::measure::PrintFormat;
use crate::model::quantity::Scale;
use proptest::prelude::*;

/// Creates a declaration with one field.
fn decl(unit: Option<Unit>, mixed: bool) -> Arc<RecordsDecl> {
    let field = FieldDecl { name: "field".to_owned(), heading: "Lĩnh vực".to_owned() };
    let (name, print) = (IndicatorId::new("items"), PrintFormat { decimals: Some(1), padded: None });
    Arc::new(RecordsDecl { name, fields: vec![field], group: None, unit, mixed, print, line: 1 })
}

fn unit(written: &str) -> Unit {
    let (scale, base) = match written.split_once(' ') {
        Some(("tỷ", base)) => (Scale::BILLION, base),
        Some(("triệu", base)) => (Scale::MILLION, base),
        _ => (Scale::ONE, written),
    };
    Unit { scale, base: base.into(), label: written.into() }
}

fn plan() -> Measure {
    Measure::Target(TargetId::new("annual"))
}

fn amount(written: &str) -> Amount {
    match written {
        "" => Amount::Missing,
        "-" => Amount::NotApplicable,
        number => Amount::Known(number.parse().unwrap()),
    }
}

/// Creates one table of a department: rows `field | unit | plan | actual`.
fn batch(file: &str, measures: &[Measure], rows: &[[&str; 4]]) -> RecordBatch {
    let column = |(at, measure): (usize, &Measure)| RecordColumn {
        measure: measure.clone(),
        status: Status::Final,
        column: at as u32 + 3,
        heading: "Số".into(),
        unit: None,
    };
    let record = |(at, [field, of, plan, actual]): (usize, &[&str; 4])| Record {
        sheet_row: at as u32 + 5,
        label: format!("Dòng {at}").into(),
        unit: unit(of),
        fields: vec![(*field).into()],
        amounts: [*plan, *actual].map(amount).into_iter().take(measures.len()).collect(),
    };
    RecordBatch {
        sector: SectorId::new("s"),
        name: IndicatorId::new("items"),
        part: RecordPart {
            department: DepartmentId::new("a"),
            file: FilePath::new(file),
            sheet: SheetName::new("S"),
            label_column: 1,
            field_columns: vec![2],
            unit_column: None,
            default_unit: Unit::none(),
            columns: measures.iter().enumerate().map(column).collect(),
            groups: Vec::new(),
            decimal_separator: None,
            percent_rows: BTreeMap::new(),
        },
        rows: rows.iter().enumerate().map(record).collect(),
        totals: Vec::new(),
        raw_numbers: BTreeMap::new(),
        text_rows: BTreeMap::new(),
        comparison_keys: rows.iter().map(|row| (row[0].into(), row[0].to_lowercase().into())).collect(),
    }
}

fn table(decl: Arc<RecordsDecl>, rows: &[[&str; 4]]) -> Selection {
    let mut table = RecordTable::new(SectorId::new("s"), decl);
    table.append(batch("one.xlsx", &[plan(), Measure::Actual], rows));
    Selection::all(Arc::new(table))
}

const ROWS: [[&str; 4]; 6] = [
    ["Đường", "triệu đồng", "100", "50"],
    ["Trường", "triệu đồng", "10", "9"],
    ["đường", "tỷ đồng", "1", "0.2"],
    ["Trường", "triệu đồng", "", "7"],
    ["Đường", "triệu đồng", "20", "10"],
    ["Chợ", "triệu đồng", "0", "-"],
];

fn rows(selection: &Selection) -> Vec<usize> {
    selection.rows().collect()
}

fn sum(selection: &Selection, measure: &Measure) -> String {
    let figure = selection.sum(measure).unwrap();
    let amount = match figure.amount {
        Amount::Known(number) => number.to_string(),
        Amount::NotApplicable => "-".to_owned(),
        Amount::Missing => "?".to_owned(),
    };
    format!("{amount} {}", figure.unit)
}

#[test]
fn field_texts_are_compared_folded() {
    let all = table(decl(None, false), &ROWS);
    assert_eq!(rows(&all.having(0, "ĐƯỜNG", "đường")), [0, 2, 4]);
    assert!(all.having(0, "Cầu", "cầu").is_empty());
    let groups = all.group_by(0);
    let called: Vec<&str> = groups.iter().map(|group| &**all.table.field(group.row(0).unwrap(), 0)).collect();
    assert_eq!(called, ["Đường", "Trường", "Chợ"]);
    assert_eq!(groups.iter().map(rows).collect::<Vec<_>>(), [vec![0, 2, 4], vec![1, 3], vec![5]]);
    assert_eq!(groups[0].grouped_by(), Some(0));
    assert_eq!(all.grouped_by(), None);
}

#[test]
fn rows_behind_have_a_plan_above_nothing_and_an_actual() {
    let all = table(decl(None, false), &ROWS);
    for (percent, behind) in [("60", vec![0, 2, 4]), ("50", vec![2]), ("20", vec![]), ("1000", vec![0, 1, 2, 4])] {
        assert_eq!(rows(&all.below(Measure::Actual, plan(), percent.parse().unwrap())), behind, "{percent}");
    }
}

#[test]
fn the_first_are_sorted_and_equal_ones_keep_their_order() {
    let all = table(decl(None, false), &ROWS);
    let share = || SortKey::Percent(Measure::Actual, plan());
    for (count, by, largest, first) in [
        (2, SortKey::Amount(Measure::Actual), true, vec![2, 0]),
        (3, SortKey::Amount(Measure::Actual), false, vec![5, 3, 1]),
        (3, share(), false, vec![2, 0, 4]),
        (9, share(), true, vec![1, 0, 4, 2]),
        (0, share(), true, vec![]),
        (1, SortKey::Amount(Measure::LastYear), true, vec![]),
    ] {
        assert_eq!(rows(&all.first(count, by.clone(), largest).unwrap()), first, "{count} {by:?}");
    }
}

#[test]
fn what_did_not_happen_is_judged_as_zero_and_what_is_blank_is_not_judged() {
    let rows_of = [["A", "ha", "10", "-"], ["A", "ha", "10", ""], ["A", "ha", "-", "5"], ["A", "ha", "10", "9"]];
    let all = table(decl(None, false), &rows_of);
    assert_eq!(rows(&all.below(Measure::Actual, plan(), 50.into())), [0]);
    let share = SortKey::Percent(Measure::Actual, plan());
    assert_eq!(rows(&all.first(9, share, false).unwrap()), [0, 3]);
    assert_eq!(rows(&all.first(9, SortKey::Amount(Measure::Actual), false).unwrap()), [0, 2, 3]);
    assert_eq!(sum(&all, &Measure::Actual), "14 ha");
}

#[test]
fn sums_are_taken_in_one_unit() {
    let all = table(decl(None, false), &ROWS);
    assert_eq!(sum(&all, &Measure::Actual), "276 triệu đồng");
    assert_eq!(sum(&table(decl(Some(unit("tỷ đồng")), false), &ROWS), &plan()), "1.13 tỷ đồng");
    assert_eq!(sum(&all, &Measure::LastYear), "? triệu đồng", "no table has the column");
    assert_eq!(sum(&all.having(0, "Chợ", "chợ"), &Measure::Actual), "- triệu đồng", "it did not happen");
    assert_eq!(sum(&all.having(0, "Cầu", "cầu"), &Measure::Actual), "? ");
}

#[test]
fn units_that_do_not_go_together_are_added_where_that_is_declared() {
    let rows = [["A", "ha", "1", "2"], ["A", "con", "3", "4"]];
    let refused = table(decl(None, false), &rows).sum(&Measure::Actual).unwrap_err();
    assert!(
        matches!(&refused, ArithmeticError::IncompatibleUnits(one, other) if (&*one.base, &*other.base) == ("con", "ha"))
    );
    let refused = table(decl(None, false), &rows).first(1, SortKey::Amount(Measure::Actual), true);
    assert!(matches!(refused, Err(ArithmeticError::IncompatibleUnits(..))));
    assert_eq!(sum(&table(decl(None, true), &rows), &Measure::Actual), "6 ");
}

#[test]
fn counts_and_sums_name_what_they_were_made_of() {
    let all = table(decl(None, false), &ROWS);
    let group = &all.group_by(0)[1];
    assert_eq!(group.count().amount, Amount::Known(2.into()));
    let figure = group.sum(&plan()).unwrap();
    let aggregates = figure.aggregates();
    let [aggregate] = aggregates.as_slice() else { panic!("{aggregates:?}") };
    assert_eq!((aggregate.cell_count, aggregate.selection.len()), (1, 2), "one of the rows has no plan");
    assert_eq!(aggregate.message().vietnamese(), "tổng target.annual của 2 dòng items (field = \"Trường\"), 1 ô có số");
    assert!(figure.sources().is_empty());
}

#[test]
fn a_table_without_a_column_has_no_data_there_and_keeps_the_rows_of_the_others() {
    let mut table = RecordTable::new(SectorId::new("s"), decl(None, false));
    table.append(batch("one.xlsx", &[plan()], &ROWS[..2]));
    table.append(batch("two.xlsx", &[plan(), Measure::Actual], &ROWS[..2]));
    table.append(batch("three.xlsx", &[], &ROWS[..1]));
    let amounts = |measure: &Measure| (0..table.len()).map(|row| table.amount(row, measure)).collect::<Vec<_>>();
    assert_eq!(amounts(&plan()), [amount("100"), amount("10"), amount("100"), amount("10"), Amount::Missing]);
    let missing = Amount::Missing;
    assert_eq!(amounts(&Measure::Actual), [missing, missing, amount("50"), amount("9"), missing]);
    assert_eq!(table.part(3).file.as_str(), "two.xlsx");
    assert_eq!(table.figure(3, &Measure::Actual).sources()[0].to_string(), "two.xlsx [S] E7");
}

fn any_rows() -> impl Strategy<Value = Vec<(String, i32, i32)>> {
    proptest::collection::vec(("[abcA]", -1_000..100_000i32, -1_000..100_000i32), 0..40)
}

fn drawn(rows: &[(String, i32, i32)]) -> Selection {
    let cells: Vec<[String; 2]> = rows.iter().map(|(_, plan, actual)| [plan.to_string(), actual.to_string()]).collect();
    let lines: Vec<[&str; 4]> =
        rows.iter().zip(&cells).map(|((field, ..), [plan, actual])| [field.as_str(), "ha", plan, actual]).collect();
    table(decl(None, false), &lines)
}

proptest! {
    #[test]
    fn groups_part_the_rows_and_their_sums_are_the_whole(drawn_rows in any_rows()) {
        let all = drawn(&drawn_rows);
        let groups = all.group_by(0);
        let mut parted: Vec<usize> = groups.iter().flat_map(rows).collect();
        parted.sort_unstable();
        prop_assert_eq!(parted, rows(&all));
        let total = |selection: &Selection| selection.sum(&Measure::Actual).unwrap().amount.known().unwrap_or_default();
        prop_assert_eq!(groups.iter().map(&total).sum::<Decimal>(), total(&all));
        for group in &groups {
            let text = all.table.field(group.row(0).unwrap(), 0);
            prop_assert_eq!(rows(&all.having(0, text, &text.to_lowercase())), rows(group));
        }
    }

    #[test]
    fn the_first_are_sorted_and_none_that_is_left_comes_before(drawn_rows in any_rows(), count in 0..50usize, largest: bool) {
        let all = drawn(&drawn_rows);
        let first = all.first(count, SortKey::Amount(Measure::Actual), largest).unwrap();
        prop_assert_eq!(first.len(), count.min(all.len()));
        let key = |row: usize| {
            let amount = all.table.amount(row, &Measure::Actual).known().unwrap();
            (if largest { -amount } else { amount }, row)
        };
        let order: Vec<_> = first.rows().map(key).collect();
        prop_assert!(order.is_sorted());
        let last = order.last().copied();
        let left = all.rows().map(key).filter(|key| !order.contains(key)).min();
        prop_assert!(left.zip(last).is_none_or(|(left, last)| left > last));
    }

    #[test]
    fn rows_below_and_the_others_are_all_that_have_a_plan(drawn_rows in any_rows(), percent in 0..200u32) {
        let all = drawn(&drawn_rows);
        let below = rows(&all.below(Measure::Actual, plan(), percent.into()));
        for row in all.rows() {
            let known = |measure| all.table.amount(row, measure).known().unwrap();
            let (plan, actual) = (known(&plan()), known(&Measure::Actual));
            let is_below = plan > Decimal::ZERO && actual / plan * Decimal::ONE_HUNDRED < percent.into();
            prop_assert_eq!(below.contains(&row), is_below);
        }
    }
}
