//! Reading files and keeping note of what was read: paths in, bytes and hashes out.

mod bytes;

use crate::data::is_utf16;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::digest::sha256_hex;
use crate::source::{Place, Source, Span};
use crate::stop::begun;
use bytes::summed;
pub use bytes::{LARGEST_FILE, LARGEST_TABLE};
#[cfg(test)]
pub use bytes::{LARGEST_JSON, LARGEST_TEXT};
pub(super) use bytes::{first_lines, is_delimited, open, read, too_large};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

/// The files that a piece of work looked at, each with the SHA-256 of what was read (of a
/// folder: of the names in it), or `None` where there was nothing to read. What `watch` compares with later.
pub type Files = BTreeMap<PathBuf, Option<String>>;

/// What is noted in the place of a hash of a file behind a link that leads out of the folder in
/// which it must lie, and that was not read.
pub(super) const LEADS_OUT: &str = "it leads out";

/// The SHA-256 of a file that holds nothing.
#[cfg(feature = "watch")]
pub(crate) const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A file's bytes, noted. Only ordinary files are read: a pipe or a device could go on
/// for ever.
pub(super) fn read_noting(path: &Path, files: &mut Files) -> io::Result<Vec<u8>> {
    let bytes = read(path);
    let hash = bytes.as_ref().ok().map(|b| sha256_hex(b));
    files.insert(path.to_owned(), hash.or_else(|| names_hash(path)));
    bytes
}

/// The same of a large file, whose hash is left to be noted by [`summed_beside`].
pub(super) fn read_unsummed(path: &Path, files: &mut Files) -> io::Result<Vec<u8>> {
    let bytes = read(path);
    if bytes.is_err() {
        files.insert(path.to_owned(), names_hash(path));
    }
    bytes
}

/// Does some work on a file's bytes, and notes their hash, side by side if they are many.
pub(super) fn summed_beside<T>(
    path: &Path,
    bytes: &[u8],
    files: &mut Files,
    work: impl FnOnce() -> T,
) -> T {
    let (sum, done) = if bytes.len() < WORTH_A_THREAD {
        (sha256_hex(bytes), work())
    } else {
        thread::scope(|scope| {
            let sum = begun(scope, || sha256_hex(bytes));
            let done = work();
            (sum.join(), done)
        })
    };
    files.insert(path.to_owned(), Some(sum));
    done
}

/// Bytes whose hash is worth a thread of its own.
const WORTH_A_THREAD: usize = 1 << 20;

/// The names of what a folder holds, noted, so that a file that comes or goes is seen; why, where there is a
/// folder that cannot be listed.
pub(super) fn listed_noting(folder: &Path, files: &mut Files) -> io::Result<Vec<String>> {
    let listed = listed(folder);
    let sum = match &listed {
        Ok(names) => folder.is_dir().then(|| names_sum(names)),
        Err(_) => hash(folder),
    };
    files.insert(folder.to_owned(), sum);
    listed
}

fn names_sum(names: &[String]) -> String {
    sha256_hex(names.join("\n").as_bytes())
}

/// A folder's hash: that of the names in it; `None` if it is none.
fn names_hash(path: &Path) -> Option<String> {
    path.is_dir().then(|| names_sum(&names_in(path)))
}

/// The SHA-256 of an ordinary file, or of the names in a folder; `None` if there is
/// nothing to read.
pub(crate) fn hash(path: &Path) -> Option<String> {
    match summed(path) {
        Ok(sum) => Some(sum),
        Err(_) => names_hash(path),
    }
}

/// Puts a text in the place of another that was read before, unless somebody saved the file
/// meanwhile.
pub(super) fn exchange_text(
    path: &Path,
    before: &str,
    after: &str,
    prefix: &str,
) -> Result<(), Diagnostics> {
    let refused = |why: &str| -> Diagnostics {
        let name = shown(path);
        let place = Source::unread(name.as_str()).whole();
        let message = format!("`{name}` cannot be written: {why}");
        Diagnostic::new(Code::NotWritten, place, message).into()
    };
    match read(path) {
        Ok(now) if now == before.as_bytes() => {}
        Ok(_) => return Err(refused("somebody saved it meanwhile")),
        // What somebody deleted meanwhile stays deleted.
        Err(error) => return Err(refused(&reason(&error))),
    }
    // What a link points to is exchanged, and the link stays.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    super::disk::exchange(&path, after.as_bytes(), prefix).map_err(|error| refused(&reason(&error)))
}

