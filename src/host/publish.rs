//! Putting a publication in place, all of it or none: pages in, a folder out.
//!
//! Everything is made before anything is written, and written to a folder of its own
//! beside the last publication. All of it is sure to last before it takes its place. Then the
//! two are exchanged in one step, where the system has one, else by two renames. A crash leaves folders whose names begin with a dot; the
//! next run clears them away, or puts the last publication back if it was caught between
//! the two renames. Each step on the disk is one of `disk`'s.

use super::disk::{self, Written};
use super::earlier::{self, Before};
use super::files::{self, names_in, reason, shown};
use super::lock::{Busy, Lock, Quiet};
use super::past::Past;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::inside;
use crate::publication::Publication;
use crate::report::{self, Page, Templates};
use crate::source::Source;
use crate::verify::Manifest;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

/// The page to open, in a council's folder and above all of them.
pub(super) const PAGE: &str = "index.html";
/// The figures: also the sign that a folder is a publication.
pub(super) const RESULTS: &str = "results.json";
/// How the name of a page begins that is not yet in its place above the councils.
const PART_OF_INDEX: &str = ".healthcheck.page-";
/// How the name of a folder begins that holds a publication on its way in or out: with
/// our own name, so that nobody else's hidden folder is taken for one.
const ON_THE_WAY: &str = ".healthcheck-";

/// Where to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    folder: PathBuf,
}

impl Destination {
    /// A folder, which holds a folder for each council. It is made if it is not there.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self {
            folder: path.into(),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// The page of a council that is published here, if it is.
    pub fn page(&self, council: &str) -> Option<PathBuf> {
        let page = self.folder.join(council).join(PAGE);
        page.is_file().then_some(page)
    }

    /// Waits until nobody publishes here, for a minute at most; while what it gives lives, nobody does.
    /// `None` where there is no such folder, or where somebody does for longer.
    pub fn quiet(&self) -> Option<Quiet> {
        Quiet::of(&self.folder)
    }

    /// Waits until nobody else publishes here, or until `stop` is true.
    pub(super) fn lock(&self, stop: Option<&AtomicBool>) -> Result<Lock, Diagnostics> {
        Lock::of(&self.folder, stop).map_err(|Busy| {
            let why = "another run is publishing there, and has not come to its end for a minute";
            Failure::because(&self.folder, why)
                .help("wait for it, or end it, and run again")
                .diagnostic()
                .into()
        })
    }

    /// Clears away what a crash left behind, and puts back what it took away. Only while
    /// nothing is being published here; unless we are known to be `alone`, what is young is
    /// left to whoever may be writing it.
    pub(super) fn mend(&self, alone: bool) {
        for name in names_in(&self.folder) {
            let path = self.folder.join(&name);
            let left = name.strip_prefix(ON_THE_WAY);
            let part_of_page = name.starts_with(PART_OF_INDEX);
            if part_of_page && (alone || is_old(&path)) {
                let _ = disk::remove_file(&path);
            } else if let Some(council) = left.and_then(|name| name.strip_suffix(".old")) {
                self.mend_council(council);
            } else if left.is_some_and(|name| name.ends_with(".new")) && (alone || is_old(&path)) {
                let _ = disk::remove_folder(&path);
            }
        }
    }

    /// The same for one council. An error here shows itself when the council is written.
    fn mend_council(&self, council: &str) {
        let home = self.folder.join(council);
        let old = self.old(council);
        if home.exists() {
            let _ = disk::remove_folder(&old);
        } else if old.exists() {
            let _ = disk::rename(&old, &home);
        }
        let _ = disk::remove_folder(&self.fresh(council));
    }

    /// The folder of a council's publication.
    fn home(&self, council: &str) -> Result<PathBuf, Failure> {
        let home = self.folder.join(council);
        if !inside::is_name(council) {
            return Err(Failure::because(&home, "its name is not a folder's name"));
        }
        if self.folder.symlink_metadata().is_ok() && !self.folder.is_dir() {
            return Err(Failure::because(&self.folder, "it is not a folder")
                .help("move it away, or publish in another folder: --out FOLDER"));
        }
        Ok(home)
    }

    /// Where a publication is written: no other program writes there.
    fn fresh(&self, council: &str) -> PathBuf {
        let own = std::process::id();
        self.folder.join(format!("{ON_THE_WAY}{council}.{own}.new"))
    }

    /// Where the last one waits while the new one takes its place.
    fn old(&self, council: &str) -> PathBuf {
        self.folder.join(format!("{ON_THE_WAY}{council}.old"))
    }
}

/// Whether a file or folder has lain there for an hour.
fn is_old(path: &Path) -> bool {
    let modified = path.symlink_metadata().and_then(|meta| meta.modified());
    let age = modified.map(|then| SystemTime::now().duration_since(then));
    matches!(age, Ok(Ok(age)) if age > Duration::from_secs(3600))
}

