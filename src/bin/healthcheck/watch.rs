//! `healthcheck watch`: run, then again on every change, until Ctrl-C.

use crate::args::FaultFormat;
use crate::screen::{Screen, plain};
use crate::{Ending, run};
use healthcheck::host::{Destination, Host};
use healthcheck::watch::{News, watch as watching};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Watches the councils named, or all.
pub fn watch(host: &Host, named: &[String], to: &Destination, screen: &Screen) -> Ending {
    let mut waiting = false;
    let ended = watching(host, named, to, |news| {
        match news {
            News::Ran(done, because) => {
                screen.message(&reason(&because));
                run::tell(&done, to, FaultFormat::Human, screen);
                waiting = false;
            }
            News::Rendered(done, because) => {
                screen.message(&reason(&because));
                run::tell(&done, to, FaultFormat::Human, screen);
                waiting = false;
            }
            News::Forgotten(council) => screen.message(&format!(
                "{}: its script is gone; what it published stays",
                plain(&council)
            )),
            News::Deaf(trouble) => screen.message(&format!(
                "note: the system does not tell of changes here ({}), so files are looked at twice a second",
                plain(&trouble)
            )),
            News::Quiet if !waiting => {
                screen.message("\nWatching. Stop with Ctrl-C.");
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

fn reason(because: &BTreeSet<PathBuf>) -> String {
    if because.is_empty() {
        return String::new();
    }
    let files: Vec<String> = because
        .iter()
        .map(|path| plain(&path.display().to_string()))
        .collect();
    format!("Changed: {}\n", files.join(", "))
}
