//! Putting a publication in place, all of it or none: pages in, a folder out.
//!
//! Everything is made before anything is written, and written to a folder of its own
//! beside the last publication, which is then exchanged for it by renaming. A crash
//! leaves folders whose names begin with a dot; the next run clears them away, or puts
//! the last publication back if it was caught between the two renames.

use super::earlier::{self, Before};
use super::files::{self, names_in, reason, shown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::inside;
use crate::publication::Publication;
use crate::report::{self, Kept, Page, Templates};
use crate::source::Source;
use crate::verify::Manifest;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

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

    /// Clears away what a crash left behind, and puts back what it took away. Only while
    /// nothing is being published here.
    pub(super) fn mend(&self) {
        for name in names_in(&self.folder) {
            let left = name.strip_prefix(ON_THE_WAY);
            if name.starts_with(PART_OF_INDEX) {
                let _ = fs::remove_file(self.folder.join(&name));
            } else if let Some(council) =
                left.and_then(|name| name.strip_suffix(".old").or(name.strip_suffix(".new")))
            {
                self.mend_council(council);
            }
        }
    }

    /// The same for one council. An error here shows itself when the council is written.
    fn mend_council(&self, council: &str) {
        let home = self.folder.join(council);
        let old = self.old(council);
        if home.exists() {
            let _ = fs::remove_dir_all(&old);
        } else {
            let _ = fs::rename(&old, &home);
        }
        let _ = fs::remove_dir_all(self.fresh(council));
    }

    /// The folder of a council's publication.
    fn home(&self, council: &str) -> Result<PathBuf, Failure> {
        let home = self.folder.join(council);
        if !inside::is_name(council) {
            return Err(Failure::because(&home, "its name is not a folder's name"));
        }
        Ok(home)
    }

    /// Where a publication is written.
    fn fresh(&self, council: &str) -> PathBuf {
        self.folder.join(format!("{ON_THE_WAY}{council}.new"))
    }

    /// Where the last one waits while the new one takes its place.
    fn old(&self, council: &str) -> PathBuf {
        self.folder.join(format!("{ON_THE_WAY}{council}.old"))
    }
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
) -> Result<Placed, Diagnostics> {
    let kept = kept(publication, to, before).map_err(Failure::diagnostic)?;
    let mut pages = report::pages_beside(publication, &kept, templates)?;
    // Over whatever else is in the folder, and so the last to be made and to be written.
    let manifest = report::manifest(publication, templates, &pages);
    let listed = Manifest::read(&manifest.bytes).expect("a manifest made just now can be read");
    let results = listed.sum_of(RESULTS).unwrap_or_default().to_owned();
    pages.push(manifest);
    match place(&publication.id, &pages, to) {
        Ok(page) => Ok(Placed { page, results }),
        Err(failure) => Err(failure.diagnostic().into()),
    }
}

/// The earlier results that the next publication carries along. If one cannot be read,
/// nothing is published: it would be lost.
fn kept(publication: &Publication, to: &Destination, before: Before) -> Result<Vec<Kept>, Failure> {
    let home = to.home(&publication.id)?;
    to.mend_council(&publication.id);
    earlier::kept(publication, &home, before).map_err(|error| {
        let reason = format!("earlier results would be lost: {error}");
        Failure::because(&home, &reason)
    })
}

/// Puts the files of a questionnaire in place, all of them or none; gives their folder. One
/// that stands there is exchanged; a folder that holds anything else is left alone.
pub(super) fn place_questionnaire(
    council: &str,
    files: &[Page],
    to: &Destination,
) -> Result<PathBuf, Diagnostics> {
    exchange(council, files, to, |home| {
        let known = |name: &String| report::questionnaire::FILES.contains(&name.as_str());
        match home.symlink_metadata() {
            Ok(_) if !home.is_dir() || !names_in(home).iter().all(known) => {
                let why = "there is something else of that name, or beside the questionnaire in it";
                Err(Failure::because(home, why))
            }
            _ => Ok(()),
        }
    })
    .map_err(|failure| failure.diagnostic().into())
}

