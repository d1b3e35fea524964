//! The types of values in rules, with their names in messages.

use tonghop_core::diag::Message;

/// The type of a value in a rule, or the type that a registry entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LuaType {
    Global,
    Report,
    Sector,
    Indicator,
    Parts,
    Targets,
    Figure,
    Series,
    Narrative,
    Text,
    Remark,
    Records,
    Record,
    NarrativeCell,
    Shortfall,
    Out,
    Check,
}

impl LuaType {
    /// Returns the name of the type in messages.
    pub fn title(self) -> Message {
        let (vietnamese, english) = match self {
            Self::Global => ("chương trình", "the program"),
            Self::Report => ("báo cáo", "the report"),
            Self::Sector => ("ngành này", "this sector"),
            Self::Indicator => ("chỉ tiêu", "an indicator"),
            Self::Parts => ("nhóm chỉ tiêu thành phần", "a group of parts"),
            Self::Targets => ("nhóm kế hoạch", "a group of plans"),
            Self::Figure => ("số liệu", "a figure"),
            Self::Series => ("chuỗi tháng, quý", "a series of months or quarters"),
            Self::Narrative => ("phần lời của ngành", "the narrative of a sector"),
            Self::Text => ("đoạn chữ", "a text"),
            Self::Remark => ("khó khăn, vướng mắc", "a difficulty"),
            Self::Records => ("các dòng của một bảng", "rows of a table"),
            Self::Record => ("một dòng của bảng", "a row of a table"),
            Self::NarrativeCell => ("một ô phần lời", "a narrative cell"),
            Self::Shortfall => ("tồn tại, hạn chế", "a shortfall"),
            Self::Out => ("out", "out"),
            Self::Check => ("check", "check"),
        };
        Message::new(vietnamese, english)
    }

    /// Returns the expression for such a value in the reference: `d` is a sector, `d.x` an indicator.
    pub fn example_expression(self) -> &'static str {
        match self {
            Self::Global => "",
            Self::Sector => "d",
            Self::Indicator => "d.x",
            Self::Parts => "d.x.parts",
            Self::Targets => "d.x.target",
            Self::Figure => "d.x.actual",
            Self::Series => "d.x.month",
            Self::Narrative => "d.narrative",
            Self::Text => "d.topic",
            Self::NarrativeCell => "said",
            Self::Records => "d.items",
            Self::Record => "row",
            Self::Remark => "r",
            Self::Out => "out",
            Self::Report => "r",
            Self::Shortfall => "s",
            Self::Check => "check",
        }
    }
}
