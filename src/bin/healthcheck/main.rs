//! The command line: arguments in, words on the screen and an exit code out. All that it
//! knows it has from the library's public face.

#![deny(unsafe_code)]

mod args;
mod begin;
mod check;
mod compare;
mod diff;
mod disclose;
mod doctor;
mod explain;
mod faults;
mod fix;
mod fmt;
#[cfg(feature = "lsp")]
mod lsp;
mod meter;
mod misuse;
mod names;
mod progress;
mod questionnaire;
mod reference;
mod run;
mod screen;
mod signals;
mod table;
mod templates;
mod test;
mod text;
mod verify;
#[cfg(feature = "watch")]
mod watch;

use args::{Args, Command, Disclose, Places};
use clap::Parser;
use healthcheck::diagnostic::{Code, Diagnostics};
use healthcheck::host::{Destination, Host, Progress};
use healthcheck::script::{Limits, NoThread};
use screen::Screen;
use signals::Signals;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;

/// The most memory that one council's script may hold.
const MEMORY: usize = 192 * 1024 * 1024;

/// Where things are written that are not told where.
const PUBLISHED: &str = "published";
const QUESTIONNAIRE: &str = "questionnaire";
const REFERENCE: &str = "reference";

/// How it ended, from well to worst: of several endings the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    /// All well, warnings or not.
    Well = 0,
    /// Faults in a script, data or template.
    Faults = 1,
    /// The command was not understood, or there is nothing that it could be about.
    Misuse = 2,
    /// Something could not be read or written.
    NoAccess = 3,
    /// A bug of ours.
    Bug = 70,
}

impl Ending {
    fn of(faults: &Diagnostics) -> Self {
        let all = faults.iter();
        all.map(|fault| match fault.code {
            Code::NothingToRun => Ending::Misuse,
            Code::NotWritten | Code::FileNotRead => Ending::NoAccess,
            code if code.severity() == healthcheck::diagnostic::Severity::Error => Ending::Faults,
            _ => Ending::Well,
        })
        .max()
        .unwrap_or(Ending::Well)
    }
}

fn main() -> ExitCode {
    meter::give_nothing_back();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return misunderstood(&error),
    };
    if args.command.goes_on() {
        meter::give_back();
    }
    let screen = Screen::new().showing_values(args.command.shows_values());
    let signals = Signals::default();
    let ending = catch_unwind(AssertUnwindSafe(|| act(&args, &screen, &signals))).unwrap_or_else(|payload| {
        if let Some(none) = payload.downcast_ref::<NoThread>() {
            screen.message(&format!("error: {none}\nEnd other programs, or let it begin more: `ulimit -u` and `ulimit -v` say how many."));
            return Ending::NoAccess;
        }
        screen.message("This is a bug in healthcheck, not a mistake of yours. Please report it with the lines above.");
        Ending::Bug
    });
    signals.end();
    ExitCode::from(ending.max(screen.ending()) as u8)
}

/// A command that could not be read, or that asks for help or the version.
fn misunderstood(error: &clap::Error) -> ExitCode {
    match misuse::told(error) {
        Some(words) => {
            Screen::new().message(&words);
            ExitCode::from(Ending::Misuse as u8)
        }
        None => error.exit(),
    }
}

fn act(args: &Args, screen: &Screen, signals: &Signals) -> Ending {
    let places = &args.places;
    if let Some(trouble) = places.trouble() {
        screen.message(&format!("error: {trouble}"));
        return Ending::Misuse;
    }
    let host = host(places, args.command.is_unseen(), signals);
    if args.command.publishes() {
        signals.heed();
    }
    let to = |usual: &str| {
        let folder = places.out.clone();
        Destination::folder(folder.unwrap_or_else(|| usual.into()))
    };
    match &args.command {
        Command::Run {
            councils, format, ..
        } => run::run(&host, councils, &to(PUBLISHED), *format, screen),
        Command::Check {
            stdin_filename: Some(path),
            format,
            fix: false,
            ..
        } => check::from_stdin(&host, path, *format, screen),
        Command::Check {
            stdin_filename: Some(path),
            format,
            ..
        } => fix::from_stdin(&host, path, *format, screen),
        Command::Check {
            councils,
            format,
            fix,
            ..
        } => {
            let refused = match fix {
                true => fix::fix(&host, councils, *format, screen),
                false => Ending::Well,
            };
            refused.max(check::check(&host, councils, *format, screen))
        }
        Command::Test {
            councils,
            filter,
            format,
        } => test::test(&host, councils, filter, *format, screen),
        Command::Fmt { stdin: true, .. } => fmt::from_stdin(&host, screen),
        Command::Fmt {
            councils, check, ..
        } => fmt::fmt(&host, councils, *check, screen),
        Command::Diff { councils, format } => diff::diff(&host, councils, *format, screen),
        Command::Compare {
            results,
            as_of,
            format,
        } => compare::compare(&host, results, as_of.as_deref(), *format, screen),
        #[cfg(feature = "watch")]
        Command::Watch {
            councils,
            serve,
            open,
            port,
            unseen,
        } => {
            let show = (*serve || *open || port.is_some()).then_some(watch::Show {
                open: *open,
                port: *port,
            });
            watch::watch(&host, councils, &to(PUBLISHED), show, *unseen, screen)
        }
        Command::Doctor { councils } => doctor::doctor(&host, councils, &to(PUBLISHED), screen),
        Command::New { id, start } => begin::begin(&host, id.as_deref(), start, screen),
        Command::Templates {
            names: Some(word), ..
        } => names::names(word, screen),
        Command::Templates {
            look: Some(folder), ..
        } => templates::look(&host, folder, screen),
        Command::Templates { .. } => templates::templates(&host, screen),
        Command::Questionnaire { council } => {
            questionnaire::questionnaire(&host, council, &to(QUESTIONNAIRE), screen)
        }
        Command::Verify { folders } => verify::verify(&host, folders, screen),
        #[cfg(feature = "lsp")]
        Command::Lsp { .. } => lsp::lsp(&host),
        Command::Schema => {
            screen.data(&healthcheck::report::schema());
            Ending::Well
        }
        Command::Disclose {
            command:
                Disclose::Attack {
                    publications,
                    format,
                },
        } => disclose::attack(&host, publications, *format, screen),
        Command::Explain { word } => explain::explain(&host, word.as_deref(), screen),
        Command::Reference => reference::reference(&host, &to(REFERENCE), screen),
    }
}

fn host(places: &Places, unseen: bool, signals: &Signals) -> Host {
    let mut builder = Host::builder()
        .limits(Limits::standard().memory(MEMORY, meter::bytes))
        .scripts(&places.scripts)
        .progress(Arc::new(Progress::new()))
        .unseen(unseen)
        .stop(signals.stop());
    if let Some(templates) = &places.templates {
        builder = builder.templates(templates);
    }
    if let Some(data) = &places.data {
        builder = builder.data(data);
    }
    builder.build()
}
