//! `healthcheck templates`: pages to begin with or to look at.

use crate::Ending;
use crate::screen::Screen;
use healthcheck::diagnostic::{Code, Diagnostics};
use healthcheck::host::{Destination, Host};
use std::path::{Path, PathBuf};

/// Writes the templates and says what to do next.
pub fn templates(host: &Host, screen: &Screen) -> Ending {
    let next = "
These are the pages as the program has them. Next:
  1. change words, order and looks; each file begins with a note on its names
  2. healthcheck check     says whether the templates are sound
  3. healthcheck run       publishes with them";
    tell(host.begin_templates(), next, screen)
}

/// Makes the pages of made-up councils to look at.
pub fn look(host: &Host, folder: &Path, screen: &Screen) -> Ending {
    let next = "
The councils are made up: they show how the pages look when a figure is missing, withheld or
not rated. Nothing of them is to be published.";
    tell(
        host.try_templates(&Destination::folder(folder)),
        next,
        screen,
    )
}

/// What was made, and what to do next; or why nothing was.
pub fn tell(made: Result<Vec<PathBuf>, Diagnostics>, next: &str, screen: &Screen) -> Ending {
    match made {
        Ok(made) => {
            for path in &made {
                screen.data(&path.display().to_string());
            }
            screen.message(next);
            Ending::Well
        }
        Err(faults) => {
            screen.faults(&faults);
            let misuse = faults
                .iter()
                .any(|fault| matches!(fault.code, Code::BadId | Code::NameTaken));
            if misuse {
                Ending::Misuse
            } else {
                Ending::of(&faults)
            }
        }
    }
}