/// A publication in its place.
pub(super) struct Placed {
    /// The page to open.
    pub(super) page: PathBuf,
    /// SHA-256 of its results.
    pub(super) results: String,
}

/// Makes every page of a council and puts them in place, with the earlier results that
/// stood there.
pub(super) fn publish(
    publication: &Publication,
    templates: &Templates,
    to: &Destination,
    before: Before,
    past: &Past,
) -> Result<Placed, Diagnostics> {
    let kept = kept(publication, to, before, past).map_err(Failure::diagnostic)?;
    let home = to.home(&publication.id).map_err(Failure::diagnostic)?;
    let standing = |path: &str| disk::read_file(&home.join(path));
    let mut pages = report::pages_since(publication, &kept, templates, &past.made, &standing)?;
    // Over whatever else is in the folder, and so the last to be made and to be written.
    let manifest = report::manifest(publication, templates, &pages);
    let listed = Manifest::read(&manifest.bytes).expect("a manifest made just now can be read");
    let results = listed.sum_of(RESULTS).unwrap_or_default().to_owned();
    pages.push(manifest);
    match place(&publication.id, &pages, to, &|| {
        past.stands(&publication.id)
    }) {
        Ok(page) => {
            past.earlier.published(&results, publication);
            Ok(Placed { page, results })
        }
        Err(failure) => Err(failure.diagnostic().into()),
    }
}

/// The earlier results that the next publication carries along. If one cannot be read,
/// nothing is published: it would be lost.
fn kept(
    publication: &Publication,
    to: &Destination,
    before: Before,
    past: &Past,
) -> Result<Vec<report::Kept>, Failure> {
    let home = to.home(&publication.id)?;
    to.mend_council(&publication.id);
    earlier::kept(publication, &home, before, &past.earlier).map_err(|error| lost(&home, &error))
}

/// Puts the files of a questionnaire in place, all of them or none; gives their folder. One
/// that stands there is exchanged; a folder that holds anything else is left alone.
pub(super) fn place_questionnaire(
    council: &str,
    files: &[Page],
    to: &Destination,
) -> Result<PathBuf, Diagnostics> {
    let refuse = |home: &Path| {
        let known = |name: &String| report::questionnaire::FILES.contains(&name.as_str());
        match home.symlink_metadata() {
            Ok(_) if !files::listed(home).is_ok_and(|names| names.iter().all(known)) => {
                let why = "there is something else of that name, or beside the questionnaire in it";
                Err(Failure::because(home, why))
            }
            _ => Ok(()),
        }
    };
    exchange(council, files, to, refuse, &|| {}).map_err(|failure| failure.diagnostic().into())
}

/// What keeps a council's publication from being put in place or replaced, as far as it can be seen
/// before anything is written.
pub(super) fn in_the_way(council: &str, to: &Destination) -> Result<(), Failure> {
    let home = to.home(council)?;
    refuse_to_replace(&home)?;
    earlier::can_be_kept(&home).map_err(|error| lost(&home, &error))
}

fn lost(home: &Path, error: &io::Error) -> Failure {
    Failure::because(home, &format!("earlier results would be lost: {error}"))
}

/// What could not be written, and why.
pub(super) struct Failure {
    path: PathBuf,
    reason: String,
    help: &'static str,
}

impl Failure {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |error| Failure {
            path,
            reason: reason(&error),
            help: what_to_do(error.kind()),
        }
    }

    fn because(path: &Path, reason: &str) -> Self {
        Failure {
            path: path.to_owned(),
            reason: reason.to_owned(),
            help: "",
        }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    pub(super) fn diagnostic(self) -> Diagnostic {
        let path = shown(&self.path);
        let fault = Diagnostic::new(
            Code::NotWritten,
            Source::unread(path.as_str()).whole(),
            format!("`{path}` could not be written: {}", self.reason),
        )
        .note("nothing was changed: what was published before still stands");
        if self.help.is_empty() {
            fault
        } else {
            fault.help(self.help)
        }
    }
}

/// What is left of an earlier publication and keeps the next one from being written.
fn left_behind(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |error| {
        let why = format!(
            "what an earlier publication left there cannot be deleted: {}",
            reason(&error)
        );
        Failure::because(&path, &why).help(
            "delete this folder by hand, or ask whoever owns it to: it holds nothing that is needed",
        )
    }
}

fn what_to_do(why: io::ErrorKind) -> &'static str {
    match why {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy => {
            "close programs that have a file of it open, or ask for the right to write there, and run again"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk, and run again"
        }
        io::ErrorKind::ReadOnlyFilesystem => "name a folder that can be written: --out FOLDER",
        _ => "",
    }
}

fn place(
    council: &str,
    pages: &[Page],
    to: &Destination,
    stands: &dyn Fn(),
) -> Result<PathBuf, Failure> {
    let home = exchange(council, pages, to, refuse_to_replace, stands)?;
    Ok(home.join(PAGE))
}

