//! `healthcheck reference`: all that a script may say, as pages and as definitions for
//! editors.

use crate::Ending;
use crate::screen::Screen;
use healthcheck::host::{Destination, Host};

/// Writes the reference and says what it is for.
pub fn reference(host: &Host, to: &Destination, screen: &Screen) -> Ending {
    match host.write_reference(to) {
        Ok(made) => {
            for path in &made {
                screen.data(&path.display().to_string());
            }
            screen.message(
                "\nThe pages are Markdown. healthcheck.d.rhai is for editors that know rhai: put it beside\nyour scripts. `healthcheck explain share` says the same of one function on the screen.",
            );
            Ending::Well
        }
        Err(faults) => {
            screen.faults(&faults);
            Ending::of(&faults)
        }
    }
}
