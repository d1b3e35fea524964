//! Reports years of the reporting period that are written out in names of rows and columns, and in texts of the report.
//!
//! Input: the settings and the texts of the rules. Output: diagnostics at their lines. Not here: sentences, in which a
//! template refuses digits.
//!
//! Next year's workbooks write the next year, and the column would no longer be found.

use super::LintFile;
use crate::lua::tokens::LuaToken;
use tonghop_core::config::{Config, WrittenText};
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::message::{StaticMessage, static_message};
use tonghop_core::msg;

/// What a written-out year does next year.
const NOT_MATCHED: StaticMessage =
    static_message("sang năm tên này không còn khớp với biểu", "next year it will not match the workbooks");
const STILL_PRINTED: StaticMessage =
    static_message("sang năm báo cáo vẫn in năm này", "next year the report will still print it");

/// The tables of the settings with names of columns.
const TABLES: [&str; 3] = ["targets", "measures", "columns"];
/// Their keys that are not names of columns.
const OTHER_KEYS: [&str; 3] = ["id", "name", "unit"];
/// The texts of the settings that the report prints, by table and key.
const PRINTED: [(&str, &str); 3] = [("report", "subject"), ("report", "closing"), ("outline", "title")];

/// Reports the years in headings and printed texts of the settings.
pub(super) fn in_settings(config: &Config) -> Vec<Diagnostic> {
    let texts_of = |table: &&str| config.written_texts(table);
    let headings = TABLES.iter().flat_map(texts_of).filter(|found| !OTHER_KEYS.contains(&found.key.as_str()));
    let texts_at = |(table, key): &(&str, &str)| -> Vec<WrittenText> {
        texts_of(table).into_iter().filter(|found| found.key == *key).collect()
    };
    let texts = headings.map(|text| (text, NOT_MATCHED));
    let texts = texts.chain(PRINTED.iter().flat_map(texts_at).map(|text| (text, STILL_PRINTED)));
    texts
        .filter_map(|(WrittenText { text, line, .. }, effect)| {
            of_text(&text, config, (Config::place_of_line(line), effect))
        })
        .collect()
}

/// Reports the years in names of rows that a rule declares.
pub(super) fn in_rule(file: &LintFile<'_>, config: &Config) -> Vec<Diagnostic> {
    let names_of_rows = file.tokens.iter().filter_map(|token: &LuaToken| Some((token.text()?, token.line)));
    let of_period = names_of_rows.filter(|(text, _)| text.contains("năm ") && !text.contains("{="));
    of_period.filter_map(|(text, line)| of_text(text, config, (file.place(line), NOT_MATCHED))).collect()
}

fn of_text(text: &str, config: &Config, (place, effect): (Place, StaticMessage)) -> Option<Diagnostic> {
    let (year, last) = (config.period.year(), config.period.year_before().year());
    let (written, key) =
        [(year, "period.year"), (last, "period.last_year")].into_iter().find(|(year, _)| names_year(text, *year))?;
    let message = msg!(
        "\"{text}\" ghi cứng năm {written}; {effect}",
        "\"{text}\" contains the year {written}; {effect}",
        effect = Message::from(effect)
    );
    let better = text.replace(&written.to_string(), &format!("{{@{key}}}"));
    let hint = msg!("viết \"{better}\"", "write \"{better}\"");
    Some(Diagnostic::new(Code::YearFixed, place, message).with_hint(hint))
}

/// Returns whether a text names one year: 2024, not 2021-2025 and not 12/2024/NQ.
fn names_year(text: &str, year: u16) -> bool {
    let year = year.to_string();
    text.match_indices(&year).any(|(start, _)| {
        let before = text[..start].trim_end().chars().next_back();
        let after = text[start + year.len()..].trim_start().chars().next();
        let touches = text[..start].ends_with(|c: char| c.is_alphanumeric())
            || text[start + year.len()..].starts_with(|c: char| c.is_alphanumeric());
        let is_joined = |sign: Option<char>| sign.is_some_and(|sign| "-–—/".contains(sign));
        !touches && !is_joined(before) && !is_joined(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_year_is_found() {
        for (text, expected) in [
            ("Kế hoạch năm 2024", true),
            ("KH 2024", true),
            ("Kế hoạch 2021-2024", false),
            ("Giai đoạn 2024 – 2028", false),
            ("Nghị quyết 12/2024", false),
            ("Mã 12024", false),
            ("2024m", false),
            ("2024", true),
        ] {
            assert_eq!(names_year(text, 2024), expected, "{text}");
        }
    }
}
