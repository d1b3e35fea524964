//! The declaration of an open table.
//!
//! Output: plain data. Not here: reading it from a rule file, the rows of the table.

use crate::model::id::IndicatorId;
use crate::model::measure::PrintFormat;
use crate::model::quantity::Unit;
use serde::{Deserialize, Serialize};

/// The declaration of an open table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordsDecl {
    /// The name in the rules.
    pub name: IndicatorId,
    /// The text columns that every such table has.
    pub fields: Vec<FieldDecl>,
    /// The name of the field that holds the heading above a row, if rules use it; it comes after the other fields.
    pub group: Option<String>,
    /// The unit of rows without a stated unit.
    pub unit: Option<Unit>,
    /// Whether rows with different units can be summed; the sum has no unit.
    pub mixed: bool,
    /// The print format of amounts and sums.
    pub print: PrintFormat,
    /// The line of the declaration in the rule file.
    pub line: u32,
}

/// A text column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDecl {
    /// The name in the rules.
    pub name: String,
    /// The heading of the column in forms.
    pub heading: String,
}

impl RecordsDecl {
    /// Returns the names of the fields.
    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str()).chain(self.group.as_deref())
    }

    /// Returns the index of a field.
    pub fn field_position(&self, name: &str) -> Option<usize> {
        self.field_names().position(|known| known == name)
    }

    /// Returns the name of a field.
    pub fn field_name(&self, field: usize) -> &str {
        self.field_names().nth(field).unwrap_or_default()
    }
}
