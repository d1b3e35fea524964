//! Consolidates all sectors into the report, with what was received and what is missing.
//!
//! Input: finished sectors, corrected figures, and the files received under `workbooks/`. Output: the report and
//! diagnostics. Not here: computing figures.

mod dropped;
mod missing;
mod missing_months;
mod unjudged;

pub use unjudged::unjudged_sectors;

use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::{Config, Department, IndicatorName};
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::UnfilledCells;
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::gap::{FailedPart, RuleFailure};
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::report::{Report, RuleResults};
use tonghop_core::model::sector::{Finding, IndicatorRow, SectorReport, Verdict};
use tonghop_core::model::submission::{DateEvidence, Day, ReceivedFile, RegisterLine, Submission, Timeliness};
use tonghop_core::msg;
use tonghop_core::vi::format;

/// The workbooks found under `workbooks/`, readable or not, and the office's register.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReceivedInputs<'a> {
    /// Sorted by name, the order in which they were found.
    pub files: &'a [ReceivedFile],
    /// In the order of the register file; empty if there is no usable register.
    pub register: &'a [RegisterLine],
    /// The indicators whose actual figure is in a cell, used or not: what is wrong with it is reported there.
    pub read: Option<&'a BTreeSet<(SectorId, IndicatorId)>>,
    /// The parts of the rules that failed: no department is asked for what they would compute.
    pub failures: &'a [RuleFailure],
    /// The cells of actual figures that give no number.
    pub unfilled: Option<&'a UnfilledCells>,
}

/// Consolidates the outcome of all sectors into the report and reports what is late, missing or contradictory.
pub fn consolidate(
    outcome: RuleResults,
    corrected: Vec<FigureRef>,
    received: ReceivedInputs<'_>,
    config: &Config,
) -> (Report, Diagnostics) {
    let RuleResults { mut sectors, overview, findings, failures } = outcome;
    let received = ReceivedInputs { failures: &failures, ..received };
    sectors.sort_by_key(|s| config.outline.sort_key(&s.decl.section, &s.decl.id));
    let requested: Vec<RequestedSector<'_>> =
        sectors.iter().map(|sector| RequestedSector::new(sector, received)).collect();
    let mut sectors_by_department: BTreeMap<&DepartmentId, Vec<&RequestedSector<'_>>> = BTreeMap::new();
    for sector in &requested {
        for department in sector.report.decl.departments.iter().collect::<BTreeSet<_>>() {
            sectors_by_department.entry(department).or_default().push(sector);
        }
    }
    let mut files_by_department: BTreeMap<&DepartmentId, Vec<&ReceivedFile>> = BTreeMap::new();
    received.files.iter().for_each(|file| files_by_department.entry(&file.department).or_default().push(file));
    let registered = registered_days(received.register, config);
    let submission = |department: &Department| {
        let own = files_by_department.get(&department.id).map(Vec::as_slice).unwrap_or_default();
        let sectors = sectors_by_department.get(&department.id).map(Vec::as_slice).unwrap_or_default();
        submission(
            department,
            sectors,
            own,
            received.read,
            received_on(own, registered.get(&department.id).copied(), config),
        )
    };
    let submissions = config.departments.iter().map(submission).collect();
    let report = Report { sectors, overview, findings, failures: failures.clone(), submissions, corrected };
    let mut diagnostics = missing_departments(&report);
    diagnostics.extend(report.submissions.iter().filter_map(late_submission));
    diagnostics.extend(report.sectors.iter().flat_map(|sector| missing::missing_indicators(sector, received, config)));
    diagnostics.extend(report.sectors.iter().flat_map(|sector| missing_months::missing_months(sector, config)));
    diagnostics.extend(dropped::dropped_figures(&report, config));
    diagnostics.extend(report.findings().map(finding_diagnostic));
    diagnostics.extend(unknown_chart_indicators(&report, config));
    (report, diagnostics)
}

