//! Lines added to `tonghop.toml`, everything else of it untouched.
//!
//! In come the text of the settings and what to add; out goes the longer text, but only if it says exactly what it
//! said before and the addition. Never here: a file.

use crate::config::Config;

/// A heading of the outline for a new sector.
pub struct NewHeading<'a> {
    pub path: &'a str,
    pub title: &'a str,
    pub sector: &'a str,
}

/// A new reporting unit.
pub struct NewDepartment<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

impl NewHeading<'_> {
    /// Returns the line to add to `outline.headings`.
    pub fn line(&self) -> String {
        let Self { path, title, sector } = self;
        format!("{{ path = {}, title = {}, sectors = [{}] }},", quoted(path), quoted(title), quoted(sector))
    }

    /// Adds the heading behind all others, in the way in which they are written.
    pub fn added(&self, text: &str) -> Option<String> {
        let longer = if text.contains("[[outline.headings]]") { self.as_table(text) } else { self.in_list(text)? };
        is_longer_by(text, &longer, &["outline", "headings"]).then_some(longer)
    }

    fn as_table(&self, text: &str) -> String {
        let Self { path, title, sector } = self;
        let keys = format!("path = {}\ntitle = {}\nsectors = [{}]", quoted(path), quoted(title), quoted(sector));
        format!("{}\n\n[[outline.headings]]\n{keys}\n", text.trim_end())
    }

    fn in_list(&self, text: &str) -> Option<String> {
        let (last, end) = end_of_headings(text)?;
        let comma = if text[..last].ends_with([',', '[']) { "" } else { "," };
        let between = text[last..end].trim_end();
        Some(format!("{}{comma}{between}\n  {}\n{}", &text[..last], self.line(), &text[end..]))
    }
}

impl NewDepartment<'_> {
    /// Returns the lines to add.
    pub fn lines(&self) -> String {
        format!("[[departments]]\nid = {}\nname = {}\n", quoted(self.id), quoted(self.name))
    }

    /// Adds the department behind the others.
    pub fn added(&self, text: &str) -> Option<String> {
        let last = text.rfind("[[departments]]")?;
        let block = &text[last..];
        // Its keys go on to the first empty line.
        let end = last + block.find("\n\n").map_or(block.len(), |at| at + 1);
        let gap = if text[..end].ends_with('\n') { "\n" } else { "\n\n" };
        let longer = format!("{}{gap}{}{}", &text[..end], self.lines(), &text[end..]);
        is_longer_by(text, &longer, &["departments"]).then_some(longer)
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Finds where the last entry of `headings = [` of the outline ends, and the bracket that closes the list.
fn end_of_headings(text: &str) -> Option<(usize, usize)> {
    let outline = text.find("[outline]")?;
    let start = outline + text[outline..].find("\nheadings")?;
    let open = start + text[start..].find('[')?;
    closing(&text[open..]).map(|(last, at)| (open + last, open + at))
}

/// Finds the bracket that closes the first one of a text and where what stands in it ends, comments passed over.
fn closing(text: &str) -> Option<(usize, usize)> {
    let (mut depth, mut last, mut quote, mut escaped, mut comment) = (0_u32, 0, None, false, false);
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            _ if comment => {
                comment = sign != '\n';
                continue;
            }
            (Some('"'), _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), sign) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(sign),
            (None, '#') => {
                comment = true;
                continue;
            }
            (None, '[') => depth += 1,
            (None, ']') if depth == 1 => return Some((last, at)),
            (None, ']') => depth -= 1,
            _ => {}
        }
        if !sign.is_whitespace() {
            last = at + sign.len_utf8();
        }
    }
    None
}

/// Tells whether settings are what they were but for one more entry at the end of a list.
fn is_longer_by(text: &str, longer: &str, list: &[&str]) -> bool {
    let Ok(before) = toml::from_str::<toml::Table>(text) else { return false };
    let Ok(after) = toml::from_str::<toml::Table>(longer) else { return false };
    let mut after = toml::Value::Table(after);
    let entries = list.iter().try_fold(&mut after, |value, key| value.get_mut(*key));
    let Some(toml::Value::Array(entries)) = entries else { return false };
    entries.pop();
    toml::Value::Table(before) == after && Config::parse(longer).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::sample;

    const HEADING: NewHeading<'_> = NewHeading { path: "II", title: "Nước \"sạch\"", sector: "water" };

    fn settings(headings: &str) -> String {
        let department = "[[departments]]\nid = \"a\"\nname = \"A\"\n\n# the rest\n";
        sample("", &format!("\n{department}[outline]\nletters = [\"a\"]\nheadings = {headings}\n# end\n"))
    }

    #[test]
    fn a_heading_is_added_behind_the_others() {
        for headings in [
            "[{ path = \"I\", title = \"t ] # t\" }]",
            "[\n  { path = \"I\", title = \"t\" }, # ]\n]",
            "[\n  { path = \"I\", title = \"t\" } # ],\n]",
            "[\n  # none ]\n  { path = \"I\", title = 't]' },\n]",
        ] {
            let longer = HEADING.added(&settings(headings)).unwrap();
            let line = "title = 'Nước \"sạch\"', sectors = [\"water\"] },\n]\n# end";
            assert!(longer.contains(line), "{longer}");
        }
        let tables = settings("[]").replace("headings = []", "[[outline.headings]]\npath = \"I\"\ntitle = \"t\"");
        assert!(HEADING.added(&tables).unwrap().ends_with("sectors = [\"water\"]\n"));
        let inline = sample("outline = { letters = [], headings = [] }\ndepartments = []", "");
        assert_eq!(HEADING.added(&inline), None, "nothing is changed where it cannot be done safely");
    }

    #[test]
    fn a_department_is_added_behind_the_others() {
        let longer =
            NewDepartment { id: "b", name: "B" }.added(&settings("[{ path = \"I\", title = \"t\" }]")).unwrap();
        assert!(longer.contains("name = \"A\"\n\n[[departments]]\nid = \"b\"\nname = \"B\"\n\n# the rest"), "{longer}");
    }
}
