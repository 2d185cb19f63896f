//! A script, tests or a template in, the same with every safe replacement made out, and what
//! was changed; and its exchange on disk. Notes and layout stay as they are.

use super::files::{self, Files, shown};
use super::trial::TESTS;
use super::{CouncilFolder, Host, Inspection};
use crate::diagnostic::{Diagnostics, Replacement, quoted_lines};
use crate::source::{Source, Span, on_disk};
use std::path::{Path, PathBuf};

/// Most rounds of looking and mending: a mend may bring the next fault to light.
const MOST_ROUNDS: usize = 20;

/// Begins the name of a file that is not finished.
const UNFINISHED: &str = ".healthcheck-fix-";

/// A script or template before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mend {
    /// Where it is.
    pub path: PathBuf,
    /// Its text as it is.
    pub before: String,
    /// Its text with every safe replacement made.
    pub after: String,
    /// What was changed, in the order in which it was.
    pub changes: Vec<Change>,
}

/// Some lines of a file, before and after one change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The number of the first line, counted from 1.
    pub line: usize,
    /// The lines as they were, as a person is shown them: of long ones what stands around the
    /// changes.
    pub old: Vec<String>,
    /// The same lines as they are now.
    pub new: Vec<String>,
}

impl Host {
    /// A script, a council's tests or a template on disk with every safe replacement made, one
    /// round after the other until none is left. Nothing is written. `None` if nothing of the
    /// kind stands at such a path.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn mend(&self, path: &Path) -> Result<Option<Mend>, Diagnostics> {
        let source = files::read_text(path, &mut Files::default())?;
        let written = files::read(path)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_else(|| source.text().to_owned());
        Ok(self.mend_text(path, &written))
    }

    /// The same for a text that an editor holds, with the path at which it would stand.
    pub fn mend_text(&self, path: &Path, text: &str) -> Option<Mend> {
        let mut mend = Mend {
            path: path.to_owned(),
            before: text.to_owned(),
            after: text.to_owned(),
            changes: Vec::new(),
        };
        let name = shown(path);
        for _ in 0..MOST_ROUNDS {
            let faults = self.faults_in(path, &mend.after)?;
            let safe = faults.safe_in(&name);
            if safe.is_empty() {
                break;
            }
            let source = Source::new(name.as_str(), &mend.after);
            mend.changes.extend(changes(&source, &safe));
            mend.after = typed(&mend.after, &safe);
        }
        Some(mend)
    }

    /// What is wrong with the text of a script, of tests or of a template, by its path; `None`
    /// if nothing of the kind stands at such a path.
    pub fn faults_in(&self, path: &Path, text: &str) -> Option<Diagnostics> {
        match self.inspect_text(path, text) {
            Some(found) => Some(found.into_iter().flat_map(of).collect()),
            None => self.inspect_template(path, text),
        }
    }

    /// The files of these councils, and of all, that may have something to mend: scripts and
    /// tests; where `all` are meant, shared libraries and the templates on disk too.
    pub fn mendable(&self, councils: &[CouncilFolder], all: bool) -> Vec<PathBuf> {
        let tests =
            |script: &Path| Some(script.with_file_name(TESTS)).filter(|path| path.is_file());
        let shared = self.scripts_of(&[], all).into_iter();
        let own = councils.iter().flat_map(|council| {
            std::iter::once(council.script.clone()).chain(tests(&council.script))
        });
        let templates = all.then(|| self.templates_there()).into_iter().flatten();
        shared.chain(own).chain(templates).collect()
    }

    /// The templates on disk, without those that are links out of their folder.
    fn templates_there(&self) -> Vec<PathBuf> {
        let folder = self.templates_folder();
        let mut all = files::template_files(folder);
        all.retain(|path| !files::leaves(folder, path));
        all
    }

    /// Exchanges a script for its mended self, at once and whole.
    ///
    /// # Errors
    /// A file that cannot be written, or that has changed since it was read.
    pub fn put_right(&self, mend: &Mend) -> Result<(), Diagnostics> {
        files::exchange_text(&mend.path, &mend.before, &mend.after, UNFINISHED)
    }
}

fn of(one: Inspection) -> Diagnostics {
    one.faults
}

/// The text as it is on disk with these replacements made.
fn typed(written: &str, safe: &[Replacement]) -> String {
    let newline = if written.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut text = written.to_owned();
    for one in safe.iter().rev() {
        let span = one.place.span;
        let range = on_disk(written, span.start)..on_disk(written, span.end);
        text.replace_range(range, &one.text.replace('\n', newline));
    }
    text
}

