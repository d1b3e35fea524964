//! Distinct types for names that must not be confused.
//!
//! Input: a string. Output: a cheap, ordered name with its own type. Not here: validation.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Creates a name from a string.
            pub fn new(spelling: impl Into<Arc<str>>) -> Self {
                Self(spelling.into())
            }

            /// Returns the name as a string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id_type! {
    /// A sector (ngành, lĩnh vực): the `id` of one plugin.
    SectorId
}
id_type! {
    /// An indicator (chỉ tiêu) inside its sector; unique there.
    IndicatorId
}
id_type! {
    /// A reporting unit (đơn vị báo cáo): the name of its folder under `workbooks/`.
    DepartmentId
}
id_type! {
    /// One plan that an indicator is measured against (`annual`, `province`, `council` …), declared in `tonghop.toml`.
    TargetId
}
id_type! {
    /// A further measure of an indicator (`cumulative`, `of` …), declared in `tonghop.toml`.
    MeasureId
}
id_type! {
    /// A heading of the outline by its path, e.g. `II.I.1.a`.
    SectionPath
}
id_type! {
    /// The exact name of a sheet, including blanks at its ends.
    SheetName
}
id_type! {
    /// A file of the project, relative to the project folder, with `/` as separator.
    FilePath
}

impl FilePath {
    /// The folder with one subfolder per department.
    pub const WORKBOOKS: &'static str = "workbooks";

    /// Returns the department whose folder contains the file, and the path below that folder.
    pub fn split_department(&self) -> Option<(&str, &str)> {
        self.0.strip_prefix(Self::WORKBOOKS)?.strip_prefix('/')?.split_once('/')
    }
}

impl SectionPath {
    /// Returns the last step of the path: `a` of `II.I.1.a`.
    pub fn last(&self) -> &str {
        self.0.rsplit('.').next().unwrap_or_default()
    }

    /// Returns the level of the heading: 1 for `I`, 4 for `II.I.1.a`.
    pub fn depth(&self) -> usize {
        self.0.split('.').count()
    }

    /// Returns the path of the parent, if there is one.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(parent, _)| Self::new(parent))
    }
}
