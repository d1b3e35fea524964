//! All sectors put together, with what was received and what is missing.
//!
//! In come finished sectors, the dataset and what was found under `workbooks/`; out goes the report. Never here: a
//! figure of its own.

use crate::config::{Config, Department, IndicatorName};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use crate::model::figure::{Figure, FigureRef, Measure};
use crate::model::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use crate::model::indicator::IndicatorDecl;
use crate::model::provenance::RuleLine;
use crate::model::quantity::Amount;
use crate::model::report::{Outcome, Report, Submission};
use crate::model::sector::{Finding, SectorReport, Verdict};
use crate::vi::format::{exact, number, quantity};
use crate::{say, words};

/// What was found under `workbooks/`, readable or not.
pub type Received = [(DepartmentId, FilePath)];

/// Puts the report together.
pub fn consolidate(
    outcome: Outcome,
    corrected: Vec<FigureRef>,
    received: &Received,
    config: &Config,
) -> (Report, Diagnostics) {
    let Outcome { mut sectors, overview, findings } = outcome;
    sectors.sort_by_key(|s| config.outline.place(&s.decl.section, &s.decl.id));
    let submissions = config.departments.iter().map(|d| submission(d, &sectors, received)).collect();
    let report = Report { sectors, overview, findings, submissions, corrected };
    let mut diagnostics = missing_departments(&report);
    diagnostics.extend(report.sectors.iter().filter_map(missing_indicators));
    diagnostics.extend(report.findings().map(contradiction));
    diagnostics.extend(unknown_in_charts(&report, config));
    (report, diagnostics)
}

fn submission(department: &Department, sectors: &[SectorReport], received: &Received) -> Submission {
    let files: Vec<FilePath> =
        received.iter().filter(|(d, _)| *d == department.id).map(|(_, file)| file.clone()).collect();
    let answers_alone = |s: &&SectorReport| {
        s.decl.departments.contains(&department.id) && (s.decl.departments.len() == 1 || files.is_empty())
    };
    let missing: Vec<(SectorId, IndicatorId)> = sectors
        .iter()
        .filter(answers_alone)
        .flat_map(|s| without_data(s).map(|i| (s.decl.id.clone(), i.id.clone())))
        .collect();
    Submission { department: department.id.clone(), name: department.name.clone(), files, missing }
}

/// Returns the indicators that workbooks should give and did not.
fn without_data(sector: &SectorReport) -> impl Iterator<Item = &IndicatorDecl> {
    let empty = |actual: Option<&FigureRef>| actual.is_none_or(|f| f.amount == Amount::Missing);
    sector
        .declared_rows()
        .filter(move |(decl, row)| decl.from.is_none() && empty(row.figure(&Measure::Actual)))
        .map(|(decl, _)| decl)
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

/// Names the indicators of charts that no rule declares.
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

/// How many labels one message names.
const NAMED: usize = 10;

fn missing_indicators(sector: &SectorReport) -> Option<Diagnostic> {
    let missing: Vec<&IndicatorDecl> = without_data(sector).collect();
    let first = missing.first()?;
    let quoted = |indicator: &&IndicatorDecl| Words::verbatim(format!("\"{}\"", indicator.label));
    let mut names: Vec<Words> = missing.iter().take(NAMED).map(quoted).collect();
    if missing.len() > NAMED {
        let more = missing.len() - NAMED;
        names.push(say!("và {more} chỉ tiêu khác", "and {counted}", counted = words::counted(more, "other indicator")));
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
        left = printed(&finding.left),
        right = printed(&finding.right),
        difference = printed(&finding.difference),
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

/// Prints a figure: in Vietnamese as the report does, in English as an exact number.
fn printed(figure: &Figure) -> Words {
    let unit = figure.unit.to_string();
    let Some(value) = figure.amount.known() else { return Words::new("chưa có số liệu", "no data") };
    let blank = if unit.is_empty() || unit == "%" { "" } else { " " };
    say!(
        "{vietnamese}",
        "{exact}{blank}{unit}",
        vietnamese = quantity(&number(value, None), &unit),
        exact = exact(value)
    )
}
