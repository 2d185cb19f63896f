//! `healthcheck check`: all that can go wrong before anything is published; publishes nothing.

use crate::args::FaultFormat;
use crate::screen::{Screen, count, number, plain};
use crate::{Ending, faults};
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::{Host, Inspection};
use healthcheck::report::diagnostics::Part;
use std::path::Path;

/// Checks the councils named, or all, and the templates.
pub fn check(host: &Host, named: &[String], format: FaultFormat, screen: &Screen) -> Ending {
    let councils = match host.councils(named) {
        Ok(councils) => councils,
        Err(found) => return faults::of_the_command(found, format, screen),
    };
    let found = host.inspect(&councils);
    let of = |name: &str, faults: Diagnostics| Part {
        name: name.into(),
        faults,
        bug: None,
    };
    let templates = of("templates", host.inspect_templates());
    let national = of("national", host.inspect_national());
    let last = format!("templates: {}", verdict(&templates.faults));
    let ending = tell(&found, [templates, national], format, screen);
    faults::beside(&last, format, screen);
    // The program is about to end. To let go of every script of 153 councils one by one, by
    // one thread, would take a sixth of the time that it took to check them.
    std::mem::forget(found);
    ending
}

/// Checks a script whose text an editor hands over; its path says where it would stand.
pub fn from_stdin(host: &Host, path: &Path, format: FaultFormat, screen: &Screen) -> Ending {
    let Some(text) = screen.handed_over() else {
        return Ending::NoAccess;
    };
    match host.inspect_text(path, &text) {
        Some(found) => tell(&found, [], format, screen),
        None => {
            let path = plain(&path.display().to_string());
            screen.message(&format!(
                "error: `{path}` is neither a council's `check.rhai` or `tests.rhai` nor a library in a folder `shared`"
            ));
            Ending::Misuse
        }
    }
}

/// Tells what was found of councils, and of what stands beside them.
fn tell<const N: usize>(
    found: &[Inspection],
    others: [Part; N],
    format: FaultFormat,
    screen: &Screen,
) -> Ending {
    let councils = found.iter().map(|one| Part {
        name: one.council.clone(),
        faults: one.faults.clone(),
        bug: one.bug.clone(),
    });
    let parts: Vec<Part> = councils.chain(others).collect();
    let mut ending = Ending::of(&faults::tell(&parts, format, screen));
    for one in found {
        faults::beside(&line(one), format, screen);
        for told in &one.told {
            faults::beside(&format!("  {}", plain(told)), format, screen);
        }
        if let Some(bug) = &one.bug {
            screen.message(&format!("This is a bug in healthcheck: {}", plain(bug)));
            ending = Ending::Bug;
        }
    }
    ending
}

fn line(one: &Inspection) -> String {
    let council = plain(&one.council);
    if one.bug.is_some() {
        return format!("{council}: stopped by a bug in healthcheck");
    }
    let verdict = verdict(&one.faults);
    let (there, of) = one.tables;
    if one.check.is_none() {
        format!("{council}: {verdict}")
    } else {
        let files = number(of, "data file");
        let absent = if one.absent.is_empty() {
            String::new()
        } else {
            format!("; not there: {}", plain(&one.absent.join(", ")))
        };
        let scored = match one.figures {
            0 => String::new(),
            figures => format!(", {} worked out", number(figures, "figure")),
        };
        format!("{council}: {verdict}; {there} of {files} read{scored}{absent}")
    }
}

fn verdict(faults: &Diagnostics) -> String {
    if faults.is_empty() {
        "sound".into()
    } else if faults.has_errors() {
        count(faults)
    } else {
        format!("sound, {}", count(faults))
    }
}