/// The lines that replacements touch, before and after; those of one line together.
fn changes(source: &Source, safe: &[Replacement]) -> Vec<Change> {
    let text = source.text();
    let lines = |span: Span| {
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.end..]
            .find('\n')
            .map_or(text.len(), |at| span.end + at);
        Span::new(start, end)
    };
    let mut groups: Vec<(Span, Vec<&Replacement>)> = Vec::new();
    for one in safe {
        let touched = lines(one.place.span);
        match groups.last_mut() {
            Some((before, members)) if touched.start < before.end || touched == *before => {
                *before = before.to(touched);
                members.push(one);
            }
            _ => groups.push((touched, vec![one])),
        }
    }
    groups
        .into_iter()
        .map(|(touched, members)| change(source, touched, &members))
        .collect()
}

/// What these replacements make of the lines that they touch.
fn change(source: &Source, touched: Span, members: &[&Replacement]) -> Change {
    let mut new = String::new();
    let (mut places_before, mut places_after) = (Vec::new(), Vec::new());
    let mut taken_to = touched.start;
    for one in members {
        let span = one.place.span;
        new.push_str(source.slice(Span::new(taken_to, span.start)));
        places_before.push(span.start - touched.start);
        places_after.push(new.len());
        new.push_str(&one.text);
        taken_to = span.end;
    }
    new.push_str(source.slice(Span::new(taken_to, touched.end)));
    Change {
        line: source.line_and_column(touched.start).0,
        old: quoted_lines(source.slice(touched), &places_before),
        new: quoted_lines(&new, &places_after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun() -> (tempfile::TempDir, Host, PathBuf, String) {
        let folder = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .build();
        let script = host.begin("northshire").unwrap()[0].clone();
        let text = std::fs::read_to_string(&script).unwrap();
        (folder, host, script, text)
    }

    #[test]
    fn every_safe_slip_is_mended_round_after_round_and_nothing_else_is_touched() {
        let (_folder, host, script, text) = begun();
        let slip = text
            .replace("target: at_most(16),", "tarket: at_most(16%)")
            .replace("agreed: true });", "agreed: True })");
        let mend = host.mend_text(&script, &slip).unwrap();
        assert_eq!(mend.after, text);
        assert!(mend.changes.len() >= 2, "{:?}", mend.changes);
    }

    #[test]
    fn a_change_in_a_very_long_line_is_shown_with_what_stands_around_it() {
        let (_folder, host, script, text) = begun();
        let note = format!("/*{}*/ ", "é".repeat(10_000));
        let slip = text.replace("target: at_most(16)", &format!("{note}tarket: at_most(16)"));
        let mend = host.mend_text(&script, &slip).unwrap();
        assert!(mend.after.contains(&note) && !mend.after.contains("tarket"));
        let [change] = &mend.changes[..] else {
            panic!("{:?}", mend.changes);
        };
        for (lines, word) in [(&change.old, "tarket"), (&change.new, "target")] {
            assert_eq!(lines.len(), 1);
            assert!(lines[0].starts_with("…éé") && lines[0].contains(word));
            assert!(lines[0].chars().count() < 210, "{}", lines[0]);
        }
    }

    #[test]
    fn line_ends_and_marks_of_another_system_stay_as_they_are() {
        let (_folder, host, script, text) = begun();
        let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let slip = text.replace("target: at_most(16)", "tarket:\u{a0}at_most(16)");
        let mend = host.mend_text(&script, &windows(&slip)).unwrap();
        let sound = text.replace("target: at_most(16)", "target:\u{a0}at_most(16)");
        assert_eq!(mend.after, windows(&sound));
    }

    #[test]
    fn what_is_only_offered_is_left_to_a_person() {
        let (_folder, host, script, text) = begun();
        let slip = text.replace("target:", "tar-get:");
        assert_ne!(slip, text);
        let mend = host.mend_text(&script, &slip).unwrap();
        assert_eq!(mend.after, slip);
        assert!(mend.changes.is_empty());
    }

    #[test]
    fn a_script_that_somebody_saved_meanwhile_is_not_touched() {
        let (_folder, host, script, text) = begun();
        std::fs::write(&script, text.replace("target:", "tarket:")).unwrap();
        let mend = host.mend(&script).unwrap().unwrap();
        std::fs::write(&script, "// mine").unwrap();
        assert!(host.put_right(&mend).is_err());
        assert_eq!(std::fs::read_to_string(&script).unwrap(), "// mine");
    }
}