/// What could not be written, and why.
pub(super) struct Failure {
    path: PathBuf,
    reason: String,
}

impl Failure {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |error| Failure {
            path,
            reason: reason(&error),
        }
    }

    fn because(path: &Path, reason: &str) -> Self {
        Failure {
            path: path.to_owned(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn diagnostic(self) -> Diagnostic {
        let path = shown(&self.path);
        Diagnostic::new(
            Code::NotWritten,
            Source::unread(path.as_str()).whole(),
            format!("`{path}` could not be written: {}", self.reason),
        )
        .note("nothing was changed: what was published before still stands")
    }
}

fn place(council: &str, pages: &[Page], to: &Destination) -> Result<PathBuf, Failure> {
    let home = exchange(council, pages, to, refuse_to_replace)?;
    Ok(home.join(PAGE))
}

/// Exchanges a council's folder for one with these files, unless `refuse` says why not.
fn exchange(
    council: &str,
    pages: &[Page],
    to: &Destination,
    refuse: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<PathBuf, Failure> {
    let folder = &to.folder;
    let home = to.home(council)?;
    let (new, old) = (to.fresh(council), to.old(council));
    fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    to.mend_council(council);
    refuse(&home)?;
    if let Err(failure) = write_all(&new, pages) {
        let _ = fs::remove_dir_all(&new);
        return Err(failure);
    }
    let had_one = home.exists();
    if had_one {
        fs::rename(&home, &old).map_err(|error| {
            let _ = fs::remove_dir_all(&new);
            Failure::at(&home)(error)
        })?;
    }
    if let Err(error) = fs::rename(&new, &home) {
        if had_one {
            let _ = fs::rename(&old, &home);
        }
        let _ = fs::remove_dir_all(&new);
        return Err(Failure::at(&home)(error));
    }
    // From here on the new one stands. What is left of the old one is cleared next time
    // if it cannot be now.
    let _ = sync_folder(folder);
    let _ = fs::remove_dir_all(&old);
    Ok(home)
}

/// A folder that is no publication of ours is never exchanged for one: a slip such as
/// `--out scripts` must not take a council's script away.
fn refuse_to_replace(home: &Path) -> Result<(), Failure> {
    if home.symlink_metadata().is_err() {
        return Ok(());
    }
    let names = names_in(home);
    let ours = names.iter().any(|name| name == RESULTS)
        && !names.iter().any(|name| name.ends_with(".rhai"));
    if home.is_dir() && (names.is_empty() || ours) {
        return Ok(());
    }
    Err(Failure::because(
        home,
        "there is something else of that name, not a publication",
    ))
}

fn write_all(folder: &Path, pages: &[Page]) -> Result<(), Failure> {
    fs::create_dir(folder).map_err(Failure::at(folder))?;
    let mut folders = vec![folder.to_owned()];
    for page in pages {
        let path = folder.join(&page.path);
        if !is_plain(Path::new(&page.path)) {
            return Err(Failure::because(&path, "it lies outside the publication"));
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Failure::at(parent))?;
            if !folders.iter().any(|known| known == parent) {
                folders.push(parent.to_owned());
            }
        }
        write_file(&path, &page.bytes).map_err(Failure::at(&path))?;
    }
    for folder in &folders {
        sync_folder(folder).map_err(Failure::at(folder))?;
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// One file above the councils' folders, exchanged by renaming.
pub(super) fn replace_file(page: &Page, to: &Destination) -> Result<(), Failure> {
    let path = to.folder.join(&page.path);
    if !is_plain(Path::new(&page.path)) {
        return Err(Failure::because(&path, "it lies outside the destination"));
    }
    let parent = path.parent().unwrap_or(&to.folder);
    fs::create_dir_all(parent).map_err(Failure::at(parent))?;
    files::exchange(&path, &page.bytes, PART_OF_INDEX).map_err(Failure::at(&path))
}

/// Makes names last through a power cut, where the system has such a thing.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn is_plain(path: &Path) -> bool {
    path.components().next().is_some()
        && path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests;
