//! Consolidates all sectors into the report, with what was received and what is missing.
//!
//! Input: finished sectors, corrected figures, and the files received under `workbooks/`. Output: the report and
//! diagnostics. Not here: computing figures.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::{Config, Department, IndicatorName};
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::report::{Outcome, Report};
use tonghop_core::model::sector::{Finding, IndicatorRow, SectorReport, Verdict};
use tonghop_core::model::submission::{Day, Evidence, ReceivedFile, RegisterLine, Submission, Timeliness};
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::format::{exact, number, quantity};
use tonghop_core::{message, say};

/// The workbooks found under `workbooks/`, readable or not, and the office's register.
#[derive(Clone, Copy, Debug, Default)]
pub struct Received<'a> {
    /// Sorted by name, the order in which they were found.
    pub files: &'a [ReceivedFile],
    /// In the order of the register file; empty if there is no usable register.
    pub register: &'a [RegisterLine],
}

/// Consolidates the outcome of all sectors into the report and reports what is late, missing or contradictory.
pub fn consolidate(
    outcome: Outcome,
    corrected: Vec<FigureRef>,
    received: Received<'_>,
    config: &Config,
) -> (Report, Diagnostics) {
    let Outcome { mut sectors, overview, findings } = outcome;
    sectors.sort_by_key(|s| config.outline.place(&s.decl.section, &s.decl.id));
    let asking: Vec<Asking<'_>> = sectors.iter().map(Asking::new).collect();
    let mut sent: BTreeMap<&DepartmentId, Vec<&ReceivedFile>> = BTreeMap::new();
    received.files.iter().for_each(|file| sent.entry(&file.department).or_default().push(file));
    let submission = |department: &Department| {
        let own = sent.get(&department.id).map(Vec::as_slice).unwrap_or_default();
        submission(department, &asking, own, received.register, config)
    };
    let submissions = config.departments.iter().map(submission).collect();
    let report = Report { sectors, overview, findings, submissions, corrected };
    let mut diagnostics = missing_departments(&report);
    diagnostics.extend(report.submissions.iter().filter_map(late));
    diagnostics.extend(report.sectors.iter().filter_map(missing_indicators));
    diagnostics.extend(report.findings().map(contradiction));
    diagnostics.extend(unknown_in_charts(&report, config));
    (report, diagnostics)
}

/// A sector with the departments that it asks. A set, because there may be thousands of departments.
struct Asking<'s> {
    sector: &'s SectorReport,
    departments: BTreeSet<&'s DepartmentId>,
}

impl<'s> Asking<'s> {
    fn new(sector: &'s SectorReport) -> Self {
        Self { sector, departments: sector.decl.departments.iter().collect() }
    }
}

