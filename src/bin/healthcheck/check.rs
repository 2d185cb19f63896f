//! `healthcheck check`: all that can be known without scoring; publishes nothing.

use crate::Ending;
use crate::screen::{Screen, count, number, plain};
use healthcheck::host::{Host, Inspection};

/// Checks the councils named, or all, and the templates.
pub fn check(host: &Host, named: &[String], screen: &Screen) -> Ending {
    let councils = match host.councils(named) {
        Ok(councils) => councils,
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    let found = host.inspect(&councils);
    let templates = host.inspect_templates();
    let mut faults = host.inspect_national();
    faults.extend(templates.clone());
    for one in &found {
        faults.extend(one.faults.clone());
    }
    screen.faults(&faults);
    let mut ending = Ending::of(&faults);
    for one in &found {
        screen.data(&line(one));
        if let Some(bug) = &one.bug {
            screen.message(&format!("This is a bug in healthcheck: {}", plain(bug)));
            ending = Ending::Bug;
        }
    }
    screen.data(&format!("templates: {}", verdict(&templates)));
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
        format!("{council}: {verdict}; {there} of {files} there{absent}")
    }
}

fn verdict(faults: &healthcheck::diagnostic::Diagnostics) -> String {
    if faults.is_empty() {
        "sound".into()
    } else if faults.has_errors() {
        count(faults)
    } else {
        format!("sound, {}", count(faults))
    }
}
