//! Distinct types for names that must not be confused.
//!
//! Input: a string. Output: a cheap, ordered name with its own type, and whether a string can name a file on every
//! system ([`is_file_name`]). Not here: refusing a string that cannot.

use crate::message::Message;
use crate::msg;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        #[schemars(inline)]
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

/// The names that Windows reserves for devices, with any extension; `com` and `lpt` are followed by one digit.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The maximum length of an id in characters.
pub const MAX_ID_CHARS: usize = 64;

/// Returns whether an id can be part of the name of a file or folder on every system: `[a-z0-9][a-z0-9_-]{0,63}`, and
/// not a name that Windows reserves.
pub fn is_file_name(id: &str) -> bool {
    let is_plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let starts_well = id.bytes().next().is_some_and(is_plain);
    let is_numbered_device = |stem: &&str| {
        id.strip_prefix(*stem).is_some_and(|number| number.len() == 1 && number.bytes().all(|c| c.is_ascii_digit()))
    };
    let is_device = DEVICES.contains(&id) || NUMBERED_DEVICES.iter().any(is_numbered_device);
    starts_well && id.len() <= MAX_ID_CHARS && id.bytes().all(|c| is_plain(c) || matches!(c, b'_' | b'-')) && !is_device
}

/// Returns what an id that names files must be like, for messages.
pub fn file_name_rule() -> Message {
    msg!(
        "chỉ dùng chữ thường không dấu, chữ số, \"-\" và \"_\", bắt đầu bằng chữ hoặc số, không quá {MAX_ID_CHARS} ký tự, và không dùng tên riêng của Windows (con, nul, com1…)",
        "use only lower-case letters without accents, digits, \"-\" and \"_\", beginning with a letter or digit, at most {MAX_ID_CHARS} characters, and no name that Windows reserves (con, nul, com1…)"
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_names_of_files_on_every_system() {
        let longest = "x".repeat(MAX_ID_CHARS);
        for id in ["a", "0", "phong-lam-nghiep", "xa_1", "con-voi", "com", "com10", "lpt", "comx", "nulled", &longest] {
            assert!(is_file_name(id), "{id}");
        }
        let too_long = format!("{longest}x");
        let others = ["", "-a", "_a", "A", "đ", "a b", "a/b", "..", "../x", "/etc", "a\n", "a.", "a\\b", "a\0", "a:b"];
        let devices = ["con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt1"];
        for id in others.iter().chain(&devices).chain([&too_long.as_str()]) {
            assert!(!is_file_name(id), "{id:?}");
        }
    }
}
