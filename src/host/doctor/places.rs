//! Folders and files: whether they can be written, how they are encoded, who else has them open,
//! whether anything reads them, and where they lie.

use super::super::beside::parent;
use super::super::earlier::EARLIER;
use super::super::files::{first_lines, is_delimited, names_in, opened, read, read_text, shown};
use super::super::mounts::far;
use super::super::{CouncilFolder, Destination, Files, Host};
use super::rehearsed::{self, Seen};
use super::{Chart, Weight};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How the names of folders begin whose files a program carries to other computers, and that
/// program.
const CARRIED: [(&str, &str); 8] = [
    ("OneDrive", "OneDrive"),
    ("Dropbox", "Dropbox"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"),
    ("iCloud", "iCloud"),
    // Of every program whose files iCloud carries; its own are `com~apple~CloudDocs`.
    ("com~apple~", "iCloud"),
    ("SharePoint", "SharePoint"),
    ("Box Sync", "Box"),
];

/// The folder in which a Mac has one for each such program: `GoogleDrive-a@b.gov.uk`, `Box-Box`.
const CARRIERS: &str = "CloudStorage";

pub(super) fn look(host: &Host, seen: &[Seen], to: &Destination, chart: &mut Chart) {
    let mut folders = vec![host.scripts().to_owned(), to.path().to_owned()];
    folders.extend(host.data_folder().map(Path::to_owned));
    if host.templates_folder().is_dir() {
        folders.push(host.templates_folder().to_owned());
    }
    for folder in &folders {
        where_it_lies(folder, chart);
    }
    writable(to.path(), chart);
    // Tests and libraries that nothing uses: a run does not read them.
    let councils: Vec<CouncilFolder> = seen.iter().map(|one| one.council.clone()).collect();
    for path in host.scripts_of(&councils, true) {
        if let Err(faults) = read_text(&path, &mut Files::default()) {
            rehearsed::faults(&faults, "healthcheck check", chart);
        }
    }
    for one in seen {
        data_of(host, one, chart);
    }
}

fn where_it_lies(folder: &Path, chart: &mut Chart) {
    if let Some((_, kind)) = far(&[Some(folder)]) {
        let advice = "nothing need be done: `watch` looks there twice a second; a copy on this computer is quicker";
        let what = format!("it lies on another computer ({kind}), which does not tell of changes");
        chart.note(Weight::Note, &shown(folder), what, advice);
    }
    let there = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if let Some(program) = carrier(&there) {
        let advice = "see that rows about people may be stored there, or keep them elsewhere and name the folder: --data DIR";
        let what = format!("{program} carries what lies here to other computers");
        chart.note(Weight::Warning, &shown(folder), what, advice);
    }
}

/// The program that carries what lies in a folder to other computers.
fn carrier(there: &Path) -> Option<String> {
    let parts: Vec<_> = there.iter().map(|part| part.to_string_lossy()).collect();
    let known = |part: &str| {
        let (_, program) = CARRIED.iter().find(|(begin, _)| part.starts_with(begin))?;
        Some((*program).to_owned())
    };
    let named = parts.iter().find_map(|part| known(part));
    let of_a_mac = || {
        let above = parts.iter().position(|part| part == CARRIERS)?;
        let own = parts.get(above + 1)?;
        let (program, _) = own.split_once('-').unwrap_or((own, ""));
        Some(program.to_owned())
    };
    named.or_else(of_a_mac)
}

/// Whether pages can be put there, or the folder made.
fn writable(folder: &Path, chart: &mut Chart) {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let there = whole.ancestors().find(|path| path.exists());
    let Some(there) = there else {
        return;
    };
    if !there.is_dir() {
        let advice = "name another folder to publish in: --out FOLDER";
        chart.note(
            Weight::Stops,
            &shown(there),
            "it is a file, not a folder",
            advice,
        );
        return;
    }
    if !may_write(there) {
        let advice = "ask for the right to write there, or name another folder: --out FOLDER";
        chart.note(
            Weight::Stops,
            &shown(there),
            "you may not write there",
            advice,
        );
    }
    if let Some(room) = room(there) {
        cramped(there, &room, chart);
    }
}

/// What a disk has left for this user.
pub(super) struct Room {
    pub(super) bytes: u64,
    pub(super) files: u64,
}

/// Less than this is told. A council's publication takes about two megabytes and sixty files, and
/// while it is put in place the last one stands beside it.
const FEW_BYTES: u64 = 200 << 20;
const FEW_FILES: u64 = 10_000;
/// With less than this not one council is published.
const NO_BYTES: u64 = 2 << 20;
const NO_FILES: u64 = 60;

pub(super) fn cramped(folder: &Path, room: &Room, chart: &mut Chart) {
    let what = if room.bytes < FEW_BYTES {
        format!("the disk has {} MB left", room.bytes >> 20)
    } else if room.files < FEW_FILES {
        format!("the disk has room for {} more files", room.files)
    } else {
        return;
    };
    let advice = "make room there, or name a folder on another disk: --out FOLDER; what does not fit is not published, and what was published stays";
    let weight = match room.bytes < NO_BYTES || room.files < NO_FILES {
        true => Weight::Stops,
        false => Weight::Warning,
    };
    chart.note(weight, &shown(folder), what, advice);
}

#[cfg(unix)]
fn room(folder: &Path) -> Option<Room> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(Room {
        bytes: disk.f_bavail.saturating_mul(disk.f_frsize),
        // Some systems make room for files as they come, and say that they have none at all.
        files: if disk.f_files == 0 {
            u64::MAX
        } else {
            disk.f_favail
        },
    })
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<Room> {
    None
}

#[cfg(unix)]
fn may_write(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn may_write(folder: &Path) -> bool {
    std::fs::metadata(folder).is_ok_and(|meta| !meta.permissions().readonly())
}

/// A council's data files: in the folder where they are looked for, and beside its script.
fn data_of(host: &Host, seen: &Seen, chart: &mut Chart) {
    let own = parent(&seen.council.script);
    let root = host.data_root_of(&own);
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let read = seen.files.as_ref();
    let read: Option<BTreeSet<PathBuf>> = read.map(|files| files.keys().map(whole).collect());
    let in_vain = (
        "no card names it, so it is not read",
        "if the check needs it, name it in a `table` card; if not, keep it elsewhere",
    );
    data(&root, 0, read.as_ref(), in_vain, chart);
    if root != own {
        let place = shown(&root);
        let what = format!("it is not read: data files are looked for in {place}");
        let advice = "put it there, or leave --data out; of two copies take one away";
        data(&own, 0, read.as_ref(), (&what, advice), chart);
    }
}

/// The data files of a folder and of those in it. `read` are those that a run reads, if it comes
/// to that, and `in_vain` is what is told of the others, with what to do.
fn data(
    folder: &Path,
    depth: usize,
    read: Option<&BTreeSet<PathBuf>>,
    in_vain: (&str, &str),
    chart: &mut Chart,
) {
    let names = names_in(folder);
    for name in &names {
        let path = folder.join(name);
        if let Some(open) = opened(name) {
            if names.iter().any(|known| known == open) {
                let advice =
                    "save and close it there before you run; what is not saved is not read";
                let what = "somebody has it open in a spreadsheet";
                chart.note(Weight::Warning, &shown(&folder.join(open)), what, advice);
            }
        } else if name.starts_with('.') || name.ends_with(".rhai") || name == EARLIER {
        } else if path.is_dir() {
            if depth < 2 {
                data(&path, depth + 1, read, in_vain, chart);
            }
        } else if is_data(name) {
            let whole = path.canonicalize();
            let is_read = |read: &BTreeSet<PathBuf>| {
                read.contains(&path) || whole.as_ref().is_ok_and(|whole| read.contains(whole))
            };
            match read.is_none_or(is_read) {
                true => encoding(&path, chart),
                // A note of somebody's own is no export that was forgotten.
                false if name.ends_with(".txt") => {}
                false => chart.note(Weight::Note, &shown(&path), in_vain.0, in_vain.1),
            }
        }
    }
}

fn is_data(name: &str) -> bool {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let end = end.to_lowercase();
    ["csv", "tsv", "txt", "json", "xlsx", "xlsm", "xls", "ods"].contains(&end.as_str())
}

/// Bytes of a large file by which its encoding is told.
const ENOUGH: usize = 1 << 20;

/// How a file of text is encoded where that is not plain. What cannot be read a run tells.
fn encoding(path: &Path, chart: &mut Chart) {
    let is_text = is_delimited(path) || path.extension().is_some_and(|end| end == "json");
    let bytes = match first_lines(path, ENOUGH) {
        Ok(Some((bytes, _))) if is_text => bytes,
        Ok(None) if is_text => read(path).unwrap_or_default(),
        _ => return,
    };
    let encoding = match &bytes[..] {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        bytes if std::str::from_utf8(bytes).is_ok() => return,
        _ => "Windows-1252, the usual encoding where it is not UTF-8",
    };
    let advice =
        "look at a name with an accent or a £ on the page; to be sure, save it as CSV UTF-8";
    let what = format!("it is read as {encoding}");
    chart.note(Weight::Note, &shown(path), what, advice);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_a_program_carries_elsewhere_is_known_on_every_system() {
        for (folder, program) in [
            (
                "/mnt/c/Users/a/OneDrive - Eastmere Council/checks",
                "OneDrive",
            ),
            ("/home/a/Dropbox/checks", "Dropbox"),
            ("/home/a/Google Drive/checks", "Google Drive"),
            (
                "/Users/a/Library/CloudStorage/OneDrive-EastmereCouncil/checks",
                "OneDrive",
            ),
            (
                "/Users/a/Library/CloudStorage/GoogleDrive-a@b.gov.uk/My Drive",
                "Google Drive",
            ),
            ("/Users/a/Library/CloudStorage/Dropbox/checks", "Dropbox"),
            ("/Users/a/Library/CloudStorage/Dropbox-Eastmere", "Dropbox"),
            ("/Users/a/Library/CloudStorage/Box-Box/checks", "Box"),
            (
                "/Users/a/Library/CloudStorage/Egnyte-eastmere/Shared",
                "Egnyte",
            ),
            (
                "/Users/a/Library/Mobile Documents/com~apple~CloudDocs/checks",
                "iCloud",
            ),
            (
                "/Users/a/Library/Mobile Documents/com~apple~Numbers/Documents",
                "iCloud",
            ),
            (
                "/Users/a/Library/Mobile Documents/iCloud~md~notes/Documents",
                "iCloud",
            ),
        ] {
            assert_eq!(
                carrier(Path::new(folder)).as_deref(),
                Some(program),
                "{folder}"
            );
        }
        for folder in [
            "/home/a/checks",
            "/home/a/Box-files/checks",
            "/home/a/Mobile Documents/checks",
            "/Users/a/Library/CloudStorage",
        ] {
            assert_eq!(carrier(Path::new(folder)), None, "{folder}");
        }
    }
}
