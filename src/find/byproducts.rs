//! Recognises files that systems and applications leave next to the user's files.
//!
//! Input: a file name. Output: whether it is a by-product. Not here: the content of files, links.
//!
//! A department's workbook must not be dropped silently. So a name is listed here only if no user would give it to a
//! file that matters; in doubt the file is treated as a user's file and reported if it cannot be read.

/// Files that operating systems create in folders.
const SYSTEM_FILES: [&str; 5] = ["thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r"];

/// Folders that operating systems and network drives create in shares.
const SYSTEM_FOLDERS: [&str; 7] =
    ["$recycle.bin", "system volume information", "lost+found", "#recycle", "@recycle", "@eadir", "__macosx"];

/// The file extensions of temporary files, unfinished downloads, backups and shortcuts.
const EXTENSIONS: [&str; 10] =
    ["tmp", "crdownload", "part", "partial", "download", "filepart", "asd", "wbk", "xlk", "lnk"];

/// Returns whether an entry with this name is a by-product; `is_file` is false for folders and links. Case is ignored.
pub(super) fn is_byproduct(name: &str, is_file: bool) -> bool {
    let name = name.to_lowercase();
    // Hidden on most systems: tool folders, locks of LibreOffice and editors, files that macOS adds.
    if name.starts_with('.') {
        return true;
    }
    // A user may give a folder, or a link to one, a name that looks like a temporary file: a date, `Quý III.part`.
    if !is_file {
        return SYSTEM_FOLDERS.contains(&name.as_str());
    }
    SYSTEM_FILES.contains(&name.as_str())
        || EXTENSIONS.contains(&extension(&name))
        || is_lock_or_copy(&name)
        || is_excel_temporary(&name)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Returns whether this is an Office lock file or an editor's backup copy.
fn is_lock_or_copy(name: &str) -> bool {
    let between_marks = |mark: char| name.len() > 1 && name.starts_with(mark) && name.ends_with(mark);
    name.starts_with("~$") || name.ends_with('~') || between_marks('#')
}

/// Returns whether Excel writes this file while saving: eight hexadecimal digits, or on macOS the file name followed by
/// `.sb-`, eight hexadecimal digits, `-` and six letters or digits. Eight decimal digits may be a date instead.
fn is_excel_temporary(name: &str) -> bool {
    let is_hex = |digits: &str| digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let is_alphanumeric = |letters: &str| letters.len() == 6 && letters.bytes().all(|c| c.is_ascii_alphanumeric());
    let on_macos = || {
        let (digits, letters) = extension(name).strip_prefix("sb-")?.split_once('-')?;
        Some(is_hex(digits) && is_alphanumeric(letters))
    };
    let is_number = name.bytes().all(|digit| digit.is_ascii_digit());
    (is_hex(name) && !is_number) || on_macos().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: bool = true;

    #[test]
    fn by_products_are_recognised() {
        for name in [
            "Thumbs.db",
            "THUMBS.DB",
            "thumbs.db",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            "Desktop.ini",
            "Icon\r",
            ".DS_Store",
            "._Biểu.xlsx",
            "~$Biểu.xlsx",
            "~$eu.docx",
            ".~lock.Biểu.xlsx#",
            "A1B2C3D4",
            "5e2b1000",
            "DEADBEEF",
            "Biểu.xlsx.sb-8f3a2b1c-AbC1eF",
            "A1B2C3D4.tmp",
            "~WRL0001.tmp",
            "~DFA1B2.TMP",
            "lu1234abcd.tmp",
            "Biểu.xlsx.tmp",
            "Biểu.xlsx.crdownload",
            "Unconfirmed 12345.crdownload",
            "Biểu.xlsx.part",
            "Biểu.xlsx.a1b2c3.partial",
            "Biểu.xlsx.download",
            "Biểu.XLSX.FilePart",
            "AutoRecovery save of Báo cáo.asd",
            "Backup of Báo cáo.wbk",
            "Backup of Biểu.xlk",
            "Biểu.xlsx~",
            "#Biểu.xlsx#",
            "#quy-tac.lua#",
            "Biểu.xlsx.lnk",
            "Biểu - Shortcut.LNK",
        ] {
            assert!(is_byproduct(name, FILE), "{name}");
        }
        for name in
            [".git", ".Trash-1000", "$RECYCLE.BIN", "System Volume Information", "#recycle", "@eaDir", "__MACOSX"]
        {
            assert!(is_byproduct(name, !FILE), "{name}");
        }
    }

    #[test]
    fn user_files_are_not_by_products() {
        for name in [
            "Thumbs.xlsx",
            "Thumbs.db.xlsx",
            "thumbs",
            "desktop.xlsx",
            "A1B2C3D4.xlsx",
            "deadbeef.xlsx",
            "20240930",
            "A1B2C3D",
            "A1B2C3D45",
            "A1B2C3G4",
            "tmp.xlsx",
            "tmp",
            "part",
            "lnk",
            "Biểu.tmp.xlsx",
            "báo cáo.part.xlsx",
            "Biểu.download.ods",
            "Biểu.sb-8f3a2b1c-AbC1eF.xlsx",
            "Biểu.sb-quý-3",
            "~Biểu.xlsx",
            "Biểu~.xlsx",
            "$Biểu.xlsx",
            "#1 Biểu.xlsx",
            "#",
            "$RECYCLE.BIN.xlsx",
            "Báo cáo.docx",
            "Biểu.pdf",
            "Biểu.zip",
            "Ảnh.jpg",
            "Biểu.bak",
            "Biểu.url",
        ] {
            assert!(!is_byproduct(name, FILE), "{name}");
        }
        for name in
            ["20240930", "A1B2C3D4", "Quý III.part", "x.tmp", "desktop.ini", "~$Biểu", "Biểu cũ~", "#1#", "RECYCLE"]
        {
            assert!(!is_byproduct(name, !FILE), "{name}");
        }
    }
}
