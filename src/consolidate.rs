//! All sectors put together, with what was received and what is missing.
//!
//! In come finished sectors, the dataset and what was found under `workbooks/`; out goes the report. Never here: a
//! figure of its own.

use crate::config::{Config, Department, IndicatorName};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::figure::{Figure, FigureRef, Measure};
use crate::model::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use crate::model::indicator::IndicatorDecl;
use crate::model::provenance::RuleLine;
use crate::model::quantity::Amount;
use crate::model::report::{Outcome, Report, Submission};
use crate::model::sector::{Finding, SectorReport, Verdict};

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
            let message = format!("{} chưa gửi biểu nào", s.name);
            Diagnostic::new(Code::DepartmentMissing, Place::Department(s.department.clone()), message)
                .hint("đặt tệp Excel của đơn vị vào thư mục này rồi chạy lại")
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
            let message = format!("charts: không có chỉ tiêu \"{name}\"");
            Diagnostic::new(Code::SettingUnknown, Place::Project, message)
                .hint("sửa tên chỉ tiêu trong [[charts]], dạng ngành.chỉ_tiêu")
        })
        .collect()
}

/// How many labels one message names.
const NAMED: usize = 10;

fn missing_indicators(sector: &SectorReport) -> Option<Diagnostic> {
    let missing: Vec<&IndicatorDecl> = without_data(sector).collect();
    let first = missing.first()?;
    let mut names: Vec<String> = missing.iter().take(NAMED).map(|i| format!("\"{}\"", i.label)).collect();
    if missing.len() > NAMED {
        names.push(format!("và {} chỉ tiêu khác", missing.len() - NAMED));
    }
    let rule = RuleLine { file: sector.decl.file.clone(), line: first.line };
    let message = format!("{}: chưa có số liệu của {}", sector.decl.title, names.join(", "));
    let hint = "kiểm tra đơn vị đã gửi biểu chưa, và tên dòng trong biểu có khớp với tên trong quy tắc không";
    Some(Diagnostic::new(Code::IndicatorMissing, Place::Rule(rule), message).hint(hint))
}

fn contradiction(finding: &Finding) -> Diagnostic {
    let print = |figure: &Figure| match figure.amount.known() {
        Some(value) => crate::vi::format::quantity(&crate::vi::format::number(value, None), &figure.unit.to_string()),
        None => "chưa có số liệu".to_owned(),
    };
    let (code, verdict) = match finding.verdict {
        Verdict::Rounding => (Code::CheckRounding, "do làm tròn"),
        Verdict::Contradiction => (Code::CheckContradiction, "mâu thuẫn"),
    };
    let because = finding.explanation.as_ref().map(|words| format!("; {words}")).unwrap_or_default();
    let message = format!(
        "{}: {} so với {}, chênh lệch {} ({verdict}{because})",
        finding.title,
        print(&finding.left),
        print(&finding.right),
        print(&finding.difference)
    );
    let cells = finding.left.sources().into_iter().chain(finding.right.sources());
    let mut places: Vec<Place> = cells.map(|s| Place::of(&s)).collect();
    places.push(Place::Rule(finding.rule.clone()));
    let hint = matches!(finding.verdict, Verdict::Contradiction)
        .then(|| "đối chiếu các ô này với đơn vị báo cáo và sửa ô chưa đúng".into());
    Diagnostic { code, places, message: message.into(), hint }
}
