//! The letterhead and the signature block, made from the settings.
//!
//! Input: the settings. Output: spans that carry the key of their setting. Not here: text of the sectors.

use tonghop_core::config::Config;
use tonghop_core::model::document::{Letterhead, SignatureBlock, Span};

/// Returns the letterhead. Number and date stay blank until they are set, as in drafts.
pub(super) fn letterhead(config: &Config) -> Letterhead {
    let organisation = &config.organisation;
    Letterhead {
        superior: setting_spans(&organisation.superior, "organisation.superior", config),
        issuer: setting_spans(&organisation.issuer, "organisation.issuer", config),
        number: number(config),
        place_and_date: place_and_date(config),
    }
}

/// Returns the signature block.
pub(super) fn signature(config: &Config) -> SignatureBlock {
    let lines = |lines: &[String], key: &str| lines.iter().map(|line| setting_spans(line, key, config)).collect();
    SignatureBlock {
        recipients: lines(&config.signature.recipients, "signature.recipients"),
        authority: lines(&config.signature.authority, "signature.authority"),
        name: setting_spans(&config.signature.name, "signature.name", config),
    }
}

fn number(config: &Config) -> Vec<Span> {
    let mut spans = vec![Span::Literal("Số: ".to_owned())];
    match config.report.number.as_str() {
        "" => spans.push(Span::Literal("…".to_owned())),
        number => spans.extend(setting_spans(number, "report.number", config)),
    }
    spans.push(Span::Literal("/".to_owned()));
    spans.extend(setting_spans(&config.organisation.symbol, "organisation.symbol", config));
    spans
}

/// Writes days below 10 and the months 1 and 2 with a leading zero, as Decree 30/2020 requires.
fn place_and_date(config: &Config) -> Vec<Span> {
    let mut spans = setting_spans(&config.organisation.place, "organisation.place", config);
    let date = config.report.date.as_ref().and_then(|d| d.date);
    let (day, month) = match date {
        Some(date) if date.month < 3 => (format!("{:02}", date.day), format!("{:02}", date.month)),
        Some(date) => (format!("{:02}", date.day), date.month.to_string()),
        None => ("…".to_owned(), "…".to_owned()),
    };
    let mut setting = |before: &str, words: String, key: &str| {
        spans.push(Span::Literal(before.to_owned()));
        spans.push(Span::Setting { text: words, key: key.to_owned() });
    };
    setting(", ngày ", day, "report.date");
    setting(" tháng ", month, "report.date");
    match date {
        Some(date) => setting(" năm ", date.year.to_string(), "report.date"),
        None => setting(" năm ", config.period.year().to_string(), "period.year"),
    }
    spans
}

/// Splits the text of a setting into spans. `{@key}` in it refers to another setting.
pub(super) fn setting_spans(words: &str, key: &str, config: &Config) -> Vec<Span> {
    let setting_span = |words: &str| Span::Setting { text: words.to_owned(), key: key.to_owned() };
    let mut spans = Vec::new();
    let mut rest = words;
    while let Some((before, tail)) = rest.split_once("{@") {
        let Some((inner_key, after)) = tail.split_once('}') else { break };
        let Some(value) = config.setting(inner_key) else { break };
        if !before.is_empty() {
            spans.push(setting_span(before));
        }
        spans.push(Span::Setting { text: value, key: inner_key.to_owned() });
        rest = after;
    }
    if !rest.is_empty() {
        spans.push(setting_span(rest));
    }
    spans
}
