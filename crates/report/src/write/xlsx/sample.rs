//! A small report for tests: two sectors, a computed numerator, a missing figure, a title that Excel rejects.

use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::document::{Paragraph, ParagraphStyle, Span};
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectionPath, SectorId, SheetName, TargetId};
use tonghop_core::model::indicator::{IndicatorDecl, Parent, ParentRelation, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{Labels, RuleLine, Source, TextCell};
use tonghop_core::model::quantity::{Amount, Scale, Unit};
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::{
    Finding, IndicatorRow, SectorReport, Shortfall, ShortfallIndicator, TargetComparison, Verdict,
};
use tonghop_core::model::submission::{DateEvidence, Day, Submission};

pub(super) const SETTINGS: &str = r#"
    departments = [{ id = "tckh", name = "Phòng Tài chính - Kế hoạch" }, { id = "tnmt", name = "Phòng Tài nguyên và Môi trường" }]
    [organisation]
    superior = "ỦY BAN NHÂN DÂN TỈNH"
    issuer = "ỦY BAN NHÂN DÂN THÀNH PHỐ"
    place = "Thành phố"
    [period]
    year = 2024
    months = 9
    [report]
    kind = "BÁO CÁO"
    subject = "s"
    [[targets]]
    id = "province"
    name = "kế hoạch tỉnh giao"
    headings = ["KH tỉnh"]
    [[targets]]
    id = "council"
    name = "kế hoạch HĐND"
    headings = ["KH HĐND"]
    [outline]
    letters = []
    headings = []
"#;

pub(crate) fn config() -> Config {
    Config::parse(SETTINGS).unwrap()
}

/// Returns the settings of one chart.
pub(super) fn chart(kind: &str, indicators: &[&str]) -> String {
    format!("[[charts]]\nkind = \"{kind}\"\ntitle = \"Biểu {kind}\"\nindicators = {indicators:?}\n")
}

/// The settings with charts.
pub(super) fn config_with_charts(charts: &str) -> Config {
    Config::parse(&format!("{SETTINGS}\n{charts}")).unwrap()
}

pub(super) fn million() -> Unit {
    Unit { scale: Scale::MILLION, base: "đồng".into(), label: "triệu đồng".into() }
}

pub(super) fn name(sector: &str, indicator: &str, measure: Measure) -> FigureName {
    FigureName { sector: SectorId::new(sector), indicator: IndicatorId::new(indicator), measure }
}

pub(super) fn source(cell: CellRef, raw: &str) -> Arc<Source> {
    Arc::new(Source {
        department: DepartmentId::new("tckh"),
        file: FilePath::new("workbooks/tckh/bieu-01.xlsx"),
        sheet: SheetName::new("Thu NS "),
        cell,
        raw: raw.into(),
        labels: Labels::default(),
    })
}

/// A budget figure, read from column E, in million đồng.
pub(super) fn observed(indicator: &str, measure: Measure, value: &str, row: u32) -> FigureRef {
    let col = if measure == Measure::Actual { 4 } else { 3 };
    let origin = Origin::Cell(source(CellRef::new(row, col), value));
    let amount = Amount::Known(value.parse().unwrap());
    Arc::new(Figure::new(name("budget", indicator, measure), amount, million(), Status::Estimate, origin))
}

pub(super) fn computed(name: FigureName, op: Op, operands: &[&FigureRef]) -> FigureRef {
    let operands = operands.iter().map(|o| Arc::clone(o)).collect();
    Arc::new(Figure::compute(name, op, operands, None).unwrap())
}

pub(super) fn rule(line: u32) -> RuleLine {
    RuleLine { file: FilePath::new("plugins/budget.lua"), line }
}

pub(super) fn indicator(id: &str, label: &str, parent: Option<&str>) -> IndicatorDecl {
    IndicatorDecl {
        parent: parent.map(|p| Parent { id: IndicatorId::new(p), relation: ParentRelation::Part }),
        depth: u32::from(parent.is_some()),
        line: 7,
        ..IndicatorDecl::new(id, label, million())
    }
}

fn decl(id: &str, title: &str, targets: &[&str], indicators: Vec<IndicatorDecl>) -> Arc<SectorDecl> {
    Arc::new(SectorDecl {
        id: SectorId::new(id),
        title: title.to_owned(),
        section: SectionPath::new("II.I.1"),
        departments: vec![DepartmentId::new("tckh")],
        targets: targets.iter().map(|t| TargetId::new(*t)).collect(),
        measures: vec![],
        indicators: indicators.into(),
        narrative: vec![],
        records: vec![],
        file: FilePath::new(format!("plugins/{id}.lua")),
    })
}

fn row(id: &str, figures: &[&FigureRef]) -> IndicatorRow {
    IndicatorRow { indicator: IndicatorId::new(id), figures: figures.iter().map(|f| Arc::clone(f)).collect() }
}

/// The figures of the total revenue, whose attainment excludes the carryover.
struct Revenue {
    total: FigureRef,
    city: FigureRef,
    carryover: FigureRef,
    target: FigureRef,
    last_year: FigureRef,
    attainment: FigureRef,
    yoy: FigureRef,
}

impl Revenue {
    fn new() -> Self {
        let province = TargetId::new("province");
        let total = observed("rev_total", Measure::Actual, "3314.5", 8);
        let city = observed("city_share", Measure::Actual, "2814.25", 9);
        let carryover = observed("carryover", Measure::Actual, "500", 10);
        let target = observed("rev_total", Measure::Target(province.clone()), "4290", 8);
        let last_year = observed("rev_total", Measure::LastYear, "3000", 8);
        let left = computed(name("budget", "rev_total", Measure::Computed), Op::Subtract, &[&total, &carryover]);
        let attained = name("budget", "rev_total", Measure::Attainment(province));
        let attainment = computed(attained, Op::Percent, &[&left, &target]);
        let yoy = computed(name("budget", "rev_total", Measure::Yoy), Op::Change, &[&total, &last_year]);
        Self { total, city, carryover, target, last_year, attainment, yoy }
    }
}

fn budget(revenue: &Revenue) -> SectorReport {
    let indicators = vec![
        indicator("rev_total", "Tổng thu ngân sách địa phương", None),
        indicator("city_share", "Thu ngân sách thành phố hưởng", Some("rev_total")),
        indicator("carryover", "Thu chuyển nguồn", Some("rev_total")),
    ];
    let Revenue { total, city, carryover, target, last_year, attainment, yoy } = revenue;
    SectorReport {
        decl: decl("budget", "Ngân sách 'thường xuyên' năm", &["province"], indicators),
        rows: vec![
            row("rev_total", &[total, target, last_year, attainment, yoy]),
            row("city_share", &[city]),
            row("carryover", &[carryover]),
        ],
        passages: vec![],
        shortfalls: vec![shortfall(revenue)],
        judgement: Default::default(),
        findings: vec![finding(revenue)],
        listings: vec![],
    }
}

fn shortfall(revenue: &Revenue) -> Shortfall {
    let province = TargetId::new("province");
    let pace = Figure::new(
        name("budget", "rev_total", Measure::Pace),
        Amount::Known(Decimal::from(75)),
        Unit::percent(),
        Status::Final,
        Origin::Setting("period.months".into()),
    );
    let pace = Arc::new(pace);
    let lag = computed(
        name("budget", "rev_total", Measure::Lag(province.clone())),
        Op::Subtract,
        &[&pace, &revenue.attainment],
    );
    let words = "Tổng thu ngân sách chưa đạt nhịp độ đề ra.".to_owned();
    Shortfall {
        sector: SectorId::new("budget"),
        indicator: Some(ShortfallIndicator {
            id: IndicatorId::new("rev_total"),
            label: "Tổng thu ngân sách địa phương".to_owned(),
            actual: Arc::clone(&revenue.total),
            pace,
            targets: vec![TargetComparison {
                id: province,
                target: Arc::clone(&revenue.target),
                attainment: Arc::clone(&revenue.attainment),
                lag,
            }],
        }),
        statement: Paragraph { style: ParagraphStyle::Item, spans: vec![Span::Literal(words)] },
        causes: vec![TextCell {
            text: "=Thị trường\u{1} trầm lắng".into(), source: source(CellRef::new(20, 2), "x")
        }],
        rule: rule(30),
    }
}

fn finding(revenue: &Revenue) -> Finding {
    let here = |measure| name("budget", "rev_total", measure);
    let parts = computed(here(Measure::Computed), Op::Sum, &[&revenue.city, &revenue.carryover]);
    let difference = computed(here(Measure::Computed), Op::Subtract, &[&revenue.total, &parts]);
    Finding {
        title: Message::verbatim("Tổng thu và các khoản thu thành phần"),
        left: Arc::clone(&revenue.total),
        right: parts,
        difference,
        verdict: Verdict::Rounding,
        explanation: None,
        rule: rule(12),
    }
}

/// A sector with a share of another sector's figure, and an indicator without data.
fn land(revenue: &Revenue) -> SectorReport {
    let province = TargetId::new("province");
    let thousand = Unit { scale: Scale::THOUSAND, base: "đồng".into(), label: "nghìn đồng".into() };
    let raw = Figure::new(
        name("land", "fees", Measure::Actual),
        Amount::Known(Decimal::from(1_250_500)),
        thousand,
        Status::Final,
        Origin::Cell(source(CellRef::new(30, 4), "1.250.500")),
    );
    let fees = Arc::new(raw).rescaled(&million()).unwrap();
    let share = computed(name("land", "fees", Measure::Share), Op::Percent, &[&fees, &revenue.total]);
    let missing = Arc::new(Figure::missing(name("land", "auctions", Measure::Actual), million()));
    let plan = name("land", "auctions", Measure::Target(province));
    let not_applicable = Origin::Cell(source(CellRef::new(31, 3), "-"));
    let plan = Arc::new(Figure::new(plan, Amount::NotApplicable, million(), Status::Final, not_applicable));
    SectorReport {
        decl: decl(
            "land",
            "Đất đai: giao đất, cho thuê đất / cấp giấy chứng nhận [2024]?",
            &["province", "council"],
            vec![indicator("fees", "Lệ phí", None), indicator("auctions", "Đấu giá", None)],
        ),
        rows: vec![row("fees", &[&fees, &share]), row("auctions", &[&missing, &plan])],
        passages: vec![],
        shortfalls: vec![],
        judgement: Default::default(),
        findings: vec![],
        listings: vec![],
    }
}

/// The report of the two sectors.
pub(crate) fn report() -> Report {
    let revenue = Revenue::new();
    let submission = |id: &str, name: &str, files: &[&str]| Submission {
        department: DepartmentId::new(id),
        name: name.to_owned(),
        files: files.iter().map(|f| FilePath::new(*f)).collect(),
        requested_count: 2,
        missing: vec![],
        unusable: BTreeSet::new(),
        due: Day::new(2024, 9, 16),
        received: Day::new(2024, 9, 17).filter(|_| !files.is_empty()).map(|day| (day, DateEvidence::Saved)),
    };
    Report {
        sectors: vec![budget(&revenue), land(&revenue)],
        overview: vec![],
        findings: vec![],
        submissions: vec![
            submission("tckh", "Phòng Tài chính - Kế hoạch", &["workbooks/tckh/bieu-01.xlsx", "workbooks/tckh/b.xlsx"]),
            submission("tnmt", "Phòng Tài nguyên và Môi trường", &[]),
        ],
        failures: vec![],
        corrected: vec![],
    }
}

pub(super) fn diagnostics() -> Vec<Diagnostic> {
    let cell = Place::from_source(&source(CellRef::new(31, 3), "-"));
    vec![
        Diagnostic::new(
            Code::DepartmentMissing,
            Place::Department(DepartmentId::new("tnmt")),
            Message::verbatim("chưa gửi biểu"),
        )
        .with_hint(Message::verbatim("đề nghị đơn vị gửi biểu")),
        Diagnostic::new(Code::CheckRounding, cell, Message::verbatim("đã có dòng riêng")),
    ]
}
