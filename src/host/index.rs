//! The page above the councils' folders: what stands at a destination in, `index.html` and
//! `index.json` out.
//!
//! A run of one council among many reads the manifests of the others, and not their results:
//! their rows are remembered in `index.json`, each with the sum of the results that it was
//! made of. What is damaged or stale there is made again from the results.

use super::files::{self, Files, names_in, read_noting, reason, unreadable};
use super::publish::{PAGE, RESULTS, replace_file};
use super::sums::{Stamp, young_or_not};
use super::{Destination, Host};
use crate::diagnostic::Diagnostics;
use crate::digest::{sha256, sha256_hex};
use crate::memo::Key;
use crate::publication::Publication;
use crate::report::{self, IndexRow, Known, Page, Remembered, Templates};
use crate::verify::{Difference, Manifest, Verification};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How often the page is made again when somebody else was publishing meanwhile.
const TRIES: usize = 5;

/// A publication that was put in place just now.
pub(super) struct Fresh<'p> {
    pub(super) publication: &'p Publication,
    /// SHA-256 of its results.
    pub(super) results: &'p str,
}

/// What a host knows of what stands above the councils: for as long as a watch runs.
#[derive(Default)]
pub(super) struct Above(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// SHA-256 of a council's results by its manifest, as that lay when it was read.
    manifests: BTreeMap<String, (Stamp, Option<String>)>,
    /// The `index.json` that was put in place last, by its SHA-256.
    own: Option<(Key, Arc<Remembered>)>,
}

impl Above {
    fn held(&self) -> MutexGuard<'_, Held> {
        // What is behind the lock is whole between any two steps.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What these bytes of `index.json` hold, if they were put in place here.
    fn own(&self, bytes: &[u8]) -> Option<Arc<Remembered>> {
        let (of, own) = self.held().own.clone()?;
        (of == sha256(bytes)).then_some(own)
    }
}

/// Makes the page of everything that stands here: what was just published, and what earlier
/// runs did. `files` notes what was read.
///
/// Two runs at once leave the page of whoever looked last: each looks again after it wrote,
/// and begins anew where another council stands by then or another's page.
pub(super) fn publish_index(
    fresh: &[Fresh],
    templates: &Templates,
    to: &Destination,
    files: &mut Files,
    above: &Above,
) -> Result<(), Diagnostics> {
    let memory = read_noting(&to.path().join(Remembered::FILE), files).ok();
    let own = memory.as_deref().and_then(|bytes| above.own(bytes));
    let mut before = own.clone().or_else(|| {
        let read = Remembered::read(memory.as_deref()?).ok()?;
        Some(Arc::new(read))
    });
    for _ in 0..TRIES {
        let standing = standing(to.path(), files, above);
        let councils: Vec<Known> = standing
            .iter()
            .filter_map(|one| known(one, fresh, before.as_deref(), to.path(), files))
            .collect();
        let page = match own
            .as_deref()
            .and_then(|own| as_it_stands(own, &councils, templates, to))
        {
            Some(page) => page,
            None => {
                let rows = councils.iter().map(|known| known.row.clone()).collect();
                report::index_of(rows, templates)?
            }
        };
        let made = Arc::new(Remembered::of(&page, templates.sums(), councils));
        let memory = made.file();
        for file in [&page, &memory] {
            if !stands(file, to) {
                replace_file(file, to).map_err(|failure| failure.diagnostic())?;
            }
        }
        above.held().own = Some((sha256(&memory.bytes), made.clone()));
        if stands(&page, to)
            && stands(&memory, to)
            && names_and_stamps(to.path()).eq(standing.iter().map(|one| one.as_it_lies()))
        {
            break;
        }
        before = Some(made);
    }
    Ok(())
}

