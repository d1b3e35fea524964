//! Adds lines to `tonghop.toml` and leaves everything else unchanged.
//!
//! Input: the text of the settings and the addition. Output: the longer text, but only if it means the same as before
//! plus the addition. Not here: files.

use tonghop_core::config::Config;

/// A heading of the outline for a new sector.
pub(super) struct NewHeading<'a> {
    /// The number of headings before it.
    pub position: usize,
    pub path: &'a str,
    pub title: &'a str,
    pub sector: &'a str,
}

/// A new reporting unit.
pub(super) struct NewDepartment<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

impl NewHeading<'_> {
    /// Returns the line to add to `outline.headings`.
    pub(super) fn line(&self) -> String {
        let Self { path, title, sector, .. } = self;
        format!("{{ path = {}, title = {}, sectors = [{}] }},", quoted(path), quoted(title), quoted(sector))
    }

    /// Returns the text with the heading at its place, in the style of the other headings.
    pub(super) fn add_to(&self, text: &str) -> Option<String> {
        let longer = if text.contains(HEADING_TABLE) { self.add_as_table(text) } else { self.add_to_list(text)? };
        has_one_more_entry(text, &longer, &["outline", "headings"], self.position).then_some(longer)
    }

    fn add_as_table(&self, text: &str) -> String {
        let Self { path, title, sector, .. } = self;
        let keys = format!("path = {}\ntitle = {}\nsectors = [{}]", quoted(path), quoted(title), quoted(sector));
        let next = text.match_indices(HEADING_TABLE).nth(self.position).map_or(text.len(), |(at, _)| at);
        let (above, below) = text.split_at(next);
        let gap = if below.is_empty() { "" } else { "\n" };
        format!("{}\n\n{HEADING_TABLE}\n{keys}\n{gap}{below}", above.trim_end())
    }

    fn add_to_list(&self, text: &str) -> Option<String> {
        let open = headings_bracket(text)?;
        let ends = entry_ends(&text[open..])?;
        let end = open + self.position.checked_sub(1).map_or(Some(&1), |last| ends.get(last))?;
        let rest_of_text = &text[end..];
        let comma = if self.position == 0 || rest_of_text.trim_start().starts_with(',') { "" } else { "," };
        // The rest of the line, a comma and a comment, belongs to the previous entry.
        let line = if ends.len() == self.position { entry_rest_len(rest_of_text) } else { rest_of_text.find('\n')? };
        let (rest, below) = rest_of_text.split_at(line);
        Some(format!(
            "{}{comma}{}\n  {}\n{}",
            &text[..end],
            rest.trim_end(),
            self.line(),
            below.trim_start_matches('\n')
        ))
    }
}

/// The header of a heading that is written as a table.
const HEADING_TABLE: &str = "[[outline.headings]]";

impl NewDepartment<'_> {
    /// Returns the lines to add.
    pub(super) fn lines(&self) -> String {
        format!("[[departments]]\nid = {}\nname = {}\n", quoted(self.id), quoted(self.name))
    }

    /// Returns the text with the department after the others.
    pub(super) fn add_to(&self, text: &str) -> Option<String> {
        let last = text.rfind("[[departments]]")?;
        let block = &text[last..];
        // Its keys end at the first empty line.
        let end = last + block.find("\n\n").map_or(block.len(), |at| at + 1);
        let gap = if text[..end].ends_with('\n') { "\n" } else { "\n\n" };
        let longer = format!("{}{gap}{}{}", &text[..end], self.lines(), &text[end..]);
        let before = text.matches("[[departments]]").count();
        has_one_more_entry(text, &longer, &["departments"], before).then_some(longer)
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Returns the position of the bracket that opens `headings = [` of the outline.
fn headings_bracket(text: &str) -> Option<usize> {
    let outline = text.find("[outline]")?;
    let start = outline + text[outline..].find("\nheadings")?;
    Some(start + text[start..].find('[')?)
}

/// Returns the length of the text between the last entry of a list and the closing bracket: a comma, comments.
fn entry_rest_len(text: &str) -> usize {
    let mut comment = false;
    let closes = |(_, sign): &(usize, char)| {
        comment = *sign == '#' || comment && *sign != '\n';
        *sign == ']' && !comment
    };
    text.char_indices().find(closes).map_or(text.len(), |(at, _)| at)
}

/// Returns the end of each entry `{ … }` of a list that starts at its bracket, ignoring quotes and comments.
fn entry_ends(list: &str) -> Option<Vec<usize>> {
    let (mut depth, mut quote, mut escaped, mut comment) = (0_u32, None, false, false);
    let mut ends = Vec::new();
    for (at, sign) in list.char_indices() {
        match (quote, sign) {
            _ if comment => comment = sign != '\n',
            (Some('"'), _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), sign) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(sign),
            (None, '#') => comment = true,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.checked_sub(1)?;
                match depth {
                    0 => return Some(ends),
                    1 => ends.push(at + 1),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns whether settings differ only by one more entry at this index of a list.
fn has_one_more_entry(text: &str, longer: &str, list: &[&str], place: usize) -> bool {
    let Ok(before) = toml::from_str::<toml::Table>(text) else { return false };
    let Ok(after) = toml::from_str::<toml::Table>(longer) else { return false };
    let mut after = toml::Value::Table(after);
    let entries = list.iter().try_fold(&mut after, |value, key| value.get_mut(*key));
    let Some(toml::Value::Array(entries)) = entries else { return false };
    if place >= entries.len() {
        return false;
    }
    entries.remove(place);
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
        assert!(HEADING.add_to(&tables).unwrap().ends_with("sectors = [\"water\"]\n"));
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
