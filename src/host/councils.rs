//! Which councils there are: every folder under `scripts/` that holds `check.rhai`.

use super::Host;
use super::beside::SCRIPT;
use super::files::{names_in, reason, shown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// Folders under `scripts/` that are no council's.
pub(crate) const RESERVED: [&str; 2] = ["national", "shared"];

/// A council's folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CouncilFolder {
    /// The folder's name: `northshire`. It is published under it.
    pub id: String,
    /// The script in it.
    pub script: PathBuf,
}

impl Host {
    /// The councils named, or all of them if none is named, in alphabetical order.
    ///
    /// # Errors
    /// No scripts folder, no council in it, or a name that is none of theirs.
    pub fn councils(&self, named: &[String]) -> Result<Vec<CouncilFolder>, Diagnostics> {
        let all = self.all_councils();
        if all.is_empty() {
            return Err(self.nothing_to_run().into());
        }
        if named.is_empty() {
            return Ok(all);
        }
        let unknown: Diagnostics = named
            .iter()
            .filter(|name| !all.iter().any(|council| council.id == folder_name(name)))
            .map(|name| self.no_such_council(folder_name(name), &all))
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        Ok(all
            .into_iter()
            .filter(|council| named.iter().any(|name| folder_name(name) == council.id))
            .collect())
    }

    pub(crate) fn all_councils(&self) -> Vec<CouncilFolder> {
        names_in(&self.scripts)
            .into_iter()
            .filter(|id| !id.starts_with('.') && !RESERVED.contains(&id.as_str()))
            .map(|id| self.council_folder(&id))
            .filter(|council| is_there(&council.script))
            .collect()
    }

    /// The folder of a council of that name, there or not.
    pub(crate) fn council_folder(&self, id: &str) -> CouncilFolder {
        CouncilFolder {
            id: id.to_owned(),
            script: self.scripts.join(id).join(SCRIPT),
        }
    }

    fn nothing_to_run(&self) -> Diagnostic {
        let scripts = shown(&self.scripts);
        let fault = |message: String| {
            let place = Source::unread(scripts.as_str()).whole();
            Diagnostic::new(Code::NothingToRun, place, message)
        };
        let fault = match std::fs::read_dir(&self.scripts) {
            Ok(_) => fault(format!("no folder in `{scripts}` holds a `{SCRIPT}`")),
            Err(error) if self.scripts.is_dir() => {
                let why = reason(&error);
                return fault(format!("the folder `{scripts}` cannot be read: {why}"))
                    .help("ask whoever owns it for the right to read it");
            }
            Err(_) => fault(format!("there is no folder `{scripts}` here")),
        };
        match names_in(&self.scripts)
            .iter()
            .find_map(|id| self.misnamed(id))
        {
            Some(path) => with_misnamed(fault, &path),
            None => fault.help("to begin one with made-up data, type: healthcheck new northshire"),
        }
    }

    /// A script under a name that Windows makes of it where it hides how names end.
    fn misnamed(&self, id: &str) -> Option<PathBuf> {
        let path = self.scripts.join(id).join(format!("{SCRIPT}.txt"));
        path.is_file().then_some(path)
    }