/// What a sector asks of departments and got. Counted once, because there may be thousands of departments.
struct RequestedSector<'s> {
    report: &'s SectorReport,
    /// The indicators that workbooks should contain and that have no data.
    without_data: Vec<&'s IndicatorId>,
    /// The number of indicators with data.
    with_data: usize,
    /// The number of indicators with a cell of each department.
    with_data_by_department: BTreeMap<DepartmentId, usize>,
}

impl<'s> RequestedSector<'s> {
    fn new(report: &'s SectorReport, received: ReceivedInputs<'s>) -> Self {
        let without_data = missing::indicators_without_data(report, received).map(|indicator| &indicator.id).collect();
        let mut requested = Self { report, without_data, with_data: 0, with_data_by_department: BTreeMap::new() };
        let actuals = expected_rows(report).filter_map(|(_, row)| row.figure(&Measure::Actual));
        for figure in actuals.filter(|figure| figure.amount != Amount::Missing) {
            requested.with_data += 1;
            let departments: BTreeSet<DepartmentId> =
                figure.sources().iter().map(|source| source.department.clone()).collect();
            for department in departments {
                *requested.with_data_by_department.entry(department).or_default() += 1;
            }
        }
        requested
    }

    /// Returns how many indicators a department reported: all with data if it reports alone, those with a cell of its own
    /// if it shares the sector with others.
    fn reported_count(&self, is_sole_reporter: bool, department: &DepartmentId) -> usize {
        if is_sole_reporter {
            return self.with_data;
        }
        self.with_data_by_department.get(department).copied().unwrap_or_default()
    }
}

fn submission(
    department: &Department,
    sectors: &[&RequestedSector<'_>],
    files: &[&ReceivedFile],
    read: Option<&BTreeSet<(SectorId, IndicatorId)>>,
    received: Option<(Day, DateEvidence)>,
) -> Submission {
    let is_sole_reporter = |s: &RequestedSector<'_>| s.report.decl.departments.len() == 1 || files.is_empty();
    let sole = sectors.iter().filter(|sector| is_sole_reporter(sector));
    let missing: Vec<(SectorId, IndicatorId)> = sole
        .flat_map(|s| s.without_data.iter().map(|indicator| (s.report.decl.id.clone(), (*indicator).clone())))
        .collect();
    let reported = sectors.iter().map(|s| s.reported_count(is_sole_reporter(s), &department.id)).sum::<usize>();
    Submission {
        department: department.id.clone(),
        name: department.name.clone(),
        requested_count: reported + missing.len(),
        unusable: missing.iter().filter(|name| read.is_some_and(|read| read.contains(*name))).cloned().collect(),
        missing,
        due: department.due,
        received,
        files: files.iter().map(|f| f.file.clone()).collect(),
    }
}

/// Returns the last day that the register has for each department.
fn registered_days<'c>(register: &[RegisterLine], config: &'c Config) -> BTreeMap<&'c DepartmentId, Day> {
    let mut days: BTreeMap<&DepartmentId, Day> = BTreeMap::new();
    for line in register {
        for department in config.departments_named(&line.department) {
            let day = days.entry(&department.id).or_insert(line.day);
            *day = line.day.max(*day);
        }
    }
    days
}

/// Returns the day on which the last part of a submission arrived: from the register, else from its workbooks.
fn received_on(files: &[&ReceivedFile], registered: Option<Day>, config: &Config) -> Option<(Day, DateEvidence)> {
    // Programs that write workbooks put fixed days into them, long before the period.
    let is_likely = |day: &Day| Day::first_of(config.period.start()).is_some_and(|start| *day >= start);
    let saved: Option<Vec<Day>> = files.iter().map(|f| f.last_modified.filter(is_likely)).collect();
    let saved = saved.and_then(|days| days.into_iter().max());
    registered.map(|day| (day, DateEvidence::Register)).or(saved.map(|day| (day, DateEvidence::Saved)))
}

