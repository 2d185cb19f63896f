//! What a run would tell, with nothing written: scripts, data, logos, what was published before
//! and templates in, the faults that would stop it out, each once and as a run words it.

use super::super::files::{Files, NO_PERMISSION};
use super::super::{CouncilFolder, Destination, Host};
use super::{Chart, Weight};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::publication::Input;
use std::collections::BTreeMap;

/// So many faults of one file are told.
const MOST_OF_A_FILE: usize = 3;
/// Characters of advice; of more it is said where they stand.
const LONGEST: usize = 300;

/// A council as a run would find it.
pub(super) struct Seen<'c> {
    pub(super) council: &'c CouncilFolder,
    /// Whether a run would not publish it.
    pub(super) is_faulty: bool,
    /// What a publication of it would say that it rests on, if it came so far.
    pub(super) inputs: Option<Vec<Input>>,
    /// The files that it looked at; `None` if it did not come to its data.
    pub(super) files: Option<Files>,
}

pub(super) fn look<'c>(
    host: &Host,
    councils: &'c [CouncilFolder],
    to: &Destination,
    chart: &mut Chart,
) -> Vec<Seen<'c>> {
    faults(&host.inspect_templates(), "healthcheck check", chart);
    let outcomes = host.rehearse(councils, to);
    let seen = councils.iter().zip(outcomes).map(|(council, outcome)| {
        let shows = format!("healthcheck check {}", council.id);
        faults(&outcome.faults, &shows, chart);
        if let Some(bug) = &outcome.bug {
            let what = format!("it ends with a bug in healthcheck: {bug}");
            let advice = "please report it with these lines";
            chart.note(Weight::Bug, &outcome.council, what, advice);
        }
        Seen {
            council,
            is_faulty: outcome.faults.has_errors() || outcome.bug.is_some(),
            inputs: outcome.publication.map(|found| found.inputs),
            files: outcome.loaded.then_some(outcome.files),
        }
    });
    seen.collect()
}

/// The errors among some faults, of each file the first, and what cannot be read of what was
/// published before; `shows` is the command that shows them all.
pub(super) fn faults(found: &Diagnostics, shows: &str, chart: &mut Chart) {
    let mut of_files: BTreeMap<&str, usize> = BTreeMap::new();
    let told = |fault: &&Diagnostic| {
        fault.severity() == Severity::Error || fault.code == Code::EarlierNotRead
    };
    for fault in found.iter().filter(told) {
        let file = fault.place.source.name();
        let nth = of_files.entry(file).or_default();
        *nth += 1;
        if *nth <= MOST_OF_A_FILE {
            let advice = advice(fault, shows);
            chart.note(weight(fault), file, fault.message.clone(), &advice);
        }
    }
    for (file, all) in of_files {
        if let Some(more) = all.checked_sub(MOST_OF_A_FILE).filter(|more| *more > 0) {
            let what = format!("{more} faults more");
            chart.note(Weight::Faulty, file, what, shows);
        }
    }
}

fn weight(fault: &Diagnostic) -> Weight {
    match (fault.code, fault.severity()) {
        (Code::FileNotRead | Code::NotWritten, _) => Weight::Stops,
        (_, Severity::Error) => Weight::Faulty,
        (_, Severity::Warning) => Weight::Warning,
    }
}

/// What a fault says of what to do. What is to be typed needs its place beside it.
fn advice(fault: &Diagnostic, shows: &str) -> String {
    let is_typed = fault.replacement().is_some();
    let help = fault
        .help
        .as_ref()
        .filter(|help| !is_typed && !help.contains('\n'));
    let words: Vec<&str> = fault.notes.iter().chain(help).map(String::as_str).collect();
    let (words, name) = (words.join("; "), fault.code.name());
    match fault.code {
        _ if words.chars().count() > LONGEST => {
            format!("healthcheck explain {name} says what to do")
        }
        _ if !words.is_empty() && !is_typed => words,
        Code::FileNotRead if !fault.message.contains(NO_PERMISSION) => {
            "put in its place what can be read".to_owned()
        }
        Code::FileNotRead => "ask whoever owns it for the right to read it".to_owned(),
        Code::FileNotFound => "put the file there, or name the one that is meant".to_owned(),
        _ => format!("{shows} shows where, and healthcheck explain {name} what to do"),
    }
}
