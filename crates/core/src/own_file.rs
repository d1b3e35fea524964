//! Opens the files that the program keeps for itself, such as locks and caches.
//!
//! Input: paths. Output: open files and folders. A link in the place of such a file is never followed: who put it there
//! would choose which file is written. Not here: outputs and workbooks, what is written.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a file with these options and does not follow a link in its place.
///
/// # Errors
/// Returns an error if the file cannot be opened or is a link.
pub fn open_without_links(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    do_not_follow(options);
    let file = options.open(path)?;
    // Windows opens the link itself, which must not be written either.
    if file.metadata()?.file_type().is_symlink() { Err(link_error()) } else { Ok(file) }
}

/// Creates a folder that only its owner can read, or makes an existing one such a folder.
///
/// On systems without permissions of this kind the folder has those of its parent.
///
/// # Errors
/// Returns an error if the folder cannot be created, belongs to another user or is a link.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    set_folder_mode(&mut builder);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        outcome => return outcome,
    }
    let there = fs::symlink_metadata(folder)?;
    if there.file_type().is_symlink() {
        return Err(link_error());
    }
    make_private(folder, &there)
}

/// Makes a file that these options create readable by its owner alone.
pub fn keep_private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, PRIVATE_FILE_MODE);
    options
}

fn link_error() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is a link")
}

/// Reading and writing for the owner, nothing for others.
#[cfg(unix)]
const PRIVATE_FILE_MODE: u32 = 0o600;
/// The same, with listing.
#[cfg(unix)]
const PRIVATE_FOLDER_MODE: u32 = 0o700;

#[cfg(unix)]
fn do_not_follow(options: &mut OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NOFOLLOW);
}

#[cfg(windows)]
fn do_not_follow(options: &mut OpenOptions) {
    /// `FILE_FLAG_OPEN_REPARSE_POINT`.
    const OPEN_LINK_ITSELF: u32 = 0x0020_0000;
    std::os::windows::fs::OpenOptionsExt::custom_flags(options, OPEN_LINK_ITSELF);
}

#[cfg(not(any(unix, windows)))]
fn do_not_follow(_: &mut OpenOptions) {}

#[cfg(unix)]
fn set_folder_mode(builder: &mut DirBuilder) {
    std::os::unix::fs::DirBuilderExt::mode(builder, PRIVATE_FOLDER_MODE);
}

#[cfg(not(unix))]
fn set_folder_mode(_: &mut DirBuilder) {}

#[cfg(unix)]
fn make_private(folder: &Path, there: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if there.permissions().mode() & 0o777 == PRIVATE_FOLDER_MODE {
        return Ok(());
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(PRIVATE_FOLDER_MODE))
}

#[cfg(not(unix))]
fn make_private(_: &Path, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("secret"), "x").unwrap();
        symlink(at("secret"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        fs::create_dir(at("other")).unwrap();
        symlink(at("other"), at("folder")).unwrap();
        for name in ["link", "dangling"] {
            assert!(
                open_without_links(&at(name), File::options().write(true).create(true).truncate(false)).is_err(),
                "{name}"
            );
        }
        assert!(create_private_folder(&at("folder")).is_err());
        assert_eq!(fs::read(at("secret")).unwrap(), b"x");
        assert!(!at("nowhere").exists());
        open_without_links(&at("secret"), File::options().write(true).create(true).truncate(false)).unwrap();
        assert_eq!(fs::read(at("secret")).unwrap(), b"x", "an existing file is not cut");
    }

    #[test]
    fn private_files_and_folders_are_for_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("old")).unwrap();
        fs::set_permissions(at("old"), fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["old", "new"] {
            create_private_folder(&at(name)).unwrap();
            assert_eq!(mode(&at(name)), 0o700, "{name}");
        }
        keep_private(File::options().write(true).create_new(true)).open(at("file")).unwrap();
        assert_eq!(mode(&at("file")), 0o600);
        fs::write(at("taken"), "").unwrap();
        assert!(create_private_folder(&at("taken/x")).is_err());
    }
}
