//! Paths in; the publications that stand there out, and what cannot be used.

use super::Host;
use super::files::{Files, names_in, read_noting, shown};
use super::publish::RESULTS;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publication::{Publication, SCHEMA};
use crate::source::Source;
use std::path::{Path, PathBuf};

impl Host {
    /// Reads published results: a `results.json`, the folder that holds one, or a folder of
    /// such folders. Faults stand beside what could be read: a file that cannot be read or
    /// is something else, a path with no results, and two different results of one council
    /// and day.
    pub fn results(&self, paths: &[PathBuf]) -> (Vec<Publication>, Diagnostics) {
        let (found, mut faults) = standing(paths);
        for (at, (file, one)) in found.iter().enumerate() {
            let twin = found[..at].iter().find(|(_, other)| {
                crate::compare::code(other) == crate::compare::code(one)
                    && other.council.as_of == one.council.as_of
                    && other != one
            });
            if let Some((other, _)) = twin {
                faults.push(
                    Diagnostic::new(
                        Code::ResultsTwice,
                        Source::unread(shown(file)).whole(),
                        format!(
                            "`{}` holds other results of `{}`, {}",
                            shown(other),
                            one.council.code,
                            one.council.as_of_words
                        ),
                    )
                    .note("neither is counted"),
                );
            }
        }
        let publications = found.into_iter().map(|(_, publication)| publication);
        (publications.collect(), faults)
    }
}

/// Every publication at some paths, with its file, and what cannot be used.
pub(super) fn standing(paths: &[PathBuf]) -> (Vec<(PathBuf, Publication)>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let mut found: Vec<(PathBuf, Publication)> = Vec::new();
    for path in paths {
        let files = results_in(path);
        if files.is_empty() {
            let name = shown(path);
            let fault = Diagnostic::new(
                Code::NothingToRun,
                Source::unread(name.as_str()).whole(),
                format!("there are no results in `{name}`"),
            );
            faults.push(fault.help("healthcheck run"));
        }
        for file in files {
            if found.iter().any(|(known, _)| *known == file) {
                continue;
            }
            match read(&file) {
                Ok(publication) => found.push((file, publication)),
                Err(fault) => faults.push(*fault),
            }
        }
    }
    (found, faults)
}

/// The files of results at a path.
fn results_in(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let own = path.join(RESULTS);
    if own.is_file() {
        return vec![own];
    }
    names_in(path)
        .into_iter()
        .filter(|name| !name.starts_with('.'))
        .map(|name| path.join(name).join(RESULTS))
        .filter(|file| file.is_file())
        .collect()
}

fn read(file: &Path) -> Result<Publication, Box<Diagnostic>> {
    let name = shown(file);
    let fault = |code: Code, words: String| {
        Box::new(Diagnostic::new(
            code,
            Source::unread(name.as_str()).whole(),
            words,
        ))
    };
    let bytes = read_noting(file, &mut Files::default()).map_err(|error| {
        fault(
            Code::FileNotRead,
            format!("`{name}` cannot be read: {error}"),
        )
    })?;
    let wrong = match serde_json::from_slice::<Publication>(&bytes) {
        Ok(publication) if publication.schema == SCHEMA => return Ok(publication),
        Ok(_) => 0,
        Err(error) => error.line(),
    };
    // Only a file that will not do is read again, to say why.
    let found: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let words = match found.get("schema").and_then(|form| form.as_str()) {
        None => format!("`{name}` holds no results of a health check"),
        Some(SCHEMA) => format!("`{name}` is not in the form `{SCHEMA}`: line {wrong}"),
        Some(form) => format!("`{name}` has the form `{form}`, not `{SCHEMA}`"),
    };
    Err(fault(Code::ResultsNotUsable, words))
}
