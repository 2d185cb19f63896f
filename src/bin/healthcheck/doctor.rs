//! `healthcheck doctor`: what might go wrong before it does; changes nothing.

use crate::Ending;
use crate::screen::{Colour, Screen, number, plain, wrapped};
use healthcheck::host::{Destination, Host, Symptom, Weight};
use std::collections::BTreeMap;

/// Looks at the councils named, or all.
pub fn doctor(host: &Host, named: &[String], to: &Destination, screen: &Screen) -> Ending {
    let symptoms = match host.doctor(named, to) {
        Ok(symptoms) => symptoms,
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    for alike in alike(&symptoms) {
        screen.data(&words(&alike, screen));
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
    // The gravest comes first.
    match symptoms.first().map(|one| one.weight) {
        Some(Weight::Stops) => Ending::NoAccess,
        Some(Weight::Faulty) => Ending::Faults,
        _ => Ending::Well,
    }
}

/// So many places of which the same is to be said are named; of more the number is told.
const PLACES: usize = 3;

/// Symptoms of which the same is to be said, together, where the first of them stood.
fn alike(symptoms: &[Symptom]) -> Vec<Vec<&Symptom>> {
    let mut all: Vec<Vec<&Symptom>> = Vec::new();
    let mut known: BTreeMap<(Weight, &str), usize> = BTreeMap::new();
    for one in symptoms {
        let place = *known.entry((one.weight, &one.what)).or_insert_with(|| {
            all.push(Vec::new());
            all.len() - 1
        });
        all[place].push(one);
    }
    all
}

/// One advice for all of them: where it names a council, as much of it as is the same.
fn advice(alike: &[&Symptom]) -> String {
    let words =
        |one: &Symptom| -> Vec<String> { one.advice.split(' ').map(str::to_owned).collect() };
    let mut same = words(alike[0]);
    for one in &alike[1..] {
        let other = words(one);
        let shared = same.iter().zip(&other).take_while(|(a, b)| a == b).count();
        same.truncate(shared);
    }
    same.join(" ")
}

fn words(alike: &[&Symptom], screen: &Screen) -> String {
    let one = alike[0];
    let weight = match one.weight {
        Weight::Stops | Weight::Faulty => screen.painted(Colour::Red, "error"),
        Weight::Warning => screen.painted(Colour::Bold, "warning"),
        _ => "note".to_owned(),
    };
    let what = wrapped(&format!("  {}", plain(&one.what)), 2);
    let advice = wrapped(&format!("  help: {}", plain(&advice(alike))), 8);
    let places: Vec<String> = alike.iter().map(|one| plain(&one.place)).collect();
    let places = match places.len() {
        0..=PLACES => places.join(", "),
        many => format!("{} and {} more", places[..PLACES].join(", "), many - PLACES),
    };
    format!("{weight}: {places}\n{what}\n{advice}")
}
