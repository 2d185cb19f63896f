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
        Some(Weight::Bug) => Ending::Bug,
        Some(Weight::Stops) => Ending::NoAccess,
        Some(Weight::Faulty) => Ending::Faults,
        _ => Ending::Well,
    }
}

/// So many places of which the same is to be said are named; of more the number is told.
const PLACES: usize = 3;

/// Symptoms of which the same is to be said and to be done.
struct Alike<'a> {
    all: Vec<&'a Symptom>,
    /// What to do, word by word, and which word names the council where there are several.
    advice: Vec<&'a str>,
    name: Option<usize>,
}

impl<'a> Alike<'a> {
    fn of(one: &'a Symptom) -> Self {
        Self {
            all: vec![one],
            advice: one.advice.split(' ').collect(),
            name: None,
        }
    }

    /// Takes in one more, if the same is to be done but for one name.
    fn takes(&mut self, one: &'a Symptom) -> bool {
        let words: Vec<&str> = one.advice.split(' ').collect();
        let pairs = words.iter().zip(&self.advice).enumerate();
        let others: Vec<usize> = pairs
            .filter(|(at, (a, b))| a != b && self.name != Some(*at))
            .map(|(at, _)| at)
            .collect();
        let name = match (others.as_slice(), self.name) {
            ([], name) => name,
            ([at], None) => Some(*at),
            _ => return false,
        };
        let is_alike = words.len() == self.advice.len();
        if is_alike {
            self.name = name;
            self.all.push(one);
        }
        is_alike
    }

    /// What to do: a command that names no council is one for all.
    fn advice(&self) -> String {
        let words = self.advice.iter().enumerate();
        let kept = words.filter(|(at, _)| self.name != Some(*at));
        kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    }
}

/// Symptoms of which the same is to be said, together, where the first of them stood.
fn alike(symptoms: &[Symptom]) -> Vec<Alike<'_>> {
    let mut all: Vec<Alike> = Vec::new();
    let mut known: BTreeMap<(Weight, &str), Vec<usize>> = BTreeMap::new();
    for one in symptoms {
        let places = known.entry((one.weight, &one.what)).or_default();
        if !places.iter().any(|place| all[*place].takes(one)) {
            places.push(all.len());
            all.push(Alike::of(one));
        }
    }
    all
}

fn words(alike: &Alike<'_>, screen: &Screen) -> String {
    let one = alike.all[0];
    let weight = match one.weight {
        Weight::Bug | Weight::Stops | Weight::Faulty => screen.painted(Colour::Red, "error"),
        Weight::Warning => screen.painted(Colour::Bold, "warning"),
        _ => "note".to_owned(),
    };
    let what = wrapped(&format!("  {}", plain(&one.what)), 2);
    let advice = wrapped(&format!("  help: {}", plain(&alike.advice())), 8);
    let places: Vec<String> = alike.all.iter().map(|one| plain(&one.place)).collect();
    let places = match places.len() {
        0..=PLACES => places.join(", "),
        many => format!("{} and {} more", places[..PLACES].join(", "), many - PLACES),
    };
    format!("{weight}: {places}\n{what}\n{advice}")
}