    fn no_such_council(&self, name: &str, all: &[CouncilFolder]) -> Diagnostic {
        let scripts = shown(&self.scripts);
        let place = Source::unread(scripts.as_str()).whole();
        if RESERVED.contains(&name) {
            return Diagnostic::new(
                Code::NothingToRun,
                place,
                format!("`{name}` is not a council: the folder `{scripts}/{name}` has another use"),
            );
        }
        let fault = Diagnostic::new(
            Code::NothingToRun,
            place,
            format!("there is no council `{name}` in `{scripts}`"),
        );
        if let Some(path) = self.misnamed(name) {
            return with_misnamed(fault, &path);
        }
        match nearest(name, all.iter().map(|council| council.id.as_str())) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.note(format!(
                "councils there: {}",
                all.iter()
                    .map(|council| council.id.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        }
    }
}

/// Whether a script is there, or cannot be asked after: then whoever reads it tells why. A council
/// whose folder is closed to us is none the less one.
fn is_there(script: &Path) -> bool {
    match std::fs::metadata(script) {
        Ok(_) => true,
        Err(error) => script.is_symlink() || error.kind() == std::io::ErrorKind::PermissionDenied,
    }
}

fn with_misnamed(fault: Diagnostic, path: &Path) -> Diagnostic {
    fault
        .note(format!(
            "`{}` is not read: its name ends in `.txt`, which Windows may not show",
            shown(path)
        ))
        .help(format!("rename it to `{SCRIPT}`"))
}

/// A council may be named by its folder's path too, as a shell completes it.
fn folder_name(name: &str) -> &str {
    let path = Path::new(name);
    let path = if path.file_name().is_some_and(|file| file == SCRIPT) {
        path.parent().unwrap_or(path)
    } else {
        path
    };
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(folders: &[&str]) -> (tempfile::TempDir, Host) {
        let folder = tempfile::tempdir().unwrap();
        for name in folders {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join(SCRIPT), "").unwrap();
        }
        let host = Host::builder().scripts(folder.path()).build();
        (folder, host)
    }

    fn ids(councils: &[CouncilFolder]) -> Vec<&str> {
        councils.iter().map(|council| council.id.as_str()).collect()
    }

    #[test]
    fn a_script_that_was_saved_as_a_text_is_named_with_what_to_do() {
        let (folder, host) = host(&[]);
        let home = folder.path().join("sandleigh");
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(home.join("check.rhai.txt"), "").unwrap();
        let told = |named: &[String]| host.councils(named).unwrap_err().paint(false);
        assert!(
            told(&[]).contains("help: rename it to `check.rhai`"),
            "{}",
            told(&[])
        );
        std::fs::create_dir_all(folder.path().join("other")).unwrap();
        std::fs::write(folder.path().join("other").join(SCRIPT), "").unwrap();
        let named = told(&["sandleigh".to_owned()]);
        assert!(named.contains("check.rhai.txt` is not read"), "{named}");
        assert!(named.contains("help: rename it to `check.rhai`"), "{named}");
    }

    #[test]
    fn every_folder_with_a_script_is_a_council_but_the_reserved_ones() {
        let (folder, host) = host(&["sandbourne", "eastmere", "national", "shared", ".git"]);
        std::fs::create_dir(folder.path().join("empty")).unwrap();
        let all = host.councils(&[]).unwrap();
        assert_eq!(ids(&all), ["eastmere", "sandbourne"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_council_whose_script_cannot_be_asked_after_is_one_and_is_told_of() {
        let (folder, host) = host(&["eastmere"]);
        std::fs::create_dir(folder.path().join("sandbourne")).unwrap();
        let script = folder.path().join("sandbourne").join(SCRIPT);
        // A link in a circle: as root nothing is closed to us.
        std::os::unix::fs::symlink(&script, &script).unwrap();
        assert_eq!(
            ids(&host.councils(&[]).unwrap()),
            ["eastmere", "sandbourne"]
        );
        let faults = host.load(&script).map(drop).unwrap_err();
        let told = faults.iter().next().unwrap();
        assert_eq!(told.code, Code::FileNotRead, "{faults}");
    }

    #[test]
    fn a_council_can_be_named_by_its_path() {
        let (_folder, host) = host(&["sandbourne", "eastmere"]);
        for name in [
            "eastmere",
            "scripts/eastmere/",
            "scripts/eastmere/check.rhai",
        ] {
            assert_eq!(ids(&host.councils(&[name.into()]).unwrap()), ["eastmere"]);
        }
    }

    #[test]
    fn a_misspelt_council_is_told_which_was_meant() {
        let (_folder, host) = host(&["sandbourne", "eastmere"]);
        let faults = host.councils(&["sandborne".into()]).unwrap_err();
        assert!(faults.to_string().contains("did you mean `sandbourne`?"));
    }

    #[test]
    fn without_a_scripts_folder_it_says_how_to_begin() {
        let host = Host::builder().scripts("no-such-folder").build();
        let faults = host.councils(&[]).unwrap_err();
        assert!(faults.to_string().contains("healthcheck new northshire"));
    }
}
