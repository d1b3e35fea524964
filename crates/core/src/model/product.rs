//! The workbooks that the program itself writes, and the mark by which it knows them again.
//!
//! Output: the kinds and the name of the document property. Not here: reading and writing properties.

use serde::{Deserialize, Serialize};

/// The name of the document property with the kind.
pub const PROPERTY: &str = "tonghop";

/// A kind of workbook that the program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProductKind {
    /// The consolidated workbook of a run.
    Consolidated,
    /// What a department gets back about its workbooks.
    Feedback,
    /// A form that a department fills in: data, unlike the others.
    Form,
}

impl ProductKind {
    /// Returns the value of the property.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consolidated => "tong-hop",
            Self::Feedback => "phan-hoi",
            Self::Form => "bieu-mau",
        }
    }

    /// Returns the kind with this value of the property.
    pub fn parse(value: &str) -> Option<Self> {
        [Self::Consolidated, Self::Feedback, Self::Form].into_iter().find(|kind| kind.as_str() == value.trim())
    }

    /// Returns whether a department's folder may contain it as data.
    pub fn is_data(self) -> bool {
        self == Self::Form
    }
}
