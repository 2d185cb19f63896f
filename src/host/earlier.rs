//! What a council published before: a check and a destination in, [`Earlier`] out; and
//! what of it is carried along when something else takes its place.
//!
//! Earlier results stand in three places: beside the script, in `earlier/`, where a council
//! that moves machines may put them; in `earlier/` of its publication, where those of
//! another as-of date are kept, byte for byte; and as the publication that stands.

mod carried;
mod corrected;
mod known;
mod revised;

use super::Host;
use super::beside::{council_id, folder, parent};
use super::files::{self, Files, reason, shown};
use super::publish::{Destination, RESULTS};
use crate::check::HealthCheck;
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::disclose;
use crate::publication::{Earlier, Head, MADE_UP, Publication, SCHEMA};
use crate::report::Kept;
use crate::source::Source;
pub(super) use carried::not_carried_over;
pub(super) use corrected::not_at_hand;
use corrected::tells_all;
pub(super) use corrected::withdrawn_for_good;
pub(super) use known::Known;
use revised::is_revised;
pub(super) use revised::put_right;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of earlier results, beside a script and in a publication.
pub(super) const EARLIER: &str = "earlier";
/// The results that were brought beside a script, each with its as-of date.
pub(super) type Brought = Vec<(String, Vec<u8>)>;

/// What a publication comes after.
#[derive(Default)]
pub(super) struct Before {
    /// The results of other days that were brought beside the script.
    pub brought: Brought,
    /// The releases of the same as-of date that somebody has seen.
    pub seen: Vec<Publication>,
    /// Those that nobody has seen: nothing of them is kept.
    pub unseen: Vec<Publication>,
}

/// The name under which results are kept whose day cannot be read.
const UNREAD: &str = "unread";

impl Host {
    /// What the same council published before: the last edition and the releases of the
    /// same as-of date. From `earlier/` beside the script, and from what stands at the
    /// destination.
    ///
    /// A results file that cannot be read, is of another form or of another council is a
    /// warning, and is left out.
    pub fn earlier(&self, check: &HealthCheck, to: &Destination) -> Checked<Earlier> {
        self.earlier_noting(check, to, &mut Files::default(), None)
            .0
    }

    /// The same; `stood` are the releases that count, if they are known already.
    pub(super) fn earlier_noting(
        &self,
        check: &HealthCheck,
        to: &Destination,
        files: &mut Files,
        stood: Option<&[Publication]>,
    ) -> (Checked<Earlier>, Brought) {
        let mut faults = Diagnostics::new();
        let mut found = Vec::new();
        let mut brought = Brought::new();
        let as_of = check.council().as_of.to_string();
        let beside = folder(check).join(EARLIER);
        let past = self.past(&council_id(check));
        let known = &past.earlier;
        for path in places(check, to, files, &mut faults) {
            match results(&path, check, files, (known, stood.is_some())) {
                Ok(None) => {}
                Ok(Some((publication, bytes))) => {
                    if path.starts_with(&beside) && publication.council.as_of != as_of {
                        brought.push((publication.council.as_of.clone(), bytes));
                    }
                    found.push(publication);
                }
                Err(fault) => faults.push(*fault),
            }
        }
        known.let_go(files);
        let mut earlier = Earlier::default();
        earlier
            .releases
            .extend_from_slice(stood.unwrap_or_default());
        let fielded = disclose::fielded(check);
        let mut of_survey: Vec<Publication> = Vec::new();
        for publication in found {
            let day = &publication.council.as_of;
            if *day == as_of {
                if stood.is_none() {
                    earlier.releases.push(publication);
                }
                continue;
            }
            if stood.is_none() && publication.is_of_survey(fielded.as_deref()) {
                let alone = publication.survey_alone();
                if !of_survey.contains(&alone) {
                    of_survey.push(alone);
                }
            }
            let edition = earlier.edition.as_ref();
            if *day < as_of && edition.is_none_or(|known| known.council.as_of <= *day) {
                earlier.edition = Some(publication);
            }
        }
        earlier.releases.splice(0..0, of_survey);
        let earlier = faults
            .or(earlier)
            .expect("every fault of an earlier results file is a warning");
        (earlier, brought)
    }
}

/// Where earlier results may stand, oldest first among those of one day.
fn places(
    check: &HealthCheck,
    to: &Destination,
    files: &mut Files,
    faults: &mut Diagnostics,
) -> Vec<PathBuf> {
    let home = to.path().join(council_id(check));
    let mut places = Vec::new();
    for folder in [folder(check).join(EARLIER), home.join(EARLIER)] {
        let listed = files::listed_noting(&folder, files);
        let mut names = listed.unwrap_or_else(|error| {
            // What cannot be read of a publication keeps it from being replaced, and is told so.
            if !folder.starts_with(&home) {
                let name = shown(&folder);
                let message = format!("the folder `{name}` cannot be read: {}", reason(&error));
                faults.push(not_read(&name, message));
            }
            Vec::new()
        });
        names.retain(|name| is_results(name));
        names.sort_by_key(|name| order(name));
        places.extend(names.iter().map(|name| folder.join(name)));
    }
    places.push(home.join(RESULTS));
    places
}