/// A path as the reader should see it: from where they stand, with `/`.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let path = here
        .as_deref()
        .and_then(|here| path.strip_prefix(here).ok())
        .unwrap_or(path);
    let text = path.to_string_lossy();
    let text = text.strip_prefix("./").unwrap_or(&text);
    if std::path::MAIN_SEPARATOR == '\\' {
        text.replace('\\', "/")
    } else {
        text.to_owned()
    }
}

/// A script or template: its text, or a fault at its own place.
pub(super) fn read_text(path: &Path, files: &mut Files) -> Result<Source, Diagnostics> {
    let name = shown(path);
    let bytes = read_noting(path, files).map_err(|error| {
        let place = Source::unread(name.as_str()).whole();
        Diagnostics::from(not_read(place, &name, &error))
    })?;
    match std::str::from_utf8(&bytes) {
        // Letters with a nought beside each are UTF-8 too.
        Ok(text) if is_utf16(&bytes) => Err(utf16(&name, text).into()),
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => Err(not_utf8(&name, &bytes, error.valid_up_to()).into()),
    }
}

/// The same, where a link that leads out of the file's folder is a fault: what stands
/// elsewhere must not be shown in the picture of a fault.
pub(super) fn read_text_inside(path: &Path, files: &mut Files) -> Result<Source, Diagnostics> {
    if leaves_noting(&super::beside::parent(path), path, files) {
        return Err(unreadable(path, LINK));
    }
    read_text(path, files)
}

/// Why a link is not followed.
pub(super) const LINK: &str = "it is a link that leads out of its folder";

/// The file is there and cannot be read, or is not there at all.
pub(super) fn not_read(place: Place, name: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::NotFound {
        return Diagnostic::new(
            Code::FileNotFound,
            place,
            format!("there is no file `{name}`"),
        );
    }
    if error.kind() == io::ErrorKind::FileTooLarge {
        let script = [".rhai", ".j2", ".css"]
            .iter()
            .any(|end| name.ends_with(end));
        let (code, help) = match script {
            true => (
                Code::SourceTooLarge,
                "was another file saved under this name?",
            ),
            false => (
                Code::DataTooLarge,
                "keep the columns that the check needs, and the rows of one year",
            ),
        };
        let message = format!("`{name}` is not read: {}", reason(error));
        return Diagnostic::new(code, place, message).note(help);
    }
    Diagnostic::new(
        Code::FileNotRead,
        place,
        format!("`{name}` cannot be read: {}", reason(error)),
    )
}

/// A file or folder that was looked for by name and cannot be read, and why.
pub(super) fn unreadable(path: &Path, why: &str) -> Diagnostics {
    let name = shown(path);
    Diagnostic::new(
        Code::FileNotRead,
        Source::unread(name.as_str()).whole(),
        format!("`{name}` cannot be read: {why}"),
    )
    .into()
}

/// Why the system refused, in plain words, without its numbers.
/// Said where the system does not let us.
pub(super) const NO_PERMISSION: &str = "you have no permission, or another program holds it open";

pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => NO_PERMISSION.into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        io::ErrorKind::AlreadyExists => "a file of that name is in the way".into(),
        io::ErrorKind::NotADirectory => "part of its path is a file, not a folder".into(),
        io::ErrorKind::FileTooLarge if error.raw_os_error().is_some() => {
            "the system does not let a file grow so large".into()
        }
        io::ErrorKind::FileTooLarge => error.to_string(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

fn utf16(name: &str, text: &str) -> Diagnostic {
    let readable: String = text.chars().filter(|c| *c != '\0').take(200).collect();
    Diagnostic::new(
        Code::FileNotRead,
        Source::excerpt(name, 1, &readable).whole(),
        format!("`{name}` is saved as UTF-16"),
    )
    .label("every letter takes two bytes")
    .help("save it again with the encoding UTF-8")
}

fn not_utf8(name: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = bytes[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let text: String = String::from_utf8_lossy(&bytes[start..])
        .chars()
        .take_while(|c| *c != '\n')
        .take(200)
        .collect();
    let source = Source::excerpt(name, line, &text);
    // What was no UTF-8 became one character of its own.
    let wrong = Span::new(
        at - start,
        at - start + char::REPLACEMENT_CHARACTER.len_utf8(),
    );
    let place = if wrong.end <= text.len() {
        source.place(wrong)
    } else {
        source.whole()
    };
    Diagnostic::new(
        Code::FileNotRead,
        place,
        format!("`{name}` is not saved as UTF-8"),
    )
    .label("this cannot be read")
    .help("save it again with the encoding UTF-8")
}

/// The texts of a folder of templates, each with its path there, in order; `None` if there
/// is no such folder. A link that leads out of the folder is refused. The files are noted.
pub(super) fn template_sources(
    folder: &Path,
    files: &mut Files,
) -> Result<Option<Vec<(String, Source)>>, Diagnostics> {
    if folder.symlink_metadata().is_err() {
        return Ok(None);
    }
    let mut sources = Vec::new();
    let mut faults = Diagnostics::new();
    let (found, unlisted) = templates_in(folder);
    for (folder, error) in unlisted {
        files.insert(folder.clone(), hash(&folder));
        let name = shown(&folder);
        let place = Source::unread(name.as_str()).whole();
        let why = match error.kind() {
            io::ErrorKind::NotFound => "it is a link that leads nowhere".to_owned(),
            io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
            _ => reason(&error),
        };
        let message = format!("the folder `{name}` cannot be read: {why}");
        faults.push(Diagnostic::new(Code::FileNotRead, place, message).help(
            "put the folder right; or take it away, and the program's own templates are used",
        ));
    }
    let whole = folder.canonicalize();
    let leads_out = |path: &Path| whole.as_ref().is_ok_and(|whole| leads_out_of(whole, path));
    for path in found {
        if leads_out(&path) {
            files.insert(path.clone(), Some(sum_outside(&path)));
            let name = shown(&path);
            faults.push(
                Diagnostic::new(
                    Code::FileNotRead,
                    Source::unread(name.as_str()).whole(),
                    format!("`{name}` is a link that leads out of the templates folder"),
                )
                .help("put the template itself there"),
            );
            continue;
        }
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let inside: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        match read_text(&path, files) {
            Ok(source) => sources.push((inside.join("/"), source)),
            Err(fault) => faults.extend(fault),
        }
    }
    if faults.is_empty() {
        Ok(Some(sources))
    } else {
        Err(faults)
    }
}

/// The templates of a folder, of the folders in it and of those in them, and their style
/// sheet: what ends in `.j2`, or above all folders in `.css`, and is not hidden.
pub(crate) fn template_files(folder: &Path) -> Vec<PathBuf> {
    templates_in(folder).0
}

/// Folders that cannot be listed, each with why.
type Unlisted = Vec<(PathBuf, io::Error)>;

fn templates_in(folder: &Path) -> (Vec<PathBuf>, Unlisted) {
    let (mut found, mut unlisted) = (Vec::new(), Unlisted::new());
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let names = listed(&folder).unwrap_or_else(|error| {
            unlisted.push((folder.clone(), error));
            Vec::new()
        });
        for name in names.iter().filter(|name| !name.starts_with('.')) {
            let path = folder.join(name);
            if name.ends_with(".j2") || (depth == 0 && name.ends_with(".css")) {
                found.push(path);
            } else if depth < 2 && path.is_dir() {
                folders.push((path, depth + 1));
            }
        }
    }
    found.sort();
    (found, unlisted)
}

/// Whether a path, links followed, lies outside a folder.
pub(super) fn leaves(folder: &Path, path: &Path) -> bool {
    folder
        .canonicalize()
        .is_ok_and(|whole| leads_out_of(&whole, path))
}

/// The same; a file that lies outside is noted as such, so that it is seen when its link goes.
pub(super) fn leaves_noting(folder: &Path, path: &Path, files: &mut Files) -> bool {
    let leaves = leaves(folder, path);
    if leaves {
        files.insert(path.to_owned(), Some(sum_outside(path)));
    }
    leaves
}

/// What is noted of a path that leads out of its folder. A folder is looked at by the names in it,
/// wherever it lies: nothing else of it is ever read.
pub(super) fn sum_outside(path: &Path) -> String {
    names_hash(path).unwrap_or_else(|| LEADS_OUT.to_owned())
}

/// The same of a folder's path from the root without links.
fn leads_out_of(whole: &Path, path: &Path) -> bool {
    path.canonicalize()
        .is_ok_and(|path| !path.starts_with(whole))
}

/// The name of the file that this one says is open: `~$survey.xlsx` of Excel, and
/// `.~lock.survey.csv#` of LibreOffice.
pub(super) fn opened(name: &str) -> Option<&str> {
    name.strip_prefix("~$")
        .or_else(|| name.strip_prefix(".~lock.")?.strip_suffix('#'))
}

/// The names of what a folder holds, sorted; none if it cannot be listed.
pub(super) fn names_in(folder: &Path) -> Vec<String> {
    listed(folder).unwrap_or_default()
}

/// The same; none where there is no such folder, and why where there is one that cannot be listed.
pub(super) fn listed(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && !folder.is_symlink() => {
            return Ok(Vec::new());
        }
        entries => entries?,
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_is_gone_or_another_by_now_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("check.rhai");
        fs::write(&path, "somebody's").unwrap();
        assert!(exchange_text(&path, "before", "after", ".tmp").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's");
        fs::remove_file(&path).unwrap();
        assert!(exchange_text(&path, "before", "after", ".tmp").is_err());
        assert!(!path.exists(), "what somebody deleted stays deleted");
        fs::write(&path, "before").unwrap();
        exchange_text(&path, "before", "after", ".tmp").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
    }

    #[test]
    fn a_script_in_another_encoding_is_told_so_at_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("check.rhai");
        std::fs::write(&path, b"// one\n// caf\xe9\n").unwrap();
        let faults = read_text(&path, &mut Files::default()).unwrap_err();
        let fault = faults.iter().next().unwrap();
        assert_eq!(fault.code, Code::FileNotRead);
        assert_eq!(fault.place.line(), 2);
    }

    #[test]
    fn a_large_file_is_hashed_beside_the_work_on_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.csv");
        let bytes = vec![7; WORTH_A_THREAD + 1];
        std::fs::write(&path, &bytes).unwrap();
        let mut files = Files::default();
        assert!(read_unsummed(&path, &mut files).is_ok() && files.is_empty());
        assert_eq!(summed_beside(&path, &bytes, &mut files, || 7), 7);
        assert_eq!(files[&path], hash(&path));
    }

    #[test]
    fn a_file_that_is_not_there_is_noted_all_the_same() {
        let mut files = Files::default();
        let path = Path::new("no/such/file");
        assert!(read_noting(path, &mut files).is_err());
        assert_eq!(files.get(path), Some(&None));
    }

    #[cfg(unix)]
    #[test]
    fn a_template_that_is_a_link_out_of_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let templates = folder.path().join("templates");
        std::fs::create_dir(&templates).unwrap();
        std::fs::write(folder.path().join("secret"), "x").unwrap();
        std::os::unix::fs::symlink("../secret", templates.join("page.html.j2")).unwrap();
        let mut files = Files::default();
        assert!(template_sources(&templates, &mut files).is_err());
        let page = templates.join("page.html.j2");
        assert_eq!(files.get(&page), Some(&Some(LEADS_OUT.to_owned())));
    }
}