fn submission(
    department: &Department,
    asking: &[Asking<'_>],
    own: &[&ReceivedFile],
    register: &[RegisterLine],
    config: &Config,
) -> Submission {
    let asked = asking.iter().filter(|one| one.departments.contains(&department.id)).map(|one| one.sector);
    let alone = |s: &&SectorReport| s.decl.departments.len() == 1 || own.is_empty();
    let missing: Vec<(SectorId, IndicatorId)> =
        asked.clone().filter(alone).flat_map(|s| without_data(s).map(|i| (s.decl.id.clone(), i.id.clone()))).collect();
    let given = asked.map(|s| given(s, alone(&s), &department.id)).sum::<usize>();
    Submission {
        department: department.id.clone(),
        name: department.name.clone(),
        expected: given + missing.len(),
        missing,
        due: department.due,
        came: came(department, own, register, config),
        files: own.iter().map(|f| f.file.clone()).collect(),
    }
}

/// Counts the indicators of a sector that a department reported: all with data if it reports alone, those with a cell
/// from this department if it shares the sector with others.
fn given(sector: &SectorReport, alone: bool, department: &DepartmentId) -> usize {
    let is_own = |figure: &FigureRef| alone || figure.sources().iter().any(|s| s.department == *department);
    let actuals = asked_rows(sector).filter_map(|(_, row)| row.figure(&Measure::Actual));
    actuals.filter(|figure| figure.amount != Amount::Missing && is_own(figure)).count()
}

/// Returns the day on which the last part of a submission arrived: from the register, else from its workbooks.
fn came(
    department: &Department,
    files: &[&ReceivedFile],
    register: &[RegisterLine],
    config: &Config,
) -> Option<(Day, Evidence)> {
    let registered = register.iter().filter(|line| is_of(line, department)).map(|line| line.day).max();
    // Programs that write workbooks put fixed days into them, long before the period.
    let is_likely = |day: &Day| Day::new(config.period.year, 1, 1).is_some_and(|start| *day >= start);
    let saved: Option<Vec<Day>> = files.iter().map(|f| f.saved.filter(is_likely)).collect();
    let saved = saved.and_then(|days| days.into_iter().max());
    registered.map(|day| (day, Evidence::Register)).or(saved.map(|day| (day, Evidence::Saved)))
}

/// Returns whether a line of the register names a department, by its id or its name.
fn is_of(line: &RegisterLine, department: &Department) -> bool {
    line.department == department.id.as_str() || fold(&line.department) == fold(&department.name)
}

/// Reports the lines of the register that match no department.
pub fn strangers(register: &[RegisterLine], file: &FilePath, config: &Config) -> Diagnostics {
    let unknown = register.iter().filter(|line| !config.departments.iter().any(|d| is_of(line, d)));
    unknown
        .map(|RegisterLine { line, department, .. }| {
            let message = say!(
                "dòng {line}: \"{department}\" không phải là đơn vị nào trong tonghop.toml; dòng này không được dùng",
                "line {line}: \"{department}\" is no department of tonghop.toml; the line is not used"
            );
            let hint = Words::new(
                "ghi mã hoặc tên đơn vị đúng như trong tonghop.toml",
                "write the id or the name of the department as in tonghop.toml",
            );
            Diagnostic::new(Code::RegisterUnusable, Place::File(file.clone()), message).hint(hint)
        })
        .collect()
}

/// Reports a submission that arrived after its due day.
fn late(submission: &Submission) -> Option<Diagnostic> {
    let (due, (came, evidence)) = submission.due.zip(submission.came)?;
    if submission.timeliness() != Timeliness::Late {
        return None;
    }
    let name = &submission.name;
    let message = match evidence {
        Evidence::Register => say!(
            "{name} nộp muộn: hạn nộp {due}, văn phòng nhận ngày {came}",
            "{name} is late: due {due}, received by the office {came}"
        ),
        Evidence::Saved => say!(
            "{name} nộp muộn: hạn nộp {due}, tệp lưu lần cuối ngày {came}",
            "{name} is late: due {due}, last saved {came}"
        ),
    };
    let hint = Words::new(
        "nếu đơn vị đã nộp trước hạn, ghi ngày nhận vào workbooks/tiep-nhan.csv",
        "if the department was in time, write the day of receipt into workbooks/tiep-nhan.csv",
    );
    Some(Diagnostic::new(Code::SubmissionLate, Place::Department(submission.department.clone()), message).hint(hint))
}

/// Returns the indicators that workbooks should contain and that have no data.
fn without_data(sector: &SectorReport) -> impl Iterator<Item = &IndicatorDecl> {
    let empty = |actual: Option<&FigureRef>| actual.is_none_or(|f| f.amount == Amount::Missing);
    asked_rows(sector).filter(move |(_, row)| empty(row.figure(&Measure::Actual))).map(|(decl, _)| decl)
}

/// Returns the rows of a sector that workbooks should contain.
fn asked_rows(sector: &SectorReport) -> impl Iterator<Item = (&IndicatorDecl, &IndicatorRow)> {
    sector.declared_rows().filter(|(decl, _)| decl.from.is_none())
}

fn missing_departments(report: &Report) -> Diagnostics {
    let absent = report.submissions.iter().filter(|s| s.files.is_empty());
    absent
        .map(|s| {
            let message = say!("{name} chưa gửi biểu nào", "{name} has sent no workbook", name = s.name);
            Diagnostic::new(Code::DepartmentMissing, Place::Department(s.department.clone()), message).hint(Words::new(
                "đặt tệp Excel của đơn vị vào thư mục này rồi chạy lại",
                "put the department's Excel file into this folder and run again",
            ))
        })
        .collect()
}

/// Reports the sectors of the outline that no rule declares. Otherwise their headings would silently stay empty, and
/// rules over all sectors would treat them as missing.
pub fn undeclared(sectors: &[Arc<SectorDecl>], config: &Config) -> Diagnostics {
    let expected = config.outline.headings.iter().flat_map(|heading| &heading.sectors);
    let unknown = expected.filter(|id| sectors.iter().all(|decl| decl.id != **id));
    unknown
        .map(|id| {
            let message = say!(
                "outline: không có tệp quy tắc nào khai báo ngành \"{id}\"",
                "outline: no rule file declares the sector \"{id}\""
            );
            Diagnostic::new(Code::SettingUnknown, Place::Project, message).hint(Words::new(
                "sửa mã ngành trong outline cho giống id trong tệp quy tắc, hoặc bỏ ngành khỏi outline",
                "make the name in outline that of the rule file's id, or take the sector out of outline",
            ))
        })
        .collect()
}

/// Reports the indicators of charts that no rule declares.
fn unknown_in_charts(report: &Report, config: &Config) -> Diagnostics {
    let named = config.charts.iter().flat_map(|chart| &chart.indicators);
    let declared = |name: &IndicatorName| {
        let sector = report.sectors.iter().find(|s| s.decl.id == name.sector);
        sector.is_some_and(|s| s.decl.indicator(name.indicator.as_str()).is_some())
    };
    named
        .filter(|name| !declared(name))
        .map(|name| {
            let message =
                say!("charts: không có chỉ tiêu \"{name}\"", "charts: there is no indicator \"{name}\"", name = name);
            Diagnostic::new(Code::SettingUnknown, Place::Project, message).hint(Words::new(
                "sửa tên chỉ tiêu trong [[charts]], dạng ngành.chỉ_tiêu",
                "mend the name in [[charts]], written sector.indicator",
            ))
        })
        .collect()
}

/// The maximum number of labels in one message.
const NAMED: usize = 10;

fn missing_indicators(sector: &SectorReport) -> Option<Diagnostic> {
    let missing: Vec<&IndicatorDecl> = without_data(sector).collect();
    let first = missing.first()?;
    let quoted = |indicator: &&IndicatorDecl| Words::verbatim(format!("\"{}\"", indicator.label));
    let mut names: Vec<Words> = missing.iter().take(NAMED).map(quoted).collect();
    if missing.len() > NAMED {
        let more = missing.len() - NAMED;
        names.push(say!(
            "và {more} chỉ tiêu khác",
            "and {counted}",
            counted = message::counted(more, "other indicator")
        ));
    }
    let rule = RuleLine { file: sector.decl.file.clone(), line: first.line };
    let message = say!(
        "{title}: chưa có số liệu của {names}",
        "{title}: no data for {names}",
        title = sector.decl.title,
        names = Words::joined(&names, ", ")
    );
    let hint = Words::new(
        "kiểm tra đơn vị đã gửi biểu chưa, và tên dòng trong biểu có khớp với tên trong quy tắc không",
        "check that the department has sent its workbook, and that the row there is named as in the rules",
    );
    Some(Diagnostic::new(Code::IndicatorMissing, Place::Rule(rule), message).hint(hint))
}

fn contradiction(finding: &Finding) -> Diagnostic {
    let (code, verdict) = match finding.verdict {
        Verdict::Rounding => (Code::CheckRounding, Words::new("do làm tròn", "due to rounding")),
        Verdict::Contradiction => (Code::CheckContradiction, Words::new("mâu thuẫn", "contradiction")),
    };
    let message = say!(
        "{title}: {left} so với {right}, chênh lệch {difference} ({verdict}{because})",
        "{title}: {left} against {right}, difference {difference} ({verdict}{because})",
        title = finding.title,
        left = printed(&finding.left, |amount| amount),
        right = printed(&finding.right, |amount| amount),
        // Official Vietnamese avoids the minus sign: the larger side comes first.
        difference = printed(&finding.difference, |amount| amount.abs()),
        verdict = verdict,
        because = finding.explanation.as_ref().map(|words| format!("; {words}")).unwrap_or_default()
    );
    let cells = finding.left.sources().into_iter().chain(finding.right.sources());
    let mut places: Vec<Place> = cells.map(|s| Place::of(&s)).collect();
    places.push(Place::Rule(finding.rule.clone()));
    let hint = matches!(finding.verdict, Verdict::Contradiction).then(|| {
        Words::new(
            "đối chiếu các ô này với đơn vị báo cáo và sửa ô chưa đúng",
            "compare these cells with the department and mend the one that is wrong",
        )
    });
    Diagnostic { code, places, message, hint }
}

/// Formats a figure: in Vietnamese as in the report, in English as an exact number.
fn printed(figure: &Figure, shown: fn(Decimal) -> Decimal) -> Words {
    let unit = figure.unit.to_string();
    let Some(value) = figure.amount.known().map(shown) else { return Words::new("chưa có số liệu", "no data") };
    let blank = if unit.is_empty() || unit == "%" { "" } else { " " };
    say!(
        "{vietnamese}",
        "{exact}{blank}{unit}",
        vietnamese = quantity(&number(value, None), &unit),
        exact = exact(value)
    )
}
