//! The steps by which files are put in place: each either done or an error, and each passing
//! through one gate at which a test can let it fail, as a full disk does, or let everything
//! from there on come to nothing, as a crash does.

use crate::side_by_side;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// One step on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    MakeFolder,
    Write,
    Link,
    Rename,
    Swap,
    Remove,
    Sync,
}

#[cfg(not(test))]
fn gate(_step: Step, _path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use plan::gate;

/// Makes a folder that must not be there.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    gate(Step::MakeFolder, path)?;
    fs::create_dir(path)
}

/// Makes a folder and those above it, where they are not there.
pub(super) fn make_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    gate(Step::MakeFolder, path)?;
    fs::create_dir_all(path)
}

/// Writes a file that must not be there. It is not yet sure to last: [`make_last`].
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = File::create_new(path)?;
    write(&mut file, path, bytes)?;
    Ok(file)
}

/// The bytes of an ordinary file; `None` of a link, of anything else, and of what cannot be read.
pub(super) fn read_file(path: &Path) -> Option<Vec<u8>> {
    let is_file = path.symlink_metadata().is_ok_and(|meta| meta.is_file());
    is_file.then(|| fs::read(path).ok()).flatten()
}

/// Gives an ordinary file that holds these bytes a second name; `None` where it holds others, or
/// where the system has no second names, or none for this file: then it must be written. It is
/// not yet sure to last: [`make_last`].
///
/// Nobody writes into a file where it lies: a publication is exchanged as a whole, and whoever
/// changes a published file by hand finds it made anew by the next run.
pub(super) fn link_same(standing: &Path, path: &Path, bytes: &[u8]) -> Option<File> {
    if read_file(standing)? != bytes {
        return None;
    }
    gate(Step::Link, path).ok()?;
    fs::hard_link(standing, path).ok()?;
    // Between the look and the link somebody may have put another file there.
    let linked = File::open(path).ok();
    if linked.is_some() && read_file(path).as_deref() == Some(bytes) {
        return linked;
    }
    let _ = fs::remove_file(path);
    None
}

/// Writes a file's bytes.
fn write(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Err(error) = gate(Step::Write, path) {
        // What fails in the middle leaves half.
        file.write_all(&bytes[..bytes.len() / 2])?;
        return Err(error);
    }
    file.write_all(bytes)
}

/// A file or folder that is to last.
pub(super) enum Written {
    New(File),
    /// A second name of a file that was to last when it was written: of this name the folder
    /// knows, and whoever may have written the same bytes into it since is waited for.
    Linked(File),
}

/// Sees to it that what was written lasts through a power cut. Our own tests of this room
/// write thousands of files and need not outlast one.
fn last(file: &File) -> io::Result<()> {
    if cfg!(test) {
        Ok(())
    } else {
        where_there_is(file.sync_all())
    }
}

/// Windows lets nobody wait for a file that is open for reading alone.
fn last_once_more(file: &File) -> io::Result<()> {
    if cfg!(any(test, windows)) {
        Ok(())
    } else {
        where_there_is(file.sync_data())
    }
}

/// A step that some file systems do not have, as many on the network: to wait for what was
/// written, or to say who may read it. What is not there need not be done.
fn where_there_is(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if is_unknown(&error) => Ok(()),
        other => other,
    }
}

/// Whether a system says that it has no such step.
#[cfg(unix)]
fn is_unknown(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let errno = Errno::from_io_error(error);
    errno.is_some_and(|errno| [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP].contains(&errno))
}

