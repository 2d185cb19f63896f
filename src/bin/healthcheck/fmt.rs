//! `healthcheck fmt`: the one layout of scripts.

use crate::Ending;
use crate::screen::{Screen, number, plain};
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::Host;

/// Lays out the scripts of the councils named, or all and the shared libraries; or only says
/// which are not laid out.
pub fn fmt(host: &Host, named: &[String], only_check: bool, screen: &Screen) -> Ending {
    let scripts = match host.councils(named) {
        Ok(councils) => host.scripts_of(&councils, named.is_empty()),
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    let mut faults = Diagnostics::new();
    let mut changed = Vec::new();
    for path in &scripts {
        let laid = host.layout(path).and_then(|layout| {
            let changes = layout.changes();
            if changes && !only_check {
                host.lay_out(&layout)?;
            }
            Ok(changes)
        });
        match laid {
            Ok(true) => changed.push(path),
            Ok(false) => {}
            Err(found) => faults.extend(found),
        }
    }
    screen.faults(&faults);
    for path in &changed {
        screen.data(&plain(&path.display().to_string()));
    }
    let sum = number(changed.len(), "script");
    let of = scripts.len();
    if only_check {
        screen.message(&match changed.len() {
            0 => format!("{} in the one layout.", all_but(&faults, of)),
            _ => format!("{sum} of {of} not in the one layout. To lay out: healthcheck fmt"),
        });
    } else {
        screen.message(&format!("{sum} of {of} laid out anew."));
    }
    match (Ending::of(&faults), only_check && !changed.is_empty()) {
        (Ending::Well, true) => Ending::Faults,
        (ending, _) => ending,
    }
}

fn all_but(faults: &Diagnostics, of: usize) -> String {
    if faults.is_empty() {
        format!("All {of} are")
    } else {
        "The others are".into()
    }
}

/// From an editor: a script on the one hand, the same laid out on the other.
pub fn from_stdin(host: &Host, screen: &Screen) -> Ending {
    let Some(text) = screen.handed_over() else {
        return Ending::NoAccess;
    };
    match host.layout_of_text(&text) {
        Some(after) => {
            screen.data(&after);
            Ending::Well
        }
        None => {
            screen.message(
                "error: a bracket, a text or a note is not closed; `healthcheck check` says where",
            );
            Ending::Faults
        }
    }
}
