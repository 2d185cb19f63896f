//! `healthcheck doctor`: what might go wrong before it does; changes nothing.

use crate::Ending;
use crate::screen::{Colour, Screen, number, plain, wrapped};
use healthcheck::host::{Destination, Host, Symptom, Weight};

/// Looks at the councils named, or all.
pub fn doctor(host: &Host, named: &[String], to: &Destination, screen: &Screen) -> Ending {
    let symptoms = match host.doctor(named, to) {
        Ok(symptoms) => symptoms,
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    for one in &symptoms {
        screen.data(&words(one, screen));
        screen.data("");
    }
    let version = env!("CARGO_PKG_VERSION");
    let edition = healthcheck::national::EDITION;
    screen.message(&format!(
        "healthcheck {version}, national core {edition}. {} to look at; nothing was changed.",
        match symptoms.len() {
            0 => "Nothing".to_owned(),
            many => number(many, "thing"),
        }
    ));
    if symptoms.iter().any(|one| one.weight == Weight::Stops) {
        Ending::NoAccess
    } else {
        Ending::Well
    }
}

fn words(one: &Symptom, screen: &Screen) -> String {
    let weight = match one.weight {
        Weight::Stops => screen.painted(Colour::Red, "error"),
        Weight::Warning => screen.painted(Colour::Bold, "warning"),
        _ => "note".to_owned(),
    };
    let what = wrapped(&format!("  {}", plain(&one.what)), 2);
    let advice = wrapped(&format!("  help: {}", plain(&one.advice)), 8);
    format!("{weight}: {}\n{what}\n{advice}", plain(&one.place))
}
