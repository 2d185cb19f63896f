//! `healthcheck watch`: run, then again on every change, until Ctrl-C; in a browser too, if
//! asked.

use crate::args::FaultFormat;
use crate::screen::{Colour, Screen, number, plain, wrapped};
use crate::{Ending, run};
use healthcheck::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use healthcheck::host::{Destination, Host, Move, Outcome, Run};
use healthcheck::publication::MADE_UP;
use healthcheck::watch::machine::STALL;
use healthcheck::watch::{News, Preview, watch as watching};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// So many things that moved are listed; a browser shows more.
const MOVES: usize = 12;

/// What is said once, under a publication that this watch may still replace.
const STAYS_OPEN: &str = "What this watch is the first to publish of an as-of date takes the place of what it published before, and is closed to\nchanges of rows when the watch ends. Hand the pages out after that, not before.";

/// How the pages are shown while we watch.
pub struct Show {
    /// Whether to open the browser.
    pub open: bool,
    /// The port, if it matters.
    pub port: Option<u16>,
}

/// Watches the councils named, or all.
pub fn watch(
    host: &Host,
    named: &[String],
    to: &Destination,
    show: Option<Show>,
    unseen: bool,
    screen: &Screen,
) -> Ending {
    if let Err(faults) = host.councils(named) {
        screen.faults(&faults);
        return Ending::of(&faults);
    }
    let preview = match show.as_ref().map(|show| Preview::open(to, show.port)) {
        None => None,
        Some(Ok(preview)) => Some(preview),
        Some(Err(error)) => {
            screen.message(&format!(
                "error: the preview could not be opened: {error}\n  help: another port may be free: leave --port out, or name another"
            ));
            return Ending::NoAccess;
        }
    };
    if let (Some(preview), Some(show)) = (&preview, &show) {
        screen.message(&format!(
            "Preview, on this computer alone: {}",
            preview.address()
        ));
        if show.open
            && let Err(error) = open(preview.address())
        {
            screen.message(&format!(
                "note: no browser could be opened ({error}); open the address by hand"
            ));
        }
        screen.message("");
    }
    let (mut waiting, mut stays_open, mut is_said) = (false, false, false);
    let mut told = Told::default();
    let ended = watching(host, named, to, |news| {
        if let Some(preview) = &preview {
            preview.hear(&news);
        }
        match news {
            News::Ran(done, because) if because.is_empty() && told.is_all(&done) => {}
            News::Ran(done, because) | News::Rendered(done, because) => {
                screen.message(&reason(&because));
                tell(&done, &mut told, to, screen);
                waiting = false;
                if !unseen && done.outcomes.iter().any(closes_later) {
                    stays_open = true;
                }
            }
            News::Forgotten(council) => {
                told.forget(&council);
                screen.message(&format!(
                    "{}: its script is gone; what it published stays",
                    plain(&council)
                ));
            }
            News::Waiting(files) => screen.message(&format!(
                "{}: another program is still writing, and is waited for until it closes the file or writes nothing for {} seconds",
                listed(&files),
                STALL / 1000
            )),
            News::StillOpen(files) => screen.message(&format!(
                "warning: {}: another program still has it open, and what was read of it may not be whole: rows may be missing. It is read again once that program closes it",
                listed(&files)
            )),
            News::Deaf(trouble) => screen.message(&format!(
                "note: the system does not tell of changes here ({}), so files are looked at twice a second",
                plain(&trouble)
            )),
            News::Far(folder, kind) => screen.message(&format!(
                "note: {} lies on another computer ({}), which does not tell of changes, so files are looked at twice a second",
                plain(&folder.display().to_string()),
                plain(&kind)
            )),
            News::Quiet if !waiting => {
                screen.message("\nWatching. Stop with Ctrl-C.");
                if std::mem::take(&mut stays_open) && !std::mem::replace(&mut is_said, true) {
                    screen.message(STAYS_OPEN);
                }
                waiting = true;
            }
            _ => {}
        }
        ControlFlow::Continue(())
    });
    match ended {
        Ok(()) => Ending::Well,
        Err(faults) => {
            screen.faults(&faults);
            Ending::of(&faults)
        }
    }
}

/// Whether a council was published of which rows may count as published for good.
fn closes_later(outcome: &Outcome) -> bool {
    let publication = outcome.publication.as_ref();
    outcome.page.is_some() && publication.is_some_and(|one| one.council.code != MADE_UP)
}

