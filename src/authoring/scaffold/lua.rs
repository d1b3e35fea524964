//! Generates the text of a new rule file.
//!
//! Input: a proposal and the head of a sector. Output: Lua for an administrator to edit. Not here: running it.

use super::open_table::ProposedTable;
use super::proposal::SectorProposal;
use std::fmt::Write;
use tonghop_core::model::indicator::ParentRelation;
use tonghop_core::model::period::Period;

/// The head of the declaration of a sector.
pub(super) struct SectorHead<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub section: &'a str,
    pub department: &'a str,
}

/// The maximum number of indicators in the proposed sentences.
const MAX_INDICATORS: usize = 12;
/// The number of indicators per line.
const PER_LINE: usize = 3;

/// Returns the text of the rule file of a sector.
pub(super) fn render_sector(head: &SectorHead<'_>, proposal: &SectorProposal, period: Period) -> String {
    let mut text = format!("-- {}: sửa tên gọi, đơn vị tính, câu văn cho đúng rồi chạy tonghop test.\n", head.title);
    for message in &proposal.left_out {
        let _ = writeln!(text, "-- Chưa đưa vào: {}.", message.vietnamese().replace('\n', " "));
    }
    let _ =
        writeln!(text, "return sector {{\n  api = 1,\n  id = {},\n  title = {},", quoted(head.id), quoted(head.title));
    let _ = writeln!(text, "  section = {},\n  departments = {{ {} }},", quoted(head.section), quoted(head.department));
    write_list(&mut text, "targets", proposal.targets.iter().map(|id| id.as_str()));
    write_list(&mut text, "measures", proposal.measures.iter().map(|id| id.as_str()));
    if !proposal.indicators.is_empty() {
        text.push_str("\n  indicators = {\n");
        write_indicators(&mut text, proposal, None, period);
        text.push_str("  },\n");
    }
    write_tables(&mut text, proposal);
    if !proposal.topics.is_empty() {
        text.push_str("\n  narrative = {\n");
        for topic in &proposal.topics {
            let _ = writeln!(text, "    {} = {},", topic.key, quoted(&with_period_keys(&topic.label, period)));
        }
        text.push_str("  },\n");
    }
    write_shortfalls(&mut text, proposal);
    write_text(&mut text, proposal);
    text.push_str("}\n");
    text
}

fn write_list<'a>(text: &mut String, key: &str, names: impl Iterator<Item = &'a str>) {
    let names: Vec<String> = names.map(quoted).collect();
    if !names.is_empty() {
        let _ = writeln!(text, "  {key} = {{ {} }},", names.join(", "));
    }
}

/// Writes the indicators below `parent`, each with its children.
fn write_indicators(text: &mut String, proposal: &SectorProposal, parent: Option<usize>, period: Period) {
    let depth = std::iter::successors(parent, |at| proposal.indicators[*at].parent).count();
    let indent = "  ".repeat(2 + 2 * depth);
    let inherited = parent.map(|parent| &proposal.indicators[parent].unit);
    for (at, one) in proposal.children(parent) {
        let unit =
            Some(&one.unit).filter(|unit| Some(*unit) != inherited && (parent.is_some() || !unit.label.is_empty()));
        let unit = unit.map(|unit| format!(", unit = {}", quoted(&unit.label))).unwrap_or_default();
        let _ = write!(text, "{indent}{} = {{ {}{unit}", one.id, quoted(&with_period_keys(&one.label, period)));
        let places: Vec<String> =
            one.places.iter().map(|(place, _)| format!("{} = {}", place.id, quoted(&place.label))).collect();
        if !places.is_empty() {
            let _ = write!(text, ",\n{indent}  by = {{ {} }}", places.join(", "));
        }
        if let Some((_, below)) = proposal.children(Some(at)).next() {
            let key = if below.relation == ParentRelation::Part { "parts" } else { "of_which" };
            let _ = writeln!(text, ",\n{indent}  {key} = {{");
            write_indicators(text, proposal, Some(at), period);
            let _ = write!(text, "{indent}  }}");
        }
        text.push_str(" },\n");
    }
}

/// Writes the open tables: their columns of words and their unit.
fn write_tables(text: &mut String, proposal: &SectorProposal) {
    if proposal.tables.is_empty() {
        return;
    }
    text.push_str("\n  -- Bảng mở: mỗi dòng là một tên do đơn vị ghi; fields là các cột chữ.\n  records = {\n");
    for table in &proposal.tables {
        let fields: Vec<String> =
            table.fields.iter().map(|(name, heading)| format!("{name} = {}", quoted(heading))).collect();
        let unit = Some(&table.unit.label).filter(|label| !label.is_empty());
        let unit = unit.map(|label| format!(", unit = {}", quoted(label))).unwrap_or_default();
        let _ = writeln!(text, "    {} = {{ fields = {{ {} }}{unit} }},", table.name, fields.join(", "));
    }
    text.push_str("  },\n");
}