/// The page as it stands, if it was put there by ourselves, of the same rows and templates.
fn as_it_stands(
    own: &Remembered,
    councils: &[Known],
    templates: &Templates,
    to: &Destination,
) -> Option<Page> {
    let rows = own.councils.iter().map(|known| &known.row);
    if !rows.eq(councils.iter().map(|known| &known.row)) || own.templates != templates.sums() {
        return None;
    }
    let bytes = files::read(&to.path().join(&own.page.path)).ok()?;
    let path = own.page.path.clone();
    (sha256_hex(&bytes) == own.page.sha256).then_some(Page { path, bytes })
}

/// A publication that stands in a folder.
struct Standing {
    council: String,
    /// SHA-256 of its results by its manifest.
    results: Option<String>,
    /// The manifest as it lay before it was read.
    manifest: Option<Stamp>,
}

impl Standing {
    fn as_it_lies(&self) -> (String, Option<Stamp>) {
        (self.council.clone(), self.manifest.clone())
    }
}

/// The publications that stand in a folder.
fn standing(folder: &Path, files: &mut Files, above: &Above) -> Vec<Standing> {
    let mut held = above.held();
    let mut before = std::mem::take(&mut held.manifests);
    names_and_stamps(folder)
        .map(|(council, stamp)| {
            let known = before.remove(&council);
            let as_it_was = known.filter(|(then, _)| stamp.as_ref() == Some(then));
            if let Some(known) = as_it_was {
                held.manifests.insert(council.clone(), known.clone());
                return Standing {
                    council,
                    results: known.1,
                    manifest: stamp,
                };
            }
            let manifest = read_noting(&folder.join(&council).join(Manifest::FILE), files);
            let manifest = manifest.ok().and_then(|bytes| Manifest::read(&bytes).ok());
            let results = manifest.and_then(|one| Some(one.sum_of(RESULTS)?.to_owned()));
            if let Some(stamp) = &stamp {
                let known = (stamp.clone(), results.clone());
                held.manifests.insert(council.clone(), known);
            }
            Standing {
                results,
                manifest: stamp,
                council,
            }
        })
        .collect()
}

/// Their names, and how their manifests lie: each publication comes with a manifest of its own.
fn names_and_stamps(folder: &Path) -> impl Iterator<Item = (String, Option<Stamp>)> {
    names_in(folder)
        .into_iter()
        .filter(|name| !name.starts_with('.') && folder.join(name).join(RESULTS).is_file())
        .map(|name| {
            let stamp = young_or_not(&folder.join(&name).join(Manifest::FILE));
            (name, stamp)
        })
}

/// A council's row: of what was just published, as remembered, or from its results. What is
/// no publication, or of another version, is passed over.
fn known(
    standing: &Standing,
    fresh: &[Fresh],
    before: Option<&Remembered>,
    folder: &Path,
    files: &mut Files,
) -> Option<Known> {
    let council = &standing.council;
    if let Some(sum) = &standing.results {
        let own = fresh
            .iter()
            .find(|one| one.publication.id == *council && one.results == sum);
        let row = match own {
            Some(own) => Some(report::index_row(own.publication)),
            None => before.and_then(|before| before.row(council, sum)).cloned(),
        };
        if let Some(row) = row {
            let results_sha256 = sum.clone();
            return Some(Known {
                results_sha256,
                row,
            });
        }
    }
    from_results(council, folder, files)
}

fn from_results(council: &str, folder: &Path, files: &mut Files) -> Option<Known> {
    let path = folder.join(council).join(RESULTS);
    let bytes = read_noting(&path, files).ok()?;
    let publication: Publication = serde_json::from_slice(&bytes).ok()?;
    let results_sha256 = files.get(&path).cloned().flatten()?;
    (publication.id == council).then(|| Known {
        results_sha256,
        row: report::index_row(&publication),
    })
}

/// Whether a file is there as it was written.
fn stands(page: &Page, to: &Destination) -> bool {
    files::read(&to.path().join(&page.path)).is_ok_and(|bytes| bytes == page.bytes)
}

