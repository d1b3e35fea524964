//! The types of values in rules, with their names in messages.

use tonghop_core::diag::Words;

/// The type of a value in a rule, or the type that a registry entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    Global,
    Report,
    Sector,
    Indicator,
    Parts,
    Targets,
    Figure,
    Words,
    Text,
    Remark,
    Records,
    Record,
    Said,
    Shortfall,
    Out,
    Check,
}

impl Owner {
    /// Returns the name of the type in messages.
    pub fn title(self) -> Words {
        let (vietnamese, english) = match self {
            Self::Global => ("chương trình", "the program"),
            Self::Report => ("báo cáo", "the report"),
            Self::Sector => ("ngành này", "this sector"),
            Self::Indicator => ("chỉ tiêu", "an indicator"),
            Self::Parts => ("nhóm chỉ tiêu thành phần", "a group of parts"),
            Self::Targets => ("nhóm kế hoạch", "a group of plans"),
            Self::Figure => ("số liệu", "a figure"),
            Self::Words => ("phần lời của ngành", "the words of a sector"),
            Self::Text => ("đoạn chữ", "a text"),
            Self::Remark => ("khó khăn, vướng mắc", "a difficulty"),
            Self::Records => ("các dòng của một bảng", "rows of a table"),
            Self::Record => ("một dòng của bảng", "a row of a table"),
            Self::Said => ("một ô phần lời", "a cell of words"),
            Self::Shortfall => ("tồn tại, hạn chế", "a shortfall"),
            Self::Out => ("out", "out"),
            Self::Check => ("check", "check"),
        };
        Words::new(vietnamese, english)
    }

    /// Returns the expression for such a value in the reference: `d` is a sector, `d.x` an indicator.
    pub fn in_code(self) -> &'static str {
        match self {
            Self::Global => "",
            Self::Sector => "d",
            Self::Indicator => "d.x",
            Self::Parts => "d.x.parts",
            Self::Targets => "d.x.target",
            Self::Figure => "d.x.actual",
            Self::Words => "d.narrative",
            Self::Text => "d.topic",
            Self::Said => "said",
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
