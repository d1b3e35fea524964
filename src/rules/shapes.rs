//! The tables that rules write: the declarations of sectors, report and checks, and the tables that functions take.
//!
//! In comes nothing; out go their keys with types and docs. Never here: reading them.

use super::signature::{Key, Kind, Shape, key, must};

const API: Key = must("api", Kind::Whole, "The version of the way rules are written: 1.");
const BECAUSE: Key = key("because", Kind::Text, "What may explain a difference, told with it.");
const SECTION_FUNCTIONS: Kind = Kind::Named("fun(d: tonghop.Sector, out: tonghop.Out)");
const FIGURE_FUNCTION: Kind = Kind::Function("fun(i: tonghop.Indicator): tonghop.Figure");

/// `sector { … }`.
pub const SECTOR: Shape = Shape {
    name: "SectorTable",
    doc: "What a sector is: its indicators, its words, its shortfalls and its text.",
    first: None,
    open: false,
    keys: &[
        API,
        must("id", Kind::Text, "Its name in the rules and in `outline`: small letters, digits, `-`, `_`."),
        must("title", Kind::Text, "Its title, as the report and the workbook print it."),
        must("section", Kind::Text, "The heading it writes under, by its path in `outline`: `II.I.1.a`."),
        key(
            "departments",
            Kind::Either(&[Kind::Texts, Kind::Text]),
            "The departments that report it; where two give the same figure, the first stands; `\"all\"` for all of them.",
        ),
        key("targets", Kind::Texts, "The plans it is compared with, by their names in `[[targets]]`."),
        key("measures", Kind::Texts, "Further measures that it prints, by their names in `[[measures]]`."),
        key("unit", Kind::Text, "The unit of all indicators that state none."),
        key("decimals", Kind::Table(&DECIMALS), "How many decimals are printed, for all indicators that do not say."),
        key(
            "indicators",
            Kind::Named("tonghop.IndicatorTable"),
            "Its indicators by name, in the order of the summary.",
        ),
        key(
            "narrative",
            Kind::Either(&[Kind::Named("string|string[]"), Kind::Texts]),
            "The topics of its words by name, each with the label (or labels) of its rows.",
        ),
        key(
            "records",
            Kind::Named("tonghop.RecordsTable"),
            "Open tables by name, whose rows are not declared one by one: what is listed, not what is asked.",
        ),
        key(
            "shortfalls",
            Kind::Function("fun(d: tonghop.Sector, out: tonghop.Out)"),
            "Reports what is behind by `out:shortfall`.",
        ),
        key(
            "text",
            Kind::Either(&[Kind::Function("fun(d: tonghop.Sector, out: tonghop.Out)"), SECTION_FUNCTIONS]),
            "Writes its text: a function, or a function a heading `[\"II.IV.1\"] = function(d, out)`.",
        ),
    ],
};

/// An indicator under `indicators`, `parts` or `of_which`.
pub const INDICATOR: Shape = Shape {
    name: "IndicatorTable",
    doc: "What an indicator is: its label as departments write it, its unit, and what follows from it.",
    first: Some(must("label", Kind::Text, "The label of its row; `{@period.year}` in it follows the period.")),
    open: false,
    keys: &[
        key("aliases", Kind::Texts, "Other labels that mean the same."),
        key("unit", Kind::Text, "What it is measured in: `triệu đồng`; else that of the indicator above it."),
        key("parts", Kind::Named("tonghop.IndicatorTable"), "Indicators that add up to it; a difference is told."),
        key("of_which", Kind::Named("tonghop.IndicatorTable"), "Indicators within it that need not add up."),
        key(
            "by",
            Kind::Named("string"),
            "Members that add up to it, from rows below it or columns: `key = \"Label\"`; each is the indicator `<name>_<key>`.",
        ),
        key("attained", FIGURE_FUNCTION, "What is measured against the plan, where that is not the actual."),
        key(
            "derive",
            Kind::Function("fun(d: tonghop.Sector): tonghop.Figure"),
            "Its actual, where no department reports it.",
        ),
        key("decimals", Kind::Table(&DECIMALS), "How many decimals are printed."),
        key("padded", Kind::Flag, "Whether numbers below ten are printed with a zero before them; counts are."),
        key("from", Kind::Text, "Another sector's indicator that it is: `sector.indicator`."),
        key("of", Kind::Text, "The indicator that it is a fraction of, for `.ratio` and `{x/x.of}`."),
        key("names", Kind::Flag, "Whether it counts the rows below it, whose labels are names."),
        key("equals", Kind::Text, "An indicator that it must equal."),
        key("at_most", Kind::Text, "An indicator that it must not exceed."),
        BECAUSE,
    ],
};

