//! A card in, its values by key out; every fault of kind, key and date on the way.

pub(super) mod dates;
mod kinds;

use super::keys;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, id_of};
use crate::inside::LONGEST_ID;
use crate::script::{Card, Entry, Formula, Value};
use crate::source::{Place, Spanned};
use std::cell::RefCell;
use std::sync::Arc;

/// One card being read. Faults go to the shared list; a value of the wrong kind reads as
/// absent, having been reported.
pub(super) struct Reader<'a> {
    pub card: &'a Card,
    faults: &'a RefCell<Diagnostics>,
}

impl<'a> Reader<'a> {
    /// Checks every key of the card against its row, and that what is needed is there.
    pub(super) fn new(card: &'a Card, faults: &'a RefCell<Diagnostics>) -> Self {
        let reader = Self { card, faults };
        let verb = card.verb.value.as_str();
        for entry in &card.entries {
            match keys::of(verb).find(|key| key.name == entry.key.value) {
                Some(key) => reader.check_kind(key, entry),
                None => reader.unknown_key(verb, entry),
            }
        }
        for key in keys::of(verb).filter(|key| key.needed) {
            if card.get(key.name).is_none() {
                reader.missing(key);
            }
        }
        reader
    }

    pub(super) fn fault(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }

    /// The card's id as text of the right form: kebab-case, or snake-case for tables.
    pub(super) fn id(&self) -> Option<Spanned<String>> {
        let id = self.card.id.as_ref()?;
        let Value::Text(text) = &id.value else {
            self.wrong_kind(id, "an id", "text in double quotes");
            return None;
        };
        let joiner = if self.card.verb.value == "table" {
            '_'
        } else {
            '-'
        };
        let sound = text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with(joiner)
            && !text.contains(&format!("{joiner}{joiner}"))
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joiner);
        if !sound {
            // The wording of a national item, in the place of its id.
            let folded = |text: &str| text.trim().trim_end_matches(['.', '?']).to_lowercase();
            let meant = crate::validate::national().iter().find(|item| {
                let (ask, text) = (folded(&item.local.ask), folded(text));
                ask == text || text.len() >= 15 && ask.starts_with(&text)
            });
            if let Some(item) = meant {
                let fault = Diagnostic::new(
                    Code::BadId,
                    id.place.clone(),
                    "an item goes by its id, not by its wording",
                );
                self.fault(
                    fault
                        .label(format!("it is called \"{}\"", item.id))
                        .typed(format!("\"{}\"", item.id)),
                );
                return None;
            }
            let better = id_of(text, joiner);
            // An id begins with a letter: what is suggested must be taken.
            let better = match better.chars().next() {
                None => format!("our{joiner}own"),
                Some(first) if first.is_ascii_digit() => format!("our{joiner}{better}"),
                Some(_) => better,
            };
            // All of it is ASCII.
            let better = better[..better.len().min(LONGEST_ID)].trim_end_matches(joiner);
            self.fault(
                Diagnostic::new(
                    Code::BadId,
                    id.place.clone(),
                    format!("an id is lower-case words joined by `{joiner}`"),
                )
                .label(format!("write \"{better}\""))
                .typed(format!("\"{better}\"")),
            );
            return None;
        }
        if text.len() > LONGEST_ID {
            let message = format!("an id has at most {LONGEST_ID} letters, figures and signs");
            let fault = Diagnostic::new(Code::BadId, id.place.clone(), message);
            self.fault(
                fault
                    .label(format!("this one has {}", text.len()))
                    .help("two or three words do; files and links are named after it"),
            );
            return None;
        }
        Some(Spanned {
            value: text.clone(),
            place: id.place.clone(),
        })
    }

    /// The name that a card begins with, of any form.
    pub(super) fn name(&self) -> Option<Spanned<String>> {
        let id = self.card.id.as_ref()?;
        match &id.value {
            Value::Text(text) if !text.trim().is_empty() => Some(Spanned {
                value: text.clone(),
                place: id.place.clone(),
            }),
            Value::Text(_) => {
                self.fault(
                    Diagnostic::new(Code::BadId, id.place.clone(), "a name is wanted here")
                        .label("empty"),
                );
                None
            }
            _ => {
                self.wrong_kind(id, "a name", "text in double quotes");
                None
            }
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.card.get(key).is_some()
    }

    /// Where a key's value stands, else the card's id.
    pub(super) fn place(&self, key: &str) -> Place {
        self.card.get(key).map_or_else(
            || self.card.id_place().clone(),
            |entry| entry.value.place.clone(),
        )
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<Value>> {
        self.card.get(key).map(|entry| &entry.value)
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.placed_text(key).map(|text| text.value)
    }

    pub(super) fn placed_text(&self, key: &str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        match &value.value {
            Value::Text(text) => Some(Spanned {
                value: text.clone(),
                place: value.place.clone(),
            }),
            _ => None,
        }
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match self.value(key)?.value {
            Value::Number(number) => {
                if number.is_finite() {
                    return Some(number);
                }
                self.fault(
                    Diagnostic::new(
                        Code::NumberOutOfRange,
                        self.place(key),
                        format!("`{key}` is not a finite number"),
                    )
                    .label("something is divided by 0, or too large"),
                );
                None
            }
            _ => None,
        }
    }

    /// A weight within the nation's limits; 1 where none is given.
    pub(super) fn weight(&self, what: &str) -> f64 {
        let Some(weight) = self.number("weight") else {
            return 1.0;
        };
        let (least, most) = crate::national::WEIGHTS;
        if !(least..=most).contains(&weight) {
            let nearest = weight.clamp(least, most);
            let written = self.place("weight").text().parse::<f64>().is_ok();
            let fault = Diagnostic::new(
                Code::WeightOutOfRange,
                self.place("weight"),
                format!("{what} weighs from {least} to {most}"),
            )
            .label(if weight <= 0.0 {
                format!("{what} cannot weigh nothing")
            } else {
                format!("write a number from {least} to {most}")
            })
            .note("the limits of tailoring; `healthcheck explain weight-out-of-range`");
            self.fault(match written && weight > 0.0 {
                true => fault.typed(format!("{nearest}")).offered(),
                false => fault,
            });
        }
        weight
    }

    pub(super) fn truth(&self, key: &str) -> Option<bool> {
        match self.value(key)?.value {
            Value::Truth(truth) => Some(truth),
            _ => None,
        }
    }

    pub(super) fn formula(&self, key: &str) -> Option<Arc<Formula>> {
        match &self.value(key)?.value {
            Value::Formula(formula) => Some(formula.clone()),
            _ => None,
        }
    }

    pub(super) fn threshold(&self, key: &str) -> Option<(Option<f64>, Option<f64>)> {
        match self.value(key)?.value {
            Value::Threshold(low, high) => Some((low, high)),
            _ => None,
        }
    }

    pub(super) fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        match self.value(key).map(|value| &value.value) {
            Some(Value::List(list)) => texts_of(list),
            _ => Vec::new(),
        }
    }

    pub(super) fn map(&self, key: &str) -> &'a [Entry] {
        match self.value(key).map(|value| &value.value) {
            Some(Value::Map(entries)) => entries,
            _ => &[],
        }
    }

    pub(super) fn list(&self, key: &str) -> Option<&'a [Spanned<Value>]> {
        match self.value(key).map(|value| &value.value) {
            Some(Value::List(list)) => Some(list),
            _ => None,
        }
    }
}

pub(super) fn texts_of(list: &[Spanned<Value>]) -> Vec<Spanned<String>> {
    list.iter()
        .filter_map(|value| match &value.value {
            Value::Text(text) => Some(Spanned {
                value: text.clone(),
                place: value.place.clone(),
            }),
            _ => None,
        })
        .collect()
}
