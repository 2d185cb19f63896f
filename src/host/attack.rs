//! The attacker's files: paths in, the publications there, and what can be opened of them,
//! out.

use super::Host;
use super::files::{self, names_in, shown};
use crate::attack::{Attempt, attempt};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publication::{Publication, SCHEMA};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// The figures of a publication.
const RESULTS: &str = "results.json";

impl Host {
    /// Attacks publications: `results.json` files, folders that hold one, or folders of such
    /// folders. Several of one council and date are its releases, attacked together.
    ///
    /// # Errors
    /// A file or folder that is not there or holds no publication.
    pub fn attack(&self, paths: &[PathBuf]) -> Result<Attempt, Diagnostics> {
        let mut faults = Diagnostics::new();
        let mut publications: Vec<Publication> = Vec::new();
        for path in paths {
            match results(path) {
                Ok(files) => {
                    for file in files {
                        match read(&file) {
                            Ok(publication) => publications.push(publication),
                            Err(fault) => faults.push(*fault),
                        }
                    }
                }
                Err(fault) => faults.push(*fault),
            }
        }
        if faults.has_errors() {
            return Err(faults);
        }
        Ok(attempt(&publications.iter().collect::<Vec<_>>()))
    }
}

/// An attempt as JSON, for other programs.
pub fn attempt_json(attempt: &Attempt) -> String {
    serde_json::to_string_pretty(attempt).expect("an attempt is plain data with finite numbers")
}

/// The files that a path stands for.
fn results(path: &Path) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let own = path.join(RESULTS);
    if own.is_file() {
        return Ok(vec![own]);
    }
    let below: Vec<PathBuf> = names_in(path)
        .into_iter()
        .filter(|name| !name.starts_with('.'))
        .map(|name| path.join(name).join(RESULTS))
        .filter(|file| file.is_file())
        .collect();
    if below.is_empty() {
        let place = Source::new(shown(path), "").whole();
        return Err(Diagnostic::new(
            Code::FileNotRead,
            place,
            format!("{} holds no publication", shown(path)),
        )
        .help("name a `results.json`, or a folder that holds one: published/northshire")
        .into());
    }
    Ok(below)
}

fn read(path: &Path) -> Result<Publication, Box<Diagnostic>> {
    let name = shown(path);
    let place = Source::new(name.as_str(), "").whole();
    let bytes = std::fs::read(path)
        .map_err(|error| Box::new(files::not_read(place.clone(), &name, &error)))?;
    let publication: Publication = serde_json::from_slice(&bytes).map_err(|error| {
        Box::new(
            Diagnostic::new(
                Code::FileNotRead,
                place.clone(),
                format!("{name} is no publication of this program: {error}"),
            )
            .help("name the `results.json` of a published council"),
        )
    })?;
    if publication.schema != SCHEMA {
        return Err(Diagnostic::new(
            Code::FileNotRead,
            place,
            format!("{name} is of another version: `{}`", publication.schema),
        )
        .help(format!("publish it again: this program reads `{SCHEMA}`"))
        .into());
    }
    Ok(publication)
}