/// Reports the lines of the register that match no department.
pub fn unmatched_register_lines(register: &[RegisterLine], file: &FilePath, config: &Config) -> Diagnostics {
    let unknown = register.iter().filter(|line| config.departments_named(&line.department).is_empty());
    unknown
        .map(|RegisterLine { line, department, .. }| {
            let message = msg!(
                "dòng {line}: \"{department}\" không phải là đơn vị nào trong tonghop.toml; dòng này không được dùng",
                "line {line}: \"{department}\" is not a department in tonghop.toml; the line is not used"
            );
            Diagnostic::new(Code::RegisterUnusable, Place::File(file.clone()), message)
                .with_hint(unknown_department_hint())
        })
        .collect()
}

/// Returns what to do about a department that the settings do not have.
pub(crate) fn unknown_department_hint() -> Message {
    Message::new(
        "ghi mã hoặc tên đơn vị đúng như trong tonghop.toml",
        "write the id or the name of the department as in tonghop.toml",
    )
}

/// Reports a submission that arrived after its due day.
fn late_submission(submission: &Submission) -> Option<Diagnostic> {
    let (due, (came, evidence)) = submission.due.zip(submission.received)?;
    if submission.timeliness() != Timeliness::Late {
        return None;
    }
    let name = &submission.name;
    let message = match evidence {
        DateEvidence::Register => msg!(
            "{name} nộp muộn: hạn nộp {due}, văn phòng nhận ngày {came}",
            "{name} is late: due {due}, received by the office {came}"
        ),
        DateEvidence::Saved => msg!(
            "{name} nộp muộn: hạn nộp {due}, tệp lưu lần cuối ngày {came}",
            "{name} is late: due {due}, last saved {came}"
        ),
    };
    let hint = Message::new(
        "nếu đơn vị đã nộp trước hạn, ghi ngày nhận vào workbooks/tiep-nhan.csv",
        "if the department was on time, enter the date of receipt in workbooks/tiep-nhan.csv",
    );
    Some(
        Diagnostic::new(Code::SubmissionLate, Place::Department(submission.department.clone()), message)
            .with_hint(hint),
    )
}

/// Returns the rows of a sector that workbooks should contain.
fn expected_rows(sector: &SectorReport) -> impl Iterator<Item = (&IndicatorDecl, &IndicatorRow)> {
    sector.declared_rows().filter(|(decl, _)| decl.source_indicator.is_none())
}

fn missing_departments(report: &Report) -> Diagnostics {
    let absent = report.submissions.iter().filter(|s| s.files.is_empty());
    absent
        .map(|s| {
            let message = msg!("{name} chưa gửi biểu nào", "{name} has sent no workbook", name = s.name);
            Diagnostic::new(Code::DepartmentMissing, Place::Department(s.department.clone()), message).with_hint(
                Message::new(
                    "đặt tệp Excel của đơn vị vào thư mục này rồi chạy lại",
                    "put the department's Excel file into this folder and run again",
                ),
            )
        })
        .collect()
}

/// Reports the sectors of the outline that no rule declares. Otherwise their headings would silently stay empty, and
/// rules over all sectors would treat them as missing.
pub fn undeclared_sectors(failures: &[RuleFailure], waiting: usize, config: &Config) -> Diagnostics {
    let absent = failures.iter().filter(|failure| failure.part == FailedPart::Absent);
    let written = config.written_texts("outline");
    absent
        .filter_map(|failure| failure.sector.as_ref())
        .map(|id| {
            let message = msg!(
                "outline: không có tệp quy tắc nào khai báo ngành \"{id}\"",
                "outline: no rule file declares the sector \"{id}\""
            );
            let hint = Message::new(
                "sửa mã ngành trong outline cho giống id trong tệp quy tắc, hoặc bỏ ngành khỏi outline",
                "change the name in outline to the id in the rule file, or remove the sector from outline",
            );
            let waits = msg!(
                "chép lại tệp quy tắc vào thư mục plugins nếu tệp bị mất: {waiting} trang hoặc dòng đang chờ",
                "put the rule file back into the folder plugins if it is gone: {waiting} sheets or rows wait for it"
            );
            let hint = if waiting > 0 { Message::join(&[waits, hint], "; ") } else { hint };
            let named = written.iter().find(|found| found.key == "sectors" && found.text == id.as_str());
            let place = named.map_or(Place::Project, |found| Config::place_of_line(found.line));
            Diagnostic::new(Code::PluginBroken, place, message).with_hint(hint)
        })
        .collect()
}