/// What is told of earlier results that cannot be read.
fn not_read(name: &str, message: String) -> Diagnostic {
    Diagnostic::new(Code::EarlierNotRead, Source::unread(name).whole(), message)
        .note("nothing is compared with it; the check is published all the same")
}

fn is_results(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    name.ends_with(".json") && !name.starts_with('.') && name.bytes().all(plain)
}

/// By day, then by number: `2026-09-30.json` before `2026-09-30.2.json`.
fn order(name: &str) -> (String, u32) {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    match stem.rsplit_once('.') {
        Some((day, number)) if number.parse::<u32>().is_ok() => {
            (day.to_owned(), number.parse().unwrap_or(0))
        }
        _ => (stem.to_owned(), 1),
    }
}

/// The results in a file; `None` if there is no such file.
fn results(
    path: &Path,
    check: &HealthCheck,
    files: &mut Files,
    (known, is_stood): (&Known, bool),
) -> Result<Option<(Publication, Vec<u8>)>, Box<Diagnostic>> {
    let name = shown(path);
    let fault = |message: String| Box::new(not_read(&name, message));
    if files::leaves_noting(&home_of(path), path, files) {
        return Err(fault(format!("`{name}` cannot be read: {}", files::LINK)));
    }
    let bytes = match files::read_noting(path, files) {
        Ok(bytes) => bytes,
        Err(error) if is_not_there(&error) => return Ok(None),
        // It keeps its publication from being replaced, and is told so.
        Err(_) if !path.starts_with(folder(check)) => return Ok(None),
        Err(error) => {
            let why = reason(&error);
            return Err(fault(format!("`{name}` cannot be read: {why}")));
        }
    };
    let broken = |error: serde_json::Error| -> Box<Diagnostic> {
        let line = error.line();
        fault(format!(
            "`{name}` is no whole results file: line {line} is not as this program writes it"
        ))
        .help("put back the file as it was published, or delete it")
        .into()
    };
    let sum = files.get(path).cloned().flatten().unwrap_or_default();
    // The releases that count are known, and these are our own that count only once the work is
    // over.
    if is_stood && known.is_own(&sum, check.council()) {
        return Ok(None);
    }
    let read_before = known.of(&sum);
    let head = match &read_before {
        Some(publication) => publication.head(),
        None => serde_json::from_slice(&bytes).map_err(broken)?,
    };
    if head.schema != SCHEMA {
        return Err(fault(format!(
            "`{name}` has the form `{}`, and this program reads `{SCHEMA}`",
            head.schema
        )));
    }
    let code = &check.council().code;
    if head.council.code != *code && head.council.code == MADE_UP {
        return Ok(None);
    }
    if head.council.code != *code {
        return Err(fault(format!(
            "`{name}` is of another council: its code is {}, and this one's is {code}",
            head.council.code
        )));
    }
    if !head.council.has_date() {
        let day = &head.council.as_of;
        return Err(fault(format!("`{name}` has no as-of date: “{day}”")));
    }
    let publication = match read_before {
        Some(publication) => Publication::clone(&publication),
        None => {
            let publication: Publication = serde_json::from_slice(&bytes).map_err(broken)?;
            known.keep(path, &sum, &publication);
            publication
        }
    };
    Ok(Some((publication, bytes)))
}

/// The council's folder, or its publication's, in which earlier results lie.
fn home_of(path: &Path) -> PathBuf {
    let folder = parent(path);
    match folder.ends_with(EARLIER) {
        true => parent(&folder),
        false => folder,
    }
}

/// Whether everything can be read that may have to outlast a council's publication.
pub(super) fn can_be_kept(home: &Path) -> io::Result<()> {
    let kept = kept_in(home)?.into_iter().map(|(_, path)| path);
    for path in kept.chain([home.join(RESULTS)]) {
        match files::open(&path) {
            Err(error) if !is_not_there(&error) => return Err(at(&path, &error)),
            _ => {}
        }
    }
    Ok(())
}

/// The earlier results that a publication keeps: name and path of each.
fn kept_in(home: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let folder = home.join(EARLIER);
    let mut names = files::listed(&folder).map_err(|error| at(&folder, &error))?;
    names.retain(|name| is_results(name));
    let inside = |name: String| {
        let path = folder.join(&name);
        match files::leaves(&folder, &path) {
            true => Err(at(&path, &io::Error::other(files::LINK))),
            false => Ok((name, path)),
        }
    };
    names.into_iter().map(inside).collect()
}

