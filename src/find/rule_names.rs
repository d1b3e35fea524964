//! Recognises rule files that would not run because of their names.
//!
//! Input: an entry of the folder of the rules. Output: the problem. Not here: what the file contains.

use std::path::Path;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::model::id::FilePath;
use tonghop_core::msg;

/// Reports a file such as `thue.lua.txt`, whose name an editor completed. A file without an intact one beside it is a
/// rule that is expected to run; else it is a copy.
pub(super) fn misnamed_rule(path: &Path, file: &FilePath, is_present: impl Fn(&Path) -> bool) -> Option<Diagnostic> {
    let name = path.file_name()?.to_str()?;
    let (meant, ending) = name.rsplit_once('.')?;
    let is_text = ending.eq_ignore_ascii_case("txt") && meant.to_lowercase().ends_with(".lua");
    if !is_text || is_present(&path.with_file_name(meant)) {
        return None;
    }
    let message = msg!(
        "tên tệp quy tắc thừa đuôi \".{ending}\" nên quy tắc không được chạy",
        "the name of the rule file ends in \".{ending}\", so the rule was not run"
    );
    let hint = msg!("đổi tên tệp thành {meant}", "rename the file to {meant}");
    Some(Diagnostic::new(Code::PluginBroken, Place::File(file.clone()), message).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_rule_with_a_completed_name_and_without_its_original_is_reported() {
        let report = |name: &str, is_present: bool| {
            misnamed_rule(&Path::new("plugins").join(name), &FilePath::new(name), |_| is_present).is_some()
        };
        for name in ["thue.lua.txt", "thue.LUA.TXT"] {
            assert!(report(name, false), "{name}");
            assert!(!report(name, true), "{name}");
        }
        for name in ["thue.txt", "thue.lua", "lua.txt", "thue.lua.bak", "thue.txt.lua"] {
            assert!(!report(name, false), "{name}");
        }
    }
}