/// Reports the indicators of charts that no rule declares.
fn unknown_chart_indicators(report: &Report, config: &Config) -> Diagnostics {
    let named = config.charts.iter().flat_map(|chart| &chart.indicators);
    // The message about the rule file says it.
    let is_lost = |name: &IndicatorName| {
        let is_its = |failure: &RuleFailure| failure.sector.as_ref() == Some(&name.sector);
        report.failures.iter().any(|failure| is_its(failure) && failure.loses_sector())
    };
    let declared = |name: &IndicatorName| {
        let sector = report.sectors.iter().find(|s| s.decl.id == name.sector);
        sector.is_some_and(|s| s.decl.indicator(name.indicator.as_str()).is_some())
    };
    named
        .filter(|name| !declared(name) && !is_lost(name))
        .map(|name| {
            let message =
                msg!("charts: không có chỉ tiêu \"{name}\"", "charts: there is no indicator \"{name}\"", name = name);
            Diagnostic::new(Code::SettingUnknown, Place::Project, message).with_hint(Message::new(
                "sửa tên chỉ tiêu trong [[charts]], dạng ngành.chỉ_tiêu",
                "correct the name in [[charts]]; it has the form sector.indicator",
            ))
        })
        .collect()
}

/// Returns the problem that reports a finding.
pub(crate) fn finding_diagnostic(finding: &Finding) -> Diagnostic {
    let (code, verdict) = match finding.verdict {
        Verdict::Rounding => (Code::CheckRounding, Message::new("do làm tròn", "due to rounding")),
        Verdict::Contradiction => (Code::CheckContradiction, Message::new("mâu thuẫn", "contradiction")),
    };
    let message = msg!(
        "{title}: {left} so với {right}, chênh lệch {difference} ({verdict}{because})",
        "{title}: {left} against {right}, difference {difference} ({verdict}{because})",
        title = finding.title,
        left = format::amount_message(finding.left.amount, &finding.left.unit),
        right = format::amount_message(finding.right.amount, &finding.right.unit),
        // Official Vietnamese avoids the minus sign: the larger side comes first.
        difference = format::amount_message(magnitude(&finding.difference), &finding.difference.unit),
        verdict = verdict,
        because = finding.explanation.as_ref().map(|words| format!("; {words}")).unwrap_or_default()
    );
    let cells = finding.left.sources().into_iter().chain(finding.right.sources());
    let mut places: Vec<Place> = cells.map(|s| Place::from_source(&s)).collect();
    let rule = Place::Rule(finding.rule.clone());
    let is_across_units = !finding.left.unit.has_same_base(&finding.right.unit);
    if is_across_units {
        // The rule comes first: it may compare what cannot be compared, and no department can mend that.
        places.insert(0, rule);
    } else {
        places.push(rule);
    }
    let hint = matches!(finding.verdict, Verdict::Contradiction).then(|| match is_across_units {
        true => Message::new(
            "hai số có đơn vị tính khác nhau: xem quy tắc so sánh có đúng không; nếu đúng, đối chiếu các ô này với đơn vị báo cáo",
            "the numbers have different units: check that the rule is right to compare them; if so, check these cells with the department",
        ),
        false => Message::new(
            "đối chiếu các ô này với đơn vị báo cáo và sửa ô chưa đúng",
            "check these cells with the department and correct the one that is wrong",
        ),
    });
    Diagnostic { code, places, message, hint, given_severity: None }
}

/// Returns the amount of a difference without its sign.
fn magnitude(difference: &Figure) -> Amount {
    difference.amount.known().map_or(difference.amount, |value| Amount::Known(value.abs()))
}
