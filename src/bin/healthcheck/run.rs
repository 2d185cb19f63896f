//! `healthcheck run`: check, read, assess, publish; faults, then a table of the results.

use crate::args::FaultFormat;
use crate::screen::{Screen, count, plain};
use crate::{Ending, faults, progress, table};
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::{Destination, Host, Outcome, Run};
use healthcheck::report::diagnostics::Part;

/// Runs the councils named, or all.
pub fn run(
    host: &Host,
    named: &[String],
    to: &Destination,
    format: FaultFormat,
    screen: &Screen,
) -> Ending {
    match host.councils(named) {
        Ok(councils) => {
            let run = || host.run(&councils, to);
            let run = match host.progress() {
                Some(progress) => progress::beside(progress, run),
                None => run(),
            };
            tell(&run, to, format, screen)
        }
        Err(found) => faults::of_the_command(found, format, screen),
    }
}

/// Prints what became of a run.
pub fn tell(run: &Run, to: &Destination, format: FaultFormat, screen: &Screen) -> Ending {
    let all = |outcome: &Outcome| outcome.faults.clone();
    tell_of(run, all, to, format, screen)
}

/// The same, with those of each council's faults that are to be shown.
pub fn tell_of(
    run: &Run,
    shown: impl Fn(&Outcome) -> Diagnostics,
    to: &Destination,
    format: FaultFormat,
    screen: &Screen,
) -> Ending {
    let councils = run.outcomes.iter().map(|outcome| Part {
        name: outcome.council.clone(),
        faults: shown(outcome),
        bug: outcome.bug.clone(),
    });
    let shared = Part {
        name: "templates".into(),
        faults: run.faults.clone(),
        bug: run.bug.clone(),
    };
    let parts: Vec<Part> = councils.chain([shared]).collect();
    let faults = faults::tell(&parts, format, screen);
    let published: Vec<_> = run
        .outcomes
        .iter()
        .filter_map(|outcome| {
            let page = outcome.page.as_ref()?.display().to_string();
            Some((outcome.publication.as_ref()?, page))
        })
        .collect();
    if !published.is_empty() {
        faults::beside(&table::summary(&published), format, screen);
        screen.message("");
    }
    for outcome in run.outcomes.iter().filter(|one| one.page.is_none()) {
        screen.message(&unpublished(outcome, &run.faults));
    }
    screen.message(&last_line(run, published.len(), to));
    let bugs = run.outcomes.iter().filter_map(|one| one.bug.as_ref());
    let mut ending = Ending::of(&faults);
    for bug in bugs.chain(&run.bug) {
        screen.message(&format!("This is a bug in healthcheck: {}", plain(bug)));
        ending = Ending::Bug;
    }
    ending
}

/// Why a council was not published, and what its readers see meanwhile.
fn unpublished(outcome: &Outcome, shared: &Diagnostics) -> String {
    let why = if outcome.stopped {
        "stopped".to_owned()
    } else if outcome.bug.is_some() {
        "stopped by a bug in healthcheck".to_owned()
    } else if outcome.faults.has_errors() {
        count(&outcome.faults)
    } else if shared.has_errors() {
        "sound, but there is a fault in a template".to_owned()
    } else {
        "nothing to publish".to_owned()
    };
    let meanwhile = match &outcome.kept {
        Some(page) => format!("its last publication stays: {}", page.display()),
        None => "it has no publication yet".to_owned(),
    };
    format!(
        "{}: not published ({why}); {meanwhile}",
        plain(&outcome.council)
    )
}

fn last_line(run: &Run, published: usize, to: &Destination) -> String {
    let all = run.outcomes.len();
    let councils = if all == 1 { "council" } else { "councils" };
    let mut line = format!(
        "{published} of {all} {councils} published in {:.1} seconds.",
        run.took.as_secs_f64()
    );
    let index = to.path().join("index.html");
    if published > 0 && index.is_file() {
        line.push_str(&format!(" All of them: {}", index.display()));
    }
    line
}