/// What became of a run, and what it moved.
fn tell(done: &Run, told: &mut Told, to: &Destination, screen: &Screen) {
    let news = |outcome: &Outcome| told.news(&outcome.council, &outcome.faults);
    run::tell_of(done, news, to, FaultFormat::Human, screen);
    for Outcome {
        council, faults, ..
    } in &done.outcomes
    {
        match faults.warnings() - told.news(council, faults).warnings() {
            0 => {}
            times => screen.message(&format!(
                "{}: {} as before",
                plain(council),
                number(times, "warning")
            )),
        }
        told.note(council, faults);
    }
    told.note("", &done.faults);
    let is_unwritten = |fault: &Diagnostic| fault.code == Code::NotWritten;
    let of_councils = done.outcomes.iter().flat_map(|one| one.faults.iter());
    if done.faults.iter().chain(of_councils).any(is_unwritten) {
        screen.message("What could not be written is tried again by itself, after five seconds first and then more seldom.");
    }
    for outcome in done.outcomes.iter().filter(|one| !one.moves.is_empty()) {
        screen.message(&moved(outcome, screen));
    }
}

/// The warnings that each council's last run told, by their code and message: at each save
/// only what is new is worth reading.
#[derive(Default)]
struct Told(BTreeMap<String, Keys>);

type Keys = BTreeSet<(&'static str, String)>;

impl Told {
    fn knows(&self, council: &str, fault: &Diagnostic) -> bool {
        let key = (fault.code.name(), fault.message.clone());
        let before = self.0.get(council);
        fault.severity() == Severity::Warning && before.is_some_and(|told| told.contains(&key))
    }

    /// Whether something failed, and all is as before: what is tried again and again is told once.
    fn is_all(&self, done: &Run) -> bool {
        let all = faults_of(done);
        all.clone().any(|(_, faults)| faults.has_errors())
            && all
                .clone()
                .all(|(of, faults)| self.0.get(of) == Some(&keys(faults)))
    }

    fn news(&self, council: &str, faults: &Diagnostics) -> Diagnostics {
        let new = faults.iter().filter(|fault| !self.knows(council, fault));
        new.cloned().collect()
    }

    fn note(&mut self, council: &str, faults: &Diagnostics) {
        self.0.insert(council.to_owned(), keys(faults));
    }

    /// A council is gone: if it comes back, all of it is news.
    fn forget(&mut self, council: &str) {
        self.0.remove(council);
    }
}

/// The faults of a run as a whole, under no name, and of each council.
fn faults_of(done: &Run) -> impl Iterator<Item = (&str, &Diagnostics)> + Clone {
    let of_councils = done.outcomes.iter();
    let of_councils = of_councils.map(|one| (one.council.as_str(), &one.faults));
    std::iter::once(("", &done.faults)).chain(of_councils)
}

fn keys(faults: &Diagnostics) -> Keys {
    let key = |fault: &Diagnostic| (fault.code.name(), fault.message.clone());
    faults.iter().map(key).collect()
}

fn moved(outcome: &Outcome, screen: &Screen) -> String {
    let heading = format!("What changed in {}:", plain(&outcome.council));
    let mut lines = vec![String::new(), screen.painted(Colour::Bold, &heading)];
    lines.extend(outcome.moves.iter().take(MOVES).map(line));
    match outcome.moves.len().saturating_sub(MOVES) {
        0 => {}
        more => lines.push(format!("  and {more} more")),
    }
    lines.join("\n")
}

fn line(one: &Move) -> String {
    let words = format!("  {}: {} → {}", one.what, one.then, one.now);
    wrapped(&plain(&words), 4)
}

fn reason(because: &BTreeSet<PathBuf>) -> String {
    if because.is_empty() {
        return String::new();
    }
    format!("Changed: {}\n", listed(because))
}

fn listed(files: &BTreeSet<PathBuf>) -> String {
    let files = files.iter().map(|path| plain(&path.display().to_string()));
    files.collect::<Vec<String>>().join(", ")
}

/// Hands an address to the system's browser, and does not wait for it.
fn open(address: &str) -> io::Result<()> {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    Command::new(program)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use healthcheck::diagnostic::Code;
    use healthcheck::source::Source;

    #[test]
    fn at_each_save_the_warnings_of_the_last_run_are_passed_over_and_errors_are_not() {
        let source = Source::new("check.rhai", "council();");
        let fault = |code, message: &str| Diagnostic::new(code, source.whole(), message);
        let warning = || fault(Code::UnusedColumn, "nothing uses `a`");
        let error = || fault(Code::Syntax, "`)` is missing here");
        let faults: Diagnostics = [warning(), error()].into_iter().collect();
        let mut told = Told::default();
        assert_eq!(told.news("eastmere", &faults).iter().count(), 2);
        told.note("eastmere", &faults);
        let new = fault(Code::UnusedColumn, "nothing uses `b`");
        let later: Diagnostics = [warning(), error(), new].into_iter().collect();
        let news = told.news("eastmere", &later);
        let messages: Vec<&str> = news.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["`)` is missing here", "nothing uses `b`"]);
        assert_eq!(
            told.news("northshire", &faults).iter().count(),
            2,
            "of another council"
        );
        // Mended, and made again: then it is new.
        told.note("eastmere", &Diagnostics::new());
        assert_eq!(told.news("eastmere", &faults).iter().count(), 2);
    }
}
