//! Folders and files: whether they can be read and written, how they are encoded, who else
//! has them open, and where they lie.

use super::super::files::{names_in, read, read_text, reason, shown, template_files};
use super::super::mounts::far;
use super::super::{CouncilFolder, Destination, Files, Host};
use super::{Chart, Weight};
use std::path::Path;

/// Programs that carry a folder's files to other computers, by the folders they make.
const CARRIED: [&str; 5] = [
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "iCloud",
    "SharePoint",
];

pub(super) fn look(host: &Host, councils: &[CouncilFolder], to: &Destination, chart: &mut Chart) {
    let mut folders = vec![host.scripts().to_owned(), to.path().to_owned()];
    folders.extend(host.data_folder().map(Path::to_owned));
    if host.templates_folder().is_dir() {
        folders.push(host.templates_folder().to_owned());
    }
    for folder in &folders {
        where_it_lies(folder, chart);
    }
    writable(to.path(), chart);
    let mut texts = host.scripts_of(councils, true);
    // A council's folder may be closed to us: then its script is all that we know of it.
    let own = councils.iter().map(|council| council.script.clone());
    let closed: Vec<_> = own.filter(|script| !texts.contains(script)).collect();
    texts.extend(closed);
    texts.extend(template_files(host.templates_folder()));
    for path in texts {
        if let Err(faults) = read_text(&path, &mut Files::default())
            && let Some(fault) = faults.iter().next()
        {
            let advice = fault.help.as_deref();
            let advice = advice.unwrap_or("ask whoever owns it for the right to read it");
            chart.note(Weight::Stops, &shown(&path), fault.message.clone(), advice);
        }
    }
    for council in councils {
        let own = council.script.parent().map(Path::to_owned);
        let brought = host.data_folder().map(|data| data.join(&council.id));
        for folder in own.into_iter().chain(brought) {
            data(&folder, 0, chart);
        }
    }
}

fn where_it_lies(folder: &Path, chart: &mut Chart) {
    if let Some((_, kind)) = far(&[Some(folder)]) {
        let advice = "nothing need be done: `watch` looks there twice a second; a copy on this computer is quicker";
        let what = format!("it lies on another computer ({kind}), which does not tell of changes");
        chart.note(Weight::Note, &shown(folder), what, advice);
    }
    let there = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let carried = there.iter().find_map(|part| {
        let part = part.to_string_lossy();
        CARRIED.into_iter().find(|name| part.starts_with(name))
    });
    if let Some(program) = carried {
        let advice = "see that rows about people may be stored there, or keep them elsewhere and name the folder: --data DIR";
        let what = format!("{program} carries what lies here to other computers");
        chart.note(Weight::Warning, &shown(folder), what, advice);
    }
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

pub(super) fn cramped(folder: &Path, room: &Room, chart: &mut Chart) {
    let what = if room.bytes < FEW_BYTES {
        format!("the disk has {} MB left", room.bytes >> 20)
    } else if room.files < FEW_FILES {
        format!("the disk has room for {} more files", room.files)
    } else {
        return;
    };
    let advice = "make room there, or name a folder on another disk: --out FOLDER; what does not fit is not published, and what was published stays";
    chart.note(Weight::Warning, &shown(folder), what, advice);
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

/// The data files of a folder and of those in it.
fn data(folder: &Path, depth: usize, chart: &mut Chart) {
    let names = names_in(folder);
    for name in &names {
        let path = folder.join(name);
        if let Some(open) = opened(name) {
            let there = names.iter().find(|known| known.ends_with(open));
            if let Some(file) = there {
                let advice =
                    "save and close it there before you run; what is not saved is not read";
                let what = "somebody has it open in a spreadsheet";
                chart.note(Weight::Warning, &shown(&folder.join(file)), what, advice);
            }
        } else if name.starts_with('.') || name.ends_with(".rhai") {
        } else if path.is_dir() {
            if depth < 2 {
                data(&path, depth + 1, chart);
            }
        } else if is_data(name) {
            file(&path, chart);
        }
    }
}

/// The end of the name of the file that this one says is open: `~$survey.xlsx` of Excel,
/// which leaves out the first letters of a long name, and `.~lock.survey.csv#`.
fn opened(name: &str) -> Option<&str> {
    name.strip_prefix("~$")
        .or_else(|| name.strip_prefix(".~lock.")?.strip_suffix('#'))
}

fn is_data(name: &str) -> bool {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let end = end.to_lowercase();
    ["csv", "tsv", "txt", "json", "xlsx", "xls", "ods"].contains(&end.as_str())
}

fn file(path: &Path, chart: &mut Chart) {
    let place = shown(path);
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let what = format!("it cannot be read: {}", reason(&error));
            let advice = "close programs that have it open, or ask for the right to read it";
            chart.note(Weight::Stops, &place, what, advice);
            return;
        }
    };
    if bytes.is_empty() {
        let advice = "export or save it again";
        chart.note(Weight::Warning, &place, "there is nothing in it", advice);
    }
    let is_text = [".csv", ".tsv", ".txt", ".json"];
    if !is_text
        .iter()
        .any(|end| place.to_lowercase().ends_with(end))
    {
        return;
    }
    let encoding = match &bytes[..] {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        bytes if std::str::from_utf8(bytes).is_ok() => return,
        _ => "Windows-1252, the usual encoding where it is not UTF-8",
    };
    let advice =
        "look at a name with an accent or a £ on the page; to be sure, save it as CSV UTF-8";
    chart.note(
        Weight::Note,
        &place,
        format!("it is read as {encoding}"),
        advice,
    );
}
