//! Faults told in the form that was asked for: to people on standard error, to programs on
//! standard output.

use crate::Ending;
use crate::args::FaultFormat;
use crate::screen::Screen;
use healthcheck::diagnostic::Diagnostics;
use healthcheck::report::diagnostics::{self, Part};

/// Tells the faults of all parts, and gives them back together.
pub fn tell(parts: &[Part], format: FaultFormat, screen: &Screen) -> Diagnostics {
    let parts: Vec<Part> = parts
        .iter()
        .map(|part| Part {
            faults: screen.as_may_be_seen(part.faults.clone()),
            ..part.clone()
        })
        .collect();
    let all: Diagnostics = parts
        .iter()
        .flat_map(|part| part.faults.iter().cloned())
        .collect();
    match format {
        FaultFormat::Human => screen.faults(&all),
        FaultFormat::Json => screen.data(&diagnostics::json(&all)),
        FaultFormat::Github => {
            let commands = diagnostics::github(&all);
            if !commands.is_empty() {
                screen.data(&commands);
            }
        }
        FaultFormat::Sarif => screen.data(&diagnostics::sarif(&all)),
        FaultFormat::Junit => screen.data(&diagnostics::junit(&parts)),
    }
    all
}

/// Tells the faults of a command that came to nothing, such as a council that is not there.
pub fn of_the_command(faults: Diagnostics, format: FaultFormat, screen: &Screen) -> Ending {
    let part = Part {
        name: "councils".into(),
        faults,
        bug: None,
    };
    Ending::of(&tell(&[part], format, screen))
}

/// What people want beside the faults: the data asked for, or a word beside other data.
pub fn beside(text: &str, format: FaultFormat, screen: &Screen) {
    match format {
        FaultFormat::Human => screen.data(text),
        _ => screen.message(text),
    }
}