#[cfg(not(unix))]
fn is_unknown(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

/// Files and folders that a disk is asked to keep at a time.
const AT_A_TIME: usize = 16;

/// Sees to it that files and folders last, many at a time: a disk that is asked for one after
/// another waits for itself each time. Gives the place of the first that did not, and why.
pub(super) fn make_last(open: &[(PathBuf, Written)]) -> Result<(), (PathBuf, io::Error)> {
    by_hands(AT_A_TIME, open, |(path, file)| {
        let lasts = match file {
            Written::New(file) => last(file),
            Written::Linked(file) => last_once_more(file),
        };
        lasts.map_err(|error| (path.clone(), error))
    })
    .map(drop)
}

/// A step with each of some files, on all cores that are free; one after another where a test says
/// which of the steps is to fail. The first failure in the order of the files, if there is one: then
/// no other is begun.
pub(super) fn with_each<T: Sync, R: Send, E: Send>(
    files: &[T],
    step: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    #[cfg(test)]
    if plan::is_set() {
        return files.iter().map(step).collect();
    }
    by_hands(side_by_side::hands(1), files, step)
}

/// The same by so many threads, this one among them. Where none can be had, those that there are do
/// all of it.
fn by_hands<T: Sync, R: Send, E: Send>(
    hands: usize,
    files: &[T],
    step: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let next = AtomicUsize::new(0);
    let has_failed = AtomicBool::new(false);
    let work = || {
        let mut done = Vec::new();
        while !has_failed.load(Ordering::Relaxed)
            && let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(file) = files.get(at)
        {
            let result = step(file);
            has_failed.fetch_or(result.is_err(), Ordering::Relaxed);
            done.push((at, result));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let others = hands.min(files.len()).saturating_sub(1);
        let begin = |_| thread::Builder::new().spawn_scoped(scope, work).ok();
        let others: Vec<_> = (0..others).map_while(begin).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().expect("a step on the disk does not panic"));
        }
        done
    });
    // Whatever was begun before the first that failed is done, so that no earlier one can fail.
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Puts bytes in a file's place, at once and whole; who may read it stays as it was, and a
/// new file is for everybody. `prefix` begins the name of the unfinished file beside it.
pub(super) fn exchange(path: &Path, bytes: &[u8], prefix: &str) -> io::Result<()> {
    let parent = path.parent().unwrap_or(Path::new("."));
    gate(Step::MakeFolder, path)?;
    let mut file = tempfile::Builder::new()
        .prefix(prefix)
        .tempfile_in(parent)?;
    write(file.as_file_mut(), path, bytes)?;
    last(file.as_file())?;
    where_there_is(match fs::metadata(path) {
        Ok(before) => file.as_file().set_permissions(before.permissions()),
        Err(_) => readable_by_all(file.as_file()),
    })?;
    gate(Step::Rename, path)?;
    file.persist(path).map_err(|failure| failure.error)?;
    Ok(())
}

/// A temporary file can be read by its maker alone.
#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Gives a file or folder another name.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    gate(Step::Rename, to)?;
    fs::rename(from, to)
}

/// Exchanges two folders in one step, so that there is no moment without either; false where
/// the system has no such step.
pub(super) fn swap(new: &Path, standing: &Path) -> io::Result<bool> {
    #[cfg(test)]
    if plan::has_no_swap() {
        return Ok(false);
    }
    gate(Step::Swap, standing)?;
    swap_at_once(new, standing)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap_at_once(new: &Path, standing: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    swapped(renameat_with(
        CWD,
        new,
        CWD,
        standing,
        RenameFlags::EXCHANGE,
    ))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swapped(done: Result<(), rustix::io::Errno>) -> io::Result<bool> {
    use rustix::io::Errno;
    match done {
        Ok(()) => Ok(true),
        // An old system, or a file system that cannot do it, as many on the network.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        // One that takes it for a plain rename, and will not rename onto a folder with files.
        Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap_at_once(_new: &Path, _standing: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Removes a folder of our own with all in it, if it is there: also one in which somebody let
/// nobody write, as far as it is ours to say who may.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    gate(Step::Remove, path)?;
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let_write(path);
            fs::remove_dir_all(path)
        }
        done => done,
    }
}

/// Lets ourselves write in a folder and in the folders in it, where we can. Files stay as they are:
/// they may have a second name in what is published.
#[cfg(unix)]
fn let_write(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(meta) = folder.symlink_metadata() else {
        return;
    };
    if !meta.is_dir() {
        return;
    }
    let mode = meta.permissions().mode() | 0o700;
    // What cannot be is told by the removal that follows.
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let_write(&entry.path());
    }
}

/// Who may write in a folder is not said by it there.
#[cfg(not(unix))]
fn let_write(_folder: &Path) {}

/// Removes a file.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    gate(Step::Remove, path)?;
    fs::remove_file(path)
}

/// Makes names last through a power cut, where the system has such a thing.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match open_folder(folder)? {
        Some(folder) => last(&folder),
        None => Ok(()),
    }
}