/// Exchanges a council's folder for one with these files, unless `refuse` says why not. `stands` is
/// told as soon as the new one is in its place.
fn exchange(
    council: &str,
    pages: &[Page],
    to: &Destination,
    refuse: impl Fn(&Path) -> Result<(), Failure>,
    stands: &dyn Fn(),
) -> Result<PathBuf, Failure> {
    let folder = &to.folder;
    let home = to.home(council)?;
    let (new, old) = (to.fresh(council), to.old(council));
    disk::make_folders(folder).map_err(Failure::at(folder))?;
    to.mend_council(council);
    disk::remove_folder(&new).map_err(left_behind(&new))?;
    refuse(&home)?;
    let put = write_all(&new, pages, &home).and_then(|()| {
        let placed = if home.exists() {
            take_the_place(&new, &home, &old)
        } else {
            disk::rename(&new, &home)
        };
        placed.map_err(Failure::at(&home))
    });
    if let Err(failure) = put {
        let _ = disk::remove_folder(&new);
        return Err(failure);
    }
    stands();
    // From here on the new one stands. What is left of the old one is cleared next time
    // if it cannot be now.
    let _ = disk::sync_folder(folder);
    let _ = disk::remove_folder(&old);
    let _ = disk::remove_folder(&new);
    Ok(home)
}

/// Exchanges the folder that stands for a new one: at once, or where that cannot be, by two
/// renames, the first of which is taken back if the second fails.
fn take_the_place(new: &Path, home: &Path, old: &Path) -> io::Result<()> {
    if disk::swap(new, home)? {
        return Ok(());
    }
    disk::rename(home, old)?;
    disk::rename(new, home).inspect_err(|_| {
        let _ = disk::rename(old, home);
    })
}

/// A folder that is no publication of ours is never exchanged for one: a slip such as
/// `--out scripts` must not take a council's script away.
fn refuse_to_replace(home: &Path) -> Result<(), Failure> {
    if home.symlink_metadata().is_err() {
        return Ok(());
    }
    let names = match home.is_dir() {
        true => files::listed(home).map_err(Failure::at(home))?,
        false => Vec::new(),
    };
    let ours = names.iter().any(|name| name == RESULTS)
        && !names.iter().any(|name| name.ends_with(".rhai"));
    if home.is_dir() && (names.is_empty() || ours) {
        return Ok(());
    }
    Err(Failure::because(
        home,
        "there is something else of that name, not a publication",
    )
    .help(
        "if it is what is left of a publication, move it away and run again; else publish in another folder: --out FOLDER",
    ))
}

/// Writes all files into a new folder. One that stands in `home` with the same bytes gets a second
/// name there instead, where the system can.
fn write_all(folder: &Path, pages: &[Page], home: &Path) -> Result<(), Failure> {
    disk::make_folder(folder).map_err(Failure::at(folder))?;
    let mut folders = vec![folder.to_owned()];
    for page in pages {
        let path = folder.join(&page.path);
        if !is_plain(Path::new(&page.path)) {
            return Err(Failure::because(&path, "it lies outside the publication"));
        }
        if let Some(parent) = path.parent()
            && !folders.iter().any(|known| known == parent)
        {
            disk::make_folders(parent).map_err(Failure::at(parent))?;
            folders.push(parent.to_owned());
        }
    }
    let put = |page: &Page| {
        let (path, stands) = (folder.join(&page.path), home.join(&page.path));
        let file = match disk::link_same(&stands, &path, &page.bytes) {
            Some(file) => Written::Linked(file),
            None => Written::New(disk::write_new(&path, &page.bytes).map_err(Failure::at(&path))?),
        };
        Ok((path, file))
    };
    let mut open: Vec<(PathBuf, Written)> = Vec::new();
    for pages in pages.chunks(MOST_OPEN) {
        // Let go of, or twice as many would be held open.
        make_last(&std::mem::take(&mut open))?;
        open = disk::with_each(pages, put)?;
    }
    for folder in folders {
        if let Some(file) = disk::open_folder(&folder).map_err(Failure::at(&folder))? {
            open.push((folder, Written::New(file)));
        }
    }
    make_last(&open)
}

/// Files that are held open at a time.
const MOST_OPEN: usize = 64;

fn make_last(open: &[(PathBuf, Written)]) -> Result<(), Failure> {
    disk::make_last(open).map_err(|(path, error)| Failure::at(&path)(error))
}

/// One file above the councils' folders, exchanged by renaming.
pub(super) fn replace_file(page: &Page, to: &Destination) -> Result<(), Failure> {
    let path = to.folder.join(&page.path);
    if !is_plain(Path::new(&page.path)) {
        return Err(Failure::because(&path, "it lies outside the destination"));
    }
    let parent = path.parent().unwrap_or(&to.folder);
    disk::make_folders(parent).map_err(Failure::at(parent))?;
    disk::exchange(&path, &page.bytes, PART_OF_INDEX).map_err(Failure::at(&path))
}

fn is_plain(path: &Path) -> bool {
    path.components().next().is_some()
        && path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod failures;
#[cfg(test)]
mod tests;
