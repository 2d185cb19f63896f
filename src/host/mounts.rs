//! Whether a folder lies on another computer: its path and the system's list of mounts in,
//! the kind of file system out. Of changes there no system tells, or not of all of them.

use std::path::{Path, PathBuf};

/// Kinds of file systems that reach other computers, or another system on this one.
const FAR: [&str; 12] = [
    "cifs", "smb3", "smbfs", "nfs", "nfs3", "nfs4", "9p", "drvfs", "afpfs", "davfs", "webdav",
    "vboxsf",
];

/// The first of these folders that lies on another computer, and the kind of its mount.
pub(crate) fn far(folders: &[Option<&Path>]) -> Option<(PathBuf, String)> {
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
    folders.iter().flatten().find_map(|folder| {
        let there = folder
            .canonicalize()
            .or_else(|_| std::path::absolute(folder));
        let there = there.unwrap_or_else(|_| (*folder).to_owned());
        Some(((*folder).to_owned(), kind(&there, &mounts)?))
    })
}

/// The kind of a far mount that a path lies on; `None` if it is near.
fn kind(path: &Path, mounts: &str) -> Option<String> {
    let text = path.to_string_lossy();
    // A share by its name, with what some programs put before it; and no disk's name.
    let share = text.strip_prefix(r"\\?\UNC\").or_else(|| {
        let share = text.strip_prefix(r"\\").or(text.strip_prefix("//"))?;
        (!share.starts_with(['?', '.'])).then_some(share)
    });
    if share.is_some() {
        return Some("a network share".into());
    }
    let of_path = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((plain(words.next()?), words.next()?))
        })
        .filter(|(at, _)| path.starts_with(at))
        // The longest path counts, and of equals the last mounted.
        .max_by_key(|(at, _)| at.components().count())?
        .1;
    let far = FAR.contains(&of_path) || of_path.starts_with("fuse.") || of_path == "fuse";
    far.then(|| of_path.to_owned())
}

/// `/proc/mounts` writes blanks as `\040`.
fn plain(at: &str) -> PathBuf {
    let at = at
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
    at.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
/dev/sda1 / ext4 rw,relatime 0 0
//files/work /mnt/files cifs rw 0 0
tmpfs /mnt/files/near tmpfs rw 0 0
files:/home /home nfs4 rw 0 0
remote /mnt/two\\040words fuse.sshfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
overlay /mnt/box overlay rw 0 0
";

    #[test]
    fn folders_on_other_computers_are_told_from_those_that_are_near() {
        for (path, expected) in [
            ("/srv/scripts", None),
            ("/mnt/files", Some("cifs")),
            ("/mnt/files/health/scripts", Some("cifs")),
            ("/mnt/files/near/scripts", None),
            ("/mnt/filesystem", None),
            ("/home/ada/scripts", Some("nfs4")),
            ("/mnt/two words/scripts", Some("fuse.sshfs")),
            ("/mnt/c/scripts", Some("9p")),
            ("/mnt/box/scripts", None),
            (r"\\files\work\scripts", Some("a network share")),
            (r"\\?\UNC\files\work", Some("a network share")),
            (r"\\?\C:\work", None),
            ("//files/team/scripts", Some("a network share")),
        ] {
            let found = kind(Path::new(path), MOUNTS);
            assert_eq!(found.as_deref(), expected, "{path}");
        }
        assert_eq!(kind(Path::new("/srv"), "not a list of mounts"), None);
    }
}
