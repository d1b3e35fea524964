//! Reports the values of `[settings]` that no rule reads.
//!
//! Input: the settings and the tokens of the rules. Output: diagnostics. Not here: names that do not exist, which fail
//! when the rule runs.

use super::LintFile;
use crate::host::settings::SETTINGS;
use crate::lua::tokens::{LuaToken, TokenKind};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::msg;

/// Reports the values that neither a rule nor a text of the settings uses.
pub(super) fn unused_values(files: &[LintFile<'_>], config: &Config) -> Vec<Diagnostic> {
    let texts = [config.report.subject.as_str(), config.report.closing.as_deref().unwrap_or_default()];
    let headings = config.outline.headings.iter().map(|heading| heading.title.as_str());
    let printed: Vec<&str> = texts.into_iter().chain(headings).collect();
    let is_used = |name: &String| {
        let key = format!("@{SETTINGS}.{name}");
        printed.iter().any(|text| text.contains(&key)) || files.iter().any(|file| mentions(&file.tokens, name, &key))
    };
    config.settings.keys().filter(|name| !is_used(name)).map(|name| unused(name)).collect()
}

/// Returns whether code reads `settings.name`, or reads settings by a computed name, or a template prints it.
fn mentions(tokens: &[LuaToken], name: &str, key: &str) -> bool {
    let reads = |window: &[LuaToken; 3]| {
        window[0].name() == Some(SETTINGS)
            && (window[1].is_sign('.') && window[2].name() == Some(name)
                || window[1].is_sign('[') && window[2].text().is_none_or(|text| text == name))
    };
    let prints = |token: &LuaToken| match &token.kind {
        TokenKind::Text(text) | TokenKind::Other(text) => text.contains(key),
        _ => false,
    };
    tokens.array_windows().any(reads) || tokens.iter().any(prints)
}

fn unused(name: &str) -> Diagnostic {
    let message =
        msg!("settings.{name}: không quy tắc nào dùng giá trị này", "settings.{name}: no rule uses this value");
    let hint = Message::new(
        "kiểm tra chính tả của tên trong quy tắc; không cần nữa thì xóa khỏi [settings]",
        "check the spelling of the name in the rules; if it is not needed, remove it from [settings]",
    );
    Diagnostic::new(Code::SettingUnused, Place::Project, message).with_hint(hint)
}