/// What of a council's publication must outlast another that takes its place: the results
/// kept already; those that stand, if their as-of date is another, or if somebody has seen
/// them and the next ones do not tell all that they told, or are the first to tell something
/// else of posts and things; and those brought.
pub(super) fn kept(
    next: &Publication,
    home: &Path,
    before: Before,
    known: &Known,
) -> io::Result<Vec<Kept>> {
    let mut kept = Vec::new();
    for (name, path) in kept_in(home)? {
        let bytes = files::read(&path).map_err(|error| at(&path, &error))?;
        let is_unseen = || {
            let release = serde_json::from_slice::<Publication>(&bytes);
            release.is_ok_and(|one| before.unseen.contains(&one))
        };
        if !was_made_up(next, &bytes) && (before.unseen.is_empty() || !is_unseen()) {
            kept.push(described(&name, bytes));
        }
    }
    for (day, bytes) in before.brought {
        add(&mut kept, &day, bytes);
    }
    let path = home.join(RESULTS);
    match files::read(&path) {
        Ok(standing) => match known
            .head(&standing)
            .map_or_else(|| serde_json::from_slice(&standing), Ok)
        {
            Ok(head) if is_made_up(&head) && next.council.code != MADE_UP => {}
            Ok(head) if head.council.as_of == next.council.as_of => {
                // What nobody has seen need not be read.
                let seen = Some(&standing).filter(|_| !before.seen.is_empty());
                let release = seen.and_then(|bytes| serde_json::from_slice(bytes).ok());
                // Of what is put right again and again the first stays.
                let is_first = kept.iter().all(|one| one.words != head.council.as_of_words);
                let stays = |one: &Publication| {
                    before.seen.contains(one)
                        && (!tells_all(next, one) || is_first && is_revised(next, one))
                };
                if release.is_some_and(|one| stays(&one)) {
                    add(&mut kept, &head.council.as_of, standing);
                }
            }
            Ok(head) if head.council.has_date() => add(&mut kept, &head.council.as_of, standing),
            _ => add(&mut kept, UNREAD, standing),
        },
        Err(error) if is_not_there(&error) => {}
        Err(error) => return Err(at(&path, &error)),
    }
    kept.sort_by_key(|one| order(&one.path));
    Ok(kept)
}

/// Whether results are of the made-up figures that a council begins with, and its own take
/// their place.
fn was_made_up(next: &Publication, bytes: &[u8]) -> bool {
    next.council.code != MADE_UP
        && serde_json::from_slice::<Head>(bytes).is_ok_and(|head| is_made_up(&head))
}

fn is_made_up(head: &Head) -> bool {
    head.council.code == MADE_UP
}

/// The earlier results among the files of a publication, as its pages name them.
pub(super) fn kept_among<'f>(
    files: impl IntoIterator<Item = (&'f String, &'f Vec<u8>)>,
) -> Vec<Kept> {
    let mut kept: Vec<Kept> = files
        .into_iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix(EARLIER)?.strip_prefix('/')?;
            is_results(name).then(|| described(name, bytes.clone()))
        })
        .collect();
    kept.sort_by_key(|one| order(&one.path));
    kept
}

/// Adds some results under their day, with a number if others have its name; once.
fn add(kept: &mut Vec<Kept>, stem: &str, bytes: Vec<u8>) {
    if kept.iter().all(|known| known.bytes != bytes) {
        let mut numbered = (2..).map(|number| format!("{stem}.{number}.json"));
        let mut name = format!("{stem}.json");
        while kept.iter().any(|known| known.path == in_folder(&name)) {
            name = numbered.next().expect("numbers do not run out");
        }
        kept.push(described(&name, bytes));
    }
}

/// Whether there is no such file, or a file where its folder would be.
fn is_not_there(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn in_folder(name: &str) -> String {
    format!("{EARLIER}/{name}")
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::other(format!("`{}`: {}", shown(path), reason(error)))
}

fn described(name: &str, bytes: Vec<u8>) -> Kept {
    let words = day_of(&bytes).map_or_else(
        || name.trim_end_matches(".json").to_owned(),
        |(_, words)| words,
    );
    Kept {
        path: in_folder(name),
        words,
        bytes,
    }
}

/// The as-of date of some results, as a date and in words.
fn day_of(bytes: &[u8]) -> Option<(String, String)> {
    let head: Head = serde_json::from_slice(bytes).ok()?;
    let council = head.council;
    council
        .has_date()
        .then_some((council.as_of, council.as_of_words))
}

#[cfg(test)]
mod tests;