impl Host {
    /// Verifies the page above the councils of a folder: against `index.json`, against the
    /// results that stand there, and by making it again with the templates at hand. `None`
    /// where no such page stands.
    ///
    /// # Errors
    /// An `index.json` that is damaged or of another program.
    pub fn verify_index(&self, folder: &Path) -> Result<Option<Verification>, Diagnostics> {
        let path = folder.join(Remembered::FILE);
        if !path.is_file() && !folder.join(PAGE).is_file() {
            return Ok(None);
        }
        let mut found = Verification::default();
        if !path.is_file() {
            found.could_not(format!(
                "{PAGE}: there is no {} beside it",
                Remembered::FILE
            ));
            return Ok(Some(found));
        }
        let mut files = Files::default();
        let made = read_noting(&path, &mut files)
            .map_err(|error| reason(&error))
            .and_then(|bytes| Remembered::read(&bytes))
            .map_err(|why| unreadable(&path, &why))?;
        let page = files::read(&folder.join(PAGE)).unwrap_or_default();
        let sum = sha256_hex(&page);
        if sum == made.page.sha256 {
            found
                .verified
                .push(format!("{PAGE} has the SHA-256 of {}", Remembered::FILE));
        } else {
            found
                .differences
                .push(differs(PAGE, "SHA-256", sum, &made.page.sha256));
        }
        against_results(folder, &made, &mut files, &mut found);
        match self.templates() {
            Ok(templates) if templates.sums() == made.templates => {
                let rows: Vec<IndexRow> =
                    made.councils.iter().map(|known| known.row.clone()).collect();
                match report::index_of(rows, &templates) {
                    Ok(again) if again.bytes == page => {
                        found.verified.push(format!("{PAGE}, made again from its rows and templates"));
                    }
                    Ok(again) => {
                        let (here, there) = (sha256_hex(&page), sha256_hex(&again.bytes));
                        found.differences.push(differs(PAGE, "the page", here, &there));
                    }
                    Err(_) => found.could_not(format!("{PAGE}, made again: a template has a fault")),
                }
            }
            _ => found.could_not(format!(
                "{PAGE}, made again from templates: those at hand are others; --templates names others"
            )),
        }
        Ok(Some(found))
    }
}

/// Each row against the results that stand there.
fn against_results(folder: &Path, made: &Remembered, files: &mut Files, found: &mut Verification) {
    let standing = standing(folder, files, &Above::default());
    let mut alike = 0;
    for Standing { council, .. } in &standing {
        let file = format!("{council}/{RESULTS}");
        let listed = made.councils.iter().find(|known| known.row.id == *council);
        let mut of_row = |published: &str, should: &str| {
            let differs = differs(PAGE, council, published.to_owned(), should);
            found.differences.push(differs);
        };
        match (listed, from_results(council, folder, files)) {
            (Some(listed), Some(again)) if *listed == again => alike += 1,
            (Some(listed), Some(again)) if listed.results_sha256 == again.results_sha256 => {
                of_row("another row", "the row of its results");
            }
            // As after a run that was ended by force: each council is whole, and this page is behind.
            (Some(_), Some(_)) => of_row(
                "the row of other results than stand there",
                "the row of these, which `healthcheck run` writes",
            ),
            (None, Some(_)) => of_row("not there", "a row, as its results stand there"),
            (_, None) => found.could_not(format!("{file}: it cannot be read")),
        }
    }
    for known in &made.councils {
        let council = &known.row.id;
        if !standing.iter().any(|one| one.council == *council) {
            let words = "a row".to_owned();
            found
                .differences
                .push(differs(PAGE, council, words, "no publication of that name"));
        }
    }
    if alike > 0 {
        let all = made.councils.len();
        found.verified.push(format!(
            "{alike} of {all} rows follow from their results.json"
        ));
    }
}

fn differs(file: &str, figure: &str, published: String, recomputed: &str) -> Difference {
    Difference {
        file: file.to_owned(),
        figure: figure.to_owned(),
        published,
        recomputed: recomputed.to_owned(),
    }
}

#[cfg(test)]
mod tests;