/// Writes the function `shortfalls`: indicators behind their target, and the difficulties of the department.
fn write_shortfalls(text: &mut String, proposal: &SectorProposal) {
    if proposal.targets.is_empty() && !proposal.difficulties {
        return;
    }
    text.push_str("\n  -- Tồn tại, hạn chế: đạt chưa đến 0.8 của nhịp độ, kèm nguyên nhân do đơn vị nêu.\n");
    text.push_str("  shortfalls = function(d, out)\n");
    if !proposal.targets.is_empty() {
        for table in &proposal.tables {
            let _ = writeln!(text, "    for r in d.{}:behind(0.8) do", table.name);
            text.push_str(
                "      out:shortfall { text = \"{r.label} đạt thấp[ (đạt {r.attainment} kế hoạch)].\", r = r }\n",
            );
            text.push_str("    end\n");
        }
    }
    if let Some(target) = proposal.targets.first().filter(|_| !proposal.indicators.is_empty()) {
        let sentence = format!("{{i.label}} đạt thấp[ (đạt {{i.attainment.{target}}} kế hoạch)].");
        text.push_str("    for i in d:behind(0.8) do\n");
        let _ =
            writeln!(text, "      out:shortfall {{ i, i = i, cause = d.causes[i.id], text = {} }}", quoted(&sentence));
        text.push_str("    end\n");
    }
    if proposal.difficulties {
        text.push_str("    for r in d:difficulties() do\n");
        text.push_str("      out:shortfall { text = \"{r.difficulty}\", r = r, cause = r.cause }\n    end\n");
    }
    text.push_str("  end,\n");
}

/// Writes the function `text`: the topics of the department, then the top-level indicators in one list.
fn write_text(text: &mut String, proposal: &SectorProposal) {
    text.push_str(
        "\n  -- {x} là số có nguồn; [ … ] được bỏ khi số bên trong chưa có; {@…} là khóa của tonghop.toml.\n",
    );
    text.push_str("  text = function(d, out)\n");
    let topics: Vec<String> = proposal.topics.iter().map(|topic| format!("[{{{}}}]", topic.key)).collect();
    if !topics.is_empty() {
        let _ = writeln!(text, "    out:paragraph({})", quoted(&topics.join(" ")));
    }
    proposal.tables.iter().for_each(|table| write_table_text(text, table));
    let names: Vec<&str> = proposal.children(None).take(MAX_INDICATORS).map(|(_, one)| one.id.as_str()).collect();
    if !names.is_empty() {
        let attainment = proposal.targets.first().map(|id| format!("[, đạt {{it.attainment.{id}}} kế hoạch]"));
        // Not every indicator has a relative change: a proportion changes in points.
        let sentence = format!("{{it.name}} {{it.reached}} {{it}}[, {{it.change}}]{}", attainment.unwrap_or_default());
        let rows: Vec<String> = names.iter().map(|id| format!("d.{id}")).collect();
        text.push_str("    out:paragraph(\"[Trong {@period.name}: {results}.]\", {\n");
        let _ = writeln!(
            text,
            "      results = list({{ {} }},\n        {}) }})",
            rows.chunks(PER_LINE).map(|row| row.join(", ")).collect::<Vec<_>>().join(",\n        "),
            quoted(&sentence)
        );
    }
    text.push_str("  end,\n");
}

/// Writes the sentence of an open table, and a table by its first field.
fn write_table_text(text: &mut String, table: &ProposedTable) {
    let ProposedTable { name, fields, .. } = table;
    let _ = writeln!(text, "    out:paragraph(\"[Có {{{name}.count}} dòng[, thực hiện {{{name}.actual}}].]\")");
    // A digit in fixed wording would have no source.
    let is_plain = |heading: &String| !heading.chars().any(char::is_numeric);
    let Some((field, heading)) = fields.iter().find(|(_, heading)| is_plain(heading)) else { return };
    let _ = writeln!(text, "    local {name}_theo_{field} = {{}}");
    let _ = writeln!(text, "    for _, group in d.{name}:by({}) do", quoted(field));
    let _ = writeln!(text, "      {name}_theo_{field}[#{name}_theo_{field} + 1] = {{ it = group }}\n    end");
    let _ = writeln!(text, "    out:table {{\n      title = {},", quoted(&format!("Tổng hợp theo: {heading}")));
    let _ = writeln!(text, "      columns = {{ {}, \"Số dòng\", \"Thực hiện\" }},", quoted(heading));
    let _ = writeln!(text, "      rows = {name}_theo_{field},");
    text.push_str("      cells = { \"{it.title}\", \"{it.count}\", \"{it.actual}\" },\n    }\n");
}

/// Replaces the period in a label by keys of the settings.
fn with_period_keys(label: &str, period: Period) -> String {
    let months = period.months();
    let replaced = [(period.year(), "{@period.year}"), (period.year_before().year(), "{@period.last_year}")];
    let words: Vec<&str> = label.split(' ').collect();
    let word = |(at, word): (usize, &&str)| {
        let is_months = *word == months.to_string() && words.get(at + 1) == Some(&"tháng");
        let year = replaced.iter().find(|(year, _)| *word == year.to_string()).map(|(_, key)| *key);
        if is_months { "{@period.months}".to_owned() } else { year.unwrap_or(word).to_owned() }
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_the_period() {
        let period = Period::first_months(2024, 9).unwrap();
        for (label, expected) in [
            ("Vốn ủy thác trong 9 tháng năm 2024", "Vốn ủy thác trong {@period.months} tháng năm {@period.year}"),
            ("Vốn năm 2023 sang năm 2024", "Vốn năm {@period.last_year} sang năm {@period.year}"),
            ("Đường 9 tổ 2", "Đường 9 tổ 2"),
        ] {
            assert_eq!(with_period_keys(label, period), expected);
        }
    }
}
