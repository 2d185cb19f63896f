//! The reference put in a folder: its pages in, files out.

use super::disk::{exchange, make_folders};
use super::files::{reason, shown};
use super::{Destination, Host};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::reference::{WRITTEN, pages};
use crate::source::Source;
use std::fs;
use std::path::{Path, PathBuf};

impl Host {
    /// Writes the reference: pages in Markdown, and definitions for editors. An earlier one
    /// there is exchanged, file by file. Gives the files.
    ///
    /// # Errors
    /// A folder that cannot be written; a file of the same name that is no part of the
    /// reference, in which case nothing is written.
    pub fn write_reference(&self, to: &Destination) -> Result<Vec<PathBuf>, Diagnostics> {
        let folder = to.path();
        let pages = pages();
        for (name, _) in &pages {
            let path = folder.join(name);
            let is_other = fs::read(&path)
                .is_ok_and(|bytes| !String::from_utf8_lossy(&bytes).contains(WRITTEN));
            if is_other {
                let why = "a file of that name is there, and is no part of the reference";
                return Err(not_written(&path, why));
            }
        }
        make_folders(folder).map_err(|error| not_written(folder, &reason(&error)))?;
        let mut made = Vec::new();
        for (name, text) in pages {
            let path = folder.join(name);
            exchange(&path, text.as_bytes(), ".reference-")
                .map_err(|error| not_written(&path, &reason(&error)))?;
            made.push(path);
        }
        Ok(made)
    }
}

fn not_written(path: &Path, why: &str) -> Diagnostics {
    let path = shown(path);
    Diagnostic::new(
        Code::NotWritten,
        Source::unread(path.as_str()).whole(),
        format!("`{path}` could not be written: {why}"),
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_reference_is_exchanged_and_a_file_of_somebodys_own_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let to = Destination::folder(folder.path().join("docs"));
        let host = Host::new();
        let made = host.write_reference(&to).unwrap();
        assert!(made.iter().all(|path| path.is_file()));
        let again = host.write_reference(&to).unwrap();
        assert_eq!(made, again);
        fs::write(&made[1], "mine").unwrap();
        fs::write(&made[0], format!("old. {WRITTEN}")).unwrap();
        assert!(host.write_reference(&to).is_err());
        assert_eq!(fs::read_to_string(&made[1]).unwrap(), "mine");
        assert!(fs::read_to_string(&made[0]).unwrap().starts_with("old"));
    }
}