/// A folder whose names are to last, for [`make_last`]; `None` where the system has no such
/// thing.
pub(super) fn open_folder(folder: &Path) -> io::Result<Option<File>> {
    gate(Step::Sync, folder)?;
    open(folder)
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<Option<File>> {
    File::open(folder).map(Some)
}

#[cfg(not(unix))]
fn open(_folder: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// What a test lets happen to the steps of its own thread.
#[cfg(test)]
pub(super) mod plan {
    use super::Step;
    use std::cell::{Cell, RefCell};
    use std::io;
    use std::path::{Path, PathBuf};

    thread_local! {
        static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
        static NO_SWAP: Cell<bool> = const { Cell::new(false) };
    }

    /// The step of this number fails in this way; with `crash` all that follow fail too.
    pub(crate) struct Plan {
        pub(crate) fails: usize,
        pub(crate) how: io::ErrorKind,
        pub(crate) crash: bool,
        pub(crate) seen: Vec<(Step, PathBuf)>,
    }

    /// Does work under a plan; gives what came of it and the steps that were taken.
    pub(crate) fn under<T>(plan: Plan, work: impl FnOnce() -> T) -> (T, Vec<(Step, PathBuf)>) {
        PLAN.set(Some(plan));
        let done = work();
        (done, PLAN.take().expect("it was set above").seen)
    }

    /// As on a system that cannot exchange two folders in one step.
    pub(crate) fn without_swap<T>(work: impl FnOnce() -> T) -> T {
        NO_SWAP.set(true);
        let done = work();
        NO_SWAP.set(false);
        done
    }

    pub(super) fn is_set() -> bool {
        PLAN.with_borrow(Option::is_some)
    }

    pub(super) fn has_no_swap() -> bool {
        NO_SWAP.get()
    }

    pub(super) fn gate(step: Step, path: &Path) -> io::Result<()> {
        PLAN.with_borrow_mut(|plan| {
            let Some(plan) = plan else {
                return Ok(());
            };
            let at = plan.seen.len();
            plan.seen.push((step, path.to_owned()));
            if at == plan.fails || (plan.crash && at > plan.fails) {
                return Err(plan.how.into());
            }
            Ok(())
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Who is root may delete without it, so that the rights themselves are looked at.
    #[test]
    fn folders_of_ours_in_which_nobody_may_write_are_let_be_written_in_and_files_stay_as_they_are()
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let keep = tempfile::tempdir().unwrap();
        let (left, other) = (keep.path().join("left"), keep.path().join("other"));
        let (inner, file) = (left.join("a/b"), left.join("a/b/page.html"));
        fs::create_dir_all(&inner).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(&file, "x").unwrap();
        symlink(&other, left.join("link")).unwrap();
        let all = [&file, &inner, &left.join("a"), &left, &other];
        for path in all {
            let mode = if path.is_dir() { 0o555 } else { 0o444 };
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
        let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let_write(&left);
        assert_eq!(all.map(mode), [0o444, 0o755, 0o755, 0o755, 0o555]);
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).unwrap();
        remove_folder(&left).unwrap();
        assert!(!left.exists() && other.exists());
    }

    #[test]
    fn what_a_file_system_does_not_have_is_not_waited_for_and_what_fails_is_a_fault() {
        // Nothing can be waited for there, as in a folder of some network drives.
        let nothing = File::open("/dev/null").unwrap();
        assert!(nothing.sync_all().is_err());
        assert!(where_there_is(nothing.sync_all()).is_ok());
        let unsupported = io::Error::from(rustix::io::Errno::NOTSUP);
        assert!(where_there_is(Err(unsupported)).is_ok());
        for kind in [
            io::ErrorKind::StorageFull,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::Other,
        ] {
            assert!(where_there_is(Err(kind.into())).is_err(), "{kind}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn where_two_folders_cannot_be_exchanged_they_are_renamed_one_after_the_other() {
        use rustix::io::Errno;
        for errno in [
            Errno::INVAL,
            Errno::NOSYS,
            Errno::NOTSUP,
            Errno::NOTEMPTY,
            Errno::EXIST,
        ] {
            assert!(!swapped(Err(errno)).unwrap(), "{errno}");
        }
        assert!(swapped(Ok(())).unwrap());
        for errno in [Errno::ACCESS, Errno::ROFS, Errno::NOSPC, Errno::BUSY] {
            assert!(swapped(Err(errno)).is_err(), "{errno}");
        }
    }
}