/// An open table under `records`.
pub const RECORDS: Shape = Shape {
    name: "RecordsTable",
    doc: "An open table: every row that departments write in it is read, with its words and its figures.",
    first: None,
    open: false,
    keys: &[
        must(
            "fields",
            Kind::Named("string"),
            "Its columns of words by name, each with its heading: `field = \"Lĩnh vực\"`; tables that have them all are read.",
        ),
        key("unit", Kind::Text, "The unit of rows that state none, and of sums."),
        key("mixed", Kind::Flag, "Whether rows of several units may be added up, to a sum without unit."),
        key("decimals", Kind::Whole, "How many decimals are printed."),
    ],
};

/// `decimals = { … }`.
pub const DECIMALS: Shape = Shape {
    name: "DecimalsTable",
    doc: "How many decimals are printed, by measure; as many as the workbook shows where nothing is said.",
    first: None,
    open: false,
    keys: &[
        key("value", Kind::Whole, "Of the figure itself."),
        key(
            "attainment",
            Kind::Either(&[Kind::Whole, Kind::Named("integer")]),
            "Of percents of plans, all or by plan.",
        ),
        key("yoy", Kind::Whole, "Of the change on last year."),
        key("share", Kind::Whole, "Of the share in the indicator above."),
        key("ratio", Kind::Whole, "Of the percent of the indicator named by `of`."),
    ],
};

/// `report { … }`.
pub const REPORT: Shape = Shape {
    name: "ReportTable",
    doc: "What is said over all sectors.",
    first: None,
    open: false,
    keys: &[
        API,
        must(
            "sections",
            Kind::Named("fun(r: tonghop.Report, out: tonghop.Out)"),
            "A function a heading: `[\"II.III.1\"] = function(r, out)`.",
        ),
    ],
};

/// `checks { … }`.
pub const CHECKS: Shape = Shape {
    name: "ChecksTable",
    doc: "The relations between sectors that must hold.",
    first: None,
    open: false,
    keys: &[
        API,
        must(
            "run",
            Kind::Function("fun(r: tonghop.Report, check: tonghop.Check)"),
            "Compares figures by `check:equal` and `check:at_most`.",
        ),
    ],
};

/// `out:table { … }`.
pub const TABLE: Shape = Shape {
    name: "TableTable",
    doc: "A table of the report; further names are arguments of its templates.",
    first: None,
    open: true,
    keys: &[
        key("title", Kind::Template, "What stands above it."),
        must("columns", Kind::Texts, "The titles of its columns."),
        must("rows", Kind::Rows, "One value a row."),
        must("cells", Kind::Texts, "One template a column, in which the row is `{it}`."),
        key("appendix", Kind::Flag, "Whether it stands behind the text, on pages of its own."),
    ],
};

/// `out:listing { … }`.
pub const LISTING: Shape = Shape {
    name: "ListingTable",
    doc: "Rows of an open table on a sheet of their own.",
    first: None,
    open: false,
    keys: &[must("title", Kind::Text, "The name of the sheet."), must("rows", Kind::Rows, "The rows that it lists.")],
};

/// `out:shortfall { … }`.
pub const SHORTFALL: Shape = Shape {
    name: "ShortfallTable",
    doc: "A shortfall; further names are arguments of its template.",
    first: Some(key("indicator", Kind::Indicator, "The indicator that is behind; none for a difficulty in words.")),
    open: true,
    keys: &[
        key("text", Kind::Template, "Its sentence; without it, that the indicator is behind."),
        key("cause", Kind::Words, "Its cause, in the department's words."),
    ],
};

/// The options of `d:behind`.
pub const BEHIND: Shape = Shape {
    name: "BehindTable",
    doc: "What is left out.",
    first: None,
    open: false,
    keys: &[key("except", Kind::Texts, "The names of indicators that are not judged.")],
};

/// The options of `check:equal` and `check:at_most`.
pub const RELATION: Shape =
    Shape { name: "RelationTable", doc: "What is told with a difference.", first: None, open: false, keys: &[BECAUSE] };

/// Every table, in the order of the reference.
pub const SHAPES: [&Shape; 11] =
    [&SECTOR, &INDICATOR, &RECORDS, &DECIMALS, &REPORT, &CHECKS, &TABLE, &LISTING, &SHORTFALL, &BEHIND, &RELATION];
