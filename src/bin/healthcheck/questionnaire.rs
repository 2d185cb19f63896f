//! `healthcheck questionnaire COUNCIL`: the survey that a script defines, as files.

use crate::Ending;
use crate::screen::Screen;
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::{Destination, Host};
use std::path::PathBuf;

const NEXT: &str = "
The same questions in each. Next:
  1. print the .html, or load the .xlsx into Kobo or ODK, or the .json into SurveyJS
  2. save the answers as a file; survey-card.rhai says how, and holds the card that reads it
  3. healthcheck check     says whether the answers are found";

/// Writes the files and says what to do next; or says why nothing was written.
pub fn questionnaire(host: &Host, council: &str, to: &Destination, screen: &Screen) -> Ending {
    match make(host, council, to, screen) {
        Ok(made) => {
            for path in &made {
                screen.data(&path.display().to_string());
            }
            screen.message(NEXT);
            Ending::Well
        }
        Err(faults) => {
            screen.faults(&faults);
            Ending::of(&faults)
        }
    }
}

fn make(
    host: &Host,
    council: &str,
    to: &Destination,
    screen: &Screen,
) -> Result<Vec<PathBuf>, Diagnostics> {
    let mut made = Vec::new();
    for council in host.councils(&[council.to_owned()])? {
        let check = host.load(&council.script)?;
        screen.faults(&check.warnings);
        made.extend(host.write_questionnaire(&check, to)?);
    }
    Ok(made)
}
