//! Adds lines to `tonghop.toml` and leaves everything else unchanged.
//!
//! Input: the text of the settings and the addition. Output: the longer text, but only if it means the same as before
//! plus the addition. Not here: files.

use toml_edit::{Array, DocumentMut, InlineTable, Item, RawString, Table, Value};
use tonghop_core::config::Config;

/// A heading of the outline for a new sector.
pub(super) struct NewHeading<'a> {
    /// The number of headings before it.
    pub position: usize,
    pub path: &'a str,
    pub title: &'a str,
    pub sector: &'a str,
}

/// A new department.
pub(super) struct NewDepartment<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

impl NewHeading<'_> {
    /// Returns the line to add to `outline.headings`.
    pub(super) fn line(&self) -> String {
        format!("{},", self.inline_table())
    }

    fn inline_table(&self) -> InlineTable {
        let Self { path, title, sector, .. } = self;
        let sectors = Array::from_iter([*sector]);
        InlineTable::from_iter([
            ("path", (*path).into()),
            ("title", (*title).into()),
            ("sectors", Value::from(sectors)),
        ])
    }

    /// Returns the text with the heading at its place, in the style of the other headings.
    pub(super) fn add_to(&self, text: &str) -> Option<String> {
        let mut settings: DocumentMut = text.parse().ok()?;
        match settings.get_mut("outline")?.as_table_mut()?.get_mut("headings")? {
            Item::ArrayOfTables(headings) if self.position <= headings.len() => {
                headings.insert(self.position, separated(self.inline_table().into_table()));
            }
            Item::Value(Value::Array(headings)) if self.position <= headings.len() => {
                insert_line(headings, self.position, self.inline_table());
            }
            _ => return None,
        }
        let longer = settings.to_string();
        has_one_more_entry(text, &longer, &["outline", "headings"], self.position).then_some(longer)
    }
}

impl NewDepartment<'_> {
    fn table(&self) -> Table {
        InlineTable::from_iter([("id", self.id), ("name", self.name)]).into_table()
    }

    /// Returns the lines to add.
    pub(super) fn lines(&self) -> String {
        format!("[[departments]]\n{}", self.table())
    }

    /// Returns the text with the department after the others.
    pub(super) fn add_to(&self, text: &str) -> Option<String> {
        let mut settings: DocumentMut = text.parse().ok()?;
        let departments = settings.get_mut("departments")?.as_array_of_tables_mut()?;
        let before = departments.len();
        departments.push(separated(self.table()));
        let longer = settings.to_string();
        has_one_more_entry(text, &longer, &["departments"], before).then_some(longer)
    }
}

/// Puts an empty line before a table.
fn separated(mut table: Table) -> Table {
    table.decor_mut().set_prefix("\n");
    table
}

/// Inserts an entry on its own line of a list. A comment on the line of the entry before it stays there.
fn insert_line(list: &mut Array, position: usize, entry: InlineTable) {
    const LINE_START: &str = "\n  ";
    let text = |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let comment = match list.get_mut(position) {
        Some(next) => {
            let comment = text(next.decor().prefix());
            next.decor_mut().set_prefix(LINE_START);
            comment
        }
        None => {
            let after_list = text(Some(list.trailing()));
            let last = position.checked_sub(1).and_then(|last| list.get_mut(last));
            let after_last = last.map(|last| {
                let suffix = text(last.decor().suffix());
                last.decor_mut().set_suffix("");
                suffix
            });
            list.set_trailing("\n");
            list.set_trailing_comma(true);
            after_last.unwrap_or_default() + &after_list
        }
    };
    let prefix = format!("{}{LINE_START}", comment.trim_end());
    list.insert_formatted(position, Value::from(entry).decorated(prefix, ""));
}

/// Returns whether settings differ only by one more entry at this index of a list.
fn has_one_more_entry(text: &str, longer: &str, list: &[&str], index: usize) -> bool {
    let Ok(before) = toml::from_str::<toml::Table>(text) else { return false };
    let Ok(after) = toml::from_str::<toml::Table>(longer) else { return false };
    let mut after = toml::Value::Table(after);
    let entries = list.iter().try_fold(&mut after, |value, key| value.get_mut(*key));
    let Some(toml::Value::Array(entries)) = entries else { return false };
    if index >= entries.len() {
        return false;
    }
    entries.remove(index);
    toml::Value::Table(before) == after && Config::parse(longer).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_testing::minimal_settings;

    const HEADING: NewHeading<'_> =
        NewHeading { position: 1, path: "II", title: "Nước \"sạch\"", sector: "water" };

    fn settings(headings: &str) -> String {
        let department = "[[departments]]\nid = \"a\"\nname = \"A\"\n\n# the rest\n";
        minimal_settings("", &format!("\n{department}[outline]\nletters = [\"a\"]\nheadings = {headings}\n# end\n"))
    }

    #[test]
    fn a_heading_is_added_after_the_others() {
        for headings in [
            "[{ path = \"I\", title = \"t ] # t\" }]",
            "[\n  { path = \"I\", title = \"t\" }, # ]\n]",
            "[\n  { path = \"I\", title = \"t\" } # ],\n]",
            "[\n  # none ]\n  { path = \"I\", title = 't]' },\n]",
        ] {
            let longer = HEADING.add_to(&settings(headings)).unwrap();
            let line = "title = 'Nước \"sạch\"', sectors = [\"water\"] },\n]\n# end";
            assert!(longer.contains(line), "{longer}");
        }
        let tables = settings("[]").replace("headings = []", "[[outline.headings]]\npath = \"I\"\ntitle = \"t\"");
        let longer = HEADING.add_to(&tables).unwrap();
        assert!(longer.ends_with("title = \"t\"\n\n[[outline.headings]]\npath = \"II\"\ntitle = 'Nước \"sạch\"'\nsectors = [\"water\"]\n# end\n"), "{longer}");
        let inline = minimal_settings("outline = { letters = [], headings = [] }\ndepartments = []", "");
        assert_eq!(HEADING.add_to(&inline), None, "nothing is changed where it cannot be done safely");
    }

    #[test]
    fn a_heading_is_added_between_others() {
        let new = NewHeading { position: 1, path: "I.I", title: "t", sector: "water" };
        let line = "{ path = \"I.I\", title = \"t\", sectors = [\"water\"] },";
        for (one, end) in
            [("  { path = \"I\", title = \"a\" }, # ]\n", ""), ("  { path = \"I\", title = \"}\" },\n", ",")]
        {
            let other = format!("  {{ path = \"II\", title = \"b\", sectors = [\"x\"] }}{end}\n");
            let longer = new.add_to(&settings(&format!("[\n{one}{other}]"))).unwrap();
            assert!(longer.contains(&format!("{one}  {line}\n{other}]")), "{longer}");
        }
        let table = |path: &str| format!("[[outline.headings]]\npath = \"{path}\"\ntitle = \"t\"\n\n");
        let tables = settings("[]").replace("headings = []", &format!("\n{}{}", table("I"), table("II")));
        let longer = new.add_to(&tables).unwrap();
        assert!(longer.contains("sectors = [\"water\"]\n\n[[outline.headings]]\npath = \"II\""), "{longer}");
    }

    #[test]
    fn a_department_is_added_after_the_others() {
        let longer =
            NewDepartment { id: "b", name: "B" }.add_to(&settings("[{ path = \"I\", title = \"t\" }]")).unwrap();
        assert!(longer.contains("name = \"A\"\n\n[[departments]]\nid = \"b\"\nname = \"B\"\n\n# the rest"), "{longer}");
    }
}
