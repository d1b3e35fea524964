//! The places or units that report one form each: `[members]` of `tonghop.toml`.
//!
//! Input: the table of the settings. Output: the members, and where a form names its member. Not here: the texts of
//! workbooks, the indicators that have members.

use super::ConfigError;
use crate::vi::fold::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;

/// The part of a pattern that stands for the name of a member.
const PLACEHOLDER: &str = "{member}";

/// The members and where forms name them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MemberSettings {
    /// Where a form names its member; one place, or several that must not contradict each other.
    #[serde(deserialize_with = "one_or_several")]
    pub from: Vec<MemberSource>,
    /// How forms write the name: `Xã {member}`.
    pub pattern: String,
    /// The members in output order; each id is unique.
    pub list: Vec<Member>,
}

/// A place or unit that reports a form of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The name in rules: its figures of an indicator are the indicator `<indicator>_<id>`.
    pub id: String,
    /// The name as forms write it in the place of `{member}`.
    pub name: String,
}

/// Where a form names its member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MemberSource {
    /// In the lines above the first table of the sheet.
    Title,
    /// In the name of the sheet.
    Sheet,
    /// In the name of the file.
    File,
    /// In the name of the department that sends it.
    Department,
}

impl Default for MemberSettings {
    fn default() -> Self {
        use MemberSource::{Department, File, Sheet, Title};
        Self { from: vec![Title, Sheet, File, Department], pattern: PLACEHOLDER.to_owned(), list: Vec::new() }
    }
}

impl MemberSettings {
    /// Returns the name of a member with the words of the pattern: `Xã An Bình`.
    pub fn label(&self, member: &Member) -> String {
        self.pattern.replace(PLACEHOLDER, &member.name)
    }

    /// Checks the pattern, the ids and the names.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.pattern.matches(PLACEHOLDER).count() != 1 {
            return Err(ConfigError::MemberPattern(self.pattern.clone()));
        }
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if let Some(member) = self.list.iter().find(|m| m.id.is_empty() || !m.id.chars().all(is_plain)) {
            return Err(ConfigError::MemberId(member.id.clone()));
        }
        let mut ids = BTreeSet::new();
        let mut names = BTreeSet::new();
        let is_repeated =
            |m: &&Member| !ids.insert(m.id.clone()) || m.name.trim().is_empty() || !names.insert(fold(&m.name));
        match self.list.iter().find(is_repeated) {
            Some(member) => Err(ConfigError::DuplicateId("members.list", member.id.clone())),
            None => Ok(()),
        }
    }
}

/// Reads one source or a list of them.
fn one_or_several<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<MemberSource>, D::Error> {
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "from cần \"title\", \"sheet\", \"file\" hoặc \"department\", hoặc danh sách của chúng / from must be \"title\", \"sheet\", \"file\" or \"department\", or a list of them"
    )]
    enum Sources {
        One(MemberSource),
        Several(Vec<MemberSource>),
    }
    Ok(match Sources::deserialize(from)? {
        Sources::One(source) => vec![source],
        Sources::Several(sources) => sources,
    })
}
